"""Quantities as French administrative texts state them: counts, money, shares, durations and measures.

One walk over the text's `shadow`: at each number that is neither part of a date nor of a name (`names`) the phrase
around it is read: its range, its unit (`units`) or the noun it counts (`nouns`), and what bounds it on both sides. A
number that nothing makes a quantity is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bilan_extract.language import bare, names, nouns, units
from bilan_extract.language import numbers as num
from bilan_extract.language.dates import find_dates
from bilan_extract.language.quantity import START, WORTH, Bound, Quantity, quantity
from bilan_extract.language.shadow import shadow
from bilan_extract.language.units import Reading
from bilan_extract.plan import Date, Figure

# plus de 40 · près d'une centaine · au plus 3 · jusqu'à 500 · quelque 300 · supérieur à 70
_BOUND_LEFT = re.compile(
    r"(?<!\w)(?:"
    r"(?P<at_least>(?:bien |largement )?plus (?:de |d')|\+ (?:de |d')|au moins |au minimum |[aà] minima |minimum "
    r"|pas moins (?:de |d')"
    r"|supérieure?s? (?:ou égale?s? )?à |au-delà (?:de |d')|un minimum (?:de |d')|≥ ?|> ?|au bas mot |dépassant "
    r"|excédant |à partir (?:de |d')|dès )"
    r"|(?P<at_most>moins (?:de |d')|- de |au plus |au maximum |maximum |jusqu'(?:à|aux) "
    r"|inférieure?s? (?:ou égale?s? )?à "
    r"|max\.? |un maximum (?:de |d')|dans la limite (?:de |d')|n'excédant pas |ne dépassant pas |≤ ?|< ?"
    r"|plafonnée?s? à )"
    r"|(?P<about>environ |près (?:de |d')|presque |quelque |autour (?:de |d')|aux (?:alentours|environs) (?:de |d')"
    r"|de l'ordre (?:de |d')|à peu près |approximativement |grosso modo |env\. ?|~ ?|≈ ?|± ?|quasiment |avoisinant "
    r"|approchant |proches? de |plus ou moins |une moyenne de )"
    r")(?:l'|la |les |le |d'|de |un |une )?$"
)
# 65 ans et plus · 3 mois maximum · 30 % environ
_BOUND_RIGHT = re.compile(
    r"(?P<at_least> (?:et|ou) (?:plus|\+|davantage|au-delà)(?!\w)|,? (?:au |à )?minimum(?!\w)|,? a minima(?!\w)"
    r"|,? au moins(?!\w)|\+(?!\w))"
    r"|(?P<at_most> (?:et|ou) moins(?!\w)|,? (?:au )?maximum(?!\w)|,? au plus(?! tard)(?!\w)|,? maxi?\b)"
    r"|(?P<about> (?:environ|approximativement|à peu près)(?!\w))"
)
# les -26 ans · les +65 ans
_SIGNS: dict[str, Bound] = {"-": "at_most", "+": "at_least"}
_BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "about")

# 16 à 25 · 10 ou 12 · (entre) 3 et 5 · 11-15 · 2 à 3 millions
_TO = re.compile(
    rf"(?P<joint> à | ou | et | ?- ?| ?/ ?| à près de )(?:les )?(?P<number>{names.ANY_NUMBER})(?P<scale>{num.SCALE})?"
    r"(?!\w*[0-9])"
)
# entre · de · d'
_RANGE_LEFT = re.compile(r"(?<!\w)(?:(?P<between>entre )|(?P<from>de |d')|les |des )$")
# passe de 12 à 18: from one value to another in time, no range
_CHANGE = re.compile(
    r"\b(?:pass(?:e|ent|é|ée|és|ées|er|ant|ait|era|eront)|évolu\w+|augment\w+|port(?:é|ée|és|ées|er|ant|e|era)"
    r"|progress\w+|réduit\w*|baiss\w+|diminu\w+|chut\w+|ramen\w+|recul\w+|bond\w+|hausse|relev\w+)\b[^.;\n]{0,60}$"
)

# un jeune sur quatre · 9 projets sur 10
_OUT_OF = re.compile(
    r" (?:[^\W\d_]+(?:-[^\W\d_]+)* (?:[^\W\d_]+ )?)?sur (?P<all>deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt"
    r"|cent"
    r"|10|20|100|[2-9])(?![\w/%€]| ?%| ?€|[.,][0-9]| [0-9])"
)
# une semaine sur deux
_RHYTHM = re.compile(r" (?:jour|semaine|mois|an|année|fois|heure)s? sur ")
# une dizaine de · 2 millions d'
_OF = re.compile(r" (?:de |d')")
# 72 % d'enfants · 30 % des foyers
_OF_THE = re.compile(r" (?:de |d'|des |de ces |de nos )")
# deux des cinq sites · 12 de nos communes
_AMONG = re.compile(rf" (?:des|de (?:ces|nos|ses|leurs)) (?:{names.ANY_NUMBER} )?(?![0-9])")
# quatre fois plus de demandes
_TIMES_AS_MANY = re.compile(r" (?:plus|moins|supérieur|mieux|le |la |l')")

# écoles (22)
_BEFORE_BRACKET = re.compile(r"(?P<word>[^\W\d_]+) ?\($")
# le nombre de places
_NUMBER_OF = re.compile(
    r"\bnombre (?:total |moyen |annuel |global |cumulé )?(?:de |d'|des )(?:nouveaux |nouvelles )?"
    r"(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*)"
)
_VERB_ENDINGS = ("ent", "ait", "oit", "era", "ont", "er", "ir", "ant", "a", "é", "ée", "it", "ut")


def find_figures(text: str, *, dates: Sequence[Date] = ()) -> list[Figure]:
    """The quantities that a text states, by their place in it, without overlap.

    Args:
        text: one owner's text (item, engagement, focus) as it stands in the plan; any string will do.
        dates: the dates of the same text, if already known; no figure touches one. Found here where not given.
    """
    plain = shadow(text)
    if not WORTH.search(plain):
        return []
    spans = [date.span for date in dates or find_dates(text)]
    return _Reader(text, plain, names.mask(text, plain, spans)).figures()


class _Reader:
    """Reads the figures of one text from left to right and remembers what was counted last."""

    def __init__(self, text: str, plain: str, masked: bytearray) -> None:
        self.text, self.plain, self.masked = text, plain, masked
        self.found: list[Figure] = []
        self.free = 0  # nothing before this offset may be used again
        self.last_unit: tuple[int, str] | None = None
        self.searched = 0  # "nombre de …" has been looked for up to here

    def figures(self) -> list[Figure]:
        """All figures of the text."""
        at = 0
        while match := START.search(self.plain, at):
            at = match.end()
            if self.masked[match.start()] or self.masked[match.end() - 1]:
                at = match.start() + 1 if self.masked[match.start()] else at
                continue
            figure = self._figure(match)
            if figure is not None:
                self.found.append(figure)
                self.free = at = max(at, figure.span[1])
                if figure.kind == "count" and figure.unit:
                    self.last_unit = (figure.span[1], figure.unit)
        return self.found

    def _figure(self, match: re.Match[str]) -> Figure | None:
        number = quantity(self.plain, match)
        if number is None or names.is_glued(self.text, self.plain, number):
            return None
        if number.form in ("digits", "words"):
            changed = self._changed(number)
            if changed is not None:
                return changed
            ranged = self._range(number)
            figure = self._read(ranged) if ranged else None
            if figure is not None:
                return figure
        return self._read(number)

    def _read(self, number: Quantity) -> Figure | None:
        """The figure that the words behind the number make of it."""
        if number.form == "fraction":
            self._note_shared(number.end)
            post = units.measure(self.text, self.plain, number)
            is_post = post is not None and post.unit == "ETP"  # "1/2 ETP"
            return self._built(post if post and is_post else Reading(number, "fraction", None, number.end))
        reading = self._out_of(number) or self._with_unit(number)
        if reading is not None:
            return self._built(reading)
        if number.form == "demi" or (number.form == "words" and number.value == 1):
            return None  # "un" and "une" are articles
        if units.is_clock(self.plain, number):
            end = units.clock_end(self.plain, number)
            self.masked[number.start : end] = b"\x01" * (end - number.start)
            return None
        return self._count(number)

    def _with_unit(self, number: Quantity) -> Reading | None:
        if number.form == "words" and number.value == 1 and not number.scaled:
            return units.duration(self.text, self.plain, number)
        for read in (units.percentage, units.money, units.duration, units.measure):
            reading = read(self.text, self.plain, number)
            if reading is not None:
                if reading.kind == "percentage":
                    self._note_shared(reading.end)
                return reading
        return None

    def _note_shared(self, end: int) -> None:
        """ "72 % d'enfants dont 30 connus": what is shared out is what a bare number after it counts."""
        joint = _OF_THE.match(self.plain, end)
        noun = nouns.head(self.text, self.plain, joint.end()) if joint else None
        if noun and noun.unit and noun.plural:
            self.last_unit = (noun.end, noun.unit)

    # -- ranges and changes -------------------------------------------------------------------------------------------

    def _range(self, number: Quantity) -> Quantity | None:
        """The number with the upper end that follows it, if there is one: "16 à 25", "entre 3 et 5", "12 % à 15 %"."""
        left = _RANGE_LEFT.search(self.plain, max(self.free, number.start - 8), number.start)
        if left and left["from"] and _CHANGE.search(self.plain, max(0, number.start - 80), number.start):
            return None
        unit = units.unit_at(self.plain, number.end)
        for end in (number.end, unit[0]) if unit else (number.end,):
            match = _TO.match(self.plain, end)
            upper = self._upper(number, match) if match else None
            if match is None or upper is None:
                continue
            second = units.unit_at(self.plain, match.end())
            if unit and (second is None or second[1] != unit[1]):
                continue  # "1 M€ à 37 projets"
            joint = match["joint"].strip()
            if joint == "et" and not (left and left["between"]):
                continue
            tight = joint in ("-", "/")
            if tight and (end != number.end or names.is_named(self.text, self.plain, number.start)):
                continue
            value, scaled = number.value, number.scaled or bool(match["scale"])
            factor = num.parse_number("1" + match["scale"]) or 1.0 if match["scale"] else 1.0
            if not number.scaled and value * factor <= upper:
                value *= factor
            start = left.start() if left and (left["between"] or (left["from"] and not tight)) else number.start
            return Quantity(start, match.end(), value, number.form, "between", upper, scaled)
        return None

    def _upper(self, number: Quantity, match: re.Match[str]) -> float | None:
        """The upper end of a range, None where it is none: a date, an ordinal, a lesser number."""
        upper = num.parse_number(match["number"] + (match["scale"] or ""))
        if upper is None or upper <= number.value or self.masked[match.end() - 1]:
            return None
        return None if match["number"].isdigit() and names.is_ordinal(self.plain, match.end()) else upper

    def _changed(self, number: Quantity) -> Figure | None:
        """The first value of a change, which has the unit of the second: "ramené de 45 à 30 jours"."""
        match = _TO.match(self.plain, number.end)
        if not match or match["joint"] != " à " or not self.plain.endswith(("de ", "d'"), 0, number.start):
            return None
        if not _CHANGE.search(self.plain, max(0, number.start - 80), number.start):
            return None
        second = Quantity(match.start("number"), match.end(), number.value, number.form)
        reading = self._with_unit(second)
        if reading is None or reading.number.value_max is not None:
            return None
        first = replace(number, value=reading.number.value)
        return self._built(Reading(first, reading.kind, reading.unit, number.end))

    def _out_of(self, number: Quantity) -> Reading | None:
        """ "un jeune sur quatre", "9 projets sur 10"; "2 agents sur 3 sites" is no share."""
        match = _OUT_OF.match(self.plain, number.end)
        if not match or number.value_max is not None:
            return None
        below = num.parse_number(match["all"])
        if below is None or number.value >= below or number.form not in ("digits", "words"):
            return None
        if number.value == 1 and _RHYTHM.match(self.plain, number.end):
            return None
        noun = nouns.head(self.text, self.plain, match.end() + 1) if self.plain.startswith(" ", match.end()) else None
        if noun and ((noun.plural and noun.unit) or below > 10):
            return None
        return Reading(replace(number, value=number.value / below), "fraction", None, match.end())

    # -- counts -------------------------------------------------------------------------------------------------------

    def _count(self, number: Quantity) -> Figure | None:
        """ "14 gymnases", "une trentaine de commerçants", "2 millions d'habitants"; else what a bare number counts."""
        plain, end = self.plain, number.end
        if number.form == "digits" and names.is_named(self.text, plain, number.start):
            return None
        if names.is_idiom(plain, number) or plain[end : end + 1].isalpha():
            return None
        joint = _OF.match(plain, end) if number.form == "many" or number.scaled else None
        noun = None
        if joint or plain.startswith(" ", end):
            noun = nouns.head(self.text, plain, joint.end() if joint else end + 1)
        if noun is None or noun.unit is None or not self._counts(number, noun):
            return self._bare(number)
        if noun.unit == "fois" and _TIMES_AS_MANY.match(plain, noun.end):
            return None
        if noun.unit in units.TIME_NOUNS:
            return self._built(Reading(number, "duration", units.TIME_NOUNS[noun.unit], noun.end))
        return self._built(Reading(number, "count", noun.unit, noun.end))

    def _counts(self, number: Quantity, noun: nouns.Head) -> bool:
        """True where the noun can be what the number counts."""
        text, plain, start = self.text, self.plain, number.start
        if any(self.masked[number.end : noun.end]):
            return False
        if noun.plural and not noun.name:
            return not (names.is_year_like(number) and names.follows_time_word(plain, start))
        if noun.name:
            return not names.names_place(text, plain, number, noun.start) and not names.follows_noun(text, plain, start)
        if number.form == "many" or number.scaled:
            return True
        if number.form == "words" or names.follows_noun(text, plain, start):
            return False
        if (number.value_max or number.value) < 2:
            return True
        singular = plain[noun.start : noun.end].endswith(_VERB_ENDINGS) or names.follows_singular(plain, start)
        return not singular

    def _bare(self, number: Quantity) -> Figure | None:
        """A number that no noun follows, where the words around say that it counts what was counted before."""
        if number.form == "many":
            return self._built(Reading(number, "count", self._unit_before(number.start), number.end))
        among = self._among(number)
        if among is not None:
            return self._built(Reading(number, "count", among, number.end))
        if not self._stands_alone(number):
            return None
        unit = self._unit_after(number.end) or self._unit_before(number.start)
        return self._built(Reading(number, "count", unit, number.end))

    def _stands_alone(self, number: Quantity) -> bool:
        """True where the words on either side make a bare number a count."""
        plain, start, end = self.plain, number.start, number.end
        left = _BARE_LEFT.search(plain, max(0, start - 90), start)
        of_them = bool(_OF_THEM.match(plain, end))
        if number.form == "words":
            return of_them or bool(left and left["dont"])
        cued = bool(left) or of_them or self._is_out_of_counted(start) or self._is_labelled(start, end)
        right = bool(_BARE_RIGHT.match(plain, end))
        if names.is_year_like(number) and not (right or of_them):
            return False
        if _REACHES_ON.match(plain, end) or names.follows_singular(plain, start):
            return False
        if names.is_five_digits(self.text, number) and not cued:
            return False
        if plain.endswith("(", 0, start) and plain[end : end + 1] in (" ", ")", ","):
            return self._bracket_counts(number)
        bound = _BOUND_LEFT.search(plain, max(self.free, start - 32), start)
        opened = bool(_BARE_RIGHT_OPENER.search(plain, max(0, start - 8), start))
        return cued or bool(bound) or (right and opened) or self._goes_on(number)

    def _goes_on(self, number: Quantity) -> bool:
        """ "Des 14 actions prévues, 9 sont réalisées, 3 en cours": more of what the sentence has counted."""
        plain, start, end = self.plain, number.start, number.end
        if not self.last_unit or number.value_max is not None or "." in plain[start:end]:
            return False
        if _SENTENCE_END.search(plain, self.last_unit[0], start):
            return False
        if not _GOES_ON_LEFT.search(plain, max(0, start - 8), start):
            return False
        noun = nouns.head(self.text, plain, end + 1) if plain.startswith(" ", end) else None
        return bool(_GOES_ON_RIGHT.match(plain, end)) or (noun is not None and noun.unit is None and noun.plural)

    def _among(self, number: Quantity) -> str | None:
        """The noun of "deux des cinq sites"."""
        match = _AMONG.match(self.plain, number.end) if number.value > 1 else None
        noun = nouns.head(self.text, self.plain, match.end()) if match else None
        return noun.unit if noun and noun.plural and not names.is_year_like(number) else None

    def _is_out_of_counted(self, start: int) -> bool:
        """ "47 actions sur 60": what stands behind "sur" has been counted just before."""
        last = self.found[-1] if self.found else None
        return last is not None and last.kind == "count" and self.plain[last.span[1] : start] == " sur "

    def _is_labelled(self, start: int, end: int) -> bool:
        """ "Ateliers : 14", "en 2026 : 5": a label in the plural, or a year, and its number alone."""
        match = _LABEL.search(self.plain, max(0, start - 60), start)
        if not match or not _LABEL_END.match(self.plain, end):
            return False
        noun = match["noun"]
        if noun and not names.is_naming(noun) and nouns.is_plural(noun):
            if not nouns.is_participle(noun):
                self.last_unit = (start, nouns.singular(noun))
            return True
        return bool(match["year"] and self.last_unit)

    def _bracket_counts(self, number: Quantity) -> bool:
        """ "(22 actuellement)", "écoles (22)"; a foot note "(1)" and a department "Arras (62)" count nothing."""
        if not self.plain.startswith(")", number.end):
            return True
        match = _BEFORE_BRACKET.search(self.text, max(0, number.start - 30), number.start)
        return bool(match and number.value > 3 and match["word"][0].islower() and nouns.is_plural(match["word"]))

    def _unit_after(self, end: int) -> str | None:
        """The noun of the value a change leads to: "passe de 12 à 18 bornes"."""
        match = _TO.match(self.plain, end)
        if not match or match["joint"] != " à " or not self.plain.startswith(" ", match.end()):
            return None
        noun = nouns.head(self.text, self.plain, match.end() + 1)
        return noun.unit if noun and noun.plural else None

    def _unit_before(self, start: int) -> str | None:
        """What was counted last before: the noun of the last count, or that of "le nombre de …"."""
        low = max(self.searched, self.last_unit[0] if self.last_unit else 0)
        for match in _NUMBER_OF.finditer(self.plain, low, start):
            self.last_unit = (match.end(), nouns.singular(match["noun"]))
        self.searched = max(self.searched, start)
        return self.last_unit[1] if self.last_unit else None

    # -- the figure ---------------------------------------------------------------------------------------------------

    def _built(self, reading: Reading) -> Figure | None:
        """The Figure with the words that bound it on both sides."""
        number, start, end, bound = reading.number, reading.number.start, reading.end, reading.number.bound
        if any(self.masked[start:end]):
            return None
        left = _BOUND_LEFT.search(self.plain, max(self.free, start - 32), start)
        if left and not any(self.masked[left.start() : start]):
            start = left.start()
            bound = bound if bound == "between" else _bound(left)
        sign = self.plain[max(0, start - 2) : start]
        if reading.unit == "an" and bound == "exact" and sign[-1:] in _SIGNS and not sign[:-1].strip(" ("):
            start, bound = start - 1, _SIGNS[sign[-1]]
        right = _BOUND_RIGHT.match(self.plain, end)
        if right and bound in ("exact", "about") and not any(self.masked[right.start() : right.end()]):
            end, bound = right.end(), _bound(right)
        upper = None if number.value_max is None else _round(number.value_max)
        return Figure(
            text=self.text[start:end], span=(start, end), kind=reading.kind, value=_round(number.value),
            value_max=upper, unit=reading.unit, bound=bound,
        )  # fmt: skip


def _bound(match: re.Match[str]) -> Bound:
    return next((bound for bound in _BOUNDS if match[bound] is not None), "exact")


def _round(value: float) -> float:
    """The value without the dust of binary arithmetic; a third stays a third."""
    rounded = round(value, 6)
    return rounded if abs(rounded - value) < 1e-9 * max(1.0, abs(value)) else value
