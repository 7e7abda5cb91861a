"""Slides after upright letter pages: a contents with dots, then three cards side by side for each commitment.

The cards are drawn from right to left, and the band above them last. A card too full for its slide goes on in the same
place of the next one, without its label. `! chart title | 2022 1200 | 2023 1350` is a slide of bars with their values;
`X caption strip | words` is a line of key figures at the foot of a slide.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame

from corpus.build.content import Content, Node, Text
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, pour, register
from corpus.build.marks import Mark

FONT = "DejaVuCondensed"
WIDTH, HEIGHT = 842.0, 474.0
EDGE, GAP = 30.0, 14.0
CARD = (WIDTH - 2 * EDGE - 2 * GAP) / 3
TOP, FOOT = HEIGHT - 96, 58.0
TINTS = ("#3d5a80", "#2a9d8f", "#e76f51")
LETTER = ParagraphStyle("letter", fontName=FONT, fontSize=9.8, leading=14, spaceAfter=7)
CARD_TEXT = ParagraphStyle("card", fontName=FONT, fontSize=11.6, leading=15, spaceAfter=5)
COMMITMENT = ParagraphStyle("commitment", CARD_TEXT, fontName=FONT + "-Bold", fontSize=13, leading=17)
WIDE = ParagraphStyle("wide", CARD_TEXT, fontSize=12, leading=16, spaceAfter=8)
BIG = ParagraphStyle("big", WIDE, fontName=FONT + "-Bold", fontSize=22, leading=27, textColor="#3d5a80", spaceAfter=14)
QUOTE = ParagraphStyle("quote", BIG, fontName=FONT + "-Italic", fontSize=19, leading=26, alignment=TA_CENTER)
STRIP = ParagraphStyle("strip", CARD_TEXT, fontSize=8.4, leading=10.5, alignment=TA_CENTER)
ROLES = {
    "head": ParagraphStyle("d-head", LETTER, fontName=FONT + "-Bold", fontSize=15, leading=20, spaceAfter=12),
    "number": ParagraphStyle("d-number", LETTER, alignment=TA_RIGHT),
    "title": ParagraphStyle("d-title", LETTER, fontName=FONT + "-Bold", fontSize=11.5, leading=16, spaceAfter=14),
    "done": ParagraphStyle("d-done", LETTER, spaceBefore=14, leftIndent=260),
    "role": ParagraphStyle("d-role", LETTER, leftIndent=260),
    "signatory": ParagraphStyle("d-signatory", LETTER, leftIndent=260),
}


class Deck:
    """Pages being made: the canvas, the number of the page, and what stands at the slide's foot."""

    def __init__(self, content: Content, mark: Mark, path: Path, found: dict[int, int]) -> None:
        self.content, self.mark = content, mark
        self.made: Canvas = canvas(path, content, A4)
        self.page = 1
        self.found = found
        self.starts: dict[int, int] = {}

    def turn(self) -> None:
        """End the page."""
        self.made.showPage()
        self.page += 1

    def letter(self) -> None:
        """The deliberation, upright."""
        flowables: list[Flowable] = []
        for node in self.content.nodes("deliberation"):
            if node.text:
                before = f"<b>{markup(node.label, self.mark)}</b> " if node.label else ""
                flowables.append(paragraph(node.text, ROLES.get(node.attrs["role"], LETTER), self.mark, before=before))
        while flowables:
            pour(flowables, Frame(70, 70, A4[0] - 140, A4[1] - 140, 0, 0, 0, 0), self.made)
            self.turn()

    def foot(self, number_only: bool = False) -> None:
        """The slide's foot: the deck's name and the page's number."""
        made, mark, content = self.made, self.mark, self.content
        if not number_only:
            made.setFillColor("#eef1f5")
            made.rect(0, 0, WIDTH, 26, stroke=0, fill=1)
            draw(made, content.furniture("footer", content.meta["footer"]), mark, EDGE, 10, FONT, 7.5, colour="#555555")
        mute = content.furniture("page_number", "Diapo")
        draw(made, mute, mark, WIDTH - EDGE, 10, FONT, 8, after=f" {self.page}", align="right", colour="#3d5a80")

    def open(self) -> None:
        """A slide, broader than it is tall."""
        self.made.setPageSize((WIDTH, HEIGHT))

    def prose(self) -> None:
        """The report's prose: one slide a heading."""
        flowables: list[Flowable] = []
        for node in [*self.content.nodes("report"), None]:
            if flowables and (node is None or node.attrs["role"] == "h"):
                while flowables:
                    self.open()
                    pour(flowables, Frame(110, 50, WIDTH - 220, HEIGHT - 110, 0, 0, 0, 0), self.made)
                    self.foot()
                    self.turn()
            if node and node.text:
                role = node.attrs["role"]
                style = BIG if role == "h" else WIDE
                if role == "b":
                    style = ParagraphStyle("wide-b", WIDE, leftIndent=18, bulletIndent=4)
                flowables.append(paragraph(node.text, style, self.mark, bullet="→" if role == "b" else None))

    def contents(self) -> None:
        """The contents: every heading with dots to the number of its page."""
        self.open()
        made, mark, content = self.made, self.mark, self.content
        name = content.furniture("table_of_contents", content.meta["contents"])
        draw(made, name, mark, 110, HEIGHT - 70, FONT + "-Bold", 22, colour="#3d5a80")
        y = HEIGHT - 120
        for at, node in enumerate(content.root.of("priority")):
            said = f"{node.label.plain if node.label else ''}. {node.text.plain if node.text else ''}"
            text = content.furniture("table_of_contents", said)
            wide = made.stringWidth("".join(run.text for run in text.runs), FONT, 13)
            dots = "." * int((WIDTH - 250 - wide) / made.stringWidth(".", FONT, 13))
            draw(made, text, mark, 110, y, FONT, 13, after=f" {dots} {self.found.get(at, 0)}")
            y -= 34
        self.foot(number_only=True)
        self.turn()

    def band(self, node: Node, first: bool) -> None:
        """The band across the slide: the heading, or the heading once more."""
        made, mark = self.made, self.mark
        assert node.label
        assert node.text
        made.setFillColor("#3d5a80")
        made.rect(0, HEIGHT - 62, WIDTH, 62, stroke=0, fill=1)
        made.setFillColor("#ee9b00")
        made.rect(0, HEIGHT - 66, WIDTH, 4, stroke=0, fill=1)
        if first:
            draw(made, node.label, mark, EDGE, HEIGHT - 24, FONT + "-Bold", 10, colour="#ffd9a0")
            draw(made, node.text, mark, EDGE, HEIGHT - 48, FONT + "-Bold", 16, colour="#ffffff")
        else:
            label = self.content.furniture("repeat", node.label.plain)
            title = self.content.furniture("repeat", node.text.plain)
            draw(made, label, mark, EDGE, HEIGHT - 24, FONT + "-Bold", 10, colour="#ffd9a0")
            draw(made, title, mark, EDGE, HEIGHT - 48, FONT + "-Bold", 16, colour="#ffffff")

    def cards(
        self,
        priority: Node,
        first: bool,
        cards: list[tuple[Text | None, list[Flowable]]],
        strip: Node | None,
        spans: tuple[float, ...] = (CARD, CARD, CARD),
    ) -> None:
        """Slides of cards: label above, text below; what is left over goes on on the next slide."""
        again = False
        lefts = [EDGE + sum(spans[:at]) + GAP * at for at in range(len(spans))]
        while not again or any(flowables for _, flowables in cards):
            self.open()
            for at in reversed(range(len(cards))):
                label, flowables = cards[at]
                if again and not flowables:
                    continue
                self._card(label if not again else None, flowables, lefts[at], spans[at], TINTS[at + 3 - len(spans)])
            if strip and strip.text and not again:
                pour(
                    [paragraph(strip.text, STRIP, self.mark)],
                    Frame(EDGE, 28, WIDTH - 2 * EDGE, 24, 0, 0, 0, 0),
                    self.made,
                )
            self.band(priority, first and not again)
            self.foot()
            self.turn()
            again = True

    def _card(self, label: Text | None, flowables: list[Flowable], x: float, wide: float, tint: str) -> None:
        made = self.made
        made.setFillColor("#f7f8fa")
        made.setStrokeColor(tint)
        made.setLineWidth(1)
        made.roundRect(x, FOOT, wide, TOP - FOOT + 18, 6, stroke=1, fill=1)
        pour(flowables, Frame(x, FOOT + 4, wide, TOP - FOOT - 12, 9, 0, 9, 0), made)
        if label:
            made.setFillColor(tint)
            made.roundRect(x, TOP - 2, wide, 20, 6, stroke=0, fill=1)
            draw(made, label, self.mark, x + wide / 2, TOP + 4, FONT + "-Bold", 10, colour="#ffffff", align="center")


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as slides; a first time to know the pages that the contents name."""
    register(
        FONT,
        "dejavu/DejaVuSansCondensed.ttf",
        "dejavu/DejaVuSansCondensed-Bold.ttf",
        "dejavu/DejaVuSansCondensed-Oblique.ttf",
    )
    found: dict[int, int] = {}
    for _ in range(2):
        deck = Deck(content, mark, path, found)
        deck.letter()
        deck.contents()
        deck.prose()
        for at, node in enumerate(content.root.of("priority")):
            deck.starts[at] = deck.page
            _priority(node, deck)
        found = deck.starts
    deck.made.save()


def _priority(node: Node, deck: Deck) -> None:
    content, mark = deck.content, deck.mark
    first = True
    for child in node.children:
        if child.kind == "engagement":
            said = content.furniture("label", content.meta["commitment_label"])
            cards: list[tuple[Text | None, list[Flowable]]] = [(said, _commitment(child, mark))]
            cards += [(block.label, _block(block, mark)) for block in child.of("block")]
            beside = [one for part in child.children for one in ([part] if part.kind != "block" else part.children)]
            strip = next((one for one in beside if one.attrs.get("reason") == "caption strip"), None)
            deck.cards(node, first, cards, strip)
            first = False
            for one in beside:
                _other(one, node, deck)
        elif child.kind == "block":
            wide = WIDTH - 2 * EDGE
            deck.cards(node, first, [(child.label, _block(child, mark))], None, (wide,))
            first = False
        else:
            _other(child, node, deck)


def _other(node: Node, priority: Node, deck: Deck) -> None:
    """A slide of its own: a focus, a quote, or a chart."""
    mark, content = deck.mark, deck.content
    if node.kind == "focus" and node.text:
        flowables: list[Flowable] = [paragraph(node.text, COMMITMENT, mark)]
        for para in node.of("para"):
            assert para.text
            flowables.append(
                paragraph(
                    para.text,
                    _bulleted(WIDE if not para.attrs["list"] else CARD_TEXT, para),
                    mark,
                    bullet="→" if para.attrs["list"] else None,
                )
            )
        label = content.furniture("label", content.meta["focus_label"])
        picture = 260.0
        deck.open()
        deck.made.setFillColor("#cdb891")
        deck.made.rect(EDGE, FOOT + 30, picture, TOP - FOOT - 30, stroke=0, fill=1)
        for one in node.of("extra"):
            assert one.text
            pour([paragraph(one.text, STRIP, mark)], Frame(EDGE, FOOT, picture, 28, 0, 0, 0, 0), deck.made)
        deck._card(label, flowables, EDGE + picture + GAP, WIDTH - 2 * EDGE - picture - GAP, TINTS[0])
        deck.band(priority, first=False)
        deck.foot()
        deck.turn()
    elif node.kind == "extra" and node.text and node.attrs["reason"] == "quote":
        deck.open()
        pour([paragraph(node.text, QUOTE, mark)], Frame(120, 100, WIDTH - 240, HEIGHT - 240, 0, 0, 0, 0), deck.made)
        deck.foot()
        deck.turn()
    elif node.kind == "directive" and node.attrs["name"] == "chart":
        _chart(node.attrs["argument"], deck)


def _chart(argument: str, deck: Deck) -> None:
    title, *bars = (part.strip() for part in argument.split("|"))
    made, mark = deck.made, deck.mark
    deck.open()
    draw(made, deck.content.furniture("caption", title), mark, 110, HEIGHT - 60, FONT + "-Bold", 14)
    values = [bar.rsplit(" ", 1) for bar in bars]
    most = max(float(value) for _, value in values)
    step = (WIDTH - 220) / len(values)
    for at, (name, value) in enumerate(values):
        tall = 250 * float(value) / most
        made.setFillColor(TINTS[at % 3])
        made.rect(120 + at * step, 76, step - 40, tall, stroke=0, fill=1)
        middle = 120 + at * step + (step - 40) / 2
        shown, named = (deck.content.furniture("caption", said) for said in (value, name))
        draw(made, shown, mark, middle, 82 + tall, FONT + "-Bold", 11, align="center")
        draw(made, named, mark, middle, 60, FONT, 10, align="center")
    deck.foot()
    deck.turn()


def _bulleted(style: ParagraphStyle, node: Node) -> ParagraphStyle:
    if not node.attrs["list"]:
        return style
    return ParagraphStyle(style.name + "-b", style, leftIndent=16, bulletIndent=3)


def _commitment(node: Node, mark: Mark) -> list[Flowable]:
    out: list[Flowable] = []
    for at, entry in enumerate(node.of("entry")):
        assert entry.text
        style = _bulleted(CARD_TEXT if at else COMMITMENT, entry)
        out.append(paragraph(entry.text, style, mark, bullet="→" if entry.attrs["list"] else None))
    return out


def _block(node: Node, mark: Mark) -> list[Flowable]:
    return [one for item in node.of("item") for one in item_paragraphs(item, CARD_TEXT, mark, glyphs="●○-")]
