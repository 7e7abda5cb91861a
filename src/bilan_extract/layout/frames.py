"""Frames: the boxes, table cells and label tabs that a page's shapes draw around its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bilan_extract.document import Box, Color, Frame, Page, Shape, Word, union
from bilan_extract.layout.middles import Middles
from bilan_extract.layout.open_tables import Memory
from bilan_extract.layout.rules import Rule, find_lines
from bilan_extract.layout.tables import Cell, find_cells

LEAST_WIDTH, LEAST_HEIGHT = 16.0, 7.0  # points: smaller shapes are ornaments
SAME = 2.6  # points: boxes whose sides are this close are one box drawn twice
TOUCH = 5.0  # points: a tab this near to a box's edge hangs on it
MOST_OF_PAGE = 0.85  # a shape over more of the page than this is its background
TAB_HEIGHT, TAB_WORDS = 46.0, 12


@dataclass(slots=True)
class _Draft:
    box: Box
    fill: Color | None
    stroke: Color | None
    words: frozenset[int]
    cell: Cell | None = None


def find_frames(
    page: Page, words: Sequence[Word], memory: Memory | None = None, middles: Middles | None = None
) -> tuple[tuple[Frame, ...], dict[int, int | None]]:
    """Frames of a page that hold text, and for each word (by place in ``words``) the id of the innermost one or None.

    ``memory`` tells tables that run over a page end: one object a document, its pages in order. ``middles`` are those of
    ``words``, where somebody has them already.
    """
    middles = middles or Middles(words)
    drafts = _merge_stacked(_merge_twins(_boxes(page, words, middles)))
    drafts += [d for d in _beside_rules(page, words, middles) if not any(d.words <= other.words for other in drafts)]
    drafts += [d for d in _between_rules(page, words, middles) if not any(d.words <= other.words for other in drafts)]
    cells = find_cells(page, words, memory, middles)
    drafts = [d for d in drafts if not any(_same(d.box, c.box) or _behind(d, c) for c in cells)]
    drafts = [d for d in drafts if not _part_of_table(d, cells)] + [
        _Draft(c.box, _fill_under(page.shapes, c.box), None, frozenset(c.words), c) for c in cells
    ]
    drafts.sort(key=lambda d: (-_area(d.box), d.box[1], d.box[0]))
    frames = _nest(drafts)
    inner: dict[int, int | None] = dict.fromkeys(range(len(words)))
    for frame, draft in zip(frames, drafts, strict=True):  # large to small: the last one wins
        for i in draft.words:
            inner[i] = frame.id
    return _hang_tabs(frames, drafts, words, inner), inner


def _behind(draft: _Draft, cell: Cell) -> bool:
    """Whether a box is the ground behind all of a cell's text."""
    return draft.words == frozenset(cell.words) and _mostly_inside(draft.box, cell.box)


def _part_of_table(draft: _Draft, cells: Sequence[Cell]) -> bool:
    """Whether a box is the ground of some of a table's cells, as of its first column: they belong together all the same."""
    for table in {c.table for c in cells if _mostly_inside(c.box, draft.box)}:
        own = [c for c in cells if c.table == table]
        out = [c for c in own if not _mostly_inside(c.box, draft.box)]
        lines = len({c.column for c in own}) > 1 and len({c.row for c in own}) > 1
        if lines and out and _mostly_inside(draft.box, union(c.box for c in own)):
            return True
    return False


def find_pictures(page: Page, middles: Middles) -> tuple[Box, ...]:
    """Boxes of images and of drawings that hold no text, at least 40 points wide and high. ``middles``: of the page's words."""
    out: list[Box] = []
    most = 0.7 * _page_area(page)
    for shape in page.shapes:
        if shape.x1 - shape.x0 < 40 or shape.bottom - shape.top < 40 or shape.kind == "line":
            continue
        box = shape.box
        if _area(box) > most:
            continue
        if middles.within(box) or any(_inside(box, other) for other in out):
            continue
        out = [other for other in out if not _inside(other, box)]
        out.append(box)
    return tuple(out)


