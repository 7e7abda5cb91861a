"""What a person may say of a figure or date: a date in EDTF, words of a text that are one, words that are none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TypeVar

from bilan_extract.patterns import lazy
from bilan_extract.plan import Date, Figure, NewDate, NewFigure, Span

# 2025, 2025-06, 2025-06-14, 2025-34 (2nd quarter), each also with "~": about
_SIDE = lazy(r"(?P<year>\d{4})(?:-(?P<part>\d\d)(?:-(?P<day>\d\d))?)?(?P<about>~)?")
#: First and last month of what EDTF numbers beyond the months: seasons, quarters, halves (winter ends next year).
_PARTS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}
OPEN = ".."

Quantity = TypeVar("Quantity", Figure, Date)
Days = tuple[dt.date, dt.date]


def read_edtf(text: str) -> tuple[dt.date | None, dt.date | None, bool]:
    """First day, last day (None where open) and whether they are approximate, of a date as the plan writes it.

    Raises:
        ValueError: it is no date of that form, or one that ends before it begins.
    """
    first, slash, last = text.partition("/")
    sides = [_side(side) if side != OPEN else None for side in ((first, last) if slash else (first,))]
    days = [side[0] if side else None for side in sides]
    start, end = (days[0][0] if days[0] else None), (days[-1][1] if days[-1] else None)
    if not any(days) or (not slash and days[0] is None) or (start and end and start > end):
        raise ValueError(f"« {text} » n'est pas une date possible ; écrivez par exemple 2025-06-14, 2025-06/2025-09 ou ../2027")
    return start, end, any(side[1] for side in sides if side)


def _side(text: str) -> tuple[Days, bool]:
    wrong = ValueError(f"« {text} » n'est pas une date ; écrivez par exemple 2025, 2025-06 ou 2025-06-14")
    found = _SIDE.fullmatch(text)
    if found is None:
        raise wrong
    try:
        return _days(found), found["about"] is not None
    except ValueError:  # the 30th of February, the 13th month, the year 0
        raise wrong from None


def _days(found: re.Match[str]) -> Days:
    year, part, day = int(found["year"]), found["part"], found["day"]
    if part is None:
        return _months(year, 1, 12)
    if day is not None:
        exact = dt.date(year, int(part), int(day))
        return exact, exact
    number = int(part)
    return _months(year, *_PARTS.get(number, (number, number)))


def _months(year: int, first: int, last: int) -> Days:
    """From the first day of a month to the last day of another; month 14 is February of the next year."""
    if last > 14 or first < 1:
        raise ValueError("no such month")
    after = dt.date(year + last // 12, last % 12 + 1, 1)
    return dt.date(year, first, 1), after - dt.timedelta(days=1)


def span_of(text: str, words: str, taken: Sequence[Span]) -> Span | None:
    """Where ``words`` first stand in ``text`` without touching a span that is taken; None where they do not."""
    start = text.find(words)
    while start >= 0:
        span = (start, start + len(words))
        if all(span[1] <= other[0] or other[1] <= span[0] for other in taken):
            return span
        start = text.find(words, start + 1)
    return None


def made(new: NewFigure | NewDate, span: Span) -> Figure | Date:
    """The figure or date that a person found at ``span``."""
    if isinstance(new, NewFigure):
        return Figure(span=span, **new.model_dump())
    start, end, about = read_edtf(new.date)
    return Date(text=new.text, span=span, start=start, end=end, edtf=new.date, approximate=about)


def anchored(quantities: list[Quantity], text: str) -> tuple[list[Quantity], list[Quantity]]:
    """``quantities`` with their spans in the new ``text``, and those whose words it no longer holds."""
    kept: list[Quantity] = []
    lost: list[Quantity] = []
    cursor = 0
    for quantity in quantities:
        start = text.find(quantity.text, cursor)
        start = start if start >= 0 else text.find(quantity.text)
        span = (start, start + len(quantity.text))
        if start < 0 or any(other.span == span for other in kept):
            lost.append(quantity)
            continue
        kept.append(quantity.model_copy(update={"span": span}))
        cursor = max(cursor, span[1])
    return sorted(kept, key=lambda quantity: quantity.span), lost
