"""Figures: the sentence bank, one test a sentence, and what must hold of any string."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import Sentence, sentences

from bilan_extract.language.dates import find_dates
from bilan_extract.language.figures import counted_last, find_figures

BANK = sentences("figures")


def _found(sentence: Sentence) -> list[dict[str, object]]:
    figures = find_figures(sentence.text, dates=find_dates(sentence.text))
    return [{**figure.model_dump(), "value": round(figure.value, 6)} for figure in figures]


@pytest.mark.parametrize("sentence", BANK, ids=lambda s: f"{s.line}: {s.text[:50]}")
def test_sentence(sentence: Sentence) -> None:
    wanted = [{**answer, "span": tuple(answer["span"])} for answer in sentence.answers]
    assert _found(sentence) == wanted


def test_half_of_the_bank_states_nothing() -> None:
    silent = sum(not sentence.answers for sentence in BANK)
    assert len(BANK) >= 210
    assert abs(silent / len(BANK) - 0.5) < 0.06


def test_entries_of_a_list_count_what_its_first_line_counts() -> None:
    text = "A cédé 60 vélos à des clubs, dont :\n40 à Brassac,\ndouze sur le plateau,\nhuit repeints par 3 lycées.\nFin."
    found = [(f.text, f.value, f.unit) for f in find_figures(text)]
    assert found == [
        ("60 vélos", 60, "vélo"), ("40", 40, "vélo"), ("douze", 12, "vélo"), ("huit", 8, "vélo"),
        ("3 lycées", 3, "lycée"),
    ]  # fmt: skip


def test_an_entry_counts_what_the_entry_before_it_counted() -> None:
    before = find_figures("Sur vingt halles, neuf sont isolées, pour 40 000 €, à savoir :")
    assert counted_last(before) == "halle"
    for text, span in (("six dans le bourg,", "six"), ("Le bois chauffe 3 d'entre elles.", "3 d'entre elles")):
        (figure,) = find_figures(text, counted="halle")
        assert span.startswith(figure.text)
        assert figure.unit == "halle"
    assert [f.unit for f in find_figures("La crèche, ouverte lundi, en compte 6.", counted="halle")] == [None]
    assert [f.unit for f in find_figures("518 meublés se sont déclarés", counted="halle")] == ["meublé"]
    assert counted_last([]) is None


def test_the_number_of_a_heading_is_no_entry() -> None:
    assert find_figures("3 Dans le bourg\n4 En montagne") == []


def test_no_figure_touches_a_date() -> None:
    text = "Les 12 et 13 mai 2024, 14 agents ont reçu 3 500 €."
    dates = find_dates(text)
    assert [f.text for f in find_figures(text, dates=dates)] == ["14 agents", "3 500 €"]
    assert find_figures(text) == find_figures(text, dates=dates)


WORDS = """un une deux
vingt cent mille millions d' de 12 1 500 3,5 2024 % € k€ h 30 km m² ans et à - / ( ) , . ; : entre
près plus moins dont sur n° Priorité 2e 1er agents élèves CCAS la moitié tiers quart dizaine mars 15/03/2024 ½ ·e
contre → sont l'ont autres onze : à en chaque semaine de hausse réduit un"""
MANY = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=25)
TEXTS = st.one_of(st.text(max_size=60), MANY.map(" ".join), MANY.map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_string(text: str) -> None:
    dates = find_dates(text)
    figures = find_figures(text, dates=dates)
    assert figures == find_figures(text, dates=dates)
    end = 0
    for figure in figures:
        assert end <= figure.span[0] < figure.span[1] <= len(text)
        assert figure.text == text[figure.span[0] : figure.span[1]]
        assert figure.bound != "between" or (figure.value_max is not None and figure.value_max > figure.value)
        assert not any(figure.span[0] < d.span[1] and d.span[0] < figure.span[1] for d in dates)
        end = figure.span[1]


def test_long_texts_take_linear_time() -> None:
    import time

    sentence = (
        "Sur 40 sites, onze sont ouverts :\ndeux à Lens, contre six en 2023,\n2 sites sur 5. "
        "Le 12 mars 2024, entre 200 et 250 agents de 14 communes ont reçu 3 500 € pour 2 h 30 de formation. "
    )

    def seconds(text: str) -> float:
        started = time.perf_counter()
        find_figures(text, dates=find_dates(text))
        return time.perf_counter() - started

    seconds(sentence)
    assert seconds(sentence * 400) < 40 * max(seconds(sentence * 40), 1e-3)
