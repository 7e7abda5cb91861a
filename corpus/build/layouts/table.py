"""A ruled table, one row a commitment: commitment, done, to come; rows run over page ends, the head is repeated.

The columns of a row are drawn from right to left, so that the content stream is not the reading order.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Spacer

from corpus.build.content import Content, Node
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, pour
from corpus.build.marks import Mark

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, FOOT = 40.0, WIDTH - 40, HEIGHT - 66, 100.0
COLUMNS = (LEFT, LEFT + 150, LEFT + 342, RIGHT)
PAD = 4.0

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14.5, spaceAfter=6, alignment=TA_JUSTIFY)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=9.8, leading=12.6, spaceAfter=4)
CELL_BOLD = ParagraphStyle("cell-bold", CELL, fontName="Helvetica-Bold")
HEAD = ParagraphStyle("head", CELL_BOLD, textColor="#ffffff", alignment=TA_CENTER)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=13, leading=16, textColor="#7a1f3d", spaceAfter=4)
ROLES = {
    "head": ParagraphStyle("d-head", BODY, fontName="Times-Bold", fontSize=13, alignment=TA_CENTER, spaceAfter=10),
    "number": ParagraphStyle("d-number", BODY, alignment=TA_RIGHT, spaceAfter=10),
    "title": ParagraphStyle("d-title", BODY, fontName="Times-Bold", alignment=TA_CENTER, spaceBefore=6, spaceAfter=12),
    "decide": ParagraphStyle("d-decide", BODY, fontName="Times-Bold", spaceBefore=8),
    "done": ParagraphStyle("d-done", BODY, alignment=TA_RIGHT, spaceBefore=10),
    "role": ParagraphStyle("d-role", BODY, alignment=TA_RIGHT),
    "signatory": ParagraphStyle("d-signatory", BODY, alignment=TA_RIGHT),
}
REPORT = {
    "h": ParagraphStyle("r-h", TITLE, spaceBefore=8, spaceAfter=8),
    "p": BODY,
    "b": ParagraphStyle("r-b", BODY, leftIndent=16, bulletIndent=4),
}


class Sheet:
    """The page being filled: its canvas, its number and how far down it is written."""

    def __init__(self, content: Content, mark: Mark, path: Path, pages: int) -> None:
        self.content, self.mark = content, mark
        self.made: Canvas = canvas(path, content, A4)
        self.page = 0
        self.pages = pages
        self.y = TOP
        self.turn(first=True)

    def turn(self, first: bool = False) -> None:
        """Begin a new page: stamp, running head, page number."""
        if not first:
            self.made.showPage()
        self.page += 1
        self.y = TOP
        content, mark, made = self.content, self.mark, self.made
        for line, said in enumerate(content.meta.get("stamp", [])):
            draw(
                made,
                content.furniture("stamp", said),
                mark,
                RIGHT - 165,
                HEIGHT - 18 - 8.5 * line,
                "Helvetica",
                6.8,
                colour="#1f3d7a",
            )
        if content.meta.get("stamp"):
            made.setStrokeColor("#1f3d7a")
            made.rect(RIGHT - 170, HEIGHT - 48, 172, 40, stroke=1, fill=0)
        if self.page > 1:
            draw(
                made,
                content.furniture("running_head", content.meta["running_head"]),
                mark,
                LEFT,
                HEIGHT - 30,
                "Helvetica-Oblique",
                8,
                colour="#555555",
            )
        draw(
            made,
            content.furniture("page_number", "Page"),
            mark,
            WIDTH / 2,
            28,
            "Helvetica",
            8,
            after=f" {self.page}/{self.pages}",
            align="center",
        )

    def flow(self, flowables: list[Flowable]) -> None:
        """Set flowables across the page, turning pages as they fill."""
        while flowables:
            frame = Frame(LEFT, FOOT, RIGHT - LEFT, self.y - FOOT, 0, 0, 0, 0)
            pour(flowables, frame, self.made)
            self.y = frame._y
            if flowables:
                self.turn()

    def row(self, cells: list[list[Flowable]], fill: str | None = None) -> None:
        """Set one row of the table, over as many pages as it takes."""
        while True:
            least = self.y - FOOT
            if least < 40:
                self.turn()
                self.table_head()
                continue
            self._part(cells, fill)
            if not any(cells):
                return
            self.turn()
            self.table_head()

    def _part(self, cells: list[list[Flowable]], fill: str | None) -> None:
        made, bottom = self.made, self.y
        if fill:
            heights = [
                sum(f.wrap(COLUMNS[i + 1] - COLUMNS[i] - 2 * PAD, 999)[1] for f in cell) for i, cell in enumerate(cells)
            ]
            made.setFillColor(fill)
            made.rect(
                LEFT, self.y - max(heights) - 2 * PAD - 3, RIGHT - LEFT, max(heights) + 2 * PAD + 3, stroke=0, fill=1
            )
        for index in reversed(range(len(cells))):
            x, x1 = COLUMNS[index], COLUMNS[index + 1]
            frame = Frame(x, FOOT, x1 - x, self.y - FOOT, PAD, PAD, PAD, PAD)
            pour(cells[index], frame, made)
            bottom = min(bottom, frame._y - PAD)
        made.setStrokeColor("#7a1f3d")
        made.setLineWidth(0.6)
        for x in COLUMNS:
            made.line(x, self.y, x, bottom)
        for y in (self.y, bottom):
            made.line(LEFT, y, RIGHT, y)
        self.y = bottom

    def table_head(self) -> None:
        """The head of the table, on every page it reaches."""
        said = [self.content.furniture("label", one) for one in self.content.meta["columns"]]
        self._part([[paragraph(text, HEAD, self.mark)] for text in said], "#7a1f3d")


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a ruled table; a first time to count the pages that every foot announces."""
    pages = _fill(Sheet(content, mark, path, 0))
    sheet = Sheet(content, mark, path, pages)
    _fill(sheet)
    sheet.made.save()


