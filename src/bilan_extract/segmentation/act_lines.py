"""What the lines of an act say of themselves: each line's role by its first words, lines of one role as pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bilan_extract.document import Line
from bilan_extract.language.plain_dates import NUMBER_WORDS, find_days, fold
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.reported_claims import is_gap, starts_bullet
from bilan_extract.segmentation.stamp import is_stamp_line

# "Vu le Code …", "VU la loi", "Vu :", but not "Vu pour être annexé"
BASIS = lazy(
    r"^\W*vue?s?\b(?:\s*[:,]|\s*$|\s+(?:les?|la|l'|son|sa|ses|ensemble|une?|leurs?|notre|nos|ce|cette|l|code|"
    r"loi|decret|arrete|"
    r"deliberation|d')\b|\s+l')"
)
# "Considérant que", "Entendu l'exposé", "Sur proposition de", "Après en avoir délibéré"
_CONSIDER = lazy(
    r"^\W*(?:considerant|entendue?|attendu|oui?\s+l[ea']|sur\s+(?:la\s+)?(?:proposition|rapport|le\s+rapport|"
    r"presentation|avis)|"
    r"apres\s+(?:en\s+)?(?:avoir|examen|lecture|avis|expose)|constatant|rappelant)\b"
)
# "Article 1er –", "ARTICLE UNIQUE :", "Art. 2 -", "Article premier"
ARTICLE = lazy(
    r"^\W*art(?:icle|\.)\s*(?:n\s?°\s*)?(?P<number>unique|premier|premiere|1\s?er|\d{1,2}|[ivx]{1,4})(?![\w-])\s*°?\s*"
    r"(?P<mark>[:.–-]+|$)?\s*"
)
INTRODUCES = r"(?:decide(?:nt)?|delibere(?:nt)?|informe(?:nt)?|arrete(?:nt)?|a\s+decide)"
ACTS = (
    r"(?:prend(?:s|ent)?\s+acte|donne(?:nt)?\s+acte|approuve(?:nt)?|adopte(?:nt)?|autorise(?:nt)?|"
    r"emet(?:tent)?|vote(?:nt)?|valide(?:nt)?|fixe(?:nt)?|confirme(?:nt)?|"
    r"accepte(?:nt)?|charge(?:nt)?|dit\b|disent\b|sollicite(?:nt)?|precise(?:nt)?|designe(?:nt)?|"
    r"mandate(?:nt)?|habilite(?:nt)?|s'engage(?:nt)?|constate(?:nt)?|attribue(?:nt)?|"
    r"rappelle(?:nt)?|instaure(?:nt)?|invite(?:nt)?|donne(?:nt)?\s+(?:pouvoir|delegation|tous)|prennent\s+acte|"
    r"reaffirmes?)"
)
# "DÉCIDE :", "PREND ACTE du bilan", "INFORME l'Assemblée :"
DECISION = lazy(rf"^\W*(?:{INTRODUCES}|{ACTS})\b")
# "Le Conseil municipal, après en avoir délibéré, …", "L'assemblée délibérante", "Les membres du Conseil"
ASSEMBLY = lazy(
    r"^\W*(?:le\s+conseil\b|l'assemblee\b|la\s+commission\s+permanente\b|le\s+bureau\b|le\s+comite\b|"
    r"les\s+membres\s+(?:du\s+conseil|presents))"
)
# "L'an deux mille …", "Le douze mars deux mille vingt-cinq … s'est réuni", "Le 12 mars 2025 à 18 h"
_OPENING = lazy(
    rf"^\W*(?:l'an\b|(?:le\s+)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    rf"\s+)?(?:\d{{1,2}}(?:er)?|{NUMBER_WORDS})\s+[a-z]+\s+"
    r"(?:deux\s+mil|20\d\d)|le\s+conseil\b.*\breunie?\b|reunie?\b|s'est\s+reuni)"
)
_ATTENDANCE = lazy(
    r"^\W*(?:(?:etai(?:en)?t|sont|ont|avai(?:en)?t|assistai(?:en)?t)\s+)?(?:(?:les?\s+)?(?:membres|conseillers|"
    r"delegues|elus)\s+)?(?:municipaux\s+)?"
    r"(?:presente?s?\b|absente?s?\b|excusee?s?\b|representee?s?\b|procurations?\b|pouvoirs?\b|ayant\s+donne|"
    r"donne\s+(?:pouvoir|procuration)|"
    r"secretaires?\s+de\s+(?:la\s+)?seance|president(?:e)?\s+de\s+(?:la\s+)?seance|a\s+ete\s+(?:elue?|nommee?|"
    r"designee?)|en\s+exercice|"
    r"votants?\b|quorum|nombre\s+(?:de|d')|nb\s+de|date\s+d|convocation|convoque|la\s+convocation|"
    r"dument\s+convoque|sous\s+la\s+presidence|"
    r"monsieur\b|madame\b|mesdames|messieurs|m\.\s|mme\b|mm\.|mmes\b)|^\W*(?:membres|conseillers)\b|"
    r"^\W*date\s+d|^\W*effectif"
)
CLOSING = lazy(
    r"^\W*(?:fait\s+(?:et\s+delibere|a\b|au\b|en\b|le\b)|ainsi\s+(?:fait|delibere)|pour\s+(?:extrait|copie|"
    r"expedition)|le\s+registre|"
    r"delibere\s+(?:en\s+seance|a\b|le\b|par\b|les\b)|signee?\b|certifiee?\b|suivent\s+les\s+signatures|"
    r"au\s+registre|le\s+present\s+extrait|"
    r"acte\s+(?:rendu|certifie|publie|telet)|rendue?\s+executoire|(?:la|cette)\s+"
    r"(?:presente\s+)?(?:deliberation|decision|acte)\s+(?:peut|pourra|est\s+susceptible)|"
    r"le\s+present\s+acte|(?:delais?\s+et\s+)?voies?\s+(?:et\s+delais?\s+)?de\s+recours|dans\s+(?:un|le)"
    r"\s+delai\s+de\s+(?:deux|2)\s+mois|"
    r"copie\s+(?:certifiee|conforme)|date\s+de\s+signature|document\s+signe|le\s+tribunal\s+administratif|"
    r"conformement\s+a\s+l'article\s+r\.?\s?421|"
    r"extrait\s+certifie|ont\s+signe|et\s+ont\s+(?:les\s+membres\s+)?signe)"
)
# "Adopté à l'unanimité", "Vote : pour 29", "Résultat du vote", "Délibération adoptée par 29 voix"
_VOTE = lazy(
    r"^\W*(?:(?:resultats?\s+du\s+)?votes?\b|scrutin|suffrages|ont\s+vote|pour\s*[:(]|contre\s*[:(]|"
    r"abstentions?\s*[:(]|"
    r"abstention|ne\s+prend|n'ont\s+pas\s+pris|"
    r"(?:(?:la|cette)\s+)?(?:deliberation\s+(?:est\s+)?)?(?:adoptee?|approuvee?|votee?)\s+(?:a\s|par\s)|"
    r"(?:adopte|vote)e?\b\s*[:.]?\s*$|a\s+l'unanimite\s*[.:]?\s*$|"
    r"nombre\s+de\s+(?:votants|voix|suffrages)|voix\s+(?:pour|contre)|par\s+\d+\s+voix|le\s+vote|"
    r"mise?\s+aux\s+voix|non[- ]participation)"
)
_PAGE_NUMBER = lazy(r"^\W*(?:page\s*|p\.\s*)?\d{1,3}\s*(?:(?:/|sur|-)\s*\d{1,3})?\W*$")
DOTS = lazy(r"^[\s.…·_*=~–—-]{5,}$")
OBJECT = lazy(
    r"^\W*(?:objet|intitule)\s*(?:de\s+la\s+deliberation\s*|du\s+rapport\s*)?(?:[:.–-]\s*|$)|^\W*objet\s+(?=\S)"
)
# "1. De prendre acte", "2°) d'autoriser", "1 - ", "II. de transmettre", "Premièrement, approuve"
NUMBERED = lazy(
    r"^\s*(?:(?P<number>\d{1,2}|[IVX]{1,4}(?=\s*[.)°]))\s*(?:[.)°]+\s*[)-]?|[-–—])|"
    r"(?P<rank>Premi|Deuxi|Second|Troisi|Quatri|Cinqui|Sixi|Septi|Huiti|Neuvi|Dixi)(?:[èe][mr])?ement\b\s*[,:–-]?)\s*(?=\D)"
)
_RANKS = {
    "Premi": "1", "Deuxi": "2", "Second": "2", "Troisi": "3", "Quatri": "4", "Cinqui": "5", "Sixi": "6",
    "Septi": "7", "Huiti": "8", "Neuvi": "9", "Dixi": "10",
}  # fmt: skip
_TOKEN = r"(?:[a-z]{1,8}[-_./]?){0,3}\d[\w./-]*(?:\s*/\s*\d+)?"
_ACT_WORD = r"(?:delib(?:eration)?s?|dcm|dcc|dcp|del|dl|acte)"
# "2024-057", "CS 2024-057", "M2024-0057", "2024DCM057": a number that stands behind the act's word without "n°"
_BARE = (
    r"(?:(?:(?!(?:du|de|le|au|en|n|no)\b)[a-z]{1,6}[-_./\s]?)?\d{2,4}[-_./](?:[a-z]{1,4}[-_./])?\d[\w./-]*|"
    r"\d{4}[a-z]{1,5}\d[\w./-]*)"
)
# "Délibération n° 2025-118", "DCM 2024/057", "(N°2025-8)", "DEL-2025-014", "2024_119": the act's own number
_NUMBER_LINES = (
    lazy(
        rf"^\W*(?:extrait\s+(?:de\s+(?:la\s+)?)?|rapport\s+et\s+)?{_ACT_WORD}(?:\s+du\s+(?:conseil\s+\w+|bureau))?\s*"
        rf"(?:n\s?[°º]|no\.?(?=\s?\d)|numero|:)+\s*:?\s*(?P<number>{_TOKEN})"
    ),
    lazy(rf"^\W*{_ACT_WORD}\s+(?P<number>{_BARE})"),
    # "Extrait du registre des délibérations n° 2024-CA-209", "Délibérations du Comité syndical N° 12/2024"
    lazy(
        rf"^\W*(?:(?:extrait\s+(?:du|des)\s+)?registre\b|extrait\b|deliberations\b)[^;:]{{0,80}}?"
        rf"(?<!seance)(?<!reunion)(?<!session)\s(?:n\s?[°º]|numero)\s*:?\s*(?P<number>{_TOKEN})"
    ),
    # "Conseil syndical du 4 mai 2023 – délibération S-2023-12", "Registre des délibérations – n° 2023DCM004"
    lazy(
        rf"^\W*(?:conseil|comite|bureau|seance|reunion|assemblee|commission|registre|extrait)\b[^;]{{3,90}}?\s[-|:]\s*"
        rf"(?:(?:{_ACT_WORD}\s*)?n\s?[°º]\s*:?\s*(?P<number>{_TOKEN})|{_ACT_WORD}\s+(?P<bare>{_BARE}))"
    ),
    lazy(
        r"^\W*(?P<number>(?:de|del|dl|dcm|dcc|dcp|delib|cm|cc|cd|cp|cr|ca|bc|ds|"
        r"d)[-_/]?\d{2,4}[-_./]\d[\w./-]*)"
    ),
    lazy(rf"^\W*n\s?[°º]\s*(?:d'ordre\s*|(?:de\s+(?:la\s+|l')?|d')?(?:deliberation|acte)\s*)?:?\s*(?P<number>{_TOKEN})"),
    lazy(
        r"^\W*(?:numero|ref(?:erence)?\.?)\s*(?:d'ordre|de\s+(?:l'acte|la\s+deliberation))?\s*:\s*(?P<number>"
        + _TOKEN
        + ")"
    ),
    lazy(r"^\W*(?P<number>(?:19|20)?\d\d[-_./]\d{1,4}(?:[-_./]\d{1,4})?)\W*$"),
)
_STARTS = (
    ("basis", BASIS),
    ("considering", _CONSIDER),
    ("votes", _VOTE),
    ("closing", CLOSING),
    ("object", OBJECT),
    ("attendance", _ATTENDANCE),
    ("opening", _OPENING),
    ("assembly", ASSEMBLY),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together and the role their first line gave them."""

    role: str
    lines: tuple[Line, ...]


