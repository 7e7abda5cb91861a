"""xlsx: a French summary sheet, then one sheet a table with frozen headers, filters and real cell types (openpyxl)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilan_extract.outputs.files import need, write_bytes
from bilan_extract.outputs.tables import TABLES, Cell, Column, Row, Table, tables
from bilan_extract.outputs.workbook import LONGEST_CELL, put, workbook_bytes
from bilan_extract.plan import Plan

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SUMMARY = "Résumé"
NARROWEST, WIDEST = 8, 70


def write_xlsx(plans: Sequence[Plan], path: Path) -> list[Path]:
    """Write the workbook of ``plans`` to ``path``.

    Raises:
        UsageError: openpyxl is not installed.
        OutputError: the file cannot be written.
    """
    need("openpyxl", "tables")
    from openpyxl import Workbook

    book = Workbook()
    summary = book.worksheets[0]
    summary.title = SUMMARY
    rows = tables(plans)
    for table in TABLES:
        _sheet(book, table, rows[table.name])
    _summary(summary, plans, rows)
    days = [plan.document.session_date for plan in plans if plan.document.session_date]
    return [write_bytes(path, workbook_bytes(book, max(days, default=None)))]


def _sheet(book: Workbook, table: Table, rows: list[Row]) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name)
    wrap = Alignment(wrap_text=True, vertical="top")
    dressed: dict[tuple[int, ...], Any] = {}  # the few styles there are: to look each up for every cell takes half the time
    for c, column in enumerate(table.columns, 1):
        _header(sheet, 1, c, column.name)
        for r, row in enumerate(rows, 2):
            cell: Any = put(sheet, r, c, row[column.name])
            if cell is None:
                continue
            plain = tuple(cell._style or ())
            if plain not in dressed:
                cell.alignment = wrap
                dressed[plain] = cell._style
            cell._style = copy(dressed[plain])
        sheet.column_dimensions[get_column_letter(c)].width = _width(column, rows)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(rows) + 1}"


def _header(sheet: Worksheet, row: int, column: int, text: str) -> None:
    from openpyxl.styles import Font, PatternFill

    cell = put(sheet, row, column, text)
    if cell is not None:
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E79")


def _width(column: Column, rows: list[Row]) -> int:
    """A width in characters that shows most of what the column holds."""
    if column.type == "date":
        return 12
    longest = max((len(line) for row in rows for line in str(row[column.name] or "").split("\n")), default=0)
    return max(NARROWEST, min(WIDEST, max(longest, len(column.name)) + 2))


def _summary(sheet: Worksheet, plans: Sequence[Plan], rows: dict[str, list[Row]]) -> None:
    lines: list[tuple[Cell, ...]] = []
    for plan, row in zip(plans, rows["plans"], strict=True):
        lines += _about(plan, row, rows)
        lines.append(())
    lines.append(("Feuilles de ce classeur", "Lignes", "Contenu"))
    lines += [(table.name, len(rows[table.name]), table.title) for table in TABLES]
    lines.append(())
    lines.append(("Les colonnes « …_id » renvoient à la colonne « id » de la feuille du même nom.",))
    cut = _cut(rows)
    if cut:
        lines.append((f"Textes coupés à {LONGEST_CELL} caractères, entiers dans le JSON : {', '.join(cut)}",))
    for r, line in enumerate(lines, 1):
        for c, value in enumerate(line, 1):
            put(sheet, r, c, value)
    _dress(sheet)


def _about(plan: Plan, row: Row, rows: dict[str, list[Row]]) -> list[tuple[Cell, ...]]:
    """What the summary says about one plan: label and value a line."""
    key = row["id"]
    own = {name: [r for r in rows[name] if r["document_id"] == key] for name in rows if name != "plans"}
    told = [s for s in own["statements"] if s["kind"] != "lead_in"]  # what only introduces a list states nothing
    done = [s for s in told if s["status"] == "réalisé"]
    progress = plan.progress
    judged: list[tuple[Cell, ...]] = []
    if progress is not None:
        judged = [
            ("Engagements réalisés", progress.realised), ("Engagements en cours", progress.ongoing),
            ("Engagements à venir", progress.upcoming), ("Engagements sans état connu", progress.unknown),
        ]
    return [
        ("Plan", plan.title or plan.document.title),
        ("Identifiant", key),
        ("Collectivité", plan.document.collectivity),
        ("Délibération", plan.document.number),
        ("Objet", plan.document.title),
        ("Séance du", plan.document.session_date),
        ("Période, du", row["period_start"]),
        ("Période, au", row["period_end"]),
        ("Fichier", row["source_name"]),
        ("Pages", row["pages"]),
        ("Priorités", len(own["priorities"])),
        ("Engagements", len(own["engagements"])),
        ("Énoncés réalisés", len(done)),
        ("Énoncés à venir", len(told) - len(done)),
        ("Chiffres", len(own["figures"])),
        ("Dates", len(own["dates"])),
        *judged,
        *(("Annoncé par le document", claim.text) for claim in plan.reported_progress),
        ("Points à vérifier", len(own["warnings"])),
        ("Mots du document", row["words"]),
        ("Mots dans le plan", row["words_in_plan"]),
        ("Mots laissés de côté", row["words_set_aside"]),
        ("Corrections humaines", len(own["corrections"])),
    ]


def _cut(rows: dict[str, list[Row]]) -> list[str]:
    return [
        f"{name} {row['id']}"
        for name, own in rows.items()
        for row in own
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in row.values())
    ]


def _dress(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font

    for letter, width in (("A", 30), ("B", 60), ("C", 45)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for c, cell in enumerate(row):
            cell.alignment = Alignment(wrap_text=c > 0, vertical="top", horizontal="left")
            if c == 0:
                cell.font = Font(bold=True)
