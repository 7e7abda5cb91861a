"""How far recognised text is to be trusted: numbers repaired where they can be read one way only, and what to check by eye."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from bilan_extract.document import Word
from bilan_extract.patterns import lazy

LOW_PAGE = 0.75  # mean confidence of a page below which it wants to be read again by a person
LOW_WORD = 0.6  # confidence of a number below which it is doubted
NARROW_ONE = 0.13  # of the size: a "1" is set as wide as other digits, its ink ends so much sooner
SHOWN = 6  # numbers named in one note

_AS_DIGITS = str.maketrans("OoQlI|!S$", "000111155")
# "2O24", "1l5", "4S0,5", "(48O", "l2/O3/2024", "202$": digits and what is taken for digits, with the punctuation of numbers
_NUMBER = lazy(
    r"(?P<open>[(«]?)(?P<body>(?=.*\d)[\dOoQlI|!S$]+(?:[.,/-][\dOoQlI|!S$]+)*)(?P<close>[.,;:)»]*[%€]?[.,;:)»]*)$"
)
# "%", "€", "mars", "M€": what stands after a number only
_AFTER_NUMBER = lazy(
    r"^(?:%|€|[kM]€|euros?|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)[.,;:)]*$",
    re.IGNORECASE,
)
# "mars": what stands after the day of a month
_MONTH = lazy(
    r"^(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)(?![a-zà-ÿ])", re.IGNORECASE
)
# "EP-202$-06": a year within a number
_YEAR_WITHIN = lazy(r"(?<=\b20\d)\$(?=\W|$)")
# "m?", "m°", "km*", "m2", "kWh/m°", "ug/m3": a square or a cube whose raised figure was not seen as one
_SQUARE = lazy(
    r"^(?P<over>(?:[kKMGT]?Wh|[kmuµ]?g)/)?(?P<unit>[kdc]?m)(?P<power>[?°*'\"”’]{1,2}|[23³ÿ])(?P<close>[.,;:)]*)$"
)
# "£", "M£", "M£€", "ME", "Me", "k£": euros, after a number
_EURO = lazy(r"^(?P<much>[kKM]?)(?P<sign>£€?|(?<=[kKM])[EÉe])(?P<close>[.,;:)]*)$")
# "deuros": the apostrophe is lost
_OF_EUROS = lazy(r"^d(?P<rest>euros?[.,;:)]*)$")
# "3s heures", "12s albums": an old-style 5 is as high as an s and looks like one
_FIVE_BEHIND = lazy(r"^(\d{1,3})s$")
_PLURAL = lazy(r"^[a-zà-ÿ]{3,}s[.,;:)]*$")
# "ooo", "OOO.": thousands, after a number
_THOUSANDS = lazy(r"^[oO0]{3}(?P<close>[.,;:)]*)$")
# "Ai", "Bi", "B|" before a capital: the code of an action, "A1", "B1"
_CODE = lazy(r"^(?P<letter>[A-H])[i|l](?P<close>[.:)]?)$")
# what "n°" is followed by that is no letter of a name
_NUMBERED = lazy(r"^[|\]\[!](?P<close>[.,;:)]*)$")
# "Ler", "Ier", "|er": "1er" with its figure misread
_FIRST_LETTER = lazy(r"^[LlIi|!]er$")
# "au 1 trimestre": what can only be the first, its raised letters lost
_TO_FIRST = frozenset(("au", "du", "le", "dès", "ce"))
# "1°", "1°'", '1°"', "1®", "1%", "1°": "1er" with its raised letters misread
_FIRST = lazy(r"^1(?:°[\"'”’\*]?|®|\*\"|\"|”|%\"?|°r|[‘’'“*]|e['’‘])(?P<close>[.:]?)$")
# "2°", '3°"', '2°"°', "2": "2e", "2ème" likewise, or its letter lost
_NTH = lazy(r"^([2-9])[°®\"'“”‘’*]{0,4}$")
# "Article 1°. Prend acte"
_ARTICLE = lazy(r"^art(?:icle|\.)$", re.IGNORECASE)
# "semestre" alone: more than one would have an s
_ONE_OF = lazy(r"^(?:semestre|trimestre)(?![a-z])", re.IGNORECASE)
# "semestre", "mars": what a first can be of
_AFTER_FIRST = lazy(
    r"^(?:semestre|trimestre|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    r"adjoint|vice-président)",
    re.IGNORECASE,
)
# "03/12/2023"
_DAY = lazy(r"[0-3]?\d/[01]?\d/(?:19|20)\d\d")
_DIGIT = lazy(r"\d")


class Note(NamedTuple):
    """What a reader of the plan should check by eye: becomes a warning of the plan."""

    code: str
    message: str
    page: int | None


def repaired(words: Sequence[Word]) -> tuple[list[Word], list[Note]]:
    """The words of one page with numbers read as numbers, and a note on each that was changed.

    Only what can be read one way is changed: a letter between digits ("2O24"), or beside them where the next word says that
    a number stands there ("I5 %", "l2 mars"). A trailing "l" or "S" is left: litres and series are written so.
    """
    out: list[Word] = []
    notes: list[Note] = []
    for i, word in enumerate(words):
        after = _after(words, i)
        before = words[i - 1].text if i else ""
        text = (
            _as_number(word.text, after)
            or _as_square(word.text, before)
            or _as_money(word.text, before)
            or _as_first(word.text, after, before)
            or _as_rest(word.text, before, after)
            or _as_code(word.text, after, opens=not i or not _level(words[i - 1], word))
        )
        if text is None or text == word.text:
            out.append(word)
            continue
        out.append(replace(word, text=text, x1=_end(word, text, words[i + 1] if i + 1 < len(words) else None)))
        notes.append(Note("ocr_number_repaired", f"« {word.text} » lu comme « {text} »", word.page))
    return out, notes


def _after(words: Sequence[Word], i: int) -> str:
    """The text of the next word, put together where its line ends in it ("sep-", "tembre")."""
    text = words[i + 1].text if i + 1 < len(words) else ""
    broken = text.endswith("-") and i + 2 < len(words) and not _level(words[i + 1], words[i + 2])
    return text[:-1] + words[i + 2].text if broken else text


def _level(word: Word, other: Word) -> bool:
    return abs(word.bottom - other.bottom) <= 0.5 * word.size


def _end(word: Word, text: str, after: Word | None) -> float:
    """Where the word ends once it is read so: a "1" is set as wide as other digits, what it was taken for ends with its ink."""
    if not text.endswith("1") or word.text.endswith("1"):
        return word.x1
    free = after.x0 if after is not None and _level(word, after) and after.x0 > word.x1 else float("inf")
    return min(word.x1 + NARROW_ONE * word.size, free)


def _as_number(text: str, after: str) -> str | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    body = match["body"]
    letters = [k for k, c in enumerate(body) if not c.isdigit() and c not in ".,/-"]
    if not letters:
        return None
    sure = all(_enclosed(body, k) for k in letters) and sum(c.isdigit() for c in body) >= (1 if "$" in body else 2)
    sure = sure or _DAY.fullmatch(body.translate(_AS_DIGITS)) is not None
    if not (sure or _AFTER_NUMBER.match(after) or "%" in match["close"] or "€" in match["close"]):
        return None
    return match["open"] + body.translate(_AS_DIGITS) + match["close"]


def _enclosed(body: str, k: int) -> bool:
    """Whether a misread character has digits on both sides, or is a nought that ends a number of two digits and more."""
    left, right = body[:k], body[k + 1 :]
    if _DIGIT.search(left) and _DIGIT.search(right):
        return True
    if body[k] == "$":  # "$4 heures", "202$": nobody here counts in dollars, but "12 $" could be some
        return _DIGIT.match(right) is not None or len(re.findall(r"\d", left)) >= 3
    return body[k] == "O" and not right.strip("O") and len(re.findall(r"\d", left)) >= 2


def _as_square(text: str, before: str) -> str | None:
    match = _SQUARE.match(text)
    if match is None or not _DIGIT.search(before[-1:]):
        return None
    over = (match["over"] or "").replace("u", "µ")
    return f"{over}{match['unit']}{'³' if match['power'] in '3³ÿ' else '²'}{match['close']}"


def _as_money(text: str, before: str) -> str | None:
    match = _OF_EUROS.match(text)
    if match is not None:
        return f"d'{match['rest']}"
    match = _EURO.match(text)
    if match is None or not _DIGIT.search(before[-1:]):
        return None
    return f"{match['much']}€{match['close']}"


def _as_rest(text: str, before: str, after: str) -> str | None:
    """A number that the word before or behind says is one ("12 ooo", "n° ]", "$ octobre"), or a year ("EP-202$-06")."""
    if _YEAR_WITHIN.search(text):
        return _YEAR_WITHIN.sub("5", text)
    match = _THOUSANDS.match(text)
    if text in ("$", "s") and _MONTH.match(after):  # "du s avril": an old-style 5
        return "5"
    old_style = _FIVE_BEHIND.match(text)
    if old_style is not None and _PLURAL.match(after):
        return f"{old_style[1]}5"
    if match is not None and "o" in text.lower() and re.fullmatch(r"[(«]?\d{1,3}", before):
        return f"000{match['close']}"
    match = _NUMBERED.match(text)
    if match is not None and before.lower() in ("n°", "no", "numéro"):
        return f"1{match['close']}"
    return None


def _as_code(text: str, after: str, *, opens: bool) -> str | None:
    match = _CODE.match(text)
    if match is None or not opens or not after[:1].isupper():
        return None
    return f"{match['letter']}1{match['close']}"


def _as_first(text: str, after: str, before: str) -> str | None:
    first = _FIRST.match(text)
    if first is not None and _ARTICLE.match(before):
        return f"1er{first['close']}"
    if not _AFTER_FIRST.match(after):
        return None
    nth = _NTH.match(text)
    if nth is not None and _ONE_OF.match(after):
        return f"{nth[1]}e"
    lost = text == "1" and before.lower() in _TO_FIRST and _ONE_OF.match(after) is not None
    return "1er" if lost or (first is not None and not first["close"]) or _FIRST_LETTER.match(text) else None


def doubtful(words: Iterable[Word], level: float = LOW_WORD) -> list[Word]:
    """Those of the words that hold a digit and were recognised with less confidence than ``level`` (0..1)."""
    return [w for w in words if w.confidence is not None and w.confidence < level and _DIGIT.search(w.text)]


def notes_on(words: Sequence[Word], page: int, confidence: float | None) -> list[Note]:
    """What to check on a recognised page: the whole where it was hardly legible, else its doubtful numbers."""
    if confidence is not None and confidence < LOW_PAGE:
        return [Note("ocr_low_confidence", f"page reconnue avec {confidence:.0%} de confiance : à relire", page)]
    unsure = doubtful(words)
    if not unsure:
        return []
    shown = ", ".join(f"« {w.text} »" for w in unsure[:SHOWN])
    more = f" et {len(unsure) - SHOWN} autres" if len(unsure) > SHOWN else ""
    return [Note("ocr_doubtful_number", f"nombres reconnus avec peu de confiance : {shown}{more}", page)]


def mean_confidence(words: Iterable[Word]) -> float | None:
    """Mean over characters, None where no word has a confidence."""
    known = [(w.confidence, len(w.text)) for w in words if w.confidence is not None]
    if not known:
        return None
    return round(sum(c * n for c, n in known) / sum(n for _, n in known), 3)
