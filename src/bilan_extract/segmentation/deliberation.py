"""The deliberation around the annexed review: its heading, what it relies on, what it decides, who signed, the vote.

Works on reading-ordered lines, from a PDF or from plain text (boxes of zeros): every rule rests on the wording of
French acts first and on white space second. Nothing here raises on any text; what is not printed is None or empty.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bilan_extract.document import Line, Word
from bilan_extract.language.plain_dates import NUMBER_WORDS, find_days, first_day, fold, number_in_words
from bilan_extract.language.references import read_legal_basis
from bilan_extract.plan import DecisionArticle, LegalBasis, ReportedProgress, Signatory, Transmission, Votes
from bilan_extract.segmentation.reported_claims import (
    Join,
    find_reported_progress,
    is_gap,
    join_simple,
    starts_bullet,
    without_bullet,
)
from bilan_extract.segmentation.stamp import is_stamp_line, parse_stamp_id, read_stamp

Kind = Literal["deliberation", "report", "signature"]

# -- what a line begins with (folded text) ------------------------------------------------------------------------

# "Vu le Code …", "VU la loi", "Vu :", but not "Vu pour être annexé"
_BASIS = re.compile(
    r"^\W*vue?s?\b(?:\s*[:,]|\s*$|\s+(?:les?|la|l'|son|sa|ses|ensemble|une?|leurs?|notre|nos|ce|cette|l|code|loi|decret|arrete|"
    r"deliberation|d')\b|\s+l')"
)
# "Considérant que", "Entendu l'exposé", "Sur proposition de", "Après en avoir délibéré"
_CONSIDER = re.compile(
    r"^\W*(?:considerant|entendue?|attendu|oui?\s+l[ea']|sur\s+(?:la\s+)?(?:proposition|rapport|le\s+rapport|presentation|avis)|"
    r"apres\s+(?:en\s+)?(?:avoir|examen|lecture|avis|expose)|constatant|rappelant)\b"
)
# "Article 1er –", "ARTICLE UNIQUE :", "Art. 2 -", "Article premier"
_ARTICLE = re.compile(
    r"^\W*art(?:icle|\.)\s*(?:n\s?°\s*)?(?P<number>unique|premier|premiere|1\s?er|\d{1,2}|[ivx]{1,4})(?![\w-])\s*°?\s*"
    r"(?P<mark>[:.–-]+|$)?\s*"
)
_INTRODUCES = r"(?:decide(?:nt)?|delibere(?:nt)?|informe(?:nt)?|arrete(?:nt)?|a\s+decide)"
_ACTS = (
    r"(?:prend(?:s|ent)?\s+acte|donne(?:nt)?\s+acte|approuve(?:nt)?|adopte(?:nt)?|autorise(?:nt)?|emet(?:tent)?|vote(?:nt)?|valide(?:nt)?|fixe(?:nt)?|confirme(?:nt)?|"
    r"accepte(?:nt)?|charge(?:nt)?|dit\b|disent\b|sollicite(?:nt)?|precise(?:nt)?|designe(?:nt)?|mandate(?:nt)?|habilite(?:nt)?|s'engage(?:nt)?|constate(?:nt)?|attribue(?:nt)?|"
    r"rappelle(?:nt)?|instaure(?:nt)?|invite(?:nt)?|donne(?:nt)?\s+(?:pouvoir|delegation|tous)|prennent\s+acte|reaffirmes?)"
)
# "DÉCIDE :", "PREND ACTE du bilan", "INFORME l'Assemblée :"
_DECISION = re.compile(rf"^\W*(?:{_INTRODUCES}|{_ACTS})\b")
# "Le Conseil municipal, après en avoir délibéré, …", "L'assemblée délibérante", "Les membres du Conseil"
_ASSEMBLY = re.compile(
    r"^\W*(?:le\s+conseil\b|l'assemblee\b|la\s+commission\s+permanente\b|le\s+bureau\b|le\s+comite\b|les\s+membres\s+(?:du\s+conseil|presents))"
)
# "L'an deux mille …", "Le douze mars deux mille vingt-cinq … s'est réuni", "Le 12 mars 2025 à 18 h"
_OPENING = re.compile(
    rf"^\W*(?:l'an\b|(?:le\s+)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?(?:\d{{1,2}}(?:er)?|{NUMBER_WORDS})\s+[a-z]+\s+"
    r"(?:deux\s+mil|20\d\d)|le\s+conseil\b.*\breunie?\b|reunie?\b|s'est\s+reuni)"
)
_ATTENDANCE = re.compile(
    r"^\W*(?:(?:etai(?:en)?t|sont|ont|avai(?:en)?t|assistai(?:en)?t)\s+)?(?:(?:les?\s+)?(?:membres|conseillers|delegues|elus)\s+)?(?:municipaux\s+)?"
    r"(?:presente?s?\b|absente?s?\b|excusee?s?\b|representee?s?\b|procurations?\b|pouvoirs?\b|ayant\s+donne|donne\s+(?:pouvoir|procuration)|"
    r"secretaires?\s+de\s+(?:la\s+)?seance|president(?:e)?\s+de\s+(?:la\s+)?seance|a\s+ete\s+(?:elue?|nommee?|designee?)|en\s+exercice|"
    r"votants?\b|quorum|nombre\s+(?:de|d')|nb\s+de|date\s+d|convocation|convoque|la\s+convocation|dument\s+convoque|sous\s+la\s+presidence|"
    r"monsieur\b|madame\b|mesdames|messieurs|m\.\s|mme\b|mm\.|mmes\b)|^\W*(?:membres|conseillers)\b|^\W*date\s+d|^\W*effectif"
)
_CLOSING = re.compile(
    r"^\W*(?:fait\s+(?:et\s+delibere|a\b|au\b|en\b|le\b)|ainsi\s+(?:fait|delibere)|pour\s+(?:extrait|copie|expedition)|le\s+registre|"
    r"delibere\s+(?:en\s+seance|a\b|le\b|par\b|les\b)|signee?\b|certifiee?\b|suivent\s+les\s+signatures|au\s+registre|le\s+present\s+extrait|"
    r"acte\s+(?:rendu|certifie|publie|telet)|rendue?\s+executoire|(?:la|cette)\s+(?:presente\s+)?(?:deliberation|decision|acte)\s+(?:peut|pourra|est\s+susceptible)|"
    r"le\s+present\s+acte|(?:delais?\s+et\s+)?voies?\s+(?:et\s+delais?\s+)?de\s+recours|dans\s+(?:un|le)\s+delai\s+de\s+(?:deux|2)\s+mois|"
    r"copie\s+(?:certifiee|conforme)|date\s+de\s+signature|document\s+signe|le\s+tribunal\s+administratif|conformement\s+a\s+l'article\s+r\.?\s?421|"
    r"extrait\s+certifie|ont\s+signe|et\s+ont\s+(?:les\s+membres\s+)?signe)"
)
# "Adopté à l'unanimité", "Vote : pour 29", "Résultat du vote", "Délibération adoptée par 29 voix"
_VOTE = re.compile(
    r"^\W*(?:(?:resultats?\s+du\s+)?votes?\b|scrutin|suffrages|pour\s*[:(]|contre\s*[:(]|abstentions?\s*[:(]|abstention|ne\s+prend|n'ont\s+pas\s+pris|"
    r"(?:(?:la|cette)\s+)?(?:deliberation\s+(?:est\s+)?)?(?:adoptee?|approuvee?|votee?)\s+(?:a\s|par\s)|(?:adopte|vote)e?\b\s*[:.]?\s*$|a\s+l'unanimite\s*[.:]?\s*$|"
    r"nombre\s+de\s+(?:votants|voix|suffrages)|voix\s+(?:pour|contre)|par\s+\d+\s+voix|le\s+vote|mise?\s+aux\s+voix|non[- ]participation)"
)
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*|p\.\s*)?\d{1,3}\s*(?:(?:/|sur|-)\s*\d{1,3})?\W*$")
_DOTS = re.compile(r"^[\s.…·_*=~–—-]{5,}$")
_OBJECT = re.compile(r"^\W*(?:objet|intitule)\s*(?:de\s+la\s+deliberation\s*|du\s+rapport\s*)?(?:[:.–-]\s*|$)|^\W*objet\s+(?=\S)")
_TOKEN = r"(?:[a-z]{1,8}[-_./]?){0,3}\d[\w./-]*(?:\s*/\s*\d+)?"
_ACT_WORD = r"(?:delib(?:eration)?s?|dcm|dcc|dcp|del|dl|acte)"
# "Délibération n° 2025-118", "DCM 2024/057", "(N°2025-8)", "DEL-2025-014", "2024_119": the act's own number
_NUMBER_LINES = (
    re.compile(rf"^\W*(?:extrait\s+(?:de\s+(?:la\s+)?)?)?{_ACT_WORD}(?:\s+du\s+(?:conseil\s+\w+|bureau))?\s*(?:n\s?[°º]|no\.?(?=\s?\d)|numero|:)+\s*:?\s*(?P<number>{_TOKEN})"),
    re.compile(rf"^\W*{_ACT_WORD}\s+(?P<number>(?:[a-z]{{1,6}}[-_./]?)?\d{{2,4}}[-_./]\d[\w./-]*)"),
    re.compile(r"^\W*(?P<number>(?:de|del|dl|dcm|dcc|dcp|delib|cm|cc|cd|cp|cr|ca|bc|ds|d)[-_/]?\d{2,4}[-_./]\d[\w./-]*)"),
    re.compile(rf"^\W*n\s?[°º]\s*(?:d'ordre\s*|de\s+(?:la\s+)?deliberation\s*)?:?\s*(?P<number>{_TOKEN})"),
    re.compile(r"^\W*(?:numero|ref(?:erence)?\.?)\s*(?:d'ordre|de\s+(?:l'acte|la\s+deliberation))?\s*:\s*(?P<number>" + _TOKEN + ")"),
    re.compile(r"^\W*(?P<number>(?:19|20)?\d\d[-_./]\d{1,4}(?:[-_./]\d{1,4})?)\W*$"),
)
_TITLE_WORDS = re.compile(
    r"\b(?:bilan|rapport\s+(?:annuel|relatif|sur|d'activite|de\s+situation)|approbation|presentation|adoption|avancement|perspectives|suivi|"
    r"plan|programme|strategie|schema|agenda|pacte|etape|evaluation)\b"
)
# a page's heading that names the office, never the act
_LETTERHEAD = re.compile(
    r"^\W*(?:republique\s+francaise|liberte\b|departement\s+(?:de|du|d')|region\b|communes?\s+(?:de|du|d'|des)|villes?\s+(?:de|du|d'|des)|mairie|canton|arrondissement|"
    r"communaute\b|metropole|eurometropole|collectivite|syndicat|conseil\b|assemblee|commission|bureau|extrait|registre|deliberations?\b|"
    r"seance|session|reunion|direction\b|pole\b|services?\b|secretariat|rapporteur|rapport\s*(?:n\b|n°|:|du\s+president|de\s+(?:m\.|mme|monsieur|madame|la\s+presidente)|$)|annexes?\b|"
    r"territoire|epci|hotel\s+d|place\b|rue\b|\d{5}\s|tel\b|www|http|proces|compte|dossier|nomenclature|matiere|domaine|thematique|"
    r"classification|ordre\s+du\s+jour|point\s+n|affaire|pleniere|politique\s*:|mission\s*:|programme\s*:|\d+\s*(?:eme|e|er|ere)\s+(?:commission|reunion|session))"
)

# -- names and roles ----------------------------------------------------------------------------------------------

_ROLE_WORD = (
    r"(?:maires?|vice-?\s?presidente?s?|co-?presidente?s?|presidente?s?|premiere?\s+(?:adjointe?|vice|magistrat)|adjointe?s?|direct(?:eur|rice)s?|secretaires?|"
    r"conseillere?s?|prefete?|delegue?e?s?|doyenn?e?|rapporteure?|responsable|chef|cheffe|chancelier|administrat(?:eur|rice))"
)
_ROLE = re.compile(rf"^\W*(?:(?:le|la|les|un|une)\s+|l')?(?:\d+(?:er|ere|e|eme|nd|nde|re)\s+)?{_ROLE_WORD}\b")
_ON_BEHALF = re.compile(r"^\W*(?:pour\s+(?:le|la|l')|p/o|p\.\s?o\.|par\s+(?:delegation|empechement|suppleance)|et\s+par\s+delegation)")
_CIVILITY = re.compile(r"^(?:M\.|MM\.|Mme\.?|Mmes|Mr\.?|Mlle|Monsieur|Madame|MONSIEUR|MADAME|Docteur|Dr\.?|Me|Maître)\s+")
_PART = r"(?:[A-ZÀ-ÖØ-Þ][\w’'À-ÿ-]*|[A-Z]\.(?:-?[A-Z]\.)?)"
_PERSON = re.compile(rf"^{_PART}(?:\s+(?:(?:de|du|des|la|le|d’|d'|van|von|DE|DU|LA|LE|D’|D')\s*)*{_PART}){{1,4}}$")
_NO_NAME = re.compile(
    r"\b(?:conseil|departement|commune|ville|region|communaute|metropole|mairie|prefecture|republique|deliberation|article|signe|presents?|"
    r"absents?|seance|vote|pour|contre|extrait|executoire|annexe|axe|action|priorite|ambition|bilan|plan|rapport|engagement|page|hotel|place|rue|avenue|tribunal|"
    r"berger|levrault|actes?|prefet|qualite|assemblee)\b"
)

# -- results ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageKind:
    """What a page of the act is, and the name of the rule that said so."""

    kind: Kind
    rule: str


@dataclass(frozen=True, slots=True)
class DeliberationFacts:
    """What a deliberation states; None and empty where it does not.

    Attributes:
        used: the words behind each field, by its name, also "considering", "stamp" and "rest": together every word once.
    """

    number: str | None = None
    title: str | None = None
    collectivity: str | None = None
    session_date: dt.date | None = None
    signed_on: dt.date | None = None
    legal_basis: tuple[LegalBasis, ...] = ()
    decision: tuple[DecisionArticle, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    votes: Votes = field(default_factory=Votes)
    transmission: Transmission | None = None
    used: Mapping[str, tuple[Word, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the report to the assembly states around the review."""

    number: str | None = None
    title: str | None = None
    collectivity: str | None = None
    session_date: dt.date | None = None
    signed_on: dt.date | None = None
    signatories: tuple[Signatory, ...] = ()
    reported_progress: tuple[ReportedProgress, ...] = ()


