"""Tables: cells from rules or white space, columns from their heads, rows over page ends."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import column, line, page
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from bilan_extract import extract
from bilan_extract.document import Shape
from bilan_extract.layout.open_tables import Memory
from bilan_extract.layout.tables import find_cells
from bilan_extract.profile import load_profile
from bilan_extract.segmentation.labels import Label, Words
from bilan_extract.segmentation.table_heads import LEVEL, level_cell, level_of, numbered_cell, settle

WORDS = Words(load_profile())
ROWS = [
    ("Planter des haies", "Douze kilomètres de haies bordent les chemins du plateau.", "Poursuivre sur la rive droite."),
    ("Ouvrir une recyclerie", "Le local de la rue des Tanneurs accueille deux salariés.", ""),
    ("Réduire l'arrosage", "", "Poser huit sondes dans les stades."),
    ("Créer un marché", "Quatorze étals se tiennent le jeudi.", "Étudier un second marché près de la gare."),
]
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=9, leading=11)
BOLD = ParagraphStyle("bold", parent=TEXT, fontName="Helvetica-Bold")
HEAD = ParagraphStyle("head", parent=BOLD, fontSize=13, leading=16, spaceBefore=10, spaceAfter=6)
RULES = {
    "both ways": [("GRID", (0, 0), (-1, -1), 0.5, black)],
    "below each row": [("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, 0), (-1, -1), 0.5, black)],
    "around the head and at the foot": [
        ("LINEABOVE", (0, 0), (-1, 0), 1, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
        ("LINEBELOW", (0, -1), (-1, -1), 1, black), ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
    ],
    "a ground behind the head": [
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(0x335577)), ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
    ],
    "grounds behind every other row": [
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(0x335577)), ("BACKGROUND", (0, 2), (-1, 2), HexColor(0xE8EEE8)),
        ("BACKGROUND", (0, 4), (-1, 4), HexColor(0xE8EEE8)),
    ],
    "grounds behind every other row and none behind the head": [
        ("BACKGROUND", (0, 2), (-1, 2), HexColor(0xE8EEE8)), ("BACKGROUND", (0, 4), (-1, 4), HexColor(0xE8EEE8)),
    ],
    "down the sides of columns": [
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, black), ("LINEBEFORE", (0, 0), (-1, -1), 0.5, black),
        ("LINEAFTER", (-1, 0), (-1, -1), 0.5, black), ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
    ],
}  # fmt: skip


def printed(*parts, size=A4):
    """The bytes of a PDF of these flowables."""
    out = io.BytesIO()
    opening = Paragraph("La commune rend compte ici de son plan, mesure après mesure, devant les habitants réunis.", TEXT)
    SimpleDocTemplate(out, pagesize=size, topMargin=40, bottomMargin=40, invariant=1).build([opening, *parts])
    return out.getvalue()


def table(rows, style, *, heads=1, widths=None, repeat=1):
    """A table whose first row is its head; texts become paragraphs of one cell each."""
    dark = ParagraphStyle("dark", parent=BOLD, textColor=white)
    ground = any(s[0] == "BACKGROUND" and s[1] == (0, 0) for s in style)
    cells = [
        [Paragraph(text, (dark if ground else BOLD) if r < heads else TEXT) if text else "" for text in row]
        for r, row in enumerate(rows)
    ]
    top = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    return LongTable(cells, style=[*top, *style], colWidths=widths, repeatRows=repeat)


def told(plan):
    """Priority titles and, under each, its engagements with their blocks' statuses and texts."""
    return [
        (p.title, [(e.text, [(b.status, [i.text for i in b.items]) for b in e.blocks]) for e in p.engagements])
        for a in plan.ambitions
        for p in a.priorities
    ]


def expected(rows):
    out = []
    for name, done, next_ in rows:
        blocks = [("réalisé", [done])] if done else []
        out.append((name, [*blocks, *([("à venir", [next_])] if next_ else [])]))
    return out


