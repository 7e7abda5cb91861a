"""Bullets that are drawn, as browsers print lists."""

from __future__ import annotations

from printed import column, line, page

from bilan_extract.document import Shape
from bilan_extract.layout.bullets import mark_bullets

LINES = column(["Poser trois bancs", "Planter deux tilleuls", "Ouvrir le portail"], 80, 100, pitch=20)


def dot(x: float, y: float, *, fill: tuple[int, int, int] | None = (0, 0, 0), side: float = 4.0, kind: str = "curve") -> Shape:
    return Shape(kind, x - side / 2, y - side / 2, x + side / 2, y + side / 2, fill, None if fill else (0, 0, 0))


def marks(shapes: list[Shape], lines=LINES) -> list[str | None]:  # type: ignore[no-untyped-def]
    words = [w for ln in lines for w in ln.words]
    made = mark_bullets(words, shapes)
    assert [w.text for w in made] == [w.text for w in words]
    firsts = {id(ln.words[0]) for ln in lines}
    assert all(m.mark is None for w, m in zip(words, made, strict=True) if id(w) not in firsts)
    return [m.mark for w, m in zip(words, made, strict=True) if id(w) in firsts]


def middles() -> list[float]:
    return [(ln.top + ln.bottom) / 2 for ln in LINES]


def test_discs_in_front_of_lines_are_their_bullets():
    assert marks([dot(70, y) for y in middles()]) == ["•", "•", "•"]


def test_rings_and_squares_are_told_apart():
    a, b, c = middles()
    assert marks([dot(70, a), dot(70, b, fill=None), dot(70, c, kind="rect")]) == ["•", "◦", "▪"]


def test_one_dot_alone_is_none():
    assert marks([dot(70, middles()[0])]) == [None, None, None]


def test_dots_between_words_of_a_line_are_none():
    before = line("Lundi", 30, LINES[0].top)
    shapes = [dot(70, middles()[0]), dot(70, middles()[1])]
    words = [*before.words, *(w for ln in LINES for w in ln.words)]
    assert all(w.mark is None for w in mark_bullets(words, shapes))


def test_large_shapes_are_icons():
    assert marks([dot(66, y, side=12) for y in middles()]) == [None, None, None]


def test_a_page_with_drawn_bullets_keeps_its_words():
    from bilan_extract.layout.page import lay_out

    made = lay_out(page(LINES, [dot(70, y) for y in middles()]))
    assert [ln.text for region in made.regions for ln in region.lines] == [ln.text for ln in LINES]
