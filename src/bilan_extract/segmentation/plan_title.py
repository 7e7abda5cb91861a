"""The plan's own name and the period reported on, from running heads, the cover and the deliberation's title."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bilan_extract.language.plain_dates import NUMBER_WORDS, find_days, fold, number_in_words
from bilan_extract.patterns import lazy
from bilan_extract.plan import Period
from bilan_extract.segmentation.act_heading import spelled_as

# what a plan is made of: its review counts them, and they are no plan's name
_UNITS = r"(?:(?:fiches?[- ])?actions?|mesures?|engagements?|objectifs?|projets?|realisations?|fiches?)\b"
# what most plans are called by: where "au titre de" hides a name
_PLANS = (
    r"(?:plan|agenda|engagement|strategie|schema|programme|pacte|charte|feuille\s+de\s+route|contrat|projet|"
    r"demarche|pcaet|plpdma|plh|pat)\b"
)
# "Bilan", "premier bilan annuel", "Bilan d'étape à mi-parcours", "Rapport annuel", "Point d'étape", "État d'avancement"
_REVIEW_NAMES = (
    r"bilan|rapport(?:\s+(?:annuel|d'(?:activites?|avancement|etape|execution)|de\s+(?:suivi|situation)|intermediaire|final|"
    r"[ad]e?\s+mi[- ]parcours|sur\s+la\s+(?:premiere|deuxieme|troisieme|quatrieme)\s+annee(?:\s+d'application)?))|"
    r"point\s+(?:d'(?:etape|avancement)|annuel)|etat\s+d'avancement|revue\s+annuelle|rapport\s+de\s+bilan|retour\s+sur|"
    r"restitution|"
    r"compte[- ]rendu(?=\s+(?:d'execution|de\s+(?:l'execution|la\s+mise|mandat)|-|:|\d|$))|"
    r"suivi\s+annuel|tableau\s+de\s+(?:suivi|bord)|evaluation\s+(?:annuelle|a\s+mi[- ]parcours|finale)"
)
# what says so only where a heading or a part of it begins: "… : suivi des actions", "Suivi 2024", "État des mesures"
_REVIEW_OPENINGS = (
    r"(?:^|(?<=[:-]\s))(?:(?:le|la|un|son|sa)\s+)?(?:"
    r"(?:suivi|point|etat|avancement|evaluation|revue|mise\s+en\s+(?:oeuvre|œuvre)|compte[- ]rendu|execution)(?="
    r"\s+(?:20\d\d|d'(?:execution|avancement|activites?|etape)|au\s+\d|en\s+20\d\d|sur\s+20\d\d|a\s+mi\b|apres\b|"
    rf"des?\s+(?:la\s+|l')?(?:annees?|periode|exercice|lieux|{_UNITS})|(?:de\s+la\s+mise\s+en\s+(?:oeuvre|œuvre)\s+)?(?:du|de\s+la|de\s+l'|des)\s*(?:\w+\s+)?{_PLANS})|\W*$)|"
    r"ce\s+qui\s+(?:est|a\s+ete)\s+fait|ou\s+en\s+(?:est|sommes|sont)\b[^:]*|"
    r"(?:un|deux|trois|quatre|cinq)\s+ans?\s+(?:apres|d'actions?|de\s+mise)|edition(?=\s+20\d\d))"
)
_REVIEW_TAIL = (
    r"(?:\s+(?:n\s?°\s*\d+|annuel(?:le)?|global|final|intermediaire|triennal|biennal|synthetique|general|"
    r"d'(?:etape|activites?|avancement|execution)|sur(?=\s+20\d\d)|"
    r"de\s+(?:l'annee|la\s+periode|mise\s+en\s+(?:oeuvre|œuvre)|l'exercice)|[ad]e?\s+mi[- ]parcours|(?:a|apres)\s+\w+\s+ans?|"
    r"(?:sur|de)\s+la\s+(?:premiere|deuxieme|troisieme|quatrieme|cinquieme|derniere)\s+annee(?:\s+d'(?:application|execution))?|"
    rf"des\s+(?:lieux|annees|{_UNITS})(?:\s+(?:phares?|realisees?|prioritaires?|menees?|engagees?))?))*"
)
_RANK = r"(?:(?:premier|second|deuxieme|troisieme|quatrieme|1er|\d+e(?:me)?)\s+)?"
_REVIEW_NAMED = lazy(rf"\b{_RANK}(?:{_REVIEW_NAMES}){_REVIEW_TAIL}")
_REVIEW = lazy(rf"\b(?:{_RANK}(?:{_REVIEW_NAMES})|{_REVIEW_OPENINGS}){_REVIEW_TAIL}")
# "2023-2024", "2023/2024", "2022 – 2024", "2022 à 2024", "2024"
_YEARS = lazy(
    r"(?<![\w/.-])(?P<first>(?:19|20)\d\d)(?:\s*(?:[-/]|a|et|au)\s*(?P<last>(?:19|20)\d\d|"
    r"\d\d(?!\d)))?(?![\w/]|-\d)"
)
_ONLY_YEARS = lazy(r"\W*(?:annees?\s+)?" + _YEARS.pattern + r"\W*")
_HALF = lazy(r"\b(?P<rank>1er|premier|2e|2nd|2eme|second|deuxieme)\s+semestre\s+(?P<year>20\d\d)\b")
_SCHOOL = lazy(r"\bannee\s+scolaire\s+(?P<first>20\d\d)\s*[-/]\s*(?P<last>20\d\d)\b")
# "mars 2024 – février 2025", "juillet 2023 à décembre 2024"
_MONTH_NAMES = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"
)  # fmt: skip
_MONTHS = lazy(
    rf"\b(?P<from>{'|'.join(_MONTH_NAMES)})\s+(?P<first>20\d\d)\s*(?:-|–|a|au)\s*"
    rf"(?P<to>{'|'.join(_MONTH_NAMES)})\s+(?P<last>20\d\d)\b"
)
_OUTLOOK = lazy(
    r"\s*(?:,|&|-|/)?\s*\b(?:(?:et|,|&)\s+)?(?:(?:les?|des)\s+)?(?:perspectives|projections|orientations\s+pour|"
    r"programme\s+(?:d'actions|de\s+l'annee|(?:de\s+|pour\s+)?(?=20\d\d))|previsions|suites)(?:\b\s*(?:pour\s+|de\s+)?(?:l'annee\s+)?(?:19|20)\d\d(?:\s*[-/]\s*"
    r"(?:20)?\d\d)?)?"
)
_EDGE = r"[\s:–—\-|/•·,.;()«»“”\"]+"
_LINK = lazy(
    r"^(?:(?:de\s+la|de|d')\s*mise\s+en\s+(?:oeuvre|œuvre)\s+)?(?:du\b|de\s+la\b|de\s+l'|des\b|de\b|d'|sur\s+(?:le\b|la\b|l'|"
    r"les\b)|relati(?:f|ve)s?\s+(?:au\b|a\s+la\b|a\s+l'|aux\b)|au\s+titre\s+(?:du\b|de\s+la\b|de\s+l'))\s*"
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
    r"^(?:presentation|approbation|adoption|communication|(?:point\s+d')?information|prise\s+d'acte|debat|examen|avis|suivi|"
    r"validation|deliberation|rapport|mise\s+en\s+(?:oeuvre|œuvre)|avancement|execution|actualisation|evaluation)\b\s*"
)
_PLAN_NOUN = lazy(rf"\b{_PLANS}")


_DASHES = r"[\s–—-]+"
# "Région Haute-Lande – Plan vélo", "Plan vélo – Ville de Sarzelle", "Sarzelle Métropole – Plan vélo"
_BODY = (
    r"(?:(?i:ville|commune|d[ée]partement|r[ée]gion|communaut[ée]|m[ée]tropole|syndicat|collectivit[ée])\s[^–—|:]{2,70}?|"
    r"[A-ZÀ-Ý][^–—|:]{1,50}?\s(?i:m[ée]tropole|agglom[ée]ration|agglo))"
)
_COLLECTIVITY = lazy(rf"^{_BODY}\s+[–—|-]\s+|\s+[–—|-]\s+{_BODY}$")
# "Programme « Grandir ici »", "Schéma de la jeunesse « Grandir ici »": the name is what the marks hold
_QUOTED_NAME = lazy(
    r"^(?:(?i:programme|plan|projet|d[ée]marche|strat[ée]gie|sch[ée]ma|pacte|charte|contrat))\s+(?:[^«»“”\":]{2,60}\s)?[«“\"]\s*(?P<name>[^«»“”\"]+?)\s*[»”\"]$"
)


# what is left of a heading where it names no plan: "pour l'année", "édition", "tableau"
_NO_NAME = lazy(r"(?:(?:annee|annuel|periode|exercice|et|en|pour|l'annee|p|page|edition|tableau|document)\b[\s.]*)+")


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one heading says: the plan's name without the words of the review, and the years it reviews."""

    title: str | None
    period: Period | None


