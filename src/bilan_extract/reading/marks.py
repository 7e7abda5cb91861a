"""Marks at the head of a line, told by their picture: bullets, arrows, ticks. An engine reads them as letters or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.document import Box

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

SQUARE, DOT, TRIANGLE, LOZENGE, HOLLOW, FOUR, STAR, DASH = "■", "•", "▸", "◆", "◇", "❖", "✦", "–"
ARROW, CHEVRON, TICK, HOURGLASS, RING = "➜", "›", "✔", "⏳", "◦"
SOLID = frozenset({SQUARE, DOT, TRIANGLE, LOZENGE, HOLLOW, FOUR, STAR, HOURGLASS, RING})
"""Marks that no letter looks like."""
FAINT = 150
"""Ink darker than this is a part of a letter: the flag of a one may be thin."""
PALE = 40
"""Levels of 255: a mark is darker than its ground by more."""
UNREAD = frozenset({SQUARE, DOT, TRIANGLE, LOZENGE, FOUR, STAR, ARROW, TICK})
"""Marks that are looked for where the engine read nothing."""


class Mark(NamedTuple):
    """A mark and the columns it takes up, in pixels."""

    text: str
    x0: int
    x1: int


def mark_in(ink: Array, across: tuple[int, int], base: float, size: float) -> Mark | None:
    """The mark that is all there is between two columns on the line with this baseline; None for anything else.

    Args:
        ink: black text on white.
        across: first and last column.
        base, size: of the line, in pixels.
    """
    import numpy

    left, right = max(0, across[0]), max(0, across[1])
    top = max(0, round(base - 0.95 * size))
    dark = 255 - ink[top : max(0, round(base + 0.25 * size)), left:right]
    field = dark > max(PALE, min(127, int(dark.max(initial=0)) // 2))  # a mark may be paler than its text
    rows, columns = numpy.nonzero(field.any(axis=1))[0], numpy.nonzero(field.any(axis=0))[0]
    if not len(rows):
        return None
    own = field[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    foot = base - (top + int(rows[-1]) + 1)  # above the baseline
    text = mark_of(own, foot / size, size)
    return None if text is None else Mark(text, left + int(columns[0]), left + int(columns[-1]) + 1)


def mark_of(own: Array, foot: float, size: float) -> str | None:
    """The mark whose ink this is, its box drawn tight.

    Args:
        own: True where there is ink.
        foot: of the mark above the baseline, in sizes; below 0 it goes deeper.
        size: of the type, in pixels.
    """
    high, wide = own.shape
    tall, ratio = high / size, wide / high
    if tall <= 0.14 and ratio >= 2.5:
        return DASH if wide >= 0.2 * size and own.mean() >= 0.8 and 0.1 <= foot <= 0.5 else None
    if not (0.11 <= tall <= 1.0 and 0.3 <= ratio <= 2.2 and foot <= 0.5):
        return None
    if _convex(own) and 0.7 <= ratio <= 1.4 and foot >= -0.12:
        solid = _solid(own, tall)
        if solid is not None:
            return solid
    # a ring of the height of small letters is an "o", but where it stands above the line
    if 0.8 <= ratio <= 1.25 and (0.16 <= tall <= 0.4 or tall <= 0.55 and foot >= 0.05) and _is_ring(own):
        return RING
    if 0.85 <= ratio <= 1.18 and _is_four(own):
        return FOUR
    if 0.85 <= ratio <= 1.18 and tall >= 0.3 and foot <= 0.3 and _is_star(own):
        return STAR
    if 0.6 <= ratio <= 1.4 and tall >= 0.25 and _is_hollow(own):
        return HOLLOW
    if 0.55 <= ratio <= 1.2 and _is_hourglass(own):
        return HOURGLASS
    if _is_arrow(own):
        return ARROW
    if 0.3 <= ratio <= 0.82 and tall <= 0.6 and _is_chevron(own):
        return CHEVRON
    return TICK if 0.65 <= ratio <= 1.5 and tall >= 0.3 and _is_tick(own) else None


def is_ornament(own: Array, foot: float, size: float) -> bool:
    """Whether ink read as one letter is higher than its type and sinks far under the line: a pictogram before a heading."""
    return own.shape[0] >= 1.05 * size and foot <= -0.28


def is_bar(ink: Array, box: Box, size: float) -> bool:
    """Whether the ink in ``box`` (pixels) is a solid upright bar nearly as high as the type: an ornament before a heading."""
    x0, y0, x1, y1 = (max(0, round(v)) for v in box)
    field = ink[y0:y1, x0:x1] < 128
    return field.size > 0 and y1 - y0 >= 0.6 * size and x1 - x0 >= 0.2 * size and float(field.mean()) >= 0.9


def bars_in(ink: Array, box: Box, size: float) -> int | None:
    """How many upright strokes of one height stand side by side in ``box`` (pixels), a point behind them apart.

    None where anything else is there: a stroke with a flag on one side only ("1") is none, one with feet and head ("I") is.
    """
    from bilan_extract.reading.masks import components

    x0, y0, x1, y1 = (max(0, round(v)) for v in box)
    field = ink[y0:y1, x0:x1] < 128
    bars = []
    for a, b, c, d in components(field):
        high, wide = d - b, c - a
        if high >= 0.5 * size:
            own = field[b:d, a:c]
            middle = own[high // 3 : high - high // 3]
            whole = float(middle.any(axis=1).mean()) >= 0.95 and float(middle.sum(axis=1).mean()) <= 0.3 * size
            if wide > 0.5 * size or not whole or not (_mirrored(own.T, 0.55) and _mirrored(own, 0.7)):
                return None
            bars.append((b, d))
        elif high > 0.3 * size and wide > 0.1 * size:  # a bracket's or a letter's part; a point is lower
            return None
    if not bars or max(b for b, _ in bars) - min(b for b, _ in bars) > 0.08 * size:
        return None
    return len(bars)


class Code(NamedTuple):
    """What a code as "II.3" is made of: the strokes of its Roman numeral, the characters behind its point."""

    bars: int
    after: int


def code_in(ink: Array, box: Box, size: float) -> Code | None:
    """The parts of a code in ``box`` (pixels): capital I's, upright or slanted, then a point, then other characters.

    None for anything else: a "1" has a flag on its left only, and a head that is narrower than its foot.
    """
    from bilan_extract.reading.masks import components

    x0, y0, x1, y1 = (max(0, round(v)) for v in box)
    field = ink[y0:y1, x0:x1] < FAINT
    parts = sorted(components(field))
    point = next((k for k, (_, b, _, d) in enumerate(parts) if b >= 0.3 * size and 0.06 * size <= d - b <= 0.25 * size), 0)
    after = [d - b for _, b, _, d in parts[point + 1 :] if d - b >= 0.15 * size]
    heads = [field[b:d, a:c] for a, b, c, d in parts[:point]]
    if not 1 <= len(heads) <= 3 or not after or min(after) < 0.4 * size:
        return None
    return Code(len(heads), len(after)) if all(_is_capital_i(own, size) for own in heads) else None


def _is_capital_i(own: Array, size: float) -> bool:
    """One stroke as high as a capital; what stands out at its head does so on both sides."""
    import numpy

    high = own.shape[0]
    if not (0.52 * size <= high <= 0.9 * size and own.any(axis=1).all()):
        return False
    left, right = own.argmax(axis=1).astype(float), own.shape[1] - own[:, ::-1].argmax(axis=1).astype(float)
    rows = numpy.arange(high)
    middle = slice(high // 4, high - high // 4)
    slope = float(numpy.polyfit(rows[middle], (left + right)[middle] / 2, 1)[0])
    left, right = left - slope * rows, right - slope * rows
    edges = float(numpy.median(left[middle])), float(numpy.median(right[middle]))
    stem = edges[1] - edges[0]
    if abs(slope) > 0.35 or stem > 0.3 * size or float((right - left)[middle].max()) > stem + 0.08 * size:
        return False
    head, foot = slice(0, high // 4), slice(high - high // 4, high)
    sides = [(edges[0] - float(left[end].min()), float(right[end].max()) - edges[1]) for end in (head, foot)]
    alike = (*sides, (sides[0][1], sides[1][1]))
    return all(abs(a - b) <= max(0.035 * size, 0.45 * max(a, b)) for a, b in alike)


def _solid(own: Array, tall: float) -> str | None:
    filled = float(own.mean())
    high, wide = own.shape
    if filled >= 0.9 and (tall <= 0.75 or wide >= 0.9 * high):
        return SQUARE
    if not _mirrored(own, 0.8):
        return None
    left, right = float(own[:, : max(1, wide // 8)].mean()), float(own[:, -max(1, wide // 8) :].mean())
    if 0.42 <= filled <= 0.68 and left >= 0.55 and right <= 0.5 * left:
        return TRIANGLE
    corner = max(1, min(high, wide) // 6)
    corners = own[:corner, :corner].mean() + own[:corner, -corner:].mean()
    if corners > 0.8 or tall > 0.75:
        return None
    if 0.42 <= filled < 0.62 and left <= 0.4:
        return LOZENGE
    return DOT if filled >= 0.66 else None


def _convex(own: Array) -> bool:
    """Whether nearly every row and column of ink is one piece."""
    for field in (own, own.T):
        filled = field.sum(axis=1)
        first = field.argmax(axis=1)
        last = field.shape[1] - field[:, ::-1].argmax(axis=1)
        if int(((last - first) * (filled > 0)).sum()) > 1.04 * int(filled.sum()) + 1:
            return False
    return True


def _mirrored(own: Array, least: float) -> bool:
    """Whether the upper half is the lower one turned over, as far as ``least`` of their ink goes."""
    turned = own[::-1]
    return float((own & turned).sum()) >= least * float((own | turned).sum())


def _is_ring(own: Array) -> bool:
    """A closed line around a white middle, smaller than any letter."""
    high, wide = own.shape
    middle = own[2 * high // 5 : max(2 * high // 5 + 1, 3 * high // 5), 2 * wide // 5 : max(2 * wide // 5 + 1, 3 * wide // 5)]
    closed = all(own[y, :mid].any() and own[y, mid:].any() for y, mid in ((y, wide // 2) for y in range(high)))
    sides = (own[:, : wide // 3], own[:, -(wide // 3) :], own[: high // 3], own[-(high // 3) :])
    return (
        min(high, wide) >= 6
        and not middle.any()
        and closed
        and all(float(side.mean()) >= 0.3 for side in sides)
        and _mirrored(own, 0.6)
        and _mirrored(own.T, 0.6)
    )


def _from_middle(own: Array) -> tuple[Array, Array]:
    """How far each pixel is from the middle, down and across: 1 at the edges."""
    import numpy

    high, wide = own.shape
    y, x = numpy.mgrid[0:high, 0:wide]
    return numpy.abs((y + 0.5) / high * 2 - 1), numpy.abs((x + 0.5) / wide * 2 - 1)


def _is_hollow(own: Array) -> bool:
    """A lozenge's outline: its four sides, nothing within and nothing in the corners."""
    import numpy

    down, across = _from_middle(own)
    off = down + across  # 1 on its sides
    sides = [own[(numpy.abs(off - 0.88) <= 0.12) & half] for half in (down < across, down >= across)]
    return bool(
        min(own.shape) >= 10
        and float(own[off >= 1.2].mean()) <= 0.05
        and float(own[off <= 0.5].mean()) <= 0.1
        and all(float(side.mean()) >= 0.45 for side in sides)
        and _mirrored(own, 0.5)
        and _mirrored(own.T, 0.5)
    )


