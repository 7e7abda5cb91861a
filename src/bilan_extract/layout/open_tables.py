"""Tables without vertical rules: columns that stand under the heads of a band, rows between rules, grounds or gaps.

A head is one band of short texts side by side, between two rules or grounds or right above one. A table is what stands
below it as long as white space runs through between the columns that the heads name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from bilan_extract.document import Color, Line, Word, dominant
from bilan_extract.layout.lines import to_lines
from bilan_extract.layout.middles import Middles
from bilan_extract.layout.rules import SNAP, Ground, Rule

LEAST = 150.0  # points: a narrower rule or ground heads no table
ENDS = 6.0  # points: rules of one table end as level as this on the right
HEAD_HEIGHT, HEAD_WORDS = 64.0, 40
STRIP = 2.2  # points: the least white space between two columns
MOST_LINES = 400  # of a page without rules: more is no table
MOST_LIFTED = 30  # lines of a first row between its heads and the first ground
OPEN_GAP = 42.0  # points: below the last rule a table goes on over no wider gap
LEFT_OUT = 30.0  # points: how far a column's text may begin from its head's left end


@dataclass(slots=True)
class Grid:
    """The rules of one table, real and implied: `across` from top to bottom, `down` in pieces that leave spanning rows."""

    across: list[Rule]
    down: list[Rule]


@dataclass(slots=True)
class _Band:
    """What lies between two levels: the words, by place."""

    top: float
    bottom: float
    low: float
    words: list[int]
    spans: bool = False


@dataclass(slots=True)
class _Table:
    head: _Band
    columns: list[tuple[float, float]]
    bands: list[_Band] = field(default_factory=list)
    gutters: list[tuple[float, float]] = field(default_factory=list)
    ground: Ground | None = None
    taken: int = 0
    covered: list[tuple[float, float]] = field(default_factory=list)  # what the words of head and bands take from left to right

    def add(self, band: _Band, words: Sequence[Word]) -> None:
        """Takes a band in."""
        self.bands.append(band)
        if not band.spans:
            self.covered = _cover([*self.covered, *((words[i].x0, words[i].x1) for i in band.words)])


@dataclass(slots=True)
class Memory:
    """The last table without vertical rules: where its columns' heads stand, for a page that does not repeat them."""

    page: int = 0
    low: float = 0.0
    high: float = 0.0
    columns: tuple[tuple[float, float], ...] = ()


def find_grids(
    across: Sequence[Rule],
    grounds: Sequence[Ground],
    words: Sequence[Word],
    middles: Middles,
    page: int = 0,
    memory: Memory | None = None,
) -> list[Grid]:
    """The tables of a page that no vertical rules draw.

    Args:
        across: horizontal rules that belong to no other table, pieces joined.
        grounds: coloured areas that lie in no other table, pieces joined.
        words, middles: the page's words, and where their middles stand.
        page: its number.
        memory: what the page before left open; holds this page's last table afterwards.
    """
    out: list[Grid] = []
    groups = _groups(across, grounds)
    level = [place for place in middles.places() if words[place[2]].upright] if groups else []
    every = _Between(level, words)
    across_page = [x for _, x, _ in level] or [0.0]
    first, last = min(across_page), max(across_page)
    for low, high, rules in groups:
        inside = [g for g in grounds if low - 4 <= g.low and g.high <= high + 4]
        # many rules run from side to side of the page's text
        whole = low - 4 <= first and last <= high + 4
        own = every if whole else _Between([place for place in level if low - 4 <= place[1] <= high + 4], words)
        finder = _Finder(low, high, rules, inside, words, own)
        columns: tuple[tuple[float, float], ...] = ()
        if memory is not None and memory.page == page - 1 and max(abs(memory.low - low), abs(memory.high - high)) <= ENDS:
            columns = memory.columns
        out += finder.grids(columns)
        if memory is not None and finder.last:
            memory.page, memory.low, memory.high, memory.columns = page, low, high, finder.last
    return _apart(out)


