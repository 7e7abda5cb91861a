"""The plan's own name and the period reported on, from running heads, the cover and the deliberation's title."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bilan_extract.language.plain_dates import find_days, fold
from bilan_extract.patterns import lazy
from bilan_extract.plan import Period

# "Bilan", "premier bilan annuel", "Bilan d'étape à mi-parcours", "Rapport annuel", "Point d'étape", "État d'avancement"
_REVIEW = lazy(
    r"\b(?:(?:premier|second|deuxieme|troisieme|quatrieme|1er|\d+e(?:me)?)\s+)?(?:bilan|rapport(?:\s+(?:annuel|"
    r"d'(?:activites?|avancement|etape|execution)|de\s+(?:suivi|situation)|intermediaire|final|[ad]e?\s+mi[- ]parcours|"
    r"sur\s+la\s+(?:premiere|deuxieme|troisieme|quatrieme)\s+annee(?:\s+d'application)?))|"
    r"(?<=:\s)(?:etat\s+des\s+lieux|suivi\s+de\s+l'annee|(?:le\s+)?point\s+sur|ce\s+qui\s+(?:est|a\s+ete)\s+fait)|"
    r"point\s+d'(?:etape|avancement)|etat\s+d'avancement|revue\s+annuelle|rapport\s+de\s+bilan|retour\s+sur)"
    r"(?:\s+(?:annuel|global|final|intermediaire|triennal|biennal|synthetique|general|d'(?:etape|activites?|"
    r"avancement|execution)|"
    r"de\s+(?:l'annee|la\s+periode|mise\s+en\s+(?:oeuvre|œuvre)|l'exercice)|a\s+mi[- ]parcours|"
    r"de\s+mi[- ]parcours|des\s+(?:actions|realisations)(?:\s+realisees)?))*"
)
# "2023-2024", "2023/2024", "2022 – 2024", "2022 à 2024", "2024"
_YEARS = lazy(
    r"(?<![\w/.-])(?P<first>(?:19|20)\d\d)(?:\s*(?:[-/]|a|et|au)\s*(?P<last>(?:19|20)\d\d|"
    r"\d\d(?!\d)))?(?![\w/]|-\d)"
)
_ONLY_YEARS = lazy(r"\W*(?:annees?\s+)?" + _YEARS.pattern + r"\W*")
_HALF = lazy(r"\b(?P<rank>1er|premier|2e|2nd|2eme|second|deuxieme)\s+semestre\s+(?P<year>20\d\d)\b")
_SCHOOL = lazy(r"\bannee\s+scolaire\s+(?P<first>20\d\d)\s*[-/]\s*(?P<last>20\d\d)\b")
_OUTLOOK = lazy(
    r"\s*(?:,|&|-|/)?\s*\b(?:(?:et|,|&)\s+)?(?:les\s+)?(?:perspectives|projections|orientations\s+pour|"
    r"programme\s+d'actions|previsions|suites)\b(?:\s+(?:pour\s+)?(?:l'annee\s+)?(?:19|20)\d\d(?:\s*[-/]\s*"
    r"(?:20)?\d\d)?)?"
)
_EDGE = r"[\s:–—\-|/•·,.;()«»“”\"]+"
_LINK = lazy(
    r"^(?:(?:de|d')\s*(?:mise\s+en\s+(?:oeuvre|œuvre)\s+)?)?(?:du|de\s+la|de\s+l'|des|de|d'|sur\s+(?:le|la|l'|"
    r"les)|relati(?:f|ve)s?\s+(?:au|a\s+la|a\s+l'|aux)|au\s+titre\s+(?:du|de\s+la|de\s+l'))\s*"
)
_STRUCTURE = lazy(
    r"^\W*(?:ambition|axe|priorite|orientation|defi|objectif|fiche|action|mesure|enjeu|volet|chantier)s?\s*"
    r"(?:n\s?°\s*)?\d|^\W*(?:page|p\.)?\s*\d*\W*$|"
    r"^\W*(?:sommaire|introduction|annexe|edito|preambule|table\s+des|conseil|commune|ville|departement|region|"
    r"metropole|communaute|reunion|seance|direction|pole|service|mairie|"
    r"deliberation|envoye|recu|publie|id\b|accuse|realise|a\s+venir|focus)\b"
)
# an act's wording before the plan's name: "Présentation du …", "Approbation du …"
_ACT_WORDS = lazy(
    r"^(?:presentation|approbation|adoption|communication|information|prise\s+d'acte|debat|examen|avis|suivi|"
    r"validation|deliberation|rapport)\b\s*"
)
# what most plans are called by: where "au titre de" hides a name
_PLAN_NOUN = lazy(
    r"\b(?:plan|agenda|engagement|strategie|schema|programme|pacte|charte|feuille\s+de\s+route|contrat|projet|"
    r"demarche|pcaet|plpdma)\b"
)


_DASHES = r"[\s–—-]+"
# "Région Haute-Lande – Plan vélo", "Plan vélo – Ville de Sarzelle", "Sarzelle Métropole – Plan vélo"
_BODY = (
    r"(?:(?i:ville|commune|d[ée]partement|r[ée]gion|communaut[ée]|m[ée]tropole|syndicat|collectivit[ée])\s[^–—|:]{2,70}?|"
    r"[A-ZÀ-Ý][^–—|:]{1,50}?\s(?i:m[ée]tropole|agglom[ée]ration|agglo))"
)
_COLLECTIVITY = lazy(rf"^{_BODY}\s+[–—|-]\s+|\s+[–—|-]\s+{_BODY}$")
# "Programme « Grandir ici »": the name is what the marks hold
_QUOTED_NAME = lazy(
    r"^(?:(?i:programme|plan|projet|d[ée]marche|strat[ée]gie))\s+[«“\"]\s*(?P<name>[^«»“”\"]+?)\s*[»”\"]$"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one heading says: the plan's name without the words of the review, and the years it reviews."""

    title: str | None
    period: Period | None


