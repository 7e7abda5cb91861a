"""How large the pages of a PDF are, without reading what is on them."""

from __future__ import annotations

from bilan_extract.errors import NotAPdfError

# wider than any page: a crop box of this size cuts nothing off
EVERYTHING = (-1e6, -1e6, 1e6, 1e6)


def page_sizes(data: bytes, *, password: str | None = None) -> list[tuple[float, float]]:
    """Width and height of each page in points, as the readers see it: the whole sheet (media box), turned as shown.

    Args:
        data: the PDF.
        password: opens an encrypted PDF.

    Raises:
        NotAPdfError: pdfium cannot open the document or one of its pages.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise NotAPdfError("le PDF ne se laisse pas ouvrir") from error
    try:
        sizes = []
        for index in range(len(document)):
            page = document[index]
            page.set_cropbox(*EVERYTHING)  # follows an inherited media box too, which get_mediabox does not
            page.close()
            page = document[index]
            sizes.append(page.get_size())
            page.close()
        return sizes
    except pypdfium2.PdfiumError as error:
        raise NotAPdfError("une page du PDF ne se laisse pas ouvrir") from error
    finally:
        document.close()
