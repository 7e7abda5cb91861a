"""A text's own ways of labelling: unknown words, labels before their text, signs, years, fields, column heads."""

from __future__ import annotations

from stream_documents import engagements, plan_of, set_aside, told

from bilan_extract.profile import load_profile
from bilan_extract.segmentation.labels import Words
from bilan_extract.segmentation.stream_labels import split_heads

WORDS = Words(load_profile(None))

RUN_IN = """Axe 1 : Garder le canal propre
Notre engagement Draguer les trois biefs du nord avant l'hiver.
Bilan 2030 Deux biefs ont été dragués, et 40 tonnes de vase enlevées.
Et maintenant Le dernier bief sera dragué en 2031.
Notre engagement Ramasser ce qui flotte.
Bilan 2030 Une barque passe chaque lundi.
Et maintenant Une seconde barque sera achetée.
"""


def test_labels_run_into_their_texts_where_a_document_does_so() -> None:
    first, second = engagements(plan_of(RUN_IN))
    assert first.text == "Draguer les trois biefs du nord avant l'hiver."
    assert told(first.blocks) == [
        ("réalisé", ["Deux biefs ont été dragués, et 40 tonnes de vase enlevées."]),
        ("à venir", ["Le dernier bief sera dragué en 2031."]),
    ]
    assert told(second.blocks)[1] == ("à venir", ["Une seconde barque sera achetée."])


def test_one_line_that_begins_like_a_label_is_text() -> None:
    text = "Axe 1 : Le canal\n\nNotre engagement\nBilan Carbone du canal, à refaire chaque année.\n\nRéalisé\nC'est fait."
    (only,) = engagements(plan_of(text))
    assert only.text == "Bilan Carbone du canal, à refaire chaque année."


SIGNS = """Volet 1 : Le quai

Action 1 : Refaire le pavage
✔ Le quai nord est pavé.
➜ Le quai sud le sera en 2031.

Action 2 : Planter des saules
✔ Trente saules ont été plantés.
➜ Dix autres suivront.
"""


def test_signs_stand_for_the_statuses() -> None:
    first, second = engagements(plan_of(SIGNS))
    assert told(first.blocks) == [("réalisé", ["Le quai nord est pavé."]), ("à venir", ["Le quai sud le sera en 2031."])]
    assert [block.status for block in second.blocks] == ["réalisé", "à venir"]


JUDGED = "\n\n".join(
    f"Jalon {k} : {name}\n\nNos avancées de la saison\n\n{done}\n\nNotre cap pour la suite\n\n{next_}"
    for k, (name, done, next_) in enumerate(
        [
            ("Le bac", "Le bac a été réparé.", "Il sera repeint."),
            ("Le phare", "Le phare a été ouvert.", "Il sera éclairé."),
            ("La digue", "La digue a été levée.", "Elle sera plantée."),
        ],
        1,
    )
)


def test_labels_in_words_no_profile_holds_are_judged_where_they_come_again() -> None:
    found = engagements(plan_of(JUDGED))
    assert [engagement.text for engagement in found] == ["Le bac", "Le phare", "La digue"]
    assert all([block.status for block in engagement.blocks] == ["réalisé", "à venir"] for engagement in found)


SHEETS = """Axe 1 : Les berges

Fiche 1 : Tailler les haies
Pilote
Service des jardins
Réalisé
Six haies ont été taillées.
À venir
Les autres le seront en mars.

Fiche 2 : Semer des prairies
Pilote
Service des prés
Réalisé
Deux prairies ont été semées.
À venir
Une troisième suivra.
"""


def test_the_other_fields_of_a_sheet_are_set_aside() -> None:
    plan = plan_of(SHEETS)
    assert [engagement.text for engagement in engagements(plan)] == ["Tailler les haies", "Semer des prairies"]
    assert any("Service des prés" in text for text in set_aside(plan, "table"))


YEARS = """Axe 1 : Le marais

Mesure 1 : Remettre l'eau
2029 : Une vanne a été posée.
2030 : L'eau est revenue.
2031 : Une digue sera levée.

Mesure 2 : Compter les oiseaux
2029 : Trois comptages ont eu lieu.
2030 : Quatre comptages ont eu lieu.
2031 : Un observatoire sera bâti.

Mesure 3 : Accueillir les classes
2029 : Deux classes sont venues.
2030 : Neuf classes sont venues.
2031 : Un guide sera imprimé.
"""


def test_a_year_before_a_colon_is_a_label_against_the_year_reported_on() -> None:
    act = "Délibération n° 2031-4\n\nSéance du 20 janvier 2031\n\nLe Conseil municipal,\nVu le code rural,\nDécide :\n"
    found = engagements(plan_of(f"{act}Article 1 : approuve le bilan.\n\n\n\n{YEARS}"))
    assert [[block.status for block in engagement.blocks] for engagement in found] == [["réalisé", "réalisé", "à venir"]] * 3


def test_a_line_of_column_heads_is_taken_apart() -> None:
    assert split_heads("Objectif Action Réalisé À poursuivre", WORDS) == ["Objectif", "Action", "Réalisé", "À poursuivre"]
    assert split_heads("Reste à faireFait en 2030Mesures", WORDS) == ["Reste à faire", "Fait en 2030", "Mesures"]
    assert split_heads("Le quai nord est pavé", WORDS) is None
