"""Paragraphs and list entries of a text without geometry: bullets, blank lines and sentence ends are all there is."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.document import Line, Word
from bilan_extract.segmentation.outline import Chunk
from bilan_extract.segmentation.paragraphs import _COUNTED, _COUNTER, Entry, Row, _lead_ins, _split_mark

_STOPS = ".!?…"
_CLOSING = "»”\") "
MARKS_APART = "stream order, list marks apart"  # rule of the region of a page whose marks stand away from their entries
NESTED_APART = "stream order, list marks of two kinds apart"
_ROUND = ("o", "§", "Ø")  # bullets of symbol fonts, read as letters


def stream_entries(chunks: Sequence[Chunk]) -> list[Entry]:
    """Entries of a node whose lines have no boxes (``top`` counts lines), in order.

    A bullet opens an entry, and so does a line after a finished sentence where a blank line stands between or the line
    before was left short. What begins in small letters carries on what stands before it, over any gap.
    """
    out: list[Entry] = []
    outer = ""
    last: Line | None = None
    hanging = False  # the line before is a list entry's first
    counted = sum(bool(_COUNTER.match(line.text)) for chunk in chunks for line in chunk.lines) >= 2
    listing = False  # entries without their marks
    for chunk in chunks:
        width = max(len(line.text) for line in chunk.lines)
        loose = chunk.region.rule in (MARKS_APART, NESTED_APART)
        for line in chunk.lines:
            mark, marks, rest = _mark(line, counted)
            row = Row(rest, chunk.region)
            if loose and not mark and last is not None and _unmarked(last, line, width, listing):
                listing = True
                if _is_inner(out) or (chunk.region.rule == NESTED_APART and _announces(last, line)):
                    out[-1].parts.append([row])
                    out[-1].kind = "bullet"
                else:
                    out.append(Entry("bullet", [[row]]))
            elif mark and _may_open(last, line):
                if _nests(out, outer, mark):
                    out[-1].parts.append([row])
                else:
                    out.append(Entry("bullet", [[row]]))
                    outer = mark
                out[-1].marks += marks
            else:
                row = Row((*marks, *rest), chunk.region)
                if last is None or (_breaks(last, line, width) and not (hanging and _full(last, width))):
                    out.append(Entry("paragraph", [[row]]))
                else:
                    out[-1].parts[-1].append(row)
                listing = listing and bool(out) and out[-1].kind == "bullet"
            last, hanging = line, bool(mark)
    return _lead_ins(out)


def _unmarked(last: Line, line: Line, width: int, listing: bool) -> bool:
    """Whether a line opens a list entry whose mark stands elsewhere on the page: in small letters, behind a colon or a stop
    of lists, where the line before had room for more."""
    tail = last.text[-1:]
    room = width - len(last.text)
    if tail not in ":;," or not (line.text[:1].islower() or line.text[:1].isdigit()):
        return False
    short = room > len(line.words[0].text) + 1
    return (short or tail != ",") if listing else (tail == ":" and (short or _gap(last, line)))


def _announces(last: Line, line: Line) -> bool:
    """A colon right above a list: where a page has marks of two kinds, that list is an entry's own."""
    return last.text.endswith(":") and not _gap(last, line)


def _is_inner(out: Sequence[Entry]) -> bool:
    """Whether an entry without its mark lies under the one before: it announces it, or has inner entries up to a comma."""
    if not out or out[-1].kind != "bullet":
        return False
    tail = out[-1].parts[-1][-1].words[-1].text[-1:]
    return tail == ":" or (len(out[-1].parts) > 1 and tail == ",")


def _mark(line: Line, counted: bool) -> tuple[str, tuple[Word, ...], tuple[Word, ...]]:
    """The kind of mark at a line's head ("" for none), its words, and the words after it."""
    words = line.words
    if _COUNTED.match(line.text):
        return "counted", (), words
    if len(words) > 1 and words[0].text in _ROUND and words[1].text[:1].isupper():
        return words[0].text, words[:1], words[1:]
    mark, marks, rest = _split_mark(line)
    if mark == "counter" and not counted:
        return "", (), words
    return mark or "", marks, rest


def _may_open(last: Line | None, line: Line) -> bool:
    """Not the dash or number in the middle of a sentence that goes over a line end."""
    first = line.text[:1]
    if last is None or _gap(last, line):
        return True
    tail = last.text[-1:]
    if first in "-–—":
        after = line.words[1].text[:1] if len(line.words) > 1 else ""
        return tail in _STOPS + ";:," or not after.islower() or last.text[:1] == first
    return not (first.isdigit() and tail.isalnum() and tail.islower() and not _COUNTER.match(last.text))


def _nests(out: Sequence[Entry], outer: str, mark: str) -> bool:
    """A lesser mark under a list entry that announces it with a colon, or that has entries of that mark already."""
    if not out or out[-1].kind != "bullet" or mark == outer or mark in ("counter", "counted"):
        return False
    return len(out[-1].parts) > 1 or out[-1].words[-1].text.endswith(":") or (outer in "•●■" and mark in "-–>o○◦")


def _full(line: Line, width: int) -> bool:
    """Whether a line goes on: nearly as long as the longest, and no stop at its end."""
    return line.text[-1:] not in ".!?…:;," and len(line.text) >= 0.7 * width


def _gap(last: Line, line: Line) -> bool:
    return last.page != line.page or line.top - last.top != 1


def _breaks(last: Line, line: Line, width: int) -> bool:
    """Whether a line without a mark begins a paragraph."""
    before, text = last.text.rstrip(_CLOSING) or last.text, line.text.lstrip("«“\"( ")
    tail, first = before[-1:], text[:1]
    if first.islower() or tail in "-’'":
        return tail in ".!?" and _gap(last, line) and not first.islower()
    if _gap(last, line):
        return tail in _STOPS + ":;" or (first.isupper() and len(last.text) <= 0.6 * width)
    room = width - len(last.text)
    need = len(line.words[0].text) + 1
    if tail in _STOPS:
        return room > need
    if tail in ":;":
        return first.isupper() and room > need
    return first.isupper() and room > max(need, 0.5 * width)
