"""The plan's name and the years reviewed, from invented titles of acts, running heads and covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from bilan_extract.pipeline import _period_reported
from bilan_extract.plan import Period
from bilan_extract.segmentation.deliberation import DeliberationFacts
from bilan_extract.segmentation.plan_title import looks_far_back, plan_title_and_period, spoken_period


def years(first: int, last: int) -> Period:
    return Period(start=dt.date(first, 1, 1), end=dt.date(last, 12, 31))


@pytest.mark.parametrize(
    ("title", "name", "period"),
    [
        ("Présentation du bilan 2024 et des perspectives 2025 du plan vélo", "Plan vélo", (2024, 2024)),
        ("Bilan et perspectives du plan local d'insertion", "Plan local d'insertion", None),
        ("Plan métropolitain de l'eau : point annuel 2023", "Plan métropolitain de l'eau", (2023, 2023)),
        ("Plan santé : suivi 2024, perspectives 2025", "Plan santé", (2024, 2024)),
        ("Suivi annuel de la stratégie régionale des forêts", "Stratégie régionale des forêts", None),
        ("Programme d'économies d'eau : état des mesures phares en 2023", "Programme d'économies d'eau", (2023, 2023)),
        ("Schéma de la jeunesse « Grandir au pays » : suivi des fiches-actions", "Grandir au pays", None),
        (
            "Castelmaure, ville des enfants : le point sur 2023, le programme de 2024",
            "Castelmaure, ville des enfants",
            (2023, 2023),
        ),
        ("Handicap et sport : présentation du bilan de l'année 2023", "Handicap et sport", (2023, 2023)),
        ("AGENDA 21 : BILAN 2023 ET PROGRAMME D'ACTIONS 2024", "AGENDA 21", (2023, 2023)),
        ("Plan climat territorial (PCAET) – Rapport d'activité 2023", "Plan climat territorial (PCAET)", (2023, 2023)),
        ("Compte rendu de la mise en œuvre du schéma des mobilités pour 2024", "Schéma des mobilités", (2024, 2024)),
        ("Plan Ombrage – Compte rendu d'exécution 2022-2023", "Plan Ombrage", (2022, 2023)),
        ("Mise en œuvre du pacte de solidarité : bilan de l'exercice 2023", "Pacte de solidarité", (2023, 2023)),
        ("Rapport d'étape n° 2 de la démarche Territoire engagé", "Démarche Territoire engagé", None),
        ("Feuille de route Mer 2023-2028 – restitution de la deuxième année", "Feuille de route Mer", (2023, 2028)),
        ("Feuille de route biodiversité : deux ans après", "Feuille de route biodiversité", None),
        ("Stratégie « Bien vieillir » : où en sommes-nous ?", "Bien vieillir", None),
        ("Culture pour tous : ce qui a été fait en 2024", "Culture pour tous", (2024, 2024)),
        ("Approbation du plan vélo 2024-2030", "Plan vélo 2024-2030", None),
        ("Communication relative au suivi du plan de déplacements", "Plan de déplacements", None),
        ("Rapport annuel 2024 sur la situation en matière d'égalité", None, (2024, 2024)),
        ("Modification du tableau des effectifs", None, None),
    ],
)
def test_title_of_an_act(title: str, name: str | None, period: tuple[int, int] | None) -> None:
    assert plan_title_and_period([], [], title) == (name, period and years(*period))


@pytest.mark.parametrize(
    ("heads", "title", "name"),
    [
        (["Plan air – point annuel 2024"], "Plan métropolitain de l'air : point annuel 2024", "Plan métropolitain de l'air"),
        (["Région Lauze – Plan forêt – Suivi 2024"], None, "Plan forêt"),
        (["Lauze Métropole • Plan forêt • point annuel 2024"], None, "Plan forêt"),
        (
            ["Communauté du Lauzet / Plan forêt / suivi 2024 [2]", "Communauté du Lauzet / Plan forêt / suivi 2024 [3]"],
            None,
            "Plan forêt",
        ),
        (["Grand Lauzet – Schéma des mobilités – 2"], "SCHÉMA DES MOBILITÉS : BILAN 2024", "Schéma des mobilités"),
        (["Mobilités en Lauzet – bilan 2024"], "Mobilités : bilan 2024", "Mobilités en Lauzet"),
        (["Bilan 2024 du plan forêt 7", "Bilan 2024 du plan forêt 8"], None, "plan forêt"),
    ],
)
def test_the_act_names_the_plan_and_running_heads_spell_it(heads: Sequence[str], title: str | None, name: str) -> None:
    assert plan_title_and_period([], heads, title)[0] == name


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Schéma des mobilités : rapport d'exécution à trois ans", (2022, 2024)),
        ("Plan vélo : état des lieux après deux ans", (2023, 2024)),
        ("Deux ans après", (2023, 2024)),
        ("Bilan triennal", (2022, 2024)),
        ("Rapport annuel", (2024, 2024)),
        ("Rapport sur la première année d'application", (2024, 2024)),
        ("Situation arrêtée au 31 décembre 2023", (2023, 2023)),
        ("Plan vélo", None),
    ],
)
def test_years_said_in_words(heading: str, expected: tuple[int, int] | None) -> None:
    assert spoken_period([heading], 2024) == (expected and years(*expected))


@pytest.mark.parametrize(
    ("day", "named", "labelled", "headings", "expected"),
    [
        # what the title names is what is reviewed
        ("2025-03-01", (2024, 2024), (2023, 2024), [], (2024, 2024)),
        # the plan's own span runs on: labels, words, or the last year
        ("2025-03-01", (2022, 2027), (2024, 2024), ["Bilan triennal"], (2024, 2024)),
        ("2025-03-01", (2022, 2027), None, ["Bilan triennal"], (2022, 2024)),
        ("2025-03-01", (2022, 2027), None, ["Tableau de suivi"], (2024, 2024)),
        ("2024-12-05", (2022, 2027), None, ["Rapport de mi-parcours"], (2022, 2024)),
        ("2025-03-01", None, None, ["État des lieux après deux ans"], (2023, 2024)),
        ("2025-03-01", None, None, ["Plan vélo"], None),
        (None, (2022, 2027), None, [], (2022, 2027)),
    ],
)
def test_period_reported(
    day: str | None,
    named: tuple[int, int] | None,
    labelled: tuple[int, int] | None,
    headings: list[str],
    expected: tuple[int, int] | None,
) -> None:
    act = DeliberationFacts(session_date=dt.date.fromisoformat(day) if day else None)
    found = _period_reported(named and years(*named), labelled and years(*labelled), act, headings)
    assert found == (expected and years(*expected))


def test_far_back() -> None:
    assert looks_far_back("Bilan à mi-parcours")
    assert not looks_far_back("Bilan 2024")
