"""What the careful reader makes of pdfplumber's objects: colours, symbols, sizes of turned text, errors."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from bilan_extract.errors import NotAPdfError
from bilan_extract.reading.with_pdfplumber import PdfplumberSource, dingbat, symbol, to_rgb


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        (None, None),
        (0, (0, 0, 0)),
        ((0.5,), (128, 128, 128)),
        ([1, 0, 0], (255, 0, 0)),
        ((0, 0, 0, 1), (0, 0, 0)),
        ((0, 1, 1, 0), (255, 0, 0)),
        ((1.7, -1, 0), (255, 0, 0)),
        ((), None),
        ((1, 2), None),
        (("P1",), None),
        ((float("nan"),), None),
    ],
)
def test_colours(color: object, expected: tuple[int, int, int] | None) -> None:
    assert to_rgb(color) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("font", "sign"), [("Helvetica", "•"), ("Times-Roman", "€"), ("Courier-Bold", "•"), ("Symbol", "→")])
def test_signs_of_standard_fonts_take_their_width(font: str, sign: str) -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(60, 700, "Titre")
    text = canvas.beginText(60, 600)
    text.setFont(font, 20)
    text.textOut(sign)
    text.setFont("Helvetica", 20)
    text.textOut(" suite")
    canvas.drawText(text)
    canvas.save()
    (page,) = PdfplumberSource(out.getvalue()).pages()
    first, second = page.words[1:]
    assert (first.text, second.text) == (sign, "suite")
    width = {"•": 0.35 if font == "Helvetica" else 0.6, "€": 0.5, "→": 0.987}[sign] * 20
    assert first.x1 - first.x0 == pytest.approx(width, abs=0.01)
    assert second.x0 == pytest.approx(60 + width + 0.278 * 20, abs=0.01)


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("n", "■"),
        ("l", "●"),
        ("u", "◆"),
        ("4", "✔"),
        ("!", "✁"),
        ("(cid:172)", "①"),
        ("(cid:5)", "(cid:5)"),
    ],
)
def test_dingbats(read: str, shown: str) -> None:
    assert dingbat(read) == shown


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("b", "β"),
        ("\ufb01", "→"),
        ("(cid:183)", "•"),
        ("D", "Δ"),
        ("\u4e00", "\u4e00"),
    ],
)
def test_symbols(read: str, shown: str) -> None:
    assert symbol(read) == shown


def page_of(angle: float, size: float = 9) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 300))
    canvas.setFont("Helvetica", size)
    canvas.translate(150, 150)
    canvas.rotate(angle)
    canvas.drawString(0, 0, "Un axe")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_the_size_of_turned_text_is_that_of_its_letters(angle: int) -> None:
    source = PdfplumberSource(page_of(angle))
    page = source.page(1)
    source.close()
    assert [(w.text, w.size, w.upright) for w in page.words] == [("Un", 9.0, angle == 0), ("axe", 9.0, angle == 0)]


def test_producer_and_pages() -> None:
    source = PdfplumberSource(page_of(0))
    assert "ReportLab" in source.producer
    assert (source.page_count, source.media_type, len(list(source.pages()))) == (1, "application/pdf", 1)
    with pytest.raises(NotAPdfError, match="page 2"):
        source.page(2)
    source.close()
