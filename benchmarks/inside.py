"""What is measured in this process, warm: our steps, and what others need for the same bytes."""

from __future__ import annotations

import ctypes
import gc
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import pypdfium2.raw as raw

from bilan_extract import extract
from bilan_extract.reading import open_source


def pdfplumber_bare(path: Path) -> None:
    """pdfplumber's words, rectangles and curves, page by page."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            _ = page.rects, page.curves
            page.close()


def pdfium_text(path: Path) -> None:
    """pypdfium2's text and nothing else: nobody on pdfium can be faster."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def pdfium_characters(path: Path) -> None:
    """Each character's code, box and size, asked for one by one."""
    document = pypdfium2.PdfDocument(path)
    box = [ctypes.c_double() for _ in range(4)]
    for page in document:
        text = page.get_textpage()
        for i in range(text.count_chars()):
            raw.FPDFText_GetUnicode(text, i)
            raw.FPDFText_GetCharBox(text, i, *box)
            raw.FPDFText_GetFontSize(text, i)
        text.close()
        page.close()
    document.close()


def reading(reader: str) -> Callable[[Path], None]:
    """Our words and shapes by one reader."""

    def read(path: Path) -> None:
        source = open_source(path.read_bytes(), reader=reader)
        for _ in source.pages():
            pass
        source.close()

    return read


def conversion(path: Path) -> None:
    """From the file to the plan."""
    extract(path)


STEPS: dict[str, Callable[[Path], None]] = {
    "bilan_extract, whole conversion": conversion,
    "bilan_extract, reading (pdfium)": reading("pdfium"),
    "bilan_extract, reading (pdfplumber)": reading("pdfplumber"),
    "pdfplumber extract_words + rects + curves": pdfplumber_bare,
    "pypdfium2, character by character": pdfium_characters,
    "pypdfium2 get_text_range": pdfium_text,
}


def measure(path: Path, rounds: int) -> dict[str, float]:
    """Processor seconds of each step, the best of so many rounds after one to warm up.

    The rounds go through all steps in turn, so that a machine that is busy for a while is so for all of them.
    """
    best = dict.fromkeys(STEPS, float("inf"))
    for number in range(rounds + 1):
        for name, step in STEPS.items():
            gc.collect()
            start = time.process_time()
            step(path)
            spent = time.process_time() - start
            if number:
                best[name] = min(best[name], spent)
    return best


def judging(path: Path, rounds: int) -> float:
    """The share of a conversion's processor time that goes into judging labels and statements; the least of the rounds.

    What is remembered between conversions is forgotten before each round, as for a first document.
    """
    from bilan_extract import assembly
    from bilan_extract.language import judge
    from bilan_extract.segmentation import marking, stream_roles

    spent = [0.0]
    places = [(assembly, "judge_stage"), (stream_roles, "judge_stage"), (stream_roles, "rule_stage"), (marking, "judge_label")]
    places.append((judge, "judge_label"))  # imported when first used in tables
    remembered = (judge.judge_stage, stream_roles._stage, stream_roles.opens_with_infinitive)
    before = [getattr(module, name) for module, name in places]
    shares = []
    try:
        for (module, name), plain in zip(places, before, strict=True):
            setattr(module, name, _timed(plain, spent))
        for _ in range(rounds + 1):
            for one in remembered:
                one.cache_clear()
            spent[0] = 0.0
            start = time.process_time()
            extract(path)
            shares.append(spent[0] / (time.process_time() - start))
    finally:
        for (module, name), plain in zip(places, before, strict=True):
            setattr(module, name, plain)
    return min(shares[1:])


def _timed(function: Callable[..., object], spent: list[float]) -> Callable[..., object]:
    def timed(*args: object, **more: object) -> object:
        start = time.process_time()
        try:
            return function(*args, **more)
        finally:
            spent[0] += time.process_time() - start

    return timed
