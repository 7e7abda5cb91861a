"""Dates, periods and deadlines as French administrative texts state them.

Three steps, each over the text's `shadow`: find points in time (`points`), join those that make one statement
("du 6 avril au 25 mai", "depuis 2015"), then give a year to what has none. No clock is read anywhere: a missing year
comes from a year just mentioned in the same sentence, then from the block's period, then from a year mentioned before
in the same text, then from the document's period, then from the document's own date. What is still to come ("sera
présenté le 23 janvier", a block of what is planned) lies after what the document reports on. What came from the block
or from the text itself is marked "block", what came from further away "document".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bilan_extract.language import calendar_fr as cal
from bilan_extract.language.calendar_fr import Point
from bilan_extract.language.points import points as points_in
from bilan_extract.language.shadow import shadow
from bilan_extract.patterns import lazy
from bilan_extract.plan import Date, Period

# depuis · à partir du · à compter de la ("dès" names a moment, no open end: the contract lists them)
_FROM = lazy(
    r"(?<!\w)(?:depuis|à partir (?:de|du|d')|à compter (?:de|du|d')|à dater (?:de|du|d')) ?"
    r"(?:la |le |l'|les |mois de |mois d'|cette )*$"
)
# jusqu'en · jusqu'au · d'ici · d'ici à la · au plus tard en ("avant" leaves the day out: no open end)
_UNTIL = lazy(
    r"(?<!\w)(?:jusqu'(?:en|à|au|aux)|d'ici(?: à| au| en)?|au plus tard(?: en| à| au)?) ?"
    r"(?:la |le |l'|les |mois de |mois d'|cette )*$"
)
# between the two ends of a range
_TO = lazy(r" (?:à|au|aux|jusqu'(?:en|à|au|aux)) ?(?:la |le |l'|mois de |mois d')*|(?: ?- ?| ?/ ?| & )")
_AND = lazy(r" et (?:le |la |l'|en |mois de )?")
_RANGE_OPENER = lazy(r"(?<!\w)(?:(?P<between>entre )|du |de |d'|des |depuis )(?:la |le |l'|mois de |mois d')*$")
# a list whose last member holds the year: le 24 mars, le 12 avril et le 3 mai 2024
_LISTED = lazy(
    r"(?: ?\([^()\n]{0,40}\))?(?: ?, ?| et | ou | puis | ?/ ?|, puis | ainsi que )(?:en |au |à |le |les |la |l')*"
)
_LAW = lazy(r"\b(?:loi|décret|arrêté|ordonnance|délibération|circulaire|directive)\b[^.;\n]{0,40}$")
_SENTENCE_END = lazy(r"[.!?;] |\n")
# what stands before a year that sets the time of its whole sentence: "En 2023, …", "Au cours de l'année 2023, …"
_LEADING = lazy(
    r"(?:^|[.!?;:] |\n|\()(?:en |au cours |au |à |à la |de |d'|l'|la |année |dès |courant |durant |pendant |sur )*$"
)
# sera présentée (le 23 janvier), nothing past in between; (le 23 janvier,) se tiendra
_FUTURE = r"\b[^\W\d_]*(?:era|eront|ira|iront|dra|dront|vra|vront|rra|rront|aura|auront)\b"
_FUTURE_LEFT = lazy(rf"{_FUTURE}(?:(?!\b(?:a|ont|été|était|étaient)\b)[^.;!?\n]){{0,60}}$")
_FUTURE_RIGHT = lazy(rf"(?:(?!\b(?:a|ont|été|était|étaient)\b)[^.;!?\n]){{0,40}}{_FUTURE}")

# le 24 · les 7 et 8 · du 21 au 25
_ONE_DAY_ARTICLE = lazy(r"(?<!\w)les? $")
# la (rentrée) · l'(été) · la (fin de l'année)
_ARTICLE = lazy(r"(?<!\w)(?:la |le |l')$")
_DAYS_ARTICLE = lazy(r"(?<!\w)(?:les|du|entre les?|le) $")
Inferred = Literal["block", "document"]


@dataclass(frozen=True, slots=True)
class _Statement:
    """One or two points that state one time, and which of its ends are open."""

    start: int
    end: int
    first: Point
    second: Point | None = None
    open_start: bool = False
    open_end: bool = False


def find_dates(
    text: str,
    *,
    block: Period | None = None,
    document: Period | None = None,
    written_on: dt.date | None = None,
    ahead: bool = False,
) -> list[Date]:
    """The times that a text states, by their place in it, without overlap.

    Args:
        text: one owner's text (item, engagement, focus) as it stands in the plan; any string will do.
        block: the period of the block that holds the text.
        document: the period the document reports on.
        written_on: the document's own date, for what nothing else dates and for what is to come.
        ahead: the text tells of what is to come, as the items of a block "à venir" do.

    A year that nobody can know leaves `start` and `end` null and "XXXX" in the EDTF.
    """
    plain, statements = shadow(text), _statements(text)
    return _Years(plain, statements, block, document, written_on, ahead).dates(text) if statements else []


# -- statements -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)  # `find_figures` asks again for a text without dates
def _statements(text: str) -> tuple[_Statement, ...]:
    """The points in time of a text, joined to ranges and opened to the side their preposition opens."""
    plain = shadow(text)
    points = list(points_in(text, plain))
    found: list[_Statement] = []
    index, free = 0, 0
    while index < len(points):
        first = points[index]
        second = _partner(plain, points, index, free)
        found.append(_opened(plain, first, second, free))
        index += 2 if second else 1
        free = found[-1].end
    return tuple(found)


def _partner(plain: str, points: list[Point], index: int, free: int) -> Point | None:
    """The point that ends the range which this one begins, if it does."""
    if index + 1 == len(points):
        return None
    first, second = points[index], points[index + 1]
    if second.start - first.end > 24 or first.kind in (cal.YEARS, cal.DECADE) or second.kind in (cal.YEARS, cal.DECADE):
        return None
    between = plain[first.end : second.start]
    opener = _RANGE_OPENER.search(plain, max(free, first.start - 24), first.start)
    if _AND.fullmatch(between):
        if not (opener and opener["between"]) and not _neighbours(first, second, between):
            return None
    elif not _TO.fullmatch(between) or (first.kind != second.kind and not opener):
        return None
    if first.year is not None and second.year is not None and first.year > second.year:
        return None
    return second


def _neighbours(first: Point, second: Point, between: str) -> bool:
    """ "mars et avril 2024": one time, as "les 7 et 8 décembre" is; "en 2023 et 2024" are two."""
    return (
        first.kind == second.kind == cal.MONTH
        and first.year is None
        and between == " et "
        and not (first.part or second.part)
        and second.first == first.first % 12 + 1
    )


def _opened(plain: str, first: Point, second: Point | None, free: int) -> _Statement:
    end = (second or first).end
    low = max(free, first.start - 40)
    if second:
        opener = _RANGE_OPENER.search(plain, low, first.start)
        return _Statement(opener.start() if opener else _with_article(plain, first, low), end, first, second)
    for pattern, start_open in ((_FROM, False), (_UNTIL, True)):
        match = pattern.search(plain, low, first.start)
        if match:
            return _Statement(match.start(), end, first, None, start_open, not start_open)
    return _Statement(_with_article(plain, first, low), end, first)


def _with_article(plain: str, first: Point, low: int) -> int:
    """Where the point begins with its article: "le 24 juin", "du 21 au 25", "la rentrée 2025", "la fin de l'année"."""
    if first.kind != cal.DAY:
        named = first.kind in (cal.SEASON, cal.RETURN) or first.part
        match = _ARTICLE.search(plain, low, first.start) if named else None
        return match.start() if match else first.start
    if first.first != first.last:
        match = _DAYS_ARTICLE.search(plain, low, first.start)
    else:
        match = _ONE_DAY_ARTICLE.search(plain, low, first.start)
    return match.start() if match else first.start


# -- years ----------------------------------------------------------------------------------------------------------


class _Years:
    """Gives each statement of one text its years."""

    def __init__(
        self,
        plain: str,
        statements: Sequence[_Statement],
        block: Period | None,
        document: Period | None,
        written_on: dt.date | None,
        ahead: bool,
    ) -> None:
        self.plain = plain
        self.statements = statements
        self.block = _period_years(block)
        self.document = _period_years(document) or ([written_on.year] if written_on else [])
        self.periods = {"block": block, "document": document}
        self.ahead = ahead
        self.written_on = written_on
        self.since = written_on or (dt.date(max(self.document) + 1, 1, 1) if self.document else None)
        self.mentioned: list[tuple[int, int, int]] = []  # start, end and year of what has been read

    def dates(self, text: str) -> list[Date]:
        """The Dates of the text."""
        found = []
        for index, statement in enumerate(self.statements):
            date = self._date(text, index, statement)
            if date is not None:
                found.append(date)
        return found

    def _date(self, text: str, index: int, statement: _Statement) -> Date | None:
        first, second = statement.first, statement.second
        inferred: Inferred | None = None
        listed = self._listed_year(index)
        if second is None:
            year = first.year if first.year is not None else listed
            if year is None:
                year, inferred = self._inferred(statement, first)
            left = right = cover(first, year)
        else:
            years, inferred = self._range_years(statement, first, second, listed)
            left, right = cover(first, years[0]), cover(second, years[1])
            if left and right and left.start > right.end:
                return None
            year = years[0]
        if year is None:
            return _undated(text, statement)
        if left is None or right is None:
            return None
        self._remember(statement, right.end.year)
        return _date(text, statement, left, right, inferred)

    def _remember(self, statement: _Statement, year: int) -> None:
        """Keeps a written year for what comes after it; that of a law, or of an open period, dates nothing else."""
        written = (statement.second or statement.first).year is not None
        if not written or statement.open_end or statement.open_start or statement.first.kind in (cal.YEARS, cal.DECADE):
            return
        if not _LAW.search(self.plain, max(0, statement.start - 60), statement.start):
            self.mentioned.append((statement.start, statement.end, year))

    def _listed_year(self, index: int) -> int | None:
        """The year written behind the last member of the list this statement is in."""
        for here, following in zip(self.statements[index:], self.statements[index + 1 :], strict=False):
            if (here.second or here.first).year is not None:
                return None
            if not _LISTED.fullmatch(self.plain, here.end, following.start):
                return None
            if here.first.kind not in (cal.DAY, cal.MONTH, cal.QUARTER, cal.HALF, cal.SEASON):
                return None
            point = following.second or following.first
            if point.year is not None:
                same = following.first.kind == here.first.kind
                return point.year if same and here.first.order <= following.first.order else None
        return None

    def _range_years(
        self, statement: _Statement, first: Point, second: Point, listed: int | None
    ) -> tuple[tuple[int | None, int | None], Inferred | None]:
        """The years of both ends: one that is missing follows from the other."""
        over = int(first.kind != cal.YEAR and first.order > second.order)
        if first.year is not None:
            return (first.year, second.year if second.year is not None else first.year + over), None
        if second.year is not None or listed is not None:
            year = second.year if second.year is not None else listed
            assert year is not None
            return (year - over, year), None
        year, inferred = self._inferred(statement, first)
        return (year, None if year is None else year + over), inferred

    def _inferred(self, statement: _Statement, point: Point) -> tuple[int | None, Inferred | None]:
        """The first year that fits of those at hand: by the weekday where one is written, else the nearest."""
        choices = list(self._choices(statement, point))
        if point.weekday is not None:
            for year, source in choices:
                found = cover(point, year)
                if found and found.start.weekday() == point.weekday:
                    return year, source
            for year, source in choices[:1]:  # the weekday tells what nothing else does: next year, else the year before
                for near in (year + 1, year - 1):
                    found = cover(point, near)
                    if found and found.start.weekday() == point.weekday:
                        return near, source
        for year, source in choices:
            return year + point.shift, source
        return None, None

    def _choices(self, statement: _Statement, point: Point) -> Iterator[tuple[int, Inferred]]:
        relative = point.kind == cal.YEAR and point.part is None
        here: list[int] = []
        before: list[int] = []
        for start, end, year in reversed(self.mentioned):
            same = not _SENTENCE_END.search(self.plain, end, statement.start)
            leads = same and _LEADING.search(self.plain, max(0, start - 40), start)
            (here if leads else before).append(year)
        if not relative:
            yield from ((year, "block") for year in here)
        yield from ((year, "block") for year in self._fitting(self.block, "block", point))
        coming = None if relative or self.block else self._coming(statement, point)
        if not relative:
            yield from ((year, "block") for year in before if coming is None or year >= coming)
        if coming is not None:
            yield coming, "document"
        for year in self._fitting(self.document, "document", point):
            yield year - self._too_late(year, point), "document"

    def _too_late(self, year: int, point: Point) -> int:
        """1 where only the document's own date tells the year, and what is told of as past would lie after it."""
        if self.written_on is None or self.periods["document"] or point.shift:
            return 0
        found = cover(point, year)
        return int(found is not None and found.start > self.written_on)

    def _coming(self, statement: _Statement, point: Point) -> int | None:
        """The year of what is still to come: the first in which the point is not over when the document is written."""
        if self.since is None or not (self.ahead or self._is_future(statement)):
            return None
        found = cover(point, self.since.year)
        return self.since.year + int(found is not None and found.end < self.since)

    def _is_future(self, statement: _Statement) -> bool:
        """ "sera présenté le 23 janvier", "Le 23 janvier, une réunion se tiendra"."""
        if _FUTURE_LEFT.search(self.plain, max(0, statement.start - 90), statement.start):
            return True
        leads = _LEADING.search(self.plain, max(0, statement.start - 40), statement.start)
        return bool(leads and _FUTURE_RIGHT.match(self.plain, statement.end))

    def _fitting(self, years: list[int], source: str, point: Point) -> list[int]:
        """The years of a period, those first in which the point lies within it, the latest before the earlier."""
        period = self.periods[source]
        if not period or len(years) < 2 or point.kind == cal.YEAR:
            return years

        def outside(year: int) -> bool:
            found = cover(point, year)
            return found is None or bool(
                (period.start and found.end < period.start) or (period.end and found.start > period.end)
            )

        return sorted(years, key=outside)


