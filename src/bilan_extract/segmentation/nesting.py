"""Nesting: one walk over the marked runs, one open element of each kind, and the outline is done.

A label opens a box, column, cell or section and its scope is the frame that it stands on or in; what carries on in the next
column, box or page without a label of its own stays with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bilan_extract.document import Box, Color, Frame, Line, PageLayout, Region, dominant, union
from bilan_extract.patterns import lazy
from bilan_extract.plan import Status
from bilan_extract.segmentation.carried import continued_box, same_box
from bilan_extract.segmentation.labels import Heading, Label, Words, as_label, fold, holds_for_all
from bilan_extract.segmentation.levels import BETWEEN, Key, Levels, alike, key_of
from bilan_extract.segmentation.marking import mark_commitments
from bilan_extract.segmentation.misread_numbers import RULE as MISREAD
from bilan_extract.segmentation.outline import (
    AmbitionNode,
    Aside,
    BlockNode,
    Chunk,
    Decision,
    Doubt,
    EngagementNode,
    FocusNode,
    Outline,
    PriorityNode,
)
from bilan_extract.segmentation.periods import period_of
from bilan_extract.segmentation.runs import Run
from bilan_extract.segmentation.side_labels import part_columns, put_first

Join = Callable[[Sequence[Line]], str]
Look = tuple[Color | None, Color | None]
_STATUS: dict[str, Status] = {"realised": "réalisé", "upcoming": "à venir"}
_BULLET = lazy(r"^(?:[▸•●▪■◦○–—*>➢➤❖·‣⁃\uf000-\uf0ff-]|\d{1,2}[.)]|[a-z]\))\s")
# "Annexe financière – crédits", "Annexes"; "Annexe 2", "ANNEXE B : attestation", "Pièce jointe n° 1"
_ANNEX = lazy(r"^(?:annexes?|pi[eè]ces? jointes?)\b", re.I)
# what stands behind the review: "Glossaire", "Les adresses utiles", "Les signataires du contrat", "Nos partenaires"
_BACK = lazy(
    r"^(?:les |nos |le |la |l['’])?(?:glossaire|lexique|sigles|abr[ée]viations|adresses|contacts?|signataires|partenaires|"
    r"remerciements|cr[ée]dits|mentions|sources|m[ée]thodologie|bibliographie|infos? pratiques|indicateurs|sommaire|index|"
    r"pour en savoir|en savoir plus|liste des|ils |elles )\b",
    re.I,
)
_FURNITURE = ("running_head", "footer", "page_number")
_ONLY_ANNEX = lazy(r"^(?:annexe|pi[eè]ce jointe)(?: n°)? ?(?:\d{1,2}|[A-Z]|[IVX]{1,4})?\s*(?:$|[:–—-])", re.I)
# boxes that belong to no action: "Chiffres clés", "À retenir", "Contact"
_ASIDE_BOX = lazy(
    r"^(?:les )?(?:chiffres? cles?|en chiffres|reperes?|a retenir|contacts?|pour en savoir plus|legende|glossaire|sigles)"
)


@dataclass(slots=True)
class _Slot:
    """Where running text goes: a node, the frame it is bound to (None: flowing text), and the lists it fills."""

    kind: str
    chunks: list[Chunk]
    frame: Frame | None
    page: int
    node: object = None


@dataclass(slots=True)
class _Pending:
    """A label that waits for its text."""

    label: Label
    lines: list[Line]
    frame: Frame | None
    page: int
    rule: str
    only: bool
    sticky: bool = False
    used: bool = False


@dataclass(slots=True)
class _Seen:
    key: Key
    node: AmbitionNode | PriorityNode | EngagementNode


@dataclass(slots=True)
class Nester:
    """Walks the runs once; `outline` then holds the result."""

    layouts: Sequence[PageLayout]
    words: Words
    levels: Levels
    join: Join
    last_year: int | None = None
    outline: Outline = field(default_factory=Outline)
    _ambition: AmbitionNode | None = None
    _priority: PriorityNode | None = None
    _engagement: EngagementNode | None = None
    _block: BlockNode | None = None
    _slot: _Slot | None = None
    _pending: _Pending | None = None
    _seen: list[_Seen] = field(default_factory=list)
    _frames: dict[int, tuple[Frame, ...]] = field(default_factory=dict)
    _looks: dict[Look, str] = field(default_factory=dict)
    _tab_looks: dict[Look, str] = field(default_factory=dict)
    _by_frame: dict[tuple[int, int], list[Run]] = field(default_factory=dict)
    _by_page: dict[int, list[Run]] = field(default_factory=dict)
    _implicit: bool = False
    _cards: set[Look] = field(default_factory=set)
    _before_box: _Slot | None = None
    _held: dict[tuple[int, int], tuple[_Slot, EngagementNode | None, BlockNode | None]] = field(default_factory=dict)
    _cut: dict[tuple[int, int], EngagementNode | None] = field(default_factory=dict)
    _titles: dict[int, tuple[list[Line], str]] = field(default_factory=dict)
    _begins: int = 0
    _edge: tuple[int, float] = (0, 0.0)

    # -- the walk -----------------------------------------------------------------
    def nest(self, runs: list[Run]) -> Outline:
        """The outline of all runs."""
        self._frames = {layout.number: layout.frames for layout in self.layouts}
        runs[:] = part_columns(put_first(runs))
        _mark_authors(runs)
        named = [
            r.data.period.end.year
            for r in runs
            if r.role == "label" and isinstance(r.data, Label) and r.data.role == "realised"
            and r.data.period is not None and r.data.period.end is not None
        ]  # fmt: skip
        self.last_year = max(named) if named else self.last_year
        for run in runs:
            self._by_page.setdefault(run.page, []).append(run)
            if run.region.frame is not None:
                self._by_frame.setdefault((run.page, run.region.frame.id), []).append(run)
        self._learn_looks(runs)
        self._label_by_look(runs)
        for run in runs:  # a title may stand before its label: all are taken before the walk
            if run.role == "heading" and isinstance(run.data, Heading) and self._is_level(run, run.data):
                self._titles[id(run)] = self._title(run, runs, run.data)
        self._mark_section_heads(runs)
        self._mark_annexes(runs)
        self._begins = self._first_page(runs)
        from bilan_extract.segmentation.tables import TableReader

        tables = TableReader(self, runs)
        self._implicit = not self.levels.has_engagement_labels and "engagement" not in self.levels.role_of.values()
        if self._implicit:
            mark_commitments(runs)
        i = 0
        while i < len(runs):
            taken = tables.read(runs, i)
            if taken:
                i += taken
                continue
            self._step(runs, i)
            i += 1
        self._finish_pending()
        self._settle_titles()
        return self.outline

    def _step(self, runs: list[Run], i: int) -> None:
        run = runs[i]
        self.decide(run.page, _box(run.lines), run.role or "body", run.rule)
        if run.role == "heading" and isinstance(run.data, Heading):
            self._heading(run, runs)
        elif run.role == "label" and isinstance(run.data, Label):
            self._label(run)
        elif run.role in ("running_head", "footer", "page_number", "caption", "note", "quote"):
            self.set_aside(run.lines, run.role)
        elif run.role == "contents":
            self.set_aside(run.lines, "table_of_contents")
        elif run.role == "field":
            self.set_aside(run.lines, "table")
        elif run.role in ("annex", "chapter"):
            self._leave(run)
        elif run.role == "commitment" and self._priority is not None:
            self._finish_pending()
            eng = self.new_engagement(run.rule, run)
            self._slot = _Slot("engagement", eng.chunks, None, run.page, eng)
            _add_chunk(eng.chunks, run.region, run.lines)
        elif run.role != "title":
            self.body(run)

    def _leave(self, run: Run) -> None:
        """The report around the plan: what stands below a chapter's heading belongs to no engagement above it."""
        self.set_aside(run.lines, "report")
        if run.role == "chapter":
            self.leave_scope()
            self._engagement = self._block = None

    # -- small helpers that `tables` shares ---------------------------------------
    def set_aside(self, lines: Sequence[Line], reason: str) -> None:
        """Keeps the words of ``lines`` out of the plan, with the reason."""
        for line in lines:
            self.outline.asides.append(Aside(line.page, line.words, reason))

    def decide(self, page: int, box: Box, role: str, rule: str) -> None:
        """Notes which rule decided, for `inspect`."""
        self.outline.decisions.append(Decision(page, box, role, rule))

    def doubt(self, code: str, message: str, page: int | None) -> None:
        """Adds a warning once."""
        found = Doubt(code, message, page)
        if found not in self.outline.doubts:
            self.outline.doubts.append(found)

    def leave_scope(self) -> None:
        """What follows belongs to no label so far (a table has been read in between)."""
        self._finish_pending()
        self._slot = self._before_box = None

    @property
    def priority(self) -> PriorityNode:
        """The open priority; a nameless one where the document has none."""
        if self._priority is None:
            self._priority = PriorityNode(None, None, None, "no heading of this level")
            self.ambition.priorities.append(self._priority)
        return self._priority

    @property
    def ambition(self) -> AmbitionNode:
        """The open ambition; a nameless one where the document has none."""
        if self._ambition is None:
            self._ambition = AmbitionNode(None, None, None, "no heading of this level")
            self.outline.ambitions.append(self._ambition)
        return self._ambition

    @property
    def engagement(self) -> EngagementNode | None:
        """The open engagement."""
        return self._engagement

    def _mark_section_heads(self, runs: Sequence[Run]) -> None:
        """Small lines at a page's edge that repeat a title ("Axe 2 – Se loger" on every page of it) are running heads."""
        titles = {fold(title) for _, title in self._titles.values() if title}
        titles |= {fold(run.text) for run in runs if run.role == "heading"}
        heights = {layout.number: layout.height or 0.0 for layout in self.layouts}
        sizes = [run.style[0] for run in runs if run.role == "body"]
        usual = dominant((size, 1) for size in sizes) if sizes else 0.0
        for run in runs:
            height = heights[run.page]
            box = _box(run.lines)
            edge = height and (box[3] <= 0.13 * height or box[1] >= 0.9 * height)
            if run.role in ("body", "heading") and edge and run.style[0] <= usual + 0.1 and not run.inline:
                text = fold(run.text)
                if run.role == "body" and any(text == t or (t in text and len(t) > 12) for t in titles):
                    run.role, run.rule = "running_head", "a title repeated at the page's edge"

    def _mark_annexes(self, runs: Sequence[Run]) -> None:
        """What follows the last heading and label, from a title that calls it an annex on, is no part of the review."""
        last = max((i for i, run in enumerate(runs) if self._reports(run)), default=len(runs))
        start = next((i for i, run in enumerate(runs) if i > last and self._is_annex(run, runs[last].page)), len(runs))
        for run in runs[start:]:
            if run.role in ("body", "numbered", "label"):
                run.role, run.rule = "annex", "after a title that calls it an annex"

    def _reports(self, run: Run) -> bool:
        """Whether a run is a heading of a level, or a status label that is more than a year."""
        if run.role == "label" and isinstance(run.data, Label):
            return run.data.role in _STATUS
        return run.role == "heading"

    def _is_annex(self, run: Run, page: int) -> bool:
        first = self._by_page[run.page][0] is run or all(r.role in _FURNITURE for r in self._by_page[run.page][:1])
        if run.page > page and first and run.set_off == "larger" and _BACK.match(run.text):
            return True
        if len(run.lines) > 2 or not _ANNEX.match(run.text):
            return False
        return run.set_off in ("larger", "bold", "capitals") or (run.page > page and _ONLY_ANNEX.match(run.text) is not None)

    def _first_page(self, runs: Sequence[Run]) -> int:
        """The page of the first heading of a level: the few labels before it ("Bilan 2024" on the cover) label nothing."""
        first = next((r.page for r in runs if r.role == "heading" and isinstance(r.data, Heading) and self._opens(r.data)), 0)
        labels = [r.page for r in runs if r.role == "label" and isinstance(r.data, Label) and r.data.role in (*_STATUS, "year")]
        return first if 5 * sum(page < first for page in labels) <= len(labels) else 0

    def _opens(self, heading: Heading) -> bool:
        return self.levels.role_of.get(heading.word or "") is not None

    # -- looks --------------------------------------------------------------------
    def _learn_looks(self, runs: Sequence[Run]) -> None:
        """Which colours of boxes and of tabs stand for which role in this document."""
        cards: set[Look] = set()
        boxes: dict[Look, Counter[str]] = {}
        tabs: dict[Look, Counter[str]] = {}
        for run in runs:
            role = self._role(run)
            frame = run.region.frame
            if role is None or frame is None:
                continue
            if frame.kind == "tab":
                tabs.setdefault(_look(frame), Counter())[role] += 1
            host = self._host(frame, run.page) if frame.kind == "tab" else frame
            if host is not None:
                cards |= {_look(f) for f in self._around(host, run.page)}
            if host is not None and (host.fill is not None or host.stroke is not None):
                boxes.setdefault(_look(host), Counter())[role] += 1
        for counts, known in ((boxes, self._looks), (tabs, self._tab_looks)):
            for look, seen in counts.items():
                role, n = seen.most_common(1)[0]
                if n >= 0.8 * sum(seen.values()) and look != (None, None) and (known is self._tab_looks or look not in cards):
                    known[look] = role
        self._cards = cards

    def _role(self, run: Run) -> str | None:
        if run.role == "label" and isinstance(run.data, Label):
            return run.data.role if run.data.role in ("realised", "upcoming", "engagement", "focus") else None
        if run.role == "heading" and isinstance(run.data, Heading) and not run.data.title:
            return "engagement" if self.levels.role_of.get(run.data.word or "") == "engagement" else None
        return None

    def learn_look(self, box: Frame | None) -> None:
        """The colours of a box that held an engagement: the next box in them holds one too."""
        if box is not None and _look(box) != (None, None) and (box.fill is None or min(box.fill) < 250):
            self._looks.setdefault(_look(box), "engagement")

    def _label_by_look(self, runs: Sequence[Run]) -> None:
        """A tab whose words we do not know is what the document's other tabs of that colour are."""
        for run in runs:
            frame = run.region.frame
            if run.role != "body" or frame is None or len(run.text) > 90:
                continue
            first = self._by_frame[(run.page, frame.id)][0] is run
            if frame.kind == "tab":
                role = self._tab_looks.get(_look(frame))
            elif first and frame.box[3] - frame.box[1] <= 60 and self._looks.get(_look(frame)) == "focus":
                role = "focus"
            elif first and run.set_off in ("bold", "colour", "larger") and len(run.lines) == 1:
                role = self._looks.get(_look(frame))
                role = role if role in _STATUS else None
            else:
                continue
            if role is not None:
                run.role, run.rule = "label", "tab: colour of the other tabs"
                run.data = Label(role, as_label(run.text), period_of(run.text), "colour")

    # -- frames -------------------------------------------------------------------
    def _chain(self, run: Run) -> list[Frame]:
        """The frames around a run, the innermost first."""
        out: list[Frame] = []
        frame = run.region.frame
        while frame is not None and frame not in out:
            out.append(frame)
            frame = None if frame.parent is None else self._frames[run.page][frame.parent]
        return out

    def _host(self, frame: Frame, page: int) -> Frame | None:
        return None if frame.parent is None else self._frames[page][frame.parent]

    # -- headings -----------------------------------------------------------------
    def _heading(self, run: Run, runs: list[Run]) -> None:
        heading = run.data
        assert isinstance(heading, Heading)
        role = self.levels.role_of.get(heading.word or "")
        if role is None:
            self.body(run)
            return
        if not self._is_level(run, heading):
            run.data = Label("engagement", as_label(run.text), None, "engagement heading on a box")
            self._label(run)
            return
        lines, title = self._titles.get(id(run)) or self._title(run, runs, heading)
        if role == BETWEEN:
            self.set_aside(lines, "label")
            return
        self.open_level(run, role, replace(heading, title=title), lines)

    def open_level(self, run: Run, role: str, heading: Heading, lines: list[Line]) -> None:
        """Opens the level that a heading names, or goes back to it where it is known already."""
        title = heading.title
        key = _key(heading, title)
        known = self._find(key, title, role)
        if known is not None:
            self.set_aside(lines, "running_head" if known is self._current(role) else "repeat")
            self._reopen(known, role)
            return
        self._finish_pending()
        self._warn_twice(heading, title, role, run.page)
        if run.rule == MISREAD:
            self.doubt("number_in_doubt", f"« {run.text} » pris pour « {heading.label} », qui manque à cet endroit", run.page)
        self._open(role, heading, title, lines, run)

    def _is_level(self, run: Run, heading: Heading) -> bool:
        """Whether a heading opens a level, and is not the bare label of an engagement's box ("Engagement 3")."""
        frame = run.region.frame
        role = self.levels.role_of.get(heading.word or "")
        return role is not None and (role != "engagement" or bool(heading.title) or frame is None or frame.kind != "tab")

    def _title(self, run: Run, runs: list[Run], heading: Heading) -> tuple[list[Line], str]:
        """The heading's lines and its title; a label without title takes the set-off text beside or below it."""
        if heading.title:
            full = self.words.heading(self.join(run.lines))
            if heading.word is not None and heading.word.startswith("#"):
                from bilan_extract.segmentation.labels import numbered_title

                full = numbered_title(self.join(run.lines))
            title = full.title if full is not None else heading.title
            whole = self.levels.role_of.get(heading.word or "") == "engagement" and title.rstrip().endswith(".")
            return run.lines, title.strip() if whole else _trim(title)  # a promise is a sentence, and keeps its full stop
        runs = self._by_page[run.page]  # a title and its label stand on one page
        other = self._beside(run, runs)
        promise = self.levels.role_of.get(heading.word or "") == "engagement"
        if other is None or (promise and any(_BULLET.match(line.text) for line in other.lines)):
            return run.lines, ""  # a promise that holds a list is read as text, entry by entry
        lines = list(other.lines)
        k = next(i for i, r in enumerate(runs) if r is other)
        other.role, other.rule = "title", "title beside its label"
        up = k
        while up > 0 and runs[up - 1].region is other.region and _goes_on(runs[up - 1], runs[up], "title"):
            up -= 1
            if runs[up] is run:
                break
            runs[up].role = "title"
            lines = list(runs[up].lines) + lines
        while k + 1 < len(runs) and runs[k + 1].region is other.region and _goes_on(runs[k], runs[k + 1]):
            k += 1
            runs[k].role = "title"
            lines += runs[k].lines
        self.decide(run.page, _box(lines), "title", "title beside its label")
        title = self.join(lines)
        return run.lines + lines, title.strip() if promise and title.rstrip().endswith(".") else _trim(title)

    def _beside(self, run: Run, runs: list[Run]) -> Run | None:
        """The set-off run level with a label-only heading, or right under it."""
        box = _box(run.lines)
        k = next(i for i, r in enumerate(runs) if r is run)
        if run.inline and k + 1 < len(runs) and runs[k + 1].role == "body" and runs[k + 1].region is run.region:
            return runs[k + 1]  # the rest of the label's own line
        frame = run.region.frame
        around = frame.box if frame is not None and frame.box[3] - frame.box[1] < 60 else box
        best: tuple[float, Run] | None = None
        for other in self._by_page[run.page]:
            if other is run or other.role not in ("body", "running_head", "numbered"):
                continue
            inner = other.region.frame
            if inner is not None and inner.kind == "tab":
                continue
            there = _box(other.lines)
            level = min(around[3] + 2, there[3]) - max(around[1] - 2, there[1])
            below = there[1] - around[3]
            set_off = other.set_off in ("larger", "bold", "colour", "capitals")
            if _goes_on_right(run, other):
                set_off, level = True, there[3] - there[1]  # "Axe 1" in bold, its title in plain letters on the same line
            if not set_off or len(other.lines) > 6:
                continue
            if level > 0.4 * min(there[3] - there[1], around[3] - around[1]):
                rank = 0.3 if other.style[0] >= 0.85 * run.style[0] else 3.0
                rank += min(abs(there[0] - around[2]), abs(around[0] - there[2])) / 1000 - other.style[0] / 100
            elif -2 <= below <= 2.2 * max(other.style[0], run.style[0]) and there[0] < around[2] + 60:
                rank = (0.0 if other.region is run.region else 1.0) + below / 100
            else:
                continue
            if best is None or rank < best[0]:
                best = (rank, other)
        return None if best is None else best[1]

    def _current(self, role: str) -> object:
        return {"ambition": self._ambition, "priority": self._priority, "engagement": self._engagement}[role]

    def _find(self, key: Key, title: str, role: str) -> AmbitionNode | PriorityNode | EngagementNode | None:
        kinds = {"ambition": AmbitionNode, "priority": PriorityNode, "engagement": EngagementNode}
        current = self._current(role)
        for seen in reversed(self._seen):
            if seen.key != key or not isinstance(seen.node, kinds[role]):
                continue
            known = seen.node.title or ""
            same = not title or not known or alike(title, known) >= 0.6 or fold(known).startswith(fold(title))
            if same and (seen.node is current or (title and role != "engagement" and self._still_open(seen.node))):
                return seen.node
        return None

    def _still_open(self, node: object) -> bool:
        """Only what lies under the open ambition may be taken up again: numbers start anew under each."""
        if isinstance(node, PriorityNode):
            return self._ambition is not None and any(p is node for p in self._ambition.priorities)
        return True

    def _reopen(self, node: AmbitionNode | PriorityNode | EngagementNode, role: str) -> None:
        if node is self._current(role):
            return
        if isinstance(node, AmbitionNode):
            self._ambition, self._priority, self._engagement = node, None, None
        elif isinstance(node, PriorityNode):
            self._priority = node
            self._engagement = node.engagements[-1] if node.engagements else None
        self._slot = self._block = None

    def _warn_twice(self, heading: Heading, title: str, role: str, page: int) -> None:
        if heading.number is None or role == "engagement":
            return
        for seen in self._seen:
            node = seen.node
            if seen.key == key_of(heading) and isinstance(node, AmbitionNode | PriorityNode) and self._still_open(node):
                self.doubt(
                    "duplicate_number",
                    f"« {heading.label} » numérote deux titres : « {node.title} » et « {title} »",
                    page,
                )

    def _open(self, role: str, heading: Heading, title: str, lines: list[Line], run: Run) -> None:
        key = _key(heading, title)
        label = None if heading.word is None else heading.label or None
        self._block = None
        if role == "ambition":
            amb = AmbitionNode(heading.number, label, title or None, run.rule, list(lines), page=run.page)
            self.outline.ambitions.append(amb)
            self._ambition, self._priority, self._engagement = amb, None, None
            self._seen.append(_Seen(key, amb))
            self._slot = _Slot("ambition", amb.introduction, None, run.page, amb)
        elif role == "priority":
            prio = PriorityNode(heading.number, label, title or None, run.rule, list(lines), page=run.page)
            self.ambition.priorities.append(prio)
            self._priority, self._engagement = prio, None
            self._seen.append(_Seen(key, prio))
            self._slot = _Slot("priority", [], None, run.page, prio)
        else:
            eng = self.new_engagement(f"heading, {run.rule}", run)
            eng.title, eng.title_lines = title or None, list(lines)
            self._edge = _left_edge(run, lines)
            self._seen.append(_Seen(key, eng))
            self._slot = _Slot("engagement", eng.chunks, None, run.page, eng)

    def new_engagement(self, rule: str, run: Run, frame: Frame | None = None) -> EngagementNode:
        """Opens an engagement under the open priority."""
        eng = EngagementNode(rule, frame=frame, page=run.page)
        self.priority.engagements.append(eng)
        self._engagement, self._block = eng, None
        return eng

    # -- labels -------------------------------------------------------------------
    def _label(self, run: Run) -> None:
        label = run.data
        assert isinstance(label, Label)
        if label.role == "other" and self._in_margin(run):
            self.set_aside(run.lines, "table")
            return
        self._finish_pending()
        if label.role == "contents":
            self.set_aside(run.lines, "table_of_contents")
            return
        if run.page < self._begins and self._ambition is None and self._priority is None:
            self.set_aside(run.lines, "report")
            return
        if label.role == "year":
            label = self._year_label(label)
        frame = run.region.frame
        host = self._host(frame, run.page) if frame is not None and frame.kind == "tab" else frame
        only = host is None or self._label_only(host, run, label)
        self._pending = _Pending(label, list(run.lines), host, run.page, run.rule, only)
        if label.role in ("other",):
            self._slot = None

    def _in_margin(self, run: Run) -> bool:
        """Whether a run is one of a sheet's facts, in the narrow column under its number."""
        return run.page == self._edge[0] and _box(run.lines)[2] <= self._edge[1]

    def _year_label(self, label: Label) -> Label:
        last = self.last_year
        year = None if label.period is None or label.period.start is None else label.period.start.year
        role = "upcoming" if last is not None and year is not None and year > last else "realised"
        return Label(role, label.text, label.period, "a year, against the period reported on")

    def _label_only(self, host: Frame, run: Run, label: Label) -> bool:
        """Whether a frame holds nothing but its label (and, over a focus, one line of small print)."""
        rest = 0
        for other in self._by_page.get(run.page, ()):
            if other.role == "body" and other is not run and host in self._chain(other):
                rest += len(other.words)
        if rest == 0:
            return True
        return label.role == "focus" and rest <= 8 and host.box[3] - host.box[1] <= 60

    def _finish_pending(self) -> None:
        """A status label that found no text is an empty block; any other is set aside as a label."""
        pending, self._pending = self._pending, None
        if pending is None or pending.used:
            return
        if pending.label.role in _STATUS and (self._priority is not None or self._engagement is not None):
            self._open_block(pending, None)
            self._slot = None
        else:
            self.set_aside(pending.lines, "table" if pending.label.role == "other" else "label")

    def _start(self, pending: _Pending, run: Run) -> None:
        """Opens what the pending label announces; ``run`` is its first text."""
        chain = self._chain(run)
        frame = pending.frame
        if frame is None or frame not in chain or pending.only:
            frame = self._scope(run, pending)
        role = pending.label.role
        again, pending.used = pending.used, True
        if role in _STATUS:
            block = self._open_block(pending, frame, run)
            self._slot = _Slot("block", block.chunks, frame, run.page, block)
        elif role == "engagement":
            self._open_engagement(pending, run, frame)
        elif role == "focus":
            focus = FocusNode(pending.rule, pending.label.text, frame=frame)
            self.priority.focus.append(focus)
            if not again:
                self.set_aside(pending.lines, "label")
            self._slot = _Slot("focus", focus.chunks, frame, run.page, focus)
        else:
            self.set_aside(pending.lines, "table")
            self._slot = _Slot("other", [], frame, run.page)
        if not (role == "focus" and pending.only and frame is not None):
            self._pending = None

    def _scope(self, run: Run, pending: _Pending) -> Frame | None:
        """The outermost frame around ``run`` that is not also around the label."""
        chain = self._chain(run)
        around = [] if pending.frame is None or pending.page != run.page else self._around(pending.frame, run.page)
        outer = [f for f in chain if f not in around]
        return outer[-1] if outer else (chain[0] if chain else None)

    def _around(self, frame: Frame, page: int) -> list[Frame]:
        out = []
        parent = self._host(frame, page)
        while parent is not None and parent not in out:
            out.append(parent)
            parent = self._host(parent, page)
        return out

    def _open_block(self, pending: _Pending, frame: Frame | None, run: Run | None = None) -> BlockNode:
        label = pending.label
        says = label.text
        if run is not None and label.rule == "sign":  # a sign has no words: its text may say what it holds for
            says = run.text.partition(":")[0][:60]
        block = BlockNode(
            _STATUS[label.role], label.text, label.period, pending.rule, pending.lines, frame=frame or pending.frame,
            page=pending.page,
        )  # fmt: skip
        owner = None if holds_for_all(says) else self._owner(block)
        if owner is None:
            self.priority.blocks.append(block)
        else:
            owner.blocks.append(block)
        self._block = block
        return block

    def _owner(self, block: BlockNode) -> EngagementNode | None:
        """The engagement beside which or under which the page sets a block; else the open one."""
        current = self._engagement
        if block.frame is None or current is None or current.frame is None:
            return current  # what a heading opened holds until the next heading, wherever its boxes lie
        for frame in (block.frame, *self._around(block.frame, block.page)):
            if (block.page, frame.id) in self._cut:
                return self._cut[(block.page, frame.id)]
        here = [e for e in self.priority.engagements if e.frame is not None and e.page == block.page]
        if current.page == block.page and self._shares_card(current, block, here):
            return current
        ranked = [(rank, k) for k, e in enumerate(here) if e.frame and (rank := _nearness(e.frame.box, block.frame.box))]
        if not ranked:
            return current
        best = min(ranked)[0]
        if any(here[k] is current for rank, k in ranked if rank <= best + 0.5):
            return current
        return here[min(ranked)[1]]

    def _shares_card(self, eng: EngagementNode, block: BlockNode, others: Sequence[EngagementNode]) -> bool:
        """Whether one box holds the block and the engagement and no other engagement."""

        def boxes(frame: Frame | None) -> set[int]:
            return set() if frame is None else {frame.id, *(f.id for f in self._around(frame, block.page))}

        taken = {k for e in others if e is not eng for k in boxes(e.frame)}
        return bool((boxes(block.frame) & boxes(eng.frame)) - taken)

    def _open_engagement(self, pending: _Pending, run: Run, frame: Frame | None) -> None:
        eng = self._engagement
        if eng is not None and eng.rule.startswith("heading") and not eng.blocks:
            self.set_aside(pending.lines, "label")  # a field of the sheet that the heading opened
        else:
            eng = self.new_engagement(pending.rule, run, frame)
            self.set_aside(pending.lines, "label")
        self._slot = _Slot("engagement", eng.chunks, frame, run.page, eng)

    # -- running text -------------------------------------------------------------
    def body(self, run: Run) -> None:
        """Puts running text where it belongs."""
        if self._in_margin(run):
            self.set_aside(run.lines, "table")
            return
        pending = self._pending
        if pending is not None and self._takes(pending, run):
            self._start(pending, run)
        elif pending is not None and not pending.used and pending.label.role in _STATUS:
            self._finish_pending()
        if self._pending is None and (pending is None or not pending.used):
            self._take_up(run)
            self._back_to_column(run)
        if self._slot is not None and self._in_scope(self._slot, run):
            self._append(self._slot, run)
            return
        back, self._before_box = self._before_box, None
        if back is not None and back.frame is None and self._in_scope(back, run):
            self._slot = back  # the text flows on under the box set into it
            self._append(back, run)
        else:
            self._loose(run)

    def _take_up(self, run: Run) -> None:
        """Goes back to the box of the page before that goes on in this one."""
        chain = self._chain(run)
        halves = continued_box(run, chain, self._by_page, self._frames) if chain else None
        held = self._broken_off(run) or (None if halves is None else self._held.get((run.page - 1, halves[0].id)))
        if held is None or held[0].kind not in ("block", "engagement", "focus"):
            return
        slot, self._engagement, self._block = held
        frame = halves[1] if halves is not None else chain[0] if chain else None
        self._slot = _Slot(slot.kind, slot.chunks, frame, run.page, slot.node)
        if chain:
            self._cut[(run.page, chain[-1].id)] = self._engagement

    def _back_to_column(self, run: Run) -> None:
        """At a page's top, text that stands far from the open block's column goes on with the block whose column it is."""
        slot, eng = self._slot, self._engagement
        if slot is None or slot.kind != "block" or slot.frame is not None or eng is None or slot.page != run.page - 1:
            return

        def far(block: BlockNode) -> float:
            lines = [line for chunk in block.chunks for line in chunk.lines if line.page == slot.page]
            return abs(min(line.x0 for line in lines) - left) if lines else 1e9

        left = _box(run.lines)[0]
        if not isinstance(slot.node, BlockNode) or far(slot.node) <= 40:
            return
        block = min(eng.blocks, key=far)
        if far(block) <= 8:
            self._block = block
            self._slot = _Slot("block", block.chunks, None, slot.page, block)

    def _broken_off(self, run: Run) -> tuple[_Slot, EngagementNode | None, BlockNode | None] | None:
        """The one text in a box of the page before that breaks off in the middle of a sentence, which ``run`` takes up."""
        if run.set_off is not None or not run.text[:1].islower() or _BULLET.match(run.text):
            return None
        if any(other.role == "body" for other in self._by_page[run.page] if _box(other.lines)[3] <= _box(run.lines)[1]):
            return None
        before = [held for (page, _), held in self._held.items() if page == run.page - 1]
        broken = {
            id(held[0].chunks): held
            for held in before
            if held[0].chunks[-1].lines[-1].page == run.page - 1
            and held[0].chunks[-1].lines[-1].text.rstrip()[-1:] not in ".!?…;:»"
        }
        return next(iter(broken.values())) if len(broken) == 1 else None

    def _takes(self, pending: _Pending, run: Run) -> bool:
        chain = self._chain(run)
        foreign = pending.frame is None or pending.frame not in chain
        if foreign and chain and pending.label.role in _STATUS and self._role_of(chain)[0] == "engagement":
            return False  # the next commitment's box: the label stands over nothing
        if pending.frame is not None and pending.frame in chain and run.page == pending.page:
            if pending.only and pending.label.role == "focus":
                self.set_aside(run.lines, "label")
                run.role = "aside"
                return False
            return not pending.used
        if pending.used:  # a focus band over several boxes: each unlabelled box is one
            slot = self._slot
            inside = slot is not None and slot.frame is not None and slot.frame in chain
            return run.page == pending.page and bool(chain) and not inside and chain[-1].kind != "tab"
        if pending.frame is not None and not pending.only:
            return False
        if run.page != pending.page and pending.frame is not None and run.set_off in ("bold", "larger", "colour"):
            return False  # a title on the next page: the label's box was empty
        return run.page - pending.page <= 1

    def _in_scope(self, slot: _Slot, run: Run) -> bool:
        if run.role == "aside":
            return True
        chain = self._chain(run)
        if slot.kind == "ambition" or (slot.kind == "priority" and self._implicit):
            return True
        if slot.kind == "priority" or (slot.kind == "engagement" and slot.frame is None):
            return not (chain and self._looks.get(_look(chain[-1])) != "engagement" and self._is_told_box(run, chain[-1]))
        if slot.frame is None:
            if not chain and self._leaves_size(slot, run):
                return False
            return not chain or not slot.chunks or self._runs_on(slot, run)
        if run.page == slot.page and slot.frame in chain:
            return True
        if slot.kind == "focus" and chain and slot.frame.fill is not None and _look(chain[-1]) == _look(slot.frame):
            return run.set_off is None and run.page - slot.page <= 1
        return self._runs_on(slot, run) and (not chain or self._same_kind(slot, chain))

    def _leaves_size(self, slot: _Slot, run: Run) -> bool:
        """Whether a story in small print begins in the flow of a text, or ends in it."""
        if not slot.chunks:
            return False
        size = slot.chunks[-1].lines[-1].size
        if slot.kind == "focus":
            return run.style[0] > 1.08 * size
        return run.set_off == "bold" and run.style[0] <= 0.9 * size and self._is_told(run)

    def _same_kind(self, slot: _Slot, chain: list[Frame]) -> bool:
        role = self._role_of(chain)[0]
        kind = {"block": self._block and {v: k for k, v in _STATUS.items()}[self._block.status]}.get(slot.kind, slot.kind)
        return role is None or role == kind

    def _runs_on(self, slot: _Slot, run: Run) -> bool:
        """Whether the text breaks off in the middle of a sentence and ``run`` takes it up in small letters."""
        if not slot.chunks or run.set_off in ("larger", "tab"):
            return False
        last = slot.chunks[-1].lines[-1].text.rstrip()
        return last[-1:] not in ".!?…;:»" and bool(re.match(r"^[a-zà-ÿ(]", run.text))

    def _append(self, slot: _Slot, run: Run) -> None:
        if run.role == "aside":
            run.role = "body"
            return
        if slot.kind == "other":
            self.set_aside(run.lines, "table")
            return
        if slot.kind == "priority":
            self._under_priority(run)
            return
        if slot.kind == "focus" and not slot.chunks and self._is_focus_title(run):
            assert isinstance(slot.node, FocusNode)
            slot.node.title_lines += run.lines
            return
        slot.page = run.page
        chain = self._chain(run)
        if slot.frame is not None and slot.frame not in chain and chain:
            slot.frame = chain[-1]
        _add_chunk(slot.chunks, run.region, run.lines)
        for frame in chain:
            self._held[(run.page, frame.id)] = (slot, self._engagement, self._block)

    def _is_focus_title(self, run: Run) -> bool:
        return run.set_off in ("larger", "bold", "colour", "capitals") and len(run.lines) <= 4

    def _under_priority(self, run: Run) -> None:
        """Text between a priority's title and its first label: the commitment itself, where the document names none."""
        if self._implicit:
            box = self._outer(run)
            eng = self.new_engagement("text under the priority's title", run, box)
            self.learn_look(box)
            self._slot = _Slot("engagement", eng.chunks, box, run.page, eng)
            _add_chunk(eng.chunks, run.region, run.lines)
        else:
            self.set_aside(run.lines, "report")

    def _outer(self, run: Run) -> Frame | None:
        chain = self._chain(run)
        return chain[-1] if chain else None

    def _loose(self, run: Run) -> None:
        """Text that no open label holds: the look of its box decides, else nobody knows."""
        chain = self._chain(run)
        role, frame = self._role_of(chain)
        if role is None and chain and self._implicit and self._priority is not None and _look(chain[-1]) in self._cards:
            role, frame = "engagement", chain[-1]  # the head of a card with blocks of its own
        eng = self._engagement
        if role == "engagement":
            unfinished = eng is not None and not eng.blocks and bool(re.match(r"[a-zà-ÿ(]", run.text))
            if eng is not None and unfinished or eng is not None and _BULLET.match(run.text) and eng.page == run.page:
                self._slot = _Slot("engagement", eng.chunks, frame, run.page, eng)
            else:
                eng = self.new_engagement("box in the colours of engagements", run, frame)
                self._slot = _Slot("engagement", eng.chunks, frame, run.page, eng)
            _add_chunk(self._slot.chunks, run.region, run.lines)
            return
        if role in _STATUS and frame is not None:
            self._loose_block(run, role, frame)
            return
        if self._is_told_box(run, chain[-1]) if chain else self._is_told(run):
            focus = FocusNode("text with a title of its own", frame=chain[-1] if chain else None)
            self.priority.focus.append(focus)
            back = self._slot
            self._slot = _Slot("focus", focus.chunks, focus.frame, run.page, focus)
            self._before_box = back
            self._append(self._slot, run)
            return
        if self._implicit and self._priority is not None and not chain and self._block is not None:
            eng = self.new_engagement("text after a block, before the next label", run, None)
            self._slot = _Slot("engagement", eng.chunks, None, run.page, eng)
            _add_chunk(eng.chunks, run.region, run.lines)
            return
        if self._ambition is None and self._priority is None:
            self.set_aside(run.lines, "report")
            return
        self.set_aside(run.lines, "unclaimed")
        self.doubt("unclaimed_text", f"texte que rien ne rattache au plan : « {run.text[:60]} »", run.page)

    def _role_of(self, chain: Sequence[Frame]) -> tuple[str | None, Frame | None]:
        """What the colours of the boxes around a text say, the innermost first, and the box that says so."""
        for frame in chain:
            role = self._looks.get(_look(frame))
            if role is not None:
                return role, frame
        return None, None

    def _is_told(self, run: Run) -> bool:
        """Between framed blocks, a set-off title over text of its own column: a story told outside any box."""
        block = self._block
        small = block is not None and block.chunks and run.style[0] <= 0.9 * block.chunks[-1].lines[-1].size
        if (
            block is None
            or (block.frame is None and not small)
            or not self._is_focus_title(run)
            or _ASIDE_BOX.match(fold(run.text))
        ):
            return False
        below = sum(len(line.words) for line in run.region.lines if line.top > run.lines[-1].top)
        return (small or not self._implicit) and len(run.lines) <= 2 and below >= 20

    def _is_told_box(self, run: Run, box: Frame) -> bool:
        """A box without a label, with a title in another setting and text under it, tells one action."""
        if self._priority is None or not self._is_focus_title(run) or box.kind != "box" or _ASIDE_BOX.match(fold(run.text)):
            return False
        inside = [
            other
            for other in self._by_page.get(run.page, ())
            if other is not run and box in self._chain(other)
        ]
        if any(other.role == "label" for other in inside):
            return False  # a card with blocks of its own
        inside = [other for other in inside if other.role == "body"]
        if not inside:  # the page ends under the title: its text stands in the box's other half
            after = self._by_page.get(run.page + 1, ())
            inside = [o for o in after if o.role == "body" and any(same_box(box, f) for f in self._chain(o))]
        return sum(len(other.words) for other in inside) >= 12

    def _loose_block(self, run: Run, role: str, frame: Frame) -> None:
        """An unlabelled box in a status's colours carries the open block on, or is a block without label."""
        block = self._block
        if block is None or block.status != _STATUS[role]:
            before = [] if self._engagement is None else self._engagement.blocks
            block = next((b for b in reversed(before) if b.status == _STATUS[role] and b.page < run.page), None)
        if block is None:
            pending = _Pending(Label(role, "", None, "colour"), [], frame, run.page, "box in a status's colours", False)
            block = self._open_block(pending, frame)
            block.label = None
        self._slot = _Slot("block", block.chunks, frame, run.page, block)
        _add_chunk(block.chunks, run.region, run.lines)

    # -- titles -------------------------------------------------------------------
    def _settle_titles(self) -> None:
        """Takes a title from the contents where the heading has none or breaks off; warns of what was announced only."""
        found: set[Key] = set()
        for seen in self._seen:
            node = seen.node
            found.add(seen.key)
            if isinstance(node, EngagementNode):
                continue
            for title in self.levels.announced.get(seen.key, ()):
                title = _trim(title)
                mine = fold(node.title or "")
                if not mine or (fold(title).startswith(mine + " ") and alike(title, node.title or "") >= 0.4):
                    node.title = title
                    break
        for key, titles in self.levels.announced.items():
            role = self.levels.role_of.get(key[0])
            if key not in found and role in ("ambition", "priority"):
                self.doubt(
                    "announced_not_found",
                    f"annoncé au sommaire et introuvable : {key[0]} {key[1]} « {titles[:1]} »",
                    None,
                )


