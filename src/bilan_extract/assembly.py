"""Assembly: from the outline to the plan, with clean texts, figures, dates, places, and every word accounted for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bilan_extract.document import Line, PageLayout, Word
from bilan_extract.language.clean import Spelling, join_words
from bilan_extract.language.dates import find_dates
from bilan_extract.language.figures import counted_last, find_figures
from bilan_extract.language.judge import StageJudgement, judge_stage
from bilan_extract.plan import (
    Ambition,
    Block,
    Coverage,
    Date,
    Engagement,
    Figure,
    Focus,
    Item,
    Period,
    PlanWarning,
    Priority,
    Region,
    SetAside,
    Status,
)
from bilan_extract.segmentation.outline import (
    AmbitionNode,
    Aside,
    BlockNode,
    Chunk,
    EngagementNode,
    FocusNode,
    Outline,
    PriorityNode,
)
from bilan_extract.segmentation.paragraphs import Entry, Row, entries

Place = tuple[int, int]
SURE = 0.85  # a plain present is judged with less certainty: it may describe


@dataclass(slots=True)
class Assembler:
    """Builds the plan's elements and remembers which words went into them."""

    spelling: Spelling
    reported: Period | None
    written_on: dt.date | None = None
    judge_blocks: bool = False
    used: set[Place] = field(default_factory=set)
    labels: list[Word] = field(default_factory=list)
    _rank: int = 0

    def ambitions(self, outline: Outline) -> list[Ambition]:
        """All ambitions with what lies under them."""
        return [self._ambition(node) for node in outline.ambitions]

    def _ambition(self, node: AmbitionNode) -> Ambition:
        self._use_lines(node.title_lines)
        texts = self._texts(entries(node.introduction))
        return Ambition(
            number=node.number,
            label=node.label,
            title=node.title,
            introduction="\n".join(texts) or None,
            priorities=[self._priority(p) for p in node.priorities],
            regions=regions([(line.words, None) for line in node.title_lines]),
        )

    def _priority(self, node: PriorityNode) -> Priority:
        self._rank += 1  # a priority without a number counts by its place in the document
        self._use_lines(node.title_lines)
        return Priority(
            number=node.number,
            label=node.label,
            title=node.title,
            engagements=[self._engagement(e, node, k) for k, e in enumerate(node.engagements, 1)],
            blocks=[self._block(b) for b in node.blocks],
            focus=[self._focus(f) for f in node.focus],
            regions=regions([(line.words, None) for line in node.title_lines]),
        )

    def _engagement(self, node: EngagementNode, priority: PriorityNode, rank: int) -> Engagement:
        found = entries(node.chunks)
        inferred: list[Block] = []
        if self.judge_blocks:
            found, inferred = self._inferred(found)
        texts = self._texts(found)
        if node.title:
            texts.insert(0, node.title)
        text = "\n".join(texts)
        title_rows = self._without_label(node)
        figures, dates = self.mentions(text, None)
        rows = [(words, None) for words in title_rows]
        return Engagement(
            id=f"{priority.number if priority.number is not None else self._rank}.{rank}",
            text=text,
            figures=figures,
            dates=dates,
            blocks=[self._block(b) for b in node.blocks] + inferred,
            regions=regions(rows + _rows(found)),
        )

    def _without_label(self, node: EngagementNode) -> list[tuple[Word, ...]]:
        """The title's words by line; those that number it ("Action 1.2 –") are set aside as a label."""
        words = [w for line in node.title_lines for w in line.words]
        wanted = _letters(node.title or "")
        start = next((k for k in range(len(words)) if wanted and _letters("".join(w.text for w in words[k:])) == wanted), None)
        if start is None:
            start = 0 if wanted else len(words)
        self.labels += words[:start]
        kept = {(w.page, w.index) for w in words[start:]}
        self.used |= kept
        rows = [tuple(w for w in line.words if (w.page, w.index) in kept) for line in node.title_lines]
        return [row for row in rows if row]

    def _inferred(self, found: list[Entry]) -> tuple[list[Entry], list[Block]]:
        """Of a document without status labels: the entries that state the commitment, and blocks of those that report.

        A block begins at the first entry that reports what is done or to come, and takes what follows until one says
        otherwise.
        """
        judged = [self._judged(entry) for entry in found]
        told = first_report(judged)
        groups: list[tuple[Status, list[Entry]]] = []
        for entry, judgement in zip(found[told:], judged[told:], strict=True):
            stage = judgement.stage
            status: Status | None = None if stage is None else ("à venir" if stage == "prévu" else "réalisé")
            if status is None or (groups and groups[-1][0] == status):
                groups[-1][1].append(entry)
            else:
                groups.append((status, [entry]))
        return found[:told], [
            Block(
                status=status,
                label=None,
                period=None,
                items=self._items(members, None, ahead=status == "à venir"),
                regions=regions(_rows(members)),
                inferred=True,
            )
            for status, members in groups
        ]

    def _judged(self, entry: Entry) -> StageJudgement:
        words = [row.words for part in entry.parts for row in part]
        return judge_stage(join_words(words, self.spelling), year=self._last_year())

    def _last_year(self) -> int | None:
        return None if self.reported is None or self.reported.end is None else self.reported.end.year

    def _block(self, node: BlockNode) -> Block:
        self._use_lines(node.label_lines)
        found = entries(node.chunks)
        rows = [(line.words, None) for line in node.label_lines] + _rows(found)
        return Block(
            status=node.status,
            label=node.label,
            period=node.period,
            items=self._items(found, node.period, ahead=node.status == "à venir"),
            regions=regions(rows),
        )

    def _items(self, found: Iterable[Entry], period: Period | None, *, ahead: bool) -> list[Item]:
        """The items of one block; a number without a noun counts what the items before it counted."""
        items: list[Item] = []
        counted: str | None = None
        for entry in found:
            items.append(self._item(entry, period, ahead=ahead, counted=counted))
            counted = counted_last(items[-1].figures) or counted
        return items

    def _item(self, entry: Entry, period: Period | None, *, ahead: bool, counted: str | None = None) -> Item:
        text = "\n".join(self._texts([entry]))
        figures, dates = self.mentions(text, period, ahead=ahead, counted=counted)
        judged = judge_stage(text, year=self._last_year())
        return Item(
            kind=entry.kind,  # type: ignore[arg-type]
            text=text,
            stage=judged.stage,
            stage_score=None if judged.stage is None else round(judged.score, 3),
            figures=figures,
            dates=dates,
            regions=regions(_rows([entry])),
        )

    def _focus(self, node: FocusNode) -> Focus:
        found = entries(node.chunks)
        self._use_lines(node.title_lines)
        title = join_words([line.words for line in node.title_lines], self.spelling) or None
        text = "\n".join(self._texts(found))
        figures, dates = self.mentions(text, None)
        rows = [(line.words, None) for line in node.title_lines] + _rows(found)
        return Focus(title=title, text=text, figures=figures, dates=dates, regions=regions(rows))

    def mentions(
        self, text: str, period: Period | None, *, ahead: bool = False, counted: str | None = None
    ) -> tuple[list[Figure], list[Date]]:
        """Figures and dates of one owner's text; ``ahead``: it tells what comes next, after the period reported on;
        ``counted``: the unit of what was counted before it."""
        dates = find_dates(text, block=period, document=self.reported, written_on=self.written_on, ahead=ahead)
        return find_figures(text, dates=dates, counted=counted), dates

    def _texts(self, found: Iterable[Entry]) -> list[str]:
        out = []
        for entry in found:
            self.used.update([(w.page, w.index) for w in entry.marks])
            for part in entry.parts:
                clean = join_words([row.words for row in part], self.spelling)
                self.used.update([(w.page, w.index) for row in part for w in row.words])
                if clean:
                    out.append(clean)
        return out

    def _use_lines(self, lines: Iterable[Line]) -> None:
        self.used.update([(w.page, w.index) for line in lines for w in line.words])


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _rows(found: Iterable[Entry]) -> list[tuple[Sequence[Word], object]]:
    return [(row.words, row.region) for entry in found for part in entry.parts for row in part]