def _is_four(own: Array) -> bool:
    """Four lozenges around a white cross that lies askew: they leave a larger one's corners white, and the cross too."""
    import numpy

    high, wide = own.shape
    down, across = _from_middle(own)
    off = down + across  # 1 on the large lozenge's sides
    arms = numpy.abs(down - across) <= 0.08
    hearts = numpy.abs(numpy.maximum(down, across) - 0.55) + numpy.minimum(down, across)
    return bool(
        min(high, wide) >= 10
        and float(own[off >= 1.15].mean()) <= 0.05
        and float(own[hearts <= 0.2].mean()) >= 0.9
        and float(own[arms & (off >= 0.15) & (off <= 0.9)].mean()) <= 0.35
    )


def _is_hourglass(own: Array) -> bool:
    high, wide = own.shape
    edge = max(1, high // 10)
    middle = own[2 * high // 5 : max(2 * high // 5 + 1, 3 * high // 5)]
    # from its first ink to its last: two strokes side by side ("II") have none
    waist = (wide - middle.argmax(axis=1) - middle[:, ::-1].argmax(axis=1)).min()
    return (
        0.45 <= float(own.mean()) <= 0.8
        and float(own[:edge].any(axis=0).mean()) >= 0.8
        and float(own[-edge:].any(axis=0).mean()) >= 0.8
        and waist <= 0.5 * wide
        and _mirrored(own, 0.72)
        and _mirrored(own.T, 0.72)
    )


def _is_star(own: Array) -> bool:
    """Four points that taper from the middle: the arms of a "+" are as wide at their ends."""
    if not (0.25 <= float(own.mean()) <= 0.5 and _mirrored(own, 0.7) and _mirrored(own.T, 0.7)):
        return False
    for field in (own, own.T):
        high, wide = field.shape
        rows = field.sum(axis=1) / wide
        tip, arm, body = float(rows[: high // 8].mean()), float(rows[high // 4]), float(rows[3 * high // 8])
        if not (tip <= 0.2 and tip < arm <= 0.45 and body >= 1.5 * arm and float(rows[high // 2]) >= 0.9):
            return False
    return True


def _is_arrow(own: Array) -> bool:
    """A shaft along the middle that ends on the right in a head."""
    high, wide = own.shape
    if wide < 1.2 * high or not _mirrored(own, 0.55):
        return False
    shaft = own[2 * high // 5 : 3 * high // 5 + 1].any(axis=0)
    heights = own.any(axis=0) * (own.shape[0] - own[::-1].argmax(axis=0) - own.argmax(axis=0))
    tail = float(heights[: wide // 4].mean())
    return float(shaft.mean()) >= 0.9 and int(heights.argmax()) >= 0.4 * wide and tail <= 0.6 * high


def _is_chevron(own: Array) -> bool:
    high, wide = own.shape
    third = max(1, wide // 3)
    middle = slice(high // 3, high - high // 3)
    tips = own[: max(1, high // 4), :third].any() and own[-max(1, high // 4) :, :third].any()
    return bool(
        tips
        and not own[middle, : max(1, wide // 5)].any()
        and own[middle, -third:].any()
        and not own[: high // 5, -max(1, wide // 4) :].any()
        and _mirrored(own, 0.6)
    )


def _is_tick(own: Array) -> bool:
    """A short stroke down to a foot left of the middle, a long one up to the right."""
    import numpy

    high, wide = own.shape
    foot = numpy.nonzero(own[-max(1, high // 12) :].any(axis=0))[0]
    lowest = float(foot.mean()) / wide
    leftmost = float(numpy.nonzero(own[:, : max(1, wide // 12)].any(axis=1))[0].mean()) / high
    rightmost = float(numpy.nonzero(own[:, -max(1, wide // 12) :].any(axis=1))[0].mean()) / high
    hollow = own[: high // 3, : wide // 3].mean() + own[-(high // 4) :, -(wide // 3) :].mean()
    return (
        0.15 <= float(own.mean()) <= 0.55
        and 0.12 <= lowest <= 0.6
        and int(foot[-1]) - int(foot[0]) <= 0.4 * wide  # "m²" has three feet
        and 0.35 <= leftmost <= 0.85
        and rightmost <= 0.3
        and hollow <= 0.12
    )
