"""Numbered promises in two columns: a large number, the promise in bold, and a sign before each thing said of it.

There are no headings over the promises and no words for the statuses: "✔" and "➜" stand on the line of the text they
judge, which is set in behind them. `stamp` in the head is printed on every page.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Frame, Spacer

from corpus.build.content import Content, Node
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, pour, register
from corpus.build.marks import Mark

FONT, SIGNS = "Narrow", "DejaVuSigns"
WIDTH, HEIGHT = A4
EDGE, GAP, TOP, FOOT = 40.0, 22.0, HEIGHT - 72, 48.0
COLUMN = (WIDTH - 2 * EDGE - GAP) / 2
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=13, leading=16.2, spaceAfter=4.5)
LETTER = ParagraphStyle("letter", TEXT, fontSize=12.5, leading=16.5, spaceAfter=7)
NUMBER = ParagraphStyle("number", TEXT, fontName=FONT + "-Bold", fontSize=24, leading=27, textColor="#a3195b", spaceBefore=10)
PLEDGE = ParagraphStyle("pledge", TEXT, fontName=FONT + "-Bold", fontSize=14, leading=17, spaceAfter=4)
SIGNED = ParagraphStyle("signed", TEXT, leftIndent=17)
HEAD = ParagraphStyle("heading", TEXT, fontName=FONT + "-Bold", fontSize=21, leading=25, textColor="#a3195b", spaceAfter=10)
BOX = ParagraphStyle("box", TEXT, backColor="#fbe9f1", borderPadding=(2, 5, 2, 5), leftIndent=5, rightIndent=5)
BOXHEAD = ParagraphStyle("boxhead", BOX, fontName=FONT + "-Bold", fontSize=13, leading=16, textColor="#a3195b")
SMALL = ParagraphStyle("small", TEXT, fontName=FONT + "-Italic", fontSize=8.5, leading=10)
QUOTE = ParagraphStyle(
    "quote", TEXT, fontName=FONT + "-Italic", fontSize=15, leading=18, alignment=TA_CENTER, textColor="#00727a", spaceBefore=9
)
ROLES = {
    "head": ParagraphStyle("d-head", LETTER, fontName=FONT + "-Bold", fontSize=17, leading=21, textColor="#a3195b"),
    "title": ParagraphStyle("d-title", LETTER, fontName=FONT + "-Bold", spaceBefore=6, spaceAfter=10),
    "decide": ParagraphStyle("d-decide", LETTER, fontName=FONT + "-Bold", alignment=TA_CENTER),
    "done": ParagraphStyle("d-done", LETTER, alignment=TA_RIGHT, spaceBefore=10),
    "role": ParagraphStyle("d-role", LETTER, alignment=TA_RIGHT),
    "signatory": ParagraphStyle("d-signatory", LETTER, alignment=TA_RIGHT),
}


class Pages:
    """Pages being filled: what each has besides its text, and its number."""

    def __init__(self, content: Content, mark: Mark, path: Path) -> None:
        self.content, self.mark = content, mark
        self.made = canvas(path, content, A4)
        self.page = 1

    def turn(self) -> None:
        """End the page with its stamp, its running head and its number."""
        made, mark, content = self.made, self.mark, self.content
        made.setStrokeColor("#33339a")
        made.rect(WIDTH - 196, HEIGHT - 60, 160, 44, stroke=1, fill=0)
        for at, said in enumerate(content.meta["stamp"]):
            draw(made, content.furniture("stamp", said), mark, WIDTH - 191, HEIGHT - 27 - 9.5 * at, FONT, 7.5, colour="#33339a")
        if self.page > 1:
            head = content.furniture("running_head", content.meta["running_head"])
            draw(made, head, mark, EDGE, HEIGHT - 40, FONT, 8.5, colour="#555555")
        number = content.furniture("page_number", content.meta["page_word"])
        draw(made, number, mark, WIDTH / 2, 26, FONT, 9, after=f" {self.page}", align="center")
        made.showPage()
        self.page += 1

    def wide(self, flowables: list[Flowable]) -> None:
        """Pages of one column."""
        while flowables:
            pour(flowables, Frame(70, FOOT, WIDTH - 140, TOP - FOOT - 10, 0, 0, 0, 0), self.made)
            self.turn()

    def columns(self, flowables: list[Flowable]) -> None:
        """Pages of two columns."""
        while flowables:
            for at in range(2):
                pour(flowables, Frame(EDGE + at * (COLUMN + GAP), FOOT, COLUMN, TOP - FOOT, 0, 0, 0, 0), self.made)
            self.turn()


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document of numbered promises."""
    stem = "liberation/LiberationSansNarrow-"
    register(FONT, stem + "Regular.ttf", stem + "Bold.ttf", stem + "Italic.ttf")
    register(SIGNS, "dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf")
    pages = Pages(content, mark, path)
    letter: list[Flowable] = []
    for node in content.nodes("deliberation"):
        if node.text:
            before = f"<u>{markup(node.label, mark)}</u> " if node.label else ""
            letter.append(paragraph(node.text, ROLES.get(node.attrs["role"], LETTER), mark, before=before))
    pages.wide(letter)
    flowables: list[Flowable] = []
    for node in content.nodes("report"):
        if node.text:
            role = node.attrs["role"]
            flowables.append(paragraph(node.text, HEAD if role == "h" else LETTER, mark, bullet="•" if role == "b" else None))
    pages.wide(flowables)
    for node in content.root.children:
        _add(node, mark, flowables)
    pages.columns(flowables)
    pages.made.save()


