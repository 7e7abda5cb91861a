"""Commitments without label or number are told by where they stand; so are the titles over them, and pull quotes."""

from __future__ import annotations

from stream_documents import engagements, plan_of, priorities, set_aside, told

QUESTIONS = """Qui tiendra le bac ?

« Le bac naviguera tous les jours de la semaine. »

Qu'avons-nous fait en 2030 ?
Deux passeurs ont été recrutés.

Et demain ?
Un troisième le sera en 2031.

« Le bac sera gratuit pour les écoliers du canton. »

Qu'avons-nous fait en 2030 ?

Et demain ?
La gratuité sera votée en mars 2031.

« On se croirait à la mer, mais sans le sel ni les vagues. »

Qui allumera le phare ?

« Le phare brillera chaque nuit, même en hiver. »

Qu'avons-nous fait en 2030 ?
La lampe a été changée.

Et demain ?
Une lampe de secours sera achetée.
"""


def test_texts_between_what_is_to_come_and_what_was_done_are_commitments() -> None:
    found = engagements(plan_of(QUESTIONS))
    assert [engagement.text for engagement in found] == [
        "« Le bac naviguera tous les jours de la semaine. »",
        "« Le bac sera gratuit pour les écoliers du canton. »",
        "« Le phare brillera chaque nuit, même en hiver. »",
    ]
    assert told(found[1].blocks) == [("réalisé", []), ("à venir", ["La gratuité sera votée en mars 2031."])]


def test_lines_over_them_are_the_level_above() -> None:
    found = priorities(plan_of(QUESTIONS))
    assert [(priority.title, len(priority.engagements)) for priority in found] == [
        ("Qui tiendra le bac ?", 2),
        ("Qui allumera le phare ?", 1),
    ]


def test_a_quote_that_nothing_answers_is_set_aside() -> None:
    assert any("On se croirait à la mer" in text for text in set_aside(plan_of(QUESTIONS), "quote"))
