"""Plans of our own invention for the tests of outputs and corrections, and the reference's where it is there."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bilan_extract.plan import (
    Ambition,
    AppliedCorrection,
    Block,
    Coverage,
    Date,
    DecisionArticle,
    Document,
    Engagement,
    Figure,
    Focus,
    Item,
    LegalBasis,
    PageOrigin,
    Period,
    Plan,
    PlanWarning,
    Priority,
    Progress,
    Reference,
    Region,
    ReportedProgress,
    SetAside,
    Signatory,
    Source,
    Transmission,
    Votes,
)

SHARED = Path(__file__).resolve().parents[2] / "shared"
SHA = "c0ffee12ab34" + "0" * 52
YEAR_2024 = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))


def region(page: int, top: float = 100.0) -> Region:
    """A place of one line."""
    return Region(page=page, bbox=(50.0, top, 300.5, top + 12.25))


def figure(text: str, words: str, kind: str, value: float, unit: str | None = None, **more: Any) -> Figure:
    """The figure that ``words`` are in ``text``."""
    start = text.index(words)
    return Figure.model_validate(
        {"text": words, "span": (start, start + len(words)), "kind": kind, "value": value, "unit": unit} | more
    )


def date(text: str, words: str, start: str | None, end: str | None, edtf: str, **more: Any) -> Date:
    """The date that ``words`` are in ``text``."""
    at = text.index(words)
    return Date.model_validate(
        {"text": words, "span": (at, at + len(words)), "start": start, "end": end, "edtf": edtf} | more
    )


def item(text: str, *found: Figure | Date, kind: str = "bullet", page: int = 3, **more: Any) -> Item:
    """A statement with what was found in it."""
    return Item.model_validate(
        {
            "kind": kind,
            "text": text,
            "figures": [f for f in found if isinstance(f, Figure)],
            "dates": [d for d in found if isinstance(d, Date)],
            "regions": [region(page)],
        }
        | more
    )


GARAGES = "Pose de plus de 40 garages à vélos devant les écoles, pour 18 500 €."
LOANS = "=Prêt de 12 vélos cargo aux familles depuis mars 2023"
BRIDGE = "Ouverture de la passerelle du Moulin le 14 juin 2025."
COUNTERS = "-Des compteurs seront posés d'ici 2027 sur 3 carrefours :\n+rue des Tanneurs,\n@place Verte."
SURVEY = "\tUne enquête sur le logement étudiant accessible sera menée au 2e trimestre 2025."
COACHES = "Accompagnement de 25 à 30 personnes en situation de handicap."
PEDIBUS = "Lancer des lignes de pédibus avant la rentrée 2025."
PROMISE = "Relier à vélo tous les quartiers de la ville :\nle plateau des Aubépines,\nles 2 rives de l'Onde."
STORY = "L'atelier du Pont a remis en état 310 vélos en une saison."


def _engagements() -> list[Engagement]:
    first = Engagement(
        id="1.1",
        text=PROMISE,
        figures=[figure(PROMISE, "2 rives", "count", 2, "rive")],
        progress="en cours",
        progress_from=[(0, 1), (0, 2), (1, 0), (1, 1)],
        regions=[region(3, 80), region(4, 60)],
        blocks=[
            Block(
                status="réalisé", label="Fait en 2024", period=YEAR_2024, regions=[region(3)],
                items=[
                    item("Les chantiers suivants sont finis :", kind="lead_in"),
                    item(
                        GARAGES,
                        figure(GARAGES, "plus de 40 garages", "count", 40, "garage", bound="at_least"),
                        figure(GARAGES, "18 500 €", "money", 18500, "EUR"),
                        stage="achevé", stage_score=0.93,
                    ),
                    item(
                        LOANS,
                        figure(LOANS, "12 vélos", "count", 12, "vélo"),
                        date(LOANS, "depuis mars 2023", "2023-03-01", None, "2023-03/.."),
                    ),
                ],
            ),
            Block(
                status="à venir", label="La suite", period=None, regions=[region(4)],
                items=[
                    item(BRIDGE, date(BRIDGE, "14 juin 2025", "2025-06-14", "2025-06-14", "2025-06-14"), page=4),
                    item(
                        COUNTERS,
                        figure(COUNTERS, "3 carrefours", "count", 3, "carrefour"),
                        date(COUNTERS, "d'ici 2027", None, "2027-12-31", "../2027"),
                        kind="paragraph", page=4,
                    ),
                ],
            ),
        ],
    )
    second = Engagement(
        id="1.2",
        text="Faire une place à chacun",
        regions=[region(5)],
        blocks=[
            Block(
                status="réalisé", inferred=True, label=None, period=None, regions=[region(5)],
                items=[
                    item(
                        COACHES,
                        figure(COACHES, "25 à 30 personnes", "count", 25, "personne", value_max=30, bound="between"),
                        page=5,
                    )
                ],
            ),
            Block(
                status="à venir", label="À venir", period=None, regions=[region(5, 300)],
                items=[
                    item(
                        SURVEY,
                        date(SURVEY, "2e trimestre 2025", "2025-04-01", "2025-06-30", "2025-34"),
                        kind="paragraph", page=5,
                    )
                ],
            ),
        ],
    )
    return [first, second]


def _ambitions() -> list[Ambition]:
    cycling = Priority(
        number=1, label="Objectif 1", title="Donner envie de pédaler", engagements=_engagements(),
        focus=[
            Focus(
                title="@L'atelier du Pont", text=STORY, figures=[figure(STORY, "310 vélos", "count", 310, "vélo")],
                regions=[region(6)],
            )
        ],
        regions=[region(3, 40)],
    )
    walking = Priority(
        number=None, label=None, title="Marcher sans crainte",
        engagements=[Engagement(id="1.1", text="Apaiser les abords des écoles", regions=[region(7)])],
        blocks=[
            Block(
                status="à venir", label="Perspectives",
                period=Period(start=dt.date(2025, 1, 1), end=dt.date(2025, 12, 31)), regions=[region(7)],
                items=[
                    item(
                        PEDIBUS,
                        date(PEDIBUS, "rentrée 2025", "2025-09-01", "2025-09-30", "2025-09~", approximate=True),
                        page=7, stage="prévu", stage_score=0.5,
                    ),
                    item("Former des bénévoles", page=7),
                ],
            ),
            Block(status="réalisé", label="Réalisé", period=None, items=[], regions=[region(7, 400)]),
        ],
        regions=[region(7, 40)],
    )
    return [
        Ambition(
            number=1, label="Axe 1", title="La ville à vélo", introduction="Le vélo n'est pas un luxe.",
            priorities=[cycling], regions=[region(2)],
        ),
        Ambition(number=None, label=None, title=None, priorities=[walking], regions=[]),
    ]


def make_document(sha256: str = SHA, **more: Any) -> Document:
    """A deliberation with every field stated."""
    fields: dict[str, Any] = {
        "number": "2025-017",
        "title": "=Bilan 2024 du plan « Clairval à pied, à vélo »",
        "collectivity": "Ville de Clairval-sur-Onde",
        "session_date": dt.date(2025, 2, 11),
        "signed_on": dt.date(2025, 2, 12),
        "legal_basis": [
            LegalBasis(
                text="Vu le Code de la Voirie, ses articles L.9-1 et L.9-2",
                references=[Reference(kind="code", name="Code de la Voirie", articles=["L.9-1", "L.9-2"])],
            ),
            LegalBasis(
                text="Vu la délibération n°2022-44 du 3 mars 2022",
                references=[Reference(kind="deliberation", number="2022-44", date=dt.date(2022, 3, 3))],
            ),
        ],
        "decision": [
            DecisionArticle(number="1", text="Prend acte du bilan."), DecisionArticle(number=None, text="Publie."),
        ],
        "signatories": [Signatory(name="Odile Marchecourt", role="Maire")],
        "votes": Votes(
            members=29, present=25, voters=28, for_=24, against=1, abstentions=3, unanimous=False
        ),
        "transmission": Transmission(
            id="099-219900123-20250212-DE2025_017-DE", sent_on=dt.date(2025, 2, 12), received_on=dt.date(2025, 2, 13),
            published_on=dt.date(2025, 2, 14),
        ),
        "source": Source(name="bilan velo.pdf", sha256=sha256, media_type="application/pdf", pages=8),
    }
    return Document.model_validate(fields | more)


def make_plan(sha256: str = SHA, **document: Any) -> Plan:
    """A plan of two ambitions with a bit of everything."""
    return Plan(
        document=make_document(sha256, **document),
        title="Clairval à pied, à vélo",
        period=YEAR_2024,
        ambitions=_ambitions(),
        reported_progress=[
            ReportedProgress(text="60% des actions sont finies", status="réalisé", share=0.6, regions=[region(1)])
        ],
        warnings=[
            PlanWarning(code="number_twice", message="Deux engagements portent le numéro 1.1.", page=7),
            PlanWarning(code="no_page", message="=Une page manque.", page=None),
        ],
        progress=Progress(engagements=3, realised=0, ongoing=1, upcoming=0, unknown=2),
        coverage=Coverage(words=420, in_plan=400, set_aside=20),
        set_aside=[
            SetAside(page=1, bbox=(10.0, 10.0, 90.5, 20.0), reason="running_head", text="Clairval magazine"),
            SetAside(page=8, bbox=None, reason="unclaimed", text="+33 0 00 00 00"),
        ],
        pages=[
            PageOrigin(page=1, source="digital"), PageOrigin(page=2, source="ocr", confidence=0.875),
            PageOrigin(page=3, source="image"),
        ],
    )


def make_bare_plan() -> Plan:
    """A plan of which next to nothing is known."""
    return Plan(
        document=Document(source=Source(name=None, sha256="ab" * 32, media_type="text/plain", pages=1)),
        ambitions=[Ambition(number=None, label=None, title=None, priorities=[])],
        coverage=Coverage(words=0, in_plan=0, set_aside=0),
    )


def reference_plan() -> Plan:
    """The reference's gold plan. Skips the test where the reference is not there."""
    path = SHARED / "reference" / "gold.json"
    if not path.exists():
        pytest.skip("the reference document is not beside this checkout")
    gold = _without_optional(json.loads(path.read_text(encoding="utf-8")))
    gold["document"].setdefault(
        "source", {"name": "reference.pdf", "sha256": "12" * 32, "media_type": "application/pdf", "pages": 55}
    )
    gold.setdefault("coverage", {"words": 0, "in_plan": 0, "set_aside": 0})
    return Plan.model_validate(gold)


