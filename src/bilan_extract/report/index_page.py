"""The page that leads to the reports of many plans."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.report import words
from bilan_extract.report.markup import Html, tag
from bilan_extract.report.page import shell
from bilan_extract.report.progress import statements
from bilan_extract.report.tables import LAST, Cell, sortable
from bilan_extract.report.view import View

HEADS = [
    "Plan",
    "Collectivité",
    "Délibération",
    "Séance",
    "Période",
    "Pages",
    "Engagements",
    "Énoncés réalisés",
    "Énoncés à venir",
    "À vérifier",
    "Mots dans le plan",
]


def index(views: Sequence[View], links: Sequence[str]) -> str:
    """The index as HTML.

    Args:
        views: the plans.
        links: the relative address of each one's report.
    """
    rows = [(None, _row(view, link)) for view, link in zip(views, links, strict=True)]
    engagements = sum(len(view.of_kind("engagement")) for view in views)
    title = f"Bilans\u00a0: {words.plural(len(views), 'document')}"
    header = tag(
        "header",
        tag("div", tag("h1", title), tag("p", f"{words.plural(engagements, 'engagement')} en tout"), class_="title"),
        class_="top",
    )
    skip = tag("div", tag("a", "Aller à la liste", href="#main"), class_="skips")
    search = tag(
        "form",
        tag(
            "div",
            tag("label", "Chercher un document", for_="f-document"),
            tag("input", type="search", id="f-document", autocomplete="off"),
            class_="field",
        ),
        tag("output", id="found", for_="f-document", class_="found"),
        role="search",
        aria_label="Chercher un document",
        id="find-document",
        class_="script",
    )
    live = tag("div", id="live", class_="vh", role="status", aria_live="polite")
    main = tag(
        "main", search, sortable("documents", "Documents", HEADS, rows), id="main", tabindex="-1", class_="index"
    )
    return shell(title, skip, header, main, live)


def _row(view: View, link: str) -> list[Cell]:
    plan = view.plan
    act, counts = plan.document, statements(view)
    start = plan.period.start if plan.period else None
    share = plan.coverage.in_plan / plan.coverage.words if plan.coverage.words else 0.0
    title = words.plan_title(plan)
    return [
        Cell(_link(title, link), title),
        Cell(act.collectivity or "–", act.collectivity or LAST),
        Cell(act.number or "–", act.number or LAST),
        Cell(words.day(act.session_date) or "–", act.session_date.isoformat() if act.session_date else LAST),
        Cell(words.period(plan.period) or "–", start.isoformat() if start else LAST),
        _number(act.source.pages),
        _number(len(view.of_kind("engagement"))),
        _number(counts["réalisé"]),
        _number(counts["à venir"]),
        _number(len(plan.warnings)),
        Cell(words.share(plan.coverage.in_plan, plan.coverage.words), share),
    ]


def _link(title: str, link: str) -> Html:
    return tag("a", title, href=link)


def _number(value: int) -> Cell:
    return Cell(words.number(value), float(value))