# -- which pages --------------------------------------------------------------------------------------------------

# "Ambition 1 - …", "Axe 2 :", "Fiche action n° 4", "PRIORITÉ N°3": headings of the review
_ANNEX_HEADING = re.compile(
    r"^\W*(?:ambition|axe|priorite|orientation|defi|objectif|fiche(?:[- ]action)?|action|mesure|engagement|enjeu|volet|chantier|thematique|"
    r"levier)s?\s*(?:n\s?°|strategique|operationnel(?:le)?|n°)?\s*(?:\d{1,2}(?:[.-]\d{1,2})*|[ivx]{1,4}|[a-h])\b(?!\s*(?:°|%|000))"
)
# "Actions réalisées en 2024", "À venir", "Perspectives 2025", "Réalisé": labels of its boxes
_ANNEX_LABEL = re.compile(
    r"^\W*(?:(?:les\s+)?(?:actions?|mesures?|projets?|objectifs?)\s+)?(?:realise(?:e?s?)|en\s+cours|a\s+venir|prevue?s?|engagee?s?|perspectives|"
    r"prochaines\s+etapes|realisations?|ce\s+qui\s+(?:a\s+ete|reste)|etat\s+d'avancement|focus(?:\s+sur)?)\b.{0,30}$"
)
_ANNEX_START = re.compile(r"^\W*(?:annexe\b(?!.{0,3}\s*(?:ee|es)\b)|sommaire\W*$|table\s+des\s+matieres|introduction\W*$|preambule\W*$|avant[- ]propos\W*$|edito\W*$)")
_REPORT_OPENING = re.compile(
    r"^\W*(?:rapport\s*(?:n\s?[°º]|no\b)\s*\S|rapport\s+(?:du|de\s+la|de\s+l')\s*(?:president|maire|vice)|rapport\s+de\s+(?:m\.|mme|monsieur|madame)|"
    r"rapport\s+(?:au|a\s+l'|a\s+la|aux)\s*(?:conseil|assemblee|commission|membres)|note\s+de\s+synthese|expose\s+des\s+motifs|rapport\W*$)"
)
_REPORT_PROSE = re.compile(
    r"\b(?:il\s+convient\s+de\s+(?:porter|prendre|statuer|se\s+prononcer)|je\s+vous\s+(?:propose|prie|invite|demande|soumets)|il\s+vous\s+est\s+(?:propose|demande)|"
    r"il\s+est\s+(?:donc\s+)?propose\s+(?:au|a\s+l')|porter\s+(?:ces\s+elements\s+)?a\s+(?:votre|la)\s+connaissance|"
    r"vous\s+prie\s+de\s+bien\s+vouloir|mesdames,?\s+messieurs|vous\s+voudrez\s+bien|tel\s+est\s+l'objet\s+d)"
)
_REPORT_FIELDS = re.compile(r"^\W*(?:territoire|epci|rapporteur|commission|canton)\(?s?\)?\s*:|^\W*reunion\s+du\b|^\W*seance\s+du\b")