def plan_title_and_period(
    title_lines: Sequence[str], running_heads: Sequence[str], deliberation_title: str | None, cover_title: str | None = None
) -> tuple[str | None, Period | None]:
    """The plan's name and the period its review covers; None for what no heading says.

    Args:
        title_lines: the cover's lines, as printed, in order.
        running_heads: the heads and feet that repeat over the pages, one string each (a line break parts lines).
        deliberation_title: the act's object.
        cover_title: what the cover sets largest, on one line.

    The act's title names the plan in full and officially; where it names none, the running heads, then the cover: of
    several names the one said most often, the first on a tie. The period is looked for on the running heads first.
    """
    printed = [line.strip() for head in running_heads for line in re.split(r"\n|\s\|\s", head) if line.strip()]
    heads = _without_page_numbers(printed)
    cover = [line.strip() for line in title_lines if line.strip()]
    acts = [deliberation_title] if deliberation_title else []
    titles: list[str] = []
    periods: list[Period] = []
    for lines in (heads, cover):
        named, years = _group(lines)
        titles = titles or named
        periods = periods or years
    official, years = _group(acts)
    name = _as_the_act_has_it(official[0] if official else None, titles, [*heads, *cover])
    name = name or _most_common(titles) or _name_in(deliberation_title)
    return _or_the_cover(name, cover_title), next(iter(periods or years), None)


