"""Ruled tables: from the rules a page draws to its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilan_extract.document import Box, Page, Word

THIN = 2.6  # points: a rectangle thinner than this is a rule
SNAP = 2.6  # points: rules closer than this are one
MOST_RULES = 1200  # a page with more is a drawing, not a table


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its box, its table's rank on the page, its row and column from 0, and the words in it by place."""

    box: Box
    table: int
    row: int
    column: int
    words: tuple[int, ...]


@dataclass(slots=True)
class _Rule:
    """A horizontal rule at y = ``at`` from x = ``low`` to ``high``; a vertical one with the axes swapped."""

    at: float
    low: float
    high: float


def find_cells(page: Page, words: Sequence[Word]) -> list[Cell]:
    """Cells with text of every ruled table with at least two rows and two columns. Spans are merged into one cell."""
    across, down = _rules(page)
    if len(across) + len(down) > MOST_RULES:
        return []
    across, down = _merge(across), _merge(down)
    out: list[Cell] = []
    for table, (hs, vs) in enumerate(_components(across, down)):
        out += _cells(table, hs, vs, words)
    return out


def _rules(page: Page) -> tuple[list[_Rule], list[_Rule]]:
    across: list[_Rule] = []
    down: list[_Rule] = []
    for s in page.shapes:
        wide, high = s.x1 - s.x0, s.bottom - s.top
        if s.kind == "image" or (s.fill is None and s.stroke is None):
            continue
        if high <= THIN and wide > 3 * THIN:
            across.append(_Rule((s.top + s.bottom) / 2, s.x0, s.x1))
        elif wide <= THIN and high > 2 * THIN:
            down.append(_Rule((s.x0 + s.x1) / 2, s.top, s.bottom))
        elif s.kind == "rect" and s.stroke is not None and wide > 12 and high > 7:
            across += [_Rule(s.top, s.x0, s.x1), _Rule(s.bottom, s.x0, s.x1)]
            down += [_Rule(s.x0, s.top, s.bottom), _Rule(s.x1, s.top, s.bottom)]
    return across, down


def _merge(rules: list[_Rule]) -> list[_Rule]:
    """Joins pieces of one rule that touch or overlap."""
    out: list[_Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / SNAP), r.low)):
        for known in reversed(out[-8:]):
            if abs(known.at - rule.at) <= SNAP and rule.low <= known.high + SNAP and known.low <= rule.high + SNAP:
                known.low, known.high = min(known.low, rule.low), max(known.high, rule.high)
                break
        else:
            out.append(_Rule(rule.at, rule.low, rule.high))
    return out


def _components(across: list[_Rule], down: list[_Rule]) -> Iterable[tuple[list[_Rule], list[_Rule]]]:
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


def _crosses(h: _Rule, v: _Rule) -> bool:
    return h.low - SNAP <= v.at <= h.high + SNAP and v.low - SNAP <= h.at <= v.high + SNAP


def _levels(rules: Iterable[_Rule]) -> list[float]:
    out: list[float] = []
    for at in sorted(r.at for r in rules):
        if not out or at - out[-1] > SNAP:
            out.append(at)
    return out


def _cells(table: int, hs: list[_Rule], vs: list[_Rule], words: Sequence[Word]) -> list[Cell]:
    if len(hs) < 3 or not vs:
        return []
    low, high = min(r.low for r in hs), max(r.high for r in hs)
    vs = [*vs, _Rule(low, hs[0].at, hs[0].at), _Rule(high, hs[0].at, hs[0].at)]
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
        out.append(Cell((xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1]), table, r0, c0, tuple(held[root])))
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


def _spans(xs: list[float], ys: list[float], hs: list[_Rule], vs: list[_Rule], rows: int, columns: int) -> list[int]:
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


def _ruled(rules: list[_Rule], at: float, along: float) -> bool:
    return any(abs(r.at - at) <= SNAP and r.low - SNAP <= along <= r.high + SNAP for r in rules)
