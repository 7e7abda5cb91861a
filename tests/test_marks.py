"""Marks told by their picture: drawn ones are named, letters are left alone."""

from __future__ import annotations

import numpy
import pytest
from PIL import Image, ImageDraw
from scanned import white

from bilan_extract.reading.marks import (
    ARROW,
    CHEVRON,
    DASH,
    DOT,
    FOUR,
    HOLLOW,
    LOZENGE,
    RING,
    SQUARE,
    STAR,
    TICK,
    TRIANGLE,
    bars_in,
    code_in,
    is_bar,
    mark_in,
    mark_of,
)

SIZE, BASE = 50, 80

DRAWN = {
    SQUARE: [("polygon", [(20, 50), (46, 50), (46, 76), (20, 76)])],
    DOT: [("ellipse", [(20, 52), (38, 70)])],
    TRIANGLE: [("polygon", [(20, 50), (44, 62), (20, 74)])],
    LOZENGE: [("polygon", [(33, 48), (46, 61), (33, 74), (20, 61)])],
    FOUR: [
        ("polygon", [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]) for x, y in ((38, 52), (38, 72), (28, 62), (48, 62))
    ],
    DASH: [("rectangle", [(20, 62), (44, 65)])],
    ARROW: [("rectangle", [(20, 60), (50, 63)]), ("polygon", [(42, 50), (58, 61), (42, 73)])],
    CHEVRON: [("line", [(22, 54), (30, 64), (22, 74)])],
    TICK: [("line", [(20, 64), (28, 76), (46, 50)])],
}  # fmt: skip


def page(strokes: list[tuple[str, list[tuple[int, int]]]]) -> Image.Image:
    picture = Image.new("L", (120, 120), 255)
    draw = ImageDraw.Draw(picture)
    for kind, points in strokes:
        if kind == "line":
            draw.line(points, fill=0, width=5)
        else:
            getattr(draw, kind)(points, fill=0)
    return picture


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("degrees", [0.0, 1.5])
def test_a_drawn_mark_is_named_and_placed(name: str, degrees: float) -> None:
    picture = page(DRAWN[name]).rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    found = mark_in(numpy.asarray(picture), (0, 120), BASE, SIZE)
    assert found is not None
    assert found.text == name
    dark = numpy.nonzero((numpy.asarray(picture) < 128).any(axis=0))[0]
    assert (found.x0, found.x1) == (dark[0], dark[-1] + 1)


def test_a_solid_square_as_high_as_capitals_is_a_bullet() -> None:
    picture = page([("rectangle", [(20, 42), (57, 79)])])
    found = mark_in(numpy.asarray(picture), (0, 120), BASE, SIZE)
    assert found is not None
    assert found.text == SQUARE


@pytest.mark.parametrize(("foot", "name"), [(75, RING), (80, None)])
def test_a_ring_as_high_as_an_o_is_one_where_it_stands_above_the_line(foot: int, name: str | None) -> None:
    picture = page([("ellipse", [(20, foot - 23), (42, foot)])])
    ImageDraw.Draw(picture).ellipse([(24, foot - 19), (38, foot - 4)], fill=255)
    found = mark_in(numpy.asarray(picture), (0, 120), BASE, SIZE)
    assert (found and found.text) == name


@pytest.mark.parametrize(("points", "name"), [(4, HOLLOW), (40, None)])
def test_an_outlined_lozenge_is_told_from_an_o(points: int, name: str | None) -> None:
    picture = page([])
    turns = [k * 2 * numpy.pi / points for k in range(points)]
    corners = [(33 + 13 * numpy.sin(t), 65 - 13 * numpy.cos(t)) for t in turns]
    ImageDraw.Draw(picture).line([*corners, *corners[:2]], fill=0, width=2)
    found = mark_in(numpy.asarray(picture), (0, 120), BASE, SIZE)
    assert (found and found.text) == name


