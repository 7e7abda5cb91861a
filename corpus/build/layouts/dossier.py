"""Sheets with a band of colour, a strip of status under it and boxes side by side or below each other.

As many sheets stand on a page as there is room for. The pieces of a page are painted by kind: what comes first, then the
strips, what was done, the reminders, and the bands last of all. `stamp` in the head is printed on every page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from corpus.build.content import Content, Node, Text
from corpus.build.lab import canvas, draw, item_paragraphs, markup, paragraph, register
from corpus.build.marks import Mark

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, FOOT = 36.0, WIDTH - 36, HEIGHT - 62, 48.0
ACROSS, GAP, PAD, TAB = RIGHT - LEFT, 8.0, 6.0, 16.0
TEAL, PEACH, GREY, GREEN = "#00695c", "#d84315", "#546e7a", "#2e7d32"

BODY = ParagraphStyle("body", fontName="Lato", fontSize=11, leading=14.6, spaceAfter=3.5)
LETTER = ParagraphStyle("letter", BODY, fontSize=10.8, leading=15, spaceAfter=7)
BOLD = ParagraphStyle("bold", BODY, fontName="Lato-Bold")
TITLE = ParagraphStyle("title", BOLD, fontSize=14, leading=17, textColor="#ffffff", spaceAfter=0)
CHAPTER = ParagraphStyle("chapter", BOLD, fontSize=18, leading=22, textColor=TEAL, spaceAfter=2)
WORD = ParagraphStyle("word", BODY, fontSize=11, textColor=PEACH, spaceAfter=0)
SMALL = ParagraphStyle("small", BODY, fontName="Lato-Italic", fontSize=7.8, leading=10)
CENTRED = ParagraphStyle("centred", LETTER, fontName="Lato-Bold", alignment=TA_CENTER, spaceBefore=4)
LETTERS = {
    "head": ParagraphStyle("d-head", CENTRED, fontSize=14, leading=18, textColor=TEAL),
    "title": CENTRED,
    "decide": CENTRED,
    "done": ParagraphStyle("d-done", LETTER, leftIndent=280),
    "role": ParagraphStyle("d-role", LETTER, leftIndent=280),
    "signatory": ParagraphStyle("d-signatory", LETTER, leftIndent=280, fontName="Lato-Bold"),
}


class Pages:
    """The pages being filled: what is to be painted on this one, by rank, and how far down it is written."""

    def __init__(self, content: Content, mark: Mark, path: Path) -> None:
        self.content, self.mark = content, mark
        self.made = canvas(path, content, A4)
        self.page, self.y = 1, TOP
        self.pieces: list[tuple[int, Callable[[], None]]] = []

    def add(self, rank: int, piece: Callable[[], None]) -> None:
        """Paint this on the page, after what has a lower rank."""
        self.pieces.append((rank, piece))

    def turn(self) -> None:
        """End the page: its pieces in the order of their ranks, then stamp and foot."""
        for _, piece in sorted(self.pieces, key=lambda one: one[0]):
            piece()
        content, mark, made = self.content, self.mark, self.made
        for line, said in enumerate(content.meta["stamp"]):
            text = content.furniture("stamp", said)
            draw(made, text, mark, RIGHT - 148, HEIGHT - 17 - 8 * line, "Lato", 6.4, colour="#1a237e")
        made.setStrokeColor("#1a237e")
        made.rect(RIGHT - 153, HEIGHT - 46, 153, 38, stroke=1, fill=0)
        foot = content.furniture("footer", content.meta["footer"])
        draw(made, foot, mark, LEFT, 26, "Lato", 7.8, after=f"  [{self.page}]", colour=GREY)
        made.showPage()
        self.page, self.y, self.pieces = self.page + 1, TOP, []

    def set(self, rank: int, paragraphs: list[Paragraph], x: float, y: float, width: float) -> None:
        """Paint paragraphs below each other, from y down."""

        def piece() -> None:
            at = y
            for one in paragraphs:
                tall = one.wrap(width, 9999)[1]
                one.drawOn(self.made, x, at - tall)
                at -= tall + one.getSpaceAfter()

        self.add(rank, piece)

    def fill(self, rank: int, x: float, y: float, width: float, tall: float, tint: str, line: bool = False) -> None:
        """Paint a surface, or only its edge, with its upper left corner at x, y."""

        def piece() -> None:
            self.made.setFillColor(tint)
            self.made.setStrokeColor(tint)
            self.made.rect(x, y - tall, width, tall, stroke=int(line), fill=int(not line))

        self.add(rank, piece)


def _tall(paragraphs: list[Paragraph], width: float) -> float:
    return float(sum(one.wrap(width, 9999)[1] + one.getSpaceAfter() for one in paragraphs))


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in sheets."""
    register("Lato", "lato/Lato-Regular.ttf", "lato/Lato-Bold.ttf", "lato/Lato-Italic.ttf")
    pages = Pages(content, mark, path)
    _letter(pages)
    for node in content.root.of("priority"):
        _chapter(node, pages)
    pages.turn()
    pages.made.save()


