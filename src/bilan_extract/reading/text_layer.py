"""A text layer without geometry: pages of lines in content-stream order, as `pdftotext -raw` and the like leave them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilan_extract.document import Page, Word
from bilan_extract.errors import NoPagesError

# a page begins at a form feed, at a line that begins with a space (the dump's own mark), or after three blank lines
_FEED = "\x0c"


def looks_like_text(data: bytes) -> bool:
    """Whether the bytes are text: no NUL, and UTF-8 or one of the usual Western encodings."""
    head = data[:65536]
    if b"\x00" in head:
        return False
    control = sum(b < 32 and b not in (9, 10, 12, 13) for b in head)
    return control * 100 <= len(head)


def decode(data: bytes) -> str:
    """The text, from UTF-8 (with or without mark) or else Windows-1252."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class TextSource:
    """A text layer as a source of pages whose words have no boxes.

    A word's ``top`` counts its line (a blank line leaves a gap), so that lines and runs of lines can be told apart.
    """

    media_type = "text/plain"
    producer = ""

    def __init__(self, data: bytes) -> None:
        self._pages = split_pages(decode(data))
        self.page_count = len(self._pages)
        if not self._pages:
            raise NoPagesError("le texte est vide")

    def pages(self) -> Iterator[Page]:
        """The pages in order."""
        for number, lines in enumerate(self._pages, 1):
            yield _page(number, lines)

    def close(self) -> None:
        """Nothing to let go of."""


def split_pages(text: str) -> list[list[str]]:
    """Pages as lists of lines; blank lines kept as empty strings."""
    if _FEED in text:
        pages = [page.split("\n") for page in text.split(_FEED)]
        return [page for page in pages if any(line.strip() for line in page)]
    pages = [[]]
    blank = 0
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            blank += 1
            pages[-1].append("")
            continue
        fresh = blank >= 3 or (line.startswith(" ") and not line.startswith("  ") and _may_start(pages[-1]))
        if fresh and any(entry.strip() for entry in pages[-1]):
            pages.append([])
        pages[-1].append(line)
        blank = 0
    return [page for page in pages if any(entry.strip() for entry in page)]


def _may_start(page: list[str]) -> bool:
    """A single leading space opens a page where the page so far has more than a line or two."""
    return sum(bool(line.strip()) for line in page) >= 1


def _page(number: int, lines: list[str]) -> Page:
    words = []
    for top, line in enumerate(lines):
        for text in re.split(r"\s+", line.replace("\u00ad", "-").strip()):
            if text:
                words.append(Word(text, number, 0.0, float(top), 0.0, float(top), index=len(words)))
    return Page(number, None, None, tuple(words), source="text")
