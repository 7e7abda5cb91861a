"""Masks: pictures of yes and no, spread, shrunk, closed along an axis, taken apart into what hangs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]


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


def shrink(mask: Array, reach: int) -> Array:
    """The mask without all that lies no further than ``reach`` from where it is not set."""
    out: Array = ~grown(~mask, reach)
    return out


def close_along(mask: Array, gap: int) -> Array:
    """The mask with gaps along the row of up to ``2 * gap`` filled."""
    out: Array = ~_spread(~_spread(mask, gap, 1), gap, 1)
    return out


def shrink_along(mask: Array, length: int) -> Array:
    """Set where so many pixels around are, along the row; a picture's edge is not."""
    import numpy

    reach = length // 2
    out: Array = ~_spread(~numpy.pad(mask, ((0, 0), (reach, reach))), reach, 1)
    return out[:, reach : out.shape[1] - reach]


def grow_along(mask: Array, length: int) -> Array:
    """The mask with all that lies along the row within half of ``length``: what `shrink_along` took comes back."""
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