def _boxes(page: Page, words: Sequence[Word], middles: Middles) -> list[_Draft]:
    out = []
    for shape in page.shapes:
        if shape.kind not in ("rect", "curve") or (shape.fill is None and shape.stroke is None):
            continue
        if shape.x1 - shape.x0 < LEAST_WIDTH or shape.bottom - shape.top < LEAST_HEIGHT:
            continue
        box = shape.box
        if _area(box) > MOST_OF_PAGE * _page_area(page) or (shape.stroke is None and _pale_on_pale(shape, page)):
            continue
        held = middles.within(box)
        if held and not _highlight(shape, [words[i] for i in held]):
            out.append(_Draft(box, shape.fill, shape.stroke, held))
    return out


def _beside_rules(page: Page, words: Sequence[Word], middles: Middles) -> list[_Draft]:
    """Text set behind a vertical rule in the margin, as if the rule were a box: nothing stands left of such a rule."""
    out = []
    across = [s for s in page.shapes if s.bottom - s.top <= 4 and s.x1 - s.x0 > 10]
    for shape in _joined_down(page.shapes):
        if shape.bottom - shape.top < 24:
            continue
        if any(_touch(shape, rule) for rule in across):
            continue  # one side of a box or table
        at = shape.x1
        level = middles.level(shape.top - 2, shape.bottom + 2)
        if any(at - 30 < words[i].x1 <= at + 1 for i in level):
            continue
        held = _chained(at, level, words)
        if len(held) >= 6:
            box = (shape.x0, shape.top, max(words[i].x1 for i in held) + 1, shape.bottom)
            out.append(_Draft(box, None, shape.fill or shape.stroke, frozenset(held)))
    return out


def _joined_down(shapes: Sequence[Shape]) -> list[Shape]:
    """The vertical rules, those of one colour that meet end to end (one a paragraph) as one."""
    out: list[Shape] = []
    for shape in sorted((s for s in shapes if s.kind != "image" and s.x1 - s.x0 <= 4), key=lambda s: (round(s.x0), s.top)):
        last = out[-1] if out else None
        meets = last is not None and abs(last.x0 - shape.x0) <= 1 and shape.top <= last.bottom + 1
        if last is not None and meets and (last.fill, last.stroke) == (shape.fill, shape.stroke):
            out[-1] = replace(last, bottom=max(last.bottom, shape.bottom))
        else:
            out.append(shape)
    return out


def _between_rules(page: Page, words: Sequence[Word], middles: Middles) -> list[_Draft]:
    """Text set in between a rule above and one below it, as if they were a box's edges.

    They are the page's only two of that width, narrower than the text around them: rules of a table come in threes, and
    those under a running head or over a foot are as wide as the page's text.
    """
    across = [rule for rule in find_lines(page.shapes)[0] if rule.high - rule.low > 60]
    if not 2 <= len(across) <= 24 or not words:
        return []
    few = 3 if len(words) > 60 else 0  # words of a running head or a page number may stand out
    left, right = sorted([w.x0 for w in words])[few], sorted([w.x1 for w in words])[-1 - few]
    out = []
    across = [rule for rule in across if not _underlines(rule, words)]
    for rule in across:
        alike = sorted(r.at for r in across if abs(r.low - rule.low) <= SAME and abs(r.high - rule.high) <= SAME)
        if len(alike) != 2 or rule.at != alike[0] or not 30 <= alike[1] - alike[0] <= 0.4 * (page.height or 0.0):
            continue
        box = (rule.low, alike[0], rule.high, alike[1])
        held = middles.within(box)
        level = [words[i] for i in middles.level(box[1], box[3])]
        over = [w for w in level if w.x0 < box[2] and w.x1 > box[0]]
        inset = box[0] >= left + 6 or box[2] <= right - 6
        if inset and len(over) == len(held) >= 12 and len({round(words[i].bottom) for i in held}) >= 3:
            out.append(_Draft(box, None, (0, 0, 0), held))
    return out


def _underlines(rule: Rule, words: Sequence[Word]) -> bool:
    """Whether a rule runs right under words from the first to the last of them."""
    over = [w for w in words if w.bottom - 4 <= rule.at <= w.bottom + 2 and rule.low - 2 <= w.x0 and w.x1 <= rule.high + 2]
    return bool(over) and min(w.x0 for w in over) <= rule.low + 2 and max(w.x1 for w in over) >= rule.high - 2


