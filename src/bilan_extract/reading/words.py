"""From characters to words, the same way for every reader.

A reader gives characters in content-stream order; a word is a run of them that touch on one baseline. What print does to
characters is undone here: ligatures, soft and no-break hyphens, superscripts, letter-spaced capitals, overprinted
copies, text that no one can see.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bilan_extract.document import Box, Color, Shape, Word

GAP = 0.18  # of the size: a wider gap between two characters is a space
SAME_LINE = 0.25  # of the size: baselines closer than this are one
TINY = 1.5  # points: smaller text is not meant to be read
WHITE: Color = (255, 255, 255)

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
_SPACES = frozenset(" \t\r\n\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
# superscript letters of an ordinal or abbreviation: "1er", "2nde", "n°" set as "n" + "o", "Mme"
_ORDINAL = re.compile(r"(?:er|ère|re|e|è|ème|eme|me|nd|nde|d|de|ers|ères|es|èmes|o|os|lle|ndes|nds|r|gr)[.,;:)]?$")
_SQUARED = re.compile(r"(?:^|[\d\s/])(?:[kdcm]?m)$")


class Char(NamedTuple):
    """One character as a reader gives it. Boxes in points from the page's top left.

    ``turned``: 0 for upright text, 90 where it runs bottom to top, -90 top to bottom.
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


@dataclass(slots=True)
class _Run:
    """Characters that touch, while the word is being built."""

    chars: list[Char]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def size(self) -> float:
        return self.chars[0].size


def is_bold(font: str) -> bool:
    """Whether a font's name says that it is bold ("Lato-Heavy", "Arial,Bold")."""
    return bool(re.search(r"bold|black|heavy|semibold|demi|extrabd|[-_,]bd\b", font, re.IGNORECASE))


def is_italic(font: str) -> bool:
    """Whether a font's name says that it is slanted."""
    return bool(re.search(r"italic|oblique|[-_,]it\b", font, re.IGNORECASE))


def build_words(
    chars: Iterable[Char], shapes: Sequence[Shape], page: int, width: float, height: float
) -> tuple[Word, ...]:
    """Words of one page in content-stream order, hidden ones marked.

    Args:
        chars: in content-stream order.
        shapes: the page's shapes, to tell white text on a dark box from white text on white.
        page: number of the page, from 1.
        width, height: of the page, in points.
    """
    runs = _attach_superscripts(_join_touching(list(_runs(chars))))
    words = [_word(run, page, index) for index, run in enumerate(runs)]
    words = _join_letter_spaced(words)
    return tuple(_mark_hidden(words, shapes, width, height))


def _runs(chars: Iterable[Char]) -> Iterable[_Run]:
    run: _Run | None = None
    for char in chars:
        text = _CHARACTERS.get(char.text, char.text)
        if not text or text in _SPACES or text.isspace():
            if run is not None and text:
                yield run
                run = None
            continue
        if run is not None and _continues(run, char):
            run.chars.append(char)
            run.text += text
            run.x0, run.top = min(run.x0, char.x0), min(run.top, char.top)
            run.x1, run.bottom = max(run.x1, char.x1), max(run.bottom, char.bottom)
        else:
            if run is not None:
                yield run
            run = _Run([char], text, char.x0, char.top, char.x1, char.bottom)
    if run is not None:
        yield run


def _continues(run: _Run, char: Char) -> bool:
    last = run.chars[-1]
    if char.turned != last.turned or abs(char.size - last.size) > 0.12 * last.size:
        return False
    gap = GAP * max(last.size, 1.0)
    if char.turned == 0:
        return abs(char.bottom - last.bottom) <= SAME_LINE * last.size and -2 * gap <= char.x0 - last.x1 <= gap
    if abs(char.x0 - last.x0) > SAME_LINE * last.size:
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
            and run.chars[0].turned == last.chars[-1].turned == 0
            and abs(run.bottom - last.bottom) <= 0.12 * last.size
            and abs(run.size - last.size) <= 0.12 * last.size
            and -0.1 * last.size <= run.x0 - last.x1 <= 0.06 * last.size
        ):
            last.chars += run.chars
            last.text += run.text
            last.x1, last.top, last.bottom = max(last.x1, run.x1), min(last.top, run.top), max(last.bottom, run.bottom)
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
            host.text += text
            host.chars += run.chars
            host.x1 = max(host.x1, run.x1)
        elif host is not None and _resumes(run, host):
            host.text += run.text
            host.chars += run.chars
            host.x1, host.top, host.bottom = max(host.x1, run.x1), min(host.top, run.top), max(host.bottom, run.bottom)
        else:
            out.append(run)
    return out


