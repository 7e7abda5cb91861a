"""Rules of a picture carried on and joined."""

from __future__ import annotations

import numpy

from bilan_extract.reading.drawn_rules import _joined


def test_a_rule_is_carried_on_over_what_lies_in_it_to_the_end_of_both() -> None:
    field = numpy.zeros((50, 700), dtype=numpy.uint8)
    assert _joined([(100, 20, 560, 22), (525, 20, 565, 22)], field, 10, 5) == [(100, 20, 565, 22)]
    assert len(_joined([(100, 20, 560, 22), (520, 20, 612, 22)], field, 10, 5)) == 2
