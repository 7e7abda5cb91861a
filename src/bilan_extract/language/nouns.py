"""The thing counted: the head noun behind a number, in the singular and in lower case.

Morphology with its exceptions, no dictionary: what French adds to a plural is regular enough for that, and an
acronym or a proper name ("CCAS", "France Services") has no plural at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bilan_extract.patterns import lazy

# word · France · micro-crèches · aujourd'hui is no noun, so no apostrophe
_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# agent·e·s · agent.e.s · salarié(e)s · élu-e-s · acteurs/actrices · lycéen.ne.s
_INCLUSIVE = lazy(
    r"(?:[·•⋅∙.-](?:e|ne|le|te|se|euse|rice|trice|ière|ère|ve|esse)(?:[·•⋅∙.-]?s)?|\((?:e|ne|le|trice|s)\)s?"
    r"|[·•⋅∙]s)(?!\w)"
)
_SLASH = lazy(r"/[^\W\d_]{3,}")

def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


#: Words that can stand behind a number and are not what is counted.
FUNCTION_WORDS = words(
    """à a ai ainsi ailleurs alors après as au aucun aucune aujourd auprès aussi autour aux avaient avait avant avec
    ayant c car ce ceci cela celle celles celui ces cet cette ceux chacun chacune chaque chez ci comme comment
    concernant
    contre d dans de déjà depuis derrière des dès désormais deux devant donc dont du durant elle elles en encore enfin
    entre environ est et étaient était étant été être eu eux face grâce hors ici il ils jusqu jusque l la là le les leur
    leurs lors lorsque lui mais malgré mes moins même n ne ni non nos notre nous on ont or ou où par parmi pas pendant
    plus plutôt pour pourquoi près puis qu quand que quel quelle quelles quels qui quoi s sa sans sauf se selon sera
    seront seraient serait ses si soit son sont sous suite sur sa ta tandis tel telle telles tels tous tout toute toutes
    très trois un une vers via voici voilà vos votre vous vs y actuellement annuellement notamment respectivement
    seulement uniquement dorénavant total totale maximum minimum max min supplémentairement hebdomadairement soient
    auront aura avons font fait vont peuvent doivent devraient pourront pourraient devront restent reste c'est
    lesquels lesquelles certains certaines plusieurs quelques chacuns quasi presque quant outre dessous dessus
    auparavant précédemment hier demain initialement maintenant ensuite là-bas plutôt partout parfois souvent
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre"""
)
#: Adjectives that stand before their noun: "trois nouveaux collèges".
_BEFORE_NOUN = words(
    """nouveau nouveaux nouvelle nouvelles nouvel autre autres petit petite petits petites grand grande grands grandes
    gros grosse grosses premier premiers première premières dernier derniers dernière dernières principal principaux
    principale principales différents différentes divers diverses ancien anciens ancienne anciennes bon bons bonne
    bonnes beau beaux belle belles meilleur meilleurs meilleure meilleures mêmes seul seuls seule seules prochain
    prochains prochaine prochaines futur futurs future futures vrais vraies véritables mauvais mauvaises vieux vieilles
    longs longues courts courtes hauts hautes multiples ex larges simples doubles triples vastes précieux
    précédents précédentes éventuels éventuelles grandissants"""
)
#: Nouns in -é, -ée, -u, -i, -t that look like participles: everything else of that look is taken for one.
_SUPERLATIVES = tuple(f"plus {word} " for word in sorted(_BEFORE_NOUN))
_NOUNS_LIKE_PARTICIPLES = words(
    """salarié employé délégué député blessé diplômé associé réfugié retraité invité licencié référé marié
    handicapé abonné assuré allocataire apprenti inscrit chargé comité côté traité arrêté communiqué procédé
    café lycée musée trophée carré degré pré congé cliché marché canapé pavé fossé thé bébé curé clé blé
    arrivée entrée journée soirée matinée tournée randonnée donnée idée allée tranchée chaussée armée
    année durée sortie partie copie montée traversée rentrée assemblée poignée dictée épée fée vallée
    pensée plongée portée fusée nuitée chambrée veillée échappée buée bouée purée denrée coordonnée contrée mêlée
    particulier élu exclu individu revenu contenu tissu avenu menu aperçu reçu statut résidu salut
    participant habitant adhérent administré usager acquis commis compromis permis avis devis colis
    meublé criée
    dirigé déporté détenu prévenu adopté surdoué sinistré expatrié initié envoyé conjuré protégé aîné accidenté
    rapatrié attaché agrégé noyé brevet brûlé affilié condamné confiné
    bâti parti défi abri cri pari tri ami mari appui ennemi essai étui ouvrier"""
)
_PARTICIPLE = lazy(
    r"(?:[^t]|[^i]t|v?isit|habilit|limit|adapt|édit|implant)ée?s?$|(?:nu|tu|lu|vu|çu|du|cu|mu|ru)e?s$"
)
_ADJECTIVES = words(
    """actifs actives boursiers boursières connus connues prévus prévues inscrites nouveaux nouvelles
    supplémentaires complémentaires gratuits gratuites publics publiques privés privées féminins féminines masculins
    masculines urbains urbaines ruraux rurales mineurs mineures majeurs majeures handicapés handicapées accessibles
    opérationnels opérationnelles réalisés réalisées ouverts ouvertes soumis soumises mis mises pris prises conduits
    conduites reconduits construits construites détruits issus issues suivis suivies fermés fermées
    refaits refaites satisfaits satisfaites atteints atteintes repeints repeintes
    restants restantes existants existantes conformes certifiés éligibles permanents permanentes
    monoparentales nombreuses communaux communales intercommunaux intercommunales scolaires sociaux sociales individuels
    individuelles collectives solaires thermiques temporaires définitifs définitives partiels partielles lourds lourdes
    électriques hybrides neufs neuves autres premiers premières derniers dernières"""
)
_SAME = words(
    """bus autobus minibus omnibus trolleybus bibliobus médiabus corps temps mois pays avis cas cours parcours concours
    secours discours recours accès procès succès progrès décès excès congrès fonds bonus malus campus relais palais
    marais
    colis permis devis repas bras pas tapis logis univers dos ours virus processus corpus consensus terminus cursus
    syllabus abus refus jus talus surplus cactus opus focus radius sas bois choix prix voix croix noix époux faux houx
    toux six index lynx gaz riz nez quiz anglais français chinois bourgeois commis sursis compromis os tennis ananas
    compas débarras embarras fracas verglas canevas matelas atlas tas revers remords poids puits legs iris brebis souris
    radis paradis oasis biais rabais châssis taillis treillis vis croquis acquis marquis maquis préavis débris mépris
    semis jeans blues news bafa mars fois bois anis gens propos héros sous tiers process business express pass plus
    mas mars dais jais laquais panaris rubis salsifis tournevis torchis volubilis vers travers envers pervers
    divers gris bas gras las refus reclus inclus intrus obus plexus sinus stimulus rhinocéros albatros cosmos chaos
    maïs relax box mix fax lux flux afflux reflux influx crucifix phénix onyx pharynx redux taux
    stress boss loess mess fitness press rébus laïus lapsus motus prospectus
    hiatus humus papyrus nimbus utérus versus"""
)
_ODD = {
    "travaux": "travail", "vitraux": "vitrail", "baux": "bail", "coraux": "corail", "émaux": "émail",
    "soupiraux": "soupirail", "yeux": "œil", "cieux": "ciel", "aïeux": "aïeul", "bijoux": "bijou",
    "cailloux": "caillou", "choux": "chou", "genoux": "genou", "hiboux": "hibou", "joujoux": "joujou", "poux": "pou",
    "vœux": "vœu", "messieurs": "monsieur", "mesdames": "madame", "bonshommes": "bonhomme", "landaus": "landau",
    "landaux": "landau", "étaux": "étau", "fléaux": "fléau", "boyaux": "boyau", "chacals": "chacal",
}  # fmt: skip
_EUX = words(
    "jeux lieux feux enjeux vœux voeux cheveux neveux adieux essieux moyeux milieux aveux pieux bleux "
    "cheminaux épieux hébreux camaïeux"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The noun behind a number: where it ends, its unit, and whether it looks like a counted noun at all.

    Attributes:
        start, end: half-open offsets of the noun, adjectives before it left out.
        unit: singular, lower case; None where the words behind the number name nothing ("30 connus de …").
        plural: it has a plural's form, or can have none (an acronym, a proper name).
        name: it is written with a capital.
    """

    start: int
    end: int
    unit: str | None
    plural: bool
    name: bool


