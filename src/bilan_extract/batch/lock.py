"""One run at a time in an output folder: a lock that the system lets go of however the run ends."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilan_extract.batch.errors import BusyError

NAME = "lock"


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Holds the folder whose state is kept in ``state``.

    Raises:
        BusyError: another run holds it; the sentence says which.
        OSError: the folder takes no file.
    """
    descriptor = os.open(state / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(descriptor):
            raise BusyError(f"un autre traitement écrit dans {state.parent}{_holder(descriptor)}")
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())
        yield
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def is_locked(state: Path) -> bool:
    """Whether a run holds the folder now."""
    try:
        descriptor = os.open(state / NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _take(descriptor)
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    """The lock goes with the open file: closed, by hand or by the system after a kill, it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # past what is written, which others may read
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(descriptor: int) -> str:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        told = json.loads(os.read(descriptor, 4096))
        return f" (processus {told['pid']} sur {told['host']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
