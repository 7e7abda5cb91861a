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

    if name is not None and name.lower().endswith(".pdf"):
        raise NotAPdfError("malgré son extension .pdf, ce n'est pas un PDF")
    if looks_like_text(data):
        if data[:1024].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
            raise NotAPdfError("c'est une page web, pas un PDF")
        return TextSource(data)
    raise NotAPdfError("ce n'est ni un PDF ni un texte")