def singular(word: str) -> str:
    """The singular of a French noun, in lower case: "panneaux" → "panneau", "journaux" → "journal"."""
    word = word.lower()
    if "-" in word:
        parts = word.split("-")
        if word in ("rendez-vous", "après-midi", "sans-abri", "porte-avions", "compte-gouttes"):
            return word
        return "-".join(singular(p) if len(p) > 3 else p for p in parts)
    if word in _SAME:
        return word
    if word in _ODD:
        return _ODD[word]
    if word.endswith(("eaux", "yaux")):
        return word[:-1]
    if word.endswith("aux") and len(word) > 4:
        return word[:-2] + "l"
    if word.endswith("eux"):
        return word[:-1] if word in _EUX else word
    if word.endswith("oux"):
        return word
    if word.endswith("s") and not word.endswith("ss") and len(word) > 2:
        return word[:-1]
    return word


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.rstrip("s").isupper() and len(word.rstrip("s")) > 1


def is_plural(word: str) -> bool:
    """True where the word has a French plural's ending."""
    return len(word) > 2 and word[-1] in "sxz"


def is_participle(word: str) -> bool:
    """True for a plural word that says what was done to the counted rather than what it is ("connus", "rénovés")."""
    if word in _ADJECTIVES:
        return True
    one = singular(word)
    base = one[:-1] if one.endswith("ée") else one
    if one in _NOUNS_LIKE_PARTICIPLES or base in _NOUNS_LIKE_PARTICIPLES:
        return False
    if word.endswith(("ités", "tiés", "autés", "retés", "ertés", "letés", "nités", "ietés", "iétés")):
        return word in ("visités", "limités", "habilités", "débités", "édités", "sollicités", "exploités")
    return bool(_PARTICIPLE.search(word)) and (word.endswith(("és", "ées")) or word in _PARTICIPLES_IN_U)


