"""Points in time as French names them, and the days they cover.

A `Point` is one name of a time ("juin 2024", "fin d'année", "les 7 et 8 décembre 2023") with its year or without;
`cover` says, given a year, which days it covers and how EDTF writes it. Nothing here reads a text.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

#: What a Point may be.
DAY, MONTH, QUARTER, HALF, SEASON, RETURN, SCHOOL, YEAR, YEARS, DECADE = (
    "day", "month", "quarter", "half", "season", "return", "school", "year", "years", "decade",
)
_SEASONS = {"printemps": 21, "été": 22, "automne": 23, "hiver": 24}
_PREFIXES = {
    "janv": 1, "fév": 2, "fev": 2, "mars": 3, "avr": 4, "mai": 5, "juin": 6,
    "juil": 7, "aou": 8, "aoû": 8, "sept": 9, "oct": 10, "nov": 11, "déc": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Point:
    """One name of a time, as written.

    Attributes:
        start, end: half-open offsets in the text.
        kind: one of the constants above.
        first, last: first and last day, month, quarter, half or season; day points hold days, see `month`.
        month: of a day point.
        year, year_end: as written, None where missing; `year_end` only of year ranges.
        shift: years to add to an inferred year ("l'année dernière": -1).
        part: "début", "mi", "fin" or None: the part of the point that is meant.
        weekday: 0 is Monday, None where not written.
    """

    start: int
    end: int
    kind: str
    first: int = 0
    last: int = 0
    month: int = 0
    year: int | None = None
    year_end: int | None = None
    shift: int = 0
    part: str | None = None
    weekday: int | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Where the point begins within a year, as (month, day): tells whether a range runs into the next year."""
        found = cover(self, 2001)
        return (found.start.month, found.start.day) if found else (1, 1)


@dataclass(frozen=True, slots=True)
class Cover:
    """The days a point covers, both included, and its EDTF; left and right are what an interval's ends are called."""

    start: dt.date
    end: dt.date
    edtf: str
    left: str
    right: str
    approximate: bool = False


def month_number(name: str) -> int:
    """1 to 12 for a month's name in lower case or any usual abbreviation of it, 0 for another word."""
    for length in (4, 3):
        if name[:length] in _PREFIXES:
            return _PREFIXES[name[:length]]
    return 0


def season_number(name: str) -> int:
    """The EDTF number of a season, 21 to 24."""
    return _SEASONS[name]


def last_day(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def cover(point: Point, year: int) -> Cover | None:
    """The days that the point covers in that year, None where there is no such day ("30 février")."""
    if not 1 <= year <= 9997:
        return None
    try:
        return _COVERS[point.kind](point, year)
    except ValueError:
        return None


def _plain(start: dt.date, end: dt.date, edtf: str) -> Cover:
    return Cover(start, end, edtf, edtf, edtf)


def _about(start: dt.date, end: dt.date, left: str, right: str) -> Cover:
    return Cover(start, end, f"{left}~/{right}~", f"{left}~", f"{right}~", approximate=True)


def _about_months(year: int, first: int, last: int) -> Cover:
    years = year + (first - 1) // 12, year + (last - 1) // 12
    first, last = (first - 1) % 12 + 1, (last - 1) % 12 + 1
    start, end = dt.date(years[0], first, 1), last_day(years[1], last)
    if start.year == end.year and first == last:
        name = f"{start.year:04}-{first:02}~"
        return Cover(start, end, name, name, name, approximate=True)
    return _about(start, end, f"{start.year:04}-{first:02}", f"{end.year:04}-{last:02}")


def _day(point: Point, year: int) -> Cover:
    start, end = dt.date(year, point.month, point.first), dt.date(year, point.month, point.last)
    if start == end:
        return _plain(start, end, start.isoformat())
    return Cover(start, end, f"{start}/{end}", start.isoformat(), end.isoformat())


def _month(point: Point, year: int) -> Cover:
    start = dt.date(year, point.first, 1)
    end = last_day(year + (point.last < point.first), point.last)
    if point.part == "début":
        return _about(start, start.replace(day=10), start.isoformat(), f"{start:%Y-%m}-10")
    if point.part == "mi":
        return _about(start.replace(day=11), start.replace(day=20), f"{start:%Y-%m}-11", f"{start:%Y-%m}-20")
    if point.part == "fin":
        return _about(end.replace(day=21), end, f"{end:%Y-%m}-21", end.isoformat())
    left, right = f"{start:%Y-%m}", f"{end:%Y-%m}"
    return _plain(start, end, left) if left == right else Cover(start, end, f"{left}/{right}", left, right)


def _run_of_months(point: Point, year: int, base: int, length: int) -> Cover:
    """Quarters and halves: `length` months each, the first of them EDTF number `base`."""
    first, last = (point.first - 1) * length + 1, point.last * length
    third = max(1, length // 3)
    if point.part == "début":
        return _about_months(year, first, first + third - 1)
    if point.part == "mi":
        return _about_months(year, first + third, last - third)
    if point.part == "fin":
        return _about_months(year, last - third + 1, last)
    left, right = f"{year:04}-{base + point.first - 1}", f"{year:04}-{base + point.last - 1}"
    start, end = dt.date(year, first, 1), last_day(year, last)
    return _plain(start, end, left) if left == right else Cover(start, end, f"{left}/{right}", left, right)


def _quarter(point: Point, year: int) -> Cover:
    return _run_of_months(point, year, 33, 3)


def _half(point: Point, year: int) -> Cover:
    return _run_of_months(point, year, 40, 6)


def _season(point: Point, year: int) -> Cover:
    first = {21: 3, 22: 6, 23: 9, 24: 12}[point.first]
    if point.part:
        month = first + ("début", "mi", "fin").index(point.part)
        return _about_months(year, month, month)
    end = last_day(year + (first == 12), 2 if first == 12 else first + 2)
    return _plain(dt.date(year, first, 1), end, f"{year:04}-{point.first}")


def _return(point: Point, year: int) -> Cover:
    return _about_months(year, 9, 9)


def _school(point: Point, year: int) -> Cover:
    if point.part:
        months = {"début": (9, 11), "mi": (12, 17), "fin": (18, 20)}[point.part]
        return _about_months(year, *months)
    left, right = f"{year:04}-09", f"{year + 1:04}-08"
    return Cover(dt.date(year, 9, 1), dt.date(year + 1, 8, 31), f"{left}/{right}", left, right)


def _year(point: Point, year: int) -> Cover:
    if point.part:
        return _about_months(year, *{"début": (1, 3), "mi": (5, 8), "fin": (10, 12)}[point.part])
    return _plain(dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year:04}")


def _years(point: Point, year: int) -> Cover:
    last = point.year_end or year
    start, end = dt.date(year, 1, 1), dt.date(last, 12, 31)
    return Cover(start, end, f"{year:04}/{last:04}", f"{year:04}", f"{last:04}")


def _decade(point: Point, year: int) -> Cover:
    return Cover(
        dt.date(year, 1, 1), dt.date(year + 9, 12, 31), f"{year // 10:03}X", f"{year // 10:03}X", f"{year // 10:03}X"
    )


_COVERS = {
    DAY: _day, MONTH: _month, QUARTER: _quarter, HALF: _half, SEASON: _season, RETURN: _return,
    SCHOOL: _school, YEAR: _year, YEARS: _years, DECADE: _decade,
}  # fmt: skip


def unknown_year(point: Point) -> str:
    """EDTF of a point whose year nobody knows: "XXXX-06-24"."""
    found = cover(point, 2000)
    return "XXXX" if found is None else found.edtf.replace("2000", "XXXX").replace("2001", "XXXX")
