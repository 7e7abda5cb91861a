"""csv: one file a table, UTF-8, commas, RFC 4180 quotes and line ends, no cell that could become a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from bilan_extract.outputs.files import write_text
from bilan_extract.outputs.safety import escape_cell
from bilan_extract.outputs.tables import TABLES, Cell, tables
from bilan_extract.plan import Plan


def write_csv(plans: Sequence[Plan], name: str, folder: Path) -> list[Path]:
    """Write every table of ``plans`` as ``folder/<name><table>.csv``; returns the files, in the tables' order."""
    rows = tables(plans)
    written = []
    for table in TABLES:
        header = [column.name for column in table.columns]
        lines = ([row[column] for column in header] for row in rows[table.name])
        written.append(write_text(folder / f"{name}{table.name}.csv", csv_text(header, lines)))
    return written


def csv_text(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> str:
    """A csv file's text. Empty cells are null; text that looks like a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([cell_text(cell) for cell in line] for line in lines)
    return out.getvalue()


def cell_text(cell: Cell) -> str:
    """A cell as csv text: ISO dates, "true" and "false", numbers with a point and no trailing ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return escape_cell(cell) if isinstance(cell, str) else str(cell)
