"""Nouns on the way out: the plan, field by field as docs/contract.md describes it. Imports nothing of ours.

Keys are English, texts are the document's French. Every key is always present: unknown is ``None``, none is ``[]``.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

Status = Literal["réalisé", "à venir"]
Bbox = tuple[float, float, float, float]
Span = tuple[int, int]
CorrectedField = Literal["status", "engagement", "text", "value", "date", "delete", "add"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=False)


class Region(_Model):
    """A place on a page: box tight around the characters, in PDF points from the page's top left."""

    page: Annotated[int, Field(ge=1, description="from 1, the PDF's own count")]
    bbox: Annotated[Bbox | None, Field(description="[x0, top, x1, bottom], null where the source has no geometry")]


class Period(_Model):
    """A span of days, both ends included; an open end is null."""

    start: dt.date | None
    end: dt.date | None


class Figure(_Model):
    """A quantity that the text states."""

    text: Annotated[str, Field(description="the words as they stand, a substring of the owner's text")]
    span: Annotated[Span, Field(description="half-open offsets in the owner's text")]
    kind: Literal["count", "money", "percentage", "fraction", "duration", "measure"]
    value: float
    value_max: Annotated[float | None, Field(description='upper end of "entre 200 et 250"')] = None
    unit: Annotated[str | None, Field(description="ISO 4217, %, h, jour, m², or the thing counted, singular")] = None
    bound: Literal["exact", "about", "at_least", "at_most", "between"] = "exact"


class Date(_Model):
    """A time that the text states."""

    text: Annotated[str, Field(description="the words as they stand, a substring of the owner's text")]
    span: Annotated[Span, Field(description="half-open offsets in the owner's text")]
    start: dt.date | None
    end: dt.date | None
    edtf: Annotated[str, Field(description="ISO 8601-2 / EDTF")]
    approximate: bool = False
    inferred: Annotated[
        Literal["block", "document"] | None, Field(description="what the missing part was taken from")
    ] = None


class Item(_Model):
    """One statement of a block: a paragraph, a list entry with what is nested under it, or a lead-in."""

    kind: Literal["paragraph", "bullet", "lead_in"]
    text: str
    stage: Literal["achevé", "en cours", "prévu"] | None = None
    stage_score: float | None = None
    figures: list[Figure] = []
    dates: list[Date] = []
    regions: list[Region] = []


class Block(_Model):
    """One labelled box, column, cell or section of what was done or what comes next."""

    status: Status
    label: str | None
    period: Period | None
    items: list[Item] = []
    regions: list[Region] = []
    inferred: Annotated[
        bool, Field(description="true where no label says the status and the statements themselves decided it")
    ] = False


class Engagement(_Model):
    """One commitment as the document sets it off."""

    id: Annotated[str, Field(description='"1.2": priority number, rank in the priority')]
    text: Annotated[str, Field(description="paragraphs and list entries, one a line")]
    figures: list[Figure] = []
    dates: list[Date] = []
    blocks: list[Block] = []
    progress: Literal["réalisé", "en cours", "à venir"] | None = None
    progress_from: Annotated[
        list[tuple[int, int]], Field(description="the statements that decided progress: block and item, from 0")
    ] = []
    regions: list[Region] = []


class Focus(_Model):
    """The box that tells one action at length."""

    title: str | None
    text: str
    figures: list[Figure] = []
    dates: list[Date] = []
    regions: list[Region] = []


class Priority(_Model):
    """The middle level, whatever the document calls it."""

    number: int | None
    label: str | None
    title: str | None
    engagements: list[Engagement] = []
    blocks: Annotated[list[Block], Field(description="those that belong to no engagement")] = []
    focus: list[Focus] = []
    regions: list[Region] = []


class Ambition(_Model):
    """The upper level, whatever the document calls it; number and title null where there is none."""

    number: int | None
    label: str | None
    title: str | None
    introduction: str | None = None
    priorities: list[Priority] = []
    regions: list[Region] = []


class ReportedProgress(_Model):
    """What the report itself claims about its progress."""

    text: str
    status: Literal["réalisé", "en cours", "à venir"] | None
    share: Annotated[float | None, Field(description="0..1")] = None
    count: float | None = None
    regions: list[Region] = []


class Progress(_Model):
    """Counts of engagements by what their blocks and statements show."""

    engagements: int
    realised: int
    ongoing: int
    upcoming: int
    unknown: int


class PlanWarning(_Model):
    """What a reader must check by eye."""

    code: str
    message: str
    page: int | None = None


class Coverage(_Model):
    """Counts of the source's words: in_plan and set_aside add up to words."""

    words: int
    in_plan: int
    set_aside: int


