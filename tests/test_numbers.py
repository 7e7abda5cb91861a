"""Numbers: digits, words, scales, collectives; and the nouns they count."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan_extract.language import numbers
from bilan_extract.language.nouns import head, is_participle, singular
from bilan_extract.language.numbers import collective, parse_digits, parse_number, parse_words
from bilan_extract.language.shadow import shadow


@pytest.mark.parametrize(("word", "is_one"), [("vingt", True), ("cents", True), ("million", True), ("qua", False)])
def test_words_that_numbers_are_made_of(word, is_one):
    assert numbers.is_number_word(word) is is_one


UNITS = ["", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize"]
UNITS += ["quatorze", "quinze", "seize"]
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}


def spelled(value: int) -> str:
    """The French spelling of 1 to 999 999 (traditional hyphens)."""
    if value >= 1000:
        above, below = divmod(value, 1000)
        head = "mille" if above == 1 else spelled(above).removesuffix("s") + " mille"
        return head + (f" {spelled(below)}" if below else "")
    if value >= 100:
        above, below = divmod(value, 100)
        head = "cent" if above == 1 else f"{UNITS[above]} cent" + ("s" if not below else "")
        return head + (f" {spelled(below)}" if below else "")
    if value <= 16:
        return UNITS[value]
    if value < 20:
        return f"dix-{UNITS[value - 10]}"
    if value == 71:
        return "soixante et onze"
    if value >= 80:
        return "quatre-vingts" if value == 80 else f"quatre-vingt-{spelled(value - 80)}"
    ten = 6 if value >= 70 else value // 10
    rest = value - ten * 10
    if rest == 0:
        return TENS[ten]
    return f"{TENS[ten]} et un" if rest == 1 else f"{TENS[ten]}-{spelled(rest)}"


@pytest.mark.parametrize("value", [*range(1, 1000), 1000, 1984, 2021, 12_500, 80_000, 200_000, 999_999])
def test_words(value: int) -> None:
    assert parse_words(spelled(value)) == value
    match = re.match(numbers.WORDS, spelled(value))
    assert match is not None
    assert match[0] == spelled(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 500", 1500), ("15\u00a0000", 15000), ("1\u202f234\u202f567", 1234567), ("1.500.000", 1500000),
        ("2,5", 2.5), ("2.5", 2.5), ("11 151,00", 11151), ("3.500", 3500), ("0,75", 0.75), ("007", 7),
    ],
)  # fmt: skip
def test_digits(text: str, value: float) -> None:
    assert parse_digits(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 millions", 2e6), ("1,5 million", 1.5e6), ("trois milliards", 3e9), ("15 mille", 15000),
        ("deux cent mille", 200000), ("un million", 1e6), ("quatre-vingt-dix-sept", 97), ("deux mille", 2000),
        ("cinq vingt", None), ("trois un", None), ("", None), ("abc", None), ("1 2", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert parse_number(text) == value


def test_collectives() -> None:
    assert [collective(w) for w in ("dizaine", "centaines", "Millier", "semaine")] == [10, 100, 1000, None]


@given(st.text(max_size=30))
def test_nothing_raises(text: str) -> None:
    for read in (parse_digits, parse_words, parse_number):
        value = read(text)
        assert value is None or value >= 0


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("collèges", "collège"), ("panneaux", "panneau"), ("journaux", "journal"), ("travaux", "travail"),
        ("élèves", "élève"), ("jeux", "jeu"), ("bonus", "bonus"), ("relais", "relais"), ("choix", "choix"),
        ("bijoux", "bijou"), ("tuyaux", "tuyau"), ("lieux", "lieu"), ("tiers-lieux", "tiers-lieu"),
        ("micro-crèches", "micro-crèche"), ("rendez-vous", "rendez-vous"), ("locaux", "local"),
        ("réseaux", "réseau"), ("cours", "cours"), ("mois", "mois"), ("détails", "détail"), ("vœux", "vœu"),
    ],
)  # fmt: skip
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("nouveaux collèges rénovés", "collège"), ("autres partenaires", "partenaire"),
        ("jeunes agriculteurs", "jeune"),
        ("CCAS adhérents", "ccas"), ("France Rénov à venir", "france rénov"), ("Maisons France Services", "maison"),
        ("connus de la mairie", None), ("agent·e·s formés", "agent"), ("salarié(e)s", "salarié"),
        ("plus grandes villes", "ville"), ("Espaces verts", "espace"),
    ],
)  # fmt: skip
def test_head(text: str, unit: str | None) -> None:
    found = head(text, shadow(text), 0)
    assert found is not None
    assert found.unit == unit


def test_participles_are_no_nouns() -> None:
    assert all(is_participle(w) for w in ("connus", "rénovés", "équipées", "labellisés", "prévues", "visités"))
    assert not any(is_participle(w) for w in ("salariés", "communautés", "journées", "élus", "priorités", "musées"))


@given(st.text(max_size=30))
def test_the_shadow_keeps_its_length(text: str) -> None:
    assert len(shadow(text)) == len(text)
