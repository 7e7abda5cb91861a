"""Lines' type sizes, on drawn pictures and made lines."""

from __future__ import annotations

import pytest
from scanned import line

from bilan_extract.reading import line_sizes


def test_a_lines_size_is_that_of_its_small_letters_or_of_its_capitals() -> None:
    long = line("une ligne assez longue pour mesurer", 10, 100.0)
    digits = line("6,5 %.", 10, 160.0, tops=33)
    short = line("30 ans", 600, 100.0, height=36.0)
    known, usual = [25.0], 25.0 / long.height
    assert line_sizes._height(short, 25.2, usual, known) == pytest.approx(44.4, abs=0.1), "not the engine's 36"
    assert line_sizes._capitals(digits) == 33
    assert line_sizes._height(digits, 33.0, usual, known) == pytest.approx(33 / 1.3 / usual)
    assert line_sizes._capitals(line("État", 10, 100.0)) is None, "an accent is higher than a capital"


def test_digits_that_end_a_paragraph_have_its_size() -> None:
    lines = [line("de la rentree prochaine en", 40, 100.0), line("2025.", 40, 160.0), line("Bilan", 40, 500.0)]
    assert line_sizes._carries_on(lines[1], lines) == 0
    assert line_sizes._carries_on(lines[2], lines) is None
    assert line_sizes._carries_on(lines[0], lines) is None


@pytest.mark.parametrize(("text", "above"), [("poubelle. »", 0), ("Réalisations", None), ("poubelle et du compost. »", None)])
def test_a_short_line_that_begins_small_is_of_the_size_of_the_line_it_carries_on(text: str, above: int | None) -> None:
    lines = [line("Les enfants ont compris que la moitié finissait à la", 100, 80.0), line(text, 130, 128.0)]
    assert line_sizes._carries_on(lines[1], lines) == above
