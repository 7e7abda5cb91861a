"""The fast reader, on pdfium's C interface.

What costs here is the step from Python to C, so each question is put once for as many characters as it holds for: a
page's text and its boxes in bulk, style once a text object. pdfium sorts text objects along a line; the page's own
object list brings them back into content-stream order.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
import zlib
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ctypes import PYFUNCTYPE, c_char_p, c_double, c_float, c_int, c_uint, c_ulong, c_void_p
from itertools import islice, repeat
from operator import eq
from typing import Any, NamedTuple

from bilan_extract.document import Box, Color, Page, Shape
from bilan_extract.errors import EncryptedError, NoPagesError, NotAPdfError
from bilan_extract.reading.words import Char, Strip, build_words

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # FPDF_PAGEOBJ_*
LINE_TO, BEZIER_TO, MOVE_TO = 0, 1, 2  # FPDF_SEGMENT_*
UNSEEN = (3, 7)  # text render modes that paint nothing
PASSWORD, SECURITY = 4, 5  # FPDF_ERR_*
NESTED = 16  # forms within forms: deeper is a loop or an attack


class _Calls:
    """The C functions in use, bound to take plain integers as addresses and to keep the interpreter's lock.

    pdfium must not be entered by two threads at once; that the lock is kept sees to it.
    """

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        def bind(name: str, result: Any, *arguments: Any) -> Any:
            address = ctypes.cast(getattr(raw, name), c_void_p).value
            assert address is not None
            return PYFUNCTYPE(result, *arguments)(address)

        p, i = c_void_p, c_int
        self.load = bind("FPDF_LoadMemDocument64", p, c_char_p, ctypes.c_size_t, c_char_p)
        self.last_error = bind("FPDF_GetLastError", c_ulong)
        self.close = bind("FPDF_CloseDocument", None, p)
        self.page_count = bind("FPDF_GetPageCount", i, p)
        self.metadata = bind("FPDF_GetMetaText", c_ulong, p, c_char_p, p, c_ulong)
        self.load_page = bind("FPDF_LoadPage", p, p, i)
        self.close_page = bind("FPDF_ClosePage", None, p)
        self.rotation = bind("FPDFPage_GetRotation", i, p)
        self.media_box = bind("FPDFPage_GetMediaBox", i, p, p, p, p, p)
        self.set_crop_box = bind("FPDFPage_SetCropBox", None, p, c_float, c_float, c_float, c_float)
        self.page_box = bind("FPDF_GetPageBoundingBox", i, p, p)
        self.load_text = bind("FPDFText_LoadPage", p, p)
        self.close_text = bind("FPDFText_ClosePage", None, p)
        self.count_chars = bind("FPDFText_CountChars", i, p)
        self.text = bind("FPDFText_GetText", i, p, i, i, p)
        self.unicode = bind("FPDFText_GetUnicode", c_uint, p, i)
        self.is_hyphen = bind("FPDFText_IsHyphen", i, p, i)
        self.is_generated = bind("FPDFText_IsGenerated", i, p, i)
        self.char_object = bind("FPDFText_GetTextObject", p, p, i)
        self.loose_box = bind("FPDFText_GetLooseCharBox", i, p, i, p)
        self.tight_box = bind("FPDFText_GetCharBox", i, p, i, p, p, p, p)
        self.char_matrix = bind("FPDFText_GetMatrix", i, p, i, p)
        self.origin = bind("FPDFText_GetCharOrigin", i, p, i, p, p)
        self.count_objects = bind("FPDFPage_CountObjects", i, p)
        self.object = bind("FPDFPage_GetObject", p, p, i)
        self.count_form_objects = bind("FPDFFormObj_CountObjects", i, p)
        self.form_object = bind("FPDFFormObj_GetObject", p, p, c_ulong)
        self.type = bind("FPDFPageObj_GetType", i, p)
        self.matrix = bind("FPDFPageObj_GetMatrix", i, p, p)
        self.fill_color = bind("FPDFPageObj_GetFillColor", i, p, p, p, p, p)
        self.stroke_color = bind("FPDFPageObj_GetStrokeColor", i, p, p, p, p, p)
        self.stroke_width = bind("FPDFPageObj_GetStrokeWidth", i, p, p)
        self.font_size = bind("FPDFTextObj_GetFontSize", i, p, p)
        self.render_mode = bind("FPDFTextObj_GetTextRenderMode", i, p)
        self.font = bind("FPDFTextObj_GetFont", p, p)
        self.font_name = bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, p, p, ctypes.c_size_t)
        self.is_embedded = bind("FPDFFont_GetIsEmbedded", i, p)
        self.descent = bind("FPDFFont_GetDescent", i, p, c_float, p)
        self.glyph_width = bind("FPDFFont_GetGlyphWidth", i, p, c_uint, c_float, p)
        self.draw_mode = bind("FPDFPath_GetDrawMode", i, p, p, p)
        self.count_segments = bind("FPDFPath_CountSegments", i, p)
        self.segment = bind("FPDFPath_GetPathSegment", p, p, i)
        self.segment_type = bind("FPDFPathSegment_GetType", i, p)
        self.segment_close = bind("FPDFPathSegment_GetClose", i, p)
        self.segment_point = bind("FPDFPathSegment_GetPoint", i, p, p, p)


_bound: _Calls | None = None


def _calls() -> _Calls:
    global _bound
    if _bound is None:
        _bound = _Calls()
    return _bound


class _Cells:
    """Room for what the C functions write: named by what is in it, with the addresses taken once."""

    def __init__(self) -> None:
        self.six = (c_float * 6)()
        self.four = (c_float * 4)()
        self.bytes = (c_uint * 4)()
        self.two = (c_double * 2)()
        self.box = (c_double * 4)()
        self.one = c_float()
        self.ints = (c_int * 2)()
        self.six_at = ctypes.addressof(self.six)
        self.four_at = tuple(ctypes.addressof(self.four) + 4 * k for k in range(4))
        self.bytes_at = tuple(ctypes.addressof(self.bytes) + 4 * k for k in range(4))
        self.two_at = tuple(ctypes.addressof(self.two) + 8 * k for k in range(2))
        self.box_at = tuple(ctypes.addressof(self.box) + 8 * k for k in range(4))
        self.one_at = ctypes.addressof(self.one)
        self.ints_at = tuple(ctypes.addressof(self.ints) + 4 * k for k in range(2))
        self._room = ctypes.create_string_buffer(1 << 16)

    def room(self, size: int) -> ctypes.Array[Any]:
        """A buffer of at least ``size`` bytes, the same one each time."""
        if len(self._room) < size:
            self._room = ctypes.create_string_buffer(2 * size)
        return self._room


class _Overhangs:
    """How far ink sticks out of the advances of a font's characters, which pdfium's boxes take in.

    Attributes:
        plain: characters whose boxes are their advances.
        by_box: for a character and the width of its box (of the size): how far the box goes beyond at left and right.
    """

    def __init__(self) -> None:
        self.plain: set[str] = set()
        self.by_box: dict[tuple[str, int], tuple[float, float]] = {}


class _Font(NamedTuple):
    """A font on one page; ``descent`` is a share of the size, negative."""

    name: str
    descent: float
    handle: int
    overhangs: _Overhangs


class _Style(NamedTuple):
    """What all characters of one text object share. ``matrix`` leads from glyph space to the page's top left."""

    font: _Font
    size: float  # nominal
    matrix: Matrix
    color: Color | None
    invisible: bool