def _without_optional(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_optional(inner) for key, inner in value.items() if key != "optional"}
    if isinstance(value, list):
        return [_without_optional(inner) for inner in value]
    return value


Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def rebuild(rows: Rows) -> list[Plan]:
    """The plans that flat tables were made from: the inverse of `bilan_extract.outputs.tables.tables`."""
    return [_rebuild(row, _Tables(rows, row["id"])) for row in rows["plans"]]


class _Tables:
    """The rows of one document."""

    def __init__(self, rows: Rows, document: str) -> None:
        self.rows = {name: [r for r in own if r.get("document_id") == document] for name, own in rows.items()}

    def of(self, table: str, **wanted: str | None) -> list[Mapping[str, Any]]:
        """The rows of ``table`` whose columns hold what is wanted, by rank."""
        found = [r for r in self.rows[table] if all(r[name] == value for name, value in wanted.items())]
        return sorted(found, key=lambda r: r["rank"])


def _rebuild(row: Mapping[str, Any], own: _Tables) -> Plan:
    progress = {name: row[name] for name in ("engagements", "realised", "ongoing", "upcoming", "unknown")}
    return Plan.model_validate(
        {
            "document": _document_back(row, own),
            "title": row["plan_title"],
            "period": _period_back(row),
            "ambitions": [_ambition_back(a, own) for a in own.of("ambitions")],
            "reported_progress": [
                {name: r[name] for name in ("text", "status", "share", "count")} | _regions_back(r)
                for r in own.of("reported_progress")
            ],
            "warnings": [{name: r[name] for name in ("code", "message", "page")} for r in own.of("warnings")],
            "progress": progress if progress["engagements"] is not None else None,
            "coverage": {
                "words": row["words"], "in_plan": row["words_in_plan"], "set_aside": row["words_set_aside"]
            },
            "set_aside": [
                {"page": r["page"], "bbox": json.loads(r["bbox"]) if r["bbox"] else None, "reason": r["reason"],
                 "text": r["text"]}
                for r in own.of("set_aside")
            ],
            "pages": [
                {"page": r["page"], "source": r["origin"], "confidence": r["confidence"]} for r in own.of("page_origins")
            ],
            "corrections": [_correction_back(r) for r in own.of("corrections")],
        }
    )


