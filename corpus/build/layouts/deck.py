"""A deck: after an upright letter and a cover, a slide a commitment, its title in a column of colour, two boxes at the right.

The heading over the titles is printed in full on the first slide of its part and said again on those that follow. A box
too full goes on in the same place of the next slide, without its label. The right is painted before the left.
`! bars title | name value | …` is a slide of bars that lie.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.enums import TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Frame

from corpus.build.content import Content, Node, Text
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, pour, register
from corpus.build.marks import Mark

FONT = "Lato"
WIDTH, HEIGHT = 800.0, 450.0
SIDE, EDGE, FOOT = 252.0, 22.0, 34.0
NAVY, SAND, CORAL = "#12355b", "#f5efe3", "#d1495b"
LETTER = ParagraphStyle(
    "letter", fontName=FONT, fontSize=10.5, leading=15, spaceAfter=7, alignment=TA_JUSTIFY, allowWidows=0
)
TEXT = ParagraphStyle("text", fontName=FONT, fontSize=14, leading=17.5, spaceAfter=5)
WIDE = ParagraphStyle("wide", TEXT, fontSize=14, leading=19, spaceAfter=8)
OVER = ParagraphStyle("over", TEXT, fontSize=10.5, leading=13, textColor="#f3c9a5", spaceAfter=16)
NUMBER = ParagraphStyle("number", TEXT, fontName=FONT + "-Bold", fontSize=12, textColor="#f3c9a5", spaceAfter=2)
TITLE = ParagraphStyle("title", TEXT, fontName=FONT + "-Bold", fontSize=18, leading=22.5, textColor="#ffffff", spaceAfter=8)
SAID = ParagraphStyle("said", TEXT, fontSize=11.5, leading=15, textColor="#ffffff")
SMALL = ParagraphStyle("small", TEXT, fontName=FONT + "-Italic", fontSize=8.5, leading=11)
BIG = ParagraphStyle("big", TITLE, textColor=NAVY, fontSize=24, leading=29, spaceAfter=14)
ROLES = {
    "head": ParagraphStyle("d-head", LETTER, fontName=FONT + "-Bold", fontSize=16, leading=22, textColor=NAVY),
    "title": ParagraphStyle("d-title", LETTER, fontName=FONT + "-Bold", fontSize=13, leading=18, spaceBefore=8),
    "done": ParagraphStyle("d-done", LETTER, alignment=TA_RIGHT, spaceBefore=16),
    "role": ParagraphStyle("d-role", LETTER, alignment=TA_RIGHT),
    "signatory": ParagraphStyle("d-signatory", LETTER, alignment=TA_RIGHT, fontName=FONT + "-Bold"),
}


class Deck:
    """Slides being made; `part` is the heading over the commitments, `fresh` whether it is still to be printed."""

    def __init__(self, content: Content, mark: Mark, path: Path) -> None:
        self.content, self.mark = content, mark
        self.made = canvas(path, content, A4)
        self.page = 1
        self.part: Node | None = None
        self.fresh = False

    def letter(self) -> None:
        """The deliberation, upright."""
        flowables: list[Flowable] = []
        for node in self.content.nodes("deliberation"):
            if node.text:
                before = f"<b>{markup(node.label, self.mark)}</b> " if node.label else ""
                flowables.append(paragraph(node.text, ROLES.get(node.attrs["role"], LETTER), self.mark, before=before))
        while flowables:
            pour(flowables, Frame(72, 72, A4[0] - 144, A4[1] - 144, 0, 0, 0, 0), self.made)
            self.turn(foot=False)

    def turn(self, foot: bool = True) -> None:
        """End the page, a slide with its foot."""
        if foot:
            said = self.content.furniture("footer", self.content.meta["footer"])
            draw(self.made, said, self.mark, SIDE + EDGE, 14, FONT, 8, colour="#7a7a7a")
            number = self.content.furniture("page_number", "#")
            draw(self.made, number, self.mark, WIDTH - EDGE, 14, FONT + "-Bold", 9, f"{self.page}", NAVY, "right")
        self.made.showPage()
        self.made.setPageSize((WIDTH, HEIGHT))
        self.page += 1

    def cover(self) -> None:
        """The first slide: the lines of the cover on a sea of colour."""
        self.made.setFillColor(NAVY)
        self.made.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
        y = 270.0
        for said, size in zip(self.content.meta["cover"], (34, 17, 13), strict=True):
            draw(self.made, self.content.furniture("cover", said), self.mark, 70, y, FONT, size, colour="#ffffff")
            y -= 44
        self.turn(foot=False)

    def prose(self) -> None:
        """The words before: one slide in a broad column."""
        flowables: list[Flowable] = []
        for node in self.content.nodes("report"):
            if node.text:
                role = node.attrs["role"]
                style = BIG if role == "h" else WIDE
                if role == "b":
                    style = ParagraphStyle("wide-b", WIDE, leftIndent=20, bulletIndent=6)
                flowables.append(paragraph(node.text, style, self.mark, bullet="•" if role == "b" else None))
        while flowables:
            pour(flowables, Frame(90, FOOT, WIDTH - 180, HEIGHT - FOOT - 40, 0, 0, 0, 0), self.made)
            self.turn()

    def column(self, flowables: list[Flowable]) -> None:
        """The column of colour at the left: the part's heading, then these."""
        self.made.setFillColor(NAVY)
        self.made.rect(0, 0, SIDE, HEIGHT, stroke=0, fill=1)
        if self.part and self.part.label and self.part.text:
            label, title = self.part.label, self.part.text
            if not self.fresh:
                label, title = (self.content.furniture("repeat", text.plain) for text in (label, title))
            self.fresh = False
            before = markup(label, self.mark) + "  |  "
            flowables = [paragraph(title, OVER, self.mark, before=before), *flowables]
        pour(flowables, Frame(EDGE, 30, SIDE - 2 * EDGE, HEIGHT - 56, 0, 0, 0, 0), self.made)

    def box(self, label: Text | None, flowables: list[Flowable], y: float, tall: float, tint: str) -> None:
        """A box at the right with its label in a bar along its top; what it cannot hold stays in the list."""
        x, wide = SIDE + EDGE, WIDTH - SIDE - 2 * EDGE
        self.made.setFillColor(SAND)
        self.made.rect(x, y, wide, tall, stroke=0, fill=1)
        if label:
            self.made.setFillColor(tint)
            self.made.rect(x, y + tall - 24, wide, 24, stroke=0, fill=1)
        pour(flowables, Frame(x + 12, y + 4, wide - 24, tall - 32, 0, 0, 0, 0), self.made)
        if label:
            draw(self.made, label, self.mark, x + 12, y + tall - 17, FONT + "-Bold", 12.5, colour="#ffffff")


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a deck."""
    register(FONT, "lato/Lato-Regular.ttf", "lato/Lato-Bold.ttf", "lato/Lato-Italic.ttf")
    deck = Deck(content, mark, path)
    deck.letter()
    deck.cover()
    deck.prose()
    for node in content.root.of("priority"):
        deck.part, deck.fresh = node, True
        for child in node.children:
            if child.kind == "engagement":
                _slide(child, deck)
                for one in child.of("focus", "extra", "directive"):
                    _other(one, deck)
            elif child.kind == "block":
                flowables = _items(child, mark)
                deck.box(child.label, flowables, FOOT, HEIGHT - FOOT - 24, "#3c7a57")
                deck.column([])
                deck.turn()
            else:
                _other(child, deck)
    deck.made.save()


def _slide(node: Node, deck: Deck) -> None:
    mark = deck.mark
    tall = (HEIGHT - FOOT - 24 - 14) / 2
    boxes = [
        (block.label, _items(block, mark), FOOT + (tall + 14) * done, "#3c7a57" if done else CORAL)
        for block in node.of("block")
        for done in [block.attrs["status"] == "réalisé"]
    ]
    again = False
    while not again or any(flowables for _, flowables, _, _ in boxes):
        for label, flowables, y, tint in boxes:
            if flowables or not again:
                deck.box(None if again else label, flowables, y, tall, tint)
        deck.column(_title(node, deck, again))
        deck.turn()
        again = True


def _title(node: Node, deck: Deck, again: bool) -> list[Flowable]:
    first, *rest = node.of("entry")
    assert first.text
    assert node.label
    if again:
        return [
            paragraph(deck.content.furniture("repeat", node.label.plain), NUMBER, deck.mark),
            paragraph(deck.content.furniture("repeat", f"{first.text.plain} (suite)"), SAID, deck.mark),
        ]
    out: list[Flowable] = [paragraph(node.label, NUMBER, deck.mark), paragraph(first.text, TITLE, deck.mark)]
    for entry in rest:
        assert entry.text
        listed = bool(entry.attrs["list"])
        style = ParagraphStyle("said-b", SAID, leftIndent=12, bulletIndent=0, bulletColor="#ffffff") if listed else SAID
        out.append(paragraph(entry.text, style, deck.mark, bullet="–" if listed else None))
    return out


def _items(block: Node, mark: Mark) -> list[Flowable]:
    return [one for item in block.of("item") for one in item_paragraphs(item, TEXT, mark, glyphs="•–·")]


def _other(node: Node, deck: Deck) -> None:
    """A slide of its own: a focus, a quote, bars."""
    mark, content = deck.mark, deck.content
    if node.kind == "focus" and node.text:
        text: list[Flowable] = [paragraph(node.text, ParagraphStyle("zoom", BIG, fontSize=17, leading=21), mark)]
        for para in node.of("para"):
            assert para.text
            style = ParagraphStyle("text-b", TEXT, leftIndent=14, bulletIndent=4) if para.attrs["list"] else TEXT
            text.append(paragraph(para.text, style, mark, bullet="•" if para.attrs["list"] else None))
        text += [paragraph(one.text, SMALL, mark) for one in node.of("extra") if one.text]
        pour(text, Frame(SIDE + EDGE, FOOT, WIDTH - SIDE - 2 * EDGE, HEIGHT - FOOT - 30, 0, 0, 0, 0), deck.made)
        deck.column([paragraph(content.furniture("label", content.meta["focus_label"]), TITLE, mark)])
        deck.turn()
    elif node.kind == "directive" and node.attrs["name"] == "bars":
        title, *bars = (part.strip() for part in node.attrs["argument"].split("|"))
        draw(deck.made, content.furniture("caption", title), mark, SIDE + EDGE, HEIGHT - 60, FONT + "-Bold", 13)
        values = [(bar, float(bar.rsplit(" ", 1)[1].replace(",", "."))) for bar in bars]
        most = max(value for _, value in values)
        for at, (bar, value) in enumerate(values):
            y = HEIGHT - 120 - 58 * at
            deck.made.setFillColor("#9bb7d4")
            deck.made.rect(SIDE + EDGE, y, 380 * value / most, 24, stroke=0, fill=1)
            draw(deck.made, content.furniture("caption", bar), mark, SIDE + EDGE, y + 29, FONT, 11)
        deck.column([])
        deck.turn()