def _touch(down: Shape, across: Shape) -> bool:
    meets = across.x0 - 4 <= down.x1 and down.x0 <= across.x1 + 4
    return meets and down.top - 4 <= across.top <= down.bottom + 4


def _chained(at: float, level: Sequence[int], words: Sequence[Word]) -> list[int]:
    """Words that follow one another from within 30 points of x = ``at``, without the gap of a column between them."""
    held: list[int] = []
    reach: dict[int, float] = {}
    for i in sorted(level, key=lambda k: words[k].x0):
        word = words[i]
        row = round(word.bottom / max(word.size, 4.0))
        end = max(reach.get(r, at + 30 - 1.2 * word.size) for r in (row - 1, row, row + 1))
        if at - 1 <= word.x0 <= end + 1.2 * max(word.size, 4.0):
            held.append(i)
            reach[row] = max(reach.get(row, at), word.x1)
    return held


def _highlight(shape: Shape, held: list[Word]) -> bool:
    """A coloured ground tight around one line of text: a marker pen, no box."""
    return shape.stroke is None and shape.bottom - shape.top < 1.3 * max(w.size for w in held)


def _pale_on_pale(shape: Shape, page: Page) -> bool:
    """A white area that lies on no coloured one: nothing that a person would see as a box."""
    if shape.fill is None or min(shape.fill) < 250:
        return False
    return not any(other.fill is not None and min(other.fill) < 250 and _inside(shape.box, other.box) for other in page.shapes)


def _merge_twins(drafts: list[_Draft]) -> list[_Draft]:
    """One box for a fill and an outline drawn one after the other, or for a box printed twice."""
    out: list[_Draft] = []
    for draft in drafts:
        for known in out:
            if _same(known.box, draft.box):
                known.fill = draft.fill if draft.fill is not None else known.fill
                known.stroke = draft.stroke if draft.stroke is not None else known.stroke
                break
        else:
            out.append(draft)
    return out


def _merge_stacked(drafts: list[_Draft]) -> list[_Draft]:
    """One box for grounds of one colour laid edge to edge under the paragraphs of one text."""
    out: list[_Draft] = []
    holders = {id(draft) for draft in drafts if _holds_box(draft, drafts)}  # before any has grown over another
    for draft in sorted(drafts, key=lambda d: (d.box[0], d.box[1])):
        last = out[-1] if out else None
        if last is not None and _stacked(last, draft) and not {id(last), id(draft)} & holders:
            last.box = (last.box[0], last.box[1], last.box[2], draft.box[3])
            last.words |= draft.words
        else:
            out.append(draft)
    return out


def _stacked(upper: _Draft, lower: _Draft) -> bool:
    return (
        upper.fill is not None
        and upper.fill == lower.fill
        and upper.stroke is None
        and lower.stroke is None
        and abs(upper.box[0] - lower.box[0]) <= 1.5
        and abs(upper.box[2] - lower.box[2]) <= 1.5
        and abs(lower.box[1] - upper.box[3]) <= 1.5
    )


def _holds_box(draft: _Draft, drafts: list[_Draft]) -> bool:
    return any(d is not draft and d.words < draft.words and _inside(d.box, draft.box) for d in drafts)


def _nest(drafts: list[_Draft]) -> list[Frame]:
    frames: list[Frame] = []
    for i, draft in enumerate(drafts):
        parent = None
        for j in range(i - 1, -1, -1):
            if draft.words <= drafts[j].words and _mostly_inside(draft.box, drafts[j].box):
                parent = j
                break
        cell = draft.cell
        frames.append(
            Frame(
                i,
                draft.box,
                draft.fill,
                draft.stroke,
                "box" if cell is None else "cell",
                parent,
                None if cell is None else cell.table,
                0 if cell is None else cell.row,
                0 if cell is None else cell.column,
            )
        )
    return frames


