"""A page's characters by pdfium, in content-stream order, with the boxes that a font's own metrics give them."""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from ctypes import c_double, c_float, c_uint
from itertools import islice, repeat
from operator import eq
from typing import NamedTuple

from bilan_extract.document import Color
from bilan_extract.reading.pdfium_calls import IDENTITY, Calls, Matrix, Room, bounds, moved, product
from bilan_extract.reading.words import Char, Strip

UNSEEN = (3, 7)  # text render modes that paint nothing
_SPACE = Strip(" ", (0.0,), (0.0,), 0.0, 0.0, "", 0.0, None)

# descents of the fonts that need not be embedded, of the size, from Adobe's metrics
STANDARD_DESCENTS = {
    name: descent
    for descent, names in (
        (-0.207, "Helvetica Helvetica-Bold Helvetica-Oblique Helvetica-BoldOblique"),
        (-0.207, "Arial Arial,Bold Arial,Italic Arial,BoldItalic"),
        (-0.217, "Times-Roman Times-Bold Times-Italic Times-BoldItalic"),
        (-0.217, "TimesNewRoman TimesNewRoman,Bold TimesNewRoman,Italic TimesNewRoman,BoldItalic"),
        (-0.194, "Courier Courier-Bold Courier-Oblique Courier-BoldOblique"),
        (-0.194, "CourierNew CourierNew,Bold CourierNew,Italic CourierNew,BoldItalic"),
        (0.0, "Symbol ZapfDingbats"),
    )
    for name in names.split()
}


class Overhangs:
    """How far ink sticks out of the advances of a font's characters, which pdfium's boxes take in.

    Attributes:
        plain: characters whose boxes are their advances.
        by_box: for a character and the width of its box (hundredths of the size): how far it sticks out left and right.
    """

    def __init__(self) -> None:
        self.plain: set[str] = set()
        self.by_box: dict[tuple[str, int], tuple[float, float]] = {}


class _Font(NamedTuple):
    """A font on one page; ``descent`` is a share of the size, negative."""

    name: str
    descent: float
    handle: int
    overhangs: Overhangs


class _Style(NamedTuple):
    """What all characters of one text object share. ``matrix`` leads from glyph space to the page's top left."""

    font: _Font
    size: float  # nominal
    matrix: Matrix
    color: Color | None
    invisible: bool


class _Piece(NamedTuple):
    """Neighbouring characters of one text object."""

    owner: int
    start: int
    stop: int


