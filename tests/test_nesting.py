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


ACT = [
    ("*Délibération n° 2025-14", 13),
    ("Séance du 12 mars 2025", 11),
    ("Le Conseil municipal,", 11),
    ("Vu le Code général des collectivités territoriales, notamment son article L.2121-29 ;", 11),
    ("Vu la délibération n° 2023-8 du 3 avril 2023 ;", 11),
    ("Article 1 : PREND ACTE du bilan.", 11),
]
SENTENCES = [
    "Les quais ont été pavés jusqu'au moulin, et deux pontons de bois accueillent les barques.",
    "Le second pont sera repeint par les élèves du lycée des métiers, avant les fêtes du port.",
]


def _sections(*titles: str, labels: tuple[str, str], size: int = 13) -> list[tuple[str, int]]:
    """A section for each title: the title in bold, two labels in bold and a sentence under each."""
    out: list[tuple[str, int]] = []
    for title in titles:
        out += [(f"*{title}", size), (f"*{labels[0]}", 11), (SENTENCES[0], 11), (f"*{labels[1]}", 11), (SENTENCES[1], 11)]
    return out


def test_labels_that_only_their_year_tells() -> None:
    lines = [
        ("*Axe 1 : Rendre les quais", 18),
        *_sections("Action 1 : Paver", "Action 2 : Peindre", labels=("Les actions en 2024", "Et pour 2025…")),
    ]
    (priority,) = _plan(ACT, lines).ambitions[0].priorities
    assert [[(b.status, b.label) for b in e.blocks] for e in priority.engagements] == [
        [("réalisé", "Les actions en 2024"), ("à venir", "Et pour 2025…")]
    ] * 2


def test_a_label_on_the_cover_labels_nothing() -> None:
    cover = [("*Bilan 2024", 26), ("*Plan des quais", 30), ("Ville de Portanville", 11)]
    review = [
        ("*Axe 1 : Rendre les quais", 18),
        *_sections("Action 1 : Paver", "Action 2 : Peindre", labels=("Fait", "À venir")),
    ]
    plan = _plan(cover, review)
    assert [p.title for p in plan.ambitions[0].priorities] == ["Rendre les quais"]
    assert not plan.ambitions[0].priorities[0].blocks


def test_numbers_of_three_kinds_are_three_levels() -> None:
    labels = ("État d'avancement", "Feuille de route 2025")
    first = [
        ("*I. Vivre au bord de l'eau", 18),
        ("*1. Rendre les quais", 15),
        *_sections("a) Paver.", "b) Peindre.", labels=labels),
    ]
    second = [
        ("*II. Vivre en ville", 18),
        ("*1. Ouvrir les cours", 15),
        *_sections("a) Planter.", "b) Éclairer.", labels=labels),
    ]
    ambitions = _plan(first, second).ambitions
    assert [(a.number, a.title, [p.title for p in a.priorities]) for a in ambitions] == [
        (1, "Vivre au bord de l'eau", ["Rendre les quais"]),
        (2, "Vivre en ville", ["Ouvrir les cours"]),
    ]
    assert [e.text for a in ambitions for p in a.priorities for e in p.engagements] == [
        "Paver.",
        "Peindre.",
        "Planter.",
        "Éclairer.",
    ]


def test_a_level_s_opening_page_is_no_table_of_contents() -> None:
    opener = [
        ("*Défi 1", 20),
        ("*Rendre la rive", 28),
        ("Elle est à tous.", 11),
        ("2 objectifs :", 11),
        ("*Objectif 1 : Les quais", 11),
        ("*Objectif 2 : Les ponts", 11),
    ]
    contents = [
        ("*Sommaire", 20),
        ("*Défi 1 : Rendre la rive", 12),
        ("Objectif 1 : Les quais", 11),
        ("Objectif 2 : Les ponts", 11),
    ]
    body = [
        line
        for number, title in enumerate(("Les quais", "Les ponts"), start=1)
        for line in [(f"*Objectif {number} : {title}", 15), *_sections(f"Mesure {number} : Paver", labels=("Fait", "À venir"))]
    ]
    (ambition,) = _plan(contents, opener, body).ambitions
    assert (ambition.number, ambition.title) == (1, "Rendre la rive")
    assert [p.title for p in ambition.priorities] == ["Les quais", "Les ponts"]


