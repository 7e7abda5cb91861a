"""pdfium's C functions, bound so that Python's own loops stay out of the way, and the matrices that go with them."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Sequence
from ctypes import PYFUNCTYPE, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from functools import lru_cache
from typing import Any

from bilan_extract.document import Box

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Calls:
    """The C functions in use. They take plain integers as addresses and keep the interpreter's lock.

    pdfium must not be entered by two threads at once; that the lock is kept sees to it.
    """

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        def bind(name: str, result: Any, *arguments: Any) -> Any:
            address = ctypes.cast(getattr(raw, name), c_void_p).value
            if address is None:
                raise ImportError(f"pdfium has no {name}")
            return PYFUNCTYPE(result, *arguments)(address)

        p, i = c_void_p, c_int
        self.load = bind("FPDF_LoadMemDocument64", p, c_char_p, c_size_t, c_char_p)
        self.last_error = bind("FPDF_GetLastError", c_ulong)
        self.close = bind("FPDF_CloseDocument", None, p)
        self.page_count = bind("FPDF_GetPageCount", i, p)
        self.metadata = bind("FPDF_GetMetaText", c_ulong, p, c_char_p, p, c_ulong)
        self.load_page = bind("FPDF_LoadPage", p, p, i)
        self.close_page = bind("FPDF_ClosePage", None, p)
        self.rotation = bind("FPDFPage_GetRotation", i, p)
        self.count_annotations = bind("FPDFPage_GetAnnotCount", i, p)
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
        self.font_name = bind("FPDFFont_GetBaseFontName", c_size_t, p, p, c_size_t)
        self.is_embedded = bind("FPDFFont_GetIsEmbedded", i, p)
        self.descent = bind("FPDFFont_GetDescent", i, p, c_float, p)
        self.glyph_width = bind("FPDFFont_GetGlyphWidth", i, p, c_uint, c_float, p)
        self.draw_mode = bind("FPDFPath_GetDrawMode", i, p, p, p)
        self.count_segments = bind("FPDFPath_CountSegments", i, p)
        self.segment = bind("FPDFPath_GetPathSegment", p, p, i)
        self.segment_type = bind("FPDFPathSegment_GetType", i, p)
        self.segment_close = bind("FPDFPathSegment_GetClose", i, p)
        self.segment_point = bind("FPDFPathSegment_GetPoint", i, p, p, p)


@lru_cache(maxsize=1)
def bound_calls() -> Calls:
    """The functions, bound once a process. Raises ImportError or OSError where pdfium is not there."""
    return Calls()


_CODES: dict[type, str] = {c_float: "f", c_double: "d", c_int: "i", c_uint: "I"}


def _numbers(kind: type, data: bytes) -> array[float]:
    out: array[float] = array(_CODES[kind])
    out.frombytes(data)
    return out


class Room:
    """Room for what the C functions write, used again and again."""

    def __init__(self) -> None:
        self._buffer = ctypes.create_string_buffer(1 << 16)

    def at(self, size: int) -> int:
        """The address of at least ``size`` bytes, which the next use of the room may overwrite."""
        if len(self._buffer) < size:
            self._buffer = ctypes.create_string_buffer(2 * size)
        return ctypes.addressof(self._buffer)

    def read(self, size: int) -> bytes:
        """A copy of the first ``size`` bytes."""
        return ctypes.string_at(self._buffer, size)

    def ask(self, call: Any, kind: type, count: int, *arguments: Any) -> tuple[float, ...]:
        """The ``count`` numbers that one call writes, each to an address of its own; none where it fails."""
        size = ctypes.sizeof(kind)
        at = self.at(size * count)
        if not call(*arguments, *range(at, at + size * count, size)):
            return ()
        return tuple(_numbers(kind, self.read(size * count)))

    def ask_all(
        self, call: Any, kind: type, count: int, *arguments: Sequence[Any], apart: bool = True
    ) -> tuple[list[int], list[list[Any]]]:
        """The same for many calls: what each returned, and ``count`` lists of what they wrote, one entry a call.

        ``apart``: the numbers go to an address each; else to one address, one after the other.
        """
        size, calls = ctypes.sizeof(kind), len(arguments[-1])
        step, whole = size * count, size * count * calls
        at = self.at(whole)
        starts = range(at, at + step, size) if apart else (at,)
        told = list(map(call, *arguments, *(range(start, start + whole, step) for start in starts)))
        numbers = _numbers(kind, self.read(whole))
        return told, [numbers[k::count].tolist() for k in range(count)]


def product(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that does ``inner`` first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def moved(x: float, y: float, matrix: Matrix) -> Point:
    """Where the matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(points: Sequence[Point], matrix: Matrix) -> Box:
    """The box around the points once moved."""
    a, b, c, d, e, f = matrix
    xs, ys = zip(*points, strict=True)
    if b == 0 == c:
        left, right, top, bottom = a * min(xs) + e, a * max(xs) + e, d * min(ys) + f, d * max(ys) + f
        if left > right:
            left, right = right, left
        return (left, top, right, bottom) if top <= bottom else (left, bottom, right, top)
    us = [a * x + c * y + e for x, y in points]
    vs = [b * x + d * y + f for x, y in points]
    return (min(us), min(vs), max(us), max(vs))
