"""Words that the engine read as one though white stands between them: "œuvreen", "19salariés"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bilan_extract.patterns import lazy
from bilan_extract.reading.engine import BLOCK, with_margin
from bilan_extract.reading.tesseract import ReadLine, ReadWord, read_pictures

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

LEAST = 5  # characters of a word that may be two
WIDE = 0.7  # of the white between the line's words: so much is found within
NUMBER_APART = 1.7  # times the widest white between letters
PLAIN = 2.0  # times the widest white between letters
NARROW = 0.4  # of the line's height: a half is wider, a colon that stands off its word is not
MOST = 30  # words of a page that are looked at again: more are spaced type

# "Axe2", "Action12", "Item4.2"
_WORD_AND_NUMBER = lazy(r"^(?P<word>[^\W\d_]{3,})(?P<number>\d{1,2}(?:\.\d{1,2})?)$")


def without_glue(lines: Sequence[ReadLine], ink: Array, dpi: int) -> list[ReadLine]:
    """The lines, words with white in them parted where their two halves read alone as they did together.

    Args:
        lines: of one page.
        ink: its text, black on white.
        dpi: pixels an inch.
    """
    from PIL import Image

    found = [(i, k, cut) for i, line in enumerate(lines) for k, cut in _cuts(line, ink)]
    if not found or len(found) > MOST:
        return list(lines)
    halves = [half for i, k, cut in found for half in _halves(lines[i].words[k], cut)]
    pieces = [Image.fromarray(with_margin(ink[h.y0 : h.y1, h.x0 : h.x1])) for h in halves]
    read = ["".join(w.text for line in own for w in line.words) for own in read_pictures(pieces, layout=BLOCK, dpi=dpi)]
    parts: dict[tuple[int, int], tuple[ReadWord, ...]] = {}
    for n, (i, k, _) in enumerate(found):
        first, second = read[2 * n : 2 * n + 2]
        if first + second == lines[i].words[k].text and _may_part(first, second):
            parts[i, k] = (halves[2 * n]._replace(text=first), halves[2 * n + 1]._replace(text=second))
    out = []
    for i, line in enumerate(lines):
        words = [w for k, word in enumerate(line.words) for w in parts.get((i, k), (word,))]
        out.append(line._replace(words=tuple(words)))
    return out


def number_apart(head: ReadWord, ink: Array) -> tuple[ReadWord, ...]:
    """A level's word and its number ("Axe2") as two, where the picture shows the space between them.

    Such a number is too narrow to be read alone.
    """
    match = _WORD_AND_NUMBER.match(head.text)
    white = [] if match is None else sorted(_white(head, ink))
    if match is None or len(white) < 2:
        return (head,)
    (other, _), (wide, cut) = white[-2:]
    after = head.x0 + (head.x1 - head.x0) * len(match["word"]) / len(head.text)  # where it begins, were all letters as wide
    if wide < NUMBER_APART * other or abs(cut[0] - after) > 0.2 * (head.x1 - head.x0):
        return (head,)
    word, number = _halves(head, cut)
    return word._replace(text=match["word"]), number._replace(text=match["number"])


def _cuts(line: ReadLine, ink: Array) -> list[tuple[int, tuple[int, int]]]:
    """The places of the line's words that may be two, each with the columns between which white stands in it."""
    gaps = sorted(b.x0 - a.x1 for a, b in zip(line.words, line.words[1:], strict=False) if b.x0 > a.x1)
    usual = gaps[len(gaps) // 2] if gaps else 0.3 * line.height
    out = []
    for k, word in enumerate(line.words):
        if len(word.text) < LEAST or not line.level:
            continue
        white = _white(word, ink)
        if not white:
            continue
        wide, cut = max(white)
        others = sorted(w for w, _ in white)[:-1]
        if wide < WIDE * usual or wide < PLAIN * max(others, default=1):
            continue
        if min(cut[0] - word.x0, word.x1 - cut[1]) >= NARROW * line.height:
            out.append((k, cut))
    return out


def _may_part(first: str, second: str) -> bool:
    """Whether a space may stand between two halves: "19 salariés", not within "1.1.2" or "2024-2025"."""
    return first[-1:].isalnum() and second[:1].isalnum() and (first[-1].isalpha() or second[0].isalpha())


def _white(word: ReadWord, ink: Array) -> list[tuple[int, tuple[int, int]]]:
    """The white columns between a word's letters: how many, and from where to where."""
    import numpy

    field = ink[max(0, word.y0) : word.y1, max(0, word.x0) : word.x1] < 150
    inked = numpy.nonzero(field.any(axis=0))[0]
    steps = numpy.diff(inked)
    return [
        (int(steps[k]) - 1, (word.x0 + int(inked[k]) + 1, word.x0 + int(inked[k + 1])))
        for k in numpy.nonzero(steps > 1)[0]
    ]


def _halves(word: ReadWord, cut: tuple[int, int]) -> tuple[ReadWord, ReadWord]:
    return word._replace(x1=cut[0]), word._replace(x0=cut[1])
