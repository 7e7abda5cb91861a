"""What a person decides is applied to the right place, kept, and refused where the text is no longer the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import (
    BRIDGE,
    COACHES,
    GARAGES,
    LOANS,
    PEDIBUS,
    PROMISE,
    SHA,
    STORY,
    make_bare_plan,
    make_plan,
    reference_plan,
)
from pydantic import ValidationError

from bilan_extract.corrections import (
    Correction,
    CorrectionRefusedError,
    Corrections,
    apply_corrections,
    corrections_of,
    load_corrections,
)
from bilan_extract.errors import InputError, InputNotFoundError
from bilan_extract.places import Place, places
from bilan_extract.plan import Block, Engagement, Figure, Focus, Item, NewDate, NewFigure, Plan, Progress
from bilan_extract.progress import count_progress, judge_progress

DOC = "c0ffee12ab34"
GARAGE_ITEM, LOAN_ITEM, BRIDGE_ITEM = f"{DOC}/1.1/b1/i2", f"{DOC}/1.1/b1/i3", f"{DOC}/1.1/b2/i1"


def change(target: str, field: str, value: Any, source_text: str, **more: Any) -> Correction:
    return Correction.model_validate(
        {"target": target, "sha256": SHA, "field": field, "value": value, "source_text": source_text} | more
    )


def at(plan: Plan, place_id: str) -> Place:
    return next(place for place in places(plan) if place.id == place_id)


def node(plan: Plan, place_id: str) -> Any:
    return at(plan, place_id).node


def home_of(plan: Plan, text: str) -> tuple[str, str]:
    """Owner's id and status of the block that holds the statement."""
    place = next(p for p in places(plan) if isinstance(p.node, Item) and p.node.text == text)
    block = place.parent
    assert block is not None
    assert block.parent is not None
    assert isinstance(block.node, Block)
    return block.parent.id.removeprefix(f"{DOC}/"), block.node.status


@pytest.mark.parametrize("maker", [make_plan, make_bare_plan, reference_plan])
def test_ids_are_unique_and_the_same_again(maker: Callable[[], Plan]) -> None:
    ids = [place.id for place in places(maker())]
    assert len(ids) == len(set(ids))
    assert ids == [place.id for place in places(Plan.model_validate_json(maker().to_json()))]


def test_ids_tell_the_structure() -> None:
    ids = [place.id.removeprefix(f"{DOC}/") for place in places(make_plan())]
    assert ids[:4] == ["a1", "a1/p1", "1.1", "1.1/fig77-84"]
    assert "a1/p1/focus1/fig34-43" in ids
    assert "1.1~2" in ids, "an engagement's number that stands twice"
    assert "a2/p1/b1/i1/date38-50" in ids


def test_an_engagement_numbered_like_an_ambition_has_its_own_id() -> None:
    plan = make_plan()
    plan.ambitions[0].priorities[0].engagements[0].id = "a2"
    plan.ambitions[0].priorities[0].engagements[1].id = "1/2 b"
    ids = [place.id for place in places(plan)]
    assert len(ids) == len(set(ids))
    assert f"{DOC}/1_2_b" in ids


def test_a_status_moves_the_statement_to_the_block_of_that_status() -> None:
    plan = make_plan()
    result = apply_corrections(plan, [change(LOAN_ITEM, "status", "à venir", LOANS)])
    assert home_of(result, LOANS) == ("1.1", "à venir")
    assert [i.text for i in node(result, f"{DOC}/1.1/b2").items][-1] == LOANS
    assert len(node(result, f"{DOC}/1.1").blocks) == 2
    assert plan == make_plan(), "the plan given is not changed"


def test_a_status_without_such_a_block_makes_one() -> None:
    result = apply_corrections(make_plan(), [change(f"{DOC}/1.2/b2/i1", "status", "réalisé", _survey())])
    assert home_of(result, _survey()) == ("1.2", "réalisé")
    blocks = node(result, f"{DOC}/1.2").blocks
    assert [(b.status, len(b.items)) for b in blocks] == [("réalisé", 2), ("à venir", 0)]
    only = make_plan()
    only.ambitions[0].priorities[0].engagements[1].blocks.pop(0)
    made = node(apply_corrections(only, [change(f"{DOC}/1.2/b1/i1", "status", "réalisé", _survey())]), f"{DOC}/1.2/b2")
    assert (made.status, made.label, made.period, made.regions) == ("réalisé", None, None, made.items[0].regions)