def plan_title_and_period(
    title_lines: Sequence[str], running_heads: Sequence[str], deliberation_title: str | None
) -> tuple[str | None, Period | None]:
    """The plan's name and the period its review covers; None for what no heading says.

    Args:
        title_lines: the cover's lines, as printed, in order.
        running_heads: the heads and feet that repeat over the pages, one string each (a line break parts lines).
        deliberation_title: the act's object.

    Running heads, then cover, then the act's title; of several names the one said most often, the first on a tie.
    """
    heads = [line.strip() for head in running_heads for line in re.split(r"\n|\s\|\s", head) if line.strip()]
    cover = [line.strip() for line in title_lines if line.strip()]
    titles: list[str] = []
    periods: list[Period] = []
    for lines in (heads, cover, [deliberation_title] if deliberation_title else []):
        named, years = _group(lines)
        titles = titles or named
        periods = periods or years
    return (_as_the_act_has_it(_most_common(titles), deliberation_title), periods[0] if periods else None)


def _as_the_act_has_it(name: str | None, deliberation_title: str | None) -> str | None:
    """The name in full, as the act's object has it, where running heads cut it short or add the place's name to it."""
    official = read_heading(deliberation_title).title if deliberation_title else None
    if name is None or official is None or official.isupper() or len(official.split()) < 2:
        return name
    short, long = sorted((fold(name), fold(official)), key=len)
    if short == long or not re.match(rf"{re.escape(short)}\s+\w", long) or not _PLAN_NOUN.match(short):
        return name
    return official[0].upper() + official[1:]


def _most_common(titles: Sequence[str]) -> str | None:
    if not titles:
        return None
    counts = Counter(fold(title) for title in titles)
    best = max(counts, key=lambda key: counts[key])
    alike = [title for title in titles if fold(title) == best]
    return next((title for title in alike if not title.isupper()), alike[0])


def _group(lines: Sequence[str]) -> tuple[list[str], list[Period]]:
    """Names and periods that the headings of one kind give, nearest first."""
    titles: list[str] = []
    periods: list[Period] = []
    bare: list[int] = []
    for i, line in enumerate(lines):
        if not _REVIEW.search(fold(line)):
            continue
        reading = read_heading(line)
        periods += [reading.period] if reading.period else []
        if reading.title:
            titles.append(reading.title)
        else:
            bare.append(i)
    if not periods:  # "BILAN" over "2022 – 2024"
        near = [lines[j] for i in bare for j in (i + 1, i - 1) if 0 <= j < len(lines)]
        periods = [
            p for line in near if _ONLY_YEARS.fullmatch(fold(line)) and (p := _period(fold(line), line)) is not None
        ]
    # "Engagement X" over "Bilan 2023-2024": the name stands on the line beside
    for i in bare:
        for j in (i - 1, i + 1, i - 2, i + 2):
            if 0 <= j < len(lines) and _is_name(lines[j]):
                linked = _LINK.match(fold(lines[j])) if j > i else None
                titles.append(_trim(lines[j][linked.end() :] if linked else lines[j]))
                break
    if not periods:
        periods = (
            [p for line in lines if _is_name(line) and (p := _period(fold(line), line)) is not None][:1]
            if titles
            else []
        )
    return titles, periods


def _is_name(line: str) -> bool:
    folded = fold(line)
    return (
        not _REVIEW.search(folded)
        and not _STRUCTURE.match(folded)
        and not find_days(line)
        and 1 <= len(folded.split()) <= 20
        and bool(re.search(r"[^\W\d_]{3}", folded))
        and not _ONLY_YEARS.fullmatch(folded)
    )


