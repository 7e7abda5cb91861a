"""What a page's picture shows besides its text, on drawn pages: grounds of any shape, rows of tables, leaders, rules."""

from __future__ import annotations

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFilter

from bilan_extract.reading.drawing import Drawing, Rule
from bilan_extract.reading.drawn_rules import _joined
from bilan_extract.reading.ink import _wipe_corners, ink_only
from bilan_extract.reading.picture import find_drawing, paper_of

WHITE, DARK, GREY = (250, 250, 250), (60, 60, 60), (206, 206, 206)
DPI = 150


def sheet(high: int = 900, wide: int = 1240) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (wide, high), WHITE)
    return picture, ImageDraw.Draw(picture)


def strokes(draw: ImageDraw.ImageDraw, x0: int, x1: int, y: int, color: tuple[int, int, int]) -> None:
    for x in range(x0, x1, 13):
        draw.rectangle((x, y, x + 4, y + 15), fill=color)


def test_a_ground_ends_where_blurred_letters_of_its_colour_begin() -> None:
    picture, draw = sheet()
    draw.rectangle((100, 200, 1100, 240), fill=GREY)
    for y in range(252, 420, 24):  # black on white, blurred: grey rims right under the grey ground
        strokes(draw, 110, 1080, y, (0, 0, 0))
    blurred = picture.resize((2480, 1800)).filter(ImageFilter.GaussianBlur(2.5))
    found = find_drawing(blurred, 2 * DPI)
    assert [g[:4] for g in found.grounds] == [pytest.approx((200, 400, 2200, 480), abs=12)]


def table() -> Image.Image:
    """A dark head with two names, a row that spans both columns, a ruled row below."""
    picture, draw = sheet()
    draw.rectangle((100, 100, 1100, 140), fill=DARK)
    strokes(draw, 120, 240, 112, WHITE)
    strokes(draw, 620, 760, 112, WHITE)
    draw.rectangle((100, 141, 1100, 180), fill=GREY)
    strokes(draw, 120, 400, 152, (0, 0, 0))
    for x in (100, 600, 1100):
        draw.line((x, 180, x, 320), fill=DARK, width=2)
    draw.line((100, 320, 1100, 320), fill=DARK, width=2)
    strokes(draw, 120, 500, 220, (0, 0, 0))
    return picture


def test_a_tables_coloured_rows_carry_its_rules_on_and_a_row_that_spans_it_has_none_within() -> None:
    rules = [r for r in find_drawing(table().resize((2480, 1800)), 2 * DPI).rules if not r.level]
    head = sorted(r.x0 for r in rules if r.y0 < 220)
    spanning = sorted(r.x0 for r in rules if 260 < r.y0 < 300)
    assert head == pytest.approx([200, 1200, 2200], abs=12)
    assert spanning == pytest.approx([200, 2200], abs=12)


def test_the_side_of_a_tinted_column_is_a_rule_in_rows_of_one_line_too() -> None:
    picture, draw = sheet()
    draw.rectangle((100, 100, 380, 220), fill=GREY)
    for y in (100, 140, 180, 220):
        draw.line((100, y, 1100, y), fill=DARK, width=2)
        if y < 220:
            strokes(draw, 120, 300, y + 14, (0, 0, 0))
            strokes(draw, 420, 900, y + 14, (0, 0, 0))
    rules = find_drawing(picture.resize((2480, 1800)), 2 * DPI).rules
    sides = sorted((r.y0, r.y1) for r in rules if not r.level and abs(r.x0 - 760) <= 12)
    assert sides == [pytest.approx((y, y + 80), abs=12) for y in (200, 280, 360)]


def test_a_label_hides_its_boxs_edge_and_a_box_hides_nothing_in_it() -> None:
    picture, draw = sheet()
    draw.rectangle((100, 100, 700, 600), fill=(226, 238, 245))
    draw.rectangle((500, 160, 700, 560), fill=(20, 100, 160))  # covers most of the right edge
    strokes(draw, 120, 400, 300, (200, 210, 220))  # thin pale letters: no ground of their own
    found = sorted(g[:4] for g in find_drawing(picture, DPI).grounds)
    assert found == [pytest.approx((100, 100, 700, 600), abs=8), pytest.approx((500, 160, 700, 560), abs=8)]