def page_kind(lines: Sequence[Line]) -> PageKind | None:
    """What a page is on its own showing: part of the deliberation, of the report to the assembly, or signatures alone.

    A page with the review's headings and box labels is never claimed, unless the act itself begins on it (see
    `split_deliberation`). For pages that only carry on a report see `page_kinds`.
    """
    texts = [fold(line.text) for line in lines]
    annex = sum(bool(_ANNEX_HEADING.match(t)) for t in texts) + 2 * sum(bool(_ANNEX_LABEL.match(t)) for t in texts)
    basis = sum(bool(_BASIS.match(t)) for t in texts)
    articles = sum(_is_article(line.text) for line in lines)
    considering = any(re.match(r"^\W*considerant\b", t) for t in texts)
    decided = any(line.text[:3].isupper() and _said(_DECISION, line.text, at_start=True) for line in lines) or any(
        re.search(r"\bapres\s+en\s+avoir\s+delibere", t) for t in texts
    )
    numbered = _number_of(lines[:25]) is not None
    assembly = any(_ASSEMBLY.match(t) or re.match(r"^\W*l'an\s+deux", t) for t in texts)
    closing = any(re.match(r"^\W*(?:fait\s+(?:a|et)|ainsi\s+(?:fait|delibere)|pour\s+extrait|delibere\s+en)\b", t) for t in texts)
    signed = _has_signature(lines)
    attendance = sum(bool(re.match(r"^\W*(?:(?:etaient|membres|nombre)\b.*)?(?:presents?|absents?|votants|excuses)\b", t)) for t in texts)
    opening = any(_REPORT_OPENING.match(t) for t in texts[:30]) and basis < 2
    flow = " ".join(texts)
    proposes = bool(_REPORT_PROSE.search(flow))
    marks = (basis > 0) + (basis > 2) + (articles > 0) + considering + decided + numbered + assembly + closing + signed + (attendance > 0)
    strong = basis + articles + considering + decided + closing
    if annex > 1 and not (opening or basis > 1 or (articles and decided)):
        return None
    if opening and (proposes or any(_REPORT_FIELDS.match(t) for t in texts) or signed or not strong):
        return PageKind("report", "report_heading")
    if basis and marks >= 2:
        return PageKind("deliberation", "vu")
    if strong and marks >= 2:
        return PageKind("deliberation", "decision")
    if proposes and (signed or annex == 0) and not annex > 1:
        return PageKind("report", "report_proposal")
    if articles and annex == 0:
        return PageKind("deliberation", "articles")
    if numbered and (assembly or attendance):
        return PageKind("deliberation", "heading")
    if (signed or closing) and annex == 0 and len(lines) <= 25:
        return PageKind("signature", "signature")
    return None


def page_kinds(pages: Sequence[Sequence[Line]]) -> list[PageKind | None]:
    """`page_kind` of every page, and of pages between a report's first and its last what they carry on."""
    kinds = [page_kind(lines) for lines in pages]
    for kind in ("report", "deliberation"):
        places = [i for i, k in enumerate(kinds) if k is not None and k.kind == kind]
        for first, last in zip(places, places[1:], strict=False):
            between = range(first + 1, last)
            if len(between) <= 3 and all(kinds[i] is None and not _is_annex(pages[i]) for i in between) and not _has_signature(pages[first]):
                for i in between:
                    kinds[i] = PageKind(kind, "carried_on")  # type: ignore[arg-type]
    return kinds


def is_deliberation_page(lines: Sequence[Line]) -> bool:
    """True for a page of the act or of the report to the assembly; never for a page of the annexed review."""
    return page_kind(lines) is not None


def _is_annex(lines: Sequence[Line]) -> bool:
    texts = [fold(line.text) for line in lines]
    return any(_ANNEX_HEADING.match(t) or _ANNEX_LABEL.match(t) or _ANNEX_START.match(t) for t in texts)


def split_deliberation(lines: Sequence[Line]) -> int:
    """Index of the first line of the annexed review in the lines of an act and what follows it; ``len(lines)`` if none.

    The review begins behind the signatures, at "Annexe …" or at a first heading, where a box label comes after it.
    """
    texts = [fold(line.text) for line in lines]
    labels = [i for i, t in enumerate(texts) if _ANNEX_LABEL.match(t)]
    last_article = max((i for i, line in enumerate(lines) if _is_article(line.text) or _BASIS.match(texts[i])), default=-1)
    for i, text in enumerate(texts):
        if i <= last_article or (i == 0 and last_article < 0 and not _ANNEX_HEADING.match(text)):
            continue
        if _ANNEX_START.match(text) and len(text) < 80 and not re.search(r"\bannexe\s+(?:a|au|de)\s+(?:la\s+)?(?:presente|rapport)", text):
            return _heading_above(lines, i)
        if _ANNEX_HEADING.match(text) and any(label > i for label in labels):
            return _heading_above(lines, i)
    return len(lines)


def _heading_above(lines: Sequence[Line], index: int) -> int:
    """The first of the large lines that stand right above a heading ("Bilan 2024" over "Axe 1")."""
    while index > 0 and lines[index - 1].size > 0 and lines[index - 1].size > 1.15 * _body_size(lines):
        index -= 1
    return index


def _body_size(lines: Sequence[Line]) -> float:
    sizes = sorted(line.size for line in lines)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _is_article(text: str) -> bool:
    match = _ARTICLE.match(fold(text))
    if match is None or not re.match(r"^\W*A", text):
        return False
    rest = text[match.end() :]
    return bool(match["mark"]) or not rest or bool(re.match(r"[«\"]?[A-ZÀ-Ý]", rest))


def _has_signature(lines: Sequence[Line]) -> bool:
    people, _ = _signatures(lines[-14:])
    return bool(people) and any(_ROLE.match(fold(line.text)) or _ON_BEHALF.match(fold(line.text)) for line in lines[-14:])


# -- roles of lines -----------------------------------------------------------------------------------------------

