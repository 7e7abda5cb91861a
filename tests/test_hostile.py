"""Files that mean harm: each ends with a plan or a named error within the limits, and reaches nothing outside."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from batches import records_of
from fuzz.mutants import mutants, mutate, write
from hostile.builders import BUILDERS, page

from bilan_extract.batch.inputs import STATE
from bilan_extract.batch.runner import Settings, convert_many
from bilan_extract.batch.task import FAILURES, Limits

#: What an error of the documents' own may be called; "internal" and "crashed" would be faults of ours.
NAMED = {"not_a_pdf", "no_pages", "no_text", "encrypted", "input", "timed_out", "out_of_memory"}
#: Those that are stopped at a limit: minutes, not seconds.
HEAVY = {
    "flate_bomb",
    "flate_bomb_of_operators",
    "flate_bomb_of_text",
    "font_ranges",
    "long_word",
    "many_glyphs",
    "many_shapes",
    "marked_content_deep",
    "million_kids",
    "nested_forms",
    "text_bomb",
}
LIMITS = Limits(seconds=30.0, memory=1 << 30)
CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "dev"
MUTANTS = int(os.environ.get("BILAN_MUTANTS", "2000"))
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
    ended = _convert(tmp_path / "in")
    print(Counter(ended.values()))
    assert len(ended) == MUTANTS
    assert not _unnamed(ended)
    assert not [name for name, (status, _) in ended.items() if status in ("timed_out", "out_of_memory")]