_PARTICIPLES_IN_U = words(
    """connus connues reconnus reconnues prévus prévues tenus tenues soutenus soutenues retenus retenues obtenus
    obtenues maintenus maintenues reçus reçues conçus conçues vus vues revus revues rendus rendues vendus vendues
    attendus attendues étendus étendues pourvus pourvues perçus perçues conclus conclues résolus venus venues
    devenus devenues survenus parvenus parus parues disparus"""
)


# 518 meublés se sont déclarés · 1 200 inscrits de plus · 12 000 vues.
_AFTER_NOMINAL = lazy(
    r" (?:(?:se |s'|ne |n'|l'|les |en |y )?(?:ont|sont|avaient|étaient|seront|auront)\b|de |d'|du |des )|[ ]?[.,;:)\n]|$"
)


#: Abbreviations of what is counted.
_SHORT = {"hab": "habitant", "log": "logement", "logts": "logement", "pers": "personne", "nb": "nombre"}
# prises en charge · suivis individuels · conduites d'eau · mises en service, but not "(12) prises en 2023"
_BOTH = words("prises mises suivis conduites")
_NOUN_RIGHT = lazy(
    r" (?:(?:de|du|des) |d'|en (?:charge|service|demeure|œuvre|réseau|relation|vente|place|compte)\b|à (?:jour|disposition)\b"
    r"|(?:raccord|optiqu|électriqu|ftth|fibr|individuel|psycholog|personnal|renforc|socia|régulier|collectif|hebdo|mensu)"
    r"|(?:ont|sont|seront|étaient|avaient)\b)"
)
# cours d'école · cours végétalisées · nouvelles cours · (dans) la cour: the yard, not the lesson
_YARD_RIGHT = lazy(
    r" (?:d'écoles?|de récréation|de ferme|d'immeubles?|d'honneur|élémentaires|maternelles|oasis|intérieures"
    r"|[^\W\d_]+(?:ées|ertes|nues))\b"
)
_YARD_LEFT = lazy(r"(?:premières|dernières|nouvelles|anciennes|petites|grandes|belles|toutes les|prochaines) $")
_YARD = lazy(r"\bcours? (?:d'école|de récréation)|\bcour\b(?! des comptes| d'appel| de cassation| de justice)")


