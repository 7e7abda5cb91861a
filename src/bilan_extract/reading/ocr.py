"""Scans read like other pages: a source around another that puts recognised words where a page has only a picture.

A page that lies askew is given as if it lay straight, so that its lines are level for layout; ``skews`` leads boxes back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from bilan_extract.document import Page, Word
from bilan_extract.errors import NotAPdfError, UsageError
from bilan_extract.reading import open_source
from bilan_extract.reading.annotations import with_annotations
from bilan_extract.reading.doubts import Note, mean_confidence, notes_on, repaired
from bilan_extract.reading.page_kind import DIGITAL, LAYER, STAMP_ONLY, UNREADABLE, kind_of, picture_share
from bilan_extract.reading.render import Renderer
from bilan_extract.reading.skew import Skew
from bilan_extract.reading.source import PageSource
from bilan_extract.reading.tesseract import OcrUnavailableError, missing

if TYPE_CHECKING:
    from bilan_extract.reading.type_sizes import Sizes

Mode = Literal["auto", "off", "force"]
FindStamp = Callable[[Sequence[Word]], Collection[int]]

DPI = 300


def read_with_ocr(
    data: bytes,
    name: str | None = None,
    *,
    password: str | None = None,
    reader: str = "auto",
    mode: str = "auto",
    find_stamp: FindStamp | None = None,
) -> PageSource:
    """A source whose scanned pages are read by OCR; digital pages come through as their reader gives them.

    Args:
        data, name, password, reader: as for `open_source`.
        mode: "auto" recognises the pages that need it, "off" none, "force" all of them.
        find_stamp: tells which of a page's words (by place) are the prefecture's stamp, which says nothing about the page.

    Returns:
        An `OcrSource` for a PDF that can be drawn, else the plain source.

    Raises:
        InputError: no reader can make anything of the bytes.
        OcrUnavailableError: mode "force" on a machine without tesseract or its French.
        UsageError: no such mode.
    """
    if mode not in ("auto", "off", "force"):
        raise UsageError(f"mode de reconnaissance inconnu : {mode} (auto, off ou force)")
    source = open_source(data, name, password=password, reader=reader)
    if source.media_type != "application/pdf":
        return source
    try:
        why = missing() if mode == "force" else None
        if why is not None:
            raise OcrUnavailableError(f"reconnaissance de caractères impossible : {why}")
        try:
            renderer = Renderer(data, password)
        except NotAPdfError:  # pdfium cannot open what another reader can: read without pictures
            if mode == "force":
                raise
            return source
        return OcrSource(source, renderer, mode, find_stamp or (lambda words: ()))
    except Exception:
        source.close()
        raise


class OcrSource:
    """A PDF whose pages are read by OCR where they need it.

    Attributes:
        notes: what a person should check, complete once all pages are read.
        skews: by number, the pages that lie askew; their words and shapes are given as if they lay straight.
    """

    def __init__(self, source: PageSource, renderer: Renderer, mode: str, find_stamp: FindStamp) -> None:
        self._source, self._renderer, self._mode, self._find_stamp = source, renderer, mode, find_stamp
        self.page_count, self.media_type, self.producer = source.page_count, source.media_type, source.producer
        self.notes: list[Note] = []
        self.skews: dict[int, Skew] = {}
        self._sizes: Sizes | None = None
        self._unread: list[int] = []
        self._layers: list[int] = []

    def pages(self) -> Iterator[Page]:
        """The pages in order.

        Raises:
            InputError: a page cannot be read.
            OcrUnavailableError: no page holds text, some need OCR, and this machine has none.
            OcrFailedError: tesseract gave up.
        """
        text = False
        bare: Collection[int] = getattr(self._source, "bare", ())
        for page in self._source.pages():
            page = self._read(page if page.number in bare else with_annotations(page, self._renderer))
            text = text or (page.source != STAMP_ONLY and any(w.hidden is None for w in page.words))
            yield page
        self._conclude(text)

    def close(self) -> None:
        """Lets go of the file."""
        self._renderer.close()
        self._source.close()

    def _read(self, page: Page) -> Page:
        if page.width is None or page.height is None:
            return page
        stamp = frozenset(self._find_stamp(page.words)) if any("fecture" in w.text for w in page.words) else frozenset()
        many = picture_share(page) >= 0.6 and bool(page.words)
        kind = kind_of(page, stamp, unseen=many and self._renderer.text_unseen(page.number))
        if kind == LAYER and self._mode != "force":
            from bilan_extract.reading.scan import read_layer
            from bilan_extract.reading.type_sizes import Sizes

            self._layers.append(page.number)
            self._sizes = self._sizes or Sizes()
            read, skew = read_layer(page, stamp, self._renderer, self._sizes, DPI)
            return self._finish(read, skew)
        if kind == DIGITAL and self._mode != "force":
            return page
        if self._mode == "off" or missing() is not None:
            if self._mode != "off":
                self._unread.append(page.number)
            return replace(page, source=kind if kind in (DIGITAL, STAMP_ONLY) else "image")
        return self._recognise(page, kind, stamp)

    def _recognise(self, page: Page, kind: str, stamp: frozenset[int]) -> Page:
        """The page with what OCR reads; of its own words the stamp's are kept, and those set beside a scan."""
        from bilan_extract.reading.scan import read_scan
        from bilan_extract.reading.type_sizes import Sizes

        self._sizes = self._sizes or Sizes()
        digital = kind == DIGITAL
        kept = stamp if digital or kind in (UNREADABLE, LAYER) else range(len(page.words))
        own = tuple(page.words[i] for i in sorted(kept))
        text = digital or kind == UNREADABLE
        read, skew = read_scan(replace(page, words=own), self._renderer, self._sizes, DPI, text=text)
        done = self._finish(read, skew)
        self.notes += [
            Note("ocr_number_repaired", f"« {was} » lu comme « {now} », d'après les autres chiffres du document", page.number)
            for was, now in self._sizes.digits.told
        ]
        self._sizes.digits.told.clear()
        # a picture on which nothing was read stays what it was: the stamp's own words are none of the page's
        return replace(done, source=STAMP_ONLY) if kind == STAMP_ONLY and done.confidence is None else done

    def _finish(self, page: Page, skew: Skew | None) -> Page:
        """Numbers repaired, doubts noted."""
        read = any(w.confidence is not None for w in page.words)
        # beside recognised words stand words of the page itself, which are as printed
        own = [w for w in page.words if w.hidden is None and (w.confidence is not None or not read)]
        mended, notes = repaired(own)
        changed = {w.index: w for w in mended}
        words = tuple(changed.get(w.index, w) for w in page.words)
        confidence = mean_confidence(words)
        self.notes += notes + notes_on(words, page.number, confidence)
        if skew is not None:
            self.skews[page.number] = skew
        seen = any(w.hidden is None for w in words)
        return replace(page, words=words, confidence=confidence, source="ocr" if seen else "image")

    def _conclude(self, text: bool) -> None:
        self.notes += [Note(*note) for note in getattr(self._source, "notes", ())]
        if self._layers:
            self.notes.append(
                Note(
                    "ocr_layer",
                    f"{_pages(self._layers)} : texte d'une reconnaissance faite avant, de qualité inconnue "
                    "(relire l'image : --ocr force)",
                    self._layers[0],
                )
            )
        if not self._unread:
            return
        why = missing() or ""
        if not text:
            raise OcrUnavailableError(f"le document est un scan et {why}")
        self.notes.append(
            Note(
                "ocr_unavailable",
                f"{_pages(self._unread)} : image sans texte, non lue car {why} ; {OcrUnavailableError.remedy}",
                self._unread[0],
            )
        )


def _pages(numbers: Sequence[int]) -> str:
    """[3] → "page 3"; [3, 4, 5, 9] → "pages 3-5, 9"."""
    spans: list[list[int]] = []
    for n in sorted(numbers):
        if spans and n == spans[-1][1] + 1:
            spans[-1][1] = n
        else:
            spans.append([n, n])
    text = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)
    return f"page{'s' if len(numbers) > 1 else ''} {text}"
