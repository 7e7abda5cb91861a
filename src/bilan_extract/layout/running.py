"""Running heads and feet: lines that stand on the same place of several pages. Geometry and repetition only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from bilan_extract.document import Line, PageLayout
from bilan_extract.patterns import lazy

HEAD, FOOT = 0.13, 0.10  # share of the page's height in which heads and feet stand
LEVEL = 7.0  # points: how far a running line may move from page to page

# "p.3", "Page 3/12", "- 4 -", "3 / 12", "Page 2 sur 9"
PAGE_NUMBER = lazy(r"^[-–—|\s]*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur|de)\s*\d{1,4})?[-–—|\s]*$", re.IGNORECASE)

_DIGITS = lazy(r"\d+")

# "Bilan du plan vélo - p.3", "Ville de Lormont, page 4/12": a foot that other pages word otherwise
FOOT_NUMBER = lazy(r"\S\s.*\bp(?:age|\.)\s?\d{1,4}(?:\s*/\s*\d{1,4})?$", re.IGNORECASE)
MOST_OF_FOOT = 12  # words


def find_running(layouts: Sequence[PageLayout]) -> dict[int, str]:
    """For each running line (by ``id(line)``) "running_head", "footer" or "page_number".

    A line is running where the same words (numbers apart) stand in the head or foot of at least three pages, or of half of
    a short document's pages, at the same height, and not as often in the midst of the text; or where it ends a page with
    its number.
    """
    places: dict[tuple[str, str], list[tuple[PageLayout, Line]]] = {}
    out: dict[int, str] = {}
    for layout in layouts:
        for zone, line in _zone_lines(layout):
            if PAGE_NUMBER.match(line.text):
                out[id(line)] = "page_number"
            elif zone == "foot" and len(line.words) <= MOST_OF_FOOT and FOOT_NUMBER.search(line.text):
                out[id(line)] = "footer"
            places.setdefault((zone, _key(line.text)), []).append((layout, line))
    least = 2 if len(layouts) <= 6 else 3
    keys = {key for _, key in places}
    everywhere = Counter(k for layout in layouts for r in layout.regions for line in r.lines if (k := _key(line.text)) in keys)
    for (zone, key), found in places.items():  # in the order of the pages
        if everywhere[key] >= len(found) + max(2, len(found)):
            continue  # a label of the text that now and then comes first on a page
        first = 0
        for layout, line in found:
            while layout.number - found[first][0].number > 8:
                first += 1
            near = set()
            for other, twin in islice(found, first, None):
                if other.number - layout.number > 8:
                    break
                if abs(twin.top - line.top) <= LEVEL:
                    near.add(other.number)
            if id(line) not in out and len(near) >= least and (len(near) >= 3 or len(layouts) <= 6):
                out[id(line)] = "running_head" if zone == "head" else "footer"
    return out


def _zone_lines(layout: PageLayout) -> list[tuple[str, Line]]:
    if layout.height is None:
        return []
    out = []
    for region in layout.regions:
        frame = region.frame
        if frame is not None and (frame.kind != "box" or frame.box[3] - frame.box[1] > 0.2 * layout.height):
            continue  # what stands in a box of the text is no running head, wherever the box begins
        for line in region.lines:
            if line.bottom <= HEAD * layout.height:
                out.append(("head", line))
            elif line.top >= (1 - FOOT) * layout.height:
                out.append(("foot", line))
    return out


def _key(text: str) -> str:
    return _DIGITS.sub("#", text.lower())
