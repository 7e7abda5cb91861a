"""Sheets, lines and words as a scan gives them, for the tests of its modules."""

from __future__ import annotations

from typing import Any

import numpy

from bilan_extract.document import Word
from bilan_extract.reading import sheet
from bilan_extract.reading.drawing import Drawing
from bilan_extract.reading.tesseract import ReadLine, ReadWord


def picture(ink: Any, scale: float = 4.0) -> sheet.Sheet:
    return sheet.Sheet(numpy.repeat(ink[..., None], 3, axis=2), ink, Drawing((255, 255, 255), (), (), ()), scale, None)


def white(high: int = 400, wide: int = 1200) -> Any:
    return numpy.full((high, wide), 255, dtype=numpy.uint8)


def line(text: str, x0: int, base: float, height: float = 44.0, *, tops: int = 32, step: int = 20) -> ReadLine:
    words, x = [], x0
    for part in text.split():
        words.append(ReadWord(part, x, round(base) - tops, x + step * len(part), round(base), 0.95))
        x += step * len(part) + 12
    return ReadLine(tuple(words), x0, base, 0.0, height, 9.0)


def word(text: str, x0: float, *, bold: bool, color: tuple[int, int, int] = (0, 0, 0)) -> Word:
    return Word(text, 1, x0, 10, x0 + 20, 20, size=10, bold=bold, color=color)
