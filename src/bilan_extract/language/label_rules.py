"""The role of a short heading or label: rules over set phrases, in plain Python.

Roles: "réalisé" and "à venir" (a block of what was done, of what comes next), "engagement" (the commitment itself), "focus" (a box that
tells one action), "level" (a numbered level of the plan: axe, orientation, priorité …), "none" (any other heading).
Where no phrase is known the rules say nothing and the trained model is asked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

REALISED, UPCOMING, ENGAGEMENT, FOCUS, LEVEL, NONE = "réalisé", "à venir", "engagement", "focus", "level", "none"
LONGEST = 16  # words; a longer text is a sentence, not a label

_NUMBER = r"(?:n ?[°ºo] ?)?(?:\d+(?:[.\-]\d+)*[a-z]?|[ivx]+|[a-h])"
_DONE = (
    r"(?:(?:réalisé|mené|conduit|effectué|accompli|achevé|terminé|abouti|finalisé|livré|engagé|lancé|fait|entrepris|déployé"
    r"|exécuté|tenu|concrétisé|appliqué|pris|obtenu|atteint)(?:e|s|es)?|mise?s? en (?:œuvre|oeuvre|place|service))"
)
_PLANNED = r"(?:prévu|programmé|planifié|projeté|envisagé|futur|prochain|attendu|à venir|prévisionnel|prévisionnelle)(?:e|s|es)?"
_THING = r"(?:actions?|mesures?|travaux|opérations?|projets?|chantiers?|démarches?|initiatives?|réalisations?|étapes?|activités?|interventions?|programmes?|évolutions?)"
_LEVELS = (
    r"(?:axe|orientation|ambition|priorité|objectif|sous-objectif|défi|enjeu|pilier|volet|chapitre|partie|thème|thématique|titre|section|levier|chantier"
    r"|domaine|programme|finalité|cap)"
)
_QUALITY = r"(?: (?:stratégique|opérationnel|opérationnelle|général|générale|spécifique|transversal|transversale|prioritaire|thématique|d'intervention|majeur|majeure))?"
_ORDINAL = r"(?:premi(?:er|ère)|deuxième|second|seconde|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième)"
_COMMITMENT = r"(?:engagement|promesse|action|mesure|proposition|disposition|fiche[ -]action|fiche|fiche[ -]mesure)"

# (rule, role, pattern, score), tried in this order; each is searched in the cleaned label
_RULES: tuple[tuple[str, str, re.Pattern[str], float], ...] = (
    # "Action n° 17", "Engagement 2.4 : …", "Fiche action 6"
    ("numbered commitment", ENGAGEMENT, re.compile(rf"^{_COMMITMENT} {_NUMBER}(?: ?[-:–—.)].*)?$"), 0.97),
    # "Axe 2 : habiter autrement", "Défi n° 6", "Objectif stratégique 2", "Axe transversal"
    ("numbered level", LEVEL, re.compile(rf"^(?:grande? )?{_LEVELS}{_QUALITY} (?!20\d\d){_NUMBER}(?: ?[-:–—.)].*)?$"), 0.97),
    ("numbered level", LEVEL, re.compile(rf"^{_ORDINAL} (?:grande? )?{_LEVELS}(?: ?[-:–—.)].*)?$|^(?:axe|enjeu|objectif|orientation|volet) transversale?$"), 0.95),
    # "Focus sur le plan vélo", "Zoom", "Coup de projecteur"
    ("focus word", FOCUS, re.compile(r"^(?:un )?(?:focus|zoom|gros plan|coups? de (?:projecteur|cœur|coeur)|pleins? feux|projecteur|coup d'œil|plein cadre)\b"), 0.97),
    ("focus word", FOCUS, re.compile(r"\bà la loupe\b|\bsous la loupe\b|\bcoup de cœur$|\b(?:action|projet|initiative|opération) (?:phare|emblématique|en vedette|à la une|à suivre|remarquable|exemplaire)$"), 0.95),
    ("focus word", FOCUS, re.compile(r"^(?:un )?(?:exemples?(?: concret)?$|exemples? d['e](?! réalisations)|exemple :|témoignages?\b|portraits?$|portraits? d['e](?! ?(?:u|s)? ?territoire)|retours? d'expérience|encadré\b|reportage\b|arrêt sur image|éclairage\b|mise en lumière|en lumière|paroles? d['e]|en images?$|ils? témoignent?)"), 0.93),
    ("focus word", FOCUS, re.compile(r"^(?:l'exemple|l'expérience|le retour d'expérience|l'histoire|la belle histoire|rencontre avec|la parole à|vu sur le terrain|sur le terrain|à la une|en détail)\b"), 0.88),
    # "Non réalisé à ce jour", "Reste à faire"
    ("still to do", UPCOMING, re.compile(r"\b(?:non|pas) (?:encore )?(?:réalisé|fait|engagé|achevé|mis en)|\brest(?:e|ent|ant)s? à\b|\bqu'il reste\b|\b(?:actions?|mesures?|projets?|travaux) à (?:\w+er|\w+ir|\w+re|venir)\b"), 0.96),
    ("to come", UPCOMING, re.compile(r"\bà venir\b|\bprochain(?:e|s|es|ement)?\b|\bbientôt\b|\bperspectives?\b|\bl'an prochain\b|\b(?:qui|mois qui|ce qui) (?:vient|viennent)\b|\bse prépare\b|\bdevant nous\b|\bnous attend\b"), 0.96),
    ("to come", UPCOMING, re.compile(r"^(?:et )?(?:la |les |quelles? |pour la )?suites?\b|^et (?:après|maintenant|demain)\b|^demain\b|\bétapes? suivantes?\b|\bpour demain\b|\bde demain\b|^à suivre\b|\bd'avenir\b|^en préparation|^en projet|^à l'étude"), 0.94),
    # "Actions prévues en 2023", "Ce qui est programmé", "Calendrier prévisionnel"
    ("planned things", UPCOMING, re.compile(rf"^(?:les |nos |autres |nouvelles |nouveaux |principales |principaux )?{_THING}(?: \w+)? {_PLANNED}\b|^{_PLANNED} (?:pour|en|au|à|d'ici)\b|^ce qu(?:i|e) .*\b{_PLANNED}\b|^calendrier prévisionnel|^prévisions?\b|^(?:les )?(?:suites|développements|poursuites) {_PLANNED}"), 0.95),
    # "À engager", "À développer en 2025"
    ("to do", UPCOMING, re.compile(r"^à (?:\w+er|\w+ir|faire|mettre en œuvre|entreprendre|poursuivre|construire|conduire)\b(?!.* :)"), 0.93),
    # "Ce que nous ferons", "Nous allons", "Actions qui seront menées"
    ("future verb", UPCOMING, re.compile(r"\b(?:allons|ferons|sera|seront|irons|\w{3,}erons|\w{3,}irons|\w{2,}drons|\w{3,}eront)\b|\bvoulons (?:faire|mener|engager) en 20"), 0.93),
    # "Feuille de route 2025", "Cap sur 2026", "Pistes d'amélioration"
    ("road map", UPCOMING, re.compile(r"\bfeuilles? de route\b|^cap (?:sur|vers|pour)\b|\bnotre cap\b|^(?:à )?l'horizon\b|^horizon\b|^d'ici (?:à )?(?:20\d\d|fin)|^(?:les )?pistes? (?:d|de|pour)\b|^pistes? d'|^(?:les )?défis à relever|\b(?:axes?|points?|marges?) (?:de progrès|à améliorer|de progression|d'amélioration)|\bpour aller plus loin\b"), 0.93),
    # "Objectifs 2026", "Nos projets pour 2026", "Programme d'actions 2025"
    ("aims of a year", UPCOMING, re.compile(r"^(?:les |nos |notre |le )?(?:objectifs?|projets?|priorités?|orientations?|programmation|programme(?: d'actions?)?|plan d'actions?|plan de travail|intentions?|chantiers?|ambitions?) (?:pour |de |en )?(?:l'année |l'an |le |la )?20\d\d(?:[-–/]20\d\d)?\b|^20\d\d : nos? (?:projets?|objectifs?)|^(?:nos |les )?projets$|^projets à l'étude|^chantiers à (?:ouvrir|venir)"), 0.92),
    # "Rappel de l'engagement", "Notre promesse", "Le Département s'engage"
    ("kept", REALISED, re.compile(r"^(?:promesse|engagement|parole|pari|défi|objectif|mission|contrat) (?:tenue?|atteinte?|remplie?|relevée?|accomplie?|gagnée?|honorée?)s?$|^tenus?$|^c'est (?:fait|lancé|en place|réalisé|parti|acquis)\b|^(?:voilà qui est|chose) faite?\b"), 0.95),
    ("commitment word", ENGAGEMENT, re.compile(r"^(?:rappel (?:de |des |du )?)?(?:l'|notre |nos |les |la |le |texte de l'|libellé de l'|objet de l'|contenu de l'|énoncé de l'|intitulé de l')?(?:engagements?|promesses?)(?: (?:pris|prise|de départ|initial|initiaux|du|de|des|en)\b.*)?$|^rappel\b.*\b(?:engagements?|promesses?)\b"), 0.95),
    ("commitment word", ENGAGEMENT, re.compile(r"\bs'engage(?:nt)?\b|\bs'est engagée?\b|\bnous engageons\b|\b(?:avions|avons|a) promis\b|\bpromettons\b|\bpris l'engagement\b|^notre parole$|^(?:intitulé|libellé|énoncé|contenu|description|objet|texte|rappel) de (?:l'action|la mesure|l'engagement|la promesse)|^ce que (?:dit|prévoit) le (?:plan|schéma|projet|programme)\b"), 0.94),
    ("commitment word", ENGAGEMENT, re.compile(r"^(?:l'objectif|objectif visé|l'ambition de départ|notre (?:volonté|intention|ambition|objectif)$|ce que nous (?:voulons|visons)$|l'action prévue)"), 0.86),
    # "Actions réalisées en 2024", "Travaux achevés", "Ce qui a été fait"
    ("done things", REALISED, re.compile(rf"^(?:les |nos |autres |principales |principaux )?{_THING} (?:\w+ement |déjà |phares? |que nous avons |réalisées? ou )?{_DONE}\b"), 0.95),
    ("done things", REALISED, re.compile(r"\bréalisations\b|^réalisée?s?\b|^faits?(?:$| en | au )|^déjà \w+|\bdéjà (?:en place|fait|réalisé|lancé|effectif|mis|prises?)|^mises? en œuvre\b"), 0.93),
    ("has been", REALISED, re.compile(rf"\b(?:a|ont|avons|s'est) (?:déjà |bien )?(?:été )?(?:{_DONE}|changé|avancé|bougé|passé|marché|fonctionné|évolué|progressé)\b|^ce qui (?:est|existe) (?:fait|réalisé|en place|déjà)|\bnous avons$|^depuis (?:20\d\d, nous|le (?:dernier bilan|lancement|début))"), 0.94),
    # "Où en est-on ?", "Point d'étape", "Bilan à mi-parcours"
    ("review", REALISED, re.compile(r"^où en (?:est|sont|sommes)\b|^points? (?:d'étape|d'avancement|de situation)|^(?:l')?(?:état d')?avancement\b|^état de réalisation|^(?:le |notre )?bilan(?:$| (?:de l'action|des actions|des réalisations|de l'année|à |au |et résultats|d'étape|d'activité|quantitatif|qualitatif|chiffré|20\d\d))"), 0.93),
    ("review", REALISED, re.compile(r"^(?:les |nos |quels |principaux )?résultats?\b|^(?:les |nos |principales )?avancées?\b|^(?:les )?progrès (?:accomplis|enregistrés|réalisés)|^(?:les )?faits marquants|^(?:les )?temps forts|^retour sur (?:l'année|20\d\d)|^rétrospective|^le chemin parcouru|^le travail accompli|^(?:nos |les )?(?:réussites|acquis)\b|\bde l'année écoulée$|^au 3[01] (?:décembre|juin)|^situation (?:à|au)\b"), 0.92),
    # "Sommaire", "Éléments de contexte", "Budget prévisionnel"
    ("known heading", NONE, re.compile(r"^(?:le |la |les |l'|quelques |éléments de |données |rappel du )?(?:sommaire|introduction|préambule|édito(?:rial)?|avant-propos|contexte|constats?|diagnostic|état des lieux|méthod(?:e|ologie)|pilot(?:e|es|age)|partenaires?|budget|moyens|financements?|coûts?|publics?|bénéficiaires|indicateurs?|chiffres(?: clés)?|repères|glossaire|annexes?|lexique|bibliographie|contacts?|remerciements|crédits?|conclusion|gouvernance|évaluation|calendrier|références|table des matières|notes?|cadre (?:légal|réglementaire|juridique)|présentation|territoires?|définitions?|sources?|liste|carte|tableau|figure|article|délibération|séance|page|photographies?|direction|service|pôle|conseil|mot (?:du|de)|rapport)\b"), 0.93),
    ("known heading", NONE, re.compile(r"^le saviez-vous|^pour en savoir plus|^mode d'emploi|\br[ée]férente?s?$|\bconcernée?s?$|\bassociée?s?$|\bvisée?s?$"), 0.88),
)

# what may stand before a label and is not of it: marks, numbering, dashes
_LEADING = re.compile(r"^[^\w]+")
_CHECKED = re.compile(r"^[\s]*[✓✔✅☑🗸]")
_YEAR = re.compile(r"\b20\d\d\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
# words that make a heading more than the name of a subject: there the rules leave the answer to the model
_SPEAKING = re.compile(
    r"[?!]|\d|\b(?:nous|nos|notre|vos|votre|ce|ceux|on|qu[ei]|quoi|déjà|ici|an|année|ans|mois|jour|après|avant|depuis|encore|plus|loin|cours|fait|faire|reste|action|actions"
    r"|engagements?|projets?|objectifs?|mesures?|étapes?|avenir|demain|suite|bilan|réalis\w+|résultats?|avancées?|histoire|exemple|zoom|focus|cap|horizon|futur\w*|travail"
    r"|travaux|chantiers?|mission|promesse|parole|défis?|pari|priorités?|ambitions?|orientations?|axes?|enjeux?|prévu\w*|programmes?|pistes?|points?|est|ont|sont|sera|va)\b"
    r"|\w(?:é|és|ée|ées)\b"
)


@dataclass(frozen=True, slots=True)
class RuleRole:
    """What the rules make of a label: the role or None, how sure (0..1), and the rule's name.

    `weak` is True where the rule is only a guess by default, which the model may overrule.
    """

    role: str | None
    score: float
    rule: str
    weak: bool = False


def clean_label(text: str) -> str:
    """The label in lower case, NFC, on one line, without leading marks and closing colon."""
    text = unicodedata.normalize("NFC", text).lower()
    for mark in ("\u2019", "\u02bc"):
        text = text.replace(mark, "'")
    text = _LEADING.sub("", " ".join(text.split()))
    text = re.sub(r"[^\w?!.)»\"]+$", "", text)
    return re.sub(r"\s*[:.…]+$", "", text).strip()


def rule_role(text: str) -> RuleRole:
    """The role of a label as the rules see it; None where they know no phrase of it."""
    label = clean_label(text)
    if not _WORD.search(label):
        return RuleRole(None, 0.0, "empty")
    bare = label.rstrip(" !?")
    for rule, role, pattern, score in _RULES:
        if pattern.search(bare):
            return RuleRole(role, score, rule)
    if _CHECKED.match(text):
        return RuleRole(REALISED, 0.9, "check mark")
    if len(label.split()) > LONGEST:
        return RuleRole(NONE, 0.9, "too long for a label")
    if _YEAR.search(label):
        return RuleRole(None, 0.0, "year alone")
    if len(label) > 3 and not _SPEAKING.search(label):
        return RuleRole(NONE, 0.86, "name of a subject", weak=True)
    return RuleRole(None, 0.0, "no phrase")


def label_years(text: str) -> list[int]:
    """The years that a label names ("En 2025", "Actions 2023-2024")."""
    return [int(year) for year in _YEAR.findall(clean_label(text))]
