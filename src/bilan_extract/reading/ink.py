"""The letters of a scanned page: black on white without its drawing, and what is measured of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.document import Box, Color
from bilan_extract.reading.drawing import Drawing, Ground, Outline, contrast_to, painted_grounds, stretched
from bilan_extract.reading.drawn_boxes import CORNER
from bilan_extract.reading.masks import close_along, components, grow_along, grown, shrink, shrink_along

if TYPE_CHECKING:
    import numpy
    from PIL.Image import Image

    Array = numpy.ndarray[Any, Any]

ITALIC = (0.16, 0.21, 0.27)  # columns a row: the slant of italic letters
LEADER_DOT, LEADER_GAP, LEADER_LENGTH = 2.6, 8.0, 40.0  # points: of the dots that lead to a page number, between and over all
PALE = (72, 150)  # levels: print of so little contrast is made darker
PALE_TILE = 4.0  # points: how finely contrast is looked at; print within two such tiles goes together
PRINTED = 204  # levels: the contrast of print that is as dark as can be


def ink_only(picture: Image, drawing: Drawing, dpi: float) -> Image:
    """Black text on white, whatever the grounds: grounds and rules taken off, pale text on dark turned over."""
    import numpy
    from PIL import Image as pil

    pixels = numpy.asarray(picture)
    contrast = contrast_to(pixels, painted_grounds(pixels.shape, drawing.paper, drawing.grounds, 1))
    margin = max(1, round(dpi / 150))
    for rule in drawing.rules:
        field = contrast[:] if rule.level else contrast.T
        place = rule[:4] if rule.level else (rule.y0, rule.x0, rule.y1, rule.x1)
        _wipe_rule(field, place, margin)
    boxes: list[Ground | Outline] = sorted((*drawing.outlines, *drawing.grounds), key=lambda b: -(b.x1 - b.x0) * (b.y1 - b.y0))
    for k, box in enumerate(boxes):
        # a label that sits on the box's edge keeps its letters
        tabs = [(slice(g.y0, g.y1), slice(g.x0, g.x1)) for g in boxes[k + 1 :] if isinstance(g, Ground) and _meet(g, box)]
        kept = [contrast[tab].copy() for tab in tabs]
        if isinstance(box, Ground) and box.form is not None:
            _wipe_rim(contrast, box, box.form)
            continue
        edge = round((2.2 if isinstance(box, Outline) else 1.0) * dpi / 72)
        _wipe_edges(contrast, box[:4], edge)
        _wipe_corners(contrast, box[:4], round((1 if isinstance(box, Outline) else 2) * CORNER * dpi / 72), edge)
        for tab, letters in zip(tabs, kept, strict=True):
            contrast[tab] = letters
    contrast[contrast < 24] = 0
    _wipe_leaders(contrast, dpi)
    _darken_pale(contrast, round(PALE_TILE * dpi / 72))
    return pil.fromarray((255 - numpy.minimum(255, contrast.astype(numpy.uint16) * 5 // 4)).astype(numpy.uint8))


def _wipe_rule(contrast: Array, place: tuple[int, ...], margin: int) -> None:
    """Takes a level rule off, but where something crosses it: the tail of a letter, a bullet on it."""
    x0, y0, x1, y1 = place
    x0, y0 = max(0, x0 - margin), max(0, y0 - margin)
    field = contrast[y0 : y1 + margin, x0 : x1 + margin]
    above, below = (contrast[max(0, y - 1) : max(0, y - 1) + 2, x0 : x1 + margin] for y in (y0 - 2, y1 + margin + 1))
    if min(above.shape[0], below.shape[0]) < 2:
        field[:] = 0
        return
    crossed = (above.min(axis=0) >= 60) & (below.min(axis=0) >= 60)
    field[:, ~crossed] = 0


def _wipe_leaders(contrast: Array, dpi: float) -> None:
    """Takes off the dots that lead from an entry to its page number: the engine reads letters into them, or loses the line."""
    import numpy

    step = max(1, round(dpi / 150))
    high, wide = (side // step * step for side in contrast.shape)
    small = contrast[:high, :wide].reshape(high // step, step, wide // step, step).mean(axis=(1, 3)) >= 72
    dot, gap = max(2, round(LEADER_DOT * dpi / step / 72)), round(LEADER_GAP * dpi / step / 72 / 2)
    large = small & (_opened(small, dot + 1, 1) | _opened(small, dot + 1, 0))
    dots = small & ~grown(large, 1)
    long = round(LEADER_LENGTH * dpi / step / 72)
    rows = grow_along(shrink_along(close_along(dots, gap), long), long + 2 * gap)
    for x0, y0, x1, y1 in components(rows):
        reach = _even_steps(dots[y0:y1, x0:x1].any(axis=0)) if y1 - y0 <= 2 * dot else None
        if reach is None:
            continue
        x0, x1, y0, y1 = x0 + reach[0], x0 + reach[1], max(0, y0 - 2), y1 + 2
        field = contrast[y0 * step : y1 * step, x0 * step : x1 * step]
        own = grown(dots[y0:y1, x0:x1], 2) & ~large[y0:y1, x0:x1]
        field[numpy.repeat(numpy.repeat(own, step, axis=0), step, axis=1)[: field.shape[0], : field.shape[1]]] = 0


def _even_steps(along: Array) -> tuple[int, int] | None:
    """From where to where marks follow one another in even steps, as dots do and letters do not; None where few do."""
    import numpy

    edges = numpy.diff(numpy.pad(along, 1).astype(numpy.int8))
    starts, ends = numpy.nonzero(edges == 1)[0], numpy.nonzero(edges == -1)[0]
    if len(starts) < 6:
        return None
    steps = numpy.diff((starts + ends) / 2)
    even = numpy.nonzero(numpy.abs(steps - numpy.median(steps)) <= 1.0)[0]
    if len(even) < 0.75 * len(steps):
        return None
    return max(0, int(starts[even[0]]) - 2), int(ends[even[-1] + 1]) + 2


def _opened(mask: Array, length: int, axis: int) -> Array:
    """What of the mask lies in runs of at least so many pixels down (axis 0) or along (axis 1)."""
    if mask.shape[axis] < length:
        return mask & False
    field = mask if axis else mask.T
    out = field.copy()
    for k in range(1, length):
        out[:, : out.shape[1] - k] &= field[:, k:]
        out[:, out.shape[1] - k :] = False
    back = out.copy()
    for k in range(1, length):
        back[:, k:] |= out[:, : out.shape[1] - k]
    return back if axis else back.T


def _darken_pale(contrast: Array, tile: int) -> None:
    """Makes print of little contrast as dark as other, where there is no darker one near it.

    White on a pale label, or pale letters on paper, would else be taken for paper. What is fainter shines through from the
    other side.
    """
    import numpy

    high, wide = contrast.shape
    padded = numpy.pad(contrast, ((0, -high % tile), (0, -wide % tile)))
    peaks = padded.reshape(padded.shape[0] // tile, tile, -1, tile).max(axis=(1, 3))
    ringed = numpy.pad(peaks, 2)
    near = numpy.max([ringed[y : y + peaks.shape[0], x : x + peaks.shape[1]] for y in range(5) for x in range(5)], axis=0)
    for row, column in numpy.argwhere((near >= PALE[0]) & (near < PALE[1]) & (peaks > 0)).tolist():
        field = contrast[row * tile : (row + 1) * tile, column * tile : (column + 1) * tile]
        field[:] = numpy.minimum(255, field.astype(numpy.uint16) * PRINTED // int(near[row, column]))


def _meet(a: Ground, b: Ground | Outline) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _wipe_rim(contrast: Array, box: Ground, form: Array) -> None:
    """Takes off what the edge of a shape leaves, a little within and without."""
    import numpy

    pad = 2
    around = numpy.pad(form, 2 * pad)
    rim = (grown(around, pad) & ~shrink(around, pad))[pad:-pad, pad:-pad]
    out = pad * (box.x1 - box.x0) // form.shape[1]
    y0, x0, y1, x1 = box.y0 - out, box.x0 - out, box.y1 + out, box.x1 + out
    whole = stretched(rim, (y1 - y0, x1 - x0))
    top, left = max(0, y0), max(0, x0)
    field = contrast[top:y1, left:x1]
    field[whole[top - y0 : top - y0 + field.shape[0], left - x0 : left - x0 + field.shape[1]]] = 0


def _wipe_edges(contrast: Array, box: tuple[int, int, int, int], width: int) -> None:
    x0, y0, x1, y1 = box
    across, down = slice(max(0, x0 - width), x1 + width), slice(max(0, y0 - width), y1 + width)
    for y in (y0, y1):
        contrast[max(0, y - width) : y + width, across] = 0
    for x in (x0, x1):
        contrast[down, max(0, x - width) : x + width] = 0


def _wipe_corners(contrast: Array, box: tuple[int, int, int, int], size: int, edge: int) -> None:
    """Takes off what a rounded corner leaves: ink that touches the box's wiped edge, within ``size`` of a corner.

    What fills the corner is a ground that was not found, and letters stand on it.
    """
    import numpy

    x0, y0, x1, y1 = (max(0, v) for v in box)
    size = min(size, (x1 - x0) // 2, (y1 - y0) // 2)
    if size <= edge:
        return
    for down, flip in ((slice(y0, y0 + size), 1), (slice(y1 - size, y1), -1)):
        for across, turn in ((slice(x0, x0 + size), 1), (slice(x1 - size, x1), -1)):
            corner = contrast[down, across][::flip, ::turn]
            for a, b, c, d in components(corner >= 24):
                field = corner[b:d, a:c]
                # a corner's arc ends at the box's sides; what runs on away from them is a letter
                ends = [*(a + numpy.nonzero(field[-1] >= 24)[0] if d >= len(corner) else ())]
                ends += [*(b + numpy.nonzero(field[:, -1] >= 24)[0] if c >= corner.shape[1] else ())]
                if ends and min(ends) > 1.5 * edge:
                    continue
                if (a <= edge + 1 or b <= edge + 1) and not (min(c, d) >= size and float((field >= 24).mean()) > 0.6):
                    field[_reached(field >= 24, max(0, edge + 2 - a), max(0, edge + 2 - b))] = 0


def _reached(mask: Array, columns: int, rows: int) -> Array:
    """What of a mask hangs together with its first columns and rows: a letter may stand within the bend of an edge."""
    import numpy

    done = numpy.zeros_like(mask)
    done[:, :columns], done[:rows] = mask[:, :columns], mask[:rows]
    while True:
        more = grown(done, 1) & mask
        if (more == done).all():
            return done
        done = more


class Ink(NamedTuple):
    """A word's colour, how thick its strokes are (pixels), and how much sharper its columns are once a slant is taken off.

    ``lean`` is above 1 for slanted letters, below for upright ones.
    """

    color: Color
    stroke: float
    lean: float


def ink_of(pixels: Array, contrast: Array, box: Box) -> Ink | None:
    """Colour and stroke width of what is printed in ``box`` (pixels).

    Args:
        pixels: the straightened picture.
        contrast: its text as `ink_only` gives it, black on white.
        box: left, top, right, bottom.
    """
    import numpy

    x0, y0, x1, y1 = (max(0, round(v)) for v in box)
    field = 255 - contrast[y0:y1, x0:x1].astype(numpy.int16)
    if field.size < 4:
        return None
    strongest = int(numpy.percentile(field, 99))
    if strongest < 30:
        return None
    r, g, b = numpy.median(pixels[y0:y1, x0:x1][field > 0.85 * strongest], axis=0)
    return Ink((int(r), int(g), int(b)), _stroke(field, strongest), _lean(field > strongest / 2))


def _lean(own: Array) -> float:
    """The sharpness of the letters' columns when pushed upright from an italic's slant, over what it is as they stand."""
    import numpy

    y, x = numpy.nonzero(own)
    if len(y) < 30:
        return 1.0

    def sharpness(slant: float) -> float:
        counts = numpy.bincount(numpy.round(x + slant * y).astype(numpy.int64)).astype(numpy.float64)
        return float(numpy.sum(numpy.diff(counts, prepend=0.0, append=0.0) ** 2))

    return max(sharpness(slant) for slant in ITALIC) / max(sharpness(0.0), 1.0)


def _stroke(field: Array, strongest: int) -> float:
    """The usual width of the strokes that a row of the picture crosses, in pixels and parts of them: of the upright ones.

    The blurred rims count by their darkness, so that a stroke is as wide as it was printed wherever the pixels fall.
    """
    import numpy

    steps = numpy.diff(numpy.pad(field > strongest / 2, ((0, 0), (1, 1))).astype(numpy.int8), axis=1)
    rows, starts = numpy.nonzero(steps == 1)
    _, stops = numpy.nonzero(steps == -1)
    dark = numpy.minimum(field, strongest) / strongest
    sums = numpy.cumsum(numpy.pad(dark, ((0, 0), (1, 0))), axis=1)
    widths = sums[rows, numpy.minimum(stops + 2, field.shape[1])] - sums[rows, numpy.maximum(starts - 2, 0)]
    return float(numpy.percentile(widths, 40)) if len(widths) else 0.0


def baseline_of(ink: Array, boxes: Sequence[Box], base: float, height: float) -> float | None:
    """The row on which most letters of a line stand, no further than half its height from ``base``; None where none shows.

    Args: as for `letter_height`.
    """
    import numpy

    top = max(0, round(base - 0.9 * height))
    bottom = round(min(base + 0.5 * height, max(y1 for _, _, _, y1 in boxes)))
    profile = numpy.zeros(max(0, bottom - top), dtype=numpy.float64)
    for x0, _, x1, _ in boxes:
        field = ink[top:bottom, max(0, round(x0)) : round(x1)] < 128
        profile[: field.shape[0]] += field.sum(axis=1)
    inked = profile[profile > 0]
    if len(inked) < 6:
        return None
    full = numpy.nonzero(profile >= 0.5 * float(numpy.percentile(inked, 60)))[0]
    return float(top + int(full[-1]) + 1)


def letter_height(ink: Array, boxes: Iterable[Box], base: float, height: float) -> float | None:
    """Height of the small letters above the baseline, in pixels; None where the line is too short to say.

    In the rows from the baseline up to it a line holds far more ink than in those above. A line of capitals or digits gives
    their height.

    Args:
        ink: black text on white.
        boxes: of the line's words, in pixels.
        base: row of the baseline.
        height: of the line, roughly.
    """
    import numpy

    top = max(0, round(base - 1.1 * height))
    profile = numpy.zeros(max(0, round(base) - top), dtype=numpy.float64)
    for x0, _, x1, _ in boxes:
        field = ink[top : round(base), max(0, round(x0)) : round(x1)] < 128
        if field.shape[0] == len(profile):
            profile += field.sum(axis=1)
    if len(profile) < 6:
        return None
    rising = profile[::-1]  # from the baseline up
    usual = float(numpy.median(rising[1 : max(3, round(0.35 * height))]))
    low = numpy.nonzero(rising[round(0.3 * height) :] < 0.6 * usual)[0]
    if usual <= 0 or not len(low):
        return None
    k = int(low[0]) + round(0.3 * height)
    before, after = float(rising[k - 1]), float(rising[k])
    share = (before - 0.6 * usual) / (before - after) if before > after else 0.0
    return k - 1 + min(1.0, max(0.0, share)) + 0.5