def _survey() -> str:
    text = make_plan().ambitions[0].priorities[0].engagements[1].blocks[1].items[0].text
    assert text.startswith("\tUne enquête")
    return text


def test_a_blocks_status_changes_for_all_its_statements() -> None:
    target = f"{DOC}/1.1/b2"
    source = at(make_plan(), target).source_text
    result = apply_corrections(make_plan(), [change(target, "status", "réalisé", source)])
    assert home_of(result, BRIDGE) == ("1.1", "réalisé")
    assert result.corrections[0].before == "à venir"


@pytest.mark.parametrize("value", ["1.2", f"{DOC}/1.2"])
def test_another_engagement(value: str) -> None:
    result = apply_corrections(make_plan(), [change(GARAGE_ITEM, "engagement", value, GARAGES)])
    assert home_of(result, GARAGES) == ("1.2", "réalisé")
    assert (result.corrections[0].before, result.corrections[0].after) == (f"{DOC}/1.1", f"{DOC}/1.2")


def test_an_engagement_without_blocks_gets_one_with_the_old_label_and_period() -> None:
    result = apply_corrections(make_plan(), [change(GARAGE_ITEM, "engagement", "1.1~2", GARAGES)])
    made = node(result, f"{DOC}/1.1~2/b1")
    assert (made.status, made.label, made.period) == ("réalisé", "Fait en 2024", make_plan().period)


def test_from_a_priority_to_an_engagement_and_back() -> None:
    pedibus = f"{DOC}/a2/p1/b1/i1"
    there = apply_corrections(make_plan(), [change(pedibus, "engagement", "1.1~2", PEDIBUS)])
    assert home_of(there, PEDIBUS) == ("1.1~2", "à venir")
    back = apply_corrections(there, [change(f"{DOC}/1.1~2/b1/i1", "engagement", "a2/p1", PEDIBUS)])
    assert home_of(back, PEDIBUS) == ("a2/p1", "à venir")


def test_status_and_engagement_of_one_statement_move_it_once() -> None:
    result = apply_corrections(
        make_plan(),
        [change(GARAGE_ITEM, "engagement", "1.2", GARAGES), change(GARAGE_ITEM, "status", "à venir", GARAGES)],
    )
    assert home_of(result, GARAGES) == ("1.2", "à venir")
    assert [len(e.blocks) for e in _engagements(result)] == [2, 2, 0]


def _engagements(plan: Plan) -> list[Engagement]:
    return [e for a in plan.ambitions for p in a.priorities for e in p.engagements]


def test_a_text_keeps_the_figures_it_still_holds() -> None:
    text = "Pour 18 500 €, pose de plus de 40 garages à vélos près des écoles."
    result = apply_corrections(make_plan(), [change(GARAGE_ITEM, "text", text, GARAGES)])
    item = node(result, GARAGE_ITEM)
    assert item.text == text
    assert [f.text for f in item.figures] == ["18 500 €", "plus de 40 garages"]
    assert [text[f.span[0] : f.span[1]] for f in item.figures] == [f.text for f in item.figures]
    assert result.warnings == make_plan().warnings


def test_a_figure_that_a_text_no_longer_holds_is_told() -> None:
    result = apply_corrections(make_plan(), [change(GARAGE_ITEM, "text", "Pose de garages.", GARAGES)])
    assert node(result, GARAGE_ITEM).figures == []
    told = result.warnings[2:]
    assert [(w.code, w.page) for w in told] == [("lost_by_correction", 3)] * 2
    assert "18 500 €" in told[1].message


@pytest.mark.parametrize(("target", "source"), [(f"{DOC}/1.1", PROMISE), (f"{DOC}/a1/p1/focus1", STORY)])
def test_texts_of_engagements_and_focus(target: str, source: str) -> None:
    result = apply_corrections(make_plan(), [change(target, "text", "Autre texte e\u0301crit.", source)])
    found = node(result, target)
    assert isinstance(found, Engagement | Focus)
    assert found.text == "Autre texte écrit."


