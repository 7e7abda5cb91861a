"""Reading order: recursive cuts along white space, frames kept whole.

A recursive X-Y cut after Nagy and Seth (1984), with three changes that boxed pages ask for: a gutter is followed over as
many rows as it stays free, so that two columns are read one after the other and not row by row; rows of boxes whose
heads are level are read as rows; a column of short headings beside a column of text is read heading by heading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from bilan_extract.document import Box, Color, Frame, Line, Region, Word, dominant, union
from bilan_extract.layout.lines import to_lines
from bilan_extract.layout.rules import Rule
from bilan_extract.patterns import lazy

MARK = lazy(r"^(?:\W{1,2}|[\uf000-\uf0ff]|[oOx§]|\d{1,2}[.)]|[a-zA-Z][.)])$")
NUMBER = lazy(r"^[.…\s]*(?:p\.?\s*)?\d{1,3}$")
BAND = 32.0  # points: a frame no higher than this holds one line
LONG = 100.0  # points: a rule down the page that long parts columns
LABEL_WORDS = 3  # what a label in a low frame is taken to hold
WINDOW, LEAST = 8, 6  # bands: lines of two columns that take turns are looked for over so many, and at least these
LEVEL_HEADS = 7.0  # points: boxes whose upper edges differ less stand in one row


@dataclass(slots=True, eq=False)
class _Atom:
    """What is never cut: a phrase of words on one line, or a frame with its tabs."""

    box: Box
    words: tuple[Word, ...] = ()
    frame: Frame | None = None

    @property
    def size(self) -> float:
        return self.words[0].size if self.words else 0.0

    @property
    def style(self) -> tuple[float, bool, Color | None]:
        word = max(self.words, key=lambda w: len(w.text))
        return (round(word.size, 1), word.bold, word.color)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def boxed(self) -> bool:
        """A box of text, not a coloured band behind one line: that is read like the line."""
        return self.frame is not None and self.box[3] - self.box[1] > BAND


@dataclass(frozen=True, slots=True)
class _Gutter:
    x0: float
    x1: float


Placed = list[Region]


class PageOrder:
    """Orders one page: call `regions` once."""

    def __init__(
        self,
        number: int,
        words: Sequence[Word],
        frames: Sequence[Frame],
        inner: dict[int, int | None],
        separators: Sequence[Rule] = (),
    ) -> None:
        self._number = number
        self._separators = [rule for rule in separators if rule.high - rule.low >= LONG]
        self._frames = frames
        self._lines: dict[int | None, list[Line]] = {}  # of each frame's own words
        self._words: defaultdict[int | None, list[Word]] = defaultdict(list)
        for i, word in enumerate(words):
            self._words[inner.get(i)].append(word)
        self._children: dict[int | None, list[Frame]] = {}
        for frame in frames:
            self._children.setdefault(frame.parent, []).append(frame)

    def regions(self) -> tuple[Region, ...]:
        """The page's regions in reading order."""
        return tuple(self._inside(None))

    def _inside(self, frame: Frame | None) -> Placed:
        key = None if frame is None else frame.id
        children = self._children.get(key, [])
        tabs = [f for f in children if f.kind == "tab"]
        if len(tabs) > 1 and _side_by_side(tabs):
            tabs = []  # one label over each column: they are read with their columns
        out: Placed = []
        for tab in sorted(tabs, key=lambda f: (f.box[1], f.box[0])):
            out += self._inside(tab)
        rest = [f for f in children if f not in tabs]
        tables = sorted({f.table for f in rest if f.table is not None})
        if tables and len(rest) == sum(f.table is not None for f in rest) and not self._words.get(key):
            return out + self._table_rows(rest)
        atoms = [_Atom(self._reach(f), frame=f) for f in rest if f.table is None]
        atoms += self._table_atoms(rest, tables)
        self._lines[key] = to_lines(self._words.get(key, ()))
        atoms += _phrases(self._lines[key])
        return out + self._cut(atoms, frame, 0)

    def _reach(self, frame: Frame) -> Box:
        """The frame's box with what hangs on it."""
        boxes = [frame.box] + [f.box for f in self._children.get(frame.id, ()) if f.kind == "tab"]
        return union(boxes)

    def _table_atoms(self, frames: list[Frame], tables: list[int]) -> list[_Atom]:
        out = []
        for table in tables:
            cells = [f for f in frames if f.table == table]
            # the table goes by its first cell; `_place` then reads all of it
            out.append(_Atom(union(f.box for f in cells), frame=cells[0]))
        return out

    def _table_rows(self, cells: list[Frame]) -> Placed:
        out: Placed = []
        for cell in sorted(cells, key=lambda f: (f.table or 0, f.row, f.column)):
            out += self._inside(cell)
        return out

    def _place(self, atom: _Atom) -> Placed:
        frame = atom.frame
        if frame is None:
            return []
        if frame.table is not None:
            return self._table_rows([f for f in self._children.get(frame.parent, ()) if f.table == frame.table])
        return self._inside(frame)

    def _leaf(self, atoms: list[_Atom], frame: Frame | None, rule: str) -> Placed:
        out: Placed = []
        words: list[Word] = []
        key = None if frame is None else frame.id

        def flush() -> None:
            if words:
                whole = len(words) == len(self._words.get(key, ()))
                out.append(Region(self._number, tuple(self._lines[key] if whole else to_lines(words)), frame, rule))
                words.clear()

        for atom in sorted(atoms, key=lambda a: (a.box[1] if a.frame else (a.box[1] + a.box[3]) / 2 - 1, a.box[0])):
            if atom.frame is None:
                words.extend(atom.words)
            else:
                flush()
                out += self._place(atom)
        flush()
        return out

    def _cut(self, atoms: list[_Atom], frame: Frame | None, depth: int, rule: str = "flow") -> Placed:
        if not atoms:
            return []
        if depth > 24 or len(atoms) == 1:
            return self._leaf(atoms, frame, rule)
        bands = _parted(_staggered(_bands(atoms)), self._separators)
        out: Placed = []
        plain: list[_Atom] = []
        for group, gutter in _groups(bands):
            if gutter is None:
                plain += group
                continue
            out += self._leaf(plain, frame, rule)
            plain = []
            out += self._columns(group, gutter, frame, depth)
        return out + self._leaf(plain, frame, rule)

    def _columns(self, atoms: list[_Atom], gutter: _Gutter, frame: Frame | None, depth: int) -> Placed:
        middle = (gutter.x0 + gutter.x1) / 2
        left = [a for a in atoms if (a.box[0] + a.box[2]) / 2 < middle]
        right = [a for a in atoms if (a.box[0] + a.box[2]) / 2 >= middle]
        rows = _side_headings(left, right)
        if rows is None:
            return self._cut(left, frame, depth + 1, "left column") + self._cut(right, frame, depth + 1, "right column")
        out: Placed = []
        for a, b in rows:
            out += self._cut(a, frame, depth + 1, "side heading") + self._cut(b, frame, depth + 1, "beside heading")
        return out