def pieces_of(lines: Sequence[Line]) -> list[Piece]:
    """The lines as pieces with a role, in order; prose without a role of its own is "text"."""
    groups: list[tuple[str, list[Line]]] = []
    decided = False
    for line in lines:
        role = _start_role(line, decided)
        if groups and role not in (None, "stamp") and _carries_on(groups[-1], line, role):
            role = None
        if role in ("decision", "article"):
            decided = True
        last = groups[-1] if groups else None
        if role is None and last is not None and last[0] not in ("stamp", "rest") and not _breaks(last, line, decided):
            last[1].append(line)
        else:
            bullet = starts_bullet(line.text) or NUMBERED.match(line.text) is not None
            groups.append((role or ("entry" if bullet else "text"), [line]))
    return [Piece(role, tuple(group)) for role, group in groups]


def _start_role(line: Line, decided: bool) -> str | None:
    """The role a line gives itself by its first words, or None where it carries on."""
    text = fold(line.text)
    if is_stamp_line(line.text):
        return "stamp"
    if _PAGE_NUMBER.match(text):
        return "rest"
    if DOTS.match(line.text):
        return "closing"
    if not decided and number_of([line]) is not None:
        return "number"
    if is_article(line.text):
        return "article"
    if re.match(r"\W*[A-ZÀ-Ý]", line.text) and said(DECISION, line.text, at_start=True):
        return "decision"
    role = next((name for name, pattern in _STARTS if pattern.match(text)), None)
    if role in ("basis", "considering", "assembly", "opening", "object") and not re.match(r"\W*[A-ZÀ-Ý]", line.text):
        return None
    if role == "attendance" and decided:
        return None
    return role


