"""Lines that the engine read with holes, on drawn ink and made lines; the second reading is a made one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy

from bilan_extract.reading.holes import without_holes
from bilan_extract.reading.tesseract import ReadLine, ReadWord

BASE = 100
Placed = tuple[str, int, int]


def drawn(words: Sequence[Placed]) -> Any:
    """White with a block of ink for each word."""
    ink = numpy.full((200, 1200), 255, dtype=numpy.uint8)
    for _, x0, x1 in words:
        ink[BASE - 30 : BASE, x0:x1] = 0
    return ink


def line(words: Sequence[Placed], sure: float = 0.95, base: float = BASE) -> ReadLine:
    read = tuple(ReadWord(text, x0, round(base) - 30, x1, round(base), sure) for text, x0, x1 in words)
    return ReadLine(read, read[0].x0, base, 0.0, 40.0, 9.0)


class Engine:
    """Reads of each piece what it is told to, and keeps the pieces."""

    def __init__(self, *answers: list[ReadLine]) -> None:
        self.answers = answers
        self.pieces: list[Any] = []

    def __call__(self, pieces: Sequence[Any]) -> list[list[ReadLine]]:
        self.pieces += pieces
        assert len(pieces) == len(self.answers)
        return list(self.answers)


WHOLE = [("Au", 100, 150), ("terme", 170, 290), ("achevées", 310, 500)]


def again(words: Sequence[Placed], sure: float = 0.95) -> list[ReadLine]:
    """What a second reading gives of the strip that begins 12 pixels before the first word and 12 above the letters."""
    return [line(words, sure).moved(12 - words[0][1], 42 - BASE)]


def texts(lines: Sequence[ReadLine]) -> list[str]:
    return [" ".join(w.text for w in read.words) for read in lines]


def test_two_halves_of_one_line_are_read_again_as_one() -> None:
    halves = [line([("u", 130, 150), ("terme", 170, 290)]), line([("Aut", 100, 160), ("achevées", 310, 500)], base=BASE + 2)]
    engine = Engine(again(WHOLE))
    read = without_holes(halves, drawn(WHOLE), engine)
    assert texts(read) == ["Au terme achevées"]
    assert [(w.x0, w.x1) for w in read[0].words] == [(100, 150), (170, 290), (310, 500)]
    assert engine.pieces[0].shape[1] >= 400


def test_letters_in_no_words_box_ask_for_a_second_reading_and_a_whole_line_does_not() -> None:
    torn = line([("Au", 100, 150), ("terme", 250, 290), ("achevées", 310, 500)])
    assert texts(without_holes([torn], drawn(WHOLE), Engine(again(WHOLE)))) == ["Au terme achevées"]
    assert texts(without_holes([line(WHOLE)], drawn(WHOLE), Engine())) == ["Au terme achevées"]


def test_a_strip_holds_the_letters_before_its_line_and_none_of_its_neighbours() -> None:
    below = [("texte", 100, 500)]
    ink = drawn(WHOLE)
    ink[BASE + 5 : BASE + 35, 100:500] = 0
    engine = Engine([])
    without_holes([line([("erme", 200, 230), ("achevées", 310, 500)]), line(below, base=BASE + 35)], ink, engine)
    piece = engine.pieces[0]
    assert (piece < 128).any(axis=0).sum() == 50 + 120 + 190  # "Au" too, a space before what was read
    assert (piece[45:] < 128).sum() == 0


def test_a_line_of_no_confidence_is_read_again_with_what_stands_beside_it() -> None:
    torn = [line(WHOLE[2:], 0.95), line([("IV", 100, 150), ("VII", 170, 290)], 0.4)]
    assert texts(without_holes(torn, drawn(WHOLE), Engine(again(WHOLE)))) == ["Au terme achevées"]


def test_accents_of_the_next_line_that_were_read_as_letters_are_taken_off() -> None:
    words = [("Gap", 100, 160), ("3", 180, 200)]
    ink = drawn(words)
    ink[BASE + 4 : BASE + 14, 120:140] = ink[BASE + 4 : BASE + 14, 700:715] = 0
    accent = ReadWord("o", 700, BASE + 4, 715, BASE + 14, 0.9)
    read = line(words)
    read = read._replace(words=(*read.words, accent))
    engine = Engine(again([("Cap", 100, 160), ("3", 180, 200)]))
    assert texts(without_holes([read], ink, engine)) == ["Cap 3"]
    assert (engine.pieces[0] < 128).any(axis=1).sum() == 30, "the letters and nothing under them"


def test_a_second_reading_that_is_worse_is_dropped() -> None:
    torn = line([("Au", 100, 150), ("terme", 250, 290), ("achevées", 310, 500)])
    for worse in ([], again(WHOLE, 0.5), again([("Au", 100, 150), ("|", 170, 290), ("achevées", 310, 500)])):
        assert without_holes([torn], drawn(WHOLE), Engine(worse)) == [torn]


def test_lines_of_two_columns_stay_two() -> None:
    columns = [line(WHOLE), line([("Douze", 700, 900)])]
    assert without_holes(columns, drawn([*WHOLE, ("Douze", 700, 900)]), Engine()) == columns