def _is_raised(run: _Run, host: _Run) -> bool:
    return (
        run.chars[0].turned == host.chars[-1].turned == 0
        and run.size < 0.85 * host.size
        and run.bottom < host.bottom - 0.08 * host.size
        and run.top < host.bottom - 0.4 * host.size
        and run.bottom > host.top
        and -0.15 * host.size <= run.x0 - host.x1 <= 0.12 * host.size
    )


def _resumes(run: _Run, host: _Run) -> bool:
    """Whether ``run`` is the punctuation that closes a word ended by a superscript ("1er" + ",")."""
    first = host.chars[0]
    return (
        len(host.chars) > 1
        and host.chars[-1].size < 0.85 * first.size
        and run.chars[0].turned == 0
        and abs(run.chars[0].bottom - first.bottom) <= 0.12 * first.size
        and -0.1 * first.size <= run.x0 - host.x1 <= 0.06 * first.size
    )


def _word(run: _Run, page: int, index: int) -> Word:
    first = run.chars[0]
    text = run.text
    if "\u00ad" in text:
        text = text[:-1].replace("\u00ad", "") + ("-" if text[-1] == "\u00ad" else text[-1])
    text = re.sub(r"\(cid:\d+\)", "\ufffd", text)
    font = first.font.split("+", 1)[-1] if "+" in first.font[:8] else first.font
    return Word(
        text=text,
        page=page,
        x0=run.x0,
        top=run.top,
        x1=run.x1,
        bottom=run.bottom,
        font=font,
        size=round(first.size, 2),
        bold=is_bold(font),
        italic=is_italic(font),
        color=first.color,
        index=index,
        upright=first.turned == 0,
        hidden="invisible" if all(c.invisible for c in run.chars) else None,
    )


def _join_letter_spaced(words: list[Word]) -> list[Word]:
    """Joins capitals set apart for looks ("B I L A N"): at least four single letters at even, narrow steps."""
    out: list[Word] = []
    i = 0
    while i < len(words):
        j = i
        while j + 1 < len(words) and _is_spaced_pair(words[j], words[j + 1]):
            j += 1
        if j - i >= 3:
            out.extend(_split_spaced(words[i : j + 1]))
        else:
            out.extend(words[i : j + 1])
        i = j + 1
    return out


def _is_spaced_pair(a: Word, b: Word) -> bool:
    return (
        len(a.text) == len(b.text) == 1
        and a.text.isupper()
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
    seen: dict[tuple[str, int, int], Word] = {}
    out = []
    for word in words:
        hidden = word.hidden or _why_hidden(word, fills, areas, width, height)
        if hidden is None:
            hidden = _is_repeat(word, seen)
        out.append(word if hidden is None else replace(word, hidden=hidden))
    return out


def _area(shape: Shape) -> float:
    return (shape.x1 - shape.x0) * (shape.bottom - shape.top)


def _why_hidden(word: Word, fills: list[Shape], areas: list[float], width: float, height: float) -> str | None:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    if not (0 <= x <= width and 0 <= y <= height):
        return "off page"
    if word.size and word.size < TINY:
        return "tiny"
    if word.color is None or min(word.color) < 225:
        return None  # only pale text can vanish on a page; dark text on a dark box is a printing error, still text
    least = (word.x1 - word.x0) * (word.bottom - word.top) * 0.5
    for shape in fills[bisect_left(areas, least) :]:
        if shape.x0 <= x <= shape.x1 and shape.top <= y <= shape.bottom:
            if shape.fill is None or _distance(shape.fill, word.color) > 24:
                return None
            return "same colour"
    return "same colour" if _distance(WHITE, word.color) <= 24 else None


def _distance(a: Color, b: Color) -> int:
    return sum(abs(p - q) for p, q in zip(a, b, strict=True))


def _is_repeat(word: Word, seen: dict[tuple[str, int, int], Word]) -> str | None:
    """A copy of a word printed within a fifth of its size of the first (shadow, fake bold, a box printed twice)."""
    cell = (round(word.x0 / 4), round(word.top / 4))
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            other = seen.get((word.text, cell[0] + dx, cell[1] + dy))
            if other is not None and _close(other.box, word.box, 0.2 * max(word.size, 5.0)):
                return "repeat"
    seen[(word.text, *cell)] = word
    return None


def _close(a: Box, b: Box, limit: float) -> bool:
    return all(abs(p - q) <= limit for p, q in zip(a, b, strict=True))