def test_a_figures_value() -> None:
    target = f"{GARAGE_ITEM}/fig59-67"
    result = apply_corrections(make_plan(), [change(target, "value", 18600, GARAGES, note="facture")])
    figure = node(result, target)
    assert isinstance(figure, Figure)
    assert figure.value == 18600
    done = result.corrections[0]
    assert (done.before, done.after, done.decided_by, done.note) == (18500, 18600, "human", "facture")
    assert Plan.model_validate_json(result.to_json()) == result


def test_a_value_above_the_upper_end_is_refused() -> None:
    with pytest.raises(CorrectionRefusedError, match="borne haute"):
        apply_corrections(make_plan(), [change(f"{DOC}/1.2/b1/i1/fig18-35", "value", 31, COACHES)])


class TestRefused:
    """Corrections that do not fit."""

    @pytest.mark.parametrize(
        ("entry", "reason"),
        [
            (change(GARAGE_ITEM, "status", "à venir", "Pose de 12 garages."), "source_changed"),
            (change(f"{GARAGE_ITEM}/fig59-67", "value", 3, "Pose de 12 garages."), "source_changed"),
            (change(f"{DOC}/9.9/b1/i1", "status", "à venir", "Rien."), "not_found"),
            (change(GARAGE_ITEM, "status", "à venir", GARAGES, sha256="e" * 64), "other_document"),
            (change(GARAGE_ITEM, "engagement", "7.7", GARAGES), "not_possible"),
            (change(GARAGE_ITEM, "engagement", "1.1/b1", GARAGES), "not_possible"),
            (change(f"{DOC}/1.1", "status", "à venir", PROMISE), "not_possible"),
            (change(f"{DOC}/a1", "text", "Autre", "La ville à vélo"), "not_possible"),
        ],
    )
    def test_one_is_refused_and_the_others_are_applied(self, entry: Correction, reason: str) -> None:
        good = change(LOAN_ITEM, "status", "à venir", LOANS)
        with pytest.raises(CorrectionRefusedError) as caught:
            apply_corrections(make_plan(), [entry, good])
        assert [(r.reason, r.correction) for r in caught.value.refusals] == [(reason, entry)]
        assert entry.target in str(caught.value)
        assert caught.value.plan == apply_corrections(make_plan(), [good])

    def test_two_that_contradict_each_other(self) -> None:
        entries = [change(GARAGE_ITEM, "text", text, GARAGES) for text in ("Un.", "Deux.", "Un.")]
        with pytest.raises(CorrectionRefusedError) as caught:
            apply_corrections(make_plan(), entries)
        assert [r.reason for r in caught.value.refusals] == ["conflict"]
        assert node(caught.value.plan, GARAGE_ITEM).text == "Un."

    def test_a_changed_source_text(self) -> None:
        plan = make_plan()
        node(plan, GARAGE_ITEM).text = GARAGES.replace("40", "400")
        with pytest.raises(CorrectionRefusedError, match="a changé"):
            apply_corrections(plan, [change(GARAGE_ITEM, "status", "à venir", GARAGES)])


