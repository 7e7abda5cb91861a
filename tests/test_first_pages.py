"""First pages of invented acts, each by another collectivity's habits: what the heading, the vote and the end say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from test_deliberation import lines_of, placed

from bilan_extract.segmentation.act_heading import spelled_as
from bilan_extract.segmentation.deliberation import page_kind, read_deliberation


@dataclass(frozen=True)
class Page:
    """A first page and what it states; a day is written as ISO."""

    text: str
    number: str | None
    title: str
    collectivity: str
    session: str
    signed: str | None
    decision: list[tuple[str | None, str]]
    signatories: list[tuple[str, str | None]]


PAGES = {
    "syndicat": Page(
        """
##SYNDICAT DES EAUX DU PLATEAU D'ORMESSE
Comité syndical du 12 mars 2024 – Délibération SEPO/2024/11

##Programme d'économies d'eau : état des mesures en 2023

Délégués en exercice : 36. Présents : 25. Procurations : 4. Votants : 29.

Vu le code de l'environnement, notamment son article L.210-1 ;

Le rapport du premier vice-président entendu,

Le comité syndical, par 27 voix pour et 2 abstentions,

Article 1 Approuve l'état des mesures du programme.
Article 2 Invite les communes membres à le faire connaître.

À Saint-Ormain, le 14 mars 2024
Le Président du syndicat,
Gilbert FAUCONNIER
""",
        "SEPO/2024/11",
        "Programme d'économies d'eau : état des mesures en 2023",
        "SYNDICAT DES EAUX DU PLATEAU D'ORMESSE",
        "2024-03-12",
        "2024-03-14",
        [("1", "Approuve l'état des mesures du programme."), ("2", "Invite les communes membres à le faire connaître.")],
        [("Gilbert FAUCONNIER", "Le Président du syndicat")],
    ),
    "agglomeration": Page(
        """
##HAUTE-BRENNE AGGLOMÉRATION

Extrait du registre des délibérations n° 2023-CA-087
L'an 2023, le 21 septembre à 18 heures 30, le Conseil d'agglomération s'est réuni au siège. Membres en
exercice : 47 ; présents : 38 ; représentés : 5.

##SCHÉMA DES MOBILITÉS : RAPPORT D'EXÉCUTION À TROIS ANS

Vu le code des transports, notamment l'article L. 1231-1 ;
Sur proposition de Mme Odile RAMBERT, vice-présidente aux mobilités,
Après délibération, le Conseil, à l'unanimité :
Article 1er – donne acte de la présentation du rapport ;
Article 2 – demande un point nouveau dans deux ans.

Brennes, le 22 septembre 2023
La Présidente,
Aline DESTOUCHES
""",
        "2023-CA-087",
        "SCHÉMA DES MOBILITÉS : RAPPORT D'EXÉCUTION À TROIS ANS",
        "Haute-Brenne Agglomération",
        "2023-09-21",
        "2023-09-22",
        [("1", "donne acte de la présentation du rapport"), ("2", "demande un point nouveau dans deux ans.")],
        [("Aline DESTOUCHES", "La Présidente")],
    ),
    "region": Page(
        """
##Région Val-de-Morne
Assemblée plénière du 20 juin 2024
Rapport n° AP-2024-06-14

##Suivi annuel de la stratégie régionale des forêts

Nombre de membres : 61. Présents : 52. Absents représentés : 6. Votants : 58.

Vu le code forestier, et notamment ses articles L.112-1 et L.122-1 ;

L'assemblée, à la majorité des suffrages exprimés (50 pour, 8 abstentions) :

Article premier. Adopte le suivi annuel joint.

Article 2. Affecte un crédit de 900 000 € au titre de l'exercice.

Fait à Clermagne, le 24 juin
2024
La Présidente du Conseil régional
Ludivine ARNOULT
""",
        "AP-2024-06-14",
        "Suivi annuel de la stratégie régionale des forêts",
        "Région Val-de-Morne",
        "2024-06-20",
        "2024-06-24",
        [("1", "Adopte le suivi annuel joint."), ("2", "Affecte un crédit de 900 000 € au titre de l'exercice.")],
        [("Ludivine ARNOULT", "La Présidente du Conseil régional")],
    ),
    "metropole": Page(
        """
##Rochelonde Métropole

Délibération n° 2024-C-0075
Conseil métropolitain du jeudi 4 avril 2024 – 80 membres en exercice, 66 présents, 74 votants.

##Plan métropolitain de la nature en ville : point annuel 2023

Vu le code de l'urbanisme et notamment son article L.113-29 ;
Entendu le rapport de M. Basile NORMAND, vice-président ;