def _letter(pages: Pages) -> None:
    content, mark = pages.content, pages.mark
    for kind in ("deliberation", "report"):
        for node in content.nodes(kind):
            assert node.text
            role = node.attrs["role"]
            style = CHAPTER if role == "h" else LETTERS.get(role, LETTER)
            before = f"<b>{markup(node.label, mark)}</b> " if node.label else ""
            one = paragraph(node.text, style, mark, before=before, bullet="›" if role == "b" else None)
            tall = _tall([one], ACROSS - 40)
            if pages.y - tall < FOOT:
                pages.turn()
            pages.set(0, [one], LEFT + 20, pages.y, ACROSS - 40)
            pages.y -= tall + 2
        pages.turn()


def _chapter(node: Node, pages: Pages) -> None:
    mark = pages.mark
    assert node.label
    assert node.text
    heads = [paragraph(node.label, WORD, mark), paragraph(node.text, CHAPTER, mark)]
    if pages.y < TOP:
        pages.turn()
    pages.set(5, heads, LEFT, pages.y, ACROSS)
    pages.y -= _tall(heads, ACROSS) + 10
    upright = False
    for child in node.children:
        if child.kind == "engagement":
            _sheet(child, node, pages, upright)
            upright = not upright
            for one in child.of("focus"):
                _focus(one, pages)
        elif child.kind == "focus":
            _focus(child, pages)
        elif child.kind == "block":
            _boxes([child], pages)
            pages.y -= 12


def _sheet(node: Node, chapter: Node, pages: Pages, upright: bool) -> None:
    """One sheet, on this page or, where it has no room, on the next."""
    content, mark = pages.content, pages.mark
    first, *rest = node.of("entry")
    assert node.label
    assert first.text
    assert chapter.label
    assert chapter.text
    title = [paragraph(first.text, TITLE, mark)]
    band = 26 + _tall(title, ACROSS - 20)
    reminder = [
        paragraph(one.text, BODY, mark, bullet="•" if one.attrs["list"] else None) for one in rest if one.text
    ]
    blocks = node.of("block")
    below = sum(_boxes_tall(row, pages) + GAP for row in _rows(blocks, upright))
    tall = band + 24 + (TAB + _tall(reminder, ACROSS - 2 * PAD) + 2 * PAD + GAP if reminder else 0) + below
    if pages.y - tall < FOOT:
        pages.turn()
    again = content.furniture("repeat", f"{chapter.label.plain} | {chapter.text.plain}")
    pages.fill(6, LEFT, pages.y, ACROSS, band, TEAL)
    top = pages.y
    label, made = node.label, pages.made
    pages.add(7, lambda: draw(made, label, mark, LEFT + 10, top - 15, "Lato-Bold", 9, colour="#ffccbc"))
    pages.add(7, lambda: draw(made, again, mark, RIGHT - 8, top - 15, "Lato", 7.5, colour="#b2dfdb", align="right"))
    pages.set(7, title, LEFT + 10, top - 20, ACROSS - 20)
    pages.y -= band
    _strip(node, pages)
    if reminder:
        _box(content.furniture("label", content.meta["reminder_label"]), reminder, pages, 4, LEFT, ACROSS, GREY, 0)
        pages.y -= GAP + TAB + _tall(reminder, ACROSS - 2 * PAD) + 2 * PAD
    for row in _rows(blocks, upright):
        _boxes(row, pages)
    pages.y -= 12


