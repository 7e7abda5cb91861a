"""The report of one plan as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from bilan_extract.places import Place
from bilan_extract.plan import Block, Engagement, Focus, Item
from bilan_extract.report import account, pages, progress, tables, words
from bilan_extract.report.markup import Child, Html, hidden, join, json_block, tag
from bilan_extract.report.pictures import Picture
from bilan_extract.report.tree import all_years, tree
from bilan_extract.report.view import View, levels

#: Runs before anything is drawn: what only works with scripts is shown only with them.
EARLY = 'document.documentElement.classList.add("js");'


@lru_cache
def asset(name: str) -> str:
    """A file of the folder ``assets``."""
    return resources.files("bilan_extract.report").joinpath("assets", name).read_text(encoding="utf-8")


def shell(title: str, *body: Child) -> str:
    """A whole page: the style sheet and the program inside, and nothing else allowed (content security policy)."""
    style, script = asset("report.css"), asset("report.js")
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; "
        f"script-src '{_digest(EARLY)}' '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="bilan-extract"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Html(style)),
        tag("script", Html(EARLY)),
    )
    page = tag("html", head, "\n", tag("body", *body, tag("script", Html(script))), lang="fr")
    return f"<!DOCTYPE html>\n{page}\n"


def _digest(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")


def report(view: View, pictures: Sequence[Picture], *, index: str | None = None) -> str:
    """The report as HTML.

    Args:
        view: the plan.
        pictures: of its pages, [] where the source is not at hand.
        index: name of the index page that leads here, or None.
    """
    title = words.plan_title(view.plan)
    skips = tag(
        "div",
        tag("a", "Aller au plan", href="#main"),
        tag("a", "Aller aux pages du document", href="#pages"),
        class_="skips",
    )
    desk = tag(
        "div",
        tag("div", _filters(view), tag("main", _tabs(view), _panels(view), id="main", tabindex="-1"), class_="reading"),
        _aside(view, pictures),
        class_="desk",
    )
    live = tag("div", id="live", class_="vh", role="status", aria_live="polite")
    return shell(
        f"{title}\u00a0: rapport",
        skips,
        _header(view, title, index),
        desk,
        live,
        _dialog(),
        json_block("data", payload(view)),
    )


def _header(view: View, title: str, index: str | None) -> Html:
    document = view.plan.document
    act = f"délibération {document.number}" if document.number else None
    period = words.period(view.plan.period)
    line = " · ".join(filter(None, (document.collectivity, act, f"période {period}" if period else None)))
    counts = progress.statements(view)
    facts: list[tuple[str, str]] = [
        ("engagements", str(len(view.of_kind("engagement")))),
        ("énoncés réalisés", str(counts["réalisé"])),
        ("énoncés à venir", str(counts["à venir"])),
        ("chiffres", str(len(view.of_kind("figure")))),
        ("dates", str(len(view.of_kind("date")))),
        ("à vérifier", str(len(view.plan.warnings))),
    ]
    buttons = tag(
        "div",
        tag("a", "Tous les documents", href=index, class_="button") if index else None,
        tag("button", "Imprimer", type="button", id="print"),
        tag("button", "Mode correction", type="button", id="mode", aria_pressed="false"),
        class_="actions script",
    )
    return tag(
        "header",
        tag("div", tag("h1", title), tag("p", line) if line else None, class_="title"),
        tag("dl", [tag("div", tag("dt", label), tag("dd", value)) for label, value in facts], class_="counts"),
        buttons,
        class_="top",
    )


def _filters(view: View) -> Html:
    """The search form; the program answers it, nothing is sent."""
    ambitions = [(view.id_of(a), words.heading(a, "")) for a in view.plan.ambitions if levels(a)]
    statuses = [("s:réalisé", "Énoncés réalisés"), ("s:à venir", "Énoncés à venir")]
    if any(isinstance(p.node, Engagement) and p.node.progress for p in view.of_kind("engagement")):
        statuses += [(f"p:{key}", f"Engagements\u00a0: {text.lower()}") for key, text in words.STATUS.items()]
        statuses.append(("p:unknown", "Engagements\u00a0: non jugé"))
    years = [(str(year), str(year)) for year in all_years(view)]
    text = tag("input", type="search", id="f-text", autocomplete="off", spellcheck="false")
    fields = [
        _field("f-text", "Texte", text),
        _choice("f-ambition", "Niveau", "Tous", ambitions) if ambitions else None,
        _choice("f-status", "Statut", "Tous", statuses),
        _choice("f-year", "Année", "Toutes", years) if years else None,
    ]
    row = tag("div", fields, tag("button", "Tout effacer", type="reset"), class_="row")
    found = tag("output", id="found", for_="f-text", class_="found")
    return tag("form", row, found, role="search", aria_label="Filtrer le plan", id="filters", class_="script")


def _field(identifier: str, label: str, control: Html) -> Html:
    return tag("div", tag("label", label, for_=identifier), control, class_="field")


def _choice(identifier: str, label: str, everything: str, options: list[tuple[str, str]]) -> Html:
    entries = [tag("option", everything, value=""), *(tag("option", text, value=value) for value, text in options)]
    return _field(identifier, label, tag("select", entries, id=identifier))


def _tabs(view: View) -> Html:
    plan = view.plan
    names = [
        ("plan", "Plan"),
        ("progress", "Avancement"),
        ("figures", "Chiffres"),
        ("dates", "Dates"),
        ("warnings", f"À vérifier ({len(plan.warnings)})"),
        ("aside", f"Hors du plan ({len(plan.set_aside)})"),
        ("act", "Acte"),
        ("corrections", "Corrections"),
    ]
    hidden_without_script = {} if plan.corrections else {"corrections": "script"}
    links = [
        tag("li", tag("a", text, href=f"#p-{name}", id=f"t-{name}"), class_=hidden_without_script.get(name))
        for name, text in names
    ]
    return tag("nav", tag("ul", links, id="tabs"), aria_label="Parties du rapport", class_="tabs")


def _panels(view: View) -> Html:
    fold = tag("p", tag("button", "Tout replier", type="button", id="fold-all"), class_="script tools")
    signs = tag(
        "p",
        "Dans le texte\u00a0: ",
        tag("data", "chiffre", class_="figure", value="0"),
        " et ",
        tag("span", "date", class_="date"),
        ". Le bouton «\u00a0p.\u00a05\u00a0» montre un énoncé sur sa page, un clic sur un cadre ramène à l’énoncé.",
        class_="note",
    )
    return join(
        _panel("plan", "Le plan", signs, fold, tree(view), filtered=True, current=True),
        _panel("progress", "Avancement", progress.progress(view)),
        _panel("figures", "Chiffres", tables.figures(view), filtered=True),
        _panel("dates", "Dates", tables.dates(view), filtered=True),
        _panel("warnings", "Points à vérifier", account.warnings(view)),
        _panel("aside", "Hors du plan", account.coverage(view), account.set_aside(view)),
        _panel("act", "La délibération", account.document(view)),
        _panel("corrections", "Corrections", _corrections(view)),
    )


def _corrections(view: View) -> Html:
    """What was decided in this page, to be saved as a file, and what was decided before."""
    own = tag(
        "div",
        tag(
            "p",
            "En mode correction, chaque énoncé a un bouton «\u00a0Corriger\u00a0». Rien ne quitte cette page tant que vous "
            "n’enregistrez pas le fichier.",
        ),
        tag(
            "p",
            tag("button", "Enregistrer les corrections (JSON)", type="button", id="save", class_="main"),
        ),
        tag(
            "p",
            tag("label", "Reprendre un fichier de corrections\u00a0: ", for_="load"),
            tag("input", type="file", id="load", accept=".json,application/json"),
        ),
        tag("h3", "À enregistrer"),
        tag("p", "Aucune correction pour le moment.", id="none", class_="empty"),
        tag("ul", id="changes", class_="entries"),
        tag("p", "Ensuite\u00a0: ", tag("code", "bilan-extract correct PLAN.json CORRECTIONS.json"), class_="note"),
        class_="script",
    )
    return join(own, account.applied(view))


def _panel(name: str, title: str, *content: Child, filtered: bool = False, current: bool = False) -> Html:
    return tag(
        "section",
        tag("h2", title, id=f"h-{name}"),
        *content,
        id=f"p-{name}",
        aria_labelledby=f"h-{name}",
        class_="panel current" if current else "panel",
        data_filtered=filtered,
    )


def _aside(view: View, pictures: Sequence[Picture]) -> Html:
    total = view.pages()
    go = tag(
        "form",
        tag("label", "Page ", for_="go-page"),
        tag("input", type="number", id="go-page", min="1", max=total, value="1", inputmode="numeric"),
        tag("button", "Aller", type="submit"),
        tag("button", "−", hidden(" réduire les pages"), type="button", id="smaller"),
        tag("button", "+", hidden(" agrandir les pages"), type="button", id="larger"),
        id="go",
        class_="script",
        aria_label="Aller à une page",
    )
    note = (
        None
        if pictures
        else tag(
            "p",
            "Sans image du document\u00a0: les pages sont dessinées d’après les emplacements des textes.",
            class_="note",
        )
    )
    head = tag("div", tag("h2", f"Pages du document ({total})"), go, class_="bar")
    return tag(
        "aside",
        tag(
            "div",
            head,
            tag(
                "div",
                tag("details", tag("summary", "Légende des couleurs"), pages.legend()),
                tag("button", "Revenir à l’énoncé", type="button", id="back", hidden=True, class_="main script"),
                class_="bar",
            ),
            note,
            class_="page-head",
        ),
        tag(
            "div",
            pages.pages(view, pictures),
            id="sheets",
            class_="sheets",
            tabindex="0",
            role="group",
            aria_label="Images des pages",
        ),
        id="pages",
        aria_label="Pages du document",
        tabindex="-1",
    )


def _dialog() -> Html:
    """The empty form that the program fills with the fields of what is corrected."""
    form = tag(
        "form",
        tag("h2", "Corriger", id="editor-title"),
        tag("div", id="editor-fields"),
        _field(
            "editor-note", "Remarque (facultative)", tag("input", type="text", id="editor-note", autocomplete="off")
        ),
        tag("p", id="editor-error", role="alert", class_="error"),
        tag(
            "div",
            tag("button", "Garder", type="submit", class_="main"),
            tag("button", "Annuler", type="button", id="cancel"),
            class_="tools",
        ),
        id="editor-form",
        method="dialog",
        novalidate=True,
    )
    return tag("dialog", form, id="editor", aria_labelledby="editor-title")


def payload(view: View) -> dict[str, Any]:
    """What the program needs to make corrections: every place that can be corrected, with its source text."""
    corrected = {
        view.short(p): _correctable(view, p)
        for p in view.places
        if isinstance(p.node, Item | Block | Engagement | Focus)
    }
    owners = [[view.short(p), _owner_label(p)] for p in view.places if p.kind in ("engagement", "priority")]
    sha256 = view.plan.document.source.sha256
    step = max((one.step for one in view.plan.corrections), default=0) + 1
    return {
        "root": view.root, "sha256": sha256, "step": step, "places": corrected, "owners": owners, "kinds": words.KIND,
    }


def _owner_label(place: Place) -> str:
    node = place.node
    return (
        f"{words.name(place)}\u00a0: {words.short(node.text, 60)}"
        if isinstance(node, Engagement)
        else words.short(words.name(place))
    )


def _correctable(view: View, place: Place) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": place.kind, "text": place.source_text}
    status = view.status_of(place)
    if status is not None:
        entry["status"] = status
    block = place.above("block")
    if place.kind == "item" and block is not None and block.parent is not None:
        entry["owner"] = view.short(block.parent)
    node = place.node
    if isinstance(node, Item | Engagement | Focus) and node.figures:
        entry["figures"] = [
            [view.short(view.by_node[id(figure)]), figure.text, figure.value, figure.unit or ""] for figure in node.figures
        ]
    if isinstance(node, Item | Engagement | Focus) and node.dates:
        entry["dates"] = [
            [view.short(view.by_node[id(date)]), date.text, _iso(date.start), _iso(date.end), date.edtf] for date in node.dates
        ]
    return entry


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
