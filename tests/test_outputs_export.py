"""export: which file is written where, safely, and the same whatever the day."""

from __future__ import annotations

import builtins
import datetime as dt
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import SHA, make_bare_plan, make_plan

import bilan_extract.report
from bilan_extract.errors import InputError, InputNotFoundError, OutputError, UsageError
from bilan_extract.outputs import FORMATS, export, load_plan, load_plans
from bilan_extract.outputs.files import safe_name
from bilan_extract.plan import Plan

OWN = [name for name in FORMATS if name != "html"]
NEEDS = {"xlsx": "openpyxl", "tet": "openpyxl", "parquet": "pyarrow", "ics": "icalendar"}


def write(plan: Plan | list[Plan], name: str, path: Path) -> list[Path]:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    return export(plan, name, path)


def test_the_formats_of_the_command() -> None:
    assert list(FORMATS) == [
        "json", "jsonl", "csv", "xlsx", "sqlite", "parquet", "markdown", "html", "tet", "scdl", "ics"
    ]


@pytest.mark.parametrize("name", OWN)
def test_a_file_or_a_folder(name: str, tmp_path: Path) -> None:
    ending = FORMATS[name].ending
    for path in write(make_plan(), name, tmp_path / "deep" / f"x{ending}"):
        assert path.exists()
        assert path.parent == tmp_path / "deep"
        assert path.name.startswith("x")
    folder = tmp_path / "folder"
    folder.mkdir()
    written = write(make_plan(), name, folder)
    assert sorted(written) == sorted(folder.iterdir())
    if not FORMATS[name].tables:
        assert written[0].name == f"Clairval-a-pied-a-velo{ending}"


@pytest.mark.parametrize("name", ["json", "markdown", "tet"])
def test_plans_that_need_a_file_each(name: str, tmp_path: Path) -> None:
    plans = [make_plan(), make_plan("d" * 64), make_bare_plan()]
    written = write(plans, name, tmp_path / "new")
    ending = FORMATS[name].ending
    assert [path.name for path in written] == [
        f"Clairval-a-pied-a-velo-{SHA[:12]}{ending}", f"Clairval-a-pied-a-velo-dddddddddddd{ending}", f"plan{ending}",
    ]
    with pytest.raises(OutputError, match="dossier"):
        write(plans, name, written[0])


