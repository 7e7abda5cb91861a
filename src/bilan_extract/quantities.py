"""What a person may say of a figure or date: a date in EDTF, words of a text that are one, words that are none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher
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
# the words of "(60 collèges, 8,5 % et 2 M€)": 60 · collèges · 8,5 · % · et · 2 · M€
_WORD = lazy(r"[\w%€°²³]+(?:[.,’'-][\w%€°²³]+)*")

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


def anchored(
    quantities: list[Quantity], old: str, text: str, decided: Collection[int] = ()
) -> tuple[list[Quantity], list[Quantity]]:
    """``quantities`` of the text ``old`` with their spans in the new ``text``, and those whose words it no longer holds.

    Args:
        quantities: in the order of their spans.
        old: the text that the spans are in.
        text: the text that has come in its place.
        decided: ids (`id`) of those whose value a person has just given: they follow their words where these have
            changed ("Trois sites" to "Quatre sites"), for the number is not the old words' any more.
    """
    kept: list[Quantity] = []
    lost: list[Quantity] = []
    cursor = 0
    for quantity in quantities:
        span = _found(quantity, old, text, cursor, follow=id(quantity) in decided)
        if span is None or any(other.span == span for other in kept):
            lost.append(quantity)
            continue
        kept.append(quantity.model_copy(update={"span": span, "text": text[slice(*span)]}))
        cursor = max(cursor, span[1])
    return sorted(kept, key=lambda quantity: quantity.span), lost


def _found(quantity: Quantity, old: str, text: str, cursor: int, *, follow: bool) -> Span | None:
    start = text.find(quantity.text, cursor)
    start = start if start >= 0 else text.find(quantity.text)
    if start >= 0:
        return start, start + len(quantity.text)
    return _followed(quantity.span, old, text) if follow else None


def _followed(span: Span, old: str, text: str) -> Span | None:
    """Where the words that stand in the new text for those at ``span`` of the old one are, without signs around them."""
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(text))
    ours = [n for n, word in enumerate(before) if word.start() < span[1] and span[0] < word.end()]
    matcher = SequenceMatcher(None, [word[0] for word in before], [word[0] for word in after], autojunk=False)
    theirs: list[int] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            theirs += [j1 + n - i1 for n in ours if i1 <= n < i2]
        elif i1 < i2 and set(range(i1, i2)) <= set(ours):
            theirs += range(j1, j2)
        elif any(i1 <= n < i2 for n in ours):  # more than the figure's words was replaced: the number alone is its own
            theirs += [n for n in range(j1, j2) if any(sign.isdigit() for sign in after[n][0])]
    words = {after[n][0] for n in theirs}
    if not words & {before[n][0] for n in ours} and not any(sign.isdigit() for word in words for sign in word):
        return None  # what came in their place says something else
    return after[min(theirs)].start(), after[max(theirs)].end()
