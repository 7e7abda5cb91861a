"""Marking, on made runs: numbers that stand over titles, labels that trail off."""

from __future__ import annotations

import pytest

from bilan_extract.document import Line, PageLayout, Region, Word
from bilan_extract.segmentation.labels import Heading, Label
from bilan_extract.segmentation.marking import _closes, _join_bare_numbers, _learn_labels, _mark_captions
from bilan_extract.segmentation.runs import BodyStyle, Run


def run(text: str, top: float, size: float, *, off: str | None = "bold", color: tuple[int, int, int] = (0, 0, 0)) -> Run:
    words = tuple(
        Word(t, 1, 40 + 60 * k, top, 90 + 60 * k, top + size, size=size, bold=off is not None, color=color)
        for k, t in enumerate(text.split())
    )
    line = Line(words)
    return Run(Region(1, (line,), None, "flow"), [line], off, (size, off is not None, color), role="body")


def page(numbers: list[tuple[str | None, float]]) -> list[Run]:
    """Titles with a text each; over a title its number and that one's size, or none."""
    out, top = [], 50.0
    for number, size in numbers:
        if number is not None:
            out.append(run(number, top, size, color=(150, 30, 80)))
        out += [run("Tenir la promesse", top + 30, 13.5), run("un texte courant", top + 50, 12.0, off=None)]
        top += 90
    return out


def numbered(runs: list[Run]) -> list[int | None]:
    return [r.data.number for r in runs if r.role == "numbered" and isinstance(r.data, Heading)]


def test_numbers_measured_a_little_apart_stand_over_their_titles() -> None:
    runs = page([("1", 24.0), ("2", 24.0), ("3", 19.0), ("4", 24.0)])
    _join_bare_numbers(runs)
    assert numbered(runs) == [1, 2, 3, 4]


def test_the_title_between_two_numbers_has_the_one_that_is_missing() -> None:
    runs = page([("1", 24.0), ("2", 24.0), (None, 24.0), ("4", 24.0)])
    _join_bare_numbers(runs)
    assert numbered(runs) == [1, 2, 3, 4]


def test_of_two_titles_between_two_numbers_none_has_the_missing_one() -> None:
    runs = page([("1", 24.0), ("2", 24.0), (None, 24.0), (None, 24.0), ("4", 24.0)])
    _join_bare_numbers(runs)
    assert numbered(runs) == [1, 2, 4]


@pytest.mark.parametrize(
    ("text", "closes"), [("Et pour 2025...", False), ("C'est fait.", True), ("Bilan", False), ("un arbre ;", True)]
)
def test_a_label_may_trail_off(text: str, closes: bool) -> None:
    assert _closes(text) is closes


def status(text: str, role: str, top: float, size: float) -> Run:
    label = run(text, top, size)
    label.role, label.data = "label", Label(role, text, None, "words")
    return label


def test_a_label_on_a_cover_says_nothing_about_how_labels_are_set() -> None:
    runs = [status("Bilan", "realised", 40, 40)]
    for k in range(6):
        own = [run("N'oublier personne", 50, 40), status("Fait", "realised", 90, 14), status("Suite", "upcoming", 140, 14)]
        runs += [*own, run("En cours", 190, 14)] if k else own
    _learn_labels(runs)
    assert {r.role for r in runs if r.text == "N'oublier personne"} == {"body"}
    assert {r.role for r in runs if r.text == "En cours"} == {"label"}


@pytest.mark.parametrize(("size", "role"), [(9.5, "caption"), (10.0, "caption"), (10.4, "body")])
def test_small_print_between_texts_may_be_measured_a_little_larger(size: float, role: str) -> None:
    one = run("Promesse 4", 100, size, off=None)
    _mark_captions([one], PageLayout(1, 595.0, 842.0, ()), BodyStyle(13.0, False, (0, 0, 0)))
    assert one.role == role
