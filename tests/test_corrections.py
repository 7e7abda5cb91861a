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
    Place,
    apply_corrections,
    corrections_of,
    count_progress,
    load_corrections,
    places,
)
from bilan_extract.errors import InputError, InputNotFoundError
from bilan_extract.plan import Block, Engagement, Figure, Focus, Item, Plan, Progress

DOC = "c0ffee12ab34"
GARAGE_ITEM, LOAN_ITEM, BRIDGE_ITEM = f"{DOC}/1.1/b1/i2", f"{DOC}/1.1/b1/i3", f"{DOC}/1.1/b2/i1"


def change(target: str, field: str, value: str | float, source_text: str, **more: Any) -> Correction:
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
            ("value", float("nan")),
        ],
    )
    def test_values_fit_their_field(self, field: str, value: str | float) -> None:
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
