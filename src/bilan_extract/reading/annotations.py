"""The words that annotations show: the prefecture's stamp is often one, and no reader of page text sees it."""

from __future__ import annotations

from dataclasses import replace

from bilan_extract.document import Page, Word
from bilan_extract.errors import InputError
from bilan_extract.reading.render import Renderer


def with_annotations(page: Page, renderer: Renderer) -> Page:
    """The page with the words of its annotations after its own: stamps, typed notes, filled fields."""
    added = annotation_words(page, renderer)
    return replace(page, words=(*page.words, *added)) if added else page


def annotation_words(page: Page, renderer: Renderer) -> tuple[Word, ...]:
    """The words that the page's annotations show, in points of the page, numbered on after its own."""
    alone = renderer.annotations(page.number)
    if alone is None:
        return ()
    from bilan_extract.reading.with_pdfplumber import PdfplumberSource

    try:
        source = PdfplumberSource(alone)
        shown = next(source.pages())
        source.close()
    except InputError:  # an annotation that cannot be read is not the page's text
        return ()
    first = 1 + max((w.index for w in page.words), default=-1)
    return tuple(
        replace(w, page=page.number, index=first + k)
        for k, w in enumerate(shown.words)
        if w.hidden in (None, "same colour")  # its ground lies on the page, not on the annotation
    )