def covered(plan):
    assert plan.coverage.words == plan.coverage.in_plan + plan.coverage.set_aside
    return not [a for a in plan.set_aside if a.reason == "unclaimed"]


@pytest.mark.parametrize("style", RULES.values(), ids=RULES)
def test_rows_are_engagements_however_the_table_is_drawn(style):
    made = table([("Action", "Réalisations 2024", "Perspectives 2025"), *ROWS], style, widths=[120, 200, 150])
    plan = extract(printed(Paragraph("Axe 1 : Ménager la nature", HEAD), made))
    assert told(plan) == [("Ménager la nature", expected(ROWS))]
    assert covered(plan)


@pytest.mark.parametrize("style", ["both ways", "below each row"])
@pytest.mark.parametrize("repeat", [0, 1], ids=["head once", "head repeated"])
def test_a_table_goes_on_over_page_ends(style, repeat):
    rows = ROWS * 3
    top = ("Action", "Réalisations 2024", "Perspectives 2025")
    made = table([top, *rows], RULES[style], widths=[120, 200, 150], repeat=repeat)
    plan = extract(printed(Paragraph("Axe 1 : Ménager la nature", HEAD), made, size=(595, 330)))
    assert plan.document.source.pages > 1
    assert told(plan) == [("Ménager la nature", expected(rows))]
    assert covered(plan)


def test_a_merged_cell_of_the_level_holds_for_its_rows_and_other_columns_are_set_aside():
    rows = [("Objectif", "Mesure phare", "Réalisé", "À poursuivre", "Pilote")]
    rows += [(("A", "", "B", "")[k], f"Mesure phare n° {k + 2}<br/>{a}", d, n, "M. Bertin") for k, (a, d, n) in enumerate(ROWS)]
    rows[1] = ("<font size=14>A</font><br/><b>Ménager la nature</b>", *rows[1][1:])
    rows[3] = ("<font size=14>B</font><br/><b>Vivre ensemble</b>", *rows[3][1:])
    spans = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 4))]
    plan = extract(printed(table(rows, [*RULES["both ways"], *spans], widths=[80, 110, 140, 110, 60])))
    assert told(plan) == [("Ménager la nature", expected(ROWS[:2])), ("Vivre ensemble", expected(ROWS[2:]))]
    priorities = plan.ambitions[0].priorities
    assert [(p.label, p.number) for p in priorities] == [("A", None), ("B", None)]
    assert any(a.reason == "table" and "Bertin" in a.text for a in plan.set_aside)
    assert covered(plan)


def test_three_levels_and_heads_over_two_rows():
    rows = [("Axe", "Objectif", "Action", "Mise en œuvre", ""), ("", "", "", "Fait en 2024", "Prévu en 2025")]
    rows += [("", "", f"{k + 1}. {a}", d, n) for k, (a, d, n) in enumerate(ROWS)]
    rows[2] = ("1. La ville et la nature", "Objectif 1 : Ménager la nature", *rows[2][2:])
    rows[4] = ("", "Objectif 2 : Vivre ensemble", *rows[4][2:])
    spans = [("SPAN", (c, 0), (c, 1)) for c in range(3)]
    spans += [("SPAN", (3, 0), (4, 0)), ("SPAN", (0, 2), (0, 5)), ("SPAN", (1, 2), (1, 3)), ("SPAN", (1, 4), (1, 5))]
    plan = extract(printed(table(rows, [*RULES["both ways"], *spans], heads=2, widths=[80, 90, 100, 120, 110], repeat=2)))
    assert [(a.number, a.title) for a in plan.ambitions] == [(1, "La ville et la nature")]
    assert told(plan) == [("Ménager la nature", expected(ROWS[:2])), ("Vivre ensemble", expected(ROWS[2:]))]
    assert covered(plan)


