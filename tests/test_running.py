"""Running heads and feet: what stands on the same place of several pages, and what ends a page with its number."""

from __future__ import annotations

from printed import column, line, page

from bilan_extract.document import PageLayout
from bilan_extract.layout.page import lay_out
from bilan_extract.layout.running import find_running

TEXT = ["Les quais ont été pavés jusqu'au moulin", "et deux pontons accueillent les barques."]


def running(feet: list[str], top: float = 800.0) -> list[str | None]:
    """What each of these lines, one a page, is taken for."""
    layouts: list[PageLayout] = []
    for number, foot in enumerate(feet, start=1):
        lines = column(TEXT, 60, 200 + 7 * number, page=number)
        layouts.append(lay_out(page([*lines, line(foot, 60, top, page=number)], number=number)))
    found = find_running(layouts)
    last = [layout.regions[-1].lines[-1] for layout in layouts]
    assert [ln.text for ln in last] == feet
    return [found.get(id(ln)) for ln in last]


def test_the_same_foot_on_three_pages():
    assert running(["Plan des rives, bilan 2024"] * 3) == ["footer"] * 3


def test_a_foot_with_a_page_number_that_no_other_page_has():
    assert running(["Plan des rives - p.3", "Bilan du plan des rives, page 4/12"]) == ["footer"] * 2


def test_a_page_number_alone():
    assert running(["3", "- 4 -"]) == ["page_number"] * 2


def test_a_last_line_of_text_is_none():
    assert running(["Le moulin sera repeint en 2026.", "Voir aussi la page des ponts."]) == [None, None]
    assert running(["Plan des rives - p.3"], top=400.0) == [None]
