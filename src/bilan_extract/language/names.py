"""Numbers that name a thing, and other numbers that are no quantity: codes, addresses, telephone numbers, ordinals.

All of it looks at the neighbourhood of one number; nothing here knows units or nouns counted, and nothing decides
what a number is, only what it is not.
"""

from __future__ import annotations

from bilan_extract.language import numbers as num
from bilan_extract.language.nouns import FUNCTION_WORDS, words
from bilan_extract.language.quantity import Quantity
from bilan_extract.patterns import lazy

_STREETS = (
    r"rue|avenue|av\.|boulevard|bd|bld|place|allée|impasse|chemin|route|quai|square|rond-point|faubourg|esplanade"
    r"|résidence|sentier|passage|promenade|chaussée|venelle|zac|za|zi|villa|voie"
)
_TITLED = (
    r"opération|dispositif|programme|label|charte|campagne|exposition|spectacle|défi|concours|projet|plan|pass|chèque"
    r"|journée|semaine|fête|festival|appel à projets|plateforme|application|collectif|association|série|film|livret"
    r"|guide|réseau|marque|parcours|jeu"
)
# « 1 jeune, 1 mentor » · « Un toit, deux générations »
_MOTTO = rf"(?<!\w)(?:1|une?) [^\W\d_]+ ?[,=/-] ?(?:[0-9]{{1,3}}|{num.WORDS}) [^\W\d_]+(?= ?[»\"”])"
_WEB_ENDS = r"\.(?:fr|com|org|net|eu|gouv|info)\b"
# https://exemple.fr · www.exemple.fr · contact62@exemple.fr · velo35.fr
_WEB = rf"(?:https?://|www\.)\S+|[\w.+-]{{1,64}}@[\w-]+\.\w+|\b[\w-]{{1,64}}{_WEB_ENDS}(?:/\S*)?"
# what begins with a digit, a plus or a bracket
_MASKS = (
    # 03 21 00 00 00 · +33 3 21 00 00 00
    r"(?<![\w.,])(?:\+33 ?(?:\(0\) ?)?[1-9]|0[1-9])(?:[ .-]?[0-9]{2}){4}(?!\w)",
    # 0 800 123 456
    r"(?<![\w.,])0 ?8[0-9]{2}[ .]?[0-9]{3}[ .]?[0-9]{3}(?!\w)",
    # 20 rue de la Mairie · 12 bis, avenue Foch · 3 cours Gambetta
    rf"(?<!\w)[0-9]{{1,4}}(?: ?(?:bis|ter|quater)\b)?,? ?(?:{_STREETS})(?!\w)(?! (?:en moyenne|par))",
    # 24h/24 · 7 jours sur 7 · 7j/7
    r"(?<!\w)(?:24 ?h(?:eures)? ?(?:/|sur) ?24|7 ?j(?:ours)? ?(?:/|sur) ?7|24 ?/ ?24|7 ?/ ?7)(?: ?h| ?j)?(?!\w)",
    # 2 x 2 voies
    r"(?<!\w)[1-4] ?[x×] ?[1-4] voies\b",
    # 1.2.3, but not 1.250.000
    r"(?<![\w,.])(?![0-9]{1,3}(?:\.[0-9]{3})+(?![.0-9]))[0-9]+(?:\.[0-9]+){2,}(?!\w)",
    _MOTTO,
    # a note's mark: [3]
    r"\[[0-9]{1,3}\]",
)
# what begins with a word
_WORD_MASKS = (
    # le 39 77
    r"\b(?:le|au|du) [0-9]{2} [0-9]{2}(?! ?[0-9€%])(?= [a-zà-ÿ]*(?:t|e|a)\b|[.,;)])",
    # SIRET 215 900 123 00014 · IBAN FR76 3000 4000
    r"\b(?:siret|siren|iban|rib|tva|rna|finess|uai|ape|naf|insee|bic|cpv)\b[^\w\n]{0,4}(?:n°|:"
    r"|fr)? ?\w{0,12}[0-9][0-9 ]*",
    _MOTTO,
    # opération « 5 000 arbres » · le défi « Vingt jours sans voiture »
    rf"\b(?:{_TITLED})s? « ?(?:[^\W\d_]+ ){{0,2}}(?:{num.DIGITS}|{num.WORDS})(?: [^\s»]{{1,16}}){{1,4}} ?»",
    # BP 123 · CS 30014
    r"(?<!\w)(?:b\.?p\.?|c\.?s\.?|tsa|cedex) ?[0-9][0-9 ]{0,6}(?!\w)",
    # ISO 9001 · Covid-19
    r"(?<!\w)(?:windows|office|web|iso|covid|sars-cov|psc|cap|dp|mp|usb|hdmi|wifi)[ -][0-9][\w.]*",
)
# few places of a text begin with a digit or a word: only there are the many ways tried
_FIRST = rf"(?=[0-9+\[])(?:{'|'.join(_MASKS)})|\b(?=[^\W\d_])(?:{'|'.join(_WORD_MASKS)})"
_MASK, _MASK_WEB = lazy(_FIRST), lazy(rf"{_WEB}|{_FIRST}")
_MAY_BE_WEB = lazy(rf"@|://|www\.|{_WEB_ENDS}")
# the mark of a numbered entry: 1. · 2) · 3 - · (1) · 1.2 Titre
_ENTRY = lazy(
    r"(?m)^[ ]*(?:\(?[0-9]{1,2}(?:\.[0-9]{1,2})*(?:[.)°]|/| [-–:])(?= |$)|[0-9]{1,2}\.[0-9]{1,2}\.? (?=[A-ZÀ-Ý]))"
)