Le Conseil, par 58 voix pour, 3 contre et 9 abstentions :
1. approuve le point annuel ci-annexé ;
2. demande une réunion publique avant l'automne ;
3. autorise la mise en ligne des cartes.

À Rochelonde, le 8 avril 2024
Le Président,
Ferdinand LOUVEL
""",
        "2024-C-0075",
        "Plan métropolitain de la nature en ville : point annuel 2023",
        "Rochelonde Métropole",
        "2024-04-04",
        "2024-04-08",
        [
            ("1", "approuve le point annuel ci-annexé"),
            ("2", "demande une réunion publique avant l'automne"),
            ("3", "autorise la mise en ligne des cartes."),
        ],
        [("Ferdinand LOUVEL", "Le Président")],
    ),
    "commune": Page(
        """
RÉPUBLIQUE FRANÇAISE
DÉPARTEMENT DE LA VIRONNE

##COMMUNE DE BEAUVIREY

EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL
Séance du 14 novembre 2024

N° de l'acte : 2024-11-06
Objet : Point d'étape du plan communal pour les aînés

L'an deux mille vingt-quatre, le quatorze novembre à vingt heures, le conseil municipal de la commune de
Beauvirey, dûment convoqué, s'est réuni sous la présidence de M. Roland CHAPUIS, maire.
Présents : Mmes AUBRY, COLLET, MM. DIOT, FERRAND.
Date de convocation : 7 novembre 2024

Considérant que le plan prévoit un point chaque année ;

Le conseil municipal, après en avoir délibéré, à l'unanimité des membres présents :
- PREND ACTE du point d'étape présenté ;
- CHARGE M. le Maire de le publier.

Fait et délibéré les jour, mois et an que dessus.
Pour extrait conforme,
Le Maire, Roland CHAPUIS
""",
        "2024-11-06",
        "Point d'étape du plan communal pour les aînés",
        "Commune de Beauvirey",
        "2024-11-14",
        "2024-11-14",
        [(None, "PREND ACTE du point d'étape présenté"), (None, "CHARGE M. le Maire de le publier.")],
        [("Roland CHAPUIS", "Le Maire")],
    ),
    "petr": Page(
        """
##PETR du Pays de Lormont
Pôle d'équilibre territorial et rural

COMITÉ SYNDICAL
Séance du mardi 4 février 2025
DÉLIBÉRATION N° 2025_02_03

##Bilan 2024 du contrat local de santé

Membres en exercice : 24 - Présents : 17 - Votants : 19

Vu le code de la santé publique, notamment son article L. 1434-10 ;
Considérant que le contrat est entré dans sa troisième année ;

Le comité syndical, après en avoir délibéré, DÉCIDE à l'unanimité :
Article 1 : de valider le bilan 2024 ;
Article 2 : de reconduire les groupes de travail.

Fait à Lormont, le 6 février 2025
Pour le Président empêché,
La première vice-présidente,
Martine SOULIER
""",
        "2025_02_03",
        "Bilan 2024 du contrat local de santé",
        "PETR du Pays de Lormont",
        "2025-02-04",
        "2025-02-06",
        [("1", "de valider le bilan 2024"), ("2", "de reconduire les groupes de travail.")],
        [("Martine SOULIER", "La première vice-présidente")],
    ),
    "departement": Page(
        """
##DÉPARTEMENT DE LA HAUTE-SIAGNE
CONSEIL DÉPARTEMENTAL
RÉUNION DU 16 DÉCEMBRE 2024

DÉLIBÉRATION N° CD/2024/12/31
DIRECTION DE L'AUTONOMIE

OBJET : RAPPORT ANNUEL DU SCHÉMA DE L'AUTONOMIE

Le Conseil départemental,
Vu le code de la santé publique, articles L. 1411-1 et suivants ;
Vu le rapport de Monsieur le Président ;
Après en avoir délibéré,

DÉCIDE

Article 1er : de prendre acte du rapport annuel.
Article 2 : d'autoriser le Président à signer les avenants.

Adopté à la majorité : 33 voix pour, 5 voix contre.

Le Président du Conseil départemental,
Signé : Augustin MERCADAL
""",
        "CD/2024/12/31",
        "RAPPORT ANNUEL DU SCHÉMA DE L'AUTONOMIE",
        "DÉPARTEMENT DE LA HAUTE-SIAGNE",
        "2024-12-16",
        None,
        [("1", "de prendre acte du rapport annuel."), ("2", "d'autoriser le Président à signer les avenants.")],
        [("Augustin MERCADAL", "Le Président du Conseil départemental")],
    ),
    "two_line_heading": Page(
        """
##COMMUNAUTÉ DE COMMUNES
##DU PAYS DE BRÉVALLE

Conseil communautaire du 11 mars 2025
Délibération 2025/014

##Plan vélo : bilan de la deuxième année

