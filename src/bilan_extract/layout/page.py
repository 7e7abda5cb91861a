"""One page, from words and shapes to regions in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bilan_extract.document import Line, Page, PageLayout, Region, Word
from bilan_extract.layout.bullets import mark_bullets
from bilan_extract.layout.frames import find_frames, find_pictures
from bilan_extract.layout.middles import Middles
from bilan_extract.layout.open_tables import Memory
from bilan_extract.layout.order import PageOrder
from bilan_extract.layout.rules import find_lines
from bilan_extract.patterns import lazy

# "1", "(2)", "*", "12)"
_CALL = lazy(r"^\(?(?:\d{1,2}|\*{1,3})\)?$")


def lay_out(page: Page, memory: Memory | None = None) -> PageLayout:
    """Regions of ``page`` in reading order, with its frames, pictures and hidden words.

    ``memory`` tells tables that run over a page end: one object a document, its pages in order.
    """
    every = _mark_notes(page.words)
    hidden = tuple(w for w in every if w.hidden is not None)
    words = mark_bullets([w for w in every if w.hidden is None], page.shapes)
    if page.width is None:
        return PageLayout(page.number, None, None, _stream_regions(page), source=page.source, hidden=hidden)
    middles = Middles(words)
    frames, inner = find_frames(page, words, memory, middles)
    regions = PageOrder(page.number, words, frames, inner, find_lines(page.shapes)[1]).regions()
    return PageLayout(page.number, page.width, page.height, regions, frames, find_pictures(page, middles), hidden, page.source)


def _mark_notes(words: Sequence[Word]) -> list[Word]:
    """Raised small numbers and stars behind a word call a note: they are no part of the text (hidden as "note")."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        raised = (
            last is not None
            and 0 < word.size <= 0.8 * last.size
            and _CALL.match(word.text) is not None
            and word.bottom < last.bottom - 0.08 * last.size
            and -1 <= word.x0 - last.x1 <= 0.3 * last.size
            and word.hidden is None
        )
        out.append(replace(word, hidden="note") if raised else word)
    return out


def _stream_regions(page: Page) -> tuple[Region, ...]:
    """Regions of a page without geometry: its runs of lines between blank ones (the reader leaves a gap in ``top``)."""
    out: list[list[Line]] = []
    line: list[Word] = []
    last_top = None
    for word in page.words:
        if last_top is not None and word.top != last_top:
            out[-1].append(Line(tuple(line)))
            line = []
            if word.top - last_top > 1:
                out.append([])
        if not out:
            out.append([])
        line.append(word)
        last_top = word.top
    if line:
        out[-1].append(Line(tuple(line)))
    return tuple(Region(page.number, tuple(lines), None, "stream order") for lines in out if lines)
