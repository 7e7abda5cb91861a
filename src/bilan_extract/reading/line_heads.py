"""Bullets, numerals, codes and signs of a line, told by their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bilan_extract.patterns import lazy
from bilan_extract.reading.glued import number_apart
from bilan_extract.reading.marks import ARROW, RING, SOLID, TICK, UNREAD, Mark, bars_in, code_in, is_bar, is_ornament, mark_in
from bilan_extract.reading.sheet import Sheet
from bilan_extract.reading.tesseract import ReadLine, ReadWord

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

DOUBTED = 0.6  # confidence below which a word may hold a mark and a word
SIGNS = frozenset({ARROW, TICK, *SOLID})
# "Il.", "|.", "Ill)", "l": strokes that may be a Roman numeral
_NUMERAL = lazy(r"^[Il|!\]\[]{1,4}(?P<close>[.)]?)$")
# "1.1", "12", "IL.1", "IIT.1", "[1": what a code with a Roman numeral is read as ("I.1", "I.2", "II.1", "III.1")
_CODE = lazy(r"^[Il|!\]\[1LT]{1,4}\.?\d{1,2}$")
# "-_internats": a dash and the word behind it, read as one
_GLUED = lazy(r"^(?P<dash>[-–—])_+(?=[^\W\d_]{2})")
# "—-": one dash, read as two
_DASHES = lazy(r"^[-–—]{2,3}$")
_AFTER_NUMERAL = frozenset(("-", "–", "—", ":", "."))


def with_marks(line: ReadLine, picture: Sheet, size: float) -> tuple[ReadWord, ...]:
    """The line's words, the marks and numerals among them read as such. ``size`` in pixels."""
    reads = _with_numeral(_with_bullet(_parted(line, picture), picture, size), line, picture, size)
    reads = (*number_apart(reads[0], picture.ink), *reads[1:])
    reads = (*reads[:1], *_with_signs(reads[1:], line, picture, size, SOLID))
    return tuple(word._replace(text="—") if _DASHES.match(word.text) else word for word in reads)


def _parted(line: ReadLine, picture: Sheet) -> ReadLine:
    """The line with no word's box over the next one's: the engine draws some as far as the line's end."""
    import numpy

    words = list(line.words)
    for k, (word, after) in enumerate(zip(words, words[1:], strict=False)):
        if word.x0 < after.x0 < word.x1:
            inked = numpy.nonzero((picture.ink[max(0, word.y0) : word.y1, max(0, word.x0) : after.x0] < 128).any(axis=0))[0]
            words[k] = word._replace(x1=word.x0 + int(inked[-1]) + 1 if len(inked) else after.x0)
    return line._replace(words=tuple(words))


def _with_bullet(line: ReadLine, picture: Sheet, size: float) -> tuple[ReadWord, ...]:
    """The line's words, a bullet before them read as the mark it is. ``size`` in pixels.

    The engine reads a mark as "e", "+", "M", "/", or not at all; the picture shows a disc, a square, an arrow, a tick.
    """
    head, rest = line.words[0], line.words[1:]
    glued = _GLUED.match(head.text)
    if glued is not None:
        end = min(head.x1, round(head.x0 + 0.4 * size))
        dash = head._replace(text=glued["dash"], x1=end)
        return (dash, head._replace(text=head.text[glued.end() :], x0=min(head.x1 - 1, end + round(0.2 * size))), *rest)
    if not rest:
        return line.words
    base = line.base + line.slope * ((head.x0 + head.x1) / 2 - line.x0)
    if len(head.text) <= 2:
        mark = mark_in(picture.ink, (head.x0 - 3, head.x1 + 3), base, size)
        if mark is None and head.text == "o":  # no line of French begins so: a ring as large as the letter
            mark = Mark(RING, head.x0, head.x1)
        if mark is not None and (mark.text in SOLID or _is_doubted(head)):
            head = head._replace(text=mark.text, confidence=max(head.confidence, 0.9))
            return (head, *_with_signs(rest, line, picture, size))
        own = _tight(picture.ink, head)
        if len(head.text) == 1 and own is not None:
            bar = head.confidence < 0.6 and is_bar(picture.ink, (head.x0, head.y0, head.x1, head.y1), size)
            if bar or is_ornament(own[0], (base - own[1]) / size, size):
                return rest
        if mark is not None:
            return line.words
        if head.text in (".", ",", "'", "’", "‘", "`", "_"):  # dirt: no line begins so
            return rest
    elif (parts := _led_by_mark(head, picture.ink, base, size)) is not None:
        return (*parts, *rest)
    left = (round(head.x0 - 2.1 * size), round(head.x0 - 0.08 * size))
    found = mark_in(picture.ink, left, base, size) if left[0] > 0 else None
    if found is not None and found.text in UNREAD:
        return (ReadWord(found.text, found.x0, head.y0, found.x1, head.y1, 0.9), *line.words)
    return line.words


