"""Landscape pages in three columns: everything flows from one column into the next; labels are bars of colour.

`! chart title | 2022 1200 | 2023 1350` draws bars with their values, a figure of the page and not of the plan.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Frame, Spacer

from corpus.build.content import Content, Node, Text
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, pour, register
from corpus.build.marks import Mark

WIDTH, HEIGHT = landscape(A4)
EDGE, GAP, TOP, FOOT = 34.0, 18.0, HEIGHT - 78, 44.0
COLUMN = (WIDTH - 2 * EDGE - 2 * GAP) / 3

BODY = ParagraphStyle(
    "body",
    fontName="Carlito",
    fontSize=12.6,
    leading=15.4,
    spaceAfter=5.5,
    alignment=TA_JUSTIFY,
    hyphenationLang="fr_FR",
    embeddedHyphenation=1,
)
LETTER = ParagraphStyle("letter", BODY, fontSize=11.5, leading=14.5, spaceAfter=6)
STRONG = ParagraphStyle("strong", BODY, fontName="Carlito-Bold", alignment=0, hyphenationLang="")
MEASURE = ParagraphStyle("measure", STRONG, fontSize=13.5, leading=16, textColor="#0f5c8c", spaceBefore=7, spaceAfter=3)
BAR = ParagraphStyle(
    "bar",
    STRONG,
    fontSize=11,
    leading=14,
    textColor="#ffffff",
    backColor="#0f5c8c",
    borderPadding=(1, 3, 2, 3),
    leftIndent=3,
    rightIndent=3,
    spaceBefore=5,
    spaceAfter=5,
)
NEXT = ParagraphStyle("next", BAR, backColor="#e0a020")
FOCUS = ParagraphStyle(
    "focus",
    BODY,
    backColor="#e8f1f7",
    borderPadding=(2, 3, 3, 3),
    leftIndent=4,
    rightIndent=4,
    spaceBefore=3,
    spaceAfter=5,
)
SMALL = ParagraphStyle("small", BODY, fontName="Carlito-Italic", fontSize=8, leading=10)
QUOTE = ParagraphStyle(
    "quote",
    BODY,
    fontName="Carlito-Italic",
    fontSize=13,
    leading=16,
    alignment=TA_CENTER,
    spaceBefore=8,
    spaceAfter=8,
    textColor="#0f5c8c",
    hyphenationLang="",
)
ROLES = {
    "head": ParagraphStyle("d-head", LETTER, fontName="Carlito-Bold", alignment=TA_CENTER, fontSize=14, spaceAfter=10),
    "title": ParagraphStyle("d-title", LETTER, fontName="Carlito-Bold", alignment=TA_CENTER, spaceAfter=12),
    "done": ParagraphStyle("d-done", LETTER, alignment=TA_RIGHT, spaceBefore=8),
    "role": ParagraphStyle("d-role", LETTER, alignment=TA_RIGHT),
    "signatory": ParagraphStyle("d-signatory", LETTER, alignment=TA_RIGHT),
}


class Chart(Flowable):
    """Bars with their names and values."""

    def __init__(self, title: Text, bars: list[tuple[Text, float]], mark: Mark) -> None:
        super().__init__()
        self.title, self.bars, self.mark = title, bars, mark
        self.width, self.height = COLUMN, 118.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw(self.canv, self.title, self.mark, 0, self.height - 14, "Carlito-Bold", 9)
        most = max(value for _, value in self.bars)
        step = self.width / len(self.bars)
        for at, (name, value) in enumerate(self.bars):
            tall = 68 * value / most
            self.canv.setFillColor("#7fb2d0")
            self.canv.rect(at * step + 8, 18, step - 20, tall, stroke=0, fill=1)
            draw(self.canv, name, self.mark, at * step + step / 2 - 2, 6, "Carlito", 8, align="center")


class Sheet:
    """Pages being filled, column by column."""

    def __init__(self, content: Content, mark: Mark, path: Path) -> None:
        self.content, self.mark = content, mark
        self.made = canvas(path, content, (WIDTH, HEIGHT))
        self.page = 1

    def turn(self) -> None:
        """End the page."""
        foot = self.content.furniture("page_number", "page")
        draw(self.made, foot, self.mark, WIDTH - EDGE, 24, "Carlito", 8.5, after=f" {self.page}", align="right")
        self.made.showPage()
        self.page += 1

    def wide(self, flowables: list[Flowable]) -> None:
        """A page of one broad column."""
        while flowables:
            pour(flowables, Frame(130, FOOT, WIDTH - 260, HEIGHT - FOOT - 40, 0, 0, 0, 0), self.made)
            self.turn()

    def columns(self, flowables: list[Flowable], label: Text | None, title: Text | None) -> None:
        """Pages of three columns under a band; the band of the pages that follow repeats the title."""
        first = True
        while flowables:
            self._band(label, title, first)
            for at in range(3):
                pour(flowables, Frame(EDGE + at * (COLUMN + GAP), FOOT, COLUMN, TOP - FOOT, 0, 0, 0, 0), self.made)
            self.turn()
            first = False

    def _band(self, label: Text | None, title: Text | None, first: bool) -> None:
        self.made.setFillColor("#0f5c8c")
        self.made.rect(0, HEIGHT - 58, WIDTH, 58, stroke=0, fill=1)
        if first and label and title:
            draw(self.made, label, self.mark, EDGE, HEIGHT - 24, "Carlito", 11, colour="#ffe0a0")
            draw(self.made, title, self.mark, EDGE, HEIGHT - 46, "Carlito-Bold", 17, colour="#ffffff")
        elif label and title:
            again = self.content.furniture("running_head", f"{label.plain} – {title.plain} (suite)")
            draw(self.made, again, self.mark, EDGE, HEIGHT - 36, "Carlito", 11, colour="#ffffff")


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in three columns."""
    register("Carlito", "crosextra/Carlito-Regular.ttf", "crosextra/Carlito-Bold.ttf", "crosextra/Carlito-Italic.ttf")
    sheet = Sheet(content, mark, path)
    sheet.wide(
        [
            paragraph(
                node.text,
                ROLES.get(node.attrs["role"], LETTER),
                mark,
                before=f"<b>{markup(node.label, mark)}</b> " if node.label else "",
            )
            for node in content.nodes("deliberation")
            if node.text
        ]
    )
    report = [
        paragraph(
            node.text,
            MEASURE if node.attrs["role"] == "h" else BODY,
            mark,
            bullet="•" if node.attrs["role"] == "b" else None,
        )
        for node in content.nodes("report")
        if node.text
    ]
    sheet.columns(report, None, None)
    for node in content.root.of("priority"):
        flowables: list[Flowable] = []
        for child in node.children:
            _add(child, content, mark, flowables)
        sheet.columns(flowables, node.label, node.text)
    sheet.made.save()


