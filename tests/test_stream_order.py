"""Pages of a dump are brought into reading order: labels and headings behind their texts, kind after kind."""

from __future__ import annotations

from stream_documents import engagements, plan_of, priorities, told

NAMES = ("le bac", "le phare", "la digue", "le môle")


def backwards(k: int, name: str) -> str:
    return (
        f"{name.capitalize()} sera repeint en 2031.\n\nPerspectives\n\n{name.capitalize()} a été réparé en 2030.\n\nBilan\n\n"
        f"Réparer et repeindre {name}.\n\nEngagement\n\nPilier {k}\nPrendre soin : {name}"
    )


def test_a_page_written_from_its_end_is_read_from_its_beginning() -> None:
    plan = plan_of("\f".join(backwards(k, name) for k, name in enumerate(NAMES, 1)))
    assert [priority.title for priority in priorities(plan)] == [f"Prendre soin : {name}" for name in NAMES]
    for name, engagement in zip(NAMES, engagements(plan), strict=True):
        assert engagement.text == f"Réparer et repeindre {name}."
        assert [status for status, _ in told(engagement.blocks)] == ["réalisé", "à venir"]


def test_labels_kind_by_kind_pair_the_first_with_the_first() -> None:
    page = """Volet 1 : Le port

Réparer le bac.

Ouvrir le phare.

Bientôt

Le bac sera repeint.

Bientôt

Le phare sera éclairé.

C'est fait

Le bac a été réparé.

C'est fait

Le phare a été ouvert.
"""
    first, second = engagements(plan_of(page))
    assert (first.text, second.text) == ("Réparer le bac.", "Ouvrir le phare.")
    assert told(first.blocks) == [("réalisé", ["Le bac a été réparé."]), ("à venir", ["Le bac sera repeint."])]
    assert told(second.blocks) == [("réalisé", ["Le phare a été ouvert."]), ("à venir", ["Le phare sera éclairé."])]


def test_a_label_for_the_whole_level_belongs_to_no_commitment() -> None:
    page = """Volet 1 : Le port

Action 1 : Réparer le bac
Réalisé
Le bac a été réparé.
À venir
Il sera repeint.

Action 2 : Ouvrir le phare
Réalisé
Le phare a été ouvert.
À venir
Il sera éclairé.

Réalisé pour tout le volet
Un guide du port a été imprimé.
"""
    (priority,) = priorities(plan_of(page))
    assert told(priority.blocks) == [("réalisé", ["Un guide du port a été imprimé."])]


def test_a_sentence_that_a_page_end_breaks_off_goes_on_in_its_own_block() -> None:
    pages = (
        "Axe 1 : Le port\n\nAction 1 : Réparer le bac\n\nRéalisé\n\n"
        "Le bac a été réparé par les élèves du lycée, qui en ont\n\n"
        "À venir\n\nIl sera repeint.\n"
        "\fAxe 1 : Le port\n\nAction 1 : Réparer le bac (suite)\n\ntiré un film de douze minutes.\n"
        "\fAxe 1 : Le port\n\nAction 2 : Ouvrir le phare\n\nRéalisé\n\nLe phare a été ouvert.\n\nÀ venir\n\nIl sera éclairé."
    )
    first = engagements(plan_of(pages))[0]
    assert told(first.blocks) == [
        ("réalisé", ["Le bac a été réparé par les élèves du lycée, qui en ont tiré un film de douze minutes."]),
        ("à venir", ["Il sera repeint."]),
    ]
