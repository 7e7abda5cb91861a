"""Points in time in a text: where they stand and what they name, with or without their year.

At each trigger (a year, a month's name, "semestre" …) the longest reach to the left that makes sense is read as one
`Point`. A number or a word that only looks like a time (a street's name, a norm, two thousand visitors) is none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from bilan_extract.language import calendar_fr as cal
from bilan_extract.language import numbers as num
from bilan_extract.language.calendar_fr import Point
from bilan_extract.language.names import SENTENCE_START
from bilan_extract.language.nouns import words
from bilan_extract.patterns import lazy

_Y = r"(?:1[89]|20)[0-9]{2}(?![0-9])"
_M = (
    r"(?:janvier|janv\b\.?|f[ée]vrier|f[ée]vr?\b\.?|mars|avril|avr\b\.?|mai|juin|juillet|juil\b\.?|ao[uû]t"
    r"|septembre|sept\b\.?|octobre|oct\b\.?|novembre|nov\b\.?|d[ée]cembre|d[ée]c\b\.?)(?!\w)"
)
_W = rf"(?:{'|'.join(cal.WEEKDAYS)})"
_D = r"(?:1 ?er|premier|[0-3]?[0-9])(?![\w%€])"
_OF_YEAR = r"(?:de |d'|de l'année |de l'exercice |de l'an )?"

# What makes it worth looking closer: 2024 · 12/05 · juin · semestre · T3 · rentrée · l'an dernier
TRIGGER = lazy(
    rf"(?<![0-9])(?=[0-9])(?:{_Y}|[0-3]?[0-9][/.-][01]?[0-9](?![0-9]))|semestre|trimestre|printemps|automne|hiver|rentrée"
    rf"|\b(?=[jfmasondéqt])(?:{_M}|été\b|années?\b|an (?:dernier|passé|prochain)|[stq][1-4](?!\w))"
)

# fin · début de l'année (the year follows) · mi- · courant · milieu du mois de
_PART = (
    r"(?:(?P<part>(?:tout )?d[ée]but|(?:toute )?fin|mi|milieu|courant)(?: |-| ?- ?)"
    r"(?:(?:du )?mois (?:de |d')|de l'|de la |de cette(?= année)|de |du |d')?)?"
)

# 24 juin 2024 · les 7 et 8 décembre 2023 · du lundi 3 au vendredi 7 mars · 12, 13 et 14 mai
_DAY = lazy(
    rf"(?:(?P<weekday>{_W}) )?(?P<days>{_D}(?:(?: ?, ?| et | ou | au | à | ?- ?| ?/ ?| & )(?:le "
    rf"|{_W} ){{0,2}}{_D}){{0,9}})"
    rf" (?P<month>{_M})(?: {_OF_YEAR}(?P<year>{_Y}))?"
)
# le dix-sept mai deux mille vingt-trois · trente et un mai
_WORDED = lazy(
    rf"(?:(?P<weekday>{_W}) )?(?P<day>{num.WORDS}) (?P<month>{_M})(?: (?P<year>deux mil(?:le)?(?:[ -]{num.WORDS})?))?"
)
# 3 jan 2024 · 5 sep. 2024 · 12 decem. 2023: spellings left to dateparser
_ODD = lazy(
    rf"(?P<day>{_D}) (?:jan|jnv|fe|fé|fvr|mar|mrs|avl|avi|jui|jul|jn|jt|ao|sep|set|oct|nov|dec"
    rf"|déc)[a-zéû]{{0,7}}\.? (?P<year>{_Y})"
)
# 31/12/24 · 01.09.2024 · 30-01-2023 · 12/03
_NUMERIC = lazy(
    rf"(?:(?P<weekday>{_W}) )?(?P<day>[0-3]?[0-9])(?P<sep>[/.-])(?P<month>[01]?[0-9])"
    r"(?:(?P=sep)(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}))?(?![\w%€]|[/.,-][0-9])"
)
# 2024-06-24
_ISO = lazy(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![\w-])")
# année scolaire 2022-2023 · années scolaires 2023/24 · année universitaire 2024
_SCHOOL = (
    rf"année(?:s)? (?:scolaire|universitaire)s? (?:de )?(?P<school>{_Y})"
    rf"(?: ?[-/] ?(?P<school_end>{_Y}|[0-9]{{2}}(?!\w)))?"
)
# cette année · l'an dernier · année prochaine
_RELATIVE = (
    r"(?P<this>cette (?:même )?année(?! scolaire| universitaire|-là)|(?:l')?année en cours|(?:l')?année écoulée)"
    r"|(?P<last>(?:l')?année (?:dernière|passée|précédente)|(?:l')?an (?:dernier|passé))"
    r"|(?P<next>(?:l')?année (?:prochaine|suivante|à venir)|(?:l')?an prochain)"
)
# 2023-2024 · 2024/2025 · 2023-24
_PAIR = rf"(?:année(?:s)? |exercice(?:s)? )?(?P<pair>{_Y}) ?[-/] ?(?P<pair_end>{_Y}|[0-9]{{2}}(?!\w))(?! ?[-/][0-9])"
_NTH = (
    r"(?:1 ?er|premier|2 ?(?:nd|d|e|ème|eme)|second|deuxième|3 ?(?:e|ème|eme)|troisième|4 ?(?:e|ème|eme)|quatrième"
    r"|dernier)"
)
# 1er semestre 2024 · premier et deuxième trimestres 2025 · S1 2025 · T2-2025 · 2024-T3
_HALF = (
    rf"(?P<nth>{_NTH})(?: (?:et|au|à|ou) (?:le )?(?P<nth_end>{_NTH}))? (?P<run>semestre|trimestre)s?\b"
    rf"(?: {_OF_YEAR}(?P<run_year>{_Y}))?"
    rf"|(?P<short>[stq][1-4])(?: ?(?:-|/|et|à|au) ?(?P<short_end>[stq][1-4]))?[ /-]?{_OF_YEAR}(?P<short_year>{_Y})"
    rf"|(?P<pre_year>{_Y})[ -](?P<post_short>[stq][1-4])(?!\w)"
)
# été 2024 · hiver 2024-2025 · automne · été prochain
_SEASON = (
    rf"(?P<season>printemps|été|automne|hiver)\b(?: {_OF_YEAR}(?P<season_year>{_Y})"
    rf"(?: ?[-/] ?(?P<season_end>{_Y}|[0-9]{{2}}(?!\w)))?)?(?P<season_shift> dernier| prochain)?"
)
# rentrée 2025 · rentrée scolaire de septembre 2025 · rentrée 2024-2025 · rentrée prochaine
_RETURN = (
    rf"(?P<back>rentrée)(?: scolaire| universitaire| sportive| culturelle"
    rf"| sociale)?(?:(?: de)? septembre)?(?: {_OF_YEAR}(?P<return_year>{_Y})"
    rf"(?: ?[-/] ?(?:{_Y}|[0-9]{{2}}(?!\w)))?|(?P<return_shift> prochaine))?"
)
# juin 2024 · décembre
_MONTH = rf"(?P<month>{_M})(?: {_OF_YEAR}(?P<year>{_Y}))?(?P<month_shift> dernier| prochain)?"
# 2024 · année 2024 · exercice 2024 · les années 1990 · (fin d') année
_YEAR = (
    rf"(?:années (?P<decade>(?:19|20)?[0-9]0)(?!\w| ?(?:,|-|/|et|à) ?{_Y}))"
    rf"|(?:années? (?:civile |de )?|exercices? |an )?(?P<plain>{_Y})(?!\w)"
    r"|(?P<bare>année)\b(?! civile)"
)
_NAMED = lazy(f"{_PART}(?:{_SCHOOL}|{_RELATIVE}|{_PAIR}|{_HALF}|{_SEASON}|{_RETURN}|{_MONTH}|{_YEAR})")
# 1ère quinzaine de mars 2025 · dernière semaine de juin
_SLICE = lazy(
    r"(?P<nth>première|1 ?(?:ère|re)|seconde|deuxième|2 ?(?:e|ème|nde)|dernière|troisième|3 ?(?:e|ème)) "
    rf"(?P<slice>quinzaine|semaine) (?:de |d'|du mois de |du mois d')(?P<month>{_M})(?: {_OF_YEAR}(?P<year>{_Y}))?"
)

# no time begins with these
_WORD_START = lazy(r"(?<!\w)(?!(?:de|du|des|la|le|les|et|en|à|au|aux|par|pour|sur|avec|dans|sont?|a|ont)(?!\w)|[bgikwxyz])\w")

# 2025-A3: a code
_CODE_RIGHT = lazy(r"-[A-Z]{1,3}[0-9]*(?!\w)")
# Nothing that follows dates anything: n° 2024 · article 2024 · délibération 2023-24
_NUMBERED = lazy(
    r"(?:\bn ?[°º]s? ?|\bnum[ée]ros? |\barticles? |\bart\. |\bpages? |\bp\. |\bd[ée]lib[ée]rations? |\bmarch[ée]s? "
    r"|\bd[ée]crets? |\barr[êe]t[ée]s? |\bordonnances? |\bdossiers? |\br[ée]f(?:[ée]rence)?\.? |\biso |\bnorme )$"
)
# Names that end in a year without dating anything: Agenda 2030 · RT 2012 · Natura 2000 · association loi 1901
_NAMES = lazy(
    r"(?:\b(?:agendas?|rt|re|natura|iso|ohsas|nf|en|nfc|windows|office|horizon europe|france|europe|cap|destination"
    r"|vision"
    r"|paris|londres|tokyo|rio|los angeles|ambition|covid|vae|loi|salle|bureau|chambre|porte|poste|ligne|type|modèle"
    r"|classe|taille|réf|bp|cs|rd|rn|route)"
    r"[ -]?)$"
)
_NAMES_CASED = words("en re france europe cap vision destination ambition route")
# « Quartiers 2030 »
_QUOTED_NAME = lazy(r"(?:^|[^\w])[A-ZÀ-Ý][\w'’-]+ [0-9]{4} ?[»”\"]$")
# rue du 8 mai 1945 · place du 11 novembre
_STREET = lazy(
    r"\b(?:rue|place|placette|avenue|av\.|boulevard|bd|bld|square|allées?|quai|pont|cours|impasse|stade|gymnase"
    r"|esplanade|chemin|route|rond-point|résidence|cité|collège|lycée|école|groupe scolaire|caserne|parvis|quartier) "
    rf"(?:du |de la |des )?{_D} {_M}(?: {_Y})?"
)
# What can only be counted when a four-digit number stands before it: 2000 visites (not "2023 plusieurs")
_COUNTED = lazy(
    r" (?:(?:nouveaux|nouvelles|autres|petits|grandes?|jeunes) )?(?P<noun>[a-zà-ÿœ-]{3,}[sx])\b"
    r"| ?(?:€|%|m[²2³3]?\b|km|h\b|ha\b|kg\b|t\b|kwh|mwh|gwh|etp\b|euros?\b|litres?\b|tonnes?\b|l\b|ans\b|m€|k€|tco2"
    r"|teq)"
)
_NOT_COUNTED = words(
    "plusieurs dans sans sous puis mais après auprès très plus moins depuis lors lorsque certains certaines divers "
    "diverses différents différentes toutes tous nombreux nombreuses dès vers hors alors ainsi tels telles ces ses nos "
    "vos leurs elles ils nous vous aux des les quelques jamais toujours pas mis mises prévus prévues réalisés "
    "réalisées ailleurs quelles quels sauf"
)
# Where a time without a year can stand on its own: en juin · dès septembre · au mois de mai · (mars
_MONTH_OPENER = lazy(
    r"(?:(?<!\w)(?:en|de|d'|d[ée]but|fin|courant|depuis|dès|mois de|mois d'|jusqu'en|jusqu'[àa] fin|d'ici|d'ici à"
    r"|avant|pour|entre|à partir de|à partir d'|à compter de|à compter d'|et|ou|à|mi|vers|et en|ou en|horizon) ?"
    r"|[(,/:;] ?|-)$"
)
# … or as the first of two: mars et avril · juin-juillet
_MONTH_PAIR = lazy(rf"(?: et | ou | à | au | ?- ?| ?/ ?|, ){_M}")
_SEASON_OPENER = lazy(
    r"\b(?:au |cet |ce |à l'|dès l'|dès le |d'ici l'|d'ici (?:à |au )?(?:l'|le )?"
    r"|(?:durant|pendant|depuis|avant|après) (?:l'|le )"
    r"|jusqu'à l'|courant de l'|courant |cours de l'|cours du )$"
)
# (du printemps) à l'automne 2025
_SEASON_PAIR = lazy(r" (?:à l'|au |et l'|et le |jusqu'à l')(?:printemps|été|automne|hiver)\b")
# rentrée de janvier: the month dates it
_RETURN_MONTH = lazy(rf" (?:scolaire )?(?:de |d'|du mois de )(?!sept){_M}")
_RETURN_OPENER = lazy(
    r"\b(?:à|dès|pour|depuis|à compter de|à partir de|d'ici|d'ici à|avant|jusqu'à) (?:la |cette )$|\bcette $"
)
# Recurrence, not a date: chaque année en juin · tous les ans, à l'automne
_RECURRENT = lazy(
    r"(?:chaque (?:année|été|automne|hiver|printemps|mois)|tous les ans)(?: ?,)? (?:\w+ ){0,2}(?:l')?$"
)

_EACH = lazy(r"\b(?:chaque|tous les) $")
_DAY_NUMBER = lazy(_D)
# le 12/03 · du 12/03
_SHORT_OPENER = lazy(r"\b(?:les?|du|au|depuis|avant|et) $")
# les 8/12 ans · les 2/3 des
_NOT_A_DAY = lazy(r" ?(?:ans|mois|jours|h\b|heures|semaines|des |de )")
# a été: the participle
_HAS = lazy(r"\b(?:a|ont|avoir|ayant|avai(?:t|ent)|aura(?:it|ient)?|eu) $")
# printemps des poètes
_NAMED_SEASON = lazy(r" d(?:u|es|e la|e l'|')")
# en Mars · fin Mars, but not Champ de Mars
_CAPITAL_MONTH = lazy(r"\b(?:en|depuis|dès|début|fin|mi|mois de|mois d'|et|à|/)[ -]?$")
# en 2024: a year, whatever follows
_YEAR_OPENER = lazy(r"\b(?:en|depuis|dès|année|exercice|fin|début|d'ici|jusqu'en) $")
# fin d'année scolaire
_SCHOOL_RIGHT = lazy(r" (?:scolaire|universitaire)")
# fêtes de fin d'année
_FEAST = lazy(
    r"\b(?:fêtes?|primes?|repas|gala|colis|spectacles?|chèques?|arbres?|chaque|tous les|toutes les) (?:de |en )?$"
)
# 1055 2058 2123 · A 2088
_NUMBER_LEFT, _NUMBER_RIGHT = lazy(r"(?<!\w)([0-9]+) $"), lazy(r" ([0-9]{2,})(?![\w/.])")
_CAPITAL_LEFT = lazy(r"(?<!\w)[A-Z] $")



def points(text: str, plain: str) -> Iterator[Point]:
    """The points in time, from left to right: at each trigger the longest reach to the left that makes sense."""
    at = 0
    triggers = list(TRIGGER.finditer(plain))
    street = next(streets := _STREET.finditer(plain), None) if triggers else None
    for trigger in triggers:
        while street and street.end() <= trigger.start():
            street = next(streets, None)
        if trigger.start() < at or (street and street.start() <= trigger.start()):
            continue
        for start in _starts(plain, max(at, trigger.start() - 60), trigger.start()):
            point = _point_at(text, plain, start)
            if point and point.end > trigger.start():
                yield point
                at = point.end
                break


def _starts(plain: str, low: int, high: int) -> list[int]:
    """Starts of words in the window up to and with `high`, the farthest first; never over a line's end."""
    low = max(low, plain.rfind("\n", low, high) + 1)
    starts = [m.start() for m in _WORD_START.finditer(plain, low, high)]
    return [*starts[-12:], high]