def _document_back(row: Mapping[str, Any], own: _Tables) -> dict[str, Any]:
    votes = {name: row[f"votes_{name}"] for name in
             ("members", "present", "voters", "for", "against", "abstentions", "unanimous")}
    stamp = {name: row[name] for name in ("sent_on", "received_on", "published_on")}
    source = {name: row[name] for name in ("sha256", "media_type", "pages")}
    return {name: row[name] for name in ("number", "title", "collectivity", "session_date", "signed_on")} | {
        "legal_basis": [
            {
                "text": basis["text"],
                "references": [
                    {"kind": r["kind"], "name": r["name"], "number": r["number"],
                     "articles": json.loads(r["articles"]), "date": r["dated"]}
                    for r in own.of("legal_references", legal_basis_id=basis["id"])
                ],
            }
            for basis in own.of("legal_basis")
        ],
        "decision": [{"number": r["number"], "text": r["text"]} for r in own.of("decision")],
        "signatories": [{"name": r["name"], "role": r["role"]} for r in own.of("signatories")],
        "votes": votes,
        "transmission": {"id": row["transmission_id"]} | stamp,
        "source": {"name": row["source_name"]} | source,
    }


def _ambition_back(row: Mapping[str, Any], own: _Tables) -> dict[str, Any]:
    titles = {name: row[name] for name in ("number", "label", "title", "introduction")}
    priorities = [_priority_back(p, own) for p in own.of("priorities", ambition_id=row["id"])]
    return titles | {"priorities": priorities} | _regions_back(row)


