"""From characters to words, the same way for every reader.

A reader gives characters in content-stream order; a word is a run of them that touch on one baseline. What print does
to characters is undone here: ligatures, soft and no-break hyphens, superscripts, letter-spaced capitals, overprinted
copies, text that no one can see.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from operator import sub
from sys import intern
from typing import NamedTuple

from bilan_extract.document import Box, Color, Shape, Word
from bilan_extract.patterns import lazy

GAP = 0.18  # of the size: a wider gap between two characters is a space
SAME_LINE = 0.25  # of the size: baselines closer than this are one
TINY = 1.5  # points: smaller text is not meant to be read
WHITE: Color = (255, 255, 255)
PALE = 225  # only text with no darker part than this can vanish on a page: dark on dark is a printing error, still text

_CHARACTERS = {
    "\u00ad": "\u00ad",
    "\ufffe": "\u00ad",  # pdfium marks the hyphen it takes off a line end so
    "\u2010": "-",
    "\u2011": "-",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\ufeff": "",
    "\u2060": "",
}
# characters that need more than being copied: "\ufb01" is "fi", "\u200b" is nothing
_ODD = lazy("[" + "".join(_CHARACTERS) + "]")
_VANISHING = frozenset(c for c, text in _CHARACTERS.items() if not text)
_TRANSLATION = str.maketrans(_CHARACTERS)
_SYMBOL_SPACE = "\uf020"  # the space of a symbol font without names for its characters
# "Axe 1" is "Axe" and "1"; the no-break spaces separate too
_SOLID = lazy(r"[^\s\uf020]+")
# "(cid:42)": how pdfminer writes a character whose font does not say what it is
_UNKNOWN = lazy(r"\(cid:\d+\)")
# superscript letters of an ordinal or abbreviation: "1er", "2nde", "n°" set as "n" + "o", "Mme"
_ORDINAL = lazy(r"(?:er|ère|re|e|è|ème|eme|me|nd|nde|d|de|ers|ères|es|èmes|o|os|lle|ndes|nds|r|gr)[.,;:)]?$")
_SQUARED = lazy(r"(?:^|[\d\s/])(?:[kdcm]?m)$")


class Char(NamedTuple):
    """One character as a reader gives it. Boxes in points from the page's top left.

    ``turned``: 0 for upright text, 90 where it runs bottom to top, -90 top to bottom, 180 where it stands on its head.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    font: str
    size: float
    color: Color | None
    turned: int = 0
    invisible: bool = False


class Strip(NamedTuple):
    """Upright characters of one style on one baseline, in stream order: what a fast reader gives instead of Chars.

    ``text`` has one character for each entry of ``x0`` and ``x1`` (left and right edge, in points).
    """

    text: str
    x0: Sequence[float]
    x1: Sequence[float]
    top: float
    bottom: float
    font: str
    size: float
    color: Color | None
    invisible: bool = False


class _Run:
    """Characters that touch, while the word is being built.

    Attributes:
        first, last: what its first and its last character belong to.
        x0, top, x1, bottom: box, in points.
        last_x0, last_x1: edges of the last character.
    """

    __slots__ = (
        "bottom",
        "first",
        "invisible",
        "last",
        "last_x0",
        "last_x1",
        "size",
        "text",
        "top",
        "turned",
        "x0",
        "x1",
    )

    def __init__(
        self, text: str, style: Char | Strip, turned: int, x0: float, x1: float, last_x0: float, last_x1: float
    ) -> None:
        self.text, self.turned = text, turned
        self.first = self.last = style
        self.size, self.invisible = style.size, style.invisible
        self.x0, self.top, self.x1, self.bottom = x0, style.top, x1, style.bottom
        self.last_x0, self.last_x1 = last_x0, last_x1

    def add(self, other: _Run, text: str | None = None, *, raised: bool = False) -> None:
        """Takes in ``other`` at the end; a raised one leaves the height as it is."""
        self.text += other.text if text is None else text
        self.invisible = self.invisible and other.invisible
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        if not raised:
            self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.last, self.last_x0, self.last_x1 = other.last, other.last_x0, other.last_x1


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold ("Lato-Heavy", "Arial,Bold")."""
    return bool(re.search(r"bold|black|heavy|semibold|demi|extrabd|[-_,]bd\b", font, re.IGNORECASE))


def is_italic(font: str) -> bool:
    """Whether a font's name says that it is slanted."""
    return bool(re.search(r"italic|oblique|[-_,]it\b", font, re.IGNORECASE))


