"""What a "Vu" relies on: codes with their articles, laws, decrees, orders, deliberations and other texts.

A text counts where the Vu names it itself ("Vu le …", "et la loi …", "; l'arrêté …"), not where it only stands in
another text's title ("arrêté portant application de la loi …"). Kind "order" holds arrêtés and ordonnances.

Articles are bare: prefix, dot, number, without spaces ("L. 2121-29" is "L.2121-29"). Of a range ("R.123-1 à R.123-3")
both ends are kept and nothing between is made up. Name is a code's name as written, a deliberation's title between
« », a law's, decree's or order's own title ("pour l'égalité …", "arrêté préfectoral") and of any other text its noun
phrase; null where none is printed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from bilan_extract.language.plain_dates import find_days, fold
from bilan_extract.patterns import lazy
from bilan_extract.plan import LegalBasis, Reference

Kind = Literal["code", "law", "deliberation", "decree", "order", "other"]

# "L. 2121-29", "LO 1112-1", "R*123-4", "D.2311-15", "11", "1er"
_ARTICLE = r"(?:(?:l\s?\.?\s?o|[lrda])\s?\.?\s?\*?\s?(?=\d))?\d+(?:\.\d+)*(?:\s?-\s?\d+)*(?:er\b)?"
# "et suivants", "alinéa 2", "(al. 1)", "I", "-1°": what follows an article's number without being one
_ARTICLE_TAIL = r"(?:\s+et\s+s(?:uiv(?:ants?|\.)?|\.)|,?\s+alineas?\s+\d+|\s*\(?al\.\s*\d+\)?|\s+\d+°|\s+i{1,3}\b)*"
# ", ", " et ", ", et ", " à ", " ainsi que "
_BETWEEN = r"(?:\s*[,;]\s*(?:et\s+|ou\s+)?|\s+(?:et|ou|a|ainsi\s+que)\s+)(?:d'|de\s+|l'|les\s+)?(?:articles?\s+)?"
# "ses articles L.1-1 et suivants, L.2-1 et L.3-4"
_ARTICLE_LIST = lazy(
    rf"\b(?:articles?|art\.)\s+(?P<list>{_ARTICLE}\b{_ARTICLE_TAIL}(?:{_BETWEEN}{_ARTICLE}\b(?!\s*(?:/|[a-z]{{3}})|°)"
    rf"{_ARTICLE_TAIL})*)"
)
# "Code de l'énergie, L. 229-26": a code's article without the word
_LONE_ARTICLE = lazy(r"(?<![\w.])(?:l\s?\.?\s?o|[lrd])\s?\.?\s?\*?\s?\d{2,4}(?:-\d+)+")
_ONE_ARTICLE = lazy(rf"(?<![\w.°-]){_ARTICLE}(?![\w°])")

_NOUNS: tuple[tuple[Kind, str], ...] = (
    ("code", r"codes?|cgct|casf|cgfp|cgppp|cg3p|crpa|cch|ccp"),
    ("law", r"lois?"),
    ("decree", r"decrets?"),
    ("order", r"arretes?|ordonnances?"),
    ("deliberation", r"deliberations?"),
    (
        "other",
        r"constitution|directives?|reglements?|circulaires?|instructions?|conventions?|contrats?|chartes?|avis|"
        r"rapports?"
        r"|schemas?|plans?|pactes?|traites?|accords?|protocoles?|decisions?|statuts|declarations?|resolutions?",
    ),
)
# a noun where the Vu names a text itself: after "Vu", "et", "," …, with its article
_COORDINATED = (
    r"(?:^\W*|\bvue?s?\b\s*:?\s*|\bet\b[\s,]*|[,;:•-]\s*|\bque\b\s*|\bensemble\b\s*|\bpar\b\s*|\bou\b\s*)"
    r"(?:(?:et|notamment|en\s+particulier|vu)[\s,]+)*"
)
_HEAD = lazy(
    rf"(?:{_COORDINATED}(?:les?\s+dispositions\s+(?:du|de\s+la|des|de\s+l'|de)\s*)?(?:(?:les?|la|sa|son|ses|"
    rf"leurs?)\s+|l')|"
    rf"(?:^|\b)vus?\s+|(?:articles?\s+[^;]{{1,160}}?\s(?:du|de\s+la|de\s+ladite|dudit|des|de|de\s+cette)\s+|"
    rf"articles?\s+[^;]{{1,160}}?\sde\s+l')|"
    rf"\bet\s+(?:[lrd]\s?\.?\s?\d[\d-]*)\s(?:du|de\s+la|des)\s+)"
    rf"(?:ladite\s+|ledit\s+|meme\s+)?(?P<noun>{'|'.join(n for _, n in _NOUNS)})\b"
)
# where a text's number and date are over and its title begins
_TITLE = lazy(
    r"\b(?:relati(?:f|ve)s?|portant|approuvant|adoptant|adoptee?|pour|visant|modifiant|modifie|modifiee|fixant"
    r"|prescrivant|arretant|autorisant|donnant|instituant|creant|definissant|concernant|validant|actant|engageant|"
    r"par\s+la(?:quelle|dite)|sur|tendant|prise?s?\s+(?:pour|en)|en\s+faveur|favorisant|renforcant)\b|[«\"“]"
)
# "n°2022-503", "N° DG2020-022", "no 82-213", "numéro 12"
_NUMBER = lazy(
    r"(?:\bn\s?[°º]s?|\bno\.?(?=\s?\d)|\bnumeros?)\s*\.?:?\s*(?P<number>(?:[a-z]{1,6}[\s_./-]?)?\d[\w./-]*)", re.ASCII
)
# "délibération 2023-418", "DEL-2023-041", "2023DCM041", "CS 2023-41", "loi 2005-102", "(UE) 2016/679": no "n°"
# between noun and number
_BARE_NUMBER = lazy(
    r"^\w+\s+(?:\((?:ue|ce|cee)\)\s*)?(?P<number>(?:[a-z]{1,5}[-_./]?)?\d{2,4}[-_./]\d[\w./-]*|[a-z]{1,5}-\d[\w./-]*|"
    r"\d{4}[a-z]{1,5}\d[\w./-]*|(?!(?:du|de|le|au|en|n|no)\s)[a-z]{2,5}\s\d{4}[-_./]\d[\w./-]*)"
)
# where a noun phrase ends
_PHRASE_END = lazy(
    r"\s*(?:[,;:(«\"“]|(?<!\bm)\.|\s-\s|\bn\s?[°º]|\ben\s+date\b|\bdu\s+\d|\ble\s+\d|\bci-|\bjoint|\bannex|"
    r"\bnotamment\b|"
    r"\bet\b\s*,?\s*"
    r"(?:notamment|en\s+particulier|ses\b|son\b|sa\b|le\b|la\b|les\b|l'))"
)
# "code général …" runs on over "et des familles", not over "et notamment", "et ses articles", "et la loi"
_CODE_END = lazy(
    r"\s*(?:[,;:()«\".]|\s-\s|\bnotamment\b|\ben\s+(?:particulier|son|ses|sa|application|vigueur)\b|\bdans\s+s|"
    r"\bpris(?:e|es)?\b|"
    r"\barticles?\b|\bet\b\s*$|\bet\b\s+[lrd]\s?\.?\s?\d|\bmodifie|\brelati|\bplus\b|\btel(?:s|le|"
    r"les)?\s+que\b|\bainsi\b|\bet\b\s*,?\s*(?:notamment|en\s|plus|"
    r"ses\b|son\b|sa\b|les?\b|la\b|l'|suiv)|\b[lrd]\s?\.?\s?\d{3,}|$)"
)
_CODE_WITH_ET = lazy(
    r"^code\s+des\s+relations\s+entre\s+le\s+public\s+et\s+(?:l'administration|les\s+administrations)"
)
# where a law's title ends: "pour l'égalité des droits, et notamment son article 3"
_TITLE_END = lazy(
    r"\s*(?:[;(]|,\s*(?:et\s|notamment|modifie|en\s+particulier)|\bet\s+notamment|,?\s+ainsi\s+que)|[\s,]*$"
)
_QUOTED = lazy(r"[«“\"]\s*(.+?)\s*[»”\"](?=[\s;,.)]*(?:$|[;,.)]|\S))")


@dataclass(frozen=True, slots=True)
class _Mention:
    """One text named by a Vu: its kind, where its noun starts, and where what is said of it ends."""

    kind: Kind
    start: int
    end: int
    plural: bool


def read_legal_basis(text: str) -> LegalBasis:
    """A whole "Vu …" on one line, without its closing semicolon, with the texts it relies on."""
    bare = re.sub(r"[\s;,]+$", "", text)
    return LegalBasis(text=bare, references=find_references(bare))


def find_references(text: str) -> list[Reference]:
    """The texts that one "Vu …" relies on, in the order named; one "other" where it names none of the known kinds."""
    folded = fold(text)
    references: list[Reference] = []
    mentions = _mentions(folded)
    for mention in mentions:
        references.extend(_references(text, folded, mention))
    _give_articles(text, folded, mentions, references)
    return references


def _kind(noun: str) -> Kind:
    return next(kind for kind, pattern in _NOUNS if re.fullmatch(pattern, noun))


def _mentions(folded: str) -> list[_Mention]:
    quotes = [m.span() for m in re.finditer(r"[«“][^»”]*[»”]?|\"[^\"]*\"", folded)]
    heads: list[tuple[Kind, int, bool]] = []
    at = 0
    while match := _HEAD.search(folded, at):
        start, noun = match.start("noun"), match["noun"]
        at = match.end()
        if any(lo < start < hi for lo, hi in quotes) or _inside_title(folded, heads, match.start(), start):
            continue
        heads.append((_kind(noun), start, noun.endswith("s") and noun not in ("avis", "statuts")))
    first = re.match(r"\W*(?:vu\b)?[\s:]*(?:(?:les?|la|sa|son|ses|leurs?|une?)\s+|l'|d')?", folded)
    start = first.end() if first else 0
    if (not heads or heads[0][1] > start) and not re.match(r"(?:articles?|dispositions)\b", folded[start:]):
        heads = [("other", start, False), *(h for h in heads if h[0] != "other" and _after_break(folded, h[1]))]
    ends = [*(h[1] for h in heads[1:]), len(folded)][: len(heads)]
    return [
        _Mention(kind, at, end, plural) for (kind, at, plural), end in zip(heads, ends, strict=True) if at < len(folded)
    ]


def _after_break(folded: str, start: int) -> bool:
    """True where a text is named afresh, behind a comma, a semicolon or "et", and not inside a phrase."""
    return bool(re.search(r"(?:[,;]|\bet\b)\s*(?:vu\s+)?(?:les?\s+|la\s+|l'|ses\s+|son\s+|sa\s+)$", folded[:start]))


def _inside_title(folded: str, heads: list[tuple[Kind, int, bool]], start: int, noun: int) -> bool:
    """True for a text that only stands in the title of the one before it."""
    if not heads:
        return False
    between = folded[heads[-1][1] : noun]
    title = _TITLE.search(between)
    if title is None or ";" in between[title.start() :]:
        return False
    # a title ends where a numbered text is named afresh: ", et la loi n° 2014-873", "ainsi que le décret n° …"
    return not (
        re.match(r"[;,]|et\b|que\b|ensemble\b|par\b", folded[start:])
        and re.match(r"\w+\s+(?:n\s?°|no\s)", folded[noun:])
    )


def _references(text: str, folded: str, mention: _Mention) -> list[Reference]:
    segment, plain = text[mention.start : mention.end], folded[mention.start : mention.end]
    if mention.kind == "code":
        return [Reference(kind="code", name=_code_name(segment, plain))]
    name = _name(mention.kind, segment, plain)
    numbered = [
        Reference(kind=mention.kind, name=name if i == 0 else None, number=number, date=date)
        for i, (number, date) in enumerate(_numbers_and_days(mention, segment, plain))
    ]
    return numbered or [Reference(kind=mention.kind, name=name)]


def _numbers_and_days(mention: _Mention, segment: str, plain: str) -> list[tuple[str | None, dt.date | None]]:
    title = _TITLE.search(plain, 1)
    head = plain[: title.start()] if title else plain
    numbers = list(_NUMBER.finditer(head))
    if mention.kind == "other" and numbers and len(head[: numbers[0].start()].split()) > 2:
        numbers = []  # "avis de la commission n° 3": not the opinion's number
    if not numbers and (bare := _bare_number(segment, head)) and not _only_day(bare, head):
        numbers = [bare]
    if not numbers and mention.kind in ("law", "decree"):
        numbers = list(_NUMBER.finditer(plain))  # "loi pour l'égalité … n° 2014-873 du 4 août 2014"
        head = plain if numbers else head
    if not numbers and mention.kind == "law" and not find_days(head):
        head = plain
    # "délibération 2023-05-02 du 22 mai 2023": the number is no day
    days = [d for d in find_days(segment[: len(head)]) if not any(n.start() <= d.start < n.end() for n in numbers)]
    if not mention.plural:
        number = _clean_number(segment[slice(*numbers[0].span("number"))]) if numbers else None
        return [(number, days[0].date if days else None)] if number or days else []
    if not numbers:
        return [(None, day.date) for day in days]
    pairs: list[tuple[str | None, dt.date | None]] = []
    for i, match in enumerate(numbers):
        until = numbers[i + 1].start() if i + 1 < len(numbers) else len(head)
        date = next((day.date for day in days if match.end() <= day.start < until), None)
        pairs.append((_clean_number(segment[slice(*match.span("number"))]), date))
    return pairs


def _bare_number(segment: str, head: str) -> re.Match[str] | None:
    """The number behind the noun; letters parted from it by a space count in capitals only, not "pour 2023-2024"."""
    bare = _BARE_NUMBER.match(head)
    return None if bare is None or re.match(r"[^\W\dA-Z]+\s", segment[bare.start("number") :]) else bare


def _only_day(bare: re.Match[str], head: str) -> bool:
    """True where what stands for a number is the text's day, with no other day behind it."""
    return bool(find_days(bare["number"])) and not find_days(head[bare.end() :])