def test_a_level_in_a_column_stands_under_the_headings_around_the_table():
    rows = [("Objectif", "Action", "Réalisations", "Perspectives")]
    rows += [("Objectif 1 : Ménager la nature" if k == 0 else "", *row) for k, row in enumerate(ROWS)]
    made = table(rows, RULES["both ways"], widths=[100, 110, 150, 110])
    plan = extract(printed(Paragraph("Axe 1 : La ville et la nature", HEAD), made))
    assert [(a.number, a.title) for a in plan.ambitions] == [(1, "La ville et la nature")]
    assert told(plan) == [("Ménager la nature", expected(ROWS))]


def test_the_caption_under_a_table_is_none_of_its_text():
    note = ParagraphStyle("note", parent=TEXT, fontSize=7.5, spaceBefore=3)
    made = table([("Action", "Réalisations", "Perspectives"), *ROWS], RULES["below each row"], widths=[120, 200, 150])
    text = "Tableau 3 – Source : services de la commune, au 31 janvier."
    plan = extract(printed(made, Paragraph(text, note)))
    assert [a.text for a in plan.set_aside if a.reason == "caption"] == [text]
    assert covered(plan)


# -- layout ---------------------------------------------------------------------------


def rule(x0, y, x1):
    return Shape("line", x0, y, x1, y, stroke=(0, 0, 0), line_width=0.5)


HEADS = [line("Action", 50, 90, bold=True), line("Fait", 200, 90, bold=True), line("Suite", 400, 90, bold=True)]


def cells_of(made, memory=None):
    return [
        (c.row, c.column, " ".join(made.words[i].text for i in sorted(c.words))) for c in find_cells(made, made.words, memory)
    ]


def test_white_space_parts_the_columns_between_rules():
    lines = [*HEADS, *column(["Planter", "des haies"], 50, 110), *column(["Douze kilomètres sont plantés"], 200, 110)]
    lines += [line("Ouvrir un marché", 50, 145), line("Au printemps", 400, 145)]
    made = page(lines, [rule(45, y, 550) for y in (85, 105, 140, 165)])
    assert cells_of(made) == [
        (0, 0, "Action"), (0, 1, "Fait"), (0, 2, "Suite"), (1, 0, "Planter des haies"),
        (1, 1, "Douze kilomètres sont plantés"), (2, 0, "Ouvrir un marché"), (2, 2, "Au printemps"),
    ]  # fmt: skip


def test_a_page_without_heads_takes_the_columns_of_the_page_before():
    memory = Memory()
    first = page([*HEADS, line("Planter", 50, 112), line("Douze", 200, 112)], [rule(45, y, 550) for y in (85, 105, 130)])
    assert len(cells_of(first, memory)) == 5
    lines = [line("Ouvrir", 50, 60), line("Bientôt", 400, 60), line("Créer", 50, 90), line("Hier", 200, 90)]
    second = page(lines, [rule(45, y, 550) for y in (80, 110)], 2)
    assert cells_of(second, memory) == [(0, 0, "Ouvrir"), (0, 2, "Bientôt"), (1, 0, "Créer"), (1, 1, "Hier")]
    assert cells_of(second) == []


RULED = [Shape("rect", x0, 105, x1, 165, stroke=(0, 0, 0)) for x0, x1 in ((45, 195), (195, 395), (395, 550))]


@pytest.mark.parametrize("own", [True, False])
def test_a_ground_over_a_ruled_table_is_its_head_where_it_names_the_columns(own):
    heads = HEADS if own else [line("Pour la nature", 50, 90, bold=True)]
    lines = [*heads, line("Planter", 50, 112), line("Douze", 200, 112), line("Ouvrir", 50, 145), line("Au printemps", 400, 145)]
    made = page(lines, [Shape("rect", 45, 85, 550, 105, fill=(20, 40, 90)), *RULED, rule(45, 140, 550)])
    body = [(0, 0, "Planter"), (0, 1, "Douze"), (1, 0, "Ouvrir"), (1, 2, "Au printemps")]
    named = [(0, 0, "Action"), (0, 1, "Fait"), (0, 2, "Suite"), *((row + 1, column, text) for row, column, text in body)]
    assert cells_of(made) == (named if own else body)


