"""Pages drawn for recognition, and what only pdfium can tell of them: annotations' text, text that is not seen."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from bilan_extract.errors import NotAPdfError

if TYPE_CHECKING:
    from PIL.Image import Image

TEXT, IMAGE, FORM = 1, 3, 5  # FPDF_PAGEOBJ_*
UNSEEN = (3, 7)  # text render modes that paint nothing
MOST_PIXELS = 60_000_000  # an A3 sheet at 300 dpi has 17 million


class Renderer:
    """A PDF opened with pdfium to be drawn. Raises NotAPdfError where it cannot be opened."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError as error:
            raise NotAPdfError("le PDF ne se laisse pas dessiner") from error

    def close(self) -> None:
        """Lets go of the file."""
        self._document.close()

    def draw(self, number: int, size: tuple[float, float], dpi: int, *, text: bool) -> tuple[Image, float]:
        """The page as an RGB picture, and its resolution: ``dpi``, or less where the page is huge.

        Args:
            number: of the page, from 1.
            size: of the page in points, as the reader gave it.
            text: False leaves out what is set in type, stamps and annotations too, so that only the scan is drawn.
        """
        import pypdfium2

        wanted = (size[0] / 72 * dpi) * (size[1] / 72 * dpi)
        resolution = dpi * min(1.0, (MOST_PIXELS / max(wanted, 1.0)) ** 0.5)
        try:
            page = self._document[number - 1]
            try:
                # a reader measures the whole sheet (media box), pdfium draws what is shown of it (crop box)
                if any(abs(seen - drawn) > 1 for seen, drawn in zip(size, page.get_size(), strict=True)):
                    page.set_cropbox(*page.get_mediabox())
                if not text:
                    _take_text_off(page)
                picture: Image = page.render(scale=resolution / 72, draw_annots=text).to_pil().convert("RGB")
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise NotAPdfError(f"la page {number} ne se laisse pas dessiner") from error
        return picture, resolution

    def text_unseen(self, number: int) -> bool:
        """Whether most of the page's text is painted in no colour, or before the picture that covers it."""
        import pypdfium2
        import pypdfium2.raw as pdfium

        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:
            return False
        try:
            objects = list(page.get_objects(max_depth=4))
            last = max((k for k, o in enumerate(objects) if o.type == IMAGE), default=-1)
            texts = [(k, pdfium.FPDFTextObj_GetTextRenderMode(o.raw)) for k, o in enumerate(objects) if o.type == TEXT]
            unseen = sum(mode in UNSEEN or k < last for k, mode in texts)
            return bool(texts) and unseen > 0.7 * len(texts)
        finally:
            page.close()

    def annotations(self, number: int) -> bytes | None:
        """A PDF of one page of the same size that holds only what the page's annotations show; None without any."""
        import pypdfium2
        import pypdfium2.raw as pdfium

        try:
            page = self._document[number - 1]
        except pypdfium2.PdfiumError:  # another reader reads this page
            return None
        try:
            count = pdfium.FPDFPage_GetAnnotCount(page)
            if not any(_shows_text(pdfium, page, k) for k in range(count)):
                return None
        finally:
            page.close()
        alone = pypdfium2.PdfDocument.new()
        try:
            alone.import_pages(self._document, [number - 1])
            copy = alone[0]
            for item in list(copy.get_objects(max_depth=1)):
                copy.remove_obj(item)
            copy.gen_content()
            if pdfium.FPDFPage_Flatten(copy, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
                return None
            copy.close()
            out = io.BytesIO()
            alone.save(out)
            return out.getvalue()
        except pypdfium2.PdfiumError:
            return None
        finally:
            alone.close()


def _take_text_off(page: Any) -> None:
    for item in list(page.get_objects(max_depth=1)):
        if item.type == TEXT or (item.type == FORM and _is_type(page, item)):
            page.remove_obj(item)


def _is_type(page: Any, form: Any) -> bool:
    """Whether a form holds text and no picture: a stamp set on the page."""
    kinds = {o.type for o in page.get_objects(max_depth=4, form=form.raw, level=1)}
    return TEXT in kinds and IMAGE not in kinds


def _shows_text(pdfium: Any, page: Any, index: int) -> bool:
    """Whether an annotation that is shown has an appearance of its own: stamps, typed notes, filled fields."""
    note = pdfium.FPDFPage_GetAnnot(page, index)
    if not note:
        return False
    try:
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        hidden = pdfium.FPDFAnnot_GetFlags(note) & (pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW)
        return not hidden and kind in (
            pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_WATERMARK,
        )  # fmt: skip
    finally:
        pdfium.FPDFPage_CloseAnnot(note)
