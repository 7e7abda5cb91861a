"""What a scanned page costs, and which step of it: measured on pages of our own, scanned by ``corpus.build.scans``."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.documents import ROOT
from bilan_extract import extract
from bilan_extract.reading import engine, glued, render, scan, scan_words
from bilan_extract.reading.tesseract import missing
from corpus.build.scans import Scan, scanned

DOCUMENT = ROOT / "corpus" / "dev" / "egalite-fil.pdf"
STEPS: dict[str, tuple[tuple[Any, str], ...]] = {
    "recognition (tesseract)": (
        (engine, "read_pictures"), (scan_words, "read_pictures"), (glued, "read_pictures"), (scan, "turn_of"),
    ),
    "finding and taking off the drawing": ((scan, "find_drawing"), (scan, "ink_only")),
    "drawing the page and setting it straight": ((render.Renderer, "draw"), (scan, "skew_of"), (scan, "straighten")),
}
REST = "words, layout and all after"


def processor() -> float:
    """Seconds of the processor, of this process and of those it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def measure(rounds: int) -> dict[str, float] | None:
    """Processor seconds a page: "whole", each of STEPS, and REST; of the quickest round. None without tesseract."""
    if missing() is not None:
        return None
    data = scanned(DOCUMENT.read_bytes(), Scan(dpi=200))
    pages = extract(data).document.source.pages or 1
    best: dict[str, float] = {}
    for _ in range(rounds):
        spent = dict.fromkeys(STEPS, 0.0)
        with _timed(spent):
            start = processor()
            extract(data)
            whole = processor() - start
        if not best or whole < best["whole"]:
            best = {"whole": whole, **spent, REST: whole - sum(spent.values())}
    return {name: seconds / pages for name, seconds in best.items()}


@contextmanager
def _timed(spent: dict[str, float]) -> Iterator[None]:
    """While inside, adds up what each step's functions use."""
    kept = [(owner, name, getattr(owner, name)) for step in STEPS.values() for owner, name in step]
    try:
        for step, functions in STEPS.items():
            for owner, name in functions:
                setattr(owner, name, _counting(getattr(owner, name), step, spent))
        yield
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def _counting(function: Callable[..., Any], step: str, spent: dict[str, float]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        start = processor()
        try:
            return function(*arguments, **named)
        finally:
            spent[step] += processor() - start

    return counted