class TestAgain:
    """Corrections outlive a new conversion."""

    entries = (
        change(GARAGE_ITEM, "text", "Pose de garages à vélos.", GARAGES, note="coquille"),
        change(LOAN_ITEM, "status", "à venir", LOANS),
        change(f"{BRIDGE_ITEM}", "engagement", "1.2", BRIDGE),
        change(f"{DOC}/1.2/b1/i1/fig18-35", "value", 27.5, COACHES),
    )

    def test_the_plan_keeps_what_a_new_conversion_needs(self, tmp_path: Path) -> None:
        corrected = apply_corrections(make_plan(), self.entries)
        path = tmp_path / "corrections.json"
        path.write_text(corrections_of(corrected).to_json(), encoding="utf-8")
        assert apply_corrections(make_plan(), load_corrections(path)) == corrected

    def test_applying_twice_is_applying_once(self) -> None:
        once = apply_corrections(make_plan(), self.entries)
        assert apply_corrections(once, self.entries) == once

    def test_applying_twice_where_a_statement_had_moved(self) -> None:
        plan = make_plan()
        plan.ambitions[0].priorities[0].engagements[0].blocks[0].items.insert(0, Item(kind="bullet", text="Une ligne."))
        once = apply_corrections(plan, self.entries)
        assert len(once.corrections) == 4
        assert apply_corrections(once, self.entries) == once

    @given(st.permutations(range(4)))
    def test_the_order_does_not_matter(self, order: list[int]) -> None:
        result = apply_corrections(make_plan(), [self.entries[i] for i in order])
        wanted = apply_corrections(make_plan(), self.entries)
        assert result.ambitions == wanted.ambitions

    def test_a_statement_that_moved_is_found_by_its_text(self) -> None:
        plan = make_plan()
        block = plan.ambitions[0].priorities[0].engagements[0].blocks[0]
        block.items.insert(0, Item(kind="bullet", text="Une ligne de plus."))
        result = apply_corrections(plan, self.entries)
        assert home_of(result, LOANS) == ("1.1", "à venir")
        assert result.corrections[0].target == f"{DOC}/1.1/b1/i3"

    def test_a_text_that_stands_twice_is_not_guessed_at(self) -> None:
        plan = make_plan()
        items = plan.ambitions[0].priorities[0].engagements[0].blocks[0].items
        items[1:1] = [Item(kind="bullet", text="Une ligne de plus."), items[2].model_copy(deep=True)]
        items.insert(0, Item(kind="bullet", text="Une autre."))
        with pytest.raises(CorrectionRefusedError) as caught:
            apply_corrections(plan, [change(LOAN_ITEM, "status", "à venir", LOANS)])
        assert caught.value.refusals[0].reason == "source_changed"


    def test_a_text_and_a_value_of_one_statement(self) -> None:
        entries = [
            change(GARAGE_ITEM, "text", GARAGES.replace("Pose", "Installation"), GARAGES),
            change(f"{GARAGE_ITEM}/fig8-26", "value", 44, GARAGES),
        ]
        for order in (entries, entries[::-1]):
            result = apply_corrections(make_plan(), order)
            assert node(result, GARAGE_ITEM).figures[0].value == 44
            assert apply_corrections(make_plan(), corrections_of(result)) == result

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (GARAGES.replace("plus de 40 garages", "44 abris"), "44 abris"),
            (f"En 2024 : {GARAGES.replace('plus de 40', 'environ 44')} Fini.", "environ 44 garages"),
            ("Installation (44 garages) devant les écoles, pour 18 500 €.", "44 garages"),
            ("Devant les écoles, pour 18 500 €.", None),
        ],
    )
    def test_a_figure_given_a_value_follows_its_words(self, text: str, words: str | None) -> None:
        entries = [
            change(GARAGE_ITEM, "text", text, GARAGES), change(f"{GARAGE_ITEM}/fig8-26", "value", 44, GARAGES)
        ]
        for order in (entries, entries[::-1]):
            item = node(apply_corrections(make_plan(), order), GARAGE_ITEM)
            assert [one.text for one in item.figures if one.value == 44] == ([words] if words else [])
            assert all(item.text[slice(*one.span)] == one.text for one in item.figures)
            assert item.figures[-1].value == 18500
        lost = apply_corrections(make_plan(), entries[:1])  # without a new value, the old one is not the new words'
        assert [one.value for one in node(lost, GARAGE_ITEM).figures] == [18500]

    def test_decisions_on_decisions(self, tmp_path: Path) -> None:
        """Each step was decided on the plan as the one before left it, as in a report of a corrected plan."""
        loans, new = f"{LOAN_ITEM}/fig9-17", "Prêt de 12 vélos."
        steps = [
            [change(LOAN_ITEM, "text", new, LOANS), change(loans, "value", 13, LOANS)],
            [change(LOAN_ITEM, "status", "à venir", new), change(f"{LOAN_ITEM}/fig8-16", "value", 14, new)],
            [change(f"{DOC}/1.1/b2/i3", "status", "réalisé", new), change(f"{DOC}/1.1/b2/i3/fig8-16", "value", 15, new)],
        ]
        plan = make_plan()
        for entries in steps:
            plan = apply_corrections(plan, entries)
        assert [done.step for done in plan.corrections] == [1, 1, 2, 2, 3, 3]
        assert home_of(plan, new) == ("1.1", "réalisé")
        assert node(plan, LOAN_ITEM).figures[0].value == 15
        path = tmp_path / "corrected.json"
        path.write_text(plan.to_json(), encoding="utf-8")  # a corrected plan stands for its corrections
        assert apply_corrections(make_plan(), load_corrections(path)) == plan
        assert apply_corrections(plan, corrections_of(plan)) == plan


    def test_there_and_back_and_there(self) -> None:
        figure = f"{LOAN_ITEM}/fig9-17"
        plan = make_plan()
        for step, value in enumerate((13, 12, 13), 1):
            plan = apply_corrections(plan, [change(figure, "value", value, LOANS, step=step)])
            assert node(plan, LOAN_ITEM).figures[0].value == value
        assert [done.after for done in plan.corrections] == [13, 12, 13]
        assert apply_corrections(make_plan(), corrections_of(plan)) == plan
        assert apply_corrections(plan, corrections_of(plan)) == plan


