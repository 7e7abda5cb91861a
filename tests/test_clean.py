"""Hyphens at line ends, and that no letter is lost or made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import line

from bilan_extract.language.clean import Spelling, join_lines

# first half, second half, the word as it must come out
HYPHENS = [
    ("situa-", "tion", "situation"), ("Pas-de-", "Calais", "Pas-de-Calais"), ("médi-", "co-sociaux", "médico-sociaux"),
    ("libre-", "service", "libre-service"), ("e-", "administration", "e-administration"), ("sous-", "titrés", "sous-titrés"),
    ("l’ac-", "compagnement", "l’accompagnement"), ("est-", "il", "est-il"), ("rendez-", "vous", "rendez-vous"),
    ("Saint-", "Omer", "Saint-Omer"), ("demi-", "journée", "demi-journée"), ("DÉPAR-", "TEMENT", "DÉPARTEMENT"),
    ("plus-", "value", "plus-value"), ("auto-", "nomie", "autonomie"), ("contre-", "partie", "contrepartie"),
    ("2024-", "2025", "2024-2025"), ("départemen-", "tal,", "départemental,"), ("peut-", "être", "peut-être"),
    ("vingt-", "cinq", "vingt-cinq"), ("quatre-", "vingt-dix", "quatre-vingt-dix"), ("qua-", "torze", "quatorze"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "whole"), HYPHENS)
def test_a_hyphen_at_a_line_end(left, right, whole):
    assert join_lines([line(f"avec {left}"), line(f"{right} ici")], Spelling()) == f"avec {whole} ici"


def test_the_document_s_own_spelling_decides():
    known = [line("un projet inter-bailleurs pour tous")]
    assert join_lines([line("des inter-"), line("bailleurs")], Spelling(known)) == "des inter-bailleurs"


def test_numbers_over_a_line_end_come_together():
    assert join_lines([line("un montant de 43"), line("000 € par an")], Spelling()) == "un montant de 43 000 € par an"


def test_a_full_stop_closes_up_where_a_note_s_mark_was_taken_out():
    printed = line("un coût de 2 500 € 1 . Puis, rien .")
    kept = replace(printed, words=tuple(w for w in printed.words if w.text != "1"))
    assert join_lines([kept], Spelling()) == "un coût de 2 500 €. Puis, rien ."


def test_an_apostrophe_at_a_line_end_closes_up():
    assert join_lines([line("le droit d’"), line("accès")], Spelling()) == "le droit d’accès"


@given(st.lists(st.lists(st.text("abcé-’.,12", min_size=1, max_size=8), min_size=1, max_size=6), min_size=1, max_size=5))
def test_nothing_is_lost_but_hyphens_at_line_ends(rows):
    lines = [line(" ".join(row)) for row in rows if " ".join(row).split()]
    clean = join_lines(lines, Spelling())
    printed = [w.text for ln in lines for w in ln.words]
    at = 0
    for text in printed:  # in their order, whole or without the hyphen that a line's end broke them with
        at = clean.find(text, at) if clean.startswith(text, at) else clean.index(text[:-1], at)
        at += len(text) if clean.startswith(text, at) else len(text) - 1
        at += clean[at : at + 1] == " "
    assert at == len(clean)
    assert "  " not in clean
