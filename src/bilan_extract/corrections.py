"""What a person decides about a plan, and the stable ids by which a decision (or a table's row) names its place.

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

import math
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bilan_extract.errors import BilanError, InputError, InputNotFoundError
from bilan_extract.patterns import lazy
from bilan_extract.plan import (
    Ambition,
    AppliedCorrection,
    Block,
    Date,
    Engagement,
    Figure,
    Focus,
    Item,
    Plan,
    PlanWarning,
    Priority,
    Region,
    Status,
)
from bilan_extract.progress import count_progress

Kind = Literal["ambition", "priority", "engagement", "block", "item", "focus", "figure", "date"]
Node = Ambition | Priority | Engagement | Block | Item | Focus | Figure | Date
Owner = Engagement | Item | Focus
Quantity = TypeVar("Quantity", Figure, Date)
Field_ = Literal["status", "engagement", "text", "value"]
RefusalReason = Literal["other_document", "not_found", "source_changed", "conflict", "not_possible"]

# "1.2 bis" -> "1.2_bis": an id is a path, so a part of it holds neither slashes nor spaces
UNSAFE_IN_ID = lazy(r"[^\w.~-]")
#: A text found at one other place only is taken for the same statement from this many words on.
WORDS_THAT_IDENTIFY = 5
#: Which kinds of place each field can be corrected at.
KINDS_OF_FIELD: dict[Field_, frozenset[Kind]] = {
    "status": frozenset({"item", "block"}),
    "engagement": frozenset({"item"}),
    "text": frozenset({"item", "engagement", "focus"}),
    "value": frozenset({"figure"}),
}


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


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Correction(_Model):
    """One decision of a person about one place of one document."""

    target: Annotated[str, Field(description="stable id of the statement, block, engagement, focus or figure")]
    sha256: Annotated[str, Field(description="SHA-256 of the source document")]
    field: Annotated[
        Field_,
        Field(
            description="status: of a statement or block; engagement: of a statement; "
            "text: of a statement, engagement or focus; value: of a figure"
        ),
    ]
    source_text: Annotated[
        str,
        Field(
            description="the text the decision was made on: that of the statement, engagement or focus; "
            "for a figure its owner's; for a block its label, then its statements, one a line"
        ),
    ]
    value: Annotated[
        str | float,
        Field(description='"réalisé" or "à venir"; id of the engagement ("1.3"); the text; the number'),
    ]
    note: Annotated[str | None, Field(description="why, in the person's words")] = None

    @model_validator(mode="after")
    def _value_fits_field(self) -> Correction:
        if self.field == "value":
            if isinstance(self.value, str) or not math.isfinite(self.value):
                raise ValueError("une valeur corrigée est un nombre")
        elif not isinstance(self.value, str) or not self.value.strip():
            raise ValueError(f"le champ « {self.field} » attend un texte non vide")
        elif self.field == "status" and self.value not in ("réalisé", "à venir"):
            raise ValueError("un statut est « réalisé » ou « à venir »")
        return self


class Corrections(_Model):
    """A corrections file: what the report saves and `bilan-extract correct` applies."""

    schema_version: Literal["1.0"] = "1.0"
    corrections: list[Correction] = []

    def to_json(self) -> str:
        """The corrections as JSON text, one newline at the end."""
        return self.model_dump_json(indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A correction that was not applied, and why.

    Attributes:
        correction: the correction as given.
        reason: a stable name for tools.
        message: a French sentence for the person.
    """

    correction: Correction
    reason: RefusalReason
    message: str


class CorrectionRefusedError(BilanError):
    """Some corrections do not fit the plan any more.

    Attributes:
        refusals: each correction that was refused, with its reason.
        plan: the plan with all the other corrections applied.
    """

    code = "correction_refused"
    exit_code = 3

    def __init__(self, refusals: list[Refusal], plan: Plan) -> None:
        count = len(refusals)
        head = "1 correction refusée" if count == 1 else f"{count} corrections refusées"
        super().__init__(f"{head} : " + " ".join(r.message for r in refusals))
        self.refusals = refusals
        self.plan = plan


def load_corrections(path: str | os.PathLike[str]) -> Corrections:
    """The corrections file at ``path``.

    Raises:
        InputNotFoundError: there is no such file.
        InputError: it is not a corrections file.
    """
    try:
        data = Path(path).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InputNotFoundError(f"Fichier de corrections introuvable : {path}") from error
    except OSError as error:
        raise InputError(f"Fichier de corrections illisible : {path} ({error.strerror})") from error
    try:
        return Corrections.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "le fichier"
        raise InputError(f"{path} n'est pas un fichier de corrections : {where} : {first['msg']}") from error


def corrections_of(plan: Plan) -> Corrections:
    """The decisions kept in ``plan``, as a file that can be applied to a new conversion of the same document."""
    sha256 = plan.document.source.sha256
    kept = [
        Correction(
            target=done.target, sha256=sha256, field=done.field, source_text=done.source_text,
            value=done.after, note=done.note,
        )
        for done in plan.corrections
    ]
    return Corrections(corrections=kept)