def _or_the_cover(name: str | None, cover_title: str | None) -> str | None:
    """The cover's largest words where no heading names the plan, or only its kind ("Plan d'action"), or a part of them."""
    if cover_title is None:
        return name
    reading = read_heading(cover_title)
    flat = _flat(cover_title)
    own = reading.title if _REVIEW.search(fold(flat)) else _name(flat, behind=False)
    if own is None or len(own.split()) < 2:
        return name
    part = name is not None and fold(name) != fold(own) and f" {fold(own)} ".endswith(f" {fold(name)} ")
    return own if name is None or part or _KIND_ONLY.fullmatch(fold(name)) else name


# "Plan d'action", "Pacte départemental", "Et feuille de route": a kind of plan, no name
_KIND_ONLY = lazy(
    rf"(?:et\s+|le\s+|la\s+)?{_PLANS}(?:\s+(?:d'actions?|departementale?|regionale?|communale?|municipale?|metropolitaine?|"
    r"communautaire|intercommunale?|territoriale?|locale?|pluriannuel(?:le)?|strategique|global|annuel))*"
)


def _without_page_numbers(heads: Sequence[str]) -> list[str]:
    """The heads without the last number where they differ by nothing else: "Plan vélo 3", "Plan vélo 4"."""
    stems = [re.sub(r"\s+\d{1,3}$", "", head) for head in heads]
    counts = Counter(stems)
    return [stem if counts[stem] > 1 else head for stem, head in zip(stems, heads, strict=True)]


