"""The period that a label or a running head names: "Actions réalisées en 2024", "Bilan 2023-2024"."""

from __future__ import annotations

import datetime as dt
import re

from bilan_extract.patterns import lazy
from bilan_extract.plan import Period

# "2023-2024", "2022/2024", "2022 à 2024", "2023 et 2024", "2023-24"
_RANGE = lazy(r"\b((?:19|20)\d\d)\s*(?:[-–—/]|à|au|et)\s*((?:19|20)?\d\d)\b")
_YEAR = lazy(r"(?<![\d.,°-])\b((?:19|20)\d\d)\b(?![\d.,]*\d)")
# "1er semestre 2024", "2nd semestre 2025"
_HALF = lazy(r"\b(1er|premier|2e|2nd|2d|2ème|second|deuxième)\s+semestre\s+((?:19|20)\d\d)", re.IGNORECASE)


def period_of(text: str) -> Period | None:
    """The years that ``text`` names as a Period of whole years (or one half), None where it names none or several."""
    half = _HALF.search(text)
    if half:
        year = int(half[2])
        if half[1].lower() in ("1er", "premier"):
            return Period(start=dt.date(year, 1, 1), end=dt.date(year, 6, 30))
        return Period(start=dt.date(year, 7, 1), end=dt.date(year, 12, 31))
    span = _RANGE.search(text)
    if span:
        first = int(span[1])
        last = int(span[2]) if len(span[2]) == 4 else first // 100 * 100 + int(span[2])
        if first <= last <= first + 30:
            return Period(start=dt.date(first, 1, 1), end=dt.date(last, 12, 31))
    years = sorted({int(y) for y in _YEAR.findall(text)})
    if len(years) != 1:
        return None
    return Period(start=dt.date(years[0], 1, 1), end=dt.date(years[0], 12, 31))
