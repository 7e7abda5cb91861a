"""Stages of statements and roles of labels: rules, abstention, and the model behind them."""

from __future__ import annotations

import logging
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan_extract.language.judge import Judge, judge_label, judge_labels, judge_stage, judge_stages, model_path
from bilan_extract.language.label_rules import rule_role
from bilan_extract.language.linear import _ngram_keys, hash64, load_linear, tokens
from bilan_extract.language.stage_rules import _ENDINGS, clean, rule_stage

STAGES = {
    "La passerelle du lavoir a été repeinte.": "achevé",
    "Le comité s'est réuni trois fois à Valbrune.": "achevé",
    "La halle est désormais achevée.": "achevé",
    "Un livret vient d'être imprimé.": "achevé",
    "Bail signé avec le meunier le 4 avril.": "achevé",
    "18 pompes réparées dans les hameaux.": "achevé",
    "Afin d'accueillir les renards qui pourraient venir, un abri a été bâti.": "achevé",
    "Le recrutement du luthier est en cours.": "en cours",
    "La restauration des ruches se poursuit.": "en cours",
    "Poursuite du relevé des sources.": "en cours",
    "Le quai n'est pas encore terminé.": "en cours",
    "Une potière anime chaque semaine un atelier.": "en cours",
    "La serre ouvrira au printemps.": "prévu",
    "Le moulin devrait tourner à la rentrée.": "prévu",
    "Il y aurait lieu de revoir le tracé.": "prévu",
    "La pose du clocheton est prévue en mai.": "prévu",
    "Le barème reste à définir.": "prévu",
    "Ouvrir une seconde ludothèque.": "prévu",
    "Lancement prévu au second semestre.": "prévu",
    "Une fois la cour pavée, le marché y sera transféré.": "prévu",
    "Le conseil, qui a été renouvelé, devra voter.": "prévu",
}
OPEN = (
    "",
    "…",
    "Mise en place d'un poulailler communal.",
    "Le bourg compte huit moulins.",
    "Atelier de vannerie",
    "L'étude des marnes n'a pas été réalisée.",
    "Le four a été rallumé. Une boulangerie sera construite.",
)
ROLES = {
    "Actions réalisées en 2031": "réalisé",
    "✔ Fait": "réalisé",
    "C'est fait !": "réalisé",
    "Où en est-on ?": "réalisé",
    "La suite": "à venir",
    "Et demain ?": "à venir",
    "Feuille de route 2032": "à venir",
    "Reste à faire": "à venir",
    "Notre promesse": "engagement",
    "Engagement n° 4": "engagement",
    "Fiche action 2.3 : les ruchers": "engagement",
    "Zoom sur le pigeonnier": "focus",
    "Axe 2 – Nourrir la vallée": "level",
    "DÉFI N°3": "level",
    "Sommaire": "none",
    "Les rivières et les étangs": "none",
}


@pytest.mark.parametrize(("text", "stage"), STAGES.items())
def test_stage(text: str, stage: str) -> None:
    judged = judge_stage(text)
    assert (judged.stage, judged.rule != "") == (stage, True)
    assert 0.5 < judged.score <= 1


@pytest.mark.parametrize("text", OPEN)
def test_stage_left_open(text: str) -> None:
    judged = judge_stage(text)
    assert (judged.stage, judged.score) == (None, 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "La fête du miel a lieu chaque année.",
        "Les élèves ont plus de choix.",
        "La salle ouvrait le mardi.",
        "Le vigneron et les bûcherons du canton",
    ],
)
def test_look_alikes_are_not_taken_for_tenses(text: str) -> None:
    assert rule_stage(text).stage in (None, "en cours")


def test_a_dated_noun_phrase_needs_the_year_reported_on() -> None:
    text = "Signature du bail en mars 2031"
    assert judge_stage(text, year=2031).stage == "achevé"
    assert judge_stage(text, year=2030).stage == "prévu"
    assert judge_stage(text).stage is None
    assert judge_stage("Extension de la cuve posée en 2029", year=2030).stage is None
    assert judge_stage("Inventaire des fours fin 2030", year=2030).stage is None


@pytest.mark.parametrize(("text", "role"), ROLES.items())
def test_role(text: str, role: str) -> None:
    judged = judge_label(text)
    assert judged.role == role
    assert 0.5 < judged.score <= 1


