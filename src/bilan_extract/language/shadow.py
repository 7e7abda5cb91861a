"""A shadow of a text: the same length, so that every offset holds, but in one spelling."""

from __future__ import annotations

# no-break, thin, narrow spaces and tabs; typographic apostrophes; every dash and the no-break hyphen
_TABLE = str.maketrans({
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\t\r\f\v", " "),
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
})


def shadow(text: str) -> str:
    """The text in lower case with plain spaces, apostrophes and hyphens, character for character."""
    lower = text.lower()
    if len(lower) != len(text):  # "İ" grows by one in lower case
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_TABLE)
