"""Progress from blocks and statements."""

from __future__ import annotations

import pytest
from plans import make_bare_plan

from bilan_extract.plan import Ambition, Block, Engagement, Item, Priority
from bilan_extract.progress import judge_progress, progress_of


def engagement(*blocks):
    return Engagement(
        id="1.1",
        text="Ouvrir une maison des aidants.",
        blocks=[
            Block(
                status=status,
                label=None,
                period=None,
                items=[Item(kind="paragraph", text="…", stage=stage) for stage in stages],
            )
            for status, stages in blocks
        ],
    )


@pytest.mark.parametrize(
    ("blocks", "state"),
    [
        ([("réalisé", ["achevé", None])], "réalisé"),
        ([("réalisé", ["achevé"]), ("à venir", ["prévu"])], "en cours"),
        ([("réalisé", ["en cours"])], "en cours"),
        ([("à venir", ["prévu", None])], "à venir"),
        ([("à venir", ["achevé"])], "réalisé"),
        ([("réalisé", [])], None),
        ([], None),
    ],
)
def test_what_the_statements_show(blocks, state):
    assert progress_of(engagement(*blocks))[0] == state


def test_the_statements_that_decided_are_named():
    assert progress_of(engagement(("réalisé", ["achevé"]), ("à venir", ["prévu"])))[1] == [(0, 0), (1, 0)]


def told(status: str, *items: tuple[str, str | None, float]) -> Engagement:
    block = Block(
        status=status,
        label="Ce qui a été fait",
        period=None,
        items=[Item(kind="paragraph", text=text, stage=stage, stage_score=score) for text, stage, score in items],
    )
    return Engagement(id="1.1", text="Curer les fossés.", blocks=[block])


def doubts(engagement: Engagement) -> list[str]:
    priority = Priority(number=1, label=None, title="Eau", engagements=[engagement])
    plan = make_bare_plan()
    plan.ambitions = [Ambition(number=None, label=None, title=None, priorities=[priority])]
    return [w.message for w in judge_progress(plan).warnings if w.code == "status_in_doubt"]


def test_a_block_of_what_was_done_that_speaks_of_the_future_gets_a_warning():
    found = doubts(told("réalisé", ("Les fossés seront curés.", "prévu", 0.98)))
    assert len(found) == 1
    assert "Les fossés seront curés." in found[0]
    assert len(doubts(told("à venir", ("Les fossés ont été curés.", "achevé", 0.98)))) == 1


def test_no_warning_where_most_statements_or_the_judge_side_with_the_label():
    done = ("Les fossés ont été curés.", "achevé", 0.98)
    later = ("La mare sera curée.", "prévu", 0.98)
    assert doubts(told("réalisé", done, done, later)) == []
    assert doubts(told("réalisé", ("La mare serait curée.", "prévu", 0.6))) == []
    assert doubts(told("à venir", later)) == []
