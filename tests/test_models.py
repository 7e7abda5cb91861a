"""The trained pipelines: same answers with and without spaCy, cards that hold, a bank without leaks."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bilan_extract.language.judge import judge_label, judge_stage, model_path
from bilan_extract.language.label_rules import rule_role
from bilan_extract.language.linear import LinearModel, load_linear

MODELS = Path(__file__).resolve().parents[1] / "models"
TASKS = ("stage", "label")
SPLITS = ("train", "dev", "test", "holdout")


def _bank() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bilan_bank", MODELS / "bank.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bilan_bank"] = module
    spec.loader.exec_module(module)
    return module


bank = _bank()


def _light(task: str) -> LinearModel:
    model = load_linear(MODELS / f"bilan_{task}")
    assert model is not None
    return model


@pytest.mark.parametrize("task", TASKS)
def test_spacy_and_the_light_runtime_agree(task: str) -> None:
    import spacy

    folder = model_path(f"bilan_{task}")
    assert folder is not None
    nlp, light = spacy.load(folder), _light(task)
    texts = [(sample.text, sample.label) for sample in bank.read_bank(task, "test")]
    texts += [
        ("L’« été » d'Yves-Marie, jusqu'à l'aube : 12,5 % ?", ""),
        ("✔️ Fait", ""),
        ("d'", ""),
        ("aujourd'hui", ""),
    ]
    for doc, _ in nlp.pipe(texts, as_tuples=True):
        assert light.scores(doc.text) == pytest.approx(doc.cats, abs=1e-5)


@pytest.mark.parametrize("task", TASKS)
def test_spacy_pipeline_says_what_it_is(task: str) -> None:
    meta = json.loads((MODELS / f"bilan_{task}" / "meta.json").read_text(encoding="utf8"))
    assert meta["name"] == f"bilan_{task}"
    assert meta["version"] == _light(task).version
    assert meta["threshold"] == _light(task).threshold


@pytest.mark.parametrize("task", TASKS)
def test_scores_stay_above_the_bars(task: str) -> None:
    for split in ("test", "holdout"):
        samples = bank.read_bank(task, split)
        right = wrong = 0
        for sample in samples:
            gold = None if sample.label == "sans" else sample.label
            answer = judge_stage(sample.text).stage if task == "stage" else judge_label(sample.text).role
            right += answer == gold
            wrong += answer not in (gold, None)
        assert right / len(samples) >= (0.92 if task == "stage" else 0.95)
        assert wrong / len(samples) <= (0.03 if task == "stage" else 0.01)


def test_stage_macro_f1_on_unseen_sentences() -> None:
    for split in ("test", "holdout"):
        pairs = [(s.label, judge_stage(s.text).stage) for s in bank.read_bank("stage", split)]
        scores = []
        for stage in ("achevé", "en cours", "prévu"):
            hits = sum(gold == answer == stage for gold, answer in pairs)
            scores.append(2 * hits / (sum(g == stage for g, _ in pairs) + sum(a == stage for _, a in pairs)))
        assert sum(scores) / 3 >= 0.92


def test_the_label_model_earns_its_place() -> None:
    samples = bank.read_bank("label", "holdout")
    ruled = sum(rule_role(s.text).role == s.label for s in samples)
    both = sum(judge_label(s.text).role == s.label for s in samples)
    assert both - ruled >= 0.05 * len(samples)


@pytest.mark.parametrize("task", TASKS)
def test_the_bank_is_large_and_does_not_leak(task: str) -> None:
    splits = {split: {_plain(s.text) for s in bank.read_bank(task, split)} for split in SPLITS}
    assert sum(map(len, splits.values())) >= {"stage": 2500, "label": 3700}[task]
    assert not splits["test"] & splits["train"]
    assert not splits["holdout"] & (splits["train"] | splits["dev"] | splits["test"])
    assert len(splits["holdout"]) >= {"stage": 150, "label": 120}[task]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("task", TASKS)
def test_the_card_describes_this_bank(task: str) -> None:
    card = (MODELS / f"bilan_{task}" / "CARD.md").read_text(encoding="utf8")
    for split in ("dev", "test", "holdout"):
        samples = bank.read_bank(task, split)
        assert f"- {split.capitalize()}: {len(samples)} texts, SHA-256 `{bank.digest(samples)[:16]}`" in card
    assert f"{_light(task).threshold:.2f}" in card


def test_weights_are_small_and_hold_no_pickle() -> None:
    files = [path for name in ("bilan_stage", "bilan_label") for path in (MODELS / name).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 10_000_000
    assert not [
        path
        for path in files
        if path.suffix in {".pkl", ".pickle", ".joblib"}
        or path.read_bytes()[:1] == b"\x80"
        and path.name != "model"
        and path.parent.name != "vocab"
    ]


def test_components_give_the_judges_answers() -> None:
    import spacy

    from bilan_extract.language.judge_components import register_factories

    register_factories()
    nlp = spacy.blank("xx")
    nlp.add_pipe("bilan_judge_stage", config={"year": 2030})
    doc = nlp("Le puits a été curé.")
    assert [span.label_ for span in doc.spans["stage"]] == ["achevé"]
    assert doc.cats == {"achevé": doc.user_data["bilan_stage"].score}
    assert nlp("Un puits, deux seaux.").cats == {}
    labels = spacy.blank("xx")
    labels.add_pipe("bilan_judge_label")
    assert labels("Reste à faire").cats.keys() == {"à venir"}


@pytest.mark.slow
def test_training_again_gives_the_same_weights(tmp_path: Path) -> None:
    import subprocess

    subprocess.run(
        [sys.executable, str(MODELS / "train.py"), "--out", str(tmp_path)], check=True, stdout=subprocess.DEVNULL
    )
    for task in TASKS:
        again = (tmp_path / f"bilan_{task}" / "linear.bin").read_bytes()
        assert again == (MODELS / f"bilan_{task}" / "linear.bin").read_bytes()
