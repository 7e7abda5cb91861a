"""tet: the sheet that Territoires en Transitions imports, one plan a workbook (openpyxl).

Ambition and priority become axe and sous-axe, an engagement an action, a statement a sous-action of it (or, where it
belongs to no engagement, an action). What the document does not state stays empty: no pilot, no budget, no funder is
ever made up, and a date only stands where the text gives exactly one, or the block's label a period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from bilan_extract.outputs.files import need, write_bytes
from bilan_extract.outputs.workbook import put, workbook_bytes
from bilan_extract.plan import Ambition, Block, Date, Engagement, Item, Period, Plan, Priority

#: Row 2 of the sheet, exactly and in this order.
HEADERS = (
    "Axe (x)", "Sous-axe (x.x)", "Sous-sous axe (x.x.x)", "Titre de l'action", "Titre de la sous-action", "Descriptif",
    "Instances de gouvernance", "Objectifs", "Indicateurs liés", "Structure pilote", "Moyens humains et techniques",
    "Partenaires", "Direction ou service pilote", "Personne pilote", "Élu·e référent·e", "Participation Citoyenne",
    "Financements", "Financeur 1", "Montant € HT", "Financeur 2", "Montant € HT", "Financeur 3", "Montant € HT",
    "Budget prévisionnel total € HT", "Statut", "Niveau de priorité", "Date de début", "Date de fin",
)
#: What "Statut" may hold.
STATUSES = ("À venir", "En cours", "Réalisé", "En pause", "Abandonné", "Bloqué", "En retard", "A discuter")
# "(cf Plan Vélo voté le 30/01/2023)"
BRACKETS = re.compile(r"\([^()]*\)")
LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_OTHER = 300, 20_000, 10_000
FIRST_ROW = 4

_AMOUNT_HINT = "Montant en euros hors taxes"
_HINTS = {
    "Axe (x)": "Texte", "Sous-axe (x.x)": "Texte", "Sous-sous axe (x.x.x)": "Texte",
    "Titre de l'action": f"Texte obligatoire, {LONGEST_TITLE} caractères au plus",
    "Titre de la sous-action": f"Texte, {LONGEST_TITLE} caractères au plus",
    "Descriptif": f"Texte, {LONGEST_DESCRIPTION} caractères au plus", "Objectifs": "Texte", "Indicateurs liés": "Texte",
    "Moyens humains et techniques": "Texte", "Financements": "Texte", "Montant € HT": _AMOUNT_HINT,
    "Budget prévisionnel total € HT": _AMOUNT_HINT, "Participation Citoyenne": "Une valeur de la liste",
    "Statut": "Une valeur parmi : " + ", ".join(STATUSES), "Niveau de priorité": "Une valeur de la liste",
    "Date de début": "JJ/MM/AAAA", "Date de fin": "JJ/MM/AAAA",
}
_LIST_HINT = "Noms séparés par des virgules"
_ELLIPSIS = "…"
_PROGRESS = {"réalisé": "Réalisé", "en cours": "En cours", "à venir": "À venir", None: ""}


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the sheet: an action, or a sous-action where ``part`` is not empty; "" is an empty cell."""

    axis: str
    sub_axis: str
    title: str
    part: str = ""
    description: str = ""
    status: str = ""
    start: dt.date | None = None
    end: dt.date | None = None

    def cells(self) -> dict[str, str]:
        """What the row holds, by header."""
        return {
            "Axe (x)": self.axis, "Sous-axe (x.x)": self.sub_axis, "Titre de l'action": self.title,
            "Titre de la sous-action": self.part, "Descriptif": self.description, "Statut": self.status,
            "Date de début": _day(self.start), "Date de fin": _day(self.end),
        }


def write_tet(plan: Plan, path: Path) -> list[Path]:
    """Write the import workbook of ``plan`` to ``path``.

    Raises:
        UsageError: openpyxl is not installed.
        OutputError: the file cannot be written.
    """
    need("openpyxl", "tables")
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Plan à importer"
    put(sheet, 1, 1, "Import d'un plan dans Territoires en Transitions")
    for c, header in enumerate(HEADERS, 1):
        put(sheet, 2, c, header)
        put(sheet, 3, c, _HINTS.get(header, _LIST_HINT))
        sheet.cell(row=2, column=c).font = Font(bold=True)
        sheet.cell(row=3, column=c).font = Font(italic=True)
        sheet.column_dimensions[get_column_letter(c)].width = 40 if c in (1, 2, 4, 5, 6) else 18
    for r, action in enumerate(actions(plan), FIRST_ROW):
        cells = action.cells()
        for c, header in enumerate(HEADERS, 1):
            cell = put(sheet, r, c, cells.get(header))
            if cell is not None:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = f"A{FIRST_ROW}"
    return [write_bytes(path, workbook_bytes(book, plan.document.session_date))]


