"""Tables: rows of Engagement | Réalisé | À venir, and sheets of label and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilan_extract.document import Color, Frame, Line, union
from bilan_extract.segmentation.labels import Heading, Label, fold, numbered_title
from bilan_extract.segmentation.outline import BlockNode, Chunk, EngagementNode
from bilan_extract.segmentation.periods import period_of
from bilan_extract.segmentation.runs import Run

if TYPE_CHECKING:
    from bilan_extract.segmentation.nesting import Nester


@dataclass(slots=True)
class _Columns:
    """What the columns of a table hold: label by column, and where they stand (for the table's next page)."""

    labels: dict[int, Label]
    edges: tuple[float, ...]
    page: int


@dataclass(slots=True)
class _Row:
    number: int
    cells: dict[int, list[Run]] = field(default_factory=dict)


class TableReader:
    """Reads the tables of one document, top to bottom; a table goes on over a page end."""

    def __init__(self, nester: Nester, runs: Sequence[Run]) -> None:
        self._nester = nester
        self._columns: _Columns | None = None
        self._fills: dict[Color, str] = {}
        self._members: dict[tuple[int, int], int] = {}
        for run in runs:
            frame = self._cell(run)
            if frame is not None and frame.table is not None:
                key = (run.page, frame.table)
                self._members[key] = self._members.get(key, 0) + 1

    def read(self, runs: list[Run], i: int) -> int:
        """How many runs from ``i`` on a status table took; 0 where there is none."""
        frame = self._cell(runs[i])
        if frame is None or frame.table is None:
            return 0
        j = i
        while j < len(runs) and runs[j].page == runs[i].page and self._same_table(runs[j], frame):
            j += 1
        rows = self._rows(runs[i:j])
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
                columns = self._columns = _Columns(heads, self._edges(row), runs[i].page)
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
        return j - i

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
        for k, row in enumerate(rows[:3]):
            if k and not self._fills_table(rows[k - 1], rows):
                break  # a row of text above: the heads are those of the page before
            labels = self._by_look(row, self._labels(row))
            statuses = [label for label in labels.values() if label.role in ("realised", "upcoming", "year")]
            if (
                statuses
                and (len(labels) >= 2 or len(labels) == len(row.cells))
                and all(sum(len(r.words) for r in c) <= 14 for c in row.cells.values())
            ):
                edges = self._edges(row)
                own = any(label.role == "engagement" for label in labels.values())
                for above in rows[:k]:
                    self._spanning(above, own)
                self._heads(row)
                return _Columns(labels, edges, page), rows[k + 1 :]
        last = self._columns
        if last is not None and page - last.page <= 1 and rows:
            widest = max(rows, key=lambda r: len(r.cells))
            if set(widest.cells) <= set(last.labels) | {0} and self._fits(widest, last):
                return last, rows
        return None, rows

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

    def _labels(self, row: _Row) -> dict[int, Label]:
        out: dict[int, Label] = {}
        words = self._nester.words
        for column, runs in row.cells.items():
            text = " ".join(run.text for run in runs)
            label = words.label(text)
            folded = fold(text)
            role = words.role_of(folded) or words.role_of(folded.removesuffix("s"))
            if role is not None:
                label = Label(role, text, None, "level word")
            elif label is None and folded in ("intitule", "libelle", "promesse"):
                label = Label("engagement", text, None, "level word")
            if label is None and len(runs) == 1 and runs[0].role == "label" and isinstance(runs[0].data, Label):
                label = runs[0].data
            if label is not None:
                if label.role == "year":
                    label = self._nester._year_label(label)
                out[column] = label
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
        for c in upper:
            for run in row.cells.get(c, ()):
                self._upper(run)
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

    def _is_span(self, row: _Row) -> bool:
        runs = next(iter(row.cells.values()))
        frame = self._cell(runs[0])
        assert frame is not None
        columns = self._columns
        if columns is None or len(columns.edges) < 2:
            return True
        return frame.box[2] > columns.edges[1] + 12 and frame.column == 0

    def _upper(self, run: Run) -> None:
        nester = self._nester
        heading = run.data if isinstance(run.data, Heading) else nester.words.heading(run.text)
        if heading is not None and heading.word in nester.levels.role_of:
            run.role, run.data = "heading", heading
            nester._heading(run, [run])
        else:
            nester.set_aside(run.lines, "table")

    def _carries(self, texts: list[Run], eng: EngagementNode) -> bool:
        """Whether a table's first row on a page goes on with the last row of the page before."""
        if not texts:
            return True
        lines: list[Line] = [line for chunk in eng.chunks for line in chunk.lines]
        if not lines or texts[0].page == lines[-1].page:
            return False
        return texts[0].text[:1].islower() and lines[-1].text.rstrip()[-1:] not in ".!?"

    def _fill_engagement(self, eng: EngagementNode, runs: Sequence[Run]) -> None:
        """The cell's text; a leading heading ("Action 3") gives the number and is no part of it."""
        rest = list(runs)
        nester = self._nester
        first = rest[0]
        text = nester.join(first.lines)
        full = nester.words.heading(text)
        if full is None or nester.words.role_of(full.word) != "engagement":
            full = numbered_title(text)
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