class TestQuantities:
    """Figures and dates that were misread, made up or overlooked."""

    bridge = f"{BRIDGE_ITEM}/date40-52"

    @pytest.mark.parametrize(
        ("edtf", "start", "end", "approximate"),
        [
            ("2025-09-06", "2025-09-06", "2025-09-06", False), ("2025", "2025-01-01", "2025-12-31", False),
            ("2024-02", "2024-02-01", "2024-02-29", False), ("../2027", None, "2027-12-31", False),
            ("2025-06/..", "2025-06-01", None, False), ("2025-34", "2025-04-01", "2025-06-30", False),
            ("2025-24", "2025-12-01", "2026-02-28", False), ("2025-10~/2025-12~", "2025-10-01", "2025-12-31", True),
            ("2025-41", "2025-07-01", "2025-12-31", False),
        ],
    )
    def test_a_date(self, edtf: str, start: str | None, end: str | None, approximate: bool) -> None:
        result = apply_corrections(make_plan(), [change(self.bridge, "date", edtf, BRIDGE)])
        [date] = node(result, BRIDGE_ITEM).dates
        told = [day.isoformat() if day else None for day in (date.start, date.end)]
        assert (told, date.edtf, date.approximate, date.inferred) == ([start, end], edtf, approximate, None)
        [done] = result.corrections
        assert (done.before, done.after, done.decided_by) == ("2025-06-14", edtf, "human")

    @pytest.mark.parametrize(
        "edtf",
        ["juin", "2025-13", "2025-02-30", "..", "../..", "2026/2025", "0000", "9999-24", "2025/2026/2027", "2025-00", ""],
    )
    def test_no_date(self, edtf: str) -> None:
        for field, value in (("date", edtf), ("add", {"text": "le 14 juin", "date": edtf})):
            with pytest.raises(ValidationError) as caught:
                change(self.bridge, field, value, BRIDGE)
            assert "attend un texte" in str(caught.value) or "écrivez par exemple 2025" in str(caught.value)

    def test_one_that_is_none_is_deleted(self) -> None:
        entries = [change(self.bridge, "delete", "14 juin 2025", BRIDGE)]
        entries.append(change(f"{LOAN_ITEM}/fig9-17", "delete", "12 vélos", LOANS))
        result = apply_corrections(make_plan(), entries)
        assert (node(result, BRIDGE_ITEM).dates, node(result, LOAN_ITEM).figures) == ([], [])
        assert [(done.before, done.after) for done in result.corrections] == [("14 juin 2025", ""), ("12 vélos", "")]
        assert apply_corrections(result, entries) == result
        assert apply_corrections(make_plan(), corrections_of(result)) == result

    def test_only_what_was_meant_is_deleted(self) -> None:
        with pytest.raises(CorrectionRefusedError) as caught:
            apply_corrections(make_plan(), [change(f"{LOAN_ITEM}/fig9-17", "delete", "mars 2023", LOANS)])
        assert [refusal.reason for refusal in caught.value.refusals] == ["source_changed"]
        assert caught.value.plan == make_plan()

    def test_one_that_was_overlooked_is_added(self) -> None:
        figure = {"text": "des écoles", "kind": "count", "value": 7, "unit": "école", "bound": "about"}
        source = GARAGES
        entries = [
            change(GARAGE_ITEM, "add", figure | {"text": "les écoles"}, source),
            change(GARAGE_ITEM, "add", {"text": "pour 18 500 €", "date": "2024-03"}, source),
        ]
        result = apply_corrections(make_plan(), entries)
        item = node(result, GARAGE_ITEM)
        assert [one.text for one in item.figures] == ["plus de 40 garages", "les écoles", "18 500 €"]
        assert all(item.text[slice(*one.span)] == one.text for one in [*item.figures, *item.dates])
        assert (item.figures[1].value, item.figures[1].bound, item.dates[0].edtf) == (7, "about", "2024-03")
        assert result.corrections[0].after == NewFigure.model_validate(figure | {"text": "les écoles"})
        assert result.corrections[1].after == NewDate(text="pour 18 500 €", date="2024-03")
        assert apply_corrections(result, entries) == result
        assert apply_corrections(make_plan(), corrections_of(result)) == result

    def test_a_figure_may_stand_where_a_date_does(self) -> None:
        entries = [
            change(BRIDGE_ITEM, "add", {"text": "Moulin", "kind": "count", "value": 1}, BRIDGE),
            change(BRIDGE_ITEM, "add", {"text": "Moulin", "date": "2025"}, BRIDGE),
        ]
        item = node(apply_corrections(make_plan(), entries), BRIDGE_ITEM)
        assert "Moulin" in [one.text for one in item.figures]
        assert "Moulin" in [one.text for one in item.dates]

    def test_in_the_new_text(self) -> None:
        new = "Ouverture de 2 passerelles le 14 juin 2025."
        entries = [
            change(BRIDGE_ITEM, "add", {"text": "2 passerelles", "kind": "count", "value": 2}, BRIDGE),
            change(BRIDGE_ITEM, "text", new, BRIDGE),
        ]
        item = node(apply_corrections(make_plan(), entries), BRIDGE_ITEM)
        assert ([one.text for one in item.figures], [one.text for one in item.dates]) == (["2 passerelles"], ["14 juin 2025"])

    @pytest.mark.parametrize("words", ["3 passerelles", "14 juin"])
    def test_words_that_are_not_free(self, words: str) -> None:
        with pytest.raises(CorrectionRefusedError, match="n'est pas dans le texte, ou y est déjà") as caught:
            apply_corrections(make_plan(), [change(BRIDGE_ITEM, "add", {"text": words, "date": "2025"}, BRIDGE)])
        assert caught.value.plan == make_plan()

    def test_one_that_a_new_conversion_finds_itself(self) -> None:
        found = {"text": "14 juin 2025", "date": "2025-06-14"}
        result = apply_corrections(make_plan(), [change(BRIDGE_ITEM, "add", found, BRIDGE)])
        assert len(node(result, BRIDGE_ITEM).dates) == len(result.corrections) == 1

    def test_deleted_and_added_anew(self) -> None:
        entries = [
            change(f"{LOAN_ITEM}/fig9-17", "delete", "12 vélos", LOANS),
            change(LOAN_ITEM, "add", {"text": "12 vélos cargo", "kind": "count", "value": 12, "unit": "vélo cargo"}, LOANS),
        ]
        for order in (entries, entries[::-1]):
            result = apply_corrections(make_plan(), order)
            assert [one.unit for one in node(result, LOAN_ITEM).figures] == ["vélo cargo"]


