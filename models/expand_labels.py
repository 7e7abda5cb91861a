"""Writes training labels from a small grammar: frames of headings filled with things, people, verbs and subjects.

Only the train split is expanded; dev, test and holdout are written by hand. The draw is seeded.
"""

# ruff: noqa: E501 - one frame of the grammar a line
from __future__ import annotations

import random

from bank import Sample


def _words(text: str) -> list[str]:
    return text.split()


# plural nouns, feminine or not, of what a plan is made of
THINGS = (
    ("actions", True),
    ("mesures", True),
    ("opérations", True),
    ("démarches", True),
    ("initiatives", True),
    ("études", True),
    ("interventions", True),
    ("travaux", False),
    ("projets", False),
    ("chantiers", False),
    ("dispositifs", False),
    ("aménagements", False),
    ("équipements", False),
    ("services", False),
    ("partenariats", False),
    ("dossiers", False),
    ("efforts", False),
    ("investissements", False),
)
DONE = _words("""
réalisé mené conduit engagé lancé livré achevé terminé finalisé accompli déployé exécuté clos bouclé soldé abouti concrétisé
inauguré adopté signé créé ouvert réceptionné entrepris effectué appliqué acté validé installé rénové transformé amélioré
réussi
""")
AHEAD = _words("""
prévu programmé planifié envisagé projeté attendu différé reporté espéré souhaité imaginé étudié inscrit pressenti
""")
INFINITIVES = _words("""
mener engager lancer poursuivre conduire réaliser terminer achever ouvrir créer développer construire préparer financer
inventer étendre renforcer consolider compléter programmer définir entreprendre accomplir bâtir concrétiser
""")
WHO = (
    ("nous", "avons", "allons", "prévoyons", "préparons"),
    ("la Ville", "a", "va", "prévoit", "prépare"),
    ("le Département", "a", "va", "prévoit", "prépare"),
    ("la Région", "a", "va", "prévoit", "prépare"),
    ("l'agglomération", "a", "va", "prévoit", "prépare"),
    ("les services", "ont", "vont", "prévoient", "préparent"),
    ("vos élus", "ont", "vont", "prévoient", "préparent"),
    ("l'équipe municipale", "a", "va", "prévoit", "prépare"),
    ("le syndicat", "a", "va", "prévoit", "prépare"),
    ("le plan", "a", "va", "prévoit", "prépare"),
)
TAILS = (
    "",
    "",
    "",
    " en 2023",
    " depuis 2021",
    " cette année",
    " sur le territoire",
    " par les services",
    " pour les familles",
    " du plan",
    " du contrat",
)
NEXT_TAILS = (
    "",
    "",
    "",
    " en 2026",
    " d'ici 2027",
    " l'an prochain",
    " prochainement",
    " pour les familles",
    " du plan",
    " sur le territoire",
    " dès la rentrée",
)
PRAISE = _words("""
réussites avancées concrétisations conquêtes victoires fiertés réalisations progrès résultats acquis succès temps~forts
faits~marquants effets bénéfices apports améliorations accomplissements aboutissements changements transformations
ouvertures livraisons inaugurations mises~en~service évolutions gains jalons~franchis étapes~franchies décisions~prises
mesures~prises nouveautés temps~fort moments~marquants
""")
PRAISED = (
    "",
    "",
    "apportées",
    "obtenus",
    "constatées",
    "enregistrés",
    "de l'année",
    "du mandat",
    "du semestre",
    "à ce jour",
    "visibles",
    "concrètes",
    "par quartier",
)
ADVANCED = (
    "bien avancé",
    "presque bouclé",
    "mené à son terme",
    "réussi",
    "tenu",
    "en avance",
    "déjà visible",
    "au rendez-vous",
    "qui porte ses fruits",
    "qui avance",
)
UNDERTAKEN = ("Un programme", "Un plan", "Un chantier", "Une démarche", "Un pari", "Une promesse", "Un projet", "Une réforme")
REVIEW = (
    "Bilan",
    "Le bilan",
    "Point d'étape",
    "État d'avancement",
    "Avancement",
    "Suivi",
    "Synthèse",
    "Retour",
    "Le point",
    "Compte rendu",
)
REVIEWED = (
    "du plan",
    "du contrat",
    "de l'année",
    "des actions",
    "de la période",
    "du mandat",
    "de l'été",
    "des douze derniers mois",
    "du semestre",
    "de la démarche",
)
COUNTS = ("Deux", "Trois", "Quatre", "Six", "Douze", "Dix-huit")
SPANS = ("ans", "mois", "années", "saisons", "semestres")
LABOURS = (
    "d'actions",
    "de travail",
    "d'efforts",
    "de chantiers",
    "de travaux",
    "d'avancées",
    "de réalisations",
    "au service de tous",
    "après",
    "plus tard",
)
AIMS = (
    "perspectives",
    "suites",
    "pistes",
    "échéances",
    "étapes",
    "objectifs",
    "ambitions",
    "priorités",
    "rendez-vous",
    "projets",
    "chantiers",
    "défis",
)
SAID = ("promis", "annoncé", "écrit", "prévu", "dit", "voulu", "décidé", "proposé", "fixé")
COMMITMENTS = (
    "Engagement",
    "Action",
    "Mesure",
    "Promesse",
    "Proposition",
    "Fiche action",
    "Fiche-action",
    "Fiche mesure",
    "Disposition",
)
PLEDGED = (
    "du maire",
    "de la majorité",
    "de mandat",
    "municipal",
    "pour le climat",
    "pour l'école",
    "envers les aînés",
    "devant les habitants",
    "de campagne",
    "de la Ville",
    "pris en 2020",
    "initial",
)
TITLES = (
    "un verger par école",
    "mieux éclairer",
    "ouvrir une halte",
    "isoler les bâtiments",
    "un bus le dimanche",
    "créer une légumerie",
    "des cours plus fraîches",
    "un guichet unique",
)
LEVELS = (
    "Axe",
    "Ambition",
    "Orientation",
    "Défi",
    "Priorité",
    "Pilier",
    "Objectif",
    "Chapitre",
    "Thème",
    "Thématique",
    "Enjeu",
    "Volet",
    "Partie",
    "Domaine",
    "Finalité",
    "Levier",
    "Cap",
    "Mission",
)
NUMBERS = ("1", "2", "3", "4", "5", "7", "12", "II", "III", "IV", "A", "B", "n° 2", "n°3", "N° 4", "2.1", "3.4")
SUBJECTS = (
    "la mobilité",
    "l'eau",
    "le logement",
    "la jeunesse",
    "les aînés",
    "le sport",
    "la culture",
    "l'école",
    "la santé",
    "la forêt",
    "le littoral",
    "les déchets",
    "l'énergie",
    "l'emploi",
    "le commerce",
    "le tourisme",
    "la sécurité",
    "les routes",
    "le patrimoine",
    "la biodiversité",
    "le numérique",
    "la petite enfance",
    "le handicap",
    "l'agriculture",
    "les finances",
    "les agents",
    "la lecture",
    "le fleuve",
    "la montagne",
    "les associations",
    "l'artisanat",
    "les musées",
    "le climat",
    "la propreté",
    "la démocratie locale",
    "les quartiers",
    "les villages",
)
NOUNS = _words("""
réseaux population atouts habitants élus communes voisins usagers locataires artisans éleveurs pompiers agents apprentis
lycéens collégiens écoliers parents seniors bénévoles associations commerces marchés foires gares ponts routes trottoirs
places fontaines parcs jardins arbres haies rivières étangs plages dunes forêts landes vignes vergers fermes moulins
châteaux églises chapelles remparts musées archives théâtres cinémas orchestres piscines stades gymnases clubs courses
sentiers vélos bus trains tramways navettes parkings ports canaux écluses digues barrages captages réservoirs canalisations
déchets bacs composteurs déchèteries ressourceries logements immeubles quartiers hameaux bourgs faubourgs lotissements
friches usines bureaux pépinières emplois métiers salaires primes budgets impôts dettes emprunts marchés~publics contrats
conventions statuts règlements arrêtés délibérations assemblées commissions comités conseils bureaux groupes partis tribunes
lettres journaux affiches sites applications données logiciels serveurs câbles antennes capteurs caméras patrouilles secours
hôpitaux cabinets pharmacies infirmières médecins crèches haltes relais écoles cantines goûters repas menus potagers ruches
abeilles oiseaux chiens chats refuges cimetières crématoriums mariages naissances décès élections urnes bureaux~de~vote
langues fêtes carnavals feux~d'artifice concerts expositions bals lectures contes livres revues jumelages échanges
délégations frontières
""")
KINDS = _words("""
sociaux naturelle âgée municipales publiques communaux rural urbaines durables locales partagés scolaires sportifs culturels
numériques financiers européens régionales départementaux intercommunales associatives privés anciens nouveaux riverains
solidaires connectés protégés fragiles maritimes
""")
POLICY = (
    "Gestion",
    "Politique",
    "Aménagement",
    "Prévention",
    "Accueil",
    "Direction",
    "Service",
    "Commission",
    "Soutien",
    "Accès",
    "Éducation",
    "Présentation",
    "Observatoire",
    "Réseau",
    "Conseil",
    "Découverte",
)
VERBS = (
    "Protéger",
    "Préserver",
    "Accueillir",
    "Accompagner",
    "Soutenir",
    "Valoriser",
    "Moderniser",
    "Découvrir",
    "Partager",
    "Habiter",
    "Repenser",
    "Mieux gérer",
    "Prendre soin de",
    "Agir pour",
    "Faire vivre",
)
SHOWN = (
    "Zoom sur",
    "Focus sur",
    "Gros plan sur",
    "Coup de projecteur sur",
    "Éclairage sur",
    "Arrêt sur",
    "Pleins feux sur",
    "À la loupe :",
    "Focus :",
    "Reportage :",
    "Le projet en images :",
    "Exemple :",
)
TOLD = (
    "Portrait d'",
    "Témoignage d'",
    "Paroles d'",
    "Regard d'",
    "La parole à ",
    "Rencontre avec ",
    "Immersion avec ",
    "Trois questions à ",
    "Entretien avec ",
    "Une journée avec ",
    "Le récit d'",
    "Dans les pas d'",
)
PEOPLE = (
    "une aidante",
    "un éclusier",
    "une directrice",
    "un apprenti",
    "une maraîchère",
    "un garde nature",
    "une conseillère",
    "un chef de projet",
)
PLACES = (
    "la halle",
    "une ferme",
    "le centre de tri",
    "une crèche",
    "la régie de l'eau",
    "un jardin partagé",
    "la passerelle",
    "la légumerie",
    "un lycée",
    "le bus santé",
)


