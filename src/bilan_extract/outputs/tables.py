"""A plan as flat tables that join by stable ids: one description that csv, xlsx, parquet and sqlite share.

The ids are those of `bilan_extract.corrections`. Every table has ``document_id``; ``rank`` is the place among
siblings, from 1; ``page`` is the first page of the element and ``regions`` all its places, as JSON
``[[page, x0, top, x1, bottom], …]`` in PDF points (``[page]`` alone where the source has no geometry).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bilan_extract.places import Place, document_id, places
from bilan_extract.plan import (
    Ambition,
    Block,
    Date,
    Engagement,
    Figure,
    Focus,
    Item,
    NewDate,
    NewFigure,
    Plan,
    Priority,
    Region,
)

Cell = str | int | float | bool | dt.date | None
Row = dict[str, Cell]
Type = Literal["text", "integer", "real", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type of its cells, and the table whose ``id`` it holds, if any."""

    name: str
    type: Type = "text"
    refers: str | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table; the first column is its key."""

    name: str
    title: str
    columns: tuple[Column, ...]


def _columns(*specs: str) -> tuple[Column, ...]:
    """Columns from "name", "name:type" or "name>table"; a "!" at the end says that a cell is never empty."""
    made = []
    for spec in specs:
        required = spec.endswith("!")
        name, _, refers = spec.rstrip("!").partition(">")
        name, _, kind = name.partition(":")
        made.append(Column(name, _TYPES[kind], refers or None, required))
    return tuple(made)


_TYPES: dict[str, Type] = {"": "text", "int": "integer", "real": "real", "date": "date", "bool": "boolean"}
_OWN = ("id!", "document_id>plans!", "rank:int!")
_PLACE = ("page:int", "regions!")
_OWNER = (
    "priority_id>priorities!", "engagement_id>engagements", "statement_id>statements", "focus_id>focus", "owner_id!",
    "status",
)

TABLES: tuple[Table, ...] = (
    Table(
        "plans", "Un plan par document",
        _columns(
            "id!", "number", "title", "plan_title", "collectivity", "session_date:date", "signed_on:date",
            "period_start:date", "period_end:date", "source_name", "sha256!", "media_type!", "pages:int!",
            "votes_members:int", "votes_present:int", "votes_voters:int", "votes_for:int", "votes_against:int",
            "votes_abstentions:int", "votes_unanimous:bool", "transmission_id", "sent_on:date", "received_on:date",
            "published_on:date", "engagements:int", "realised:int", "ongoing:int", "upcoming:int", "unknown:int",
            "words:int!", "words_in_plan:int!", "words_set_aside:int!", "schema_version!",
        ),
    ),
    Table("ambitions", "Niveau supérieur", _columns(*_OWN, "number:int", "label", "title", "introduction", *_PLACE)),
    Table(
        "priorities", "Niveau intermédiaire",
        _columns(*_OWN, "ambition_id>ambitions!", "number:int", "label", "title", *_PLACE),
    ),
    Table(
        "engagements", "Engagements",
        _columns(*_OWN, "priority_id>priorities!", "number!", "text!", "progress", "progress_from!", *_PLACE),
    ),
    Table(
        "blocks", "Encadrés « réalisé » et « à venir »",
        _columns(
            *_OWN, "priority_id>priorities!", "engagement_id>engagements", "status!", "status_inferred:bool!", "label",
            "period_start:date", "period_end:date", *_PLACE,
        ),
    ),
    Table(
        "statements", "Énoncés des encadrés",
        _columns(
            *_OWN, "priority_id>priorities!", "engagement_id>engagements", "block_id>blocks!", "status!", "kind!",
            "text!", "stage", "stage_score:real", *_PLACE,
        ),
    ),
    Table("focus", "Focus sur une action", _columns(*_OWN, "priority_id>priorities!", "title", "text!", *_PLACE)),
    Table(
        "figures", "Chiffres",
        _columns(
            *_OWN, *_OWNER, "text!", "span_start:int!", "span_end:int!", "kind!", "value:real!", "value_max:real",
            "unit", "bound!", "page:int",
        ),
    ),
    Table(
        "dates", "Dates",
        _columns(
            *_OWN, *_OWNER, "text!", "span_start:int!", "span_end:int!", "start_date:date", "end_date:date", "edtf!",
            "approximate:bool!", "inferred", "page:int",
        ),
    ),
    Table(
        "reported_progress", "Avancement annoncé par le document",
        _columns(*_OWN, "text!", "status", "share:real", "count:real", *_PLACE),
    ),
    Table("warnings", "Points à vérifier", _columns(*_OWN, "code!", "message!", "page:int")),
    Table("set_aside", "Mots laissés hors du plan", _columns(*_OWN, "page:int!", "bbox", "reason!", "text!")),
    Table(
        "page_origins", "D'où vient le texte de chaque page",
        _columns(*_OWN, "page:int!", "origin!", "confidence:real"),
    ),
    Table("legal_basis", "Visas", _columns(*_OWN, "text!")),
    Table(
        "legal_references", "Textes visés",
        _columns(*_OWN, "legal_basis_id>legal_basis!", "kind!", "name", "number", "articles!", "dated:date"),
    ),
    Table("decision", "Articles de la décision", _columns(*_OWN, "number", "text!")),
    Table("signatories", "Signataires", _columns(*_OWN, "name!", "role")),
    Table(
        "corrections", "Corrections humaines",
        _columns(*_OWN, "target!", "field!", "source_text!", "before", "after", "decided_by!", "note", "step:int!"),
    ),
)


def tables(plans: Sequence[Plan]) -> dict[str, list[Row]]:
    """All rows of ``plans`` by table, in the order of `TABLES` and of the documents."""
    out: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for plan in plans:
        document = document_id(plan)
        out["plans"].append(_plan_row(plan, document))
        for place in places(plan):
            name, row = _place_row(place)
            out[name].append(_own(place.id, document, place.rank) | row)
        _lists(plan, document, out)
    return out


def _own(key: str, document: str, rank: int) -> Row:
    return {"id": key, "document_id": document, "rank": rank}


def _plan_row(plan: Plan, document: str) -> Row:
    source, votes, stamp = plan.document.source, plan.document.votes, plan.document.transmission
    period, progress, coverage = plan.period, plan.progress, plan.coverage
    return {
        "id": document,
        "number": plan.document.number,
        "title": plan.document.title,
        "plan_title": plan.title,
        "collectivity": plan.document.collectivity,
        "session_date": plan.document.session_date,
        "signed_on": plan.document.signed_on,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "source_name": source.name,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": source.pages,
        "votes_members": votes.members,
        "votes_present": votes.present,
        "votes_voters": votes.voters,
        "votes_for": votes.for_,
        "votes_against": votes.against,
        "votes_abstentions": votes.abstentions,
        "votes_unanimous": votes.unanimous,
        "transmission_id": stamp.id,
        "sent_on": stamp.sent_on,
        "received_on": stamp.received_on,
        "published_on": stamp.published_on,
        "engagements": progress.engagements if progress else None,
        "realised": progress.realised if progress else None,
        "ongoing": progress.ongoing if progress else None,
        "upcoming": progress.upcoming if progress else None,
        "unknown": progress.unknown if progress else None,
        "words": coverage.words,
        "words_in_plan": coverage.in_plan,
        "words_set_aside": coverage.set_aside,
        "schema_version": plan.schema_version,
    }


def _place_row(place: Place) -> tuple[str, Row]:
    """The table that a place belongs to, and its row without id, document and rank."""
    node = place.node
    match node:
        case Ambition():
            titles: Row = {"number": node.number, "label": node.label, "title": node.title}
            return "ambitions", titles | {"introduction": node.introduction} | _where(node.regions)
        case Priority():
            titles = {"number": node.number, "label": node.label, "title": node.title}
            return "priorities", {"ambition_id": _id(place, "ambition")} | titles | _where(node.regions)
        case Engagement():
            own: Row = {"number": node.id, "text": node.text, "progress": node.progress}
            own["progress_from"] = json.dumps(_deciders(place, node))
            return "engagements", {"priority_id": _id(place, "priority")} | own | _where(node.regions)
        case Block():
            return "blocks", _above(place) | _block(node) | _where(node.regions)
        case Item():
            above = _above(place) | {"block_id": _id(place, "block"), "status": _status(place)}
            own = {"kind": node.kind, "text": node.text, "stage": node.stage, "stage_score": node.stage_score}
            return "statements", above | own | _where(node.regions)
        case Focus():
            own = {"priority_id": _id(place, "priority"), "title": node.title, "text": node.text}
            return "focus", own | _where(node.regions)
        case Figure():
            return "figures", _owner(place) | _figure(node) | {"page": _owner_page(place)}
        case Date():
            return "dates", _owner(place) | _date(node) | {"page": _owner_page(place)}


def _block(block: Block) -> Row:
    period = block.period
    return {
        "status": block.status,
        "status_inferred": block.inferred,
        "label": block.label,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
    }


def _deciders(place: Place, engagement: Engagement) -> list[str]:
    """The ids of the statements that decided the engagement's progress."""
    return [f"{place.id}/b{block + 1}/i{item + 1}" for block, item in engagement.progress_from]


