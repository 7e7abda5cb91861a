"""Inline annotations of a source, `{said|tag}`: the figure or date that the words state, as the gold plan holds it.

Figures: `n` count, `€` money, `%`, `/` fraction, `t` duration, `m` measure; then the value, left out where the words
show it in digits; then the unit. Before the value `~` about, `>` at least, `<` at most; `14..20` between.
Dates: `d` and the EDTF, left out for plain forms ("12 mars 2024", "mars 2024", "2024"); then `block` or `document`
where the year was inferred.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

_KINDS = {"n": "count", "€": "money", "%": "percentage", "/": "fraction", "t": "duration", "m": "measure"}
_BOUNDS = {"~": "about", ">": "at_least", "<": "at_most"}
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
# "~50", ">1500000", "14..20", "1/3", "8.5"
_VALUE = re.compile(r"([~<>]?)(\d+(?:\.\d+)?(?:/\d+)?)(?:\.\.(\d+(?:\.\d+)?))?$")
# "45 000 €", "8,5 %", "plus de 400 agents"
_DIGITS = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?")


@dataclass(frozen=True)
class Annotation:
    """One figure or date: `fields` as in the gold plan but for its span; `start` is its offset in the text."""

    name: str
    start: int
    fields: dict[str, Any]

    def at(self, offset: int) -> dict[str, Any]:
        """The gold entry, its text standing `offset` characters further on in its owner's text."""
        start = self.start + offset
        said = self.fields["text"]
        return {
            "text": said,
            "span": [start, start + len(said)],
            **{k: v for k, v in self.fields.items() if k != "text"},
        }


def read_annotation(said: str, tag: str, start: int) -> Annotation:
    """The annotation of the words `said`.

    Raises:
        ValueError: the tag is not of the forms above.
    """
    kind, _, rest = tag.strip().partition(" ")
    if kind == "d":
        return Annotation("dates", start, {"text": said, **_date(said, rest.split())})
    if kind not in _KINDS:
        raise ValueError(f"annotation {tag!r} of {said!r}")
    return Annotation("figures", start, {"text": said, **_figure(said, _KINDS[kind], rest)})


def _figure(said: str, kind: str, rest: str) -> dict[str, Any]:
    first, _, after = rest.partition(" ")
    found = _VALUE.match(first)
    bound, upper = "exact", None
    if found:
        unit = after
        value = float(Fraction(found[2]))
        bound = _BOUNDS.get(found[1], "exact")
        if found[3]:
            upper, bound = float(found[3]), "between"
    else:
        bound = _BOUNDS.get(first, "exact")
        unit = after if first in _BOUNDS else rest
        digits = _DIGITS.search(said)
        if not digits:
            raise ValueError(f"no value in {said!r}")
        value = float(digits[0].replace(" ", "").replace(",", "."))
    default = {"money": "EUR", "percentage": "%"}.get(kind)
    return {"kind": kind, "value": _whole(value), "value_max": _whole(upper), "unit": unit or default, "bound": bound}


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _date(said: str, rest: list[str]) -> dict[str, Any]:
    inferred = rest.pop() if rest and rest[-1] in ("block", "document") else None
    edtf = rest[0] if rest else _plain_date(said)
    start, end = bounds(edtf)
    return {
        "start": start and start.isoformat(),
        "end": end and end.isoformat(),
        "edtf": edtf,
        "approximate": "~" in edtf,
        "inferred": inferred,
    }


def _plain_date(said: str) -> str:
    """EDTF of "le 12 mars 2024", "1er août 2024", "mars 2024", "2024", "12/03/2024"."""
    found = re.fullmatch(r"(?:le )?(?:(?:(\d{1,2})(?:er)? )?([a-zéû]+) )?(\d{4})", said.lower())
    if found and (found[2] is None or found[2] in _MONTHS):
        month = f"-{_MONTHS.index(found[2]) + 1:02}" if found[2] else ""
        return found[3] + month + (f"-{int(found[1]):02}" if found[1] else "")
    found = re.fullmatch(r"(?:le )?(\d\d)/(\d\d)/(\d{4})", said.lower())
    if not found:
        raise ValueError(f"no plain date: {said!r}")
    return f"{found[3]}-{found[2]}-{found[1]}"


def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of an EDTF date or interval, both included; None where it is open."""
    if "/" in edtf:
        first, last = edtf.split("/")
        return bounds(first)[0] if first != ".." else None, bounds(last)[1] if last != ".." else None
    year, *more = (int(part) for part in edtf.replace("~", "").split("-"))
    if len(more) == 2:
        day = dt.date(year, more[0], more[1])
        return day, day
    first_month, last_month = _months(more[0] if more else None)
    last_year = year + (last_month > 12)
    last_month = last_month - 12 if last_month > 12 else last_month
    return dt.date(year, first_month, 1), dt.date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])


def _months(code: int | None) -> tuple[int, int]:
    """First and last month of an EDTF second component; above 12 in the year after."""
    if code is None:
        return 1, 12
    if code <= 12:
        return code, code
    if code <= 24:
        return (code - 21) * 3 + 3, (code - 21) * 3 + 5
    if code in (40, 41):
        return (1, 6) if code == 40 else (7, 12)
    return (code - 33) * 3 + 1, (code - 33) * 3 + 3