def test_an_arrow_of_one_colour_is_a_box_and_its_letters_are_read_black_on_white() -> None:
    picture, draw = sheet()
    draw.polygon([(100, 100), (520, 100), (600, 260), (520, 420), (100, 420)], fill=DARK)
    strokes(draw, 130, 420, 200, WHITE)
    drawing = find_drawing(picture, DPI)
    assert [g[:4] for g in drawing.grounds] == [pytest.approx((100, 100, 600, 420), abs=8)]
    ink = numpy.asarray(ink_only(picture, drawing, DPI))
    assert ink[202:214, 131:133].mean() < 80
    assert ink[90:190, 60:640].min() > 200, "nothing of the arrow, nor of the paper beside its tip"
    assert ink[300:440, 60:640].min() > 200


def test_a_panel_that_runs_off_a_sheet_that_lay_askew_is_a_ground() -> None:
    picture, draw = sheet(800, 1400)
    draw.polygon([(0, 0), (430, 0), (430, 799), (0, 780)], fill=(18, 53, 91))  # the last rows: paper, in a slant
    draw.rectangle((500, 100, 1300, 700), fill=(241, 233, 220))
    found = sorted(g[:4] for g in find_drawing(picture, DPI).grounds)
    assert found[0] == pytest.approx((0, 0, 430, 790), abs=14)


def test_the_paper_is_what_runs_around_the_page_not_what_is_most() -> None:
    picture, draw = sheet(800, 1400)
    draw.rectangle((120, 100, 1280, 700), fill=(241, 233, 220))
    assert paper_of(picture) == WHITE


def test_dots_that_lead_to_a_page_number_are_taken_off_and_small_letters_are_not() -> None:
    picture, draw = sheet()
    for x in range(400, 1000, 7):
        draw.rectangle((x, 200, x + 2, 202), fill=(0, 0, 0))
    strokes(draw, 100, 380, 187, (0, 0, 0))
    chance = numpy.random.default_rng(5)
    for x in numpy.cumsum(chance.integers(5, 13, 90)) + 120:  # as small and as dense, in steps of no order
        draw.rectangle((int(x), 400, int(x) + 2, 403), fill=(0, 0, 0))
    ink = numpy.asarray(ink_only(picture, find_drawing(picture, DPI), DPI))
    assert ink[195:206, 400:1000].min() > 200
    assert ink[188:200, 100:380].min() < 40
    assert (ink[400:403, 120:600] < 100).any(axis=0).mean() > 0.2


def test_a_rule_is_taken_off_but_not_the_bullet_on_it() -> None:
    picture, draw = sheet()
    draw.line((300, 100, 300, 700), fill=DARK, width=3)
    draw.ellipse((288, 288, 312, 312), fill=DARK)
    drawing = Drawing(WHITE, (), (Rule(299, 100, 302, 700, DARK, False),), ())
    ink = numpy.asarray(ink_only(picture, drawing, DPI))
    assert ink[120:270, 290:312].min() > 200
    assert (ink[292:309, 292:309] < 100).all()


def test_a_corner_that_its_ground_fills_keeps_its_letters() -> None:
    picture, draw = sheet()
    draw.rectangle((100, 100, 700, 160), outline=DARK, fill=GREY, width=2)
    draw.rectangle((108, 112, 114, 148), fill=(0, 0, 0))
    drawing = find_drawing(picture, DPI)._replace(grounds=())  # as if only the outline had been found
    ink = numpy.asarray(ink_only(picture, drawing, DPI))
    assert ink[115:145, 110:112].mean() < 60


def test_a_letter_within_the_bend_of_an_edge_is_kept() -> None:
    contrast = numpy.zeros((300, 600), dtype=numpy.uint8)
    contrast[100:160, 104:107] = contrast[104:107, 100:160] = 90  # what a side and the top of a box have left
    contrast[120:150, 120:145] = 200
    _wipe_corners(contrast, (100, 100, 500, 260), 60, 4)
    assert contrast[120:150, 120:145].min() == 200
    assert contrast[100:118, 100:160].max() == 0