def tile(x0, top, x1, bottom, fill):
    return Shape("rect", x0, top, x1, bottom, fill=fill)


DARK, PALE = (20, 40, 90), (225, 230, 245)


def tiles(*, labels=False):
    """Three columns of coloured cells, 3 points apart; the level's cell stands for two rows."""
    heads_ = [tile(45, 85, 195, 105, DARK), tile(198, 85, 395, 105, DARK), tile(398, 85, 550, 105, DARK)]
    body = [tile(45, 108, 195, 161, PALE)]
    for top in (108, 136):
        body += [tile(198, top, 395, top + 25, DARK if labels else PALE), tile(398, top, 550, top + 25, PALE)]
    return [*heads_, *body]


TILED = [line("Nature", 50, 125), line("Planter", 205, 115), line("Douze", 405, 115), line("Ouvrir", 205, 143)]


def test_coloured_cells_apart_from_one_another_are_a_table():
    assert cells_of(page([*HEADS, *TILED], tiles())) == [
        (0, 0, "Action"), (0, 1, "Fait"), (0, 2, "Suite"), (1, 0, "Nature"), (1, 1, "Planter"), (1, 2, "Douze"),
        (2, 1, "Ouvrir"),
    ]  # fmt: skip


def test_cards_with_labels_in_the_heads_colour_are_none():
    assert cells_of(page([*HEADS, *TILED], tiles(labels=True))) == []


def test_a_coloured_head_over_a_table_drawn_with_rules_heads_no_second_one():
    grid = [rule(45, y, 550) for y in (105, 125, 145)]
    grid += [Shape("line", x, 105, x, 145, stroke=(0, 0, 0), line_width=0.5) for x in (45, 195, 550)]
    text = [line("Promis", 50, 112), line("Douze kilomètres", 205, 112), line("Fait", 50, 132), line("Sept", 205, 132)]
    heads_ = [line("Action 3", 50, 90, bold=True), line("Aider les clubs", 205, 90, bold=True)]
    made = page([*heads_, *text], [tile(45, 85, 195, 105, DARK), tile(195, 85, 550, 105, DARK), *grid])
    found = cells_of(made)
    assert [said for _, _, said in found if "Promis" in said or "Sept" in said] == ["Promis", "Sept"]


def test_text_between_rules_is_no_table():
    long = "Un texte qui court d'un bord à l'autre de la page entre deux filets, sans colonne aucune"
    made = page([line(long[:40], 50, 90, bold=True), line(long, 50, 112)], [rule(45, y, 550) for y in (85, 105, 130)])
    assert cells_of(made) == []


def test_labels_that_hang_over_the_edges_of_boxes_side_by_side_head_no_table():
    shapes = [
        Shape("rect", 54, 115, 542, 171, stroke=(100, 100, 100)),
        Shape("rect", 54, 185, 289, 405, stroke=(100, 100, 100)),
        Shape("rect", 306, 185, 542, 272, stroke=(170, 170, 170)),
        Shape("rect", 70, 176, 184, 192, fill=(70, 70, 70)),
        Shape("rect", 322, 176, 404, 192, fill=(140, 140, 140)),
        Shape("rect", 54, 438, 542, 562, stroke=(100, 100, 100)),
    ]
    heads = [line("Fait hier", 78, 179, 9), line("La suite", 331, 179, 9)]
    text = [line("Une halle pour le marché", 67, 200 + 14 * k, 10) for k in range(5)]
    text += [line("Un préau pour les jours de pluie", 319, 200 + 14 * k, 10) for k in range(3)]
    own = [line("Bâtir au centre", 67, 130, 10, bold=True)]
    assert cells_of(page([*own, *heads, *text], shapes)) == []


