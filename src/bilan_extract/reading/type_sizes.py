"""The type sizes, inks and weights of a scanned document, settled from page to page."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.document import Color
from bilan_extract.patterns import lazy
from bilan_extract.reading.digits import Digits
from bilan_extract.reading.tesseract import ReadLine

ALIKE = 0.04  # sizes that differ by less are one size
REACH = 0.06  # a line that is measured so far off a usual size is set in it
LABEL_LETTERS = 40  # longer lines hardly come twice
SAME_LENGTH = 0.025  # of its length: so much the same words in the same type differ
SAME_INK = 54  # colours that differ by less, summed over channels, are one
SAME_GREY = 42  # greys likewise: their channels are measured well, and a scan without colour has all its colours as greys
FEW_WORDS = 12  # less show no usual weight
_DIGIT = lazy(r"\d")
_Look = tuple[float, "Color | None"]


class Sizes:
    """The type sizes and inks of a document so far: what is measured a little off is drawn to what it stands for.

    ``digits`` are its digits.
    """

    def __init__(self) -> None:
        self._weights: dict[float, int] = {}
        self._inks: dict[Color, int] = {}
        self._tints: dict[float, list[Color]] = {}
        self._bold: dict[_Look, tuple[int, int]] = {}
        self.digits = Digits()
        self._lines: dict[str, list[tuple[float, float]]] = {}
        self._usual = 0.0

    def usual_stroke(self, thick: Sequence[float]) -> float:
        """The width of usual strokes over their type's size: that of these words, of the words before where they are few."""
        widths = sorted(thick)
        if len(widths) >= FEW_WORDS or not self._usual:
            self._usual = widths[len(widths) // 2] if widths else 0.0
        return self._usual

    def recall(self, measured: Sequence[tuple[float, int]], lines: Sequence[ReadLine], scale: float) -> list[tuple[float, int]]:
        """The (size, characters) of lines, those of the same words and the same length set in the same size.

        A label shows few letters, and is measured now well, now badly; but it comes again and again, and two lines that say the
        same on the same length, numbers aside, are set alike. ``scale``: pixels a point.
        """
        keys, lengths = [], []
        for line, (size, _) in zip(lines, measured, strict=True):
            keys.append(_DIGIT.sub("0", " ".join(w.text for w in line.words)))
            lengths.append((line.words[-1].x1 - line.words[0].x0) / scale)
            if len(keys[-1]) <= LABEL_LETTERS:
                self._lines.setdefault(keys[-1], []).append((lengths[-1], size))
        out = []
        for key, length, (size, characters) in zip(keys, lengths, measured, strict=True):
            alike = sorted(s for x, s in self._lines.get(key, ()) if abs(x - length) <= SAME_LENGTH * length)
            out.append((alike[(len(alike) - 1) // 2] if alike else size, characters))
        return out

    def settle(self, measured: Sequence[tuple[float, int]]) -> list[float]:
        """For each (size in points, characters) the size it stands for: the heaviest within reach, again and again."""
        out = [0.0] * len(measured)
        left = set(range(len(measured)))
        while left:
            weights = {k: sum(n for j in left for s, n in (measured[j],) if abs(s - measured[k][0]) <= ALIKE * s) for k in left}
            heart = max(sorted(left), key=lambda k: weights[k])
            near = [j for j in left if abs(measured[j][0] - measured[heart][0]) <= ALIKE * measured[heart][0]]
            size = sum(measured[j][0] * measured[j][1] for j in near) / sum(measured[j][1] for j in near)
            known = [s for s in self._weights if abs(s - size) <= ALIKE * size]
            settled = max(known, key=lambda s: self._weights[s]) if known else round(size * 4) / 4
            for j in sorted(left):
                if abs(measured[j][0] - size) <= REACH * size:
                    out[j] = settled
                    left.discard(j)
                    self._weights[settled] = self._weights.get(settled, 0) + measured[j][1]
            left.discard(heart)
            out[heart] = settled
        return out

    def weigh(self, words: Sequence[tuple[float, Color | None, int, bool]]) -> dict[_Look, tuple[int, int]]:
        """For each (size, colour) how many characters of the document so far are bold, and how many there are.

        ``words`` are this page's: size, colour, characters, and whether the strokes are those of bold letters.
        """
        for size, color, n, bold in words:
            thick, every = self._bold.get((size, color), (0, 0))
            self._bold[size, color] = (thick + n * bold, every + n)
        return self._bold

    def tint(self, color: Color, reach: float) -> Color:
        """The colour of an earlier ground or rule no further off than ``reach``, summed over channels; else this one."""
        known = self._tints.setdefault(reach, [])
        near = [k for k in known if ink_distance(k, color) <= reach]
        if near:
            return min(near, key=lambda k: (ink_distance(k, color), k))
        known.append(color)
        return color

    def paint(self, weighted: Sequence[tuple[Color, int]]) -> dict[Color, Color]:
        """For each (colour, characters) the ink it stands for, one of an earlier page where there was one like it."""
        settled = _settled_colors(weighted)
        totals: dict[Color, int] = {}
        for color, n in weighted:
            totals[settled[color]] = totals.get(settled[color], 0) + n
        known: dict[Color, Color] = {}
        for color, n in totals.items():
            near = [k for k in self._inks if _same_ink(k, color)]
            known[color] = max(near, key=lambda k: (self._inks[k], k)) if near else color
            self._inks[known[color]] = self._inks.get(known[color], 0) + n
        return {color: known[ink] for color, ink in settled.items()}


def _same_ink(one: Color, other: Color) -> bool:
    grey = one[0] == one[1] == one[2] and other[0] == other[1] == other[2]
    return ink_distance(one, other) <= (SAME_GREY if grey else SAME_INK)


def ink_distance(one: Color, other: Color) -> float:
    """By how many levels (0..765) two colours differ, summed over their channels."""
    return sum(abs(p - q) for p, q in zip(one, other, strict=True))


def _settled_colors(weighted: Sequence[tuple[Color, int]]) -> dict[Color, Color]:
    """For each colour the one that it stands for: the heaviest within reach."""
    totals: dict[Color, int] = {}
    for color, weight in weighted:
        totals[color] = totals.get(color, 0) + weight
    chosen: list[Color] = []
    out: dict[Color, Color] = {}
    coarse: dict[Color, int] = {}
    for (r, g, b), weight in totals.items():
        key = (r // 24, g // 24, b // 24)
        coarse[key] = coarse.get(key, 0) + weight
    for color in sorted(totals, key=lambda c: (-coarse[(c[0] // 24, c[1] // 24, c[2] // 24)], -totals[c], c)):
        near = [c for c in chosen if _same_ink(c, color)]
        if near:
            out[color] = near[0]
        else:
            chosen.append(color)
            out[color] = color
    return out
