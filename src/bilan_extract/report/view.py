"""What the parts of the report share: every element with its short id, its neighbours, its years and its places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from bilan_extract.places import Place, document_id, places
from bilan_extract.plan import (
    Ambition,
    Bbox,
    Block,
    Date,
    Engagement,
    Figure,
    Focus,
    Item,
    Period,
    Plan,
    Priority,
    Region,
)
from bilan_extract.report import words
from bilan_extract.report.markup import Html, hidden, tag

A4 = (595.0, 842.0)
#: A span of more years than this ("de 1905 à 2040") is taken for its two ends.
LONGEST_SPAN = 15
ROLES = {
    "ambition": "Niveau supérieur",
    "priority": "Niveau intermédiaire",
    "engagement": "Engagement",
    "done": "Encadré «\u00a0réalisé\u00a0»",
    "next": "Encadré «\u00a0à venir\u00a0»",
    "focus": "Focus",
    "claim": "Avancement annoncé",
    "aside": "Hors du plan",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One rectangle over a page.

    Attributes:
        target: short id of the element that it leads to.
        role: a key of `ROLES`.
        inner: True for a statement, which stands in the frame of its block.
        bbox: in points from the page's top left.
        label: what it is, for a screen reader.
    """

    target: str
    role: str
    inner: bool
    bbox: Bbox | None
    label: str


@dataclass(slots=True)
class View:
    """One plan, looked up.

    Attributes:
        plan: the plan.
        root: the document's id, which every place's id begins with.
        places: every place of the plan, in the document's order.
        by_node: places by the identity of their element.
        frames: by page number, what is drawn over the page, what lies above last.
    """

    plan: Plan
    root: str = ""
    places: list[Place] = field(default_factory=list)
    by_node: dict[int, Place] = field(default_factory=dict)
    frames: dict[int, list[Frame]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = document_id(self.plan)
        self.places = list(places(self.plan))
        self.by_node = {id(place.node): place for place in self.places}
        self._frame_asides()
        self._frame_places()

    def id_of(self, node: object) -> str:
        """The short id of an element: its stable id without the document's."""
        return self.short(self.by_node[id(node)])

    def short(self, place: Place) -> str:
        """The short id of a place."""
        return place.id.removeprefix(f"{self.root}/")

    def of_kind(self, kind: str) -> list[Place]:
        """The places of one kind, in the document's order."""
        return [place for place in self.places if place.kind == kind]

    def status_of(self, place: Place) -> str | None:
        """The status of the block that a place stands in."""
        block = place.above("block")
        return block.node.status if block is not None and isinstance(block.node, Block) else None

    def is_corrected(self, place: Place) -> bool:
        """Whether a person decided something about this text."""
        decided = {one.source_text if one.field != "text" else one.after for one in self.plan.corrections}
        return place.source_text in decided

    def pages(self) -> int:
        """How many pages the document has: as counted, or more where something stands on a later one."""
        return max([self.plan.document.source.pages, *self.frames])

    def _frame(self, target: str, role: str, regions: Sequence[Region], label: str, *, inner: bool = False) -> None:
        for region in regions:
            self.frames.setdefault(region.page, []).append(Frame(target, role, inner, region.bbox, label))

    def _frame_asides(self) -> None:
        for rank, aside in enumerate(self.plan.set_aside, 1):
            label = f"Hors du plan, {words.REASON[aside.reason][0].lower()}\u00a0: {words.short(aside.text)}"
            self._frame(f"x{rank}", "aside", [Region(page=aside.page, bbox=aside.bbox)], label)
        for rank, claim in enumerate(self.plan.reported_progress, 1):
            self._frame(f"c{rank}", "claim", claim.regions, f"Avancement annoncé\u00a0: {words.short(claim.text)}")

    def _frame_places(self) -> None:
        for above in (True, False):  # statements lie over the frame that holds them
            for place in self.places:
                node = place.node
                if isinstance(node, Figure | Date) or isinstance(node, Item) == above:
                    continue
                role = self.status_of(place) or place.kind
                role = words.TONE.get(role, role)
                label = f"{ROLES[role]}\u00a0: {words.short(place.source_text)}"
                self._frame(self.short(place), role, node.regions, label, inner=isinstance(node, Item))


def regions_of(place: Place | None) -> list[Region]:
    """Where a place stands on the pages; a figure or date where its owner does."""
    while place is not None and isinstance(place.node, Figure | Date):
        place = place.parent
    return [] if place is None or isinstance(place.node, Figure | Date) else place.node.regions


def years(place: Place) -> list[int]:
    """The years that a place speaks of: of its dates, of its block's period."""
    node = place.node
    spans: list[Period | Date] = []
    if isinstance(node, Item | Engagement | Focus):
        spans += node.dates
    block = place.above("block")
    if block is not None and isinstance(block.node, Block) and block.node.period is not None:
        spans.append(block.node.period)
    return sorted({year for span in spans for year in _years(span.start, span.end)})


def _years(start: dt.date | None, end: dt.date | None) -> list[int]:
    known = [value.year for value in (start, end) if value is not None]
    if len(known) == 2 and 0 <= known[1] - known[0] <= LONGEST_SPAN:
        return list(range(known[0], known[1] + 1))
    return known


def place_button(target: str, regions: Sequence[Region], what: str) -> Html:
    """The button that shows an element on its page; a remark where it has no place."""
    if not regions:
        return tag("span", "sans emplacement", class_="nowhere")
    numbers = sorted({region.page for region in regions})
    text = f"p.\u00a0{numbers[0]}" + (f" à {numbers[-1]}" if len(numbers) > 1 else "")
    return tag(
        "button",
        text,
        hidden(f"\u00a0: montrer «\u00a0{words.short(what, 50)}\u00a0» sur la page"),
        type="button",
        class_="place",
        data_for=target,
        data_page=numbers[0],
    )


def page_button(page: int | None) -> Html:
    """The button that shows a page."""
    if page is None:
        return tag("span", "sans page", class_="nowhere")
    return tag(
        "button", f"p.\u00a0{page}", hidden("\u00a0: montrer cette page"), type="button", class_="place", data_page=page
    )


def levels(node: Ambition | Priority) -> bool:
    """Whether a level has a name of its own, and so a heading."""
    return bool(node.label or node.title)