def test_level_words_alone_over_larger_titles() -> None:
    pages = [
        [
            ("*Notre ambition", 9),
            (f"*{name}", 22),
            ("*Objectif", 9),
            (f"*{title}", 17),
            *_sections("Paver tous les quais.", "Peindre.", labels=("Fait", "À venir")),
        ]
        for name, title in (("Une rive pour tous", "Les quais"), ("Une ville en eau", "Les ponts"))
    ]
    ambitions = _plan(*pages).ambitions
    assert [(a.label, a.title, [(p.label, p.title) for p in a.priorities]) for a in ambitions] == [
        ("Notre ambition", "Une rive pour tous", [("Objectif", "Les quais")]),
        ("Notre ambition", "Une ville en eau", [("Objectif", "Les ponts")]),
    ]


def test_two_levels_told_by_their_size_alone() -> None:
    pages = [
        [
            (f"*{name}", 22),
            *[
                line
                for title in titles
                for line in [(f"*{title}", 17), *_sections("Paver tout.", "Peindre tout.", labels=("Tenu", "À venir"), size=12)]
            ],
        ]
        for name, titles in (
            ("Une rive pour tous", ("Les quais", "Les berges")),
            ("Une ville en eau", ("Les ponts", "Les bassins")),
        )
    ]
    ambitions = _plan(*pages).ambitions
    assert [(a.title, [p.title for p in a.priorities]) for a in ambitions] == [
        ("Une rive pour tous", ["Les quais", "Les berges"]),
        ("Une ville en eau", ["Les ponts", "Les bassins"]),
    ]


def test_headings_right_over_their_blocks_are_the_commitments() -> None:
    labels = ("Mise en œuvre 2024", "Programme de travail 2025")
    first = [
        ("*A. Acheter mieux", 17),
        *_sections("Objectif n° 1 – Paver les quais.", "Objectif n° 2 – Peindre.", labels=labels),
    ]
    second = [
        ("*B. Acheter moins", 17),
        *_sections("Objectif n° 3 – Louer les bennes.", "Objectif n° 4 – Réparer.", labels=labels),
    ]
    priorities = _plan(first, second).ambitions[0].priorities
    assert [(p.title, [e.text for e in p.engagements]) for p in priorities] == [
        ("Acheter mieux", ["Paver les quais.", "Peindre."]),
        ("Acheter moins", ["Louer les bennes.", "Réparer."]),
    ]


def test_what_stands_behind_the_review_is_set_aside() -> None:
    review = [
        ("*Axe 1 : Rendre les quais", 18),
        *_sections("Action 1 : Paver", "Action 2 : Peindre", labels=("Fait", "À venir")),
    ]
    back = [("*Les adresses utiles", 18), ("Maison du port, 12 quai des Forges", 11)]
    plan, alone = _plan(review, back), _plan(review)
    assert plan.ambitions == alone.ambitions
    assert {part.reason for part in plan.set_aside if part.page == 2} == {"report"}


def test_a_promise_in_quotation_marks_under_its_label() -> None:
    lines: list[tuple[str, int]] = [("*Axe 1 : Rendre les quais", 18)]
    for promise in ("« Chacun pourra longer la Sarre à pied, d'un pont à l'autre. »", "« Chaque école aura sa barque. »"):
        lines += [("*NOTRE ENGAGEMENT", 9), (f"*{promise}", 15), ("*Fait en 2024", 11), (SENTENCES[0], 11)]
    (priority,) = _plan(lines).ambitions[0].priorities
    assert [e.text[:9] for e in priority.engagements] == ["« Chacun ", "« Chaque "]


def test_the_label_before_what_comes_next_is_what_was_done() -> None:
    lines = [
        ("*Axe 1 : Rendre les quais", 18),
        *_sections(
            "Paver les quais.", "Peindre les ponts.", "Planter les berges.", labels=("Ça roule, ma rive !", "Et la suite ?")
        ),
    ]
    (priority,) = _plan(lines).ambitions[0].priorities
    assert [[b.status for b in e.blocks] for e in priority.engagements] == [["réalisé", "à venir"]] * 3


