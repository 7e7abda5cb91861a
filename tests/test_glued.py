"""Words with white in them are two where their halves read alone as they did together."""

from __future__ import annotations

from typing import Any

import numpy
import pytest

from bilan_extract.reading import glued
from bilan_extract.reading.tesseract import ReadLine, ReadWord


def line(ink: Any, *spans: tuple[str, list[int]]) -> ReadLine:
    """Words, each with the columns at which its letters begin: eight pixels wide, thirty high."""
    words = []
    for text, columns in spans:
        for x in columns:
            ink[20:50, x : x + 8] = 0
        words.append(ReadWord(text, columns[0], 18, columns[-1] + 8, 52, 0.9))
    return ReadLine(tuple(words), words[0].x0, 50.0, 0.0, 40.0, 9.0)


def letters(x: int, count: int) -> list[int]:
    return [x + 11 * k for k in range(count)]


@pytest.mark.parametrize(
    ("read", "expected"),
    [(["œuvre", "en"], ["mise", "œuvre", "en"]), (["œuvre", "m"], ["mise", "œuvreen"]), (["", "œuvreen"], ["mise", "œuvreen"])],
)
def test_a_word_is_parted_where_both_halves_read_as_before(
    monkeypatch: pytest.MonkeyPatch, read: list[str], expected: list[str]
) -> None:
    ink = numpy.full((80, 600), 255, dtype=numpy.uint8)
    own = line(ink, ("mise", letters(20, 4)), ("œuvreen", [*letters(80, 5), *letters(148, 2)]))
    asked: list[int] = []

    def answer(pictures: list[Any], **_: Any) -> list[list[ReadLine]]:
        asked.append(len(pictures))
        return [[ReadLine((ReadWord(t, 0, 0, 9, 9, 0.9),), 0, 9.0, 0.0, 9.0, 2.0)] if t else [] for t in read]

    monkeypatch.setattr(glued, "read_pictures", answer)
    found = glued.without_glue([own], ink, 300)
    assert [w.text for w in found[0].words] == expected
    assert asked == [2]


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [("19", "salariés", True), ("œuvre", "en", True), ("1.", "1.2", False), ("2024", "2025", False), ("mi-", "temps", False)],
)
def test_codes_and_compounds_are_not_parted(first: str, second: str, may: bool) -> None:
    assert glued._may_part(first, second) is may


def test_even_letters_and_a_colon_that_stands_off_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = numpy.full((80, 600), 255, dtype=numpy.uint8)
    own = line(ink, ("mesures", letters(20, 7)), ("exercice", letters(112, 8)), ("mesure:", [*letters(220, 6), 299]))
    monkeypatch.setattr(glued, "read_pictures", lambda *a, **k: pytest.fail("nothing is doubtful"))
    assert glued.without_glue([own], ink, 300) == [own]


def test_a_levels_word_and_its_number_read_as_one_are_parted_where_a_space_shows() -> None:
    for gap, parted in ((12, ["Axe", "2"]), (4, ["Axe2"])):
        ink = numpy.full((100, 200), 255, dtype=numpy.uint8)
        for x in (20, 38, 56, 56 + 14 + gap):
            ink[30:66, x : x + 14] = 0
        word_ = ReadWord("Axe2", 20, 30, 84 + gap, 66, 0.9)
        assert [w.text for w in glued.number_apart(word_, ink)] == parted
        assert [w.text for w in glued.number_apart(word_._replace(text="Axes"), ink)] == ["Axes"]
