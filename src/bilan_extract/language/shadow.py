"""A shadow of a text: the same length, so that every offset holds, but in one spelling."""

from __future__ import annotations

from functools import lru_cache

# no-break, thin, narrow spaces and tabs; typographic apostrophes; every dash and the no-break hyphen
_PLAIN = (
    *((odd, " ") for odd in "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\f\v"),
    *((odd, "'") for odd in "\u2018\u2019\u02bc\u00b4`"),
    *((odd, "-") for odd in "\u2010\u2011\u2012\u2013\u2014\u2212"),
)


@lru_cache(maxsize=4)  # dates and figures of one text are looked for one after the other
def shadow(text: str) -> str:
    """The text in lower case with plain spaces, apostrophes and hyphens, character for character."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" grows by one in lower case
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for odd, plain in _PLAIN:  # a text has few of them: faster than `str.translate`, which looks at every letter
        lower = lower.replace(odd, plain)
    return lower