Nombre de conseillers en exercice : 41 ; présents : 33 ; pouvoirs : 4

Vu la loi n° 2019-1428 du 24 décembre 2019 d'orientation des mobilités,

Le conseil communautaire, ouï l'exposé de son rapporteur et après en avoir délibéré, par 35 voix pour et
2 abstentions, approuve le bilan de la deuxième année du plan vélo.

Brévalle, le 12 mars 2025
Le Président
Norbert PUJOL
""",
        "2025/014",
        "Plan vélo : bilan de la deuxième année",
        "COMMUNAUTÉ DE COMMUNES DU PAYS DE BRÉVALLE",
        "2025-03-11",
        "2025-03-12",
        [(None, "approuve le bilan de la deuxième année du plan vélo.")],
        [("Norbert PUJOL", "Le Président")],
    ),
    "permanent_commission": Page(
        """
##Département de l'Orvanne
Commission permanente du vendredi 7 juin 2024
Dossier n° CP-2024-06-0118

##Feuille de route de l'économie sociale : avancement 2023

Membres présents : 22. Excusés : 3.

Vu le code général des collectivités territoriales, notamment l'article L. 3211-2 ;

La commission permanente, à l'unanimité,
- prend acte de l'avancement présenté en annexe ;
- autorise sa publication.

Fait à Orvanne-la-Ville, le 10 juin 2024
Pour la Présidente et par délégation,
Le directeur général des services,
Hervé TANGUY
""",
        "CP-2024-06-0118",
        "Feuille de route de l'économie sociale : avancement 2023",
        "Département de l'Orvanne",
        "2024-06-07",
        "2024-06-10",
        [(None, "prend acte de l'avancement présenté en annexe"), (None, "autorise sa publication.")],
        [("Hervé TANGUY", "Le directeur général des services")],
    ),
    "larger_title": Page(
        """
##Ville de Castelmaure
Registre des délibérations du conseil municipal – n° 2025DCM031
Le vingt-sept mars deux mille vingt-cinq à dix-neuf heures, le conseil municipal de la ville de Castelmaure s'est
réuni en mairie. Date de la convocation : 20 mars 2025.

##Castelmaure, ville des enfants : le point sur 2024

Membres du conseil : 29. Présents : 24. Procurations : 3. Votants : 27.

Vu le code de l'éducation, article L.551-1 ;

Ayant entendu l'exposé de Mme Sabine ROYER, adjointe, le conseil municipal, par 25 voix pour et 2 abstentions :
Premièrement, approuve le point annexé ;
Deuxièmement, salue le travail des écoles.

Castelmaure, le 31 mars 2025
La Maire
Joséphine LANTIER
""",
        "2025DCM031",
        "Castelmaure, ville des enfants : le point sur 2024",
        "Ville de Castelmaure",
        "2025-03-27",
        "2025-03-31",
        [("1", "approuve le point annexé"), ("2", "salue le travail des écoles.")],
        [("Joséphine LANTIER", "La Maire")],
    ),
    "park": Page(
        """
##Parc naturel régional des Monts de Valserre
Bureau syndical du 9 octobre 2024
Délibération n° 24-57

##Charte du parc : bilan d'étape

Vu le code de l'environnement, articles L. 333-1 à L. 333-4 ;

Après en avoir délibéré, le Bureau syndical :
PREND ACTE du bilan d'étape de la charte ;
MANDATE le Président pour le transmettre à la Région.

Pour : 17 – Contre : 0 – Abstention : 1

Fait à Valserre, le 15 octobre 2024
Le Président
Thibaut CORNEC
""",
        "24-57",
        "Charte du parc : bilan d'étape",
        "Parc naturel régional des Monts de Valserre",
        "2024-10-09",
        "2024-10-15",
        [
            (None, "PREND ACTE du bilan d'étape de la charte"),
            (None, "MANDATE le Président pour le transmettre à la Région."),
        ],
        [("Thibaut CORNEC", "Le Président")],
    ),
    "urban_community": Page(
        """
##Communauté urbaine Terres-de-Garance

DÉLIBÉRATION DU CONSEIL DE COMMUNAUTÉ
Séance publique du lundi 3 février 2025
N° : 2025-0021

##Programme d'actions pour la lecture publique – Bilan 2023-2024

Rapporteur : M. Denis VASSEUR

Vu la délibération n° 2022-0188 du 4 juillet 2022 adoptant le programme d'actions ;
Considérant ce qui suit : le programme arrive à mi-chemin.

Le Conseil de Communauté, après en avoir délibéré, adopte à l'unanimité les conclusions suivantes :
1) prend acte du bilan ;
2) décide de poursuivre le programme.

