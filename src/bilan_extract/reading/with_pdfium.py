"""The fast reader, on pdfium's C interface.

What costs here is the step from Python to C, so each question is put for all characters or objects of a page at once, by
loops that run in C. pdfium sorts text objects along a line; the page's own object list brings them back into
content-stream order.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from ctypes import c_float

from bilan_extract.document import Box, Page
from bilan_extract.errors import EncryptedError, NoPagesError, NotAPdfError
from bilan_extract.reading.pdfium_calls import Calls, Matrix, Room, bound_calls
from bilan_extract.reading.pdfium_shapes import TEXT, objects_of, shapes_of
from bilan_extract.reading.pdfium_text import Overhangs, TextReader
from bilan_extract.reading.words import build_words

PASSWORD, SECURITY = 4, 5  # FPDF_ERR_*
MOST_UNPACKED = 1 << 24  # bytes of one stream of packed objects
AFRESH = 100  # pages after which the document is opened anew: pdfium keeps every object that it has parsed

# "<</Type/FontDescriptor/FontName/BAAAAA+Carlito … /Descent 0 … >>": one dictionary without another in it
_DESCRIPTOR = re.compile(rb"<<([^<>]*/FontName\s*/([^\s/<>\[\]()]+)[^<>]*)>>")
# "/Descent -211.9"
_METRIC = re.compile(rb"/(?:Ascent|Descent)\s*([-+.\d]+)")
# "<< /Type /ObjStm /N 12 /First 90 /Length 540 /Filter /FlateDecode >> stream": objects packed together
_PACKED = re.compile(rb"/ObjStm\b[^<>]*>>\s*stream\r?\n")
# "Times#20New#20Roman"
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")


class PdfiumSource:
    """A PDF opened with pdfium: words and shapes as `PdfplumberSource` gives them, many times as fast.

    Attributes:
        bare: numbers of the pages read that carry no annotation.

    Raises:
        EncryptedError: a password is needed, or the one given is wrong.
        NotAPdfError: the bytes cannot be read as a PDF.
        NoPagesError: the document has no page.
    """

    media_type = "application/pdf"

    def __init__(self, data: bytes, *, password: str | None = None) -> None:
        self._calls = bound_calls()
        self._data = data  # pdfium reads from these bytes until it is closed
        self._password = (password or "").encode("utf-8")
        self._document: int | None = self._calls.load(data, len(data), self._password)
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
        self.bare: set[int] = set()
        self._room = Room()
        self._read_since = 0
        self._overhangs: dict[str, Overhangs] = {}  # by font name: a page's handles end with it
        self._descents = dict.fromkeys(fonts_without_descent(data), 0.0)

    def pages(self) -> Iterator[Page]:
        """The pages in order; a page that cannot be read raises NotAPdfError with its number."""
        for number in range(1, self.page_count + 1):
            yield self.page(number)

    def page(self, number: int) -> Page:
        """The page of that number, from 1. Raises NotAPdfError where it cannot be read."""
        if not self._document:
            raise ValueError("the source is closed")
        if self._read_since == AFRESH:
            self._open_afresh()
        self._read_since += 1
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

    def _open_afresh(self) -> None:
        """Lets go of what pdfium has kept of the pages before, so that memory does not grow with their number."""
        self._calls.close(self._document)
        self._document = self._calls.load(self._data, len(self._data), self._password)
        self._read_since = 0

    def _read(self, page: int, box: Box, number: int) -> Page:
        calls, room = self._calls, self._room
        if calls.count_annotations(page) == 0:
            self.bare.add(number)
        to_page, width, height = _page_matrix(box, calls.rotation(page) % 4)
        drawn = objects_of(calls, room, page, to_page)
        shapes = tuple(shapes_of(calls, room, drawn))
        text = calls.load_text(page)
        if not text:
            raise NotAPdfError(f"la page {number} est illisible (son texte)")
        try:
            reader = TextReader(calls, room, text, to_page, self._descents, self._overhangs)
            stream = [one.handle for one in drawn if one.kind == TEXT]
            words = build_words(reader.read(stream), shapes, number, width, height)
        finally:
            calls.close_text(text)
        return Page(number, width, height, words, shapes)

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


def _media_box(calls: Calls, page: int) -> Box | None:
    """The page's own media box; None where it is inherited, which this call does not follow."""
    values = Room().ask(calls.media_box, c_float, 4, page)
    if not values:
        return None
    x0, x1 = sorted((values[0], values[2]))
    y0, y1 = sorted((values[1], values[3]))
    return (x0, y0, x1, y1)


def _without_crop(calls: Calls, document: int, page: int, index: int) -> int:
    """The page once more, cropped to nothing narrower than its (inherited) media box."""
    calls.set_crop_box(page, -1e6, -1e6, 1e6, 1e6)
    calls.close_page(page)
    again: int = calls.load_page(document, index)
    return again


def _page_box(calls: Calls, page: int) -> Box:
    values = (c_float * 4)()
    calls.page_box(page, ctypes.addressof(values))
    left, top, right, bottom = values
    return (left, bottom, right, top)


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
            part = zlib.decompressobj().decompress(memoryview(data)[match.end() :], MOST_UNPACKED)
        except zlib.error:
            continue
        if b"/FontName" in part:
            yield part
