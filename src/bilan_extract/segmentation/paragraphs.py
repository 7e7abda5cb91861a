"""From the lines of one node to its paragraphs and list entries.

A new entry begins at a bullet, after a gap wider than the usual line distance, or where a line ends a sentence although the
next line's first word would still have fitted on it: then the writer, not the margin, broke it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bilan_extract.document import Line, Region, Word
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.outline import Chunk

# private-use glyphs are Wingdings and Symbol bullets of word processors
_GLYPHS = "\ufffd›▸▹▻⮞➣✦★☆◾◽⚫⁌✱✚•●▪■◦○▫□–—‒*>➢➤►▶❖✓✔☑✅❑❒·∙‣⁃→➔➜⇒»※◆◇♦-−✗✘☐▢⏳"
_GLYPH = lazy(rf"^[{re.escape(_GLYPHS)}\uf000-\uf0ff]{{1,2}}$")
_STUCK = lazy(rf"^[{re.escape(_GLYPHS.replace('»', '').replace('*', ''))}\uf000-\uf0ff](?=[^\W\d_]{{2}}|[«“\"])")
_ROUND = frozenset({"o", "O", "§", "Ø", "ü", "v", "q", "l"})  # bullets of symbol fonts read as letters
_SYMBOLS = lazy(r"wingdings|webdings|dingbats|symbol", re.IGNORECASE)
# "1.", "2)", "a)", "1°"
_COUNTER = lazy(r"^(?:\d{1,2}[.)°]|[a-h][.)]|\(\d{1,2}\))$")
# "Axe 1 -", "Étape 2 :", "Phase 3 –": entries that count themselves in words
_COUNTED = lazy(r"^(?:Axe|Étape|Etape|Phase|Lot|Volet|Niveau|Atelier|Temps)\s+(?:\d{1,2}|[IVX]+)\s*[-–—:]\s")
_FULL_STOP = ".!?…"


@dataclass(slots=True)
class Row:
    """One printed line of an entry without its bullet, and where it stands."""

    words: tuple[Word, ...]
    region: Region


@dataclass(slots=True)
class Entry:
    """A paragraph or list entry.

    Attributes:
        kind: "paragraph", "bullet" or "lead_in".
        parts: its text lines, the entry's own first and then one for each entry nested under it; each a list of rows.
        marks: the bullets taken off.
    """

    kind: str
    parts: list[list[Row]] = field(default_factory=list)
    marks: list[Word] = field(default_factory=list)

    @property
    def words(self) -> list[Word]:
        """All words without the bullets."""
        return [w for part in self.parts for row in part for w in row.words]


@dataclass(slots=True)
class _Line:
    line: Line
    chunk: int
    region: Region
    left: float
    right: float
    pitch: float
    justified: bool
    steady: bool
    mark: str | None
    mark_words: tuple[Word, ...]
    rest: tuple[Word, ...]
    text: str  # of the rest


def entries(chunks: Sequence[Chunk]) -> list[Entry]:
    """Entries of a node, in order. Bullet marks are taken off; the numbers of a numbered list stay in the text."""
    if all(w.x1 <= w.x0 for chunk in chunks for line in chunk.lines for w in line.words):  # a text without geometry
        from bilan_extract.segmentation.stream_entries import stream_entries

        return stream_entries(chunks)
    lines = [made for k, chunk in enumerate(chunks) for made in _prepare(chunk, k, chunks[k - 1] if k else None)]
    counted = sum(bool(_COUNTED.match(line.text)) for line in lines) >= 2
    out: list[Entry] = []
    outer: float | None = None
    outer_mark = ""
    last: _Line | None = None
    for k, line in enumerate(lines):
        mark = line.mark or ("counted" if counted and _COUNTED.match(line.text) else None)
        row = Row(line.rest, line.region)
        indent = line.line.x0 - line.left
        if mark is not None and _opens(mark, line, last, out):
            nested = (
                bool(out)
                and out[-1].kind == "bullet"
                and outer is not None
                and (mark != outer_mark or (indent > outer + 6 and _announces(out[-1])))
                and not (mark == "counter" and last is not None and last.text.rstrip()[-1:] in _FULL_STOP)
                and (indent > outer + 4 or outer_mark == "counted" or _deeper(outer_mark, mark, indent - outer))
            )
            if nested:
                out[-1].parts.append([row])
            else:
                out.append(Entry("bullet", [[row]]))
                outer, outer_mark = indent, mark
            out[-1].marks += line.mark_words
        elif last is None or not out or _outdented(out[-1], last, line) or _breaks(last, line):
            if last is not None and out and _set_in(lines, k):
                out[-1].parts.append([row])
            else:
                out.append(Entry("paragraph", [[row]]))
            row.words = line.mark_words + line.rest
        else:
            row.words = line.mark_words + line.rest
            out[-1].parts[-1].append(row)
        last = line
    return _lead_ins(out)


def _announces(entry: Entry) -> bool:
    """Whether entries in the same bullet, set in deeper, may lie under this one: it ends in a colon, or holds some already."""
    return len(entry.parts) > 1 or entry.words[-1].text.endswith(":")


def _opens(mark: str, line: _Line, last: _Line | None, out: list[Entry]) -> bool:
    """Whether a mark at a line's head is one: not the dash or number in the middle of a sentence."""
    if last is None or not out:
        return True
    tail = last.text.rstrip()[-1:]
    if mark == "»":  # closes what an earlier line opened
        said = " ".join(w.text for w in out[-1].words)
        return said.count("«") <= said.count("»")
    if mark == "counter":
        gap = line.line.top - last.line.bottom > 1.3 * (last.pitch - last.line.size) if last.chunk == line.chunk else True
        return tail in ".;:,!?…" or gap or not line.text[:1].islower()
    if mark in "–—-−":
        inside = tail.isalnum() and line.text[:1].islower() and abs(line.line.x0 - last.line.x0) < 3
        return not (inside and all(m.text not in "–—-−" for m in out[-1].marks) and out[-1].kind != "bullet")
    return True


