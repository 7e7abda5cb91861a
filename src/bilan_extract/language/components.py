"""The figures and dates of a text as spaCy components, for pipelines that want them as spans.

`bilan_dates` and `bilan_figures` run the same grammars as the library itself on ``doc.text``. They write
``doc.spans["dates"]`` and ``doc.spans["figures"]``, one span a mention, widened to whole tokens where the
tokenizer cuts elsewhere; the typed values stand in the same order in ``doc.user_data["bilan_dates"]`` and
``doc.user_data["bilan_figures"]`` and behind each span as ``span._.bilan``. Nothing here imports spaCy until used.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bilan_extract.language.dates import find_dates
from bilan_extract.language.figures import find_figures
from bilan_extract.patterns import lazy
from bilan_extract.plan import Date, Figure, Period

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

Component = Callable[["Doc"], "Doc"]


def create_dates(
    nlp: Language,
    name: str,
    block: Sequence[str | None] | None = None,
    document: Sequence[str | None] | None = None,
    written_on: str | None = None,
) -> Component:
    """The component `bilan_dates`: puts the dates of ``doc.text`` into ``doc.spans["dates"]``.

    Args:
        nlp, name: as spaCy passes them.
        block, document: periods as ``[start, end]`` in ISO dates, for years that the text leaves out.
        written_on: the document's own date, ISO.
    """
    _register()
    context: dict[str, Any] = {
        "block": _period(block),
        "document": _period(document),
        "written_on": dt.date.fromisoformat(written_on) if written_on else None,
    }

    def bilan_dates(doc: Doc) -> Doc:
        return _write(doc, "dates", "DATE", find_dates(doc.text, **context))

    return bilan_dates


def create_figures(nlp: Language, name: str) -> Component:
    """The component `bilan_figures`: puts the figures of ``doc.text`` into ``doc.spans["figures"]``.

    Dates already found by `bilan_dates` are taken into account, else they are found on the way.
    """
    _register()

    def bilan_figures(doc: Doc) -> Doc:
        dates = doc.user_data.get("bilan_dates") or ()
        return _write(doc, "figures", "FIGURE", find_figures(doc.text, dates=dates))

    return bilan_figures


def light_french() -> Language:
    """A blank French pipeline with a small tokenizer of our own.

    ``spacy.blank("fr")`` builds tens of thousands of exceptions and takes seconds; the grammars above need none of
    them, so tokens here are words, numbers and signs, with "l'" and "d'" cut off.
    """
    from spacy.language import Language
    from spacy.vocab import Vocab

    register_factories()
    nlp = Language(Vocab(), meta={"lang": "fr", "name": "light_french"})
    nlp.lang = "fr"
    nlp.tokenizer = LightTokenizer(nlp.vocab)
    return nlp


# 1 500,25 is left to the grammar: numbers are cut at spaces · l' · d' · micro-crèche · 12,5 · € · agent·e·s
_TOKEN = lazy(
    r"(?:[^\W\d_]{1,5}|[Jj]usqu|[Pp]uisqu|[Ll]orsqu)['’]|[0-9]+(?:[.,/:-][0-9]+)*|[^\W\d_]+(?:[-·.][^\W\d_]+)*"
    r"|[^\S\n]|\n|.",
    re.DOTALL,
)


class LightTokenizer:
    """Cuts a text into words, numbers and single signs; every character is kept."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; ``doc.text == text`` holds for any string."""
        from spacy.tokens import Doc

        words: list[str] = []
        spaces: list[bool] = []
        for match in _TOKEN.finditer(text):
            token = match[0]
            if token == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing to save: the rules are code."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> LightTokenizer:
        """The tokenizer itself."""
        return self

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Nothing to save."""

    def from_disk(self, path: object, **kwargs: object) -> LightTokenizer:
        """The tokenizer itself."""
        return self


def _register() -> None:
    """Makes sure that ``span._.bilan`` exists."""
    from spacy.tokens import Span

    if not Span.has_extension("bilan"):
        Span.set_extension("bilan", getter=_value)


def _value(span: Span) -> Date | Figure | None:
    found: dict[tuple[int, int, str], Date | Figure] = span.doc.user_data.get("bilan_values", {})
    return found.get((span.start, span.end, span.label_))


def _write(doc: Doc, key: str, label: str, mentions: Sequence[Date] | Sequence[Figure]) -> Doc:
    values = doc.user_data.setdefault("bilan_values", {})
    spans = []
    for mention in mentions:
        span = doc.char_span(*mention.span, label=label, alignment_mode="expand")
        if span is not None:
            spans.append(span)
            values[(span.start, span.end, label)] = mention
    doc.spans[key] = spans
    doc.user_data[f"bilan_{key}"] = list(mentions)
    return doc


def _period(days: Sequence[str | None] | None) -> Period | None:
    if days is None:
        return None
    start, end = days
    return Period(
        start=dt.date.fromisoformat(start) if start else None, end=dt.date.fromisoformat(end) if end else None
    )


def register_factories() -> None:
    """Makes `bilan_dates` and `bilan_figures` known to spaCy; done already where spaCy itself loaded this module."""
    from spacy.language import Language

    for name, create in (("bilan_dates", create_dates), ("bilan_figures", create_figures)):
        if name not in _REGISTERED:
            _REGISTERED.add(name)
            Language.factory(name, func=create)


_REGISTERED: set[str] = set()

# spaCy loads its entry points' modules when it looks for a factory; a plain import of this module stays free of work
if "spacy.language" in sys.modules:
    register_factories()
