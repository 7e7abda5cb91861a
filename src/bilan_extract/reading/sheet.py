"""One scanned page, set straight and taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.document import Box
from bilan_extract.reading.drawing import Drawing
from bilan_extract.reading.skew import Skew

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]


class Sheet(NamedTuple):
    """A page's picture, straightened, with its parts.

    Attributes:
        pixels: (height, width, 3), levels 0..255.
        ink: its letters, black (0) on white (255), (height, width).
        drawing: its grounds, rules and boxes, in pixels.
        scale: pixels a point.
        skew: how it lay; None where it lay straight.
    """

    pixels: Array
    ink: Array
    drawing: Drawing
    scale: float
    skew: Skew | None


def scaled_box(box: Sequence[float], by: float) -> Box:
    """The box (left, top, right, bottom) in another unit, ``by`` times as many."""
    x0, top, x1, bottom = (v * by for v in box)
    return (x0, top, x1, bottom)