class TestProgress:
    """Judgements do not outlive what they were made on."""

    def test_the_engagement_is_unjudged_and_counted_so(self) -> None:
        result = apply_corrections(make_plan(), [change(LOAN_ITEM, "status", "à venir", LOANS)])
        assert _engagements(result)[0].progress is None
        assert result.progress == Progress(engagements=3, realised=0, ongoing=0, upcoming=0, unknown=3)

    def test_a_text_or_a_value_leaves_the_judgement(self) -> None:
        result = apply_corrections(make_plan(), [change(GARAGE_ITEM, "text", "Pose de garages.", GARAGES)])
        assert result.progress == make_plan().progress == count_progress(result)

    def test_a_judge_judges_anew(self) -> None:
        def judge(plan: Plan) -> Plan:
            for engagement in _engagements(plan):
                engagement.progress = "à venir"
            plan.progress = count_progress(plan)
            return plan

        result = apply_corrections(make_plan(), [change(LOAN_ITEM, "status", "à venir", LOANS)], judge=judge)
        assert result.progress == Progress(engagements=3, realised=0, ongoing=0, upcoming=3, unknown=0)

    def test_what_was_judged_under_the_other_status_is_void(self) -> None:
        plan = make_plan()
        pedibus = next(p for p in places(plan) if p.source_text == PEDIBUS and p.kind == "item")
        result = apply_corrections(plan, [change(pedibus.id, "status", "réalisé", PEDIBUS)], judge=judge_progress)
        item = next(p.node for p in places(result) if p.source_text == PEDIBUS and p.kind == "item")
        assert isinstance(item, Item)
        assert (item.stage, item.stage_score) == (None, None)
        block = at(plan, f"{DOC}/1.1/b1")
        result = apply_corrections(plan, [change(block.id, "status", "à venir", block.source_text)], judge=judge_progress)
        assert _engagements(result)[0].progress == "à venir"
        unjudged = apply_corrections(plan, [change(LOAN_ITEM, "status", "à venir", LOANS)])
        assert _engagements(unjudged)[0].progress_from == []

    def test_a_plan_that_was_never_judged_stays_so(self) -> None:
        plan = make_plan()
        plan.progress = None
        assert apply_corrections(plan, [change(LOAN_ITEM, "status", "à venir", LOANS)]).progress is None