def _point_at(text: str, plain: str, at: int) -> Point | None:
    if plain[at].isdigit() or plain.startswith(_DAY_STARTS, at):
        for pattern, build in ((_DAY, _day), (_NUMERIC, _numeric), (_ISO, _iso), (_WORDED, _worded), (_ODD, _odd)):
            match = pattern.match(plain, at)
            if match:
                point = build(plain, match)
                if point:
                    return point
    if plain.startswith(_SLICE_STARTS, at):
        match = _SLICE.match(plain, at)
        if match:
            return _slice(plain, match)
    match = _NAMED.match(plain, at)
    if not match:
        return None
    point = _named(text, plain, match)
    return point if point and not _glued(text, plain, point) else None


_DAY_STARTS = (*cal.WEEKDAYS, "premier", *num.DAY_WORDS)
_SLICE_STARTS = ("première", "seconde", "deuxième", "dernière", "troisième", "1", "2", "3")


def _glued(text: str, plain: str, point: Point) -> bool:
    """True where the point is part of a longer number or word: "2023-45", "T2024", "12.2024"."""
    before, after = plain[max(0, point.start - 2) : point.start], plain[point.end : point.end + 2]
    if before and (before[-1].isalnum() or before[-1] in "_°º#@"):
        return True
    if len(before) == 2 and before[-1] in "-/.," and before[0].isalnum() and plain[point.start].isdigit():
        return True
    return bool(after) and (
        after[0] in "_@"
        or (after[0] in "-/.," and after[1:].isdigit())
        or bool(_CODE_RIGHT.match(text, point.end))
    )


