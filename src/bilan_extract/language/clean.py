"""From printed lines to one clean line of French, with a map from every character span back to its word on the page.

The hyphen at a line end is the hard part: "situa-/tion" is one word, "Pas-de-/Calais" keeps its hyphen, "médi-/co-sociaux"
keeps one and loses one. What decides, in this order: how the document itself spells the word elsewhere; capitals and
digits after the hyphen; an ending that is no word; a French word list (simplemma's); whether both halves are words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bilan_extract.document import Line, Word
from bilan_extract.language.numbers import is_number_word
from bilan_extract.patterns import lazy

_ELIDED = lazy(r"(?<=^[^\W\d_])['’]|(?<=^qu)['’]")
_WORD = lazy(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", re.UNICODE)
_CLOSING = ".,)…"
_EDGES = '«»"“”()[]{}.,;:!?… '
# pronouns that a verb takes behind a hyphen: "est-il", "a-t-on", "celui-ci"
_BEHIND = frozenset(
    [
        "il",
        "elle",
        "on",
        "ils",
        "elles",
        "t",
        "nous",
        "vous",
        "je",
        "tu",
        "le",
        "la",
        "les",
        "lui",
        "leur",
        "y",
        "en",
        "ci",
        "là",
        "moi",
        "toi",
        "même",
        "mêmes",
        "ce",
        "être",
    ]
)
# second halves that are no word and follow no hyphen of French: "situa-/tion", "notam-/ment", "habi-/tants"
_ENDINGS = frozenset(
    (
        *("tion", "tions", "sion", "sions", "tionnel", "tionnelle", "tionnels", "tionnelles", "sation", "sations"),
        *("lisation", "risation", "nisation", "tation", "tations", "ment", "ments", "rement", "sement", "sements"),
        *("nement", "nements", "gnement", "gnements", "tement", "tements", "lement", "quement", "teur", "teurs"),
        *("trice", "trices", "tique", "tiques", "taire", "taires", "raire", "raires", "tants", "bilité", "lité"),
        *("lités", "rité", "rités", "nalité", "mité", "vité", "sité", "ciale", "ciales", "ciaux", "nale", "nales"),
        *("naux", "gique", "giques", "rience", "riences"),
    )
)
_PREFIXES = frozenset(["sous", "non", "demi", "mi", "semi", "ex", "vice"])
# first halves that French sets before a hyphen
_BEFORE = frozenset(
    [
        "sous",
        "vice",
        "ex",
        "non",
        "mi",
        "demi",
        "semi",
        "porte",
        "après",
        "avant",
        "contre",
        "grand",
        "grande",
        "sud",
        "nord",
        "est",
        "ouest",
        "demie",
        "arrière",
        "auto",
        "co-",
    ]
)


class Spelling:
    """What the document itself spells, to judge hyphens by."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        texts: set[str] = set()
        for line in lines:
            last = len(line.words) - 1
            for k, word in enumerate(line.words):
                if k == last and word.text.endswith("-"):
                    continue  # a broken word proves nothing
                if k == 0 and word.text[:1].islower():
                    continue  # may be the second half of one
                texts.add(word.text)
        self._forms = {_plain(form) for form in set(_WORD.findall(" ".join(texts)))}

    def has(self, form: str) -> bool:
        """Whether the document prints ``form`` in one piece somewhere."""
        return _plain(form) in self._forms

    def closes_up(self, left: str, right: str) -> bool:
        """Whether "left-" at a line end and "right" on the next make one word without the hyphen."""
        left, right = _bare_left(left), _bare_right(right)
        if not left or not right:
            return False
        joined, kept = left + right, f"{left}-{right}"
        if self.has(kept) != self.has(joined):
            return self.has(joined)
        if right[0].isdigit() or left[-1].isdigit():
            return False
        if right[0].isupper():
            # "DÉPAR-/TEMENT" in capitals is one word, "Pas-de-/Calais" is not
            return left.isupper() and right.isupper() and len(left) > 1 and _known(joined.lower())
        return self._in_small_letters(left, right)

    def _in_small_letters(self, left: str, right: str) -> bool:
        tail, head = left.rsplit("-", 1)[-1].lower(), right.split("-", 1)[0].lower()
        if is_number_word(tail) and is_number_word(head):
            return False  # "vingt-/cinq": the word list has few numbers
        if head in _ENDINGS and len(tail) > 1:
            return True  # and the word list, slow to load, need not be asked
        if _known(tail + head):
            # the word list holds misspellings like "soustraitance": a prefix before a whole word keeps its hyphen
            return not (tail in _PREFIXES and len(head) > 5 and (_known(head) or _known(f"{tail}-{head}")))
        if head in _BEHIND and _known(tail):
            return False
        if len(tail) == 1:
            return False  # "e-/partenaire"
        if tail in _BEFORE and _known(head):
            return False
        return not (_known(tail) and _known(head) and len(tail) > 2 and len(head) > 2)


def join_words(rows: Sequence[Sequence[Word]], spelling: Spelling) -> str:
    """One clean line from the words of several printed ones (``rows``), NFC, with single ordinary spaces."""
    text = ""
    for row in rows:
        shown: list[str] = []
        for k, word in enumerate(row):
            clean = _clean(word.text)
            if not clean:
                continue
            if shown and clean[0] in _CLOSING and _lost_its_mark(row[k - 1], word, clean):
                shown[-1] += clean
            else:
                shown.append(clean)
        if shown:
            text = (_across_line_end(text, shown[0], spelling) if text else "") + " ".join(shown)
    return text


def join_lines(lines: Sequence[Line], spelling: Spelling) -> str:
    """`join_words` over whole lines."""
    return join_words([line.words for line in lines], spelling)


def _across_line_end(text: str, shown: str, spelling: Spelling) -> str:
    """``text`` ready for the next line's first word: its hyphen taken off, kept, or a space added."""
    if text.endswith("-") and len(text) > 1 and text[-2].isalnum():
        left = text[:-1].rsplit(" ", 1)[-1]
        if not shown[0].isalnum():
            return text + " "
        return text[:-1] if spelling.closes_up(left, shown) else text
    if text[-1] in "’'" and text[-2:-1].isalpha():
        return text
    return text + " "


def _lost_its_mark(before: Word, word: Word, shown: str) -> bool:
    """True for the full stop that a note's mark stood before ("2 500 €¹."): with the mark gone it closes up again."""
    return not shown.strip(_CLOSING) and word.page == before.page and word.index > before.index + 1


@lru_cache(maxsize=8192)
def _clean(text: str) -> str:
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").strip()


def _bare_left(left: str) -> str:
    return re.split(r"[’'(«\"/]", left)[-1].strip(_EDGES)


def _bare_right(right: str) -> str:
    found = re.match(r"[\w-]+", right.strip(_EDGES), re.UNICODE)
    return found[0].rstrip("-") if found else ""


def _plain(form: str) -> str:
    form = form.lower()
    return _ELIDED.split(form)[-1] if "'" in form or "’" in form else form


@lru_cache(maxsize=20000)
def _known(form: str) -> bool:
    """Whether the French word list has this form."""
    if len(form) < 2:
        return form in ("a", "à", "y", "ô")
    import simplemma

    return bool(simplemma.is_known(form, lang="fr"))
