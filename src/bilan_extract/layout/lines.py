"""From the words of one column to its lines."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.document import Line, Word


def to_lines(words: Sequence[Word]) -> list[Line]:
    """Lines of one column from top to bottom, each with its words from left to right.

    Words are on one line where their vertical middles lie within each other's middle half, so that a superscript, a larger
    initial or a bullet of another font stay with their line. Text set at 90 degrees forms lines of its own.
    """
    lines: list[_Draft] = []
    turned = [w for w in words if not w.upright]
    for word in sorted((w for w in words if w.upright), key=lambda w: ((w.top + w.bottom) / 2, w.x0)):
        for line in reversed(lines[-3:]):
            if line.takes(word):
                line.add(word)
                break
        else:
            lines.append(_Draft(word))
    _lower_raised(lines)
    out = [Line(tuple(sorted(line.words, key=lambda w: w.x0))) for line in lines]
    out.sort(key=lambda line: (line.top + line.bottom) / 2)
    return _turned_lines(turned) + out


def _lower_raised(lines: list[_Draft]) -> None:
    """Puts a word or two that stand raised, right behind a word of the line below and half on its level, on that line."""
    for k in range(len(lines) - 1, 0, -1):
        above, line = lines[k - 1], lines[k]
        if len(above.words) <= 2 and all(any(_raised_behind(w, other) for other in line.words) for w in above.words):
            for word in above.words:
                line.add(word)
            del lines[k - 1]


def _raised_behind(word: Word, other: Word) -> bool:
    level = min(word.bottom, other.bottom) - max(word.top, other.top)
    return abs(word.x0 - other.x1) <= 0.08 * other.size and word.size < other.size and 2 * level >= word.bottom - word.top


class _Draft:
    """A line while its words are found; its highest word says where it runs."""

    __slots__ = ("height", "middle", "words", "x1")

    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.x1 = word.x1
        self.height = word.bottom - word.top
        self.middle = (word.top + word.bottom) / 2

    def takes(self, word: Word) -> bool:
        """Whether the word stands on this line."""
        top, bottom = word.top, word.bottom
        if abs((top + bottom) / 2 - self.middle) > 0.36 * max(bottom - top, self.height):
            return False
        x0, x1 = word.x0, word.x1
        if x0 >= self.x1:
            return True
        # two words on the same place are two lines set too tight, not one line
        return not any(min(x1, w.x1) - max(x0, w.x0) > 0.5 * min(x1 - x0, w.x1 - w.x0) for w in self.words)

    def add(self, word: Word) -> None:
        """Puts the word on the line."""
        self.words.append(word)
        self.x1 = max(self.x1, word.x1)
        height = word.bottom - word.top
        if height > self.height:
            self.height, self.middle = height, (word.top + word.bottom) / 2


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
