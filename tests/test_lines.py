"""From words to lines."""

from __future__ import annotations

from dataclasses import replace

from printed import line

from bilan_extract.layout.lines import to_lines


def test_a_raised_ending_stays_with_its_number_at_the_head_of_a_line():
    number, rest = line("1", 100, 200, 15).words[0], line("trimestre 2025", 125, 200, 15).words
    raised = replace(line("er", 100, 194, 13).words[0], x0=number.x1, x1=number.x1 + 11)
    assert [ln.text for ln in to_lines([raised, number, *rest])] == ["1 er trimestre 2025"]


def test_a_short_line_above_is_a_line_of_its_own():
    above, below = line("Oui", 100, 185, 10), line("Non", 100, 200, 10)
    assert [ln.text for ln in to_lines([*below.words, *above.words])] == ["Oui", "Non"]
