"""Slides with two strips each: an arrow with the commitment, beside it what went well and the steps to come.

Every part begins on a slide of its own with large figures in circles (`X caption figure | 18 % | of what`), a focus takes a
slide. The pills with the labels are painted after the texts of their strip.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, Spacer

from corpus.build.content import Content, Node, Text
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, plain_style, pour, register
from corpus.build.marks import Mark

FONT = "Carlito"
WIDE, TALL = 960.0, 540.0
EDGE = 36.0
# the strips of a slide: the upper edge of each, and their height
STRIPS, HIGH = (TALL - 84, TALL - 296), 196.0
ARROW, DONE, NEXT = (EDGE, 250.0), (300.0, 380.0), (700.0, 216.0)
NAVY, CORAL, MINT, SAND = "#1d2951", "#ff6f59", "#43aa8b", "#f4f1de"

LETTER = ParagraphStyle("letter", fontName="Times-Roman", fontSize=11.5, leading=15, spaceAfter=8)
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=15.5, leading=18.5, spaceAfter=5)
WHITE = ParagraphStyle("white", TEXT, fontSize=15, leading=18, textColor="#ffffff")
STRONG = ParagraphStyle("strong", WHITE, fontName=FONT + "-Bold")
STEP = ParagraphStyle("step", TEXT, leftIndent=16)
BIG = ParagraphStyle("big", TEXT, fontName=FONT + "-Bold", fontSize=34, leading=40, textColor=NAVY, spaceAfter=16)
PROSE = ParagraphStyle("prose", TEXT, fontSize=20, leading=27, spaceAfter=10)
ROUND = ParagraphStyle("round", TEXT, fontName=FONT + "-Bold", fontSize=24, leading=28, alignment=TA_CENTER)
SMALL = ParagraphStyle("small", TEXT, fontName=FONT + "-Italic", fontSize=11, leading=13)
QUOTE = ParagraphStyle("quote", TEXT, fontName=FONT + "-Italic", fontSize=24, leading=30, alignment=TA_CENTER)
ROLES = {
    "head": ParagraphStyle("d-head", LETTER, fontName="Times-Bold", fontSize=15, leading=19, alignment=TA_CENTER),
    "title": ParagraphStyle("d-title", LETTER, fontName="Times-Bold", fontSize=12.5, spaceBefore=10, spaceAfter=14),
    "decide": ParagraphStyle("d-decide", LETTER, fontName="Times-Bold"),
    "done": ParagraphStyle("d-done", LETTER, leftIndent=240, spaceBefore=16),
    "role": ParagraphStyle("d-role", LETTER, leftIndent=240),
    "signatory": ParagraphStyle("d-signatory", LETTER, leftIndent=240),
}


class Deck:
    """The slides being made: the canvas, the number of the slide."""

    def __init__(self, content: Content, mark: Mark, path: Path) -> None:
        self.content, self.mark = content, mark
        self.made: Canvas = canvas(path, content, A4)
        self.page = 1

    def open(self, ground: str = "#ffffff") -> None:
        """Begin a slide on this ground."""
        self.made.setPageSize((WIDE, TALL))
        self.shape(0, 0, WIDE, TALL, ground)

    def close(self, foot: bool = True) -> None:
        """End the page, with what stands at the foot of a slide."""
        if foot:
            made, mark = self.made, self.mark
            name = self.content.furniture("footer", self.content.meta["footer"])
            draw(made, name, mark, EDGE, 14, FONT, 10, colour="#777777")
            made.setFont(FONT, 12)
            made.setFillColor("#000000" if mark.on else CORAL)
            made.drawRightString(WIDE - EDGE, 14, str(self.page))
        self.made.showPage()
        self.page += 1

    def shape(self, x: float, y: float, wide: float, tall: float, tint: str) -> None:
        """A filled surface."""
        self.made.setFillColor(tint)
        self.made.rect(x, y, wide, tall, stroke=0, fill=1)

    def fill(self, flowables: list[Flowable], x: float, top: float, wide: float, tall: float) -> None:
        """Set flowables into a place of the slide, which must hold them all."""
        pour(flowables, Frame(x, top - tall, wide, tall, 0, 0, 0, 0), self.made)
        if flowables:
            raise ValueError(f"slide {self.page}: its text is too long")

    def title(self, node: Node) -> None:
        """The head of a slide: the part it belongs to, once more."""
        self.shape(0, TALL - 60, WIDE, 60, NAVY)
        said = " – ".join(text.plain for text in (node.label, node.text) if text)
        text = self.content.furniture("repeat", said)
        draw(self.made, text, self.mark, EDGE, TALL - 39, FONT + "-Bold", 22, colour="#ffffff")


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as slides."""
    register(FONT, *[f"crosextra/Carlito-{face}.ttf" for face in ("Regular", "Bold", "Italic")])
    deck = Deck(content, mark, path)
    letter: list[Flowable] = []
    for node in content.nodes("deliberation"):
        assert node.text
        before = f"<u>{markup(node.label, mark)}</u> " if node.label else ""
        letter.append(paragraph(node.text, ROLES.get(node.attrs["role"], LETTER), mark, before=before))
    pour(letter, Frame(70, 70, A4[0] - 140, A4[1] - 140, 0, 0, 0, 0), deck.made)
    deck.close(foot=False)
    _opening(deck)
    for node in content.root.of("priority"):
        _part(node, deck)
    deck.made.save()


