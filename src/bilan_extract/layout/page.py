"""One page, from words and shapes to regions in reading order."""

from __future__ import annotations

from bilan_extract.document import Line, Page, PageLayout, Region
from bilan_extract.layout.frames import find_frames, find_pictures
from bilan_extract.layout.order import PageOrder


def lay_out(page: Page) -> PageLayout:
    """Regions of ``page`` in reading order, with its frames, pictures and hidden words."""
    hidden = tuple(w for w in page.words if w.hidden is not None)
    words = [w for w in page.words if w.hidden is None]
    if page.width is None:
        return PageLayout(page.number, None, None, _stream_regions(page), source=page.source, hidden=hidden)
    frames, inner = find_frames(page, words)
    regions = PageOrder(page.number, words, frames, inner).regions()
    return PageLayout(
        page.number, page.width, page.height, regions, frames, find_pictures(page, words), hidden, page.source
    )


def _stream_regions(page: Page) -> tuple[Region, ...]:
    """Regions of a page without geometry: its runs of lines between blank ones (the reader leaves a gap in ``top``)."""
    out: list[list[Line]] = []
    line: list = []
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
