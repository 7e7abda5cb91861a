"""Tables: from the rules a page draws, or the white space between its columns, to their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bilan_extract.document import Box, Page, Word, union
from bilan_extract.layout.middles import Middles
from bilan_extract.layout.open_tables import Memory, find_grids, split_rows
from bilan_extract.layout.rules import SNAP, Ground, Rule, find_grounds, find_rules, merge
from bilan_extract.layout.tiles import find_tiled

MOST_RULES = 1200  # a page with more is a drawing, not a table


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its box, its table's rank on the page, its row and column from 0, and the words in it by place."""

    box: Box
    table: int
    row: int
    column: int
    words: tuple[int, ...]


def find_cells(page: Page, words: Sequence[Word], memory: Memory | None = None, middles: Middles | None = None) -> list[Cell]:
    """Cells with text of every table with at least two rows and two columns. Spans are merged into one cell.

    Tables drawn with rules both ways come as they are drawn; where nothing parts the columns, white space does
    (see `open_tables`). ``memory`` is what the pages before left open, one object a document.
    """
    across, down = find_rules(page.shapes)
    if len(across) + len(down) > MOST_RULES:
        return []
    across, down = merge(across), merge(down)
    found: list[list[Cell]] = []
    free = list(across)
    grounds = find_grounds(page.shapes, page.height or 0.0)
    for hs, vs in _components(across, down):
        top, edges = _ground_head(hs, vs, grounds, words)
        cells = _cells([*top, *_parted(_close(hs, vs), vs, words)], [*vs, *edges], words)
        if cells:
            found.append(cells)
            free = [r for r in free if not any(r is h for h in hs)]
    if not found:
        tiled = (_cells(grid.across, grid.down, words) for grid in find_tiled(page.shapes, words))
        found += [cells for cells in tiled if cells]
    taken = [union(c.box for c in cells) for cells in found]
    free = [r for r in free if not any(_within(r, box) for box in taken)]
    grounds = [
        g
        for g in grounds
        if not any(_within(Rule((g.top + g.bottom) / 2, g.low, g.high), box) for box in taken)
    ]
    ruled = {i for cells in found for c in cells for i in c.words}
    for grid in find_grids(free, grounds, words, middles or Middles(words), page.number, memory):
        cells = _cells(grid.across, grid.down, words)
        # a coloured head over a table drawn with rules heads no second one: no word is in two cells
        if cells and not any(i in ruled for c in cells for i in c.words):
            found.append(cells)
    found.sort(key=lambda cells: min(c.box[1] for c in cells))
    return [replace(cell, table=k) for k, cells in enumerate(found) for cell in cells]


def _within(rule: Rule, box: Box) -> bool:
    return box[1] - SNAP <= rule.at <= box[3] + SNAP and rule.low < box[2] and box[0] < rule.high


def _close(hs: list[Rule], vs: list[Rule]) -> list[Rule]:
    """The horizontal rules, with one at the verticals' ends where a table runs over a page end without a rule."""
    if len(hs) < 2 or len(vs) < 2:
        return hs
    low, high = min(r.low for r in hs), max(r.high for r in hs)
    top, bottom = min(v.low for v in vs), max(v.high for v in vs)
    out = list(hs)
    if min(h.at for h in hs) - top > 2 * SNAP and sum(abs(v.low - top) <= SNAP for v in vs) >= 2:
        out.append(Rule(top, low, high))
    if bottom - max(h.at for h in hs) > 2 * SNAP and sum(abs(v.high - bottom) <= SNAP for v in vs) >= 2:
        out.append(Rule(bottom, low, high))
    return out


def _ground_head(
    hs: Sequence[Rule], vs: Sequence[Rule], grounds: Sequence[Ground], words: Sequence[Word]
) -> tuple[list[Rule], list[Rule]]:
    """The rules of a head that is a coloured ground on top of a ruled table: its upper edge, the columns' edges in it.

    It names most of the columns, three and more: a ground with a title over a table, or a code and a title, is none of its
    rows.
    """
    if len(hs) < 3 or len(vs) < 3:
        return [], []
    top, low, high = min(h.at for h in hs), min(h.low for h in hs), max(h.high for h in hs)
    for g in grounds:
        if abs(g.bottom - top) > SNAP or abs(g.low - low) > SNAP or abs(g.high - high) > SNAP:
            continue
        held = [w for w in words if g.top < (w.top + w.bottom) / 2 < g.bottom and low <= (w.x0 + w.x1) / 2 <= high]
        inner = [x for x in _levels(vs) if low + SNAP < x < high - SNAP]
        named = {sum(x < (w.x0 + w.x1) / 2 for x in inner) for w in held}
        most = len(named) >= 3 and 2 * len(named) > len(inner) + 1
        if most and not any(w.x0 + 1 < x < w.x1 - 1 for w in held for x in inner):
            return [Rule(g.top, low, high)], [Rule(x, g.top, g.bottom) for x in inner]
    return [], []