def apply_corrections(
    plan: Plan,
    corrections: Corrections | Iterable[Correction],
    *,
    judge: Callable[[Plan], Plan] | None = None,
) -> Plan:
    """A copy of ``plan`` with the corrections applied and each kept in ``Plan.corrections``.

    All targets are looked up in the plan as given, so the order of the corrections does not matter. One that
    the plan already records is passed over, so applying a file twice is applying it once. A target whose id
    has moved is found again by its text where that stands in one place only.

    Args:
        plan: the plan as converted, or as corrected before.
        corrections: a corrections file, or its entries.
        judge: run on the result to judge progress anew; without it, the progress of an engagement whose
            statements moved becomes null and the plan's counts follow.

    Returns:
        A new plan; ``plan`` itself is not changed.

    Raises:
        CorrectionRefusedError: one or more do not fit (another document, a changed text, an unknown target, two
            that contradict each other); its ``plan`` has all the others applied.
    """
    entries = corrections.corrections if isinstance(corrections, Corrections) else list(corrections)
    work = _Work(plan.model_copy(deep=True))
    work.resolve(entries)
    result = work.apply()
    if judge is not None:
        result = judge(result)
    if work.refusals:
        raise CorrectionRefusedError(work.refusals, result)
    return result


@dataclass(slots=True)
class _Move:
    """Where an item goes: the owner of its new block and the status it has there."""

    place: Place
    owner: Place
    status: Status


@dataclass(slots=True)
class _Work:
    """One run over one plan: what was found, what was refused, what moves."""

    plan: Plan
    refusals: list[Refusal] = field(default_factory=list)
    accepted: list[tuple[Correction, Place]] = field(default_factory=list)
    moves: dict[str, _Move] = field(default_factory=dict)
    by_id: dict[str, Place] = field(default_factory=dict)
    done: set[tuple[Field_, str, str | float]] = field(default_factory=set)

    def resolve(self, entries: list[Correction]) -> None:
        """Find the place of each entry; what cannot be found or contradicts another is refused."""
        self.by_id = {place.id: place for place in places(self.plan)}
        self.done = {(c.field, c.source_text, c.after) for c in self.plan.corrections}
        exactly = {(c.target, c.field, c.source_text, c.after) for c in self.plan.corrections}
        values: dict[tuple[str, str], str | float] = {}
        for entry in entries:
            if (entry.target, *self._decision(entry)) in exactly:
                continue
            place = self._find(entry)
            if place is None:
                continue
            key = (place.id, entry.field)
            if key in values:
                if values[key] != entry.value:
                    self._refuse(entry, "conflict", "une autre correction du même endroit dit le contraire")
                continue
            values[key] = entry.value
            self.accepted.append((entry, place))

    def _decision(self, entry: Correction) -> tuple[Field_, str, str | float]:
        """What a plan records of ``entry``, but for the place: an engagement by its whole id."""
        value = entry.value
        if entry.field == "engagement" and value not in self.by_id:
            value = f"{document_id(self.plan)}/{value}"
        return entry.field, entry.source_text, value

    def _refuse(self, entry: Correction, reason: RefusalReason, why: str) -> None:
        self.refusals.append(Refusal(entry, reason, f"{entry.target} ({entry.field}) : {why}."))

    def _find(self, entry: Correction) -> Place | None:
        if entry.sha256 != self.plan.document.source.sha256:
            self._refuse(entry, "other_document", "cette correction porte sur un autre document")
            return None
        place = self.by_id.get(entry.target)
        if place is not None and place.kind not in KINDS_OF_FIELD[entry.field]:
            self._refuse(entry, "not_possible", "ce champ ne se corrige pas à cet endroit")
            return None
        if place is not None and place.source_text == entry.source_text:
            return place
        again = self._find_by_text(entry)
        if again is None and self._decision(entry) in self.done:
            return None  # applied before, at the place where the text was then
        if again is None and place is not None:
            self._refuse(entry, "source_changed", "le texte d'origine a changé depuis la correction")
        elif again is None:
            self._refuse(entry, "not_found", "cet endroit n'existe pas dans le plan")
        return again

    def _find_by_text(self, entry: Correction) -> Place | None:
        """The one other place with exactly the same text, or None. A figure keeps its span in that text."""
        if len(entry.source_text.split()) < WORDS_THAT_IDENTIFY:
            return None
        tail = entry.target.rpartition("/")[2]
        found = [
            place
            for place in self.by_id.values()
            if place.kind in KINDS_OF_FIELD[entry.field]
            and place.source_text == entry.source_text
            and (place.kind != "figure" or place.id.endswith(f"/{tail}"))
        ]
        return found[0] if len(found) == 1 else None

    def apply(self) -> Plan:
        """Change the plan; moves come last so that each statement moves once, whatever was decided about it."""
        for entry, place in self.accepted:
            before = self._change(entry, place)
            if before is None:
                continue
            after = self._decision(entry)[2]
            if before == after and self._decision(entry) in self.done:
                continue
            self.plan.corrections.append(
                AppliedCorrection(
                    target=place.id, field=entry.field, source_text=entry.source_text, before=before, after=after,
                    note=entry.note,
                )
            )
        for move in self.moves.values():
            _move(move)
        self._progress()
        return self.plan

    def _change(self, entry: Correction, place: Place) -> str | float | None:
        """Apply one entry (a move is only noted); returns what was there before, or None where it is refused."""
        node = place.node
        if isinstance(node, Figure) and not isinstance(entry.value, str):
            return self._set_value(entry, node, entry.value)
        if entry.field == "text" and isinstance(node, Item | Engagement | Focus):
            return self._set_text(node, str(entry.value))
        if isinstance(node, Block):
            before = node.status
            node.status = _status(entry.value)
            return before
        return self._note_move(entry, place)

    def _set_value(self, entry: Correction, figure: Figure, value: float) -> float | None:
        if figure.value_max is not None and value > figure.value_max:
            self._refuse(entry, "not_possible", "la valeur dépasse la borne haute du chiffre")
            return None
        before = figure.value
        figure.value = value
        return before

    def _set_text(self, node: Owner, text: str) -> str:
        before = node.text
        node.text = unicodedata.normalize("NFC", text)
        figures, lost_figures = _anchor(node.figures, node.text)
        dates, lost_dates = _anchor(node.dates, node.text)
        node.figures, node.dates = figures, dates
        dropped: list[Figure | Date] = [*lost_figures, *lost_dates]
        for lost in dropped:
            self.plan.warnings.append(
                PlanWarning(
                    code="lost_by_correction",
                    message=f"« {lost.text} » n'est plus dans le texte corrigé ; ce chiffre ou cette date est retiré.",
                    page=_first_page(node.regions),
                )
            )
        return before

    def _note_move(self, entry: Correction, place: Place) -> str | None:
        block = place.above("block")
        if block is None or block.parent is None or not isinstance(block.node, Block):
            self._refuse(entry, "not_possible", "ce champ ne se corrige pas à cet endroit")
            return None
        move = self.moves.get(place.id) or _Move(place, block.parent, block.node.status)
        if entry.field == "status":
            move.status = _status(entry.value)
            self.moves[place.id] = move
            return block.node.status
        owner = self.by_id.get(str(self._decision(entry)[2]))
        if owner is None or owner.kind not in ("engagement", "priority"):
            self._refuse(entry, "not_possible", f"l'engagement « {entry.value} » n'existe pas dans le plan")
            return None
        move.owner = owner
        self.moves[place.id] = move
        return block.parent.id

    def _progress(self) -> None:
        """Judgements that a move has outdated become null, and the counts follow."""
        touched = [owner for move in self.moves.values() for owner in (move.owner, move.place.above("engagement"))]
        touched += [place.above("engagement") for entry, place in self.accepted if place.kind == "block"]
        for place in touched:
            if place is not None and isinstance(place.node, Engagement):
                place.node.progress, place.node.progress_from = None, []
        if touched and self.plan.progress is not None:
            self.plan.progress = count_progress(self.plan)


