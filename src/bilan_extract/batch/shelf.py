"""The output folder: puts finished files in their places, in one step each, and nowhere else."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from bilan_extract.batch.inputs import STATE, error_key
from bilan_extract.batch.task import Outcome
from bilan_extract.batch.worker import shown, why_refused, write_synced
from bilan_extract.errors import OutputError

#: Refusals that will not go away with the next document.
_LASTING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class PlaceError(Exception):
    """This one file cannot be put in its place; others can."""


class Shelf:
    """The folder ``out`` while a run holds it.

    Raises:
        OutputError: from any method, where the folder takes no more files.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self.state = out / STATE
        self.staging = self.state / f"staging-{os.getpid()}-{os.urandom(4).hex()}"
        self._unsynced: set[str] = set()
        self._root = os.path.realpath(out)

    def open(self) -> None:
        """Removes what killed runs were writing, and makes room for this one."""
        with self.refusals():
            for old in self.state.glob("staging-*"):
                shutil.rmtree(old, ignore_errors=True)
            self.staging.mkdir()

    def close(self) -> None:
        """Removes what is not finished."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def place(self, outcome: Outcome) -> None:
        """The staged plan takes its place, and an error told there before goes. Raises PlaceError."""
        assert outcome.staged is not None
        with self._refusals_of(outcome.key):
            os.replace(outcome.staged, self._target(outcome.key))
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self._target(error_key(outcome.key)))

    def set_aside(self, key: str) -> str:
        """Renames what stands in a place to the first free name after it ("a.json.bak", "a.json.bak2"). Raises PlaceError."""
        with self._refusals_of(key):
            path = self._target(key)
            free = next(name for n in itertools.count(1) if not os.path.lexists(name := f"{path}.bak{n if n > 1 else ''}"))
            os.rename(path, free)
        return os.path.relpath(free, self.out)

    def tell_error(self, outcome: Outcome, source: str, version: str, *, drop_plan: bool) -> None:
        """Writes the error beside where the plan would be; an older plan goes with ``drop_plan``. Raises PlaceError."""
        told = {
            "input": shown(source),
            "status": outcome.status,
            "code": outcome.code,
            "message": outcome.message,
            "remedy": outcome.remedy,
            "where": outcome.where,
            "input_sha256": outcome.input_sha256,
            "version": version,
        }
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        staged = self.staging / f"error-{os.urandom(8).hex()}"
        with self._refusals_of(outcome.key):
            write_synced(str(staged), text.encode("utf-8", "backslashreplace"))
            os.replace(staged, self._target(error_key(outcome.key)))
            if drop_plan:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self._target(outcome.key))

    def sync(self) -> None:
        """All that was placed is on the disk when this returns."""
        with self.refusals():
            for folder in self._unsynced:
                _sync_folder(folder)
        self._unsynced.clear()

    def _target(self, key: str) -> str:
        """The path of ``key``, its folder made. What a link would lead out of the output folder is refused."""
        path = os.path.join(self.out, *key.split("/"))
        folder = os.path.dirname(path)
        missing = folder
        while not os.path.isdir(missing) and missing != os.path.dirname(missing):
            missing = os.path.dirname(missing)
            self._unsynced.add(missing)
        if not Path(os.path.realpath(folder)).is_relative_to(self._root):
            raise PlaceError("un lien mène hors du dossier de sortie")
        os.makedirs(folder, exist_ok=True)
        self._unsynced.add(folder)
        return path

    @contextlib.contextmanager
    def _refusals_of(self, key: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _LASTING:
                raise refusal(self.out, why_refused(error)) from error
            raise PlaceError(f"{shown(key)} ne peut être écrit : {why_refused(error)}") from error

    @contextlib.contextmanager
    def refusals(self) -> Iterator[None]:
        """Whatever the system refuses inside becomes an OutputError that names the folder."""
        try:
            yield
        except OSError as error:
            raise refusal(self.out, why_refused(error)) from error


def refusal(out: Path, why: str) -> OutputError:
    """The error of a folder that takes no more files."""
    error = OutputError(f"Impossible d'écrire dans {out} : {why}")
    error.remedy = "ce qui est fini est au journal ; remédiez-y et relancez la même commande"
    return error


def _sync_folder(folder: str) -> None:
    if sys.platform == "win32":
        return  # folders cannot be synced there, nor need they be
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(path: str | os.PathLike[str]) -> str | None:
    """SHA-256 of a file, None where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def takes_names_alike(state: Path) -> bool:
    """Whether the file system takes upper and lower case for the same name."""
    return (state.parent / state.name.upper()).exists()
