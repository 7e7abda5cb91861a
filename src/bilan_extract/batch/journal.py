"""The journal: an SQLite file in the output folder that says of each document how it ended and from what.

A row is committed after the file it speaks of is in its place and on the disk, so that after a kill or a power cut a
row is never ahead of its file: at worst a finished file has no row yet, and is made again, the same. A rollback
journal and synchronous=EXTRA, not WAL: this works on network shares, and leaves one single file behind.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from bilan_extract.batch.errors import JournalError

SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  output        TEXT PRIMARY KEY,
  input         TEXT NOT NULL,
  input_sha256  TEXT,
  input_bytes   INTEGER,
  version       TEXT NOT NULL,
  options       TEXT NOT NULL,
  profile       TEXT NOT NULL,
  status        TEXT NOT NULL
    CHECK (status IN ('ok', 'warnings', 'failed', 'timed_out', 'out_of_memory', 'skipped')),
  seconds       REAL,
  pages         INTEGER,
  warnings      INTEGER,
  error_code    TEXT,
  error         TEXT,
  output_sha256 TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS run (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
VERSION = 1  # of the table's form
BUSY_SECONDS = 120.0  # that a writer waits for readers: ours let go at once, others may not
PAGE = 1000  # rows read at a time


@dataclass(frozen=True, slots=True)
class Record:
    """One row: see docs/batch.md for each column."""

    output: str
    input: str
    input_sha256: str | None
    input_bytes: int | None
    version: str
    options: str
    profile: str
    status: str
    seconds: float | None = None
    pages: int | None = None
    warnings: int | None = None
    error_code: str | None = None
    error: str | None = None
    output_sha256: str | None = None


COLUMNS = tuple(f.name for f in fields(Record))
_PUT = f"INSERT OR REPLACE INTO documents ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_ALL = f"SELECT {', '.join(COLUMNS)} FROM documents"


class Journal:
    """The journal at ``path``, made where there is none.

    Raises:
        JournalError: it cannot be opened, read or written, or a newer version wrote it.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        with self._errors():
            self._db = _open(path, read_only)
            self._refuse_newer()
            if read_only:
                self._stand_in()
            else:
                self._db.execute("PRAGMA journal_mode = DELETE")
                self._db.execute("PRAGMA synchronous = EXTRA")  # FULL, and the folder is synced too
                self._db.executescript(SCHEMA)
                self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _refuse_newer(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            self._db.close()
            error = JournalError(f"le journal {self.path} vient d'une version plus récente de bilan-extract")
            error.remedy = "mettez bilan-extract à jour, ou choisissez un autre dossier de sortie"
            raise error

    def _stand_in(self) -> None:
        """Empty tables of this connection's own for a reader of a file whose writer was killed before it made any."""
        if self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone() == (0,):
            self._db.executescript(SCHEMA.replace("CREATE TABLE", "CREATE TEMP TABLE"))

    def put(self, records: Iterable[Record]) -> None:
        """Adds or replaces rows, all of them or none; on the disk before this returns."""
        with self._errors(), self._transaction():
            self._db.executemany(_PUT, map(astuple, records))

    def replace_skipped(self, records: Iterable[Record]) -> None:
        """The files that this run leaves out, instead of those of the last one; rows of documents stay."""
        with self._errors(), self._transaction():
            self._db.execute("DELETE FROM documents WHERE status = 'skipped'")
            self._db.executemany(_PUT.replace("REPLACE", "IGNORE"), map(astuple, records))

    def note(self, **facts: str) -> None:
        """Facts about the last run, by name."""
        with self._errors(), self._transaction():
            self._db.executemany("INSERT OR REPLACE INTO run VALUES (?, ?)", facts.items())

    def notes(self) -> dict[str, str]:
        """What `note` was told."""
        with self._errors():
            return dict(self._db.execute("SELECT name, value FROM run ORDER BY name"))

    def get(self, output: str) -> Record | None:
        """The row of that output."""
        with self._errors():
            row = self._db.execute(f"{_ALL} WHERE output = ?", (output,)).fetchone()
        return None if row is None else Record(*row)

    def records(self, statuses: Iterable[str] = ()) -> Iterator[Record]:
        """All rows in order of their outputs, or those of some statuses, one by one.

        They are read some at a time, and the file is let go of in between: while a reader holds it, no run can write.
        """
        wanted = tuple(statuses)
        among = f" AND status IN ({', '.join('?' * len(wanted))})" if wanted else ""
        after = ""  # no output has an empty name
        while True:
            with self._errors():
                query = f"{_ALL} WHERE output > ?{among} ORDER BY output LIMIT {PAGE}"
                rows = self._db.execute(query, (after, *wanted)).fetchall()
            yield from (Record(*row) for row in rows)
            if len(rows) < PAGE:
                return
            after = rows[-1][0]

    def counts(self) -> dict[str, int]:
        """How many rows of each status there are."""
        with self._errors():
            return dict(self._db.execute("SELECT status, count(*) FROM documents GROUP BY status ORDER BY status"))

    def totals(self) -> tuple[int, float]:
        """Pages and seconds of all documents."""
        with self._errors():
            row = self._db.execute("SELECT total(pages), total(seconds) FROM documents").fetchone()
        return int(row[0]), float(row[1])

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _told(self.path, error) from error


def _told(path: Path, error: sqlite3.Error) -> JournalError:
    """What SQLite's error means for the person at the command, and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what extends it
    if code == sqlite3.SQLITE_FULL:
        why, remedy = "le disque est plein", "faites de la place et relancez la même commande : ce qui est fini y est"
    elif code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        why, remedy = "un autre programme le tient ouvert", "fermez-le et relancez la même commande : ce qui est fini y est"
    elif code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH):
        why = "il est abîmé, ou n'est pas un journal"
        remedy = "renommez-le et relancez la même commande : tout sera converti à nouveau"
    elif code == sqlite3.SQLITE_READONLY:
        why, remedy = "il est protégé contre l'écriture", "rétablissez vos droits sur le dossier, ou choisissez-en un autre"
    else:
        why, remedy = f"SQLite : {error}", "vérifiez le disque et vos droits sur le dossier"
    told = JournalError(f"le journal {path} ne peut être lu ou écrit ({why})")
    told.remedy = remedy
    return told


def _open(path: Path, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    address = f"{Path(os.path.abspath(path)).as_uri()}?mode={mode}"
    db = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    db.execute("PRAGMA trusted_schema = OFF")
    if read_only:
        try:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError:  # killed in the middle of a commit: rolling it back needs to write
            db.close()
            address = address.replace("mode=ro", "mode=rw")
            db = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    return db
