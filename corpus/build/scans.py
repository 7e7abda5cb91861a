"""Scanned editions of a digital document: what an office's copier and archive software make of it.

    python -m corpus.build.scans corpus/dev/demo-climat.pdf OUT.pdf --dpi 200 --skew 0.8 --grey

The tests make theirs at run time, so that nothing large is kept; the same arguments give the same picture on every run
(the seed decides about noise). Kinds of file:

    scanned      every page a picture: skewed, noisy, JPEG
    mixed        some pages of a digital document replaced by pictures
    stamped      pictures under the prefecture's stamp, as an annotation of each page
    with_layer   pictures under invisible text with errors, as bad OCR leaves it
"""

from __future__ import annotations

import argparse
import ctypes
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

# what a tired OCR engine makes of letters and digits
CONFUSIONS = {"0": "O", "1": "l", "5": "S", "é": "e", "à": "a", "m": "rn", "ç": "c"}


@dataclass(frozen=True)
class Scan:
    """How a page is scanned.

    Attributes:
        dpi: pixels an inch.
        skew: degrees that the sheet lies askew, counter-clockwise.
        noise: standard deviation of the sensor's noise, in levels of 255.
        quality: of the JPEG, 1..95.
        grey: without colour.
        seed: of the noise.
    """

    dpi: int = 200
    skew: float = 0.8
    noise: float = 4.0
    quality: int = 70
    grey: bool = False
    seed: int = 1


def scanned(data: bytes, scan: Scan, pages: Iterable[int] | None = None) -> bytes:
    """A PDF whose pages are pictures of those of ``data`` (only ``pages``, from 1, where given)."""
    document = pypdfium2.PdfDocument(data)
    try:
        numbers = list(pages or range(1, len(document) + 1))
        pictures = [_photograph(document[number - 1], scan, number) for number in numbers]
    finally:
        document.close()
    out = io.BytesIO()
    pictures[0].save(
        out, "PDF", resolution=scan.dpi, save_all=True, append_images=pictures[1:], quality=scan.quality,
        creationDate=None, modDate=None,
    )  # fmt: skip
    return out.getvalue()


def _photograph(page: Any, scan: Scan, number: int) -> Image.Image:
    picture = page.render(scale=scan.dpi / 72).to_pil().convert("RGB")
    paper = (252, 251, 249)
    picture = picture.rotate(scan.skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    pixels = numpy.asarray(picture, dtype=numpy.float32) * (numpy.array(paper, dtype=numpy.float32) / 255)
    chance = numpy.random.default_rng([scan.seed, number])
    pixels += chance.normal(0, scan.noise, pixels.shape[:2])[..., None]
    picture = Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))
    return picture.convert("L") if scan.grey else picture


def mixed(data: bytes, scan: Scan, pages: Sequence[int]) -> bytes:
    """``data`` with these pages (from 1) replaced by pictures of themselves."""
    pictures = pypdfium2.PdfDocument(scanned(data, scan, pages))
    source = pypdfium2.PdfDocument(data)
    out = pypdfium2.PdfDocument.new()
    try:
        for number in range(1, len(source) + 1):
            if number in pages:
                out.import_pages(pictures, [pages.index(number)])
            else:
                out.import_pages(source, [number - 1])
        return _saved(out)
    finally:
        for document in (pictures, source, out):
            document.close()


def stamped(data: bytes, lines: Sequence[str]) -> bytes:
    """``data`` with a stamp of these lines in the upper right corner of each page, as a stamp annotation."""
    document = pypdfium2.PdfDocument(data)
    try:
        font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
        for index in range(len(document)):
            page = document[index]
            width, height = page.get_size()
            note = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_STAMP)
            box = pdfium.FS_RECTF(width - 200, height - 12, width - 10, height - 66)
            pdfium.FPDFAnnot_SetRect(note, box)
            for k, line in enumerate(lines):
                text = _text(document, font, line, 8.0, width - 196, height - 24 - 11 * k)
                pdfium.FPDFAnnot_AppendObject(note, text)
            pdfium.FPDFAnnot_SetFlags(note, pdfium.FPDF_ANNOT_FLAG_PRINT)
            pdfium.FPDFPage_CloseAnnot(note)
            page.close()
        return _saved(document)
    finally:
        document.close()


@dataclass(frozen=True)
class Printed:
    """One word of an OCR layer: its box in points from the page's top left."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


def with_layer(data: bytes, words: Iterable[Printed], *, errors: float = 0.0, seed: int = 1) -> bytes:
    """``data`` with these words as invisible text, a share ``errors`` of the confusable characters misread."""
    chance = random.Random(seed)
    document = pypdfium2.PdfDocument(data)
    by_page: dict[int, list[Printed]] = {}
    for word in words:
        by_page.setdefault(word.page, []).append(word)
    try:
        font = pdfium.FPDFText_LoadStandardFont(document, b"Helvetica")
        for number, own in by_page.items():
            page = document[number - 1]
            height = page.get_size()[1]
            for word in own:
                text = "".join(CONFUSIONS[c] if c in CONFUSIONS and chance.random() < errors else c for c in word.text)
                size = word.bottom - word.top
                item = _text(document, font, text + " ", size, word.x0, height - word.bottom + 0.21 * size)
                pdfium.FPDFTextObj_SetTextRenderMode(item, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
                _stretch(item, word, height - word.bottom + 0.21 * size)
                pdfium.FPDFPage_InsertObject(page, item)
            pdfium.FPDFPage_GenerateContent(page)
            page.close()
        return _saved(document)
    finally:
        document.close()


def _text(document: Any, font: Any, text: str, size: float, x: float, y: float) -> Any:
    item = pdfium.FPDFPageObj_CreateTextObj(document, font, size)
    units = (text + "\0").encode("utf-16-le")
    pdfium.FPDFText_SetText(item, ctypes.cast(ctypes.create_string_buffer(units), pdfium.FPDF_WIDESTRING))
    pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, y)
    return item


def _stretch(item: Any, word: Printed, y: float) -> None:
    """Sets the word as wide as it is printed."""
    box = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *box)
    wide = box[2].value - box[0].value
    if wide > 0:
        pdfium.FPDFPageObj_Transform(item, 1, 0, 0, 1, -word.x0, -y)
        pdfium.FPDFPageObj_Transform(item, (word.x1 - word.x0) / wide, 0, 0, 1, word.x0, y)


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def main() -> None:
    """The command: one scanned edition."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--skew", type=float, default=0.8)
    parser.add_argument("--noise", type=float, default=4.0)
    parser.add_argument("--quality", type=int, default=70)
    parser.add_argument("--grey", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, nargs="*", help="from 1; all where not given")
    given = parser.parse_args()
    scan = Scan(given.dpi, given.skew, given.noise, given.quality, given.grey, given.seed)
    given.out.write_bytes(scanned(given.pdf.read_bytes(), scan, given.pages))


if __name__ == "__main__":
    main()