def test_edges_of_a_box_may_run_along_its_label() -> None:
    picture, draw = sheet()
    for y in (100, 240, 380):  # boxes one under the other, each with a label for its left side and edges over both
        draw.rectangle((100, y, 160, y + 120), fill=DARK)
        draw.rectangle((100, y, 1000, y + 120), outline=DARK, width=2)
    boxes = sorted(o.y0 for o in find_drawing(picture, DPI).outlines)
    assert boxes == pytest.approx([100, 240, 380], abs=5)


def test_the_blurred_edges_of_labels_are_no_rules_though_others_end_a_little_further_on() -> None:
    picture, draw = sheet()
    for x, bottom in ((300, 400), (700, 406)):  # at the half of a rule's piece one below the other
        draw.rectangle((x, 300, x + 150, bottom), fill=(9, 106, 75))
    found = find_drawing(picture.resize((2480, 1800)).filter(ImageFilter.GaussianBlur(2.5)), 2 * DPI)
    assert len(found.grounds) == 2
    assert (found.rules, found.outlines) == ((), ())


def test_coloured_cells_side_by_side_have_their_sides_as_rules_and_labels_on_cards_have_none() -> None:
    picture, draw = sheet()
    for x0, x1, color in ((100, 600, (0, 105, 92)), (600, 1100, (194, 24, 91))):
        draw.rectangle((x0, 100, x1, 140), fill=color)
        strokes(draw, x0 + 150, x0 + 300, 112, WHITE)
    for x in (100, 600, 1100):
        draw.line((x, 141, x, 320), fill=DARK, width=2)
    draw.line((100, 320, 1100, 320), fill=DARK, width=2)
    for x0 in (100, 620):  # a card each, its label over it, the next a little further on
        draw.rectangle((x0, 500, x0 + 480, 540), fill=(0, 105, 92))
        draw.rectangle((x0, 540, x0 + 480, 700), outline=DARK, width=2)
    found = find_drawing(picture.resize((2480, 1800)), 2 * DPI)
    heads = sorted(round(r.x0, -1) for r in found.rules if not r.level and r.y0 < 220 and r.y1 - r.y0 < 100)
    assert heads == pytest.approx([200, 1200, 1200, 2200], abs=20)
    assert not [r for r in found.rules if r.y0 > 900 and r.y1 < 1070]


def test_a_row_of_words_has_no_rule_between_two_of_them() -> None:
    picture = table()
    draw = ImageDraw.Draw(picture)
    for x in (*range(400, 585, 13), 594, *range(603, 700, 13)):  # words right before and behind the column's rule
        draw.rectangle((x, 152, x + 4, 167), fill=(0, 0, 0))
    rules = [r for r in find_drawing(picture.resize((2480, 1800)), 2 * DPI).rules if not r.level and 260 < r.y0 < 300]
    assert sorted(r.x0 for r in rules) == pytest.approx([200, 2200], abs=12)


def test_a_letter_close_to_a_corner_is_none_of_its_arc() -> None:
    picture, draw = sheet()
    draw.rounded_rectangle((100, 100, 700, 400), 12, outline=DARK, width=2)
    draw.rectangle((110, 370, 113, 395), fill=(0, 0, 0))  # a "1" on the last line, its foot by the lower side
    ink = numpy.asarray(ink_only(picture, find_drawing(picture, DPI), DPI))
    assert ink[374:392, 111:113].mean() < 60
    assert ink[100:112, 100:112].min() > 200


def test_a_rule_is_carried_on_over_what_lies_in_it_to_the_end_of_both() -> None:
    field = numpy.zeros((50, 700), dtype=numpy.uint8)
    assert _joined([(100, 20, 560, 22), (525, 20, 565, 22)], field, 10, 5) == [(100, 20, 565, 22)]
    assert len(_joined([(100, 20, 560, 22), (520, 20, 612, 22)], field, 10, 5)) == 2


def test_a_tables_head_is_one_where_its_outer_rules_run_along_it_too() -> None:
    picture = table()
    draw = ImageDraw.Draw(picture)
    for x in (100, 1100):  # a tinted row above, and the table's sides from there on
        draw.rectangle((100, 60, 1100, 99), fill=(231, 231, 231))
        draw.line((x, 60, x, 320), fill=(120, 120, 120), width=2)
    found = find_drawing(picture.resize((2480, 1800)), 2 * DPI)
    assert [r for r in found.rules if not r.level and 1190 < r.x0 < 1210 and r.y0 < 220], "the column's rule is carried on"