def _fill(sheet: Sheet) -> int:
    content, mark = sheet.content, sheet.mark
    sheet.flow([_line(node, mark) for node in content.nodes("deliberation")])
    sheet.turn()
    sheet.flow(
        [
            paragraph(node.text, REPORT[node.attrs["role"]], mark, bullet="•" if node.attrs["role"] == "b" else None)
            for node in content.nodes("report")
            if node.text
        ]
    )
    for node in content.root.of("priority"):
        _priority(node, sheet)
    return sheet.page


def _line(node: Node, mark: Mark) -> Flowable:
    assert node.text
    before = f"<u>{markup(node.label, mark)}</u> " if node.label else ""
    return paragraph(node.text, ROLES.get(node.attrs["role"], BODY), mark, before=before)


def _priority(node: Node, sheet: Sheet) -> None:
    mark = sheet.mark
    assert node.text
    assert node.label
    if sheet.y - FOOT < 130:
        sheet.turn()
    sheet.flow([Spacer(1, 14), paragraph(node.text, TITLE, mark, before=markup(node.label, mark) + " – ")])
    sheet.table_head()
    for child in node.children:
        if child.kind == "engagement":
            sheet.row([_commitment(child, mark), *(_cell(child, status, mark) for status in ("réalisé", "à venir"))])
        elif child.kind == "extra" and child.text:
            sheet.flow(
                [Spacer(1, 4), paragraph(child.text, ParagraphStyle("note", CELL, fontSize=7.2, leading=9), mark)]
            )


def _commitment(node: Node, mark: Mark) -> list[Flowable]:
    out: list[Flowable] = []
    for entry in node.of("entry"):
        assert entry.text
        before = markup(node.label, mark) + " " if node.label and not out else ""
        out.append(
            paragraph(
                entry.text,
                CELL_BOLD if not out else CELL,
                mark,
                before=before,
                bullet="-" if entry.attrs["list"] else None,
            )
        )
    return out


def _cell(node: Node, status: str, mark: Mark) -> list[Flowable]:
    out: list[Flowable] = []
    for block in node.of("block"):
        if block.attrs["status"] == status:
            for item in block.of("item"):
                out += item_paragraphs(item, CELL, mark, glyphs="•-·")
    return out
