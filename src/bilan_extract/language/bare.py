"""Numbers that no noun follows, and the words around them that say they count what was counted before.

"À ce jour, onze sont corrigés", "dont 12 réservées", "contre six en 2023", the entries "trois dans le bourg" of a list:
the number is a count although its noun stands elsewhere. Everything here looks at one place in the text's shadow and
answers yes or no; what the number counts is `figures`' matter.
"""

from __future__ import annotations

from bilan_extract.language import numbers as num
from bilan_extract.patterns import lazy

_NUMBER = rf"(?:{num.DIGITS}|{num.WORDS})"
_ADVERB = (
    r"(?:aujourd'hui|désormais|actuellement|maintenant|déjà|ainsi|encore|donc|même|à ce jour|finalement|depuis|plus que"
    r"|que)"
)
# dont 30 · s'élève à 24 · au nombre de 12 · il en compte aujourd'hui 4 · contre: what lets a number stand alone
_CUE = lazy(
    r"(?:(?<!\w)(?:(?P<dont>dont )(?:les )?|contre )"
    rf"|(?:s'(?:élèv|établi)\w+|s'est élevée?|se sont élevée?s|élevé) (?:{_ADVERB} )?à "
    r"|(?:passe|passent|passée?s?|passer|passant|évolué|augmenté) de |portée?s? (?:de |à )|(?:au )?nombre de "
    r"|(?:estim|fix)ée?s? à |attei(?:nt|gnent|ndre) |au total |total de |total ?: |(?P<soit>soit )"
    r"|nombre[^.;:\n]{0,60} ?: |nombre (?:de |d'|des )[^.;:\n0-9]{1,60} à "
    r"|\b(?:port|pass|ramen|mont|étend)(?:er|ent|ant|era|ée?s?|e) [^.;:\n0-9]{1,60} à "
    r"|(?:est|était|sera|reste|restait) (?:de |resté à )|ne sont (?:plus )?que "
    rf"|\b(?:pass|port|évolu|augment|progress|baiss|diminu|ramen|réduit)\w* de {_NUMBER}[^.;\n]{{0,30}} à "
    r"|(?P<of_all>\bsur (?:les |un total de ))"
    r"|\b(?:ils|elles|nous|vous|(?:les|nos|ses|leurs|ces) [^\W\d_]{2,}[sx])"
    rf" (?:sont|étaient|seront|furent|sommes|étions|serons|étiez)(?: {_ADVERB})? "
    rf"|\b(?:il )?n?'?en (?:compte|comptent|possède|possèdent|dénombre|recense|totalise|accueille|comprend|regroupe"
    rf"|reste|restent|restait|manque|existe|a|ont|avait|aura)(?: {_ADVERB})? "
    rf"|\ben (?:a|ont|avait|avaient|aura|auront) (?:{_ADVERB} )?[^\W\d_]+(?:é|i|u|is|it|ert)(?:e?s)? )$"
)
# 84 d'entre eux
_OF_THEM = lazy(r" (?:d'entre|parmi) (?:eux|elles)\b")
# (22 actuellement · et 5 seulement · contre 180 en 2023
_RIGHT = lazy(
    r" (?:de ces|des|sur (?:les |un total de )?[0-9]|seulement|actuellement|aujourd'hui|au total|en tout|de plus"
    r"|de moins"
    r"|en [0-9]{4})(?!\w*')"
)
_RIGHT_OPENER = lazy(r"(?:,|\bet|\(|à|contre|sur) $")
# 3 x 4 · 12/24 · 3-0
_REACHES_ON = lazy(r" ?[x×/*=]|[-/]|[.,][0-9]| ?h\b")

