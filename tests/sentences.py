"""Reads the sentence banks of corpus/sentences: plain French sentences with the answers written inside."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any, NamedTuple

from bilan_extract.plan import Period

BANKS = Path(__file__).resolve().parents[1] / "corpus" / "sentences"
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_VALUE = re.compile(r"(?P<bound>~|>=|<=)?(?P<low>-?[0-9.]+?(?:/[0-9]+)?)(?:\.\.(?P<high>[0-9.]+))?")
_BOUNDS = {"~": "about", ">=": "at_least", "<=": "at_most", None: "exact"}


class Sentence(NamedTuple):
    """One line of a bank: the text without its marks, the answers by their place, the context's periods."""

    line: int
    text: str
    answers: list[dict[str, Any]]
    context: dict[str, Any]


def sentences(name: str) -> list[Sentence]:
    """The sentences of one bank ("figures" or "dates")."""
    read = _figure if name == "figures" else _date
    found = []
    for number, line in enumerate((BANKS / f"{name}.txt").read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        marked, _, context = line.partition(" @ ")
        text, answers, last = "", [], 0
        for match in _MARK.finditer(marked):
            text += marked[last : match.start()]
            span = (len(text), len(text) + len(match[1]))
            text += match[1]
            answers.append({"text": match[1], "span": span, **read(match[2])})
            last = match.end()
        found.append(Sentence(number, text + marked[last:], answers, _context(context)))
    return found


def _figure(mark: str) -> dict[str, Any]:
    kind, value, unit = mark.split(" ", 2)
    match = _VALUE.fullmatch(value)
    assert match, f"no value in {mark!r}"
    above, _, below = match["low"].partition("/")
    bound = "between" if match["high"] else _BOUNDS[match["bound"]]
    return {
        "kind": kind,
        "value": round(float(above) / float(below or 1), 6),
        "value_max": float(match["high"]) if match["high"] else None,
        "unit": None if unit == "-" else unit,
        "bound": bound,
    }


def _date(mark: str) -> dict[str, Any]:
    days, edtf, *flags = mark.split(" ")
    start, _, end = days.partition("..")
    end = end if ".." in days else start
    inferred = next((flag[1:] for flag in flags if flag.startswith("=")), None)
    return {
        "start": dt.date.fromisoformat(start) if start else None,
        "end": dt.date.fromisoformat(end) if end else None,
        "edtf": edtf,
        "approximate": "~" in flags,
        "inferred": inferred,
    }


def _context(text: str) -> dict[str, Any]:
    context: dict[str, Any] = {}
    for entry in text.split():
        key, _, value = entry.partition("=")
        if key == "written_on":
            context[key] = dt.date.fromisoformat(value)
            continue
        first, _, last = value.partition("..")
        context[key] = Period(start=_edge(first, "-01-01"), end=_edge(last or first, "-12-31"))
    return context


def _edge(text: str, rest: str) -> dt.date:
    return dt.date.fromisoformat(text + rest if len(text) == 4 else text)