def _number(text: str) -> int:
    return 1 if not text[:1].isdigit() else int("".join(c for c in text if c in "0123456789") or "0")


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(plain: str, match: re.Match[str]) -> Point | None:
    days = [_number(d) for d in _DAY_NUMBER.findall(match["days"])]
    if not all(1 <= day <= 31 for day in days) or days != sorted(set(days)):
        return None
    if plain[match.start("days") - 1 : match.start("days")] in (".", ",", "/", "-", "°") and match.start("days"):
        return None
    if match["year"] is None and _EACH.search(plain, max(0, match.start() - 10), match.start()):
        return None  # "chaque 8 mars"
    if match["month"] == "sept" and not match["year"]:
        return None  # "de 5 à sept"
    weekday = cal.WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
    start = match.start()
    return Point(
        start, match.end(), cal.DAY, days[0], days[-1], cal.month_number(match["month"]), _year(match["year"]),
        weekday=weekday,
    )  # fmt: skip


def _worded(plain: str, match: re.Match[str]) -> Point | None:
    day = num.parse_words(match["day"])
    year = num.parse_words(match["year"].replace("mil ", "mille ")) if match["year"] else None
    if day is None or not 2 <= day <= 31 or match["month"] in ("sept", "oct"):
        return None
    weekday = cal.WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
    return Point(
        match.start(), match.end(), cal.DAY, int(day), int(day), cal.month_number(match["month"]),
        None if year is None else int(year), weekday=weekday,
    )  # fmt: skip