def _agreed(participle: str, feminine: bool) -> str:
    return participle + ("es" if feminine else "" if participle.endswith("s") else "s")


def _realised(draw: random.Random) -> str:
    thing, feminine = draw.choice(THINGS)
    who, have, *_ = draw.choice(WHO)
    done, tail = draw.choice(DONE), draw.choice(TAILS)
    article = draw.choice(("", "", "Les ", "Nos ", "Principaux " if not feminine else "Principales "))
    frames = (
        f"{article}{thing} {_agreed(done, feminine)}{tail}",
        f"{article}{thing} {draw.choice(('déjà ', 'bien ', ''))}{_agreed(done, feminine)}",
        f"Ce que {who} {have} {draw.choice(('', 'déjà ', 'ensemble '))}{done}{tail}",
        f"Ce qui a {draw.choice(('', 'déjà '))}été {done}{tail}",
        f"{draw.choice(('Nos', 'Les', 'Principales', 'Grandes', 'Nos grandes', 'Quelques', ''))} {draw.choice(PRAISE).replace('~', ' ')} {draw.choice(PRAISED)}",
        f"{draw.choice(UNDERTAKEN)} {draw.choice(ADVANCED)}",
        f"{draw.choice(('Tableau', 'Liste', 'Aperçu', 'Récapitulatif', 'Carte', 'Inventaire', 'Résumé'))} des {thing} {_agreed(done, feminine)}",
        f"{draw.choice(REVIEW)} {draw.choice(REVIEWED)}",
        f"{draw.choice(COUNTS)} {draw.choice(SPANS)} {draw.choice(LABOURS)}",
        f"{done}{draw.choice(('', ' !', ' en 2022', ' cette année', ' depuis mars'))}",
        f"Depuis {draw.choice(('2020', 'un an', 'deux ans', 'le début', 'votre dernier numéro', 'le lancement', 'la rentrée'))}",
        f"{who} {have} {done}",
    )
    return draw.choice(frames)


