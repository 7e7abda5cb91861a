"""Trains both pipelines, chooses their thresholds, exports their light weights and writes their cards.

    python models/train.py            # both, about a minute on two cores
    python models/train.py stage --data my_bank --out my_models

Reads data/<task>_{train,dev,test,holdout}.txt; writes bilan_<task>/: a spaCy pipeline, linear.*, CARD.md.
The holdout split is only ever scored, never trained on nor used to choose anything.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
from array import array
from pathlib import Path

import spacy
from bank import DATA, Sample, digest, read_bank
from card import asked, write_card
from expand import expand
from expand_labels import expand as expand_labels
from spacy.cli.train import train as spacy_train
from spacy.symbols import IDS
from spacy.tokens import DocBin

from bilan_extract.language.linear import FORMAT

HERE = Path(__file__).resolve().parent
TASKS = ("stage", "label")
VERSION = "1.0.0"
EXPANDED = {"stage": 880, "label": 2400}
LABELS = {
    "stage": ("achevé", "en cours", "prévu", "sans"),
    "label": ("engagement", "focus", "level", "none", "réalisé", "à venir"),
}
# "en 2024", not "1 200"
YEAR = re.compile(r"\b20\d\d\b")
DIGITS = re.compile(r"\b\d{1,3}\b")


AUTHORITIES = {
    "le ": ("Département", "conseil municipal", "syndicat", "territoire", "service"),
    "la ": ("Ville", "Région", "commune", "Métropole", "mairie", "collectivité", "communauté de communes"),
}
AUTHORITY = re.compile(
    r"\b(le |la )(département|conseil|syndicat|service|ville|région|commune|métropole|mairie|collectivité)\b", re.I
)


def other_authority(text: str, draw: random.Random) -> str:
    """``text`` with another authority where it names one: who speaks says nothing of the role."""
    return AUTHORITY.sub(lambda m: m.group(1) + draw.choice(AUTHORITIES[m.group(1).lower()]), text)


def training_samples(task: str, folder: Path) -> list[Sample]:
    """The hand-written train split, the grammar's statements, and copies with other years and numbers or other case.

    The copies keep the pipeline from taking a year for a sign of the past: no answer of ours may depend on the clock.
    """
    scored = {s.text.lower() for split in ("dev", "test") for s in read_bank(task, split, folder)}
    grammar = (expand if task == "stage" else expand_labels)(EXPANDED[task])
    samples = read_bank(task, "train", folder) + [s for s in grammar if s.text.lower() not in scored]
    draw = random.Random(20)
    copies: list[Sample] = []
    if task == "label":
        samples += [Sample(s.label, s.family, other) for s in samples if (other := other_authority(s.text, draw)) != s.text]
    for sample in samples:
        changed = YEAR.sub(lambda _: str(draw.randint(2015, 2032)), sample.text)
        changed = DIGITS.sub(lambda _: str(draw.randint(1, 99)), changed)
        if changed != sample.text:
            copies.append(Sample(sample.label, sample.family, changed))
        if task == "label":
            copies.append(Sample(sample.label, sample.family, changed.upper()))
        elif not sample.text.endswith("."):
            copies.append(Sample(sample.label, sample.family, changed + "."))
    # what the rules leave open is what the model will be asked: it counts three times
    return samples + copies + 2 * [sample for sample in samples if asked(task, sample.text)]


def write_docbin(samples: list[Sample], labels: tuple[str, ...], path: Path) -> None:
    """Writes samples as spaCy's own training format, tokenized as the pipeline will."""
    from tokenizer import create_light_tokenizer

    nlp = create_light_tokenizer()(spacy.blank("xx"))
    store = DocBin()
    for sample in samples:
        doc = nlp.make_doc(" ".join(sample.text.split()))
        doc.cats = {label: float(label == sample.label) for label in labels}
        store.add(doc)
    store.to_disk(path)


