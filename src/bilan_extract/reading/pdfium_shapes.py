"""What a page draws, by pdfium: its objects in paint order, paths and pictures reduced to boxes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from ctypes import c_float, c_int, c_uint
from itertools import chain, repeat
from typing import NamedTuple

from bilan_extract.document import Color, Shape
from bilan_extract.reading.pdfium_calls import IDENTITY, Calls, Matrix, Point, Room, bounds, product

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # FPDF_PAGEOBJ_*
BEZIER_TO, MOVE_TO = 1, 2  # FPDF_SEGMENT_*
NESTED = 16  # forms within forms: deeper is a loop or an attack
_UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


class Drawn(NamedTuple):
    """One object of a page; ``outer`` leads from where it is drawn to the page's top left."""

    handle: int
    kind: int
    outer: Matrix


class _Path(NamedTuple):
    """A path's segments: types, points, and handles to ask whether one closes."""

    kinds: list[int]
    points: list[Point]
    handles: list[int]


def objects_of(calls: Calls, room: Room, page: int, to_page: Matrix) -> list[Drawn]:
    """The texts, paths and pictures of a page in paint order, those within forms in their place."""
    handles = list(map(calls.object, repeat(page), range(calls.count_objects(page))))
    return list(_unfolded(calls, room, handles, to_page, 0))


def _unfolded(calls: Calls, room: Room, handles: Sequence[int], outer: Matrix, depth: int) -> Iterator[Drawn]:
    for handle, kind in zip(handles, map(calls.type, handles), strict=True):
        if kind != FORM:
            yield Drawn(handle, kind, outer)
        elif depth < NESTED:
            count = max(calls.count_form_objects(handle), 0)
            inner = list(map(calls.form_object, repeat(handle), range(count)))
            (_, ((a,), (b,), (c,), (d,), (e,), (f,))) = room.ask_all(calls.matrix, c_float, 6, (handle,), apart=False)
            yield from _unfolded(calls, room, inner, product((a, b, c, d, e, f), outer), depth + 1)


def shapes_of(calls: Calls, room: Room, drawn: Sequence[Drawn]) -> list[Shape]:
    """Shapes in paint order: one for each piece of a path, and one for each picture."""
    drawn = [one for one in drawn if one.kind in (PATH, IMAGE)]
    handles = [one.handle for one in drawn]
    told, parts = room.ask_all(calls.matrix, c_float, 6, handles, apart=False)
    matrices = [m if ok else IDENTITY for ok, m in zip(told, zip(*parts, strict=True), strict=True)]
    paths = [handle for handle, kind, _ in drawn if kind == PATH]
    _, (filled, stroked) = room.ask_all(calls.draw_mode, c_int, 2, paths)
    fills, strokes = _colors(room, calls.fill_color, paths), _colors(room, calls.stroke_color, paths)
    _, (widths,) = room.ask_all(calls.stroke_width, c_float, 1, paths)
    looks = zip(filled, stroked, fills, strokes, widths, _segments(calls, room, paths), strict=True)
    out: list[Shape] = []
    for one, inner in zip(drawn, matrices, strict=True):
        matrix = product(inner, one.outer)
        if one.kind == IMAGE:
            out.append(Shape("image", *bounds(_UNIT, matrix)))
            continue
        does_fill, does_stroke, fill, stroke, width, path = next(looks)
        fill, stroke = fill if does_fill else None, stroke if does_stroke else None
        width = width * math.hypot(matrix[0], matrix[1]) if does_stroke else 0.0
        for kind, points in _pieces(calls, path):
            if kind == "rect" and not _square(points, matrix):
                kind = "curve"
            x0, top, x1, bottom = bounds(points, matrix)
            out.append(Shape(kind, x0, top, x1, bottom, fill, stroke, width))
    return out


def _colors(room: Room, ask: object, handles: Sequence[int]) -> list[Color | None]:
    told, (r, g, b, _) = room.ask_all(ask, c_uint, 4, handles)
    return [color if ok else None for ok, color in zip(told, zip(r, g, b, strict=True), strict=True)]


def _segments(calls: Calls, room: Room, paths: Sequence[int]) -> Iterator[_Path]:
    """The segments of each path, asked for all together."""
    counts = [max(count, 0) for count in map(calls.count_segments, paths)]
    every = zip(paths, counts, strict=True)
    handles = list(chain.from_iterable(map(calls.segment, repeat(path), range(count)) for path, count in every))
    kinds = list(map(calls.segment_type, handles))
    _, (xs, ys) = room.ask_all(calls.segment_point, c_float, 2, handles)
    points = list(zip(xs, ys, strict=True))
    start = 0
    for count in counts:
        stop = start + count
        yield _Path(kinds[start:stop], points[start:stop], handles[start:stop])
        start = stop


def _pieces(calls: Calls, path: _Path) -> Iterator[tuple[str, list[Point]]]:
    """The pieces of a path, each with its kind: "line" for one stroke, "rect" for four sides, "curve" for all else."""
    kinds, points, handles = path
    count = len(kinds)
    starts = [0] if kinds.count(MOVE_TO) == 1 else [i for i, kind in enumerate(kinds) if kind == MOVE_TO]
    for start, stop in zip(starts, [*starts[1:], count], strict=True):
        if stop - start < 2:
            continue
        if BEZIER_TO in kinds[start:stop]:
            yield "curve", _ends(kinds, points, start, stop)
        else:
            corners = points[start:stop]
            yield _kind(corners, calls.segment_close(handles[stop - 1])), corners


def _ends(kinds: list[int], points: list[Point], start: int, stop: int) -> list[Point]:
    """The points of a stretch of a path that lie on it: of each curve the last of three."""
    out = [points[start]]
    bezier = 0
    for i in range(start + 1, stop):
        bezier = (bezier + 1) % 3 if kinds[i] == BEZIER_TO else 0
        if not bezier:
            out.append(points[i])
    return out


def _kind(corners: list[Point], closed: int) -> str:
    """What a straight piece is. pdfium closes a path by a line back to its start, pdfplumber's kinds count without it."""
    returns = corners[-1] == corners[0]
    sides = len(corners) - (2 if closed and returns and len(corners) > 2 else 1)
    if sides == 1:
        return "line"
    return "rect" if (sides == 3 and closed) or (sides == 4 and not closed and returns) else "curve"


def _square(points: list[Point], matrix: Matrix) -> bool:
    """Whether four corners, once moved, have level and upright sides."""
    a, b, c, d, _, _ = matrix
    if (b or c) and (a or d):
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[:4]
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)