def _groups(across: Sequence[Rule], grounds: Sequence[Ground]) -> list[tuple[float, float, list[Rule]]]:
    """Levels that end together on the right; the widest say how far the table reaches to the left."""
    wide = [r for r in across if r.high - r.low >= LEAST]
    edges = [Rule(at, g.low, g.high) for g in grounds for at in (g.top, g.bottom) if g.high - g.low >= LEAST]
    out = []
    left = sorted((*wide, *edges), key=lambda r: (r.low - r.high, r.at))
    while left:
        low, high = left[0].low, left[0].high
        own = [r for r in left if abs(r.high - high) <= ENDS and r.low >= low - ENDS and r.high - r.low >= 0.4 * (high - low)]
        left = [r for r in left if r not in own]
        # a ground is a row's only where it runs from side to side
        own = [r for r in own if abs(r.low - low) <= ENDS or any(r is w for w in wide)]
        out.append((low, high, _levels(own)))
    return out


def _levels(rules: Iterable[Rule]) -> list[Rule]:
    """The rules from top to bottom; of two at one height the wider."""
    out: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if out and rule.at - out[-1].at <= 2 * SNAP:
            if rule.high - rule.low > out[-1].high - out[-1].low + SNAP:
                out[-1] = Rule(out[-1].at, rule.low, rule.high)
        else:
            out.append(Rule(rule.at, rule.low, rule.high))
    return out


class _Between:
    """The words between two ends from left to right, by their middles' heights; what is asked again and again is kept.

    Attributes:
        heights, places: of each middle, from top to bottom, and the word's place.
        lowest, largest: of the words down to each one, the lowest foot and the largest size.
    """

    def __init__(self, level: Sequence[tuple[float, float, int]], words: Sequence[Word]) -> None:
        self.heights, self.places = [y for y, _, _ in level], [i for _, _, i in level]
        self.lowest = list(accumulate([words[i].bottom for i in self.places], max))
        self.largest = list(accumulate([words[i].size for i in self.places], max))
        self._words = words
        self._first_heads: float | None = None

    def first_heads(self) -> float:
        """The height of the first line that can be the bold heads of three columns, infinite where none can.

        Three bold words of it have gaps between them: every line is asked by its bold words, so that lines need not be made
        where none is a head.
        """
        if self._first_heads is None:
            bold = [(y, w) for y, i in zip(self.heights, self.places, strict=True) if (w := self._words[i]).bold]
            self._first_heads = _first_heads(bold)
        return self._first_heads


def _first_heads(bold: Sequence[tuple[float, Word]]) -> float:
    heights = [y for y, _ in bold]
    asked = None
    for y, word in bold:
        reach = 0.4 * (word.bottom - word.top)
        if (y, reach) == asked:
            continue  # its line has been looked at
        asked = y, reach
        level = bold[bisect_left(heights, y - reach) : bisect_right(heights, y + reach)]
        if len(level) >= 3:
            ends = sorted([(w.x0, w.x1, w.size) for _, w in level])
            if sum(b[0] - a[1] > 0.95 * max(b[2], 5.0) for a, b in pairwise(ends)) >= 2:
                return y
    return float("inf")


