"""The outline: what was found, nested, with the lines it was found in and the rule that decided it.

Nodes are built up by `nesting` and read by `assembly`; nothing else writes to them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bilan_extract.document import Box, Frame, Line, Region, Word
from bilan_extract.plan import Period, Status


@dataclass(slots=True)
class Chunk:
    """Lines of one column that belong to one node, in reading order."""

    region: Region
    lines: list[Line]


@dataclass(slots=True)
class BlockNode:
    """A status block; ``label_lines`` are the label's own lines (none where the label was taken from a column head)."""

    status: Status
    label: str | None
    period: Period | None
    rule: str
    label_lines: list[Line] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    frame: Frame | None = None
    page: int = 0


@dataclass(slots=True)
class EngagementNode:
    """One commitment. ``title_lines`` come first in its text, after what the heading numbers it with."""

    rule: str
    title: str | None = None
    title_lines: list[Line] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    blocks: list[BlockNode] = field(default_factory=list)
    frame: Frame | None = None
    page: int = 0


@dataclass(slots=True)
class FocusNode:
    """A box that tells one action at length."""

    rule: str
    label: str | None = None
    title_lines: list[Line] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    frame: Frame | None = None


@dataclass(slots=True)
class PriorityNode:
    """The middle level."""

    number: int | None
    label: str | None
    title: str | None
    rule: str
    title_lines: list[Line] = field(default_factory=list)
    engagements: list[EngagementNode] = field(default_factory=list)
    blocks: list[BlockNode] = field(default_factory=list)
    focus: list[FocusNode] = field(default_factory=list)
    page: int = 0


@dataclass(slots=True)
class AmbitionNode:
    """The upper level."""

    number: int | None
    label: str | None
    title: str | None
    rule: str
    title_lines: list[Line] = field(default_factory=list)
    introduction: list[Chunk] = field(default_factory=list)
    priorities: list[PriorityNode] = field(default_factory=list)
    page: int = 0


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that are in no node, and why."""

    page: int
    words: tuple[Word, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning in the making."""

    code: str
    message: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a run of lines was taken for, and by which rule: shown by `inspect`."""

    page: int
    box: Box
    role: str
    rule: str


@dataclass(slots=True)
class Outline:
    """Everything segmentation found in one document."""

    ambitions: list[AmbitionNode] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