class PdfiumSource:
    """A PDF opened with pdfium: words and shapes as `PdfplumberSource` gives them, many times as fast.

    Raises:
        EncryptedError: a password is needed, or the one given is wrong.
        NotAPdfError: the bytes cannot be read as a PDF.
        NoPagesError: the document has no page.
    """

    media_type = "application/pdf"

    def __init__(self, data: bytes, *, password: str | None = None) -> None:
        self._calls = _calls()
        self._data = data  # pdfium reads from these bytes until it is closed
        self._document: int | None = self._calls.load(data, len(data), (password or "").encode("utf-8"))
        if not self._document:
            error = self._calls.last_error()
            if error in (PASSWORD, SECURITY):
                raise EncryptedError("le PDF est protégé par un mot de passe")
            raise NotAPdfError(f"le fichier ne se lit pas comme un PDF (pdfium {error})")
        self.page_count = self._calls.page_count(self._document)
        if self.page_count == 0:
            self.close()
            raise NoPagesError("le PDF ne contient aucune page")
        self.producer = self._metadata("Producer")
        self._overhangs: dict[str, _Overhangs] = {}  # by font name: a page's handles end with it
        self._descents = dict.fromkeys(fonts_without_descent(data), 0.0)

    def pages(self) -> Iterator[Page]:
        """The pages in order; a page that cannot be read raises NotAPdfError with its number."""
        for number in range(1, self.page_count + 1):
            yield self.page(number)

    def page(self, number: int) -> Page:
        """The page of that number, from 1. Raises NotAPdfError where it cannot be read."""
        if not self._document:
            raise ValueError("the source is closed")
        handle = self._calls.load_page(self._document, number - 1)
        if not handle:
            raise NotAPdfError(f"la page {number} est illisible (pdfium {self._calls.last_error()})")
        try:
            box = _media_box(self._calls, handle)
            if box is None:
                handle = _without_crop(self._calls, self._document, handle, number - 1)
                box = _page_box(self._calls, handle)
            return self._read(handle, box, number)
        except (MemoryError, RecursionError, NotAPdfError):
            raise
        except Exception as error:
            raise NotAPdfError(f"la page {number} est illisible ({type(error).__name__})") from error
        finally:
            self._calls.close_page(handle)

    def _read(self, page: int, box: Box, number: int) -> Page:
        text = self._calls.load_text(page)
        if not text:
            raise NotAPdfError(f"la page {number} est illisible (son texte)")
        try:
            return _PageReader(self._calls, page, text, box, number, self._descents, self._overhangs).read()
        finally:
            self._calls.close_text(text)

    def close(self) -> None:
        """Closes the PDF."""
        if self._document:
            self._calls.close(self._document)
        self._document = None
        self._data = b""

    def _metadata(self, key: str) -> str:
        size = self._calls.metadata(self._document, key.encode(), None, 0)
        if size <= 2:
            return ""
        room = ctypes.create_string_buffer(size)
        self._calls.metadata(self._document, key.encode(), room, size)
        return room.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