def _clean_number(number: str) -> str:
    return re.sub(r"[\s./_-]+$", "", number)


def _code_name(segment: str, plain: str) -> str:
    fixed = _CODE_WITH_ET.match(plain)
    end = fixed.end() if fixed else (m.start() if (m := _CODE_END.search(plain, 4)) else len(plain))
    return segment[:end].strip(" '’")


def _name(kind: Kind, segment: str, plain: str) -> str | None:
    quoted = _QUOTED.search(segment)
    if kind == "deliberation":
        return quoted[1] if quoted else None
    end = _PHRASE_END.search(plain, 1)
    phrase = segment[: end.start() if end else len(segment)].strip(" -–")
    if kind in ("law", "decree"):
        title = next((m for m in _TITLE.finditer(plain, 1) if not m[0].startswith("modifie")), None)
        if title and plain[title.start()] not in '«"“':
            stop = _TITLE_END.search(plain, title.start())
            return segment[title.start() : stop.start() if stop else len(segment)].strip() or None
        return phrase if len(phrase.split()) > 1 else None
    if kind == "order" and len(phrase.split()) < 2:
        return None
    return phrase or None


def _give_articles(text: str, folded: str, mentions: list[_Mention], references: list[Reference]) -> None:
    """Adds each list of articles to its text: the one that follows by "du" or "de la", else the one before."""
    owners: dict[int, Reference] = {}
    left = iter(references)
    for mention in mentions:
        size = len(_references(text, folded, mention))
        owners[mention.start] = next(left)
        for _ in range(size - 1):
            next(left)
    taken: list[tuple[int, int]] = []
    for match in _ARTICLE_LIST.finditer(folded):
        owner = _owner(folded, match, mentions)
        if owner is not None:
            taken.append(match.span())
            span = match.span("list")
            owners[owner.start].articles.extend(_bare_articles(text[slice(*span)], folded[slice(*span)]))
    for match in _LONE_ARTICLE.finditer(folded):
        codes = [m for m in mentions if m.kind == "code" and m.start < match.start() < m.end]
        after = re.match(r"\s*(?:du|de\s+la|des)\s+", folded[match.end() :])
        follows = [m for m in mentions if after and m.start == match.end() + after.end()]
        if follows:
            codes = follows
        if codes and not any(lo <= match.start() < hi for lo, hi in taken):
            owners[codes[-1].start].articles.extend(_bare_articles(match[0], match[0]))


