"""Digits compared with one another: a document's own show where the engine took one of them for another, or for a letter.

An engine that reads "2025" for "2023" is as sure of it as of any other year. But the same digit is printed the same all over a
document, so one that looks like all its threes and like none of its fives is a three.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.patterns import lazy

if TYPE_CHECKING:
    import numpy

    from bilan_extract.reading.tesseract import ReadWord

    Array = numpy.ndarray[Any, Any]
    Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels

SIDE = 24  # pixels: the square that digits are compared in
TALL = 0.38  # of the size: a digit is higher (old-style ones are as high as small letters), a comma lower
LARGEST = (0.75, 0.95)  # of the size: no digit is wider or higher
NEIGHBOURS, AGREED = 6, 5  # of so many digits most like one so many must be of one kind
ALIKE = 0.08  # mean difference (0..1) from the middle one of its kind that a digit may have
UNLIKE = 1.65  # times as far it is from the kind it was read as
OWN, PLAIN = 3, 0.05  # where fewer of that kind are known than this, a digit may differ by no more than this from the other
MOST_KEPT = 40  # of one digit: more say nothing new
SURE = 0.8  # confidence of a word whose digits others are compared with
DOUBTED = 0.6  # confidence below which digits may have been left out

# "2025.", "(12,5", "03/12/2024", "2023-2024"
_NUMBER = lazy(r"^[(«]?\d+(?:[.,/-]\d+)*[.,;:)]*$")
# "3s", "$oo", "5S,", "(x": letters and signs that digits are taken for
_LIKE_NUMBER = lazy(r"^[(«]?[\dsSoOlIi|$zZx]+(?:[.,/-][\dsSoOlIi|$zZx]+)*[.,;:)]*$")
# "&", "ÿ®e": "3e", "4e", the raised letters run into the digit
_NTH = lazy(r"^[^\w\s]{0,2}[&ÿ][^\w\s]{0,2}e?$")
RAISED = 0.2  # of the size: above the digit's foot stand raised letters
_HIGH = frozenset("()/«")  # what is as high as a digit and stands among them
_SHARED = frozenset("01")  # old-style ones look like letters: alone they say nothing


class Told(NamedTuple):
    """A word that was read as ``before`` and is ``after``."""

    before: str
    after: str


class _Glyph(NamedTuple):
    place: int  # in the word's text
    picture: Array


class Digits:
    """The digits of a document so far, by what they were read as; ``told`` are the words that were put right."""

    def __init__(self) -> None:
        self._known: dict[str, list[Array]] = {}
        self.told: list[Told] = []

    def read(self, words: Sequence[ReadWord], ink: Array, sizes: Sequence[float]) -> list[ReadWord]:
        """The words of one page, each digit that looks like another kind of the document's put right.

        Args:
            words: of one page.
            ink: its text, black on white.
            sizes: of each word's type, in pixels.
        """
        glyphs = [_digits_of(word, ink, size) for word, size in zip(words, sizes, strict=True)]
        for word, own in zip(words, glyphs, strict=True):
            if word.confidence >= SURE and _NUMBER.match(word.text):
                for glyph in own:
                    self._learn(word.text[glyph.place], glyph.picture)
        out = list(words)
        for k, (word, own) in enumerate(zip(words, glyphs, strict=True)):
            after = self._told(word.text, own) if own else self._nth(word, ink, sizes[k]) or self._whole(word, ink, sizes[k])
            if after != word.text:
                out[k] = word._replace(text=after)
                self.told.append(Told(word.text, after))
        return out

    def _learn(self, digit: str, picture: Array) -> None:
        known = self._known.setdefault(digit, [])
        known.append(picture)
        del known[:-MOST_KEPT]

    def _told(self, text: str, glyphs: Sequence[_Glyph]) -> str:
        """The text, its digits as they look; as it was where a letter in it looks like none."""
        out = list(text)
        for place, picture in glyphs:
            out[place] = self._other(text[place], picture) or text[place]
        changed = {out[glyph.place] for glyph in glyphs if out[glyph.place] != text[glyph.place]}
        if any(c.isalpha() or c in "$|" for c in out):
            return text
        # "os" may be a word as well as a number
        return "".join(out) if any(c.isdigit() for c in text) or changed - _SHARED else text

    def _nth(self, word: ReadWord, ink: Array, size: float) -> str | None:
        """A digit and raised letters, where the engine took them for one sign."""
        found = _pieces(word, ink) if _NTH.match(word.text) else None
        if found is None:
            return None
        dark, pieces = found
        large = [p for p in pieces if p[3] - p[1] >= 0.12 * size]
        foot = large[0][3] if len(large) > 1 else 0
        if not foot or any(p[3] > foot - RAISED * size for p in large[1:]):
            return None
        digit = self._other("", _squared(dark, large[0]))
        return None if digit is None else f"{digit}er" if digit == "1" else f"{digit}e"

    def _whole(self, word: ReadWord, ink: Array, size: float) -> str:
        """The text of a doubtful number with the digits that were left out ("25" for 2025); as it is elsewhere."""
        found = _pieces(word, ink) if word.confidence < DOUBTED and word.text.rstrip(".,;:)").isdigit() else None
        if found is None:
            return word.text
        dark, pieces = found
        tall = [p for p in pieces if p[3] - p[1] >= TALL * size]
        digits = [self._other("", _squared(dark, piece)) or "" for piece in tall]
        read = word.text.rstrip(".,;:)")
        whole = iter(digits)
        if not all(digits) or len(digits) <= len(read) or not all(c in whole for c in read):
            return word.text
        return "".join(digits) + word.text[len(read) :]

    def _other(self, read: str, picture: Array) -> str | None:
        """The digit that this one is, where it is plainly none of those it was read as."""
        import numpy

        others = [(d, p) for d, pictures in self._known.items() for p in pictures if p is not picture]
        if len(others) < NEIGHBOURS:
            return None
        away = numpy.abs(numpy.stack([p for _, p in others]) - picture).mean(axis=(1, 2))
        near = [others[k][0] for k in numpy.argsort(away, kind="stable")[:NEIGHBOURS]]
        best = max(sorted(set(near)), key=near.count)
        if best == read or near.count(best) < AGREED:
            return None
        kinds = {kind: [p for d, p in others if d == kind] for kind in (best, read)}
        there = _from_middle(kinds[best], picture)
        if len(kinds[read]) < OWN:
            return best if there <= PLAIN else None
        return best if there <= ALIKE and _from_middle(kinds[read], picture) >= UNLIKE * there else None


def _from_middle(kind: Sequence[Array], picture: Array) -> float:
    """The mean difference (0..1) between a digit and the middle one of a kind."""
    import numpy

    return float(numpy.abs(numpy.median(numpy.stack(kind), axis=0) - picture).mean())


def _pieces(word: ReadWord, ink: Array) -> tuple[Array, list[Box]] | None:
    """A word's ink (0..1) and the boxes of what hangs together in it, from left to right; None where it has hardly any."""
    import numpy

    from bilan_extract.reading.masks import components

    dark = 255 - ink[max(0, word.y0 - 1) : word.y1 + 1, max(0, word.x0 - 1) : word.x1 + 1]
    strongest = int(dark.max(initial=0))
    if strongest < 60:
        return None
    share = numpy.minimum(dark.astype(numpy.float32) / strongest, 1.0)
    return share, sorted(components(share > 0.45))


