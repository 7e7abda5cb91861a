"""A text without geometry becomes a plan: labels behind their texts, headings at the page's end, frames torn apart."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan_extract import extract
from bilan_extract.document import Line, Region, Word
from bilan_extract.plan import Plan, Priority
from bilan_extract.segmentation.outline import Chunk
from bilan_extract.segmentation.stream_entries import stream_entries
from bilan_extract.segmentation.stream_parts import Part
from bilan_extract.segmentation.stream_roles import find_units, likeness, opens_with_infinitive, stem_weights

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
HEADS = "Plan des rives\n\nBilan 2030\n"

CONTENTS = """
Axe 1 : Rendre les rives aux promeneurs

Objectif 1 : Ouvrir les chemins du bord de l'eau
Objectif 2 : Abriter les oiseaux des
     roselières

Axe 2 : Faire vivre le canal

Objectif 3 : Remettre des péniches à flot
"""
# each page as a layout program wrote it: texts, then labels, then the page's own heading
PAGES = [
    CONTENTS,
    "Axe 1 - Rendre les rives aux promeneurs\n\nLe canal appartient à celles et ceux qui le longent.\n\n"
    "2 objectifs :\nObjectif 1 : Ouvrir les chemins du bord de \n     l'eau,\nObjectif 2 : Abriter les oiseaux des roselières.",
    """Engagement

Ouvrir douze kilomètres de chemin entre les écluses, en
enlevant les clôtures qui ferment encore

Sept kilomètres ont été ouverts en 2030, et 340 mètres de
clôture enlevés.

Actions à venir

les deux rives du vieux port.

Les cinq derniers kilomètres seront ouverts en 2031, après
l'accord des riverains.

Actions réalisées en 2030

Ouvrir les chemins du bord de l'eau.Objectif 1
"""
    + HEADS,
    """• Trois observatoires ont été bâtis au printemps,
• Une roselière de 4 hectares a été replantée.

Engagement

Protéger les nids des hérons et des butors.

Actions réalisées en 2030

Abriter les oiseaux des roselières.Objectif 2
"""
    + HEADS,
    "Axe 2 - Faire vivre le canal\n\nUn canal sans bateau est un fossé.\n\n"
    "1 objectif :\nObjectif 3 : Remettre des péniches à flot.",
    """Réparer neuf péniches avec les chantiers de la vallée.

Engagement

Action à venir

Deux péniches seront mises à l'eau en 2032.

Remettre des péniches à flot.Objectif 3
"""
    + HEADS
    + """
Zoom sur une action

La péniche des enfants