def _owner(folded: str, articles: re.Match[str], mentions: list[_Mention]) -> _Mention | None:
    after = re.match(
        r"\s*(?:susvises?\s*)?(?:du|de\s+la|de\s+l'|de\s+ladite|dudit|des|de)\s*", folded[articles.end() :]
    )
    if after:
        target = articles.end() + after.end()
        follows = next((m for m in mentions if abs(m.start - target) <= 2), None)
        if follows is not None:
            return follows
        if re.match(r"(?:ladite|ledit|cette|ce|meme)\b", folded[target:]) is None and re.match(
            r"(?:code|loi|decret|arrete|ordonnance|reglement|convention)", folded[target:]
        ):
            return None  # an article of a text that is named only in passing
    before = [m for m in mentions if m.start < articles.start()]
    if not before:
        return None
    # "délibération prise en application de l'article 12": not an article of the deliberation
    owner = before[-1]
    return owner if owner.kind in ("code", "law", "decree", "order") or owner is mentions[0] else None


def _bare_articles(text: str, folded: str) -> list[str]:
    plain = re.sub(r"alineas?\s+\d+|\(?al\.\s*\d+\)?", lambda m: " " * len(m[0]), folded)
    found = []
    for match in _ONE_ARTICLE.finditer(plain):
        written = re.sub(r"\s", "", text[slice(*match.span())]).replace("–", "-").replace("‑", "-")
        found.append(re.sub(r"^([A-Za-z])\.?([Oo]?)\.?(\*?)(?=\d)", lambda m: _prefix(*m.groups()), written))
    return found


def _prefix(letter: str, organic: str, star: str) -> str:
    return f"{letter.upper()}{organic.upper()}.{star}"
