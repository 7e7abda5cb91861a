"""What the batch tests share: small documents, and the command as a process of its own."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from hostile.builders import PAGE_TEXT, page

from bilan_extract.batch.journal import Journal, Record


def small_pdf(number: int) -> bytes:
    """A one-page PDF like no other of another number."""
    return page(PAGE_TEXT + b" BT /F1 10 Tf 72 400 Td (Action %d : un abri pour %d bicyclettes) Tj ET" % (number, number))


def slow_text() -> bytes:
    """A text layer that takes minutes."""
    return b"mot\n" * 4_000_000


def write_small(folder: Path, count: int) -> None:
    """That many small PDFs in two folders."""
    for number in range(count):
        path = folder / ("a" if number % 2 else "b") / f"acte-{number:05}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(small_pdf(number))


def command(*arguments: object) -> list[str]:
    """The command line that converts many documents."""
    return [sys.executable, "-m", "bilan_extract", "convert", *map(str, arguments)]


def start(*arguments: object) -> subprocess.Popen[str]:
    """The command, started as from a terminal: where the suite runs in the background, an interrupt is passed on as ignored."""
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(p for p in sys.path if p))
    pipe = subprocess.PIPE
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            command(*arguments), stdout=pipe, stderr=pipe, text=True, env=environment, start_new_session=True
        )
    finally:
        signal.signal(signal.SIGINT, heeded)


def finish(*arguments: object) -> tuple[int, str]:
    """Exit code and standard error of the command."""
    process = start(*arguments)
    _, said = process.communicate(timeout=600)
    return process.returncode, said


def files_of(out: Path) -> dict[str, str]:
    """Hash of every file of an output folder but the journal and the lock."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix not in (".sqlite", "") and not path.name.startswith("journal")
    }


def records_of(out: Path) -> dict[str, Record]:
    """The journal's rows by output."""
    journal = Journal(out / "journal.sqlite", read_only=True)
    try:
        return {record.output: record for record in journal.records()}
    finally:
        journal.close()


def judged(out: Path) -> dict[str, tuple[object, ...]]:
    """The journal's rows without what time changes."""
    return {
        key: (record.input, record.input_sha256, record.status, record.pages, record.error_code, record.output_sha256)
        for key, record in records_of(out).items()
    }


def error_of(path: Path) -> dict[str, object]:
    """An error file."""
    told: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return told