def _carries_on(last: tuple[str, list[Line]], line: Line, role: str | None) -> bool:
    """True where a line that looks like a start is the middle of a sentence: a small letter behind no full stop."""
    before = last[1][-1].text.rstrip()
    if role in ("votes", "closing", "attendance", "decision", "considering", "rest") and last[0] in (
        "basis",
        "considering",
        "article",
        "entry",
    ):
        small = re.match(r"\W*[a-zà-ÿ0-9]", line.text) is not None
        return small and not is_gap(last[1][-1], line) and not re.search(r"[.;:]$", before)
    if role == "assembly" and last[0] in ("basis", "considering", "opening"):
        return not re.search(r"[.;:,]$", before) and not is_gap(last[1][-1], line)
    return False


def _breaks(last: tuple[str, list[Line]], line: Line, decided: bool) -> bool:
    role, own = last
    before = own[-1].text.rstrip()
    if role == "number":
        return True
    if role == "attendance":
        return is_gap(own[-1], line) and not before.endswith((",", ":"))
    if starts_bullet(line.text):
        return role != "basis" or not (before.endswith(":") or starts_bullet(own[-1].text))
    if NUMBERED.match(line.text) and before.endswith((":", ";", ".")):
        return True
    if is_gap(own[-1], line):
        return True
    if role in ("basis", "considering"):
        return before.endswith(";") or (before.endswith(".") and not re.search(r"\b\w{1,3}\.$", before))
    if role == "opening" and line.size <= 0 and before.endswith("."):
        return re.match(r"\W*[A-ZÀ-Ý]", line.text) is not None and not re.search(r"[.,;]$", line.text.rstrip())
    if role == "opening" and before.endswith("."):
        return (line.bold and not own[-1].bold) or line.size > 1.08 * own[-1].size or line.text.isupper()
    if role == "object":
        return line.bold != own[0].bold and line.size > 0
    capital = re.match(r"\W*[A-ZÀ-Ý]", line.text) is not None
    if role in ("entry", "decision"):
        return before.endswith(";") or (before.endswith((":", ".")) and capital)
    if role in ("closing", "votes"):
        return capital
    return False


