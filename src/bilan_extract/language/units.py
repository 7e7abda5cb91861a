"""Units behind a number: percentages, money, durations, measures; and clock times, which are none.

Each reader takes a number and says what the words behind it make of it, or None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from bilan_extract.language import numbers as num
from bilan_extract.language.quantity import Quantity
from bilan_extract.patterns import lazy

Kind = Literal["count", "money", "percentage", "fraction", "duration", "measure"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with its unit: the number in that unit, and where the unit ends."""

    number: Quantity
    kind: Kind
    unit: str | None
    end: int


# 12 % · 12 pour cent
_PERCENT = lazy(r" ?(?:%|pour ?cents?\b|pourcents?\b)")
# 200 € · 200 k€ · 3 Mds € · 25,4 M d'€ · 2 (millions) d'euros · 80 centimes
_MONEY = lazy(
    r" ?(?:(?P<factor>keuros?|meuros?|k|mds?|mrds?|mm?) ?(?:d'|de )?)?(?:€|eur\b|euros?\b)|(?: d'| de )(?:€|euros?\b)"
    r"|(?P<cent> ?centimes?\b)|(?P<dollar> ?\$| dollars?\b)|(?P<franc> francs?\b(?! suisses))|(?P<pound> ?£)"
)
_FACTORS = {"k": 1e3, "m": 1e6, "mm": 1e6, "md": 1e9, "mds": 1e9, "mrd": 1e9, "mrds": 1e9}
# 12 € 50 · 12 euros et 50 centimes
_CENTS = lazy(r" ?(?:et )?(?P<cents>[0-9]{2}) ?(?:centimes?|cts?)\b|(?P<bare>[0-9]{2})(?![\w,./%]| [0-9])")

# 2 h 30 · 80 h · 35 min · 3 demi-journées · 15 jours · 6 semaines · 3 mois · 10 ans
_DURATION = lazy(
    r"(?P<hm> ?(?:h|heures?) ?(?P<minutes>[0-5][0-9])(?: ?(?:min|mn|minutes))?(?!\w))|(?P<h> ?h(?!\w)| heures?\b)"
    r"|(?P<min> ?(?:min|mn)(?!\w)| minutes?\b)|(?P<half>[ -]demi[- ]?journées?\b)|(?P<jour> jours?\b| ?j(?!\w)"
    r"| journées?\b)"
    r"|(?P<semaine> semaines?\b)|(?P<mois> mois\b)|(?P<an> ?ans?\b| années?\b)|(?P<s> secondes?\b(?! (?:mains?|vies?)))"
)
# une dizaine d'heures · une quinzaine de jours
_MANY_DURATION = lazy(
    r" (?:de |d')(?:(?P<h>heures?)|(?P<min>minutes?)|(?P<jour>jours|journées)|(?P<semaine>semaines)|(?P<mois>mois)"
    r"|(?P<an>ans|années))\b"
)
# demi-journée · (un quart) d'heure · ½ journée
_HALF_DURATION = lazy(r"[ -]?(?:(?P<jour>journées?)|(?:d')?(?P<h>heures?|h)\b|(?P<an>ans?)\b)")
# trois ans et demi
_AND_A_HALF = lazy(r" et demie?(?!\w)")
# "un mois sur deux", "une semaine bleue", "un mois sans tabac" name a rhythm or an event
_NAMED_TIME = lazy(r" (?:sur deux|sans|bleue|européenne|nationale|internationale|mondiale|du|des? la|thématique)\b")
# durée d'une journée · pendant un jour
_DAY_OPENER = lazy(
    r"(?:durée d'|pendant |durant |le temps d'|sur |sessions? d'|formations? d'|stages? d'|plus d'|moins d'|au moins )$"
)
#: Days that are held and counted, not a time that lasts: neuf journées organisées · trois journées portes ouvertes
HELD_DAYS = lazy(
    r" journées (?:ont été )?(?:organisées|thématiques|portes[ -]ouvertes|citoyennes|festives|programmées|dédiées|consacrées"
    r"|nationales|départementales|techniques|proposées|tenues)\b"
)
#: Nouns that are durations even behind an adjective: "les deux dernières années".
TIME_NOUNS = {
    "an": "an", "année": "an", "mois": "mois", "semaine": "semaine", "jour": "jour", "journée": "jour", "heure": "h",
    "minute": "min",
}  # fmt: skip

