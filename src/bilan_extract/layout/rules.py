"""Rules: the straight lines that a page's shapes draw, whole or in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bilan_extract.document import Color, Shape

THIN = 2.6  # points: a rectangle thinner than this is a rule
SNAP = 2.6  # points: rules closer than this are one


@dataclass(slots=True)
class Rule:
    """A horizontal rule at y = ``at`` from x = ``low`` to ``high``; a vertical one with the axes swapped."""

    at: float
    low: float
    high: float


def find_lines(shapes: Sequence[Shape]) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules that are drawn as such: thin shapes."""
    across: list[Rule] = []
    down: list[Rule] = []
    for s in shapes:
        wide, high = s.x1 - s.x0, s.bottom - s.top
        if s.kind == "image" or (s.fill is None and s.stroke is None):
            continue
        if high <= THIN and wide > 3 * THIN:
            across.append(Rule((s.top + s.bottom) / 2, s.x0, s.x1))
        elif wide <= THIN and high > 2 * THIN:
            down.append(Rule((s.x0 + s.x1) / 2, s.top, s.bottom))
    return across, down


def find_rules(shapes: Sequence[Shape]) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules: thin shapes, and the sides of outlined boxes."""
    across, down = find_lines(shapes)
    for s in shapes:
        wide, high = s.x1 - s.x0, s.bottom - s.top
        if min(wide, high) <= THIN or (s.fill is None and s.stroke is None):
            continue
        if s.kind == "rect" and s.stroke is not None and wide > 12 and high > 7:
            across += [Rule(s.top, s.x0, s.x1), Rule(s.bottom, s.x0, s.x1)]
            down += [Rule(s.x0, s.top, s.bottom), Rule(s.x1, s.top, s.bottom)]
    return across, down


@dataclass(slots=True)
class Ground:
    """A coloured area behind text."""

    low: float
    top: float
    high: float
    bottom: float
    fill: Color


def find_grounds(shapes: Sequence[Shape], page_height: float) -> list[Ground]:
    """Coloured areas lower than a third of the page, from the left; those of one colour that touch side by side are one."""
    out: list[Ground] = []
    for s in sorted(shapes, key=lambda s: (round(s.top / SNAP), s.x0)):
        if s.kind not in ("rect", "curve") or s.fill is None or min(s.fill) >= 252:
            continue
        if not 9 <= s.bottom - s.top <= page_height / 3 or s.x1 - s.x0 <= 12:
            continue
        for g in out[-8:]:
            alike = g.fill == s.fill and abs(g.top - s.top) <= SNAP and abs(g.bottom - s.bottom) <= SNAP
            if alike and s.x0 <= g.high + SNAP and g.low <= s.x1 + SNAP:
                g.low, g.high = min(g.low, s.x0), max(g.high, s.x1)
                break
        else:
            out.append(Ground(s.x0, s.top, s.x1, s.bottom, s.fill))
    return out


def merge(rules: Sequence[Rule]) -> list[Rule]:
    """Joins pieces of one rule that touch or overlap."""
    out: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / SNAP), r.low)):
        for known in reversed(out[-8:]):
            if abs(known.at - rule.at) <= SNAP and rule.low <= known.high + SNAP and known.low <= rule.high + SNAP:
                known.low, known.high = min(known.low, rule.low), max(known.high, rule.high)
                break
        else:
            out.append(Rule(rule.at, rule.low, rule.high))
    return out
