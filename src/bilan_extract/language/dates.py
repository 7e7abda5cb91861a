"""Dates, periods and deadlines as French administrative texts state them.

Three steps, each over the text's `shadow`: find points in time (`_points`), join those that make one statement
("du 6 avril au 25 mai", "depuis 2015"), then give a year to what has none. No clock is read anywhere: a missing year
comes from a year just mentioned in the same sentence, then from the block's period, then from a year mentioned before
in the same text, then from the document's period, then from the document's own date. What came from the block or from
the text itself is marked "block", what came from further away "document".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bilan_extract.language import calendar_fr as cal
from bilan_extract.language import numbers as num
from bilan_extract.language.calendar_fr import Point
from bilan_extract.language.shadow import shadow
from bilan_extract.plan import Date, Period

_Y = r"(?:1[89]|20)[0-9]{2}(?![0-9])"
_M = (
    r"(?:janvier|janv\b\.?|f[ée]vrier|f[ée]vr?\b\.?|mars|avril|avr\b\.?|mai|juin|juillet|juil\b\.?|ao[uû]t"
    r"|septembre|sept\b\.?|octobre|oct\b\.?|novembre|nov\b\.?|d[ée]cembre|d[ée]c\b\.?)(?!\w)"
)
_W = rf"(?:{'|'.join(cal.WEEKDAYS)})"
_D = r"(?:1 ?er|premier|[0-3]?[0-9])(?![\w%€])"
_OF_YEAR = r"(?:de |d'|de l'année |de l'exercice |de l'an )?"

# What makes it worth looking closer: 2024 · 12/05 · juin · semestre · T3 · rentrée · l'an dernier
_TRIGGER = re.compile(
    rf"(?<![0-9]){_Y}|(?<![0-9])[0-3]?[0-9][/.-][01]?[0-9](?![0-9])|(?<!\w){_M}|semestre|trimestre|printemps|\bété\b"
    r"|automne|hiver|rentrée|\bannées?\b|\ban (?:dernier|passé|prochain)|(?<!\w)[stq][1-4](?!\w)"
)

# fin · début de l'année (the year follows) · mi- · courant · milieu du mois de
_PART = (
    r"(?:(?P<part>(?:tout )?d[ée]but|(?:toute )?fin|mi|milieu|courant)(?: |-| ?- ?)"
    r"(?:(?:du )?mois (?:de |d')|de l'|de la |de cette(?= année)|de |du |d')?)?"
)

# 24 juin 2024 · les 7 et 8 décembre 2023 · du lundi 3 au vendredi 7 mars · 12, 13 et 14 mai
_DAY = re.compile(
    rf"(?:(?P<weekday>{_W}) )?(?P<days>{_D}(?:(?: ?, ?| et | ou | au | à | ?- ?| ?/ ?| & )(?:le |{_W} ){{0,2}}{_D})*)"
    rf" (?P<month>{_M})(?: {_OF_YEAR}(?P<year>{_Y}))?"
)
# le vingt-neuf juin deux mille vingt et un · premier janvier
_WORDED = re.compile(
    rf"(?:(?P<weekday>{_W}) )?(?P<day>{num.WORDS}) (?P<month>{_M})(?: (?P<year>deux mil(?:le)?(?:[ -]{num.WORDS})?))?"
)
# 31/12/24 · 01.09.2024 · 30-01-2023 · 12/03
_NUMERIC = re.compile(
    rf"(?:(?P<weekday>{_W}) )?(?P<day>[0-3]?[0-9])(?P<sep>[/.-])(?P<month>[01]?[0-9])"
    r"(?:(?P=sep)(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}))?(?![\w%€]|[/.,-][0-9])"
)
# 2024-06-24
_ISO = re.compile(r"(?P<year>(?:19|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![\w-])")
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
_NTH = r"(?:1 ?er|premier|2 ?(?:nd|d|e|ème|eme)|second|deuxième|3 ?(?:e|ème|eme)|troisième|4 ?(?:e|ème|eme)|quatrième|dernier)"
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
    rf"(?P<back>rentrée)(?: scolaire| universitaire| sportive| culturelle| sociale)?(?:(?: de)? septembre)?(?: {_OF_YEAR}(?P<return_year>{_Y})"
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
_NAMED = re.compile(f"{_PART}(?:{_SCHOOL}|{_RELATIVE}|{_PAIR}|{_HALF}|{_SEASON}|{_RETURN}|{_MONTH}|{_YEAR})")
# 1ère quinzaine de mars 2025 · dernière semaine de juin
_SLICE = re.compile(
    r"(?P<nth>première|1 ?(?:ère|re)|seconde|deuxième|2 ?(?:e|ème|nde)|dernière|troisième|3 ?(?:e|ème)) "
    rf"(?P<slice>quinzaine|semaine) (?:de |d'|du mois de |du mois d')(?P<month>{_M})(?: {_OF_YEAR}(?P<year>{_Y}))?"
)

_WORD_START = re.compile(r"(?<!\w)\w")

# Nothing that follows dates anything: n° 2024 · article 2024 · délibération 2023-24
_NUMBERED = re.compile(
    r"(?:\bn ?[°º]s? ?|\bnum[ée]ros? |\barticles? |\bart\. |\bpages? |\bp\. |\bd[ée]lib[ée]rations? |\bmarch[ée]s? "
    r"|\bd[ée]crets? |\barr[êe]t[ée]s? |\bordonnances? |\bdossiers? |\br[ée]f(?:[ée]rence)?\.? |\biso |\bnorme )$"
)
# Names that end in a year without dating anything: Agenda 2030 · RT 2012 · Natura 2000 · association loi 1901
_NAMES = re.compile(
    r"(?:\b(?:agendas?|rt|re|natura|iso|ohsas|nf|en|nfc|windows|office|horizon europe|france|europe|cap|destination|vision"
    r"|paris|londres|tokyo|rio|los angeles|ambition|covid|vae|loi|type|modèle|classe|taille|réf|bp|cs|rd|rn|route)"
    r"[ -]?)$"
)
_NAMES_CASED = frozenset({"en", "re", "france", "europe", "cap", "vision", "destination", "ambition", "route"})
# « Quartiers 2030 »
_QUOTED_NAME = re.compile(r"(?:^|[^\w])[A-ZÀ-Ý][\w'’-]+ [0-9]{4} ?[»”\"]$")
# rue du 8 mai 1945 · place du 11 novembre
_STREET = re.compile(
    r"\b(?:rue|place|placette|avenue|av\.|boulevard|bd|bld|square|allées?|quai|pont|cours|impasse|stade|gymnase"
    r"|esplanade|chemin|route|rond-point|résidence|cité|collège|lycée|école|groupe scolaire|caserne|parvis|quartier) "
    rf"(?:du |de la |des )?{_D} {_M}(?: {_Y})?"
)
# What can only be counted when a four-digit number stands before it: 2000 visites (not "2023 plusieurs")
_COUNTED = re.compile(
    r" (?:(?:nouveaux|nouvelles|autres|petits|grandes?|jeunes) )?(?P<noun>[a-zà-ÿœ-]{3,}[sx])\b"
    r"| ?(?:€|%|m[²2³3]?\b|km|h\b|ha\b|kg\b|t\b|kwh|mwh|gwh|etp\b|euros?\b|litres?\b|tonnes?\b|l\b|ans\b|m€|k€|tco2|teq)"
)
_NOT_COUNTED = frozenset(
    "plusieurs dans sans sous puis mais après auprès très plus moins depuis lors lorsque certains certaines divers "
    "diverses différents différentes toutes tous nombreux nombreuses dès vers hors alors ainsi tels telles ces ses nos "
    "vos leurs elles ils nous vous aux des les quelques jamais toujours pas mis mises prévus prévues réalisés "
    "réalisées ailleurs quelles quels sauf".split()
)
# Where a time without a year can stand on its own: en juin · dès septembre · au mois de mai · (mars
_MONTH_OPENER = re.compile(
    r"(?:(?<!\w)(?:en|de|d'|d[ée]but|fin|courant|depuis|dès|mois de|mois d'|jusqu'en|jusqu'[àa] fin|d'ici|d'ici à"
    r"|avant|pour|entre|à partir de|à partir d'|à compter de|à compter d'|et|ou|à|mi|vers|et en|ou en|horizon) ?"
    r"|[(,/:;] ?|-)$"
)
# … or as the first of two: mars et avril · juin-juillet
_MONTH_PAIR = re.compile(rf"(?: et | ou | à | au | ?- ?| ?/ ?|, ){_M}")
_SEASON_OPENER = re.compile(
    r"\b(?:au |cet |ce |à l'|dès l'|dès le |d'ici l'|d'ici (?:à |au )?(?:l'|le )?|durant l'|pendant l'|depuis l'|avant l'"
    r"|jusqu'à l'|courant de l'|courant |cours de l'|cours du )$"
)
_RETURN_OPENER = re.compile(r"\b(?:à|dès|pour|depuis|à compter de|à partir de|d'ici|d'ici à|avant|jusqu'à) (?:la |cette )$|\bcette $")
# Recurrence, not a date: chaque année en juin · tous les ans, à l'automne
_RECURRENT = re.compile(r"(?:chaque (?:année|été|automne|hiver|printemps|mois)|tous les ans)(?: ?,)? (?:\w+ ){0,2}(?:l')?$")

# depuis · à partir du · à compter de la · dès l'
_FROM = re.compile(
    r"(?<!\w)(?:depuis|à partir (?:de|du|d')|à compter (?:de|du|d')|à dater (?:de|du|d')|dès) ?"
    r"(?:la |le |l'|les |mois de |mois d'|cette )*$"
)
# jusqu'en · jusqu'au · d'ici · d'ici à la · avant le · au plus tard en
_UNTIL = re.compile(
    r"(?<!\w)(?:jusqu'(?:en|à|au|aux)|d'ici(?: à| au| en)?|avant|au plus tard(?: en| à| au)?) ?"
    r"(?:la |le |l'|les |mois de |mois d'|cette )*$"
)
_ARTICLE = re.compile(r"(?<!\w)(?:les? |du (?=$))$")
# between the two ends of a range
_TO = re.compile(r" (?:à|au|aux|jusqu'(?:en|à|au|aux)) ?(?:la |le |l'|mois de |mois d')*|(?: ?- ?| ?/ ?| & )")
_AND = re.compile(r" et (?:le |la |l'|en |mois de )?")
_RANGE_OPENER = re.compile(r"(?<!\w)(?:(?P<between>entre )|du |de |d'|des |depuis )(?:la |le |l'|mois de |mois d')*$")
# a list whose last member holds the year: le 24 mars, le 12 avril et le 3 mai 2024
_LISTED = re.compile(r"(?: ?\([^()\n]{0,40}\))?(?: ?, ?| et | ou | puis | ?/ ?|, puis | ainsi que )(?:en |au |à |le |les |la |l')*")
_LAW = re.compile(r"\b(?:loi|décret|arrêté|ordonnance|délibération|circulaire|directive)\b[^.;\n]{0,40}$")
_SENTENCE_END = re.compile(r"[.!?;] |\n")
# what stands before a year that sets the time of its whole sentence: "En 2023, …", "Au cours de l'année 2023, …"
_LEADING = re.compile(r"(?:^|[.!?;:] |\n|\()(?:en |au cours |au |à |à la |de |d'|l'|la |année |dès |courant |durant |pendant |sur )*$")

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
    text: str, *, block: Period | None = None, document: Period | None = None, written_on: dt.date | None = None
) -> list[Date]:
    """The times that a text states, by their place in it, without overlap.

    Args:
        text: one owner's text (item, engagement, focus) as it stands in the plan; any string will do.
        block: the period of the block that holds the text.
        document: the period the document reports on.
        written_on: the document's own date, for what nothing else dates.

    A year that nobody can know leaves `start` and `end` null and "XXXX" in the EDTF.
    """
    plain = shadow(text)
    if not _TRIGGER.search(plain):
        return []
    statements = _statements(text, plain, list(_points(text, plain)))
    return _Years(plain, statements, block, document, written_on).dates(text)


# -- points ---------------------------------------------------------------------------------------------------------


def _points(text: str, plain: str) -> Iterator[Point]:
    """The points in time, from left to right: at each trigger the longest reach to the left that makes sense."""
    at = 0
    streets = [match.span() for match in _STREET.finditer(plain)]
    for trigger in _TRIGGER.finditer(plain):
        if trigger.start() < at or any(low <= trigger.start() < high for low, high in streets):
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
        for pattern, build in ((_DAY, _day), (_NUMERIC, _numeric), (_ISO, _iso), (_WORDED, _worded)):
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
    return point if point and not _glued(plain, point) else None


_DAY_STARTS = (*cal.WEEKDAYS, "premier", *num.DAY_WORDS)
_SLICE_STARTS = ("première", "seconde", "deuxième", "dernière", "troisième", "1", "2", "3")


def _glued(plain: str, point: Point) -> bool:
    """True where the point is part of a longer number or word: "2023-45", "T2024", "12.2024"."""
    before, after = plain[max(0, point.start - 2) : point.start], plain[point.end : point.end + 2]
    if before and (before[-1].isalnum() or before[-1] in "_°º#@"):
        return True
    if len(before) == 2 and before[-1] in "-/.," and before[0].isalnum() and plain[point.start].isdigit():
        return True
    return bool(after) and (
        after[0] in "_@"
        or (after[0] in "-/.," and after[1:].isdigit())
        or (after[0] == "-" and after[1:].isalpha() and plain[point.end - 1].isdigit())
    )


def _number(text: str) -> int:
    return 1 if not text[:1].isdigit() else int("".join(c for c in text if c in "0123456789") or "0")


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _day(plain: str, match: re.Match[str]) -> Point | None:
    days = [_number(d) for d in re.findall(_D, match["days"])]
    if not all(1 <= day <= 31 for day in days) or days != sorted(set(days)):
        return None
    if plain[match.start("days") - 1 : match.start("days")] in (".", ",", "/", "-", "°") and match.start("days"):
        return None
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


def _numeric(plain: str, match: re.Match[str]) -> Point | None:
    before = plain[max(0, match.start() - 12) : match.start()]
    if before and (before[-1].isalnum() or (before[-1] in "/.-,°" and len(before) > 1 and not before[-2].isspace())):
        return None
    if match["year"] is None and not (
        match["sep"] == "/" and len(match["month"]) == 2 and re.search(r"\b(?:les?|du|au|depuis|avant|et) $", before)
    ):
        return None
    if match["year"] is None and re.match(r" ?(?:ans|mois|jours|h\b|heures|semaines|des |de )", plain[match.end() : match.end() + 9]):
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
        named = text[at].isupper() or re.match(r" d(?:u|es|e la|e l'|')", plain[match.end() : match.end() + 6])
        if not opened or named or (match["season"] == "été" and before.endswith("été ")) or _RECURRENT.search(before):
            return None
    elif match["season"] == "été" and re.search(r"\b(?:a|ont|avoir|ayant|avai(?:t|ent)|aura(?:it|ient)?|eu) $", before):
        return None
    number = cal.season_number(match["season"])
    return Point(start, match.end(), cal.SEASON, number, number, year=year, shift=shift)


def _return(text: str, plain: str, match: re.Match[str]) -> Point | None:
    year, shift = _year(match["return_year"]), 0
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
        name = text[at].isupper() and not re.search(r"\b(?:en|depuis|dès|début|fin|mi|mois de|mois d'|et|à|/)[ -]?$", before)
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
    prefixed = match.start() < at or re.search(r"\b(?:en|depuis|dès|année|exercice|fin|début|d'ici|jusqu'en) $", before)
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
    beside = re.search(r"(?<!\w)([0-9]+) $", plain[max(0, at - 8) : at]), re.match(r" ([0-9]{2,})(?![\w/.])", plain[end : end + 8])
    if any(m and not (len(m[1]) == 4 and m[1].startswith(("19", "20"))) for m in beside):
        return True
    return bool(re.search(r"(?<!\w)[A-Z] $", text[max(0, at - 3) : at]))


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
    if not match["part"] or match["part"] == "courant" or re.match(r" (?:scolaire|universitaire)", plain[match.end() :]):
        return None
    if re.search(r"\b(?:fêtes?|primes?|repas|gala|colis|spectacles?|chèques?|arbres?|chaque|tous les|toutes les) (?:de |en )?$",
                 _before(plain, match.start())):  # fmt: skip
        return None
    return Point(match.start(), match.end(), cal.YEAR)


_BUILDERS: tuple[tuple[str, Callable[[str, str, re.Match[str]], Point | None]], ...] = (
    ("school", _school), ("this", _relative), ("last", _relative), ("next", _relative), ("pair", _pair),
    ("nth", _run), ("short", _short), ("post_short", _short), ("season", _season), ("back", _return), ("month", _month),
    ("decade", _decade), ("plain", _plain_year), ("bare", _bare_year),
)  # fmt: skip


# -- statements -----------------------------------------------------------------------------------------------------


def _statements(text: str, plain: str, points: list[Point]) -> list[_Statement]:
    """The points joined to ranges and opened to the side their preposition opens."""
    found: list[_Statement] = []
    index, free = 0, 0
    while index < len(points):
        first = points[index]
        second = _partner(plain, points, index, free)
        found.append(_opened(plain, first, second, free))
        index += 2 if second else 1
        free = found[-1].end
    return found


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
    """Where the point begins with the article of its day: "le 24 juin", "les 7 et 8", "du 21 au 25"."""
    if first.kind != cal.DAY:
        return first.start
    if first.first != first.last:
        match = re.compile(r"(?<!\w)(?:les|du|entre le|entre les|le) $").search(plain, low, first.start)
    else:
        match = re.compile(r"(?<!\w)les? $").search(plain, low, first.start)
    return match.start() if match else first.start


# -- years ----------------------------------------------------------------------------------------------------------


class _Years:
    """Gives each statement of one text its years."""

    def __init__(
        self,
        plain: str,
        statements: list[_Statement],
        block: Period | None,
        document: Period | None,
        written_on: dt.date | None,
    ) -> None:
        self.plain = plain
        self.statements = statements
        self.block = _period_years(block)
        self.document = _period_years(document) or ([written_on.year] if written_on else [])
        self.periods = {"block": block, "document": document}
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
            if (here.second or here.first).year is not None or not _LISTED.fullmatch(self.plain, here.end, following.start):
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
        for year, source in choices:
            return year + point.shift, source
        return None, None

    def _choices(self, statement: _Statement, point: Point) -> Iterator[tuple[int, Inferred]]:
        relative = point.kind == cal.YEAR and point.part is None
        here, before = [], []
        for start, end, year in reversed(self.mentioned):
            same = not _SENTENCE_END.search(self.plain, end, statement.start)
            leads = same and _LEADING.search(self.plain, max(0, start - 40), start)
            (here if leads else before).append(year)
        if not relative:
            yield from ((year, "block") for year in here)
        yield from ((year, "block") for year in self._fitting(self.block, "block", point))
        if not relative:
            yield from ((year, "block") for year in before)
        yield from ((year, "document") for year in self._fitting(self.document, "document", point))

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