# 2 h de formation · 35 h par semaine · 10h/an: no clock
_LASTING_RIGHT = lazy(
    r" (?:de |d')(?![0-9])(?!l'après|la journée)|/(?:an|sem|mois|jour|j\b)| par |,? hebdo"
    r"| (?:mensuelles|annuelles|supplémentaires|en moyenne|chacune?s?|au total|réparti\w*|cumulées)\b"
)
# 14 h chacun · formation des accueillants (14 h)
_LASTING_NEAR = lazy(r"\b(?:formation|module|stage|cursus|volume|parcours)s?\b[^.;\n]{0,60}\($")
# formation obligatoire de 3 h 30 · (1 h 30): too early for a clock time unless the words say so
_EARLY_LEFT = lazy(
    r"(?<!partir )(?<!compter )(?<!train )(?<!bus )(?<!car )(?<!navette )(?<!départ )(?<!ouverture )(?:\bde |\()$"
)
# de 5 h 30 à 22 h
_HOURS_INSIDE = lazy(r"[0-9] ?h")
# 2 jours (14 h)
_LASTING_BRACKET = lazy(r"\b(?:jours?|journées?|semaines?|mois|ans?|séances?|sessions?) \($")
# durée : 2 h · pendant 2 h · soit 14 h · un atelier de 2 h
_LASTING_LEFT = lazy(
    r"(?:durée (?:\w+ )?(?:de |: ?)"
    r"|\bdur(?:e|ent|ait|era|eront|ant) |pendant |durant |soit |total de |plus de |moins de |au moins |environ |en |sur "
    r"|maximum "
    r"|(?:session|atelier|module|formation|séance|stage|cour)s? de |(?P<until>jusqu'à ))$"
)
# 9h-12h · 9h à 12h
_CLOCK_RIGHT = lazy(r" ?[-/à] ?[0-9]{1,2} ?h| à [0-9]")
# à 14h · dès 8h · (18h30
_CLOCK_LEFT = lazy(
    r"(?:à|dès|vers|entre|de|jusqu'à|avant|après|[0-9]h?[ ]?[-/à]|[0-9]h et|horaires? :?|,|\() ?$"
)
# ouvert du mardi au samedi jusqu'à (19 h) · le soir jusqu'à
_OPENING = lazy(
    r"\b(?:ouv(?:ert|r)\w*|accueil\w*|horaires?|permanences?|répon(?:d|dent)|circul\w+|ferm\w+|soirs?|soirées?|matins?"
    r"|nocturnes?|week-ends?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|tard|prolong\w+"
    r"|[0-9] ?h(?:eures)?)\b[^.;\n]*$"
)
# 14h · 18 h 30 · dix-neuf heures trente minutes
_CLOCK = lazy(
    rf" ?h[0-5][0-9]| ?(?:h(?!\w)|heures?) (?:du matin|du soir|de l'après-midi)\b"
    rf"| ?(?:h(?!\w)|heures?)(?: ?(?:et )?(?:[0-5][0-9](?![0-9%])|{num.WORDS})"
    r"(?: ?(?:minutes?|min|mn)\b| (?!\w)|(?=[.,;)])))?"
)