def _odd(plain: str, match: re.Match[str]) -> Point | None:
    """A day whose month is spelled as we do not know it ("3 jan 2024", "5 sep. 2024"): dateparser may."""
    found = _parsed(match[0])
    if found is None or found.day != _number(match["day"]) or found.year != int(match["year"]):
        return None
    return Point(match.start(), match.end(), cal.DAY, found.day, found.day, found.month, found.year)


@lru_cache(maxsize=256)
def _parsed(text: str) -> dt.date | None:
    """What dateparser makes of a whole date; its base is fixed, so that no clock is read."""
    import dateparser

    settings = {"RELATIVE_BASE": dt.datetime(2000, 1, 1), "STRICT_PARSING": True, "DATE_ORDER": "DMY"}
    found = dateparser.parse(text, languages=["fr"], settings=settings)
    return found.date() if found else None


def _numeric(plain: str, match: re.Match[str]) -> Point | None:
    before = plain[max(0, match.start() - 12) : match.start()]
    if before and (before[-1].isalnum() or (before[-1] in "/.-,°" and len(before) > 1 and not before[-2].isspace())):
        return None
    if match["year"] is None and not (
        match["sep"] == "/" and len(match["month"]) == 2 and _SHORT_OPENER.search(before)
    ):
        return None
    if match["year"] is None and _NOT_A_DAY.match(plain, match.end()):
        return None  # "les 8/12 ans"
    if match["sep"] != "/" and len(match["year"] or "") == 2 and len(match["month"]) < 2:
        return None  # 12.5.24 is no usual date
    if match["sep"] == "." and len(match["year"]) == 2 or _NUMBERED.search(before):
        return None
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    weekday = cal.WEEKDAYS.index(match["weekday"]) if match["weekday"] else None
    return Point(match.start(), match.end(), cal.DAY, day, day, month, _year(match["year"]), weekday=weekday)


