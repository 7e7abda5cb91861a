"""What of a drawn page is left black on white, and what is taken off."""

from __future__ import annotations

import numpy
import pytest
from drawn import DARK, DPI, GREY, WHITE, sheet, strokes

from bilan_extract.reading.drawing import Drawing, Rule
from bilan_extract.reading.ink import _wipe_corners, ink_only
from bilan_extract.reading.picture import find_drawing


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


def test_a_letter_close_to_a_corner_is_none_of_its_arc() -> None:
    picture, draw = sheet()
    draw.rounded_rectangle((100, 100, 700, 400), 12, outline=DARK, width=2)
    draw.rectangle((110, 370, 113, 395), fill=(0, 0, 0))  # a "1" on the last line, its foot by the lower side
    ink = numpy.asarray(ink_only(picture, find_drawing(picture, DPI), DPI))
    assert ink[374:392, 111:113].mean() < 60
    assert ink[100:112, 100:112].min() > 200