def _as_the_act_has_it(official: str | None, titles: Sequence[str], lines: Sequence[str]) -> str | None:
    """The plan's name from the act's title, spelled as other headings spell it where the act prints it in capitals."""
    if official is None:
        return None
    alike = [title for title in titles if fold(title) == fold(official)]
    if alike:
        return _most_common(alike)
    if len(official.split()) < 2 and titles:
        return None  # "BILAN DU PLAN": a running head says which
    official = spelled_as(official, lines) or official
    return official[0].upper() + official[1:]


def _name_in(title: str | None) -> str | None:
    """The plan that an act's title names without a word of review: "Présentation du plan vélo" gives "Plan vélo"."""
    name = _name(re.sub(r"\s+", " ", title), behind=False) if title else None
    return name[0].upper() + name[1:] if name and _PLAN_NOUN.match(fold(name)) and len(name.split()) < 16 else None


# "arrêté au 31 décembre 2024", "après deux ans", "Deux ans après", "première année", "bilan triennal", "point annuel"
_SPOKEN = lazy(
    rf"\b(?:(?:apres|a|au\s+bout\s+de)\s+(?P<after>\d|{NUMBER_WORDS})\s+(?:premieres\s+)?an(?:nee)?s?\b|"
    rf"(?P<since>\d|{NUMBER_WORDS})\s+ans?\s+(?:apres|d'actions?|de\s+mise\s+en)|"
    r"au\s+31\s+decembre\s+(?P<until>20\d\d)|"
    r"(?P<each>annuel(?:le)?|biennal|triennal|(?:premiere|deuxieme|troisieme|quatrieme|cinquieme|derniere)\s+annee)\b)"
)
_SPOKEN_YEARS = {"biennal": 2, "triennal": 3}


def spoken_period(headings: Sequence[str], last_year: int) -> Period | None:
    """The years that headings name by their number only ("Bilan triennal", "après deux ans"), counted from the last."""
    for heading in headings:
        if (match := _SPOKEN.search(fold(heading))) is None:
            continue
        last_year = int(match["until"] or last_year)
        written = match["after"] or match["since"]
        count = _SPOKEN_YEARS.get(match["each"] or "", 1)
        if written:
            count = int(written) if written.isdigit() else number_in_words(written) or 1
        return Period(start=dt.date(last_year - max(count, 1) + 1, 1, 1), end=dt.date(last_year, 12, 31))
    return None


# "à mi-parcours", "bilan final", "bilan global": all the years of the plan so far
_FAR_BACK = lazy(
    r"\b(?:mi[- ]parcours|(?:bilan|rapport|evaluation)\s+(?:final|global|general)e?|premier\s+bilan|depuis\s+(?:20\d\d|son))\b"
)


def looks_far_back(heading: str) -> bool:
    """Whether a heading says that the review goes back to the plan's first year."""
    return _FAR_BACK.search(fold(heading)) is not None


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
        if not _REVIEW.search(fold(_flat(line))):
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
    flat = _flat(text)
    folded = fold(flat)
    review = _REVIEW_NAMED.search(folded) or _REVIEW.search(folded)
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
    named_before, named_after = _name(before, behind=False), _name(after, behind=True)
    set_off = re.search(r"[:–—-]\s*(?:pr[ée]sentation\s+(?:du|de\s+l['’]))?\s*$", flat[: review.start()])
    return _Reading(_preferred(named_before, named_after, bool(set_off)), period)


def _flat(text: str) -> str:
    """The heading on one line, its parts set off by dashes whatever mark is printed."""
    return re.sub(r"\s[•·/|]\s", " – ", re.sub(r"\s+", " ", text).strip())