class _Finder:
    """Finds the tables between the levels of one group; ``own`` are the words between its ends."""

    def __init__(
        self,
        low: float,
        high: float,
        rules: list[Rule],
        grounds: Sequence[Ground],
        words: Sequence[Word],
        own: _Between,
    ) -> None:
        self.low, self.high = low, high
        self.words = words
        self.between, self.heights, self.own = own, own.heights, own.places
        self.edges = [r.at for r in rules]
        self.last: tuple[tuple[float, float], ...] = ()
        self.above: list[Line] | None = None
        self.bands = self._bands(rules)
        self._lift()
        self.wide = [g for g in grounds if g.high - g.low >= 0.9 * (high - low)]
        self.narrow = [g for g in grounds if g.high - g.low < 0.9 * (high - low)]

    def grids(self, columns: tuple[tuple[float, float], ...] = ()) -> list[Grid]:
        """The tables from top to bottom; with ``columns`` the first one may be another's rows, without heads of their own."""
        out: list[Grid] = []
        i = 0
        while i < len(self.bands):
            table, used = self._table(i), i + 1
            rows = self._rows(table, used)
            if not rows and columns and not out:
                table, used = self._rows_of(columns, i), i
                rows = self._rows(table, used)
            if table is not None and rows:
                out.append(_grid(table, rows, self.low, self.high))
                self.last = tuple(table.columns)
                used += table.taken
            i = max(used, i + 1)
        return out

    def _bands(self, rules: list[Rule]) -> list[_Band]:
        """What lies above the first rule (its last lines only), between the rules, and below the last one."""
        words, edges, own = self.words, self.edges, self.own
        cuts = [bisect_right(self.heights, at) for at in edges]
        self.higher = sorted(own[: cuts[0]]) if cuts else []  # the words above the first rule
        if not rules:
            return []
        above = self._right_above(edges[0])
        out = [_Band(min((words[i].top - 1 for i in above), default=edges[0]), edges[0], rules[0].low, above)]
        for k, (top, bottom) in enumerate(zip(edges, edges[1:], strict=False)):
            out.append(_Band(top, bottom, rules[k].low, sorted(own[cuts[k] : cuts[k + 1]])))
        out.append(_Band(edges[-1], edges[-1], rules[-1].low, []))
        return out

    def _right_below_gap(self) -> list[int]:
        """The words above the first rule, up to a gap that no table's head stands over."""
        words = self.words
        gap = max(OPEN_GAP, 0.9 * max([words[i].size for i in self.higher], default=0.0)) + 0.01
        least: float | None = None
        for k in range(len(self.higher) - 1, -1, -1):
            word = words[self.own[k]]
            if least is not None and word.bottom < least and all(words[i].bottom < least for i in self.own[:k]):
                return sorted(self.own[k + 1 : len(self.higher)])
            least = word.top - gap if least is None else min(least, word.top - gap)
        return self.higher

    def _lines_above(self) -> list[Line]:
        """The lines right above the first rule; looked at twice, and on most pages not at all."""
        if self.above is None:
            self.above = to_lines([self.words[i] for i in self._right_below_gap()])
        return self.above

    def _right_above(self, at: float) -> list[int]:
        """The lines that stand on the first rule without a gap: at most three."""
        words = self.words
        last = len(self.higher) - 1
        if last < 0 or self.between.lowest[last] < at - 0.9 * self.between.largest[last] - 0.01:
            return []
        held: set[int] = set()
        edge = at
        for line in reversed(self._lines_above()[-3:]):
            if edge - line.bottom > 0.9 * line.size:
                break
            held.update(map(id, line.words))
            edge = line.top
        return [i for i in self.higher if id(words[i]) in held]

    def _lift(self) -> None:
        """Where every other row has a ground, the heads may stand bold above the first row that has none."""
        words = self.words
        if not self.bands or self.between.first_heads() > self.edges[0] or _head(self.bands[0], words):
            return
        place = {id(words[i]): i for i in self.higher}
        lines = self._lines_above()[-MOST_LIFTED:]
        for k in range(len(lines) - 2, -1, -1):
            line = lines[k]
            if lines[k + 1].top - line.bottom > OPEN_GAP:
                return
            head = _Band(line.top - 1, line.bottom + 1, self.bands[0].low, [place[id(w)] for w in line.words])
            columns = _head(head, words) if line.bold else []
            if len(columns) >= 3:
                held = [place[id(w)] for below in lines[k + 1 :] for w in below.words]
                row = _Band(head.bottom, self.edges[0], head.low, held)
                if _gutters(_Table(head, columns), row, words) is not None:
                    self.bands[:1] = [head, row]
                return

    def _rows(self, table: _Table | None, used: int) -> list[_Band]:
        """The rows of a table whose own bands begin with the one at ``used``."""
        if table is None:
            return []
        self._run_out(table, used + len(table.bands))
        return _split(table, self.words)

    def _rows_of(self, columns: tuple[tuple[float, float], ...], at: int) -> _Table | None:
        """The rows of a table whose heads stand on the page before, from band ``at`` on."""
        first = self.bands[at]
        if first.bottom == self.edges[0]:  # what no rule closes above
            first = _rising(self.edges[0], first.low, self.higher, columns, self.words)
        table = _Table(_Band(first.top, first.top, first.low, []), list(columns))
        self.bands[at] = first
        self._fill(table, at)
        rows = [b for b in table.bands if b.words]
        two = any(len({_column(self.words[i], table.gutters) for i in b.words}) > 1 for b in rows)
        return table if table.gutters and two else None

    def _ground(self, band: _Band) -> Ground | None:
        """The ground from side to side that a band is."""
        middle = (band.top + band.bottom) / 2
        return next((g for g in self.wide if g.top <= middle <= g.bottom and abs(g.top - band.top) <= 2 * SNAP), None)

    def _table(self, at: int) -> _Table | None:
        columns = _head(self.bands[at], self.words)
        if not columns or self._hangs(self.bands[at]):
            return None
        table = _Table(self.bands[at], columns, ground=self._ground(self.bands[at]))
        self._fill(table, at + 1)
        if not table.gutters:
            table.gutters = _gutters(table, table.head, self.words) or []
        return table if table.gutters else None

    def _hangs(self, band: _Band) -> bool:
        """Whether words of a band are a label that hangs over the rule below it: that of the box which the rule belongs to."""
        over = [g for g in self.narrow if g.top < band.bottom - 2 and band.bottom + 2 < g.bottom]
        return any(_holds(g, self.words[i]) for g in over for i in band.words)

    def _fill(self, table: _Table, k: int) -> None:
        """The bands from ``k`` on that keep to the columns."""
        words, bands = self.words, self.bands
        said = _said(table.head, words)
        while k < len(bands) - 1:  # the last band is what no rule closes
            band = bands[k]
            if band.words and (_said(band, words) == said or self._ends(table, band)):
                break  # the same head again, or one like it: another table
            gutters = _gutters(table, band, words)
            if gutters is not None:
                table.gutters = gutters
                table.add(band, words)
            elif _one_line(band, words) and self._goes_on(table, k):
                if _said(bands[k + 1], words) == said:
                    break
                table.bands.append(_Band(band.top, band.bottom, band.low, band.words, spans=True))
            else:
                break
            k += 1
        while table.bands and (table.bands[-1].spans or not table.bands[-1].words):
            table.bands.pop()
        table.taken = len(table.bands)

    def _goes_on(self, table: _Table, k: int) -> bool:
        """Whether a row that keeps to the columns comes within three rows that span them, of which band ``k`` is the first."""
        for band in self.bands[k + 1 : min(k + 4, len(self.bands) - 1)]:
            if _gutters(table, band, self.words) is not None:
                return True
            if not _one_line(band, self.words):
                return False
        return False

    def _ends(self, table: _Table, band: _Band) -> bool:
        """Under a head that is a ground: whether a band is one of its colour, or holds cards of its own."""
        if table.ground is None:
            return False
        ground = self._ground(band)
        if ground is not None and ground.fill == table.ground.fill:
            return True
        level = [g for g in self.narrow if min(g.bottom, band.bottom) - max(g.top, band.top) > 4]
        return any(_holds(g, self.words[i]) for g in level for i in self.own)

    def _run_out(self, table: _Table, used: int) -> None:
        """Lines below the last rule that keep to the columns: rows that no rule parts, or one that goes on overleaf.

        Between rules only where the head has no row yet: what keeps to its columns may be all there is of the table.
        """
        words = self.words
        following = self.bands[used] if used < len(self.bands) else None
        if following is not None and following.words and table.bands:
            return  # its rule closed the table
        last = table.bands[-1].bottom if table.bands else table.head.bottom
        end = following.bottom if following is not None and following.words else float("inf")
        own = sorted(self.own[bisect_right(self.heights, last) : bisect_right(self.heights, end)])
        place = {id(words[i]): i for i in own}
        band = _Band(last, last, table.head.low, [])
        trial = _Table(table.head, table.columns, ground=table.ground, covered=table.covered)
        edge = last
        for line in to_lines([words[i] for i in own])[:MOST_LINES]:
            more = _Band(edge, line.bottom + 1, band.low, [place[id(w)] for w in line.words])
            if line.top - edge > OPEN_GAP or self._ends(table, more) or _gutters(trial, more, words) is None:
                break
            trial.add(more, words)
            band.words += more.words
            band.bottom = edge = max(edge, line.bottom + 1)
        _drop_tail(band, table, words)
        if len({_column(words[i], table.gutters) for i in band.words}) >= 2:
            table.gutters = _gutters(table, band, words) or table.gutters
            table.add(band, words)


