"""Nouns on the way in: what a reader gives and what layout makes of it.

Coordinates are PDF points from the page's top left, x to the right and y down; pages count from 1;
text offsets are half-open. Every box is ``(x0, top, x1, bottom)``. This is said here once and holds everywhere.
All of these are frozen: a stage returns new values and never writes into what it was given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

Box = tuple[float, float, float, float]
Color = tuple[int, int, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word:
    """One run of characters without white space, as printed.

    Attributes:
        text: the characters, ligatures resolved, soft hyphens kept as "-" at a line end and dropped elsewhere.
        page: number of the page, from 1.
        x0, top, x1, bottom: box tight around the characters, in points.
        font: font name without the subset prefix ("Lato-Bold").
        size: size as set on the page (nominal size times text matrix), in points.
        bold, italic: as told by the font's name or flags.
        color: fill colour as sRGB 0..255, or None where it cannot be known.
        index: place in the page's content stream, from 0.
        upright: False for text set at 90 degrees.
        hidden: why no one can see it ("same colour", "off page", "tiny", "repeat") or None.
        confidence: 0..1 from OCR, None for digital text.
        mark: the bullet that is drawn, not written, in front of the word: "•", "◦" (hollow), "▪", or None.
    """

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    font: str = ""
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    color: Color | None = None
    index: int = 0
    upright: bool = True
    hidden: str | None = None
    confidence: float | None = None
    mark: str | None = None

    @property
    def box(self) -> Box:
        """The word's box in points."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Shape:
    """One drawn path or picture, reduced to its box.

    Attributes:
        kind: "rect" (four sides), "curve" (rounded box or other path), "line" (a rule) or "image".
        fill, stroke: sRGB colours, None where not painted.
        line_width: in points.
    """

    kind: str
    x0: float
    top: float
    x1: float
    bottom: float
    fill: Color | None = None
    stroke: Color | None = None
    line_width: float = 0.0

    @property
    def box(self) -> Box:
        """The shape's box in points."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a reader gives it: words in content-stream order and shapes in paint order.

    Attributes:
        number: from 1, the source's own count.
        width, height: in points, after the page's own rotation; None where the source has no geometry.
        source: "digital", "ocr", "text", "image" (a picture without text) or "stamp only".
    """

    number: int
    width: float | None
    height: float | None
    words: tuple[Word, ...]
    shapes: tuple[Shape, ...] = ()
    source: str = "digital"
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line of one column, from left to right.

    Attributes:
        text: the words joined by single spaces.
        size: of the widest share of the line, in points.
    """

    words: tuple[Word, ...]
    x0: float = field(init=False)
    top: float = field(init=False)
    x1: float = field(init=False)
    bottom: float = field(init=False)
    text: str = field(init=False, compare=False, repr=False)
    size: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        words, put = self.words, object.__setattr__
        if len(words) == 1:  # in a designed page every third line is one word
            (word,) = words
            put(self, "size", word.size)
            put(self, "x0", word.x0)
            put(self, "top", word.top)
            put(self, "x1", word.x1)
            put(self, "bottom", word.bottom)
            put(self, "text", word.text)
            return
        sizes = [w.size for w in words]
        alike = sizes.count(sizes[0]) == len(sizes)
        put(self, "size", sizes[0] if alike else dominant((w.size, len(w.text)) for w in words))
        put(self, "x0", min([w.x0 for w in words]))
        put(self, "top", min([w.top for w in words]))
        put(self, "x1", max([w.x1 for w in words]))
        put(self, "bottom", max([w.bottom for w in words]))
        put(self, "text", " ".join([w.text for w in words]))

    @property
    def page(self) -> int:
        """Number of the page the line stands on."""
        return self.words[0].page

    @property
    def box(self) -> Box:
        """The line's box in points."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def bold(self) -> bool:
        """True where most of the line is bold."""
        return sum([len(w.text) if w.bold else -len(w.text) for w in self.words]) > 0

    @property
    def italic(self) -> bool:
        """True where most of the line is italic."""
        return sum([len(w.text) if w.italic else -len(w.text) for w in self.words]) > 0

    @property
    def color(self) -> Color | None:
        """Colour of the widest share of the line."""
        first = self.words[0].color
        if len({w.color for w in self.words}) == 1:
            return first
        known = [(w.color, len(w.text)) for w in self.words if w.color is not None]
        return dominant(known) if known else None


@dataclass(frozen=True, slots=True)
class Frame:
    """A box, a table cell or a small label box, as drawn; frames nest.

    Attributes:
        id: place among the page's frames; ``parent`` is the id of the frame around it, or None.
        kind: "box", "tab" (a small box on another's edge or inside its head) or "cell".
        table, row, column: of a cell: which table of the page, and where in it, from 0; else None, 0, 0.
    """

    id: int
    box: Box
    fill: Color | None
    stroke: Color | None
    kind: str = "box"
    parent: int | None = None
    table: int | None = None
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """One run of lines in one column of one frame (or of the bare page), as a person reads it.

    Attributes:
        frame: the innermost frame around the lines, None on the bare page.
        rule: name of the rule that put it where it stands in the order.
    """

    page: int
    lines: tuple[Line, ...]
    frame: Frame | None
    rule: str

    @property
    def box(self) -> Box:
        """Tight around the lines."""
        return union(line.box for line in self.lines)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """A page taken apart: regions in reading order, the frames, pictures, and the words no one can see."""

    number: int
    width: float | None
    height: float | None
    regions: tuple[Region, ...]
    frames: tuple[Frame, ...] = ()
    pictures: tuple[Box, ...] = ()
    hidden: tuple[Word, ...] = ()
    source: str = "digital"


def dominant(weighted: Iterable[tuple[T, int]]) -> T:
    """The value with the greatest total weight, the first seen on a tie."""
    totals: dict[T, int] = {}
    for value, weight in weighted:
        totals[value] = totals.get(value, 0) + weight
    return max(totals, key=lambda value: totals[value])


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of ``boxes``. Raises ValueError where there is none."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return (min(x0), min(top), max(x1), max(bottom))
