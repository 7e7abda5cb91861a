"""Which pages are the act, the report to the assembly or signatures, and where the annexed review begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bilan_extract.document import Line
from bilan_extract.language.plain_dates import fold
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.act_lines import ASSEMBLY, DECISION, is_article, is_basis, number_of, said
from bilan_extract.segmentation.act_signing import has_signature

Kind = Literal["deliberation", "report", "signature"]


@dataclass(frozen=True, slots=True)
class PageKind:
    """What a page of the act is, and the name of the rule that said so."""

    kind: Kind
    rule: str


# "Ambition 1 - …", "Axe 2 :", "Fiche action n° 4", "PRIORITÉ N°3": headings of the review
_ANNEX_HEADING = lazy(
    r"^\W*(?:ambition|axe|priorite|orientation|defi|objectif|fiche(?:[- ]action)?|action|mesure|engagement|"
    r"enjeu|volet|chantier|thematique|"
    r"levier)s?\s*(?:n\s?°|strategique|operationnel(?:le)?|n°)?\s*(?:\d{1,2}(?:[.-]\d{1,2})*|[ivx]{1,4}|[a-h])"
    r"\b(?!\s*(?:°|%|000))"
)
# "Actions réalisées en 2024", "À venir", "Perspectives 2025", "Réalisé": labels of its boxes
_ANNEX_LABEL = lazy(
    r"^\W*(?:(?:les\s+)?(?:actions?|mesures?|projets?|objectifs?)\s+)?(?:realise(?:e?s?)|en\s+cours|a\s+venir|"
    r"prevue?s?|engagee?s?|perspectives|"
    r"prochaines\s+etapes|realisations?|ce\s+qui\s+(?:a\s+ete|reste)|etat\s+d'avancement|focus(?:\s+sur)?)\b.{0,30}$"
)
_ANNEX_START = lazy(
    r"^\W*(?:annexe\b(?!.{0,3}\s*(?:ee|es)\b)|sommaire\W*$|table\s+des\s+matieres|introduction\W*$|"
    r"preambule\W*$|avant[- ]propos\W*$|edito\W*$)"
)
_CAPITAL = lazy(r"\W*[A-ZÀ-Ý]")
_REPORT_OPENING = lazy(
    r"^\W*(?:rapport\s*(?:n\s?[°º]|no\b)\s*\S|rapport\s+(?:du|de\s+la|de\s+l')\s*(?:president|maire|vice)|"
    r"rapport\s+de\s+(?:m\.|mme|monsieur|madame)|"
    r"rapport\s+(?:au|a\s+l'|a\s+la|aux)\s*(?:conseil|assemblee|commission|membres)|note\s+de\s+synthese|"
    r"expose\s+des\s+motifs|rapport\W*$)"
)
_REPORT_PROSE = lazy(
    r"\b(?:il\s+convient\s+de\s+(?:porter|prendre|statuer|se\s+prononcer)|je\s+vous\s+(?:propose|prie|invite|"
    r"demande|soumets)|il\s+vous\s+est\s+(?:propose|demande)|"
    r"il\s+est\s+(?:donc\s+)?propose\s+(?:au|a\s+l')|porter\s+(?:ces\s+elements\s+)?a\s+(?:votre|la)\s+connaissance|"
    r"vous\s+prie\s+de\s+bien\s+vouloir|mesdames,?\s+messieurs|vous\s+voudrez\s+bien|tel\s+est\s+l'objet\s+d)"
)
REPORT_FIELDS = lazy(
    r"^\W*(?:territoire|epci|rapporteur|commission|canton)\(?s?\)?\s*:|^\W*reunion\s+du\b|^\W*seance\s+du\b"
)


def page_kind(lines: Sequence[Line]) -> PageKind | None:
    """What a page is on its own showing: part of the deliberation, of the report to the assembly, or signatures alone.

    A page with the review's headings and box labels is never claimed, unless the act itself begins on it (see
    `split_deliberation`). For pages that only carry on a report see `page_kinds`.
    """
    texts = [fold(line.text) for line in lines]
    flow = " ".join(texts)  # what is nowhere on the page is looked for in no line
    annex = sum(map(_is_heading, lines)) + 2 * sum(map(_is_label, lines))
    basis = sum(map(is_basis, texts))
    articles = sum(is_article(line.text) for line in lines)
    considering = "considerant" in flow and any(re.match(r"^\W*considerant\b", t) for t in texts)
    decided = any(line.text[:3].isupper() and said(DECISION, line.text, at_start=True) for line in lines) or (
        "delibere" in flow and any(re.search(r"\bapres\s+en\s+avoir\s+delibere", t) for t in texts)
    )
    opening = any(_REPORT_OPENING.match(t) for t in texts[:30]) and basis < 2 and not (basis and articles)
    if annex > 1 and not (opening or basis > 1 or (articles and decided)):
        return None
    numbered = number_of(lines[:25]) is not None
    assembly = any(ASSEMBLY.match(t) or re.match(r"^\W*l'an\s+deux", t) for t in texts)
    closing = any(word in flow for word in ("fait", "extrait", "delibere")) and any(
        re.match(r"^\W*(?:fait\s+(?:a|et)|ainsi\s+(?:fait|delibere)|pour\s+extrait|delibere\s+en)\b", t) for t in texts
    )
    signed = has_signature(lines)
    attendance = any(word in flow for word in ("present", "absent", "votants", "excuses")) and any(
        re.match(r"^\W*(?:(?:etaient|membres|nombre)\b.*)?(?:presents?|absents?|votants|excuses)\b", t) for t in texts
    )
    proposes = bool(_REPORT_PROSE.search(flow))
    marks = (
        (basis > 0)
        + (basis > 2)
        + (articles > 0)
        + considering
        + decided
        + numbered
        + assembly
        + closing
        + signed
        + attendance
    )
    strong = basis + articles + considering + decided + closing
    if opening and (proposes or any(REPORT_FIELDS.match(t) for t in texts) or signed or not strong):
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
    contact = re.search(r"@|\bwww\.|\bsiege\s+social\b", flow)
    if (signed or closing) and annex == 0 and len(lines) <= 25 and not contact:
        return PageKind("signature", "signature")
    return None


def page_kinds(pages: Sequence[Sequence[Line]]) -> list[PageKind | None]:
    """`page_kind` of every page, and of pages between a report's first and its last what they carry on."""
    kinds = [page_kind(lines) for lines in pages]
    for kind in ("report", "deliberation"):
        places = [i for i, k in enumerate(kinds) if k is not None and k.kind == kind]
        for first, last in zip(places, places[1:], strict=False):
            between = range(first + 1, last)
            if (
                len(between) <= 3
                and all(kinds[i] is None and not _is_annex(pages[i]) for i in between)
                and not has_signature(pages[first])
            ):
                for i in between:
                    kinds[i] = PageKind(kind, "carried_on")
    return kinds


