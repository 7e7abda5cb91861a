"""Pages as pictures, for `inspect`: pdfium draws them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bilan_extract.errors import NotAPdfError

if TYPE_CHECKING:
    from PIL.Image import Image

Size = tuple[float, float]


def rasterise(
    data: bytes, pages: Iterable[tuple[int, Size]], *, password: str | None = None, scale: float = 2.0
) -> Iterator[Image]:
    """One RGB picture a page, as wide and high as the reader saw it.

    Args:
        data: the PDF.
        pages: number of each page, from 1, and its size in points as the reader gave it.
        password: opens an encrypted PDF.
        scale: pixels a point.

    Raises:
        NotAPdfError: pdfium cannot open the document or draw the page.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise NotAPdfError("le PDF ne se laisse pas dessiner") from error
    try:
        for number, size in pages:
            try:
                yield _draw(document[number - 1], size, scale)
            except pypdfium2.PdfiumError as error:
                raise NotAPdfError(f"la page {number} ne se laisse pas dessiner") from error
    finally:
        document.close()


def _draw(page: Any, size: Size, scale: float) -> Image:
    """The page's picture. A reader may measure the whole sheet (media box) where pdfium draws a part (crop box)."""
    try:
        if any(abs(seen - drawn) > 1 for seen, drawn in zip(size, page.get_size(), strict=True)):
            page.set_cropbox(*page.get_mediabox())
        picture: Image = page.render(scale=scale).to_pil().convert("RGB")
        return picture
    finally:
        page.close()
