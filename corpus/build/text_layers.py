"""The text layer of a PDF in the form that archives keep: frames in content-stream order, line ends as set, nothing else.

`python corpus/build/text_layers.py FILE.pdf FILE.txt` writes one. A page begins at a line that opens with a space, or after
three blank lines, as `reading/text_layer.py` reads them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

from bilan_extract.document import Page, Word
from bilan_extract.reading.with_pdfium import PdfiumSource


def text_layer(pdf: Path, *, frames: bool = False) -> str:
    """The text of all pages.

    Args:
        pdf: the document.
        frames: a wide gap on a line ends it, as between two columns' cells; else what stands level is on one line.
    """
    source = PdfiumSource(pdf.read_bytes())
    out = ""
    for page in source.pages():
        spaced = page.number == 1 or crc32(f"{pdf.name}{page.number}".encode()) % 2
        out += (" " if page.number == 1 else "\n " if spaced else "\n\n\n\n") + "\n".join(_rows(page, frames))
    source.close()
    return out + "\n"


def _rows(page: Page, frames: bool) -> Iterable[str]:
    before: list[Word] | None = None
    for line in _lines(page, frames):
        if before is not None and _apart(before, line):
            yield ""
        yield _text(line)
        before = line


def _lines(page: Page, frames: bool) -> list[list[Word]]:
    out: list[list[Word]] = []
    for word in sorted(page.words, key=lambda word: word.index):
        if out and _level(out[-1][-1], word, frames):
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _level(last: Word, word: Word, frames: bool) -> bool:
    """Whether a word goes on with the line of the one that the stream has before it."""
    if last.upright != word.upright:
        return False
    if not word.upright:
        return min(word.x1, last.x1) - max(word.x0, last.x0) > 0.5 * min(word.x1 - word.x0, last.x1 - last.x0)
    height = min(word.bottom - word.top, last.bottom - last.top) or 1.0
    level = min(word.bottom, last.bottom) - max(word.top, last.top) > 0.5 * height
    return level and (not frames or -1 < word.x0 - last.x1 < 1.1 * height)


def _apart(before: list[Word], line: list[Word]) -> bool:
    """Whether a blank line stands between two: another column, a step up, or more than a line's height."""
    step = min(w.top for w in line) - min(w.top for w in before)
    height = max(w.bottom - w.top for w in (*before, *line))
    left, right = before[0].x0, max(w.x1 for w in before)
    beside = line[0].x0 > right + 1 or max(w.x1 for w in line) < left - 1
    return step < 0.5 * height or step > 1.75 * height or beside


def _text(line: list[Word]) -> str:
    """The line's words; what the stream sets to the left of the word before stands right behind it, without a space."""
    out = line[0].text
    for last, word in zip(line, line[1:], strict=False):
        out += word.text if word.upright and word.x0 < last.x1 - 1 else f" {word.text}"
    return out


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(text_layer(Path(sys.argv[1])), encoding="utf-8")