Depuis le mois de mai, une péniche accueille les classes du bourg.
Elle a reçu 210 élèves.
""",
]


@pytest.fixture(scope="module")
def plan() -> Plan:
    return extract("\f".join(PAGES).encode())


def priorities(plan: Plan) -> list[Priority]:
    return [p for a in plan.ambitions for p in a.priorities]


def test_headings_glued_to_titles_at_the_pages_end_open_their_levels(plan: Plan) -> None:
    assert [(a.number, a.title) for a in plan.ambitions] == [
        (1, "Rendre les rives aux promeneurs"),
        (2, "Faire vivre le canal"),
    ]
    assert [(p.number, p.label, p.title) for p in priorities(plan)] == [
        (1, "Objectif 1", "Ouvrir les chemins du bord de l'eau"),
        (2, "Objectif 2", "Abriter les oiseaux des roselières"),
        (3, "Objectif 3", "Remettre des péniches à flot"),
    ]


def test_what_a_text_says_gives_it_to_the_commitment_or_a_block(plan: Plan) -> None:
    first = priorities(plan)[0].engagements[0]
    assert first.text.startswith("Ouvrir douze kilomètres")
    assert [(b.status, b.label) for b in first.blocks] == [
        ("réalisé", "Actions réalisées en 2030"),
        ("à venir", "Actions à venir"),
    ]
    assert first.blocks[0].items[0].text.startswith("Sept kilomètres ont été ouverts")
    assert first.blocks[1].items[0].text.startswith("Les cinq derniers kilomètres")


def test_a_sentence_that_breaks_off_is_carried_on_far_behind(plan: Plan) -> None:
    text = priorities(plan)[0].engagements[0].text
    assert text.endswith("qui ferment encore les deux rives du vieux port.")


def test_a_block_before_its_commitment_is_found(plan: Plan) -> None:
    second = priorities(plan)[1].engagements
    assert [e.text for e in second] == ["Protéger les nids des hérons et des butors."]
    assert [item.kind for item in second[0].blocks[0].items] == ["bullet", "bullet"]


def test_a_story_below_its_label_is_a_focus(plan: Plan) -> None:
    (focus,) = priorities(plan)[2].focus
    assert focus.title == "La péniche des enfants"
    assert focus.text.endswith("Elle a reçu 210 élèves.")


def test_regions_have_a_page_and_no_box(plan: Plan) -> None:
    regions = [r for p in priorities(plan) for e in p.engagements for r in e.regions]
    assert [(r.page, r.bbox) for r in regions] == [(3, None), (4, None), (6, None)]


def test_a_warning_says_that_the_order_was_guessed(plan: Plan) -> None:
    assert [w.code for w in plan.warnings].count("order_guessed") == 1


def test_the_introduction_is_the_ambitions_own(plan: Plan) -> None:
    assert plan.ambitions[0].introduction == "Le canal appartient à celles et ceux qui le longent."


def test_running_lines_and_lists_are_set_aside_with_their_reason(plan: Plan) -> None:
    reasons = {(s.reason, s.text) for s in plan.set_aside}
    assert any(reason == "table_of_contents" and "Objectif 2 : Abriter" in text for reason, text in reasons)
    assert any(reason == "running_head" and "Plan des rives" in text for reason, text in reasons)
    assert not any(reason == "unclaimed" for reason, _ in reasons)


def test_every_word_is_in_the_plan_or_set_aside(plan: Plan) -> None:
    words = sum(len(page.split()) for page in PAGES)
    assert plan.coverage.in_plan + plan.coverage.set_aside == plan.coverage.words >= words


LEADING = """Cap 1 : Mieux respirer
Objectif 1 : Planter
Action 1 : Planter mille tilleuls
Réalisé : Six cents tilleuls ont été plantés.
À venir : Les autres suivront en 2031.
Action 2 : Soigner les vieux arbres
Réalisé : Trente chênes ont été soignés.
À venir : Un arboriste sera recruté.
Objectif 2 : Rouler moins
Action 3 : Créer des abris
Réalisé : Neuf abris sont en place.
À venir : Trente autres seront commandés.
"""


def test_where_labels_lead_a_walk_does_it() -> None:
    plan = extract(LEADING.encode())
    assert [p.title for p in priorities(plan)] == ["Planter", "Rouler moins"]
    actions = [e for p in priorities(plan) for e in p.engagements]
    assert [e.text for e in actions] == ["Planter mille tilleuls", "Soigner les vieux arbres", "Créer des abris"]
    assert [[b.status for b in e.blocks] for e in actions] == [["réalisé", "à venir"]] * 3
    assert actions[1].blocks[0].items[0].text == "Trente chênes ont été soignés."


TRAILING = """Priorité 1 Mieux manger
Servir des légumes du canton dans chaque cantine.
Notre engagement
Les menus ont été revus avec les maraîchers en 2030.
Ce qui a été fait en 2030
Une légumerie sera construite en 2031.
La suite en 2031
Former les cuisinières et les cuisiniers.
Notre engagement
Vingt agents ont été formés.
Ce qui a été fait en 2030
Dix autres seront formés au printemps 2031.
La suite en 2031
"""


def test_where_labels_stand_behind_their_texts_they_are_turned_round() -> None:
    (priority,) = priorities(extract(TRAILING.encode()))
    assert [e.text for e in priority.engagements] == [
        "Servir des légumes du canton dans chaque cantine.",
        "Former les cuisinières et les cuisiniers.",
    ]
    assert [b.items[0].text for b in priority.engagements[1].blocks] == [
        "Vingt agents ont été formés.",
        "Dix autres seront formés au printemps 2031.",
    ]


def test_a_level_word_in_running_text_is_no_heading() -> None:
    told = "Voir aussi, pour la suite de ce travail,\nObjectif 2 et son bilan."
    text = LEADING.replace("Six cents tilleuls ont été plantés.", told)
    assert len(priorities(extract(text.encode()))) == 2


ROWS = [*LEADING.split("\n"), *TRAILING.split("\n"), "", "\f", "• une liste", "et une suite", "Page 3"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(ROWS), max_size=30))
def test_coverage_adds_up_whatever_the_order(lines: list[str]) -> None:
    text = "\n".join(["Un début.", *lines])
    plan = extract(text.encode())
    assert plan.coverage.words == len(text.split())
    assert plan.coverage.in_plan + plan.coverage.set_aside == plan.coverage.words


# -- parts of it ------------------------------------------------------------------
def line_of(text: str, top: int) -> Line:
    return Line(tuple(Word(w, 1, 0.0, float(top), 0.0, float(top), index=100 * top + k) for k, w in enumerate(text.split())))


def texts_of(*rows: str) -> list[tuple[str, list[str]]]:
    """Kinds and text lines of the entries; an empty row is a blank line."""
    lines = [line_of(row, top) for top, row in enumerate(rows) if row]
    region = Region(1, tuple(lines), None, "stream order")
    found = stream_entries([Chunk(region, lines)])
    return [(e.kind, [" ".join(w.text for row in part for w in row.words) for part in e.parts]) for e in found]


def test_bullets_blank_lines_and_short_lines_open_entries() -> None:
    assert texts_of("Le quai est rouvert :", "• aux vélos,", "• aux marcheurs", "et aux poneys.", "", "La fête a eu lieu.") == [
        ("lead_in", ["Le quai est rouvert :"]),
        ("bullet", ["aux vélos,"]),
        ("bullet", ["aux marcheurs et aux poneys."]),
        ("paragraph", ["La fête a eu lieu."]),
    ]


def test_a_small_letter_carries_on_over_a_blank_line() -> None:
    assert texts_of("Le quai a été rendu", "", "aux marcheurs.") == [("paragraph", ["Le quai a été rendu aux marcheurs."])]


def test_a_lesser_mark_nests_under_an_entry_that_announces_it() -> None:
    assert texts_of("• La fête du port :", "> un bal", "> une régate", "• La foire") == [
        ("bullet", ["La fête du port :", "un bal", "une régate"]),
        ("bullet", ["La foire"]),
    ]


def test_a_dash_in_the_middle_of_a_sentence_is_no_bullet() -> None:
    assert len(texts_of("Le bac relie les deux rives", "- été comme hiver - sans s'arrêter.")) == 1


def part(text: str, kind: str = "text") -> Part:
    return Part(1, kind, [line_of(row, top) for top, row in enumerate(text.split("\n"))])


def test_units_join_what_a_label_tears_apart() -> None:
    torn = part("Le bac relie depuis le mois de mai les deux rives du"), part("canal sans attendre.")
    units = find_units([torn[0], part("Réalisé", "label"), torn[1]])
    assert [u.places for u in units] == [[0, 2]]


def test_a_list_goes_to_the_colon_that_announces_it() -> None:
    texts = "Trois bacs ont été mis à l'eau :", "Le port est rouvert.", "• au nord,\n• au sud."
    units = find_units([part(text) for text in texts])
    assert [u.places for u in units] == [[0, 2], [1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rendre le quai aux marcheurs", True),
        ("• Ouvrir un chemin", True),
        ("Le bac est rouvert", False),
        ("Atelier de vannerie", False),
    ],
)
def test_commitments_open_with_an_infinitive(text: str, expected: bool) -> None:
    assert opens_with_infinitive(text) is expected


def test_likeness_counts_the_words_that_tell() -> None:
    weights = stem_weights(["Le bac relie les rives"] * 20 + ["La légumerie du canton", "Les hérons du marais"])
    assert likeness("Une légumerie ouvre au canton", "La légumerie du canton", weights) > 0.3
    assert likeness("Une légumerie ouvre", "Les hérons du marais", weights) == 0.0


# -- other dumps, and the reference -----------------------------------------------
def found_titles(plan: dict[str, object]) -> tuple[set[str], set[str]]:
    ambitions = plan["ambitions"]
    assert isinstance(ambitions, list)
    titles = {str(a["title"]) for a in ambitions}
    return titles, {f"{p['number']} {p['title']}" for a in ambitions for p in a["priorities"]}


@pytest.mark.parametrize("name", ["demo-climat", "egalite-fil", "riviere-rapport", "tourisme-bandes"])
@pytest.mark.parametrize("mode", ["-raw", None])
def test_levels_come_out_of_other_dumps_of_our_own_documents(name: str, mode: str | None, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    path = next((ROOT / "corpus").glob(f"*/{name}.pdf"), None)
    if path is None:
        pytest.skip(f"corpus/*/{name}.pdf is not there")
    dump = tmp_path / "dump.txt"
    subprocess.run([program, *([mode] if mode else []), str(path), str(dump)], check=True, timeout=60)
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    assert found_titles(json.loads(extract(dump).model_dump_json())) == found_titles(gold)


FLOORS = {
    "ambitions": 1.0, "priorities": 1.0, "engagements": 1.0, "blocks": 0.88, "items": 0.93, "placement": 0.96,
    "focus": 0.84, "figures": 0.91, "dates": 0.89, "region_page": 1.0, "document_fields": 1.0,
}  # fmt: skip


def test_the_reference_text_keeps_its_scores(tmp_path: Path) -> None:
    source = SHARED / "reference" / "source.txt"
    if not source.exists():
        pytest.skip("the reference is not beside this checkout")
    made = tmp_path / "plan.json"
    made.write_text(extract(source).model_dump_json(), encoding="utf-8")
    bars = [f"--min={name}={floor}" for name, floor in FLOORS.items()]
    gold = SHARED / "reference" / "gold-source.json"
    call = [sys.executable, str(SHARED / "score" / "score.py"), str(gold), str(made), *bars]
    done = subprocess.run(call, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