_STARTS = (
    ("basis", _BASIS),
    ("considering", _CONSIDER),
    ("votes", _VOTE),
    ("closing", _CLOSING),
    ("object", _OBJECT),
    ("attendance", _ATTENDANCE),
    ("opening", _OPENING),
    ("assembly", _ASSEMBLY),
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that belong together and the role their first line gave them."""

    role: str
    lines: tuple[Line, ...]


def _start(line: Line, decided: bool) -> str | None:
    """The role a line gives itself by its first words, or None where it carries on."""
    text = fold(line.text)
    if is_stamp_line(line.text):
        return "stamp"
    if _PAGE_NUMBER.match(text):
        return "rest"
    if _DOTS.match(line.text):
        return "closing"
    if not decided and _number_of([line]) is not None:
        return "number"
    if _is_article(line.text):
        return "article"
    if re.match(r"\W*[A-ZÀ-Ý]", line.text) and _said(_DECISION, line.text, at_start=True):
        return "decision"
    role = next((name for name, pattern in _STARTS if pattern.match(text)), None)
    if role in ("basis", "considering", "assembly", "opening", "object") and not re.match(r"\W*[A-ZÀ-Ý]", line.text):
        return None
    if role == "attendance" and decided:
        return None
    return role


def _pieces(lines: Sequence[Line]) -> list[_Piece]:
    """The lines as pieces with a role, in order; prose without a role of its own is "text"."""
    groups: list[tuple[str, list[Line]]] = []
    decided = False
    for line in lines:
        role = _start(line, decided)
        if groups and role not in (None, "stamp") and _carries_on(groups[-1], line, role):
            role = None
        if role in ("decision", "article"):
            decided = True
        last = groups[-1] if groups else None
        if role is None and last is not None and last[0] not in ("stamp", "rest") and not _breaks(last, line, decided):
            last[1].append(line)
        else:
            bullet = starts_bullet(line.text) or _NUMBERED.match(line.text) is not None
            groups.append((role or ("entry" if bullet else "text"), [line]))
    return [_Piece(role, tuple(group)) for role, group in groups]


def _carries_on(last: tuple[str, list[Line]], line: Line, role: str | None) -> bool:
    """True where a line that looks like a start is the middle of a sentence: "… et\\nApprouve" never, "du\\nconseil" always."""
    before = last[1][-1].text.rstrip()
    if role in ("votes", "closing", "attendance", "decision", "considering", "rest") and last[0] in ("basis", "considering", "article", "entry"):
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
    if _NUMBERED.match(line.text) and before.endswith((":", ";", ".")):
        return True
    if is_gap(own[-1], line):
        return True
    if role in ("basis", "considering"):
        return before.endswith(";") or (before.endswith(".") and not re.search(r"\b\w{1,3}\.$", before))
    if role == "object":
        return line.bold != own[0].bold and line.size > 0
    capital = re.match(r"\W*[A-ZÀ-Ý]", line.text) is not None
    if role in ("entry", "decision"):
        return before.endswith(";") or (before.endswith((":", ".")) and capital)
    if role in ("closing", "votes"):
        return capital
    return False


# -- the deliberation ---------------------------------------------------------------------------------------------


def read_deliberation(lines: Sequence[Line], join: Join = join_simple) -> DeliberationFacts:
    """What a deliberation states, from its reading-ordered lines (of one page or several, running heads or not).

    Args:
        lines: the act's own lines; what follows `split_deliberation` is better left out.
        join: how lines become one text; hyphens at line ends are its business.
    """
    cut = _signature_start(lines)
    pieces, tail = _pieces(lines[:cut]), lines[cut:]
    used: dict[str, list[Line]] = {}
    legal_basis = _legal_basis(pieces, join, used)
    decision = _decision(pieces, join, used)
    head = _head_lines(pieces)
    number, number_lines = _number(head)
    title, title_lines = _title(head, number_lines, join)
    signatories, signed_lines = _signatures(tail)
    prose = [*(p for p in pieces if p.role not in ("basis", "stamp")), *_pieces(tail)]
    session_date, session_lines = _session_date([p for p in prose if p.role not in ("considering", "stamp")])
    signed_on, date_lines = _signed_on(tail, session_date)
    votes, vote_lines = _votes(prose)
    collectivity, collectivity_lines = _collectivity([line for p in prose for line in p.lines])
    used |= {
        "number": number_lines, "title": title_lines, "signatories": signed_lines, "signed_on": date_lines,
        "session_date": session_lines, "votes": vote_lines, "collectivity": collectivity_lines,
        "stamp": [line for line in lines if is_stamp_line(line.text)],
        "considering": [line for p in pieces if p.role == "considering" for line in p.lines],
    }  # fmt: skip
    return DeliberationFacts(
        number=number, title=title, collectivity=collectivity, session_date=session_date, signed_on=signed_on,
        legal_basis=tuple(legal_basis), decision=tuple(decision), signatories=tuple(signatories), votes=votes,
        transmission=read_stamp(lines), used=_words_by_use(lines, used),
    )  # fmt: skip


def read_report(lines: Sequence[Line], join: Join = join_simple) -> ReportFacts:
    """What the report to the assembly states: its number, the meeting, the object and the progress it claims."""
    pieces = _pieces(lines)
    head: list[Line] = []
    for line in lines:
        if line.text.rstrip().endswith(".") or len(head) > 40:
            break
        head.append(line)
    number = next((m for line in lines[:40] if (m := _REPORT_NUMBER.match(fold(line.text)))), None)
    title, _ = _title(_before_prose(head), [], join)
    session_date, _ = _session_date(pieces)
    signatories, _ = _signatures(lines[-14:])
    signed_on, _ = _signed_on(lines[-14:], session_date)
    return ReportFacts(
        number=number["number"].upper() if number else None,
        title=title,
        collectivity=_collectivity(lines)[0],
        session_date=session_date,
        signed_on=signed_on,
        signatories=tuple(signatories),
        reported_progress=tuple(find_reported_progress(lines, join)),
    )


# "RAPPORT N°8", "Rapport n° 2025/12"
_REPORT_NUMBER = re.compile(r"^\W*rapport\s*(?:n\s?[°º]|no\.?|numero)\s*:?\s*(?P<number>[\w./-]*\d[\w./-]*)")


def combine(facts: DeliberationFacts, report: ReportFacts | None = None) -> DeliberationFacts:
    """The deliberation's facts with what only its report or the stamp prints: title, collectivity and day of the session."""
    identifier = facts.transmission.id if facts.transmission else None
    stamped = parse_stamp_id(identifier).date if identifier else None
    reported = report or ReportFacts()
    spelled = [name for name in (facts.collectivity, reported.collectivity) if name]
    return replace(
        facts,
        title=facts.title or reported.title,
        collectivity=next((name for name in spelled if not name.isupper()), spelled[0] if spelled else None),
        session_date=facts.session_date or reported.session_date or stamped,
    )


def _words_by_use(lines: Sequence[Line], used: Mapping[str, Sequence[Line]]) -> dict[str, tuple[Word, ...]]:
    """Every word of the lines once, under the first use that claims its line, else under "rest"."""
    order = (
        "stamp", "legal_basis", "decision", "number", "title", "signatories", "signed_on", "votes", "session_date",
        "collectivity", "considering",
    )  # fmt: skip
    claimed = {id(line): role for role in reversed(order) for line in used.get(role, ())}
    out: dict[str, list[Word]] = {}
    for line in lines:
        out.setdefault(claimed.get(id(line), "rest"), []).extend(line.words)
    return {role: tuple(words) for role, words in out.items()}


def _legal_basis(pieces: Sequence[_Piece], join: Join, used: dict[str, list[Line]]) -> list[LegalBasis]:
    out: list[LegalBasis] = []
    for piece in pieces:
        if piece.role != "basis":
            continue
        used.setdefault("legal_basis", []).extend(piece.lines)
        groups: list[list[Line]] = [[]]
        alone = re.fullmatch(r"\W*vue?s?\W*", fold(piece.lines[0].text)) is not None
        for line in piece.lines[1:] if alone else piece.lines:
            # "Vu :" over a list is one Vu an entry; a list inside a Vu that says something stays with it
            if alone and starts_bullet(line.text) and groups[-1]:
                groups.append([])
            groups[-1].append(line)
        for group in filter(None, groups):
            text = without_bullet(join(group)) if starts_bullet(group[0].text) else join(group).strip()
            out.append(read_legal_basis(re.sub(r"^[^\w«]+", "", text)))
    return [basis for basis in out if basis.text]


# -- the decision -------------------------------------------------------------------------------------------------

# "Le Conseil municipal, après en avoir délibéré, à l'unanimité, décide" …: what stands before what is decided
_INTRODUCTION = re.compile(rf"\b(?:{_INTRODUCES})\b")
_ACT = re.compile(rf"\b(?:{_ACTS})")
_VOTE_PHRASE = re.compile(
    rf"^[\s,:]*(?:(?:a\s+l'unanimite|a\s+la\s+majorite|par\s+(?:\d+|{NUMBER_WORDS})\s+voix|[(]?(?:\d+|{NUMBER_WORDS})\s+(?:voix\s+)?[«\"]?\s*(?:pour|contre|abstentions?)[»\"]?|"
    r"des\s+(?:membres\s+presents(?:\s+et\s+representes)?|suffrages\s+exprimes|votants|voix)|(?:et\s+)?representes|\([^)]*\)|unanimement|et)[\s,]*)+[\s:,]*"
)
# "1. De prendre acte", "2°) d'autoriser", "1 - "
_NUMBERED = re.compile(r"^\s*(?P<number>\d{1,2})\s*(?:[.)°]+\s*[)-]?|[-–—])\s*(?=\D)")


def _said(pattern: re.Pattern[str], text: str, *, at_start: bool = False) -> re.Match[str] | None:
    """The first verb of the pattern in ``text`` that is said of the assembly now: "DÉLIBÈRE", not "délibéré"."""
    folded = fold(text)
    if at_start and not pattern.match(folded):
        return None
    for match in pattern.finditer(folded):
        participle = text[match.end() - 1] in "éÉ" and not match[0].startswith("a ")
        if not participle and not re.search(r"\b(?:avoir|et|ainsi|(?:ont|a)\s+ete|est|l'|d'|n')\s*$", folded[: match.start()]):
            return match
        if re.search(r"\bet\s*$", folded[: match.start()]) and not participle and not match[0].startswith("delibere"):
            return match
    return None


def _decision_start(pieces: Sequence[_Piece]) -> int:
    """Index of the piece that begins the decision, or ``len(pieces)``."""
    for i, piece in enumerate(pieces):
        if piece.role in ("article", "decision"):
            return i
        if piece.role in ("assembly", "considering", "text", "votes", "opening"):
            text = fold(" ".join(line.text for line in piece.lines))
            deliberated = re.search(r"\bdelibere?\b|\bconseil\b|\bassemblee\b|\bcommission\b|\bbureau\b|\bcomite\b|\bmembres\b", text)
            written = " ".join(line.text for line in piece.lines)
            verb = _said(_INTRODUCTION, written) or _said(_ACT, written)
            if piece.role == "considering" and not re.match(r"^\W*(?:apres|sur)\b", text):
                continue
            listed = pieces[i + 1].role == "entry" if i + 1 < len(pieces) else False
            if listed and re.search(r"\b(?:delibere|unanimite|majorite)\b.*:\s*$", text):
                return i
            if verb and deliberated and deliberated.start() < verb.start() and verb.start() < 400:
                return i
    return len(pieces)


def _signature_start(lines: Sequence[Line]) -> int:
    """Index of the line where closing formulas and signatures begin, behind the decision; ``len(lines)`` if none."""
    articles = [i for i, line in enumerate(lines) if _is_article(line.text)]
    basis = [i for i, line in enumerate(lines) if _BASIS.match(fold(line.text))]
    begin = articles[-1] if articles else max(_decision_line(lines), basis[-1] if basis else -1)
    for i in range(begin + 1, len(lines)):
        text = fold(lines[i].text)
        if _CLOSING.match(text) or _DOTS.match(lines[i].text) or _is_dateline(lines[i].text):
            if re.match(r"\W*[A-ZÀ-Ý.…_*-]", lines[i].text):
                return i
        if _opens_signature(lines[i]) and _signatures(lines[i : i + 7])[0]:
            return i
    return len(lines)


def _decision_line(lines: Sequence[Line]) -> int:
    pieces = _pieces(lines)
    start = _decision_start(pieces)
    if start == len(pieces):
        return -1
    return next(i for i, line in enumerate(lines) if line is pieces[start].lines[0])


def _is_dateline(text: str) -> bool:
    match = _DATELINE.match(text)
    return match is not None and any(abs(day.start - match.end()) <= 1 for day in find_days(text))


def _opens_signature(line: Line) -> bool:
    """True for a line that names a role or a delegation and says nothing else: "La Présidente,", "Pour le Maire"."""
    text = fold(line.text)
    if len(text.split()) > 14 or not re.match(r"\W*[A-ZÀ-Ý]", line.text):
        return False
    says = re.search(r"\b(?:est|sont|sera|seront|a|ont|peut|rend|rappelle|expose|propose|informe|presente|invite|soumet|indique|donne)\b", text)
    return not says and bool(_ROLE.match(text) or _ON_BEHALF.match(text) or _name_and_role(line.text)[1])


def _decision(pieces: Sequence[_Piece], join: Join, used: dict[str, list[Line]]) -> list[DecisionArticle]:
    own = [p for p in pieces[_decision_start(pieces) :] if p.role not in ("stamp", "rest", "votes", "basis")]
    used["decision"] = [line for piece in own for line in piece.lines]
    if any(p.role == "article" for p in own):
        return _articles(own, join)
    return _unnumbered(own, join)


def _articles(pieces: Sequence[_Piece], join: Join) -> list[DecisionArticle]:
    out: list[tuple[str, list[str]]] = []
    for piece in pieces:
        text = join(piece.lines).strip()
        match = _ARTICLE.match(fold(text)) if piece.role == "article" else None
        if match is not None:
            out.append((_article_number(match["number"]), [_ended(text[match.end() :])]))
        elif out and piece.role in ("text", "entry", "decision", "considering", "assembly", "object", "attendance", "opening"):
            out[-1][1].append(_ended(without_bullet(text)))
    return [DecisionArticle(number=number, text="\n".join(filter(None, texts))) for number, texts in out]


def _article_number(written: str) -> str:
    bare = re.sub(r"\s|er$", "", written)
    if bare.startswith("premi"):
        return "1"
    return bare.upper() if re.fullmatch(r"[ivx]+", bare) else bare


def _ended(text: str) -> str:
    """The text without a closing semicolon or what is left of a separator in front."""
    return re.sub(r"[\s;,]+$", "", re.sub(r"^[\s:.–—-]+", "", text))


def _unnumbered(pieces: Sequence[_Piece], join: Join) -> list[DecisionArticle]:
    """A decision without articles: its list entries, or each sentence that says what is decided; number as printed."""
    out: list[DecisionArticle] = []
    for i, piece in enumerate(pieces):
        text = join(piece.lines).strip()
        if i == 0 or piece.role in ("decision", "assembly"):
            text = _what_is_decided(text)
            if text:
                out.append(DecisionArticle(number=None, text=text))
            continue
        numbered = _NUMBERED.match(text)
        if numbered:
            out.append(DecisionArticle(number=numbered["number"], text=_ended(text[numbered.end() :])))
        elif piece.role == "entry":
            out.append(DecisionArticle(number=None, text=_ended(without_bullet(text))))
        elif re.match(r"\W*(?:de\s|d'|que\b|qu')", fold(text)):
            out.append(DecisionArticle(number=None, text=_ended(text)))
        elif out and piece.role == "text" and re.match(r"[a-zà-ÿ]", text):
            out[-1] = DecisionArticle(number=out[-1].number, text=f"{out[-1].text} {_ended(text)}")
    return [article for article in out if article.text]


def _what_is_decided(text: str) -> str:
    """"Le Conseil, après en avoir délibéré, décide à l'unanimité d'approuver X" without all before "d'approuver"."""
    introduction, act = _said(_INTRODUCTION, text), _said(_ACT, text)
    if introduction and (act is None or introduction.start() < act.start()):
        rest = text[introduction.end() :]
        vote = _VOTE_PHRASE.match(fold(rest))
        rest = rest[vote.end() :] if vote else rest
        if re.match(r"\s*(?:l'assemblee|le\s+conseil)\W*$", fold(rest)):
            return ""
        return _without_colon(_ended(rest))
    return _without_colon(_ended(text[act.start() :])) if act else ""


def _without_colon(text: str) -> str:
    """Nothing where the text only introduces a list."""
    bare = text.rstrip(" :")
    return "" if not re.search(r"\w{3}", bare) or (text.endswith(":") and len(bare.split()) < 4) else text


# -- heading: number, title, collectivity -------------------------------------------------------------------------


def _head_lines(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces before the act begins to argue: heading, opening, attendance, object."""
    out: list[_Piece] = []
    for piece in pieces:
        text = fold(piece.lines[0].text)
        if piece.role in ("basis", "considering", "decision", "article"):
            break
        if re.match(r"^\W*(?:monsieur|madame|m\.|mme)\b.{3,80}\b(?:expose|rappelle|rapporte|presente|informe|indique|donne)", text):
            break
        out.append(piece)
    return out


def _number_of(lines: Sequence[Line]) -> tuple[str, Line, str] | None:
    """The act's number, its line, and what the line says behind it."""
    for pattern in _NUMBER_LINES:
        for line in lines:
            text = fold(re.sub(r"\(cid:\d+\)", lambda m: " " * len(m[0]), line.text))
            match = pattern.match(text)
            if match is None or re.match(r"^\W*(?:rapport|vu)\b", text):
                continue
            number = re.sub(r"\s", "", line.text[slice(*match.span("number"))]).rstrip(".-_/")
            if find_days(number):
                continue
            return number, line, re.sub(r"^[\s:.–—)\]-]+", "", line.text[match.start("number") + len(match["number"]) :])
    return None


def _number(head: Sequence[_Piece]) -> tuple[str | None, list[Line]]:
    found = _number_of([line for piece in head for line in piece.lines if piece.role != "stamp"])
    return (found[0], [found[1]]) if found else (None, [])


def _before_prose(lines: Sequence[Line]) -> list[_Piece]:
    """A report's heading: its lines up to the first that is set as running text."""
    out: list[_Piece] = []
    for piece in _pieces(lines):
        text = " ".join(line.text for line in piece.lines)
        if len(text.split()) > 40 and not text.isupper():
            break
        out.append(piece)
    return out


def _title(head: Sequence[_Piece], number_lines: Sequence[Line], join: Join) -> tuple[str | None, list[Line]]:
    """The act's object: behind "Objet :", else behind or beside the number, else the heading that stands out."""
    for piece in head:
        if piece.role == "object":
            lines = [*piece.lines]
            match = _OBJECT.match(fold(join(lines)))
            text = join(lines)[match.end() :] if match else ""
            if not text.strip():
                lines = _following(head, piece)
                text = join(lines)
            if text.strip():
                return _one_line(text), lines
    groups = _title_groups(head, number_lines)
    if not groups:
        return None, []
    best = max(groups, key=lambda g: g[0])
    lines = best[1]
    number = _number_of(lines[:1])
    text = join(lines)
    if number is not None:
        behind = text.find(number[2]) if number[2] else -1
        text = text[behind:] if behind >= 0 else join(lines[1:])
    return (_one_line(text) or None), list(lines)


def _following(head: Sequence[_Piece], piece: _Piece) -> list[Line]:
    at = next(i for i, p in enumerate(head) if p is piece) + 1
    return list(head[at].lines) if at < len(head) and head[at].role == "text" else []


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" :–—-").strip()


def _title_groups(head: Sequence[_Piece], number_lines: Sequence[Line]) -> list[tuple[float, list[Line]]]:
    """Groups of heading lines that may be the title, each with what speaks for it."""
    groups: list[list[Line]] = []
    flow = [(piece.role, line) for piece in head for line in piece.lines]
    numbered = {id(line) for line in number_lines}
    open_group = False
    places: dict[int, int] = {}
    for place, (role, line) in enumerate(flow):
        places[id(line)] = place
        if not _may_be_title(role, line, id(line) in numbered):
            open_group = False
            continue
        last = groups[-1][-1] if open_group else None
        if last is not None and not _parts_titles(last, line):
            groups[-1].append(line)
        else:
            groups.append([line])
        open_group = True
    at = [places[id(line)] for line in number_lines if id(line) in places]
    return [(_title_score(group, places, at, head), group) for group in groups]


def _may_be_title(role: str, line: Line, numbered: bool) -> bool:
    text = fold(line.text)
    if numbered:
        return bool(_number_rest(line))
    if role in ("stamp", "rest", "votes", "closing", "opening", "attendance", "object"):
        return False
    if not re.search(r"[^\W\d_]{3}", text) or _PERSON.match(line.text) and not line.text.isupper():
        return False
    if role == "assembly" or _ASSEMBLY.match(text):
        return False
    return not (_LETTERHEAD.match(text) and not _TITLE_WORDS.search(text)) and not _REPORT_FIELDS.match(text)


def _number_rest(line: Line) -> str:
    found = _number_of([line])
    return found[2] if found and re.search(r"[^\W\d_]{4}", found[2]) else ""


def _parts_titles(last: Line, line: Line) -> bool:
    if last.page != line.page:
        return True
    if line.bottom <= line.top:
        return last.text.isupper() != line.text.isupper() and last.text.isupper()
    return (
        line.bold != last.bold
        or abs(line.size - last.size) > 0.2 * max(line.size, last.size)
        or line.top - last.bottom > 1.6 * (line.bottom - line.top)
        or line.top < last.top - 2
    )


def _title_score(group: Sequence[Line], places: Mapping[int, int], numbered: Sequence[int], head: Sequence[_Piece]) -> float:
    text = " ".join(line.text for line in group)
    score = 2.0 * bool(_TITLE_WORDS.search(fold(text))) + bool(text.isupper()) + 1.0 * all(line.bold for line in group)
    first, last = places[id(group[0])], places[id(group[-1])]
    if any(first - 2 <= at <= last + 1 for at in numbered):
        score += 3
    score += 0.5 * (4 <= len(text.split()) <= 45)
    score -= 3 * bool(re.match(r"\W*[a-zà-ÿ]", text)) + 3 * bool(re.search(r"\b(?:est|sont)\s+(?:adopte|approuve)", fold(text)))
    score -= 2 * (len(text.split()) < 2) + 2 * text.rstrip().endswith((",", ";")) + 2 * (len(text.split()) > 60)
    return score


_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'À-ÿ-]*"
_SMALL = r"(?:de|du|des|la|le|les|sur|sous|en|et|lès|lez|aux?|à)"
_PLACE = rf"(?:[dlDL][’']\s?)?{_CAPITAL}(?:\s+(?:{_SMALL}\s+|[dl][’'])*{_CAPITAL})*"
_LINK = r"(?:(?:de|du|des|DE|DU|DES|De|Du|Des)\s+(?:(?:la|La|LA)\s+|[lL][’']\s?|(?:les|le)\s+)?|[dD][’']\s?(?:[Uu]ne\s+)?)?"
_LEVELS: tuple[tuple[str, str], ...] = (
    ("municipal", r"(?i:commune|ville)\s+"),
    ("group", r"(?i:communaut[ée]\s+d[’']\s?agglom[ée]ration|communaut[ée]\s+de\s+communes|communaut[ée]\s+urbaine|syndicat\s+(?:mixte|intercommunal)|"
              r"[ée]tablissement\s+public\s+territorial)\s+"),
    ("metropolis", r"(?i:m[ée]tropole|eurom[ée]tropole)\s+"),
    ("department", r"(?i:d[ée]partement|collectivit[ée]\s+europ[ée]enne|collectivit[ée])\s+"),
    ("region", r"(?i:r[ée]gion)\s+"),
)  # fmt: skip
_BODIES = (
    ("municipal", "municipal", "Commune"), ("group", "communautaire|d'agglomeration|syndical", ""),
    ("metropolis", r"metropolitain|de\s+(?:la\s+)?(?:euro)?metropole", "Métropole"), ("department", "departemental|general", "Département"),
    ("region", "regional", "Région"),
)  # fmt: skip


def _collectivity(lines: Sequence[Line]) -> tuple[str | None, list[Line]]:
    """Whose act it is, as written on its heading or in its prose, else made from its assembly's name."""
    text = "\n".join(re.sub(r"\s+", " ", line.text) for line in lines)
    level = _level(fold(text))
    heading: list[tuple[int, str, Line]] = []
    for line in lines:
        for rank, (name, pattern) in enumerate(_LEVELS):
            match = re.match(rf"^\W*({pattern}{_LINK}{_PLACE})\W*$", line.text)
            if match and (level is None or name == level) and len(line.text.split()) <= 14:
                heading.append((rank, match[1], line))
        if level in (None, "metropolis", "group") and (match := re.match(rf"^\W*({_PLACE}\s+M[ée]tropole)\W*$", line.text)):
            heading.append((2, match[1], line))
    prose = _prose_names(text, level)
    body = _from_body(text, level)
    if heading:
        _, name, line = min(heading, key=lambda h: h[0])
        alike = next((p for p in [*prose, *([body] if body else [])] if fold(p) == fold(name)), name)
        return (alike if name.isupper() else name), [line]
    if body and level in ("department", "region", "municipal"):
        return next((p for p in prose if fold(p) == fold(body)), body), []
    return (prose[0] if prose else body), []


def _level(folded: str) -> str | None:
    """Which level's assembly speaks: the one named first and most."""
    counts = {level: len(re.findall(rf"\bconseil\s+(?:{body})", folded[:6000])) for level, body, _ in _BODIES}
    counts["group"] += len(re.findall(r"\b(?:conseil\s+de\s+(?:la\s+)?communaute|communaute\s+(?:de\s+communes|d'agglomeration|urbaine))", folded[:1500]))
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def _prose_names(text: str, level: str | None) -> list[str]:
    flat = text.replace("\n", " ")
    return [
        re.sub(r"\s+", " ", match[1]).strip()
        for name, pattern in _LEVELS
        if level is None or name == level
        for match in re.finditer(rf"\b({pattern}{_LINK}{_PLACE})", flat)
    ]


def _from_body(text: str, level: str | None) -> str | None:
    """The collectivity's name made from its assembly's: "Conseil départemental du X" gives "Département du X"."""
    for name, body, noun in _BODIES:
        if name != level or not noun:
            continue
        found = []
        for part in [*text.split("\n"), text.replace("\n", " ")]:
            for match in re.finditer(rf"\bconseil\s+(?:{body})\s+(?:de\s+la\s+(?:commune|ville)\s+)?", fold(part)):
                place = re.match(rf"({_LINK})({_PLACE})", part[match.end() :])
                if place and place[1]:
                    found.append(f"{noun} {'' if name == 'region' else place[1]}{place[2]}")
        return next((f for f in found if not f.split(" ", 1)[1].isupper()), found[0] if found else None)
    return None


# -- days ---------------------------------------------------------------------------------------------------------

# "séance du 27 janvier 2025", "REUNION DU …", "Date de la séance : …", "Conseil municipal du 12 mars 2025"
_SESSION = re.compile(
    r"\b(?:seance|reunion|session|assemblee(?:\s+pleniere)?|conseil\s+(?:municipal|departemental|regional|communautaire|metropolitain|d'administration|de\s+\w+)|"
    r"commission\s+permanente|bureau\s+communautaire)\b(?:\s+(?:publique|ordinaire|extraordinaire|pleniere|publiques?|du\s+conseil\s+\w+|solennelle))*\s*"
    r"(?:du|le|en\s+date\s+du|:|-|en\s+seance\s+du|tenue\s+le)\s*:?\s*(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?$"
)
_MEETS = re.compile(r"\b(?:reunie?s?|s'est\s+tenue?|l'an|assemblee?)\b")
_NO_SESSION = re.compile(r"\b(?:convocation|convoque\w*|affich\w+|publi(?!qu)\w+|transmi\w+|prefecture|recu|compte[- ]rendu|proces[- ]verbal|pv)\b[^.;]{0,40}$")


def _session_date(pieces: Sequence[_Piece]) -> tuple[dt.date | None, list[Line]]:
    """The day of the session: behind "séance du", else in the opening sentence. Never the day of the convocation."""
    for pieces_tried, wanted in ((pieces, _SESSION), ([p for p in pieces if p.role in ("opening", "assembly", "text", "attendance")], None)):
        for piece in pieces_tried:
            text = re.sub(r"\s", " ", " ".join(line.text for line in piece.lines))
            folded = fold(text)
            for day in find_days(text):
                before = folded[: day.start]
                if _NO_SESSION.search(before) or (wanted is None and re.search(r"\bdeliberation[^.]{0,60}$", before)):
                    continue
                meets = wanted is None and (_MEETS.search(folded) or re.search(r"\bsous\s+la\s+presidence\b", folded))
                if (wanted is not None and wanted.search(before)) or meets:
                    return day.date, [line for line in piece.lines if find_days(line.text)]
    return None, []


# "ARRAS, le 27 janvier 2025", "Fait à Vannes, le 3 mars 2025", "À Lyon le 12/03/2025"
_DATELINE = re.compile(
    r"^\W*(?:(?:[Ff]ait|FAIT)(?:\s+et\s+d[ée]lib[ée]r[ée])?\s+)?(?:(?:[àÀA]|[Aa]u|[Ee]n)\s+)?[A-ZÀ-Ý][\w’' .À-ÿ-]{1,60}?,?\s*[Ll][Ee]\s*:?\s*(?:\w+di\s+|dimanche\s+)?(?=\d)"
)
_SIGNED = re.compile(r"\b(?:fait\b.{0,80}|date\s+de\s+(?:la\s+)?signature\s*:?\s*|signee?\b.{0,80}\ble\s+|^\W*le\s+|^\W*date\s*:\s*)$")
_SAME_DAY = re.compile(r"\bles?\s+(?:memes\s+)?(?:jours?|mois|an|date)[\s,]+(?:mois|an)?.{0,20}\b(?:susdits?|que\s+dessus|ci-dessus|susdite|precites?|dits?)\b|\blesdits\s+jours?\b")


def _signed_on(lines: Sequence[Line], session: dt.date | None) -> tuple[dt.date | None, list[Line]]:
    """The day of signature from the closing lines; "les jour, mois et an susdits" is the day of the session."""
    for line in lines:
        folded = fold(line.text)
        if re.search(r"\b(?:prefecture|publi\w+|affich\w+|transmi\w+|recue?|notifi\w+|executoire|convocation)\b", folded):
            continue
        for day in find_days(line.text):
            dateline = _DATELINE.match(line.text)
            if (dateline and dateline.end() >= day.start - 1) or _SIGNED.search(folded[: day.start]):
                return day.date, [line]
    for line in lines:
        if _SAME_DAY.search(fold(line.text)):
            return session, [line] if session else []
    return None, []


# -- signatures ---------------------------------------------------------------------------------------------------

# "Signé électroniquement par : Jeanne MARTIN", "Signé : J. MARTIN"
_SIGNED_BY = re.compile(r"^\W*(?:signee?|document\s+signe)\b(?:\s+(?:electroniquement|numeriquement))?(?:\s+(?:le\s+[\d/]+\s+)?par)?\s*:?\s*")
# "Qualité : Maire"
_QUALITY = re.compile(r"^\W*(?:qualite|fonction)\s*:\s*")


def _signatures(lines: Sequence[Line]) -> tuple[list[Signatory], list[Line]]:
    """Who signed, in order, each with the role set above, beside or below the name; the lines they stand on."""
    out: list[Signatory] = []
    used: list[Line] = []
    roles: list[str] = []
    behalf: str | None = None
    for line in lines:
        for text in _side_by_side(line):
            folded = fold(text)
            if quality := _QUALITY.match(folded):
                if out and out[-1].role is None:
                    out[-1] = Signatory(name=out[-1].name, role=text[quality.end() :].strip())
                    used.append(line)
                continue
            name, role = _name_and_role(text)
            if name:
                role = role or (roles.pop(0) if roles else behalf)
                behalf = None
                if all(fold(name) != fold(known.name) for known in out):
                    out.append(Signatory(name=name, role=role))
                used.append(line)
            elif _ON_BEHALF.match(folded):
                behalf = _bare_role(text)
                roles = [r for r in roles if not r]
            elif _ROLE.match(folded) and len(folded.split()) <= 14:
                roles.append(_bare_role(text))
                used.append(line)
            elif roles and used and used[-1] is not line and re.match(r"[a-zà-ÿ]", text) and len(text.split()) <= 10 and not find_days(text):
                roles[-1] = _bare_role(f"{roles[-1]} {text}")
                used.append(line)
    return out, used


def _bare_role(text: str) -> str:
    return text.strip(" ,:;.–—-")


def _side_by_side(line: Line) -> list[str]:
    """The line's text, parted where wide white space sets two signatures beside each other."""
    parts: list[list[Word]] = [[]]
    for word in line.words:
        if parts[-1] and word.x0 - parts[-1][-1].x1 > 2.5 * max(word.size, line.bottom - line.top, 1.0):
            parts.append([])
        parts[-1].append(word)
    return [" ".join(w.text for w in part) for part in parts if part]


def _name_and_role(text: str) -> tuple[str | None, str | None]:
    """"Le Maire, Jean DUPONT", "Jean DUPONT, Maire", "Signé : Jean DUPONT" or the name alone; (None, None) otherwise."""
    folded = fold(text)
    signed = _SIGNED_BY.match(folded)
    if signed and signed.end() < len(text):
        text = re.split(r"\s+(?:le|Le|à|Date|Qualité)\b", text[signed.end() :], maxsplit=1)[0]
    whole = _person(text)
    if whole:
        return whole, None
    for left, right in _halves(text):
        if _ROLE.match(fold(left)) and (name := _person(right)):
            return name, _bare_role(left)
        if _ROLE.match(fold(right)) and (name := _person(left)):
            return name, _bare_role(right)
    return None, None


def _halves(text: str) -> list[tuple[str, str]]:
    return [(text[: m.start()], text[m.end() :]) for m in re.finditer(r"\s*[,:;]\s*|\s+[–—-]\s+", text)]


def _person(text: str) -> str | None:
    """The name without its title, or None where the text is not a person's name and nothing else."""
    bare = text.strip(" ,;:.–—-_\"“”«»")
    civil = _CIVILITY.match(bare)
    bare = bare[civil.end() :] if civil else bare
    if not _PERSON.match(bare) or len(bare) > 60:
        return None
    folded = fold(bare)
    if _ROLE.match(folded) or _NO_NAME.search(folded) or re.search(rf"\b{_ROLE_WORD}\b", folded):
        return None
    return bare


# -- votes --------------------------------------------------------------------------------------------------------

_N = rf"(?P<n>\d{{1,3}}|{NUMBER_WORDS}|aucune?|neant)(?![\w/%.-]*\d)\b"
_VOTERS_OF = r"(?:membres|conseillers|delegues|elus)(?:\s+(?:municipaux|communautaires|departementaux|regionaux|metropolitains|titulaires|composant\s+le\s+conseil))?"
_COUNTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("members", (rf"\ben\s+exercice\s*[:=]?\s*{_N}", rf"{_N}\s+{_VOTERS_OF}\s+en\s+exercice",
                 rf"\bnombre\s+(?:legal\s+|total\s+)?(?:de\s+|d')(?:{_VOTERS_OF})\s*[:=]\s*{_N}", rf"\beffectif\s+(?:legal|du\s+conseil)\s*:\s*{_N}")),
    ("present", (rf"\bpresente?s?(?:\s+(?:a\s+la\s+(?:seance|reunion)|au\s+(?:vote|moment\s+du\s+vote)))?\s*[:=]?\s*{_N}(?!\s*(?:bis|ter|,?\s*rue))", rf"{_N}\s+(?:{_VOTERS_OF}\s+)?presents\b")),
    ("voters", (rf"\bvotante?s?\s*[:=]?\s*{_N}", rf"{_N}\s+(?:{_VOTERS_OF}\s+)?votants\b", rf"\bprenant\s+part\s+(?:au|a\s+la)\s+\w+\s*:\s*{_N}")),
    ("for_", (rf"\bpour\s*[»\"]?\s*[:=(]\s*{_N}", rf"{_N}\s+voix\s+[«\"(]?\s*pour\b", rf"{_N}\s+[«\"]?\s*pour\s*[»\"]?(?=\s*(?:[,;.)]|et\b|-|/|$)|\s+\d+\s+(?:voix\s+)?contre)", rf"(?m:^)\W*(?:voix\s+|votes?\s+)?pour\s+{_N}\W*(?m:$)", rf"\bvotes?\s+pour\s+{_N}")),
    ("against", (rf"\bcontre\s*[»\"]?\s*[:=(]\s*{_N}", rf"{_N}\s+(?:voix\s+)?[«\"(]?\s*contre\b", rf"(?m:^)\W*(?:voix\s+)?contre\s+{_N}\W*(?m:$)", r"\b(?P<n>aucune?)\s+(?:voix\s+|vote\s+)?contre\b")),
    ("abstentions", (rf"\babstentions?\s*(?:\(s\))?\s*[»\"]?\s*[:=(]\s*{_N}", rf"{_N}\s+(?:voix\s+)?[«\"(]?\s*abstentions?\b", rf"(?m:^)\W*abstentions?\s+{_N}\W*(?m:$)", rf"\bs'abstien\w+\s*[:(]\s*{_N}", r"\b(?P<n>aucune)\s+abstention\b")),
)  # fmt: skip
_COUNT_PATTERNS = tuple((name, tuple(re.compile(p) for p in patterns)) for name, patterns in _COUNTS)
_ROW_LABELS = (("members", r"en\s+exercice"), ("present", r"presents?"), ("voters", r"votants?"), ("for_", "pour"), ("against", "contre"), ("abstentions", r"abstentions?"))