def _iso(plain: str, match: re.Match[str]) -> Point | None:
    day, month, start = int(match["day"]), int(match["month"]), match.start()
    if not (1 <= day <= 31 and 1 <= month <= 12) or plain[max(0, start - 1) : start].strip("( :,\n"):
        return None
    return Point(start, match.end(), cal.DAY, day, day, month, int(match["year"]))


def _slice(plain: str, match: re.Match[str]) -> Point | None:
    """A half-month or a week of a month as a run of days."""
    rank = {"p": 1, "1": 1, "s": 2, "2": 2, "t": 3, "3": 3}.get(match["nth"][0], 0) or (
        2 if match["nth"].startswith("deux") else 9
    )
    month, year = cal.month_number(match["month"]), _year(match["year"])
    last = cal.last_day(year or 2001, month).day
    if match["slice"] == "quinzaine":
        days = (1, 15) if rank == 1 else (16, last)
    else:
        days = (rank * 7 - 6, rank * 7) if rank < 9 else (last - 6, last)
    return Point(match.start(), match.end(), cal.DAY, *days, month, year)


def _part(word: str | None) -> str | None:
    if word is None or word == "courant":
        return None
    if "fin" in word:
        return "fin"
    return "mi" if word.startswith("mi") else "début"


def _named(text: str, plain: str, match: re.Match[str]) -> Point | None:
    part = _part(match["part"])
    for group, build in _BUILDERS:
        if match[group] is not None:
            point = build(text, plain, match)
            if point is None:
                return None
            point = replace(point, part=part)
            if part and point.kind == cal.YEARS:
                return None
            return point
    return None


