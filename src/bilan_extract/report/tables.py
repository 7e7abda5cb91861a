"""Figures and dates as tables that a click on a heading sorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bilan_extract.places import Place
from bilan_extract.plan import Date, Engagement, Figure, Priority
from bilan_extract.report import words
from bilan_extract.report.markup import Child, Html, join, tag
from bilan_extract.report.view import View, place_button, regions_of

# what is not stated: sorts after all the rest, either way
LAST = "~"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        content: what is shown.
        key: what it is sorted by where that is not what is shown; a float sorts as a number.
        class_: for the style sheet.
    """

    content: Child
    key: str | float | None = None
    class_: str | None = None


def sortable(identifier: str, caption: str, heads: list[str], rows: Sequence[tuple[str | None, list[Cell]]]) -> Html:
    """A table with a button in each heading.

    Args:
        identifier: of the table.
        caption: what it holds.
        heads: of the columns.
        rows: each with the id of the element that it belongs to (for the filters), or None, and its cells. The first
            cell is the row's heading.
    """
    buttons = {text: tag("button", text, type="button", class_="sort") for text in heads}
    head = tag(
        "tr", [tag("th", buttons[text], scope="col", aria_sort="none", data_head=text) for text in heads]
    )
    body = [
        tag("tr", [_cell(cell, first=n == 0) for n, cell in enumerate(cells)], data_owner=owner)
        for owner, cells in rows
    ]
    table = tag(
        "table", tag("caption", caption), tag("thead", head), tag("tbody", body), id=identifier, class_="sortable"
    )
    return tag("div", table, class_="wide", role="region", aria_label=caption, tabindex="0")


def _cell(cell: Cell, *, first: bool) -> Html:
    number = isinstance(cell.key, float)
    if first:
        return tag("th", cell.content, scope="row", data_key=cell.key, class_=cell.class_)
    return tag("td", cell.content, data_key=cell.key, class_="number" if number else cell.class_)


def figures(view: View) -> Html:
    """Every figure of the plan."""
    rows = [(_owner(view, place), _figure_row(view, place)) for place in view.of_kind("figure")]
    if not rows:
        return tag("p", "Le plan ne cite aucun chiffre.", class_="empty")
    heads = ["Chiffre", "Valeur", "Unité", "Statut", "Page", "Où"]
    return sortable("figures", f"Chiffres du plan ({len(rows)})", heads, rows)


def _figure_row(view: View, place: Place) -> list[Cell]:
    figure = place.node
    assert isinstance(figure, Figure)
    unit = figure.unit or ("fraction" if figure.kind == "fraction" else None)
    return [
        Cell(figure.text),
        Cell(words.amount(figure), float(figure.value)),
        Cell(unit or "–", unit or LAST),
        *_context(view, place),
    ]


def dates(view: View) -> Html:
    """Every date of the plan."""
    rows = [(_owner(view, place), _date_row(view, place)) for place in view.of_kind("date")]
    if not rows:
        return tag("p", "Le plan ne cite aucune date.", class_="empty")
    heads = ["Date", "Début", "Fin", "Précision", "Statut", "Page", "Où"]
    return sortable("dates", f"Dates du plan ({len(rows)})", heads, rows)


def _date_row(view: View, place: Place) -> list[Cell]:
    date = place.node
    assert isinstance(date, Date)
    precision = ["approximative"] if date.approximate else []
    if date.inferred:
        precision.append(words.INFERRED[date.inferred])
    return [
        Cell(date.text),
        Cell(words.day(date.start) or "–", date.start.isoformat() if date.start else LAST),
        Cell(words.day(date.end) or "–", date.end.isoformat() if date.end else LAST),
        Cell(", ".join(precision) or "–"),
        *_context(view, place),
    ]


def _owner(view: View, place: Place) -> str | None:
    return view.short(place.parent) if place.parent else None


def _context(view: View, place: Place) -> list[Cell]:
    """Where a figure or date stands: its owner, the owner's status, the page."""
    owner = place.parent
    assert owner is not None
    engagement = place.above("engagement")
    above = engagement or place.above("priority")
    where = _shortly(above) if above is not None else ""
    link = tag("a", words.short(owner.source_text, 56), href=f"#e-{view.short(owner)}", class_="goto")
    status = view.status_of(place)
    if isinstance(owner.node, Engagement):
        state = "Engagement"
    else:
        state = words.STATUS[status] if status else "Focus"
    regions = regions_of(owner)
    page = regions[0].page if regions else 0
    return [
        Cell(state),
        Cell(place_button(view.short(owner), regions, owner.source_text), float(page), "page"),
        Cell(join(tag("span", where, class_="where"), " ", link), _padded(where)),
    ]


def _shortly(place: Place) -> str:
    """A level by its label ("Priorité 3"), which says enough in a narrow column."""
    node = place.node
    return (isinstance(node, Priority) and node.label) or words.name(place)


def _padded(text: str) -> str:
    """The text with its numbers padded, so that "2.10" sorts after "2.9"."""
    return " ".join(part.zfill(4) if part.isdigit() else part for part in text.replace(".", " ").split())
