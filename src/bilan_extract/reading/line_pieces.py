"""Lines that were read, cut into the columns and pieces they are made of, dirt left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bilan_extract.reading.drawing import Ground, Outline
from bilan_extract.reading.ink import baseline_of
from bilan_extract.reading.sheet import Sheet
from bilan_extract.reading.tesseract import ReadLine, ReadWord

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

SPECK = 0.35  # mean confidence below which a line is dirt; twice that where it has hardly a letter
LIKE_STARTS = 3  # pieces that begin at one place show that a column does
GUTTER = 1.4  # of a line's height: words further apart are of two columns
TWO_SIZES = 1.3  # the height of a title's letters over that of a label beside it
MANY_TALL = 0.35  # of a word's columns: so many reach its top where all of its capitals are of one height
HEIGHT = 1.33  # a line's height, as the engine gives it, over that of its capitals
ASCENDING = frozenset("bdfhkl")
DOTS = frozenset(".…·,_")
SPECKS = frozenset(".,'’‘`´^~")


def without_doubles(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Without words that are the accents and tops of larger ones, read once more as a line of their own."""
    words = [w for line in lines for w in line.words]
    out = []
    for line in lines:
        kept = tuple(w for w in line.words if not any(_is_part(w, other) for other in words))
        if kept:
            out.append(line._replace(words=kept))
    return out


def by_column(lines: Sequence[ReadLine], picture: Sheet) -> list[ReadLine]:
    """The lines, cut where a gap is as wide as a gutter or a rule runs down it: the engine reads on from column to column.

    What stands beyond is of another line, which has its own size and its own baseline. Where columns begin is seen on the
    lines with wide gaps; there a narrower gap parts too.
    """
    drawing = picture.drawing
    uprights = [(r.x0, r.y0, r.y1) for r in drawing.rules if not r.level]
    drawn: list[Outline | Ground] = [*drawing.outlines, *drawing.grounds]
    uprights += [(x, o.y0, o.y1) for o in drawn for x in (o.x0, o.x1)]
    wide = [_gaps(line, GUTTER, uprights) for line in lines]
    starts = [line.words[k].x0 for line, cuts in zip(lines, wide, strict=True) for k in (0, *cuts)]
    out: list[ReadLine] = []
    for line, cuts in zip(lines, wide, strict=True):
        near = 0.15 * line.height
        narrow = _gaps(line, GUTTER / 3, [])
        cuts |= {k for k in narrow if sum(abs(x - line.words[k].x0) <= near for x in starts) >= LIKE_STARTS}
        two = {k for k in narrow if _two_sizes(line, k) and not _small_capitals(line, picture.ink)}
        cuts |= two
        # a bullet goes with the text that hangs behind it
        cuts -= {k for k in cuts if (k - 1 in cuts or k == 1) and _may_be_mark(line.words[k - 1])}
        pieces = [line.words[a:b] for a, b in pairwise((0, *sorted(cuts), len(line.words)))]
        if cuts:  # an accent of the line below that the engine took for a point of this one
            pieces = [piece for piece in pieces if any(c not in SPECKS for w in piece for c in w.text)]
        out += [_piece(line, piece, picture.ink, sized=bool(two)) for piece in pieces] if cuts and line.level else [line]
    return out


def _two_sizes(line: ReadLine, k: int) -> bool:
    """Whether the words before ``k`` and those from it on are set in two sizes: a level's label beside its title."""
    parts = (line.words[:k], line.words[k:])
    tops = [sorted(t for t in (_top(line, (w,)) for w in words) if t > 0) for words in parts]
    if not all(tops) or not all(sum(len(w.text) for w in words) >= 4 for words in parts):
        return False
    low, high = sorted(tops, key=max)
    return high[0] >= TWO_SIZES * low[-1]  # every word of one part is higher than those of the other


def _small_capitals(line: ReadLine, ink: Array) -> bool:
    """Whether a line of capitals is one of small ones with larger ones at the head of words ("L'ENSEMBLE DU PARI")."""
    if any(c.islower() for w in line.words for c in w.text):
        return False
    tops = sorted(_top(line, (w,)) for w in line.words if len(w.text) > 1)
    if not tops or tops[-1] <= 0:
        return False
    tallest = [w for w in line.words if _top(line, (w,)) >= 0.95 * tops[-1]]
    high = over = 0
    for word in tallest:
        base = line.base + line.slope * (word.x0 - line.x0)
        field = ink[max(0, word.y0) : max(0, round(base)), max(0, word.x0) : word.x1] < 128
        high += int(field.any(axis=0).sum())
        over += int(field[: max(1, round(0.12 * len(field)))].any(axis=0).sum())
    return over < MANY_TALL * high


def _top(line: ReadLine, words: Sequence[ReadWord]) -> float:
    """How far the capitals and tall letters of words stand above the base, 0 where there are none: digits may be low."""
    tall = [w for w in words if any(c.isupper() or c in ASCENDING for c in w.text)]
    return max((line.base + line.slope * (w.x0 - line.x0) - w.y0 for w in tall), default=0.0)


def _may_be_mark(word: ReadWord) -> bool:
    return len(word.text) <= 2 and (not any(c.isalnum() for c in word.text) or (len(word.text) == 1 and word.text.isalpha()))


def _gaps(line: ReadLine, least: float, uprights: Sequence[tuple[int, int, int]]) -> set[int]:
    """The places of the words before which there is a gap of so many heights of the line, or a rule."""
    words = line.words
    return {
        k
        for k in range(1, len(words))
        if words[k].x0 - words[k - 1].x1 > least * line.height
        or any(words[k - 1].x1 - 3 <= x <= words[k].x0 + 3 and y0 < line.base - 3 < y1 for x, y0, y1 in uprights)
    }


def _piece(line: ReadLine, words: tuple[ReadWord, ...], ink: Array, *, sized: bool = False) -> ReadLine:
    """Some words of a line as one of their own, on the baseline that their letters stand on.

    ``sized`` where the line's words are of two sizes: the engine's height is that of some of them.
    """
    middle = line.base + line.slope * ((words[0].x0 + words[-1].x1) / 2 - line.x0)
    found = baseline_of(ink, [(w.x0, w.y0, w.x1, w.y1) for w in words], middle, line.height)
    own, height = _top(line, words), line.height
    if sized and own > 0:
        whole = HEIGHT * _top(line, line.words)
        height = HEIGHT * own * (line.height / whole if 0.8 * whole <= line.height <= 1.25 * whole else 1.0)
    return line._replace(words=words, x0=words[0].x0, base=middle if found is None else found, slope=0.0, height=height)


def _is_part(word: ReadWord, other: ReadWord) -> bool:
    high = word.y1 - word.y0
    if other is word or high >= 0.6 * (other.y1 - other.y0) or word.confidence >= max(other.confidence, 0.7):
        return False
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    down = min(word.y1, other.y1) - max(word.y0, other.y0)
    return across > 0.5 * (word.x1 - word.x0) and down > 0.3 * high


def without_specks(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Without lines that are dirt, a drawing, or accents taken for a line of their own."""
    out = []
    for line in lines:
        told = [w for w in line.words if any(c not in DOTS for c in w.text)] or line.words  # a leader says nothing
        characters = sum(len(w.text) for w in told)
        letters = sum(c.isalnum() or c in "%€" for w in told for c in w.text)
        sure = sum(w.confidence * len(w.text) for w in told) / characters
        written = letters > 1 or line.words[0].text[0] in "0123456789%€"
        if written and sure >= (SPECK if letters >= 0.7 * characters else 2 * SPECK):
            out.append(line)
    return out
