"""What the ReportLab layouts share: texts as Paragraph markup, and canvases with fixed dates."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph

from corpus.build.content import Content, Node, Text
from corpus.build.marks import Mark

FONTS = Path("/usr/share/fonts/truetype")


def register(family: str, regular: str, bold: str, italic: str | None = None) -> None:
    """Make a TrueType family of Debian's font packages known, its files named from /usr/share/fonts/truetype."""
    for name, file in ((family, regular), (family + "-Bold", bold), (family + "-Italic", italic or regular)):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    pdfmetrics.registerFontFamily(family, family, family + "-Bold", family + "-Italic", family + "-Bold")


def markup(text: Text, mark: Mark) -> str:
    """The text as Paragraph markup, each run in the colour of its key in the marked edition."""
    out = []
    for run in text.runs:
        said = escape(run.text)
        said = f"<super>{said}</super>" if run.sup else f"<b>{said}</b>" if run.bold else said
        out.append(f'<font color="{mark.hex(run.key)}">{said}</font>' if mark.on else said)
    return "".join(out)


def plain_style(style: ParagraphStyle, mark: Mark) -> ParagraphStyle:
    """The style, its own colours left out in the marked edition."""
    return (
        ParagraphStyle(style.name + "-marked", style, textColor="#000000", bulletColor="#000000") if mark.on else style
    )


def paragraph(text: Text, style: ParagraphStyle, mark: Mark, before: str = "", bullet: str | None = None) -> Paragraph:
    """The text as a flowable; `before` is markup set in front of it."""
    return Paragraph(before + markup(text, mark), plain_style(style, mark), bulletText=bullet)


def item_paragraphs(node: Node, style: ParagraphStyle, mark: Mark, glyphs: str = "•–▪") -> list[Paragraph]:
    """An item and what is nested in it, one glyph a level; a numbered entry has none."""
    assert node.text
    numbered = node.text.plain[0].isdigit() and ". " in node.text.plain[:4]
    level = 0 if node.attrs["kind"] == "bullet" else None
    out = [_entry(node.text, style, mark, level, "" if numbered else glyphs[0])]
    for child in node.children:
        assert child.text
        depth = int(child.attrs["level"])
        out.append(_entry(child.text, style, mark, depth, glyphs[depth] if depth else ""))
    return out


def _entry(text: Text, style: ParagraphStyle, mark: Mark, level: int | None, glyph: str) -> Paragraph:
    if level is None:
        return paragraph(text, style, mark)
    indent = 9 + 9 * level
    inner = ParagraphStyle(f"{style.name}-{level}", style, leftIndent=indent, bulletIndent=indent - 8)
    return paragraph(text, inner, mark, bullet=glyph or None)


def pour(flowables: list[Flowable], frame: Frame, made: Canvas) -> None:
    """Set into a frame what it holds; a paragraph that does not fit is divided, the rest stays in the list."""
    while flowables:
        if frame.add(flowables[0], made):
            del flowables[0]
            continue
        parts = frame.split(flowables[0], made)
        if len(parts) < 2 or not frame.add(parts[0], made):
            return
        flowables[:1] = parts[1:]


def canvas(path: Path, content: Content, size: tuple[float, float]) -> Canvas:
    """A canvas whose file holds no moment of its making."""
    made = Canvas(str(path), pagesize=size, invariant=1, pageCompression=1)
    made.setTitle(content.meta.get("pdf_title", content.meta.get("title", content.name)))
    return made


def draw(
    made: Canvas,
    text: Text,
    mark: Mark,
    x: float,
    y: float,
    font: str,
    size: float,
    after: str = "",
    colour: str = "#000000",
    align: str = "left",
) -> None:
    """One line of text with its baseline at y from the page's foot, in the colour of its key in the marked edition."""
    made.setFont(font, size)
    made.setFillColor(mark.hex(text.key) if mark.on else colour)
    said = "".join(run.text for run in text.runs) + after
    {"left": made.drawString, "right": made.drawRightString, "center": made.drawCentredString}[align](x, y, said)