# what joins a number to what stands before it: 2024-118 · 1,5 · L.121
_JOINED = lazy(r"[0-9][-/.,']|[^\W\d_][-/.]")
# 1er · 2nde · 3ème · 5e · 2 ème · 1°
_ORDINAL = lazy(
    r"(?:ers?|ères?|res?|nde?s?|ds|es?|èmes?|emes?|ièmes?|iemes?|è)(?!\w)| (?:ème|ième|eme|er)\b|°(?! ?c\b)"
)

# niveau 2 · articles 3 · Priorité 15 · RD 940: words whose number names them
_NAMING = words(
    """ambition annexe art article axe action alinéa chapitre classe catégorie code critère défi enjeu engagement étape
    fiche figure graphique groupe indice indicateur ligne livre lot mesure niveau note numéro objectif option
    orientation
    page p paragraphe partie phase pilier plan point priorité programme question rang section semaine scénario tableau
    titre tome tranche type version v volet volume zone agenda bâtiment salle département rd rn cd ce a d n m e route
    autoroute bus tram tramway métro quai porte thème thématique opération mission cycle édition schéma tour échelon
    grade taille score top décret loi arrêté délibération circulaire ordonnance marché convention dossier référence réf
    feuille feuillet case poste bureau appartement étage escalier hall entrée ehpad secteur canton circonscription unité
    bp cs scope grille groupement gir crit chambre"""
)
_ROADS = words("ce cd rd rn")
# lot 3 · p. 3 · n° 3 · N°3 · §3 · #3; not "chaque semaine 3", nor over a sentence's end
_NAMED = lazy(
    r"(?:(?<!\w)(?P<each>chaque |par )?(?P<word>[^\W\d_]{1,4}\.|[^\W\d_]+(?:-[^\W\d_]+)*) "
    r"|(?:n|no|nos|num)[°º]s? ?|n\.? ?° ?|[°º#§] ?)$"
)
# articles 3 et 4 · axes 1 à 3: a list behind a naming word that the number goes on with
_NAMED_LIST = lazy(
    r"(?<!\w)(?P<word>[^\W\d_]+)(?: n[°º]s?)? [0-9]{1,3}(?:(?:, | et | à | ou |-|/| & )[0-9]{1,3}){0,8}"
    r"(?:, | et | à | ou |, et |-|/| & )$"
)
#: A sentence or a list entry begins behind this: . · ; · « · •
SENTENCE_START = lazy(r"(?:^|[.!?:;\n•«\"“(–—▪➢✓-])[ ]*(?:[«\"“(][ ]*)?$")

# the word right before: Ressources (62)
_WORD_BEFORE = lazy(r"(?<!\w)[^\W\d_]+(?:-[^\W\d_]+)* $")
# le 62 · du 115
_SINGULAR_BEFORE = lazy(r"(?<!\w)(?:le|la|l'|du|au|ce|cette|cet|un|une) ?$")
_DEFINITE_BEFORE = lazy(r"\b(?:les|des|aux) $")
# en 2024 · fin 2024
_TIME_BEFORE = lazy(r"\b(?:en|depuis|dès|année|exercice|fin|début|l'an) $")
_NAME = lazy(r"[^\W\d_]+")
# 8.3 · +1
_DECIMAL_POINT = lazy(r"[.+]")
_VERB_LIKE = ("é", "ée", "és", "ées", "ent", "ait", "era", "ant", "er", "ont")
_VERBS = words(
    """a ont est sont était étaient compte comptent accueille accueillent concerne concernent regroupe réunit rassemble
    touche représente comprend comporte prévoit atteint totalise mobilise finance soutient accompagne propose offre
    reçoit forme formé reçu accueilli réuni permis offert soutenu suivi fait vu eu été ouvert mis pris compris obtenu
    contient couvre produit soit avec fut furent emploie dispose dessert transporte équipe installe plante recense
    dénombre enregistre affiche voit gère aide porte fédère anime organise construit construire rénove livre distribue
    collecte traite trie économise évite consomme investit consacre alloue verse attribue instruit traité réduire
    planter former créer ici là oui vise cible"""
)


