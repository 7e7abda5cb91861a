"""A document's sizes and inks, settled."""

from __future__ import annotations

import pytest
from scanned import line

from bilan_extract.reading import type_sizes


def test_greys_are_told_apart_and_colours_a_little_further_apart_are_one() -> None:
    sizes = type_sizes.Sizes()
    grey = sizes.paint([((25, 25, 25), 900), ((48, 48, 48), 60), ((30, 30, 30), 50)])
    assert grey[(48, 48, 48)] != grey[(25, 25, 25)] == grey[(30, 30, 30)]
    color = type_sizes.Sizes().paint([((20, 60, 120), 900), ((40, 75, 130), 60)])
    assert color[(20, 60, 120)] == color[(40, 75, 130)]


def test_sizes_that_differ_as_a_title_from_its_text_are_two() -> None:
    assert type_sizes.Sizes().settle([(13.3, 60), (14.25, 20), (13.4, 30)])[:2] == pytest.approx([13.25, 14.25], abs=0.13)


def test_the_same_words_on_the_same_length_have_one_size() -> None:
    sizes = type_sizes.Sizes()
    labels = [line(text, 20, 100.0 * k) for k, text in enumerate(["Mesure 4", "Mesure 5", "Mesure 9", "Mesure 6 bis"])]
    assert [s for s, _ in sizes.recall([(8.0, 7), (12.8, 7), (8.2, 7), (12.8, 10)], labels, 4.0)] == [8.2, 8.2, 8.2, 12.8]
    wider = [line("Mesure 7", 20, 100.0, step=30)]
    assert sizes.recall([(12.0, 7)], wider, 4.0) == [(12.0, 7)]
    assert sizes.recall([(12.8, 7)], labels[:1], 4.0)[0][0] < 9, "and on the next page"
