"""tet: the import sheet keeps to the importer's headers, limits and values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import date, make_bare_plan, make_plan, reference_plan

from bilan_extract.outputs import export
from bilan_extract.outputs.tet import LONGEST_TITLE, STATUSES, actions
from bilan_extract.plan import Period, Plan

openpyxl = pytest.importorskip("openpyxl")

# the importer's columns, A to AB
HEADER_LINE = (
    "Axe (x) | Sous-axe (x.x) | Sous-sous axe (x.x.x) | Titre de l'action | Titre de la sous-action | Descriptif | "
    "Instances de gouvernance | Objectifs | Indicateurs liés | Structure pilote | Moyens humains et techniques | "
    "Partenaires | Direction ou service pilote | Personne pilote | Élu·e référent·e | Participation Citoyenne | "
    "Financements | Financeur 1 | Montant € HT | Financeur 2 | Montant € HT | Financeur 3 | Montant € HT | "
    "Budget prévisionnel total € HT | Statut | Niveau de priorité | Date de début | Date de fin"
)
A, B, TITLE, PART, TEXT, STATUS, START, END = 0, 1, 3, 4, 5, 24, 26, 27


def lines(plan: Plan, folder: Path) -> list[tuple[Any, ...]]:
    path = export(plan, "tet", folder / "import.xlsx")[0]
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=4, values_only=True))


def test_headers_are_the_importers(tmp_path: Path) -> None:
    export(make_plan(), "tet", tmp_path / "import.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "import.xlsx").worksheets[0]
    assert sheet["A2"].value == "Axe (x)"
    assert [cell.value for cell in sheet[2]] == HEADER_LINE.split(" | ")
    assert all(cell.value for cell in sheet[3])
    assert sheet.max_column == 28


@pytest.mark.parametrize("maker", [make_plan, make_bare_plan, reference_plan])
def test_every_row_keeps_to_the_limits(maker: Callable[[], Plan], tmp_path: Path) -> None:
    known: set[tuple[Any, ...]] = set()
    for line in lines(maker(), tmp_path):
        assert line[TITLE]
        assert len(line[TITLE]) <= 300
        assert len(line[PART] or "") <= 300
        assert len(line[TEXT] or "") <= 20_000
        assert all(len(str(cell or "")) <= 10_000 for i, cell in enumerate(line) if i != TEXT)
        assert line[STATUS] in (None, *STATUSES)
        for day in (line[START], line[END]):
            assert day is None or re.fullmatch(r"\d\d/\d\d/\d{4}", day)
        if line[START] and line[END]:
            assert _day(line[START]) <= _day(line[END])
        key = (line[A], line[B], line[TITLE])
        assert (key in known) == bool(line[PART]), "a sous-action follows its action; an action has a title of its own"
        known.add(key)
        stated = {A, B, TITLE, PART, TEXT, STATUS, START, END}
        assert not [cell for i, cell in enumerate(line) if cell is not None and i not in stated]


def _day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def test_every_engagement_and_statement_is_a_row(tmp_path: Path) -> None:
    rows = lines(make_plan(), tmp_path)
    axes = {(line[A], line[B]) for line in rows}
    assert axes == {("Axe 1 - La ville à vélo", "Objectif 1 - Donner envie de pédaler"), ("Marcher sans crainte", None)}
    assert [(line[TITLE], line[PART], line[STATUS], line[START], line[END]) for line in rows] == [
        ("Relier à vélo tous les quartiers de la ville", None, "En cours", None, None),
        ("Relier à vélo tous les quartiers de la ville",
         "Pose de plus de 40 garages à vélos devant les écoles, pour 18 500 €.", "Réalisé", "01/01/2024", "31/12/2024"),
        ("Relier à vélo tous les quartiers de la ville", "=Prêt de 12 vélos cargo aux familles depuis mars 2023",
         "Réalisé", "01/03/2023", None),
        ("Relier à vélo tous les quartiers de la ville", "Ouverture de la passerelle du Moulin le 14 juin 2025.",
         "À venir", "14/06/2025", "14/06/2025"),
        ("Relier à vélo tous les quartiers de la ville",
         "-Des compteurs seront posés d'ici 2027 sur 3 carrefours", "À venir", None, "31/12/2027"),
        ("Faire une place à chacun", None, None, None, None),
        ("Faire une place à chacun", "Accompagnement de 25 à 30 personnes en situation de handicap.",
         "Réalisé", None, None),
        ("Faire une place à chacun", "Une enquête sur le logement étudiant accessible sera menée au 2e trimestre 2025.",
         "À venir", "01/04/2025", "30/06/2025"),
        ("Apaiser les abords des écoles", None, None, None, None),
        ("Lancer des lignes de pédibus avant la rentrée 2025.", None, "À venir", "01/09/2025", "30/09/2025"),
        ("Former des bénévoles", None, "À venir", "01/01/2025", "31/12/2025"),
    ]
    assert rows[0][TEXT] == "le plateau des Aubépines,\nles 2 rives de l'Onde."
    assert rows[1][TEXT] == "Les chantiers suivants sont finis :"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    path = export(make_plan(), "tet", tmp_path / "import.xlsx")[0]
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_same_titles_are_told_apart() -> None:
    plan = make_plan()
    engagements = plan.ambitions[0].priorities[0].engagements
    engagements[1].text = engagements[0].text
    titles = [row.title for row in actions(plan) if not row.part]
    assert titles[:2] == [
        "Relier à vélo tous les quartiers de la ville", "Relier à vélo tous les quartiers de la ville (1.2)",
    ]


def test_dates_the_wrong_way_round_stay_empty() -> None:
    plan = make_plan()
    block = plan.ambitions[1].priorities[0].blocks[0]
    block.period = Period(start=dt.date(2026, 1, 1), end=dt.date(2025, 1, 1))
    last = list(actions(plan))[-1]
    assert (last.title, last.start, last.end) == ("Former des bénévoles", None, None)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Un guide du vélo (voir le plan voté le 14 juin 2025)", None),
        ("Un guide du vélo (14 juin 2025)", "2025-06-14"),
        ("Un guide du vélo le 14 juin 2025 (à confirmer)", "2025-06-14"),
    ],
)
def test_a_date_in_a_remark_dates_no_action(text: str, start: str | None) -> None:
    plan = make_plan()
    engagement = plan.ambitions[1].priorities[0].engagements[0]
    engagement.text, engagement.dates = text, [date(text, "14 juin 2025", "2025-06-14", "2025-06-14", "2025-06-14")]
    row = next(row for row in actions(plan) if row.axis == "Marcher sans crainte")
    assert (row.start.isoformat() if row.start else None) == start


@given(st.text(min_size=1, max_size=700))
def test_a_title_too_long_is_whole_in_the_description(text: str) -> None:
    plan = make_plan()
    engagement = plan.ambitions[1].priorities[0].engagements[0]
    engagement.text = text
    row = next(row for row in actions(plan) if row.axis == "Marcher sans crainte")
    assert 0 < len(row.title) <= LONGEST_TITLE
    if len(text.strip().partition("\n")[0].rstrip(" :;")) > LONGEST_TITLE:
        assert row.description == text.strip()