@given(
    st.lists(
        st.tuples(st.integers(40, 560), st.integers(40, 800), st.integers(5, 500), st.booleans()), min_size=0, max_size=14
    ),
    st.lists(st.tuples(st.integers(40, 400), st.integers(40, 800), st.sampled_from(["Action", "Fait hier"])), max_size=14),
)
@settings(max_examples=120, deadline=None)
def test_no_word_is_in_two_cells(drawn, texts):
    shapes = [
        Shape("rect", x, y, min(x + w, 590), y + (1 if thin else 20), fill=(20, 40, 90)) for x, y, w, thin in drawn
    ]
    made = page([line(text, x, y, bold=k < 3) for k, (x, y, text) in enumerate(texts)], shapes)
    held = [i for c in find_cells(made, made.words, Memory()) for i in c.words]
    assert len(held) == len(set(held))


# -- heads ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Objectif", "priority"), ("Objectifs", "priority"), ("Mesure phare", "engagement"),
        ("Intitulé de l'action", "engagement"),
        ("Axe stratégique", "ambition"), ("Libellé", "engagement"), ("Pilote", None), ("Réalisé", None), ("", None),
    ],
)  # fmt: skip
def test_levels_that_heads_name(text, role):
    assert level_of(text, WORDS) == role


def heads(**given_):
    labels, texts = {}, {}
    for c, (text, role) in enumerate(given_.items()):
        texts[c] = text
        if role is not None:
            labels[c] = Label(role, text, None, LEVEL if role in ("ambition", "priority", "engagement") else "words")
    return {c: label.role for c, label in settle(labels, texts).items()}


def test_the_last_level_before_the_statuses_is_the_engagement():
    assert heads(Axe="ambition", Objectif="priority", Fait="realised") == {0: "priority", 1: "engagement", 2: "realised"}
    assert heads(Axe="ambition", Objectif="priority", Action="engagement", Fait="realised") == {
        0: "ambition", 1: "priority", 2: "engagement", 3: "realised",
    }  # fmt: skip
    assert heads(Objectif="priority", Chose=None, Fait="realised") == {0: "priority", 1: "engagement", 2: "realised"}
    assert heads(Action="engagement", Objectif="priority", Fait="realised") == {0: "engagement", 1: "engagement", 2: "realised"}


def test_a_column_of_dates_is_no_status_beside_one():
    assert heads(Action="engagement", Fait="realised", Suite="upcoming", Échéance="upcoming")[3] == "other"


@pytest.mark.parametrize(
    ("text", "head", "number", "title"),
    [
        ("Mesure phare n° 12", "Mesure phare", 12, ""),
        ("Action prioritaire n° 3 – Ouvrir une halte", "Intitulé", 3, "Ouvrir une halte"),
        ("Action 4 : Ouvrir une halte", "Action", 4, "Ouvrir une halte"),
        ("1.2 Ouvrir une halte", "Mesure", 2, "Ouvrir une halte"),
    ],
)
def test_numbers_of_engagements(text, head, number, title):
    found = numbered_cell(text, head, WORDS)
    assert found is not None
    assert (found.number, found.title) == (number, title)


@pytest.mark.parametrize("text", ["Ouvrir 3 haltes", "Planter 1 200 arbres d'ici 2026", "Équiper 40 % des écoles"])
def test_texts_that_only_hold_a_number(text):
    assert numbered_cell(text, "Mesure", WORDS) is None


@pytest.mark.parametrize(
    ("texts", "label", "number", "title"),
    [
        (["A", "Vivre ensemble"], "A", None, "Vivre ensemble"),
        (["2.", "Vivre ensemble"], "2", 2, "Vivre ensemble"),
        (["Axe 3", "Vivre ensemble (suite)"], "Axe 3", 3, "Vivre ensemble"),
        (["II. Vivre ensemble"], "II", 2, "Vivre ensemble"),
        (["Vivre ensemble"], "", None, "Vivre ensemble"),
    ],
)
def test_a_level_s_cell(texts, label, number, title):
    found = level_cell(texts, "Axe", WORDS, lambda k: " ".join(texts[k:]))
    assert (found.label, found.number, found.title) == (label, number, title)
