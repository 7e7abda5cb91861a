"""extract(): from a file to its plan, one stage a line."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from bilan_extract.assembly import Assembler, account
from bilan_extract.document import Line, Page, PageLayout, Word, dominant
from bilan_extract.errors import InputError, InputNotFoundError, NoTextError
from bilan_extract.language.clean import Spelling, join_lines
from bilan_extract.layout.open_tables import Memory
from bilan_extract.layout.page import lay_out
from bilan_extract.layout.running import find_running
from bilan_extract.plan import (
    Ambition,
    Document,
    PageOrigin,
    Period,
    Plan,
    PlanWarning,
    ReportedProgress,
    Source,
    Transmission,
    Votes,
)
from bilan_extract.profile import Profile, load_profile
from bilan_extract.progress import settle_progress
from bilan_extract.reading.ocr import read_with_ocr
from bilan_extract.reading.skew import lead_back
from bilan_extract.reading.source import PageSource
from bilan_extract.segmentation.act_heading import spelled_as
from bilan_extract.segmentation.act_pages import end_of_head, page_kinds, split_deliberation, start_of_act
from bilan_extract.segmentation.deliberation import (
    DeliberationFacts,
    ReportFacts,
    combine,
    read_deliberation,
    read_report,
)
from bilan_extract.segmentation.labels import Words, words_of
from bilan_extract.segmentation.levels import find_levels
from bilan_extract.segmentation.marking import learn_words, mark
from bilan_extract.segmentation.nesting import Nester
from bilan_extract.segmentation.outline import Aside, Outline
from bilan_extract.segmentation.plan_title import looks_far_back, plan_title_and_period, spoken_period
from bilan_extract.segmentation.reported_claims import find_reported_progress
from bilan_extract.segmentation.runs import body_styles
from bilan_extract.segmentation.stamp import parse_stamp_id, read_stamp, stamp_words

Input = str | os.PathLike[str] | bytes | BinaryIO
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Analysis:
    """What `inspect` needs to see: each page's layout, and what was decided about it."""

    plan: Plan
    layouts: list[PageLayout]
    outline: Outline


@dataclass(slots=True)
class _Review:
    """The pages of one document, told apart: the act, its report, the review itself."""

    act: list[Line] = field(default_factory=list)
    report: list[Line] = field(default_factory=list)
    pages: list[PageLayout] = field(default_factory=list)


def extract(
    source: Input,
    *,
    profile: Profile | str | os.PathLike[str] | None = None,
    password: str | None = None,
    reader: str = "auto",
    ocr: str = "auto",
    progress: Progress | None = None,
) -> Plan:
    """The plan that a review states.

    Args:
        source: path of a PDF or of a text layer (.txt), the bytes of one, or a binary file object.
        profile: how the document words its levels and labels: a Profile, the name of one shipped with the package, or the
            path of a TOML file. None for the default one.
        password: opens an encrypted PDF.
        reader: "pdfium" (fast), "pdfplumber" (the one it is measured by) or "auto": pdfium, and pdfplumber where it fails.
        ocr: "auto" recognises the pages whose text cannot be trusted or is missing, "off" none, "force" all of them.
        progress: called with (pages read, pages in all) after each page.

    Returns:
        The plan in the form of docs/contract.md. What a person should look at is in ``plan.warnings``.

    Raises:
        InputError: the source cannot be read (subclasses say why: not found, not a PDF, encrypted, no pages, no text).
        OcrUnavailableError: nothing but scans, and no tesseract on this machine.
        UsageError: no such profile, reader or mode.
    """
    return analyse(source, profile=profile, password=password, reader=reader, ocr=ocr, progress=progress).plan


