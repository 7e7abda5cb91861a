"""Where the words of a page have their middles."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from bilan_extract.document import Box, Word


class Middles:
    """The middles of a page's words, by height: which of them lie in a box is asked for every shape of the page."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._heights: list[float] = []
        self._places: list[tuple[float, float, int]] | None = None

    def places(self) -> list[tuple[float, float, int]]:
        """(y, x, place in the page's words) of each middle, from top to bottom; sorted once, and only for a page that asks."""
        if self._places is None:
            words = self._words
            self._places = sorted([((w.top + w.bottom) / 2, (w.x0 + w.x1) / 2, i) for i, w in enumerate(words)])
            self._heights = [y for y, _, _ in self._places]
        return self._places

    def within(self, box: Box) -> frozenset[int]:
        """The words, by place, whose middles lie in the box."""
        places = self.places()
        first, last = bisect_left(self._heights, box[1]), bisect_right(self._heights, box[3])
        return frozenset([i for _, x, i in places[first:last] if box[0] <= x <= box[2]])

    def level(self, top: float, bottom: float) -> list[int]:
        """The words, by place and in their order, whose middles lie between two heights."""
        places = self.places()
        return sorted([i for _, _, i in places[bisect_left(self._heights, top) : bisect_right(self._heights, bottom)]])