def is_basis(folded: str) -> bool:
    """Whether a folded line begins with "Vu …"."""
    return "vu" in folded and BASIS.match(folded) is not None


def is_article(text: str) -> bool:
    """Whether a line begins an article of the decision."""
    folded = fold(text)
    match = ARTICLE.match(folded) if "art" in folded else None
    if match is None or not re.match(r"^\W*A", text):
        return False
    rest = text[match.end() :]
    return bool(match["mark"]) or not rest or bool(re.match(r"[«\"]?[A-ZÀ-Ý]", rest))


def said(pattern: re.Pattern[str], text: str, *, at_start: bool = False) -> re.Match[str] | None:
    """The first verb of the pattern in ``text`` that is said of the assembly now: "DÉLIBÈRE", not "délibéré"."""
    folded = fold(text)
    if at_start and not pattern.match(folded):
        return None
    for match in pattern.finditer(folded):
        participle = text[match.end() - 1] in "éÉ" and not match[0].startswith("a ")
        if not participle and not re.search(
            r"\b(?:avoir|et|ainsi|(?:ont|a)\s+ete|est|l'|d'|n')\s*$", folded[: match.start()]
        ):
            return match
        if re.search(r"\bet\s*$", folded[: match.start()]) and not participle and not match[0].startswith("delibere"):
            return match
    return None


