"""Tables: rows of Engagement | Réalisé | À venir, and sheets of label and text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bilan_extract.document import Color, Frame, Line, dominant, union
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label, as_label, fold
from bilan_extract.segmentation.outline import AmbitionNode, BlockNode, Chunk, EngagementNode, PriorityNode
from bilan_extract.segmentation.periods import period_of
from bilan_extract.segmentation.runs import Run
from bilan_extract.segmentation.table_heads import LEVEL, STATUSES, judged_label, level_cell, level_of, numbered_cell, settle

if TYPE_CHECKING:
    from bilan_extract.segmentation.nesting import Nester


@dataclass(slots=True)
class _Columns:
    """What the columns of a table hold: label by column, and where they stand (for the table's next page)."""

    labels: dict[int, Label]
    edges: tuple[float, ...]
    page: int
    spans: dict[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(slots=True)
class _Row:
    number: int
    cells: dict[int, list[Run]] = field(default_factory=dict)


# "Tableau 2 – Source : direction", "Source : services", "N.B. …"
_CAPTION = lazy(r"^(?:Tableau\s+[\dIVX]+|Sources?\s*:|N\.?\s?B\.?\b|Lecture\s*:|Légende\b|\*)", re.IGNORECASE)


def _told_apart(runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """A level's cell: its number and title, and the plain text below a bold or larger title."""
    style = max(runs[:2], key=lambda run: (run.style[1], len(run.words) > 1)).style if len(runs) > 1 else runs[0].style
    for k, run in enumerate(runs[1:], 1):
        if style[1] and not run.style[1] and len(run.words) >= 4 and any(r.style == style for r in runs[:k]):
            return runs[:k], runs[k:]
    return runs, []


def _goes_on(node: object, title: str, lines: Sequence[Line]) -> bool:
    """Whether a title that begins in small letters takes up the one that a page end broke off."""
    if not isinstance(node, AmbitionNode | PriorityNode) or not node.title_lines:
        return False
    return title[:1].islower() and node.title_lines[-1].page != lines[0].page


class TableReader:
    """Reads the tables of one document, top to bottom; a table goes on over a page end."""

    def __init__(self, nester: Nester, runs: Sequence[Run]) -> None:
        self._nester = nester
        self._columns: _Columns | None = None
        self._fills: dict[Color, str] = {}
        self._members: dict[tuple[int, int], list[Run]] = {}
        for run in runs:
            frame = self._cell(run)
            if frame is not None and frame.table is not None:
                self._members.setdefault((run.page, frame.table), []).append(run)
        self._learn_levels(runs)

    def _learn_levels(self, runs: Sequence[Run]) -> None:
        """What the heads of columns say about levels: headings outside tables stand above the levels that columns name."""
        levels = self._nester.levels
        for members in self._members.values():
            rows = self._rows(members)
            found = None if self._labelled_rows(rows) else self._find_head(rows)
            if found is None:
                continue
            roles = {label.role for label in found[1].values()}
            uppers = {fold(label.text) for label in found[1].values() if label.role in ("ambition", "priority")}
            if "engagement" in roles:
                levels.has_engagement_labels = True
                self._lift_levels(runs, members)
            outside = {
                r.data.word or ""
                for r in runs
                if r.role == "heading" and isinstance(r.data, Heading) and self._cell(r) is None
            } - uppers  # fmt: skip
            if "priority" in roles and not any(levels.role_of.get(w) == "ambition" for w in outside):
                for word in outside:
                    if levels.role_of.get(word) == "priority":
                        levels.role_of[word] = "ambition"

    def _lift_levels(self, runs: Sequence[Run], members: Sequence[Run]) -> None:
        """Where a column holds the engagements, headings over rows ("Chantier 1.1") name the levels above them."""
        roles = self._nester.levels.role_of
        rows = self._rows(members)
        own = {id(run) for row in rows if not self._fills_table(row, rows) for cell in row.cells.values() for run in cell}
        named = [(r, r.data.word) for r in runs if r.role == "heading" and isinstance(r.data, Heading)]
        # a word that mostly stands in cells itself is of the engagements, though one table's rules may not have been seen
        cells = Counter(word for r, word in named if self._cell(r) is not None and (id(r) in own or r not in members))
        over = Counter(word for r, word in named if id(r) not in own and (self._cell(r) is None or r in members))
        if any(roles.get(word or "") == "engagement" and n > cells[word] for word, n in over.items()):
            above = {"engagement": "priority", "priority": "ambition"}
            for word, role in roles.items():
                roles[word] = above.get(role, role)

    def read(self, runs: list[Run], i: int) -> int:
        """How many runs from ``i`` on a status table took; 0 where there is none."""
        frame = self._cell(runs[i])
        if frame is None or frame.table is None:
            return 0
        j = i
        while j < len(runs) and runs[j].page == runs[i].page and self._same_table(runs[j], frame):
            j += 1
        rows = self._rows(runs[i:j])
        if self._labelled_rows(rows):
            self._free_fields(rows)
            return 0  # a sheet: each row has its label in front and is read like a box
        if self._indicators(rows):
            for run in runs[i:j]:
                self._note(run, "table", "a table of indicators")
                self._nester.set_aside(run.lines, "table")
            return j - i
        columns, body = self._header(rows, runs[i].page)
        if columns is None:
            return 0
        carried = self._columns is not None and columns is not self._columns and body is not rows
        fresh = self._columns is None or columns.page != runs[i].page or carried
        self._columns = columns
        first = True
        for k, row in enumerate(body):
            heads = self._by_look(row, self._labels(row))
            statuses = [label for label in heads.values() if label.role in ("realised", "upcoming")]
            if statuses and len(heads) == len(row.cells):
                columns = self._columns = self._second_heads(columns, heads, row) if k == 0 else _Columns(
                    heads, self._edges(row), runs[i].page, self._spans(row)
                )  # fmt: skip
                self._heads(row)
                first, fresh = False, False
                continue
            own = any(label.role == "engagement" for label in columns.labels.values())
            below = self._labels(body[k + 1]) if k + 1 < len(body) else {}
            if (
                not own
                and len(row.cells) == 1
                and self._is_span(row)
                and any(v.role in ("realised", "upcoming") for v in below.values())
            ):
                self._spanning(row, False)
                continue
            self._row(row, columns, first and fresh)
            first = False
        columns.page = runs[i].page
        self._nester.leave_scope()
        return self._captions(runs, j) - i

    def _labelled_rows(self, rows: Sequence[_Row]) -> bool:
        """Whether the rows are named, not the columns: a status label stands in the first cell, its text beside it."""
        named = 0
        for row in rows:
            first, *rest = sorted(row.cells)
            beside = [self._tells_status(row.cells[c]) for c in rest]
            told = first == 0 and self._tells_status(row.cells[first]) and not self._fills_table(row, rows)
            if told and any(beside):
                return False
            named += told
        return named > 0 and len({c for row in rows for c in row.cells}) > 1

    def _tells_status(self, runs: Sequence[Run]) -> bool:
        """Whether a cell holds a status label and nothing else."""
        label = self._nester.words.label(" ".join(run.text for run in runs))
        if label is None and len(runs) == 1 and runs[0].role == "label" and isinstance(runs[0].data, Label):
            label = runs[0].data
        return label is not None and label.role in STATUSES

    def _free_fields(self, rows: Sequence[_Row]) -> None:
        """In a sheet, what is labelled beside another field ("Partenaires | … | Calendrier | …") is a field too."""
        for row in rows:
            heads = [runs[0] for _, runs in sorted(row.cells.items()) if runs[0].role == "label"]
            if len(heads) > 1 and isinstance(heads[0].data, Label) and heads[0].data.role == "other":
                for run in heads[1:]:
                    run.data = Label("other", as_label(run.text), None, "a field beside another")

    def _indicators(self, rows: Sequence[_Row]) -> bool:
        """Whether a table's heads name statuses or years and its cells hold nothing but numbers under them."""
        if len(rows) < 2 or any(len(row.cells) != len(rows[0].cells) for row in rows[1:]):
            return False
        labels = self._labels(rows[0])
        return self._counts(rows[1:], labels, [label for label in labels.values() if label.role in STATUSES])

    def _captions(self, runs: list[Run], j: int) -> int:
        """What stands right below a table in smaller or slanted print, or names it, is its caption."""
        bottom = max(cell.box[3] for run in self._members_of(runs[j - 1]) if (cell := self._cell(run)) is not None)
        usual = dominant((line.size, len(line.text)) for line in self._members_of(runs[j - 1])[-1].region.lines)
        while j < len(runs) and runs[j].page == runs[j - 1].page and runs[j].region.frame is None:
            run = runs[j]
            apart = run.lines[0].top - bottom
            small = run.style[0] <= 0.95 * usual or all(line.italic for line in run.lines)
            named = _CAPTION.match(run.text) is not None or (small and len(run.lines) <= 2)
            if run.role == "heading" or not named or not -2 <= apart <= 16:
                break
            self._note(run, "caption", "under a table")
            self._nester.set_aside(run.lines, "caption")
            bottom = run.lines[-1].bottom
            j += 1
        return j

    def _members_of(self, run: Run) -> list[Run]:
        frame = self._cell(run)
        return self._members.get((run.page, frame.table if frame is not None and frame.table is not None else -1), [run])

    def _cell(self, run: Run) -> Frame | None:
        """The outermost cell around a run."""
        cells = [f for f in self._nester._chain(run) if f.kind == "cell"]
        return cells[-1] if cells else None

    def _same_table(self, run: Run, frame: Frame) -> bool:
        other = self._cell(run)
        return other is not None and other.table == frame.table

    def _rows(self, runs: Sequence[Run]) -> list[_Row]:
        rows: dict[int, _Row] = {}
        for run in runs:
            frame = self._cell(run)
            if frame is not None:
                rows.setdefault(frame.row, _Row(frame.row)).cells.setdefault(frame.column, []).append(run)
        return [rows[k] for k in sorted(rows)]

    def _header(self, rows: list[_Row], page: int) -> tuple[_Columns | None, list[_Row]]:
        """Column labels from the first row (or the second, under a title), or from the same table one page before."""
        found = self._find_head(rows)
        if found is not None:
            k, labels = found
            row = rows[k]
            own = any(label.role == "engagement" for label in labels.values())
            edges, spans = self._edges(row), self._spans(row)
            for above in rows[:k]:
                if self._fills_table(above, rows):
                    self._spanning(above, own)
                else:
                    edges, spans = tuple(sorted({*edges, *self._edges(above)})), self._spans(above) | spans
                    self._heads(above)
            self._heads(row)
            return _Columns(labels, edges, page, spans), rows[k + 1 :]
        last = self._columns
        if last is not None and page - last.page <= 1 and rows:
            widest = max(rows, key=lambda r: len(r.cells))
            if set(widest.cells) <= set(last.spans) | {0} and self._fits(widest, last):
                return last, rows
            moved = self._moved(rows, last)
            if moved is not None:
                return last, moved
        return None, rows

    def _find_head(self, rows: list[_Row]) -> tuple[int, dict[int, Label]] | None:
        """The row that holds the heads and what its columns are; the first, or one under a title or under the levels' heads."""
        above: dict[int, Label] = {}
        texts: dict[int, str] = {}
        for k, row in enumerate(rows[:3]):
            if not row.cells or any(sum(len(r.words) for r in c) > 14 for c in row.cells.values()):
                return None
            labels = self._by_look(row, self._labels(row, True))
            texts.update({c: " ".join(run.text for run in runs) for c, runs in row.cells.items()})
            statuses = [label for label in labels.values() if label.role in (*STATUSES, "year")]
            both = {c: label for c, label in above.items() if c not in labels} | labels
            dated = [label for label in statuses if label.rule == "year" or label.rule.startswith("a year")]
            if statuses and (len(statuses) == len(dated) == 1 or self._counts(rows[k + 1 :], labels, statuses)):
                return None
            if statuses and (len(both) >= 2 or len(both) == len(row.cells)):
                return k, settle(self._without_shares(both, rows[k + 1 :]), texts, self._dated(rows[k + 1 :]))
            if not self._fills_table(row, rows):
                if not labels or len(labels) < len(row.cells) - 1:
                    return None  # a row of text: the heads are those of the page before
                above = labels
        return None

    def _counts(self, rows: Sequence[_Row], labels: dict[int, Label], statuses: list[Label]) -> bool:
        """Whether the cells under the statuses hold numbers: a table of indicators ("2023 | 2024", "Cible | Atteint")."""
        own = [c for c, label in labels.items() if label in statuses]
        texts = [" ".join(run.text for run in row.cells[c]) for row in rows for c in own if row.cells.get(c)]
        return bool(texts) and 4 * sum(sum(c.isalpha() for c in t) <= 4 for t in texts) >= 3 * len(texts)

    def _without_shares(self, labels: dict[int, Label], rows: Sequence[_Row]) -> dict[int, Label]:
        """The columns' labels; one that holds numbers beside others that tell ("Avancement": 40 %) has no status."""
        statuses = [label for label in labels.values() if label.role in STATUSES]
        if len(statuses) < 3:
            return labels
        shares = {c for c, label in labels.items() if label in statuses and self._counts(rows, labels, [label])}
        return {c: replace(label, role="other") if c in shares else label for c, label in labels.items()}

    def _dated(self, rows: Sequence[_Row]) -> set[int]:
        """Columns whose cells hold dates and nothing else."""
        texts: dict[int, list[str]] = {}
        for row in rows:
            for c, runs in row.cells.items():
                texts.setdefault(c, []).append(" ".join(run.text for run in runs))
        return {c for c, own in texts.items() if all(len(t.split()) <= 5 and re.search(r"\d", t) for t in own)}

    def _second_heads(self, columns: _Columns, heads: dict[int, Label], row: _Row) -> _Columns:
        """A second row of heads under the first: it names its own columns, the others keep what the first said."""
        kept = {c: label for c, label in columns.labels.items() if label.role not in STATUSES and c not in heads}
        edges = tuple(sorted({*columns.edges, *self._edges(row)}))
        return _Columns(kept | heads, edges, columns.page, columns.spans | self._spans(row))

    def _spans(self, row: _Row) -> dict[int, tuple[float, float]]:
        out = {}
        for column, runs in row.cells.items():
            frame = self._cell(runs[0])
            assert frame is not None
            out[column] = (frame.box[0], frame.box[2])
        return out

    def _moved(self, rows: list[_Row], last: _Columns) -> list[_Row] | None:
        """The rows of a page without heads, each cell put under the head of the page before that stands above its middle."""
        out = []
        for row in rows:
            moved = _Row(row.number)
            for runs in row.cells.values():
                frame = self._cell(runs[0])
                assert frame is not None
                middle = (frame.box[0] + frame.box[2]) / 2
                under = [c for c, (x0, x1) in last.spans.items() if x0 <= middle <= x1 and abs(frame.box[0] - x0) <= 30]
                if len(under) != 1 or under[0] in moved.cells:
                    return None
                moved.cells[under[0]] = runs
            out.append(moved)
        return out if any(len(row.cells) > 1 for row in out) else None

    def _by_look(self, row: _Row, labels: dict[int, Label]) -> dict[int, Label]:
        """Heads in words we do not know, beside others that we do: what the head of that colour is elsewhere."""
        if not any(label.role in ("realised", "upcoming") for label in labels.values()):
            return labels
        for column, runs in row.cells.items():
            cell = self._cell(runs[0])
            text = " ".join(run.text for run in runs)
            if cell is None or cell.fill is None:
                continue
            if column in labels and labels[column].role in ("realised", "upcoming"):
                self._fills.setdefault(cell.fill, labels[column].role)
            elif column not in labels and cell.fill in self._fills and len(text) < 60:
                labels[column] = Label(self._fills[cell.fill], text, period_of(text), "colour of the column's head")
        return labels

    def _heads(self, row: _Row) -> None:
        for runs in row.cells.values():
            for run in runs:
                self._note(run, "label", "head of a table's column")
                self._nester.set_aside(run.lines, "label")

    def _fills_table(self, row: _Row, rows: Sequence[_Row]) -> bool:
        """Whether a row is one cell as wide as the table."""
        boxes = [cell.box for r in rows for runs in r.cells.values() if (cell := self._cell(runs[0])) is not None]
        own = [cell.box for runs in row.cells.values() if (cell := self._cell(runs[0])) is not None]
        wide = max(b[2] for b in boxes) - min(b[0] for b in boxes)
        return len(own) == 1 and own[0][2] - own[0][0] >= 0.9 * wide

    def _labels(self, row: _Row, head: bool = False) -> dict[int, Label]:
        out: dict[int, Label] = {}
        words = self._nester.words
        for column, runs in row.cells.items():
            text = " ".join(run.text for run in runs)
            label = words.label(text)
            folded = fold(text)
            role = words.role_of(folded) or words.role_of(folded.removesuffix("s"))
            if role is None and head and (label is None or label.role == "engagement"):
                role = level_of(text, words)
            if role is not None:
                label = Label(role, text, None, LEVEL)
            elif label is None and folded in ("intitule", "libelle", "promesse"):
                label = Label("engagement", text, None, LEVEL)
            if label is None and len(runs) == 1 and runs[0].role == "label" and isinstance(runs[0].data, Label):
                label = runs[0].data
            if label is not None:
                if label.role == "year":
                    label = self._nester._year_label(label)
                out[column] = label
        if head and any(label.rule == LEVEL for label in out.values()):
            for column, runs in row.cells.items():
                if column not in out and column > min(c for c, label in out.items() if label.rule == LEVEL):
                    judged = judged_label(" ".join(run.text for run in runs))
                    if judged is not None:
                        out[column] = judged
        return out

    def _edges(self, row: _Row) -> tuple[float, ...]:
        edges = []
        for runs in row.cells.values():
            frame = self._cell(runs[0])
            assert frame is not None
            edges.append(frame.box[0])
        return tuple(sorted(edges))

    def _fits(self, row: _Row, last: _Columns) -> bool:
        return all(any(abs(x - edge) <= 6 for edge in last.edges) for x in self._edges(row))

    def _note(self, run: Run, role: str, rule: str) -> None:
        run.role = role
        self._nester.decide(run.page, union(line.box for line in run.lines), role, rule)

    def _spanning(self, row: _Row, own_column: bool = True) -> None:
        """A row over all columns: a heading of the plan, the engagement where no column holds it, or the table's title."""
        for runs in row.cells.values():
            for run in runs:
                if run.role == "heading" and isinstance(run.data, Heading):
                    self._nester._heading(run, [run])
                else:
                    heading = self._nester.words.heading(run.text)
                    if heading is not None and heading.word in self._nester.levels.role_of:
                        run.role, run.data = "heading", heading
                        self._nester._heading(run, [run])
                    elif own_column:
                        self._nester.set_aside(run.lines, "table")
            if not own_column and not any(run.role == "heading" for run in runs):
                cell = self._cell(runs[0])
                open_one = self._nester.engagement
                if open_one is not None and not open_one.blocks and self._carries(runs, open_one):
                    self._fill(open_one.chunks, runs)
                    continue
                eng = self._nester.new_engagement("row of a table above its column heads", runs[0], cell)
                self._nester.learn_look(cell)
                self._fill_engagement(eng, runs)

    def _row(self, row: _Row, columns: _Columns, may_carry: bool) -> None:
        if len(row.cells) == 1 and len(columns.labels) > 1 and self._is_span(row):
            self._spanning(row)
            return
        nester = self._nester
        named = columns.labels
        if named and all(label.role in ("realised", "upcoming") for label in named.values()):
            for c in sorted(row.cells):
                self._status(row.cells[c], named.get(c), may_carry)
            return
        own = [c for c, label in named.items() if label.role == "engagement"] or [
            c for c in sorted(row.cells) if c not in named
        ][:1]
        texts = [run for c in own for run in row.cells.get(c, ())]
        upper = [c for c, label in named.items() if label.role in ("ambition", "priority")]
        if not upper:
            named = named | self._turned(row, named, own)
            upper = [c for c, label in named.items() if label.role == "priority"]
        for c in sorted(upper):
            if row.cells.get(c):
                self._upper(row.cells[c], named[c], may_carry)
        carried = may_carry and nester.engagement is not None and self._carries(texts, nester.engagement)
        if texts and not carried:
            eng = nester.new_engagement("cell of a table", texts[0], self._cell(texts[0]))
            self._fill_engagement(eng, texts)
        elif texts and nester.engagement is not None:
            self._fill(nester.engagement.chunks, texts)
        for c in sorted(row.cells):
            if c in own or c in upper:
                continue
            self._status(row.cells[c], named.get(c), carried or not texts)

    def _turned(self, row: _Row, named: dict[int, Label], own: list[int]) -> dict[int, Label]:
        """A column without a head, before the engagements', whose cell is set at 90 degrees: the level of its rows."""
        bare = [c for c in row.cells if c not in named and own and c < own[0]]
        turned = [c for c in bare if not any(w.upright for run in row.cells[c] for w in run.words)]
        return {c: Label("priority", "", None, LEVEL) for c in turned}

    def _is_span(self, row: _Row) -> bool:
        runs = next(iter(row.cells.values()))
        frame = self._cell(runs[0])
        assert frame is not None
        columns = self._columns
        if columns is None or len(columns.edges) < 2:
            return True
        return frame.box[2] > columns.edges[1] + 12 and frame.column == 0

    def _upper(self, runs: list[Run], label: Label, may_carry: bool) -> None:
        """A level's cell: the level opens, or goes on where the cell repeats it."""
        nester = self._nester
        titled, text = _told_apart(runs)
        heading = level_cell(
            [run.text for run in titled], label.text, nester.words,
            lambda k: nester.join([line for run in titled[k:] for line in run.lines]),
        )  # fmt: skip
        lines = [line for run in titled for line in run.lines]
        node = nester._current(label.role)
        broken = may_carry and not heading.path and _goes_on(node, heading.title, lines)
        if broken and isinstance(node, AmbitionNode | PriorityNode):
            node.title = f"{node.title} {heading.title}"
            node.title_lines += lines
            for run in titled:
                self._note(run, "title", "a level's cell goes on")
        else:
            nester.open_level(titled[0], label.role, heading, lines)
            for run in titled:
                self._note(run, "heading", "cell of a level's column")
        ambition = nester.ambition if label.role == "ambition" else None
        if ambition is not None and text:
            self._fill(ambition.introduction, text)
        else:
            for run in text:
                nester.set_aside(run.lines, "report")

    def _carries(self, texts: list[Run], eng: EngagementNode) -> bool:
        """Whether a table's first row on a page goes on with the last row of the page before."""
        if not texts:
            return True
        lines: list[Line] = [*eng.title_lines, *(line for chunk in eng.chunks for line in chunk.lines)]
        if not lines or texts[0].page == lines[-1].page:
            return False
        if lines[-1].text.rstrip()[-1:] in ".!?":
            return False
        return texts[0].text[:1].islower() or (bool(eng.title_lines) and self._number(texts[0]) is None)

    def _number(self, run: Run) -> Heading | None:
        """The number that an engagement's cell begins with."""
        columns = self._columns
        heads = [] if columns is None else [label.text for label in columns.labels.values() if label.role == "engagement"]
        return numbered_cell(self._nester.join(run.lines), heads[0] if heads else "", self._nester.words)

    def _fill_engagement(self, eng: EngagementNode, runs: Sequence[Run]) -> None:
        """The cell's text; a leading heading ("Action 3") gives the number and is no part of it."""
        rest = list(runs)
        first = rest[0]
        full = self._number(first)
        if full is not None:
            eng.title, eng.title_lines = full.title or None, list(first.lines)
            self._note(first, "heading", "number of an engagement in its cell")
            rest = rest[1:]
        self._fill(eng.chunks, rest)

    def _fill(self, chunks: list[Chunk], runs: Sequence[Run]) -> None:
        from bilan_extract.segmentation.nesting import _add_chunk

        for run in runs:
            self._note(run, "body", "cell of a table")
            _add_chunk(chunks, run.region, run.lines)

    def _status(self, runs: Sequence[Run], label: Label | None, carried: bool) -> None:
        nester = self._nester
        status = {"realised": "réalisé", "upcoming": "à venir"}.get(label.role if label else "")
        if label is None or status is None:
            for run in runs:
                nester.set_aside(run.lines, "table")
            return
        eng = nester.engagement
        blocks = nester.priority.blocks if eng is None else eng.blocks
        last = [b for b in blocks if b.status == status and b.page < runs[0].page] if carried else []
        named = [b for b in last if b.label == label.text]
        candidates = named or last
        block = candidates[-1] if candidates else None
        if block is None:
            block = BlockNode(
                "réalisé" if status == "réalisé" else "à venir", label.text, label.period, "head of a table's column",
                frame=self._cell(runs[0]), page=runs[0].page,
            )  # fmt: skip
            blocks.append(block)
        self._fill(block.chunks, runs)
