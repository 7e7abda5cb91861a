"""The stable ids by which a decision, a table's row or a link names its place in a plan.

Ids come from the document and the structure alone, so the same document converted again has the same ones:

========== ============================= =========================================================================
kind       example                       made of
========== ============================= =========================================================================
document   ``3fa91c0b77de``              the first 12 signs of the source's SHA-256 (its number where there is none)
ambition   ``3fa91c0b77de/a1``           rank in the document, from 1
priority   ``3fa91c0b77de/a1/p2``        rank in the ambition
engagement ``3fa91c0b77de/1.2``          ``Engagement.id``; where a document repeats one: ``1.2~2``
block      ``3fa91c0b77de/1.2/b1``       rank among the blocks of the engagement (or of the priority)
item       ``3fa91c0b77de/1.2/b1/i3``    rank in the block
focus      ``3fa91c0b77de/a1/p2/focus1`` rank in the priority
figure     ``…/1.2/b1/i3/fig4-17``       the owner's id and the span in its text
date       ``…/1.2/b1/i3/date20-29``     the owner's id and the span in its text
========== ============================= =========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bilan_extract.patterns import lazy
from bilan_extract.plan import Ambition, Block, Date, Engagement, Figure, Focus, Item, Plan, Priority

Kind = Literal["ambition", "priority", "engagement", "block", "item", "focus", "figure", "date"]
Node = Ambition | Priority | Engagement | Block | Item | Focus | Figure | Date
Owner = Engagement | Item | Focus

# "1.2 bis" -> "1.2_bis": an id is a path, so a part of it holds neither slashes nor spaces
UNSAFE_IN_ID = lazy(r"[^\w.~-]")


@dataclass(frozen=True, slots=True)
class Place:
    """One element of a plan with its stable id.

    Attributes:
        id: see the module's table.
        kind: what the element is.
        node: the element itself (the plan's own object, not a copy).
        parent: the place it stands in, None for an ambition.
        rank: from 1, among its siblings of the same kind.
    """

    id: str
    kind: Kind
    node: Node
    parent: Place | None
    rank: int

    @property
    def source_text(self) -> str:
        """The words that a correction of this place is made on; of a figure or date those of its owner."""
        node = self.node
        if isinstance(node, Figure | Date):
            return self.parent.source_text if self.parent else node.text
        if isinstance(node, Block):
            return "\n".join([node.label or "", *(item.text for item in node.items)])
        if isinstance(node, Ambition | Priority):
            return node.title or ""
        return node.text

    def above(self, kind: Kind) -> Place | None:
        """The nearest place of ``kind`` that this one stands in, itself included."""
        place: Place | None = self
        while place is not None and place.kind != kind:
            place = place.parent
        return place


def document_id(plan: Plan) -> str:
    """The document's id: the first 12 signs of its SHA-256, its number where the source has none."""
    source = plan.document.source.sha256[:12]
    return source or UNSAFE_IN_ID.sub("_", plan.document.number or "document")


def places(plan: Plan) -> Iterator[Place]:
    """Every element of ``plan`` with its id, in the document's order, each after the one it stands in."""
    root = document_id(plan)
    taken = {f"{root}/a{a}" for a in range(1, len(plan.ambitions) + 1)}
    for a, ambition in enumerate(plan.ambitions, 1):
        above = Place(f"{root}/a{a}", "ambition", ambition, None, a)
        yield above
        for p, priority in enumerate(ambition.priorities, 1):
            yield from _in_priority(Place(f"{above.id}/p{p}", "priority", priority, above, p), priority, root, taken)


def _in_priority(place: Place, priority: Priority, root: str, taken: set[str]) -> Iterator[Place]:
    yield place
    for rank, engagement in enumerate(priority.engagements, 1):
        wanted = f"{root}/{UNSAFE_IN_ID.sub('_', engagement.id) or 'engagement'}"
        own = Place(_free(wanted, taken), "engagement", engagement, place, rank)
        yield own
        yield from _quantities(own, engagement)
        yield from _in_blocks(own, engagement.blocks)
    yield from _in_blocks(place, priority.blocks)
    for rank, focus in enumerate(priority.focus, 1):
        box = Place(f"{place.id}/focus{rank}", "focus", focus, place, rank)
        yield box
        yield from _quantities(box, focus)


def _free(wanted: str, taken: set[str]) -> str:
    """``wanted``, or with "~2", "~3" … where it is taken already."""
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}~{count}"
    taken.add(name)
    return name


def _in_blocks(owner: Place, blocks: list[Block]) -> Iterator[Place]:
    for b, block in enumerate(blocks, 1):
        place = Place(f"{owner.id}/b{b}", "block", block, owner, b)
        yield place
        for i, item in enumerate(block.items, 1):
            own = Place(f"{place.id}/i{i}", "item", item, place, i)
            yield own
            yield from _quantities(own, item)


def _quantities(owner: Place, node: Owner) -> Iterator[Place]:
    taken: set[str] = set()
    for rank, figure in enumerate(node.figures, 1):
        name = _free(f"{owner.id}/fig{figure.span[0]}-{figure.span[1]}", taken)
        yield Place(name, "figure", figure, owner, rank)
    for rank, date in enumerate(node.dates, 1):
        name = _free(f"{owner.id}/date{date.span[0]}-{date.span[1]}", taken)
        yield Place(name, "date", date, owner, rank)
