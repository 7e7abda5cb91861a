"""What a page's picture shows besides its text: how askew it lies, its paper, coloured grounds, rules and boxes.

A scan has no vector shapes; those found here take their place, so that layout sees the frames a person sees. Arrays are
``numpy.uint8`` of height x width x 3 (RGB) or height x width; pixels count from the top left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.document import Box, Color

if TYPE_CHECKING:
    import numpy
    from PIL.Image import Image

    Array = numpy.ndarray[Any, Any]

STEEPEST = 4.0  # degrees: nobody lays a sheet more askew than this and keeps the scan
MOST_GROUNDS = 24  # colours of grounds on one page
LEAST_SIDE = (14.0, 6.0)  # points: smaller coloured areas are ornaments
RULE_LENGTH = 22.0  # points
RULE_WIDTH = 2.2  # points: thicker ones are grounds
FAINT = 34  # levels: a rule differs from its ground by at least so much
PIECE = 5.0  # points: by so much a rule is carried on at a time
PALEST = 0.45  # of its own contrast: so little a rule keeps where noise or a ground hide it
ITALIC = (0.16, 0.21, 0.27)  # columns a row: the slant of italic letters
LEADER_DOT, LEADER_GAP, LEADER_LENGTH = 2.6, 8.0, 40.0  # points: of the dots that lead to a page number, between and over all
PADDING = 2.0  # points: white that a table's cells keep on both sides of a rule; between words there is less than twice that
EDGE = 14.0  # points: how far a sheet that lies askew draws its edges into the picture
MARGINS = (0.02, 0.07)  # of a page's shorter side: where its margins are sure to be
CORNER = 9.0  # points: what rounded corners take off a side
PALE = (72, 150)  # levels: print of so little contrast is made darker
PALE_TILE = 4.0  # points: how finely contrast is looked at; print within two such tiles goes together
PRINTED = 204  # levels: the contrast of print that is as dark as can be
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
        like = _from_color(planes, color) <= 10
        return int(like[outer:-outer, outer:-outer].sum()) - int(like[inner:-inner, inner:-inner].sum())

    return max(colors, key=lambda known: (around(known[1]), known[0]))[1]


def find_drawing(picture: Image, dpi: float) -> Drawing:
    """Grounds, rules and boxes of a straightened picture."""
    import numpy

    paper = paper_of(picture)
    step = max(1, round(dpi / 100))
    grounds = _grounds(_calm(numpy.asarray(picture.reduce(step))), paper, dpi / step, step)
    step = max(1, round(dpi / 150))
    small = numpy.asarray(picture.reduce(step))
    away = _contrast(small, _painted(small.shape, paper, grounds, step))
    rules = [r for r in _rules(small, away, dpi / step, step, grounds) if not _is_seam(r, paper, grounds, dpi)]
    rules = _ended_together(rules, round(PIECE * dpi / 72))
    heads = _dividers(rules, grounds, away, dpi, step)
    outlines, rules = _outlines(rules, grounds, dpi)
    rules += heads
    parted = [_rows_of(rules, g, dpi) for g in grounds]
    grounds = [piece for pieces, _ in parted for piece in pieces]
    outlines += [row for _, rows in parted for row in rows]
    # the side of a tinted column is a rule too, which in a row of one line is too short to be told from a letter
    rules += [Rule(g.x1, g.y0, g.x1 + 2, g.y1, rows[0].color, False) for pieces, rows in parted if rows for g in pieces]
    return Drawing(paper, tuple(grounds), tuple(rules), tuple(outlines))


def ink_only(picture: Image, drawing: Drawing, dpi: float) -> Image:
    """Black text on white, whatever the grounds: grounds and rules taken off, pale text on dark turned over."""
    import numpy
    from PIL import Image as pil

    pixels = numpy.asarray(picture)
    contrast = _contrast(pixels, _painted(pixels.shape, drawing.paper, drawing.grounds, 1))
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
    rows = _grow_along(_shrink_along(_close_along(dots, gap), long), long + 2 * gap)
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
    rim = (grown(around, pad) & ~_shrink(around, pad))[pad:-pad, pad:-pad]
    out = pad * (box.x1 - box.x0) // form.shape[1]
    y0, x0, y1, x1 = box.y0 - out, box.x0 - out, box.y1 + out, box.x1 + out
    whole = _stretched(rim, (y1 - y0, x1 - x0))
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


def _calm(pixels: Array) -> Array:
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


def _painted(shape: tuple[int, ...], paper: Color, grounds: Iterable[Ground], step: int) -> Array:
    """The page as it would be without text: paper and grounds. ``grounds`` in pixels of a picture ``step`` times as fine."""
    import numpy

    out = numpy.empty(shape, dtype=numpy.uint8)
    out[:] = paper
    for g in sorted(grounds, key=lambda g: -(g.x1 - g.x0) * (g.y1 - g.y0)):
        field = out[g.y0 // step : -(-g.y1 // step), g.x0 // step : -(-g.x1 // step)]
        if g.form is None:
            field[:] = g.color
        else:
            field[_stretched(g.form, field.shape)] = g.color
    return out


def _stretched(form: Array, shape: tuple[int, ...]) -> Array:
    """A coarse mask at another resolution."""
    import numpy

    rows, columns = (numpy.arange(n) * m // n for n, m in zip(shape[:2], form.shape, strict=True))
    out: Array = form[rows][:, columns]
    return out


def _contrast(pixels: Array, ground: Array) -> Array:
    """Greatest difference of a channel, 0..255."""
    import numpy

    out: Array = numpy.zeros(pixels.shape[:2], dtype=numpy.uint8)
    for k in range(3):
        numpy.maximum(out, _apart(pixels[..., k], ground[..., k]), out=out)
    return out


def _from_color(planes: Array, color: Color) -> Array:
    """Greatest difference of a channel from one colour. ``planes`` is 3 x height x width."""
    import numpy

    out: Array = numpy.zeros(planes.shape[1:], dtype=numpy.uint8)
    for plane, level in zip(planes, color, strict=True):
        numpy.maximum(out, _apart(plane, numpy.uint8(level)), out=out)
    return out


def _apart(one: Array, other: Any) -> Array:
    import numpy

    out: Array = numpy.maximum(one, other)
    out -= numpy.minimum(one, other)
    return out


# -- grounds


def _grounds(pixels: Array, paper: Color, dpi: float, step: int) -> list[Ground]:
    """Rectangles of one colour other than the paper's, found colour by colour, the most frequent first."""
    import numpy

    planes = numpy.ascontiguousarray(pixels.transpose(2, 0, 1))
    away = _from_color(planes, paper)
    flat = _flat(planes)
    wide, high = (side * dpi / 72 for side in LEAST_SIDE)
    left = flat & (away > 5)
    found: list[_Found] = []
    for _ in range(MOST_GROUNDS):
        if int(left.sum()) < wide * high / 3:
            break
        color = _most_common(pixels[left])
        distance = _from_color(planes, color)
        reach = min(22, max(4, max(abs(p - c) for p, c in zip(paper, color, strict=True)) // 2))
        mask = distance <= reach
        left &= distance > max(reach, 8)
        near = mask & grown(mask & flat, 2)  # the blurred rims of letters may have a ground's colour
        solid = grown(_shrink(_shrink(grown(near, 4), 4), 2), 2)
        for box in components(solid):
            x0, y0, x1, y1 = _trimmed(near, box)
            own = mask[y0:y1, x0:x1]
            big = min(x1 - x0, y1 - y0) > 40 * dpi / 72
            if x1 - x0 >= wide and y1 - y0 >= high and float(own.mean()) >= (0.35 if big else 0.5):
                r, g, b = numpy.median(pixels[y0:y1, x0:x1][own], axis=0)
                whole = mask[box[1] : box[3], box[0] : box[2]]
                found.append(_Found(Ground(x0, y0, x1, y1, (int(r), int(g), int(b))), own, box, whole))
    settled = _settled(found, pixels.shape[:2], round(EDGE * dpi / 72))
    return [Ground(g.x0 * step, g.y0 * step, g.x1 * step, g.y1 * step, g.color, g.form) for g in settled]


def _trimmed(mask: Array, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The box without the rows and columns at its edges that hold little of its colour: letters near it that have it."""
    import numpy

    x0, y0, x1, y1 = box
    for axis in (1, 0):
        full = numpy.nonzero(mask[y0:y1, x0:x1].mean(axis=axis) >= 0.15)[0]
        if not len(full):
            return box
        if axis:
            y0, y1 = y0 + int(full[0]), y0 + int(full[-1]) + 1
        else:
            x0, x1 = x0 + int(full[0]), x0 + int(full[-1]) + 1
    return x0, y0, x1, y1


class _Found(NamedTuple):
    """A ground, where in its box its colour is, and the same of the box with its tips, before it was trimmed."""

    ground: Ground
    own: Array
    box: tuple[int, int, int, int]
    whole: Array


def _settled(found: list[_Found], page: tuple[int, ...], edge: int) -> list[Ground]:
    """Those whose colour runs along all four sides, corners apart: letters make no such sides.

    What runs off the page has no side there: a sheet that lay askew ends in a slant. ``page`` is its height and width.

    A label that sits on a box's edge hides it there; so once the labels are known, the boxes under them are looked at again.
    """
    out: list[Ground] = []
    for _ in range(2):
        for ground, own, *_ in found:
            alike = any(all(abs(p - q) <= 4 for p, q in zip(ground[:4], o[:4], strict=True)) for o in out)
            over = [o for o in out if o is not ground and _area(o) < _area(ground)]
            if not alike and not _seen(ground, out) and _has_sides(own, ground, over, _off_page(ground, page, edge)):
                out.append(ground)
    for ground, own, box, whole in found:
        form = _form(whole) if not _seen(ground, out) and min(own.shape) > 3 * edge else None
        if form is not None:
            out.append(Ground(*box, ground.color, form))
    return out


def _area(ground: Ground) -> int:
    return (ground.x1 - ground.x0) * (ground.y1 - ground.y0)


def _seen(ground: Ground, out: Iterable[Ground]) -> bool:
    """Whether a ground is a part of the smallest of the others that it lies in: it is of its colour."""
    around = [o for o in out if all(p >= q - 4 for p, q in zip(ground[:2], o[:2], strict=True))]
    around = [o for o in around if all(p <= q + 4 for p, q in zip(ground[2:4], o[2:4], strict=True))]
    if not around:
        return False
    nearest = min(around, key=_area)
    return max(abs(p - q) for p, q in zip(ground.color, nearest.color, strict=True)) <= 12


def _form(own: Array) -> Array | None:
    """The shape whose colour this is, letters on it filled in; None where it has notches or gaps, as no box has."""
    rows, columns = _filled(own), _filled(own.T).T
    form: Array = rows & columns
    whole = float(form.mean()) >= 0.6 and form.sum() >= 0.97 * (rows | columns).sum()
    return form if whole and float(own[form].mean()) >= 0.75 else None


def _filled(mask: Array) -> Array:
    """Each row set from its first set pixel to its last."""
    import numpy

    out: Array = numpy.maximum.accumulate(mask, axis=1) & numpy.maximum.accumulate(mask[:, ::-1], axis=1)[:, ::-1]
    return out


def _off_page(ground: Ground, page: tuple[int, ...], edge: int) -> tuple[bool, ...]:
    """Of the upper, lower, left and right side, which lie at the page's own edge; none of a small ground's."""
    if min(ground.x1 - ground.x0, ground.y1 - ground.y0) < 3 * edge:
        return (False,) * 4
    return (ground.y0 <= edge, ground.y1 >= page[0] - edge, ground.x0 <= edge, ground.x1 >= page[1] - edge)


def _has_sides(own: Array, ground: Ground, over: list[Ground], off: tuple[bool, ...]) -> bool:
    depth = 2 if min(own.shape) > 12 else 1
    sides = (own[:depth], own[-depth:], own[:, :depth].T, own[:, -depth:].T)
    for k, side in enumerate(sides):
        if off[k]:
            continue
        along: Array = side.max(axis=0)
        for g in over:
            if k < 2 and g.y0 - 3 <= (ground.y0, ground.y1)[k] <= g.y1 + 3:
                along[max(0, g.x0 - 2 - ground.x0) : max(0, g.x1 + 2 - ground.x0)] = True
            elif k >= 2 and g.x0 - 3 <= (ground.x0, ground.x1)[k - 2] <= g.x1 + 3:
                along[max(0, g.y0 - 2 - ground.y0) : max(0, g.y1 + 2 - ground.y0)] = True
        corner = min(12, len(along) * 3 // 10)  # nine points, at the resolution that grounds are looked for in
        if float(along[corner : len(along) - corner].mean()) < 0.75:
            return False
    return True


def _flat(planes: Array) -> Array:
    """Where a pixel and its neighbours are alike. ``planes`` is 3 x height x width."""
    import numpy

    out: Array = numpy.zeros(planes.shape[1:], dtype=bool)
    inner = out[1:-1, 1:-1]
    inner[:] = True
    for plane in planes:
        inner &= _apart(plane[2:, 1:-1], plane[:-2, 1:-1]) < 14
        inner &= _apart(plane[1:-1, 2:], plane[1:-1, :-2]) < 14
        inner &= _apart(plane[1:-1, 2:], plane[1:-1, 1:-1]) < 14  # the middle of a stroke has both sides alike
        inner &= _apart(plane[2:, 1:-1], plane[1:-1, 1:-1]) < 14
    return out


def _most_common(colors: Array) -> Color:
    import numpy

    codes = (colors.astype(numpy.int32) >> 3) @ numpy.array([1 << 10, 1 << 5, 1])
    common = int(numpy.bincount(codes).argmax())
    r, g, b = numpy.median(colors[codes == common], axis=0)
    return (int(r), int(g), int(b))


# -- rules and boxes


def _rules(pixels: Array, away: Array, dpi: float, step: int, grounds: Sequence[Ground] = ()) -> list[Rule]:
    """Level and upright lines at least RULE_LENGTH long and at most RULE_WIDTH thick."""
    import numpy

    out: list[Rule] = []
    for level in (True, False):
        field = numpy.ascontiguousarray(away if level else away.T)
        colors = pixels if level else pixels.transpose(1, 0, 2)
        thick = max(3, round(RULE_WIDTH * dpi / 72))
        runs = _straight_runs(field, dpi)
        bare = field.copy()  # no rule is carried on along the side of a label
        for g in grounds:
            low, high, sides = (g.x0, g.x1, (g.y0, g.y1)) if level else (g.y0, g.y1, (g.x0, g.x1))
            for at in sides:
                bare[max(0, at // step - 3) : at // step + 3, max(0, low // step - 3) : high // step + 3] = 0
        for x0, y0, x1, y1 in _joined(runs, bare, round(PIECE * dpi / 72), thick):
            own = field[y0:y1, x0:x1] >= FAINT
            r, g, b = numpy.median(colors[y0:y1, x0:x1][own], axis=0)
            place = (x0, y0, x1, y1) if level else (y0, x0, y1, x1)
            a, b0, c, d = (v * step for v in place)
            out.append(Rule(a, b0, c, d, (int(r), int(g), int(b)), level))
    return out


def _straight_runs(field: Array, dpi: float) -> list[tuple[int, int, int, int]]:
    """Boxes of thin level lines of even ink. ``field``: contrast."""
    import numpy

    out: list[tuple[int, int, int, int]] = []
    length, thick = round(RULE_LENGTH * dpi / 72), max(3, round(RULE_WIDTH * dpi / 72))
    thin = numpy.zeros(field.shape, dtype=bool)
    middle = field[thick:-thick]
    around = numpy.maximum(field[: -2 * thick], field[2 * thick :])
    thin[thick:-thick] = (middle >= FAINT) & (around.astype(numpy.int16) * 2 < middle)
    drawn = thin.copy()
    drawn[1:] |= thin[:-1]  # a rule that steps from one row to the next is still one
    long = _grow_along(_shrink_along(_close_along(drawn, 1), length), length)
    for x0, y0, x1, y1 in components(long & drawn):
        if y1 - y0 > thick + 2 or x1 - x0 < 0.8 * length:
            continue
        own = thin[y0:y1, x0:x1]
        if float(own.any(axis=0).mean()) < 0.94:  # letters in a row leave gaps, a rule does not
            continue
        if _in_text(field, x0, y0, x1, y1, thick):
            continue
        rows = numpy.nonzero(own.any(axis=1))[0]
        out.append((x0, y0 + int(rows[0]), x1, y0 + int(rows[-1]) + 1))
    return out


def _joined(runs: list[tuple[int, int, int, int]], field: Array, piece: int, thick: int) -> list[tuple[int, int, int, int]]:
    """The lines, each carried on as far as it shows at all, those that so become one joined: noise breaks a pale rule."""
    done: list[tuple[int, int, int, int]] = []
    for x0, y0, x1, y1 in sorted(runs, key=lambda r: r[0] - r[2]):
        level = ((k, a, c) for k, (a, b, c, d) in enumerate(done) if y0 < d + 2 and b - 2 < y1)
        same = next((k for k, a, c in level if min(x1, c) - max(x0, a) > 0.8 * (x1 - x0)), None)
        if same is not None:
            a, b, c, d = done[same]
            done[same] = (min(a, x0), b, max(c, x1), d)
            continue
        inked = float(field[y0:y1, x0:x1].max(axis=0).mean())
        while x1 + piece <= field.shape[1] and _goes_on(field, x1, y0, x1 + piece, y1, thick, inked):
            x1 += piece
        while x0 >= piece and _goes_on(field, x0 - piece, y0, x0, y1, thick, inked):
            x0 -= piece
        done.append((x0, y0, x1, y1))
    return done


def _ended_together(rules: list[Rule], piece: int) -> list[Rule]:
    """The rules, each ended where a longer one does that ends no further on than they are carried on by at a time.

    The rules of a table end together.
    """
    out: list[Rule] = []
    for level in (True, False):
        own = [r for r in rules if r.level is level]
        spans = [(r.x0, r.x1) if level else (r.y0, r.y1) for r in own]
        for rule, (low, high) in zip(own, spans, strict=True):
            first = min(a for a, _ in spans if low - piece <= a <= low)
            last = max(b for _, b in spans if high <= b <= high + piece)
            out.append(rule._replace(x0=first, x1=last) if level else rule._replace(y0=first, y1=last))
    return out


def _goes_on(field: Array, x0: int, y0: int, x1: int, y1: int, thick: int, inked: float) -> bool:
    """Whether a rule of so much contrast shows between two columns, and nothing but it: letters are darker, with gaps."""
    own = field[max(0, y0 - 1) : y1 + 1, x0:x1].max(axis=0)  # what is nearly level may step by a row
    beside = max(float(field[max(0, y - 1) : y + 2, x0:x1].mean()) for y in (y0 - thick, y1 + thick - 1))
    seen = float(own.mean())
    least = max(PALEST * inked, FAINT / 2)
    even = float((own >= 0.6 * least).mean()) > 0.9 and int(own.max()) <= 1.5 * inked + FAINT / 2
    return seen >= least and even and beside * 2 < seen


def _in_text(field: Array, x0: int, y0: int, x1: int, y1: int, thick: int) -> bool:
    """Whether there is ink close above and close below: the bars of letters in a row look like a rule."""
    above = field[max(0, y0 - 2 * thick) : max(0, y0 - 1), x0:x1] >= FAINT
    below = field[y1 + 1 : y1 + 2 * thick, x0:x1] >= FAINT
    return above.size > 0 and below.size > 0 and min(float(above.mean()), float(below.mean())) > 0.1


def _is_seam(rule: Rule, paper: Color, grounds: Iterable[Ground], dpi: float) -> bool:
    """Whether the rule is nothing but the blurred edge of a ground: it lies there, in a colour between the two."""
    near = 1.6 * dpi / 72
    for g in grounds:
        if rule.level:
            beside = min(abs(rule.y0 - g.y0), abs(rule.y1 - g.y1), abs(rule.y0 - g.y1), abs(rule.y1 - g.y0)) <= near
            beside = beside and rule.x0 >= g.x0 - near and rule.x1 <= g.x1 + near
        else:
            beside = min(abs(rule.x0 - g.x0), abs(rule.x1 - g.x1), abs(rule.x0 - g.x1), abs(rule.x1 - g.x0)) <= near
            beside = beside and rule.y0 >= g.y0 - near and rule.y1 <= g.y1 + near
        if beside and _between(rule.color, paper, g.color):
            return True
    return False


def _between(color: Color, one: Color, other: Color) -> bool:
    """Whether mixing two colours can give (nearly) the third."""
    way = [b - a for a, b in zip(one, other, strict=True)]
    length = sum(w * w for w in way)
    if not length:
        return False
    share = sum(w * (c - a) for w, c, a in zip(way, color, one, strict=True)) / length
    return -0.1 <= share <= 1.1 and all(abs(a + share * w - c) <= 30 for a, w, c in zip(one, way, color, strict=True))


def _outlines(rules: list[Rule], grounds: list[Ground], dpi: float) -> tuple[list[Outline], list[Rule]]:
    """Boxes of two upright rules of one extent joined by level ones; the rules that belong to no box.

    A coloured label beside a box may stand for one of its upright rules.
    """
    near, corner = 2.5 * dpi / 72, CORNER * dpi / 72
    drawn = [(r, r.x0, r.x1) for r in rules if not r.level]
    # each with how far the level rules that join it may run beyond it: along the label
    lefts = sorted((*drawn, *((Rule(g.x1, g.y0, g.x1, g.y1, g.color, False), g.x0, g.x1) for g in grounds)), key=_place)
    rights = sorted((*drawn, *((Rule(g.x0, g.y0, g.x0, g.y1, g.color, False), g.x0, g.x1) for g in grounds)), key=_place)
    level = [r for r in rules if r.level]
    lines = {r for r, _, _ in drawn}
    used: set[Rule] = set()
    out: list[Outline] = []
    for left, low, _ in lefts:
        for right, _, high in rights:
            if left not in lines and right not in lines:
                continue
            if abs(left.y0 - right.y0) > near or abs(left.y1 - right.y1) > near or right.x0 - left.x1 < corner:
                continue
            within = [r for r in level if r.x0 >= low - near and r.x1 <= high + near]
            edges = [_edge(within, grounds, left, right, y, corner, near) for y in (left.y0, left.y1)]
            if edges[0] is not None and edges[1] is not None:
                top = min([left.y0, *(r.y0 for r in edges[0])])
                bottom = max([left.y1, *(r.y1 for r in edges[1])])
                out.append(Outline(left.x0, top, right.x1, bottom, left.color))
                used |= {left, right, *edges[0], *edges[1]}
                break
    return _without_gaps(out, near), [r for r in rules if r not in used]


def _without_gaps(outlines: list[Outline], near: float) -> list[Outline]:
    """Without those that hold a whole other one and the white before it: boxes in a row, one's right side taken for a left."""
    return [
        o
        for o in outlines
        if not any(i.x0 > o.x0 and i.x1 == o.x1 and max(abs(i.y0 - o.y0), abs(i.y1 - o.y1)) <= near for i in outlines)
    ]


def _place(side: tuple[Rule, int, int]) -> int:
    return side[0].x0


def _dividers(rules: list[Rule], grounds: list[Ground], away: Array, dpi: float, step: int) -> list[Rule]:
    """The rules of a table's coloured rows, drawn in their own colour: their edges, and the columns' rules carried on.

    Such a row is a ground to whose lower or upper edge upright rules run from both ends and between, or one that touches
    such a row from end to end. One with words in its first column only spans them all.
    """
    near, out = 3.0 * dpi / 72, []
    low = [g for g in grounds if g.y1 - g.y0 <= 80 * dpi / 72]
    rows = _table_rows(rules, low, near)
    for g, columns in rows:
        clear = [x for x in columns if _clear(away, g, x, round(PADDING * dpi / step / 72), step)]
        if clear and _inked(away, g, clear[0], step):
            out += [Rule(x, g.y0, x + 2, g.y1, g.color, False) for x in clear]
        out += _sides(g)
    for g in low:
        if not any(g is row for row, _ in rows) and _is_cell(g, rules, grounds, near):
            out += _sides(g)
    return out


def _sides(ground: Ground) -> list[Rule]:
    """The four sides of a ground as rules of its colour."""
    x0, y0, x1, y1, color, _ = ground
    upright = [Rule(x, y0, x + 2, y1, color, False) for x in (x0, x1)]
    return upright + [Rule(x0, y, x1, y + 2, color, True) for y in (y0, y1)]


def _between_rules(ground: Ground, rules: Iterable[Rule], near: float) -> bool:
    """Whether upright rules run on from both its lower corners, or both its upper ones, by more than a border would."""

    def runs_on(x: int, down: bool) -> bool:
        own = [r for r in rules if not r.level and abs((r.x0 + r.x1) / 2 - x) <= near]
        if down:
            return any(r.y0 <= ground.y1 + near and r.y1 >= ground.y1 + 3 * near for r in own)
        return any(r.y1 >= ground.y0 - near and r.y0 <= ground.y0 - 3 * near for r in own)

    return any(runs_on(ground.x0, down) and runs_on(ground.x1, down) for down in (True, False))


def _is_cell(ground: Ground, rules: list[Rule], grounds: Sequence[Ground], near: float) -> bool:
    """Whether a ground is one of a table's cells: rules run on from it down or up on both sides, and another cell lies beside.

    That one is a ground of the same height, or a rule runs on there from its upper or lower edge.
    """
    if not _between_rules(ground, rules, near):
        return False
    level = [r for r in rules if r.level and min(abs((r.y0 + r.y1) / 2 - y) for y in (ground.y0, ground.y1)) <= near]
    if any(r.x0 <= ground.x0 - 3 * near and r.x1 >= ground.x0 - near for r in level):
        return True
    if any(r.x0 <= ground.x1 + near and r.x1 >= ground.x1 + 3 * near for r in level):
        return True
    high = [g for g in grounds if abs(g.y0 - ground.y0) <= near and abs(g.y1 - ground.y1) <= near]
    return any(min(abs(g.x1 - ground.x0), abs(g.x0 - ground.x1)) <= near for g in high)


def _rows_of(rules: list[Rule], ground: Ground, dpi: float) -> tuple[list[Ground], list[Outline]]:
    """The pieces of a ground that level rules part into the labels of rows, and those rows; the ground and none elsewhere.

    The rules run on beyond it, all to one end, across the ground or from its side: a table whose first column is tinted.
    """
    near, least = (PIECE + 3.0) * dpi / 72, LEAST_SIDE[0] * dpi / 72
    own = [
        r
        for r in rules
        if r.level
        and ground.y0 + least <= r.y0 <= ground.y1 - least
        and r.x0 <= ground.x1 + near
        and r.x1 >= ground.x1 + 0.5 * (ground.x1 - ground.x0)
    ]
    ends = sorted(r.x1 for r in own)
    crossing = [r for r in own if r.x0 <= ground.x0 + near]  # where few do, the column's cells hold for several rows
    if len(own) < 2 or 2 * len(crossing) < len(own) or ends[-1] - ends[0] > 2 * near:
        return [ground], []
    edges = [ground.y0]
    for y in sorted((r.y0 + r.y1) // 2 for r in own):
        if edges[-1] + least <= y:
            edges.append(y)
    edges.append(ground.y1)
    spans = list(pairwise(edges))
    rows = [Outline(ground.x0, a, ends[-1], b, own[0].color) for a, b in spans]
    return [ground._replace(y0=a, y1=b) for a, b in spans], rows


def _table_rows(rules: list[Rule], grounds: list[Ground], near: float) -> list[tuple[Ground, list[int]]]:
    """The grounds that are rows of tables, each with the places of its columns' rules."""
    upright = [r for r in rules if not r.level]
    out: list[tuple[Ground, list[int]]] = []
    left = []
    for g in grounds:
        met = [r for r in upright if min(abs(r.y0 - g.y1), abs(r.y1 - g.y0)) <= near]
        columns = sorted({(r.x0 + r.x1) // 2 for r in met if g.x0 + near < r.x0 and r.x1 < g.x1 - near})
        beside = [r for r in upright if r.y0 <= g.y1 + near and r.y1 >= g.y0 - near]  # a table's sides may run past its rows
        ends = all(any(abs(r.x0 - x) <= near for r in beside) for x in (g.x0, g.x1))
        if columns and ends:
            out.append((g, columns))
        else:
            left.append(g)
    while True:
        more = []
        for g in left:
            for row, columns in out:
                alike = abs(row.x0 - g.x0) <= near and abs(row.x1 - g.x1) <= near
                if alike and min(abs(row.y1 - g.y0), abs(row.y0 - g.y1)) <= near:
                    more.append((g, columns))
                    break
        if not more:
            return out
        out += more
        left = [g for g in left if all(g is not row for row, _ in more)]


def _inked(away: Array, ground: Ground, x: int, step: int) -> bool:
    """Whether anything is written on the ground to the right of ``x``."""
    field = away[ground.y0 // step + 3 : ground.y1 // step - 3, x // step + 4 : ground.x1 // step - 4]
    return field.size > 0 and int((field >= 2 * FAINT).sum()) >= 20


def _clear(away: Array, ground: Ground, x: int, half: int, step: int) -> bool:
    """Whether no letter of the row stands where the rule would run on, nor nearer to it than ``half`` on the small picture."""
    strip = away[ground.y0 // step + 3 : ground.y1 // step - 3, max(0, x // step - half) : x // step + half + 1]
    return strip.size > 0 and float((strip >= FAINT).mean(axis=0).max()) < 0.1


def _edge(
    level: list[Rule], grounds: list[Ground], left: Rule, right: Rule, y: int, corner: float, near: float
) -> list[Rule] | None:
    """The level rules (and grounds' edges) that join two upright ones at their end ``y``; None where there is a gap."""
    own = [r for r in level if abs((r.y0 + r.y1) / 2 - y) <= corner and r.x1 > left.x0 and r.x0 < right.x1]
    closest = min((abs((r.y0 + r.y1) / 2 - y) for r in own), default=0.0)  # the next box may begin within a corner's reach
    own = [r for r in own if abs((r.y0 + r.y1) / 2 - y) <= closest + near]
    spans = [(r.x0, r.x1) for r in own]
    spans += [(g.x0, g.x1) for g in grounds if g.y0 - corner <= y <= g.y1 + corner and g.x1 > left.x0 and g.x0 < right.x1]
    end, gap, gap_allowed = left.x1 + corner, 0.0, corner * RULE_LENGTH / CORNER  # shorter pieces are no rules
    for x0, x1 in sorted(spans):
        gap = max(gap, x0 - end)
        end = max(end, x1)
    gap = max(gap, right.x0 - corner - end)
    return own if spans and gap <= gap_allowed else None


# -- masks


def _spread(mask: Array, reach: int, axis: int) -> Array:
    """Set wherever a pixel no further than ``reach`` before or behind is set; each step doubles how far it has come."""
    import numpy

    margin = [(0, 0), (0, 0)]
    margin[axis] = (reach, reach)
    field = numpy.pad(mask, margin).view(numpy.uint8)
    # rows one after the other: a shift along a row is one of the whole, the margins keep rows apart
    flat, pitch = field.reshape(-1), (field.shape[1] if axis == 0 else 1)
    done, width = 1, 2 * reach + 1
    while done < width:
        step = min(done, width - done)
        flat = flat[step * pitch :] | flat[: -step * pitch]
        done += step
    out = numpy.zeros(mask.shape, dtype=numpy.uint8)
    if axis == 0:
        out.reshape(-1)[:] = flat[: out.size]
    else:
        whole = numpy.zeros(field.size, dtype=numpy.uint8)
        whole[: flat.size] = flat
        out[:] = whole.reshape(field.shape)[:, : mask.shape[1]]
    return out.view(bool)


def grown(mask: Array, reach: int) -> Array:
    """The mask with all that lies no further off than ``reach``, sideways and up and down."""
    return _spread(_spread(mask, reach, 1), reach, 0)


def _shrink(mask: Array, reach: int) -> Array:
    out: Array = ~grown(~mask, reach)
    return out


def _close_along(mask: Array, gap: int) -> Array:
    out: Array = ~_spread(~_spread(mask, gap, 1), gap, 1)
    return out


def _shrink_along(mask: Array, length: int) -> Array:
    """Set where so many pixels around are, along the row; a picture's edge is not."""
    import numpy

    reach = length // 2
    out: Array = ~_spread(~numpy.pad(mask, ((0, 0), (reach, reach))), reach, 1)
    return out[:, reach : out.shape[1] - reach]


def _grow_along(mask: Array, length: int) -> Array:
    return _spread(mask, length // 2, 1)


def components(mask: Array) -> list[tuple[int, int, int, int]]:
    """Boxes of the connected areas of a mask, from top to bottom. Joins runs of rows that touch."""
    import numpy

    parent: list[int] = []
    boxes: list[list[int]] = []

    def find(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    edges = numpy.diff(numpy.pad(mask, ((0, 0), (1, 1))).astype(numpy.int8), axis=1)
    starts, stops = numpy.nonzero(edges == 1), numpy.nonzero(edges == -1)
    above: list[tuple[int, int, int]] = []
    current: list[tuple[int, int, int]] = []
    row = -1
    for y, x0, x1 in zip(starts[0].tolist(), starts[1].tolist(), stops[1].tolist(), strict=True):
        if y != row:
            above = current if y == row + 1 else []
            current, row = [], y
        k = len(parent)
        parent.append(k)
        boxes.append([x0, y, x1, y + 1])
        current.append((x0, x1, k))
        for a0, a1, other in above:
            if a0 < x1 and x0 < a1:
                one, two = find(k), find(other)
                if one != two:
                    parent[max(one, two)] = min(one, two)
                    _widen(boxes[min(one, two)], boxes[max(one, two)])
    return [(b[0], b[1], b[2], b[3]) for k, b in enumerate(boxes) if parent[k] == k]


def _widen(box: list[int], other: list[int]) -> None:
    box[0], box[1] = min(box[0], other[0]), min(box[1], other[1])
    box[2], box[3] = max(box[2], other[2]), max(box[3], other[3])


# -- ink


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