def _hang_tabs(
    frames: list[Frame], drafts: list[_Draft], words: Sequence[Word], inner: dict[int, int | None]
) -> tuple[Frame, ...]:
    """Gives small label boxes to the box on whose edge they sit, or in whose head they lie."""
    out = list(frames)
    own: defaultdict[int | None, list[int]] = defaultdict(list)
    for i, frame_id in inner.items():
        own[frame_id].append(i)
    parents = {f.parent for f in frames}
    for frame in frames:
        held = own.get(frame.id, [])
        if frame.kind == "cell" or frame.id in parents or not held or len(held) > TAB_WORDS:
            continue
        if not _label_shaped(frame, [words[i] for i in held]):
            continue
        host = _host(frame, frames)
        if host is not None:
            out[frame.id] = replace(frame, kind="tab", parent=host.id)
    return tuple(out)


def _label_shaped(frame: Frame, held: list[Word]) -> bool:
    wide, high = frame.box[2] - frame.box[0], frame.box[3] - frame.box[1]
    if any(not w.upright for w in held):
        return True
    lines = len({round(w.bottom / (0.6 * max(w.size, 4))) for w in held})
    return (high <= TAB_HEIGHT and lines <= 2) or (wide <= 110 and lines <= 3)


def _host(tab: Frame, frames: list[Frame]) -> Frame | None:
    best: tuple[float, Frame] | None = None
    for box in frames:
        if box.id == tab.id or box.kind == "cell" or _area(box.box) < 1.4 * _area(tab.box):
            continue
        rank = _hang_rank(tab.box, box.box)
        if tab.parent == box.id:
            # inside: only a label in the head or along the side of the box is its tab
            head = tab.box[1] - box.box[1] <= 8 or tab.box[0] - box.box[0] <= 4
            rank = 0.5 if head else None
        elif tab.parent is not None and tab.parent != box.parent and not _mostly_inside(box.box, frames[tab.parent].box):
            rank = None
        if rank is not None and (best is None or rank < best[0]):
            best = (rank, box)
    return None if best is None else best[1]


def _hang_rank(tab: Box, box: Box) -> float | None:
    """0 for a tab across the upper edge, then one that stands on it, beside it, across another edge; None: not on it."""
    across_x = min(tab[2], box[2]) - max(tab[0], box[0]) >= 0.6 * (tab[2] - tab[0])
    across_y = min(tab[3], box[3]) - max(tab[1], box[1]) >= 0.6 * min(tab[3] - tab[1], box[3] - box[1])
    if across_x and tab[1] < box[1] - 0.5 and box[1] < tab[3] - 0.5:
        return 0.0
    if across_x and abs(tab[3] - box[1]) <= TOUCH:
        return 1.0 + abs(tab[3] - box[1]) / 100
    if across_y and tab[0] < box[0] and -TOUCH <= tab[2] - box[0] <= 0.6 * (tab[2] - tab[0]):
        return 2.0 + abs(tab[2] - box[0]) / 100
    if across_y and tab[2] > box[2] and abs(tab[0] - box[2]) <= TOUCH:
        return 3.0
    if across_x and tab[1] < box[3] < tab[3]:
        return 4.0
    return None


def _fill_under(shapes: Sequence[Shape], box: Box) -> Color | None:
    best: Shape | None = None
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for shape in shapes:
        if shape.fill is None or not (shape.x0 <= x <= shape.x1 and shape.top <= y <= shape.bottom):
            continue
        if shape.bottom - shape.top > 3 and (best is None or _area(shape.box) <= _area(best.box)):
            best = shape
    return None if best is None else best.fill


def _page_area(page: Page) -> float:
    return (page.width or 1.0) * (page.height or 1.0)


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _inside(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] - 1 and inner[1] >= outer[1] - 1 and inner[2] <= outer[2] + 1 and inner[3] <= outer[3] + 1


def _mostly_inside(inner: Box, outer: Box) -> bool:
    wide = min(inner[2], outer[2]) - max(inner[0], outer[0])
    high = min(inner[3], outer[3]) - max(inner[1], outer[1])
    return wide > 0 and high > 0 and wide * high >= 0.8 * _area(inner)


def _same(a: Box, b: Box) -> bool:
    return all(abs(p - q) <= SAME for p, q in zip(a, b, strict=True))