_CO2 = r"co[2₂]"
_UNITS: tuple[tuple[str, str], ...] = (
    ("tCO2e", rf"(?:t|tonnes?)[ .]?(?:d')?(?:éq(?:uivalent)?\.?|eq)[ .-]?(?:de )?{_CO2}(?: ?/an)?|t[eé]q{_CO2}"
              rf"|t{_CO2} ?(?:e|éq|eq)?|tonnes? de {_CO2} équivalents?|tonnes? équivalent(?:es)? (?:de )?(?:{_CO2}"
              rf"|carbone)"),
    ("kgCO2e", rf"kg ?(?:éq|eq)\.? ?(?:de )?{_CO2}|kg{_CO2}e?"),
    ("ETP", r"etpt?s?|équivalents?[- ]temps[- ]pleins?"),
    ("kWh/m²", r"kwh(?:ep|ef)?/m[2²](?:[/.]an)?"),
    ("kWh", r"kwh|kilowatts?-?heures?"), ("MWh", r"mwh|mégawatts?-?heures?"), ("GWh", r"gwh|gigawatts?-?heures?"),
    ("TWh", r"twh"), ("kWc", r"kwc|kwp"), ("MWc", r"mwc|mwp"), ("kW", r"kw|kilowatts?"), ("MW", r"mw|mégawatts?"),
    ("GW", r"gw"), ("W", r"w|watts?"), ("Wh", r"wh|wattheures?"), ("kVA", r"kva"), ("kV", r"kv"),
    ("µg/m³", r"[µμ]g ?/ ?m[3³]|microgrammes? par mètre cube"), ("mg/L", r"mg ?/ ?l"), ("m³/h", r"m[3³] ?/ ?h"),
    ("km²", r"km[2²]|kilomètres? carrés?"), ("m²", r"m[2²]|mètres? carrés?"),
    ("m³", r"m[3³]|mètres? cubes?"), ("km/h", r"km/h|kilomètres?[ -]?heure"), ("km", r"km|kilomètres?"),
    ("ha", r"ha|hectares?"), ("kg/hab", r"kg/(?:hab(?:itant)?\b\.?)(?:/an)?"), ("kg", r"kg|kilos?|kilogrammes?"),
    ("g", r"g|grammes?"), ("t", r"t|tonnes?"), ("L", r"l|litres?"), ("hL", r"hl|hectolitres?"), ("mL", r"millilitres?"),
    ("m", r"m|mètres?(?: linéaires?)?|ml"), ("cm", r"cm|centimètres?"), ("mm", r"mm|millimètres?"),
    ("°C", r"°c|degrés?(?: celsius)?"), ("dB", r"db(?:\(a\))?|décibels?"), ("Go", r"go|gigaoctets?"), ("Mo", r"mo"),
    ("To", r"to"), ("Mbit/s", r"mbits?/s|mb/s|mbps"), ("Gbit/s", r"gbits?/s"), ("hab/km²", r"hab(?:itants)?\.?/km[2²]"),
    ("logements/ha", r"log(?:ements)?\.?/ha"),
)  # fmt: skip
# 12,5 km · 450 MWh · 3 ETP · 20 °C
_MEASURE = lazy(
    " ?(?:" + "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS)) + r")(?![\w²³₂]|'|/(?!an))"
)
_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (_PERCENT, "percentage"), (_MONEY, "money"), (_DURATION, "duration"), (_MEASURE, "measure"),
)  # fmt: skip
# 40 x 60 cm: the first number has the unit of the last
_SIDES = lazy(rf" ?[x×] ?(?:{num.DIGITS})(?: ?[x×] ?(?:{num.DIGITS}))? ?(?P<unit>cm|mm|m)(?!\w)")
# une vingtaine d'hectares
_OF = lazy(r" (?:de |d')")


def unit_at(plain: str, at: int) -> tuple[int, Kind] | None:
    """Where the unit at ``at`` ends and of what kind it is, None where there is none."""
    for pattern, kind in _KINDS:
        match = pattern.match(plain, at)
        if match:
            return match.end(), kind
    return None


def percentage(text: str, plain: str, number: Quantity) -> Reading | None:
    """ "32,5 %", "8 pour cent"; the sign of "-12 %" belongs to it."""
    match = _PERCENT.match(plain, number.end)
    if not match:
        return None
    sign = plain[max(0, number.start - 2) : number.start]
    if number.value_max is None and sign[-1:] == "-" and not sign[:-1].strip("( :\n"):
        number = replace(number, start=number.start - 1, value=-number.value)
    return Reading(number, "percentage", "%", match.end())


def money(text: str, plain: str, number: Quantity) -> Reading | None:
    """ "1 500 €", "2,5 M€", "3 millions d'euros", "80 centimes", "12 € 50"."""
    match = _MONEY.match(plain, number.end)
    if not match:
        return None
    if match["cent"]:
        return Reading(number.times(0.01), "money", "EUR", match.end())
    code = "USD" if match["dollar"] else "FRF" if match["franc"] else "GBP" if match["pound"] else "EUR"
    factor = 1.0 if number.scaled else _FACTORS.get((match["factor"] or "").removesuffix("s").removesuffix("euro"), 1.0)
    cents = _CENTS.match(plain, match.end())
    whole = number.form == "digits" and not number.scaled and number.value.is_integer() and factor == 1
    if cents and whole:
        value = number.value + int(cents["cents"] or cents["bare"]) / 100
        return Reading(replace(number, value=value), "money", code, cents.end())
    return Reading(number.times(factor), "money", code, match.end())


