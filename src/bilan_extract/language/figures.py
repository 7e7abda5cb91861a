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
from bilan_extract.patterns import lazy
from bilan_extract.plan import Date, Figure

# plus de 40 · un peu moins de 60 · plus du tiers · près d'une centaine · au plus 3 · jusqu'à 500 · quelque 300 · supérieur à 70
_BOUND_LEFT = lazy(
    r"(?<!\w)(?:"
    r"(?P<at_least>(?:un (?:tout petit )?peu |bien |largement |nettement )?plus (?:de |d'|du |des )|\+ (?:de |d')"
    r"|au moins |au minimum |[aà] minima |minimum "
    r"|pas moins (?:de |d')"
    r"|supérieure?s? (?:ou égale?s? )?à |au-delà (?:de |d')|un minimum (?:de |d')|≥ ?|> ?|au bas mot |dépassant "
    r"|excédant |à partir (?:de |d')|dès )"
    r"|(?P<at_most>(?:un (?:tout petit )?peu |bien |largement |nettement )?moins (?:de |d'|du |des )"
    r"|- de |au plus |au maximum |maximum |jusqu'(?:à|aux) "
    r"|inférieure?s? (?:ou égale?s? )?à "
    r"|max\.? |un maximum (?:de |d')|dans la limite (?:de |d')|n'excédant pas |ne dépassant pas |≤ ?|< ?"
    r"|plafonnée?s? à )"
    r"|(?P<about>environ |près (?:de |d'|du |des )|presque |quelque |autour (?:de |d')|aux (?:alentours|environs) (?:de |d')"
    r"|de l'ordre (?:de |d')|à peu près |approximativement |grosso modo |env\. ?|~ ?|≈ ?|± ?|quasiment |avoisinant "
    r"|approchant |proches? de |plus ou moins |une moyenne de )"
    r")(?:l'|la |les |le |d'|de |un |une )?$"
)
# 65 ans et plus · 3 mois maximum · 30 % environ
_BOUND_RIGHT = lazy(
    r"(?P<at_least> (?:et|ou) (?:plus|\+|davantage|au-delà)(?!\w| d[eu]s? | d')|,? (?:au |à )?minimum(?!\w)|,? a minima(?!\w)"
    r"|,? au moins(?!\w)|\+(?!\w))"
    r"|(?P<at_most> (?:et|ou) moins(?!\w)|,? (?:au )?maximum(?!\w)|,? au plus(?! tard)(?!\w)|,? maxi?\b)"
    r"|(?P<about> (?:environ|approximativement|à peu près)(?!\w))"
)
# les -26 ans · les +65 ans
_SIGNS: dict[str, Bound] = {"-": "at_most", "+": "at_least"}
_BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "about")

# 16 à 25 · 10 ou 12 · (entre) 3 et 5 · 11-15 · 2 à 3 millions
_TO = lazy(
    rf"(?P<joint> à | ou | et | ?- ?| ?/ ?| à près de )(?:les )?(?P<number>{names.ANY_NUMBER})(?P<scale>{num.SCALE})?"
    r"(?!\w*[0-9])"
)
# entre · de · d'
_RANGE_LEFT = lazy(r"(?<!\w)(?:(?P<between>entre )|(?P<from>de |d')|les |des )$")
# passe de 12 à 18 · réduit de 8 à 10 % · une hausse de 3 à 5 %: where from and where to, or how much
_CHANGE = lazy(
    r"\b(?:(?P<fall>(?:rédui|réduc|baiss|abaiss|diminu|chut|recul|tomb|descen)\w*)"
    r"|(?P<rise>augment(?!ation)\w*|progress(?!ion)\w*|bond\w+)|(?P<amount>hausse|augmentation|progression)s?"
    r"|(?P<move>pass(?:e|ent|é|ée|és|ées|er|ant|ait|era|eront)|évolu\w+|port(?:é|ée|és|ées|er|ant|e|era)|ramen\w+"
    r"|relev\w+|(?:r?allong|prolong|raccourci)\w*))\b"
)
_CLAUSE_END = lazy(r"[.;\n]")