def _figure(figure: Figure) -> Row:
    return {
        "text": figure.text, "span_start": figure.span[0], "span_end": figure.span[1], "kind": figure.kind,
        "value": figure.value, "value_max": figure.value_max, "unit": figure.unit, "bound": figure.bound,
    }


def _date(date: Date) -> Row:
    return {
        "text": date.text, "span_start": date.span[0], "span_end": date.span[1], "start_date": date.start,
        "end_date": date.end, "edtf": date.edtf, "approximate": date.approximate, "inferred": date.inferred,
    }


def _id(place: Place, kind: Literal["ambition", "priority", "engagement", "block", "item", "focus"]) -> str | None:
    above = place.above(kind)
    return above.id if above else None


def _above(place: Place) -> Row:
    return {"priority_id": _id(place, "priority"), "engagement_id": _id(place, "engagement")}


def _owner(place: Place) -> Row:
    """What a figure or date stands in: exactly one of statement, focus and (where both are null) engagement."""
    owner = place.parent
    return _above(place) | {
        "statement_id": _id(place, "item"),
        "focus_id": _id(place, "focus"),
        "owner_id": owner.id if owner else None,
        "status": _status(place),
    }


def _status(place: Place) -> str | None:
    block = place.above("block")
    return block.node.status if block and isinstance(block.node, Block) else None


