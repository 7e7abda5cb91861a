"""Lines cut into pieces, dirt left out, on made lines."""

from __future__ import annotations

import pytest
from scanned import line, picture, white

from bilan_extract.reading import line_pieces
from bilan_extract.reading.tesseract import ReadLine, ReadWord


def test_a_sign_of_a_number_alone_is_kept_and_dirt_is_not() -> None:
    kept = line_pieces.without_specks([line("%.", 10, 100.0), line("5", 10, 200.0), line("-", 10, 300.0), line("?", 10, 350.0)])
    assert [p.words[0].text for p in kept] == ["%.", "5"]


def test_a_label_beside_a_larger_title_is_a_piece_of_its_own_with_its_own_height() -> None:
    words = (ReadWord("Brique", 20, 170, 130, 208, 0.9), ReadWord("1", 140, 170, 150, 200, 0.9))
    title = (ReadWord("Des", 190, 156, 250, 200, 0.9), ReadWord("lieux", 265, 156, 350, 200, 0.9))
    read = ReadLine((*words, *title), 20, 200.0, 0.0, 60.0, 12.0)
    ink = white()
    for w in read.words:
        ink[w.y0 : w.y1, w.x0 : w.x1] = 0
    parts = line_pieces.by_column([read], picture(ink))
    assert [" ".join(w.text for w in part.words) for part in parts] == ["Brique 1", "Des lieux"]
    assert parts[0].height == pytest.approx(60 * 30 / 44)
    assert parts[1].height == pytest.approx(60)
    small = line_pieces.by_column([read._replace(height=30.0)], picture(ink))  # the engine's height was the label's
    assert [round(part.height) for part in small] == [40, 59]
    alike = read._replace(words=(*words, *(w._replace(y0=168) for w in title)))
    assert len(line_pieces.by_column([alike], picture(ink))) == 1


@pytest.mark.parametrize(("rest", "small"), [(0.7, True), (1.0, False)])
def test_large_letters_at_the_head_of_small_capitals_make_no_other_size(rest: float, small: bool) -> None:
    ink = white(200, 600)
    words = []
    for x, letters in ((20, 9), (260, 5)):
        for k in range(letters):
            high = round(40 * (1.0 if k == 0 and x == 20 else rest if x == 20 else 0.7))
            ink[100 - high : 100, x + 22 * k : x + 22 * k + 16] = 0
        top = 60 if x == 20 else 72
        words.append(ReadWord("ENSEMBLES" if x == 20 else "DUPAR", x, top, x + 22 * letters, 100, 0.9))
    own = ReadLine(tuple(words), 20, 100.0, 0.0, 50.0, 9.0)
    assert line_pieces._two_sizes(own, 1)
    assert line_pieces._small_capitals(own, ink) is small


def test_low_digits_at_the_head_of_a_line_are_no_smaller_type() -> None:
    words = (ReadWord("2025", 20, 176, 90, 208, 0.9), ReadWord("pour", 125, 176, 200, 210, 0.9))
    read = ReadLine((*words, ReadWord("desservir", 215, 164, 380, 200, 0.9)), 20, 200.0, 0.0, 50.0, 12.0)
    assert len(line_pieces.by_column([read], picture(white()))) == 1
