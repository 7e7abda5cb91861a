"""A text layer without geometry: pages of lines in content-stream order, as `pdftotext -raw` and the like leave them."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from bilan_extract.document import Page, Word
from bilan_extract.errors import NoPagesError
from bilan_extract.patterns import lazy
from bilan_extract.reading.text_columns import has_columns, in_reading_order

_FEED = "\x0c"
_BLANKS = 3  # so many empty lines in a row end a page
# "p.3", "Page 4/12", "- 5 -", "Bilan 2024          p. 6", "| 2", "7 | Page", "Plan vélo [4]", "Diapo 12", "3 / 9"
_FOLIO = lazy(
    r"(?:^|\s)(?:(?:p|page|diapo|diapositive|feuillet)[. ]{0,2}\d{1,3}(?:\s?(?:/|sur|de)\s?\d{1,3})?"
    r"|[-–—|#·]\s?\d{1,3}(?:\s?[-–—|])?"
    r"|\d{1,3}(?:\s?(?:/|sur)\s?\d{1,3}|\s\|\spage)|\[\d{1,3}\])\s*$",
    re.IGNORECASE,
)
# "Axe 2 : Se loger", "PRIORITÉ 3", "Objectif n°4 – Bouger": a capital word and its number open the line
_NUMBERED = lazy(r"^\s*[A-ZÀ-Ý]\w+ (?:n\s?° ?)?\d{1,2}\s*(?:[:–—-]|$)")


def looks_like_text(data: bytes) -> bool:
    """Whether the bytes are text: UTF-8, UTF-16 or one of the usual Western encodings, with hardly any control characters."""
    head = data[:65536]
    if _wide(head) is not None:
        head = _decoded(head[: len(head) // 4 * 4]).encode("utf-8")
    if b"\x00" in head:
        return False
    control = sum(b < 32 and b not in (9, 10, 12, 13) for b in head)
    return control * 100 <= len(head)


def decode(data: bytes) -> str:
    """The text in NFC, ligatures resolved, from UTF-8 or UTF-16 (with or without mark) or else a Western encoding of one byte
    a character: of those the one that gives it more letters that French has."""
    text = _decoded(data)
    return unicodedata.normalize("NFC", re.sub("[\ufb00-\ufb06]", lambda m: unicodedata.normalize("NFKC", m[0]), text))


def _decoded(data: bytes) -> str:
    wide = _wide(data)
    if wide is not None:
        return data.decode(wide, errors="replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        read = [data.decode(name, errors="replace") for name in ("cp1252", "mac_roman")]
        return max(read, key=lambda text: sum(map(text.count, "éèêàçùâîôûëïœÉÀ’«»")))  # the first of two that are as good


def _wide(data: bytes) -> str | None:
    """The encoding of text in units of two or four bytes, told by its mark or by its every other byte being 0; else None."""
    for mark, name in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
                       (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if data.startswith(mark):
            return name
    head = data[:4096]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = head[offset::2], head[1 - offset :: 2]
        if len(head) >= 8 and high.count(0) >= 0.9 * len(high) and low.count(0) == 0:
            return name
    return None


class TextSource:
    """A text layer as a source of pages whose words have no boxes.

    A word's ``top`` counts its line (a blank line leaves a gap), so that lines and runs of lines can be told apart.
    """

    media_type = "text/plain"
    producer = ""

    def __init__(self, data: bytes) -> None:
        self._pages = split_pages(decode(data))
        if has_columns(self._pages):
            self._pages = [in_reading_order(page) for page in self._pages]
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
        self._heads = _heads(strips, self._running)

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
        had, has, ended = self._has_running(page), self._has_running(strip), bool(_FOLIO.search(last))
        if has or (had and ended):
            return had or ended or _bare(first) in self._heads
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


def _heads(strips: Sequence[_Strip], running: set[str]) -> set[str]:
    """Running lines that nearly always come first: a page's head, which the stream writes before its text."""
    all_of = Counter(_bare(line) for strip in strips for line in strip.filled)
    first = Counter(_bare(strip.filled[0]) for strip in strips)
    return {line for line in running if first[line] >= 0.9 * all_of[line]}


def _bare(line: str) -> str:
    """A line to compare by: "Le plan | page 7" and "Le plan | page 8" are one."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


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
