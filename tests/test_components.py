"""The spaCy components: same answers as the plain functions, on any tokenizer."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan_extract.language.components import create_dates, create_figures, light_french
from bilan_extract.language.dates import find_dates
from bilan_extract.language.figures import find_figures
from bilan_extract.plan import Period

TEXT = "Depuis 2019, plus de 40 fermes livrent 3 500 repas ; le 24 juin, 12 chefs ont reçu 1 200 €."


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    nlp = light_french()
    nlp.add_pipe("bilan_dates", config={"block": ["2024-01-01", "2024-12-31"]})
    nlp.add_pipe("bilan_figures")
    return nlp


def test_spans_and_values(nlp) -> None:  # type: ignore[no-untyped-def]
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["dates"]] == ["Depuis 2019", "le 24 juin"]
    assert [span.text for span in doc.spans["figures"]] == ["plus de 40 fermes", "3 500 repas", "12 chefs", "1 200 €"]
    assert doc.spans["dates"][1]._.bilan.start == dt.date(2024, 6, 24)
    assert doc.spans["figures"][0]._.bilan.unit == "ferme"


def test_same_as_the_functions(nlp) -> None:  # type: ignore[no-untyped-def]
    block = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
    dates = find_dates(TEXT, block=block)
    doc = nlp(TEXT)
    assert doc.user_data["bilan_dates"] == dates
    assert doc.user_data["bilan_figures"] == find_figures(TEXT, dates=dates)


def test_figures_without_dates_before() -> None:
    nlp = light_french()
    nlp.add_pipe("bilan_figures")
    doc = nlp("En 2024, 14 gares.")
    assert [span.text for span in doc.spans["figures"]] == ["14 gares"]


def test_any_doc_of_spacy() -> None:
    import spacy

    nlp = spacy.blank("xx")
    doc = create_figures(nlp, "f")(create_dates(nlp, "d")(nlp.make_doc(TEXT)))
    assert [span.text for span in doc.spans["figures"]][:2] == ["plus de 40 fermes", "3 500 repas"]


@pytest.mark.slow
def test_blank_french() -> None:
    import spacy

    nlp = spacy.blank("fr")
    nlp.add_pipe("bilan_dates")
    nlp.add_pipe("bilan_figures")
    doc = nlp(TEXT)
    assert len(doc.spans["figures"]) == 4


def test_a_pipeline_can_be_saved(nlp, tmp_path) -> None:  # type: ignore[no-untyped-def]
    nlp.to_disk(tmp_path / "pipeline")
    assert (tmp_path / "pipeline" / "config.cfg").exists()


TOKENIZER = light_french().tokenizer


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_the_tokenizer_keeps_every_character(text: str) -> None:
    assert TOKENIZER(text).text == text


def test_import_stays_light() -> None:
    code = "import bilan_extract.language.components, sys; sys.exit(bool({'spacy', 'dateparser'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