@pytest.mark.parametrize("text", ["", "•", "2.3", "En cours", "Actions 2031", "— ➔ ✔ ·"])
def test_role_left_open(text: str) -> None:
    judged = judge_label(text)
    assert (judged.role, judged.score) == (None, 0.0)


def test_a_bare_year_needs_the_year_reported_on() -> None:
    assert judge_label("En 2031", year=2030).role == "à venir"
    assert judge_label("Actions 2030", year=2030).role == "réalisé"
    assert judge_label("2030-2031", year=2030).role is None


def test_batches_keep_their_order() -> None:
    texts = list(STAGES)
    assert [one.stage for one in judge_stages(texts)] == list(STAGES.values())
    assert [one.role for one in judge_labels(ROLES)] == list(ROLES.values())


def test_apostrophes_spaces_and_case_do_not_matter() -> None:
    assert judge_stage("L’école  a été\u00a0ouverte.").stage == judge_stage("L'école a été ouverte.").stage == "achevé"
    assert judge_label("OÙ EN EST-ON\u00a0?") == judge_label("Où en est-on ?")


def test_works_without_models_and_says_so_once(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    judge = Judge(stage=tmp_path, label=tmp_path)
    with caplog.at_level(logging.WARNING):
        assert judge.stage("Mise en place d'un poulailler.").stage is None
        assert judge.stage("Un rucher, deux prés.").stage is None
        assert judge.label("Tout autre chose encore").role is None
        assert judge.stage("Le pont sera refait.").stage == "prévu"
        assert judge.label("Reste à faire").role == "à venir"
    assert len(caplog.records) == 2


def test_weights_of_another_format_are_not_used(tmp_path: Path) -> None:
    (tmp_path / "linear.json").write_text('{"format": 99}')
    (tmp_path / "linear.bin").write_bytes(b"")
    assert load_linear(tmp_path) is None


def test_the_model_answers_where_rules_do_not() -> None:
    text = "Et pour quand, le reste ?"
    assert rule_role(text).role is None
    assert judge_label("Nos fiertés").rule == "model"


def test_no_spacy_is_imported() -> None:
    code = (
        "import sys; from bilan_extract.language.judge import judge_label, judge_stage;"
        "judge_stage('Un poulailler, un pré.'); judge_label('Tout autre chose encore');"
        "sys.exit(any(name in sys.modules for name in ('spacy', 'numpy', 'thinc')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    stage, label = judge_stage(text), judge_label(text)
    assert (stage.stage is None) == (stage.score == 0.0)
    assert (label.role is None) == (label.score == 0.0)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aé l'’d-().,1 \n", max_size=80))
def test_tokens_keep_every_character_but_spaces(text: str) -> None:
    assert "".join(tokens(text)) == "".join(text.split())


def test_long_texts_stay_fast() -> None:
    import time

    text = "Le meunier, dont la roue tourne, observe les martres et les loirs. " * 200
    start = time.perf_counter()
    judge_stage(text)
    judge_label(text)
    assert time.perf_counter() - start < 5


def test_model_path_finds_the_checkout() -> None:
    folder = model_path("bilan_stage")
    assert folder is not None
    assert (folder / "config.cfg").is_file()
    assert model_path("no_such_pipeline") is None


@pytest.mark.parametrize("size", [1, 2, 3])
@given(keys=st.lists(st.integers(0, 2**64 - 1), max_size=6))
def test_keys_of_word_pairs_are_their_hashes(size: int, keys: list[int]) -> None:
    packed = struct.pack(f"<{len(keys)}Q", *keys)
    starts = range(len(keys) - size + 1)
    assert list(_ngram_keys(keys, size)) == [hash64(packed[8 * k : 8 * (k + size)], 0) for k in starts]


def test_no_form_is_without_the_ending_that_is_looked_for_first() -> None:
    bank = Path(__file__).resolve().parents[1] / "models" / "data"
    lines = [clean(line).lower() for path in sorted(bank.rglob("*.*")) for line in path.read_text("utf-8").splitlines()]
    for pattern, ending in _ENDINGS:
        found = [line for line in lines if pattern.search(line)]
        assert len(found) > 20
        assert [line for line in found if not ending.search(line)] == []