def _side_by_side(tabs: list[Frame]) -> bool:
    a, b = tabs[0].box, tabs[1].box
    return abs(a[1] - b[1]) <= LEVEL_HEADS and (a[2] <= b[0] or b[2] <= a[0])


def _phrases(lines: Sequence[Line]) -> list[_Atom]:
    """Words of one line with ordinary spaces between them, as one atom."""
    out: list[_Atom] = []
    for line in lines:
        words = line.words
        # a narrower gap never parts
        wide = [k for k, (a, b) in enumerate(pairwise(words), 1) if b.x0 - a.x1 > 3.6]
        cuts = [k for k in wide if _parts(words[k - 1], words[k])]
        if not cuts:
            out.append(_Atom(line.box, words))
            continue
        out += [_atom(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]
    return out


def _atom(words: tuple[Word, ...]) -> _Atom:
    left, top = min([w.x0 for w in words]), min([w.top for w in words])
    return _Atom((left, top, max([w.x1 for w in words]), max([w.bottom for w in words])), words)


def _parts(a: Word, b: Word) -> bool:
    """Whether the gap between two words of a line is more than a space; less is enough where the setting changes."""
    gap = b.x0 - a.x1
    if abs(a.size - b.size) > 0.12 * a.size or (a.bold != b.bold and a.color != b.color):
        return gap > 0.6 * min(a.size, b.size) and gap > 4
    return gap > 0.9 * max(b.size, 4.0)


def _bands(atoms: list[_Atom]) -> list[list[_Atom]]:
    """Atoms parted by white space that runs through from left to right, from top to bottom."""

    def extent(atom: _Atom) -> tuple[float, float]:
        top, bottom = atom.box[1], atom.box[3]
        shrink = 0.22 * (bottom - top) if atom.frame is None else 1.0
        return top + shrink, bottom - shrink

    out: list[list[_Atom]] = []
    end = float("-inf")
    extents = [(*extent(atom), atom) for atom in atoms]
    for top, bottom, atom in sorted(extents, key=itemgetter(0)):
        if out and top < end:
            out[-1].append(atom)
        else:
            out.append([atom])
        end = max(end, bottom)
    return out


def _staggered(bands: list[list[_Atom]]) -> list[list[_Atom]]:
    """The bands, with the lines of two columns that stand at different heights, so that none shares a band, in one band."""
    out: list[list[_Atom]] = []
    i = 0
    if len(bands) < LEAST:
        return bands
    framed = [any(a.frame is not None for a in band) for band in bands]
    starts = [band[0].box[0] if len(band) == 1 else max([a.box[0] for a in band]) for band in bands]
    ends = [band[0].box[2] if len(band) == 1 else min([a.box[2] for a in band]) for band in bands]
    while i < len(bands):
        n = 1
        # most windows are told at a glance: no line of theirs begins right of another's end
        if len(bands[i]) == 1 and len(bands) - i >= LEAST and max(starts[i : i + WINDOW]) - min(ends[i : i + WINDOW]) > 2.5:
            n = 1 if any(framed[i : i + LEAST]) else _interleaved(bands, i)
        out.append([a for band in bands[i : i + n] for a in band])
        i += n
    return out


def _parted(bands: list[list[_Atom]], separators: Sequence[Rule]) -> list[list[_Atom]]:
    """The bands, with those between which a rule runs down as one: what stands left of it is read before what stands right."""
    for rule in separators:
        beside = [i for i, band in enumerate(bands) if any(_level_with(a, rule) for a in band)]
        if len(beside) < 2:
            continue
        first, last = beside[0], beside[-1]
        atoms = [a for band in bands[first : last + 1] for a in band]
        left = [a for a in atoms if a.box[2] <= rule.at + 1]
        right = [a for a in atoms if a.box[0] >= rule.at - 1]
        if min(len(left), len(right)) >= 3 and len(left) + len(right) == len(atoms):
            bands = [*bands[:first], atoms, *bands[last + 1 :]]
    return bands


def _level_with(atom: _Atom, rule: Rule) -> bool:
    return rule.low - 4 <= (atom.box[1] + atom.box[3]) / 2 <= rule.high + 4


def _interleaved(bands: list[list[_Atom]], i: int) -> int:
    """How many bands from ``i`` on hold lines now of the one column, now of the other; 1 where it is not so.

    At least ``LEAST`` bands without frames begin at ``i``.
    """
    window: list[list[_Atom]] = []
    for band in bands[i : i + WINDOW]:
        if any(a.frame is not None for a in band):
            break
        window.append(band)
    atoms = [a for band in window for a in band]
    for gutter in _gutters(atoms):
        left = [a for a in atoms if a.box[2] <= gutter.x0 + 0.1]
        right = [a for a in atoms if a.box[0] >= gutter.x1 - 0.1]
        if min(len(left), len(right)) < 3 or not _is_gutter(gutter, atoms):
            continue
        a, b = union(x.box for x in left), union(x.box for x in right)
        beside = min(a[3], b[3]) - max(a[1], b[1])
        if beside >= 0.6 * min(a[3] - a[1], b[3] - b[1]):
            return len(window)
    return 1


def _gutters(atoms: Sequence[_Atom]) -> list[_Gutter]:
    """Vertical strips that no atom crosses, with atoms on both sides."""
    if len(atoms) < 2:
        return []
    out: list[_Gutter] = []
    end: float | None = None
    for x0, x1 in sorted([(a.box[0], a.box[2]) for a in atoms]):
        if end is None:
            end = x1
            continue
        if x0 - end > 2.5:
            out.append(_Gutter(end, x0))
        if x1 > end:
            end = x1
    return out


def _is_gutter(gutter: _Gutter, atoms: Sequence[_Atom]) -> bool:
    wide = gutter.x1 - gutter.x0
    left = [a for a in atoms if a.box[2] <= gutter.x0 + 0.1]
    right = [a for a in atoms if a.box[0] >= gutter.x1 - 0.1]
    if not left or not right:
        return False
    if all(a.frame is None and MARK.match(a.text) for a in left):
        return False  # bullets with a hanging indent
    if all(a.frame is None and NUMBER.match(a.text) for a in right):
        return False  # page numbers of a table of contents
    if any(a.frame is not None for a in left) or any(a.frame is not None for a in right):
        return wide >= 3.0
    size = max(a.size for a in (*left, *right))
    lines = min(len({round(a.box[3] / 3) for a in side}) for side in (left, right))
    if lines >= 3:
        return wide >= max(6.0, 0.75 * size)
    if not {a.style for a in left} & {a.style for a in right}:
        return wide >= max(6.0, 0.6 * size)  # a heading beside its text
    # justified lines have gaps like this one all over
    others = [g.x1 - g.x0 for g in _gutters(atoms) if g != gutter]
    return wide >= 1.5 * size and all(wide >= 1.6 * other for other in others if other < 3 * size)


def _groups(bands: list[list[_Atom]]) -> list[tuple[list[_Atom], _Gutter | None]]:
    """Runs of bands that share a gutter, and the bands between them."""
    out: list[tuple[list[_Atom], _Gutter | None]] = []
    taken = 0
    i = 0
    while i < len(bands):
        if len(bands[i]) < 2:  # nothing stands beside it
            i += 1
            continue
        seeds = [g for g in _gutters(bands[i]) if _is_gutter(g, bands[i]) or _may_start(bands, i, g)]
        best: tuple[int, int, _Gutter] | None = None
        for seed in seeds:
            first, last, gutter = _follow(bands, i, seed, taken)
            if best is None or last - first > best[1] - best[0]:
                best = (first, last, gutter)
        if best is None:
            i += 1
            continue
        found = _widest(bands, i, *best)
        if found is None:
            i += 1
            continue
        first, last, gutter = found
        atoms = [a for band in bands[first : last + 1] for a in band]
        out += [(band, None) for band in bands[taken:first]]
        out.append((atoms, gutter))
        taken = i = last + 1
    return out + [(band, None) for band in bands[taken:]]


def _widest(bands: list[list[_Atom]], start: int, first: int, last: int, gutter: _Gutter) -> tuple[int, int, _Gutter] | None:
    """The most bands around ``start`` for which the gutter is one: all of them, those from it on, or it alone."""
    for a, b in ((first, last), (start, last), (start, start)):
        atoms = [atom for band in bands[a : b + 1] for atom in band]
        for own in _gutters(atoms):
            if own.x0 <= gutter.x1 and gutter.x0 <= own.x1 and _is_gutter(own, atoms):
                return a, b, own
    return None


def _may_start(bands: list[list[_Atom]], i: int, gutter: _Gutter) -> bool:
    """A narrow gap in one band counts as a gutter where the next two bands keep it free with text on both sides."""
    more = [a for band in bands[i : i + 3] for a in band]
    return len(bands) - i >= 3 and any(g.x0 < gutter.x1 and gutter.x0 < g.x1 and _is_gutter(g, more) for g in _gutters(more))


def _follow(bands: list[list[_Atom]], start: int, seed: _Gutter, floor: int) -> tuple[int, int, _Gutter]:
    """The bands around ``start`` over which the gutter stays free, and what is left of it."""
    gutter = seed
    first = last = start
    pending = 0
    ends = _Ends(bands[start], gutter)
    for i in range(start + 1, len(bands)):
        narrowed = _narrow(gutter, bands[i])
        if narrowed is None or not ends.goes_on(bands, i, narrowed):
            break
        gutter = narrowed
        if not _both_sides(bands[i], gutter):
            pending += 1
        elif _new_row(bands[start:i], bands[i], gutter):
            break
        else:
            last, pending = i, 0
        ends.add(bands[i], gutter)
    last += pending
    for i in range(start - 1, floor - 1, -1):
        narrowed = _narrow(gutter, bands[i])
        if narrowed is None:
            if not any(a.frame for a in bands[i]) and _runs_on(bands[i], bands[first]):
                first = start  # the last short lines of a full-width paragraph, not the head of a column
            break
        if any(a.boxed for a in bands[i]) and not _both_sides(bands[i], narrowed):
            break  # a box alone above belongs to what stands over it
        if not (_right_above(bands[i], bands[i + 1]) or _Ends(bands[i], narrowed).goes_on(bands, i + 1, narrowed)):
            break
        gutter, first = narrowed, i
    return first, last, gutter


def _right_above(band: Sequence[_Atom], below: Sequence[_Atom]) -> bool:
    """Lines so close above that they head one of the columns."""
    size = max((a.size for a in band), default=0.0) or 8.0
    gap = min(a.box[1] for a in below) - max(a.box[3] for a in band)
    return gap <= 1.2 * size and not any(a.boxed for a in (*band, *below))


class _Ends:
    """Where each of two columns has got to."""

    def __init__(self, band: Sequence[_Atom], gutter: _Gutter) -> None:
        self.left: list[_Atom] = []
        self.right: list[_Atom] = []
        self.add(band, gutter)

    def add(self, band: Sequence[_Atom], gutter: _Gutter) -> None:
        """Moves on to a band."""
        left = [a for a in band if a.box[2] <= gutter.x0 + 0.1]
        right = [a for a in band if a.box[0] >= gutter.x1 - 0.1]
        self.left, self.right = left or self.left, right or self.right

    def goes_on(self, bands: Sequence[Sequence[_Atom]], i: int, gutter: _Gutter) -> bool:
        """Whether band ``i`` belongs to the columns: text on both sides, or on one as that column's next lines."""
        band = bands[i]
        above = [*self.left, *self.right]
        if not above:  # a gutter that has narrowed may leave nobody on either side
            return False
        gap = min(a.box[1] for a in band) - max(a.box[3] for a in above)
        if _both_sides(band, gutter):
            return gap <= 60
        side = self.left if band[0].box[2] <= gutter.x0 + 0.1 else self.right
        if not side:
            return False
        plain = not any(a.boxed for a in (*band, *side))
        if plain and side is self.left and _runs_on(side, band, 1.7):
            return True
        if any(a.boxed for a in band) or any(a.boxed for a in above):
            if side is self.right and any(a.boxed for a in side):
                return True
            # boxes side by side end a row; one that stands alone, its neighbour column at an end above it, ends nothing
            apart = bool(self.right) and max(a.box[3] for a in self.right) < min(a.box[1] for a in side)
            row = all(a.boxed for a in side) and not (apart and not any(a.boxed for a in (*band, *self.right)))
            return not row and self._confined(side, bands, i, gutter)
        if side is self.right:
            return gap <= 40
        return (
            _runs_on(side, band, 1.7)
            or self._heads_on(side, bands, i)
            or self._beside_text(bands, i, gutter)
            or self._confined(side, bands, i, gutter)
        )

    def _confined(self, side: list[_Atom], bands: Sequence[Sequence[_Atom]], i: int, gutter: _Gutter) -> bool:
        """The left column alone to the page's end: its lines fill the column and none ever crosses the gutter."""
        left = min(a.box[0] for a in side)
        size = max((a.size for a in (*side, *bands[i])), default=10.0) or 10.0
        if min(a.box[1] for a in bands[i]) - max(a.box[3] for a in side) > 4 * size:
            return False
        full = 0
        foot = max(a.box[3] for a in bands[i])
        for k, band in enumerate(bands[i:], i):
            gap = min(a.box[1] for a in band) - foot
            short = k == len(bands) - 1 and sum(len(a.words) or 9 for a in band) <= 4
            if gap > 45 or (short and gap > 1.5 * size):
                break  # the page's foot
            if _narrow(gutter, band) is None:
                return False
            full += max(a.box[2] for a in band) >= left + 0.85 * (gutter.x0 - left)
            foot = max(a.box[3] for a in band)
        return full >= 1

    def _beside_text(self, bands: Sequence[Sequence[_Atom]], i: int, gutter: _Gutter) -> bool:
        """What stands alone on the left while the right column's text goes on past it, without a gap for a heading."""
        if not self.right:
            return False
        foot = max(a.box[3] for a in self.right)
        size = max((a.size for a in (*self.left, *self.right)), default=10.0) or 10.0
        for band in bands[i + 1 : i + 12]:
            narrowed = _narrow(gutter, band)
            if narrowed is None:
                return False
            right = [a.box[1] for a in band if a.box[0] >= narrowed.x1 - 0.1]
            if right:
                return min(right) - foot <= 2.6 * size
        return False

    def _heads_on(self, side: list[_Atom], bands: Sequence[Sequence[_Atom]], i: int) -> bool:
        """A heading at a column's foot, its text on top of the next: it wraps in the column, or nothing comes after it."""
        band = bands[i]
        size = max((a.size for a in band), default=8.0) or 8.0
        if min(a.box[1] for a in band) - max(a.box[3] for a in side) > 2.2 * size:
            return False
        if i + 1 == len(bands):
            return True
        below = bands[i + 1]
        gap = min(a.box[1] for a in below) - max(a.box[3] for a in band)
        left, right = min(a.box[0] for a in side), max(a.box[2] for a in side)
        wraps = _runs_on(band, below) and max(a.box[2] for a in band) > left + 0.7 * (right - left)
        return gap > 30 or (wraps and max(a.box[2] for a in below) <= right + 2)


def _narrow(gutter: _Gutter, band: Sequence[_Atom]) -> _Gutter | None:
    """What a band leaves free of the gutter, at its widest place."""
    free = [(gutter.x0, gutter.x1)]
    for atom in band:
        a, b = atom.box[0], atom.box[2]
        free = [piece for lo, hi in free for piece in ((lo, min(hi, a)), (max(lo, b), hi)) if piece[1] - piece[0] >= 3.0]
    if not free:
        return None
    lo, hi = max(free, key=lambda piece: piece[1] - piece[0])
    return _Gutter(lo, hi)


def _both_sides(band: Sequence[_Atom], gutter: _Gutter) -> bool:
    return any(a.box[2] <= gutter.x0 + 0.1 for a in band) and any(a.box[0] >= gutter.x1 - 0.1 for a in band)


def _runs_on(above: Sequence[_Atom], band: Sequence[_Atom], most: float = 1.1) -> bool:
    """Whether text goes on below at ordinary line distance (``most`` sizes) in the same size and weight."""
    if any(x.frame is not None for x in (*above, *band)):
        # a label band in a column of text: near is enough
        return min(x.box[1] for x in band) - max(x.box[3] for x in above) <= 24
    a = [x for x in above if x.frame is None]
    b = [x for x in band if x.frame is None]
    if not a or not b:
        return False
    pa, pb = max(a, key=lambda x: x.box[3]), min(b, key=lambda x: x.box[1])
    gap = pb.box[1] - pa.box[3]
    return gap <= most * max(pa.size, pb.size) and abs(pa.size - pb.size) <= 0.6 and pa.style[1] == pb.style[1]


def _new_row(before: Sequence[Sequence[_Atom]], band: Sequence[_Atom], gutter: _Gutter) -> bool:
    """Whether a band starts a new row of boxes: frames on both sides whose upper edges are level."""
    left = [a.box[1] for a in band if a.boxed and a.box[2] <= gutter.x0 + 0.1]
    right = [a.box[1] for a in band if a.boxed and a.box[0] >= gutter.x1 - 0.1]
    if not left or not right:
        return False
    return abs(min(left) - min(right)) <= LEVEL_HEADS and any(a.boxed for b in before for a in b)


def _side_headings(left: list[_Atom], right: list[_Atom]) -> list[tuple[list[_Atom], list[_Atom]]] | None:
    """Rows of (heading, text) where the left column holds short headings level with paragraphs of the right one."""
    if any(a.boxed for a in left) or len(left) < 2:
        return None
    heads = _chunks(left, right)
    words = sum(len(a.words) or LABEL_WORDS for a in left)
    if len(heads) < 2 or words > 12 * len(heads) or words * 2 > sum(len(a.words) or 20 for a in right):
        return None
    texts = [a for a in right if a.frame is None]
    plain = [a for a in left if a.frame is None]  # a label on a ground of its own is set apart by that
    if texts and plain and dominant((a.style, len(a.text)) for a in plain) == dominant((a.style, len(a.text)) for a in texts):
        return None
    starts = [min(a.box[1] for a in head) for head in heads]
    foot = max(a.box[3] for a in right)
    reached = [s for s in starts if s < foot]  # a label below the text is one that nothing was written to
    level = sum(any(abs(a.box[1] - s) <= 0.8 * max(a.size, 8.0) for a in right) for s in reached)
    if level * 4 < 3 * len(reached) or len(reached) < 2:
        return None
    rows: list[tuple[list[_Atom], list[_Atom]]] = [(head, []) for head in heads]
    early: list[_Atom] = []
    for atom in right:
        k = max((i for i, s in enumerate(starts) if s <= atom.box[1] + 0.8 * max(atom.size, 8.0)), default=None)
        (early if k is None else rows[k][1]).append(atom)
    return [([], early), *rows] if early else rows


def _chunks(atoms: list[_Atom], right: list[_Atom]) -> list[list[_Atom]]:
    """Headings of the left column, each with its lines.

    A line belongs to the heading above it where the two stand close, or where the text beside it runs on at its usual
    distance: a new heading would have had its own text begin there.
    """
    out: list[list[_Atom]] = []
    lines = sorted((a for a in right if a.frame is None), key=lambda a: a.box[3])
    steps = [b.box[3] - a.box[3] for a, b in zip(lines, lines[1:], strict=False) if b.box[3] - a.box[3] > 0.8 * b.size]
    pitch = min(steps) if steps else 0.0
    for atom in sorted(atoms, key=lambda a: a.box[1]):
        gap = atom.box[1] - max(a.box[3] for a in out[-1]) if out else 0.0
        size = max(atom.size, 6.0)
        past = bool(lines) and atom.box[1] >= lines[-1].box[3] - 1  # under the last line: the heading is longer than its text
        wraps = past and gap <= 0.6 * size and bool(out) and _same_style(out[-1][-1], atom)
        if out and (gap <= 0.3 * size or wraps or (gap <= 1.1 * size and _text_runs_on(atom, lines, pitch))):
            out[-1].append(atom)
        else:
            out.append([atom])
    return out


def _same_style(a: _Atom, b: _Atom) -> bool:
    return bool(a.words) and bool(b.words) and a.style == b.style


def _text_runs_on(atom: _Atom, lines: list[_Atom], pitch: float) -> bool:
    beside = any(a.box[1] < atom.box[3] - 1 and atom.box[1] + 1 < a.box[3] for a in lines)
    level = [k for k, a in enumerate(lines) if abs(a.box[3] - atom.box[3]) <= 0.35 * max(a.size, 6.0)]
    if not level:
        return beside  # between two lines of the text: no heading of its own; beside nothing: one without text
    if level[0] == 0:
        return False
    return lines[level[0]].box[3] - lines[level[0] - 1].box[3] <= 1.08 * pitch + 0.3