def analyse(
    source: Input,
    *,
    profile: Profile | str | os.PathLike[str] | None = None,
    password: str | None = None,
    reader: str = "auto",
    ocr: str = "auto",
    progress: Progress | None = None,
) -> Analysis:
    """`extract`, with the layouts and decisions that led to the plan. Same arguments, same errors."""
    words = words_of(profile if isinstance(profile, Profile) else load_profile(profile))
    data, name = _bytes_of(source)
    pages = read_with_ocr(data, name, password=password, reader=reader, mode=ocr, find_stamp=stamp_words)
    try:
        layouts, origins = _read(pages, progress)
    finally:
        pages.close()
    review = _tell_apart(layouts, words)
    spelling = Spelling(line for layout in layouts for region in layout.regions for line in region.lines)
    act, report = _facts(review, layouts, spelling)
    running = _running(review, words)
    headings = _headings(review, running)
    title, period = plan_title_and_period(*headings, act.title, _cover_title(review))
    act = replace(act, collectivity=spelled_as(act.collectivity, headings[1]))
    assembler = Assembler(spelling, period, act.session_date)
    outline = _outline(review, words, running, spelling, _last_year(period, act))
    said = [act.title or "", *headings[1], *headings[0]]
    period = assembler.reported = _period_reported(period, _labelled_period(outline), act, said)
    assembler.judge_blocks = not _has_blocks(outline)
    ambitions = assembler.ambitions(outline)
    asides = outline.asides + _act_words(review, act, report, assembler)
    asides += [Aside(w.page, (w,), "label") for w in assembler.labels]
    coverage, set_aside, lost = account(layouts, asides, assembler.used)
    plan = Plan(
        document=_document(act, pages, data, name),
        title=title,
        period=period,
        ambitions=ambitions,
        reported_progress=[*report.reported_progress, *_claims(review, outline, report, spelling)],
        warnings=_told(pages) + _of_stamp(act) + _warnings(outline, layouts, lost) + _nothing_found(ambitions),
        coverage=coverage,
        set_aside=set_aside,
        pages=origins,
    )
    lead_back(plan, getattr(pages, "skews", {}))
    settle_progress(plan)
    return Analysis(plan, layouts, outline)


def _bytes_of(source: Input) -> tuple[bytes, str | None]:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), None
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        try:
            return path.read_bytes(), path.name
        except FileNotFoundError as error:
            raise InputNotFoundError(f"fichier introuvable : {path}") from error
        except IsADirectoryError as error:
            raise InputNotFoundError(f"{path} est un dossier, pas un fichier") from error
        except PermissionError as error:
            raise InputError(f"{path} : lecture refusée") from error
        except OSError as error:
            raise InputError(f"{path} : lecture impossible ({error.strerror})") from error
    data = source.read()
    name = getattr(source, "name", None)
    return data, os.path.basename(name) if isinstance(name, str) else None


def _read(pages: PageSource, progress: Progress | None) -> tuple[list[PageLayout], list[PageOrigin]]:
    layouts, origins = [], []
    memory = Memory()
    for page in pages.pages():
        origins.append(PageOrigin.model_validate({"page": page.number, "source": page.source, "confidence": page.confidence}))
        layouts.append(lay_out(_without_stamp(page), memory))
        if progress is not None:
            progress(page.number, pages.page_count)
    if not any(layout.regions for layout in layouts):
        raise NoTextError(
            "aucune page ne contient de texte : c'est un scan, il lui faut une reconnaissance de caractères (OCR)"
        )
    return layouts, origins


def _told(pages: PageSource) -> list[PlanWarning]:
    """What reading the file met: a page that another reader had to take, words recognised with little trust."""
    return [PlanWarning(code=n.code, message=n.message, page=n.page) for n in getattr(pages, "notes", ())]


def _without_stamp(page: Page) -> Page:
    """The page with the words of the prefecture's stamp marked, so that layout does not see them."""
    if not any("fecture" in w.text for w in page.words):
        return page
    found = set(stamp_words(page.words))
    words = tuple(replace(w, hidden="stamp") if i in found else w for i, w in enumerate(page.words))
    return replace(page, words=words)


def _lines(layout: PageLayout) -> list[Line]:
    return [line for region in layout.regions for line in region.lines]


def _tell_apart(layouts: Sequence[PageLayout], words: Words) -> _Review:
    review = _Review()
    kinds = page_kinds([_lines(layout) for layout in layouts])
    for layout, kind in zip(layouts, kinds, strict=True):
        lines = _lines(layout)
        act = start_of_act(lines) if review.pages else len(lines)
        if act < len(lines):  # the act stands behind the review
            review.act += lines[act:]
            layout, lines, kind = _from_line(layout, lines[:act]), lines[:act], None
        if kind is None:
            if not review.pages and (head := end_of_head(lines)):
                review.act += lines[:head]
                first = max(head, min(split_deliberation(lines), _first_heading(lines, words)))
                review.report += lines[head:first]
                layout = _from_line(layout, lines[first:])
            review.pages.append(layout)
            continue
        cut = min(split_deliberation(lines), _first_heading(lines, words))
        (review.report if kind.kind == "report" else review.act).extend(lines[:cut])
        if cut < len(lines):  # the review begins on the act's own page
            review.pages.append(_from_line(layout, lines[cut:]))
    return review


def _first_heading(lines: Sequence[Line], words: Words) -> int:
    """Where on an act's page the review begins: a set-off heading with a number, and a status label below it."""
    usual = dominant((line.size, len(line.text)) for line in lines) if lines else 0.0
    last = max((i for i, line in enumerate(lines) if _is_status(line, words)), default=-1)
    for i, line in enumerate(lines[: last + 1]):
        heading = words.heading(line.text)
        if heading is not None and heading.path and words.role_of(heading.word) and (line.bold or line.size > 1.05 * usual):
            return i
    return len(lines)