def _priority_back(row: Mapping[str, Any], own: _Tables) -> dict[str, Any]:
    return {
        "number": row["number"], "label": row["label"], "title": row["title"],
        "engagements": [
            {"id": e["number"], "text": e["text"], "progress": e["progress"],
             "progress_from": _deciders_back(e),
             "blocks": _blocks_back(own, engagement_id=e["id"])}
            | _regions_back(e) | _quantities_back(e["id"], own)
            for e in own.of("engagements", priority_id=row["id"])
        ],
        "blocks": _blocks_back(own, priority_id=row["id"], engagement_id=None),
        "focus": [
            {"title": f["title"], "text": f["text"]} | _regions_back(f) | _quantities_back(f["id"], own)
            for f in own.of("focus", priority_id=row["id"])
        ],
    } | _regions_back(row)


def _deciders_back(row: Mapping[str, Any]) -> list[tuple[int, int]]:
    """[".../1.1/b1/i2"] -> [(0, 1)]"""
    found = [re.fullmatch(re.escape(row["id"]) + r"/b(\d+)/i(\d+)", key) for key in json.loads(row["progress_from"])]
    return [(int(one[1]) - 1, int(one[2]) - 1) for one in found if one]


def _blocks_back(own: _Tables, **where: str | None) -> list[dict[str, Any]]:
    return [
        {
            "status": b["status"], "inferred": b["status_inferred"], "label": b["label"], "period": _period_back(b),
            "items": [
                {name: i[name] for name in ("kind", "text", "stage", "stage_score")}
                | _regions_back(i) | _quantities_back(i["id"], own)
                for i in own.of("statements", block_id=b["id"])
            ],
        }
        | _regions_back(b)
        for b in own.of("blocks", **where)
    ]


def _quantities_back(owner: str, own: _Tables) -> dict[str, Any]:
    figures = [
        {name: f[name] for name in ("text", "kind", "value", "value_max", "unit", "bound")}
        | {"span": (f["span_start"], f["span_end"])}
        for f in own.of("figures", owner_id=owner)
    ]
    dates = [
        {name: d[name] for name in ("text", "edtf", "approximate", "inferred")}
        | {"span": (d["span_start"], d["span_end"]), "start": d["start_date"], "end": d["end_date"]}
        for d in own.of("dates", owner_id=owner)
    ]
    return {"figures": figures, "dates": dates}


def _period_back(row: Mapping[str, Any]) -> dict[str, Any] | None:
    start, end = row["period_start"], row["period_end"]
    return {"start": start, "end": end} if start or end else None


def _regions_back(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"regions": [{"page": page, "bbox": box or None} for page, *box in json.loads(row["regions"])]}


def _correction_back(row: Mapping[str, Any]) -> AppliedCorrection:
    fields = {name: row[name] for name in ("target", "field", "source_text", "decided_by", "note", "step")}
    read: dict[str, Any] = {"value": float, "add": json.loads}
    after = read.get(row["field"], str)(row["after"] or "")
    before = float(row["before"]) if row["field"] == "value" else row["before"] or ""
    return AppliedCorrection.model_validate(fields | {"before": before, "after": after})