def _holds(ground: Ground, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return ground.low <= x <= ground.high and ground.top <= y <= ground.bottom


def _rising(
    at: float, low: float, above: Sequence[int], columns: Sequence[tuple[float, float]], words: Sequence[Word]
) -> _Band:
    """The lines above a rule that keep to the columns, up to the first that does not or that stands apart."""
    place = {id(words[i]): i for i in above}
    held: list[int] = []
    edge = at
    for line in reversed(to_lines([words[i] for i in above])[-MOST_LINES:]):
        trial = [*held, *(place[id(w)] for w in line.words)]
        stretches = [(words[i].x0, words[i].x1) for i in trial]
        if edge - line.bottom > (0.9 if not held else 1.6) * line.size + 6 or _strips(columns, stretches) is None:
            break
        held, edge = trial, min(edge, line.top)
    return _Band(edge - 1 if held else at, at, low, held)


def _phrases(places: Sequence[int], words: Sequence[Word]) -> list[tuple[float, float]]:
    """Stretches from left to right that words cover, lines laid over one another, parted by more than a space."""
    out: list[tuple[float, float]] = []
    for i in sorted(places, key=lambda k: words[k].x0):
        w = words[i]
        if out and w.x0 - out[-1][1] <= 0.95 * max(w.size, 5.0):
            out[-1] = (out[-1][0], max(out[-1][1], w.x1))
        else:
            out.append((w.x0, w.x1))
    return out


def _head(band: _Band, words: Sequence[Word]) -> list[tuple[float, float]]:
    """The columns that a band names, none where it heads no table."""
    if not band.words or len(band.words) > HEAD_WORDS or band.bottom - band.top > HEAD_HEIGHT:
        return []
    found = _phrases(band.words, words)
    if not 2 <= len(found) <= 9:
        return []
    lines = to_lines([words[i] for i in band.words])
    return found if len(lines) <= 3 and is_head(_by_column(found, band, words)) else []


def is_head(columns: Sequence[Sequence[Word]]) -> bool:
    """Whether each of these texts may name a column: short, no sentence, all set alike."""
    return all(own and _names(own) for own in columns) and len({_style(own) for own in columns}) == 1


def _by_column(columns: Sequence[tuple[float, float]], band: _Band, words: Sequence[Word]) -> list[list[Word]]:
    return [[words[i] for i in band.words if x0 - 0.1 <= words[i].x0 <= x1] for x0, x1 in columns]


def _names(own: Sequence[Word]) -> bool:
    """Whether a text is short enough to name a column, and no sentence."""
    last = max(own, key=lambda w: (round(w.bottom), w.x1))
    return len(own) <= 9 and not last.text.endswith((".", ";", ",", "…")) and any(c.isalpha() for w in own for c in w.text)


def _style(own: Sequence[Word]) -> tuple[float, bool, Color | None]:
    return dominant(((round(w.size), w.bold, w.color), len(w.text)) for w in own)


def _said(band: _Band, words: Sequence[Word]) -> str:
    return " ".join(w.text for line in to_lines([words[i] for i in band.words]) for w in line.words)


def _one_line(band: _Band, words: Sequence[Word]) -> bool:
    return bool(band.words) and len(to_lines([words[i] for i in band.words])) <= 2 and band.bottom - band.top <= HEAD_HEIGHT


def _gutters(table: _Table, more: _Band, words: Sequence[Word]) -> list[tuple[float, float]] | None:
    """The white strips between the columns with one more band, None where it leaves one of them none."""
    strips = _strips(table.columns, [*table.covered, *((words[i].x0, words[i].x1) for i in more.words)])
    return None if strips is None or any(_crossed(more, strip, words) for strip in strips) else strips


def _cover(stretches: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches from left to right, those that overlap joined."""
    out: list[tuple[float, float]] = []
    for x0, x1 in sorted(stretches):
        if out and x0 <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _crossed(band: _Band, strip: tuple[float, float], words: Sequence[Word]) -> bool:
    """Whether lines run across a strip that only happens to lie between two of their words, an ordinary space apart."""
    gaps: list[float] = []
    for line in to_lines([words[i] for i in band.words]):
        left = [w for w in line.words if w.x1 <= strip[0] + 0.2]
        right = [w for w in line.words if w.x0 >= strip[1] - 0.2]
        if left and right:
            gaps.append((right[0].x0 - left[-1].x1) / max(line.size, 4.0))
    return bool(gaps) and (min(gaps) <= 0.4 or max(gaps) <= 0.5)


def _strips(
    columns: Sequence[tuple[float, float]], stretches: Iterable[tuple[float, float]]
) -> list[tuple[float, float]] | None:
    """The widest white strip between each two columns that these stretches leave, None where they leave one none."""
    covered = _cover([*columns, *stretches])  # the heads' own places too: they may stand on the page before
    free = [(a[1], b[0]) for a, b in zip(covered, covered[1:], strict=False) if b[0] - a[1] >= STRIP]
    out = []
    for left, right in zip(columns, columns[1:], strict=False):
        between = [g for g in free if g[0] >= left[1] - 0.1 and g[1] <= right[0] + 0.1]
        if not between:
            return None
        out.append(max(between, key=lambda g: g[1] - g[0]))
    return out


def _drop_tail(band: _Band, table: _Table, words: Sequence[Word]) -> None:
    """Takes the last lines off that stand apart in one column alone: a page number or a note below the table."""
    lines = to_lines([words[i] for i in band.words])
    kept = len(lines)
    for k in range(len(lines) - 1, max(0, len(lines) - 4), -1):
        columns = {_column(w, table.gutters) for line in lines[k:] for w in line.words}
        if len(columns) > 1:
            break
        own = columns.pop()
        before = [line for line in lines[:k] if any(_column(w, table.gutters) == own for w in line.words)]
        apart = lines[k].top - before[-1].bottom if before else OPEN_GAP
        if lines[k].top - lines[k - 1].bottom > 1.4 * lines[k].size or (own == 0 and apart > 0.8 * lines[k].size):
            kept = k
    known = {id(w) for line in lines[:kept] for w in line.words}
    band.words = [i for i in band.words if id(words[i]) in known]
    band.bottom = max((words[i].bottom for i in band.words), default=band.top) + 1


def _column(word: Word, gutters: Sequence[tuple[float, float]]) -> int:
    return sum(word.x0 >= g[1] - 0.2 for g in gutters)


def _split(table: _Table, words: Sequence[Word]) -> list[_Band]:
    """The rows: the bands, and where rules or grounds part none, what gaps part."""
    body = [b for b in table.bands if b.words]
    if not body or not _under_heads(table, body, words):
        return []
    text = [words[i] for b in body for i in b.words]
    if table.head.words and _style([words[i] for i in table.head.words]) == _style(text):
        return []  # heads are set otherwise than what they head
    if len([b for b in body if not b.spans]) > 2:
        return table.bands
    out: list[_Band] = []
    for band in table.bands:
        out += [band] if band.spans else split_rows(band.top, band.bottom, band.words, words, table.gutters, band.low)
    return out


def _under_heads(table: _Table, body: Sequence[_Band], words: Sequence[Word]) -> bool:
    """Whether at least two columns hold text that begins where its head does, or stands centred under it."""
    places = [i for b in body if not b.spans for i in b.words]
    fits = 0
    for k, (x0, x1) in enumerate(table.columns):
        own = [words[i] for i in places if _column(words[i], table.gutters) == k]
        if own:
            left, right = min(w.x0 for w in own), max(w.x1 for w in own)
            centred = abs((left + right) - (x0 + x1)) / 2 <= LEFT_OUT
            if abs(left - x0) <= LEFT_OUT or centred:
                fits += 1
            else:
                return False
    return fits >= 2


def split_rows(
    top: float,
    bottom: float,
    places: Sequence[int],
    words: Sequence[Word],
    gutters: Sequence[tuple[float, float]],
    low: float,
) -> list[_Band]:
    """One band cut into rows where white space runs through all columns and the first column begins anew below it."""
    whole = _Band(top, bottom, low, list(places))
    strips = _level_strips(places, words)
    if not strips:
        return [whole]
    usual = _usual_gap(places, words, gutters)
    size = max(words[i].size for i in places)
    opens = [_openers(strips, k, places, words, gutters) for k in range(len(strips))]
    sure = [b - a for (a, b), o in zip(strips, opens, strict=True) if 0 in o and b - a > usual + 0.3 * size]
    if not sure:
        return [whole]
    least = 0.85 * min(sure)
    heads = {0, 1} if len(gutters) > 1 else {0}  # the first column's cells may stand for several rows
    cuts = [(a + b) / 2 for (a, b), o in zip(strips, opens, strict=True) if b - a >= least and heads & o]
    edges = [top, *cuts, bottom]
    out = []
    for a, b in zip(edges, edges[1:], strict=False):
        out.append(_Band(a, b, low, [i for i in places if a < (words[i].top + words[i].bottom) / 2 <= b]))
    return out


def _level_strips(places: Sequence[int], words: Sequence[Word]) -> list[tuple[float, float]]:
    """White strips from left to right through all columns, from top to bottom."""
    out = []
    end: float | None = None
    for i in sorted(places, key=lambda k: words[k].top):
        if end is not None and words[i].top > end:
            out.append((end, words[i].top))
        end = words[i].bottom if end is None else max(end, words[i].bottom)
    return out


def _usual_gap(places: Sequence[int], words: Sequence[Word], gutters: Sequence[tuple[float, float]]) -> float:
    """The gap between two lines of one column that is met most often among the narrow ones."""
    gaps: list[float] = []
    for k in range(len(gutters) + 1):
        lines = to_lines([words[i] for i in places if _column(words[i], gutters) == k])
        gaps += [b.top - a.bottom for a, b in zip(lines, lines[1:], strict=False)]
    gaps.sort()
    return gaps[len(gaps) // 4] if gaps else 0.0


def _openers(
    strips: Sequence[tuple[float, float]],
    k: int,
    places: Sequence[int],
    words: Sequence[Word],
    gutters: Sequence[tuple[float, float]],
) -> set[int]:
    """The columns that have text between a strip and the next."""
    end = strips[k + 1][0] if k + 1 < len(strips) else float("inf")
    start = strips[k][1]
    return {_column(words[i], gutters) for i in places if start - 0.1 <= words[i].top and words[i].bottom <= end + 0.1}


def _grid(table: _Table, rows: Sequence[_Band], low: float, high: float) -> Grid:
    across = [Rule(table.head.top, low, high), Rule(table.head.bottom, low, high)]
    down: list[Rule] = []
    places = [g[1] - min(1.2, (g[1] - g[0]) / 2) for g in table.gutters]
    bands = [table.head, *rows]
    for band, below in zip(bands, [*bands[1:], None], strict=True):
        start = low if below is None else below.low
        if band is not table.head:
            across.append(Rule(band.bottom, start, high))
        if not band.spans:
            down += [Rule(x, band.top, band.bottom) for x in places]
    return Grid(across, down)


def _apart(grids: list[Grid]) -> list[Grid]:
    """Of two tables over one place only the first."""
    out: list[Grid] = []
    for grid in grids:
        top, bottom = grid.across[0].at, grid.across[-1].at
        low, high = grid.across[0].low, grid.across[0].high
        for other in out:
            a, b = other.across[0], other.across[-1]
            if min(bottom, b.at) - max(top, a.at) > SNAP and min(high, a.high) - max(low, a.low) > SNAP:
                break
        else:
            out.append(grid)
    return out