LETTERS = {
    "l": [("rectangle", [(20, 44), (24, 80)])],
    "V": [("line", [(20, 44), (32, 78), (44, 44)])],
    "/": [("line", [(20, 80), (36, 44)])],
    "o": [("ellipse", [(20, 56), (44, 80)])],
    "L": [("rectangle", [(20, 44), (25, 80)]), ("rectangle", [(20, 75), (42, 80)])],
    "T": [("rectangle", [(20, 44), (50, 49)]), ("rectangle", [(33, 44), (38, 80)])],
    "II": [
        ("rectangle", [(20, 44), (62, 49)]), ("rectangle", [(20, 75), (62, 80)]),
        ("rectangle", [(26, 44), (33, 80)]), ("rectangle", [(49, 44), (56, 80)]),
    ],
    "Z": [("rectangle", [(20, 44), (48, 49)]), ("line", [(46, 47), (22, 77)]), ("rectangle", [(20, 75), (48, 80)])],
}  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_letters_are_no_marks(name: str) -> None:
    picture = page(LETTERS[name])
    if name == "o":
        ImageDraw.Draw(picture).ellipse([(26, 61), (38, 75)], fill=255)
    assert mark_in(numpy.asarray(picture), (0, 120), BASE, SIZE) is None


@pytest.mark.parametrize(("wide", "name"), [(16, RING), (24, None)])
def test_a_ring_is_smaller_than_any_letter(wide: int, name: str | None) -> None:
    picture = page([("ellipse", [(20, 56), (20 + wide, 56 + wide)])])
    ImageDraw.Draw(picture).ellipse([(23, 59), (17 + wide, 53 + wide)], fill=255)
    found = mark_in(numpy.asarray(picture), (0, 120), BASE, SIZE)
    assert (found and found.text) == name


def test_a_star_tapers_and_a_plus_does_not() -> None:
    star = [(20, 62), (31, 57), (36, 46), (41, 57), (52, 62), (41, 67), (36, 78), (31, 67)]
    drawn = page([("polygon", star)])
    found = mark_in(numpy.asarray(drawn), (0, 120), BASE, SIZE)
    assert (found and found.text) == STAR
    plus = page([("rectangle", [(33, 46), (39, 78)]), ("rectangle", [(20, 59), (52, 65)])])
    assert mark_in(numpy.asarray(plus), (0, 120), BASE, SIZE) is None


def test_nothing_is_no_mark() -> None:
    white = numpy.full((120, 120), 255, dtype=numpy.uint8)
    assert mark_in(white, (0, 120), BASE, SIZE) is None
    assert mark_of(numpy.ones((200, 200), dtype=bool), 0.0, SIZE) is None, "four times as high as the type"


def test_a_bar_before_a_heading() -> None:
    ink = numpy.asarray(page([("rectangle", [(20, 40), (34, 80)])]))
    assert is_bar(ink, (20, 40, 35, 81), SIZE)
    assert not is_bar(ink, (20, 40, 60, 81), SIZE)


def letters(slant: float, *names: str) -> numpy.ndarray:
    """Capital I's with serifs, a one with a flag and a foot, a point, side by side, pushed over by ``slant``."""
    picture = numpy.full((100, 220), 255, dtype=numpy.uint8)
    for k, name in enumerate(names):
        left = 20 + 26 * k
        for y in range(40, 76):
            x = left + round(slant * (76 - y))
            wide = (0, 16) if y >= 73 or (name == "I" and y < 43) else (0, 10) if name == "1" and y < 46 else (5, 10)
            if name != "." or y >= 70:
                picture[y, x + (5 if name == "." else wide[0]) : x + wide[1]] = 0
    return picture


@pytest.mark.parametrize("slant", [0.0, 0.2])
def test_the_numeral_of_a_code_is_told_from_a_one(slant: float) -> None:
    box = (10, 30, 210, 90)
    assert code_in(letters(slant, "I", ".", "1"), box, 52) == (1, 1)
    assert code_in(letters(slant, "I", "I", ".", "1", "1"), box, 52) == (2, 2)
    assert code_in(letters(slant, "1", ".", "1"), box, 52) is None
    assert code_in(letters(slant, "I", "1", ".", "1"), box, 52) is None
    assert code_in(letters(slant, "I", "I"), box, 52) is None, "no point"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_numerals_strokes_are_counted(count: int) -> None:
    ink = white(100, 200)
    for k in range(count):
        ink[30:66, 20 + 16 * k : 26 + 16 * k] = 0
    ink[60:66, 20 + 16 * count : 26 + 16 * count] = 0  # the point behind it
    assert bars_in(ink, (15, 25, 120, 70), 50) == count


def test_a_one_and_a_letter_are_no_strokes_of_a_numeral() -> None:
    one = white(100, 200)
    one[30:66, 30:36] = one[34:40, 22:30] = 0
    assert bars_in(one, (15, 25, 120, 70), 50) is None
    letter = white(100, 200)
    letter[30:66, 20:26] = letter[60:66, 20:44] = 0
    assert bars_in(letter, (15, 25, 120, 70), 50) is None
