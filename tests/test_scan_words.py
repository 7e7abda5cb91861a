"""Weights and slants of words, on made words and drawn pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from scanned import picture, white, word

from bilan_extract.reading import scan_words, type_sizes
from bilan_extract.reading.tesseract import ReadLine, ReadWord


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


def test_a_short_word_is_as_slanted_as_it_shows_and_else_as_the_one_before_it() -> None:
    words = [word(text, 30.0 * k, bold=False) for k, text in enumerate(["Bilan", "à", "-", "74", "places"])]
    assert [w.italic for w in scan_words.with_slants(words, [2.4, 1.04, 1.0, 0.44, 0.4])] == [True, True, True, False, False]
    head = [word(text, 30.0 * k, bold=False) for k, text in enumerate(["Au", "programme", "—", "Deux"])]
    assert [w.italic for w in scan_words.with_slants(head, [1.1, 1.8, 1.0, 0.4])] == [True, True, True, False]
