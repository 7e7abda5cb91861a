"""What is measured of the words of a scan, on drawn pictures and made lines: sizes, weights, inks, numerals, marks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy
import pytest
from PIL import Image, ImageDraw

from bilan_extract.document import Shape, Word
from bilan_extract.reading import engine, line_heads, line_pieces, line_sizes, scan, scan_words, sheet, type_sizes
from bilan_extract.reading.drawing import Drawing, Ground, Outline
from bilan_extract.reading.marks import TICK, Code, bars_in
from bilan_extract.reading.tesseract import ReadLine, ReadWord


def picture(ink: Any, scale: float = 4.0) -> sheet.Sheet:
    return sheet.Sheet(numpy.repeat(ink[..., None], 3, axis=2), ink, Drawing((255, 255, 255), (), (), ()), scale, None)


def white(high: int = 400, wide: int = 1200) -> Any:
    return numpy.full((high, wide), 255, dtype=numpy.uint8)


def line(text: str, x0: int, base: float, height: float = 44.0, *, tops: int = 32, step: int = 20) -> ReadLine:
    words, x = [], x0
    for part in text.split():
        words.append(ReadWord(part, x, round(base) - tops, x + step * len(part), round(base), 0.95))
        x += step * len(part) + 12
    return ReadLine(tuple(words), x0, base, 0.0, height, 9.0)


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


def test_a_numeral_before_a_title_is_read_by_its_strokes_and_a_pronoun_is_left() -> None:
    ink = white()
    for k in range(3):
        ink[68:100, 20 + 14 * k : 25 + 14 * k] = 0
    words = (ReadWord("Il.", 20, 68, 72, 100, 0.9), ReadWord("Cadre", 90, 68, 190, 100, 0.9))
    read = ReadLine(words, 20, 100.0, 0.0, 44.0, 9.0)
    assert [w.text for w in line_heads._with_numeral(words, read, picture(ink), 45.0)] == ["III.", "Cadre"]
    pronoun = (words[0]._replace(text="Il"), words[1]._replace(text="propose"))
    assert [w.text for w in line_heads._with_numeral(pronoun, read, picture(ink), 45.0)] == ["Il", "propose"]


@pytest.mark.parametrize(
    ("text", "confidence", "read"),
    [("1.1", 0.4, "II.1"), ("IIT1", 0.9, "II.1"), ("1.1", 0.95, "1.1"), ("Ill", 0.4, "Ill"), ("14,1", 0.4, "14,1")],
)
def test_a_code_is_read_by_its_strokes_where_it_is_doubted(
    text: str, confidence: float, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_heads, "code_in", lambda *_: Code(2, 1))
    words = (ReadWord(text, 20, 68, 72, 100, confidence), ReadWord("Planter", 90, 68, 190, 100, 0.9))
    found = line_heads._with_numeral(words, ReadLine(words, 20, 100.0, 0.0, 44.0, 9.0), picture(white()), 45.0)
    assert [w.text for w in found] == [read, "Planter"]


def test_a_short_word_behind_a_colon_is_no_longer_italic() -> None:
    words = [word(text, 30.0 * k, bold=False) for k, text in enumerate(("Reste", "à", "faire", ":", "Le", "marché"))]
    slanted = scan_words.with_slants(words, [1.4, 1.0, 1.4, 1.0, 1.0, 0.9])
    assert [w.italic for w in slanted] == [True, True, True, True, False, False]


def test_italics_are_bold_beside_other_italics() -> None:
    words = [word("texte", 30.0 * k, bold=False) for k in range(30)]
    words += [replace(word("suite", 30.0 * k, bold=False, color=(60, 25, 0)), italic=True) for k in range(12)]
    strokes = [1.0] * 30 + [0.84] * 10 + [1.2] * 2
    styled = scan_words.with_styles(words, [(w.color, s) for w, s in zip(words, strokes, strict=True)], type_sizes.Sizes())
    assert [w.bold for w in styled] == [False] * 40 + [True] * 2


def test_a_mark_in_the_box_of_its_word_is_taken_apart() -> None:
    drawn = Image.new("L", (1200, 400), 255)
    ImageDraw.Draw(drawn).line([(20, 84), (28, 96), (46, 70)], fill=0, width=5)
    ink = numpy.asarray(drawn).copy()
    ink[68:100, 75:80] = ink[68:100, 90:95] = 0
    parts = line_heads._led_by_mark(ReadWord("Dix", 20, 50, 120, 100, 0.9), ink, 100.0, 50.0)
    assert parts is not None
    assert (parts[0].text, parts[1].text, parts[1].x0) == (TICK, "Dix", 75)


def test_m_squared_at_the_head_of_a_line_is_no_tick() -> None:
    ink = white(120, 120)
    for x in (20, 34, 48):
        ink[54:80, x : x + 6] = 0
    ink[54:59, 20:54] = ink[40:58, 58:68] = 0
    assert line_heads.mark_in(ink, (0, 120), 80, 50) is None


def test_an_o_before_a_line_is_a_ring_and_one_within_it_is_left() -> None:
    read = line_heads._with_bullet(line("o Une halle", 60, 100.0), picture(white()), 45.0)
    assert [w.text for w in read] == ["◦", "Une", "halle"]
    read = line_heads._with_bullet(line("Une o halle", 60, 100.0), picture(white()), 45.0)
    assert [w.text for w in read] == ["Une", "o", "halle"]


def test_what_stands_in_a_narrow_box_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ink = white(800, 800)
    ink[200:230, 80:92] = ink[200:230, 500:512] = 0
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(engine, "read_pictures", lambda pieces, **how: [asked.append(p.size) or [] for p in pieces])
    box = Outline(40, 100, 160, 700, (0, 0, 0))
    drawn = picture(ink)._replace(drawing=Drawing((255, 255, 255), (), (), (box,)))
    engine.read_left_out(drawn, [])
    assert len(asked) == 1, "only the ink beside the box"


def test_a_dash_glued_to_its_word_is_taken_apart() -> None:
    read = line("-_internats : trois", 20, 100.0)
    parts = line_heads._with_bullet(read, picture(white()), 45.0)
    assert [w.text for w in parts] == ["-", "internats", ":", "trois"]
    assert parts[0].x1 < parts[1].x0 < parts[1].x1


def test_greys_are_told_apart_and_colours_a_little_further_apart_are_one() -> None:
    sizes = type_sizes.Sizes()
    grey = sizes.paint([((25, 25, 25), 900), ((48, 48, 48), 60), ((30, 30, 30), 50)])
    assert grey[(48, 48, 48)] != grey[(25, 25, 25)] == grey[(30, 30, 30)]
    color = type_sizes.Sizes().paint([((20, 60, 120), 900), ((40, 75, 130), 60)])
    assert color[(20, 60, 120)] == color[(40, 75, 130)]


def test_sizes_that_differ_as_a_title_from_its_text_are_two() -> None:
    assert type_sizes.Sizes().settle([(13.3, 60), (14.25, 20), (13.4, 30)])[:2] == pytest.approx([13.25, 14.25], abs=0.13)


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


def test_a_sign_of_a_number_alone_is_kept_and_dirt_is_not() -> None:
    kept = line_pieces.without_specks([line("%.", 10, 100.0), line("5", 10, 200.0), line("-", 10, 300.0), line("?", 10, 350.0)])
    assert [p.words[0].text for p in kept] == ["%.", "5"]


def test_edges_measured_a_little_apart_are_one() -> None:
    drawing = Drawing(
        (255, 255, 255),
        (Ground(100, 100, 400, 300, (200, 200, 200)), Ground(402, 103, 900, 301, (30, 30, 90))),
        (),
        (Outline(100, 400, 400, 600, (0, 0, 0)),),
    )
    shapes: tuple[Shape, ...] = scan._shapes(drawing, 4.0, type_sizes.Sizes())
    grounds = sorted((s for s in shapes if s.fill is not None), key=lambda s: s.x0)
    assert grounds[0].top == grounds[1].top
    assert grounds[0].bottom == grounds[1].bottom
    assert grounds[0].x1 == grounds[1].x0
    assert len({s.top for s in shapes}) == 2, "what lies apart stays apart"


def word(text: str, x0: float, *, bold: bool, color: tuple[int, int, int] = (0, 0, 0)) -> Word:
    return Word(text, 1, x0, 10, x0 + 20, 20, size=10, bold=bold, color=color)


def test_a_sign_alone_has_the_weight_of_the_word_before_it() -> None:
    evened = scan_words._evened([word("NOUS", 10, bold=True), word("?", 32, bold=False), word("texte", 60, bold=False)])
    assert [w.bold for w in evened] == [True, True, False]


@pytest.mark.parametrize(("strokes", "bold"), [((1.22, 1.24, 1.21), True), ((1.22, 1.0, 1.21), False)])
def test_a_line_that_is_thick_throughout_is_bold_where_one_word_of_its_size_would_not_be(strokes: Any, bold: bool) -> None:
    text = [word("mot", 30.0 * (k % 9), bold=False) for k in range(40)]
    title = [word("titre", 30.0 * k, bold=False) for k in range(3)]
    inks = [((0, 0, 0), stroke) for stroke in (*[1.0] * 40, *strokes)]
    styled = scan_words.with_styles([*text, *title], inks, type_sizes.Sizes())
    assert [w.bold for w in styled[-3:]] == [bold] * 3


def test_what_was_bold_on_one_page_decides_a_doubt_on_the_next() -> None:
    sizes = type_sizes.Sizes()
    ink = ((60, 25, 0), 0.0)

    def bold(stroke: float) -> bool:
        text = [word("mot", 30.0 * k, bold=False) for k in range(9)]
        inks = [((0, 0, 0), 1.0)] * 9
        label = word("suivre", 300, bold=False, color=(60, 25, 0))
        return scan_words.with_styles([*text, label], [*inks, (ink[0], stroke)], sizes)[-1].bold

    assert not bold(1.17)
    assert all([bold(1.6), bold(1.6), bold(1.6)])
    assert bold(1.17)


def test_the_same_words_on_the_same_length_have_one_size() -> None:
    sizes = type_sizes.Sizes()
    labels = [line(text, 20, 100.0 * k) for k, text in enumerate(["Mesure 4", "Mesure 5", "Mesure 9", "Mesure 6 bis"])]
    assert [s for s, _ in sizes.recall([(8.0, 7), (12.8, 7), (8.2, 7), (12.8, 10)], labels, 4.0)] == [8.2, 8.2, 8.2, 12.8]
    wider = [line("Mesure 7", 20, 100.0, step=30)]
    assert sizes.recall([(12.0, 7)], wider, 4.0) == [(12.0, 7)]
    assert sizes.recall([(12.8, 7)], labels[:1], 4.0)[0][0] < 9, "and on the next page"


def test_a_few_words_are_weighed_against_those_before_them() -> None:
    sizes = type_sizes.Sizes()
    text = [word("mot", 30.0 * k, bold=False) for k in range(20)]
    scan_words.with_styles(text, [((0, 0, 0), 1.0)] * 20, sizes)
    alone = scan_words.with_styles([word("Recruter", 10, bold=False)], [((0, 0, 0), 1.5)], sizes)
    assert alone[0].bold


def test_a_label_set_from_bottom_to_top_is_weighed_as_it_stands() -> None:
    sizes = type_sizes.Sizes()
    text = [word("mot", 30.0 * k, bold=False) for k in range(20)]
    scan_words.with_styles(text, [((0, 0, 0), 1.0)] * 20, sizes)
    for thick, bold in ((6, True), (4, False)):
        ink = white(600, 200)
        for k in range(8):  # strokes of letters that lie on their side
            ink[200 + 30 * k : 200 + 30 * k + thick, 60:92] = 0
        read = ReadLine((ReadWord("Recruter", 20 + 150, 60, 20 + 400, 92, 0.9),), 170, 92.0, 0.0, 40.0, 9.0)
        turned = scan_words._rising_words([read], picture(ink), (0, 600), 1, 1, sizes)
        assert [(w.text, w.upright, w.bold) for w in turned] == [("Recruter", False, bold)]


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


def test_a_short_word_is_as_slanted_as_it_shows_and_else_as_the_one_before_it() -> None:
    words = [word(text, 30.0 * k, bold=False) for k, text in enumerate(["Bilan", "à", "-", "74", "places"])]
    assert [w.italic for w in scan_words.with_slants(words, [2.4, 1.04, 1.0, 0.44, 0.4])] == [True, True, True, False, False]
    head = [word(text, 30.0 * k, bold=False) for k, text in enumerate(["Au", "programme", "—", "Deux"])]
    assert [w.italic for w in scan_words.with_slants(head, [1.1, 1.8, 1.0, 0.4])] == [True, True, True, False]


def test_low_digits_at_the_head_of_a_line_are_no_smaller_type() -> None:
    words = (ReadWord("2025", 20, 176, 90, 208, 0.9), ReadWord("pour", 125, 176, 200, 210, 0.9))
    read = ReadLine((*words, ReadWord("desservir", 215, 164, 380, 200, 0.9)), 20, 200.0, 0.0, 50.0, 12.0)
    assert len(line_pieces.by_column([read], picture(white()))) == 1