def _is_status(line: Line, words: Words) -> bool:
    label = words.label(line.text)
    return label is not None and label.role in ("realised", "upcoming")


def _from_line(layout: PageLayout, lines: Sequence[Line]) -> PageLayout:
    """The page with only these of its lines."""
    kept = {id(line) for line in lines}
    regions = []
    for region in layout.regions:
        own = tuple(line for line in region.lines if id(line) in kept)
        if own:
            regions.append(region if len(own) == len(region.lines) else replace(region, lines=own))
    return replace(layout, regions=tuple(regions))


def _stamp(layouts: Sequence[PageLayout]) -> list[Word]:
    """The stamp's words on the first page that has them."""
    for layout in layouts:
        found = [w for w in layout.hidden if w.hidden == "stamp"]
        if found:
            return found
    return []


def _facts(review: _Review, layouts: Sequence[PageLayout], spelling: Spelling) -> tuple[DeliberationFacts, ReportFacts]:
    def join(lines: Sequence[Line]) -> str:
        return join_lines(lines, spelling)

    stamp = read_stamp(" ".join(w.text for w in _stamp(layouts)))
    report = read_report(review.report, join) if review.report else ReportFacts()
    act = read_deliberation(review.act, join) if review.act else DeliberationFacts()
    if act.transmission is None and stamp is not None:
        act = replace(act, transmission=stamp)
    return combine(act, report), report


def _headings(review: _Review, running: dict[int, str]) -> tuple[list[str], list[str]]:
    """The review's large lines on its first two pages, and its running heads and feet."""
    heads: dict[str, None] = {}
    for layout in review.pages:
        for line in _lines(layout):
            if running.get(id(line)) in ("running_head", "footer"):
                heads.setdefault(line.text)
    sizes = [(line.size, len(line.text)) for layout in review.pages for line in _lines(layout)]
    usual = dominant(sizes) if sizes else 0.0
    cover = [line.text for layout in review.pages[:2] for line in _lines(layout) if line.size > 1.12 * usual][:12]
    return cover, list(heads)


COVER_WORDS = 60  # a page with more is no cover


def _cover_title(review: _Review) -> str | None:
    """The largest words of the review's first page where it is a cover: few words, some of them much larger than the rest."""
    lines = _lines(review.pages[0]) if review.pages else []
    if not lines or sum(len(line.words) for line in lines) > COVER_WORDS or len(review.pages) < 2:
        return None
    most = max(line.size for line in lines)
    large = [line for line in lines if line.size >= 0.95 * most]
    usual = dominant((line.size, len(line.text)) for page in review.pages for line in _lines(page))
    if most < 1.5 * usual or sum(len(line.words) for line in large) > 20:
        return None
    return " ".join(line.text for line in large)


def _running(review: _Review, words: Words) -> dict[int, str]:
    if _has_places(review):
        return find_running(review.pages)
    from bilan_extract.segmentation.stream_running import running_lines  # what PDFs never need is loaded when it is needed

    return running_lines(review.pages, words)


def _has_places(review: _Review) -> bool:
    """Whether the source says where its words stand: a text layer does not."""
    return not review.pages or review.pages[0].width is not None


def _outline(review: _Review, words: Words, running: dict[int, str], spelling: Spelling, last_year: int | None) -> Outline:
    if not _has_places(review):
        from bilan_extract.segmentation.stream import nest_stream

        return nest_stream(review.pages, words, lambda lines: join_lines(lines, spelling), last_year)
    bodies = body_styles(review.pages)
    taught = learn_words(review.pages, words, bodies)
    if taught:
        words = Words(words.profile, taught)
    runs = mark(review.pages, words, running, bodies)
    levels = find_levels(runs, words)
    return Nester(review.pages, words, levels, lambda lines: join_lines(lines, spelling), last_year).nest(runs)


def _claims(review: _Review, outline: Outline, report: ReportFacts, spelling: Spelling) -> list[ReportedProgress]:
    """What the act and the review's own introduction claim about progress, beyond what the report already says."""
    # an introduction may stand on the page of the table of contents, or be taken for a table
    aside = [Line(a.words) for a in outline.asides if a.reason in ("report", "table_of_contents", "table")]
    known = {(claim.status, claim.share, claim.count) for claim in report.reported_progress}
    found = find_reported_progress([*review.act, *aside], lambda lines: join_lines(lines, spelling))
    return [claim for claim in found if (claim.status, claim.share, claim.count) not in known]


def _last_year(period: Period | None, act: DeliberationFacts) -> int | None:
    """The last year that can have been reported on: the one before the act, or the end of the period named."""
    if act.session_date is not None:
        return act.session_date.year - 1
    return None if period is None or period.end is None else period.end.year