def _set_in(lines: Sequence[_Line], k: int) -> bool:
    """Whether a paragraph begins at line ``k`` that is set in, every line of it, under the one before: nested, not new."""
    last, line = lines[k - 1], lines[k]
    after = lines[k + 1] if k + 1 < len(lines) else None
    if after is None or not last.chunk == line.chunk == after.chunk or last.mark or after.mark or last.text.endswith(":"):
        return False
    step = line.line.x0 - last.line.x0
    ragged = any(abs(other.line.x0 - last.line.x0) > 1.5 for other in lines[max(k - 3, 0) : k] if other.chunk == line.chunk)
    return 8 <= step <= 60 and abs(after.line.x0 - line.line.x0) <= 1.5 and not ragged and not _breaks(line, after)


def _outdented(entry: Entry, last: _Line, line: _Line) -> bool:
    """After a bullet with a hanging indent, a line that starts under the bullet itself is a paragraph again."""
    if entry.kind != "bullet" or last.chunk != line.chunk or not entry.marks:
        return False
    hung = len(entry.parts[-1]) > 1 and entry.parts[-1][-1].region is line.region
    mark = entry.marks[-1]
    return hung and mark.page == line.line.page and last.line.x0 > mark.x0 + 3 and line.line.x0 <= mark.x0 + 1.5


def _deeper(outer: str, mark: str, step: float) -> bool:
    """The same depth on paper, but a lesser bullet under a greater one ("•" then "-" or "o")."""
    rank = {"•": 0, "●": 0, "■": 0, "❖": 0, "➢": 1, "–": 1, "-": 1, "—": 1, "o": 1, "○": 1, "◦": 1, ">": 1, "*": 1, "+": 1}
    return step > -2 and rank.get(outer, 0) < rank.get(mark, 0) and step > 2


def _prepare(chunk: Chunk, number: int, before: Chunk | None) -> list[_Line]:
    lines = chunk.lines
    left = min(line.x0 for line in lines)
    if before is not None:  # a list that goes on over a page end keeps its depth
        other = min(line.x0 for line in before.lines)
        left = other if 0 < left - other < 60 else left
    right = max(max(line.x1 for line in lines), max(line.x1 for line in chunk.region.lines))
    size = lines[0].size
    alike = [line for line in chunk.region.lines if abs(line.size - size) <= 0.3]
    pitch, steady = _pitch(lines if len(lines) >= 3 else alike or lines)
    full = sum(line.x1 >= right - 1.5 for line in lines)
    justified = len(lines) >= 5 and full * 2 >= len(lines)
    out = []
    for line in lines:
        mark, marks, rest = _split_mark(line)
        text = " ".join([w.text for w in rest])
        out.append(_Line(line, number, chunk.region, left, right, pitch, justified, steady, mark, marks, rest, text))
    return out


