"""The corpus' documents reach the scores pinned in corpus/floors.json, and its README claims no more than that."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from bilan_extract import extract
from bilan_extract.evaluate import NAMES, Evaluation, evaluate
from bilan_extract.evaluate_command import END, OVERVIEW, START
from bilan_extract.floors import below, floors_text, gold_hash, load_floors

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FLOORS = load_floors(CORPUS / "floors.json")
FILES = sorted(CORPUS.glob("*/*.gold.json"))
GOLDS = {path.relative_to(CORPUS).as_posix().removesuffix(".gold.json"): path for path in FILES}
by_name = pytest.mark.parametrize("name", GOLDS)


@cache
def measured(name: str) -> Evaluation:
    gold = json.loads(GOLDS[name].read_text(encoding="utf-8"))
    return evaluate(gold, extract(CORPUS / f"{name}.pdf", ocr="off"))


def readme_rows() -> dict[str, list[str]]:
    """The rows of the README's table of scores, by document."""
    tables = (CORPUS / "README.md").read_text(encoding="utf-8").partition(START)[2].partition(END)[0]
    lines = [line for line in tables.partition("Scores today")[2].split("\n") if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in rows}


def test_every_document_has_floors_and_every_floor_a_document() -> None:
    assert set(FLOORS) == set(GOLDS)


def test_the_file_is_as_the_command_writes_it() -> None:
    assert (CORPUS / "floors.json").read_text(encoding="utf-8") == floors_text(FLOORS)


@by_name
def test_scores_reach_their_floors(name: str) -> None:
    assert below(FLOORS[name], gold_hash(GOLDS[name]), measured(name)) == []


@by_name
def test_floors_pin_every_score(name: str) -> None:
    assert set(FLOORS[name].scores) <= set(NAMES)
    assert {key for key in NAMES if measured(name).value(key) is not None} <= set(FLOORS[name].scores)


@by_name
def test_the_readme_claims_no_more_than_is_measured(name: str) -> None:
    row = readme_rows()[name]
    assert len(row) == len(OVERVIEW)
    for key, shown in zip(OVERVIEW, row, strict=True):
        if shown != "-":
            value = measured(name).value(key)
            assert value is not None, key
            assert float(shown) <= value + 0.005, key
