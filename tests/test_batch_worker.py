"""The process that converts: what it reads, what it refuses, and the name that each exception gets."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

import pytest
from batches import small_pdf

from bilan_extract.batch import worker
from bilan_extract.batch.errors import InputChangedError
from bilan_extract.batch.task import FAILED, OK, OUT_OF_MEMORY, REFUSED, Task
from bilan_extract.batch.worker import convert, read_steadily, shown
from bilan_extract.errors import EncryptedError, InputError, InputNotFoundError


def _convert(path: Path, staging: Path) -> tuple[Any, list[Any]]:
    told: list[Any] = []
    return convert(Task("a.json", str(path), str(staging)), {}, told.append, 1 << 30), told


def test_a_document_becomes_a_staged_plan(tmp_path: Path) -> None:
    data = small_pdf(1)
    (tmp_path / "a.pdf").write_bytes(data)
    outcome, told = _convert(tmp_path / "a.pdf", tmp_path)
    digest = hashlib.sha256(data).hexdigest()
    assert outcome.status in (OK, "warnings")
    assert (outcome.pages, outcome.input_sha256, outcome.input_bytes) == (1, digest, len(data))
    assert told == [{"event": "read", "input_sha256": digest, "input_bytes": len(data)}]
    assert hashlib.sha256(Path(outcome.staged).read_bytes()).hexdigest() == outcome.output_sha256
    assert '"name": "a.pdf"' in Path(outcome.staged).read_text(encoding="utf-8")


def _raising(error: BaseException) -> Any:
    def extract(*_: Any, **__: Any) -> None:
        raise error

    return extract


def _chained(cause: BaseException) -> InputError:
    error = EncryptedError("le PDF est illisible")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (EncryptedError("protégé"), FAILED, "encrypted"),
        (ZeroDivisionError("division"), FAILED, "internal"),
        (RecursionError("deep"), FAILED, "internal"),
        (SystemExit(3), FAILED, "internal"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), FAILED, "internal"),
        (MemoryError(), OUT_OF_MEMORY, "out_of_memory"),
        (_chained(MemoryError()), OUT_OF_MEMORY, "out_of_memory"),
    ],
)
def test_every_exception_has_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: str, code: str
) -> None:
    (tmp_path / "a.pdf").write_bytes(small_pdf(1))
    monkeypatch.setattr("bilan_extract.pipeline.extract", _raising(error))
    outcome, _ = _convert(tmp_path / "a.pdf", tmp_path)
    assert (outcome.status, outcome.code) == (status, code)
    assert outcome.message
    assert (outcome.where is not None) == (code == "internal")


def test_an_output_folder_that_refuses_is_no_fault_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(small_pdf(1))
    outcome, _ = _convert(tmp_path / "a.pdf", tmp_path / "gone")
    assert outcome.status == REFUSED
    assert "disparu" in outcome.message
    assert not str(tempfile.tempdir).startswith(str(tmp_path))  # a thread of Dask's goes on with its own


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError):
        read_steadily(str(tmp_path / "rien.pdf"))
    with pytest.raises(InputNotFoundError):
        read_steadily(str(tmp_path))
    os.mkfifo(tmp_path / "tube.pdf")
    with pytest.raises(InputError, match="fichier ordinaire"):
        read_steadily(str(tmp_path / "tube.pdf"))


def test_a_file_that_is_being_written_is_read_when_it_is_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"1")
    monkeypatch.setattr(worker, "PAUSE", 0.0)
    real, calls = os.fstat, []

    def fstat(descriptor: int) -> os.stat_result:
        calls.append(descriptor)
        if len(calls) % 2 == 0 and len(calls) <= rounds * 2:
            with path.open("ab") as file:
                file.write(b"2")
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", fstat)
    rounds = 2
    assert read_steadily(str(path)) == b"122"
    calls.clear()
    rounds = 9
    with pytest.raises(InputChangedError):
        read_steadily(str(path))


def test_paths_that_are_no_utf8_can_be_shown() -> None:
    assert shown("bilan-\udce9.pdf") == "bilan-\\xe9.pdf"
    assert shown("été.pdf") == "été.pdf"


def test_network_and_programs_are_refused() -> None:
    program = """
        import os, socket, subprocess, urllib.request
        from bilan_extract.batch.worker import _forbid_reaching_out
        _forbid_reaching_out()
        def tries():
            yield lambda: socket.create_connection(("127.0.0.1", 9), 1)
            yield lambda: socket.getaddrinfo("localhost", 80)
            yield lambda: urllib.request.urlopen("http://127.0.0.1:9/")
            yield lambda: subprocess.run(["true"])
            yield lambda: os.system("true")
            yield lambda: os.fork()
            yield lambda: os.execv("/bin/true", ["true"])
        for attempt in tries():
            try:
                attempt()
            except PermissionError:
                continue
            raise SystemExit(1)
    """
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(p for p in sys.path if p))
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(program)], env=environment, check=False).returncode == 0


def test_only_the_program_that_reads_scans_may_start() -> None:
    assert worker._is_recognition("subprocess.Popen", ("x", ["/usr/bin/tesseract", "a"], None, None))
    assert not worker._is_recognition("subprocess.Popen", ("x", ["/bin/sh", "tesseract"], None, None))
    assert not worker._is_recognition("subprocess.Popen", ("x", "tesseract; rm", None, None))
    assert not worker._is_recognition("os.system", ("tesseract",))
