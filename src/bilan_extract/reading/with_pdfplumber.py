"""The reader on pdfplumber: slow, careful, the one that the others are measured against."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

from bilan_extract.document import Color, Page, Shape
from bilan_extract.errors import EncryptedError, NoPagesError, NotAPdfError
from bilan_extract.reading.words import Char, build_words


class PdfplumberSource:
    """A PDF opened with pdfplumber.

    Raises:
        EncryptedError: a password is needed, or the one given is wrong.
        NotAPdfError: the bytes cannot be read as a PDF.
        NoPagesError: the document has no page.
    """

    media_type = "application/pdf"

    def __init__(self, data: bytes, *, password: str | None = None) -> None:
        import pdfplumber
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

        complete_metrics()
        try:
            self._pdf = pdfplumber.open(io.BytesIO(data), password=password or "", raise_unicode_errors=False)
            self.page_count = len(self._pdf.pages)
        except (MemoryError, RecursionError):
            raise
        except Exception as error:
            causes = (error, error.__cause__, *error.args)
            if any(isinstance(c, PDFPasswordIncorrect | PDFEncryptionError) for c in causes):
                raise EncryptedError("le PDF est protégé par un mot de passe") from error
            raise NotAPdfError(f"le fichier ne se lit pas comme un PDF ({type(error).__name__})") from error
        if self.page_count == 0:
            raise NoPagesError("le PDF ne contient aucune page")
        self.producer = str(self._pdf.metadata.get("Producer", ""))

    def pages(self) -> Iterator[Page]:
        """The pages in order; a page that cannot be read raises NotAPdfError with its number."""
        for number in range(1, self.page_count + 1):
            yield self.page(number)

    def page(self, number: int) -> Page:
        """The page of that number, from 1. Raises NotAPdfError where it cannot be read."""
        try:
            page = self._pdf.pages[number - 1]
            try:
                return _read(page, number)
            finally:
                page.close()
        except (MemoryError, RecursionError):
            raise
        except Exception as error:
            raise NotAPdfError(f"la page {number} est illisible ({type(error).__name__})") from error

    def close(self) -> None:
        """Closes the PDF."""
        self._pdf.close()


@lru_cache(maxsize=1)
def complete_metrics() -> None:
    """Gives pdfminer the widths that its metrics of the standard fonts lack, so that what follows stands in its place.

    They are of 1997, before the euro sign, whose width is that of Adobe's later metrics; codes that WinAnsiEncoding does
    not use are shown as bullets (ISO 32000-1, annex D.2); and those of Symbol are asked for in another encoding than its own.
    """
    from pdfminer.fontmetrics import FONT_METRICS

    for name in _STANDARD:
        widths = cast("dict[Any, float]", FONT_METRICS[name][1])
        widths.setdefault("\u20ac", {"H": 556, "T": 500, "C": 600}[name[0]])
        widths.setdefault(_UNUSED_CODE, widths["\u2022"])
    signs = cast("dict[Any, float]", FONT_METRICS["Symbol"][1])
    for first, row in ((0x20, _SYMBOL_LOW), (0xA0, _SYMBOL_HIGH)):
        for code, shown in enumerate(row, first):  # asked by code before what pdfminer reads it as
            if shown in signs:
                signs.setdefault(code, signs[shown])


def _read(page: Any, number: int) -> Page:
    x, y = page.bbox[0], page.bbox[1]
    width, height = float(page.width), float(page.height)
    objects = page.objects
    shapes = tuple(_shapes(objects, x, y))
    words = build_words(_chars(objects.get("char", ()), x, y), shapes, number, width, height)
    return Page(number, width, height, words, shapes)


def _chars(chars: Iterable[dict[str, Any]], dx: float, dy: float) -> Iterator[Char]:
    for c in chars:
        a, b, _, _, _, _ = c["matrix"]
        turned = (0 if a >= 0 else 180) if abs(a) >= abs(b) else (90 if b > 0 else -90)
        font, text = c["fontname"], c["text"]
        if font in _OWN_ENCODING:
            text = _OWN_ENCODING[font](text)
        elif text == _UNUSED and font in _STANDARD:
            text = "\u2022"
        yield Char(
            text,
            c["x0"] - dx,
            c["top"] - dy,
            c["x1"] - dx,
            c["bottom"] - dy,
            font,
            c["x1"] - c["x0"] if abs(turned) == 90 else c["size"],
            to_rgb(c["non_stroking_color"]),
            turned,
        )


def _shapes(objects: dict[str, list[dict[str, Any]]], dx: float, dy: float) -> Iterator[Shape]:
    for kind in ("rect", "curve", "line", "image"):
        for o in objects.get(kind, ()):
            yield Shape(
                kind,
                o["x0"] - dx,
                o["top"] - dy,
                o["x1"] - dx,
                o["bottom"] - dy,
                to_rgb(o.get("non_stroking_color")) if o.get("fill") else None,
                to_rgb(o.get("stroking_color")) if o.get("stroke") else None,
                float(o.get("linewidth") or 0.0) if o.get("stroke") else 0.0,
            )


def dingbat(text: str) -> str:
    """What a character of the standard font ZapfDingbats shows ("n": a black square), which pdfminer reads as text."""
    code = _code(text)
    if code in _DINGBATS:
        return _DINGBATS[code]
    if 0x21 <= code <= 0x7E:
        return chr(0x2701 + code - 0x21)
    if 0xA1 <= code <= 0xFE:
        return chr(0x2761 + code - 0xA1)
    return text


def symbol(text: str) -> str:
    """What a character of the standard font Symbol shows ("b" is a beta), which pdfminer reads as text."""
    code = _code(text)
    if 0x20 <= code <= 0x7E:
        return _SYMBOL_LOW[code - 0x20]
    if 0xA0 <= code <= 0xEF:
        return _SYMBOL_HIGH[code - 0xA0]
    return text


def _code(text: str) -> int:
    """The byte that pdfminer read as ``text`` by Adobe's standard encoding."""
    number = _UNKNOWN.fullmatch(text)
    return int(number[1]) if number else _standard_codes().get(text, -1)


