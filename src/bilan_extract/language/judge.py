"""What a label is for and how far a statement has come: rules first, a small trained model where the rules abstain.

The rules are plain Python. The model is one of our own, trained on the bank under models/; its weights are read
once, at the first text that needs them, and spaCy is not imported (`linear.py`). Where neither is sure the
answer is None: a wrong label costs a reader more than a missing one. Without the weights the rules still work,
and one log line says what is missing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from bilan_extract.language.label_rules import label_years, rule_role
from bilan_extract.language.linear import LinearModel, load_linear
from bilan_extract.language.stage_rules import ACHIEVED, PLANNED, dated_noun_years, rule_stage

Stage = Literal["achevé", "en cours", "prévu"]
Role = Literal["réalisé", "à venir", "engagement", "focus", "level", "none"]
NO_STAGE = "sans"  # the model's class for a text that says no stage
DATED_SCORE = 0.8
OVERRULING = 0.85  # from this one on, it answers instead
DATED_SURE = 0.9  # with a year in the label the caller knows more than its words: the model answers from here on
AGREEING = 0.4  # a weak rule answers only with the model's word for it, from this probability on

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StageJudgement:
    """How far a statement has come.

    Attributes:
        stage: "achevé", "en cours", "prévu", or None where nothing is sure.
        score: 0..1, 0.0 with None.
        rule: what decided: the rule's name, "model", or why nothing did.
    """

    stage: Stage | None
    score: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class LabelJudgement:
    """What a short heading announces.

    Attributes:
        role: "réalisé", "à venir", "engagement", "focus", "level", "none" (any other heading), or None where
            nothing is sure.
        score: 0..1, 0.0 with None.
        rule: what decided: the rule's name, "model", or why nothing did.
    """

    role: Role | None
    score: float
    rule: str = ""


def model_path(name: str) -> Path | None:
    """The folder of a trained pipeline ("bilan_stage", "bilan_label"), in the wheel or in a checkout, or None.

    ``spacy.load(model_path("bilan_stage"))`` gives the pipeline itself.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_models" / name, package.parents[1] / "models" / name):
        if (folder / "linear.json").is_file():
            return folder
    return None


class Judge:
    """Rules and the two trained models; the models are read at the first text that needs them.

    Args:
        stage: folder of a pipeline that `models/train.py` wrote for stages, None for ours.
        label: folder of one for labels, None for ours.
    """

    def __init__(self, stage: Path | None = None, label: Path | None = None) -> None:
        self._folders = {
            "bilan_stage": stage or model_path("bilan_stage"),
            "bilan_label": label or model_path("bilan_label"),
        }
        self._models: dict[str, LinearModel | None] = {}

    def stage(self, text: str, *, year: int | None = None) -> StageJudgement:
        """See `judge_stage`."""
        found = rule_stage(text)
        if found.stage is not None:
            return StageJudgement(_stage(found.stage), found.score, found.rule)
        if found.final:
            return StageJudgement(None, 0.0, found.rule)
        years = dated_noun_years(text) if year is not None else []
        if year is not None and years and (max(years) <= year or min(years) > year):
            stage = ACHIEVED if max(years) <= year else PLANNED
            return StageJudgement(_stage(stage), DATED_SCORE, "dated noun phrase")
        best, score, sure = self._ask("bilan_stage", text)
        if not sure or best == NO_STAGE:
            return StageJudgement(None, 0.0, "no stage" if sure else "not sure")
        return StageJudgement(_stage(best), score, "model")

    def label(self, text: str, *, year: int | None = None) -> LabelJudgement:
        """See `judge_label`."""
        found = rule_role(text)
        if found.role is not None and not found.weak:
            return LabelJudgement(_role(found.role), found.score, found.rule)
        if found.rule in ("year alone", "year and words") and year is not None:
            years = label_years(text)
            if max(years) <= year or min(years) > year:
                return LabelJudgement("réalisé" if max(years) <= year else "à venir", DATED_SCORE, found.rule)
        if found.rule in ("empty", "year alone"):
            return LabelJudgement(None, 0.0, found.rule)
        best, score, sure = self._ask("bilan_label", text)
        if found.role is not None and (best == "" or (best == found.role and score >= AGREEING)):
            return LabelJudgement(_role(found.role), found.score, found.rule)
        if found.role is not None and score < OVERRULING:
            return LabelJudgement(None, 0.0, "rule and model disagree")
        if found.rule == "year and words" and score < DATED_SURE:
            sure = False
        return LabelJudgement(_role(best), score, "model") if sure else LabelJudgement(None, 0.0, "not sure")

    def _ask(self, name: str, text: str) -> tuple[str, float, bool]:
        """The model's best class, its probability, and whether that passes the threshold chosen on dev."""
        model = self._model(name)
        scores = model.scores(" ".join(text.split())) if model is not None else {}
        if model is None or not scores:
            return "", 0.0, False
        best = max(scores, key=lambda label: scores[label])
        return best, round(scores[best], 4), scores[best] >= model.threshold

    def _model(self, name: str) -> LinearModel | None:
        if name not in self._models:
            folder = self._folders[name]
            self._models[name] = load_linear(folder) if folder is not None else None
            if self._models[name] is None:
                log.warning("No trained pipeline %s: what its rules leave open stays without an answer.", name)
        return self._models[name]


@lru_cache(maxsize=1)
def _judge() -> Judge:
    return Judge()


@lru_cache(maxsize=2048)  # the same statement is asked for its block and again for itself
def judge_stage(text: str, *, year: int | None = None) -> StageJudgement:
    """How far the action that ``text`` tells of has come.

    Args:
        text: one statement, an item's text; several lines or sentences are weighed together.
        year: the last year the document reports on, if known. It decides what a dated noun phrase means
            ("Signature de la convention en mars 2024"): without it such a phrase is left to the model, or open.

    Returns:
        The stage with its score; stage None and score 0.0 where neither rule nor model is sure.
    """
    return _judge().stage(text, year=year)


def judge_stages(texts: Iterable[str], *, year: int | None = None) -> list[StageJudgement]:
    """`judge_stage` of each of ``texts``, in their order."""
    return [judge_stage(text, year=year) for text in texts]


def judge_label(text: str, *, year: int | None = None) -> LabelJudgement:
    """What the short heading ``text`` announces.

    Args:
        text: the label as printed, marks and case included.
        year: the last year the document reports on, if known. It decides a label that says no more than a year
            ("En 2025", "Actions 2023"): without it such a label is left open.

    Returns:
        The role with its score; role None and score 0.0 where neither rule nor model is sure.
    """
    return _judge().label(text, year=year)


def judge_labels(texts: Iterable[str], *, year: int | None = None) -> list[LabelJudgement]:
    """`judge_label` of each of ``texts``, in their order."""
    return [judge_label(text, year=year) for text in texts]


def _stage(name: str) -> Stage:
    for stage in get_args(Stage):
        if stage == name:
            return cast(Stage, stage)
    raise ValueError(f"no stage: {name!r}")


def _role(name: str) -> Role:
    for role in get_args(Role):
        if role == name:
            return cast(Role, role)
    raise ValueError(f"no role: {name!r}")