def is_deliberation_page(lines: Sequence[Line]) -> bool:
    """True for a page of the act or of the report to the assembly; never for a page of the annexed review."""
    return page_kind(lines) is not None


def split_deliberation(lines: Sequence[Line]) -> int:
    """Index of the first line of the annexed review in the lines of an act and what follows it; ``len(lines)`` if none.

    The review begins behind the signatures, at "Annexe …" or at a first heading, where a box label comes after it.
    """
    texts = [fold(line.text) for line in lines]
    labels = [i for i, line in enumerate(lines) if _is_label(line)]
    last_article = max(
        (i for i, line in enumerate(lines) if is_article(line.text) or is_basis(texts[i])), default=-1
    )
    for i, text in enumerate(texts):
        if i <= last_article or (i == 0 and last_article < 0 and not _is_heading(lines[i])):
            continue
        if (
            _ANNEX_START.match(text)
            and len(text) < 80
            and not re.search(r"\bannexe\s+(?:a|au|de)\s+(?:la\s+)?(?:presente|rapport)", text)
        ):
            return _heading_above(lines, i)
        if _is_heading(lines[i]) and any(label > i for label in labels):
            return _heading_above(lines, i)
    return len(lines)


def start_of_act(lines: Sequence[Line]) -> int:
    """Index of the line from which on a page of the review holds the act that adopts it; ``len(lines)`` if none.

    The act begins at the assembly's name or at the first "Vu …", where more of these follow and none stands before.
    """
    basis = [i for i, line in enumerate(lines) if is_basis(fold(line.text)) and line.text[:1].isupper()]
    if len(basis) < 2:
        return len(lines)
    first = basis[0]
    while first > 0 and ASSEMBLY.match(fold(lines[first - 1].text)) and lines[first - 1].text[:1].isupper():
        first -= 1
    reviewed = any(_is_heading(line) or _is_label(line) for line in lines[:first])
    return first if reviewed and not any(_is_heading(line) for line in lines[first:]) else len(lines)


# "Mesdames, Messieurs,", "Monsieur le Président,", "Chers collègues"
_ADDRESS = lazy(
    r"^\W*(?:mesdames|messieurs|mes\s+chers|chers?\s+collegues|madame\s+la\s+presidente|monsieur\s+le\s+president)\b.{0,40}$"
)


def end_of_head(lines: Sequence[Line]) -> int:
    """Index of the line behind the head of an act on a first page that goes on with a report and the review; 0 if none.

    The head ends where the assembly is addressed, and holds the act's number.
    """
    end = next((i for i, line in enumerate(lines[:30]) if _ADDRESS.match(fold(line.text))), 0)
    return end if number_of(lines[:end]) is not None else 0


def _is_annex(lines: Sequence[Line]) -> bool:
    return any(_is_heading(line) or _is_label(line) or _ANNEX_START.match(fold(line.text)) for line in lines)


def _is_heading(line: Line) -> bool:
    """True for a heading of the review; a wrapped line of prose begins with a small letter."""
    return bool(_CAPITAL.match(line.text) and _ANNEX_HEADING.match(fold(line.text)))


def _is_label(line: Line) -> bool:
    """True for the label of a box, or a short cell that says the status."""
    own = _CAPITAL.match(line.text) or len(line.words) <= 2
    return bool(own and _ANNEX_LABEL.match(fold(line.text)))


def _heading_above(lines: Sequence[Line], index: int) -> int:
    """The first of the large lines that stand right above a heading ("Bilan 2024" over "Axe 1")."""
    while index > 0 and lines[index - 1].size > 0 and lines[index - 1].size > 1.15 * _body_size(lines):
        index -= 1
    return index


def _body_size(lines: Sequence[Line]) -> float:
    sizes = sorted(line.size for line in lines)
    return sizes[len(sizes) // 2] if sizes else 0.0
