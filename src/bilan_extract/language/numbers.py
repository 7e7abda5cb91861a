"""French numbers, in digits and in words, and what they are worth.

Pure text: no table of units and no grammar of phrases lives here, see `figures`. All values are returned as float,
a value that cannot be read as None; nothing raises on any string.
"""

from __future__ import annotations

import re

from bilan_extract.patterns import lazy

#: What may stand between groups of three digits: space, no-break space, thin and narrow no-break space.
GAP = "[ \u00a0\u2009\u202f]"

_UNITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}
_TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
         "septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_SCALES = {
    "mille": 1e3, "millier": 1e3, "milliers": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9,
}
_COLLECTIVES = {
    "huitaine": 8, "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "millier": 1000,
    "demi-douzaine": 6, "demi-million": 500_000,
}

# 1 500 · 15 000,50 · 1.500.000 · 2,5 · 2.5 · 60
DIGITS = (
    rf"(?:[0-9]{{1,3}}(?:{GAP}[0-9]{{3}})+(?![0-9])|[0-9]{{1,3}}(?:\.[0-9]{{3}})+(?!\.?[0-9])|[0-9]+)(?:,[0-9]+"
    rf"|\.[0-9]{{1,2}}(?!\.?[0-9]))?"
)

#: Words that a day of the month written in words begins with.
DAY_WORDS = tuple(word for word, value in {**_UNITS, **_TENS}.items() if 2 <= value <= 30)

#: Words that a number in words is made of.
NUMBER_WORDS = (*_UNITS, *_TENS, "cent", "cents", "mille")
_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
# vingt-trois · deux cents · quatre-vingt-dix-sept · trente et un, but not "quinze et vingt"
WORDS = rf"\b(?:{_WORD})(?:(?:{GAP}|-)(?:(?:{_WORD})|et(?:{GAP}|-)(?:une?|onze)))*\b"

# 2 millions · 1,5 million · trois milliards · 15 mille · 3 milliers
SCALE = rf"{GAP}?(?:milliards?|millions?|milliers?|mille)\b"

# dizaine · centaines · millier
COLLECTIVE = rf"(?:{'|'.join(_COLLECTIVES)})s?"

_SPLIT = lazy(r"[^\W\d_]+")
_GROUPED = lazy(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?")


def is_number_word(word: str) -> bool:
    """True for a word, in lower case, that a number in words is made of: "vingt", "cinq", "cents", "million"."""
    return word in _UNITS or word in _TENS or word in _SCALES or word in ("cent", "cents", "et")


def parse_digits(text: str) -> float | None:
    """What "1 500", "1.500.000", "11 151,00" or "2.5" is worth, None for anything else."""
    bare = re.sub(GAP, "", text)
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    bare = bare.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,30}(?:\.[0-9]{1,30})?", bare):
        return None
    return float(bare)


def parse_words(text: str) -> float | None:
    """What "quatre-vingt-dix-sept" or "deux cent mille" is worth, None where the words do not make one number."""
    total = 0.0
    below = 0  # what has been read of the group below a thousand
    previous = ""
    for word in _SPLIT.findall(text.lower()):
        if word == "et":
            continue
        added = _add(below, word, previous)
        if added is not None:
            below = added
        elif word in _SCALES and (below or previous == ""):
            total += max(below, 1) * _SCALES[word]
            below = 0
        elif word in _SCALES and total:
            total *= _SCALES[word]
        else:
            return None
        previous = word
    return total + below if previous else None


def _add(below: int, word: str, previous: str) -> int | None:
    """The group below a thousand with one more word, None where French does not allow it."""
    rest = below % 100
    if word in ("cent", "cents"):
        return max(below, 1) * 100 if below < 10 else None
    if word in ("vingt", "vingts") and rest == 4 and previous == "quatre":
        return below + 76
    if word in _TENS:
        return below + _TENS[word] if rest == 0 and previous not in _UNITS else None
    if word in _UNITS:
        value = _UNITS[word]
        fits = rest == 0 and (below == 0 or previous in ("cent", "cents"))
        after_ten = rest == 10 and previous == "dix" and value in (7, 8, 9)
        after_tens = rest >= 20 and rest % 10 == 0 and value < 10
        sixty_or_eighty = rest in (60, 80) and value >= 10
        return below + value if fits or after_ten or after_tens or sixty_or_eighty else None
    return None


def parse_number(text: str) -> float | None:
    """What a number in digits or in words, with or without "millions" or "milliards" after it, is worth."""
    text = text.strip()
    if not text[:1].isdigit():
        return parse_words(text)
    match = re.fullmatch(rf"({DIGITS})({SCALE})?", text)
    if not match:
        return None
    value = parse_digits(match[1])
    if value is None or not match[2]:
        return value
    return value * _SCALES[match[2].strip().lower()]


def collective(word: str) -> float | None:
    """What "dizaine", "centaines" or "millier" is worth, None for any other word."""
    word = word.lower()
    return _COLLECTIVES.get(word, _COLLECTIVES.get(word.removesuffix("s")))
