"""From the words of one column to its lines."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from bilan_extract.document import Line, Word

_LEFT = attrgetter("x0")


def to_lines(words: Sequence[Word]) -> list[Line]:
    """Lines of one column from top to bottom, each with its words from left to right.

    Words are on one line where their vertical middles lie within each other's middle half, so that a superscript, a larger
    initial or a bullet of another font stay with their line. Text set at 90 degrees forms lines of its own.
    """
    lines: list[_Draft] = []
    last: _Draft | None = None
    for middle, x0, k in sorted([((w.top + w.bottom) / 2, w.x0, k) for k, w in enumerate(words) if w.upright]):
        word = words[k]
        height = word.bottom - word.top
        # most words stand behind the one before, on its level and no higher
        if last is not None and last.middle == middle and height <= last.height and x0 >= last.x1:
            last.words.append(word)
            last.x1 = word.x1
            continue
        for line in lines[:-4:-1]:  # the last three, the nearest first
            reach = 0.36 * (height if height > line.height else line.height)
            if -reach <= middle - line.middle <= reach and (x0 >= line.x1 or line.has_room(word)):
                line.add(word, middle, height)
                last = line if line is lines[-1] else None
                break
        else:
            last = _Draft(word, middle, height)
            lines.append(last)
    _lower_raised(lines)
    out = [Line(tuple(line.words if line.ordered else sorted(line.words, key=_LEFT))) for line in lines]
    out.sort(key=_middle)
    turned = [w for w in words if not w.upright]
    return _turned_lines(turned) + out if turned else out


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _lower_raised(lines: list[_Draft]) -> None:
    """Puts a word or two that stand raised, right behind a word of the line below and half on its level, on that line."""
    for k in range(len(lines) - 1, 0, -1):
        above, line = lines[k - 1], lines[k]
        if len(above.words) <= 2 and all(any(_raised_behind(w, other) for other in line.words) for w in above.words):
            for word in above.words:
                line.add(word, (word.top + word.bottom) / 2, word.bottom - word.top)
            del lines[k - 1]


def _raised_behind(word: Word, other: Word) -> bool:
    level = min(word.bottom, other.bottom) - max(word.top, other.top)
    return abs(word.x0 - other.x1) <= 0.08 * other.size and word.size < other.size and 2 * level >= word.bottom - word.top


class _Draft:
    """A line while its words are found; its highest word says where it runs. ``ordered``: they came from left to right."""

    __slots__ = ("height", "middle", "ordered", "words", "x1")

    def __init__(self, word: Word, middle: float, height: float) -> None:
        self.words = [word]
        self.x1 = word.x1
        self.height = height
        self.middle = middle
        self.ordered = True

    def has_room(self, word: Word) -> bool:
        """Whether no word stands there already: two on the same place are two lines set too tight, not one line."""
        x0, x1 = word.x0, word.x1
        return not any(min(x1, w.x1) - max(x0, w.x0) > 0.5 * min(x1 - x0, w.x1 - w.x0) for w in self.words)

    def add(self, word: Word, middle: float, height: float) -> None:
        """Puts the word on the line."""
        words = self.words
        if word.x0 < words[-1].x0:
            self.ordered = False
        words.append(word)
        if word.x1 > self.x1:
            self.x1 = word.x1
        if height > self.height:
            self.height, self.middle = height, middle


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
