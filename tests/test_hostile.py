"""Files that mean harm: each ends with a plan or a named error within the limits, and reaches nothing outside."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import pypdfium2
import pytest
from batches import records_of
from fuzz import others
from fuzz.mutants import mutants, mutate, write
from hostile import builders, layouts, loops
from hostile.builders import page

from bilan_extract import extract
from bilan_extract.batch.inputs import STATE, collect
from bilan_extract.batch.runner import Settings, convert_many
from bilan_extract.batch.task import FAILURES, Limits
from bilan_extract.cli import main
from bilan_extract.corrections import places
from bilan_extract.errors import BilanError
from bilan_extract.outputs import FORMATS
from bilan_extract.plan import Plan

#: What an error of the documents' own may be called; "internal" and "crashed" would be faults of ours.
NAMED = {"not_a_pdf", "no_pages", "no_text", "encrypted", "input", "timed_out", "out_of_memory"}
BUILDERS: dict[str, Callable[[], bytes]] = {
    name: value
    for module in (builders, loops, layouts)
    for name, value in vars(module).items()
    if isinstance(value, FunctionType) and value.__module__ == module.__name__
    if not name.startswith("_") and name not in ("pdf", "stream", "page")
}
#: Those that take long, or are stopped at a limit: minutes, not seconds.
HEAVY = {
    "actual_text_that_multiplies",
    "annotations_without_end",
    "contents_over_and_over",
    "endless_sheet",
    "flate_bomb",
    "flate_bomb_of_operators",
    "flate_bomb_of_text",
    "font_ranges",
    "gigantic_scan",
    "grid",
    "grid_of_crumbs",
    "headings_without_end",
    "long_word",
    "many_glyphs",
    "map_that_multiplies",
    "many_shapes",
    "marked_content_deep",
    "million_kids",
    "nested_forms",
    "one_line_of_words",
    "pages_of_pages",
    "picture_over_and_over",
    "stairs_of_columns",
    "text_bomb",
    "text_of_brackets",
    "text_of_marks",
    "text_of_numbers",
    "text_of_one_line",
    "words_at_random",
    "words_on_one_spot",
}
LIMITS = Limits(seconds=30.0, memory=1 << 30)
#: A mutant whose font is broken asks for recognition, of a dozen pages at three seconds each on a quiet machine.
MUTANT_LIMITS = Limits(seconds=120.0, memory=1 << 30)
CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "dev"
MUTANTS = int(os.environ.get("BILAN_MUTANTS", "2000"))
TEXTS, PLANS = 500, 150
SMALLEST = 12  # of the corpus, as seeds
CRASHES = Path(__file__).parent / "hostile" / "crashes"


def _convert(folder: Path, limits: Limits = LIMITS) -> dict[str, tuple[str, str | None]]:
    """Status and error code of every document; everything outside the output folder is as before."""
    before = _snapshot(folder.parent)
    convert_many(Settings((str(folder / "*"),), folder.parent / "out", jobs=2, limits=limits))
    after = {path: facts for path, facts in _snapshot(folder.parent).items() if not path.startswith("out")}
    assert after == before
    out = folder.parent / "out"
    assert [path.name for path in (out / STATE).iterdir()] == ["lock"]
    records = records_of(out)
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    expected = {
        record.output if record.status not in FAILURES else record.output.replace(".json", ".error.json")
        for record in records.values()
    }
    assert files == expected | {"journal.sqlite", f"{STATE}/lock"}
    return {key.removesuffix(".json"): (record.status, record.error_code) for key, record in records.items()}


def _snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def _build(folder: Path, names: set[str]) -> None:
    folder.mkdir()
    for name in names:
        (folder / f"{name}{'.txt' if name.startswith('text_') else '.pdf'}").write_bytes(BUILDERS[name]())


def _unnamed(ended: dict[str, tuple[str, str | None]]) -> dict[str, tuple[str, str | None]]:
    return {name: how for name, how in ended.items() if how[1] is not None and how[1] not in NAMED}


def test_handmade_files_end_with_a_plan_or_a_named_error(tmp_path: Path) -> None:
    _build(tmp_path / "in", set(BUILDERS) - HEAVY)
    ended = _convert(tmp_path / "in")
    assert len(ended) == len(BUILDERS) - len(HEAVY)
    assert not _unnamed(ended)
    stopped = {name for name, (status, _) in ended.items() if status in ("timed_out", "out_of_memory")}
    assert not stopped  # only the heavy ones may come to a limit
    assert ended["javascript_and_actions"][0] in ("ok", "warnings")
    assert ended["embedded_file"][0] in ("ok", "warnings")


@pytest.mark.slow
def test_heavy_files_are_stopped_at_the_limits(tmp_path: Path) -> None:
    _build(tmp_path / "in", HEAVY)
    ended = _convert(tmp_path / "in")
    assert len(ended) == len(HEAVY)
    assert not _unnamed(ended)
    assert max(record.seconds or 0 for record in records_of(tmp_path / "out").values()) < LIMITS.seconds + 5


def test_crashes_of_the_past_stay_mended(tmp_path: Path) -> None:
    if not CRASHES.is_dir():
        pytest.skip("no crash was found so far")
    shutil.copytree(CRASHES, tmp_path / "in")
    assert not _unnamed(_convert(tmp_path / "in"))


def test_mutants_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    seed = tmp_path / "a.pdf"
    seed.write_bytes(page())
    assert list(mutants([seed], 20, 3)) == list(mutants([seed], 20, 3))
    assert len({data for _, data in mutants([seed], 20, 3)}) > 10
    assert mutate(b"", random.Random(1)) is not None


@pytest.mark.slow
def test_mutants_end_with_a_plan_or_a_named_error(tmp_path: Path) -> None:
    seeds = sorted(sorted(CORPUS.glob("*.pdf")), key=lambda path: path.stat().st_size)[:SMALLEST]
    if not seeds:
        pytest.skip("the corpus is not here")
    write(seeds, tmp_path / "in", MUTANTS, seed=20250601)
    ended = _convert(tmp_path / "in", MUTANT_LIMITS)
    print(Counter(ended.values()))
    assert len(ended) == MUTANTS
    assert not _unnamed(ended)
    assert not [name for name, (status, _) in ended.items() if status in ("timed_out", "out_of_memory")]


@pytest.mark.slow
def test_mutated_texts_end_with_a_plan_or_a_named_error(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    origin = _dump(CORPUS / "demo-climat.pdf")
    for number, data in enumerate(others.mutants(origin, others.text, TEXTS, seed=20250602)):
        (tmp_path / "in" / f"{number:04}.txt").write_bytes(data)
    ended = _convert(tmp_path / "in", MUTANT_LIMITS)
    assert len(ended) == TEXTS
    assert not _unnamed(ended)
    assert not [name for name, (status, _) in ended.items() if status in ("timed_out", "out_of_memory")]


def _dump(path: Path) -> bytes:
    """The text layer of a PDF, a form feed after each page."""
    document = pypdfium2.PdfDocument(path)
    return "\x0c".join(page.get_textpage().get_text_range() for page in document).encode()


def test_mutated_manifests_name_documents_inside_or_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    for name in ("1.pdf", "x y.pdf"):
        (root / name).write_bytes(page())
    (tmp_path / "secret.pdf").write_bytes(page())
    urls = ("https://a.example/1.pdf", "2024/%C3%A9.pdf", "x%20y.pdf", "../secret.pdf", "file:///etc/passwd")
    origin = "COLL_NOM;DELIB_OBJET;DELIB_URL\r\n" + "".join(f'Brèche;"Objet ; du ""{url}""\nsuite";{url}\r\n' for url in urls)
    how: Counter[str] = Counter()
    for data in others.mutants(origin.encode(), others.text, 300, seed=20250603):
        (root / "m.csv").write_bytes(data)
        try:
            found = collect([str(root / "m.csv")], tmp_path / "out").found
        except BilanError as error:
            how[error.code] += 1
            continue
        how["read"] += 1
        assert all(Path(document.path).is_relative_to(root) and ".." not in Path(document.path).parts for document in found)
    assert how["read"] > 50
    assert set(how) <= {"read", "manifest", "collision"}


@pytest.fixture(scope="module")
def demo() -> bytes:
    return extract(CORPUS / "demo-climat.pdf").to_json().encode()


@pytest.mark.slow
def test_mutated_plans_are_read_or_refused(demo: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.json"
    for data in others.mutants(demo, others.tree, PLANS, seed=20250604):
        path.write_bytes(data)
        for to in FORMATS:
            code = main(["export", str(path), "--to", to, "-o", str(tmp_path / f"out-{to}")])
            said = capsys.readouterr().err
            assert "imprévue" not in said, (to, data)
            assert code in (0, 2), (to, said, data)
        assert main(["show", str(path)]) in (0, 2)


@pytest.mark.parametrize("to", ["sqlite", "parquet"])
def test_a_plan_with_a_number_too_large_for_a_table_is_refused(
    demo: bytes, to: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = json.loads(demo)
    plan["document"]["source"]["pages"] = 2**63
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    assert main(["export", str(tmp_path / "plan.json"), "--to", to, "-o", str(tmp_path / "out")]) == 2
    assert "nombre trop grand" in capsys.readouterr().err
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "plan.json"]


def test_mutated_corrections_are_applied_or_refused(demo: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan.model_validate_json(demo)
    (tmp_path / "plan.json").write_bytes(demo)
    common = {"sha256": plan.document.source.sha256, "note": "relu"}
    entries = [
        {**common, "target": place.id, "source_text": place.source_text, "field": field, "value": value}
        for place in places(plan)
        for kind, field, value in (("item", "status", "à venir"), ("item", "text", "Autre"), ("figure", "value", 12.5))
        if place.kind == kind
    ][:12]
    codes: Counter[int] = Counter()
    for data in others.mutants(json.dumps({"corrections": entries}).encode(), others.tree, 150, seed=20250605):
        (tmp_path / "c.json").write_bytes(data)
        codes[main(["correct", str(tmp_path / "plan.json"), str(tmp_path / "c.json"), "-o", str(tmp_path / "out.json")])] += 1
        assert "imprévue" not in capsys.readouterr().err
    assert set(codes) <= {0, 2, 3}
    assert len(codes) > 1