def test_of_four_levels_the_upper_two_that_a_plan_has_are_kept() -> None:
    lines: list[tuple[str, int]] = []
    for axis, (start, aims) in enumerate(((1, ("Isoler", "Regrouper")), (3, ("Produire", "Chauffer"))), start=1):
        lines.append((f"*Axe {axis} – La part n° {axis}", 19))
        for k, aim in enumerate(aims):
            lines += [
                (f"*Orientation {axis}.{k + 1} – Montrer la voie", 17),
                (f"*Objectif {start + k} : {aim}", 15),
                *_sections(
                    f"Action {2 * (start + k)} : Paver", f"Action {2 * (start + k) + 1} : Peindre", labels=("Fait", "À venir")
                ),
            ]
    ambitions = _plan(lines[:18], lines[18:36], lines[36:]).ambitions
    assert [(a.label, [p.label for p in a.priorities]) for a in ambitions] == [
        ("Axe 1", ["Objectif 1", "Objectif 2"]),
        ("Axe 2", ["Objectif 3", "Objectif 4"]),
    ]
    assert [len(p.engagements) for a in ambitions for p in a.priorities] == [2, 2, 2, 2]


def test_a_field_under_each_action_is_no_part_of_it() -> None:
    lines: list[tuple[str, int]] = [("*Axe 1 : Rendre les quais", 18)]
    for k, action in enumerate(("Paver", "Peindre", "Planter"), start=1):
        lines += [
            (f"*Action {k} : {action} les quais", 13),
            ("Pilote : service du port.", 8),
            ("*Fait", 11),
            (SENTENCES[0], 11),
        ]
    (priority,) = _plan(lines).ambitions[0].priorities
    assert [e.text for e in priority.engagements] == [f"{a} les quais" for a in ("Paver", "Peindre", "Planter")]


def test_titles_over_numbered_commitments_are_a_level() -> None:
    pages = []
    for k, title in enumerate(("Des chemins sûrs", "Du stationnement partout", "L'envie de s'y mettre")):
        names = [f"Engagement {2 * k + n} : Paver la rue {2 * k + n}" for n in (1, 2)]
        pages.append([(f"*{title}", 22), *_sections(*names, labels=("Réalisé", "À venir"))])
    priorities = _plan(*pages).ambitions[0].priorities
    assert [(p.title, len(p.engagements)) for p in priorities] == [
        ("Des chemins sûrs", 2),
        ("Du stationnement partout", 2),
        ("L'envie de s'y mettre", 2),
    ]


def test_a_table_whose_rules_are_lost_does_not_lift_the_levels() -> None:
    """As on a scan: of three tables the last one's rules were not seen, so that its actions stand outside of cells."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)

    def write(x: float, top: float, text: str, size: float = 10, *, bold: bool = False) -> None:
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        canvas.drawString(x, 842 - top, text)

    write(60, 70, "Orientation 1 : Bâtir", 18)
    for k, top in enumerate((100, 300, 500)):
        write(60, top, f"Objectif 1.{k + 1} : Bâtir dans la vallée {'ABC'[k]}", 14)
        for x, text in ((65, "Action"), (205, "Avancement"), (400, "Suites")):
            write(x, top + 30, text, bold=True)
        for row in range(2):
            write(65, top + 60 + 40 * row, f"Action n° {2 * k + row + 1}", bold=True)
            write(65, top + 72 + 40 * row, "Ouvrir une halle.")
            write(205, top + 60 + 40 * row, "La halle a ouvert le 3 mai 2024.")
            write(400, top + 60 + 40 * row, "Un préau suivra en 2025.")
        if k < 2:
            for y in (top + 15, top + 40, top + 85, top + 125):
                canvas.line(60, 842 - y, 540, 842 - y)
            for x in (60, 200, 395, 540):
                canvas.line(x, 842 - top - 15, x, 842 - top - 125)
    canvas.save()
    (ambition,) = extract(out.getvalue(), ocr="off").ambitions
    assert [priority.label for priority in ambition.priorities] == ["Objectif 1.1", "Objectif 1.2", "Objectif 1.3"]
    assert [len(priority.engagements) for priority in ambition.priorities[:2]] == [2, 2]
