"""Columns of a text that keeps them side by side (`pdftotext -layout`): taken apart, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilan_extract.patterns import lazy

_GUTTER = 3  # spaces that a line has between two columns at least
_NARROWEST = 6  # characters of a column: less is the marks of a list
# two texts on one line, with a gutter between them
_SIDE_BY_SIDE = lazy(r"\S {3,}\S")
Span = tuple[int, int]


def has_columns(pages: Sequence[Sequence[str]]) -> bool:
    """Whether a text's lines stand where the page had them: many begin behind spaces, and some hold two texts."""
    lines = [line for page in pages for line in page if line.strip()]
    indented = sum(line.startswith("   ") for line in lines)
    split = sum(bool(_SIDE_BY_SIDE.search(line.strip())) for line in lines)
    return len(lines) >= 10 and indented + split >= 0.15 * len(lines) and split >= 0.05 * len(lines)


def in_reading_order(lines: Sequence[str]) -> list[str]:
    """A page's lines with columns one after the other, a blank line between what stands apart."""
    out: list[str] = []
    for block in _blocks([line.expandtabs(8).rstrip() for line in lines]):
        out += [*([""] if out else []), *(re.sub(r" {2,}", " ", line.strip()) for line in block)]
    return out


def _blocks(rows: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines of one column, in reading order."""
    i = 0
    while i < len(rows):
        if not rows[i].strip():
            i += 1
            continue
        end, gutters = _run(rows, i)
        if gutters and not _labels_beside(rows[i:end], gutters[0][0]):
            cuts = [0, *((a + b) // 2 for a, b in gutters), max(map(len, rows[i:end])) + 1]
            for left, right in zip(cuts, cuts[1:], strict=False):
                yield from _blocks([row[left:right].rstrip() for row in rows[i:end]])
        else:
            yield list(rows[i:end])
        i = end


def _labels_beside(rows: Sequence[str], cut: int) -> bool:
    """Whether the first column holds labels, which stay on the line of the text beside them: single lines now and then, or
    lines that come again."""
    first = [row[:cut].strip() for row in rows]
    runs = sum(bool(here) and not before for before, here in zip(["", *first], first, strict=False))
    filled = [text for text in first if text]
    again = sum(filled.count(text) > 1 for text in filled)
    single = len(filled) <= 1.5 * runs and 2 * len(filled) <= sum(bool(row.strip()) for row in rows)
    return single or 2 * again >= len(filled)


def _run(rows: Sequence[str], start: int) -> tuple[int, list[Span]]:
    """Where the lines from ``start`` on that share their gutters end, and those gutters; none for lines of one column."""
    gutters = _gutters(rows[start : start + 1])
    end = start + 1
    if not gutters:  # one column, up to a blank line or to lines that show more
        while end < len(rows) and rows[end].strip() and not _gutters(rows[end : end + 1]):
            end += 1
        if end < len(rows) and rows[end].strip():
            wider = _shared(_gutters(rows[end : end + 1]), rows[start:end])
            if wider:  # the lines above stand in one of the columns that begin here
                gutters, end = wider, end + 1
    if not gutters:
        return end, []
    blank = False
    while end < len(rows):
        row = rows[end]
        if not row.strip():
            blank = True
            end += 1
            continue
        shared = _shared(gutters, [row])
        beside = bool(_gutters([row]))
        at_left = not beside and len(row) - len(row.lstrip()) < gutters[0][0]
        if not shared or (blank and at_left):
            break
        gutters, blank = shared, False
        end += 1
    return end, [span for span in gutters if _wide_enough(rows[start:end], span)]


def _gutters(rows: Sequence[str]) -> list[Span]:
    """The stretches of blanks between texts that all rows share."""
    text = rows[0]
    return [(m.start() + 1, m.end() - 1) for m in re.finditer(rf"\S {{{_GUTTER},}}\S", text.rstrip())]


def _shared(gutters: Sequence[Span], rows: Sequence[str]) -> list[Span]:
    """What is left of the gutters where more rows stand beside or between them."""
    out = []
    for a, b in gutters:
        for row in rows:
            taken = [k for k in range(a, min(b, len(row))) if row[k] != " "]
            if taken:  # the text of the row on one side may reach into the gutter
                before, after = row[:a].strip(), row[b:].strip()
                if before and after and _room(row, a, b) < _GUTTER:
                    a = b
                    break
                if row[a : taken[-1] + 1].startswith(row[a : taken[0]]) and taken[0] == a and row[max(a - 1, 0)] != " ":
                    a = taken[-1] + 1  # it runs on from the left
                else:
                    b = taken[0]  # it begins to the left of the others
        if b - a >= 2:
            out.append((a, b))
    return out


def _room(row: str, a: int, b: int) -> int:
    """The longest stretch of blanks of a row within a gutter."""
    return max(map(len, re.findall(r" +", row[a:b])), default=0)


def _wide_enough(rows: Sequence[str], gutter: Span) -> bool:
    """Whether both sides of a gutter hold text, not the marks of a list."""
    middle = sum(gutter) // 2
    left = max((len(row[:middle].strip()) for row in rows), default=0)
    right = max((len(row[middle:].strip()) for row in rows), default=0)
    return left >= _NARROWEST and right >= _NARROWEST


__all__ = ["has_columns", "in_reading_order"]