# "Mme Vasseur, à Lormont", "(une abonnée de Lormont)", "– Karim, 12 ans"
_AUTHOR = lazy(r"^\W{0,2}\s*(?:M\.|Mme|Mmes|MM\.|Monsieur|Madame|une?\s|[A-ZÀ-Ý][\w’'-]+,?\s).{2,80}$")


def _mark_authors(runs: Sequence[Run]) -> None:
    """The line under a pull quote that says who speaks belongs to it."""
    for before, run in zip(runs, runs[1:], strict=False):
        short = run.role == "body" and len(run.lines) == 1 and len(run.words) <= 10 and run.page == before.page
        own = short and run.region.frame is before.region.frame and not run.text.rstrip().endswith((".", ":", ";"))
        if before.role == "quote" and own and _AUTHOR.match(run.text):
            run.role, run.rule = "quote", "who speaks in the quote above"


def _key(heading: Heading, title: str) -> Key:
    """`key_of`, with the title found beside the heading where it has no number."""
    key = key_of(heading)
    return key if heading.path else (key[0], fold(title))


def _add_chunk(chunks: list[Chunk], region: Region, lines: list[Line]) -> None:
    if chunks and chunks[-1].region is region:
        chunks[-1].lines += lines
    else:
        chunks.append(Chunk(region, list(lines)))


