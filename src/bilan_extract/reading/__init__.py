"""One reader a file behind one protocol: from bytes to pages of words and shapes."""

from __future__ import annotations

from bilan_extract.errors import NotAPdfError, OtherFormatError, UsageError
from bilan_extract.reading.source import PageSource

READERS = ("auto", "pdfium", "pdfplumber")


def open_source(
    data: bytes, name: str | None = None, *, password: str | None = None, reader: str = "auto"
) -> PageSource:
    """The reader for these bytes: a PDF by its header, a text layer by its being text.

    Args:
        data: the whole file.
        name: of the file, for messages that depend on its extension.
        password: opens an encrypted PDF.
        reader: of PDFs. "pdfium" is the fast one and "pdfplumber" the one it is measured by; "auto" takes the first
            and falls back on the second: what it fell back for is in the source's ``notes``.

    Raises:
        InputError: no reader can make anything of them (subclasses say why).
        UsageError: no such reader.
    """
    if reader not in READERS:
        raise UsageError(f"lecteur inconnu : {reader} ({', '.join(READERS)})")
    if not data:
        raise NotAPdfError("le fichier est vide")
    if b"%PDF-" in data[:1024]:
        return _open_pdf(data, password, reader)
    from bilan_extract.reading.text_layer import TextSource, looks_like_text

    if name is not None and name.lower().endswith(".pdf"):
        raise NotAPdfError("malgré son extension .pdf, ce n'est pas un PDF")
    if looks_like_text(data):
        if data[:1024].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
            raise NotAPdfError("c'est une page web, pas un PDF")
        if data.startswith(b"{\\rtf"):
            raise OtherFormatError("c'est un document RTF")
        return TextSource(data)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise OtherFormatError("c'est un document de bureautique ou une archive")
    raise NotAPdfError("ce n'est ni un PDF ni un texte")


def _open_pdf(data: bytes, password: str | None, reader: str) -> PageSource:
    if reader == "pdfium":
        from bilan_extract.reading.with_pdfium import PdfiumSource

        return PdfiumSource(data, password=password)
    if reader == "pdfplumber":
        from bilan_extract.reading.with_pdfplumber import PdfplumberSource

        return PdfplumberSource(data, password=password)
    from bilan_extract.reading.auto import AutoSource

    return AutoSource(data, password=password)
