"""The deliberation's facts: invented acts of communes, EPCI, departments, regions; the reference where present."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan_extract.document import Line, Word
from bilan_extract.errors import InputError
from bilan_extract.pipeline import _of_stamp, extract
from bilan_extract.plan import Transmission, Votes
from bilan_extract.segmentation.deliberation import (
    DeliberationFacts,
    combine,
    page_kind,
    page_kinds,
    read_deliberation,
    read_report,
    split_deliberation,
)
from bilan_extract.segmentation.plan_title import plan_title_and_period
from bilan_extract.segmentation.reported_claims import find_reported_progress

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"


def lines_of(text: str, page: int = 1) -> list[Line]:
    """Lines without geometry, as a reader of plain text gives them."""
    rows = [row.split() for row in text.splitlines() if row.strip()]
    return [
        Line(tuple(Word(word, page, 0, 0, 0, 0, index=1000 * i + k) for k, word in enumerate(row)))
        for i, row in enumerate(rows)
    ]


def placed(text: str, page: int = 1) -> list[Line]:
    """Lines set at 11 points on a 14 point pitch, an empty row for each empty line; "##" sets a line in bold."""
    out = []
    for n, row in enumerate(text.splitlines()):
        bold, words, x = row.startswith("##"), [], 60.0
        for k, word in enumerate(row.removeprefix("##").split()):
            words.append(
                Word(word, page, x, 14.0 * n, x + 6 * len(word), 14.0 * n + 11, "F", 11.0, bold, index=1000 * n + k)
            )
            x += 6 * len(word) + 3
        if words:
            out.append(Line(tuple(words)))
    return out


MONTCLAR = """
République Française
Département de la Vèbre
##VILLE DE MONTCLAR
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL

Délibération n° 2025-118
Date de la convocation : 5 mars 2025
Nombre de conseillers en exercice : 33, présents : 27, votants : 31

Le Conseil municipal de Montclar, réuni en séance ordinaire le 12 mars 2025, sous la
présidence de Mme Odile FERRAND, Maire.

Présents : Mme Odile FERRAND, M. Paul GARRIC, Mme Inès VIDAL,
M. Yann LE BRAS
Secrétaire de séance : M. Paul GARRIC

##Objet : Bilan 2024 du plan municipal pour le vélo

Vu le Code général des collectivités territoriales, notamment ses articles L. 2121-29 et
L. 2122-22 ;
Vu la loi n° 2019-1428 du 24 décembre 2019 d'orientation des mobilités ;
Vu la délibération n° 2022-41 du 17 mai 2022 adoptant le plan vélo ;
Considérant que la ville s'est engagée à rendre compte chaque printemps ;

Sur proposition de Madame la Maire,
Après en avoir délibéré, le Conseil municipal, à l'unanimité :

##DÉCIDE

Article 1er – De prendre acte du bilan du plan municipal pour le vélo tel qu'il figure en
annexe.
Article 2 – D'autoriser Madame la Maire à signer tout document utile.

Pour : 31 Contre : 0 Abstention : 0

Fait à Montclar, le 14 mars 2025

La Maire,
Odile FERRAND

