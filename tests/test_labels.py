"""What a short text says it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan_extract.profile import load_profile
from bilan_extract.segmentation.labels import _MAY_HAVE_SCOPE, _SCOPE, Words, as_label, holds_for_all, numbered_title

WORDS = Words(load_profile())
_SCOPE_WORDS = [
    "fait", "actions", "communes", "communs", "a", "au", "pour", "de", "du", "sur", "tout", "toute", "tous", "l", "ensemble",
    "la", "le", "d", "autres", "axe", "axes", "volet", "partie", "programme", "2", "iv", "b", "eau", "quartier", "aussi",
    "egalement", "encore", "deja", "transversales", "generale",
]  # fmt: skip

LABELS = [
    ("Actions réalisées en 2024", "realised"), ("Fait", "realised"), ("✔ Réalisations 2023-2024", "realised"),
    ("Ce qui a été fait :", "realised"), ("Bilan 2023", "realised"), ("Fait, pour tout l’axe 2", "realised"),
    ("Réalisé pour toute la ligne directrice", "realised"),
    ("Qu'avons-nous fait d'autre pour tout le chapitre de l'eau ?", "realised"),
    ("Bientôt", "upcoming"), ("Déjà là", "realised"), ("Échéance", "other"),
    ("Où en est-on ?", "realised"), ("Actions à venir", "upcoming"), ("Perspectives 2025", "upcoming"),
    ("Ce qui reste à faire", "upcoming"), ("Prochaines étapes", "upcoming"), ("En projet", "upcoming"),
    ("La suite en 2025", "upcoming"), ("Notre engagement", "engagement"), ("Zoom sur…", "focus"), ("Sommaire", "contents"),
    ("Budget", "other"), ("Service pilote", "other"), ("Points d’attention", "other"), ("Difficultés rencontrées", "other"),
    ("Ce qui reste", "upcoming"), ("Cap sur 2025", "upcoming"), ("Bilan général du programme", "realised"),
    ("État d’avancement – opérations communes à l’objectif", "realised"),
    ("Mise en œuvre 2024, mesures transversales de la partie A", "realised"),
]  # fmt: skip
NO_LABELS = ["La médiathèque a été rénovée en 2024", "2024", "Bilan de santé des agents", "Faites du sport", ""]


@pytest.mark.parametrize(("text", "role"), LABELS)
def test_labels(text, role):
    label = WORDS.label(text)
    assert label is not None
    assert label.role == role


@pytest.mark.parametrize("text", NO_LABELS)
def test_no_labels(text):
    assert WORDS.label(text) is None


def test_a_label_s_year_is_its_period():
    period = WORDS.label("Actions réalisées en 2024").period
    assert (period.start.isoformat(), period.end.isoformat()) == ("2024-01-01", "2024-12-31")
    assert WORDS.label("Actions à venir").period is None


HEADINGS = [
    ("Ambition 1 - Rendre la ville accessible", "ambition", 1, "Ambition 1", "Rendre la ville accessible"),
    ("Priorité 14", "priorite", 14, "Priorité 14", ""),
    ("AXE II. Bouger autrement", "axe", 2, "AXE II", "Bouger autrement"),
    ("Axe B – Habiter", "axe", None, "Axe B", "Habiter"),
    ("Objectif 2.3 : Rénover", "objectif", 3, "Objectif 2.3", "Rénover"),
    ("Fiche action n° 12 – Le marché", "fiche action", 12, "Fiche action n° 12", "Le marché"),
    ("Défi : se déplacer", "defi", None, "Défi", "se déplacer"),
    ("Deuxième orientation : agir", "orientation", 2, "Deuxième orientation", "agir"),
]


@pytest.mark.parametrize(("text", "word", "number", "label", "title"), HEADINGS)
def test_headings(text, word, number, label, title):
    made = WORDS.heading(text)
    assert made is not None
    assert (made.word, made.number, made.label, made.title) == (word, number, label, title)


@pytest.mark.parametrize(
    "text", ["Action 3 et suivantes", "Actions", "un levier d’inclusion sociale", "Les axes du plan", "Action à venir",
             "second cap organise les passages de relais"]
)
def test_no_headings(text):
    assert WORDS.heading(text) is None


def test_numbered_titles_have_no_word():
    assert numbered_title("1.2 Se loger").path == ("1", "2")
    assert numbered_title("II – Partager l’eau").number == 2
    assert numbered_title("A1 Donner une seconde vie").path == ("a", "1")
    assert numbered_title("2024 est une bonne année") is None
    assert numbered_title("A l’école") is None
    assert numbered_title("1a Ouvrir un comptoir").path == ("1", "a")
    assert numbered_title("a) Ouvrir un comptoir").title == "Ouvrir un comptoir"
    assert numbered_title("2e Salon du livre") is None


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("✔ Fait en 2024", "Fait en 2024"), ("➢ Bilan :", "Bilan"), ("Bilan à fin 2024. –", "Bilan à fin 2024"),
        ("C’est fait !", "C’est fait !"), ("Et la suite…", "Et la suite…"), ("Et la suite...", "Et la suite..."), ("✔", "✔"),
    ],
)  # fmt: skip
def test_a_label_s_text_has_neither_its_mark_nor_what_leads_over(printed, label):
    assert as_label(printed) == label


def test_what_a_label_holds_for():
    assert holds_for_all("Actions communes à toute la priorité")
    assert holds_for_all("Bilan du programme")
    assert not holds_for_all("Au programme en 2025")
    assert not holds_for_all("Réalisé en 2024")


@given(st.text(max_size=120))
def test_any_text_is_judged(text):
    WORDS.label(text), WORDS.heading(text), numbered_title(text), WORDS.announces(text)


@given(st.lists(st.sampled_from(_SCOPE_WORDS), min_size=1, max_size=8).map(" ".join))
def test_no_scope_is_missed_by_the_quick_look(text: str) -> None:
    found = _SCOPE.search(text)
    assert found is None or _MAY_HAVE_SCOPE.search(text)