def duration(text: str, plain: str, number: Quantity) -> Reading | None:
    """ "80 h", "2 h 30", "quinze jours", "11-15 ans", "un an"; a clock time is none."""
    if number.form == "demi":
        return _plain_duration(number, _HALF_DURATION.match(plain, number.end))
    if number.form == "many":
        return _plain_duration(number, _MANY_DURATION.match(plain, number.end))
    match = _DURATION.match(plain, number.end)
    if not match or is_clock(plain, number) or HELD_DAYS.match(plain, number.end):
        return None
    if number.value == 1 and number.form == "words" and not _one_lasts(plain, number, match):
        return None
    if match["hm"]:
        value = number.value + int(match["minutes"]) / 60
        return Reading(replace(number, value=value), "duration", "h", match.end())
    if match["half"]:
        return Reading(number.times(0.5), "duration", "jour", match.end())
    number, end = with_half(plain, number, match.end())
    return Reading(number, "duration", match.lastgroup, end)


def with_half(plain: str, number: Quantity, end: int) -> tuple[Quantity, int]:
    """The number and where its unit or noun ends, with the "et demi" that stands there: "2 hectares et demi"."""
    half = _AND_A_HALF.match(plain, end)
    if not half or number.value_max is not None or number.value >= 100 or number.value % 1:
        return number, end
    return replace(number, value=number.value + 0.5), half.end()


def _plain_duration(number: Quantity, match: re.Match[str] | None) -> Reading | None:
    return Reading(number, "duration", match.lastgroup, match.end()) if match else None


def _one_lasts(plain: str, number: Quantity, match: re.Match[str]) -> bool:
    """ "un an", "une heure", "durée d'une journée" measure; "une journée de l'habitat" and "une année riche" do not."""
    word = match[0].strip()
    if word in ("an", "mois", "heure", "semaine", "minute"):
        return not _NAMED_TIME.match(plain, match.end())
    return word in ("jour", "journée") and bool(_DAY_OPENER.search(plain, max(0, number.start - 24), number.start))


def is_clock(plain: str, number: Quantity) -> bool:
    """True for clock times: à 14 h, 9h-12h, 18h30; not for 2 h de formation, 80 h, 1h30 par semaine."""
    match = _DURATION.match(plain, number.end)
    if not match or not (match["h"] or match["hm"]):
        return False
    if number.value_max is not None and _HOURS_INSIDE.search(plain, number.start, number.end):
        return not _LASTING_RIGHT.match(plain, match.end())
    if number.value > 24 or (number.form == "words" and number.value < 5):
        return False
    low = max(0, number.start - 24)
    if _LASTING_RIGHT.match(plain, match.end()) or _LASTING_BRACKET.search(plain, low, number.start):
        return False
    lasting = _LASTING_LEFT.search(plain, low, number.start)
    if lasting:
        return bool(lasting["until"] and (match["hm"] or _is_closing(plain, number)))
    follows = bool(_CLOCK_RIGHT.match(plain, match.end()))
    if not follows and _LASTING_NEAR.search(plain, max(0, number.start - 90), number.start):
        return False
    early = not follows and number.value < 7 and int(match["minutes"] or 0) % 5 == 0
    if early and _EARLY_LEFT.search(plain, low, number.start):
        return False
    if follows or _CLOCK_LEFT.search(plain, low, number.start):
        return True
    return bool(match["hm"]) or number.value >= 7


def _is_closing(plain: str, number: Quantity) -> bool:
    """ "ouverte jusqu'à 21 heures", "de 8 h à 12 h puis jusqu'à 19 h": a time of day, where the clause speaks of one."""
    low = max(0, number.start - 90)
    return number.value >= 7 and bool(_OPENING.search(plain, low, number.start))


def clock_end(plain: str, number: Quantity) -> int:
    """Where the clock time that begins with the number ends, minutes and all."""
    match = _CLOCK.match(plain, number.end)
    return match.end() if match else number.end


def measure(text: str, plain: str, number: Quantity) -> Reading | None:
    """ "12,5 km", "60m2", "4,5 ETP", "une vingtaine d'hectares"; "5G" is none."""
    sides = _SIDES.match(plain, number.end)
    if sides:
        return Reading(number, "measure", sides["unit"], number.end)
    joint = _OF.match(plain, number.end) if number.scaled or number.form == "many" else None
    match = _MEASURE.match(plain, joint.end() if joint else number.end)
    if not match or match.lastgroup is None:
        return None
    written = text[match.start() : match.end()].strip()
    if (len(written) == 1 and written.isupper() and written not in "LW") or written == "go":
        return None
    number, end = with_half(plain, number, match.end())
    return Reading(number, "measure", _UNITS[int(match.lastgroup[1:])][0], end)