def _owner_page(place: Place) -> int | None:
    owner = place.parent.node if place.parent else None
    if isinstance(owner, Item | Engagement | Focus) and owner.regions:
        return owner.regions[0].page
    return None


def _where(regions: list[Region]) -> Row:
    boxes = [[region.page, *(region.bbox or ())] for region in regions]
    return {"page": regions[0].page if regions else None, "regions": json.dumps(boxes)}


def _lists(plan: Plan, document: str, out: dict[str, list[Row]]) -> None:
    """The lists beside the plan's tree: what the report claims, warnings, set aside, the deliberation's own parts."""

    def add(table: str, sign: str, rows: list[Row]) -> None:
        for rank, row in enumerate(rows, 1):
            out[table].append(_own(f"{document}/{sign}{rank}", document, rank) | row)

    add("reported_progress", "rp", [
        _where(r.regions) | {"text": r.text, "status": r.status, "share": r.share, "count": r.count}
        for r in plan.reported_progress
    ])
    add("warnings", "w", [{"code": w.code, "message": w.message, "page": w.page} for w in plan.warnings])
    add("set_aside", "s", [
        {"page": s.page, "bbox": json.dumps(s.bbox) if s.bbox else None, "reason": s.reason, "text": s.text}
        for s in plan.set_aside
    ])
    add("page_origins", "p", [
        {"page": origin.page, "origin": origin.source, "confidence": origin.confidence} for origin in plan.pages
    ])
    add("legal_basis", "vu", [{"text": basis.text} for basis in plan.document.legal_basis])
    add("legal_references", "ref", [
        {
            "legal_basis_id": f"{document}/vu{rank}", "kind": r.kind, "name": r.name, "number": r.number,
            "articles": json.dumps(r.articles, ensure_ascii=False), "dated": r.date,
        }
        for rank, basis in enumerate(plan.document.legal_basis, 1)
        for r in basis.references
    ])
    add("decision", "art", [{"number": a.number, "text": a.text} for a in plan.document.decision])
    add("signatories", "sig", [{"name": s.name, "role": s.role} for s in plan.document.signatories])
    add("corrections", "c", [
        {
            "target": c.target, "field": c.field, "source_text": c.source_text,
            "before": str(c.before) or None,
            "after": c.after.model_dump_json() if isinstance(c.after, NewFigure | NewDate) else str(c.after) or None,
            "decided_by": c.decided_by, "note": c.note, "step": c.step,
        }
        for c in plan.corrections
    ])
