"""What a page's picture shows besides its text, on drawn pages: grounds of any shape, rows of tables, leaders, rules."""

from __future__ import annotations

import pytest
from drawn import DARK, DPI, GREY, WHITE, sheet, strokes
from PIL import Image, ImageDraw, ImageFilter

from bilan_extract.reading.picture import find_drawing, paper_of


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


def test_a_tables_head_is_one_where_its_outer_rules_run_along_it_too() -> None:
    picture = table()
    draw = ImageDraw.Draw(picture)
    for x in (100, 1100):  # a tinted row above, and the table's sides from there on
        draw.rectangle((100, 60, 1100, 99), fill=(231, 231, 231))
        draw.line((x, 60, x, 320), fill=(120, 120, 120), width=2)
    found = find_drawing(picture.resize((2480, 1800)), 2 * DPI)
    assert [r for r in found.rules if not r.level and 1190 < r.x0 < 1210 and r.y0 < 220], "the column's rule is carried on"
