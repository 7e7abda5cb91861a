"""What is measured in this process, warm: our steps, and what others need for the same bytes."""

from __future__ import annotations

import ctypes
import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pdfplumber
import pypdfium2
import pypdfium2.raw as raw

from bilan_extract import assembly, extract
from bilan_extract.reading import open_source
from bilan_extract.reading.tesseract import missing
from bilan_extract.segmentation import marking


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


def share_of_models(path: Path, rounds: int) -> float:
    """What stages and labels take of a warm conversion's time: the rules for them, and the trained models behind these."""
    spent = 0.0

    def timed(judge: Callable[..., Any]) -> Callable[..., Any]:
        def judged(*arguments: Any, **named: Any) -> Any:
            nonlocal spent
            start = time.process_time()
            try:
                return judge(*arguments, **named)
            finally:
                spent += time.process_time() - start

        return judged

    shares = []
    with (
        mock.patch.object(assembly, "judge_stage", timed(assembly.judge_stage)),
        mock.patch.object(marking, "judge_label", timed(marking.judge_label)),
    ):
        for _ in range(rounds + 1):
            spent, start = 0.0, time.process_time()
            extract(path)
            shares.append(spent / (time.process_time() - start))
    return min(shares[1:])


def scanned(path: Path, scans: int, rounds: int = 2) -> tuple[float, float] | None:
    """Seconds by the clock that recognition adds for a scanned page, and its share of the whole; None without tesseract."""
    if missing() is not None:
        return None

    def clock(ocr: str) -> float:
        start = time.perf_counter()
        extract(path, ocr=ocr)
        return time.perf_counter() - start

    read, left = (min(clock(mode) for _ in range(rounds)) for mode in ("auto", "off"))
    return (read - left) / scans, (read - left) / read


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
