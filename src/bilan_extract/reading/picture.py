"""A scanned page as a picture: set straight, and taken apart into paper and drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilan_extract.document import Color
from bilan_extract.reading.drawing import Drawing, Rule, calmed, contrast_to, from_color, painted_grounds
from bilan_extract.reading.drawn_boxes import find_dividers, find_outlines, rows_of
from bilan_extract.reading.drawn_rules import PIECE, ended_together, find_rules, is_seam
from bilan_extract.reading.grounds import find_grounds

if TYPE_CHECKING:
    from PIL.Image import Image

STEEPEST = 4.0  # degrees: nobody lays a sheet more askew than this and keeps the scan
MARGINS = (0.02, 0.07)  # of a page's shorter side: where its margins are sure to be


def skew_of(picture: Image, dpi: float) -> float:
    """Degrees, counter-clockwise, by which the lines of the picture rise; 0.0 where it shows no lines.

    The angle under which the picture's rows differ most: where lines are level, rows of text and gaps between take turns.
    """
    import numpy

    grey = numpy.asarray(picture.convert("L").reduce(max(1, round(dpi / 150))), dtype=numpy.int16)
    steps = numpy.abs(numpy.diff(grey, axis=0)) > 60
    y, x = numpy.nonzero(steps)
    if len(y) < 500:
        return 0.0
    if len(y) > 150_000:
        y, x = y[:: len(y) // 150_000 + 1], x[:: len(x) // 150_000 + 1]
    x = x - grey.shape[1] / 2

    def sharpness(degrees: float) -> float:
        rows = numpy.round(y + x * numpy.tan(numpy.radians(degrees))).astype(numpy.int64)
        counts = numpy.bincount(rows - rows.min())
        return float(numpy.sum(numpy.diff(counts.astype(numpy.float64)) ** 2))

    best = max((k * 0.25 for k in range(round(-STEEPEST * 4), round(STEEPEST * 4) + 1)), key=sharpness)
    best = max((best + k * 0.05 for k in range(-5, 6)), key=sharpness)
    best = max((best + k * 0.0125 for k in range(-3, 4)), key=sharpness)
    return 0.0 if sharpness(best) < 1.02 * sharpness(0.0) else round(best, 4)


def straighten(picture: Image, degrees: float) -> Image:
    """The picture turned about its middle so that lines that rose by ``degrees`` lie level; same size."""
    from PIL import Image as pil

    if abs(degrees) < 0.02:
        return picture
    paper = paper_of(picture)
    red, green, blue = picture.split()
    if red.tobytes() == green.tobytes() == blue.tobytes():  # a grey scan: a third of the work
        return red.rotate(-degrees, resample=pil.Resampling.BICUBIC, fillcolor=paper[0]).convert("RGB")
    return picture.rotate(-degrees, resample=pil.Resampling.BICUBIC, fillcolor=paper)


def paper_of(picture: Image) -> Color:
    """The colour of most of the picture; where others come near, of those the one that runs around its margins."""
    import numpy

    small = numpy.asarray(picture.convert("RGB").reduce(8))
    codes = (small.astype(numpy.int32) >> 3) @ numpy.array([1 << 10, 1 << 5, 1])
    counts = numpy.bincount(codes.reshape(-1))
    colors = []
    for code in numpy.nonzero(counts >= counts.max() / 8)[0]:
        r, g, b = numpy.median(small[codes == code], axis=0)
        colors.append((int(counts[code]), (int(r), int(g), int(b))))
    if len(colors) == 1:
        return colors[0][1]
    outer, inner = (max(1, round(share * min(codes.shape))) for share in MARGINS)
    planes = numpy.ascontiguousarray(small.transpose(2, 0, 1))

    def around(color: Color) -> int:
        like = from_color(planes, color) <= 10
        return int(like[outer:-outer, outer:-outer].sum()) - int(like[inner:-inner, inner:-inner].sum())

    return max(colors, key=lambda known: (around(known[1]), known[0]))[1]


def find_drawing(picture: Image, dpi: float) -> Drawing:
    """Grounds, rules and boxes of a straightened picture."""
    import numpy

    paper = paper_of(picture)
    step = max(1, round(dpi / 100))
    grounds = find_grounds(calmed(numpy.asarray(picture.reduce(step))), paper, dpi / step, step)
    step = max(1, round(dpi / 150))
    small = numpy.asarray(picture.reduce(step))
    away = contrast_to(small, painted_grounds(small.shape, paper, grounds, step))
    rules = [r for r in find_rules(small, away, dpi / step, step, grounds) if not is_seam(r, paper, grounds, dpi)]
    rules = ended_together(rules, round(PIECE * dpi / 72))
    heads = find_dividers(rules, grounds, away, dpi, step)
    outlines, rules = find_outlines(rules, grounds, dpi)
    rules += heads
    parted = [rows_of(rules, g, dpi) for g in grounds]
    grounds = [piece for pieces, _ in parted for piece in pieces]
    outlines += [row for _, rows in parted for row in rows]
    # the side of a tinted column is a rule too, which in a row of one line is too short to be told from a letter
    rules += [Rule(g.x1, g.y0, g.x1 + 2, g.y1, rows[0].color, False) for pieces, rows in parted if rows for g in pieces]
    return Drawing(paper, tuple(grounds), tuple(rules), tuple(outlines))