def read_heading(text: str) -> _Reading:
    """The name and period in one heading: "Plan climat – Bilan 2024" gives "Plan climat" and the year 2024."""
    flat = re.sub(r"\s+", " ", text).strip()
    folded = fold(flat)
    review = _REVIEW.search(folded)
    if review is None:
        return _Reading(None, None)
    outlook = _OUTLOOK.search(folded, review.end())
    masked = (
        folded
        if outlook is None
        else folded[: outlook.start()] + " " * (outlook.end() - outlook.start()) + folded[outlook.end() :]
    )
    period, span = _period_near(masked, flat, review)
    keep = list(flat)
    for lo, hi in [review.span(), span, outlook.span() if outlook else (0, 0)]:
        for k in range(lo, hi):
            keep[k] = "\x00"
    before, after = _sides("".join(keep), review.start())
    name = _name(after, behind=True) or _name(before, behind=False)
    if (
        name is not None
        and _name(before, behind=False)
        and _PLAN_NOUN.search(fold(before))
        and not _PLAN_NOUN.search(fold(name))
    ):
        name = _name(before, behind=False)
    return _Reading(name, period)


def _sides(kept: str, at: int) -> tuple[str, str]:
    return kept[:at].replace("\x00", " "), kept[at:].replace("\x00", " ")


def _name(side: str, *, behind: bool) -> str | None:
    text = _trim(_COLLECTIVITY.sub("", _trim(side)))
    if behind:
        text = re.sub(r"^(?:pour|en|de)\s+(?:l['’]ann[ée]e|la\s+p[ée]riode)?\s*(?=$)", "", text)
        linked = _LINK.match(fold(text))
        text = _trim(text[linked.end() :] if linked else text)
    else:
        act = _ACT_WORDS.match(fold(text))
        text = text[act.end() :] if act else text
        linked = _LINK.match(fold(text)) if act else None
        text = _trim(text[linked.end() :] if linked else text)
        text = text.rsplit(" : ", 1)[0] if text.endswith(" :") else text
        text = re.sub(r"\s+(?:et|le|la|son|du|de\s+la|de\s+l['’]|pour|en)$", "", text, flags=re.IGNORECASE)
        text = re.sub(r"\s+:\s+pr[ée]sentation$", "", text, flags=re.IGNORECASE)
        quoted = _QUOTED_NAME.match(text)
        text = quoted["name"] if quoted else re.sub(rf"{_DASHES}$", "", text)
    if not re.search(r"[^\W\d_]{3}", text) or _STRUCTURE.match(fold(text)) and not _PLAN_NOUN.search(fold(text)):
        return None
    if re.fullmatch(r"(?:annee|annuel|periode|exercice|et|pour|l'annee|p|page)[\s.]*", fold(text)):
        return None
    return text


def _trim(text: str) -> str:
    bare = re.sub(r"\s+", " ", text)
    bare = re.sub(rf"{_EDGE}(?:p(?:age)?\.?\s?)?\d{{0,3}}(?:\s*/\s*\d+)?$", "", bare)
    bare = re.sub(rf"^{_EDGE}|{_EDGE}$", "", bare)
    return re.sub(r"\s*\(\s*\)", "", bare)


def _period_near(folded: str, text: str, review: re.Match[str]) -> tuple[Period | None, tuple[int, int]]:
    """The years the review names: those behind it, else, where the heading has no others, those before it."""
    behind = _period_span(folded, text, review.end())
    if behind and not _PLAN_NOUN.search(folded[review.end() : behind[1][0]]):
        return behind
    before = list(_YEARS.finditer(folded, 0, review.start()))
    if behind:
        return behind
    if before and not re.search(r"\b(?:agenda|horizon|objectif)\s*$", folded[: before[-1].start()]):
        span = before[-1].span()
        return _from_years(before[-1]), span if span[1] >= review.start() - 3 else (0, 0)
    return None, (0, 0)


def _period(folded: str, text: str) -> Period | None:
    found = _period_span(folded, text, 0)
    return found[0] if found else None


def _period_span(folded: str, text: str, start: int) -> tuple[Period, tuple[int, int]] | None:
    days = find_days(text[start:])
    if len(days) >= 2 and re.fullmatch(
        r"\s*(?:au|a|-|jusqu'au)\s*(?:le\s+)?", folded[start + days[0].end : start + days[1].start]
    ):
        return Period(start=days[0].date, end=days[1].date), (start + days[0].start, start + days[1].end)
    if half := _HALF.search(folded, start):
        first = half["rank"] in ("1er", "premier")
        year = int(half["year"])
        bounds = ((1, 1), (6, 30)) if first else ((7, 1), (12, 31))
        return Period(start=dt.date(year, *bounds[0]), end=dt.date(year, *bounds[1])), half.span()
    if school := _SCHOOL.search(folded, start):
        return Period(start=dt.date(int(school["first"]), 9, 1), end=dt.date(int(school["last"]), 8, 31)), school.span()
    for years in _YEARS.finditer(folded, start):
        if re.search(r"\b(?:agenda|horizon|objectif|d'ici|cap|vision|france)\s*$", folded[: years.start()]):
            continue  # "Agenda 2030": part of a name
        if years["last"] is None and any(start + d.start <= years.start() < start + d.end for d in days):
            continue
        return _from_years(years), years.span()
    return None


def _from_years(years: re.Match[str]) -> Period:
    first = int(years["first"])
    last = int(years["last"] or first)
    last = last if last > 99 else first // 100 * 100 + last
    if last < first:
        first, last = last, first
    return Period(start=dt.date(first, 1, 1), end=dt.date(last, 12, 31))