def _upcoming(draw: random.Random) -> str:
    thing, feminine = draw.choice(THINGS)
    who, _, go, plan, prepare = draw.choice(WHO)
    infinitive, tail = draw.choice(INFINITIVES), draw.choice(NEXT_TAILS)
    frames = (
        f"{draw.choice(('', 'Les ', 'Nos ', 'Autres '))}{thing} {_agreed(draw.choice(AHEAD), feminine)}{tail}",
        f"{draw.choice(('', 'Les ', 'Nos '))}{thing} {draw.choice(('à venir', 'à ' + infinitive, 'qui nous attendent', 'restant à ' + infinitive))}{tail}",
        f"{draw.choice(('Nos', 'Les', 'Vos'))} {draw.choice(('prochaines ' if feminine else 'prochains ', 'futures ' if feminine else 'futurs '))}{thing}",
        f"Ce que {who} {draw.choice((go + ' ' + infinitive, plan, prepare))}{tail}",
        f"Ce qu'il {draw.choice(('reste à', 'nous reste à', 'faut encore', 'faudra'))} {infinitive}",
        f"{draw.choice(('À', 'Reste à', 'Restent à', 'Encore à'))} {infinitive}{tail}",
        f"{draw.choice(('Nos', 'Les', 'Quelles'))} {draw.choice(AIMS)} {draw.choice(('pour 2026', 'pour la suite', 'de demain', 'à venir', 'pour l' + chr(39) + 'an prochain', 'futures'))}",
        f"{draw.choice(('Poursuivre', 'Continuer', 'Prolonger', 'Amplifier', 'Aller plus loin', 'Développer encore'))}{draw.choice(('', ' l' + chr(39) + 'effort', ' la démarche', ' en 2026', ' ensemble', ' encore'))}",
        f"{draw.choice(('Poursuite', 'Suite', 'Suites', 'Prolongement', 'Reprise'))} {draw.choice(('des ' + thing, 'du programme', 'de l' + chr(39) + 'action', 'des travaux'))}{tail}",
        f"Les {draw.choice(('étapes', 'chantiers', 'actions', 'projets', 'points', 'sujets', 'défis'))} {draw.choice(('qui restent', 'qui suivent', 'qui viennent', 'qui verront le jour', 'encore à traiter', 'à ouvrir', 'en attente'))}",
        f"Ce que {draw.choice(('nous voulons', 'nous souhaitons', 'nous comptons', 'la Ville veut', 'les élus souhaitent'))} {infinitive}",
        f"{draw.choice(('Des idées', 'Des projets', 'Des envies', 'Des rêves'))} {draw.choice(('plein la tête', 'pour demain', 'à foison', 'à concrétiser', 'pour la suite'))}",
        f"{draw.choice(('Demain', 'Bientôt', 'Ensuite', 'Plus tard', 'Après'))}, {draw.choice(('votre quartier', 'la suite', 'de nouveaux services', 'une autre ville', 'le tramway'))}",
        f"{draw.choice(('Calendrier', 'Échéancier', 'Planning', 'Programme'))} {draw.choice(('prévisionnel', 'à venir', 'de l' + chr(39) + 'an prochain', 'des prochains mois', '2027'))}",
    )
    return draw.choice(frames)


