"""A number in a text: where it stands, what it is worth, how it was written. No unit and no noun yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bilan_extract.language import numbers as num
from bilan_extract.patterns import lazy

Bound = Literal["exact", "about", "at_least", "at_most", "between"]
Form = Literal["digits", "words", "many", "fraction", "demi"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as found.

    Attributes:
        start, end: half-open offsets in the text.
        value, value_max: what it is worth; the upper end of a range or None.
        form: "digits", "words", "many" ("une dizaine"), "fraction" (complete in itself) or "demi" (of a duration).
        bound: what the number itself says: "about" of "une dizaine", "between" of a range.
        scaled: "millions" or the like is part of it.
    """

    start: int
    end: int
    value: float
    form: Form
    bound: Bound = "exact"
    value_max: float | None = None
    scaled: bool = False

    def times(self, factor: float) -> Quantity:
        """The same number in another unit: 200 of "200 k" is 200 000."""
        upper = None if self.value_max is None else self.value_max * factor
        return replace(self, value=self.value * factor, value_max=upper)


_PARTS = {"tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "dixième": 10, "dixièmes": 10}
#: Is there anything to look at: a digit or a word for a number.
WORTH = lazy(
    rf"[0-9½¼¾⅓⅔]|{num.WORDS}|\b(?:{num.COLLECTIVE}|tiers|quarts?|moitié|demi|demie|cinquièmes?|dixièmes?)\b"
)
_SHARE = r"(?:les deux|les trois|deux|trois|quatre|[1-4]|un|le|du|au)"


def _openings(phrases: Sequence[str]) -> str:
    """A regular expression for how each of these begins, by four letters: quicker than trying all of them on every word."""
    tails: dict[str, list[str]] = {}
    for head in sorted({phrase[:4] for phrase in phrases}):
        tails.setdefault(head[0], []).append(head[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in tails.items())


_OPENINGS = _openings(
    ["moitié", "la moitié", "les moitié", "demi", *num.NUMBER_WORDS]
    + [f"{a} {part}" for a in ("les deux", "les trois", "un", "le", "du", "au") for part in _PARTS]
)
#: A number begins here: la moitié · deux tiers · 3/4 · ½ · une dizaine · 1 500 · 2 millions · vingt-trois · demi-
START = lazy(
    rf"(?:(?=[0-9½¼¾⅓⅔])|\b(?=[acdhlmnoqstuv])(?={_OPENINGS}))(?:"  # only there are the many ways tried
    r"(?P<half>\b(?:la |les )?moitié\b(?! (?:nord|sud|ouest)\b))"
    rf"|(?P<share>\b{_SHARE} (?P<part>tiers|quarts?|cinquièmes?|dixièmes?)\b(?!-| lieux?))"
    r"|(?P<slash>(?<![\w/.,-])(?P<above>[0-9]{1,2}) ?/ ?(?P<below>[0-9]{1,3})(?![\w/]|[.,-][0-9]))"
    r"|(?P<glyph>[½¼¾⅓⅔])"
    rf"|(?P<many>(?:\b(?:une?|{num.WORDS})|(?<![\w.,])[0-9]{{1,3}}) {num.COLLECTIVE}\b)"
    rf"|(?P<digits>{num.DIGITS})(?P<scale>{num.SCALE})?"
    rf"|(?P<words>{num.WORDS}(?:{num.SCALE})?)"
    r"|(?P<demi>\bdemi[- ](?=journée|heure)))"
)
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_ABOVE = {"deux": 2, "2": 2, "trois": 3, "3": 3, "quatre": 4, "4": 4}

# 2 millions · trois milliards
_SCALED = lazy(r"(?:million|milliard|millier)s?$")
# un quart d'heure
_OF_AN_HOUR = lazy(r" d'heures?\b")
# tiers-lieu · tiers payant · tiers de confiance: third parties, not thirds
_THIRD_PARTY = lazy(r"-| (?:lieux?|payant|public|temps|secteur|aidants?|de confiance|financeurs?|opposant)")
# un quart des agents · un tiers, · un quart est
_SHARED = lazy(
    r" (?:de |des |du |d')|[ ]?[,.;:)]|\n|$"
    r"| (?:venue?s|issue?s|née?s|âgée?s|équipée?s|réalisée?s|en|environ|sont|est|ont|a|par|pour|dans|au|aux|à|sur|chez|avec"
    r"|provient|revient)\b"
)
_SHARE_OF = lazy(r" (?:de |des |du |d')")
# (un tiers) · soit un tiers · près d'un tiers · à hauteur d'un tiers; not "auprès d'un tiers", "l'aide d'un tiers"
# Un tiers est … · de 10 % à un tiers
_SHARE_LEFT = lazy(
    r"(?:^|[.!?…] |\n|% à |soit |\bseuls? |\bdont |\(|[^u]près d'|^près d'"
    r"|\b(?:plus|moins|hauteur|ordre|part|seuil|environ|presque) (?:d')?)$"
)
# réduire d'un tiers · inférieur d'un quart · dont un quart: by how much, or how much of it
_BY_LEFT = lazy(
    r"(?:\b(?:rédui|réduc|baiss|abaiss|diminu|augment|progress|recul|hausse|chut|accr|croî|cru|croiss|allég|raccourc"
    r"|inférieur|supérieur|majoré|minoré|excéd|dépass)\w*[^.;\n]{0,50} d'|\bdont )$"
)
# (deux tiers pour la Région,) un tiers pour les communes: the next share of a list
_SHARE_BEFORE = lazy(r"\b(?:tiers|quarts?|moitié|cinquièmes?|dixièmes?)\b[^.]{3,120}(?:[,;\n] ?|\bet )$")
# plus du tiers · près du quart
_OF_THE_LEFT = lazy(r"(?<!\w)(?:plus|moins|près|environ|autour) $")
# 16/25 ans · 1/2 journée
_SLASHED_TIME = lazy(r" ?(?:ans|jours|mois|h|heures|semaines)\b")
_SLASHED_HOUR = lazy(r" ?(?:d')?(?:h|heures?)\b")
_SLASHED_DAY = lazy(r" ?journées?\b")


def quantity(plain: str, match: re.Match[str]) -> Quantity | None:
    """What a match of `START` in the shadow is worth, None where it is no number after all."""
    start, end = match.span()
    if match["half"]:
        return Quantity(start, end, 0.5, "fraction")
    if match["glyph"]:
        return Quantity(start, end, _GLYPHS[match["glyph"]], "fraction")
    if match["share"]:
        return _share(plain, match)
    if match["slash"]:
        return _slash(plain, match)
    if match["many"]:
        return _many(match)
    if match["demi"]:
        return Quantity(start, end - 1, 0.5, "demi")
    value = num.parse_number(match[0])
    if value is None:
        return None
    scaled = bool(match["scale"]) or bool(_SCALED.search(match[0]))
    return Quantity(start, end, value, "digits" if match["digits"] else "words", scaled=scaled)


def _many(match: re.Match[str]) -> Quantity | None:
    """ "une trentaine", "deux centaines": about so many."""
    times, name = match[0].rsplit(" ", 1)
    value, factor = num.collective(name), 1.0 if times in ("un", "une") else num.parse_number(times)
    if value is None or factor is None:
        return None
    bound: Bound = "exact" if name.startswith("demi-million") else "about"
    return Quantity(*match.span(), factor * value, "many", bound)


def _share(plain: str, match: re.Match[str]) -> Quantity | None:
    """ "un tiers", "les deux tiers", "trois quarts"; a third party is none, a quarter of an hour is a time."""
    start, end = match.span()
    name, word = match["part"], match["share"].split()[-2]
    above, below = _ABOVE.get(word, 1), _PARTS[name]
    if above >= below or (name != "tiers" and (above > 1) != name.endswith("s")):
        return None
    if name.startswith("quart") and _OF_AN_HOUR.match(plain, end):
        return Quantity(start, end, above / below, "demi")
    if _THIRD_PARTY.match(plain, end) or word == "au":
        return None
    if word == "du":
        bounded = _OF_THE_LEFT.search(plain, max(0, start - 8), start) and _SHARE_OF.match(plain, end)
        return Quantity(start + 3, end, above / below, "fraction") if bounded else None
    if above == 1 and not _is_share(plain, start, end, name == "tiers"):
        return None
    return Quantity(start, end, above / below, "fraction")


def _is_share(plain: str, start: int, end: int, third: bool) -> bool:
    """True where "un tiers", "un quart" is a part of something, by the words on both sides."""
    if _BY_LEFT.search(plain, max(0, start - 80), start):
        return True
    if not _SHARED.match(plain, end):
        return False
    if not third or _SHARE_OF.match(plain, end):
        return True
    low = max(0, start - 140)
    return bool(_SHARE_LEFT.search(plain, max(0, start - 10), start) or _SHARE_BEFORE.search(plain, low, start))


def _slash(plain: str, match: re.Match[str]) -> Quantity | None:
    """ "3/4" where it can be a share; of "16/25 ans" the lower end of the range; of a date or a page nothing."""
    (start, end), above, below = match.span(), int(match["above"]), int(match["below"])
    if (above, below) == (1, 2) and (_SLASHED_TIME.match(plain, end) or _SLASHED_DAY.match(plain, end)):
        return Quantity(start, end, 0.5, "demi")
    if (above, below) in ((1, 4), (3, 4)) and _SLASHED_HOUR.match(plain, end):
        return Quantity(start, end, above / below, "demi")
    if below > above and _SLASHED_TIME.match(plain, end):
        return Quantity(start, match.end("above"), float(above), "digits")
    if not 0 < above < below <= 10 or "0" in (match["above"][0], match["below"][0]):
        return None
    return Quantity(start, end, above / below, "fraction")
