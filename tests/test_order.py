"""Reading order: what a person reads first comes first."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from printed import column, line, page

from bilan_extract.document import Shape
from bilan_extract.layout.page import lay_out

LEFT = [
    "La commune ouvre une maison des",
    "jeunes dans le quartier du port,",
    "avec deux animateurs et une salle",
    "de musique pour les répétitions.",
]
RIGHT = [
    "Les travaux dureront six mois et",
    "coûteront moins que prévu, grâce",
    "à une aide de la région et à un",
    "legs fait à la ville en hiver.",
]


def texts(made):
    return [ln.text for region in made.regions for ln in region.lines]


def test_two_columns_are_read_one_after_the_other():
    lines = column(LEFT, 50) + column(RIGHT, 310)
    random.Random(1).shuffle(lines)
    assert texts(lay_out(page(lines))) == LEFT + RIGHT


def test_two_columns_whose_lines_take_turns():
    lines = column(LEFT, 50, pitch=24) + column(RIGHT, 310, 112, pitch=24)
    assert texts(lay_out(page(lines))) == LEFT + RIGHT


def test_a_full_width_title_stands_before_both_columns():
    title = line("Rapport annuel de la commune sur la jeunesse et sur ses projets pour demain", 50, 70, 14)
    assert texts(lay_out(page(column(RIGHT, 310) + column(LEFT, 50) + [title]))) == [title.text, *LEFT, *RIGHT]


def test_a_justified_line_is_not_two_columns():
    gap = 13  # more than a space, and the same between all words
    pieces = [line(text, 50 + k * (15 + gap), 100) for k, text in enumerate(["Une", "rue", "qui", "est"])]
    below = column(["Cette ligne va jusqu'au bout de la page sans le moindre blanc large"], 50, 112)
    assert texts(lay_out(page([*pieces, *below])))[0] == "Une rue qui est"


def test_side_headings_are_read_with_their_text():
    heads = [line("Fait", 50, 100, 9, bold=True), line("Suite", 50, 160, 9, bold=True)]
    first, second = column(LEFT, 150, 100), column(RIGHT, 150, 160)
    assert texts(lay_out(page(first + second + heads))) == ["Fait", *LEFT, "Suite", *RIGHT]


def test_a_side_heading_that_nothing_was_written_to_keeps_the_others_in_place():
    heads = [line(text, 50, top, 9, bold=True) for text, top in (("Fait", 100), ("Suite", 160), ("Enfin", 240))]
    assert texts(lay_out(page(column(LEFT, 150, 100) + column(RIGHT, 150, 160) + heads))) == [
        "Fait", *LEFT, "Suite", *RIGHT, "Enfin",
    ]  # fmt: skip


def test_a_rule_down_the_page_parts_columns_of_unequal_length():
    far = column(["Le préau rouvrira au printemps."], 50, 260, 9, bold=True)
    lines = column(LEFT, 50) + far + column(RIGHT, 310)
    random.Random(3).shuffle(lines)
    rule = Shape("line", 295, 95, 295, 290, stroke=(90, 90, 90))
    assert texts(lay_out(page(lines, [rule]))) == [*LEFT, far[0].text, *RIGHT]


def test_text_between_two_rules_of_its_own_stands_in_a_box():
    around = column(["Une ligne qui va d'un bord à l'autre de la page et dit tout ce qu'il y a à dire ici."], 40)
    rules = [Shape("line", 60, y, 300, y, stroke=(0, 0, 0)) for y in (140, 210)]
    made = lay_out(page(around + column(LEFT, 65, 150), rules))
    assert [region.frame is not None for region in made.regions] == [False, True]


def test_rows_of_boxes_are_read_row_by_row():
    shapes, lines = [], []
    for r, row in enumerate((("A", "B"), ("C", "D"))):
        for c, name in enumerate(row):
            x, y = 50 + 260 * c, 100 + 120 * r
            shapes.append(Shape("rect", x, y, x + 240, y + 90, fill=(230, 240, 250)))
            lines += column([f"{name} première ligne du texte", f"{name} seconde ligne du texte"], x + 10, y + 10)
    random.Random(2).shuffle(lines)
    assert [t[0] for t in texts(lay_out(page(lines, shapes)))] == list("AABBCCDD")


def test_a_tab_on_the_edge_comes_before_its_box():
    box = Shape("rect", 50, 100, 300, 200, fill=(230, 240, 250))
    tab = Shape("rect", 60, 91, 160, 109, fill=(10, 80, 160))
    made = lay_out(page(column(LEFT, 60, 120) + [line("À venir", 70, 95, 9, bold=True)], [box, tab]))
    assert texts(made)[0] == "À venir"
    assert made.regions[0].frame.kind == "tab"


def test_ruled_tables_are_read_cell_by_cell():
    rules = [Shape("line", 50, y, 450, y, stroke=(0, 0, 0)) for y in (100, 150, 200)]
    rules += [Shape("line", x, 100, x, 200, stroke=(0, 0, 0)) for x in (50, 250, 450)]
    cells = [line(t, x, y) for t, x, y in (("un", 60, 110), ("deux", 260, 110), ("trois", 60, 160), ("quatre", 260, 160))]
    made = lay_out(page(cells[::-1], rules))
    assert texts(made) == ["un", "deux", "trois", "quatre"]
    assert [(r.frame.row, r.frame.column) for r in made.regions] == [(0, 0), (0, 1), (1, 0), (1, 1)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 520), st.integers(0, 800), st.text("abcdé", min_size=1, max_size=9), st.integers(6, 24)),
        max_size=40,
    ),
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 780), st.integers(5, 400), st.integers(2, 300)), max_size=8),
)
def test_every_word_ends_in_exactly_one_region(placed, boxes):
    lines = [line(text, x, y, size) for x, y, text, size in placed]
    shapes = [Shape("rect", x, y, x + w, y + h, fill=(200, 220, 240)) for x, y, w, h in boxes]
    made = lay_out(page(lines, shapes))
    read = [w.index for region in made.regions for ln in region.lines for w in ln.words] + [w.index for w in made.hidden]
    assert sorted(read) == sorted(w.index for ln in lines for w in ln.words)


_BANDS = st.lists(
    st.tuples(
        st.sampled_from(["left", "right", "both", "wide", "left box", "right box"]),
        st.integers(-45, 45),  # how far the side's edge towards the gutter is moved, in points
        st.integers(2, 60),  # space above, in points
    ),
    min_size=2,
    max_size=9,
)


@settings(max_examples=200, deadline=None)
@given(_BANDS)
def test_columns_that_narrow_their_gutter_lose_no_word(bands):
    """Boxes and text in two columns whose edges wander, as on a scan."""
    lines, shapes, y = [], [], 60
    for kind, shift, space in bands:
        y += space
        for side in ("left", "right") if kind == "both" else (kind.split()[0],):
            x0, x1 = {"left": (50, 290 + shift), "right": (310 + shift, 550), "wide": (50, 550)}[side]
            lines.append(line("a" * max(1, int((x1 - x0 - 12) / 5)), x0 + 6, y, 10))
            if "box" in kind:
                shapes.append(Shape("rect", x0, y - 4, x1, y + 14, fill=(200, 220, 240)))
        y += 14
    made = lay_out(page(lines, shapes))
    read = [w.index for region in made.regions for ln in region.lines for w in ln.words] + [w.index for w in made.hidden]
    assert sorted(read) == sorted(w.index for ln in lines for w in ln.words)
