"""One reader a file behind one protocol: from bytes to pages of words and shapes."""

from __future__ import annotations

from bilan_extract.errors import NotAPdfError
from bilan_extract.reading.source import PageSource


def open_source(data: bytes, name: str | None = None, *, password: str | None = None) -> PageSource:
    """The reader for these bytes: a PDF by its header, a text layer by its being text.

    Raises:
        InputError: no reader can make anything of them (subclasses say why).
    """
    if not data:
        raise NotAPdfError("le fichier est vide")
    if b"%PDF-" in data[:1024]:
        from bilan_extract.reading.with_pdfplumber import PdfplumberSource

        return PdfplumberSource(data, password=password)
    from bilan_extract.reading.text_layer import TextSource, looks_like_text

    if looks_like_text(data):
        return TextSource(data)
    raise NotAPdfError("ce n'est ni un PDF ni un texte")