Envoyé en préfecture le 17/03/2025
Reçu en préfecture le 17/03/2025
Publié le 18/03/2025
ID : 081-218101632-20250312-2025_118-DE
"""

VAL_DE_LURE = """
Communauté d'agglomération du Val de Lure
CONSEIL COMMUNAUTAIRE
Séance du lundi 3 février 2025
DEL-2025-014
PLAN CLIMAT-AIR-ÉNERGIE TERRITORIAL : BILAN 2024
Membres en exercice : 45
Présents : 38
Votants : 42
L'an deux mille vingt-cinq, le trois février à 18 h 30, le Conseil communautaire s'est réuni
au siège, sous la présidence de M. Luc ARNAL.
VU le code de l'environnement, notamment son article L. 229-26,
VU le décret n° 2016-849 du 28 juin 2016 relatif au plan climat-air-énergie territorial,
VU l'arrêté préfectoral du 9 décembre 2016 portant création de la communauté,
CONSIDÉRANT l'avis de la commission Transition du 20 janvier 2025,
Le Conseil communautaire, après en avoir délibéré, par 39 voix pour, 2 contre et 1 abstention :
- PREND ACTE du bilan annuel du plan climat ;
- AUTORISE le Président à en assurer la diffusion ;
- CHARGE le Président de l'exécution de la présente décision.
Ainsi fait et délibéré, les jour, mois et an susdits.
Pour extrait conforme,
Le Président,
Luc ARNAL
"""

REGION = """
CONSEIL RÉGIONAL DE BRÉCÉE
Réunion du 20 juin 2024
N° 24.06.12
Objet : Stratégie régionale de l'eau – rapport d'étape
Le Conseil régional de Brécée,
Vu le code général des collectivités territoriales, en particulier son article L 4221-1,
Vu l'ordonnance n° 2021-408 du 8 avril 2021,
Vu le rapport présenté par Madame la Présidente du Conseil régional ;
Après en avoir délibéré, décide à la majorité d'approuver le rapport d'étape de la stratégie
régionale de l'eau.
Signé électroniquement par : Claire NOGARET
Date de signature : 25/06/2024
Qualité : Présidente du Conseil régional
"""

METROPOLE = """
Métropole de Rochevert
Conseil métropolitain du 28 novembre 2024
DCM 2024/057
Égalité entre les femmes et les hommes - Rapport annuel 2024
Vu les articles L. 5217-2 et L. 2311-1-2 du Code général des collectivités territoriales ;
Vu l'article 61 de la loi n° 2014-873 du 4 août 2014 et le décret n° 2015-761 du 24 juin 2015 ;
Entendu l'exposé de Mme DARGENT, vice-présidente ;
Le Conseil, après en avoir délibéré,
Article unique : PREND ACTE du rapport annuel 2024 en matière d'égalité.
Le secrétaire de séance,
Hugo MARCEAU
Le Président de la Métropole,
Simon DE LA TOUR
"""

BOURG = """
Commune de Saint-Aubin-le-Haut
2024_119
Approbation du bilan de la politique de l'arbre
Le douze novembre deux mille vingt-quatre à vingt heures en mairie, le conseil municipal s'est réuni en
session ordinaire sous la présidence de Monsieur Jean ROUX, maire.
La convocation a été envoyée le 6 novembre 2024.
Vu le code de l'urbanisme ;
Entendu Madame LASSERRE, adjointe,
Le conseil municipal, après délibération, à la majorité (3 abstentions, 1 contre), décide :
1. D'approuver le bilan annexé ;
2. De transmettre ce bilan aux communes voisines.
Le maire,
Jean ROUX
"""

DEPARTEMENT = """
DÉPARTEMENT DE LA HAUTE-ISERNE
COMMISSION PERMANENTE
Délibération CP-2024-207
Séance publique du 18 octobre 2024
Objet :
Schéma des solidarités 2022-2026 : présentation du bilan intermédiaire
La Commission permanente du Conseil départemental de la Haute-Iserne,
Vu :
- le Code de la santé publique, notamment l'article L. 312-5 ;
- la délibération du Conseil départemental du 30 juin 2022 « Schéma des solidarités » ;
Considérant l'avis favorable de la troisième commission,
DÉCIDE, à l'unanimité,
ARTICLE 1 : de donner acte au Président de la communication du bilan ;
ARTICLE 2 : de publier ce bilan sur le site du Département.
À Vallières, le 21/10/2024
Pour le Président et par délégation,
Le Directeur général adjoint
chargé des solidarités,
Karim BENALI
"""

SYNDICAT = """
SYNDICAT MIXTE DU BASSIN DE L'ORNE-AMONT
COMITÉ SYNDICAL
Séance du 4 avril 2025
Délibération n°25-07
Bilan du contrat de rivière
Nombre de délégués en exercice : 21 - présents : 15 - votants : 17
Vu les statuts du syndicat,
Le Comité syndical, à l'unanimité des membres présents, adopte le bilan du contrat de rivière et
charge le Président de sa publication.
Fait à Orbec le 7 avril 2025
Le Président : Marc TELLIER
"""

PLAINE = """
Communauté de communes de la Plaine d'Auge
Envoyé en préfecture le 02/10/2024
Reçu en préfecture le 02/10/2024
Publié le
ID : 014-200065589-20240926-DEL2024_77-DE
N°2024-77
##Programme local de prévention des déchets – bilan annuel 2023
En exercice Présents Votants
41 30 36
L'an 2024, le 26 septembre à 19 heures, le conseil communautaire, dûment convoqué, s'est réuni
Vu la loi n° 2020-105 du 10 février 2020 relative à la lutte contre le gaspillage ;
Il est proposé au conseil de se prononcer.
Le conseil communautaire, à l'unanimité, après en avoir délibéré :
- D'APPROUVER le bilan annuel 2023 ;
- DE DONNER tout pouvoir à la Présidente.
La Présidente, Nadia COHEN
"""

ACTS = {
    "montclar": MONTCLAR, "val": VAL_DE_LURE, "region": REGION, "metropole": METROPOLE, "bourg": BOURG,
    "departement": DEPARTEMENT, "syndicat": SYNDICAT, "plaine": PLAINE,
}  # fmt: skip
EXPECTED: dict[str, dict[str, object]] = {
    "montclar": {
        "number": "2025-118",
        "title": "Bilan 2024 du plan municipal pour le vélo",
        "collectivity": "VILLE DE MONTCLAR",
        "session_date": dt.date(2025, 3, 12),
        "signed_on": dt.date(2025, 3, 14),
        "signatories": [("Odile FERRAND", "La Maire")],
        "decision": [
            ("1", "De prendre acte du bilan du plan municipal pour le vélo tel qu'il figure en annexe."),
            ("2", "D'autoriser Madame la Maire à signer tout document utile."),
        ],
        "references": [
            ("code", None, None, ["L.2121-29", "L.2122-22"]),
            ("law", "2019-1428", dt.date(2019, 12, 24), []),
            ("deliberation", "2022-41", dt.date(2022, 5, 17), []),
        ],
        "votes": {
            "members": 33,
            "present": 27,
            "voters": 31,
            "for_": 31,
            "against": 0,
            "abstentions": 0,
            "unanimous": True,
        },
    },
    "val": {
        "number": "DEL-2025-014",
        "title": "PLAN CLIMAT-AIR-ÉNERGIE TERRITORIAL : BILAN 2024",
        "collectivity": "Communauté d'agglomération du Val de Lure",
        "session_date": dt.date(2025, 2, 3),
        "signed_on": dt.date(2025, 2, 3),
        "signatories": [("Luc ARNAL", "Le Président")],
        "decision": [
            (None, "PREND ACTE du bilan annuel du plan climat"),
            (None, "AUTORISE le Président à en assurer la diffusion"),
            (None, "CHARGE le Président de l'exécution de la présente décision."),
        ],
        "references": [
            ("code", None, None, ["L.229-26"]),
            ("decree", "2016-849", dt.date(2016, 6, 28), []),
            ("order", None, dt.date(2016, 12, 9), []),
        ],
        "votes": {
            "members": 45,
            "present": 38,
            "voters": 42,
            "for_": 39,
            "against": 2,
            "abstentions": 1,
            "unanimous": None,
        },
    },
    "region": {
        "number": "24.06.12",
        "title": "Stratégie régionale de l'eau – rapport d'étape",
        "collectivity": "Région Brécée",
        "session_date": dt.date(2024, 6, 20),
        "signed_on": dt.date(2024, 6, 25),
        "signatories": [("Claire NOGARET", "Présidente du Conseil régional")],
        "decision": [(None, "d'approuver le rapport d'étape de la stratégie régionale de l'eau.")],
        "references": [
            ("code", None, None, ["L.4221-1"]),
            ("order", "2021-408", dt.date(2021, 4, 8), []),
            ("other", None, None, []),
        ],
        "votes": {"unanimous": False},
    },
    "metropole": {
        "number": "2024/057",
        "title": "Égalité entre les femmes et les hommes - Rapport annuel 2024",
        "collectivity": "Métropole de Rochevert",
        "session_date": dt.date(2024, 11, 28),
        "signed_on": None,
        "signatories": [
            ("Hugo MARCEAU", "Le secrétaire de séance"),
            ("Simon DE LA TOUR", "Le Président de la Métropole"),
        ],
        "decision": [("unique", "PREND ACTE du rapport annuel 2024 en matière d'égalité.")],
        "references": [
            ("code", None, None, ["L.5217-2", "L.2311-1-2"]),
            ("law", "2014-873", dt.date(2014, 8, 4), ["61"]),
            ("decree", "2015-761", dt.date(2015, 6, 24), []),
        ],
        "votes": {},
    },
    "bourg": {
        "number": "2024_119",
        "title": "Approbation du bilan de la politique de l'arbre",
        "collectivity": "Commune de Saint-Aubin-le-Haut",
        "session_date": dt.date(2024, 11, 12),
        "signed_on": None,
        "signatories": [("Jean ROUX", "Le maire")],
        "decision": [("1", "D'approuver le bilan annexé"), ("2", "De transmettre ce bilan aux communes voisines.")],
        "references": [("code", None, None, [])],
        "votes": {"against": 1, "abstentions": 3, "unanimous": False},
    },
    "departement": {
        "number": "CP-2024-207",
        "title": "Schéma des solidarités 2022-2026 : présentation du bilan intermédiaire",
        "collectivity": "Département de la Haute-Iserne",
        "session_date": dt.date(2024, 10, 18),
        "signed_on": dt.date(2024, 10, 21),
        "signatories": [("Karim BENALI", "Le Directeur général adjoint chargé des solidarités")],
        "decision": [
            ("1", "de donner acte au Président de la communication du bilan"),
            ("2", "de publier ce bilan sur le site du Département."),
        ],
        "references": [
            ("code", None, None, ["L.312-5"]),
            ("deliberation", None, dt.date(2022, 6, 30), []),
        ],
        "votes": {"unanimous": True},
    },
    "syndicat": {
        "number": "25-07",
        "title": "Bilan du contrat de rivière",
        "collectivity": "SYNDICAT MIXTE DU BASSIN DE L'ORNE-AMONT",
        "session_date": dt.date(2025, 4, 4),
        "signed_on": dt.date(2025, 4, 7),
        "signatories": [("Marc TELLIER", "Le Président")],
        "decision": [(None, "adopte le bilan du contrat de rivière et charge le Président de sa publication.")],
        "references": [("other", None, None, [])],
        "votes": {"members": 21, "present": 15, "voters": 17, "unanimous": True},
    },
    "plaine": {
        "number": "2024-77",
        "title": "Programme local de prévention des déchets – bilan annuel 2023",
        "collectivity": "Communauté de communes de la Plaine d'Auge",
        "session_date": dt.date(2024, 9, 26),
        "signed_on": None,
        "signatories": [("Nadia COHEN", "La Présidente")],
        "decision": [(None, "D'APPROUVER le bilan annuel 2023"), (None, "DE DONNER tout pouvoir à la Présidente.")],
        "references": [("law", "2020-105", dt.date(2020, 2, 10), [])],
        "votes": {"members": 41, "present": 30, "voters": 36, "unanimous": True},
    },
}


def seen(facts: DeliberationFacts, key: str) -> object:
    if key == "signatories":
        return [(s.name, s.role) for s in facts.signatories]
    if key == "decision":
        return [(a.number, a.text) for a in facts.decision]
    if key == "references":
        return [(r.kind, r.number, r.date, r.articles) for v in facts.legal_basis for r in v.references]
    if key == "votes":
        return {k: v for k, v in dict(facts.votes).items() if v is not None}
    return getattr(facts, key)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("geometry", [False, True], ids=["text", "pdf"])
@pytest.mark.parametrize(
    "key",
    ["number", "title", "collectivity", "session_date", "signed_on", "signatories", "decision", "references", "votes"],
)
def test_field(name: str, geometry: bool, key: str) -> None:
    act = ACTS[name]
    lines = placed(act) if geometry else lines_of(act.replace("##", ""))
    expected = EXPECTED[name][key]
    if key == "votes":
        expected = {k: v for k, v in dict(expected).items() if v is not None}  # type: ignore[call-overload]
    assert seen(read_deliberation(lines), key) == expected


@pytest.mark.parametrize("name", ACTS)
def test_every_word_is_accounted_for_once(name: str) -> None:
    lines = lines_of(ACTS[name])
    used = read_deliberation(lines).used
    assert sorted(w.index for words in used.values() for w in words) == sorted(
        w.index for line in lines for w in line.words
    )


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_a_deliberation_page(name: str) -> None:
    kind = page_kind(lines_of(ACTS[name].replace("##", "")))
    assert kind is not None
    assert kind.kind == "deliberation"


def test_transmission_comes_from_the_stamp() -> None:
    stamp = read_deliberation(lines_of(MONTCLAR)).transmission
    assert stamp is not None
    assert (stamp.id, stamp.published_on) == ("081-218101632-20250312-2025_118-DE", dt.date(2025, 3, 18))


REPORT = """
DÉPARTEMENT DE LA HAUTE-ISERNE
RAPPORT N°14
Commission : Solidarités
CONSEIL DÉPARTEMENTAL
RÉUNION DU 18 NOVEMBRE 2024
BILAN DU SCHÉMA DES SOLIDARITÉS
Depuis son adoption, le schéma guide l'action de nos services auprès des familles.
Sur les 36 mesures du schéma, 15 sont terminées, 12 sont engagées et 9 restent à lancer.
Je vous propose de bien vouloir prendre acte de ce bilan.
La Présidente du Conseil départemental
Agnès VOLPI
"""


def test_report() -> None:
    report = read_report(lines_of(REPORT))
    assert report.number == "14"
    assert report.session_date == dt.date(2024, 11, 18)
    assert report.title == "BILAN DU SCHÉMA DES SOLIDARITÉS"
    assert [(c.status, c.count, c.text) for c in report.reported_progress] == [
        ("réalisé", 15, "15 sont terminées"),
        ("en cours", 12, "12 sont engagées"),
        ("à venir", 9, "9 restent à lancer."),
    ]
    assert combine(DeliberationFacts(), report).session_date == dt.date(2024, 11, 18)


def test_report_pages_and_what_they_carry_on() -> None:
    first = "RAPPORT N°3\nSéance du 2 mai 2024\nLe dispositif monte en charge depuis un an."
    middle = "Les partenaires associatifs ont été consultés tout au long de la démarche."
    last = "Il convient de prendre acte de ces éléments.\nLe Président\nÉric SAULNIER"
    kinds = page_kinds([lines_of(first), lines_of(middle), lines_of(last)])
    assert [k and (k.kind, k.rule) for k in kinds] == [
        ("report", "report_heading"), ("report", "carried_on"), ("report", "report_proposal"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        "Axe 2 : Mieux se déplacer\nAction 4 : Sécuriser les rues\nRéalisé\nSix carrefours.\nÀ venir\nDeux autres.",
        "Priorité 3 Loger les saisonniers\nActions réalisées en 2024\nUne résidence ouverte.\nPerspectives 2025",
        "Le plan vélo est né d'une large consultation. Il se donne dix ans pour changer les habitudes.",
        "SOMMAIRE\nAxe 1 : Habiter 3\nAxe 2 : Bouger 9",
        "",
    ],
)
def test_a_page_of_the_review_is_not_claimed(page: str) -> None:
    assert page_kind(lines_of(page)) is None


def test_split_where_the_review_follows_on_the_same_page() -> None:
    review = "Axe 1 : Rouler\nAction 1 : Jalonner\nRéalisé\n12 km balisés.\nÀ venir\nLa rive gauche."
    act = lines_of(MONTCLAR.replace("##", ""))
    assert split_deliberation([*act, *lines_of(review)]) == len(act)
    assert split_deliberation(act) == len(act)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "Nombre de membres en exercice : 19\nPrésents : 14\nVotants : 16",
            {"members": 19, "present": 14, "voters": 16},
        ),
        ("Votes : pour 21, contre 3, abstentions 6.", {"for_": 21, "against": 3, "abstentions": 6}),
        ("Par 50 voix pour, 3 voix contre et 7 abstentions :\n1. approuve", {"for_": 50, "against": 3, "abstentions": 7}),
        ("Présents : 30 conseillers sur 41 en exercice", {"members": 41, "present": 30}),
        ("Voix pour : 20\nVoix contre : néant\nAbstentions : 3", {"for_": 20, "against": 0, "abstentions": 3}),
        ("Le conseil adopte par vingt-six voix pour et deux voix contre.", {"for_": 26, "against": 2}),
        ("Adopté à l'unanimité des suffrages exprimés.", {"unanimous": True}),
        ("Le procès-verbal de la séance précédente est adopté à l'unanimité.", {}),
        ("Pour 2025, le budget reste stable contre 3 % de hausse en 2023.", {}),
    ],
)
def test_votes(written: str, expected: dict[str, int]) -> None:
    votes = read_deliberation(lines_of(written)).votes
    assert votes == Votes.model_validate(expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("62 % des actions sont engagées.", [("en cours", 0.62, None)]),
        ("Près d'un tiers des mesures sont achevées.", [("réalisé", 0.3333, None)]),
        ("La moitié des projets n'ont pas encore démarré.", [("à venir", 0.5, None)]),
        ("Une vingtaine de chantiers seront lancés l'an prochain.", [("à venir", None, 20)]),
        ("Actions réalisées : 21 (44 %)\nActions en cours : 19", [("réalisé", 0.44, 21), ("en cours", None, 19)]),
        ("21 actions sur 48 sont réalisées, soit 44 %.", [("réalisé", 0.44, 21)]),
        ("Deux mesures sont abandonnées.", [(None, None, 2)]),
        ("90 % des actions sont réalisées ou en cours.", [(None, 0.9, None)]),
        ("Le plan compte 17 actions réparties en 4 axes.", []),
        ("12 actions de sensibilisation ont été réalisées auprès de 300 élèves.", []),
        ("30 % des agents sont formés et 20 % du budget est engagé.", []),
    ],
)
def test_reported_progress(written: str, expected: list[tuple[str | None, float | None, float | None]]) -> None:
    found = find_reported_progress(lines_of(written))
    assert [(c.status, c.share, c.count) for c in found] == expected


def test_regions_are_tight_around_the_claim() -> None:
    lines = placed("Voici. Les 30 actions avancent. À ce jour 40 % des actions sont en cours. Merci.")
    [claim] = find_reported_progress(lines)
    assert claim.text == "À ce jour 40 % des actions sont en cours."
    words = [w for w in lines[0].words if w.text in ("À", "cours.")]
    assert claim.regions[0].bbox == (words[0].x0, 0.0, words[1].x1, 11.0)


@pytest.mark.parametrize(
    ("cover", "heads", "title", "expected"),
    [
        ([], ["Cap seniors", "Bilan 2022-2023"], None, ("Cap seniors", 2022, 2023)),
        (
            ["Plan climat-air-énergie territorial – Bilan 2024"],
            [],
            None,
            ("Plan climat-air-énergie territorial", 2024, 2024),
        ),
        ([], [], "Bilan d'étape 2022-2024 du Plan Mobilités", ("Plan Mobilités", 2022, 2024)),
        ([], [], "Agenda 2030 : bilan 2024", ("Agenda 2030", 2024, 2024)),
        ([], [], "Rapport annuel 2023", (None, 2023, 2023)),
        (
            ["PLAN DE PRÉVENTION", "BILAN", "2022 – 2024"],
            ["Ville de Montclar", "3"],
            None,
            ("PLAN DE PRÉVENTION", 2022, 2024),
        ),
        ([], ["Bilan Cap Seniors - 2022/2023 p.3"], "BILAN DU CAP", ("Cap Seniors", 2022, 2023)),
    ],
)
def test_plan_title_and_period(
    cover: Sequence[str], heads: Sequence[str], title: str | None, expected: tuple[str | None, int, int]
) -> None:
    name, period = plan_title_and_period(cover, heads, title)
    assert period is not None
    assert period.start is not None
    assert period.end is not None
    assert (name, period.start.year, period.end.year) == expected


_WORDS = st.sampled_from(
    [
        *("Vu", "vu", "le", "Code", "L.2121-29", "articles", "et", ",", ";", ":", "-", "Article", "1", "unique"),
        *("DÉCIDE", "Pour", "29", "contre", "à", "l'unanimité", "Fait", "le", "12", "mars", "2025", "Maire,", "Jean"),
        *("DUPONT", "n°", "2025-1", "Conseil", "municipal", "de", "Lure", "Présents", "Objet", "RAPPORT", "N°8", "45"),
        *("%", "des", "actions", "sont", "réalisées", "un", "tiers", "«", "»", "99/99/2024", "ID", "\u200b", "Bilan"),
        *("073-217300193-20250227-X-DE", "İ", "ﬁ"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_WORDS | st.text(min_size=1, max_size=6), min_size=1, max_size=9), max_size=14))
def test_nothing_raises_and_no_word_is_lost(rows: list[list[str]]) -> None:
    lines = [
        Line(tuple(Word(w, 1, 0, 0, 0, 0, index=100 * i + k) for k, w in enumerate(row))) for i, row in enumerate(rows)
    ]
    facts = read_deliberation(lines)
    assert sum(map(len, facts.used.values())) == sum(map(len, rows))
    read_report(lines)
    page_kinds([lines, lines])
    assert 0 <= split_deliberation(lines) <= len(lines)
    plan_title_and_period(
        [line.text for line in lines], [line.text for line in lines], " ".join(line.text for line in lines)
    )


def test_reference_document() -> None:
    if not (REFERENCE / "source.txt").exists():
        pytest.skip("the reference document is not here")
    source = (REFERENCE / "source.txt").read_text(encoding="utf-8")
    gold = json.loads((REFERENCE / "gold-source.json").read_text(encoding="utf-8"))
    pages = source.split("\n ")
    first = next(i for i, p in enumerate(pages) if page_kind(lines_of(p)) is None)
    report = lines_of(source[source.rindex("DEPARTEMENT DU") :])
    facts = combine(read_deliberation(lines_of("\n".join(pages[:first]))), read_report(report))
    document = gold["document"]
    assert (facts.number, facts.title, facts.collectivity) == (
        document["number"],
        document["title"],
        document["collectivity"],
    )
    assert str(facts.session_date) == document["session_date"]
    assert str(facts.signed_on) == document["signed_on"]
    for key in ("legal_basis", "decision", "signatories"):
        assert [x.model_dump(mode="json") for x in getattr(facts, key)] == document[key]
    claims = [(c.text, c.status, c.share, c.count) for c in read_report(report).reported_progress]
    assert claims == [(c["text"], c["status"], c["share"], c["count"]) for c in gold["reported_progress"]]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Délibération 2023-05-02", "2023-05-02"),
        ("Délibération n° 2023-05-02", "2023-05-02"),
        ("Délibération SY 2023-12 du comité syndical", "SY 2023-12"),
        ("Conseil communautaire du 4 mai 2023 – délibération S-2023-05-04-02", "S-2023-05-04-02"),
        ("Registre des délibérations – n° 2023DCM004", "2023DCM004"),
        ("Délibération du 04/05/2023", None),
        ("Délibération cadre 2023-2025", None),
    ],
)
def test_number_that_looks_like_a_day(line: str, number: str | None) -> None:
    assert read_deliberation(lines_of(line)).number == number


def test_decision_in_roman_numbers_and_in_ranks() -> None:
    roman = "Le Conseil, après en avoir délibéré, décide :\nI. de retenir le tracé nord ;\nII. de publier la carte."
    assert [a.text for a in read_deliberation(lines_of(roman)).decision] == ["de retenir le tracé nord", "de publier la carte."]
    ranks = "Le Conseil municipal, par 9 voix pour :\nPremièrement, approuve le tracé nord ;\nDeuxièmement, demande une carte."
    assert [a.text for a in read_deliberation(lines_of(ranks)).decision] == ["approuve le tracé nord", "demande une carte."]


def test_collectivity_stops_at_the_next_line() -> None:
    head = "CONSEIL DÉPARTEMENTAL DE LA DORANNE\nDélibération n° 2023-12\nVu le Code rural ;"
    assert read_deliberation(lines_of(head)).collectivity == "Département de la Doranne"


def test_a_stamp_that_does_not_hold_together_is_told() -> None:
    facts = DeliberationFacts(transmission=Transmission(id="099-217300193-20250230-2025_12-DE"))
    told = _of_stamp(facts)
    assert {warning.code for warning in told} == {"stamp_id"}
    assert [warning.message.split(" : ")[1] for warning in told] == ["département inconnu", "date impossible"]
    assert _of_stamp(DeliberationFacts()) == []


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="lecture refusée"):
        extract("bilan.pdf")


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Extrait du registre des délibérations n° 2023-CA-087", "2023-CA-087"),
        ("Extrait du registre des délibérations du Comité syndical – N° 12/2024", "12/2024"),
        ("Extrait du registre des délibérations – séance n° 3", None),
        ("N° d'acte : 2024-118", "2024-118"),
        ("Délibération 2024-CS-17", "2024-CS-17"),
        ("Rapport n° AP-2024-06-14", "AP-2024-06-14"),
        ("Rapport n° 14", None),
    ],
)
def test_number_of_a_register_an_act_or_a_report(heading: str, number: str | None) -> None:
    assert read_deliberation(lines_of(heading)).number == number


def test_a_delegation_that_goes_on_in_small_letters_is_the_role() -> None:
    act = "Le Conseil décide :\nArticle 1 : d'agir.\nPour le Maire et par délégation,\nle premier adjoint\nPaul ROUX"
    assert [(s.name, s.role) for s in read_deliberation(lines_of(act)).signatories] == [
        ("Paul ROUX", "Pour le Maire et par délégation, le premier adjoint")
    ]
