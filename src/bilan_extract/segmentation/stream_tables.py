"""Tables in a text without geometry: a line of column heads, and the cells of each row as the dump wrote them, one by one.

The heads say what the columns hold and in what order a row's cells come; the cell that names the commitment begins each row,
or ends it where the dump wrote the columns from right to left. Empty cells leave no trace: what a cell says tells its column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bilan_extract.document import Line
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label, Words, fold
from bilan_extract.segmentation.stream_labels import head_label, split_heads
from bilan_extract.segmentation.stream_parts import FURNITURE, Part, Parts, closed_up
from bilan_extract.segmentation.stream_roles import fits, opens_with_infinitive
from bilan_extract.segmentation.table_heads import STATUSES, numbered_cell, settle

ROW = "#row"  # stands for the word of a row's number
# "A", "II", "3": a number over the title of a level's cell
_BARE = lazy(r"(?:\d{1,2}|[IVX]{1,4}|[A-H])[.)]?")
# "5 Tenir un observatoire. Une carte a été publiée": a cell of one line, and the next cell's first line
_STOPPED = lazy(r"(?<=[a-zà-ÿ)])[.?!]\s+(?=[A-ZÀ-Ý0-9])")


@dataclass(slots=True)
class _Table:
    """Columns in the order of their heads; ``open`` is whether a row has begun, ``form`` how rows are numbered, ``last`` the
    last row's number."""

    heads: list[str]
    labels: list[Label]
    rows_end: bool
    pending: list[list[Part]] = field(default_factory=list)
    open: bool = False
    form: str = ""
    last: int = 0

    @property
    def name(self) -> str:
        """The head of the column that holds the commitments."""
        return next((h for h, la in zip(self.heads, self.labels, strict=True) if la.role == "engagement"), "")


def read_tables(found: Parts, words: Words) -> None:
    """Rewrites the parts of tables in the order of reading: levels, commitments, and a label before each cell's text."""
    tables = [_table_of(group, words) for parts in found.pages.values() for group in _groups(parts)]
    bare = sum(table is not None and not table.name for table in tables)
    reader = _Reader(found, words, bare >= 3)  # two labels on one line, once or twice, are no table
    for page, parts in found.pages.items():
        found.pages[page] = reader.page(parts)


