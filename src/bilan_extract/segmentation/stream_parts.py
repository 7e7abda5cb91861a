"""Parts of pages without geometry: what each line of a text layer is, from its words, its neighbours and its repetitions.

Nothing sets a heading off in such text but that it stands on a line of its own, that the contents announce it, or that it
comes again. A dump may glue a heading to the title before it ("Se loger mieux.Priorité 2") or two labels to one line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bilan_extract.document import Line, PageLayout, Region
from bilan_extract.layout.running import PAGE_NUMBER
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label, Words, fold, numbered_title
from bilan_extract.segmentation.levels import Key
from bilan_extract.segmentation.marking import _NO_LEVEL, _WORD_NUMBER

_STATUS = ("realised", "upcoming")
_BULLET = lazy(r"^(?:[▸•●▪■◦○*>➢➤❖·‣⁃\uf000-\uf0ff–—-]|\d{1,2}[.)]|[a-z]\))\s")
# "Bilan du plan 2024      p.6"
_FOLIO = lazy(r"\s(?:p|page)\s?\.?\s?\d{1,3}$", re.IGNORECASE)
# dot leaders and the page number behind them: "Axe 2 Se loger ........ 14"
_LEADERS = lazy(r"[\s.…]{2,}\d{0,3}\s*$|\s\d{1,3}\s*$")


@dataclass(slots=True)
class Part:
    """Consecutive lines of one page that are one thing.

    Attributes:
        kind: "text", "heading" (data: Heading), "label" (data: Label), "title", "running_head", "footer", "page_number" or
            "table_of_contents".
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


# -- lines ------------------------------------------------------------------------
def cut_pages(layouts: Sequence[PageLayout], words: Words) -> Parts:
    """Every page cut into parts by its lines alone; levels and titles are for `stream_headings` to find."""
    found = Parts()
    running = _running(layouts, words)
    repeated = _repeated_labels(layouts, words)
    for layout in layouts:
        parts: list[Part] = []
        for region in layout.regions:
            parts += _cut_region(region, words, running, repeated)
        found.pages[layout.number] = parts
    return found


def running_lines(layouts: Sequence[PageLayout], words: Words) -> dict[int, str]:
    """For each running line (by ``id(line)``) "running_head" or "footer", as `find_running` gives them for pages that
    have a geometry."""
    running = _running(layouts, words)
    return {
        id(line): "footer" if _FOLIO.search(line.text) else "running_head"
        for layout in layouts
        for region in layout.regions
        for line in region.lines
        if _bare(line) in running
    }


def _bare(line: Line) -> str:
    return re.sub(r"\d+", "#", fold(line.text))


def _running(layouts: Sequence[PageLayout], words: Words) -> set[str]:
    """Lines (folded, numbers as #) that stand on many pages, once on each, and are no label.

    Words of a label are running too where the same running line always stands beside them ("Plan vélo", "Bilan 2024").
    """
    pages: defaultdict[str, set[int]] = defaultdict(set)
    count: Counter[str] = Counter()
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    labels: set[str] = set()
    heads: set[str] = set()  # and focus labels, that stand once on a page by nature
    for layout in layouts:
        lines = [line for region in layout.regions for line in region.lines]
        bare = [_bare(line) for line in lines]
        for i, (line, key) in enumerate(zip(lines, bare, strict=True)):
            pages[key].add(layout.number)
            count[key] += 1
            beside[key].update({*bare[max(0, i - 1) : i], *bare[i + 1 : i + 2]})
            label = words.label(line.text)
            if _may_head(line.text, words) or (label is not None and label.role == "focus"):
                heads.add(key)
            elif label is not None:
                labels.add(key)
    least = 2 if 2 <= len(layouts) <= 6 else 3
    often = {k for k, on in pages.items() if len(on) >= least and count[k] <= 1.1 * len(on) and len(k) > 3}
    wide = max(least, 0.15 * len(layouts))
    plain = {k for k in often - labels - heads if len(pages[k]) >= wide or _FOLIO.search(k.replace("#", "1"))}
    paired = {
        k
        for k in (often & labels) - heads
        if any(n >= 0.8 * count[k] and other in plain and len(pages[k]) >= 3 for other, n in beside[k].items())
    }
    return plain | paired


def _may_head(text: str, words: Words) -> bool:
    """Whether a line could be a heading of any form: it may come again and is no running line for that."""
    return words.heading(text) is not None or numbered_title(text) is not None or words.role_of(fold(text)) is not None


def _repeated_labels(layouts: Sequence[PageLayout], words: Words) -> set[str]:
    """Folded labels that fill a line, or stand before a colon, at least twice."""
    seen: Counter[str] = Counter()
    for layout in layouts:
        for region in layout.regions:
            for line in region.lines:
                head = line.text.partition(" :")[0].partition(":")[0]
                if len(head) <= 60 and (head[:1].isupper() or not head[:1].isalpha()) and words.label(head) is not None:
                    seen[fold(head)] += 1
    return {text for text, n in seen.items() if n >= 2}


def _cut_region(region: Region, words: Words, running: set[str], repeated: set[str]) -> list[Part]:
    out: list[Part] = []
    before: Line | None = None
    last: Heading | None = None
    width = max(len(line.text) for line in region.lines)
    for line in region.lines:
        free = before is None or _finished(before, width) or words.announces(before.text) or _counts_on(last, line, words)
        for part in _read_line(line, words, running, repeated, free):
            part.gap = not out
            last = part.data if isinstance(part.data, Heading) else last
            if part.kind == "text" and out and out[-1].kind == "text":
                out[-1].lines += part.lines
            else:
                out.append(part)
        before = line if out[-1].kind == "text" else None
    return out