def numbered_as(match: re.Match[str]) -> str:
    """The number a match of `NUMBERED` prints: "2", "II", and "2" of "Deuxièmement"."""
    return match["number"] or _RANKS[match["rank"]]


def _dated_number(before: str, number: str) -> bool:
    """True for "Délibération 2023-05-02": year, sitting and rank behind the act's word, which only look like a day."""
    return bool(re.match(r"(?:19|20)\d\d\D", number)) and bool(re.search(rf"(?:{_ACT_WORD}|n\s?[°º])\W*$", before))


def number_of(lines: Sequence[Line]) -> tuple[str, Line, str] | None:
    """The act's number, its line, and what the line says behind it."""
    texts = [fold(re.sub(r"\(cid:\d+\)", lambda m: " " * len(m[0]), line.text)) for line in lines]
    for pattern in _NUMBER_LINES:
        for line, text in zip(lines, texts, strict=True):
            match = pattern.match(text)
            if match is None or re.match(r"^\W*(?:rapport|vu)\b", text):
                continue
            group = "bare" if match.groupdict().get("bare") else "number"
            start, end = match.span(group)
            # "CS 2024-41" is printed with its space, "2024 / 57" without
            number = re.sub(r"(?<![A-Z])\s|\s(?!\d)", "", line.text[start:end]).rstrip(".-_/")
            if re.match(r"[^\W\dA-Z]\w*\s", line.text[start:end]):
                continue  # "Délibération cadre 2023-2025": a word and years
            if find_days(number) and not _dated_number(text[:start], number):
                continue
            return number, line, re.sub(r"^[\s:.–—)\]-]+", "", line.text[end:])
    return None