def build_words(
    chars: Iterable[Char | Strip], shapes: Sequence[Shape], page: int, width: float, height: float
) -> tuple[Word, ...]:
    """Words of one page in content-stream order, hidden ones marked.

    Args:
        chars: in content-stream order, one by one or in strips.
        shapes: the page's shapes, to tell white text on a dark box from white text on white.
        page: number of the page, from 1.
        width, height: of the page, in points.
    """
    runs = _attach_superscripts(_join_touching(_runs(chars)))
    words = [_word(run, page, index) for index, run in enumerate(runs)]
    words = _join_letter_spaced(words)
    return tuple(_mark_hidden(words, shapes, width, height))


def _runs(chars: Iterable[Char | Strip]) -> list[_Run]:
    out: list[_Run] = []
    fresh = True  # the next character begins a run, whatever the last one was
    for char in chars:
        if isinstance(char, Strip):
            fresh = _add_strip(char, out, fresh)
            continue
        text = _CHARACTERS.get(char.text, char.text)
        if not text:
            continue
        if text.isspace() or text == _SYMBOL_SPACE:
            fresh = True
            continue
        _add(_Run(text, char, char.turned, char.x0, char.x1, char.x0, char.x1), out, fresh)
        fresh = False
    return out


def _add(run: _Run, out: list[_Run], fresh: bool) -> None:
    if fresh or not out or not _continues(out[-1], run):
        out.append(run)
    else:
        out[-1].add(run)


def _add_strip(strip: Strip, out: list[_Run], fresh: bool) -> bool:
    """Cuts a strip at spaces and wide gaps; says whether it ended on a space."""
    text, x0, x1 = strip.text, strip.x0, strip.x1
    odd = _ODD.search(text) is not None
    if odd and not _VANISHING.isdisjoint(text):
        kept = [i for i, c in enumerate(text) if c not in _VANISHING]
        text, x0, x1 = "".join(text[i] for i in kept), [x0[i] for i in kept], [x1[i] for i in kept]
    gap = GAP * max(strip.size, 1.0)
    back = -2 * gap
    # where a character does not touch the one before
    wide = [i for i, step in enumerate(map(sub, islice(x0, 1, None), x1), 1) if not back <= step <= gap]
    end = 0
    for solid in _SOLID.finditer(text):
        start, stop = solid.span()
        if start > end:
            fresh = True
        end = stop
        for i in wide:
            if start < i < stop:
                _add(_piece(strip, text[start:i], x0[start:i], x1[start:i], odd), out, fresh)
                start, fresh = i, True
        _add(_piece(strip, text[start:stop], x0[start:stop], x1[start:stop], odd), out, fresh)
        fresh = False
    return fresh or end < len(text)


def _piece(strip: Strip, text: str, left: Sequence[float], right: Sequence[float], odd: bool) -> _Run:
    if odd:
        text = text.translate(_TRANSLATION)
    return _Run(text, strip, 0, min(left), max(right), left[-1], right[-1])


def _continues(run: _Run, char: _Run) -> bool:
    """Whether ``char`` (one character, or the start of a strip) touches the last character of ``run``."""
    last = run.last
    size = last.size
    if char.turned != run.turned or abs(char.size - size) > 0.12 * size:
        return False
    gap = GAP * max(size, 1.0)
    if char.turned == 0:
        return abs(char.bottom - last.bottom) <= SAME_LINE * size and -2 * gap <= char.x0 - run.last_x1 <= gap
    if char.turned == 180:
        return abs(char.top - last.top) <= SAME_LINE * size and -2 * gap <= run.last_x0 - char.x1 <= gap
    if abs(char.x0 - run.last_x0) > SAME_LINE * size:
        return False
    step = last.top - char.bottom if char.turned > 0 else char.top - last.bottom
    return -2 * gap <= step <= gap


