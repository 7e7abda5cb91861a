"""The judge as spaCy components: rules and model together, for pipelines that want the answers on the Doc.

`bilan_judge_stage` and `bilan_judge_label` give what `judge_stage` and `judge_label` give. They write the answer as
``doc.cats`` (the one class with its score, none where it abstains), the whole judgement as
``doc.user_data["bilan_stage"]`` or ``["bilan_label"]``, and a span over the text labelled with the answer as
``doc.spans["stage"]`` or ``["label"]``. Nothing here imports spaCy until used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from bilan_extract.language.judge import judge_label, judge_stage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Component = Callable[["Doc"], "Doc"]


def create_judge_stage(nlp: Language, name: str, year: int | None = None) -> Component:
    """The component `bilan_judge_stage`.

    Args:
        nlp, name: as spaCy passes them.
        year: the last year the texts report on, see `judge_stage`.
    """

    def bilan_judge_stage(doc: Doc) -> Doc:
        judgement = judge_stage(doc.text, year=year)
        doc.user_data["bilan_stage"] = judgement
        return _write(doc, "stage", judgement.stage, judgement.score)

    return bilan_judge_stage


def create_judge_label(nlp: Language, name: str, year: int | None = None) -> Component:
    """The component `bilan_judge_label`; arguments as for `create_judge_stage`."""

    def bilan_judge_label(doc: Doc) -> Doc:
        judgement = judge_label(doc.text, year=year)
        doc.user_data["bilan_label"] = judgement
        return _write(doc, "label", judgement.role, judgement.score)

    return bilan_judge_label


def _write(doc: Doc, key: str, answer: str | None, score: float) -> Doc:
    from spacy.tokens import Span

    if answer is not None:
        doc.cats = {**doc.cats, answer: score}
    doc.spans[key] = [Span(doc, 0, len(doc), label=answer)] if answer is not None and len(doc) else []
    return doc


def register_factories() -> None:
    """Makes both components known to spaCy; done already where spaCy itself loaded this module."""
    from spacy.language import Language

    for name, create in (("bilan_judge_stage", create_judge_stage), ("bilan_judge_label", create_judge_label)):
        if name not in _REGISTERED:
            _REGISTERED.add(name)
            Language.factory(name, func=create)


_REGISTERED: set[str] = set()

# spaCy loads its entry points' modules when it looks for a factory; a plain import of this module stays free of work
if "spacy.language" in sys.modules:
    register_factories()
