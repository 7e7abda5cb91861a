"""Tables whose cells a dump wrote one by one: heads tell the columns, numbers the rows."""

from __future__ import annotations

from stream_documents import engagements, plan_of, priorities, told

TABLE = """Axe 1 : Le port

Action Réalisé À venir

Action n° 1
Réparer le bac.

Le bac a été réparé par les élèves
du lycée.

Il sera repeint en 2031.

Action n° 2
Ouvrir le phare.

Le phare sera ouvert à partir de juin 2031.

Axe 2 : Les berges

Action Réalisé À venir

Action n° 3
Tailler les haies.

Six haies ont été taillées.

Action n° 4
Semer des prairies.

Deux prairies ont été semées.

Une troisième sera semée.
"""


def test_rows_are_read_with_their_cells() -> None:
    plan = plan_of(TABLE)
    assert [priority.title for priority in priorities(plan)] == ["Le port", "Les berges"]
    bac, phare, haies, prairies = engagements(plan)
    assert (bac.text, phare.text) == ("Réparer le bac.", "Ouvrir le phare.")
    assert (haies.text, prairies.text) == ("Tailler les haies.", "Semer des prairies.")
    assert told(bac.blocks) == [
        ("réalisé", ["Le bac a été réparé par les élèves du lycée."]),
        ("à venir", ["Il sera repeint en 2031."]),
    ]
    assert [block.label for block in bac.blocks] == ["Réalisé", "À venir"]
    assert [status for status, _ in told(phare.blocks)] == ["à venir"]  # the empty cell leaves no block
    assert [status for status, _ in told(haies.blocks)] == ["réalisé"]


def test_columns_written_from_right_to_left_end_a_row_with_its_commitment() -> None:
    text = """Orientation 1 – Le port

Reste à faireFait en 2030Mesures

Repeindre le bac en 2031.

Le bac a été réparé.

1.1 Prendre soin du bac.

Éclairer le phare.

Le phare a été ouvert.

1.2 Faire vivre le phare.

La lampe sera changée.

La coque a été nettoyée.

1.3 Garder la barque.
"""
    first, second, third = engagements(plan_of(text))
    assert [e.text for e in (first, second, third)] == ["Prendre soin du bac.", "Faire vivre le phare.", "Garder la barque."]
    assert sorted(told(first.blocks)) == [("réalisé", ["Le bac a été réparé."]), ("à venir", ["Repeindre le bac en 2031."])]


def test_a_cell_that_begins_with_a_quantity_is_no_row() -> None:
    text = TABLE.replace("Six haies ont été taillées.", "312 haies ont été taillées.")
    assert len(engagements(plan_of(text))) == 4