def _join_touching(runs: list[_Run]) -> list[_Run]:
    """Joins pieces of one word that the stream gives one after the other in two fonts ("Pas" + "-de-Calais")."""
    out: list[_Run] = []
    for run in runs:
        last = out[-1] if out else None
        if (
            last is not None
            and -0.1 * last.size <= run.x0 - last.x1 <= 0.06 * last.size
            and run.turned == last.turned == 0
            and abs(run.bottom - last.bottom) <= 0.12 * last.size
            and abs(run.size - last.size) <= 0.12 * last.size
        ):
            last.add(run)
        else:
            out.append(run)
    return out


def _attach_superscripts(runs: list[_Run]) -> list[_Run]:
    """Puts raised small text back into its word: "1" + "er", "m" + "2"; a raised number elsewhere stays a note mark."""
    out: list[_Run] = []
    for run in runs:
        host = out[-1] if out else None
        if host is not None and _is_raised(run, host):
            text = run.text
            if text in ("2", "3") and _SQUARED.search(host.text):
                text = "²" if text == "2" else "³"
            elif not (_ORDINAL.match(text) and host.text[-1:].isalnum()):
                out.append(run)
                continue
            host.add(run, text, raised=True)
        elif host is not None and _resumes(run, host):
            host.add(run)
        else:
            out.append(run)
    return out


def _is_raised(run: _Run, host: _Run) -> bool:
    return (
        run.size < 0.85 * host.size
        and run.turned == host.turned == 0
        and run.bottom < host.bottom - 0.08 * host.size
        and run.top < host.bottom - 0.4 * host.size
        and run.bottom > host.top
        and -0.15 * host.size <= run.x0 - host.x1 <= 0.12 * host.size
    )


def _resumes(run: _Run, host: _Run) -> bool:
    """Whether ``run`` is the punctuation that closes a word ended by a superscript ("1er" + ",")."""
    return (
        host.last.size < 0.85 * host.size
        and run.turned == 0
        and abs(run.first.bottom - host.first.bottom) <= 0.12 * host.size
        and -0.1 * host.size <= run.x0 - host.x1 <= 0.06 * host.size
    )


def _word(run: _Run, page: int, index: int) -> Word:
    text = run.text
    if "\u00ad" in text:
        text = text[:-1].replace("\u00ad", "") + ("-" if text[-1] == "\u00ad" else text[-1])
    if "(cid:" in text:
        text = _UNKNOWN.sub("\ufffd", text)
    font, bold, italic, size = _face(run.first.font, run.size)
    return Word(
        intern(text),  # the same few thousand words make up a document of a thousand pages
        page,
        run.x0,
        run.top,
        run.x1,
        run.bottom,
        font,
        size,
        bold,
        italic,
        run.first.color,
        index,
        run.turned == 0,
        "invisible" if run.invisible else None,
    )


@lru_cache(maxsize=4096)
def _face(font: str, size: float) -> tuple[str, bool, bool, float]:
    """A font's name without the subset prefix ("ABCDEF+Lato-Bold"), whether it is bold and italic, the size rounded."""
    name = font.split("+", 1)[-1] if "+" in font[:8] else font
    return name, is_bold(name), is_italic(name), round(size, 2)


def _join_letter_spaced(words: list[Word]) -> list[Word]:
    """Joins capitals set apart for looks ("B I L A N"): at least four single letters at even, narrow steps."""
    single = [len(word.text) == 1 for word in words]
    if b"\1\1\1\1" not in bytes(single):
        return words
    out: list[Word] = []
    i = 0
    while i < len(words):
        j = i
        while j + 1 < len(words) and single[j] and single[j + 1] and _is_spaced_pair(words[j], words[j + 1]):
            j += 1
        if j - i >= 3:
            out.extend(_split_spaced(words[i : j + 1]))
        else:
            out.extend(words[i : j + 1])
        i = j + 1
    return out