def cover(point: Point, year: int | None) -> cal.Cover | None:
    """As `calendar_fr.cover`, None without a year."""
    return None if year is None else cal.cover(point, year)


def _period_years(period: Period | None) -> list[int]:
    """The years a period touches, the latest first; of a long one only its ends."""
    if period is None:
        return []
    start, end = period.start or period.end, period.end or period.start
    if start is None or end is None:
        return []
    years = list(range(end.year, start.year - 1, -1))
    return years if len(years) <= 10 else [years[0], years[-1]]


def _date(text: str, statement: _Statement, left: cal.Cover, right: cal.Cover, inferred: Inferred | None) -> Date:
    span = (statement.start, statement.end)
    start = None if statement.open_start else left.start
    end = None if statement.open_end else right.end
    if statement.open_end:
        edtf, approximate = f"{left.left}/..", left.approximate
    elif statement.open_start:
        edtf, approximate = f"../{right.right}", right.approximate
    elif statement.second:
        edtf, approximate = f"{left.left}/{right.right}", left.approximate or right.approximate
    else:
        edtf, approximate = left.edtf, left.approximate
    return Date(
        text=text[span[0] : span[1]], span=span, start=start, end=end, edtf=edtf, approximate=approximate,
        inferred=inferred,
    )  # fmt: skip


def _undated(text: str, statement: _Statement) -> Date:
    """A time whose year nobody knows: said, but not dated."""
    first, second = cal.unknown_year(statement.first), cal.unknown_year(statement.second or statement.first)
    edtf = first
    if statement.second:
        edtf = f"{first.split('/')[0]}/{second.split('/')[-1]}"
    elif statement.open_end:
        edtf = f"{first.split('/')[0]}/.."
    elif statement.open_start:
        edtf = f"../{second.split('/')[-1]}"
    span = (statement.start, statement.end)
    return Date(text=text[span[0] : span[1]], span=span, start=None, end=None, edtf=edtf, approximate="~" in edtf)
