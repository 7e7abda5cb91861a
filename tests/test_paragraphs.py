"""Paragraphs and list entries from printed lines."""

from __future__ import annotations

from printed import column, region

from bilan_extract.segmentation.outline import Chunk
from bilan_extract.segmentation.paragraphs import entries


def made(*columns):
    chunks = [Chunk(region(lines), list(lines)) for lines in columns]
    return [(e.kind, [" ".join(w.text for row in part for w in row.words) for part in e.parts]) for e in entries(chunks)]


def test_a_gap_parts_paragraphs():
    lines = column(
        ["La ville a ouvert une maison", "pour les associations.", "", "Elle accueille cent clubs", "de toute la vallée."]
    )
    assert [kind for kind, _ in made(lines)] == ["paragraph", "paragraph"]


def test_a_short_line_that_ends_a_sentence_parts_paragraphs():
    lines = column(["Le taux a nettement augmenté cette année.", "Il est haut.", "Une formation est proposée aux agents."])
    assert [parts[0] for _, parts in made(lines)] == [
        "Le taux a nettement augmenté cette année. Il est haut.",
        "Une formation est proposée aux agents.",
    ]


def test_the_same_bullet_set_in_under_a_colon_is_nested():
    outer = column(["• la maison ;", "• le bus, qui dessert :"], 50, 100)
    inner = column(["• les marchés,", "• trois résidences."], 66, 124)
    last = column(["• le stade."], 50, 148)
    assert made([*outer, *inner, *last]) == [
        ("bullet", ["la maison ;"]),
        ("bullet", ["le bus, qui dessert :", "les marchés,", "trois résidences."]),
        ("bullet", ["le stade."]),
    ]


def test_three_lines_are_enough_to_see_the_wider_gap():
    first = column(["Trois porteurs de projet viendront au printemps 2025."], top=100)
    second = column(["Une convention avec la banque des territoires sera", "signée le 20 mars."], top=115.5)
    assert len(made([*first, *second])) == 2


def test_a_closing_quotation_mark_is_no_bullet():
    lines = column(["Les agents demandent « petite faim", "» ou « grande faim » avant de servir."])
    assert made(lines) == [("paragraph", ["Les agents demandent « petite faim » ou « grande faim » avant de servir."])]


def test_bullets_under_a_lead_in():
    lines = column(["Trois actions ont abouti :", "• la maison,", "• le parc,", "• le stade."])
    assert made(lines) == [
        ("lead_in", ["Trois actions ont abouti :"]),
        ("bullet", ["la maison,"]),
        ("bullet", ["le parc,"]),
        ("bullet", ["le stade."]),
    ]


def test_nested_entries_stay_with_their_entry():
    lines = [
        *column(["• Semaine du sport :"]),
        *column(["- un tournoi", "- une course"], 70, 112),
        *column(["• Fête du parc"], 50, 136),
    ]
    assert made(lines) == [("bullet", ["Semaine du sport :", "un tournoi", "une course"]), ("bullet", ["Fête du parc"])]


def test_a_sentence_goes_on_in_the_next_column():
    left = column(["• Des ateliers sont organisés", "depuis mars pour les jeunes :"])
    right = column(["15 volontaires y ont pris part.", "• En mai, deux ont été recrutés."], 300)
    assert [parts[0] for _, parts in made(left, right)] == [
        "Des ateliers sont organisés depuis mars pour les jeunes : 15 volontaires y ont pris part.",
        "En mai, deux ont été recrutés.",
    ]


def test_the_numbers_of_a_list_stay():
    assert made(column(["1. Le site a été lancé.", "2. Un référent a été nommé."])) == [
        ("bullet", ["1. Le site a été lancé."]),
        ("bullet", ["2. Un référent a été nommé."]),
    ]


def test_a_dash_inside_a_sentence_is_no_bullet():
    lines = column(["Le programme des trois années", "– de 2022 à 2024 – est achevé pour l'essentiel."])
    assert [kind for kind, _ in made(lines)] == ["paragraph"]
