"""Blocks of a document without a word or sign of status: its verbs decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilan_extract import extract
from bilan_extract.assembly import first_report
from bilan_extract.language.judge import judge_stage
from bilan_extract.plan import Plan

PDF = Path(__file__).resolve().parents[1] / "corpus" / "test" / "crues-recit.pdf"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return extract(PDF)


def test_every_block_is_marked_as_inferred(plan: Plan) -> None:
    blocks = [b for a in plan.ambitions for p in a.priorities for e in p.engagements for b in e.blocks]
    assert len(blocks) == 18
    assert all(block.inferred and block.label is None for block in blocks)
    assert {block.status for block in blocks} == {"réalisé", "à venir"}


def test_progress_follows_from_the_inferred_blocks(plan: Plan) -> None:
    assert plan.progress is not None
    assert plan.progress.engagements == 10
    assert plan.progress.unknown == 0


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["La vallée garde la mémoire des crues.", "Onze repères ont été posés."], 1),
        (["L'objectif est de laisser l'eau monter.", "Le comité s'est réuni.", "Un pré sera acheté."], 1),
        (["La charte prévoit de laisser vieillir :", "Le relevé des îlots est en cours."], 1),
        (["Un centre de secours.", "Un terrain sera proposé."], 1),
        (["Onze repères ont été posés.", "Douze autres le seront."], 0),
        (["Un pré sera acheté."], 0),
        (["Les gardes parcourent les berges."], 0),
        (["Un pré, un étang."], 1),
        ([], 0),
    ],
)
def test_what_an_action_is_about_comes_before_its_report(texts: list[str], first: int) -> None:
    assert first_report([judge_stage(text, year=2030) for text in texts]) == first
