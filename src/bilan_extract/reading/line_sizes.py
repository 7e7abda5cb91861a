"""The type size of each line that was read, measured on its letters."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.reading.ink import letter_height
from bilan_extract.reading.sheet import Sheet
from bilan_extract.reading.tesseract import ReadLine
from bilan_extract.reading.type_sizes import ALIKE

CAPITALS = 1.3  # height of capitals and digits over that of small letters, as measured, blur and all
EM = 1.06  # a type's size, over the height from its descenders to its ascenders
FEW = 14  # letters: a piece of a line that has less is measured badly
IN_A_ROW = 3  # short pieces on one level: so many show the size of all


def measured_sizes(lines: Sequence[ReadLine], picture: Sheet) -> list[tuple[float, int]]:
    """For each line its type size in points and its characters.

    The engine's own height of a line jumps with the letters that happen to stand in it; the height of small letters does not.
    How the two relate depends on the typeface, so it is taken from the page itself.
    """
    lows: list[float | None] = []
    for line in lines:
        boxes = [(float(w.x0), float(w.y0), float(w.x1), float(w.y1)) for w in line.words]
        middle = line.base + line.slope * ((line.words[0].x0 + line.words[-1].x1) / 2 - line.x0)
        lows.append(_capitals(line) or letter_height(picture.ink, boxes, middle, line.height))
    long = [(low, line.height) for low, line in zip(lows, lines, strict=True) if sum(len(w.text) for w in line.words) >= 20]
    known = sorted(low / height for low, height in long if low is not None)
    usual = known[len(known) // 2] if known else 0.55
    small = [low for low, line in zip(lows, lines, strict=True) if low is not None and _is_small(line) and len(line.words) > 3]
    out = []
    for line, low in zip(lines, lows, strict=True):
        height = _height(line, low, usual, small)
        out.append((EM * height / picture.scale, sum(len(w.text) for w in line.words)))
    for k, line in enumerate(lines):
        above = _carries_on(line, lines)
        if above is None:
            continue
        close = line.base - lines[above].base <= 1.5 * lines[above].height
        most = 1.4 if close and _small_letters(line) < 6 else 1.2
        if out[above][0] / most <= out[k][0] <= most * out[above][0]:
            out[k] = (out[above][0], out[k][1])
    return _as_one_row(out, lines)


def _as_one_row(measured: list[tuple[float, int]], lines: Sequence[ReadLine]) -> list[tuple[float, int]]:
    """The sizes, those of short pieces on one level made one: a table's heads show too few letters to be measured each."""
    out = list(measured)
    short = [k for k, line in enumerate(lines) if measured[k][1] < FEW and line.level]
    for k in short:
        row = [j for j in short if abs(lines[j].base - lines[k].base) <= 0.35 * lines[k].height]
        sizes = sorted(measured[j][0] for j in row)
        if len(row) >= IN_A_ROW and sizes[-1] <= 1.3 * sizes[0]:
            out[k] = (sizes[len(sizes) // 2], measured[k][1])
    return out


def _height(line: ReadLine, low: float | None, usual: float, known: Sequence[float]) -> float:
    """A line's height from that of its small letters, ``usual`` times smaller; the engine's own where they do not go together.

    ``low`` is that of capitals and digits where the line has hardly anything else; ``known`` are the page's long lines'.
    """
    if low is None:
        return line.height
    tall = _tall(line)
    near = tall < 0.6 and 0.7 <= low / usual / line.height <= 1.4
    if near and any(abs(low - other) <= ALIKE * other for other in known):
        return low / usual
    least, most = (0.6, 1.7) if _is_small(line) else (0.8, 1.2)
    if tall == 1.0 or tall >= 0.35 and low >= 1.17 * usual * line.height:  # capitals and digits were measured
        low /= CAPITALS
        least, most = min(least, 0.7), max(most, 1.25)
    return low / usual if least * usual <= low / line.height <= most * usual else line.height


def _carries_on(line: ReadLine, lines: Sequence[ReadLine]) -> int | None:
    """The line right above one that shows no size of its own: with hardly a small letter ("2025.", "6,5 %."), or short.

    A short line carries one on where it begins with a small letter ("poubelle. »").
    """
    short = line.words[0].text[0].islower() and sum(len(w.text) for w in line.words) < FEW
    if _small_letters(line) >= 6 and not short or len(line.words) > 6:
        return None
    near: list[tuple[float, int]] = []
    for k, other in enumerate(lines):
        step = line.base - other.base - other.slope * (line.x0 - other.x0)
        beside = other.words[0].x0 - 2 * other.height <= line.x0 < other.words[-1].x1
        if beside and 0.7 * other.height <= step <= 1.75 * other.height and len(other.words) > len(line.words):
            near.append((step, k))
    return min(near)[1] if near else None


def _small_letters(line: ReadLine) -> int:
    return sum(c.islower() for w in line.words for c in w.text)


def _capitals(line: ReadLine) -> float | None:
    """How high a line of nothing but digits and capitals without accents stands; None for any other."""
    words = [w for w in line.words if any(c.isalnum() for c in w.text)]
    if not words or any(not (c.isdigit() or "A" <= c <= "Z") for w in words for c in w.text if c.isalnum() or not c.isascii()):
        return None
    heights = sorted(line.base + line.slope * (w.x0 - line.x0) - w.y0 for w in words)
    height = heights[len(heights) // 2]
    return height if height > 0 else None


def _tall(line: ReadLine) -> float:
    """The share of capitals and digits in a line's letters and digits."""
    text = [c for w in line.words for c in w.text if c.isalnum()]
    return sum(c.isupper() or c.isdigit() for c in text) / len(text) if text else 0.0


def _is_small(line: ReadLine) -> bool:
    """Whether most of the line is small letters."""
    text = "".join(w.text for w in line.words)
    return len(text) >= 12 and sum(c.islower() for c in text) >= 0.6 * len(text)
