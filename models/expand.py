"""Writes training statements from a small grammar: verbs with their forms, objects with their gender and number.

Only the train split is expanded; dev, test and holdout are written by hand. The draw is seeded.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from bank import Sample

# stem, participle, action noun with its article; every verb is of the first group but for the participle given
VERBS = (
    ("restaur", "restauré", "la restauration"),
    ("rénov", "rénové", "la rénovation"),
    ("modernis", "modernisé", "la modernisation"),
    ("réorganis", "réorganisé", "la réorganisation"),
    ("consolid", "consolidé", "la consolidation"),
    ("évalu", "évalué", "l'évaluation"),
    ("simplifi", "simplifié", "la simplification"),
    ("redéploy", "redéployé", "le redéploiement"),
    ("expériment", "expérimenté", "l'expérimentation"),
    ("sécuris", "sécurisé", "la sécurisation"),
    ("centralis", "centralisé", "la centralisation"),
    ("actualis", "actualisé", "l'actualisation"),
    ("renforc", "renforcé", "le renforcement"),
    ("cartographi", "cartographié", "la cartographie"),
    ("valoris", "valorisé", "la valorisation"),
    ("réaménag", "réaménagé", "le réaménagement"),
    ("révis", "révisé", "la révision"),
    ("informatis", "informatisé", "l'informatisation"),
    ("harmonis", "harmonisé", "l'harmonisation"),
    ("déploy", "déployé", "le déploiement"),
    ("finalis", "finalisé", "la finalisation"),
    ("diversifi", "diversifié", "la diversification"),
    ("élabor", "élaboré", "l'élaboration"),
    ("prépar", "préparé", "la préparation"),
    ("diffus", "diffusé", "la diffusion"),
    ("négoci", "négocié", "la négociation"),
)
# article and noun, feminine, plural
OBJECTS = (
    ("le réseau de sentiers", False, False),
    ("la salle des mariages", True, False),
    ("les abords du stade", False, True),
    ("les fiches de poste", True, True),
    ("le fichier des bénévoles", False, False),
    ("la charte des terrasses", True, False),
    ("les points d'eau", False, True),
    ("les aides à la mobilité", True, True),
    ("le parc de composteurs", False, False),
    ("la desserte des zones rurales", True, False),
    ("les jardins du musée", False, True),
    ("les procédures d'achat", True, True),
    ("le service de remplacement", False, False),
    ("la base de loisirs", True, False),
    ("le circuit des signalements", False, False),
    ("la politique d'accueil", True, False),
    ("les locaux de la mission locale", False, True),
    ("les conventions de gestion", True, True),
)
AGENTS = (
    "Le Département",
    "La commune",
    "Le syndicat mixte",
    "L'équipe projet",
    "La direction de l'eau",
    "L'intercommunalité",
    "Le pôle enfance",
    "Le conseil citoyen",
)
TAILS = (
    "",
    "",
    " avec les communes",
    " à Bourg-la-Reine-des-Prés",
    " pour un montant de 45 000 €",
    " en lien avec les usagers",
    " dans six cantons",
    " avec l'appui de l'État",
)
WHEN_PAST = ("", "", " en mars", " au printemps", " l'an dernier")
WHEN_NOW = (" chaque année", " tout au long de l'année", " au quotidien", "", "")
WHEN_NEXT = ("", "", " à la rentrée", " l'an prochain", " au premier semestre")


@dataclass(frozen=True, slots=True)
class _Slots:
    """One draw: an agent, a verb in its forms, an object in its forms."""

    agent: str
    stem: str
    participle: str
    noun: str
    object: str
    feminine: bool
    plural: bool
    tail: str

    @property
    def agreed(self) -> str:
        """The participle in the object's gender and number."""
        return self.participle + ("e" if self.feminine else "") + ("s" if self.plural else "")

    def be(self, singular: str, plural: str) -> str:
        """The object as subject, with the verb that goes with it."""
        subject = self.object[0].upper() + self.object[1:]
        return f"{subject} {plural if self.plural else singular}"

    @property
    def of_object(self) -> str:
        """The object after "de"."""
        if self.object.startswith("le "):
            return "du " + self.object[3:]
        if self.object.startswith("les "):
            return "des " + self.object[4:]
        return "de " + self.object

    @property
    def bare_noun(self) -> str:
        """The action noun without its article, with a capital."""
        word = self.noun.removeprefix("la ").removeprefix("le ").removeprefix("l'")
        return word[0].upper() + word[1:]

    @property
    def of_noun(self) -> str:
        """The action noun after "de"."""
        return "du " + self.noun[3:] if self.noun.startswith("le ") else "de " + self.noun


def _forms(s: _Slots, draw: random.Random) -> dict[str, list[str]]:
    past, now, coming = draw.choice(WHEN_PAST), draw.choice(WHEN_NOW), draw.choice(WHEN_NEXT)
    bare = s.object.split(" ", 1)[1]
    mute = s.stem[:-1] + "i" if s.stem.endswith("oy") else s.stem  # "déploie", "déploiera"
    present, future = mute + "e", mute + "era"
    return {
        "achevé": [
            f"{s.be('a été', 'ont été')} {s.agreed}{s.tail}{past}.",
            f"{s.agent} a {s.participle} {s.object}{s.tail}{past}.",
            f"{bare[0].upper() + bare[1:]} {s.agreed}{s.tail}{past}.",
            f"{s.noun[0].upper() + s.noun[1:]} {s.of_object} a eu lieu{past}.",
        ],
        "en cours": [
            f"{s.noun[0].upper() + s.noun[1:]} {s.of_object} est en cours{s.tail}.",
            f"{s.agent} {present} {s.object}{s.tail}{now}.",
            f"Poursuite {s.of_noun} {s.of_object}{s.tail}.",
            f"{s.noun[0].upper() + s.noun[1:]} {s.of_object} se poursuit{s.tail}.",
        ],
        "prévu": [
            f"{s.be('sera', 'seront')} {s.agreed}{s.tail}{coming}.",
            f"{s.agent} {future} {s.object}{s.tail}{coming}.",
            f"{s.be('devrait être', 'devraient être')} {s.agreed}{coming}.",
            f"{s.stem[0].upper() + s.stem[1:]}er {s.object}{s.tail}.",
            f"{s.noun[0].upper() + s.noun[1:]} {s.of_object} reste à engager{s.tail}.",
        ],
        "sans": [
            f"{s.bare_noun} {s.of_object}{s.tail}.",
            f"{s.bare_noun} {s.of_object} et suivi des usagers.",
        ],
    }


def expand(count: int, seed: int = 20) -> list[Sample]:
    """``count`` statements, a quarter of each class, without a repeat."""
    draw = random.Random(seed)
    samples: list[Sample] = []
    seen: set[str] = set()
    while len(samples) < count:
        stem, participle, noun = draw.choice(VERBS)
        thing, feminine, plural = draw.choice(OBJECTS)
        slots = _Slots(draw.choice(AGENTS), stem, participle, noun, thing, feminine, plural, draw.choice(TAILS))
        label = ("achevé", "en cours", "prévu", "sans")[len(samples) % 4]
        text = draw.choice(_forms(slots, draw)[label])
        if text not in seen:
            seen.add(text)
            samples.append(Sample(label, "grammar", text))
    return samples
