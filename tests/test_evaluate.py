"""evaluate: what counts as found, the command around it, and the same numbers as the scorer of the shared folder."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
import re
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan_extract.arguments import FrenchParser
from bilan_extract.errors import InputError, InputNotFoundError, UsageError
from bilan_extract.evaluate import NAMES, Score, Share, evaluate, pool
from bilan_extract.evaluate_command import BELOW, END, OK, START, UNREADABLE, add_arguments, find_cases, run
from bilan_extract.floors import load_floors
from bilan_extract.pairing import Text, best_first, likeness, likeness_of, pair, within_reach

ROOT = Path(__file__).resolve().parents[1]
GOLDS = sorted((ROOT / "corpus").glob("*/*.gold.json"))
SHARED = Path(__file__).resolve().parents[2] / "shared"
SCORER = SHARED / "score" / "score.py"

Json = dict[str, Any]


# -- a small plan of our own


def item(text: str, **more: Any) -> Json:
    return {"kind": "bullet", "text": text, "figures": [], "dates": [], "regions": [], **more}


def block(status: str, *texts: str) -> Json:
    return {"status": status, "label": status, "items": [item(text) for text in texts], "regions": []}


def engagement(text: str, *blocks: Json) -> Json:
    return {"text": text, "figures": [], "dates": [], "blocks": list(blocks), "regions": []}


def small() -> Json:
    done = block("réalisé", "Le jardin partagé a ouvert en mai 2024.", "Douze parcelles sont cultivées.")
    done["items"][0]["dates"] = [{"text": "mai 2024", "span": [30, 38], "start": "2024-05-01", "end": "2024-05-31"}]
    done["items"][1]["figures"] = [{"text": "Douze parcelles", "span": [0, 15], "kind": "count", "value": 12}]
    done["items"][0]["regions"] = [{"page": 2, "bbox": [50, 100, 150, 120]}]
    to_come = block("à venir", "Un composteur sera posé près de la serre.")
    second = engagement("Planter des haies le long des chemins", block("à venir", "Trois haies sont dessinées."))
    priority = {
        "number": 1, "label": "Axe 1", "title": "Cultiver ensemble",
        "engagements": [engagement("Ouvrir un jardin à tous les habitants", done, to_come), second],
        "blocks": [], "focus": [], "regions": [],
    }  # fmt: skip
    return {"document": {"number": "2025-14", "title": "Bilan des jardins"}, "ambitions": [{"priorities": [priority]}]}


def first_priority(plan: Json) -> Json:
    found: Json = plan["ambitions"][0]["priorities"][0]
    return found


def test_a_plan_equals_itself() -> None:
    result = evaluate(small(), small())
    assert {result.value(name) for name in result.scores} <= {1.0, None}
    assert result.misses == ()


def test_an_empty_plan_finds_nothing() -> None:
    result = evaluate(small(), {})
    assert result.scores["items"] == Score(hits=0, predicted=0, expected=4)
    assert result.value("figures") == result.value("placement") == 0.0
    assert result.value("focus") == 1.0  # there is none, and none is given
    assert {miss.what for miss in result.misses} <= {"missed", "differs"}


def test_a_block_at_the_wrong_engagement_costs_block_items_and_placement() -> None:
    plan = small()
    first, second = first_priority(plan)["engagements"]
    second["blocks"].append(first["blocks"].pop())
    result = evaluate(small(), plan)
    assert result.scores["engagements"] == Score(2, 2, 2)
    assert result.scores["blocks"] == Score(2, 3, 3)
    assert result.scores["items"] == Score(3, 4, 4)
    placement = result.scores["placement"]
    assert isinstance(placement, Score)
    assert placement.expected - placement.hits == 8  # the words of the block that stands elsewhere
    assert [(m.kind, m.what, m.where) for m in result.misses][:2] == [
        ("block", "missed", "Axe 1, engagement 1, à venir"),
        ("block", "invented", "Axe 1, engagement 2, à venir"),
    ]


def test_a_wrong_title_is_paid_for_once() -> None:
    plan = small()
    first_priority(plan)["title"] = "Tout autre chose"
    result = evaluate(small(), plan)
    assert result.value("priorities") == 0.0
    assert result.value("engagements") == result.value("items") == result.value("placement") == 1.0


def test_typography_is_no_difference_but_text_is_no_longer_exact() -> None:
    gold, plan = small(), small()
    first_priority(gold)["engagements"][0]["text"] = "Ouvrir le jardin « des Prés » à l’automne"
    first_priority(plan)["engagements"][0]["text"] = 'Ouvrir le jardin "des Prés" à l\'automne'
    result = evaluate(gold, plan)
    assert result.value("engagements") == 1.0
    assert result.scores["text_exact"] == Share(5, 6)


def test_optional_mentions_count_neither_way() -> None:
    gold, plan = small(), small()
    done = first_priority(gold)["engagements"][0]["blocks"][0]
    done["items"][1]["figures"][0]["optional"] = True
    assert evaluate(gold, plan).scores["figures"] == Score(0, 0, 0)
    first_priority(plan)["engagements"][0]["blocks"][0]["items"][1]["figures"] = []
    assert evaluate(gold, plan).scores["figures"] == Score(0, 0, 0)


def test_regions_by_page_and_overlap() -> None:
    plan = small()
    done = first_priority(plan)["engagements"][0]["blocks"][0]
    done["items"][0]["regions"] = [{"page": 2, "bbox": [50, 100, 100, 120]}]
    result = evaluate(small(), plan)
    assert (result.value("region_page"), result.value("region_iou")) == (1.0, 0.5)
    done["items"][0]["regions"] = [{"page": 3, "bbox": [50, 100, 150, 120]}]
    result = evaluate(small(), plan)
    assert (result.value("region_page"), result.value("region_iou")) == (0.0, 0.0)


def test_pool_adds_counts() -> None:
    half = small()
    first_priority(half)["engagements"].pop()
    total = pool([evaluate(small(), small()), evaluate(small(), half)])
    assert total.scores["engagements"] == Score(hits=3, predicted=3, expected=4)
    assert total.scores["document_fields"] == Share(4, 4, of_none=1.0)


# -- pairing

LETTERS = st.text(alphabet="aab é", max_size=40)
KEYED = st.lists(st.tuples(st.sampled_from("xy"), LETTERS), max_size=6)


@given(LETTERS, LETTERS, st.sampled_from([0.6, 0.8, 0.85, 0.9, 0.95]))
def test_what_is_out_of_reach_is_not_alike(a: str, b: str, least: float) -> None:
    if not within_reach(Text(None, a), Text(None, b), least):
        assert likeness(a, b) < least


@given(st.data(), st.sampled_from([0.8, 0.95]))
def test_edited_texts_stay_within_reach(data: st.DataObject, least: float) -> None:
    text = "Les sentiers de la vallée ont été balisés par trente bénévoles au printemps"
    cut = data.draw(st.integers(0, len(text) - 1))
    edited = text[:cut] + data.draw(st.text(alphabet="abc ", max_size=6)) + text[cut + data.draw(st.integers(0, 8)) :]
    assert within_reach(Text(None, text), Text(None, edited), least) or likeness(text, edited) < least


@given(KEYED, KEYED)
def test_pairs_are_those_of_comparing_everything(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> None:
    gold, plan = [Text(*entry) for entry in left], [Text(*entry) for entry in right]
    every = [(likeness_of(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(plan) if g.key == p.key]
    assert pair(gold, plan, 0.8) == sorted(best_first(every, 0.8))


def test_hundreds_of_near_texts_are_paired_quickly() -> None:
    chance = random.Random(3)
    vocabulary = [word for path in GOLDS[:4] for _, one in items_of(read(path)) for word in one["text"].split()]
    texts = [" ".join(chance.choices(vocabulary, k=40)) for _ in range(300)]
    changed = [text[:100] + "x" + text[101:] for text in texts]
    chance.shuffle(changed)
    start = time.process_time()
    pairs = pair([Text(None, text) for text in texts], [Text(None, text) for text in changed], 0.9)
    assert [changed[j][101:] for _, j in pairs] == [texts[i][101:] for i, _ in pairs]
    assert len(pairs) == 300
    assert time.process_time() - start < 20  # letter by letter, this takes minutes


# -- the same numbers as the shared scorer


@cache
def scorer() -> Any:
    if not SCORER.is_file():
        pytest.skip("the shared scorer is not beside the checkout")
    spec = importlib.util.spec_from_file_location("shared_scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # the shared folder is not ours to write in
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


def assert_same_numbers(gold: Json, plan: Json) -> None:
    theirs = scorer().Scorer(gold, plan).run()
    ours = {name: measure.as_json() for name, measure in evaluate(gold, plan).scores.items()}
    assert ours == theirs


@cache
def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def read(path: Path) -> Json:
    data: Json = json.loads(read_text(path))
    return data


def items_of(plan: Json) -> list[tuple[list[Json], Json]]:
    """Every item with the list that holds it."""
    return [(b["items"], one) for b in blocks_of(plan) for one in b["items"]]


def priorities_of(plan: Json) -> list[Json]:
    return [p for a in plan["ambitions"] for p in a["priorities"]]


def blocks_of(plan: Json) -> list[Json]:
    owners = [owner for p in priorities_of(plan) for owner in (p, *p["engagements"])]
    return [b for owner in owners for b in owner["blocks"]]


def owners_of(plan: Json) -> list[Json]:
    found = [one for _, one in items_of(plan)]
    return found + [e for p in priorities_of(plan) for e in (*p["engagements"], *p["focus"])]


def drop_item(plan: Json, chance: random.Random) -> None:
    if items_of(plan):
        held, one = chance.choice(items_of(plan))
        held.remove(one)


def double_item(plan: Json, chance: random.Random) -> None:
    if items_of(plan):
        held, one = chance.choice(items_of(plan))
        held.insert(chance.randrange(len(held) + 1), copy.deepcopy(one))


def turn_status(plan: Json, chance: random.Random) -> None:
    if blocks_of(plan):
        one = chance.choice(blocks_of(plan))
        one["status"] = "à venir" if one["status"] == "réalisé" else "réalisé"


def alter_text(plan: Json, chance: random.Random) -> None:
    one = chance.choice(owners_of(plan))
    words = (one["text"] or "").split(" ")
    for _ in range(chance.choice([1, 1, 2, 8])):
        words[chance.randrange(len(words))] = chance.choice(["", "grue", "« x »", "l’an", "1", "Œuvre"])
    one["text"] = " ".join(words)
    one["kind"] = chance.choice(["bullet", "paragraph"])


def move_engagement(plan: Json, chance: random.Random) -> None:
    full = [p for p in priorities_of(plan) if p["engagements"]]
    if full:
        source = chance.choice(full)
        moved = source["engagements"].pop(chance.randrange(len(source["engagements"])))
        target = chance.choice(priorities_of(plan))
        target["engagements"].insert(chance.randrange(len(target["engagements"]) + 1), moved)


def move_block(plan: Json, chance: random.Random) -> None:
    owners = [owner for p in priorities_of(plan) for owner in (p, *p["engagements"])]
    full = [owner for owner in owners if owner["blocks"]]
    if full:
        blocks = chance.choice(full)["blocks"]
        chance.choice(owners)["blocks"].append(blocks.pop(chance.randrange(len(blocks))))


def change_mentions(plan: Json, chance: random.Random) -> None:
    one = chance.choice(owners_of(plan))
    for figure in one["figures"]:
        figure["value"] = chance.choice([figure["value"], figure["value"] + 1, 3])
        figure["unit"] = chance.choice([figure["unit"], "arbre"])
    for date in one["dates"]:
        date["start"] = chance.choice([date["start"], "2024-01-01", None])
        date["edtf"] = chance.choice([date["edtf"], "2024"])
    if one["figures"] and chance.random() < 0.5:
        one["figures"].append(copy.deepcopy(chance.choice(one["figures"])) | {"span": [0, 4]})
    elif one["dates"]:
        one["dates"].pop()


def move_regions(plan: Json, chance: random.Random) -> None:
    one = chance.choice(owners_of(plan))
    for region in one["regions"]:
        region["page"] += chance.choice([0, 0, 1])
        if region["bbox"]:
            region["bbox"] = [side + chance.uniform(-9, 9) for side in region["bbox"]]


def change_levels(plan: Json, chance: random.Random) -> None:
    level = chance.choice([*plan["ambitions"], *priorities_of(plan)])
    level[chance.choice(["number", "title"])] = chance.choice([None, 1, 2]) if chance.random() < 0.3 else None
    if isinstance(level["title"], int):
        level["title"] = "Un autre titre"
    if len(plan["ambitions"]) > 1 and chance.random() < 0.3:
        plan["ambitions"].pop(chance.randrange(len(plan["ambitions"])))


def change_act(plan: Json, chance: random.Random) -> None:
    act = plan["document"]
    act[chance.choice(["number", "title", "collectivity", "signed_on"])] = chance.choice([None, "2024-01-02"])
    for name in ("legal_basis", "decision", "signatories"):
        if act[name] and chance.random() < 0.5:
            act[name].pop(chance.randrange(len(act[name])))
    for claim in plan["reported_progress"]:
        claim["share"] = chance.choice([claim["share"], 0.5])
    plan["period"] = chance.choice([plan["period"], None, {"start": "2024-01-01", "end": None}])


def make_optional(plan: Json, chance: random.Random) -> None:
    for one in owners_of(plan):
        for mention in (*one["figures"], *one["dates"]):
            if chance.random() < 0.1:
                mention["optional"] = True


CHANGES: list[Callable[[Json, random.Random], None]] = [
    drop_item, double_item, turn_status, alter_text, move_engagement, move_block, change_mentions, move_regions,
    change_levels, change_act,
]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(GOLDS), st.lists(st.sampled_from(CHANGES), min_size=1, max_size=12), st.integers(0, 10**6))
def test_same_numbers_on_changed_golds(
    path: Path, changes: list[Callable[[Json, random.Random], None]], seed: int
) -> None:
    chance = random.Random(seed)
    gold, plan = read(path), read(path)
    make_optional(gold, chance)
    for change in changes:
        change(plan, chance)
    assert_same_numbers(gold, plan)


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_same_numbers_on_the_corpus_and_between_documents(path: Path) -> None:
    gold = read(path)
    assert_same_numbers(gold, gold)
    assert_same_numbers(gold, read(GOLDS[GOLDS.index(path) - 1]))
    assert_same_numbers(gold, {})


@pytest.mark.parametrize("source", [pytest.param("deliberation-2025-8.pdf", marks=pytest.mark.slow), "source.txt"])
def test_same_numbers_on_the_reference(source: str) -> None:
    from bilan_extract import extract

    folder = SHARED / "reference"
    if not folder.is_dir():
        pytest.skip("the reference document is not beside the checkout")
    gold = read(folder / ("gold.json" if source.endswith(".pdf") else "gold-source.json"))
    plan = extract(folder / source)
    assert_same_numbers(gold, plan.model_dump(mode="json", by_alias=True))
    assert evaluate(gold, plan).scores == evaluate(gold, plan.model_dump(mode="json", by_alias=True)).scores


# -- the command


def call(*arguments: object) -> int:
    parser = FrenchParser(prog="evaluate")
    add_arguments(parser)
    return run(parser.parse_args([str(argument) for argument in arguments]))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of two documents: plans that find everything (a) and half (sub/b), no PDF."""
    half = small()
    first_priority(half)["engagements"].pop()
    for name, plan in (("a", small()), ("sub/b", half)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.with_name(f"{path.name}.gold.json").write_text(json.dumps(small()), encoding="utf-8")
        path.with_name(f"{path.name}.plan.json").write_text(json.dumps(plan), encoding="utf-8")
    return tmp_path


def test_one_plan_as_a_table(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(corpus / "a.gold.json", corpus / "sub" / "b.plan.json", "--misses") == OK
    out = capsys.readouterr().out
    rows = {line.split()[0]: line.split()[1:] for line in out.split("\n") if line.strip()}
    assert rows["engagements"] == ["0.6667", "1.0000", "0.5000", "1", "2", "1"]
    assert "engagement, manqué (Axe 1) : Planter des haies le long des chemins" in out


def test_a_folder_as_table_markdown_and_json(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(corpus) == OK
    table = capsys.readouterr().out
    assert [line.split()[0] for line in table.split("\n")[:4]] == ["document", "a", "sub/b", "ensemble"]
    assert call(corpus, "--markdown", "--misses") == OK
    markdown = capsys.readouterr().out
    assert "| sub/b | 1.0000 | 1.0000 | 0.6667 |" in markdown
    assert "## sub/b\n\n- engagement, manqué" in markdown
    assert call(corpus, "--json", "--misses") == OK
    data = json.loads(capsys.readouterr().out)
    assert list(data["documents"]) == ["a", "sub/b"]
    assert data["documents"]["a"]["misses"] == []
    assert data["total"]["engagements"] == {"p": 1.0, "r": 0.75, "f1": 0.8571, "hits": 3, "predicted": 3, "expected": 4}
    assert set(data["total"]) <= set(NAMES)


def test_a_folder_of_plans_elsewhere(corpus: Path, tmp_path: Path) -> None:
    plans = tmp_path / "plans" / "sub"
    plans.mkdir(parents=True)
    (plans.parent / "a.json").write_text("{}", encoding="utf-8")
    (plans / "b.plan.json").write_text("{}", encoding="utf-8")
    assert [case.plan.name for case in find_cases(corpus, [plans.parent])] == ["a.json", "b.plan.json"]
    (plans / "b.plan.json").unlink()
    with pytest.raises(InputNotFoundError, match=r"rien à juger pour .*b\.gold\.json"):
        find_cases(corpus, [plans.parent])


def test_minimum_sets_the_exit_code(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(corpus, "--min", "engagements=0.6", "--min", "items=0.5") == OK
    assert call(corpus, "--min", "engagements=0.9") == BELOW
    assert "sous la barre : sub/b : engagements 0.6667 sous 0.9000" in capsys.readouterr().err
    assert call(corpus / "a.gold.json", "--min", "document_plan_title=0.1") == BELOW  # gold has none: not reached
    with pytest.raises(UsageError, match="« itmes » n'est pas une mesure"):
        call(corpus, "--min", "itmes=0.9")
    with pytest.raises(UsageError, match="« items » ne se lit pas"):
        call(corpus, "--min", "items")


def test_documents_are_converted(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(GOLDS[0], "--json") == OK
    scores = json.loads(capsys.readouterr().out)["total"]
    assert scores["items"]["predicted"] > 0
    (corpus / "a.plan.json").rename(corpus / "a.pdf")
    assert call(corpus) == UNREADABLE
    captured = capsys.readouterr()
    assert "sub/b" in captured.out  # one bad document does not end the measurement
    assert captured.err.startswith("bilan-extract : a : ")


def test_what_is_no_plan_is_refused(corpus: Path) -> None:
    with pytest.raises(InputNotFoundError):
        call(corpus / "nothing.gold.json")
    (corpus / "a.gold.json").write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match="n'est pas un plan"):
        call(corpus)


def test_floors_rise_and_sink_only_on_purpose(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floors = corpus / "floors.json"
    assert call(corpus, "--update-floors") == OK
    assert load_floors(floors)["sub/b"].scores["engagements"] == 0.6667
    plan = corpus / "sub" / "b.plan.json"
    half = plan.read_text(encoding="utf-8")

    plan.write_text(json.dumps(small()), encoding="utf-8")
    assert call(corpus, "--update-floors") == OK
    assert load_floors(floors)["sub/b"].scores["engagements"] == 1.0

    plan.write_text(half, encoding="utf-8")
    pinned = floors.read_bytes()
    capsys.readouterr()
    assert call(corpus) == BELOW
    assert "sub/b : engagements 0.6667 sous 1.0000" in capsys.readouterr().err
    assert call(corpus, "--update-floors") == BELOW
    assert floors.read_bytes() == pinned
    assert call(corpus / "sub", "--floors", floors, "--lower-floors") == OK
    assert load_floors(floors)["sub/b"].scores["engagements"] == 0.6667
    assert load_floors(floors)["a"].scores["engagements"] == 1.0


def test_floors_know_their_gold(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(corpus, "--update-floors") == OK
    gold = small()
    gold["document"]["number"] = "2025-15"
    (corpus / "a.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    assert call(corpus) == BELOW
    assert "a : le plan de référence a changé" in capsys.readouterr().err
    assert call(corpus, "--update-floors") == BELOW  # the new gold is known, the old floors stand
    assert "a : document_fields 0.5000 sous 1.0000" in capsys.readouterr().err

    for left in corpus.glob("sub/*"):
        left.unlink()
    assert call(corpus, "--update-floors") == BELOW
    assert "sub/b : plancher d'un document qui n'est plus là" in capsys.readouterr().err
    assert call(corpus, "--lower-floors") == OK
    assert list(load_floors(corpus / "floors.json")) == ["a"]


def test_a_renamed_document_takes_its_floors_along(corpus: Path) -> None:
    assert call(corpus, "--update-floors") == OK
    for path in corpus.glob("a.*"):
        path.rename(corpus / "sub" / path.name)
    (corpus / "sub" / "a.plan.json").write_text("{}", encoding="utf-8")
    assert call(corpus, "--update-floors") == BELOW
    floors = load_floors(corpus / "floors.json")
    assert list(floors) == ["sub/a", "sub/b"]
    assert floors["sub/a"].scores["engagements"] == 1.0


def test_a_new_document_needs_a_floor(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus / "floors.json").write_text("{}", encoding="utf-8")
    assert call(corpus) == BELOW
    assert "a : sans plancher" in capsys.readouterr().err
    (corpus / "floors.json").write_text('{"a": 1}', encoding="utf-8")
    with pytest.raises(InputError, match="n'est pas un fichier de planchers"):
        call(corpus)
    with pytest.raises(UsageError, match="demandent un dossier"):
        call(corpus / "a.gold.json", "--update-floors")


def test_the_readme_gets_its_tables(corpus: Path) -> None:
    readme = corpus / "README.md"
    readme.write_text(f"# Ours\n\n{START}\noutdated\n{END}\n\nEnd.\n", encoding="utf-8")
    assert call(corpus, "--write-readme") == OK
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"# Ours\n\n{START}\n\nCounts in the golds:\n")
    assert text.endswith(f"{END}\n\nEnd.\n")
    assert "outdated" not in text
    assert "| a | - | 0 | 1 | 2 | 3 | 4 | 0 | 1 | 1 | - |" in text
    assert "| sub/b | 1.0000 | 1.0000 | 0.6667 |" in text
    readme.write_text("# Ours\n", encoding="utf-8")
    with pytest.raises(UsageError, match=START):
        call(corpus, "--write-readme")


# -- the docs

PAGE = (ROOT / "docs" / "evaluate.md").read_text(encoding="utf-8")


def test_the_docs_name_every_score_and_option() -> None:
    assert [name for name in NAMES if f"`{name}`" not in PAGE] == []
    parser = FrenchParser(prog="evaluate")
    add_arguments(parser)
    options = set(re.findall(r"--[a-z-]+", parser.format_help())) - {"--help"}
    assert [option for option in options if f"`{option}" not in PAGE] == []


def test_the_example_of_the_docs_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(example, "evaluate.md", "exec"), {})
    assert capsys.readouterr().out.startswith("1.0 9")


def test_the_commands_of_the_docs_are_understood() -> None:
    calls = re.findall(r"^bilan-extract evaluate (.*)$", PAGE, re.MULTILINE)
    assert calls
    parser = FrenchParser(prog="evaluate")
    add_arguments(parser)
    for arguments in calls:
        parser.parse_args(arguments.split())
