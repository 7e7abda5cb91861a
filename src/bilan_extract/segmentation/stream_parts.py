"""Parts of pages without geometry: the nouns that `stream_cut` makes of a text layer's lines, and what can be asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bilan_extract.document import Line
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label
from bilan_extract.segmentation.levels import Key

# kinds of parts that are no text of the plan, and what they are set aside as
FURNITURE = {
    "running_head": "running_head",
    "footer": "footer",
    "page_number": "page_number",
    "table_of_contents": "table_of_contents",
    "marks": "label",
    "heads": "label",
    "table": "table",
    "note": "note",
    "caption": "caption",
    "quote": "quote",
}
_BULLET = lazy(r"^(?:[▸•●▪■◦○*>➢➤❖·‣⁃\uf000-\uf0ff–—-]|\d{1,2}[.)]|[a-z]\))\s")
# words that no text ends with
_WANTING_LIST = """
à au aux avec ce ces cette chaque d dans de des dont du elle en entre et il ils la le les leur leurs l lors mais ni notre nos
où ou par pour qu que qui sa sans se ses son sous sur un une vers
"""
_WANTING = frozenset(_WANTING_LIST.split())
COUNTED = "a number alone over its title"
# dots behind an entry of the contents
DOTTED = lazy(r"(?:\.\s?){4,}\s*\d{0,3}\s*$|…{2,}\s*\d{0,3}\s*$")
# dot leaders and the page number behind them: "Axe 2 Se loger ........ 14"
_LEADERS = lazy(r"[\s.…]{2,}\d{0,3}\s*$|\s\d{1,3}\s*$")


@dataclass(slots=True)
class Part:
    """Consecutive lines of one page that are one thing.

    Attributes:
        kind: "text", "heading" (data: Heading), "label" (data: Label), "title", "commitment", "told" and the like, or one for
            which `FURNITURE` gives the reason for setting it aside.
        gap: a blank line or the page's head stands before it.
        title: of a heading, its full title.
    """

    page: int
    kind: str
    lines: list[Line]
    data: Heading | Label | None = None
    gap: bool = True
    title: str = ""
    rule: str = ""

    @property
    def text(self) -> str:
        """The lines joined by spaces, a hyphen at a line end closed up."""
        return closed_up(line.text for line in self.lines)

    @property
    def bulleted(self) -> bool:
        """Whether it opens with a list mark."""
        return is_bulleted(self.text)


def closed_up(lines: Iterable[str]) -> str:
    """Lines joined by spaces, a hyphen at a line end closed up before a small letter (good enough to compare by)."""
    out = ""
    for line in lines:
        if out.endswith("-") and not out.endswith(" -") and line[:1].islower():
            out = out[:-1] + line
        else:
            out = f"{out} {line}" if out else line
    return out


def without_leaders(title: str) -> str:
    """A title of the contents without dots and page number behind it."""
    return _LEADERS.sub("", title)


def wants_more(text: str) -> bool:
    """Whether a text ends in a word, hyphen or open bracket behind which something has to come."""
    last = re.split(r"[\s’']", text.rstrip())[-1].lower()
    return last in _WANTING or last[-1:] in "-«("


def is_bulleted(text: str) -> bool:
    """Whether a text opens with a bullet or the number of a list."""
    return bool(_BULLET.match(text))


@dataclass(slots=True)
class Parts:
    """The parts of all pages, and what the headings among them are.

    Attributes:
        pages: parts of each page in stream order, by page number.
        role_of: for each heading word "ambition", "priority" or "engagement".
        announced: titles that contents and lists give for each heading, in their order.
    """

    pages: dict[int, list[Part]] = field(default_factory=dict)
    role_of: dict[str, str] = field(default_factory=dict)
    announced: dict[Key, list[str]] = field(default_factory=dict)

    def all(self) -> Iterator[Part]:
        """Every part, page after page."""
        for parts in self.pages.values():
            yield from parts


def joined(parts: Sequence[Part]) -> Iterator[Part]:
    """Text parts that no blank line and nothing else keeps apart, as one."""
    last: Part | None = None
    for part in parts:
        if last is not None and last.kind == part.kind == "text" and not part.gap:
            last.lines += part.lines
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


__all__ = [
    "COUNTED",
    "DOTTED",
    "FURNITURE",
    "Part",
    "Parts",
    "closed_up",
    "is_bulleted",
    "joined",
    "wants_more",
    "without_leaders",
]
