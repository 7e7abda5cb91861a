"""Coloured areas of a scanned page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.document import Color
from bilan_extract.reading.drawing import Ground, color_distance, from_color
from bilan_extract.reading.masks import components, grown, shrink

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

MOST_GROUNDS = 24  # colours of grounds on one page
LEAST_SIDE = (14.0, 6.0)  # points: smaller coloured areas are ornaments
EDGE = 14.0  # points: how far a sheet that lies askew draws its edges into the picture


def find_grounds(pixels: Array, paper: Color, dpi: float, step: int) -> list[Ground]:
    """Rectangles of one colour other than the paper's, found colour by colour, the most frequent first."""
    import numpy

    planes = numpy.ascontiguousarray(pixels.transpose(2, 0, 1))
    away = from_color(planes, paper)
    flat = _flat(planes)
    wide, high = (side * dpi / 72 for side in LEAST_SIDE)
    left = flat & (away > 5)
    found: list[_Found] = []
    for _ in range(MOST_GROUNDS):
        if int(left.sum()) < wide * high / 3:
            break
        color = _most_common(pixels[left])
        distance = from_color(planes, color)
        reach = min(22, max(4, max(abs(p - c) for p, c in zip(paper, color, strict=True)) // 2))
        mask = distance <= reach
        left &= distance > max(reach, 8)
        near = mask & grown(mask & flat, 2)  # the blurred rims of letters may have a ground's colour
        solid = grown(shrink(shrink(grown(near, 4), 4), 2), 2)
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
        inner &= color_distance(plane[2:, 1:-1], plane[:-2, 1:-1]) < 14
        inner &= color_distance(plane[1:-1, 2:], plane[1:-1, :-2]) < 14
        inner &= color_distance(plane[1:-1, 2:], plane[1:-1, 1:-1]) < 14  # the middle of a stroke has both sides alike
        inner &= color_distance(plane[2:, 1:-1], plane[1:-1, 1:-1]) < 14
    return out


def _most_common(colors: Array) -> Color:
    import numpy

    codes = (colors.astype(numpy.int32) >> 3) @ numpy.array([1 << 10, 1 << 5, 1])
    common = int(numpy.bincount(codes).argmax())
    r, g, b = numpy.median(colors[codes == common], axis=0)
    return (int(r), int(g), int(b))