@dataclass(slots=True)
class _Reader:
    """Reads one page after another; ``before`` is the table that the last page left open."""

    found: Parts
    words: Words
    bare: bool
    before: _Table | None = None

    def _stops(self, group: Sequence[Part], table: _Table) -> bool:
        """Whether a group ends the table's rows: a heading that is no row, or the label of a box."""
        first = group[0]
        if first.kind == "label":
            return True
        return first.kind == "heading" and (not table.name or _row_of(group, table, self.words) is None)

    def page(self, parts: Sequence[Part]) -> list[Part]:
        """The parts of a page, those of its tables rewritten."""
        out: list[Part] = []
        here: _Table | None = None
        for group in _groups(parts):
            fresh = _table_of(group, self.words)
            if fresh is not None and (fresh.name or self.bare):
                out += self._close(here, fresh)
                if here is None and self.before is not None and self.before.heads == fresh.heads:
                    fresh.open = self.before.open
                fresh.form = _usual_form(self.found, fresh.name, self.words) if fresh.name else ""
                fresh.last = self.before.last if self.before is not None else 0
                here = self.before = fresh
                _take_commitment(out, fresh)
                out += [replace(p, kind="heads", rule="heads of columns", data=None) for p in group]
            elif here is not None and self._stops(group, here):
                out += self._close(here, None if here.name or group[0].kind != "label" else here)
                here = here if here.name and group[0].kind == "heading" else None  # a level's row goes through the table
                if here is not None:
                    here.open = False
                out += group
            elif here is not None and group[0].kind not in FURNITURE:
                here.pending.append(group)
            else:
                out += group
        return out + self._close(here, None)

    def _close(self, table: _Table | None, fresh: _Table | None) -> list[Part]:
        """The rows that wait. Over a table without a column for it, the last text is the next one's commitment."""
        if table is None:
            return []
        last = table.pending.pop() if fresh is not None and not fresh.name and table.pending else []
        out = list(_rows(table, self.words))
        for part in last:
            if part.kind == "text":
                part.kind, part.rule = "commitment", "text over a table of its blocks"
        return out + last


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Parts between blank lines."""
    group: list[Part] = []
    for part in parts:
        if group and (part.gap or "heads" in (part.kind, group[-1].kind) or group[-1].kind in FURNITURE):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


# -- heads ------------------------------------------------------------------------
def _table_of(group: Sequence[Part], words: Words) -> _Table | None:
    """The table that a line of column heads opens; None for any other group."""
    lines = [line for part in group for line in part.lines]
    one_by_one = len(group) == 1 and group[0].rule.endswith("one by one")
    kinds = {part.kind for part in group}
    if (len(lines) > 2 and not one_by_one) or kinds - {"heads", "text", "label", "bare", "numbered", "heading"}:
        return None
    texts = [line.text for line in lines]
    heads = texts if one_by_one else split_heads(" ".join(texts), words)
    if heads is None:
        return None
    alone = {i: found for i, head in enumerate(heads) if (found := head_label(head, words)) is not None}
    settled = settle(alone, dict(enumerate(heads)))
    labels = [settled.get(i) or Label("other", head, None, "unknown head") for i, head in enumerate(heads)]
    roles = [label.role for label in labels]
    if not set(STATUSES) <= set(roles):
        return None
    rows_end = "engagement" in roles and roles.index("engagement") > min(roles.index(s) for s in STATUSES)
    return _Table(heads, labels, rows_end)


# -- rows -------------------------------------------------------------------------
def _form(group: Sequence[Part], name: str, words: Words) -> tuple[str, Heading] | None:
    """How a cell numbers the commitment that it holds: "word" ("Action n° 3"), "path" ("1.3"), "letter" ("2c") or "plain"."""
    if group[0].kind not in ("text", "heading", "numbered", "bare"):
        return None
    text = group[0].lines[0].text
    lettered = re.match(r"^(\d{1,2}[a-h])\s+(?=[A-ZÀ-Ý])(.*)$", text)
    if lettered is not None:
        return "letter", Heading(ROW, None, (lettered[1],), lettered[1], lettered[2])
    found = numbered_cell(text, name, words)
    if found is None:
        return None
    return ("word" if found.word else "path" if len(found.path) > 1 else "plain"), found


def _usual_form(found: Parts, name: str, words: Words) -> str:
    """The form that says most, of those that several cells have."""
    seen = Counter(
        form[0] for parts in found.pages.values() for group in _groups(parts) if (form := _form(group, name, words)) is not None
    )
    return next((form for form in ("word", "path", "letter") if seen[form] >= 3), "plain")


def _row_of(group: Sequence[Part], table: _Table, words: Words) -> Heading | None:
    """The numbered commitment that a group is; plain numbers have to count on, as "312 passages" does not."""
    found = _form(group, table.name, words) if table.name else None
    if found is None or found[0] != table.form:
        return None
    if table.form == "plain" and not 0 <= (found[1].number or 0) - table.last <= 3:
        return None
    return found[1]


def _rows(table: _Table, words: Words) -> Iterator[Part]:
    """The parts of the rows that wait, in the order of reading."""
    groups = [cell for group in table.pending for cell in _unglued(group, table, words)]
    table.pending = []
    cells: list[list[Part]] = []
    named: tuple[list[Part], Heading] | None = None
    for group in groups:
        found = _row_of(group, table, words)
        if found is None:
            cells.append(group)
            continue
        table.last = found.number or table.last
        if table.rows_end:
            yield from _row(table, (group, found), cells)
            cells = []
        else:
            upper = cells.pop() if cells and _is_level(cells[-1], table) else None
            yield from _row(table, named, cells)
            if upper is not None:
                yield _level(upper, table)
            named, cells = (group, found), []
    yield from _row(table, None if table.rows_end else named, cells)


def _unglued(group: list[Part], table: _Table, words: Words) -> list[list[Part]]:
    """A commitment's cell of one line, and the next cell, which the dump set on the same line."""
    found = _form(group, table.name, words) if table.name else None
    line = group[0].lines[0]
    match = _STOPPED.search(line.text, len(found[1].label) + 8) if found is not None and found[0] == table.form else None
    if match is None or len(line.text) - match.end() < 12:
        return [group]
    k = len(line.text[: match.end()].split())
    own = Part(group[0].page, "text", [Line(line.words[:k])])
    lines = [Line(line.words[k:]), *group[0].lines[1:], *(x for p in group[1:] for x in p.lines)]
    return [[own], [Part(group[0].page, "text", lines)]]


