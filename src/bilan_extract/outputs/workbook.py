"""What the two spreadsheet outputs (xlsx, tet) share: text that stays text, and bytes that do not tell the time."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, cast

from bilan_extract.outputs.files import repack
from bilan_extract.outputs.safety import like_formula
from bilan_extract.outputs.tables import Cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

#: The most characters that a spreadsheet cell holds.
LONGEST_CELL = 32_767
CUT = " … [coupé : la suite est dans le JSON]"
#: Spreadsheets have no dates before this day (and 1900 is not a leap year, whatever they think).
FIRST_DATE = dt.date(1900, 3, 1)
# control characters that XML does not allow
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# <dcterms:modified xsi:type="dcterms:W3CDTF">2025-02-11T08:00:00Z</dcterms:modified>
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def put(sheet: Worksheet, row: int, column: int, value: Cell) -> SheetCell | None:
    """Put ``value`` in a cell with its own type; text never becomes a formula, dates too old for a cell are text.

    Returns:
        The cell, or None where there was nothing to put.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.date) and value < FIRST_DATE:
        value = value.isoformat()
    cell = cast("SheetCell", sheet.cell(row=row, column=column))
    if isinstance(value, str):
        cell.value = fit(FORBIDDEN.sub("\ufffd", value))
        cell.data_type = "s"
        if like_formula(value):
            cell.quotePrefix = True
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "DD/MM/YYYY"
    return cell


def fit(text: str) -> str:
    """``text``, cut with a note that says so where a cell cannot hold it."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT


def workbook_bytes(book: Workbook, day: dt.date | None) -> bytes:
    """The workbook as a file; ``day`` stands where the clock would (1 January 2000 where there is none)."""
    moment = dt.datetime.combine(day or dt.date(2000, 1, 1), dt.time())
    book.properties.creator = "bilan-extract"
    book.properties.created = moment
    out = io.BytesIO()
    book.save(out)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return repack(out.getvalue(), {"docProps/core.xml": lambda core: MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", core)})
