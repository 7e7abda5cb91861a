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
    "Le colombier est désormais desservi par un sentier.": "achevé",
    "Nous venons d'ouvrir la seconde remise.": "achevé",
    "Les prix n'ont pas bougé et le troupeau a grandi.": "achevé",
    "Le fonds d'aide finance les haies.": "en cours",
    "Les bergères parcourent les alpages.": "en cours",
    "Le dallage est aux deux tiers posé, le reste suit : il est achevé à 60 %.": "en cours",
    "Les travaux du bief ont débuté en mars.": "en cours",
    "La moitié du muret est construite.": "en cours",
    "Plusieurs fouilles sont déjà engagées.": "en cours",
    "Le car va chercher les vendangeurs chaque matin.": "en cours",
    "Une rampe est inscrite au budget 2031.": "prévu",
    "La commune a l'intention de classer l'orme.": "prévu",
    "Le meunier doit encore trouver un associé.": "prévu",
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
    "Aucun luthier n'a répondu.",
    "L'atelier ne remplit plus les normes.",
    "Le vallon s'étend sur 640 hectares.",
    "Voir la fiche des ruchers.",
    "Pour en savoir plus, consulter le site du moulin.",
    "Le concours a été déclaré infructueux.",
    "Les landes couvrent la moitié du plateau.",
)
ROLES = {
    "Actions réalisées en 2031": "réalisé",
    "✔ Fait": "réalisé",
    "C'est fait !": "réalisé",
    "Où en est-on ?": "réalisé",
    "Ce que la commune a déjà entrepris": "réalisé",
    "Ce qui va changer": "à venir",
    "Ce qui était annoncé": "engagement",
    "Nous nous étions engagés à": "engagement",
    "Engagement municipal n° 6": "engagement",
    "Mise en œuvre prévue en 2031": "à venir",
    "II. Une vallée solidaire": "level",
    "Ligne directrice 3": "level",
    "Tarification": "none",
    "Comment nous écrire ?": "none",
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
    for text, role in {"Un pari qui porte ses fruits": "réalisé", "Les étapes encore devant": "à venir"}.items():
        assert rule_role(text).role is None
        judged = judge_label(text)
        assert (judged.role, judged.rule) == (role, "model")


def test_a_weak_rule_needs_the_models_word() -> None:
    ruled = rule_role("Sur le fil du rasoir")
    assert (ruled.role, ruled.weak) == ("none", True)
    assert judge_label("Gestion des eaux et des haies").role == "none"
    assert judge_label("Poursuite de l'aventure").role != "none"


def test_the_public_names_are_imported_when_first_used() -> None:
    code = (
        "import sys, bilan_extract; before = 'bilan_extract.language.judge' in sys.modules;"
        "from bilan_extract import LabelJudgement, StageJudgement, judge_label, judge_stage;"
        "ok = isinstance(judge_stage('Le four a été curé.'), StageJudgement);"
        "ok = ok and isinstance(judge_label('La suite'), LabelJudgement);"
        "sys.exit(before or not ok)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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
