"""Level words with an unreadable number, on made runs."""

from __future__ import annotations

import pytest

from bilan_extract.document import Line, Region, Word
from bilan_extract.profile import load_profile
from bilan_extract.segmentation.labels import Heading, Words
from bilan_extract.segmentation.misread_numbers import RULE, mend_numbers
from bilan_extract.segmentation.runs import Run

WORDS = Words(load_profile(), ["cap", "pilier"])


def run(text: str, off: str | None = "bold") -> Run:
    line = Line(tuple(Word(t, 1, 40 + 60 * k, 10, 90 + 60 * k, 22, size=12.0) for k, t in enumerate(text.split())))
    made = Run(Region(1, (line,), None, "flow"), [line], off, (12.0, True, (0, 0, 0)), role="body")
    heading = WORDS.heading(text)
    if heading is not None:
        made.role, made.data = "heading", heading
    return made


def told(*texts: str) -> list[tuple[str, int | None]]:
    runs = [run(text) for text in texts]
    mend_numbers(runs, WORDS)
    return [(r.data.label, r.data.number) for r in runs if r.rule == RULE and isinstance(r.data, Heading)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Cap |", "Cap 2", "Cap 3"), [("Cap 1", 1)]),
        (("PILIER I", "PILIER IT", "PILIER III"), [("PILIER II", 2)]),
        (("Engagement n° 4", "Engagement n° s", "Engagement n° 6"), [("Engagement n° 5", 5)]),
        (("Cap 1", "Cap 2", "Cap 3", "Cap |", "Cap 2", "Cap 3"), [("Cap 1", 1)]),
        (("Cap 1", "Cap 2", "Cap S"), []),
        (("Cap 1", "Cap d'Agde", "Cap 3"), []),
        (("Cap 1", "Cap |", "Cap 2"), []),
        (("Cap |", "Cap 3", "Cap 4"), []),
        (("Cap 1", "Pilier |", "Cap 3"), []),
    ],
)
def test_a_number_that_cannot_be_read_is_the_one_between_its_neighbours(
    texts: tuple[str, ...], expected: list[tuple[str, int]]
) -> None:
    assert told(*texts) == expected


def test_running_text_that_begins_with_a_levels_word_is_left() -> None:
    runs = [run("Cap 1"), run("Cap vers", None), run("Cap 3")]
    mend_numbers(runs, WORDS)
    assert runs[1].role == "body"