def regions(rows: Sequence[tuple[Sequence[Word], object]]) -> list[Region]:
    """Boxes tight around the words, one a page, and one a column where a text runs over columns.

    Args:
        rows: words of one printed line each, and the column they stand in (any object; None joins what is near).
    """
    out: list[tuple[int, object, list[Word]]] = []
    for words, column in rows:
        if not words:
            continue
        page = words[0].page
        if out and out[-1][0] == page and (column is None or out[-1][1] is None or out[-1][1] is column):
            if out[-1][1] is None:
                out[-1] = (page, column, out[-1][2])
            out[-1][2].extend(words)
        else:
            out.append((page, column, list(words)))
    return [Region(page=page, bbox=box_of(words)) for page, _, words in out]


def box_of(words: Sequence[Word]) -> tuple[float, float, float, float] | None:
    """The box around words, to a tenth of a point; None where the source has no geometry."""
    if all(w.x1 <= w.x0 for w in words):
        return None
    return (
        round(min([w.x0 for w in words]), 1),
        round(min([w.top for w in words]), 1),
        round(max([w.x1 for w in words]), 1),
        round(max([w.bottom for w in words]), 1),
    )


def account(
    layouts: Sequence[PageLayout], asides: Sequence[Aside], used: set[Place]
) -> tuple[Coverage, list[SetAside], list[PlanWarning]]:
    """Counts every word of every page: in the plan, or set aside with a reason. A word that no one claimed is "unclaimed"."""
    reason: dict[Place, str] = {}
    for aside in asides:
        for word in aside.words:
            reason.setdefault((word.page, word.index), aside.reason)
    total = in_plan = 0
    out: list[SetAside] = []
    lost: dict[int, list[str]] = {}
    for layout in layouts:
        groups: list[tuple[str, list[Word]]] = []
        for line, hidden in _all_lines(layout):
            total += len(line)
            for word in line:
                place = (word.page, word.index)
                if place in used:
                    in_plan += 1
                    continue
                why = reason.get(place)
                if hidden:
                    why = word.hidden if word.hidden in ("repeat", "stamp", "note") else "hidden"
                if why is None:
                    why = "unclaimed"
                    lost.setdefault(layout.number, []).append(word.text)
                if groups and groups[-1][0] == why and (groups[-1][1][-1].bottom >= word.top - 40):
                    groups[-1][1].append(word)
                else:
                    groups.append((why, [word]))
        out += [
            SetAside(page=layout.number, bbox=box_of(words), reason=why, text=" ".join(w.text for w in words))  # type: ignore[arg-type]
            for why, words in groups
        ]
    warnings = [
        PlanWarning(code="unclaimed_words", message=f"{len(words)} mots sans place : « {' '.join(words)[:60]} »", page=page)
        for page, words in lost.items()
    ]
    return Coverage(words=total, in_plan=in_plan, set_aside=total - in_plan), out, warnings


def _all_lines(layout: PageLayout) -> list[tuple[Sequence[Word], bool]]:
    shown = [(line.words, False) for region in layout.regions for line in region.lines]
    return [*shown, *([(layout.hidden, True)] if layout.hidden else [])]


def first_report(judged: Sequence[StageJudgement]) -> int:
    """Where the report of an engagement begins: how many of its first entries say what it is about.

    Those without a stage do; so do a plain present where a surer statement follows, and an intent where something done or
    under way does.
    """
    for at, judgement in enumerate(judged):
        later = judged[at + 1 :]
        description = judgement.stage == "en cours" and judgement.score < SURE and any(one.score >= SURE for one in later)
        intent = judgement.stage == "prévu" and any(one.stage in ("achevé", "en cours") for one in later)
        if judgement.stage is not None and not description and not intent:
            return at
    return len(judged)


__all__ = ["Assembler", "Chunk", "Row", "account", "first_report", "regions"]
