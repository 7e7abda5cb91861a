"""Outlined boxes and tables' rows that a scanned page's rules and grounds make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bilan_extract.reading.drawing import Ground, Outline, Rule
from bilan_extract.reading.drawn_rules import FAINT, PIECE, RULE_LENGTH
from bilan_extract.reading.grounds import LEAST_SIDE

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

PADDING = 2.0  # points: white that a table's cells keep on both sides of a rule; between words there is less than twice that
CORNER = 9.0  # points: what rounded corners take off a side


def find_outlines(rules: list[Rule], grounds: list[Ground], dpi: float) -> tuple[list[Outline], list[Rule]]:
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


def find_dividers(rules: list[Rule], grounds: list[Ground], away: Array, dpi: float, step: int) -> list[Rule]:
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


def rows_of(rules: list[Rule], ground: Ground, dpi: float) -> tuple[list[Ground], list[Outline]]:
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
