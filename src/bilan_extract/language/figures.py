"""Quantities as French administrative texts state them: counts, money, shares, durations and measures.

One walk over the text's `shadow`: at each number that is neither part of a date nor of a name (`_masked`, `_names`)
the phrase around it is read: what bounds it on the left, its range, its unit or the noun it counts, what bounds it on
the right. A number that nothing makes a quantity is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bilan_extract.language import nouns
from bilan_extract.language import numbers as num
from bilan_extract.language.dates import find_dates
from bilan_extract.language.shadow import shadow
from bilan_extract.plan import Date, Figure

Kind = Literal["count", "money", "percentage", "fraction", "duration", "measure"]
Bound = Literal["exact", "about", "at_least", "at_most", "between"]

# A number is worth a look: any digit, or a number word
_WORTH = re.compile(rf"[0-9½¼¾⅓⅔]|{num.WORDS}|\b(?:{num.COLLECTIVE}|tiers|quarts?|moitié|demi|demie|cinquième|dixième)\b")

# a number, a run of words, or a collective: 1 500 · vingt-trois · une dizaine · deux tiers · la moitié · 3/4
_START = re.compile(
    r"(?P<half>\b(?:la |les )?moitié\b)"
    rf"|(?P<share>\b(?:un|le|les deux|du|au|deux|2|trois|3|les trois|quatre|4|1) (?P<part>tiers|quarts?|cinquièmes?|dixièmes?)\b)"
    r"|(?P<slash>(?<![\w/.,-])(?P<a>[0-9]{1,2}) ?/ ?(?P<b>[0-9]{1,3})(?![\w/]|[.,-][0-9]))"
    r"|(?P<glyph>[½¼¾⅓⅔])"
    rf"|(?P<many>(?:\b(?:une?|{num.WORDS})|(?<![\w.,])[0-9]{{1,3}}) {num.COLLECTIVE}\b)"
    rf"|(?P<digits>{num.DIGITS})(?P<scale>{num.SCALE})?"
    rf"|(?P<words>{num.WORDS}(?:{num.SCALE})?)"
    r"|(?P<demi>\bdemi[- ](?=journée|heure))"
)
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_PARTS = {"tiers": 3, "quart": 4, "cinquième": 5, "dixième": 10}

# -- what is no quantity whatever stands in it ------------------------------------------------------------------------
_MASKS = re.compile(
    "|".join(
        (
            r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.\w+|\b[\w-]+\.(?:fr|com|org|net|eu|gouv|info)\b(?:/\S*)?",
            r"(?<![\w.,])(?:\+33 ?(?:\(0\) ?)?[1-9]|0[1-9])(?:[ .-]?[0-9]{2}){4}(?![\w])",  # 03 21 00 00 00
            r"(?<![\w.,])0 ?8[0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}(?!\w)",  # 0 800 123 456
            r"\b(?:siret|siren|iban|rib|tva|rna|finess|uai|ape|naf|insee|bic|cpv)\b[^\w\n]{0,4}(?:n°|:|fr)? ?[\w]*[0-9][0-9 ]*",
            r"(?<!\w)[0-9]{1,4}(?: ?(?:bis|ter|quater)\b)?,? ?(?:rue|avenue|av\.|boulevard|bd|bld|place|allée|impasse|chemin"
            r"|route|quai|square|rond-point|faubourg|esplanade|résidence|sentier|passage|promenade|chaussée|venelle|zac|za|zi"
            r"|cours(?= [a-z']* ?[A-Z])|villa|voie)(?!\w)(?! (?:en moyenne|par))",
            r"(?<!\w)(?:24 ?h(?:eures)? ?(?:/|sur) ?24|7 ?j(?:ours)? ?(?:/|sur) ?7|24 ?/ ?24|7 ?/ ?7)(?: ?h| ?j)?(?!\w)",
            r"(?<![\w,.])(?![0-9]{1,3}(?:\.[0-9]{3})+(?![.0-9]))[0-9]+(?:\.[0-9]+){2,}(?!\w)",  # 1.2.3
            r"\b(?:le|au|du) [0-9]{2} [0-9]{2}(?! ?[0-9€%])(?= [a-zà-ÿ]*(?:t|e|a)\b|[.,;)])",  # le 39 77
            r"(?<!\w)1 [^\W\d_]+ ?[,=/-] ?1 [^\W\d_]+(?= ?[»\"”])",  # « 1 jeune, 1 mentor »
            r"(?<!\w)(?:b\.?p\.?|c\.?s\.?|tsa|cedex) ?[0-9 ]{1,6}(?!\w)",  # BP 123
            r"(?<!\w)(?:windows|office|web|iso|covid|sars-cov|psc|cap|dp|mp|usb|hdmi|wifi)[ -][0-9][\w.]*",
            r"\[[0-9]{1,3}\]",
        )
    )
)
# the mark of a numbered entry: 1. · 2) · 3 - · 1.2
_ENTRY = re.compile(r"(?m)^[ ]*(?:\(?[0-9]{1,2}(?:\.[0-9]{1,2})*(?:[.)°]|/| [-–:])(?= |$)|[0-9]{1,2}\.[0-9]{1,2}\.? (?=[A-ZÀ-Ý]))")

# ordinals: 1er · 2nde · 3ème · 5e
_ORDINAL = re.compile(r" ?(?:ers?|ères?|res?|nde?s?|ds|es?|èmes?|emes?|ièmes?|iemes?|è)(?!\w)|°(?! ?c\b)")
_ORDINAL_SPACED = re.compile(r" (?:ème|ième|eme|er)\b")

# words whose number names them: niveau 2 · articles 3 et 4 · Priorité n° 15 · lot 3 · RD 940
_NAMING = frozenset(
    """ambition ambitions annexe annexes art article articles axe axes action actions alinéa alinéas chapitre chapitres
    classe catégorie code critère défi défis enjeu enjeux engagement engagements étape étapes fiche fiches figure
    graphique groupe indice indicateur indicateurs ligne lignes livre lot lots mesure mesures niveau niveaux note numéro
    numéros objectif objectifs option orientation orientations page pages p paragraphe partie parties phase phases pilier
    piliers plan point priorité priorités programme projet-type question rang section sections semaine semaines scénario
    tableau tableaux titre titres tome tranche tranches type version v volet volets volume zone zones agenda bâtiment
    salle département rd rn cd ce a d n m e route autoroute bus tram tramway métro quai porte thème thématique opération
    mission sous-action sous-objectif cycle cycles édition schéma tour échelon grade indice taille score top numéro°
    décret loi arrêté délibération circulaire ordonnance marché convention dossier référence réf feuille feuillet case
    poste bureau appartement étage escalier hall entrée ehpad secteur canton circonscription unité bp cs scope scopes
    grille groupement gir crit chambre""".split()
)
_NAMED = re.compile(
    r"(?:(?<!\w)(?P<word>[^\W\d_]+(?:[-°][^\W\d_]+)*)\.? |(?:n|no|nos|num)[°º]s? ?|n\.? ?° ?|[°º#§] ?)$"
)
# articles 3 et 4 · axes 1 à 3: what has gone before a number that goes on with a naming word
_NAMED_LIST = re.compile(
    r"(?<!\w)(?P<word>[^\W\d_]+)(?: n[°º]s?)? [0-9]{1,3}(?:(?:, | et | à | ou |, et |-|/| & )[0-9]{1,3})*(?:, | et | à | ou |-|/| & )$"
)

# -- bounds -----------------------------------------------------------------------------------------------------------
_LEFT: tuple[tuple[Bound, str], ...] = (
    ("at_least", r"plus de |plus d'|\+ de |\+ d'|au moins |au minimum |a minima |à minima |minimum |pas moins de |pas moins d'"
                 r"|supérieure?s? (?:ou égale?s? )?à |au-delà de |au-delà d'|un minimum de |un minimum d'|≥ ?|> ?|bien plus de "
                 r"|largement plus de |au bas mot |dépassant (?:les )?|excédant "),
    ("at_most", r"moins de |moins d'|- de |au plus |au maximum |maximum |jusqu'à |jusqu'aux |inférieure?s? (?:ou égale?s? )?à "
                r"|max\.? |un maximum de |un maximum d'|dans la limite de |dans la limite d'|n'excédant pas |≤ ?|< ?"
                r"|ne dépassant pas |plafonnée?s? à "),
    ("about", r"environ |près de |près d'|presque |quelque |autour de |autour d'|aux alentours de |aux environs de "
              r"|de l'ordre de |de l'ordre d'|à peu près |approximativement |grosso modo |env\. ?|~ ?|≈ ?|± ?|quasiment |avoisinant (?:les )?"
              r"|approchant (?:les )?|proche de |proches de |plus ou moins |une moyenne de "),
)  # fmt: skip
_BOUND_LEFT = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _LEFT).join(("(?<![\\w])(?:", r")(?:l'|la |les |le |d'|de |un |une )?$"))
)
_RIGHT: tuple[tuple[Bound, str], ...] = (
    ("at_least", r" (?:et|ou) (?:plus|\+|davantage|au-delà)(?!\w)|,? (?:au |à )?minimum(?!\w)|,? a minima(?!\w)|,? au moins(?!\w)|\+(?!\w)"),
    ("at_most", r" (?:et|ou) moins(?!\w)|,? (?:au )?maximum(?!\w)|,? au plus(?! tard)(?!\w)|,? maxi?\b"),
    ("about", r" environ(?!\w)| (?:en viron|approximativement|à peu près)(?!\w)"),
)
_BOUND_RIGHT = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _RIGHT))

# -- ranges -----------------------------------------------------------------------------------------------------------
_TO = re.compile(rf"(?P<joint> à | ou | et | ?- ?| ?/ ?| à près de )(?:les )?(?P<number>{num.DIGITS}|{num.WORDS})(?P<scale>{num.SCALE})?(?!\w*[0-9])")
_RANGE_LEFT = re.compile(r"(?<!\w)(?:(?P<between>entre )|(?P<from>de |d')|les |des )$")
# from one value to another in time, no range: passe de 12 à 18
_CHANGE = re.compile(
    r"\b(?:pass(?:e|ent|é|ée|és|ées|er|ant|ait|era|eront)|évolu\w+|augment\w+|port(?:é|ée|és|ées|er|ant|e|era)|progress\w+|réduit\w*"
    r"|baiss\w+|diminu\w+|chut\w+|ramen\w+|recul\w+|bond\w+|hausse|relev\w+)\b[^.;\n]{0,60}$"
)

# -- units ------------------------------------------------------------------------------------------------------------
_PERCENT = re.compile(r" ?(?:%|pour ?cents?\b|pourcents?\b)")
_MONEY = re.compile(
    r" ?(?P<factor>keuros?|meuros?|k|m|mds?|mrds?|mm)? ?(?:€|eur\b|euros?\b)|(?: d'| de | ?)(?:€|euros?\b)"
    r"|(?P<cent> ?centimes?\b)|(?P<dollar> ?\$| dollars?\b)|(?P<franc> francs?\b(?! suisses))|(?P<pound> ?£)"
)
_FACTORS = {"k": 1e3, "keuro": 1e3, "keuros": 1e3, "m": 1e6, "meuro": 1e6, "meuros": 1e6, "mm": 1e6, "md": 1e9, "mds": 1e9,
            "mrd": 1e9, "mrds": 1e9}  # fmt: skip
_DURATION = re.compile(
    r"(?P<hm> ?(?:h|heures?) ?(?P<minutes>[0-5][0-9])(?: ?(?:min|mn|minutes))?(?!\w))|(?P<h> ?h(?!\w)| heures?\b)"
    r"|(?P<minute> ?(?:min|mn)(?!\w)| minutes?\b)|(?P<half>[ -]demi[- ]?journées?\b)|(?P<jour> jours?\b| ?j(?!\w)| journées?\b)"
    r"|(?P<semaine> semaines?\b)|(?P<mois> mois\b)|(?P<an> ?ans?\b| années?\b)|(?P<seconde> secondes?\b(?! (?:mains?|vies?)))"
)
_CLOCK = re.compile(rf" ?(?:h(?!\w)|heures?)(?: ?(?:et )?(?:[0-5][0-9](?![0-9%])|{num.WORDS})(?: ?(?:minutes?|min|mn)\b| (?!\w)|(?=[.,;)])))?| ?h[0-5][0-9]")
_MEASURE_UNITS: tuple[tuple[str, str], ...] = (
    ("tCO2e", r"(?:t|tonnes?)[ .]?(?:d')?(?:éq(?:uivalent)?\.?|eq)[ .-]?(?:de )?co[2₂](?: ?/an)?|teqco[2₂]|téqco[2₂]|tco[2₂] ?(?:e|éq|eq)?|tonnes? de co[2₂] équivalents?"
              r"|tonnes? équivalent(?:es)? (?:de )?(?:co[2₂]|carbone)"),
    ("kgCO2e", r"kg ?(?:éq|eq)\.? ?(?:de )?co[2₂]|kgco[2₂]e?"),
    ("ETP", r"etpt?s?|équivalents?[- ]temps[- ]pleins?"),
    ("kWh/m²", r"kwh(?:ep|ef)?/m[2²](?:[/.]an)?"),
    ("kWh", r"kwh|kilowatts?-?heures?"), ("MWh", r"mwh|mégawatts?-?heures?"), ("GWh", r"gwh|gigawatts?-?heures?"), ("TWh", r"twh"),
    ("kWc", r"kwc|kwp"), ("MWc", r"mwc|mwp"), ("kW", r"kw|kilowatts?"), ("MW", r"mw|mégawatts?"), ("GW", r"gw"),
    ("km²", r"km[2²]|kilomètres? carrés?"), ("m²", r"m[2²]|mètres? carrés?"), ("m³", r"m[3³]|mètres? cubes?"),
    ("km/h", r"km/h|kilomètres?[ -]?heure"), ("km", r"km|kilomètres?"), ("ha", r"ha|hectares?"),
    ("kg/hab", r"kg/(?:hab(?:itant)?\b\.?)(?:/an)?"), ("kg", r"kg|kilos?|kilogrammes?"), ("g", r"g|grammes?"),
    ("t", r"t|tonnes?"), ("L", r"l|litres?"), ("hL", r"hl|hectolitres?"), ("mL", r"millilitres?"),
    ("m", r"m|mètres?(?: linéaires?)?|ml"), ("cm", r"cm|centimètres?"), ("mm", r"mm|millimètres?"),
    ("°C", r"°c|degrés?(?: celsius)?"), ("dB", r"db(?:\(a\))?|décibels?"), ("Go", r"go|gigaoctets?"), ("Mo", r"mo"), ("To", r"to"),
    ("Mbit/s", r"mbits?/s|mb/s|mbps"), ("Gbit/s", r"gbits?/s"), ("hab/km²", r"hab(?:itants)?\.?/km[2²]"), ("logements/ha", r"log(?:ements)?\.?/ha"),
)  # fmt: skip
_MEASURE = re.compile(
    " ?(?:" + "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_MEASURE_UNITS)) + r")(?![\w²³₂]|'|/(?!an))"
)

# -- bare numbers -----------------------------------------------------------------------------------------------------
# what makes a quantity of a number that nothing follows: (22 · dont 30 · s'élève à 24 · au nombre de 12 · total : 120
_BARE_LEFT = re.compile(
    r"(?:(?<!\w)dont (?:les )?|s'(?:élève|élèvent|élevait|établit|établissent|établissait) (?:désormais |ainsi |encore |aujourd'hui )?à "
    r"|s'est élevée? à |se sont élevée?s à |élevé à |(?:passe|passent|passé|passée|passés|passées|passer|passant|évolué|augmenté) de |porté(?:e|s|es)? (?:de |à )"
    r"|au nombre de |nombre de |estimée?s? à |fixée?s? à |atteint |atteignent |atteindre |contre |au total |total de |total ?: |soit |nombre[^.;:\n]{0,60} ?: "
    r"|(?:est|était|sera|reste|restait) (?:de |resté à )|sont (?:désormais |aujourd'hui |actuellement |maintenant )?au nombre de |ne sont (?:plus )?que "
    r"|\b(?:pass|port|évolu|augment|progress|baiss|diminu|ramen|réduit)\w* de [0-9][^.;\n]{0,30} à "
    r"|\bsur (?:les |un total de )|\ben (?:compte|comptent|possède|possèdent|dénombre|recense|totalise|accueille|comprend|a|ont|avait|regroupe|réunit) )$"
)
_ELLIPTIC_RIGHT = re.compile(r" (?:d'entre (?:eux|elles)|parmi (?:eux|elles)|de ces|des|sur (?:les |un total de )?[0-9]|seulement|actuellement|aujourd'hui|au total|en tout|de plus|de moins|en [0-9]{4})(?!\w*')")
# Ateliers : 14 · Enfants de moins de 3 ans : 120 · en 2026 : 5
_LABEL = re.compile(
    r"(?:(?:^|[.;\n(•·] ?|- )(?P<noun>[^\W\d_]{3,}s|[^\W\d_]+x)(?: [^:;.\n]{0,45})? ?: |\ben (?P<year>(?:19|20)[0-9]{2}) ?: )$"
)
_NUMBER_OF = re.compile(r"\bnombre (?:total |moyen |annuel |global |cumulé )?(?:de |d'|des )(?:nouveaux |nouvelles )?(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*)")
_OF = re.compile(r" (?:de |d')")
_AMONG = re.compile(rf" (?:des|de (?:ces|nos|ses|leurs)) (?:(?:{num.DIGITS}|{num.WORDS}) )?(?![0-9])")
_OF_THE = re.compile(r" (?:de |d'|des |de ces |de nos )")
# 40 x 60 cm: the first number has the unit of the second
_TIMES = re.compile(rf" ?[x×] ?(?:{num.DIGITS})(?: ?[x×] ?(?:{num.DIGITS}))? ?(?P<unit>cm|mm|m)(?!\w)")
_OUT_OF = re.compile(rf" (?:[^\W\d_]+(?:-[^\W\d_]+)* (?:[^\W\d_]+ )?)?sur (?P<all>2|3|4|5|6|7|8|9|10|20|100|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|vingt|cent)(?![\w/%€]| ?%| ?€|[.,][0-9]| [0-9])")
_DENOMINATORS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
                 "vingt": 20, "cent": 100}  # fmt: skip
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•«\"“(–—▪➢✓-])[ ]*(?:[«\"“(][ ]*)?$")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as found: its place, value, and how it was written."""

    start: int
    end: int
    value: float
    form: Literal["digits", "words", "many", "fraction", "demi"]
    bound: Bound = "exact"
    value_max: float | None = None
    scaled: bool = False


