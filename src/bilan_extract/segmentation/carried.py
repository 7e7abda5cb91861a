"""Boxes that a page end cuts in two: which box of the page before goes on in one that opens a page.

Cards stand side by side, so the text read last need not be the text that goes on: the place and the colours tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilan_extract.document import Box, Frame
from bilan_extract.segmentation.runs import Run

SAME_EDGE = 3.0  # points by which the edges of the two halves may differ
_FURNITURE = ("running_head", "footer", "page_number", "note", "caption")


def continued_box(
    run: Run, chain: Sequence[Frame], runs: Mapping[int, Sequence[Run]], frames: Mapping[int, Sequence[Frame]]
) -> tuple[Frame, Frame] | None:
    """The box at the foot of the page before and the half of it, on top of this page, that ``run`` opens; None where none does.

    Args:
        run: running text.
        chain: the frames around it, the innermost first.
        runs, frames: of every page, by its number.
    """
    here, before = runs.get(run.page, ()), runs.get(run.page - 1, ())
    for frame in chain:
        if (frame.fill, frame.stroke) == (None, None) or frame.kind == "tab" or not _opens(run, frame, here):
            continue
        halves = [
            other
            for other in frames.get(run.page - 1, ())
            if same_box(other, frame)
            and not any(_across(other.box, r) and _top(r) >= other.box[3] - 1 for r in before if r.role not in _FURNITURE)
        ]
        if halves:
            return max(halves, key=lambda half: half.box[3]), frame
    return None


def same_box(a: Frame, b: Frame) -> bool:
    """Whether two frames have the colours and the sides of one box that a page end cuts."""
    alike = (a.fill, a.stroke, a.kind) == (b.fill, b.stroke, b.kind)
    return alike and abs(a.box[0] - b.box[0]) <= SAME_EDGE and abs(a.box[2] - b.box[2]) <= SAME_EDGE


def _opens(run: Run, frame: Frame, here: Sequence[Run]) -> bool:
    """Whether the frame's first text is this one, without a title of its own, and nothing stands above it on the page."""
    if run.set_off is not None or run.role != "body":
        return False
    first = min(line.top for line in run.lines)
    return not any(
        other is not run and other.role not in _FURNITURE and _across(frame.box, other) and _top(other) < first - 1
        for other in here
    )


def _top(run: Run) -> float:
    return min(line.top for line in run.lines)


def _across(box: Box, run: Run) -> bool:
    left, right = min(line.x0 for line in run.lines), max(line.x1 for line in run.lines)
    return min(box[2], right) - max(box[0], left) > 0
