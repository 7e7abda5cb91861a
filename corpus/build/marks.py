"""The marked edition: every text in the colour of its key, and where the characters of each key stand.

A document is typeset twice, as it is published and marked. Colour changes no layout, so the marked edition tells to
which text each character of the published one belongs. `read_places` checks that both hold the same characters in the
same places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

from bilan_extract.reading.with_pdfplumber import complete_metrics

# LibreOffice spaces a justified line anew where the colour changes: by less than this, in points
SHIFT = 8.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Mark:
    """Whether the edition being typeset is the marked one, and the colour each key has in it."""

    on: bool

    def rgb(self, key: int) -> tuple[int, int, int]:
        """The colour of a key, 0..255 each; never a grey, never one of the layouts' own."""
        return 1 + key % 200, 1 + key // 200, 250

    def hex(self, key: int) -> str:
        """The colour of a key as "#rrggbb"."""
        return "#{:02x}{:02x}{:02x}".format(*self.rgb(key))


def key_of(colour: Any) -> int | None:
    """The key whose colour this is (components 0..1), or None."""
    if not isinstance(colour, tuple) or len(colour) != 3:
        return None
    red, green, blue = (int(round(255 * part)) for part in colour)
    if blue != 250 or not 1 <= red <= 200 or not 1 <= green <= 60:
        return None
    return (red - 1) + 200 * (green - 1)


@dataclass(frozen=True)
class Glyph:
    """One character of the published edition: page from 1, box in points from the top left."""

    page: int
    box: Box
    text: str
    key: int | None


@dataclass(frozen=True)
class PrintedWord:
    """One word as pdfplumber joins it."""

    page: int
    box: Box
    text: str
    key: int | None


@dataclass
class Places:
    """All glyphs and words of a document, and its number of pages."""

    glyphs: list[Glyph]
    words: list[PrintedWord]
    pages: int

    def of(self, *keys: int) -> list[Glyph]:
        """The glyphs of these keys, key by key, each in the order of the content stream."""
        return [glyph for key in keys for glyph in self.by_key.get(key, [])]

    def __post_init__(self) -> None:
        self.by_key: dict[int, list[Glyph]] = {}
        for glyph in self.glyphs:
            if glyph.key is not None and glyph.text.strip():
                self.by_key.setdefault(glyph.key, []).append(glyph)


def read_places(published: Path, marked: Path) -> Places:
    """Where the text of every key stands in the published edition.

    Raises:
        ValueError: the two editions differ in a character or in its place.
    """
    complete_metrics()
    glyphs: list[Glyph] = []
    words: list[PrintedWord] = []
    with pdfplumber.open(published) as clean, pdfplumber.open(marked) as coloured:
        if len(clean.pages) != len(coloured.pages):
            raise ValueError(f"{published.name}: {len(clean.pages)} pages, {len(coloured.pages)} marked")
        for number, (page, twin) in enumerate(zip(clean.pages, coloured.pages, strict=True), start=1):
            one, two = page.chars, twin.chars
            if [c["text"] for c in one] != [c["text"] for c in two]:
                raise ValueError(f"{published.name} page {number}: the editions hold different characters")
            for char, other in zip(one, two, strict=True):
                if abs(char["x0"] - other["x0"]) > SHIFT or abs(char["top"] - other["top"]) > 0.3:
                    raise ValueError(f"{published.name} page {number}: {char['text']!r} moved")
                glyphs.append(Glyph(number, _box(char), char["text"], key_of(other["non_stroking_color"])))
            for word in twin.extract_words(return_chars=True):
                keys = [key_of(char["non_stroking_color"]) for char in word["chars"]]
                words.append(
                    PrintedWord(number, _box(word), word["text"], next((k for k in keys if k is not None), None))
                )
        return Places(glyphs, words, len(clean.pages))


def _box(thing: dict[str, Any]) -> Box:
    return thing["x0"], thing["top"], thing["x1"], thing["bottom"]


def regions(glyphs: list[Glyph]) -> list[dict[str, Any]]:
    """Tight boxes around glyphs in reading order: one a page, and one more wherever the text jumps up the page."""
    groups: list[list[Glyph]] = []
    for glyph in glyphs:
        last = groups[-1][-1] if groups else None
        if last is None or last.page != glyph.page or _jumps(last, glyph):
            groups.append([])
        groups[-1].append(glyph)
    return [{"page": group[0].page, "bbox": union([glyph.box for glyph in group])} for group in groups]


def _jumps(last: Glyph, glyph: Glyph) -> bool:
    height = max(last.box[3] - last.box[1], glyph.box[3] - glyph.box[1])
    return glyph.box[1] < last.box[1] - 1.5 * height


def union(boxes: Sequence[Sequence[float]]) -> list[float]:
    """The box around boxes, to a tenth of a point."""
    return [
        round(min(b[0] for b in boxes), 1),
        round(min(b[1] for b in boxes), 1),
        round(max(b[2] for b in boxes), 1),
        round(max(b[3] for b in boxes), 1),
    ]


def letters(text: str) -> str:
    """The text without spaces and hyphens, to compare what was printed with what was meant."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", unicodedata.normalize("NFKC", text))
