"""Whole days written out in full, as deliberations write them; numbers in words; the folding both rest on.

This reader is strict on purpose: a day is read only where day, month and year are all printed. Open, partial and
fuzzy dates are another module's matter.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bilan_extract.patterns import lazy

_PLAIN = {"’": "'", "‘": "'", "´": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-", "\u00ad": "-"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed: half-open offsets in the text and the day they state."""

    start: int
    end: int
    date: dt.date


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in _PLAIN:
        return _PLAIN[char]
    if char.isspace():
        return " "
    return unicodedata.normalize("NFD", char)[0].lower()[0]


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text in lower case, without accents, with plain apostrophes, hyphens and spaces; its length is kept."""
    return "".join(map(_fold_char, text))


_UNITS = [
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
]  # fmt: skip
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def _spell(number: int) -> str:
    """The French name of a number below 100, in lower case: 71 is "soixante et onze"."""
    if number < 20:
        return _UNITS[number]
    tens = number // 10 * 10 if number // 10 not in (7, 9) else number // 10 * 10 - 10
    rest = number - tens
    if rest == 0:
        return _TENS[tens] + ("s" if tens == 80 else "")
    if rest in (1, 11) and tens != 80:
        return f"{_TENS[tens]} et {_UNITS[rest]}"
    return f"{_TENS[tens]}-{_UNITS[rest]}"


_WORDS = {re.sub(r"\W+", " ", _spell(n)): n for n in range(100)}
_WORDS |= {name.removesuffix("un") + "une": n for name, n in _WORDS.items() if name.endswith("un")}
NUMBER_WORDS = "(?:" + "|".join(re.sub(" ", r"[\\s-]+", w) for w in sorted(_WORDS, key=len, reverse=True)) + ")"
"""Pattern, for folded text, of a number from 0 to 99 in words: "vingt et un", "quatre-vingt-deux"."""


def number_in_words(folded: str) -> int | None:
    """The value of a number below 100 written in words ("vingt et une" is 21), or None."""
    return _WORDS.get(re.sub(r"\W+", " ", folded).strip())


_MONTHS = {
    "janvier": 1, "janv": 1, "fevrier": 2, "fevr": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6,
    "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10,
    "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = rf"(?P<day>\d{{1,2}}(?:\s?er)?|premier|{NUMBER_WORDS})"
_YEAR = rf"(?P<year>(?:19|20)\d\d|deux[\s-]+mil(?:le)?(?:[\s-]+(?:et[\s-]+)?{NUMBER_WORDS})?)"
_WEEKDAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?"

_PATTERNS = (
    # "L'an deux mille vingt-quatre, le mardi douze mars", "2025, le 3 février"
    lazy(rf"\b{_YEAR}\s*,?\s*(?:et\s+)?le\s+{_WEEKDAY}{_DAY}\s+{_MONTH}(?!\s+(?:deux\s+mil|\d{{4}}))"),
    # "27 janvier 2025", "1er août 2024", "douze mai deux mille dix-neuf", "3 février de l'an 2025"
    lazy(rf"(?<![\w/.-]){_DAY}\s+{_MONTH},?\s+(?:de\s+l'an(?:nee)?\s+)?{_YEAR}\b"),
    # "12/12/2022", "05.07.2024", "3-02-2025"
    lazy(
        r"(?<![\w/.-])(?P<day>\d{1,2})(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?![\w/-])"
    ),
    # "12/12/22": two figures for the year only between slashes, where numbers of acts ("25.03.12") do not stand
    lazy(r"(?<![\w/.-])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d\d)(?![\w/-])"),
    # "2025-01-27"
    lazy(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w/-])"),
)


def _year(written: str) -> int:
    if written.isdigit():
        year = int(written)
        return year if year > 99 else year + (1900 if year >= 50 else 2000)
    rest = re.sub(r"^deux\W+mil(?:le)?\W*(?:et\W+(?!un))?", "", written)
    return 2000 + (number_in_words(rest) or 0)


def _day(written: str) -> int:
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits[0])
    return 1 if written == "premier" else number_in_words(written) or 0


def find_days(text: str) -> list[Day]:
    """Every whole day printed in ``text``, in its order; impossible ones ("31/02/2024") are left out."""
    folded = fold(text)
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            month = match["month"].rstrip(".")
            try:
                date = dt.date(_year(match["year"]), _MONTHS.get(month) or int(month), _day(match["day"]))
            except ValueError:
                continue
            if all(match.end() <= day.start or match.start() >= day.end for day in found):
                found.append(Day(match.start(), match.end(), date))
    return sorted(found, key=lambda day: day.start)


def first_day(text: str) -> dt.date | None:
    """The first whole day printed in ``text``, or None."""
    days = find_days(text)
    return days[0].date if days else None
