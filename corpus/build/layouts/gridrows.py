"""A spreadsheet printed in landscape: number, commitment, done, to come; coloured rows that span it name part and chapter.

The head is repeated on every page, and a row goes on on the next page wherever the page ends.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Spacer, Table

from corpus.build.content import Content, Node
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, pour, register
from corpus.build.marks import Mark

FONT = "LiberationSans"
WIDE, TALL = landscape(A4)
LEFT, TOP, FOOT = 28.0, TALL - 42, 40.0
COLUMNS = [30.0, 190.0, 330.0, WIDE - 2 * LEFT - 550]

LETTER = ParagraphStyle("letter", fontName=FONT, fontSize=10.5, leading=14, spaceAfter=7)
CELL = ParagraphStyle("cell", fontName=FONT, fontSize=11, leading=14.6, spaceAfter=4)
BOLD = ParagraphStyle("bold", CELL, fontName=FONT + "-Bold")
NUMBER = ParagraphStyle("number", CELL, alignment=TA_CENTER)
HEAD = ParagraphStyle("head", BOLD, alignment=TA_CENTER, textColor="#ffffff")
PART = ParagraphStyle("part", BOLD, fontSize=11, leading=14, textColor="#ffffff")
NOTE = ParagraphStyle("note", CELL, fontSize=7.5, leading=9)
PROSE = {
    "h": ParagraphStyle("r-h", BOLD, fontSize=14, leading=18, textColor="#1f4e3d", spaceAfter=8),
    "p": ParagraphStyle("r-p", CELL, fontSize=10.5, leading=14, spaceAfter=6),
    "b": ParagraphStyle("r-b", CELL, fontSize=10.5, leading=14, leftIndent=16, bulletIndent=6),
}
_HEADING = ParagraphStyle("d-head", LETTER, fontName=FONT + "-Bold", fontSize=12, alignment=TA_CENTER)
ROLES = {
    "head": _HEADING,
    "number": ParagraphStyle("d-number", _HEADING, fontSize=11),
    "title": ParagraphStyle("d-title", _HEADING, fontSize=11, spaceBefore=10, spaceAfter=16),
    "decide": ParagraphStyle("d-decide", LETTER, spaceBefore=6),
    "done": ParagraphStyle("d-done", LETTER, leftIndent=250, spaceBefore=14),
    "role": ParagraphStyle("d-role", LETTER, leftIndent=250),
    "signatory": ParagraphStyle("d-signatory", LETTER, leftIndent=250, spaceBefore=20),
}
EDGE: list[tuple[Any, ...]] = [
    ("GRID", (0, 0), (-1, -1), 0.5, "#404040"),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
]


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a table; a first time to count the pages that every foot announces."""
    register(
        FONT,
        "liberation2/LiberationSans-Regular.ttf",
        "liberation2/LiberationSans-Bold.ttf",
        "liberation2/LiberationSans-Italic.ttf",
    )
    pages = _fill(content, mark, path, 0)
    _fill(content, mark, path, pages)


