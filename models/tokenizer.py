"""The tokenizer both pipelines are trained with: words, elided words and marks, no exception list (it loads at once).

Passed to `spacy train --code`; the trained pipelines carry its patterns and need no code of ours to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from bilan_extract.language.linear import ELISION, PUNCTUATION


@spacy.registry.callbacks("bilan_light_tokenizer")
def create_light_tokenizer() -> Callable[[Language], Language]:
    """A callback that gives a blank pipeline the light tokenizer."""

    def set_tokenizer(nlp: Language) -> Language:
        piece = rf"{ELISION}|{PUNCTUATION}"
        nlp.tokenizer = Tokenizer(
            nlp.vocab,
            rules={},
            prefix_search=re.compile(rf"^(?:{piece})").search,
            infix_finditer=re.compile(piece).finditer,
        )
        return nlp

    return set_tokenizer
