"""Lines that the engine read with holes, twice by halves or with hardly any confidence, read again by themselves.

Of a page as a whole tesseract now and then makes two lines of one, each with some of its letters ("Aut de la t achevées" beside
"u terme de la troisième année"), or gives words boxes that leave out half of their letters. A line that stands alone it
reads as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bilan_extract.reading.masks import components
from bilan_extract.reading.tesseract import ReadLine, ReadWord

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

LEVEL = 0.35  # of a line's height: baselines that differ by less are one
SHARED = 0.3  # of the shorter line's length: lines of one level that share so much are halves of one
BESIDE = 1.2  # heights: the gap between two lines of one level that may be badly read halves of one
LEFT_OUT = 0.08  # of a line's inked columns: more that no word's box covers are letters left out
LEAST = 0.5  # of the line's height: as many columns of them are more than a mark
FAINT = 200  # ink darker than this is taken off with a letter of the next line
MOST = 24  # lines of a page read again: more are a drawing's
DOUBTED = 0.6  # mean confidence below which a line is read again
SURE = 0.7  # mean confidence of a second reading that is taken

ReadPieces = Callable[[Sequence["Array"]], Sequence[Sequence[ReadLine]]]


def without_holes(lines: Sequence[ReadLine], ink: Array, read: ReadPieces) -> list[ReadLine]:
    """The lines, those with holes and the halves of one replaced by a second reading where that is whole.

    Args:
        lines: of one picture, boxes in its pixels.
        ink: the picture, black (0) on white (255), (height, width).
        read: gives for each piece of a picture (height, width) the lines in it.
    """
    torn = [g for g in _halves(lines) if len(g) > 1 or _doubted(lines[g[0]]) or _left_out([lines[g[0]]], ink)]
    if not torn or len(torn) > MOST:
        return list(lines)
    pieces = [_piece([lines[k] for k in group], lines, ink) for group in torn]
    out: list[ReadLine | None] = list(lines)
    for group, (_, x0, y0), again in zip(torn, pieces, read([piece for piece, _, _ in pieces]), strict=True):
        old = [lines[k] for k in group]
        new = [line.moved(x0, y0) for line in again]
        if _is_better(new, old, ink):
            for k in group:
                out[k] = None
            out[group[0]] = new[0]
    return [line for line in out if line is not None]


def _halves(lines: Sequence[ReadLine]) -> list[list[int]]:
    """The places of the lines, those of one level that run through each other, or badly read ones side by side, together."""
    groups: list[list[int]] = []
    for k in sorted((k for k, line in enumerate(lines) if line.level), key=lambda k: (lines[k].base, lines[k].x0)):
        near = [g for g in groups if any(_run_through(lines[j], lines[k]) for j in g)]
        merged = sorted({k, *(j for g in near for j in g)})
        groups = [g for g in groups if g not in near] + [merged]
    return groups


def _run_through(a: ReadLine, b: ReadLine) -> bool:
    x0, x1 = max(a.words[0].x0, b.words[0].x0), min(a.words[-1].x1, b.words[-1].x1)
    shorter = min(line.words[-1].x1 - line.words[0].x0 for line in (a, b))
    middle = (x0 + x1) / 2
    apart = abs((a.base + a.slope * (middle - a.x0)) - (b.base + b.slope * (middle - b.x0)))
    least = -BESIDE * max(a.height, b.height) if _doubted(a) or _doubted(b) else SHARED * shorter
    return x1 - x0 > least and apart < LEVEL * min(a.height, b.height)


def _doubted(line: ReadLine) -> bool:
    # nobody here counts in dollars
    strange = line.level and (any(w.text == "$" for w in line.words) or len(_on_line(line)) < len(line.words))
    return strange or _letters(line) >= 4 and _confidence(line) < DOUBTED


def _confidence(line: ReadLine) -> float:
    """The mean over the line's characters."""
    return sum(w.confidence * len(w.text) for w in line.words) / sum(len(w.text) for w in line.words)