def _engagement(draw: random.Random) -> str:
    who, have, *_ = draw.choice(WHO)
    had = {"avons": "avions", "a": "avait", "ont": "avaient"}[have]
    number = draw.choice(("3", "14", "27", "2.1", "n° 8", "n°12", "5/40", "A2", "4.3"))
    frames = (
        f"{draw.choice(COMMITMENTS)} {number}{draw.choice(('', ' : ' + draw.choice(TITLES), ' – ' + draw.choice(TITLES)))}",
        f"{draw.choice(COMMITMENTS[:5])} {draw.choice(('citoyenne', 'phare', 'clé', 'municipale', 'prioritaire'))} {number}",
        f"{draw.choice(('Engagement', 'Notre engagement', 'L' + chr(39) + 'engagement', 'Nos engagements', 'La promesse', 'Promesse'))} {draw.choice(PLEDGED)}",
        f"Ce que {who} {had} {draw.choice(SAID)}",
        f"Ce qui {draw.choice(('était', 'avait été'))} {draw.choice(SAID)}",
        f"Rappel {draw.choice(('de l' + chr(39) + 'engagement', 'des promesses', 'de la mesure', 'du programme', 'de l' + chr(39) + 'action', 'de la promesse'))}",
        f"{draw.choice(('L' + chr(39) + 'action', 'La mesure', 'L' + chr(39) + 'engagement', 'La promesse'))} {draw.choice(('telle que prévue', 'de départ', 'inscrite au plan', 'votée en 2020', 'telle qu' + chr(39) + 'annoncée'))}",
    )
    return draw.choice(frames)