def _before(plain: str, at: int, size: int = 40) -> str:
    return plain[max(0, at - size) : at]


def _school(text: str, plain: str, match: re.Match[str]) -> Point:
    return Point(match.start(), match.end(), cal.SCHOOL, year=int(match["school"]))


def _relative(text: str, plain: str, match: re.Match[str]) -> Point:
    shift = -1 if match["last"] else 1 if match["next"] else 0
    return Point(match.start(), match.end(), cal.YEAR, shift=shift)


def _pair(text: str, plain: str, match: re.Match[str]) -> Point | None:
    """ "2023-2024", "2023-24"; from a year and a number that cannot be a later year nothing is made."""
    first, end = int(match["pair"]), match["pair_end"]
    last = int(end) if len(end) == 4 else first // 100 * 100 + int(end)
    if not first < last <= first + (60 if len(end) == 4 else 9) or _NUMBERED.search(_before(plain, match.start())):
        return None
    return Point(match.start(), match.end(), cal.YEARS, year=first, year_end=last)


def _rank(word: str, of: int) -> int:
    if word.startswith("dernier"):
        return of
    return {"1": 1, "p": 1, "2": 2, "s": 2, "d": 2, "3": 3, "t": 3, "4": 4, "q": 4}[word[0]]


def _run(text: str, plain: str, match: re.Match[str]) -> Point | None:
    kind, of = (cal.HALF, 2) if match["run"] == "semestre" else (cal.QUARTER, 4)
    first = _rank(match["nth"], of)
    last = _rank(match["nth_end"], of) if match["nth_end"] else first
    if not first <= last <= of or (first == last and match["nth_end"]):
        return None
    return Point(match.start(), match.end(), kind, first, last, year=_year(match["run_year"]))


def _short(text: str, plain: str, match: re.Match[str]) -> Point | None:
    group = "short" if match["short"] else "post_short"
    name, end = match[group], match["short_end"] if match["short"] else None
    if not text[match.start(group)].isupper() or (end and end[0] != name[0]):
        return None
    kind, of = (cal.HALF, 2) if name[0] == "s" else (cal.QUARTER, 4)
    first = int(name[1])
    last = int(end[1]) if end else first
    if not first <= last <= of:
        return None
    return Point(match.start(), match.end(), kind, first, last, year=_year(match["short_year"] or match["pre_year"]))


def _season(text: str, plain: str, match: re.Match[str]) -> Point | None:
    start, at, year = match.start(), match.start("season"), _year(match["season_year"])
    before = _before(plain, at)
    shift = 1 if match["season_shift"] == " prochain" else 0
    if year is None:
        opened = _SEASON_OPENER.search(before) or match["season_shift"] or match["part"]
        opened = opened or _SEASON_PAIR.match(plain, match.end())
        named = text[at].isupper() or _NAMED_SEASON.match(plain, match.end())
        if not opened or named or (match["season"] == "été" and before.endswith("été ")) or _RECURRENT.search(before):
            return None
    elif match["season"] == "été" and _HAS.search(before):
        return None
    number = cal.season_number(match["season"])
    return Point(start, match.end(), cal.SEASON, number, number, year=year, shift=shift)