def _preferred(before: str | None, after: str | None, set_off: bool) -> str | None:
    """Of the names on both sides of the review's words the plan's: what is called a plan, else what stands after them."""
    if before is None or after is None:
        return before or after
    planned = bool(_PLAN_NOUN.search(fold(before))), bool(_PLAN_NOUN.search(fold(after)))
    if planned[0] != planned[1]:
        return before if planned[0] else after
    return before if set_off else after


def _sides(kept: str, at: int) -> tuple[str, str]:
    return kept[:at].replace("\x00", " "), kept[at:].replace("\x00", " ")


def _name(side: str, *, behind: bool) -> str | None:
    text = _trim(_COLLECTIVITY.sub("", _trim(side)))
    if behind:
        text = re.sub(r"^(?:pour|en|de)\s+(?:l['’]ann[ée]e|la\s+p[ée]riode)?\s*(?=$)", "", text)
        linked = _LINK.match(fold(text))
        text = _trim(text[linked.end() :] if linked else text)
        text = re.sub(r"\s+(?:pour|en|sur|de|au\s+titre\s+de)$", "", text)
    else:
        while act := _ACT_WORDS.match(fold(text)):  # "Communication relative au suivi du plan …"
            text = text[act.end() :]
            linked = _LINK.match(fold(text))
            text = _trim(text[linked.end() :] if linked else text)
        text = text.rsplit(" : ", 1)[0] if text.endswith(" :") else text
        text = re.sub(r"\s+(?:et|le|la|son|du|de\s+la|de\s+l['’]|pour|en)$", "", text, flags=re.IGNORECASE)
        text = re.sub(r"\s+[:–—-]\s+(?:pr[ée]sentation|communication|information)$", "", text, flags=re.IGNORECASE)
        quoted = _QUOTED_NAME.match(text)
        text = quoted["name"] if quoted else re.sub(rf"{_DASHES}$", "", text)
    if not re.search(r"[^\W\d_]{3}", text) or re.fullmatch(_BODY, text):
        return None
    if _STRUCTURE.match(fold(text)) and not _PLAN_NOUN.search(fold(text)) or _NO_NAME.fullmatch(fold(text)):
        return None
    if re.match(r"situation\s+en\s+matiere", fold(text)):
        return None  # the report that a law prescribes, not the plan it tells of
    if find_days(text) and not _PLAN_NOUN.search(fold(text)):
        return None  # "arrêté au 31 janvier 2025"
    return text


def _trim(text: str) -> str:
    bare = re.sub(r"\s+", " ", text)
    bare = re.sub(rf"(?:{_EDGE}(?:p(?:age)?\.?\s?)\d{{1,3}}|\s*[:–—\-|/•·]\s*\d{{1,3}})(?:\s*/\s*\d+)?$", "", bare)
    bare = re.sub(rf"{_DASHES}(?i:ann[ée]e)(?:\s+\d)?$", "", bare)
    bare = re.sub(rf"^{_EDGE}|{_EDGE}$", "", bare)
    bare = re.sub(r"\s*\(\s*\)|\s*\[[\d\s/]*\]?$", "", bare)
    missing = bare.count("«") - bare.count("»")
    bare = f"{bare} »" if missing > 0 else f"« {bare}" if missing < 0 else bare
    return f"{bare})" if bare.count("(") > bare.count(")") else bare


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
    if (months := _MONTHS.search(folded, start)) and (found := _from_months(months)) is not None:
        return found, months.span()
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


def _from_months(months: re.Match[str]) -> Period | None:
    first, last = _MONTH_NAMES.index(months["from"]) + 1, _MONTH_NAMES.index(months["to"]) + 1
    start, year = dt.date(int(months["first"]), first, 1), int(months["last"])
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return Period(start=start, end=end) if start <= end else None


def _from_years(years: re.Match[str]) -> Period:
    first = int(years["first"])
    last = int(years["last"] or first)
    last = last if last > 99 else first // 100 * 100 + last
    if last < first:
        first, last = last, first
    return Period(start=dt.date(first, 1, 1), end=dt.date(last, 12, 31))