Pour extrait certifié conforme,
Garance-Ville, le 5 février 2025
Le Président,
Maxence RIVAIL
""",
        "2025-0021",
        "Programme d'actions pour la lecture publique – Bilan 2023-2024",
        "Communauté urbaine Terres-de-Garance",
        "2025-02-03",
        "2025-02-05",
        [("1", "prend acte du bilan"), ("2", "décide de poursuivre le programme.")],
        [("Maxence RIVAIL", "Le Président")],
    ),
    "mixed_board": Page(
        """
##Syndicat mixte pour la valorisation des déchets du Bas-Lauzet
Réunion du comité syndical du 18 juin 2024
Acte n° 2024-CS-22

##Plan de réduction des emballages : suivi 2023

Délégués présents : 19 sur 30 en exercice.

VU le code général des collectivités territoriales ;
VU les statuts du syndicat ;

Le Comité syndical, après délibération et vote à main levée (18 pour, 1 contre) :
Article 1. Valide le suivi 2023 du plan.
Article 2. Autorise le Président à le diffuser.

Certifié exécutoire
Fait à Lauzet, le 20 juin 2024
Le Président, Cyprien MALAVAL
""",
        "2024-CS-22",
        "Plan de réduction des emballages : suivi 2023",
        "Syndicat mixte pour la valorisation des déchets du Bas-Lauzet",
        "2024-06-18",
        "2024-06-20",
        [("1", "Valide le suivi 2023 du plan."), ("2", "Autorise le Président à le diffuser.")],
        [("Cyprien MALAVAL", "Le Président")],
    ),
    "overseas": Page(
        """
##COLLECTIVITÉ DE L'ÎLE-AUX-MOUETTES
Conseil territorial – séance du 23 mai 2024
Délibération n° 045-2024/CT

##Stratégie territoriale de l'emploi : bilan à mi-parcours

Étaient présents : 15 conseillers sur 19 en exercice.

Vu le code du travail, notamment son article L. 5211-3 ;
Vu l'avis du conseil économique du 2 mai 2024 ;

Le Conseil territorial, à la majorité, 12 voix pour et 3 contre, DÉLIBÈRE :
Article 1 – Le bilan à mi-parcours est approuvé.
Article 2 – Le Président est chargé de l'exécution de la présente.

Fait à Port-Mouette, le 27 mai 2024
Le Président du Conseil territorial,
Éloi BARBEREAU
""",
        "045-2024/CT",
        "Stratégie territoriale de l'emploi : bilan à mi-parcours",
        "COLLECTIVITÉ DE L'ÎLE-AUX-MOUETTES",
        "2024-05-23",
        "2024-05-27",
        [
            ("1", "Le bilan à mi-parcours est approuvé."),
            ("2", "Le Président est chargé de l'exécution de la présente."),
        ],
        [("Éloi BARBEREAU", "Le Président du Conseil territorial")],
    ),
}


@pytest.mark.parametrize("geometry", [True, False], ids=["placed", "plain"])
@pytest.mark.parametrize("name", PAGES)
def test_first_page(name: str, geometry: bool) -> None:
    page = PAGES[name]
    lines = placed(page.text) if geometry else lines_of(page.text.replace("##", ""))
    facts = read_deliberation(lines)
    assert (facts.number, facts.title, facts.collectivity) == (page.number, page.title, page.collectivity)
    assert (str(facts.session_date), facts.signed_on and str(facts.signed_on)) == (page.session, page.signed)
    assert [(a.number, a.text.rstrip(" ;")) for a in facts.decision] == page.decision
    assert [(s.name, s.role) for s in facts.signatories] == page.signatories


@pytest.mark.parametrize("name", PAGES)
def test_a_first_page_is_the_act(name: str) -> None:
    kind = page_kind(placed(PAGES[name].text))
    assert kind is not None
    assert kind.kind == "deliberation"


def test_votes_of_a_bracket() -> None:
    assert read_deliberation(lines_of(PAGES["mixed_board"].text.replace("##", ""))).votes.for_ == 18


def test_a_name_in_capitals_is_spelled_as_elsewhere() -> None:
    assert spelled_as("GRAND LAUZET", ["Plan vélo", "3 – Grand Lauzet – Plan vélo"]) == "Grand Lauzet"
    assert spelled_as("GRAND LAUZET", ["PLAN VÉLO DU GRAND LAUZET"]) == "GRAND LAUZET"
    assert spelled_as("Grand Lauzet", ["grand lauzet"]) == "Grand Lauzet"


def test_a_day_carried_on_the_next_line() -> None:
    act = "Le Conseil décide :\nArticle 1 : d'agir.\nFait à Brévalle, le 3 mars\n2025\nLe Maire\nPaul ROUX"
    assert read_deliberation(lines_of(act)).signed_on == dt.date(2025, 3, 3)