class Sheet:
    """The landscape page being filled: its canvas, its number and how far down it is written."""

    def __init__(self, content: Content, mark: Mark, made: Canvas, pages: int) -> None:
        self.content, self.mark, self.made, self.pages = content, mark, made, pages
        self.page = 0
        self.turn()

    def turn(self) -> None:
        """Begin a new page: running head, page number."""
        if self.page:
            self.made.showPage()
        self.page += 1
        self.y = TOP
        made, mark = self.made, self.mark
        made.setPageSize((WIDE, TALL))
        head = self.content.furniture("running_head", self.content.meta["running_head"])
        draw(made, head, mark, LEFT, TALL - 28, FONT + "-Italic", 8)
        foot = self.content.furniture("page_number", "Page")
        draw(made, foot, mark, WIDE / 2, 22, FONT, 8, after=f" {self.page} sur {self.pages}", align="center")

    def flow(self, flowables: list[Flowable]) -> None:
        """Set flowables across the page."""
        frame = Frame(LEFT, FOOT, WIDE - 2 * LEFT, self.y - FOOT, 0, 0, 0, 0)
        pour(flowables, frame, self.made)
        self.y = frame._y

    def row(self, cells: list[Any], look: list[tuple[Any, ...]], least: float) -> None:
        """One row of the table; on a new page where less than `least` is left, over the page's end where it is long."""
        if self.y - FOOT < least:
            self.turn()
            self.head()
        rest = [Table([cells], COLUMNS, splitInRow=1, style=EDGE + look)]
        while rest:
            tall = rest[0].wrap(WIDE, 9999)[1]
            parts = [rest[0]] if tall <= self.y - FOOT else rest[0].split(WIDE, self.y - FOOT)
            if parts:
                tall = parts[0].wrap(WIDE, 9999)[1]
                parts[0].drawOn(self.made, LEFT, self.y - tall)
                self.y -= tall
                rest = parts[1:]
            if rest:
                self.turn()
                self.head()

    def head(self) -> None:
        """The head of the table, on every page it reaches."""
        said = [self.content.furniture("label", one) for one in self.content.meta["columns"]]
        cells = [[paragraph(one, HEAD, self.mark)] for one in said]
        self.row(cells, [("BACKGROUND", (0, 0), (-1, -1), "#1f4e3d")], 0)

    def across(self, node: Node, style: ParagraphStyle, tint: str, between: str, least: float) -> None:
        """A row that spans the table: the heading of a part or chapter."""
        assert node.label
        assert node.text
        said = paragraph(node.text, style, self.mark, before=markup(node.label, self.mark) + between)
        self.row([[said], "", "", ""], [("SPAN", (0, 0), (-1, 0)), ("BACKGROUND", (0, 0), (-1, 0), tint)], least)


def _fill(content: Content, mark: Mark, path: Path, pages: int) -> int:
    made = canvas(path, content, A4)
    letter: list[Flowable] = []
    for node in content.nodes("deliberation"):
        assert node.text
        before = f"<b>{markup(node.label, mark)}</b> " if node.label else ""
        letter.append(paragraph(node.text, ROLES.get(node.attrs["role"], LETTER), mark, before=before))
    while letter:
        pour(letter, Frame(60, 60, A4[0] - 120, A4[1] - 120, 0, 0, 0, 0), made)
        made.showPage()
    sheet = Sheet(content, mark, made, pages)
    prose: list[Flowable] = []
    for node in content.nodes("report"):
        assert node.text
        role = node.attrs["role"]
        prose.append(paragraph(node.text, PROSE[role], mark, bullet="•" if role == "b" else None))
    sheet.flow(prose)
    sheet.turn()
    sheet.head()
    for part in content.root.of("ambition"):
        sheet.across(part, PART, "#548235", " – ", 90)
        for chapter in part.of("priority"):
            sheet.across(chapter, BOLD, "#c6e0b4", " : ", 66)
            for one in chapter.of("engagement"):
                sheet.row(_row(one, mark), [], 45)
    sheet.flow([Spacer(1, 6), *[paragraph(node.text, NOTE, mark) for node in content.nodes("extra") if node.text]])
    made.showPage()
    made.save()
    return sheet.page


def _row(node: Node, mark: Mark) -> list[Any]:
    assert node.label
    what = [
        paragraph(entry.text, CELL, mark)
        if not entry.attrs["list"]
        else paragraph(entry.text, ParagraphStyle("listed", CELL, leftIndent=12, bulletIndent=2), mark, bullet="-")
        for entry in node.of("entry")
        if entry.text
    ]
    cells: list[Any] = [[paragraph(node.label, NUMBER, mark)], what]
    for status in ("réalisé", "à venir"):
        inside: list[Flowable] = []
        for block in node.of("block"):
            if block.attrs["status"] == status:
                for item in block.of("item"):
                    inside += item_paragraphs(item, CELL, mark, glyphs="-•·")
        cells.append(inside or "")
    return cells