def _components(across: list[Rule], down: list[Rule]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross or touch, from the page's top to its bottom."""
    left = set(range(len(down)))
    open_rows = set(range(len(across)))
    groups = []
    while left:
        start = min(left)
        left.discard(start)
        todo, vs, hs = [("v", start)], [start], []
        while todo:
            kind, k = todo.pop()
            if kind == "v":
                met = [i for i in open_rows if _crosses(across[i], down[k])]
                open_rows -= set(met)
                hs += met
                todo += [("h", i) for i in met]
            else:
                met = [i for i in left if _crosses(across[k], down[i])]
                left -= set(met)
                vs += met
                todo += [("v", i) for i in met]
        groups.append(([across[i] for i in hs], [down[i] for i in vs]))
    return sorted(groups, key=lambda g: min((r.at for r in g[0]), default=0.0))


def _crosses(h: Rule, v: Rule) -> bool:
    return h.low - SNAP <= v.at <= h.high + SNAP and v.low - SNAP <= h.at <= v.high + SNAP


def _parted(hs: list[Rule], vs: list[Rule], words: Sequence[Word]) -> list[Rule]:
    """The horizontal rules, with those that gaps stand for where a head and three columns have no row parted by any."""
    ys, xs = _levels(hs), _levels(vs)
    if len(ys) != 3:
        return hs
    low, high = min(r.low for r in hs), max(r.high for r in hs)
    inner = [x for x in xs if low + SNAP < x < high - SNAP]
    if len(inner) < 2:
        return hs
    held = [
        i for i, w in enumerate(words) if ys[1] < (w.top + w.bottom) / 2 <= ys[2] and low <= (w.x0 + w.x1) / 2 <= high
    ]
    rows = split_rows(ys[1], ys[2], held, words, [(x - 0.5, x + 0.5) for x in inner], low)
    return hs if len(rows) < 3 else [*hs, *(Rule(row.bottom, low, high) for row in rows[:-1])]


def _levels(rules: Iterable[Rule]) -> list[float]:
    out: list[float] = []
    for at in sorted(r.at for r in rules):
        if not out or at - out[-1] > SNAP:
            out.append(at)
    return out


def _cells(hs: list[Rule], vs: list[Rule], words: Sequence[Word]) -> list[Cell]:
    if len(hs) < 3 or not vs:
        return []
    low, high = min(r.low for r in hs), max(r.high for r in hs)
    vs = [*vs, Rule(low, hs[0].at, hs[0].at), Rule(high, hs[0].at, hs[0].at)]
    xs, ys = _levels(vs), _levels(hs)
    if len(ys) < 3 or len(xs) < 3 or (len(xs) - 1) * (len(ys) - 1) > 4000:
        return []
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = _spans(xs, ys, hs, vs, rows, columns)
    held: dict[int, list[int]] = {}
    for i, w in enumerate(words):
        x, y = (w.x0 + w.x1) / 2, (w.top + w.bottom) / 2
        r, c = _interval(ys, y), _interval(xs, x)
        if r is not None and c is not None:
            held.setdefault(owner[r * columns + c], []).append(i)
    out = []
    for root in sorted(held):
        members = [k for k in range(rows * columns) if owner[k] == root]
        r0, r1 = min(k // columns for k in members), max(k // columns for k in members)
        c0, c1 = min(k % columns for k in members), max(k % columns for k in members)
        out.append(Cell((xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1]), 0, r0, c0, tuple(held[root])))
    # one column of boxes, or one row, is no table but frames of the page's own
    roots = set(owner)
    if len({k % columns for k in roots}) < 2 or len({k // columns for k in roots}) < 2 or len(out) < 2:
        return []
    return out


def _interval(levels: list[float], at: float) -> int | None:
    if at < levels[0] or at > levels[-1]:
        return None
    for i in range(len(levels) - 1):
        if at <= levels[i + 1]:
            return i
    return None


def _spans(xs: list[float], ys: list[float], hs: list[Rule], vs: list[Rule], rows: int, columns: int) -> list[int]:
    """For each grid place the place that stands for its cell; places without a rule between them are one cell."""
    owner = list(range(rows * columns))

    def find(k: int) -> int:
        while owner[k] != k:
            owner[k] = owner[owner[k]]
            k = owner[k]
        return k

    for r in range(rows):
        y = (ys[r] + ys[r + 1]) / 2
        for c in range(columns):
            x = (xs[c] + xs[c + 1]) / 2
            if c + 1 < columns and not _ruled(vs, xs[c + 1], y):
                owner[find(r * columns + c + 1)] = find(r * columns + c)
            if r + 1 < rows and not _ruled(hs, ys[r + 1], x):
                owner[find((r + 1) * columns + c)] = find(r * columns + c)
    return [find(k) for k in range(rows * columns)]


def _ruled(rules: list[Rule], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= SNAP and r.low - SNAP <= along <= r.high + SNAP for r in rules)