def export_linear(folder: Path, labels: tuple[str, ...]) -> None:
    """Writes the weights that training has moved as linear.json and linear.bin, for the runtime without spaCy."""
    nlp = spacy.load(folder)
    model = nlp.get_pipe("textcat").model
    assert tuple(nlp.get_pipe("textcat").labels) == labels
    layers, blob = [], b""
    for branch in model.layers[0].layers:
        grams, sparse = branch.layers
        length, classes = sparse.get_dim("length"), sparse.get_dim("nO")
        table = sparse.get_param("W").reshape((classes, length)).T
        rows = [row for row in range(length) if table[row].any()]
        blob += array("I", rows).tobytes() + array("f", table[rows].flatten().tolist()).tobytes()
        layers.append(
            {
                "attribute": {66: "LOWER", 70: "SUFFIX"}[grams.attrs["attr"]],
                "ngrams": grams.attrs["ngram_size"],
                "length": length,
                "rows": len(rows),
                "bias": [float(value) for value in sparse.get_param("b")],
            }
        )
    symbols = {string: number for string, number in IDS.items() if string.isalnum()}
    head = {
        "format": FORMAT,
        "version": VERSION,
        "labels": list(labels),
        "threshold": 1.0,
        "symbols": symbols,
        "layers": layers,
    }
    (folder / "linear.json").write_text(json.dumps(head, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    (folder / "linear.bin").write_bytes(blob)


def set_threshold(folder: Path, threshold: float) -> None:
    """Writes the chosen threshold into linear.json and the pipeline's meta.json."""
    for name in ("linear.json", "meta.json"):
        path = folder / name
        head = json.loads(path.read_text(encoding="utf8"))
        head["threshold"] = threshold
        path.write_text(json.dumps(head, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


def train_task(task: str, data: Path, out: Path) -> Path:
    """Trains one pipeline and returns its folder."""
    labels = LABELS[task]
    folder = out / f"bilan_{task}"
    samples = training_samples(task, data)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_docbin(samples, labels, work / "train.spacy")
        write_docbin(read_bank(task, "dev", data), labels, work / "dev.spacy")
        spacy_train(
            HERE / "configs" / "bilan.cfg",
            work / "out",
            overrides={
                "paths.train": str(work / "train.spacy"),
                "paths.dev": str(work / "dev.spacy"),
                "variables.classes": len(labels),
            },
        )
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(work / "out" / "model-best", folder)
    strip_paths(folder)
    meta = {"name": f"bilan_{task}", "version": VERSION, "license": "MIT", "author": "bilan_extract"}
    path = folder / "meta.json"
    meta = {**json.loads(path.read_text(encoding="utf8")), **meta}
    path.write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
    export_linear(folder, labels)
    write_card(task, folder, data, digest(samples), len(samples), set_threshold)
    return folder


def strip_paths(folder: Path) -> None:
    """Takes the folders of this run out of the pipeline's config: a trained pipeline names no machine."""
    path = folder / "config.cfg"
    text = re.sub(r'^(train|dev) = ".*"$', r"\1 = null", path.read_text(encoding="utf8"), flags=re.M)
    path.write_text(text, encoding="utf8")


def main(arguments: list[str]) -> None:
    """Trains the tasks named, or both."""
    parser = argparse.ArgumentParser(description="Trains the pipelines bilan_stage and bilan_label from the bank.")
    parser.add_argument("tasks", nargs="*", default=list(TASKS), help="stage, label (both by default)")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of <task>_{train,dev,test,holdout}.txt")
    parser.add_argument("--out", type=Path, default=HERE, help="where the pipelines are written")
    options = parser.parse_args(arguments)
    import tokenizer  # noqa: F401  registers the callback named in the config

    for task in options.tasks:
        folder = train_task(task, options.data, options.out)
        sys.stdout.write((folder / "CARD.md").read_text(encoding="utf8"))


if __name__ == "__main__":
    main(sys.argv[1:])