def _is_spaced_pair(a: Word, b: Word) -> bool:
    return (
        a.text.isupper()
        and b.text.isupper()
        and a.upright
        and b.upright
        and abs(a.bottom - b.bottom) < 0.1 * a.size
        and 0 < b.x0 - a.x1 < 1.6 * a.size
    )


def _split_spaced(letters: list[Word]) -> Iterable[Word]:
    gaps = sorted(b.x0 - a.x1 for a, b in zip(letters, letters[1:], strict=False))
    usual = gaps[len(gaps) // 2]
    group = [letters[0]]
    for a, b in zip(letters, letters[1:], strict=False):
        if b.x0 - a.x1 > 1.8 * usual:
            yield _merged(group)
            group = []
        group.append(b)
    yield _merged(group)


def _merged(words: list[Word]) -> Word:
    if len(words) == 1:
        return words[0]
    return replace(words[0], text="".join(w.text for w in words), x1=words[-1].x1)


def _mark_hidden(words: list[Word], shapes: Sequence[Shape], width: float, height: float) -> list[Word]:
    fills = sorted((s for s in shapes if s.fill is not None or s.kind == "image"), key=_area)
    areas = [_area(s) for s in fills]
    seen: dict[str, Word | dict[int, list[Word]]] = {}
    pale = {color: color is not None and min(color) >= PALE for color in {word.color for word in words}}
    for i, word in enumerate(words):
        hidden = word.hidden
        if hidden is None:
            x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
            if not (0 <= x <= width and 0 <= y <= height):
                hidden = "off page"
            elif word.size and word.size < TINY:
                hidden = "tiny"
            elif pale[word.color] and _is_lost(word, x, y, fills, areas):
                hidden = "same colour"
            else:
                hidden = _why_repeat(word, seen)
        if hidden is not None:
            words[i] = replace(word, hidden=hidden)
    return words


def _area(shape: Shape) -> float:
    return (shape.x1 - shape.x0) * (shape.bottom - shape.top)


def _is_lost(word: Word, x: float, y: float, fills: list[Shape], areas: list[float]) -> bool:
    """Whether a pale word stands on ground of its own colour; ``x`` and ``y`` are its middle."""
    color = word.color
    if color is None:
        return False
    height = word.bottom - word.top
    least = (word.x1 - word.x0) * height * 0.5
    tight = False
    for shape in fills[bisect_left(areas, least) :]:
        if shape.x0 <= x <= shape.x1 and shape.top <= y <= shape.bottom:
            same = shape.fill is not None and _distance(shape.fill, color) <= 24
            if same and shape.bottom - shape.top <= 2 * height:
                tight = True  # perhaps an underline, drawn as the box that a clip cuts down to it: the ground below decides
                continue
            return same
    return tight or _distance(WHITE, color) <= 24


def _distance(a: Color, b: Color) -> int:
    return sum(abs(p - q) for p, q in zip(a, b, strict=True))


def _why_repeat(word: Word, seen: dict[str, Word | dict[int, list[Word]]]) -> str | None:
    """A copy of a word printed within a fifth of its size of the first (shadow, fake bold, a box printed twice).

    ``seen``: by text the one word so far, or from the second on all of them by height on the page.
    """
    known = seen.setdefault(word.text, word)
    if known is word:
        return None
    if isinstance(known, Word):
        known = seen[word.text] = {round(known.top / 4): [known]}
    row = round(word.top / 4)
    limit = 0.2 * max(word.size, 5.0)
    for near in (row - 1, row, row + 1):
        for other in known.get(near, ()):
            if _close(other.box, word.box, limit):
                return "repeat"
    known.setdefault(row, []).append(word)
    return None


def _close(a: Box, b: Box, limit: float) -> bool:
    return abs(a[0] - b[0]) <= limit and abs(a[1] - b[1]) <= limit and abs(a[2] - b[2]) <= limit and abs(a[3] - b[3]) <= limit