def is_nominal(plain: str, head: Head) -> bool:
    """True where a plural participle that stands behind a number is itself what is counted ("518 meublés se …")."""
    word = plain[head.start : head.end]
    return word not in _ADJECTIVES and is_participle(word) and bool(_AFTER_NOMINAL.match(plain, head.end))


def head(text: str, plain: str, at: int) -> Head | None:
    """The noun that begins at ``at``, adjectives before it passed over; None where no noun stands there.

    Args:
        text: the owner's text, for capitals.
        plain: its shadow.
        at: offset of the first letter behind the number and its space.
    """
    match = _WORD.match(text, at)
    if match and plain.startswith(_SUPERLATIVES, at):
        match = _WORD.match(text, match.end() + 1) or match  # "les 5 plus grandes communes"
    for _ in range(3):
        if match is None or plain[match.start() : match.end()] in FUNCTION_WORDS:
            return None
        following = _WORD.match(text, match.end() + 1) if plain[match.end() : match.end() + 1] == " " else None
        if plain[match.start() : match.end()] not in _BEFORE_NOUN or following is None:
            break
        after = plain[following.start() : following.end()]
        if after in FUNCTION_WORDS:
            break
        match = following
    if match is None or len(match[0]) < 2 or (plain.startswith("'", match.end()) and len(match[0]) <= 2):
        return None  # "22 d'entre eux"
    word = plain[match.start() : match.end()]
    noun = word in _BOTH and _NOUN_RIGHT.match(plain, match.end())
    if word in _BEFORE_NOUN or (is_participle(word) and not noun):
        return Head(match.start(), match.end(), None, is_plural(word), False)
    return _noun(text, plain, match)


def _is_yard(plain: str, start: int, end: int) -> bool:
    """True for the "cours" of schools and houses, False for lessons, by the words around and the rest of the text."""
    if _YARD_RIGHT.match(plain, end) or _YARD_LEFT.search(plain, max(0, start - 14), start):
        return True
    return bool(_YARD.search(plain))


def _noun(text: str, plain: str, match: re.Match[str]) -> Head:
    written, start, end = match[0], match.start(), match.end()
    inclusive = _INCLUSIVE.match(plain, end)
    if inclusive:
        return Head(start, inclusive.end(), singular(written), True, False)
    slash = _SLASH.match(plain, end)
    if slash and is_plural(slash[0]) and is_plural(written):
        end = slash.end()
    if _is_acronym(written):
        return Head(start, end, written.removesuffix("s").lower(), True, True)
    if not written[0].isupper():
        word = plain[start : match.end()]
        if word == "cours" and _is_yard(plain, start, end):
            return Head(start, end, "cour", True, False)
        if word in _SHORT:
            return Head(start, end + plain.startswith(". ", end), _SHORT[word], True, False)
        return Head(start, end, singular(written), is_plural(written), False)
    last, names = end, [written.lower()]
    while plain.startswith(" ", last) and len(names) < 4:
        following = _WORD.match(text, last + 1)
        if following is None or not following[0][0].isupper() or _is_acronym(following[0]):
            break
        names.append(following[0].lower())
        last = following.end()
    if is_plural(written) or len(names) == 1:
        return Head(start, match.end(), singular(written), True, True)
    return Head(start, last, " ".join(names), True, True)