def _led_by_mark(head: ReadWord, ink: Array, base: float, size: float) -> tuple[ReadWord, ReadWord] | None:
    """A mark and the word behind it, where the engine drew the word's box around both and left the mark out."""
    import numpy

    field = ink[max(0, head.y0) : head.y1, max(0, head.x0) : round(head.x0 + 2.4 * size)] < 128
    inked = numpy.nonzero(field.any(axis=0))[0]
    gaps = numpy.nonzero(numpy.diff(inked) >= 0.3 * size)[0]
    if not len(gaps) or head.x0 + int(inked[gaps[0] + 1]) >= head.x1:
        return None
    end, start = head.x0 + int(inked[gaps[0]]) + 1, head.x0 + int(inked[gaps[0] + 1])
    mark = mark_in(ink, (head.x0 - 3, end + 3), base, size)
    if mark is None or mark.text not in UNREAD:
        return None
    text = head.text
    if head.confidence < DOUBTED and any(c.isalnum() for c in text):  # "“1." for a tick and "1."
        text = text.lstrip("".join(c for c in text if not c.isalnum()))
    return ReadWord(mark.text, mark.x0, head.y0, mark.x1, head.y1, 0.9), head._replace(text=text, x0=start)


def _with_numeral(words: tuple[ReadWord, ...], line: ReadLine, picture: Sheet, size: float) -> tuple[ReadWord, ...]:
    """The line's words, a numeral before its text read stroke by stroke: the engine reads "III." as "Il.", "I." as "|.".

    It is the first word, or the second ("Axe II"), and stands before a dash or colon or ends in a point or with its line.
    """
    code = _code(words, picture, size)
    if code is not None:
        return (code, *words[1:])
    for k, word in enumerate(words[:2]):
        found = _NUMERAL.match(word.text)
        after = words[k + 1].text if k + 1 < len(words) else ""
        named = k == 1 and k + 1 == len(words) and words[0].text[:1].isupper()  # "Axe II" alone on its line
        if found is None or not (found["close"] or after in _AFTER_NUMERAL or named):
            continue
        bars = bars_in(picture.ink, (word.x0 - 2, word.y0 - 2, word.x1 + 2, word.y1 + 2), size)
        if bars:
            read = word._replace(text="I" * bars + found["close"], confidence=max(word.confidence, 0.8))
            return (*words[:k], read, *words[k + 1 :])
    return words


def _code(words: tuple[ReadWord, ...], picture: Sheet, size: float) -> ReadWord | None:
    """The code before a title as its strokes show it: slanted "I.1" is read "1.1", "II.1" as "IL.1"; None where it stands."""
    head = words[0]
    named = len(words) > 1 and words[1].text[:1].isalpha() and _CODE.match(head.text) is not None
    if not named or head.confidence >= 0.7 and head.text.replace(".", "").isdigit():
        return None
    found = code_in(picture.ink, (head.x0 - 2, head.y0 - 2, head.x1 + 2, head.y1 + 2), size)
    digits = "" if found is None else head.text[-found.after :]
    if found is None or not digits.isdigit():
        return None
    return head._replace(text="I" * found.bars + "." + digits, confidence=max(head.confidence, 0.8))


def _with_signs(
    words: tuple[ReadWord, ...], line: ReadLine, picture: Sheet, size: float, signs: frozenset[str] = SIGNS
) -> tuple[ReadWord, ...]:
    """The words, signs among them read too: "✔ done ➜ to come", a key to signs, "Axe 1 • Habiter".

    On a line that begins with a sign more may be one than elsewhere.
    """
    out = list(words)
    for k, word in enumerate(words):
        if len(word.text) <= 2 and not any(c.isalnum() or c in ",;:.-–—" for c in word.text):
            mark = mark_in(picture.ink, (word.x0 - 3, word.x1 + 3), line.base + line.slope * (word.x0 - line.x0), size)
            if mark is not None and mark.text in signs:
                out[k] = word._replace(text=mark.text, confidence=max(word.confidence, 0.9))
    return tuple(out)


def _is_doubted(head: ReadWord) -> bool:
    """Whether a mark may stand where the engine read this: a sign, or letters it is not sure of."""
    return not any(c.isalnum() for c in head.text) or head.confidence < 0.85 and not head.text.isdigit()


def _tight(ink: Array, word: ReadWord) -> tuple[Array, int] | None:
    """The ink of a word's box without the white around it, and the row below its last one."""
    import numpy

    field = ink[max(0, word.y0) : word.y1, max(0, word.x0) : word.x1] < 128
    rows, columns = numpy.nonzero(field.any(axis=1))[0], numpy.nonzero(field.any(axis=0))[0]
    if not len(rows):
        return None
    own = field[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return own, max(0, word.y0) + int(rows[-1]) + 1