def _add(node: Node, content: Content, mark: Mark, out: list[Flowable]) -> None:
    if node.kind == "engagement":
        before = markup(node.label, mark) + " – " if node.label else ""
        for at, entry in enumerate(node.of("entry")):
            assert entry.text
            out.append(
                paragraph(
                    entry.text,
                    BODY if at else MEASURE,
                    mark,
                    before="" if at else before,
                    bullet="■" if entry.attrs["list"] else None,
                )
            )
        for child in node.children:
            if child.kind != "entry":
                _add(child, content, mark, out)
    elif node.kind == "block" and node.label:
        out.append(paragraph(node.label, BAR if node.attrs["status"] == "réalisé" else NEXT, mark))
        for item in node.children:
            if item.kind == "item":
                out.extend(item_paragraphs(item, BODY, mark, glyphs="■–·"))
            else:
                _add(item, content, mark, out)
    elif node.kind == "focus" and node.text:
        out.append(Spacer(1, 6))
        out.append(
            paragraph(node.text, ParagraphStyle("focus-title", FOCUS, fontName="Carlito-Bold", fontSize=11), mark)
        )
        out.extend(paragraph(para.text, FOCUS, mark) for para in node.of("para") if para.text)
        for child in node.of("extra"):
            _add(child, content, mark, out)
    elif node.kind == "extra" and node.text:
        out.append(paragraph(node.text, QUOTE if node.attrs["reason"] == "quote" else SMALL, mark))
    elif node.kind == "directive" and node.attrs["name"] == "chart":
        title, *bars = (part.strip() for part in node.attrs["argument"].split("|"))
        named = [
            (content.furniture("caption", f"{name} : {value}"), float(value.replace(" ", "")))
            for name, _, value in (bar.partition(" ") for bar in bars)
        ]
        out.append(Chart(content.furniture("caption", title), named, mark))