def _status(value: str | float) -> Status:
    return "réalisé" if value == "réalisé" else "à venir"


def _first_page(regions: list[Region]) -> int | None:
    return regions[0].page if regions else None


def _anchor(quantities: list[Quantity], text: str) -> tuple[list[Quantity], list[Quantity]]:
    """``quantities`` with their spans in the new ``text``, and those whose words it no longer holds."""
    kept: list[Quantity] = []
    lost: list[Quantity] = []
    cursor = 0
    for quantity in quantities:
        start = text.find(quantity.text, cursor)
        start = start if start >= 0 else text.find(quantity.text)
        span = (start, start + len(quantity.text))
        if start < 0 or any(other.span == span for other in kept):
            lost.append(quantity)
            continue
        kept.append(quantity.model_copy(update={"span": span}))
        cursor = max(cursor, span[1])
    return sorted(kept, key=lambda quantity: quantity.span), lost


def _move(move: _Move) -> None:
    """Take the item out of its block and put it at the end of the right one of its owner, made where there is none."""
    item, old = move.place.node, move.place.parent.node if move.place.parent else None
    owner = move.owner.node
    if not (isinstance(item, Item) and isinstance(old, Block) and isinstance(owner, Engagement | Priority)):
        raise TypeError("only statements move")  # _note_move lets nothing else through
    if old.status == move.status and any(block is old for block in owner.blocks):
        return
    old.items = [other for other in old.items if other is not item]
    home = _home(owner.blocks, move.status, old)
    if home is None:
        same = old.status == move.status
        home = Block(
            status=move.status, label=old.label if same else None, period=old.period if same else None,
            regions=list(item.regions),
        )
        owner.blocks = [*owner.blocks, home]
    home.items = [*home.items, item]


def _home(blocks: list[Block], status: Status, old: Block) -> Block | None:
    """The block that a moved item joins: of the wanted status, of the same label or period where there is a choice."""
    fitting = [block for block in blocks if block.status == status and block is not old]
    fitting.sort(key=lambda block: (block.label != old.label, block.period != old.period))
    return fitting[0] if fitting else None