def _digits_of(word: ReadWord, ink: Array, size: float) -> list[_Glyph]:
    """The pictures of a number's digits; none where they touch, or something else stands among them."""
    found = _pieces(word, ink) if _LIKE_NUMBER.match(word.text) else None
    if found is None:
        return []
    dark, pieces = found
    tall = [p for p in pieces if p[3] - p[1] >= TALL * size]
    high = [k for k, c in enumerate(word.text) if c not in ".,;:-"]
    if len(tall) != len(high) or any(x1 - x0 > LARGEST[0] * size or y1 - y0 > LARGEST[1] * size for x0, y0, x1, y1 in tall):
        return []
    out = zip(high, tall, strict=True)
    return [_Glyph(place, _squared(dark, piece)) for place, piece in out if word.text[place] not in _HIGH]


def _squared(dark: Array, piece: Box) -> Array:
    """A digit's ink (0..1) as high as the square that digits are compared in, in its middle."""
    import numpy
    from PIL import Image

    x0, y0, x1, y1 = piece
    wide = max(1, min(SIDE, round((x1 - x0) * SIDE / (y1 - y0))))
    scaled = Image.fromarray(dark[y0:y1, x0:x1]).resize((wide, SIDE), Image.Resampling.BOX)
    out: Array = numpy.zeros((SIDE, SIDE), dtype=numpy.float32)
    left = (SIDE - wide) // 2
    out[:, left : left + wide] = numpy.asarray(scaled, dtype=numpy.float32)
    return out