def _media_box(calls: _Calls, page: int) -> Box | None:
    """The page's own media box; None where it is inherited, which this call does not follow."""
    values = (c_float * 4)()
    at = ctypes.addressof(values)
    if not calls.media_box(page, at, at + 4, at + 8, at + 12):
        return None
    x0, x1 = sorted((values[0], values[2]))
    y0, y1 = sorted((values[1], values[3]))
    return (x0, y0, x1, y1)


def _without_crop(calls: _Calls, document: int, page: int, index: int) -> int:
    """The page once more, cropped to nothing narrower than its (inherited) media box."""
    calls.set_crop_box(page, -1e6, -1e6, 1e6, 1e6)
    calls.close_page(page)
    again: int = calls.load_page(document, index)
    return again


def _page_box(calls: _Calls, page: int) -> Box:
    values = (c_float * 4)()
    calls.page_box(page, ctypes.addressof(values))
    left, top, right, bottom = values
    return (left, bottom, right, top)


class _PageReader:
    """One page, from open handles to a Page."""

    def __init__(
        self,
        calls: _Calls,
        page: int,
        text: int,
        box: Box,
        number: int,
        descents: Mapping[str, float],
        overhangs: dict[str, _Overhangs],
    ) -> None:
        self._calls, self._page, self._text, self._number = calls, page, text, number
        self._descents, self._overhangs = descents, overhangs
        self._cells = _Cells()
        self._fonts: dict[int, _Font] = {}
        self._widths: dict[tuple[int, str], float] = {}
        self._to_page, self._width, self._height = _page_matrix(box, calls.rotation(page) % 4)

    def read(self) -> Page:
        """The page's words and shapes."""
        order: dict[int, int] = {}
        shapes: list[Shape] = []
        self._walk(self._objects(), self._to_page, order, shapes, 0)
        words = build_words(self._chars(order), shapes, self._number, self._width, self._height)
        return Page(self._number, self._width, self._height, words, tuple(shapes))

    # objects

    def _objects(self) -> list[int]:
        calls = self._calls
        return list(map(calls.object, repeat(self._page), range(calls.count_objects(self._page))))

    def _walk(self, handles: Sequence[int], outer: Matrix, order: dict[int, int], shapes: list[Shape], depth: int) -> None:
        """Shapes in paint order, and for each text object its place in the stream."""
        calls = self._calls
        for handle, kind in zip(handles, map(calls.type, handles), strict=True):
            if kind == TEXT:
                order[handle] = len(order)
            elif kind == PATH:
                shapes.extend(self._path(handle, outer))
            elif kind == IMAGE:
                shapes.append(Shape("image", *_bounds(_UNIT, _product(self._matrix(handle), outer))))
            elif kind == FORM and depth < NESTED:
                count = calls.count_form_objects(handle)
                inner = list(map(calls.form_object, repeat(handle), range(max(count, 0))))
                self._walk(inner, _product(self._matrix(handle), outer), order, shapes, depth + 1)

    def _matrix(self, handle: int) -> Matrix:
        cells = self._cells
        if not self._calls.matrix(handle, cells.six_at):
            return IDENTITY
        a, b, c, d, e, f = cells.six
        return (a, b, c, d, e, f)

    def _color(self, ask: Any, handle: int) -> tuple[Color | None, int]:
        """Colour and opacity (0..255)."""
        cells = self._cells
        if not ask(handle, *cells.bytes_at):
            return None, 255
        r, g, b, a = cells.bytes
        return (r, g, b), a

    def _path(self, handle: int, outer: Matrix) -> Iterator[Shape]:
        calls, cells = self._calls, self._cells
        calls.draw_mode(handle, *cells.ints_at)
        filled, stroked = cells.ints
        matrix = _product(self._matrix(handle), outer)
        fill = self._color(calls.fill_color, handle)[0] if filled else None
        stroke = self._color(calls.stroke_color, handle)[0] if stroked else None
        width = 0.0
        if stroked and calls.stroke_width(handle, cells.one_at):
            width = cells.one.value * math.hypot(matrix[0], matrix[1])
        for kind, points in self._subpaths(handle):
            if kind == "rect" and not _square(points, matrix):
                kind = "curve"
            yield Shape(kind, *_bounds(points, matrix), fill, stroke, width)

    def _subpaths(self, handle: int) -> Iterator[tuple[str, list[tuple[float, float]]]]:
        """The pieces of a path, each with its kind: "line" for one stroke, "rect" for four sides, "curve" for all else.

        Of a Bézier curve only the end point counts, which the third of its three segments holds.
        """
        calls = self._calls
        count = calls.count_segments(handle)
        if count < 2:
            return
        segments = list(map(calls.segment, repeat(handle), range(count)))
        kinds = list(map(calls.segment_type, segments))
        room = self._cells.room(8 * count)
        at = ctypes.addressof(room)
        _run(map(calls.segment_point, segments, range(at, at + 8 * count, 8), range(at + 4, at + 8 * count, 8)))
        values = struct.unpack_from(f"{2 * count}f", room)
        points = list(zip(values[0::2], values[1::2], strict=True))
        starts = [i for i, kind in enumerate(kinds) if kind == MOVE_TO]
        for start, stop in zip(starts, [*starts[1:], count], strict=True):
            if stop - start < 2:
                continue
            straight = BEZIER_TO not in kinds[start:stop]
            corners = points[start:stop] if straight else _ends(kinds, points, start, stop)
            yield _kind(corners, straight, calls.segment_close(segments[stop - 1])), corners

    # characters

    def _chars(self, order: dict[int, int]) -> Iterator[Char | Strip]:
        """Characters in content-stream order, those that pdfium made up left out."""
        calls, text = self._calls, self._text
        count = calls.count_chars(text)
        if count <= 0:
            return
        characters = self._characters(count)
        owners = list(map(calls.char_object, repeat(text), range(count)))
        pieces = _pieces(owners)
        seen = {owner for owner, _, _ in pieces}
        blank = [place for owner, place in order.items() if owner not in seen]  # spaces: pdfium leaves them out
        places = [order.get(owner, len(order)) for owner, _, _ in pieces]
        if any(a > b for a, b in zip(places, places[1:], strict=False)):
            ranks = sorted(range(len(pieces)), key=places.__getitem__)
            pieces, places = [pieces[k] for k in ranks], [places[k] for k in ranks]
        breaks = _between(places, blank)
        lefts, rights = self._edges(count)
        styles: dict[int, _Style] = {}
        for k, (owner, start, stop) in enumerate(pieces):
            if k in breaks:
                yield _SPACE
            style = styles.get(owner)
            if style is None:
                style = styles[owner] = self._style(owner, start)
            for first, last in self._real(characters, start, stop, lefts, rights):
                yield from self._piece(style, characters, first, last, lefts, rights)

    def _characters(self, count: int) -> str:
        """One character for each of pdfium's."""
        calls, text = self._calls, self._text
        room = self._cells.room(4 * count + 4)
        units = calls.text(text, 0, count, ctypes.addressof(room)) - 1
        if units == count:
            got = bytes(memoryview(room)[: 2 * units]).decode("utf-16-le", "replace")
            if len(got) == count:
                return got
        return "".join(map(self._character, range(count)))

    def _character(self, index: int) -> str:
        code = self._calls.unicode(self._text, index)
        if code < 32 and code not in (9, 10, 13):
            return "\ufffe" if self._calls.is_hyphen(self._text, index) == 1 else "\ufffd"
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"

    def _edges(self, count: int) -> tuple[list[float], list[float]]:
        """Left and right edges of all characters by origin and advance, in the page's own space."""
        room = self._cells.room(16 * count)
        at = ctypes.addressof(room)
        _run(map(self._calls.loose_box, repeat(self._text), range(count), range(at, at + 16 * count, 16)))
        values = array("f", room[: 16 * count])
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

    def _style(self, owner: int, index: int) -> _Style:
        calls, cells = self._calls, self._cells
        calls.font_size(owner, cells.one_at)
        size = cells.one.value
        matrix = IDENTITY
        if calls.char_matrix(self._text, index, cells.six_at):
            a, b, c, d, e, f = cells.six
            matrix = (a, b, c, d, e, f)
        color, opacity = self._color(calls.fill_color, owner)
        invisible = calls.render_mode(owner) in UNSEEN or opacity == 0
        return _Style(self._font(calls.font(owner)), size, _product(matrix, self._to_page), color, invisible)

    def _font(self, handle: int) -> _Font:
        known = self._fonts.get(handle)
        if known is None:
            calls, cells = self._calls, self._cells
            size = calls.font_name(handle, None, 0)
            room = ctypes.create_string_buffer(max(size, 1))
            calls.font_name(handle, ctypes.addressof(room), size)
            name = room.raw.rstrip(b"\0").decode("utf-8", "replace")
            descent = self._descents.get(name)
            if descent is None and not calls.is_embedded(handle):
                descent = _STANDARD_DESCENTS.get(name)
            if descent is None:
                descent = -abs(cells.one.value) if calls.descent(handle, 1.0, cells.one_at) else 0.0
            known = self._fonts[handle] = _Font(name, descent, handle, self._overhangs.setdefault(name, _Overhangs()))
        return known

    def _origin(self, index: int) -> tuple[float, float]:
        cells = self._cells
        self._calls.origin(self._text, index, *cells.two_at)
        x, y = cells.two
        return _moved(x, y, self._to_page)

    def _piece(
        self, style: _Style, characters: str, start: int, stop: int, lefts: list[float], rights: list[float]
    ) -> Iterator[Char | Strip]:
        a, b, c, d, _, _ = style.matrix
        if b != 0 or a <= 0 or self._to_page[0] != 1 or not style.size:
            yield from self._turned(style, characters, start, stop)
            return
        font, size = style.font, style.size
        low, high = font.descent * size, (font.descent + 1) * size
        left = self._to_page[4] + (min(c * low, c * high) if c else 0.0)
        right = self._to_page[4] + (max(c * low, c * high) if c else 0.0)
        scale = a * size
        near, far = lefts[start:stop], rights[start:stop]
        x0, x1 = near, far
        if left or right:
            x0, x1 = [x + left for x in near], [x + right for x in far]
        plain = font.overhangs.plain
        text = characters[start:stop]
        if not plain.issuperset(text):
            x0, x1 = x0[:], x1[:]
            for i, character in enumerate(text):
                if character not in plain:
                    out_left, out_right = self._overhang(font, character, start + i, near[i], far[i], scale, (start, stop))
                    x0[i] += out_left * scale
                    x1[i] -= out_right * scale
        if any(map(eq, near, islice(near, 1, None))):
            x0, x1 = _shared(x0, x1, near, far)
        y = self._origin(start)[1]
        top, bottom = sorted((y + d * high, y + d * low))
        yield Strip(text, x0, x1, top, bottom, font.name, abs(d) * size, style.color, style.invisible)

    def _overhang(
        self, font: _Font, character: str, index: int, left: float, right: float, scale: float, piece: tuple[int, int]
    ) -> tuple[float, float]:
        """How far a box (from origin to advance, and all ink) goes beyond them at left and right, of the size."""
        key = (character, round(100 * (right - left) / scale))
        found = font.overhangs.by_box.get(key)
        if found is None:
            found = self._measured(font, character, index, left, right, scale, piece)
            font.overhangs.by_box[key] = found
        return found

    def _measured(
        self, font: _Font, character: str, index: int, left: float, right: float, scale: float, piece: tuple[int, int]
    ) -> tuple[float, float]:
        calls, cells = self._calls, self._cells
        before, here, after = (
            self._origin(i)[0] - self._to_page[4] if piece[0] <= i < piece[1] else None for i in (index - 1, index, index + 1)
        )
        if here is None or here in (before, after):
            return (0.0, 0.0)  # one glyph for several characters
        calls.tight_box(self._text, index, *cells.box_at)
        ink_only = left > here + 0.001 * scale
        if not ink_only and cells.box[1] < right - 0.001 * scale:  # the advance goes beyond the ink
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
        a, b, _, _, _, _ = matrix = style.matrix
        turned = (0 if a >= 0 else 180) if abs(a) >= abs(b) else (90 if b < 0 else -90)
        low, high = style.font.descent * style.size, (style.font.descent + 1) * style.size
        for i in range(start, stop):
            x, y = self._origin(i)
            advance = (self._advance(style.font.handle, characters[i]) or 0.5) * style.size
            box = _bounds(((0, low), (advance, low), (advance, high), (0, high)), (*matrix[:4], x, y))
            size = box[2] - box[0] if abs(turned) == 90 else box[3] - box[1]
            yield Char(characters[i], *box, style.font.name, size, style.color, turned, style.invisible)

    def _advance(self, font: int, character: str) -> float:
        """A character's width, of the size."""
        known = self._widths.get((font, character))
        if known is None:
            cell = self._cells.one
            got = self._calls.glyph_width(font, ord(character), 1.0, self._cells.one_at)
            known = self._widths[font, character] = cell.value if got else 0.0
        return known