# deux autres (suivront) · les cinq derniers
_OTHERS = r"(?: (?:autres|derniers|dernières|premiers|premières|nouveaux|nouvelles|seulement|environ))?"
# onze sont corrigés · deux ont donné lieu · vingt-deux l'ont obtenu · 17 dépassent · six n'y participent plus: words
# in -ment are adverbs but for some
_VERB = lazy(
    rf"{_OTHERS} (?:(?:ne|se|le|la|les|leur|lui|y|en) |[nsl]'){{0,3}}"
    r"(?:sont|ont|font|vont|[^\W\d_]+(?:ront|aient)"
    r"|(?:for|fer|dor|transfor|confir|affir|infor|consom|nom|ai|ani|esti|expri|impri|suppri|program|récla|fil|rythm"
    r"|assu|li)\w{0,2}ment"
    r"|(?!souvent|[^\W\d_]+ment\b)[^\W\d_]{2,}ent)\b"
)
# dans d'anciennes écoles · en 2022 · à des associations, but not "à 12", "pour cent", "par deux"
_PREPOSITION = lazy(
    rf"{_OTHERS} (?:(?:en(?! une?\b)|depuis|dès|avec|sans|chez|sous|près|hors"
    r"|auprès|vers|autour|lors|via|grâce|côté|au|aux|dans|du|des)\b"
    rf"|(?:à|pour|par|sur|de) (?!{_NUMBER}|cent\b|fois\b)|d'(?!entre|ici\b|{_NUMBER}))"
)
# the start of a clause: . · ; · , · : · et · mais · que · aujourd'hui
_CLAUSE = lazy(
    r"(?:^|[.!?;:,\n(–-] ?|\b(?:et|mais|puis|dont|or|où|que|lorsque|quand|alors|aujourd'hui|désormais|actuellement"
    r"|ainsi|total|tout) |\bqu')$"
)
# , · ; · : · ( · et · puis: the next of what the sentence is counting
_NEXT = lazy(r"(?:[,;:(] ?|\b(?:et|ou|dont|puis|mais|plus) )$")
_BETWEEN = lazy(r"\bentre [^,;.\n]{1,30} et $")
_NEXT_RIGHT = lazy(
    r" (?:sont|ont|seront|auront|étaient|avaient|restent|en cours|en attente|en projet|à venir|à l'étude|par (?:des"
    r"|les|la|le)"
    r"|de [0-9])\b"
)
_SENTENCE_END = lazy(r"[.!?] |\n")
# (12 équipes) mobiles sur · (9 communes) sur les: nothing but adjectives between the two numbers of a set
_OUT_OF = lazy(r"(?: [^\W\d_]+(?:-[^\W\d_]+)*){0,2} \(?sur (?:les |un total de )?$")
# 24 000 € contre · 78 %, contre: the next number has the unit of the last
_AGAINST = lazy(r"[^.;\n]{0,20}\bcontre $")
# Ateliers : 14 · Enfants de moins de 3 ans : 120 · en 2026 : 5
LABEL = lazy(
    r"(?:(?:^|[.;\n(•·] ?|- )(?P<noun>[^\W\d_]{3,}s|[^\W\d_]{2,}x)(?: [^:;.\n]{0,45})? ?: |\ben (?P<year>(?:19"
    r"|20)[0-9]{2}) ?: )$"
)
LABEL_END = lazy(r" ?(?:[.;,()\n→]|$)| (?:dont|contre|en (?:19|20)[0-9]{2})\b")
#: From one value to the next: 40 → 50
ARROW = r" ?(?:→|➔|➜|⇒|->|=>) ?"
_ARROW_BEFORE = lazy(rf"{ARROW}$")
_ARROW_AFTER = lazy(rf"{ARROW}(?P<number>{_NUMBER})")


def is_cued(plain: str, start: int, in_words: bool) -> bool:
    """True where the words before ``start`` ask for a number: "dont", "au nombre de", "contre", "il en reste"."""
    match = _CUE.search(plain, max(0, start - 90), start)
    return match is not None and not (in_words and (match["soit"] or match["of_all"]))


def is_of_them(plain: str, end: int) -> bool:
    """True before "d'entre eux"."""
    return bool(_OF_THEM.match(plain, end))


def is_told(plain: str, end: int) -> bool:
    """True before what can follow a count and hardly anything else: "seulement", "au total", "en 2023"."""
    return bool(_RIGHT.match(plain, end))


def is_opened(plain: str, start: int) -> bool:
    """True behind a comma, "et", a bracket, "contre", which with `is_told` on the other side make a count."""
    return bool(_RIGHT_OPENER.search(plain, max(0, start - 8), start))


def reaches_on(plain: str, end: int) -> bool:
    """True where the number is the first part of something longer: 3 x 4, 12/24, 3-0."""
    return bool(_REACHES_ON.match(plain, end))


def is_subject(plain: str, start: int, end: int) -> bool:
    """True for the subject of a verb in the plural: "onze sont corrigés", "; vingt-deux l'ont obtenu"."""
    return bool(_VERB.match(plain, end)) and bool(_CLAUSE.search(plain, max(0, start - 14), start))


def is_entry(text: str, plain: str, start: int, end: int, participle: bool) -> bool:
    """True for the first word of a line that no noun follows: "trois dans le bourg", and "12 rénovées" (participle)."""
    if start and plain[start - 1] != "\n":
        return False
    if not text[end + 1 : end + 2].islower():
        return False  # "12 En mairie": the number of a heading
    return participle or bool(_PREPOSITION.match(plain, end) or _VERB.match(plain, end))


def goes_on(plain: str, counted: int, start: int, end: int, participle: bool) -> bool:
    """True for more of what the sentence has counted up to ``counted``: ", 3 en cours", "et quatre en visio".

    Args:
        plain: the shadow.
        counted: where the last counted noun ends.
        start, end: of the number.
        participle: a participle or adjective in the plural follows ("2 abandonnées").
    """
    low = max(0, start - 40)
    if _SENTENCE_END.search(plain, counted, start) or not _NEXT.search(plain, low, start):
        return False
    if _BETWEEN.search(plain, low, start):
        return False
    return participle or bool(_NEXT_RIGHT.match(plain, end) or _PREPOSITION.match(plain, end))


def is_out_of(plain: str, counted: int, start: int) -> bool:
    """True for the set's size: "47 actions sur 60", where ``counted`` is the end of "47 actions"."""
    return start - counted < 60 and bool(_OUT_OF.fullmatch(plain, counted, start))


def is_compared(plain: str, last: int, start: int) -> bool:
    """True behind "contre" right after the figure that ends at ``last``: "24 000 € contre 18 000"."""
    return start - last < 32 and bool(_AGAINST.fullmatch(plain, last, start))


def is_between_arrows(plain: str, start: int, end: int, last: int) -> bool:
    """True on either side of an arrow: "40 → 50", where ``last`` is the end of the figure before."""
    if _ARROW_AFTER.match(plain, end):
        return True
    match = _ARROW_BEFORE.search(plain, max(0, start - 5), start)
    return match is not None and match.start() == last


def after_arrow(plain: str, end: int) -> tuple[int, int] | None:
    """Where the number behind an arrow at ``end`` stands, None where no arrow follows."""
    match = _ARROW_AFTER.match(plain, end)
    return match.span("number") if match else None