@lru_cache(maxsize=1)
def _standard_codes() -> dict[str, int]:
    from pdfminer.encodingdb import EncodingDB

    return {text: code for code, text in EncodingDB.std2unicode.items()}


# "(cid:127)": a byte that the font's encoding has no character for
_UNKNOWN = re.compile(r"\(cid:(\d+)\)")
_UNUSED_CODE = 127  # WinAnsiEncoding shows its unused codes as bullets
_UNUSED = f"(cid:{_UNUSED_CODE})"
_STANDARD = frozenset(
    family + style
    for family, styles in (
        ("Helvetica", ("", "-Bold", "-Oblique", "-BoldOblique")),
        ("Courier", ("", "-Bold", "-Oblique", "-BoldOblique")),
        ("Times", ("-Roman", "-Bold", "-Italic", "-BoldItalic")),
    )
    for style in styles
)
_OWN_ENCODING: dict[str, Callable[[str], str]] = {"ZapfDingbats": dingbat, "Symbol": symbol}
# where the dingbats leave the order of Unicode's own block
_DINGBATS = {
    0x25: "\u260e",
    0x2A: "\u261b",
    0x2B: "\u261e",
    0x48: "\u2605",
    0x6C: "\u25cf",
    0x6E: "\u25a0",
    0x73: "\u25b2",
    0x74: "\u25bc",
    0x75: "\u25c6",
    0x77: "\u25d7",
    0xA8: "\u2663",
    0xA9: "\u2666",
    0xAA: "\u2665",
    0xAB: "\u2660",
    **{0xAC + i: chr(0x2460 + i) for i in range(10)},
    0xD5: "\u2192",
    0xD6: "\u2194",
    0xD7: "\u2195",
}
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"


def to_rgb(color: Sequence[float] | float | None) -> Color | None:
    """sRGB 0..255 of a grey, RGB or CMYK colour given in 0..1; None for patterns and unknown spaces."""
    if color is None:
        return None
    parts = [color] if isinstance(color, int | float) else list(color)
    if not parts or not all(isinstance(p, int | float) and math.isfinite(p) for p in parts):
        return None
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        c, m, y, k = parts
        parts = [(1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)]
    elif len(parts) != 3:
        return None
    r, g, b = (min(255, max(0, round(p * 255))) for p in parts)
    return (r, g, b)
