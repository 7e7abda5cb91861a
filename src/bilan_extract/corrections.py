"""What a person decides about a plan: a file of corrections, applied to the right places or refused."""

from __future__ import annotations

import json
import math
import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bilan_extract.errors import BilanError, InputError, InputNotFoundError
from bilan_extract.places import Kind, Owner, Place, document_id, places
from bilan_extract.plan import (
    AppliedCorrection,
    Block,
    CorrectedField,
    Date,
    Engagement,
    Figure,
    Focus,
    Item,
    NewDate,
    NewFigure,
    Plan,
    PlanWarning,
    Priority,
    Region,
    Status,
)
from bilan_extract.progress import count_progress
from bilan_extract.quantities import anchored, made, read_edtf, span_of

Value = str | float | NewFigure | NewDate
Decision = tuple[CorrectedField, str, Value]  # field, source text, and the value as a correction gives it
RefusalReason = Literal["other_document", "not_found", "source_changed", "conflict", "not_possible"]

#: A text found at one other place only is taken for the same statement from this many words on.
WORDS_THAT_IDENTIFY = 5
#: Which kinds of place each field can be corrected at.
KINDS_OF_FIELD: dict[CorrectedField, frozenset[Kind]] = {
    "status": frozenset({"item", "block"}),
    "engagement": frozenset({"item"}),
    "text": frozenset({"item", "engagement", "focus"}),
    "value": frozenset({"figure"}),
    "date": frozenset({"date"}),
    "delete": frozenset({"figure", "date"}),
    "add": frozenset({"item", "engagement", "focus"}),
}
#: What is changed first: a figure before the text that it stands in, and that before what is found in the new text;
#: statements move last, so that each moves once, whatever was decided about it.
_PHASE: dict[CorrectedField, int] = {"value": 1, "date": 1, "delete": 2, "text": 3, "add": 4, "engagement": 5, "status": 5}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Correction(_Model):
    """One decision of a person about one place of one document."""

    target: Annotated[str, Field(description="stable id of the statement, block, engagement, focus, figure or date")]
    sha256: Annotated[str, Field(description="SHA-256 of the source document")]
    field: Annotated[
        CorrectedField,
        Field(
            description="status: of a statement or block; engagement: of a statement; text: of a statement, engagement "
            "or focus; value: of a figure; date: of a date; delete: a figure or date; add: one to a statement, "
            "engagement or focus"
        ),
    ]
    source_text: Annotated[
        str,
        Field(
            description="the text the decision was made on: that of the statement, engagement or focus; "
            "for a figure or date its owner's; for a block its label, then its statements, one a line"
        ),
    ]
    value: Annotated[
        Value,
        Field(
            description='"réalisé" or "à venir"; id of the engagement ("1.3"); the text; the number; the date in EDTF; '
            "of delete the words of the figure or date; of add the figure or date"
        ),
    ]
    note: Annotated[str | None, Field(description="why, in the person's words")] = None
    step: Annotated[int, Field(ge=1, description="decided on the plan as the steps before this one left it")] = 1

    @model_validator(mode="after")
    def _value_fits_field(self) -> Correction:
        if self.field == "value":
            if not isinstance(self.value, float) or not math.isfinite(self.value):
                raise ValueError("une valeur corrigée est un nombre")
        elif self.field == "add":
            if not isinstance(self.value, NewFigure | NewDate):
                raise ValueError("le champ « add » attend un chiffre ou une date")
            if isinstance(self.value, NewDate):
                read_edtf(self.value.date)
        elif not isinstance(self.value, str) or not self.value.strip():
            raise ValueError(f"le champ « {self.field} » attend un texte non vide")
        elif self.field == "status" and self.value not in ("réalisé", "à venir"):
            raise ValueError("un statut est « réalisé » ou « à venir »")
        elif self.field == "date":
            read_edtf(self.value)
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
    """The corrections in the file at ``path``: a corrections file, or a corrected plan.

    Raises:
        InputNotFoundError: there is no such file.
        InputError: it is neither.
    """
    try:
        data = Path(path).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InputNotFoundError(f"Fichier de corrections introuvable : {path}") from error
    except OSError as error:
        raise InputError(f"Fichier de corrections illisible : {path} ({error.strerror})") from error
    try:
        if _is_plan(data):
            return corrections_of(Plan.model_validate_json(data))
        return Corrections.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "le fichier"
        raise InputError(f"{path} n'est pas un fichier de corrections : {where} : {first['msg']}") from error