# un jeune sur quatre · 9 projets sur 10
_OUT_OF = lazy(
    r" (?:[^\W\d_]+(?:-[^\W\d_]+)* "
    rf"(?:(?:(?:de |du |des |d'|de la )(?!{num.WORDS})(?:[^\W\d_]+|[3-6]e)|[^\W\d_]+) )?)?"
    rf"sur (?P<all>{names.ANY_NUMBER})"
    r"(?![\w/%€-]| ?%| ?€|[.,][0-9]| [0-9])"
)
#: Out of so many a rate is told ("trois lycéens sur quatre"); "huit voies sur neuf" counts a set and part of it.
_RATES = (2, 3, 4, 5, 10, 100, 1000)
# une semaine sur deux
_RHYTHM = lazy(r" (?:jour|semaine|mois|an|année|fois|heure)s? sur ")
# une dizaine de · 2 millions d'
_OF = lazy(r" (?:de |d')")
# 72 % d'enfants · 30 % des foyers
_OF_THE = lazy(r" (?:de |d'|des |de ces |de nos )")
# deux des cinq sites · 12 de nos communes
_AMONG = lazy(rf" (?:des|de (?:ces|nos|ses|leurs)) (?:{names.ANY_NUMBER} )?(?![0-9])")
# quatre fois plus de demandes
_TIMES_AS_MANY = lazy(r" (?:plus|moins|supérieur|mieux|le |la |l')")

# (40 aides) dans sept foyers · (200 élèves) de 14 écoles: counted by the way
_ASIDE_LEFT = lazy(
    r"(?<!\w)(?:dans|sur|pour|par|avec|chez|auprès|devant|entre|parmi|à|aux|de|des|d'|dont|en)"
    r" ?(?:de |des |d')?(?:les |ses |nos |ces |leurs )?$"
)
_SENTENCE_END = lazy(r"[.!?] |\n")
# Les clubs de la ville sont au nombre de (78) · Les lauréats sont (14) · Les adhésions passent de 30 à (45)
_AMOUNT_TO = lazy(
    r"(?:^|[.;:,\n] ?)(?:les|nos|ses|leurs|ces) (?P<noun>[^\W\d_]{2,}[sx])(?: [^.,;:\n0-9]{0,60})?"
    r"(?: (?:sont|étaient|seront)(?: [^\W\d_]{4,})? (?:au nombre de )?|, au nombre de "
    r"| (?:sont |ont |seront )?(?:pass|évolu|augment|progress|baiss|diminu|recul|tomb)[^.;:\n0-9]{0,24} (?:de|à) "
    rf"(?:{names.ANY_NUMBER} à )?)$"
)
# écoles (22)
_BEFORE_BRACKET = lazy(r"(?P<word>[^\W\d_]+) ?\($")
# le nombre de places
_NUMBER_OF = lazy(
    r"\bnombre (?:total |moyen |annuel |global |cumulé )?(?:de |d'|des )(?:nouveaux |nouvelles )?"
    r"(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*)"
)
_VERB_ENDINGS = ("ent", "ait", "oit", "era", "ont", "er", "ir", "ant", "a", "é", "ée", "it", "ut")


def find_figures(text: str, *, dates: Sequence[Date] = (), counted: str | None = None) -> list[Figure]:
    """The quantities that a text states, by their place in it, without overlap.

    Args:
        text: one owner's text (item, engagement, focus) as it stands in the plan; any string will do.
        dates: the dates of the same text, if already known; no figure touches one. Found here where not given.
        counted: the unit of what the entry before this one counts (`counted_last`), for a number that leans on it.
    """
    plain = shadow(text)
    if not WORTH.search(plain):
        return []
    spans = [date.span for date in dates or find_dates(text)]
    return _Reader(text, plain, names.mask(text, plain, spans), counted).figures()


def counted_last(figures: Sequence[Figure]) -> str | None:
    """The unit of the last count that has one, None without any: what the next entry of a list may lean on."""
    return next((figure.unit for figure in reversed(figures) if figure.kind == "count" and figure.unit), None)


