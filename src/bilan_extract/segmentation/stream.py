"""Nesting of a text without geometry: one page after another, one open element of each kind.

Where the dump keeps labels above their texts, the labels lead and a plain walk does it. Where it does not (labels behind
their texts, headings at the page's end), each page is taken as a whole: its heading says where it belongs, and
`stream_roles` which text is what. Either way a warning says that the order was guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bilan_extract.document import Line, PageLayout, Region, union
from bilan_extract.plan import Status
from bilan_extract.segmentation.labels import Heading, Label, Words, fold, holds_for_all
from bilan_extract.segmentation.levels import LOOK, Key, key_of
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
from bilan_extract.segmentation.stream_commitments import mark_commitments, mark_quotes
from bilan_extract.segmentation.stream_cut import taught_words
from bilan_extract.segmentation.stream_entries import MARKS_APART, NESTED_APART
from bilan_extract.segmentation.stream_focus import carries_on, focus_parts, is_caption, is_title, mark_told, split_title
from bilan_extract.segmentation.stream_headings import find_parts
from bilan_extract.segmentation.stream_order import DumpOrder, find_order, role_of
from bilan_extract.segmentation.stream_parts import FURNITURE, Part, Parts
from bilan_extract.segmentation.stream_roles import Before, assign, breaks_off, likeness, stem_weights
from bilan_extract.segmentation.table_heads import GOES_ON

Join = Callable[[Sequence[Line]], str]
_STATUS: dict[str, Status] = {"realised": "réalisé", "upcoming": "à venir"}
MANY = 60  # texts and labels of a page: more is no page that could be looked at as a whole


def nest_stream(layouts: Sequence[PageLayout], words: Words, join: Join, last_year: int | None = None) -> Outline:
    """The outline of pages without geometry.

    Args:
        layouts: pages whose ``width`` is None, their regions in stream order.
        words: the profile's words.
        join: lines to one clean line.
        last_year: the last year that was reported on, where known.
    """
    taught = taught_words(layouts, words)
    parts = find_parts(layouts, Words(words.profile, taught) if taught else words)
    return _StreamNester(layouts, parts, join, last_year).nest()


@dataclass(slots=True)
class _StreamNester:
    layouts: Sequence[PageLayout]
    parts: Parts
    join: Join
    last_year: int | None
    outline: Outline = field(default_factory=Outline)
    _regions: dict[int, Region] = field(default_factory=dict)
    _ambition: AmbitionNode | None = None
    _priority: PriorityNode | None = None
    _engagement: EngagementNode | None = None
    _chunks: list[Chunk] | None = None
    _focus: FocusNode | None = None
    _nodes: dict[Key, AmbitionNode | PriorityNode | EngagementNode] = field(default_factory=dict)
    _weights: dict[str, float] = field(default_factory=dict)
    _labelled: bool = False
    _order: DumpOrder = DumpOrder()

    def nest(self) -> Outline:
        """Walks all pages; the outline is complete afterwards."""
        if not self.layouts:
            return self.outline
        for layout in self.layouts:
            lines = tuple(line for region in layout.regions for line in region.lines)
            if lines:
                marks = {p.text for p in self.parts.pages.get(layout.number, ()) if p.kind == "marks"}
                rule = (NESTED_APART if len(marks) > 1 else MARKS_APART) if marks else "stream order"
                self._regions[layout.number] = Region(layout.number, lines, None, rule)
        labels = [p.data for p in self.parts.all() if isinstance(p.data, Label)]
        done = [x.period.end.year for x in labels if x.role == "realised" and x.period is not None and x.period.end]
        self.last_year = max(done) if done else self.last_year
        self._settle_years()
        self._labelled = any(label.role == "engagement" for label in labels)
        self._weights = stem_weights([p.text for p in self.parts.all() if p.kind == "text"])
        self._order = find_order(self.parts, self.last_year)
        if self._order.walks:
            mark_quotes(self.parts)
            if not self._order.labels_behind:
                mark_commitments(self.parts)
            mark_told(self.parts, self._order.labels_behind)
        for parts in self.parts.pages.values():
            if self._order.walks:
                for part in self._order.read(parts):
                    self._walk(part)
            else:
                self._page(parts)
        message = "texte sans mise en page : l'ordre de lecture et les rattachements sont devinés"
        self.outline.doubts.insert(0, Doubt("order_guessed", message, None))
        self._announced_only()
        return self.outline

    def _settle_years(self) -> None:
        """Labels that are a year: what was done up to the last year reported on, what is to come after it."""
        for part in self.parts.all():
            label = part.data
            if isinstance(label, Label) and label.role == "year":
                year = label.period.start.year if label.period is not None and label.period.start is not None else 0
                role = "upcoming" if self.last_year is not None and year > self.last_year else "realised"
                part.data = Label(role, label.text, label.period, label.rule)

    # -- shared -------------------------------------------------------------------
    def _aside(self, part: Part, reason: str) -> None:
        for line in part.lines:
            self.outline.asides.append(Aside(part.page, line.words, reason))
        self._decide(part, reason)

    def _unclaimed(self, part: Part) -> None:
        self._aside(part, "unclaimed")
        message = f"texte que rien ne rattache au plan : « {part.text[:60]} »"
        self.outline.doubts.append(Doubt("unclaimed_text", message, part.page))

    def _decide(self, part: Part, role: str) -> None:
        if not part.lines:  # the label of a column, printed once over all rows
            return
        self.outline.decisions.append(Decision(part.page, union(x.box for x in part.lines), role, part.rule or "stream"))

    def _add(self, chunks: list[Chunk], part: Part, role: str) -> None:
        """Adds a text to a node, in one chunk a page."""
        self._decide(part, role)
        region = self._regions[part.page]
        if chunks and chunks[-1].region is region:
            chunks[-1].lines += part.lines
        else:
            chunks.append(Chunk(region, list(part.lines)))

    def _furniture(self, part: Part) -> bool:
        """Sets aside what is no text of the plan; False for anything else."""
        if part.kind in FURNITURE:
            self._aside(part, FURNITURE[part.kind])
            return True
        if part.kind == "title":
            node = self._priority if self._priority is not None else self._ambition
            if node is not None and not node.title_lines:
                node.title_lines += part.lines
                self._decide(part, "title")
            else:
                self._aside(part, "repeat")
            return True
        return False

    @property
    def _owner(self) -> PriorityNode:
        if self._priority is None:
            self._priority = PriorityNode(None, None, None, "no heading of this level")
            self._home().priorities.append(self._priority)
        return self._priority

    def _home(self) -> AmbitionNode:
        if self._ambition is None:
            self._ambition = AmbitionNode(None, None, None, "no heading of this level")
            self.outline.ambitions.append(self._ambition)
        return self._ambition

    def _key(self, part: Part) -> Key:
        """`key_of` a heading, with the title that stands beside it where it has no number."""
        assert isinstance(part.data, Heading)
        return key_of(part.data) if part.data.path else (part.data.word or "", fold(part.title))

    def _level(self, part: Part) -> str:
        assert isinstance(part.data, Heading)
        return self.parts.role_of.get(part.data.word or "", "priority")

    def _open(self, part: Part, title_part: Part | None = None) -> None:
        """Opens the level that a heading names, or goes back to it where it is known."""
        heading = part.data
        assert isinstance(heading, Heading)
        part.title = GOES_ON.sub("", part.title)
        key, role = self._key(part), self._level(part)
        known = self._nodes.get(key)
        if known is not None and heading.word != LOOK and (not part.title or fold(part.title) == fold(known.title or "")):
            self._aside(part, "running_head")
            if title_part is not None:
                self._aside(title_part, "repeat")
            self._reopen(known)
            return
        title = self.join(part.lines) if heading.title else part.title
        if heading.title:
            title = part.title if part.title != heading.title and len(part.lines) == 1 else _after(title, heading)
        title = GOES_ON.sub("", title.strip(" :"))
        title = title if role == "engagement" else title.removesuffix(".")
        lines = [*(title_part.lines if title_part is not None else []), *part.lines]
        self._decide(part, role)
        self._new_level(role, heading, title or None, lines, part)
        self._nodes[key] = self._open_node()

    def _open_node(self) -> AmbitionNode | PriorityNode | EngagementNode:
        node = self._engagement or self._priority or self._ambition
        assert node is not None
        return node

    def _new_level(self, role: str, heading: Heading, title: str | None, lines: list[Line], part: Part) -> None:
        self._chunks = self._focus = None
        self._engagement = None
        if role == "engagement":
            self._engagement = EngagementNode(part.rule, title, lines, page=part.page)
            self._owner.engagements.append(self._engagement)
            self._chunks = self._engagement.chunks
        elif role == "priority":
            self._priority = PriorityNode(heading.number, heading.label, title, part.rule, lines, page=part.page)
            self._home().priorities.append(self._priority)
        else:
            self._priority = None
            self._ambition = AmbitionNode(heading.number, heading.label, title, part.rule, lines, page=part.page)
            self.outline.ambitions.append(self._ambition)
            self._chunks = self._ambition.introduction

    def _reopen(self, node: AmbitionNode | PriorityNode | EngagementNode) -> None:
        self._focus = None
        if isinstance(node, AmbitionNode) and node is not self._ambition:
            self._ambition, self._priority, self._engagement, self._chunks = node, None, None, node.introduction
        elif isinstance(node, PriorityNode) and node is not self._priority:
            self._priority, self._engagement, self._chunks = node, None, None
            self._ambition = next(a for a in self.outline.ambitions if any(p is node for p in a.priorities))
        elif isinstance(node, EngagementNode) and node is not self._engagement:
            self._engagement, self._chunks = node, node.chunks

    def _new_engagement(self, page: int, rule: str) -> EngagementNode:
        self._engagement = EngagementNode(rule, page=page)
        self._owner.engagements.append(self._engagement)
        return self._engagement

    def _new_block(self, label: Label | None, status: str, part: Part | None, page: int) -> BlockNode:
        block = BlockNode(
            _STATUS[status],
            None if label is None else label.text,
            None if label is None else label.period,
            "label" if label is not None else "what the text says",
            list(part.lines) if part is not None else [],
            page=page,
        )
        whole = label is not None and holds_for_all(label.text)
        owner = None if whole else self._engagement
        (owner or self._owner).blocks.append(block)
        if part is not None:
            self._decide(part, status)
        return block

    def _announced_only(self) -> None:
        """Warns of levels that the contents announce and no page opens."""
        for key, titles in self.parts.announced.items():
            if key not in self._nodes and self.parts.role_of.get(key[0]) in ("ambition", "priority"):
                message = f"annoncé au sommaire et introuvable : {key[0]} {key[1]} « {titles[:1]} »"
                self.outline.doubts.append(Doubt("announced_not_found", message, None))

    # -- where labels lead --------------------------------------------------------
    def _walk(self, part: Part) -> None:
        """One part of a dump whose labels stand above their texts."""
        if self._furniture(part):
            return
        if part.kind == "heading":
            self._open(part)
        elif part.kind == "label" and isinstance(part.data, Label):
            self._label(part, part.data)
        elif part.kind == "commitment":
            self._focus = None
            self._chunks = self._new_engagement(part.page, part.rule).chunks
            self._add(self._chunks, part, "engagement")
        elif self._focus is not None and not self._focus.title_lines and not self._focus.chunks:
            self._name_focus(self._focus, part)
        elif part.kind.startswith("told"):
            self._tell_box(part)
        elif self._chunks is not None:
            self._add(self._broken_off(part) or self._chunks, part, "text")
        elif self._priority is not None and self._engagement is None and not self._labelled:
            self._chunks = self._new_engagement(part.page, "text under a heading").chunks
            self._add(self._chunks, part, "engagement")
        elif self._ambition is None and self._priority is None:
            self._aside(part, "report")
        else:
            self._unclaimed(part)

    def _broken_off(self, part: Part) -> list[Chunk] | None:
        """The text of the open commitment that broke off at the end of the page before and goes on in this one."""
        if self._engagement is None or not part.text[:1].islower():
            return None
        own = [self._engagement.chunks, *(block.chunks for block in self._engagement.blocks)]
        open_ones = [chunks for chunks in own if chunks and chunks[-1].region.page < part.page and chunks[-1].lines]
        return next((c for c in reversed(open_ones) if breaks_off(Part(part.page, "text", c[-1].lines))), None)

    def _label(self, part: Part, label: Label) -> None:
        self._focus = None
        if label.role in _STATUS and (self._priority is not None or self._ambition is not None):
            self._chunks = self._new_block(label, label.role, part, part.page).chunks
        elif label.role == "engagement" and (self._priority is not None or self._ambition is not None):
            self._aside(part, "label")
            opened = self._engagement
            if opened is None or opened.chunks or not opened.title:
                opened = self._new_engagement(part.page, "label")
            self._chunks = opened.chunks
        elif label.role == "focus" and self._priority is not None:
            self._aside(part, "label")
            self._open_focus(part)
        else:
            self._aside(part, "table_of_contents" if label.role == "contents" else "label")

    def _open_focus(self, part: Part) -> FocusNode:
        self._focus = FocusNode(part.rule or "label", part.text if part.kind == "label" else None)
        self._owner.focus.append(self._focus)
        self._chunks = self._focus.chunks
        return self._focus

    def _name_focus(self, focus: FocusNode, part: Part) -> None:
        """The first text under a focus label: its title, its text, or one behind the other."""
        title, *rest = split_title(part)
        if not is_title(title):
            self._add(focus.chunks, part, "text")
            return
        focus.title_lines += title.lines
        self._decide(title, "focus title")
        for piece in rest:
            self._add(focus.chunks, piece, "focus")

    def _tell_box(self, part: Part) -> None:
        """A part of a box that tells one action without a label (`mark_told`)."""
        if part.kind == "told_label":
            self._aside(part, "label")
        elif part.kind == "told_title":
            self._open_focus(part).title_lines += part.lines
        elif self._focus is not None:
            self._add(self._focus.chunks, part, "focus")
        else:
            self._unclaimed(part)

    # -- where they do not --------------------------------------------------------
    def _page(self, parts: Sequence[Part]) -> None:
        """One page of a dump whose labels and headings stand anywhere; one with several sections is walked instead."""
        lowest = {self._key(p) for p in parts if p.kind == "heading" and self._level(p) != "ambition"}
        if len(lowest) > 1 or sum(p.kind in ("text", "label") for p in parts) > MANY:
            for part in self._order.read(parts):
                self._walk(part)
            return
        rest: list[Part] = []
        heads = [p for p in parts if p.kind == "heading"]
        titles = [p for p in parts if p.kind == "title"]
        for head in heads:
            self._open(head, titles.pop(0) if titles and not _has_own_title(head) else None)
        for part in [*titles, *(p for p in parts if p.kind not in ("heading", "title"))]:
            if not self._furniture(part):
                rest.append(part)
        if self._priority is None:
            self._opening_page(rest)
            return
        rest = self._without_repeats(rest)
        texts, told = focus_parts(rest)
        if told:
            self._tell(told)
        if any(p.kind == "text" for p in texts):
            self._blocks(texts)
        else:
            for part in texts:
                self._aside(part, "label")

    def _opening_page(self, parts: Sequence[Part]) -> None:
        """Text before the first priority: the ambition's introduction, or prose around the plan."""
        for part in parts:
            if part.kind != "text":
                self._aside(part, "label")
            elif self._ambition is None:
                self._aside(part, "report")
            else:
                self._add(self._ambition.introduction, part, "introduction")

    def _without_repeats(self, parts: Sequence[Part]) -> list[Part]:
        """Without a text that the page has twice, and one label of a commitment with it."""
        out: list[Part] = []
        seen: set[str] = set()
        for part in parts:
            text = fold(part.text)
            if part.kind == "text" and len(text) >= 40 and text in seen:
                self._aside(part, "repeat")
                k = next((k for k, p in enumerate(out) if role_of(p) == "engagement"), None)
                if k is not None and sum(role_of(p) == "engagement" for p in parts) > 1:
                    self._aside(out.pop(k), "repeat")
                continue
            seen.add(text)
            out.append(part)
        return out

    def _blocks(self, parts: Sequence[Part]) -> None:
        """The page's commitments and blocks, by `stream_roles.assign`."""
        opened = self._engagement
        before = None
        if opened is not None:
            text = " ".join(line.text for chunk in opened.chunks for line in chunk.lines)
            statuses = {role for role, status in _STATUS.items() if any(b.status == status for b in opened.blocks)}
            before = Before(text, frozenset(statuses))
        found = assign(parts, before, self.last_year, self._weights)
        page = parts[0].page
        for unit in found.carried:
            for part in unit.parts:
                self._add(opened.chunks if opened is not None else [], part, "engagement")
        owners: dict[int, EngagementNode | None] = {-1: opened}
        for k, units in enumerate(found.engagements):
            owners[k] = self._new_engagement(page, "what the text says, and the page's labels")
            for part in (p for unit in units for p in unit.parts):
                self._add(self._new_chunks(owners[k]), part, "engagement")
        last = self._engagement
        taken: set[int] = set()
        for status, at, units, owner in found.blocks:
            self._engagement = owners.get(owner)
            label = parts[at].data if at is not None else None
            block = self._new_block(
                label if isinstance(label, Label) else None, status, parts[at] if at is not None else None, page
            )
            taken |= {at} if at is not None else set()
            for part in (p for unit in units for p in unit.parts):
                self._add(block.chunks, part, status)
        self._engagement = last
        for i, part in enumerate(parts):
            if part.kind == "label" and i not in taken:
                self._aside(part, "label")

    def _new_chunks(self, node: EngagementNode | None) -> list[Chunk]:
        assert node is not None
        return node.chunks

    def _tell(self, parts: Sequence[Part]) -> None:
        """The focus boxes of a page: its titles, and the texts that speak of what each title says."""
        pieces = [piece for part in parts for piece in split_title(part)]
        titles: list[Part] = []
        texts: list[Part] = []
        for i, part in enumerate(pieces):
            after = next((p for p in pieces[i + 1 :] if p.kind == "text"), None)
            if part.kind == "label":
                self._aside(part, "label")
            elif is_caption(part, i, pieces):
                self._aside(part, "caption")
            elif is_title(part) and not (after is not None and after.gap and carries_on(after)):
                titles.append(part)
            else:
                texts.append(part)
        nodes = [FocusNode("page that tells one action") for _ in titles or texts[:1]]
        for node, title in zip(nodes, titles, strict=False):
            node.title_lines += title.lines
            self._decide(title, "focus title")
        self._owner.focus += nodes
        last = 0
        for part in texts:
            last = self._told_by(part, titles, last)
            self._add(nodes[last].chunks, part, "focus")

    def _told_by(self, part: Part, titles: Sequence[Part], last: int) -> int:
        """The title that a text speaks of; where none stands out, the one of the text before."""
        if len(titles) < 2:
            return 0
        scores = [likeness(part.text, title.text, self._weights) for title in titles]
        best = max(range(len(titles)), key=lambda k: scores[k])
        return best if scores[best] > scores[last] + 0.15 and not carries_on(part) else last


def _has_own_title(part: Part) -> bool:
    return isinstance(part.data, Heading) and bool(part.data.title)


def _after(text: str, heading: Heading) -> str:
    """What a joined heading says behind its label: "Axe 2 : Se loger" without "Axe 2 :"."""
    at = text.find(heading.title.split()[0], len(heading.label)) if heading.title.split() else -1
    return text[at:] if at >= 0 else heading.title


__all__ = ["nest_stream"]