def _is_plan(data: bytes) -> bool:
    try:
        found = json.loads(data)
    except ValueError:
        return False
    return isinstance(found, dict) and "ambitions" in found


def corrections_of(plan: Plan) -> Corrections:
    """The decisions kept in ``plan``, as a file that can be applied to a new conversion of the same document."""
    sha256 = plan.document.source.sha256
    kept = [
        Correction(
            target=done.target, sha256=sha256, field=done.field, source_text=done.source_text,
            value=done.before if done.field == "delete" else done.after, note=done.note, step=done.step,
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

    All targets of one step are looked up in the plan as the steps before left it, so the order of the corrections does
    not matter. One that the plan already records is passed over, so applying a file twice is applying it once. A
    target whose id has moved is found again by its text where that stands in one place only.

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
    result, refusals = plan.model_copy(deep=True), []
    for step in sorted({entry.step for entry in entries}):
        work = _Work(result)
        work.resolve([entry for entry in entries if entry.step == step])
        result = work.apply()
        refusals += work.refusals
    if judge is not None:
        result = judge(result)
    if refusals:
        raise CorrectionRefusedError(refusals, result)
    return result


@dataclass(slots=True)
class _Move:
    """Where an item goes: the owner of its new block and the status it has there."""

    place: Place
    owner: Place
    status: Status


@dataclass(slots=True)
class _Work:
    """One step over one plan: what was found, what was refused, what moves."""

    plan: Plan
    refusals: list[Refusal] = field(default_factory=list)
    accepted: list[tuple[Correction, Place]] = field(default_factory=list)
    moves: dict[str, _Move] = field(default_factory=dict)
    by_id: dict[str, Place] = field(default_factory=dict)
    done: set[Decision] = field(default_factory=set)
    decided: set[int] = field(default_factory=set)  # figures and dates that were given a value, by `id`

    def resolve(self, entries: list[Correction]) -> None:
        """Find the place of each entry; what cannot be found or contradicts another is refused."""
        self.by_id = {place.id: place for place in places(self.plan)}
        self.done = {_recorded(done) for done in self.plan.corrections}
        exactly = {(done.target, *_recorded(done)): done.step for done in self.plan.corrections}  # the last time
        values: dict[tuple[str, str, str], Value] = {}
        for entry in entries:
            if exactly.get((entry.target, *self._decision(entry)), 0) >= entry.step:
                continue  # a later step may decide the same again, after another has decided otherwise
            place = self._find(entry)
            if place is None:
                continue
            key = (place.id, entry.field, _added(entry.value))
            if key in values:
                if values[key] != entry.value:
                    self._refuse(entry, "conflict", "une autre correction du même endroit dit le contraire")
                continue
            values[key] = entry.value
            self.accepted.append((entry, place))

    def _decision(self, entry: Correction) -> Decision:
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
        """The one other place with exactly the same text, or None. A figure or date keeps its span in that text."""
        if len(entry.source_text.split()) < WORDS_THAT_IDENTIFY:
            return None
        tail = entry.target.rpartition("/")[2]
        found = [
            place
            for place in self.by_id.values()
            if place.kind in KINDS_OF_FIELD[entry.field]
            and place.source_text == entry.source_text
            and (place.kind not in ("figure", "date") or place.id.endswith(f"/{tail}"))
        ]
        return found[0] if len(found) == 1 else None

    def apply(self) -> Plan:
        """Change the plan and record what was changed, in the order given."""
        step = max((done.step for done in self.plan.corrections), default=0) + 1
        records: dict[int, AppliedCorrection] = {}
        for rank, (entry, place) in sorted(enumerate(self.accepted), key=lambda one: _phase(*one[1])):
            before = self._change(entry, place)
            after = "" if entry.field == "delete" else self._decision(entry)[2]
            if before is None or (before == after and self._decision(entry) in self.done):
                continue
            records[rank] = AppliedCorrection(
                target=place.id, field=entry.field, source_text=entry.source_text, before=before, after=after,
                note=entry.note, step=step,
            )
        self.plan.corrections += [records[rank] for rank in sorted(records)]
        for move in self.moves.values():
            _move(move)
        self._progress()
        return self.plan

    def _change(self, entry: Correction, place: Place) -> str | float | None:
        """Apply one entry (a move is only noted); returns what was there before, or None where it is refused."""
        node, value = place.node, entry.value
        match node:
            case Figure() | Date() if entry.field == "delete":
                return self._delete(entry, place, node)
            case Figure() if isinstance(value, float):
                self.decided.add(id(node))
                return self._set_value(entry, node, value)
            case Date():
                self.decided.add(id(node))
                return _set_date(node, str(value))
            case Item() | Engagement() | Focus() if isinstance(value, NewFigure | NewDate):
                return self._add(entry, node, value)
            case Item() | Engagement() | Focus() if entry.field == "text":
                return self._set_text(node, str(value))
            case Block():
                before = node.status
                _set_status(node, _status(value))
                return before
            case _:
                return self._note_move(entry, place)

    def _delete(self, entry: Correction, place: Place, node: Figure | Date) -> str | None:
        owner = place.parent.node if place.parent else None
        if not isinstance(owner, Item | Engagement | Focus) or node.text != entry.value:
            self._refuse(entry, "source_changed", f"ce chiffre ou cette date ne se lit pas « {entry.value} »")
            return None
        owner.figures = [figure for figure in owner.figures if figure is not node]
        owner.dates = [date for date in owner.dates if date is not node]
        return node.text

    def _add(self, entry: Correction, owner: Owner, new: NewFigure | NewDate) -> str | None:
        """Put the figure or date where its words first stand free; one that is there already stays as it is."""
        there: list[Figure] | list[Date] = owner.figures if isinstance(new, NewFigure) else owner.dates
        if any(one == made(new, one.span) for one in there):
            return ""
        span = span_of(owner.text, new.text, [one.span for one in there])
        if span is None:
            self._refuse(entry, "not_possible", f"« {new.text} » n'est pas dans le texte, ou y est déjà un chiffre ou une date")
            return None
        added = made(new, span)
        if isinstance(added, Figure):
            owner.figures = sorted([*owner.figures, added], key=lambda one: one.span)
        else:
            owner.dates = sorted([*owner.dates, added], key=lambda one: one.span)
        return ""

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
        figures, lost_figures = anchored(node.figures, before, node.text, self.decided)
        dates, lost_dates = anchored(node.dates, before, node.text, self.decided)
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


def _phase(entry: Correction, place: Place) -> int:
    return 0 if place.kind == "block" else _PHASE[entry.field]


def _added(value: Value) -> str:
    """What tells one addition to a text from another: a figure may stand where a date does."""
    return f"{type(value).__name__} {value.text}" if isinstance(value, NewFigure | NewDate) else ""


def _recorded(done: AppliedCorrection) -> Decision:
    """What a plan records of a decision, in the words of the correction."""
    return done.field, done.source_text, done.before if done.field == "delete" else done.after


def _set_date(date: Date, edtf: str) -> str:
    before = date.edtf
    date.start, date.end, date.approximate = read_edtf(edtf)
    date.edtf, date.inferred = edtf, None
    return before


def _set_status(block: Block, status: Status) -> None:
    """The block's status as a person decided it; what was judged of its statements under another one is void."""
    if block.status != status:
        for item in block.items:
            item.stage = item.stage_score = None
    block.status, block.inferred = status, False


def _status(value: Value) -> Status:
    return "réalisé" if value == "réalisé" else "à venir"


def _first_page(regions: list[Region]) -> int | None:
    return regions[0].page if regions else None


def _move(move: _Move) -> None:
    """Take the item out of its block and put it at the end of the right one of its owner, made where there is none."""
    item, old = move.place.node, move.place.parent.node if move.place.parent else None
    owner = move.owner.node
    if not (isinstance(item, Item) and isinstance(old, Block) and isinstance(owner, Engagement | Priority)):
        raise TypeError("only statements move")  # _note_move lets nothing else through
    if old.status == move.status and any(block is old for block in owner.blocks):
        return
    old.items = [other for other in old.items if other is not item]
    if old.status != move.status:
        item.stage = item.stage_score = None  # judged under the other status
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