def actions(plan: Plan) -> Iterator[Action]:
    """The rows of ``plan``; a sous-action comes after the action whose title and axes it repeats."""
    titles: dict[tuple[str, str], set[str]] = {}
    for ambition in plan.ambitions:
        for priority in ambition.priorities:
            axis, sub_axis = _axes(ambition, priority)
            taken = titles.setdefault((axis, sub_axis), set())
            for engagement in priority.engagements:
                yield from _engagement(engagement, axis, sub_axis, taken)
            for item, block, lead in _statements(priority.blocks):
                title, description = _titled(item.text, lead)
                yield _dated(
                    Action(axis, sub_axis, _unique(title, block.label, taken), "", description, _status(item, block)),
                    item.text, item.dates, block.period,
                )


def _axes(ambition: Ambition, priority: Priority) -> tuple[str, str]:
    """Axe and sous-axe; a document without an upper level has its priorities as axes."""
    above = _heading(ambition.label, ambition.number, ambition.title)
    own = _heading(priority.label, priority.number, priority.title)
    return (above, own) if above else (own, "")


def _heading(label: str | None, number: int | None, title: str | None) -> str:
    name = label or (str(number) if number is not None else "")
    return _cut(" - ".join(part for part in (name, title) if part), LONGEST_OTHER)


def _engagement(engagement: Engagement, axis: str, sub_axis: str, taken: set[str]) -> Iterator[Action]:
    title, description = _titled(engagement.text)
    title = _unique(title, engagement.id, taken)
    status = _PROGRESS[engagement.progress]
    yield _dated(Action(axis, sub_axis, title, "", description, status), engagement.text, engagement.dates, None)
    for item, block, lead in _statements(engagement.blocks):
        part, more = _titled(item.text, lead)
        row = Action(axis, sub_axis, title, part, more, _status(item, block))
        yield _dated(row, item.text, item.dates, block.period)


def _statements(blocks: list[Block]) -> Iterator[tuple[Item, Block, str]]:
    """Each statement with its block and the lead-in above it; a lead-in alone counts as a statement."""
    for block in blocks:
        lead = ""
        for item, after in zip_longest(block.items, block.items[1:]):
            if item.kind == "lead_in" and after is not None and after.kind == "bullet":
                lead = item.text
                continue
            if item.kind != "bullet":
                lead = ""
            yield item, block, lead


def _titled(text: str, lead: str = "") -> tuple[str, str]:
    """A title of one line, and what the title does not say: the other lines, or all of it where it had to be cut."""
    first, _, rest = text.strip().partition("\n")
    title = _cut(first.rstrip(" :;"), LONGEST_TITLE) or _ELLIPSIS
    more = text.strip() if title.endswith(_ELLIPSIS) else rest.strip()
    return title, _cut("\n".join(part for part in (lead, more) if part), LONGEST_DESCRIPTION)


def _cut(text: str, longest: int) -> str:
    """``text``, cut between words with "…" where it is longer."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip() + _ELLIPSIS


def _unique(title: str, hint: str | None, taken: set[str]) -> str:
    """``title``, told apart from those before it: the import joins a sous-action to its action by title and axes."""
    made, count = title, 1
    while made.casefold() in taken:
        mark = f" ({hint})" if hint and count == 1 else f" ({count})"
        made, count = _cut(title, LONGEST_TITLE - len(mark)) + mark, count + 1
    taken.add(made.casefold())
    return made


def _status(item: Item, block: Block) -> str:
    if block.status == "à venir":
        return "À venir"
    return "En cours" if item.stage == "en cours" else "Réalisé"


def _dated(row: Action, text: str, dates: list[Date], period: Period | None) -> Action:
    """``row`` with the one date that its text states of it, else the block's period, else none."""
    own = [date for date in dates if not _is_aside(text, date)]
    if len(own) == 1:
        start, end = own[0].start, own[0].end
    elif not own and period is not None:
        start, end = period.start, period.end
    else:
        return row
    if start and end and start > end:
        return row
    return replace(row, start=start, end=end)


def _is_aside(text: str, date: Date) -> bool:
    """Whether a date stands in a remark, "(cf Plan Vélo voté le 30/01/2023)": it dates that, not the action.

    A bracket that holds nothing but the date, "(14 juin 2025)", dates the action.
    """
    start, end = date.span
    inside = next((one for one in BRACKETS.finditer(text) if one.start() < start and end < one.end()), None)
    return inside is not None and any(text[a:b].strip(" ()\u00a0") for a, b in ((inside.start(), start), (end, inside.end())))


def _day(day: dt.date | None) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}" if day else ""
