"""A text layer without geometry: pages of lines in content-stream order, as `pdftotext -raw` and the like leave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bilan_extract.document import Page, Word
from bilan_extract.errors import NoPagesError
from bilan_extract.patterns import lazy

_FEED = "\x0c"
_BLANKS = 3  # so many empty lines in a row end a page
# "p.3", "Page 4/12", "- 5 -", "Bilan 2024          p. 6"
_FOLIO = lazy(r"(?:^|\s)(?:p(?:age|\.)?\s?\d{1,3}(?:\s?(?:/|sur)\s?\d{1,3})?|[-–—]\s?\d{1,3}\s?[-–—])\s*$", re.IGNORECASE)
# "Axe 2 : Se loger", "PRIORITÉ 3", "Objectif n°4 – Bouger": a capital word and its number open the line
_NUMBERED = lazy(r"^\s*[A-ZÀ-Ý]\w+ (?:n\s?° ?)?\d{1,2}\s*(?:[:–—-]|$)")


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
        if not any(line.strip() for page in self._pages for line in page):
            raise NoPagesError("le texte est vide")

    def pages(self) -> Iterator[Page]:
        """The pages in order."""
        for number, lines in enumerate(self._pages, 1):
            yield _page(number, lines)

    def close(self) -> None:
        """Nothing to let go of."""


def split_pages(text: str) -> list[list[str]]:
    """Pages as lists of lines; blank lines kept as empty strings.

    Form feeds are page ends and nothing else is (a page between two of them may be empty). Without them three blank lines
    end a page for certain, and a line that begins with one space may open one: see `_Pages`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # pdfium writes a noncharacter for the hyphen at a line end, and closes the line up: "nou\ufffeveaux"
    text = re.sub("\ufffe\n?", "-\n", text)
    if _FEED in text:
        pages = text.split(_FEED)
        if not pages[-1].strip():
            pages.pop()
        return [_lines(page) for page in pages]
    return _Pages(_strips(_lines(text))).pages()


def _lines(text: str) -> list[str]:
    return [line if line.strip() else "" for line in text.split("\n")]


class _Strip:
    """Lines between two places where a page may begin; ``certain`` where three blank lines stand before it."""

    def __init__(self, certain: bool) -> None:
        self.certain = certain
        self.lines: list[str] = []

    @property
    def filled(self) -> list[str]:
        return [line for line in self.lines if line]


def _strips(lines: Sequence[str]) -> list[_Strip]:
    """The text cut wherever a page may begin."""
    filled = [line for line in lines if line]
    spaced = sum(_one_space(line) for line in filled)
    marks = spaced * 4 <= len(filled)  # where every other line begins with a space, a space is no mark
    out = [_Strip(True)]
    blank = 0
    for line in lines:
        if not line:
            blank += 1
            out[-1].lines.append(line)
            continue
        if out[-1].filled and (blank >= _BLANKS or (marks and _one_space(line))):
            out.append(_Strip(blank >= _BLANKS))
        out[-1].lines.append(line)
        if _closes_contents(out[-1].filled):
            out.append(_Strip(True))
        blank = 0
    return [strip for strip in out if strip.filled]


def _one_space(line: str) -> bool:
    return line.startswith(" ") and not line.startswith("  ")


def _closes_contents(lines: Sequence[str]) -> bool:
    """A page number under a list of numbered headings ends that page, however the dump goes on."""
    return bool(_FOLIO.search(lines[-1])) and sum(bool(_NUMBERED.match(line)) for line in lines) >= 5


class _Pages:
    """Decides which of the strips open a page.

    A dump may put a space before a column or box as well as before a page. What tells them apart are the lines that
    stand once on most pages (running heads, wherever in the stream they come): a page has its set of them once, so
    that a strip with none of its own carries on the page that has them, and one with a set of its own completes a page
    that has none yet.
    """

    def __init__(self, strips: Sequence[_Strip]) -> None:
        self._strips = strips
        self._running = _running_lines(strips)

    def pages(self) -> list[list[str]]:
        out: list[_Strip] = []
        for strip in self._strips:
            if out and not strip.certain and not self._opens(out[-1], strip):
                out[-1].lines += ["", *strip.lines]
            else:
                page = _Strip(strip.certain)
                page.lines = list(strip.lines)
                out.append(page)
        return [page.lines for page in out]

    def _opens(self, page: _Strip, strip: _Strip) -> bool:
        first, last = strip.filled[0].strip(), page.filled[-1].rstrip()
        had, has = self._has_running(page), self._has_running(strip)
        if has:
            return had
        if had:
            return bool(_in_capitals(first) or (_NUMBERED.match(first) and not first[-1].isdigit()))
        if len(page.filled) <= 3:  # a title page's first lines
            return False
        return last[-1] not in ";:,-" and not first[0].islower()

    def _has_running(self, strip: _Strip) -> bool:
        return any(_bare(line) in self._running for line in strip.lines)


def _running_lines(strips: Sequence[_Strip]) -> set[str]:
    """Lines that many strips have, hardly ever twice: running heads and feet, not the labels of boxes."""
    where: Counter[str] = Counter()
    twice: Counter[str] = Counter()
    for strip in strips:
        for line, n in Counter(_bare(line) for line in strip.filled).items():
            where[line] += 1
            twice[line] += n > 1
    least = max(3, 0.15 * len(strips))
    return {line for line, n in where.items() if n >= least and twice[line] <= 0.05 * n and len(line) > 3}


def _bare(line: str) -> str:
    return " ".join(line.split())


def _in_capitals(line: str) -> bool:
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 8 and all(c.isupper() for c in letters)


def _page(number: int, lines: Sequence[str]) -> Page:
    words: list[Word] = []
    for top, line in enumerate(lines):
        shown = re.sub("\u00ad(?=\\S)", "", line.strip()).replace("\u00ad", "-")  # a soft hyphen counts at a line end only
        for text in shown.split():
            words.append(Word(text, number, 0.0, float(top), 0.0, float(top), index=len(words)))
    return Page(number, None, None, tuple(words), source="text")