class TextReader:
    """One page's characters.

    Args:
        text: handle of pdfium's text page.
        to_page: leads to the page's top left.
        descents: by font name, those that pdfium would only guess.
        overhangs: by font name, what is known from the pages before; filled on.
    """

    def __init__(
        self,
        calls: Calls,
        room: Room,
        text: int,
        to_page: Matrix,
        descents: Mapping[str, float],
        overhangs: dict[str, Overhangs],
    ) -> None:
        self._calls, self._room, self._text, self._to_page = calls, room, text, to_page
        self._descents, self._overhangs = descents, overhangs
        self._fonts: dict[int, _Font] = {}
        self._widths: dict[tuple[int, str], float] = {}

    def read(self, stream: Sequence[int]) -> Iterator[Char | Strip]:
        """Characters in the order of their text objects in ``stream``, those that pdfium made up left out."""
        calls, text = self._calls, self._text
        count = calls.count_chars(text)
        if count <= 0:
            return
        characters = self._characters(count)
        pieces = _pieces(list(map(calls.char_object, repeat(text), range(count))))
        pieces, breaks = _in_order(pieces, stream)
        lefts, rights = self._edges(count)
        styles = self._styles(pieces)
        for piece, after_space in zip(pieces, breaks, strict=True):
            if after_space:
                yield _SPACE
            style = styles[piece.owner]
            for start, stop in self._real(characters, piece.start, piece.stop, lefts, rights):
                a, b, *_ = style.matrix
                if b == 0 and a > 0 and self._to_page[0] == 1 and style.size:
                    yield self._strip(style, characters[start:stop], start, lefts[start:stop], rights[start:stop])
                else:
                    yield from self._turned(style, characters, start, stop)

    def _characters(self, count: int) -> str:
        """One character for each of pdfium's."""
        units = self._calls.text(self._text, 0, count, self._room.at(4 * count + 4)) - 1
        if units == count:
            got = self._room.read(2 * units).decode("utf-16-le", "replace")
            if len(got) == count:
                return got
        return "".join(map(self._character, range(count)))

    def _character(self, index: int) -> str:
        code = self._calls.unicode(self._text, index)
        if code < 32 and code not in (9, 10, 13):
            return "\ufffe" if self._calls.is_hyphen(self._text, index) == 1 else "\ufffd"
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"

    def _edges(self, count: int) -> tuple[list[float], list[float]]:
        """Left and right edges of all characters by origin and advance, in the PDF's own space."""
        at = self._room.at(16 * count)
        boxes = range(at, at + 16 * count, 16)
        deque(map(self._calls.loose_box, repeat(self._text), range(count), boxes), maxlen=0)
        values = array("f", self._room.read(16 * count))
        return values[0::4].tolist(), values[2::4].tolist()

    def _real(
        self, characters: str, start: int, stop: int, lefts: list[float], rights: list[float]
    ) -> Iterator[tuple[int, int]]:
        """The stretches of a text object between the spaces, without width, that pdfium put where it saw a gap."""
        at = characters.find(" ", start, stop)
        while at >= 0:
            if lefts[at] == rights[at] and self._calls.is_generated(self._text, at) == 1:
                if at > start:
                    yield start, at
                start = at + 1
            at = characters.find(" ", at + 1, stop)
        if start < stop:
            yield start, stop

    # styles

    def _styles(self, pieces: Sequence[_Piece]) -> dict[int, _Style]:
        """The style of each text object, asked for all together."""
        calls, room = self._calls, self._room
        first: dict[int, int] = {}
        for piece in pieces:
            first.setdefault(piece.owner, piece.start)
        owners = list(first)
        told, parts = room.ask_all(calls.char_matrix, c_float, 6, [self._text] * len(owners), list(first.values()), apart=False)
        matrices = [m if ok else IDENTITY for ok, m in zip(told, zip(*parts, strict=True), strict=True)]
        _, (sizes,) = room.ask_all(calls.font_size, c_float, 1, owners)
        colored, (r, g, b, opacity) = room.ask_all(calls.fill_color, c_uint, 4, owners)
        fonts, modes = map(calls.font, owners), map(calls.render_mode, owners)
        colors = zip(r, g, b, strict=True)
        rows = zip(owners, matrices, sizes, colored, colors, opacity, list(fonts), list(modes), strict=True)
        return {
            owner: _Style(
                self._font(font),
                size,
                product(matrix, self._to_page),
                color if has_color else None,
                mode in UNSEEN or bool(has_color and not alpha),
            )
            for owner, matrix, size, has_color, color, alpha, font, mode in rows
        }

    def _font(self, handle: int) -> _Font:
        known = self._fonts.get(handle)
        if known is None:
            calls = self._calls
            size = calls.font_name(handle, None, 0)
            room = ctypes.create_string_buffer(max(size, 1))
            calls.font_name(handle, ctypes.addressof(room), size)
            name = room.raw.rstrip(b"\0").decode("utf-8", "replace")
            descent = self._descents.get(name)
            if descent is None and not calls.is_embedded(handle):
                descent = STANDARD_DESCENTS.get(name)
            if descent is None:
                stated = self._room.ask(calls.descent, c_float, 1, handle, 1.0)
                descent = -abs(stated[0]) if stated else 0.0
            overhangs = self._overhangs.setdefault(name, Overhangs())
            known = self._fonts[handle] = _Font(name, descent, handle, overhangs)
        return known

    # boxes

    def _strip(self, style: _Style, text: str, start: int, lefts: list[float], rights: list[float]) -> Strip:
        """Upright characters in one piece."""
        a, _, c, d, _, _ = style.matrix
        font, size = style.font, style.size
        low, high = font.descent * size, (font.descent + 1) * size
        left = self._to_page[4] + (min(c * low, c * high) if c else 0.0)
        right = self._to_page[4] + (max(c * low, c * high) if c else 0.0)
        x0, x1 = lefts, rights
        if left or right:
            x0, x1 = [x + left for x in lefts], [x + right for x in rights]
        if not font.overhangs.plain.issuperset(text):
            x0, x1 = self._trimmed(font, text, start, lefts, rights, x0[:], x1[:], a * size)
        if any(map(eq, lefts, islice(lefts, 1, None))):
            x0, x1 = _shared(x0, x1, lefts, rights)
        y = self._origin(start)[1]
        top, bottom = y + d * high, y + d * low
        if top > bottom:
            top, bottom = bottom, top
        return Strip(text, x0, x1, top, bottom, font.name, abs(d) * size, style.color, style.invisible)

    def _trimmed(
        self,
        font: _Font,
        text: str,
        start: int,
        lefts: list[float],
        rights: list[float],
        x0: list[float],
        x1: list[float],
        scale: float,
    ) -> tuple[list[float], list[float]]:
        """The edges ``x0`` and ``x1`` without the ink that sticks out of advances."""
        plain, known = font.overhangs.plain, font.overhangs.by_box
        for i, character in enumerate(text):
            if character in plain:
                continue
            key = (character, round(100 * (rights[i] - lefts[i]) / scale))
            found = known.get(key)
            if found is None:
                ends = (start, start + len(text))
                found = known[key] = self._measured(font, character, start + i, lefts[i], rights[i], scale, ends)
            x0[i] += found[0] * scale
            x1[i] -= found[1] * scale
        return x0, x1

    def _measured(
        self, font: _Font, character: str, index: int, left: float, right: float, scale: float, ends: tuple[int, int]
    ) -> tuple[float, float]:
        """How far a box (from origin to advance, and all ink) goes beyond them at left and right, of the size."""
        shift = self._to_page[4]
        before, here, after = (
            self._origin(i)[0] - shift if ends[0] <= i < ends[1] else None for i in (index - 1, index, index + 1)
        )
        if here is None or here in (before, after):
            return (0.0, 0.0)  # one glyph for several characters
        ink = self._room.ask(self._calls.tight_box, c_double, 4, self._text, index)
        ink_only = left > here + 0.001 * scale
        if not ink_only and (not ink or ink[1] < right - 0.001 * scale):  # the advance goes beyond the ink
            if here - left < 0.004 * scale:
                font.overhangs.plain.add(character)
            return ((here - left) / scale, 0.0)
        advance = self._advance(font.handle, "-" if character == "\ufffe" else character) * scale
        over = right - here - advance
        if advance and (over > 0 or ink_only) and _borne_out(after, right, over, scale):
            return ((here - left) / scale, over / scale)
        return ((here - left) / scale, 0.0)

    def _turned(self, style: _Style, characters: str, start: int, stop: int) -> Iterator[Char]:
        """Characters of turned or mirrored text, or on a turned page: each box from origin, advance and matrix."""
        a, b, c, d, _, _ = style.matrix
        turned = (0 if a >= 0 else 180) if abs(a) >= abs(b) else (90 if b < 0 else -90)
        low, high = style.font.descent * style.size, (style.font.descent + 1) * style.size
        for i in range(start, stop):
            x, y = self._origin(i)
            advance = (self._advance(style.font.handle, characters[i]) or 0.5) * style.size
            box = bounds(((0, low), (advance, low), (advance, high), (0, high)), (a, b, c, d, x, y))
            size = box[2] - box[0] if abs(turned) == 90 else box[3] - box[1]
            yield Char(characters[i], *box, style.font.name, size, style.color, turned, style.invisible)

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = self._room.ask(self._calls.origin, c_double, 2, self._text, index) or (0.0, 0.0)
        return moved(x, y, self._to_page)

    def _advance(self, font: int, character: str) -> float:
        """A character's width, of the size; 0 where the font does not tell."""
        known = self._widths.get((font, character))
        if known is None:
            got = self._room.ask(self._calls.glyph_width, c_float, 1, font, ord(character), 1.0)
            known = self._widths[font, character] = got[0] if got else 0.0
        return known