def _look(frame: Frame) -> Look:
    return (frame.fill, frame.stroke)


def _box(lines: Sequence[Line]) -> Box:
    return lines[0].box if len(lines) == 1 else union([line.box for line in lines])


def _goes_on_right(run: Run, other: Run) -> bool:
    """Whether a short text stands alone on a label's line, right behind it."""
    a, b = run.lines[0], other.lines[0]
    same = abs(a.bottom - b.bottom) <= 0.3 * max(run.style[0], 6.0) and abs(run.style[0] - other.style[0]) <= 0.2 * run.style[0]
    return same and len(run.lines) == len(other.lines) == 1 and 0 < b.x0 - a.x1 <= 3 * max(run.style[0], 6.0)


def _goes_on(run: Run, after: Run, *roles: str) -> bool:
    return (
        (after.role in ("body", "running_head") or after.role in roles)
        and run.role in ("body", "running_head", "title")
        and abs(run.style[0] - after.style[0]) <= 0.6
        and run.style[1] == after.style[1]
        and after.lines[0].top - run.lines[-1].bottom <= 0.8 * max(run.style[0], 6.0)
    )


def _left_edge(run: Run, lines: Sequence[Line]) -> tuple[int, float]:
    """The page and the left edge of a sheet's title whose number stands in a column of its own; (0, 0.0) for another."""
    title = [line for line in lines if all(line is not own for own in run.lines)]
    if not title or run.region.frame is not None or min(line.x0 for line in title) - max(line.x1 for line in run.lines) < 60:
        return 0, 0.0
    return run.page, min(line.x0 for line in title)


def _trim(title: str) -> str:
    title = title.strip()
    return title[:-1].rstrip() if title.endswith((".", ":", ",")) and not title.endswith(("...", "etc.")) else title


def _nearness(engagement: Box, block: Box) -> float | None:
    """How near a block's box lies to an engagement's: beside it 0.1…, below it by distance; None where neither."""
    beside = min(engagement[3], block[3]) - max(engagement[1], block[1])
    if beside >= 0.5 * min(engagement[3] - engagement[1], block[3] - block[1]):
        return 0.1 + max(0.0, block[0] - engagement[2], engagement[0] - block[2]) / 1000
    across = min(engagement[2], block[2]) - max(engagement[0], block[0])
    below = block[1] - engagement[3]
    if across > 0.15 * (block[2] - block[0]) and below > -15:
        return 1.0 + max(below, 0.0) / 20
    return None


__all__ = ["Join", "Nester"]