def _strip(node: Node, pages: Pages) -> None:
    """The fields that are no part of the plan, in cells of one line."""
    cells = node.of("extra")
    step = ACROSS / max(len(cells), 1)
    pages.fill(1, LEFT, pages.y, ACROSS, 18, "#e0f2f1")
    for at, one in enumerate(cells):
        key = pages.content.furniture("table", one.attrs["reason"].removeprefix("table").strip() + " :")
        assert one.text
        both = Paragraph(
            f"<b>{markup(key, pages.mark)}</b> {markup(one.text, pages.mark)}",
            ParagraphStyle("strip", BODY, fontSize=8, leading=10),
        )
        pages.set(1, [both], LEFT + 10 + at * step, pages.y - 4, step - 10)
    pages.y -= 24


def _rows(blocks: list[Node], upright: bool) -> list[list[Node]]:
    return [[one] for one in blocks] if upright or len(blocks) < 2 else [blocks[:2], *[[one] for one in blocks[2:]]]


def _widths(row: list[Node]) -> list[float]:
    return [ACROSS] if len(row) == 1 else [0.56 * (ACROSS - GAP), 0.44 * (ACROSS - GAP)]


def _inside(block: Node, pages: Pages) -> list[Paragraph]:
    return [one for item in block.of("item") for one in item_paragraphs(item, BODY, pages.mark, "•–·")]


def _boxes_tall(row: list[Node], pages: Pages) -> float:
    talls = [_tall(_inside(b, pages), w - 2 * PAD) for b, w in zip(row, _widths(row), strict=True)]
    return max(14.0, *talls) + TAB + 2 * PAD


def _boxes(row: list[Node], pages: Pages) -> None:
    tall = _boxes_tall(row, pages)
    if pages.y - tall < FOOT:
        pages.turn()
    x = LEFT
    for block, width in zip(row, _widths(row), strict=True):
        done = block.attrs["status"] == "réalisé"
        assert block.label
        _box(block.label, _inside(block, pages), pages, 3 if done else 0, x, width, GREEN if done else PEACH, tall)
        x += width + GAP
    pages.y -= tall + GAP


def _box(
    label: Text, inside: list[Paragraph], pages: Pages, rank: int, x: float, width: float, tint: str, tall: float
) -> None:
    """A box with its label on a bar at the top; of the height of what it holds where `tall` is 0."""
    y, made, mark = pages.y, pages.made, pages.mark
    tall = tall or TAB + _tall(inside, width - 2 * PAD) + 2 * PAD
    pages.fill(rank, x, y, width, tall, tint, line=True)
    pages.fill(rank, x, y, width, TAB, tint)
    pages.add(rank, lambda: draw(made, label, mark, x + PAD, y - 11.5, "Lato-Bold", 9, colour="#ffffff"))
    pages.set(rank, inside, x + PAD, y - TAB - PAD, width - 2 * PAD)


def _focus(node: Node, pages: Pages) -> None:
    mark = pages.mark
    assert node.text
    inside = [paragraph(pages.content.furniture("label", pages.content.meta["focus_label"]), SMALL, mark)]
    inside.append(paragraph(node.text, BOLD, mark))
    inside += [paragraph(one.text, BODY, mark) for one in node.of("para") if one.text]
    inside += [paragraph(one.text, SMALL, mark) for one in node.of("extra") if one.text]
    tall = _tall(inside, ACROSS - 60) + 2 * PAD
    if pages.y - tall < FOOT:
        pages.turn()
    pages.fill(2, LEFT + 20, pages.y, ACROSS - 40, tall, "#fff3e0")
    pages.set(2, inside, LEFT + 30, pages.y - PAD, ACROSS - 60)
    pages.y -= tall + 14