def _pitch(lines: Sequence[Line]) -> tuple[float, bool]:
    """The usual distance of two lines' feet, in points, and whether at least two of them are the same to half a point."""
    size = max(line.size for line in lines) or 10.0
    steps = [
        b.bottom - a.bottom for a, b in zip(lines, lines[1:], strict=False) if 0.8 * size <= b.bottom - a.bottom <= 2.2 * size
    ]
    if not steps:
        return 1.5 * size, False
    least = min(steps)
    return least, sum(step <= least + 0.5 for step in steps) >= 2


def _split_mark(line: Line) -> tuple[str | None, tuple[Word, ...], tuple[Word, ...]]:
    words = line.words
    first = words[0].text
    if words[0].mark is not None and not _GLYPH.match(first):
        return words[0].mark, (), words
    if len(words) > 1 and (_GLYPH.match(first) or (len(first) == 1 and _symbol(words))):
        return first[0], words[:1], words[1:]
    if len(words) > 1 and first == "+" and words[1].text[:1].isalpha():
        return first, words[:1], words[1:]  # "+ 12 %" is a figure
    if len(words) > 1 and _COUNTER.match(first):
        return "counter", (), words
    stuck = _STUCK.match(first)
    if stuck and len(first) > 2 and not (first[0] in "-–—−" and len(words) == 1):
        word = words[0]
        share = 1 / len(first)
        cut = word.x0 + (word.x1 - word.x0) * share
        return first[0], (), (replace(word, text=first[1:], x0=cut), *words[1:])
    return None, (), words


def _symbol(words: tuple[Word, ...]) -> bool:
    """A letter as bullet: of another font than the text, or set apart from it."""
    if len(words[0].text) == 1 and _SYMBOLS.search(words[0].font):
        return True
    if words[0].text not in _ROUND:
        return False
    return words[0].font != words[1].font or words[1].x0 - words[0].x1 > 0.6 * max(words[0].size, 6.0)


def _breaks(last: _Line, line: _Line) -> bool:
    """Whether a new paragraph begins at ``line``, which has no bullet."""
    tail = last.text.rstrip().rstrip('»”")').rstrip()[-1:] or last.text.rstrip()[-1:]
    first = line.text.lstrip('«“"( ')[:1]
    if last.chunk != line.chunk:
        # a column or page ends wherever it is full: only the sentence's own end counts
        if tail in _FULL_STOP or tail == ";":
            return not first.islower()
        return tail == ":" and first.isupper()
    step = line.line.bottom - last.line.bottom
    if last.steady and last.pitch + max(1.6, 0.12 * last.pitch) < step and abs(line.line.size - last.line.size) < 0.6:
        return not (first.islower() and tail not in _FULL_STOP + ":;")
    if step > 1.22 * last.pitch + 1.0 and step > 1.35 * max(last.line.size, 1.0):
        return not (first.islower() and tail not in _FULL_STOP + ":;" and step < 1.8 * last.pitch)
    if tail in _FULL_STOP and first.isupper() and step > 1.18 * last.pitch + 0.5 and last.pitch >= 1.05 * last.line.size:
        return True  # too few lines for a usual distance, but this one is wider than another and a sentence ends here
    room = last.right - last.line.x1
    width = max(last.right - last.left, 1.0)
    need = line.rest[0].x1 - line.rest[0].x0 + 0.25 * max(line.line.size, 4.0)
    if last.justified:
        need = min(need, 4.0)
    if tail in _FULL_STOP and not first.islower():
        return room > need
    if tail in ":;" and (not first.islower() or tail == ";"):
        return room > need and (first.isupper() or room > 0.3 * width)
    if tail in "," and first.isupper():
        return room > max(need, 0.25 * width)
    return first.isupper() and room > max(need, 0.45 * width) and tail not in "-’'"


def _lead_ins(found: list[Entry]) -> list[Entry]:
    for entry, after in zip(found, found[1:], strict=False):
        words = entry.words
        if entry.kind == "paragraph" and words and words[-1].text.endswith(":") and after.kind == "bullet":
            entry.kind = "lead_in"
    if found and found[-1].kind == "paragraph" and found[-1].words and found[-1].words[-1].text.endswith(":"):
        found[-1].kind = "paragraph"
    return found
