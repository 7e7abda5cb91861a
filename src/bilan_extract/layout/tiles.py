"""Tables of coloured cells set side by side with a little white between them, without any rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, compress

from bilan_extract.document import Color, Shape, Word
from bilan_extract.layout.open_tables import Grid, is_head
from bilan_extract.layout.rules import Rule

GAP = 7.0  # points: cells of one table stand no farther apart
LEAST_TILES, MOST_TILES = 6, 600
HEAD_HEIGHT = 64.0
FILLED = 0.8  # of the table's area is cells


def find_tiled(shapes: Sequence[Shape], words: Sequence[Word]) -> list[Grid]:
    """The tables whose cells are coloured areas: a row of heads in one colour of their own, and at least two rows below."""
    tiles = _tiles(shapes)
    if not LEAST_TILES <= len(tiles) <= MOST_TILES or not _may_have_heads(tiles):
        return []
    return [grid for group in _groups(tiles) if (grid := _grid(group, words)) is not None]


def _may_have_heads(tiles: Sequence[Shape]) -> bool:
    """Whether two tiles of one colour stand side by side, as heads do; most pages are done with here."""
    alike: dict[Color | None, list[Shape]] = {}
    for tile in tiles:
        alike.setdefault(tile.fill, []).append(tile)
    return any(
        abs(min(a.x1, b.x1) - max(a.x0, b.x0)) <= GAP + 1 and min(a.bottom, b.bottom) > max(a.top, b.top)
        for own in alike.values()
        for a, b in combinations(own, 2)
    )


def _tiles(shapes: Sequence[Shape]) -> list[Shape]:
    """Coloured areas without an outline that hold no other."""
    found = [
        s
        for s in shapes
        if s.kind in ("rect", "curve") and s.fill is not None and s.stroke is None and min(s.fill) < 252
        and s.x1 - s.x0 >= 24 and s.bottom - s.top >= 9
    ]  # fmt: skip
    if len(found) > MOST_TILES:
        return []
    out = []
    boxes = [s.box for s in found]
    for k, (x0, top, x1, bottom) in enumerate(boxes):
        if not any(a >= x0 and b >= top and c <= x1 and d <= bottom for a, b, c, d in (*boxes[:k], *boxes[k + 1 :])):
            out.append(found[k])
    return out


def _groups(tiles: Sequence[Shape]) -> list[list[Shape]]:
    """Tiles that stand next to one another."""
    left = list(tiles)
    out = []
    while left:
        group, todo = [], [left.pop(0)]
        while todo:
            tile = todo.pop()
            group.append(tile)
            near = [_next_to(tile, other) for other in left]
            if any(near):
                todo += compress(left, near)
                left = [other for other, met in zip(left, near, strict=True) if not met]
        out.append(group)
    return out


def _next_to(a: Shape, b: Shape) -> bool:
    if a.top > b.bottom + GAP or b.top > a.bottom + GAP:  # most stand far apart
        return False
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return (across > 8 and -GAP <= down <= 1) or (down > 5 and -GAP <= across <= 1)


def _grid(tiles: Sequence[Shape], words: Sequence[Word]) -> Grid | None:
    xs = _lines(x for t in tiles for x in (t.x0, t.x1))
    ys = _lines(y for t in tiles for y in (t.top, t.bottom))
    if len(tiles) < LEAST_TILES or not 3 <= len(xs) <= 10 or len(ys) < 4 or ys[1] - ys[0] > HEAD_HEIGHT:
        return None
    head = [t for t in tiles if t.bottom <= ys[1] + GAP]
    if len(head) != len(xs) - 1 or len({t.fill for t in head}) != 1:
        return None
    if any(t.fill == head[0].fill for t in tiles if t not in head):
        return None  # labels over cards: each row of them begins anew
    area = sum((t.x1 - t.x0) * (t.bottom - t.top) for t in tiles)
    if area < FILLED * (xs[-1] - xs[0]) * (ys[-1] - ys[0]):
        return None
    if not is_head([[w for w in words if _holds(t, w)] for t in head]):
        return None
    across, down = [], []
    for t in tiles:
        x0, x1, top, bottom = _near(xs, t.x0), _near(xs, t.x1), _near(ys, t.top), _near(ys, t.bottom)
        across += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
        down += [Rule(x0, top, bottom), Rule(x1, top, bottom)]
    return Grid(across, down)


def _lines(values: Iterable[float]) -> list[float]:
    """The middles of values that stand together."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= GAP + 1:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _near(lines: Sequence[float], value: float) -> float:
    return min(lines, key=lambda at: abs(at - value))


def _holds(tile: Shape, word: Word) -> bool:
    return tile.x0 <= (word.x0 + word.x1) / 2 <= tile.x1 and tile.top <= (word.top + word.bottom) / 2 <= tile.bottom
