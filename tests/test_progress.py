"""Progress from blocks and statements."""

from __future__ import annotations

import pytest

from bilan_extract.plan import Block, Engagement, Item
from bilan_extract.progress import progress_of


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
