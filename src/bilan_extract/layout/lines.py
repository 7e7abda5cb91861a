"""From the words of one column to its lines."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.document import Line, Word


def to_lines(words: Sequence[Word]) -> list[Line]:
    """Lines of one column from top to bottom, each with its words from left to right.

    Words are on one line where their vertical middles lie within each other's middle half, so that a superscript, a larger
    initial or a bullet of another font stay with their line. Text set at 90 degrees forms lines of its own.
    """
    lines: list[list[Word]] = []
    turned = [w for w in words if not w.upright]
    for word in sorted((w for w in words if w.upright), key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        for line in reversed(lines[-3:]):
            if _on_line(word, line):
                line.append(word)
                break
        else:
            lines.append([word])
    out = [Line(tuple(sorted(line, key=lambda w: w.x0))) for line in lines]
    out.sort(key=lambda line: (line.top + line.bottom) / 2)
    return _turned_lines(turned) + out


def _on_line(word: Word, line: list[Word]) -> bool:
    middle = (word.top + word.bottom) / 2
    big = max(line, key=lambda w: w.bottom - w.top)
    other = (big.top + big.bottom) / 2
    reach = max(word.bottom - word.top, big.bottom - big.top)
    if abs(middle - other) > 0.36 * reach:
        return False
    # two words on the same place are two lines set too tight, not one line
    return not any(min(word.x1, w.x1) - max(word.x0, w.x0) > 0.5 * min(word.x1 - word.x0, w.x1 - w.x0) for w in line)


def _turned_lines(words: Sequence[Word]) -> list[Line]:
    columns: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.x0 + w.x1) / 2):
        last = columns[-1] if columns else None
        if last is not None and abs((word.x0 + word.x1) / 2 - (last[0].x0 + last[0].x1) / 2) <= 0.5 * word.size:
            last.append(word)
        else:
            columns.append([word])
    # the reader keeps stream order, which is reading order within one turned line
    return [Line(tuple(sorted(column, key=lambda w: w.index))) for column in columns]
