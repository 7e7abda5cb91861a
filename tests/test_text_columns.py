"""Columns side by side in a text are read one after the other, and no word is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilan_extract.reading.text_columns import has_columns, in_reading_order

TWO_COLUMNS = """
Le port en deux colonnes

Le quai nord a été refait au      Le quai sud attend encore
printemps, et les marcheurs       ses bancs : ils viendront
y vont de nouveau.                en 2031, avec les arbres.
"""
BESIDE = """
Engagement    Rouvrir le bac entre les deux rives.
Fait          Le bac navigue depuis le mois de mai,
              tous les jours sauf le lundi.
À venir       Un second bac sera construit en 2031.
"""
TWO, LABELLED = TWO_COLUMNS.splitlines(), BESIDE.splitlines()


def shown(lines: list[str]) -> list[str]:
    return [line for line in in_reading_order(lines) if line]


def test_columns_are_taken_one_after_the_other() -> None:
    assert shown(TWO) == [
        "Le port en deux colonnes",
        "Le quai nord a été refait au",
        "printemps, et les marcheurs",
        "y vont de nouveau.",
        "Le quai sud attend encore",
        "ses bancs : ils viendront",
        "en 2031, avec les arbres.",
    ]


def test_labels_stay_on_the_line_of_the_text_beside_them() -> None:
    rows = [row.replace("Fait  ", "Fait 1") for row in LABELLED]
    assert shown(LABELLED * 2)[1:3] == ["Fait Le bac navigue depuis le mois de mai,", "tous les jours sauf le lundi."]
    assert shown(rows)[:3] == ["Engagement", "Fait 1", "À venir"]  # once each, they could be anything


def test_a_mark_and_its_entry_are_no_columns() -> None:
    assert shown(["•     Un banc au nord", "•     Un banc au sud"]) == ["• Un banc au nord", "• Un banc au sud"]


def test_only_a_text_with_two_texts_on_its_lines_has_columns() -> None:
    assert has_columns([TWO * 3])
    assert not has_columns([["Le quai nord a été refait au printemps."] * 12])


CELLS = st.text(alphabet="abcé ", max_size=14)


@given(st.lists(st.lists(CELLS, max_size=4), max_size=12))
def test_every_word_is_kept_whatever_stands_beside_it(rows: list[list[str]]) -> None:
    lines = ["     ".join(row) for row in rows]
    kept = [word for line in in_reading_order(lines) for word in line.split()]
    assert sorted(kept) == sorted(word for line in lines for word in line.split())