def _is_level(group: Sequence[Part], table: _Table) -> bool:
    """Whether a cell holds a level above the commitments: "A", and its title below."""
    if not any(label.role in ("priority", "ambition") for label in table.labels):
        return False
    lines = [line for part in group for line in part.lines]
    return len(lines) >= 2 and _BARE.fullmatch(lines[0].text) is not None and lines[1].text[:1].isupper()


def _level(group: Sequence[Part], table: _Table) -> Part:
    lines = [line for part in group for line in part.lines]
    label = next(label for label in table.labels if label.role in ("priority", "ambition"))
    number = lines[0].text.strip(" .)")
    title = " ".join(line.text for line in lines[1:])
    heading = Heading(fold(label.text), int(number) if number.isdigit() else None, (number.lower(),), number, title)
    return Part(group[0].page, "heading", lines, heading, title=title, rule="cell of a level's column")


def _row(table: _Table, named: tuple[Sequence[Part], Heading] | None, cells: Sequence[Sequence[Part]]) -> Iterator[Part]:
    """One row: its commitment, and each cell's text behind its column's label."""
    if named is not None:
        table.open = True
        group, heading = named
        table.last = heading.number or table.last
        lines = [line for part in group for line in part.lines]
        word = Heading(ROW, heading.number, heading.path, heading.label, heading.title)
        title = _without_label(lines, heading)
        yield Part(group[0].page, "heading", lines, word, title=title, rule="numbered row")
    elif not table.open and table.name:
        for cell in cells:
            yield from cell
        return
    last: int | None = None
    for cell, column in zip(cells, columns_of(cells, table.labels), strict=True):
        label = table.labels[column]
        lines = [line for part in cell for line in part.lines]
        if label.role in STATUSES:
            if column != last:
                yield Part(cell[0].page, "label", [], label, rule="head of the column")
            yield Part(cell[0].page, "text", lines)
        elif label.role == "engagement":
            yield Part(cell[0].page, "commitment", lines, rule="cell of the commitments' column")
        else:
            yield Part(cell[0].page, "table", lines, rule="cell of another column")
        last = column


def _without_label(lines: Sequence[Line], heading: Heading) -> str:
    text = closed_up(line.text for line in lines)
    return text[len(heading.label) :].lstrip(" .:–—-|").rstrip(" :–—-|") if text.startswith(heading.label) else text


def columns_of(cells: Sequence[Sequence[Part]], labels: Sequence[Label]) -> list[int]:
    """The column of each cell of a row: in the order of the heads, where what they say fits best."""
    own = next((c for c, label in enumerate(labels) if label.role == "engagement"), -1)
    left = own >= 0 and any(label.role in STATUSES for label in labels[:own])  # written from right to left
    usable = [c for c, label in enumerate(labels) if label.role in (*STATUSES, "other") and (c < own if left else c > own)]
    if not usable:
        return [0] * len(cells)
    if len(cells) == len(usable):
        return usable
    states: dict[int, tuple[float, list[int]]] = {-1: (0.0, [])}
    for cell in cells:
        text = " ".join(part.text for part in cell)
        after: dict[int, tuple[float, list[int]]] = {}
        for last, (total, path) in states.items():
            for c in usable:
                if c < last:
                    continue
                gain = total + _fit(text, labels[c]) + (0.8 if c != last else 0.6 * text[:1].islower())
                if c not in after or after[c][0] < gain:
                    after[c] = (gain, [*path, c])
        states = after
    return max(states.values(), key=lambda state: state[0])[1]


def _fit(text: str, label: Label) -> float:
    if label.role == "other":
        return 0.4 if len(text) <= 45 and text.rstrip()[-1:] not in ".;" else -0.6
    score = fits(text, label.role, None)
    if label.role == "upcoming" and opens_with_infinitive(text):
        score += 1.0
    years = {int(y) for y in re.findall(r"\b20\d\d\b", text)}
    if label.period is not None and label.period.start is not None and years:
        score += 0.6 if label.period.start.year in years else -0.2
    return score + (0.15 if label.role == "realised" else 0.0)


def _take_commitment(out: list[Part], table: _Table) -> None:
    """Over a table without their column, the text right above it is the commitment."""
    above = [p for p in out if p.kind not in FURNITURE]
    if not table.name and above and above[-1].kind == "text" and above[-1].gap:
        above[-1].kind, above[-1].rule = "commitment", "text over a table of its blocks"


__all__ = ["ROW", "columns_of", "read_tables"]
