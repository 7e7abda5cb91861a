"""The deliberation around the annexed review: its heading, what it relies on, what it decides, who signed, the vote.

Works on reading-ordered lines, from a PDF or from plain text (boxes of zeros): every rule rests on the wording of
French acts first and on white space second. Nothing here raises on any text; what is not printed is None or empty.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bilan_extract.document import Line, Word
from bilan_extract.language.plain_dates import fold
from bilan_extract.language.references import read_legal_basis
from bilan_extract.patterns import lazy
from bilan_extract.plan import DecisionArticle, LegalBasis, ReportedProgress, Signatory, Transmission, Votes
from bilan_extract.segmentation.act_decision import read_decision, signature_start
from bilan_extract.segmentation.act_heading import act_number, act_title, before_prose, head_lines, read_collectivity
from bilan_extract.segmentation.act_lines import Piece, pieces_of
from bilan_extract.segmentation.act_pages import (
    PageKind,
    is_deliberation_page,
    page_kind,
    page_kinds,
    split_deliberation,
)
from bilan_extract.segmentation.act_signing import read_session_date, read_signatures, read_signed_on
from bilan_extract.segmentation.act_votes import read_votes
from bilan_extract.segmentation.reported_claims import (
    Join,
    find_reported_progress,
    join_simple,
    starts_bullet,
    without_bullet,
)
from bilan_extract.segmentation.stamp import is_stamp_line, parse_stamp_id, read_stamp

__all__ = [
    "DeliberationFacts",
    "PageKind",
    "ReportFacts",
    "combine",
    "is_deliberation_page",
    "page_kind",
    "page_kinds",
    "read_deliberation",
    "read_report",
    "split_deliberation",
]


@dataclass(frozen=True, slots=True)
class DeliberationFacts:
    """What a deliberation states; None and empty where it does not.

    Attributes:
        used: the words behind each field, by its name, also "considering", "stamp" and "rest"; every word once.
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


# "RAPPORT N°8", "Rapport n° 2025/12"
_REPORT_NUMBER = lazy(r"^\W*rapport\s*(?:n\s?[°º]|no\.?|numero)\s*:?\s*(?P<number>[\w./-]*\d[\w./-]*)")


def read_deliberation(lines: Sequence[Line], join: Join = join_simple) -> DeliberationFacts:
    """What a deliberation states, from its reading-ordered lines (of one page or several, running heads or not).

    Args:
        lines: the act's own lines; what follows `split_deliberation` is better left out.
        join: how lines become one text; hyphens at line ends are its business.
    """
    cut = signature_start(lines)
    pieces, tail = pieces_of(lines[:cut]), lines[cut:]
    used: dict[str, list[Line]] = {}
    legal_basis = _legal_basis(pieces, join, used)
    decision = read_decision(pieces, join, used)
    head = head_lines(pieces)
    number, number_lines = act_number(head)
    if number is None:  # minutes print it over each point, behind their own heading
        number, number_lines = act_number([p for p in pieces if p.role not in ("basis", "considering", "stamp")])
    title, title_lines = act_title(head, number_lines, join)
    signatories, signed_lines = read_signatures(tail)
    prose = [*(p for p in pieces if p.role not in ("basis", "stamp")), *pieces_of(tail)]
    session_date, session_lines = read_session_date([p for p in prose if p.role not in ("considering", "stamp")])
    signed_on, date_lines = read_signed_on(tail, session_date)
    votes, vote_lines = read_votes(prose)
    collectivity, collectivity_lines = read_collectivity([line for p in prose for line in p.lines])
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
    pieces = pieces_of(lines)
    head: list[Line] = []
    for line in lines:
        if line.text.rstrip().endswith(".") or len(head) > 40:
            break
        head.append(line)
    number = next((m for line in lines[:40] if (m := _REPORT_NUMBER.match(fold(line.text)))), None)
    title, _ = act_title(before_prose(head), [], join)
    session_date, _ = read_session_date(pieces)
    signatories, _ = read_signatures(lines[-14:])
    signed_on, _ = read_signed_on(lines[-14:], session_date)
    return ReportFacts(
        number=number["number"].upper() if number else None,
        title=title,
        collectivity=read_collectivity(lines)[0],
        session_date=session_date,
        signed_on=signed_on,
        signatories=tuple(signatories),
        reported_progress=tuple(find_reported_progress(lines, join)),
    )


def combine(facts: DeliberationFacts, report: ReportFacts | None = None) -> DeliberationFacts:
    """The facts with what only the report or the stamp prints: title, collectivity as written, day of the session."""
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


def _legal_basis(pieces: Sequence[Piece], join: Join, used: dict[str, list[Line]]) -> list[LegalBasis]:
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