def _period_reported(
    named: Period | None, labelled: Period | None, act: DeliberationFacts, headings: Sequence[str]
) -> Period | None:
    """The period that the title names, unless it is the plan's own span, which runs on after the act.

    Then, or where the title names none, that of the labels, else the years that headings count ("après deux ans"), else
    the last year that the act can look back on, from the plan's first where a heading says that all of it is reviewed.
    """
    day = act.session_date or act.signed_on
    # an act of the last quarter reports on the year that ends
    last = None if day is None else day.year if day.month >= 10 else day.year - 1
    runs_on = named is not None and named.end is not None and last is not None and named.end.year > last
    if named is not None and not (runs_on and named.start != named.end):
        return named
    spoken = spoken_period(headings, last) if last is not None else None
    if labelled or spoken or named is None:
        return labelled or spoken
    if last is None or named.start is None or named.start.year > last:
        return named
    start = named.start if any(looks_far_back(heading) for heading in headings) else dt.date(last, 1, 1)
    return Period(start=start, end=dt.date(last, 12, 31))


def _has_blocks(outline: Outline) -> bool:
    """Whether any label of the document says what is done or to come."""
    return any(
        priority.blocks or any(e.blocks for e in priority.engagements)
        for ambition in outline.ambitions
        for priority in ambition.priorities
    )


def _labelled_period(outline: Outline) -> Period | None:
    """The time that the labels of what was done name, from the first to the last."""
    blocks = [
        block
        for ambition in outline.ambitions
        for priority in ambition.priorities
        for blocks in (priority.blocks, *(e.blocks for e in priority.engagements))
        for block in blocks
        if block.status == "réalisé" and block.period is not None
    ]
    starts = [b.period.start for b in blocks if b.period and b.period.start]
    ends = [b.period.end for b in blocks if b.period and b.period.end]
    return Period(start=min(starts), end=max(ends)) if starts and ends else None


def _act_words(review: _Review, act: DeliberationFacts, report: ReportFacts, assembler: Assembler) -> list[Aside]:
    """Words of the act and its report: those that fields of the plan were read from are in the plan, the rest is "report"."""
    for role, found in act.used.items():
        if role not in ("considering", "stamp", "rest"):
            assembler.used.update((w.page, w.index) for w in found)
    stamp: list[Word] = list(act.used.get("stamp", ()))
    asides = [Aside(w.page, (w,), "stamp") for w in stamp]
    return asides + [Aside(line.page, line.words, "report") for line in (*review.act, *review.report)]


def _document(act: DeliberationFacts, pages: PageSource, data: bytes, name: str | None) -> Document:
    return Document(
        number=act.number,
        title=act.title,
        collectivity=act.collectivity,
        session_date=act.session_date,
        signed_on=act.signed_on,
        legal_basis=list(act.legal_basis),
        decision=list(act.decision),
        signatories=list(act.signatories),
        votes=act.votes or Votes(),
        transmission=act.transmission or Transmission(),
        source=Source(name=name, sha256=hashlib.sha256(data).hexdigest(), media_type=pages.media_type, pages=pages.page_count),
    )


def _of_stamp(act: DeliberationFacts) -> list[PlanWarning]:
    """What does not hold together in the identifier that the prefecture's stamp prints."""
    identifier = act.transmission.id if act.transmission else None
    problems = parse_stamp_id(identifier).problems if identifier else ()
    return [PlanWarning(code="stamp_id", message=f"tampon de la préfecture : {problem}") for problem in problems]


def _nothing_found(ambitions: Sequence[Ambition]) -> list[PlanWarning]:
    """A warning where the document shows no engagement and no block: perhaps it is no review, or needs a profile."""
    if any(p.engagements or p.blocks for a in ambitions for p in a.priorities):
        return []
    return [PlanWarning(code="no_plan", message="ni engagement ni action trouvés : ce document n'est peut-être pas un bilan")]


def _warnings(outline: Outline, layouts: Sequence[PageLayout], lost: list[PlanWarning]) -> list[PlanWarning]:
    out = [PlanWarning(code=d.code, message=d.message, page=d.page) for d in outline.doubts]
    for layout in layouts:
        if not layout.regions and not layout.hidden:
            out.append(PlanWarning(code="page_without_text", message="page sans texte", page=layout.number))
        broken = sum(
            "\ufffd" in w.text and len(w.text) > 1 for region in layout.regions for line in region.lines for w in line.words
        )
        if broken:
            out.append(
                PlanWarning(
                    code="unreadable_font",
                    message=f"{broken} mots dont la police ne dit pas les lettres : la page demande une reconnaissance (OCR)",
                    page=layout.number,
                )
            )
    return out + lost
