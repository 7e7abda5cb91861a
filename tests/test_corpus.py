"""The corpus: golds in the contract's form, texts where their regions say, PDFs those that the golds were made from."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from bilan_extract.plan import Plan
from bilan_extract.reading.with_pdfplumber import complete_metrics

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
GOLDS = sorted(CORPUS.glob("dev/*.gold.json")) + sorted(CORPUS.glob("test/*.gold.json"))


def pdf_of(gold: Path) -> Path:
    return gold.with_name(gold.name.removesuffix(".gold.json") + ".pdf")


def read(gold: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(gold.read_text(encoding="utf-8"))
    return data


def elements(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Every engagement, item and focus of a plan."""
    out: list[dict[str, Any]] = []
    for ambition in plan["ambitions"]:
        for priority in ambition["priorities"]:
            out += priority["engagements"] + priority["focus"]
            for owner in (priority, *priority["engagements"]):
                out += [item for block in owner["blocks"] for item in block["items"]]
    return out


def bare(text: str) -> str:
    """The text without spaces and hyphens: a line end may add the one and the other."""
    return re.sub(r"[\s\u00ad\u2010-]", "", unicodedata.normalize("NFKC", text))


by_name = pytest.mark.parametrize("gold", GOLDS, ids=lambda path: path.name.removesuffix(".gold.json"))


def test_every_source_has_pdf_and_gold_and_every_gold_a_source() -> None:
    sources = {path.with_suffix("") for path in CORPUS.glob("*/*.bilan")}
    assert {gold.with_name(gold.name.removesuffix(".gold.json")) for gold in GOLDS} == sources
    assert sources
    for source in sources:
        assert source.with_suffix(".pdf").stat().st_size < 300_000


@by_name
def test_gold_is_a_plan(gold: Path) -> None:
    plan = Plan.model_validate_json(gold.read_text(encoding="utf-8"))
    assert json.loads(plan.to_json()) == json.loads(Plan.model_validate(read(gold)).to_json()), (
        "the models read it one way only"
    )
    assert plan.coverage.words == plan.coverage.in_plan + plan.coverage.set_aside
    assert any(priority.engagements for ambition in plan.ambitions for priority in ambition.priorities)


@by_name
def test_gold_was_made_from_the_pdf_beside_it(gold: Path) -> None:
    source = read(gold)["document"]["source"]
    pdf = pdf_of(gold)
    assert source["name"] == pdf.name
    assert source["sha256"] == hashlib.sha256(pdf.read_bytes()).hexdigest()
    with pdfplumber.open(pdf) as opened:
        assert source["pages"] == len(opened.pages)


@by_name
def test_texts_are_clean(gold: Path) -> None:
    for element in elements(read(gold)):
        text = element["text"]
        assert text == unicodedata.normalize("NFC", text)
        assert not re.search(r"  |[\u00a0\u202f{}|^]|^ | $", text, re.MULTILINE), text


@by_name
def test_figures_and_dates_stand_at_their_spans(gold: Path) -> None:
    for element in elements(read(gold)):
        taken: list[range] = []
        for mention in element["figures"] + element["dates"]:
            start, end = mention["span"]
            assert element["text"][start:end] == mention["text"]
            assert not any(start < other.stop and other.start < end for other in taken), mention
            taken.append(range(start, end))


@by_name
def test_texts_stand_in_their_regions(gold: Path) -> None:
    complete_metrics()
    plan = read(gold)
    with pdfplumber.open(pdf_of(gold)) as pdf:
        for element in elements(plan):
            printed = ""
            for region in element["regions"]:
                x0, top, x1, bottom = region["bbox"]
                page = pdf.pages[region["page"] - 1]
                assert 0 <= x0 < x1 <= page.width
                assert 0 <= top < bottom <= page.height
                printed += "".join(
                    char["text"]
                    for char in page.chars
                    if x0 - 0.2 <= char["x0"]
                    and char["x1"] <= x1 + 0.2
                    and top - 0.2 <= char["top"]
                    and char["bottom"] <= bottom + 0.2
                )
            printed = bare(printed)
            for line in element["text"].splitlines():
                missing = [word for word in re.findall(r"\w{4,}", line) if bare(word) not in printed]
                assert not missing, (line, missing)


@pytest.mark.slow
def test_sources_rebuild(tmp_path: Path) -> None:
    """Typeset anew, a document gives the same gold: byte for byte the same PDF where the fonts are the same."""
    for name in ("reportlab", "weasyprint", "typst"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed (extra: corpus)")
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice Writer is not installed")
    names = [gold.name.removesuffix(".gold.json") for gold in GOLDS]
    subprocess.run(
        [sys.executable, "-m", "corpus.build", "--into", str(tmp_path), *names],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=600,
    )
    for gold in GOLDS:
        one, two = read(gold), read(tmp_path / gold.name)
        for plan in (one, two):
            plan["document"]["source"].pop("sha256")
        assert one == two, gold.name