def _opening(deck: Deck) -> None:
    """The cover, the programme and the slide of prose."""
    content, mark = deck.content, deck.mark
    deck.open(NAVY)
    lines = [content.furniture("cover", said) for said in content.meta["cover"]]
    styles = (ParagraphStyle("cover", BIG, fontSize=40, leading=48, textColor="#ffffff"), WHITE)
    deck.fill([paragraph(one, style, mark) for one, style in zip(lines, styles, strict=True)], 90, 400, 700, 300)
    deck.close(foot=False)
    deck.open()
    inside = [paragraph(content.furniture("table_of_contents", content.meta["contents"]), BIG, mark)]
    for node in content.root.of("priority"):
        said = " : ".join(text.plain for text in (node.label, node.text) if text)
        inside.append(paragraph(content.furniture("table_of_contents", said), PROSE, mark))
    deck.fill(list(inside), 90, TALL - 90, 760, 380)
    deck.close()
    deck.open()
    prose: list[Flowable] = []
    for node in content.nodes("report"):
        assert node.text
        style = {"h": BIG, "b": ParagraphStyle("prose-b", PROSE, leftIndent=24, bulletIndent=4)}.get(node.attrs["role"], PROSE)
        prose.append(paragraph(node.text, style, mark, bullet="•" if node.attrs["role"] == "b" else None))
    deck.fill(prose, 90, TALL - 90, 760, 380)
    deck.close()


def _part(node: Node, deck: Deck) -> None:
    made, mark = deck.made, deck.mark
    assert node.label
    assert node.text
    deck.open(SAND)
    draw(made, node.label, mark, 90, 390, FONT + "-Bold", 26, colour=CORAL)
    deck.fill([paragraph(node.text, BIG, mark)], 90, 370, 760, 60)
    figures = [one for one in node.of("extra") if one.attrs["reason"] == "caption figure"]
    for at, one in enumerate(figures):
        x = 90 + 200 * at
        made.setFillColor("#ffffff")
        made.circle(x + 80, 190, 80, stroke=0, fill=1)
        assert one.text
        number, _, words = one.text.runs[0].text.partition(" | ")
        said = [Text(one.text.key, [type(one.text.runs[0])(part, one.text.key)], part, []) for part in (number, words)]
        styles = (ROUND, ParagraphStyle("under", TEXT, alignment=TA_CENTER))
        deck.fill([paragraph(t, s, mark) for t, s in zip(said, styles, strict=True)], x + 16, 216, 128, 74)
    deck.close()
    slots = [one for one in node.children if one.kind in ("engagement", "block")]
    for at in range(0, len(slots), 2):
        deck.open()
        deck.title(node)
        for slot, top in zip(slots[at : at + 2], STRIPS, strict=False):
            _strip(slot, deck, top)
        rest = [one for one in node.walk() if one.kind == "extra" and one.attrs["reason"] == "quote"]
        if rest and at + 2 >= len(slots) and rest[0].text:
            deck.fill([paragraph(rest[0].text, QUOTE, mark)], 160, STRIPS[1] - 60, 640, 80)
        deck.close()
    for one in [found for found in node.walk() if found.kind == "focus"]:
        _focus(one, deck)