def _none(draw: random.Random) -> str:
    one, two = draw.sample(SUBJECTS, 2)
    of = (
        one.replace("le ", "du ", 1)
        if one.startswith("le ")
        else one.replace("les ", "des ", 1)
        if one.startswith("les ")
        else "de " + one
    )
    bare = one.split(" ", 1)[1] if " " in one else one.split("'", 1)[1]
    noun, kind = draw.choice(NOUNS).replace("~", " "), draw.choice(KINDS)
    frames = (
        f"{draw.choice(POLICY)} {of}",
        f"{one} et {two}",
        f"{draw.choice(VERBS)} {one}",
        bare,
        one,
        f"{noun} {kind}",
        f"{draw.choice(('Nos', 'Les', 'Vos', 'Des', ''))} {noun}",
        f"{draw.choice(('Les', 'Des', 'Nos'))} {noun} {kind}",
        f"{draw.choice(('Les', 'Des', ''))} {noun} {draw.choice(('du territoire', 'de la ville', 'd' + chr(39) + 'ici', 'du département', 'du littoral', 'en chiffres', 'de proximité'))}",
        f"{draw.choice(('À qui', 'Pour qui', 'Par qui', 'Comment', 'Pourquoi', 'Où'))} {draw.choice(('s' + chr(39) + 'adresse ce document', 'sont ces aides', 'est géré le service', 'fonctionne le conseil', 'nous écrire', 'ce rapport'))} ?",
        f"{draw.choice(('Chiffres', 'Carte', 'Les acteurs', 'Les métiers', 'Les lieux', 'Annexe', 'Lexique', 'Le budget', 'Tableau', 'Les élus'))} {of}",
        f"{draw.choice(('Une ville', 'Un territoire', 'Une région', 'Un département', 'Un littoral', 'Des villages'))} {draw.choice(('apaisé', 'vivant', 'fragile', 'ouvert', 'nature', 'durable', 'accueillant', 'qui respire'))}",
        f"{draw.choice(('Comité', 'Commission', 'Groupe', 'Conseil', 'Pôle', 'Direction'))} {draw.choice(('culture', 'technique', 'jeunes', 'sport', 'solidarités', 'des sages', 'économie'))}",
    )
    return draw.choice(frames)


def _sample(role: str, draw: random.Random) -> str:
    if role == "réalisé":
        text = _realised(draw)
    elif role == "à venir":
        text = _upcoming(draw)
    elif role == "engagement":
        text = _engagement(draw)
    elif role == "focus":
        text = draw.choice((f"{draw.choice(SHOWN)} {draw.choice(PLACES)}", f"{draw.choice(TOLD)}{draw.choice(PEOPLE)}"))
    elif role == "level":
        title = draw.choice(("", " : " + draw.choice(TITLES), " – " + draw.choice(SUBJECTS)))
        text = f"{draw.choice(LEVELS)}{draw.choice(('', ' stratégique'))} {draw.choice(NUMBERS)}{title}"
    else:
        text = _none(draw)
    text = " ".join(text.split())
    return text[0].upper() + text[1:]


def expand(count: int, seed: int = 20) -> list[Sample]:
    """``count`` labels without a repeat, more of the roles that are worded freely."""
    draw = random.Random(seed)
    samples: list[Sample] = []
    seen: set[str] = set()
    roles = ("réalisé", "à venir", "none", "réalisé", "à venir", "none", "none", "engagement", "focus", "level")
    for turn in range(20 * count):  # a role whose frames are used up leaves its turns to the others
        if len(samples) == count:
            break
        role = roles[turn % len(roles)]
        text = _sample(role, draw)
        if text not in seen:
            seen.add(text)
            samples.append(Sample(role, "grammar", text))
    return samples