class SetAside(_Model):
    """Words of the source that are in no element of the plan, and why."""

    page: int
    bbox: Bbox | None
    reason: Literal[
        "running_head",
        "footer",
        "page_number",
        "caption",
        "table_of_contents",
        "label",
        "cover",
        "stamp",
        "table",
        "note",
        "quote",
        "repeat",
        "hidden",
        "report",
        "unclaimed",
    ]
    text: str


class Reference(_Model):
    """A text that a "Vu" relies on."""

    kind: Literal["code", "law", "deliberation", "decree", "order", "other"]
    name: str | None = None
    number: str | None = None
    articles: list[str] = []
    date: dt.date | None = None


class LegalBasis(_Model):
    """One "Vu …", without its closing semicolon."""

    text: str
    references: list[Reference] = []


class DecisionArticle(_Model):
    """One article of the decision."""

    number: Annotated[str | None, Field(description='"1", "unique"')]
    text: str


class Signatory(_Model):
    """Who signed, and in what quality."""

    name: str
    role: str | None = None


class Votes(_Model):
    """The vote as stated; null where it is not."""

    members: int | None = None
    present: int | None = None
    voters: int | None = None
    for_: Annotated[int | None, Field(alias="for")] = None
    against: int | None = None
    abstentions: int | None = None
    unanimous: bool | None = None

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Transmission(_Model):
    """What the prefecture's stamp or note says."""

    id: str | None = None
    sent_on: dt.date | None = None
    received_on: dt.date | None = None
    published_on: dt.date | None = None


class Source(_Model):
    """The file the plan was made from."""

    name: str | None
    sha256: str
    media_type: str
    pages: int


class Document(_Model):
    """The deliberation that carries the plan."""

    number: str | None = None
    title: Annotated[str | None, Field(description="the object, on one line")] = None
    collectivity: Annotated[str | None, Field(description="as written")] = None
    session_date: dt.date | None = None
    signed_on: dt.date | None = None
    legal_basis: list[LegalBasis] = []
    decision: list[DecisionArticle] = []
    signatories: list[Signatory] = []
    votes: Votes = Votes()
    transmission: Transmission = Transmission()
    source: Source


class NewFigure(_Model):
    """A quantity that a person found in a text; fields as of a `Figure`."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[str, Field(min_length=1, description="the words as they stand in the text")]
    kind: Literal["count", "money", "percentage", "fraction", "duration", "measure"]
    value: Annotated[float, Field(allow_inf_nan=False)]
    value_max: Annotated[float | None, Field(allow_inf_nan=False)] = None
    unit: str | None = None
    bound: Literal["exact", "about", "at_least", "at_most", "between"] = "exact"


class NewDate(_Model):
    """A time that a person found in a text."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[str, Field(min_length=1, description="the words as they stand in the text")]
    date: Annotated[str, Field(description="ISO 8601-2 / EDTF: 2025-06-14, 2025-06/2025-09, ../2027")]


class AppliedCorrection(_Model):
    """One decision of a person, kept with the plan."""

    target: Annotated[str, Field(description="stable id of what was corrected, in the plan as it was then")]
    field: CorrectedField
    source_text: Annotated[str, Field(description="the text the decision was made on")]
    before: Annotated[str | float, Field(description="what stood there; of delete the words, of add nothing")]
    after: Annotated[str | float | NewFigure | NewDate, Field(description="what stands there; of delete nothing")]
    decided_by: Literal["human"] = "human"
    note: str | None = None
    step: Annotated[int, Field(ge=1, description="decided on the plan as the steps before this one left it")] = 1


class PageOrigin(_Model):
    """Where the text of one page comes from, and how sure its recognition is."""

    page: Annotated[int, Field(ge=1, description="from 1, the PDF's own count")]
    source: Literal["digital", "ocr", "text", "image", "stamp only"]
    confidence: Annotated[float | None, Field(description="mean confidence of recognised words, 0..1")] = None


class Plan(_Model):
    """One document's plan: ambitions, priorities, engagements, and for each what was done and what comes next."""

    schema_version: Literal["1.0"] = "1.0"
    document: Document
    title: Annotated[str | None, Field(description="the plan's own name")] = None
    period: Annotated[Period | None, Field(description="the period reported on")] = None
    ambitions: list[Ambition] = []
    reported_progress: list[ReportedProgress] = []
    warnings: list[PlanWarning] = []
    progress: Progress | None = None
    coverage: Coverage
    set_aside: list[SetAside] = []
    corrections: Annotated[list[AppliedCorrection], Field(description="what a person decided, in order")] = []
    pages: Annotated[list[PageOrigin], Field(description="where each page's text comes from")] = []

    def to_json(self, *, indent: int | None = 1) -> str:
        """The plan as JSON text: keys in the contract's order, French letters as they are, one newline at the end."""
        return self.model_dump_json(indent=indent, by_alias=True, ensure_ascii=False) + "\n"