class TestFile:
    """The corrections file."""

    def test_it_reads_back(self, tmp_path: Path) -> None:
        path = tmp_path / "c.json"
        corrections = Corrections(corrections=list(TestAgain.entries))
        path.write_text(corrections.to_json(), encoding="utf-8")
        assert load_corrections(path) == corrections
        assert json.loads(path.read_text(encoding="utf-8"))["corrections"][3]["value"] == 27.5

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(InputNotFoundError):
            load_corrections(tmp_path / "none.json")

    @pytest.mark.parametrize("text", ["", "{", '{"corrections": [{"target": "x"}]}', '{"other": 1}', "[]"])
    def test_something_else(self, text: str, tmp_path: Path) -> None:
        path = tmp_path / "c.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match="pas un fichier de corrections"):
            load_corrections(path)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("status", "fini"), ("status", 1.0), ("text", " "), ("engagement", ""), ("value", "12"),
            ("value", float("nan")), ("value", {"text": "12", "kind": "count", "value": 1}), ("add", "12 vélos"),
            ("add", {"text": "", "date": "2025"}), ("add", {"text": "12", "kind": "count", "value": float("inf")}),
            ("add", {"text": "12", "kind": "poids", "value": 1}), ("delete", 12), ("date", 2025.0),
        ],
    )
    def test_values_fit_their_field(self, field: str, value: object) -> None:
        with pytest.raises(ValidationError):
            change(GARAGE_ITEM, field, value, GARAGES)


@given(st.data())
def test_no_correction_loses_a_statement(data: st.DataObject) -> None:
    plan = make_plan()
    items = [p for p in places(plan) if isinstance(p.node, Item)]
    owners = ["1.1", "1.2", "1.1~2", "a1/p1", "a2/p1"]
    entries = []
    for place in data.draw(st.lists(st.sampled_from(items), unique_by=lambda p: p.id)):
        field = data.draw(st.sampled_from(["status", "engagement"]))
        value = data.draw(st.sampled_from(["réalisé", "à venir"] if field == "status" else owners))
        entries.append(change(place.id, field, value, place.source_text))
    result = apply_corrections(plan, entries)
    texts = [p.node.text for p in places(result) if isinstance(p.node, Item)]
    assert sorted(texts) == sorted(p.source_text for p in items)
    for entry in entries:
        owner, status = home_of(result, entry.source_text)
        assert entry.value == (status if entry.field == "status" else owner)