def _pieces(owners: list[int | None]) -> list[_Piece]:
    """Stretches of characters of one text object. Characters without one are left out."""
    out: list[_Piece] = []
    start, current = 0, owners[0]
    for i, owner in enumerate(owners):
        if owner != current:
            if current is not None:
                out.append(_Piece(current, start, i))
            start, current = i, owner
    if current is not None:
        out.append(_Piece(current, start, len(owners)))
    return out


def _in_order(pieces: list[_Piece], stream: Sequence[int]) -> tuple[list[_Piece], list[bool]]:
    """The pieces by the place of their objects in the stream, and for each whether an object without piece stands before.

    pdfium leaves out the objects that hold a space only.
    """
    order = {owner: place for place, owner in enumerate(stream)}
    places = [order.get(piece.owner, len(order)) for piece in pieces]
    if any(a > b for a, b in zip(places, islice(places, 1, None), strict=False)):
        ranks = sorted(range(len(pieces)), key=places.__getitem__)
        pieces, places = [pieces[k] for k in ranks], [places[k] for k in ranks]
    return pieces, [b - a > 1 for a, b in zip([-1, *places], places, strict=False)]


def _shared(x0: list[float], x1: list[float], lefts: list[float], rights: list[float]) -> tuple[list[float], list[float]]:
    """The edges with each box that stands for several characters ("ffi" set as one glyph) shared evenly among them.

    ``lefts`` and ``rights``: the boxes as pdfium gave them, which tell one glyph from two.
    """
    x0, x1 = x0[:], x1[:]
    i, count = 1, len(x0)
    while i < count:
        left, right = lefts[i], rights[i]
        if left != lefts[i - 1] or right != rights[i - 1] or left == right:
            i += 1
            continue
        start = i - 1
        while i < count and lefts[i] == left and rights[i] == right:
            i += 1
        left, step = x0[start], (x1[start] - x0[start]) / (i - start)
        for k in range(start, i):
            x0[k], x1[k] = left + step * (k - start), left + step * (k - start + 1)
    return x0, x1


def _borne_out(after: float | None, right: float, over: float, scale: float) -> bool:
    """Whether the next character stands where an advance that ends ``over`` before the box would put it.

    The font was asked for a character's width and may have answered for another glyph of the same meaning.
    """
    if after is None:
        return abs(over) < 0.5 * scale
    return abs(after - (right - over)) < min(abs(after - right), 0.12 * scale)