def mask(text: str, plain: str, spans: list[tuple[int, int]]) -> bytearray:
    """One byte a character of the text, 1 where no figure may stand: the spans given, codes, addresses, list marks."""
    masked = bytearray(len(text))
    codes = _MASK_WEB if _MAY_BE_WEB.search(plain) else _MASK
    matches = (*codes.finditer(plain), *_ENTRY.finditer(text))
    for start, end in (*spans, *(match.span() for match in matches)):
        masked[start:end] = b"\x01" * (end - start)
    return masked


def is_glued(text: str, plain: str, number: Quantity) -> bool:
    """True where the number is part of a longer word, number or name: A63, CO2, COVID-19, 62Coeur, n° 4, 3ème."""
    start, end = number.start, number.end
    before, after = plain[max(0, start - 2) : start], plain[end : end + 2]
    if before and (before[-1].isalnum() or before[-1] in "_°º#§@&"):
        return True
    if _JOINED.match(before):
        return True
    if number.form in ("words", "many"):
        return (after[:1] == "-" and after[1:].isalpha()) or _is_capital_inside(text, start)
    if after and (after[0] in "_@" or (after[0] in ".," and after[1:].isdigit())):
        return True
    if number.form != "digits":
        return number.form == "fraction" and is_named(text, plain, start)
    numbered = _NAMED.search(plain, max(0, start - 40), start)
    return is_ordinal(plain, end) or (numbered is not None and numbered["word"] is None)


def is_ordinal(plain: str, end: int) -> bool:
    """True where an ordinal's ending stands at ``end``."""
    return bool(_ORDINAL.match(plain, end))


def _is_capital_inside(text: str, start: int) -> bool:
    """A number word with a capital inside a sentence belongs to a name: "place des Quatre Vents"."""
    if not text[start].isupper() or text[start : start + 12].isupper():
        return False
    return not SENTENCE_START.search(text, max(0, start - 6), start)


def is_named(text: str, plain: str, start: int) -> bool:
    """True where the word before the number is one that numbers name: "lot 3", "articles 3 et 4"."""
    low = max(0, start - 60)
    match = _NAMED.search(plain, low, start)
    if match and match["word"] is None:
        return True
    if match and not match["each"] and is_naming(match["word"].rstrip("."), text[match.start("word")].isupper()):
        return True
    match = _NAMED_LIST.search(plain, low, start)
    return match is not None and is_naming(match["word"], text[match.start()].isupper())


def is_naming(word: str, capital: bool = True) -> bool:
    """True for a word whose number names it; letters and road signs only as capitals."""
    if word not in _NAMING and word.removesuffix("s") not in _NAMING and word.removesuffix("x") not in _NAMING:
        return False
    return capital or (len(word) > 1 and word not in _ROADS) or word in ("p", "v")


def follows_noun(text: str, plain: str, start: int) -> bool:
    """True where a noun or name stands right before the number, as in "Ressources 62", "Maison 59"."""
    match = _WORD_BEFORE.search(plain, max(0, start - 40), start)
    if not match:
        return False
    word = match[0].strip()
    if word in FUNCTION_WORDS or word in _VERBS or word in ("environ", "près", "quelque") or word.endswith(_VERB_LIKE):
        return False
    first = text[match.start()].isupper()
    return first or not SENTENCE_START.search(text, max(0, match.start() - 6), match.start())


def follows_singular(plain: str, start: int) -> bool:
    """True behind "le", "du", "au" …: a number above one there is a name ("le 62", "le 115")."""
    return bool(_SINGULAR_BEFORE.search(plain, max(0, start - 6), start))


def follows_time_word(plain: str, start: int) -> bool:
    """True behind "en", "depuis", "fin" …: four digits there are a year whatever follows."""
    return bool(_TIME_BEFORE.search(plain, max(0, start - 12), start))


def is_year_like(number: Quantity) -> bool:
    """True for four digits in one go between 1900 and 2099."""
    return number.form == "digits" and 1900 <= number.value < 2100 and number.end - number.start == 4


def is_five_digits(text: str, number: Quantity) -> bool:
    """True for five digits in one go, as a postcode has."""
    written = text[number.start : number.end]
    return len(written) == 5 and written.isdigit()


def names_place(text: str, plain: str, number: Quantity, at: int) -> bool:
    """True where number and the capitalised word at ``at`` make a name: 62000 Arras, les Deux Caps, 8.3 Titre."""
    if not number.scaled and _DECIMAL_POINT.search(text[max(0, number.start - 1) : number.end]):
        return True
    name = _NAME.match(text, at)
    if name and is_five_digits(text, number) and (len(name[0]) > 5 or not name[0].isupper()):
        return True
    definite = _DEFINITE_BEFORE.search(plain, max(0, number.start - 5), number.start)
    return number.form == "words" and bool(definite) and not text[at : at + 2].isupper()


def is_idiom(plain: str, number: Quantity) -> bool:
    """ "la ville aux mille visages" counts nothing."""
    return number.form == "words" and number.value == 1000 and bool(_DEFINITE_BEFORE.search(plain, 0, number.start))


#: Any number, for patterns that need one: 1 500 · vingt-trois
ANY_NUMBER = rf"(?:{num.DIGITS}|{num.WORDS})"