def _add(node: Node, mark: Mark, out: list[Flowable]) -> None:
    if node.kind == "engagement":
        assert node.label
        number = paragraph(node.label, NUMBER, mark)
        number.keepWithNext = True
        out.append(number)
        for at, entry in enumerate(node.of("entry")):
            assert entry.text
            listed = bool(entry.attrs["list"])
            style = ParagraphStyle("pledge-b", TEXT, leftIndent=10, bulletIndent=2) if listed else TEXT if at else PLEDGE
            out.append(paragraph(entry.text, style, mark, bullet="-" if listed else None))
        for child in node.children:
            if child.kind != "entry":
                _add(child, mark, out)
    elif node.kind == "block":
        out.extend(_signed(node, mark))
        for one in node.of("extra"):
            _add(one, mark, out)
    elif node.kind == "focus" and node.text:
        out += [Spacer(1, 8), paragraph(node.text, BOXHEAD, mark)]
        for para in node.of("para"):
            assert para.text
            out.append(paragraph(para.text, BOX, mark))
        for one in node.of("extra"):
            _add(one, mark, out)
    elif node.kind == "extra" and node.text:
        out.append(paragraph(node.text, QUOTE if node.attrs["reason"] == "quote" else SMALL, mark))


def _signed(node: Node, mark: Mark) -> list[Flowable]:
    """The sign hanging before the first item, the others set in below it; a sign alone where nothing is said."""
    assert node.label
    sign = f'<font name="{SIGNS}" size="11">{markup(node.label, mark)}</font>'
    found = node.of("item")
    if not found:
        return [paragraph(node.label, ParagraphStyle("sign", TEXT, fontName=SIGNS, fontSize=11), mark)]
    first = found[0].text
    assert first
    hanging = ParagraphStyle("hanging", SIGNED, firstLineIndent=-17)
    out: list[Flowable] = [paragraph(first, hanging, mark, before=f"{sign}&nbsp;&nbsp;")]
    rest = [*item_paragraphs(found[0], TEXT, mark, glyphs="••–")[1:]]
    for item in found[1:]:
        rest += item_paragraphs(item, SIGNED, mark, glyphs="••–")
    for one in rest:
        one.style = ParagraphStyle(one.style.name + "-in", one.style, leftIndent=one.style.leftIndent + 17)
        one.style.bulletIndent += 17
    return out + rest