def find_figures(text: str, *, dates: Sequence[Date] = ()) -> list[Figure]:
    """The quantities that a text states, by their place in it, without overlap.

    Args:
        text: one owner's text (item, engagement, focus) as it stands in the plan; any string will do.
        dates: the dates of the same text, if already known; no figure touches one. Found here where not given.
    """
    plain = shadow(text)
    if not _WORTH.search(plain):
        return []
    return _Reader(text, plain, _masked(text, plain, dates or find_dates(text))).figures()


def _masked(text: str, plain: str, dates: Sequence[Date]) -> bytearray:
    """One byte a character, 1 where no figure may begin or reach."""
    mask = bytearray(len(text))
    for date in dates:
        mask[date.span[0] : date.span[1]] = b"\x01" * (date.span[1] - date.span[0])
    for pattern, subject in ((_MASKS, plain), (_ENTRY, text)):
        for match in pattern.finditer(subject):
            mask[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return mask


class _Reader:
    """Reads the figures of one text from left to right and remembers what was counted last."""

    def __init__(self, text: str, plain: str, mask: bytearray) -> None:
        self.text, self.plain, self.mask = text, plain, mask
        self.found: list[Figure] = []
        self.free = 0  # nothing before this offset may be used again
        self.last_unit: tuple[int, str] | None = None

    def figures(self) -> list[Figure]:
        """All figures of the text."""
        at = 0
        while match := _START.search(self.plain, at):
            at = match.end()
            if self.mask[match.start()] or self.mask[match.end() - 1]:
                at = max(at, match.start() + 1)
                continue
            figure = self._figure(match)
            if figure is not None:
                self.found.append(figure)
                self.free = at = max(at, figure.span[1])
                if figure.kind == "count" and figure.unit:
                    self.last_unit = (figure.span[1], figure.unit)
        return self.found

    # -- the phrase around one number ---------------------------------------------------------------------------------

    def _figure(self, match: re.Match[str]) -> Figure | None:
        number = self._number(match)
        if number is None or self._glued(number):
            return None
        changed = self._changed(number)
        if changed is not None:
            return changed
        ranged = self._range(number)
        for candidate in (ranged, number) if ranged else (number,):
            figure = self._with_unit(candidate)
            if figure is not None:
                return figure
        return None

    def _number(self, match: re.Match[str]) -> _Number | None:
        start, end = match.span()
        if match["half"]:
            return _Number(start, end, 0.5, "fraction")
        if match["glyph"]:
            return _Number(start, end, _GLYPHS[match["glyph"]], "fraction")
        if match["share"]:
            return self._share(match)
        if match["slash"]:
            return self._slash(match)
        if match["many"]:
            name = match[0].rsplit(" ", 1)
            times = 1.0 if name[0] in ("un", "une") else num.parse_number(name[0])
            value = num.collective(name[1])
            return None if times is None or value is None else _Number(start, end, times * value, "many", "about")
        if match["demi"]:
            return _Number(start, end - 1, 0.5, "demi")
        value = num.parse_number(match[0])
        if value is None:
            return None
        scaled = bool(match["scale"]) or bool(re.search(r"(?:million|milliard|millier)s?$", match[0]))
        return _Number(start, end, value, "digits" if match["digits"] else "words", scaled=scaled)

    def _share(self, match: re.Match[str]) -> _Number | None:
        """ "un tiers", "les deux tiers", "trois quarts"; a third party and a quarter of an hour are none."""
        name = re.sub(r"(?<!tier)s$", "", match["part"])
        name = "tiers" if name.startswith("tiers") else name
        word = match["share"].rsplit(" ", 1)[0].split()[-1]
        above = {"deux": 2, "2": 2, "trois": 3, "3": 3, "quatre": 4, "4": 4}.get(word, 1)
        if above >= _PARTS[name] or (above > 1) != match["part"].endswith("s") and name != "tiers":
            return None
        after = self.plain[match.end() : match.end() + 24]
        if name == "quart" and re.match(r" d'heures?\b", after):
            return _Number(match.start(), match.end() + 3, above / 4, "demi")
        if re.match(r"-| (?:lieux?|payant|public|public|temps|secteur|aidants?|de confiance|financeurs?|opposant)", after):
            return None
        if word in ("le", "du", "au", "un") and not re.match(r" (?:de |des |du |d')|[ ]?[,.;:)]|$| (?:en|environ|sont|est|ont|a)\b", after):
            return None
        if word in ("du", "au") or (name == "tiers" and word in ("un", "le") and not re.match(r" (?:de |des |du |d')", after)
                                     and not re.search(r"(?:d'|soit |dont |près d'|plus d'|\()$", self.plain[: match.start()][-8:])):  # fmt: skip
            return None
        if word in ("le", "les"):
            above = 1
        return _Number(match.start(), match.end(), above / _PARTS[name], "fraction")

    def _slash(self, match: re.Match[str]) -> _Number | None:
        """ "3/4" where it can be a share; "16/25 ans" is a range and read as such, "page 3/12" nothing."""
        above, below = int(match["a"]), int(match["b"])
        if re.match(r" ?(?:ans|jours|mois|h|heures|semaines)\b", self.plain[match.end() :][:10]) and below > above:
            if (above, below) == (1, 2):
                return _Number(match.start(), match.end(), 0.5, "demi")
            return _Number(match.start(), match.start() + len(match["a"]), float(above), "digits")
        if (above, below) == (1, 2) and re.match(r" ?journées?\b", self.plain[match.end() :][:10]):
            return _Number(match.start(), match.end(), 0.5, "demi")
        if not 0 < above < below <= 10 or "0" in (match["a"][0], match["b"][0]) or self._named_before(match.start()):
            return None
        return _Number(match.start(), match.end(), above / below, "fraction")

    def _glued(self, number: _Number) -> bool:
        """True where the number is part of a longer word, number or name: A63, CO2, COVID-19, 62Coeur, n° 4."""
        plain, start, end = self.plain, number.start, number.end
        before, after = plain[max(0, start - 2) : start], plain[end : end + 2]
        if before and (before[-1].isalnum() or before[-1] in "_°º#§@&"):
            return True
        if len(before) == 2 and before[-1] in "-/.,'" and (before[0].isdigit() or (before[-1] in "-./" and before[0].isalpha())):
            return True
        if number.form in ("words", "many"):
            return after[:1] == "-" and after[1:].isalpha() or self._capital_inside(start)
        if after and (after[0] in "_@" or (after[0] in ".," and after[1:].isdigit())):
            return True
        if number.form == "digits" and (_ORDINAL.match(plain, end) and not plain.startswith(" e", end) or _ORDINAL_SPACED.match(plain, end)):
            return not re.match(r" (?:es?|ds|res?)\b", plain[end : end + 4])
        return number.form == "digits" and self._numbered_before(start)

    def _numbered_before(self, start: int) -> bool:
        match = _NAMED.search(self.plain, max(0, start - 40), start)
        return bool(match) and match is not None and match["word"] is None

    def _capital_inside(self, start: int) -> bool:
        """A number word with a capital inside a sentence belongs to a name: "place des Quatre Vents"."""
        return self.text[start].isupper() and not _SENTENCE_START.search(self.text, max(0, start - 6), start) and not (
            self.text[start : start + 12].isupper()
        )

    def _named_before(self, start: int) -> bool:
        low = max(0, start - 40)
        match = _NAMED.search(self.plain, low, start)
        if match and (match["word"] is None or self._is_naming(match["word"], match.start("word"))):
            return True
        match = _NAMED_LIST.search(self.plain, low, start)
        return bool(match) and match is not None and self._is_naming(match["word"], match.start())

    def _is_naming(self, word: str, at: int) -> bool:
        if word not in _NAMING:
            return False
        return len(word) > 1 and word not in ("ce", "cd", "rd", "rn") or self.text[at].isupper() or word in ("p", "v")

    def _range(self, number: _Number) -> _Number | None:
        """The number with the upper end that follows it, if there is one: "16 à 25", "entre 3 et 5", "12 % à 15 %"."""
        if number.form not in ("digits", "words"):
            return None
        at = number.end
        unit = self._unit_end(at)
        for end in (at, unit) if unit and unit > at else (at,):
            match = _TO.match(self.plain, end)
            if not match or self.mask[match.end() - 1]:
                continue
            upper = num.parse_number(match["number"] + (match["scale"] or ""))
            if upper is None or upper <= number.value and not match["scale"]:
                continue
            if _ORDINAL.match(self.plain, match.end()) and match["number"].isdigit():
                continue
            left = _RANGE_LEFT.search(self.plain, max(self.free, number.start - 8), number.start)
            joint = match["joint"]
            if joint == " et " and not (left and left["between"]):
                continue
            if joint.strip() in ("-", "/") and (self._named_before(number.start) or end != at):
                continue
            if left and left["from"] and _CHANGE.search(self.plain, max(0, number.start - 80), number.start):
                continue
            value = number.value
            if match["scale"] and not number.scaled and value < upper:
                factor = num.parse_number("1" + match["scale"]) or 1.0
                value = value * factor if value * factor <= upper else value
            spread = left and (left["between"] or left["from"] and joint.strip() not in ("-", "/"))
            start = left.start() if left and spread else number.start
            return _Number(start, match.end(), value, number.form, "between", upper, number.scaled or bool(match["scale"]))
        return None

    def _changed(self, number: _Number) -> Figure | None:
        """The first value of a change, which has the unit of the second: "ramené de 45 à 30 jours"."""
        match = _TO.match(self.plain, number.end)
        if not match or match["joint"] != " à " or number.form not in ("digits", "words"):
            return None
        if not self.plain.endswith(("de ", "d'"), 0, number.start) or not _CHANGE.search(self.plain, max(0, number.start - 80), number.start):
            return None
        second = _Number(match.start("number"), match.end(), number.value, number.form)
        for read in (self._percentage, self._money, self._duration, self._measure):
            figure = read(second)
            if figure is not None:
                first = replace(number, value=figure.value)
                return self._built(first, figure.kind, figure.unit, number.end)
        return None

    def _unit_end(self, at: int) -> int | None:
        for pattern in (_PERCENT, _MONEY, _DURATION, _MEASURE):
            match = pattern.match(self.plain, at)
            if match:
                return match.end()
        return None

    # -- units --------------------------------------------------------------------------------------------------------

    def _with_unit(self, number: _Number) -> Figure | None:
        if number.form == "fraction":
            return self._built(number, "fraction", None, number.end)
        if number.form == "words" and number.value == 1 and not number.scaled:
            return self._one(number)
        for read in (self._out_of, self._percentage, self._money, self._duration, self._measure):
            figure = read(number)
            if figure is not None:
                return figure
            if read == self._duration and self._is_clock(number):
                self._skip_clock(number)
                return None
        return self._count(number)

    def _one(self, number: _Number) -> Figure | None:
        """ "un" and "une" are articles, but for "un jeune sur quatre", "un an" and after a bound ("au moins un an")."""
        return self._out_of(number) or self._duration(number)

    def _out_of(self, number: _Number) -> Figure | None:
        match = _OUT_OF.match(self.plain, number.end)
        if not match or number.value_max is not None or "\n" in match[0]:
            return None
        below = _DENOMINATORS.get(match["all"]) or int(match["all"])
        if number.value >= below or nouns.head(self.text, self.plain, match.end() + 1) and below > 10:
            return None
        after = nouns.head(self.text, self.plain, match.end() + 1) if self.plain[match.end() : match.end() + 1] == " " else None
        if after and after.plural and after.unit:
            return None  # "2 agents sur 3 sites"
        return self._built(replace(number, value=number.value / below), "fraction", None, match.end())

    def _percentage(self, number: _Number) -> Figure | None:
        match = _PERCENT.match(self.plain, number.end)
        if not match:
            return None
        of = _OF_THE.match(self.plain, match.end())
        noun = nouns.head(self.text, self.plain, of.end()) if of else None
        if noun and noun.unit and noun.plural:  # "72 % d'enfants dont 30 connus"
            self.last_unit = (noun.end, noun.unit)
        sign = self.plain[max(0, number.start - 2) : number.start]
        if number.value_max is None and sign[-1:] == "-" and not sign[:-1].strip("( :\n"):
            number = replace(number, start=number.start - 1, value=-number.value)
        return self._built(number, "percentage", "%", match.end())

    def _money(self, number: _Number) -> Figure | None:
        match = _MONEY.match(self.plain, number.end)
        if not match:
            return None
        factor = _FACTORS.get(match["factor"] or "", 1.0)
        if match["cent"]:
            return self._built(_times(number, 0.01), "money", "EUR", match.end())
        code = "USD" if match["dollar"] else "FRF" if match["franc"] else "GBP" if match["pound"] else "EUR"
        if number.value_max is not None and number.scaled:
            factor = 1.0
        end = match.end()
        cents = re.compile(r" ?(?:et )?([0-9]{2})(?: ?(?:centimes?|cts?))?(?![\w,./%]| [0-9])").match(self.plain, end)
        if cents and factor == 1 and number.form == "digits" and float(number.value).is_integer() and not number.scaled and (
            cents[0][0].isdigit() or "centime" in cents[0] or "ct" in cents[0]
        ):
            return self._built(replace(number, value=number.value + int(cents[1]) / 100), "money", code, cents.end())
        return self._built(_times(number, factor), "money", code, end)

    def _duration(self, number: _Number) -> Figure | None:
        plain, end = self.plain, number.end
        if number.form == "demi":
            match = re.compile(r"[ -]?(?:journées?|(?P<h>d'heures?|heures?|h)\b|(?P<an>ans?)\b)").match(plain, end)
            if not match:
                return None
            return self._built(number, "duration", "h" if match["h"] else "an" if match["an"] else "jour", match.end())
        match = _DURATION.match(plain, end)
        if match is None and number.form == "many":
            match = re.compile(r" (?:de |d')(?:(?P<h>heures?)|(?P<minute>minutes?)|(?P<jour>jours|journées)|(?P<semaine>semaines)|(?P<mois>mois)|(?P<an>ans|années))\b").match(plain, end)
            if match:
                unit = next(k for k, v in match.groupdict().items() if v)
                return self._built(number, "duration", "min" if unit == "minute" else unit, match.end())
            return None
        if not match or self._is_clock(number):
            return None
        groups = match.groupdict()
        if number.value == 1 and number.form == "words" and not self._one_counts(number, match):
            return None
        if groups["hm"]:
            return self._built(replace(number, value=number.value + int(groups["minutes"]) / 60), "duration", "h", match.end())
        if groups["half"]:
            return self._built(_times(number, 0.5), "duration", "jour", match.end())
        if groups["seconde"]:
            return self._built(number, "duration", "s", match.end())
        unit = next(k for k in ("h", "minute", "jour", "semaine", "mois", "an") if groups[k])
        finish = match.end()
        half = re.compile(r" et demie?(?!\w)").match(plain, finish)
        if half and number.value_max is None:
            return self._built(replace(number, value=number.value + 0.5), "duration", "min" if unit == "minute" else unit, half.end())
        return self._built(number, "duration", "min" if unit == "minute" else unit, finish)

    def _one_counts(self, number: _Number, match: re.Match[str]) -> bool:
        """ "un an", "une heure", "d'une journée" measure; "une journée de l'habitat" and "une année riche" name."""
        before = self.plain[max(0, number.start - 24) : number.start]
        word = match[0].strip()
        if word in ("an", "mois", "heure", "semaine", "minute"):
            return not re.match(r" (?:sur deux|bleue|européenne|nationale)", self.plain[match.end() : match.end() + 14])
        return word in ("jour", "journée") and bool(
            re.search(r"(?:durée d'|pendant |durant |le temps d'|sur |sessions? d'|formations? d'|stages? d'|plus d'|moins d'|au moins )$", before)
        )

    def _is_clock(self, number: _Number) -> bool:
        """True for clock times: à 14 h, 9h-12h, 18h30; not for 2 h de formation, 80 h, 1h30 par semaine."""
        match = _DURATION.match(self.plain, number.end)
        if not match or not (match["h"] or match["hm"]) or number.value > 24 or number.form == "words" and number.value < 5:
            return False
        after = self.plain[match.end() : match.end() + 20]
        if re.match(r" (?:de |d')(?![0-9])(?!l'après|la journée)|/(?:an|sem|mois|jour|j\b)| par |,? hebdo| (?:mensuelles|annuelles|supplémentaires|en moyenne)", after):
            return False
        before = self.plain[max(0, number.start - 24) : number.start]
        if re.search(r"\b(?:jours?|journées?|semaines?|mois|ans?|séances?|sessions?) \($", before):
            return False
        if re.search(r"(?:durée (?:\w+ )?(?:de |: ?)|pendant |durant |soit |total de |plus de |moins de |au moins |environ |sessions? de |ateliers? de |modules? de |formations? de |séances? de |en |sur |jusqu'à |maximum )$", before):
            return bool(match["hm"]) and before.endswith("jusqu'à ")
        if re.match(r" ?[-/à] ?[0-9]{1,2} ?h| à [0-9]", after) or re.search(r"(?:à|dès|vers|entre|de|jusqu'à|avant|après|[0-9]h?[ ]?[-/à]|[0-9]h et|horaires? :?|,|\() ?$", before):
            return True
        return bool(match["hm"]) or number.value >= 7

    def _skip_clock(self, number: _Number) -> None:
        """Masks a clock time to its end, minutes and all: "dix-neuf heures trente minutes"."""
        match = _CLOCK.match(self.plain, number.end)
        if match:
            self.mask[number.start : match.end()] = b"\x01" * (match.end() - number.start)

    def _measure(self, number: _Number) -> Figure | None:
        start = number.end
        sides = _TIMES.match(self.plain, start)
        if sides:
            return self._built(number, "measure", sides["unit"], start)
        if number.scaled or number.form == "many":
            joint = _OF.match(self.plain, start)
            start = joint.end() if joint else start
        match = _MEASURE.match(self.plain, start)
        if not match or match.lastgroup is None:
            return None
        unit = _MEASURE_UNITS[int(match.lastgroup[1:])][0]
        written = self.text[match.start() : match.end()].strip()
        if len(written) == 1 and written.isupper() and written != "L":
            return None  # 5G, 4 M
        if written == "go" or written == "to" and number.form == "words":
            return None
        return self._built(number, "measure", unit, match.end())

    # -- counts -------------------------------------------------------------------------------------------------------

    def _count(self, number: _Number) -> Figure | None:
        plain, end = self.plain, number.end
        if number.form == "demi" or (number.form == "digits" and self._named_before(number.start)):
            return None
        if number.form == "words" and number.value == 1000 and plain[: number.start].endswith(("aux ", "les ", "des ")):
            return None  # "la ville aux mille visages"
        if plain[end : end + 1].isalpha():
            return None  # 62Coeur, 5G
        at = end + 1
        joint = _OF.match(plain, end)
        if joint and (number.form == "many" or number.scaled):
            at = joint.end()
        elif plain[end : end + 1] not in (" ",):
            return self._bare(number)
        if number.form == "many" and joint is None and not number.bound == "about":
            return None
        noun = nouns.head(self.text, plain, at)
        if noun is None or not self._counts(number, noun, at):
            return self._bare(number)
        if noun.unit is None:
            return self._bare(number)
        if noun.unit == "fois" and re.match(r" (?:plus|moins|supérieur|mieux|le |la |l')", plain[noun.end :][:12]):
            return None  # "quatre fois plus de demandes"
        if noun.unit in _TIME_NOUNS:  # "les deux dernières années"
            return self._built(number, "duration", _TIME_NOUNS[noun.unit], noun.end)
        return self._built(number, "count", noun.unit, noun.end)

    def _counts(self, number: _Number, noun: nouns.Head, at: int) -> bool:
        """True where the noun can be what the number counts."""
        value = number.value_max or number.value
        if self.mask[at] or self.mask[noun.end - 1]:
            return False
        if noun.plural and not noun.name:
            return not (self._year_like(number) and self._after_time_word(number.start))
        if noun.name:
            if re.search(r"[.+]", self.text[max(0, number.start - 1) : number.end]) and not number.scaled:
                return False  # "8.3 Conséquences"
            if self._postcode(number, at) or (number.form == "words" and self._definite_name(number, at)):
                return False
            return noun.plural and not self._after_noun(number.start)
        if number.form == "many" or number.scaled:
            return True
        if value < 2 and number.form == "digits":
            return not self._after_noun(number.start)
        if number.form == "words" or self.plain[at : noun.end].endswith(_VERB_ENDINGS):
            return False
        return not self._after_noun(number.start) and not self._after_singular(number.start)

    def _year_like(self, number: _Number) -> bool:
        return number.form == "digits" and 1900 <= number.value < 2100 and number.end - number.start == 4

    def _after_time_word(self, start: int) -> bool:
        return bool(re.search(r"\b(?:en|depuis|dès|année|exercice|fin|début|l'an) $", self.plain[max(0, start - 12) : start]))

    def _postcode(self, number: _Number, at: int) -> bool:
        """ "62000 Arras", "44680 CHÉMÉRÉ": five digits in one go before a name longer than an acronym."""
        name = re.compile(r"[^\W\d_]+").match(self.text, at)
        return self._five_digits(number) and bool(name) and name is not None and (len(name[0]) > 5 or not name[0].isupper())

    def _five_digits(self, number: _Number) -> bool:
        written = self.text[number.start : number.end]
        return len(written) == 5 and written.isdigit()

    def _definite_name(self, number: _Number, at: int) -> bool:
        """ "les Deux Caps", "les deux Vallées": a name, not two of a kind."""
        definite = re.search(r"\b(?:les|des|aux) $", self.plain[max(0, number.start - 5) : number.start])
        return bool(definite) and not self.text[at : at + 2].isupper()

    def _after_noun(self, start: int) -> bool:
        """True where a noun or name stands right before the number, as in "Ressources 62", "Maison 59"."""
        match = re.compile(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)* $").search(self.plain, max(0, start - 30), start)
        if not match:
            return False
        word = match[0].strip()
        if word in nouns.FUNCTION_WORDS or word in _VERBS or word.endswith(("é", "ée", "és", "ées", "ent", "ait", "era", "ant", "er", "ont", "ment")):
            return False
        if word in ("environ", "près", "moins", "plus", "quelque"):
            return False
        return not _SENTENCE_START.search(self.text, max(0, match.start() - 6), match.start()) or self.text[match.start()].isupper()

    def _after_singular(self, start: int) -> bool:
        return bool(re.search(r"(?<!\w)(?:le|la|l'|du|au|ce|cette|cet|un|une) ?$", self.plain[max(0, start - 6) : start]))

    def _bare(self, number: _Number) -> Figure | None:
        """A number that no noun follows, where the words around say that it counts what was counted before."""
        plain, start, end = self.plain, number.start, number.end
        left, bound = _BARE_LEFT.search(plain, max(0, start - 90), start), _BOUND_LEFT.search(plain, max(self.free, start - 32), start)
        left = left or self._out_of_counted(start) or self._labelled(start, end)
        bracket = plain[:start].endswith("(") and plain[end : end + 1] in (" ", ")", ",")
        elliptic = _ELLIPTIC_RIGHT.match(plain, end)
        if number.form == "many":
            return self._built(number, "count", self._unit_before(start), end)
        among = _AMONG.match(plain, end)
        noun = nouns.head(self.text, plain, among.end()) if among and number.value > 1 else None
        if noun and noun.unit and noun.plural and not self._year_like(number):  # "deux des cinq sites"
            return self._built(number, "count", noun.unit, end)
        if self._year_like(number) and not elliptic or self._five_digits(number) and not left:
            return None
        if bracket and not self._bracket_counts(number):
            return None
        if re.match(r" ?[x×/*=]|[-/]|[.,][0-9]| ?h\b", plain[end : end + 3]) or self._after_singular(start):
            return None
        if elliptic and elliptic[0].startswith((" en ", " des", " sur", " de ", " seul", " au ", " act", " auj", " en")) and not (left or bound or bracket):
            if not (elliptic[0].startswith(" sur") and left) and not re.search(r"(?:,|\bet|\(|à|contre|sur) $", plain[max(0, start - 8) : start]):
                elliptic = None
        if number.form == "words" and not (elliptic and "entre" in elliptic[0] or left and "dont" in left[0]):
            return None
        if not (left or bracket or elliptic or (bound and number.form == "digits")):
            return None
        return self._built(number, "count", self._unit_after(end) or self._unit_before(start), end)

    def _out_of_counted(self, start: int) -> re.Match[str] | None:
        """ "47 actions sur 60": what stands behind "sur" has been counted just before."""
        if self.found and self.found[-1].kind == "count" and self.plain[self.found[-1].span[1] : start] == " sur ":
            return re.compile("sur").search(self.plain, start - 5, start)
        return None

    def _labelled(self, start: int, end: int) -> re.Match[str] | None:
        """ "Ateliers : 14", "en 2026 : 5": a label in the plural, or a year, and its number alone."""
        if not re.match(r" ?(?:[.;,()\n]|$)", self.plain[end : end + 2]):
            return None
        match = _LABEL.search(self.plain, max(0, start - 60), start)
        if match and match["noun"] and nouns.is_plural(match["noun"]) and match["noun"] not in _NAMING:
            if not nouns.is_participle(match["noun"]):
                self.last_unit = (start, nouns.singular(match["noun"]))
            return match
        return match if match and match["year"] and self.last_unit else None

    def _bracket_counts(self, number: _Number) -> bool:
        """ "(22 actuellement)", "écoles (22)"; a foot note "(1)", a department "Arras (62)" and a year are none."""
        if self.plain[number.end : number.end + 1] != ")":
            return True
        match = re.compile(r"(?P<word>[^\W\d_]+) ?\($").search(self.text, max(0, number.start - 30), number.start)
        return bool(match and number.value > 3 and match["word"][0].islower() and nouns.is_plural(match["word"]))

    def _unit_after(self, end: int) -> str | None:
        """The noun of the value a change leads to: "passe de 12 à 18 bornes"."""
        match = _TO.match(self.plain, end)
        if not match or match["joint"] != " à " or self.plain[match.end() : match.end() + 1] != " ":
            return None
        noun = nouns.head(self.text, self.plain, match.end() + 1)
        return noun.unit if noun and noun.plural else None

    def _unit_before(self, start: int) -> str | None:
        """What was counted last before: the noun of the last count, or that of "le nombre de …"."""
        unit = self.last_unit
        low = unit[0] if unit else 0
        for match in _NUMBER_OF.finditer(self.plain, low, start):
            unit = (match.end(), nouns.singular(match["noun"]))
        return unit[1] if unit else None

    # -- the figure ---------------------------------------------------------------------------------------------------

    def _built(self, number: _Number, kind: Kind, unit: str | None, end: int) -> Figure | None:
        """The Figure with the words that bound it on both sides."""
        start, bound = number.start, number.bound
        if any(self.mask[start:end]):
            return None
        left = _BOUND_LEFT.search(self.plain, max(self.free, start - 32), start)
        if left and not any(self.mask[left.start() : start]):
            start = left.start()
            if bound != "between":
                bound = _bound(left)
        right = _BOUND_RIGHT.match(self.plain, end)
        if right and bound in ("exact", "about") and not self.mask[right.start()]:
            end, bound = right.end(), _bound(right)
        if number.form == "many" and bound == "exact":
            bound = "about"
        value = number.value
        return Figure(
            text=self.text[start:end], span=(start, end), kind=kind, value=_round(value),
            value_max=None if number.value_max is None else _round(number.value_max), unit=unit, bound=bound,
        )  # fmt: skip


_VERB_ENDINGS = ("ent", "ait", "oit", "era", "ont", "er", "ir", "ant", "a", "é", "ée", "it", "ut")
_TIME_NOUNS = {"an": "an", "année": "an", "mois": "mois", "semaine": "semaine", "jour": "jour", "journée": "jour", "heure": "h",
               "minute": "min"}  # fmt: skip
_VERBS = frozenset(
    """a ont est sont était étaient compte comptent accueille accueillent concerne concernent regroupe réunit rassemble
    touche représente comprend comporte prévoit atteint totalise mobilise finance soutient accompagne propose offre
    reçoit forme formé reçu accueilli réuni permis offert soutenu suivi fait vu eu été ouvert mis pris compris obtenu
    contient couvre produit soit avec fut furent emploie dispose dessert transporte équipe installe plante recense
    dénombre enregistre affiche voit gère aide porte fédère anime organise construit construire rénove livre distribue
    collecte traite trie économise évite consomme investit consacre alloue verse attribue instruit traité réduire
    planter former créer ici là oui""".split()
)


def _times(number: _Number, factor: float) -> _Number:
    upper = None if number.value_max is None else number.value_max * factor
    return replace(number, value=number.value * factor, value_max=upper)


def _bound(match: re.Match[str]) -> Bound:
    for kind in ("at_least", "at_most", "about"):
        if match[kind] is not None:
            return kind  # type: ignore[return-value]
    return "exact"


def _round(value: float) -> float:
    """The value without the dust of binary arithmetic; a third stays a third."""
    rounded = round(value, 6)
    return rounded if abs(rounded - value) < 1e-9 * max(1.0, abs(value)) else value
