"""Which words lie in a box, by their middles."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from printed import line

from bilan_extract.layout.middles import Middles

WORDS = [*line("Une halle neuve", 50, 100, 10).words, *line("deux rues plus loin", 300, 104, 10).words]


def test_words_of_a_box_and_of_a_level():
    middles = Middles(WORDS)
    assert middles.within((40, 90, 200, 120)) == {0, 1, 2}
    assert middles.within((40, 0, 600, 50)) == frozenset()
    assert middles.level(0, 200) == list(range(7))
    assert middles.level(0, (WORDS[0].top + WORDS[0].bottom) / 2) == [0, 1, 2]


def test_a_page_without_words():
    assert Middles([]).within((0, 0, 600, 800)) == frozenset()
    assert Middles([]).level(0, 800) == []


@given(
    st.lists(st.tuples(st.floats(0, 500), st.floats(0, 700)), max_size=30),
    st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(0, 600), st.floats(0, 800)),
)
def test_found_as_by_looking_at_every_word(places, box):
    words = [word for x, y in places for word in line("mot", x, y, 10).words]
    every = [((w.x0 + w.x1) / 2, (w.top + w.bottom) / 2) for w in words]
    inside = {i for i, (x, y) in enumerate(every) if box[0] <= x <= box[2] and box[1] <= y <= box[3]}
    assert Middles(words).within(box) == inside
    assert Middles(words).level(box[1], box[3]) == [i for i, (_, y) in enumerate(every) if box[1] <= y <= box[3]]
