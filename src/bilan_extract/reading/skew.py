"""The way between a page as it was scanned and the page set straight."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bilan_extract.document import Box

if TYPE_CHECKING:
    from bilan_extract.plan import Plan, Region, SetAside


class Skew(NamedTuple):
    """A page that lies askew: its lines rise by ``degrees``, about the page's middle ``x``, ``y`` (points).

    ``turn`` is 90, 180 or 270 for a sheet that was scanned on its side or upside down; ``degrees`` come on top. A page on its
    side is as wide set straight as it was high.
    """

    degrees: float
    x: float
    y: float
    turn: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the page set straight."""
        return (self.y, self.x) if self.turn % 180 else (self.x, self.y)

    def straightened(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the scan lies once the page is set straight."""
        return _turned((x, y), (self.x, self.y), self.middle, self.degrees + self.turn)

    def original(self, box: Box) -> Box:
        """The box, on the page as it was scanned, around a box of the page set straight."""
        x0, top, x1, bottom = box
        corners = ((x0, top), (x1, top), (x0, bottom), (x1, bottom))
        back = -self.degrees - self.turn
        xs, ys = zip(*(_turned(corner, self.middle, (self.x, self.y), back) for corner in corners), strict=True)
        return (min(xs), min(ys), max(xs), max(ys))


def _turned(
    point: tuple[float, float], middle: tuple[float, float], new_middle: tuple[float, float], degrees: float
) -> tuple[float, float]:
    dx, dy = point[0] - middle[0], point[1] - middle[1]
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return new_middle[0] + cos * dx - sin * dy, new_middle[1] + sin * dx + cos * dy


def lead_back(plan: Plan, skews: Mapping[int, Skew]) -> None:
    """Moves every region and set-aside box of the plan to where it is on the page as it was scanned.

    Args:
        plan: made from pages set straight; changed in place.
        skews: by page number; pages that lay straight are not in it.
    """
    if not skews:
        return
    for place in (*_regions(plan), *plan.set_aside):
        skew = skews.get(place.page)
        if skew is not None and place.bbox is not None:
            x0, top, x1, bottom = skew.original(place.bbox)
            place.bbox = (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))


def _regions(plan: Plan) -> Iterator[Region | SetAside]:
    for claim in plan.reported_progress:
        yield from claim.regions
    for ambition in plan.ambitions:
        yield from ambition.regions
        for priority in ambition.priorities:
            yield from priority.regions
            for focus in priority.focus:
                yield from focus.regions
            for engagement in priority.engagements:
                yield from engagement.regions
            for block in (*priority.blocks, *(b for e in priority.engagements for b in e.blocks)):
                yield from block.regions
                for item in block.items:
                    yield from item.regions
