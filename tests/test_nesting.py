"""What holds what: fields of a sheet, blocks of a whole part, annexes, from pages drawn for the test."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas

from bilan_extract import extract
from bilan_extract.plan import Plan


def _plan(*pages: list[tuple[str, int]]) -> Plan:
    """The plan of pages given as (text, size) lines; "*" sets a line in bold."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for lines in pages:
        top = 80.0
        for text, size in lines:
            top += 1.9 * size if text.startswith("*") else 1.3 * size
            canvas.setFont("Helvetica-Bold" if text.startswith("*") else "Helvetica", size)
            canvas.drawString(60, 842 - top, text.lstrip("*"))
        canvas.showPage()
    canvas.save()
    return extract(out.getvalue(), ocr="off")


REVIEW = [
    ("*Chapitre 1 : Bien manger", 18),
    ("*Action 1 : Ouvrir une légumerie", 13),
    ("*Échéance", 9),
    ("2026", 9),
    ("*Réalisé en 2024", 11),
    ("La légumerie épluche 400 kg de carottes par jour pour les douze cantines de la ville", 11),
    ("et pour deux maisons de retraite, avec des légumes qui viennent tous du canton voisin.", 11),
    ("*À venir", 11),
    ("Un second atelier ouvrira en 2026 dans les anciens abattoirs, près du marché couvert,", 11),
    ("et deux apprentis y seront formés par le chef de la cuisine centrale.", 11),
    ("*Réalisé en 2024 : autres actions du chapitre", 11),
    ("Une fête du potager a réuni 300 habitants.", 11),
    ("Elle se tenait pour la première fois sur les berges, entre le moulin et le vieux pont.", 11),
]


def test_a_deadline_is_a_field_of_the_sheet_and_no_block() -> None:
    (engagement,) = _plan(REVIEW).ambitions[0].priorities[0].engagements
    assert [(b.status, b.label) for b in engagement.blocks] == [("réalisé", "Réalisé en 2024"), ("à venir", "À venir")]
    assert [len(b.items) for b in engagement.blocks] == [1, 1]


def test_what_the_label_gives_to_the_chapter_is_the_chapter_s() -> None:
    priority = _plan(REVIEW).ambitions[0].priorities[0]
    assert [item.text for block in priority.blocks for item in block.items] == [
        "Une fête du potager a réuni 300 habitants.",
        "Elle se tenait pour la première fois sur les berges, entre le moulin et le vieux pont.",
    ]


def test_an_annex_after_the_review_is_set_aside() -> None:
    annex = [("*Annexe 2", 13), ("*Attestation du laboratoire", 13), ("Les menus ont été analysés le 4 mars 2024.", 11)]
    plan, alone = _plan(REVIEW, annex), _plan(REVIEW)
    assert plan.ambitions == alone.ambitions
    assert {(part.page, part.reason) for part in plan.set_aside if part.page == 2} == {(2, "report")}


QUESTIONS = [
    ("*Qui nous soignera ?", 17),
    ("*« Chaque village aura son infirmière. »", 12.5),
    ("*Qu'avons-nous fait en 2024 ?", 12),
    ("Deux infirmières de plus tiennent une permanence, le mardi à Vabre et le jeudi au bourg.", 11),
    ("*Et demain ?", 12),
    ("Une troisième permanence ouvrira en mars 2025 dans l'ancienne école de la vallée.", 11),
    ("*« Les gardes seront assurées. »", 12.5),
    ("*Qu'avons-nous fait en 2024 ?", 12),
    ("Une maison de garde accueille les patients le soir, du lundi au samedi, sans rendez-vous.", 11),
    ("*Et demain ?", 12),
    ("Le dimanche s'y ajoutera quand un second médecin se sera installé dans le canton.", 11),
]


def test_headings_and_promises_without_any_level_word() -> None:
    second = [("*Comment rester en forme ?", 17), *QUESTIONS[1:]]
    priorities = _plan(QUESTIONS, second).ambitions[0].priorities
    assert [p.title for p in priorities] == ["Qui nous soignera ?", "Comment rester en forme ?"]
    assert [[e.text[:9] for e in p.engagements] for p in priorities] == [["« Chaque ", "« Les gar"]] * 2
    assert [[b.status for e in p.engagements for b in e.blocks] for p in priorities] == [["réalisé", "à venir"] * 2] * 2


def test_numbers_alone_over_promises_are_their_numbers() -> None:
    lines: list[tuple[str, int]] = []
    promises = ["Répondre en cinq jours.", "Ouvrir le samedi.", "Écrire pour être compris."]
    for number, promise in enumerate(promises, start=1):
        lines += [
            (f"*{number}", 24),
            (f"*{promise}", 14),
            ("*Fait", 11),
            ("Les trois guichets de la ville s'y tiennent depuis le mois de septembre dernier.", 11),
            ("*À venir", 11),
            ("Les mairies annexes suivront à mesure que leurs agents auront été formés à l'outil.", 11),
        ]
    (priority,) = _plan(lines).ambitions[0].priorities
    assert [e.text for e in priority.engagements] == promises
    assert [len(e.blocks) for e in priority.engagements] == [2, 2, 2]