def _left_out(old: Sequence[ReadLine], ink: Array) -> bool:
    """Whether letters between the first word and the last are in no word's box."""
    inked, covered = _columns(old, ink)
    missed = int((inked & ~covered).sum())
    return missed > LEFT_OUT * int(inked.sum()) and missed > LEAST * old[0].height


def _columns(lines: Sequence[ReadLine], ink: Array) -> tuple[Array, Array]:
    """For each column of the picture between the lines' ends: is there ink over the baseline, and does a word cover it."""
    import numpy

    x0, x1 = min(w.x0 for line in lines for w in line.words), max(w.x1 for line in lines for w in line.words)
    words = [w for line in lines for w in line.words]
    top, bottom = min(w.y0 for w in words), max(line.base + line.slope * (x - line.x0) for line in lines for x in (x0, x1))
    band = ink[max(0, top) : max(0, round(bottom)), max(0, x0) : max(0, x1)]
    inked = (band < 128).sum(axis=0) >= 3 if band.size else numpy.zeros(max(0, x1 - max(0, x0)), dtype=bool)
    covered = numpy.zeros(len(inked), dtype=bool)
    for w in words:
        covered[max(0, w.x0 - x0 - 3) : w.x1 - x0 + 3] = True
    return inked, covered


def _piece(old: Sequence[ReadLine], lines: Sequence[ReadLine], ink: Array) -> tuple[Array, int, int]:
    """The strip of the picture with the lines, without the words of others; and where it lies."""
    words = [w for line in old for w in _on_line(line)]
    around = round(0.3 * old[0].height)
    y0, y1 = max(0, min(w.y0 for w in words) - around), max(w.y1 for w in words) + around
    strip = ink[y0:y1].copy()
    for line in lines:
        if not any(line is o for o in old):
            for w in line.words:
                strip[max(0, w.y0 - y0) : max(0, w.y1 - y0), max(0, w.x0) : w.x1] = 255
    if len(old) == 1 and old[0].level:
        _clear_below(strip, words, y0)
    inked = (strip < 128).sum(axis=0) > 0
    x0 = _end(inked[::-1], len(inked) - min(w.x0 for w in words), 2 * around)
    x0, x1 = max(0, len(inked) - x0 - around), _end(inked, max(w.x1 for w in words), 2 * around) + around
    return strip[:, x0:x1], x0, y0


def _on_line(line: ReadLine) -> list[ReadWord]:
    """The line's words without those wholly under its highest: accents of the next line that were read as letters."""
    foot = max(line.words, key=lambda w: w.y1 - w.y0).y1
    return [w for w in line.words if w.y0 < foot - 0.05 * line.height]


def _clear_below(strip: Array, words: Sequence[ReadWord], y0: int) -> None:
    """Takes off what begins under words: accents of the next line, tops of its letters that no word's box holds."""
    under = min(w.y1 for w in words) - y0
    for x0, top, x1, bottom in components(strip < FAINT):
        if top > under:
            strip[top:bottom, x0:x1] = 255


def _end(inked: Array, start: int, gap: int) -> int:
    """The first column from ``start`` on with no ink in the next ``gap`` ones: letters before it go with the line."""
    for column in range(max(0, start), len(inked)):
        if not inked[column : column + gap].any():
            return column
    return len(inked)


def _is_better(new: Sequence[ReadLine], old: Sequence[ReadLine], ink: Array) -> bool:
    """Whether a second reading is one line, sure, and leaves out less than the first."""
    least = SURE if len(old) == 1 else DOUBTED  # halves are wrong however sure they are
    if len(new) != 1 or _confidence(new[0]) < least or _left_out(new, ink):
        return False
    if len(old) == 1 and old[0].level:
        old = [old[0]._replace(words=tuple(_on_line(old[0])))]
    signs, letters = _signs(new), _letters(new[0])
    return signs <= _signs(old) and letters >= max(_letters(line) for line in old)


def _signs(lines: Sequence[ReadLine]) -> int:
    return sum(not any(c.isalnum() or c in "%€" for c in w.text) for line in lines for w in line.words)


def _letters(line: ReadLine) -> int:
    return sum(c.isalnum() for w in line.words for c in w.text)
