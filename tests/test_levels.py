"""Which of a document's headings are what, on made runs."""

from __future__ import annotations

from bilan_extract.document import Line, Region, Word
from bilan_extract.profile import load_profile
from bilan_extract.segmentation.labels import Heading, Label, Words
from bilan_extract.segmentation.levels import find_levels
from bilan_extract.segmentation.runs import Run


def run(text: str, role: str, data: Heading | Label) -> Run:
    line = Line(tuple(Word(t, 1, 40 + 60 * k, 10, 90 + 60 * k, 22, size=12.0, bold=True) for k, t in enumerate(text.split())))
    return Run(Region(1, (line,), None, "flow"), [line], "bold", (12.0, True, (0, 0, 0)), role=role, data=data)


def action(number: int, *, labels: int) -> list[Run]:
    title = Heading("action", number, (str(number),), f"Action {number}", "Planter")
    out = [run(f"Action {number}", "heading", title)]
    for _ in range(labels):
        out += [run("Ce que nous avions dit", "label", Label("engagement", "Ce que nous avions dit", None, "words"))]
        out += [run("Ce qui est fait", "label", Label("realised", "Ce qui est fait", None, "words"))]
    return out


def holds(sections: list[int]) -> bool:
    runs = [part for k, n in enumerate(sections) for part in action(k + 1, labels=n)]
    return find_levels(runs, Words(load_profile())).has_engagement_labels


def test_labels_set_engagements_off_where_sections_hold_several_and_one_odd_section_of_many_says_nothing() -> None:
    assert not holds([1, 1, 1, 1])
    assert holds([2, 3, 2])
    assert holds([1, 2, 1, 3])
    assert not holds([1, 1, 1, 3, 1, 0, 1, 1]), "a heading was lost, or its section is read out of order"


def titled(word: str, number: int, title: str) -> Run:
    label = f"{word.capitalize()} {number}"
    return run(f"{label} {title}".strip(), "heading", Heading(word, number, (str(number),), label, title))


def test_a_level_that_an_annex_lists_again_is_not_met_twice_as_often() -> None:
    runs = []
    for axe in (1, 2, 3):
        runs.append(titled("axe", axe, f"Grandir {axe}"))
        for own in (2 * axe - 1, 2 * axe)[: 1 if axe == 2 else 2]:
            runs += [titled("orientation", own, f"Des collèges {own}"), titled("mesure", own, "")]
            runs.append(run("Fait", "label", Label("realised", "Fait", None, "words")))
    runs += [titled("axe", axe, "") for axe in (1, 2, 3)]
    assert find_levels(runs, Words(load_profile())).role_of == {
        "axe": "ambition", "orientation": "priority", "mesure": "engagement"
    }  # fmt: skip