class _Reader:
    """Reads the figures of one text from left to right and remembers what was counted last."""

    def __init__(self, text: str, plain: str, masked: bytearray, counted: str | None = None) -> None:
        self.text, self.plain, self.masked, self.counted = text, plain, masked, counted
        self.found: list[Figure] = []
        self.free = 0  # nothing before this offset may be used again
        self.last_unit: tuple[int, str] | None = None
        self.main: tuple[int, str] | None = None  # as last_unit, of what its sentence is about
        self.lead: tuple[int, str | None] = (0, None)  # up to where a list has been read, and what its entries count
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
                    self._remember(figure.span, figure.unit)
        return self.found

    def _remember(self, span: tuple[int, int], unit: str) -> None:
        """What was counted last, and what the sentence is about: not the homes of "40 aides dans sept foyers"."""
        self.last_unit = (span[1], unit)
        aside = _ASIDE_LEFT.search(self.plain, max(0, span[0] - 24), span[0])
        if not (self.main and aside and not _SENTENCE_END.search(self.plain, self.main[0], span[0])):
            self.main = self.last_unit

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
            self.last_unit = self.main = (noun.end, noun.unit)

    # -- ranges and changes -------------------------------------------------------------------------------------------

    def _range(self, number: Quantity) -> Quantity | None:
        """The number with the upper end that follows it, if there is one: "16 à 25", "entre 3 et 5", "12 % à 15 %"."""
        unit = units.unit_at(self.plain, number.end)
        ends = (number.end, unit[0]) if unit else (number.end,)
        joined = [(end, match) for end in ends if (match := _TO.match(self.plain, end))]
        if not joined:
            return None
        left = _RANGE_LEFT.search(self.plain, max(self.free, number.start - 8), number.start)
        change = self._change(number) if left and left["from"] else None
        for end, match in joined:
            upper = self._upper(number, match)
            if upper is None:
                continue
            second = units.unit_at(self.plain, match.end())
            if unit and (second is None or second[1] != unit[1]):
                continue  # "1 M€ à 37 projets"
            joint = match["joint"].strip()
            if change and _is_from_to(change, number.value, upper, second[1] if second and not unit else None):
                continue
            if joint == "et" and not (left and left["between"]):
                continue
            tight = joint in ("-", "/")
            if tight and (end != number.end or names.is_named(self.text, self.plain, number.start)):
                continue
            value, scaled = number.value, number.scaled or bool(match["scale"])
            factor = num.parse_number("1" + match["scale"]) or 1.0 if match["scale"] else 1.0
            if not number.scaled and value * factor <= upper:
                value *= factor
            if _is_short_thousand(value, upper, self.text[number.start : number.end], match["number"]):
                value *= 1000
            start = left.start() if left and (left["between"] or (left["from"] and not tight)) else number.start
            return Quantity(start, match.end(), value, number.form, "between", upper, scaled)
        return None

    def _upper(self, number: Quantity, match: re.Match[str]) -> float | None:
        """The upper end of a range, None where it is none: a date, an ordinal, a lesser number."""
        upper = num.parse_number(match["number"] + (match["scale"] or ""))
        if upper is None or upper <= number.value or self.masked[match.end() - 1]:
            return None
        if (number.form == "digits") != match["number"][0].isdigit():
            return None  # "un agent à temps plein et deux à 50 %"
        return None if match["number"].isdigit() and names.is_ordinal(self.plain, match.end()) else upper

    def _changed(self, number: Quantity) -> Figure | None:
        """The first value of a change, which has the unit of the second: "ramené de 45 à 30 jours"."""
        at = self._second(number)
        if at is None:
            at = bare.after_arrow(self.plain, number.end)
            if at is None or (number.form == "digits" and names.is_named(self.text, self.plain, number.start)):
                return None
        reading = self._with_unit(Quantity(*at, number.value, number.form))
        if reading is None or reading.number.value_max is not None:
            return None
        first = replace(number, value=reading.number.value)
        return self._built(Reading(first, reading.kind, reading.unit, number.end))

    def _second(self, number: Quantity) -> tuple[int, int] | None:
        """Where the value stands that a change leads to from this number: the 30 of "ramené de 45 à 30 jours"."""
        match = _TO.match(self.plain, number.end)
        if not match or match["joint"] != " à " or not self.plain.endswith(("de ", "d'"), 0, number.start):
            return None
        upper = num.parse_number(match["number"] + (match["scale"] or "")) or 0.0
        change, unit = self._change(number), units.unit_at(self.plain, match.end())
        if not change or not _is_from_to(change, number.value, upper, unit[1] if unit else None):
            return None
        return match.start("number"), match.end()

    def _change(self, number: Quantity) -> re.Match[str] | None:
        """The nearest word for a change before the number, in its clause."""
        found = list(_CHANGE.finditer(self.plain, max(0, number.start - 70), number.start))
        return found[-1] if found and not _CLAUSE_END.search(self.plain, found[-1].end(), number.start) else None

    def _out_of(self, number: Quantity) -> Reading | None:
        """ "un jeune sur quatre", "9 projets sur 10"; "2 agents sur 3 sites" is no share."""
        match = _OUT_OF.match(self.plain, number.end)
        if not match or number.value_max is not None or number.form not in ("digits", "words"):
            return None
        below = num.parse_number(match["all"])
        if below is None or number.value >= below or below > 1000 or units.unit_at(self.plain, match.end()):
            return None
        if number.value == 1 and _RHYTHM.match(self.plain, number.end):
            return None
        noun = nouns.head(self.text, self.plain, match.end() + 1) if self.plain.startswith(" ", match.end()) else None
        if noun and ((noun.plural and noun.unit) or below > 10):
            return None
        if number.value > 1 and self._is_set(number, below):
            return None
        return Reading(replace(number, value=number.value / below), "fraction", None, match.end())

    def _is_set(self, number: Quantity, below: float) -> bool:
        """ "Dix-neuf services sur vingt-quatre": two counts, as is part of what the text has counted before."""
        if below not in _RATES:
            return True
        noun = nouns.head(self.text, self.plain, number.end + 1)
        unit = noun.unit if noun else None
        return unit is not None and any(f.kind == "count" and (f.value, f.unit) == (below, unit) for f in self.found)

    # -- counts -------------------------------------------------------------------------------------------------------

    def _count(self, number: Quantity) -> Figure | None:
        """ "14 gymnases", "une trentaine de commerçants", "2 millions d'habitants"; else what a bare number counts."""
        plain, end = self.plain, number.end
        named = plain[number.start].isdigit() and names.is_named(self.text, plain, number.start)
        # "Tranches 1 et 2, 12 logements": behind a comma the list of names may be over
        if named and not plain.endswith(", ", 0, number.start):
            return None
        if names.is_idiom(plain, number) or plain[end : end + 1].isalpha():
            return None
        joint = _OF.match(plain, end) if number.form == "many" or number.scaled else None
        noun = None
        if joint or (plain.startswith(" ", end) and number.form != "many"):
            noun = nouns.head(self.text, plain, joint.end() if joint else end + 1)
            noun = self._nominal(number, noun) if noun and not noun.unit else noun
        if named and not (noun and noun.unit and noun.plural and not noun.name):
            return None
        if noun is None or noun.unit is None or not self._counts(number, noun):
            return self._bare(number)
        if noun.unit == "fois" and _TIMES_AS_MANY.match(plain, noun.end):
            return None
        if noun.unit in units.TIME_NOUNS and not units.HELD_DAYS.match(plain, end):
            return self._built(Reading(number, "duration", units.TIME_NOUNS[noun.unit], noun.end))
        number, end = units.with_half(plain, number, noun.end)
        return self._built(Reading(number, "count", noun.unit, end))

    def _nominal(self, number: Quantity, noun: nouns.Head) -> nouns.Head:
        """The participle as a noun where it can have none before it: "518 meublés se sont déclarés"."""
        if self.last_unit or number.value < 2 or names.is_year_like(number):
            return noun
        if self.plain.endswith("dont ", 0, number.start):
            return noun  # "45 ha, dont 12 boisés"
        word = self.plain[noun.start : noun.end]
        return replace(noun, unit=nouns.singular(word)) if nouns.is_nominal(self.plain, noun) else noun

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
        alike = self._like_last(number)
        if alike is not None:
            return self._built(alike)
        unit = self._unit_after(number.end) or self._unit_led(number.start)
        unit = unit or self._unit_before(number.start, self._is_subject(number)) or self._unit_of_others(number)
        return self._built(Reading(number, "count", unit, number.end))

    def _is_subject(self, number: Quantity) -> bool:
        return bare.is_subject(self.plain, number.start, number.end)

    def _unit_of_others(self, number: Quantity) -> str | None:
        """What the texts before this one count, for a number that leans on them: the first of an entry, "11 d'entre eux"."""
        opens = not self.plain[: number.start].strip(" (")
        return self.counted if opens or bare.is_of_them(self.plain, number.end) else None

    def _like_last(self, number: Quantity) -> Reading | None:
        """The bare number in the unit of the figure before it: "24 000 € contre 18 000", "30 km, dont 12 livrés"."""
        last = self.found[-1] if self.found else None
        if last is None or last.kind in ("count", "fraction"):
            return None
        compared = last.kind != "duration" or self.last_unit is None
        compared = compared and bare.is_compared(self.plain, last.span[1], number.start)
        only = self.last_unit is None and last.kind in ("money", "measure")
        if compared or (only and not _CLAUSE_END.search(self.plain, last.span[1], number.start)):
            return Reading(number, last.kind, last.unit, number.end)
        return None

    def _stands_alone(self, number: Quantity) -> bool:
        """True where the words on either side make a bare number a count."""
        plain, start, end = self.plain, number.start, number.end
        of_them, told = bare.is_of_them(plain, end), bare.is_told(plain, end)
        if names.is_year_like(number) and not (told or of_them):
            return False
        labelled = self._is_labelled(start, end)
        if self._is_arrowed(number):
            return True
        if bare.reaches_on(plain, end) or names.follows_singular(plain, start):
            return False
        bound = _BOUND_LEFT.search(plain, max(self.free, start - 40), start)
        opening = bound.start() if bound else start
        worded = number.form == "words"
        cued = of_them or bare.is_cued(plain, opening, worded) or self._is_out_of_counted(start)
        cued = cued or self._second(number) is not None
        if cued or labelled or self._begins(number, opening):
            return True
        if worded:
            return self._goes_on(number, opening) or (told and bare.is_opened(plain, opening))
        if names.is_five_digits(self.text, number):
            return False
        if plain.endswith("(", 0, start) and plain[end : end + 1] in (" ", ")", ","):
            return self._bracket_counts(number)
        return bool(bound) or (told and bare.is_opened(plain, start)) or self._goes_on(number, opening)

    def _begins(self, number: Quantity, opening: int) -> bool:
        """ "onze sont corrigés", "trois dans le bourg": a number that begins its clause or its line."""
        if number.value < 2 or names.is_five_digits(self.text, number):
            return False
        after_date = opening > 1 and self.plain[opening - 1] == " " and bool(self.masked[opening - 2])
        if bare.is_subject(self.plain, 0 if after_date else opening, number.end):
            return True
        return bare.is_entry(self.text, self.plain, opening, number.end, self._has_participle(number))

    def _has_participle(self, number: Quantity) -> bool:
        noun = nouns.head(self.text, self.plain, number.end + 1) if self.plain.startswith(" ", number.end) else None
        return noun is not None and noun.unit is None and noun.plural

    def _goes_on(self, number: Quantity, opening: int) -> bool:
        """ "Des 14 actions prévues, 9 sont réalisées, 3 en cours": more of what the sentence has counted."""
        if not self.last_unit or number.value_max is not None or number.value % 1:
            return False
        participle = self._has_participle(number)
        return bare.goes_on(self.plain, self.last_unit[0], opening, number.end, participle)

    def _is_arrowed(self, number: Quantity) -> bool:
        last = self.found[-1].span[1] if self.found else -1
        return bare.is_between_arrows(self.plain, number.start, number.end, last)

    def _among(self, number: Quantity) -> str | None:
        """The noun of "deux des cinq sites"."""
        match = _AMONG.match(self.plain, number.end) if number.value > 1 else None
        noun = nouns.head(self.text, self.plain, match.end()) if match else None
        return noun.unit if noun and noun.plural and not names.is_year_like(number) else None

    def _is_out_of_counted(self, start: int) -> bool:
        """ "47 actions sur 60": what stands behind "sur" has been counted just before."""
        last = self.found[-1] if self.found else None
        return last is not None and last.kind == "count" and bare.is_out_of(self.plain, last.span[1], start)

    def _is_labelled(self, start: int, end: int) -> bool:
        """ "Ateliers : 14", "en 2026 : 5": a label in the plural, or a year, and its number alone."""
        match = bare.LABEL.search(self.plain, max(0, start - 60), start)
        if not match or not bare.LABEL_END.match(self.plain, end):
            return False
        noun = match["noun"]
        if noun and not names.is_naming(noun) and nouns.is_plural(noun):
            if not nouns.is_participle(noun):
                self.last_unit = self.main = (start, nouns.singular(noun))
            return True
        return bool(match["year"] and self.last_unit)

    def _bracket_counts(self, number: Quantity) -> bool:
        """ "(22 actuellement)", "écoles (22)"; a foot note "(1)" and a department "Arras (62)" count nothing."""
        if not self.plain.startswith(")", number.end):
            return True
        match = _BEFORE_BRACKET.search(self.text, max(0, number.start - 30), number.start)
        return bool(match and number.value > 3 and match["word"][0].islower() and nouns.is_plural(match["word"]))

    def _unit_after(self, end: int) -> str | None:
        """The noun of the value a change leads to: "passe de 12 à 18 bornes", "12 → 18 bornes"."""
        match = _TO.match(self.plain, end)
        arrow = bare.after_arrow(self.plain, end)
        after = match.end() if match and match["joint"] == " à " else arrow[1] if arrow else None
        if after is None or not self.plain.startswith(" ", after):
            return None
        noun = nouns.head(self.text, self.plain, after + 1)
        return noun.unit if noun and noun.plural else None

    def _unit_led(self, start: int) -> str | None:
        """What the entries of a list count: the noun counted last in the line that ends in a colon before them."""
        if start and self.plain[start - 1] != "\n":
            return None
        colon = self.plain.rfind(":\n", self.lead[0], start)
        if colon >= 0:
            counted = (f.unit for f in reversed(self.found) if f.span[1] <= colon and f.kind == "count" and f.unit)
            self.lead = (start - 1, next(counted, None))
        elif ".\n" in self.plain[self.lead[0] : start]:
            self.lead = (start - 1, None)  # the list is over
        else:
            self.lead = (start - 1, self.lead[1])
        return self.lead[1]

    def _unit_before(self, start: int, subject: bool = False) -> str | None:
        """What was counted last before: the noun of the last count, or that of "le nombre de …".

        subject: the number is what its clause is about; then what an earlier sentence was about goes before what it
        counted by the way.
        """
        named = _AMOUNT_TO.search(self.plain, max(0, start - 110), start)
        if named and nouns.is_plural(named["noun"]) and not nouns.is_participle(named["noun"]):
            return nouns.singular(named["noun"])
        low = max(self.searched, self.last_unit[0] if self.last_unit else 0)
        for match in _NUMBER_OF.finditer(self.plain, low, start):
            self.last_unit = self.main = (match.end(), nouns.singular(match["noun"]))
        self.searched = max(self.searched, start)
        if subject and self.main:
            return self.main[1]
        return self.last_unit[1] if self.last_unit else None

    # -- the figure ---------------------------------------------------------------------------------------------------

    def _built(self, reading: Reading) -> Figure | None:
        """The Figure with the words that bound it on both sides."""
        number, start, end, bound = reading.number, reading.number.start, reading.end, reading.number.bound
        if any(self.masked[start:end]):
            return None
        left = _BOUND_LEFT.search(self.plain, max(self.free, start - 40), start)
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


def _is_from_to(change: re.Match[str], low: float, high: float, shared: units.Kind | None) -> bool:
    """True where two values are where a change starts and ends; what falls "de 8 à 10 %" falls by so much.

    `shared` is the kind of the unit that stands behind the second value and is missing behind the first.
    """
    if change["move"]:
        return True
    if change["fall"]:
        return low > high
    return change["rise"] is not None and shared != "percentage"


def _is_short_thousand(low: float, high: float, written: str, upper: str) -> bool:
    """ "4 à 5 000 visiteurs": the thousands are said once."""
    return written.isdigit() and upper[-3:] == "000" and low * 1000 < high <= low * 3000


def _bound(match: re.Match[str]) -> Bound:
    return next((bound for bound in _BOUNDS if match[bound] is not None), "exact")


def _round(value: float) -> float:
    """The value without the dust of binary arithmetic; a third stays a third."""
    rounded = round(value, 6)
    return rounded if abs(rounded - value) < 1e-9 * max(1.0, abs(value)) else value
