"""Labels on the right of their text: a tab beside each text is read after it, though it says what the text is."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.document import Box, Frame, union
from bilan_extract.segmentation.labels import Label
from bilan_extract.segmentation.runs import Run

SLACK = 5.0  # points
BELOW = 40.0  # points under a label within which its text would begin
_ROLES = ("realised", "upcoming", "engagement")


def put_first(runs: Sequence[Run]) -> list[Run]:
    """The runs, each label that stands alone in a box on the right of its text moved before that text."""
    pages: dict[int, list[Run]] = {}
    for run in runs:
        pages.setdefault(run.page, []).append(run)
    for page in pages.values():
        _put_first(page)
    return [run for page in pages.values() for run in page]


def _put_first(out: list[Run]) -> None:
    """`put_first` of one page, in place."""
    for label in list(out):
        frame = label.region.frame
        if frame is None or label.role != "label" or not isinstance(label.data, Label) or label.data.role not in _ROLES:
            continue
        here = [run for run in out if run is not label]
        if any(_holds(frame, run) for run in here) or any(_under(frame.box, run) for run in here):
            continue
        beside = next((run for run in here if _left_of(frame, run)), None)
        if beside is None:
            continue
        k, own = _place(out, beside), _place(out, label)
        if k < own:
            out.insert(k, out.pop(own))


def part_columns(runs: Sequence[Run]) -> list[Run]:
    """The runs, a label over a column that is empty moved behind the text of the column beside it.

    Two labels level with each other head two columns; where all the text that follows stands under the first, the second
    has none.
    """
    out = list(runs)
    for k in range(len(out) - 2):
        first, second = out[k], out[k + 1]
        if not (_is_status(first) and _is_status(second)) or first.page != second.page:
            continue
        if any(run.region.frame is not None and run.region.frame.kind == "cell" for run in (first, second)):
            continue  # heads of a table
        a, b = _box(first), _box(second)
        if abs(a[1] - b[1]) > SLACK or b[0] < a[2] + SLACK:
            continue
        end = k + 2
        while end < len(out) and out[end].role == "body" and out[end].page == first.page:
            there = _box(out[end])
            if there[0] > a[0] + BELOW or there[2] > b[0] or there[1] < a[1]:
                break
            end += 1
        if end > k + 2:
            out[k + 1 : end] = [*out[k + 2 : end], second]
    return out


def _is_status(run: Run) -> bool:
    return run.role == "label" and isinstance(run.data, Label) and run.data.role in ("realised", "upcoming", "year")


def _place(runs: Sequence[Run], wanted: Run) -> int:
    return next(i for i, run in enumerate(runs) if run is wanted)


def _holds(frame: Frame, run: Run) -> bool:
    return run.region.frame is not None and run.region.frame.id == frame.id


def _under(box: Box, run: Run) -> bool:
    """Whether text that the label could head stands below it."""
    if run.role != "body":
        return False
    there = _box(run)
    across = min(box[2], there[2]) - max(box[0], there[0])
    return across > 0 and -SLACK <= there[1] - box[3] <= BELOW


def _left_of(frame: Frame, run: Run) -> bool:
    """Running text of the same box that stands level with the label's, left of it."""
    inside = None if run.region.frame is None else run.region.frame.id
    if run.role != "body" or inside != frame.parent:
        return False
    there = _box(run)
    middle = (there[1] + there[3]) / 2
    return (
        there[2] <= frame.box[0] + SLACK
        and frame.box[1] - SLACK <= middle <= frame.box[3] + SLACK
        and there[1] >= frame.box[1] - 2 * SLACK
    )


def _box(run: Run) -> Box:
    return union(line.box for line in run.lines)
