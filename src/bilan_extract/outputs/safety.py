"""Cells that a spreadsheet could take for a formula, made into plain text without losing what they say."""

from __future__ import annotations

import re

# "=2+3", "-rue des Tanneurs", "@place", "\tretrait", and the same behind apostrophes: "'=2+3"; also the full-width
# signs, which some spreadsheets read like the plain ones
_LIKE_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def escape_cell(text: str) -> str:
    """``text`` with one apostrophe before it where a spreadsheet could take it for a formula."""
    return f"'{text}" if _LIKE_FORMULA.match(text) else text


def unescape_cell(text: str) -> str:
    """What `escape_cell` was given."""
    return text[1:] if text.startswith("'") and _LIKE_FORMULA.match(text) else text


def like_formula(text: str) -> bool:
    """Whether a spreadsheet could take ``text`` for a formula."""
    return _LIKE_FORMULA.match(text) is not None
