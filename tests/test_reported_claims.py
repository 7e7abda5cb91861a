"""What an introduction claims of its own progress: which sentences are claims, and what each clause holds."""

from __future__ import annotations

import pytest
from test_deliberation import lines_of

from bilan_extract.segmentation.reported_claims import find_reported_progress


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # what leads up to the quantity is left out, what bounds it is kept
        (
            "Sur les neuf engagements, près de la moitié sont tenus ; quatre restent à ouvrir.",
            [("réalisé", 0.5, None, "près de la moitié sont tenus"), ("à venir", None, 4, "quatre restent à ouvrir.")],
        ),
        (
            "Au total, 41 % des actions sont achevées, un peu plus de 30 % sont en cours.",
            [
                ("réalisé", 0.41, None, "41 % des actions sont achevées"),
                ("en cours", 0.3, None, "un peu plus de 30 % sont en cours."),
            ],
        ),
        # a sentence carries on what the one before counts
        (
            "Un peu plus du tiers des cartes sont achevées. Trois n'ont pas commencé.",
            [
                ("réalisé", 0.3333, None, "Un peu plus du tiers des cartes sont achevées."),
                ("à venir", None, 3, "Trois n'ont pas commencé."),
            ],
        ),
        (
            "Deux fiches sont terminées. Par ailleurs, six sont en cours.",
            [("réalisé", None, 2, "Deux fiches sont terminées."), ("en cours", None, 6, "six sont en cours.")],
        ),
        # a question before, a list
        (
            "Où en sommes-nous ? À ce jour, quatre promesses sont réalisées.",
            [("réalisé", None, 4, "quatre promesses sont réalisées.")],
        ),
        (
            "+ Six actions sont accomplies.\n+ 30 % sont en route.\n+ Une seule action attend encore.",
            [
                ("réalisé", None, 6, "Six actions sont accomplies."),
                ("en cours", 0.3, None, "30 % sont en route."),
                ("à venir", None, 1, "Une seule action attend encore."),
            ],
        ),
        # the plan's own word for its parts
        (
            "Le pacte compte six volets et vingt gestes. Onze gestes sont accomplis et cinq sont en bonne voie.",
            [("réalisé", None, 11, "Onze gestes sont accomplis"), ("en cours", None, 5, "cinq sont en bonne voie.")],
        ),
        (
            "Sept jalons étaient franchis et un jalon restait à engager.",
            [("réalisé", None, 7, "Sept jalons étaient franchis"), ("à venir", None, 1, "un jalon restait à engager.")],
        ),
        (
            "Sur 31 actions, 18 achevées (58 %) et 4 non démarrées (13 %).",
            [("réalisé", 0.58, 18, "18 achevées (58 %)"), ("à venir", 0.13, 4, "4 non démarrées (13 %).")],
        ),
        # rates
        (
            "Le taux de réalisation des mesures atteint 62 %.",
            [("réalisé", 0.62, None, "Le taux de réalisation des mesures atteint 62 %.")],
        ),
        ("Les actions sont réalisées à 80 %.", [("réalisé", 0.8, None, "Les actions sont réalisées à 80 %.")]),
        ("Une action sur deux est réalisée.", [("réalisé", 0.5, None, "Une action sur deux est réalisée.")]),
        # no claims
        ("Chacune des 14 actions est décrite, avec les actions réalisées et celles à venir.", []),
        ("Les 12 fiches présentent les actions réalisées.", []),
        ("Douze communes sont engagées dans la démarche. Trois n'ont pas commencé.", []),
        ("Un projet est en cours avec la commune voisine.", []),
        ("60 % des aides sont versées et 40 % du budget est engagé.", []),
    ],
)
def test_claims(written: str, expected: list[tuple[str, float | None, float | None, str]]) -> None:
    found = find_reported_progress(lines_of(written))
    assert [(c.status, c.share, c.count, c.text) for c in found] == expected
