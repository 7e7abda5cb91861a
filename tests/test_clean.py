"""Hyphens at line ends, and the map from the clean text back to the page."""

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
    assert join_lines([line(f"avec {left}"), line(f"{right} ici")], Spelling()).text == f"avec {whole} ici"


def test_the_document_s_own_spelling_decides():
    known = [line("un projet inter-bailleurs pour tous")]
    assert join_lines([line("des inter-"), line("bailleurs")], Spelling(known)).text == "des inter-bailleurs"


def test_numbers_over_a_line_end_come_together():
    assert join_lines([line("un montant de 43"), line("000 € par an")], Spelling()).text == "un montant de 43 000 € par an"


def test_a_full_stop_closes_up_where_a_note_s_mark_was_taken_out():
    printed = line("un coût de 2 500 € 1 . Puis, rien .")
    kept = replace(printed, words=tuple(w for w in printed.words if w.text != "1"))
    assert join_lines([kept], Spelling()).text == "un coût de 2 500 €. Puis, rien ."


def test_an_apostrophe_at_a_line_end_closes_up():
    assert join_lines([line("le droit d’"), line("accès")], Spelling()).text == "le droit d’accès"


@given(st.lists(st.lists(st.text("abcé-’.,12", min_size=1, max_size=8), min_size=1, max_size=6), min_size=1, max_size=5))
def test_every_word_has_its_place_in_the_text(rows):
    lines = [line(" ".join(row)) for row in rows if " ".join(row).split()]
    clean = join_lines(lines, Spelling())
    assert [p.word for p in clean.pieces] == [w for ln in lines for w in ln.words]
    assert all(0 <= p.start <= p.end <= len(clean.text) for p in clean.pieces)
    assert all(a.end <= b.start for a, b in zip(clean.pieces, clean.pieces[1:], strict=False))
    for piece in clean.pieces:
        assert clean.text[piece.start : piece.end] in (piece.word.text, piece.word.text[:-1])
    assert "  " not in clean.text
