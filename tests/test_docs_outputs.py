"""The examples of docs/outputs and the tutorial run, and print what the pages say."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

import pytest
from plans import make_plan

import bilan_extract
from bilan_extract.corrections import Corrections
from bilan_extract.outputs import FORMATS
from bilan_extract.outputs.tables import TABLES

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = sorted((DOCS / "outputs").glob("*.md"))
# ```python … ``` and, where it follows, what the code prints: ```text … ```
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```(?:\n\n```text\n(?P<shown>.*?)```)?", re.DOTALL)
# ```json … ```
JSON = re.compile(r"```json\n(.*?)```", re.DOTALL)
# [csv](csv.md), [Stable ids](index.md#stable-ids)
LINK = re.compile(r"\]\(([^)#:]+)")
PACKAGES = ("pandas", "openpyxl", "pyarrow", "icalendar")


def test_every_format_has_a_page() -> None:
    assert {page.stem for page in PAGES} == {*FORMATS, "index", "corrections"}


@pytest.mark.parametrize("page", [*PAGES, DOCS / "tutorial.md"], ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_print_what_the_page_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page.read_text(encoding="utf-8")
    for package in PACKAGES:
        if package in text:
            pytest.importorskip(package)
    monkeypatch.chdir(tmp_path)
    Path("plan.json").write_text(make_plan().to_json(), encoding="utf-8")
    for example in JSON.findall(text):
        Path("corrections.json").write_text(example, encoding="utf-8")
    examples = list(EXAMPLE.finditer(text))
    assert examples or page.stem == "html"
    for example in examples:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example["code"], page.name, "exec"), {})
        assert printed.getvalue() == (example["shown"] or "")


def test_the_pages_name_every_table() -> None:
    text = (DOCS / "outputs" / "index.md").read_text(encoding="utf-8")
    assert f"the same {len(TABLES)} tables" in text
    assert all(f"`{table.name}`" in text for table in TABLES)


def test_the_corrections_example_is_a_corrections_file() -> None:
    text = (DOCS / "outputs" / "corrections.md").read_text(encoding="utf-8")
    assert len(Corrections.model_validate(json.loads(JSON.findall(text)[0])).corrections) == 1


def tutorial() -> str:
    example = EXAMPLE.search((DOCS / "tutorial.md").read_text(encoding="utf-8"))
    assert example is not None
    return example["code"]


def run_tutorial(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("matplotlib").use("Agg")
    monkeypatch.chdir(folder)
    exec(compile(tutorial(), "tutorial.md", "exec"), {})
    assert Path("avancement.png").read_bytes().startswith(b"\x89PNG")


def test_the_tutorial_is_ten_lines() -> None:
    lines = [line for line in tutorial().splitlines() if line.strip() and not re.match(r"import |from ", line)]
    assert len(lines) <= 10


def test_the_tutorial_draws_an_invented_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(bilan_extract), "extract", lambda _source: make_plan())
    run_tutorial(tmp_path, monkeypatch)


def test_the_tutorial_draws_a_document_of_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = sorted((ROOT / "corpus" / "dev").rglob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))
    if not documents:
        pytest.skip("corpus/dev has no PDF")
    if not hasattr(bilan_extract, "extract"):
        pytest.skip("bilan_extract.extract is not there yet")
    (tmp_path / "bilan.pdf").write_bytes(documents[0].read_bytes())
    run_tutorial(tmp_path, monkeypatch)
