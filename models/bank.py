"""Reads the annotated bank: sections "== class | family", then one text a line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
SPLITS = ("train", "dev", "test", "holdout")


@dataclass(frozen=True, slots=True)
class Sample:
    """One annotated text: its class, the wording family it belongs to, the text."""

    label: str
    family: str
    text: str


def read_bank(task: str, split: str, folder: Path = DATA) -> list[Sample]:
    """The samples of one split of one task ("stage" or "label"), in the file's order."""
    samples: list[Sample] = []
    label = family = ""
    for line in (folder / f"{task}_{split}.txt").read_text(encoding="utf8").splitlines():
        line = line.strip()
        if line.startswith("== "):
            label, family = (part.strip() for part in line[3:].split("|"))
        elif line and not line.startswith("# "):
            samples.append(Sample(label, family, line))
    return samples


def digest(samples: list[Sample]) -> str:
    """SHA-256 of the samples, in order."""
    joined = "\n".join(f"{s.label}\t{s.family}\t{s.text}" for s in samples)
    return hashlib.sha256(joined.encode("utf8")).hexdigest()