def _counts_on(last: Heading | None, line: Line, words: Words) -> bool:
    """Whether a line is the heading that comes next after ``last``: "Priorité 3 : …" below "Priorité 2 : …,"."""
    heading = words.heading(line.text) if last is not None else None
    if heading is None or last is None or heading.number is None or last.number is None:
        return False
    return heading.word == last.word and heading.number == last.number + 1


def _finished(line: Line, width: int) -> bool:
    """Whether what follows a line may be something new: it ends a sentence, or was left short without a hyphen."""
    text = line.text.rstrip("»”\") ")
    return text[-1:] in ".!?:;…" or (len(text) < 0.75 * width and text[-1:] not in ",-’'")


def _read_line(line: Line, words: Words, running: set[str], repeated: set[str], free: bool) -> list[Part]:
    page, text = line.page, line.text
    if PAGE_NUMBER.match(text):
        return [Part(page, "page_number", [line], rule="page number alone")]
    if _bare(line) in running:
        return [Part(page, "footer" if _FOLIO.search(text) else "running_head", [line], rule="line of many pages")]
    two = _two_labels(line, words)
    if two:
        return two
    label = words.label(text)
    if label is not None and _is_label(label, text, repeated, free):
        return [Part(page, "label", [line], label, rule=label.rule)]
    inline = _inline_label(line, words, repeated, free)
    if inline:
        return inline
    heading = words.heading(text)
    if heading is not None and heading.path and text[:1].isupper() and (free or not heading.title):
        return [Part(page, "heading", [line], heading, title=heading.title, rule="level word and number")]
    if free and words.role_of(fold(text)) is not None and text[:1].isupper():
        return [Part(page, "bare", [line], Heading(fold(text), None, (), text.strip(), ""), rule="level word alone")]
    glued = _glued(line, words)
    if glued:
        return glued
    numbered = numbered_title(text) if free and len(text) <= 140 and text.rstrip()[-1:] not in ".;,:" else None
    if numbered is not None and not re.fullmatch(r"[a-h]|\d{3,}", numbered.label):
        title = without_leaders(numbered.title)
        return [Part(page, "numbered", [line], numbered, title=title, rule="number and title")]
    return [Part(page, "text", [line])]


def _is_label(label: Label, text: str, repeated: set[str], free: bool) -> bool:
    """A label stands alone on its line, with a capital or a mark; a line end in running text makes none."""
    if text[:1].islower() or text.rstrip()[-1:] in ".,;" or is_bulleted(text) or label.role == "other":
        return False
    return free or fold(text) in repeated


def _two_labels(line: Line, words: Words) -> list[Part]:
    """Two labels of boxes side by side that the dump wrote on one line."""
    for k in range(1, len(line.words)):
        left, right = Line(line.words[:k]), Line(line.words[k:])
        first, second = words.label(left.text), words.label(right.text)
        if first is None or second is None or not right.text[:1].isupper() or not left.text[:1].isupper():
            continue
        roles = {first.role, second.role}
        if roles == set(_STATUS) or ("engagement" in roles and roles & set(_STATUS)):
            return [Part(line.page, "label", [piece], found) for piece, found in ((left, first), (right, second))]
    return []


def _inline_label(line: Line, words: Words, repeated: set[str], free: bool) -> list[Part]:
    """"Réalisé : le texte", where the document does so again and again."""
    if not free or ":" not in line.text[:60]:
        return []
    for k, word in enumerate(line.words[:-1]):
        if not word.text.endswith(":"):
            continue
        head = Line(line.words[: k + 1])
        label = words.label(head.text.rstrip(" :"))
        if label is not None and label.role in (*_STATUS, "engagement") and fold(label.text) in repeated:
            rest = Part(line.page, "text", [Line(line.words[k + 1 :])])
            return [Part(line.page, "label", [head], label, rule="label before a colon"), rest]
        return []
    return []


def _glued(line: Line, words: Words) -> list[Part]:
    """A heading without title that the dump glued to the end of a line: "Se loger mieux.Priorité 2"."""
    for k in range(len(line.words) - 1, max(-1, len(line.words) - 4), -1):
        word = line.words[k]
        for cut in range(1, len(word.text)):
            if not word.text[cut].isupper() or word.text[cut - 1].isupper() or word.text[cut - 1] in "-'’/":
                continue
            tail = replace(word, text=word.text[cut:])
            after = Line((tail, *line.words[k + 1 :]))
            heading = words.heading(after.text)
            if heading is not None and heading.path and not heading.title:
                head = replace(word, text=word.text[:cut])
                title = Part(line.page, "text", [Line((*line.words[:k], head))])
                return [title, Part(line.page, "heading", [after], heading, rule="glued to its title")]
    return []


def taught_words(layouts: Sequence[PageLayout], words: Words) -> list[str]:
    """Level words that the profile does not know: they stand with a number at the head of short lines, counting up."""
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for layout in layouts:
        for line in (line for region in layout.regions for line in region.lines):
            match = _WORD_NUMBER.match(line.text)
            if match is None or len(line.text) > 100 or line.text.rstrip()[-1:] in ".,;" or words.label(line.text) is not None:
                continue
            word = fold(match["word"])
            if words.role_of(word) is None and word not in _NO_LEVEL:
                seen[word].add(match["number"])
    return [word for word, numbers in seen.items() if len(numbers) >= 3 and numbers & {"1", "1.1", "I", "A", "01"}]


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
    "Part",
    "Parts",
    "closed_up",
    "cut_pages",
    "is_bulleted",
    "joined",
    "running_lines",
    "taught_words",
    "without_leaders",
]
