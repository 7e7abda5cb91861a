"""Bullets that are drawn: small discs and squares in front of lines, as browsers print lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bilan_extract.document import Shape, Word

LEAST, MOST = 1.2, 8.0  # points: smaller is dirt, larger an icon
NEAR = 24.0  # points between a bullet and its text
LEAST_BULLETS = 2  # of one page: a dot alone is none


def mark_bullets(words: Sequence[Word], shapes: Sequence[Shape]) -> list[Word]:
    """The words, those that stand right behind a drawn bullet with its ``mark``."""
    dots = [s for s in shapes if _is_dot(s)]
    if len(dots) < LEAST_BULLETS:
        return list(words)
    found: dict[int, str] = {}
    for dot in dots:
        k = _behind(dot, words)
        if k is not None:
            found[k] = "◦" if dot.fill is None else "▪" if dot.kind == "rect" else "•"
    if len(found) < LEAST_BULLETS:
        return list(words)
    return [replace(w, mark=found[k]) if k in found else w for k, w in enumerate(words)]


def _is_dot(shape: Shape) -> bool:
    wide, high = shape.x1 - shape.x0, shape.bottom - shape.top
    drawn = shape.kind in ("rect", "curve") and (shape.fill is not None or shape.stroke is not None)
    return drawn and LEAST <= wide <= MOST and LEAST <= high <= MOST and abs(wide - high) <= 0.25 * max(wide, high)


def _behind(dot: Shape, words: Sequence[Word]) -> int | None:
    """The place of the word right of the dot on its line; None where a word stands left of it there, or none right of it."""
    y = (dot.top + dot.bottom) / 2
    best: tuple[float, int] | None = None
    for k, word in enumerate(words):
        if not (word.top <= y <= word.bottom) or dot.bottom - dot.top > 0.8 * (word.bottom - word.top):
            continue
        if dot.x0 - 2 * NEAR <= word.x1 <= dot.x0 + 1:
            return None
        if dot.x1 - 0.5 <= word.x0 <= dot.x1 + NEAR and (best is None or word.x0 < best[0]):
            best = (word.x0, k)
    return None if best is None else best[1]


__all__ = ["mark_bullets"]
