"""Level and upright lines of a scanned page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bilan_extract.document import Color
from bilan_extract.reading.drawing import Ground, Rule
from bilan_extract.reading.masks import close_along, components, grow_along, shrink_along

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

RULE_LENGTH = 22.0  # points
RULE_WIDTH = 2.2  # points: thicker ones are grounds
FAINT = 34  # levels: a rule differs from its ground by at least so much
PIECE = 5.0  # points: by so much a rule is carried on at a time
PALEST = 0.45  # of its own contrast: so little a rule keeps where noise or a ground hide it


def find_rules(pixels: Array, away: Array, dpi: float, step: int, grounds: Sequence[Ground] = ()) -> list[Rule]:
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
    long = grow_along(shrink_along(close_along(drawn, 1), length), length)
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


def ended_together(rules: list[Rule], piece: int) -> list[Rule]:
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


def is_seam(rule: Rule, paper: Color, grounds: Iterable[Ground], dpi: float) -> bool:
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