def _votes(pieces: Sequence[_Piece]) -> tuple[Votes, list[Line]]:
    """The vote and the attendance as counted on the page; null for every number that is not printed."""
    lines = [line for piece in pieces for line in piece.lines]
    texts = [re.sub(r"[ ]+", " ", fold(line.text)) for line in lines]
    flow = "\n".join(texts)
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    values: dict[str, int] = {}
    used: list[Line] = []
    for name, patterns in _COUNT_PATTERNS:
        for pattern in patterns:
            match = next((m for m in pattern.finditer(flow) if _number_value(m["n"]) is not None), None)
            if match:
                values[name] = _number_value(match["n"]) or 0
                used.extend(line for line, s, t in zip(lines, starts, texts, strict=True) if s < match.end() and s + len(t) > match.start())
                break
    values |= _table_rows(texts)
    return Votes.model_validate({**values, "unanimous": _unanimous(flow)}), used


def _number_value(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    if written.startswith("aucun") or written == "neant":
        return 0
    return number_in_words(written)


def _table_rows(texts: Sequence[str]) -> dict[str, int]:
    """Counts set as a row of labels ("En exercice Présents Votants") over a row of as many numbers."""
    for labels, numbers in zip(texts, texts[1:], strict=False):
        found = sorted((m.start(), name) for name, p in _ROW_LABELS if (m := re.search(rf"\b{p}\b", labels)))
        row = re.fullmatch(r"\W*(\d{1,3}(?:\W+\d{1,3})+)\W*", numbers)
        if len(found) >= 2 and row and len(found) == len(re.findall(r"\d+", numbers)) and not re.search(r"\d", labels):
            return {name: int(n) for (_, name), n in zip(found, re.findall(r"\d+", numbers), strict=True)}
    return {}


def _unanimous(flow: str) -> bool | None:
    """True for "à l'unanimité", False for "à la majorité"; not of the minutes of the session before."""
    bare = re.sub(r"\s+", " ", flow)
    for match in re.finditer(r"\bunanim(?:ite|ement)\b|\ba la majorite\b|\bmajorite (?:absolue|des (?:voix|suffrages|membres|votants))", bare):
        if re.search(r"\b(?:compte[- ]rendu|proces[- ]verbal|pv|secretaire)\b[^;]{0,120}$", bare[: match.start()]):
            continue
        return match[0].startswith("unanim")
    return None


def first_session_day(text: str) -> dt.date | None:
    """The first whole day in a text: for running heads such as "Conseil municipal du 12 mars 2025"."""
    return first_day(text)
