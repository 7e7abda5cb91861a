"""Documents to measure on: one that is there, and longer and shorter ones made of its pages."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT.parent / "shared" / "reference" / "deliberation-2025-8.pdf"


def usual_document() -> Path:
    """The reference where it lies beside the checkout, else the longest document of the corpus."""
    if REFERENCE.exists():
        return REFERENCE
    return max(sorted((ROOT / "corpus").glob("*/*.pdf")), key=page_count)


def page_count(path: Path) -> int:
    """Pages of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def of_length(source: Path, pages: int, target: Path, first: int = 0) -> Path:
    """A PDF of so many pages, those of ``source`` from ``first`` on, over and over."""
    document, out = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument.new()
    count = len(document)
    while len(out) < pages:
        start = first if not len(out) else 0
        out.import_pages(document, list(range(start, min(count, start + pages - len(out)))))
    out.save(target)
    out.close()
    document.close()
    return target


def with_scans(source: Path, target: Path, pages: int = 6, scans: int = 2, dpi: int = 200) -> Path:
    """The first pages of a PDF, and its middle ones once more as pictures without text."""
    document, out, paper = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument.new(), io.BytesIO()
    first = len(document) // 2
    pictures = [document[first + k].render(scale=dpi / 72).to_pil().convert("L") for k in range(scans)]
    pictures[0].save(paper, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:])
    out.import_pages(document, list(range(pages)))
    out.import_pages(pypdfium2.PdfDocument(paper.getvalue()))
    out.save(target)
    out.close()
    document.close()
    return target


def middle_page(source: Path, target: Path) -> Path:
    """The page in the middle, as a document of its own."""
    return of_length(source, 1, target, first=page_count(source) // 2)