def _strip(node: Node, deck: Deck, top: float) -> None:
    """A commitment and its blocks, or a block of the whole part across the slide."""
    made = deck.made
    deck.shape(DONE[0] - 14, top - HIGH, WIDE - EDGE - DONE[0] + 14, HIGH, SAND)
    if node.kind == "block":
        _block(node, deck, (DONE[0], 600.0), top, MINT)
        return
    made.setFillColor(NAVY)
    path = made.beginPath()
    path.moveTo(EDGE, top)
    for x, y in ((EDGE + 224, top), (EDGE + 250, top - HIGH / 2), (EDGE + 224, top - HIGH), (EDGE, top - HIGH)):
        path.lineTo(x, y)
    path.close()
    made.drawPath(path, stroke=0, fill=1)
    assert node.label
    inside: list[Flowable] = [paragraph(node.label, ParagraphStyle("name", WHITE, textColor=CORAL), deck.mark)]
    for at, entry in enumerate(node.of("entry")):
        assert entry.text
        if entry.attrs["list"]:
            style = ParagraphStyle("w-b", WHITE, fontSize=13, leading=15, leftIndent=12, bulletIndent=2, bulletColor="#ffffff")
            inside.append(paragraph(entry.text, style, deck.mark, bullet="•"))
        else:
            inside.append(paragraph(entry.text, WHITE if at else STRONG, deck.mark))
    deck.fill(inside, EDGE + 12, top - 14, 205, HIGH - 20)
    for block in node.of("block"):
        if block.attrs["status"] == "réalisé":
            _block(block, deck, DONE, top, MINT)
        else:
            _block(block, deck, NEXT, top, CORAL)


def _block(node: Node, deck: Deck, place: tuple[float, float], top: float, tint: str) -> None:
    """The items, then the pill with the label; every step to come has a dot on a line before it."""
    made, mark = deck.made, deck.mark
    x, wide = place
    inside: list[Flowable] = []
    for item in node.of("item"):
        assert item.text
        # the dot of a step is drawn, so it has no glyph
        inside += [paragraph(item.text, STEP, mark)] if tint == CORAL else item_paragraphs(item, TEXT, mark, glyphs="•-·")
    if tint == CORAL:
        at = top - 34.0
        made.setStrokeColor(tint)
        made.line(x + 5, at, x + 5, top - HIGH + 12)
        for one in inside:
            made.setFillColor(tint)
            made.circle(x + 5, at - 9, 4, stroke=0, fill=1)
            at -= one.wrap(wide, 999)[1] + (one.getSpaceAfter() if isinstance(one, Paragraph) else 0)
    deck.fill(inside, x, top - 34, wide, HIGH - 38)
    assert node.label
    said = node.label.plain
    long = made.stringWidth(said, FONT + "-Bold", 13) + 24
    made.setFillColor(tint)
    made.roundRect(x, top - 26, long, 20, 10, stroke=0, fill=1)
    draw(made, node.label, mark, x + 12, top - 20.5, FONT + "-Bold", 13, colour="#ffffff")


def _focus(node: Node, deck: Deck) -> None:
    content, mark = deck.content, deck.mark
    deck.open()
    deck.shape(0, 0, 300, TALL, CORAL)
    assert node.text
    tag = content.furniture("label", content.meta["focus_label"])
    inside: list[Flowable] = [paragraph(tag, ParagraphStyle("tag", TEXT, textColor=CORAL), mark)]
    inside.append(paragraph(node.text, BIG, mark))
    for one in node.of("para"):
        assert one.text
        listed = bool(one.attrs["list"])
        style = ParagraphStyle(
            "f-b", TEXT, fontSize=16, leading=21, leftIndent=20 if listed else 0, bulletIndent=4, spaceAfter=9
        )
        inside.append(paragraph(one.text, style, mark, bullet="•" if listed else None))
    inside.append(Spacer(1, 10))
    deck.fill(inside, 340, TALL - 50, 560, 440)
    for one in node.of("extra"):
        assert one.text
        deck.fill([Paragraph(markup(one.text, mark), plain_style(SMALL, mark))], 340, 60, 560, 30)
    deck.close()
