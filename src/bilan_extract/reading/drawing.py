"""What is drawn on a scanned page beside its letters, and how far a picture stands out from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.document import Color

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

# pairs to be put in order, one after the other, until the fifth of nine is the middle one (Paeth's network)
_MIDDLE_OF_NINE = (
    (1, 2), (4, 5), (7, 8), (0, 1), (3, 4), (6, 7), (1, 2), (4, 5), (7, 8), (0, 3),
    (5, 8), (4, 7), (3, 6), (1, 4), (2, 5), (4, 7), (4, 2), (6, 4), (4, 2),
)  # fmt: skip


class Ground(NamedTuple):
    """A rectangle of one colour, or with a ``form`` another shape in it (an arrow, a disc; coarser than pixels). Pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    color: Color
    form: Array | None = None


class Rule(NamedTuple):
    """A thin line, level or upright, with its colour. Pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    color: Color
    level: bool


class Outline(NamedTuple):
    """A box drawn as four rules. Pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    color: Color


class Drawing(NamedTuple):
    """What is on the picture besides text; ``outlines`` are made of rules that are no longer among ``rules``."""

    paper: Color
    grounds: tuple[Ground, ...]
    rules: tuple[Rule, ...]
    outlines: tuple[Outline, ...]


def calmed(pixels: Array) -> Array:
    """The picture without speckle: of each pixel and its eight neighbours the middle level, channel by channel."""
    import numpy

    high, wide = pixels.shape[:2]
    out = numpy.empty_like(pixels)
    for k in range(3):
        field = numpy.pad(pixels[..., k], 1, mode="edge")
        p = [field[y : y + high, x : x + wide].copy() for y in range(3) for x in range(3)]
        for a, b in _MIDDLE_OF_NINE:
            lower = numpy.minimum(p[a], p[b])
            numpy.maximum(p[a], p[b], out=p[b])
            p[a] = lower
        out[..., k] = p[4]
    return out


def painted_grounds(shape: tuple[int, ...], paper: Color, grounds: Iterable[Ground], step: int) -> Array:
    """The page as it would be without text: paper and grounds. ``grounds`` in pixels of a picture ``step`` times as fine."""
    import numpy

    out = numpy.empty(shape, dtype=numpy.uint8)
    out[:] = paper
    for g in sorted(grounds, key=lambda g: -(g.x1 - g.x0) * (g.y1 - g.y0)):
        field = out[g.y0 // step : -(-g.y1 // step), g.x0 // step : -(-g.x1 // step)]
        if g.form is None:
            field[:] = g.color
        else:
            field[stretched(g.form, field.shape)] = g.color
    return out


def stretched(form: Array, shape: tuple[int, ...]) -> Array:
    """A coarse mask at another resolution."""
    import numpy

    rows, columns = (numpy.arange(n) * m // n for n, m in zip(shape[:2], form.shape, strict=True))
    out: Array = form[rows][:, columns]
    return out


def contrast_to(pixels: Array, ground: Array) -> Array:
    """Greatest difference of a channel, 0..255."""
    import numpy

    out: Array = numpy.zeros(pixels.shape[:2], dtype=numpy.uint8)
    for k in range(3):
        numpy.maximum(out, color_distance(pixels[..., k], ground[..., k]), out=out)
    return out


def from_color(planes: Array, color: Color) -> Array:
    """Greatest difference of a channel from one colour. ``planes`` is 3 x height x width."""
    import numpy

    out: Array = numpy.zeros(planes.shape[1:], dtype=numpy.uint8)
    for plane, level in zip(planes, color, strict=True):
        numpy.maximum(out, color_distance(plane, numpy.uint8(level)), out=out)
    return out


def color_distance(one: Array, other: Any) -> Array:
    """How far levels (uint8) are from others, 0..255."""
    import numpy

    out: Array = numpy.maximum(one, other)
    out -= numpy.minimum(one, other)
    return out