@pytest.mark.parametrize("name", OWN)
def test_the_same_bytes_on_another_day(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write([make_plan()], name, tmp_path / "a" / f"x{FORMATS[name].ending}")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 40 * 86400)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(real() + 40 * 86400))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    real_now = dt.datetime.now

    class Later(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            return real_now(tz) + dt.timedelta(days=40)

    monkeypatch.setattr(dt, "datetime", Later)
    second = write([make_plan()], name, tmp_path / "b" / f"x{FORMATS[name].ending}")
    monkeypatch.undo()
    time.tzset()
    assert [path.name for path in first] == [path.name for path in second]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


@pytest.mark.parametrize("name", ["xlsx", "tet"])
def test_workbooks_carry_the_documents_day(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(write(make_plan(), name, tmp_path / "x.xlsx")[0]) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = book.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-[^<]*)<", core) == ["2025-02-11T00:00:00Z"] * 2


@pytest.mark.parametrize("name", OWN)
def test_writing_again_replaces(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{FORMATS[name].ending}"
    write(make_bare_plan(), name, path)
    written = write(make_plan(), name, path)
    assert all(one.exists() for one in written)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]


@pytest.mark.parametrize("name", OWN)
def test_a_folder_that_cannot_be_made(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="Impossible d'écrire"):
        write(make_plan(), name, tmp_path / "file" / f"x{FORMATS[name].ending}")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize("name", [name for name in OWN if name != "sqlite"])
def test_a_full_disk_leaves_the_old_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"x{FORMATS[name].ending}"
    before = {one: one.read_bytes() for one in write(make_bare_plan(), name, path)}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        export(make_plan(), name, path)
    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", sorted(NEEDS))
def test_a_missing_extra_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = NEEDS[name]
    for module in [m for m in sys.modules if m.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    real = builtins.__import__

    def without(module: str, *args: Any, **more: Any) -> Any:
        if module.partition(".")[0] == package:
            raise ImportError(module)
        return real(module, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=rf"pip install 'bilan-extract\[{FORMATS[name].extra}\]'"):
        export(make_plan(), name, tmp_path / "x")


def test_calls_that_make_no_sense(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docx"):
        export(make_plan(), "docx", tmp_path / "x")
    with pytest.raises(UsageError, match="Aucun plan"):
        export([], "json", tmp_path / "x")
    with pytest.raises(UsageError, match="2 fois"):
        export([make_plan(), make_plan()], "csv", tmp_path / "x")
    with pytest.raises(UsageError, match="option"):
        export(make_plan(), "csv", tmp_path / "x", siret="1")
    assert list(tmp_path.iterdir()) == []


def test_html_is_the_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []

    def write_report(plan: Any, path: Path, **options: Any) -> list[Path]:
        calls.append((plan, path, options))
        return [path]

    monkeypatch.setattr(bilan_extract.report, "write_report", write_report, raising=False)
    assert export(make_plan(), "html", tmp_path / "x.html", sources=["a.pdf"]) == [tmp_path / "x.html"]
    assert calls == [(make_plan(), tmp_path / "x.html", {"sources": ["a.pdf"]})]


def test_several_formats_go_into_a_folder(tmp_path: Path) -> None:
    written = export(make_plan(), ["json", "markdown", "scdl", "json"], tmp_path / "out", url="https://clairval.example/17")
    assert [path.name for path in written] == [
        f"Clairval-a-pied-a-velo{ending}" for ending in (".json", ".md", ".scdl.csv", ".scdl-coherence.csv")
    ]
    assert sorted(written) == sorted((tmp_path / "out").iterdir())
    assert "https://clairval.example/17" in written[2].read_text(encoding="utf-8")
    assert export(make_plan(), "json, markdown", tmp_path / "again")[1] == tmp_path / "again" / written[1].name
    many = export([make_plan(), make_bare_plan()], "html,jsonl", tmp_path / "many")
    assert [path.name for path in many][0] == "index.html"
    assert many[-1].name == "plans.jsonl"


def test_several_formats_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old", encoding="utf-8")
    for name in ("file", "plan.md"):
        with pytest.raises(OutputError, match="dossier"):
            export(make_plan(), "json,markdown", tmp_path / name)
    for wrong in ("json,docx", "json,", "", []):
        with pytest.raises(UsageError, match="Format"):
            export(make_plan(), wrong, tmp_path / "out")
    with pytest.raises(UsageError, match="siret"):
        export(make_plan(), "json,html", tmp_path / "out", siret="1")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


class TestLoad:
    """Plans read back from files."""

    def test_a_missing_file(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none.json", tmp_path):
            with pytest.raises(InputNotFoundError):
                load_plan(path)

    @pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff\xfe", b'{"schema_version": "9.0"}', b"%PDF-1.7"])
    def test_something_else(self, data: bytes, tmp_path: Path) -> None:
        (tmp_path / "x.json").write_bytes(data)
        with pytest.raises(InputError, match=r"x\.json"):
            load_plan(tmp_path / "x.json")

    def test_more_than_one(self, tmp_path: Path) -> None:
        export([make_plan(), make_bare_plan()], "jsonl", tmp_path / "x.jsonl")
        assert len(load_plans(tmp_path / "x.jsonl")) == 2
        with pytest.raises(InputError, match="2 plans"):
            load_plan(tmp_path / "x.jsonl")

    def test_a_byte_order_mark(self, tmp_path: Path) -> None:
        (tmp_path / "x.json").write_bytes(b"\xef\xbb\xbf" + make_plan().to_json().encode())
        assert load_plan(tmp_path / "x.json") == make_plan()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Clairval : à pied / à vélo", "Clairval-a-pied-a-velo"), ("../../etc/passwd", "etc-passwd"), ("", "plan"),
        (None, "plan"), ("…", "plan"), ("CON", "_CON"), ("aux.json", "_aux.json"), ("Cœur de ville", "Coeur-de-ville"),
        ("-rf .", "rf"), ("a\x00b\nc", "a-b-c"), ("x" * 300, "x" * 80),
    ],
)
def test_file_names(title: str | None, name: str) -> None:
    assert safe_name(title) == name


@given(st.text())
def test_any_title_makes_a_safe_name(title: str) -> None:
    name = safe_name(title)
    assert name.isascii()
    assert 0 < len(name) <= 81
    assert not set(name) & set('/\\:*?"<>|\0 ')
    assert not name.startswith((".", "-"))


def test_the_outputs_are_imported_light() -> None:
    heavy = "'openpyxl','pyarrow','icalendar','pandas','spacy','pdfplumber'"
    code = f"import sys, bilan_extract.outputs as o; print([m for m in ({heavy}) if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
