"""The journal, the lock, and what a kill leaves of them."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bilan_extract.batch import journal as journals
from bilan_extract.batch.errors import BusyError, JournalError
from bilan_extract.batch.journal import Journal, Record
from bilan_extract.batch.lock import is_locked, locked

ROW = Record("a/b.json", "/in/a/b.pdf", "ab" * 32, 12, "0.1.0", "{}", "default", "ok", 1.5, 3, 0, None, None, "cd" * 32)


def test_rows_come_back_as_they_went(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite")
    other = replace(ROW, output="é.json", status="failed", error_code="no_text", error="sans texte", output_sha256=None)
    journal.put([ROW, other])
    journal.put([replace(ROW, pages=4)])
    journal.note(documents="2")
    journal.close()
    again = Journal(tmp_path / "j.sqlite", read_only=True)
    assert again.get("a/b.json") == replace(ROW, pages=4)
    assert again.get("zzz") is None
    assert list(again.records(["failed"])) == [other]
    assert again.counts() == {"failed": 1, "ok": 1}
    assert again.totals() == (7, 3.0)
    assert again.notes() == {"documents": "2"}


def test_all_rows_or_none(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite")
    with pytest.raises(JournalError):
        journal.put([ROW, replace(ROW, output="x.json", status="perhaps")])
    assert journal.counts() == {}


def test_skipped_rows_are_those_of_the_last_run_and_replace_no_document(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite")
    journal.put([ROW])
    skipped = replace(ROW, output="~$x.pdf", status="skipped")
    journal.replace_skipped([skipped, replace(ROW, status="skipped")])
    assert journal.counts() == {"ok": 1, "skipped": 1}
    journal.replace_skipped([])
    assert journal.counts() == {"ok": 1}


def test_it_is_written_through_and_leaves_one_file(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite")
    journal.put([ROW])
    assert journal._db.execute("PRAGMA synchronous").fetchone() == (3,)
    assert journal._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert [path.name for path in tmp_path.iterdir()] == ["j.sqlite"]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_that_is_no_journal(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "j.sqlite").write_text("bonjour " * 500, encoding="utf-8")
    with pytest.raises(JournalError, match="abîmé") as caught:
        Journal(tmp_path / "j.sqlite", read_only=read_only)
    assert "renommez-le" in caught.value.remedy


def test_a_journal_whose_tables_are_others_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "j.sqlite") as db:
        db.execute("CREATE TABLE documents (output TEXT)")
    with pytest.raises(JournalError, match="abîmé"):
        Journal(tmp_path / "j.sqlite").get("a.json")


@pytest.mark.parametrize("read_only", [True, False])
def test_the_journal_of_a_newer_version_is_left_alone(tmp_path: Path, read_only: bool) -> None:
    Journal(tmp_path / "j.sqlite").put([ROW])
    with sqlite3.connect(tmp_path / "j.sqlite") as db:
        db.execute("PRAGMA user_version = 2")
    before = (tmp_path / "j.sqlite").read_bytes()
    with pytest.raises(JournalError, match="version plus récente") as caught:
        Journal(tmp_path / "j.sqlite", read_only=read_only)
    assert "à jour" in caught.value.remedy
    assert (tmp_path / "j.sqlite").read_bytes() == before


def test_a_journal_killed_before_its_first_table_reads_as_empty(tmp_path: Path) -> None:
    (tmp_path / "j.sqlite").write_bytes(b"")
    journal = Journal(tmp_path / "j.sqlite", read_only=True)
    assert (journal.counts(), journal.notes(), journal.get("a"), list(journal.records())) == ({}, {}, None, [])
    assert (tmp_path / "j.sqlite").read_bytes() == b""


def test_a_reader_that_takes_its_time_holds_no_writer_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(journals, "PAGE", 3)
    writer = Journal(tmp_path / "j.sqlite")
    writer.put(replace(ROW, output=f"{n:02}.json") for n in range(10))
    rows = Journal(tmp_path / "j.sqlite", read_only=True).records()
    first = next(rows)
    writer.put([replace(ROW, output="99.json")])
    assert [row.output for row in (first, *rows)] == [*(f"{n:02}.json" for n in range(10)), "99.json"]


def test_a_program_that_holds_the_journal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journals, "BUSY_SECONDS", 0.1)
    journal = Journal(tmp_path / "j.sqlite")
    other = sqlite3.connect(tmp_path / "j.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalError, match="un autre programme"):
        journal.put([ROW])
    other.execute("ROLLBACK")
    journal.put([ROW])


def test_a_disk_that_fills_under_the_journal_is_told(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite")
    journal._db.execute("PRAGMA max_page_count = 4")
    with pytest.raises(JournalError, match="le disque est plein") as caught:
        journal.put(replace(ROW, output=f"{n:05}.json") for n in range(500))
    assert "faites de la place" in caught.value.remedy
    assert journal.counts() == {}


def test_a_kill_in_the_middle_of_a_commit_is_rolled_back_even_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    Journal(path).put([ROW])
    program = f"""
import os, signal, sqlite3
db = sqlite3.connect({str(path)!r}, isolation_level=None)
db.execute("PRAGMA cache_size = 1"); db.execute("PRAGMA cache_spill = 1"); db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE documents SET status = 'failed'")
for n in range(3000):
    db.execute("INSERT INTO run VALUES (?, ?)", (str(n), "x" * 500))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -signal.SIGKILL
    assert (tmp_path / "j.sqlite-journal").exists()
    journal = Journal(path, read_only=True)
    assert journal.counts() == {"ok": 1}
    assert journal.notes() == {}


def test_a_newer_reader_finds_plain_sqlite(tmp_path: Path) -> None:
    Journal(tmp_path / "j.sqlite").put([ROW])
    with sqlite3.connect(tmp_path / "j.sqlite") as db:
        assert db.execute("SELECT status FROM documents WHERE output = 'a/b.json'").fetchone() == ("ok",)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_second_run_is_refused_and_told_who_holds_the_folder(tmp_path: Path) -> None:
    assert not is_locked(tmp_path)
    with locked(tmp_path):
        assert is_locked(tmp_path)
        with pytest.raises(BusyError, match=f"processus {os.getpid()} sur"), locked(tmp_path):
            pass
    assert not is_locked(tmp_path)
    with locked(tmp_path):
        pass


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from bilan_extract.batch.lock import locked
with locked(Path({str(tmp_path)!r})):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(p for p in sys.path if p))
    ended = subprocess.run([sys.executable, "-c", program], check=False, env=environment)
    assert ended.returncode == -signal.SIGKILL
    assert (tmp_path / "lock").read_bytes()
    with locked(tmp_path):
        pass
