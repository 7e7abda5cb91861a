"""The reader that is used unless another is asked for: the fast one, and pdfplumber where it fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bilan_extract.document import Page
from bilan_extract.errors import EncryptedError, InputError, NotAPdfError

if TYPE_CHECKING:
    from bilan_extract.reading.with_pdfium import PdfiumSource
    from bilan_extract.reading.with_pdfplumber import PdfplumberSource


class Fallback(NamedTuple):
    """What the slow reader had to be called for: becomes a warning of the plan. ``page`` is None for the whole file."""

    code: str
    message: str
    page: int | None


class AutoSource:
    """A PDF read with pdfium, page by page with pdfplumber where pdfium cannot.

    Attributes:
        notes: what pdfium could not read, complete once all pages are read.
        bare: numbers of the pages read that are known to carry no annotation.

    Raises:
        EncryptedError: a password is needed, or the one given is wrong.
        NotAPdfError: neither reader can read the bytes.
        NoPagesError: the document has no page.
    """

    media_type = "application/pdf"

    def __init__(self, data: bytes, *, password: str | None = None) -> None:
        from bilan_extract.reading.with_pdfium import PdfiumSource

        self.notes: list[Fallback] = []
        self.bare: set[int] = set()
        self._data, self._password = data, password
        self._fast: PdfiumSource | None = None
        self._slow: PdfplumberSource | None = None
        opened: PdfiumSource | PdfplumberSource
        try:
            self._fast = PdfiumSource(data, password=password)
        except EncryptedError:
            raise
        except (InputError, OSError, ImportError) as error:
            opened = self._careful()
            self._note(None, error)
        else:
            opened = self._fast
            self.bare = opened.bare
        self.page_count, self.producer = opened.page_count, opened.producer

    def pages(self) -> Iterator[Page]:
        """The pages in order; a page that neither reader can read raises NotAPdfError with its number."""
        for number in range(1, self.page_count + 1):
            yield self.page(number)

    def page(self, number: int) -> Page:
        """The page of that number, from 1. Raises NotAPdfError where neither reader can read it."""
        if self._fast is None:
            return self._careful().page(number)
        try:
            return self._fast.page(number)
        except NotAPdfError as error:
            page = self._careful().page(number)
            self._note(number, error)
            return page

    def close(self) -> None:
        """Lets go of the file."""
        for source in (self._fast, self._slow):
            if source is not None:
                source.close()

    def _careful(self) -> PdfplumberSource:
        if self._slow is None:
            from bilan_extract.reading.with_pdfplumber import PdfplumberSource

            self._slow = PdfplumberSource(self._data, password=self._password)
        return self._slow

    def _note(self, page: int | None, error: Exception) -> None:
        message = f"lu avec pdfplumber, plus lent : pdfium n'y est pas parvenu ({error})"
        self.notes.append(Fallback("reader_fallback", message, page))