# descents of the fonts that need not be embedded, of the size, from Adobe's metrics
_STANDARD_DESCENTS = {
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
# "<</Type/FontDescriptor/FontName/BAAAAA+Carlito … /Descent 0 … >>": one dictionary without another in it
_DESCRIPTOR = re.compile(rb"<<([^<>]*/FontName\s*/([^\s/<>\[\]()]+)[^<>]*)>>")
# "/Descent -211.9"
_METRIC = re.compile(rb"/(?:Ascent|Descent)\s*([-+.\d]+)")
# "<< /Type /ObjStm /N 12 /First 90 /Length 540 /Filter /FlateDecode >> stream": objects packed together
_PACKED = re.compile(rb"/ObjStm\b[^<>]*>>\s*stream\r?\n")
# "Times#20New#20Roman"
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_UNIT = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


_SPACE = Strip(" ", (0.0,), (0.0,), 0.0, 0.0, "", 0.0, None)


def fonts_without_descent(data: bytes) -> set[str]:
    """Names of the fonts whose descriptors state neither ascent nor descent, or 0 for both.

    pdfium then guesses from whatever glyphs the font holds, which differ from subset to subset; such text is taken to
    stand on its baseline instead.
    """
    bare: set[str] = set()
    stated: set[str] = set()
    for part in _descriptor_bytes(data):
        for match in _DESCRIPTOR.finditer(part):
            name = _HEX.sub(lambda m: bytes([int(m[1], 16)]), match[2]).decode("utf-8", "replace")
            known = any(value.strip(b"-+.0") for value in _METRIC.findall(match[1]))
            (stated if known else bare).add(name.split("+", 1)[-1])
    return bare - stated


def _descriptor_bytes(data: bytes) -> Iterator[bytes]:
    """The parts of a file that may hold font descriptors, unpacked."""
    if b"/FontName" in data:
        yield data
    for match in _PACKED.finditer(data):
        try:
            part = zlib.decompressobj().decompress(memoryview(data)[match.end() :], 1 << 24)
        except zlib.error:
            continue
        if b"/FontName" in part:
            yield part


def _borne_out(after: float | None, right: float, over: float, scale: float) -> bool:
    """Whether the next character stands where an advance that ends ``over`` before the box would put it.

    The font was asked for a character's width and may have answered for another glyph of the same meaning.
    """
    if after is None:
        return abs(over) < 0.5 * scale
    return abs(after - (right - over)) < min(abs(after - right), 0.12 * scale)


def _run(calls: Iterable[Any]) -> None:
    """Makes the calls for what they write."""
    deque(calls, maxlen=0)


def _pieces(owners: list[int | None]) -> list[tuple[int, int, int]]:
    """Stretches of characters of one text object: its handle, first index, end. Those without one are left out."""
    out: list[tuple[int, int, int]] = []
    start, current = 0, owners[0]
    for i, owner in enumerate(owners):
        if owner != current:
            if current is not None:
                out.append((current, start, i))
            start, current = i, owner
    if current is not None:
        out.append((current, start, len(owners)))
    return out


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


def _between(places: list[int], blank: list[int]) -> set[int]:
    """Indices of the pieces that a blank text object stands before. Both lists rise."""
    out = set()
    at = 0
    for k, place in enumerate(places):
        while at < len(blank) and blank[at] < place:
            out.add(k)
            at += 1
    return out


def _page_matrix(box: Box, turns: int) -> tuple[Matrix, float, float]:
    """From the PDF's own space to points from the top left of the page as shown, with the page's width and height."""
    x0, y0, x1, y1 = box
    if turns == 1:
        return (0.0, 1.0, 1.0, 0.0, -y0, -x0), y1 - y0, x1 - x0
    if turns == 2:
        return (-1.0, 0.0, 0.0, 1.0, x1, -y0), x1 - x0, y1 - y0
    if turns == 3:
        return (0.0, -1.0, -1.0, 0.0, y1, x1), y1 - y0, x1 - x0
    return (1.0, 0.0, 0.0, -1.0, -x0, y1), x1 - x0, y1 - y0


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does ``inner`` first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(points: Sequence[tuple[float, float]], matrix: Matrix) -> Box:
    """The box around the points once moved."""
    a, b, c, d, e, f = matrix
    xs, ys = zip(*points, strict=True)
    if b == 0 == c:
        left, right, top, bottom = a * min(xs) + e, a * max(xs) + e, d * min(ys) + f, d * max(ys) + f
        return (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    us = [a * x + c * y + e for x, y in points]
    vs = [b * x + d * y + f for x, y in points]
    return (min(us), min(vs), max(us), max(vs))


def _ends(kinds: list[int], points: list[tuple[float, float]], start: int, stop: int) -> list[tuple[float, float]]:
    """The points of a stretch of a path that lie on it: of each curve the last of three."""
    out = [points[start]]
    bezier = 0
    for i in range(start + 1, stop):
        bezier = (bezier + 1) % 3 if kinds[i] == BEZIER_TO else 0
        if not bezier:
            out.append(points[i])
    return out


def _kind(corners: list[tuple[float, float]], straight: bool, closed: int) -> str:
    if not straight:
        return "curve"
    returns = corners[-1] == corners[0]
    sides = len(corners) - (2 if closed and returns and len(corners) > 2 else 1)
    if sides == 1:
        return "line"
    return "rect" if (sides == 3 and closed) or (sides == 4 and not closed and returns) else "curve"


def _square(points: list[tuple[float, float]], matrix: Matrix) -> bool:
    """Whether four corners, once moved, have level and upright sides."""
    a, b, c, d, _, _ = matrix
    if (b or c) and (a or d):
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[:4]
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)