def _return(text: str, plain: str, match: re.Match[str]) -> Point | None:
    year, shift = _year(match["return_year"]), 0
    if year is None and _RETURN_MONTH.match(plain, match.end()):
        return None
    if match["return_shift"]:
        shift = 1
    elif year is None and not _RETURN_OPENER.search(_before(plain, match.start())):
        return None
    if year is None and _RECURRENT.search(_before(plain, match.start())):
        return None
    return Point(match.start(), match.end(), cal.RETURN, year=year, shift=shift)


def _month(text: str, plain: str, match: re.Match[str]) -> Point | None:
    at, year = match.start("month"), _year(match["year"])
    number = cal.month_number(match["month"])
    if year is None and not match["month_shift"]:
        before = _before(plain, at)
        name = text[at].isupper() and not _CAPITAL_MONTH.search(before)
        if name and SENTENCE_START.search(text, max(0, at - 6), at) and _MONTH_PAIR.match(plain, match.end()):
            name = False
            before = "("
        if name or match["month"] in ("sept", "oct", "nov", "dec", "avr", "fev", "fév") or _RECURRENT.search(before):
            return None
        if not match["part"] and not _MONTH_OPENER.search(before) and not _MONTH_PAIR.match(plain, match.end()):
            return None
    shift = 1 if match["month_shift"] == " prochain" else 0
    return Point(match.start(), match.end(), cal.MONTH, number, number, year=year, shift=shift)


def _decade(text: str, plain: str, match: re.Match[str]) -> Point:
    decade = int(match["decade"])
    return Point(match.start(), match.end(), cal.DECADE, year=decade if decade > 99 else 1900 + decade)


def _plain_year(text: str, plain: str, match: re.Match[str]) -> Point | None:
    """A year alone: not what is counted, numbered or named by it."""
    at, end = match.start("plain"), match.end("plain")
    before = _before(plain, at)
    prefixed = match.start() < at or _YEAR_OPENER.search(before)
    counted = _COUNTED.match(plain, end)
    if counted and (counted["noun"] or "") not in _NOT_COUNTED and not (counted["noun"] and prefixed):
        return None
    if not prefixed and _QUOTED_NAME.search(text[max(0, at - 24) : end + 2]):
        return None
    if not prefixed and (_NUMBERED.search(before) or _is_name(text, before, at) or _in_row(text, plain, at, end)):
        return None
    if int(match["plain"]) < 1900 and not prefixed:
        return None
    start = match.start() if match["part"] else at
    return Point(start, match.end(), cal.YEAR, year=int(match["plain"]))


def _in_row(text: str, plain: str, at: int, end: int) -> bool:
    """True in a row of figures ("1055 2058 2123") and behind a lone capital ("A 2088")."""
    beside = _NUMBER_LEFT.search(plain, max(0, at - 8), at), _NUMBER_RIGHT.match(plain, end)
    if any(m and not (len(m[1]) == 4 and m[1].startswith(("19", "20"))) for m in beside):
        return True
    return bool(_CAPITAL_LEFT.search(text, max(0, at - 3), at))


def _is_name(text: str, before: str, at: int) -> bool:
    """True after "Agenda", "RT", "Natura" …: words of ordinary French only where they are written as a name."""
    match = _NAMES.search(before)
    if not match:
        return False
    word = match[0].strip(" -")
    written = text[at - len(match[0]) :][: len(word)]
    return word not in _NAMES_CASED or (written.isupper() if len(word) == 2 else written[:1].isupper())


def _bare_year(text: str, plain: str, match: re.Match[str]) -> Point | None:
    """ "fin d'année": a part of the year at hand; the word alone is no date, nor are the feasts of the season."""
    if not match["part"] or match["part"] == "courant" or _SCHOOL_RIGHT.match(plain, match.end()):
        return None
    if _FEAST.search(_before(plain, match.start())):
        return None
    return Point(match.start(), match.end(), cal.YEAR)


_BUILDERS: tuple[tuple[str, Callable[[str, str, re.Match[str]], Point | None]], ...] = (
    ("school", _school), ("this", _relative), ("last", _relative), ("next", _relative), ("pair", _pair),
    ("nth", _run), ("short", _short), ("post_short", _short), ("season", _season), ("back", _return), ("month", _month),
    ("decade", _decade), ("plain", _plain_year), ("bare", _bare_year),
)  # fmt: skip
