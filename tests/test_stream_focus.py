"""A story told in a box is a focus, with or without a label over it."""

from __future__ import annotations

import pytest
from stream_documents import engagements, plan_of, priorities, set_aside, told

BEFORE = """Axe 1 : Le port

Action 1 : Réparer le bac
Réalisé
Le bac a été réparé.
À venir
Il sera repeint.

"""
STORY = """Une nuit sur le bac
Le 12 juin 2030, soixante enfants ont dormi sur le bac, sous les étoiles et sous
des couvertures prêtées par les marins. Personne n'a vraiment dormi.
"""
AFTER = """
Le bac au petit matin, 13 juin 2030.

Action 2 : Ouvrir le phare
Réalisé
Le phare a été ouvert.
À venir
Il sera éclairé.

Action 3 : Lever la digue
Réalisé
La digue a été levée.
À venir
Elle sera plantée.
"""


@pytest.mark.parametrize("label", ["", "Gros plan\n", "Ça s'est passé ici\n"])
def test_a_title_and_prose_after_a_block_are_a_focus(label: str) -> None:
    plan = plan_of(BEFORE + label + STORY + AFTER)
    (focus,) = priorities(plan)[0].focus
    assert focus.title == "Une nuit sur le bac"
    assert focus.text.startswith("Le 12 juin 2030")
    assert focus.text.endswith("vraiment dormi.")
    assert told(engagements(plan)[0].blocks) == [("réalisé", ["Le bac a été réparé."]), ("à venir", ["Il sera repeint."])]


def test_the_line_under_its_picture_is_a_caption() -> None:
    assert "Le bac au petit matin, 13 juin 2030." in set_aside(plan_of(BEFORE + STORY + AFTER), "caption")


def test_an_entry_without_a_stop_is_no_title() -> None:
    plan = plan_of(f"{BEFORE}Achat d'une bouée\n\n{AFTER}")
    assert priorities(plan)[0].focus == []
