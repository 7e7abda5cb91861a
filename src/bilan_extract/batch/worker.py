"""The process that converts documents, one after the other, until its parent closes the pipe.

One line of JSON comes in for each document, two go out: that it was read (with the hash of its bytes), and how it
ended. The plan itself goes into the staging folder; only the parent puts files in their places. What documents make
libraries print goes nowhere, network and further processes are refused, and a document's exception never ends more
than that document.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import importlib
import io
import json
import os
import queue
import signal
import stat
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bilan_extract.batch.errors import InputChangedError
from bilan_extract.batch.task import FAILED, OK, REFUSED, WARNINGS, Outcome, Task, Work, out_of_memory, to_line
from bilan_extract.errors import BilanError, InputError, InputNotFoundError

READ_ATTEMPTS = 3
PAUSE = 0.2  # seconds between two attempts at a file that is being written
LONGEST_MESSAGE = 300
# what a document could only want in order to reach out of the process
_FORBIDDEN = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "urllib.Request",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.fork",
        "os.forkpty",
        "pty.spawn",
        "os.startfile",
    }
)

Tell = Callable[[Any], None]


class _NamedBytes(io.BytesIO):
    """The bytes that were hashed, with the name of the file they came from."""

    name = ""


def main() -> None:
    """Converts what comes in on standard input. The first line tells what is the same for all: Work and limits."""
    lines, channel = _take_over()

    def tell(value: Any) -> None:
        channel.write(to_line(value))
        channel.flush()

    try:
        setup = json.loads(next(lines))
        _die_with(setup.pop("parent"))
        memory = setup.pop("memory")
        options = _options(Work(**setup))
        _forbid_reaching_out()
        _limit_memory(memory)
    except Exception as error:
        tell({"event": "broken", "message": f"{type(error).__name__}: {error}"[:LONGEST_MESSAGE]})
        return
    tell({"event": "ready"})
    for line in lines:
        outcome = convert(Task(**json.loads(line)), options, tell, memory)
        tell({"event": "done", "outcome": json.loads(to_line(outcome))})


def _take_over() -> tuple[Iterator[bytes], BinaryIO]:
    """The pipes to the parent, out of reach of anything that prints. When the parent goes, so does this process."""
    channel = os.fdopen(os.dup(1), "wb")
    source = os.fdopen(os.dup(0), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    incoming: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def listen() -> None:
        for line in source:
            incoming.put(line)
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    return iter(incoming.get, None), channel


def _die_with(parent: int) -> None:
    """Linux: killed with the parent even while busy in C code. Elsewhere the closed pipe does it, between two steps."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(0)


def _options(work: Work) -> dict[str, Any]:
    """The keyword arguments of `extract`. Imports the pipeline, so that no document pays for it."""
    from bilan_extract.profile import Profile

    importlib.import_module("bilan_extract.pipeline")
    return {**work.options, "profile": Profile.model_validate_json(work.profile), "password": work.password}


def _forbid_reaching_out() -> None:
    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FORBIDDEN and not _is_recognition(event, arguments):
            raise PermissionError(f"{event} is refused while documents are read")

    sys.addaudithook(refuse)


def _is_recognition(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether the program to start is the one that reads scans: the only one that reading ever needs."""
    if event != "subprocess.Popen" or not isinstance(arguments[1], list | tuple) or not arguments[1]:
        return False
    return Path(os.fsdecode(arguments[1][0])).stem == "tesseract"


def _limit_memory(limit: int | None) -> None:
    """Caps the address space at what is taken now plus ``limit`` bytes, so that a bomb ends in a MemoryError."""
    if limit is None or sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        with open("/proc/self/statm", "rb") as statm:
            taken = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + limit, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def convert(task: Task, options: dict[str, Any], tell: Tell, memory: int | None = None) -> Outcome:
    """One document from its path to its plan in the staging folder; whatever goes wrong is in the outcome.

    Args:
        task: the document.
        options: keyword arguments of `extract`.
        tell: called once the bytes are read, with their hash and size.
        memory: the limit in bytes, for the sentence that says it was passed.
    """
    started = time.perf_counter()
    read: dict[str, Any] = {}
    usual, tempfile.tempdir = tempfile.tempdir, task.staging  # whatever reading has to put down goes with the run
    try:
        data = read_steadily(task.input)
        read = {"input_sha256": hashlib.sha256(data).hexdigest(), "input_bytes": len(data)}
        tell({"event": "read", **read})
        text, pages, warnings = _plan_of(data, task.input, options)
        del data
        staged, digest = _stage(task, text)
        status = WARNINGS if warnings else OK
        outcome = Outcome(
            task.key,
            status,
            pages=pages,
            warnings=warnings,
            staged=staged,
            output_sha256=digest,
            seconds=_since(started),
            **read,
        )
    except _StagingError as error:
        outcome = Outcome(task.key, REFUSED, code="output", message=str(error), **read)
    except BaseException as error:
        outcome = _failure(task.key, error, memory, seconds=_since(started), **read)
    finally:
        tempfile.tempdir = usual
    return outcome


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)


def read_steadily(path: str) -> bytes:
    """The bytes of a regular file that nobody was writing meanwhile.

    Raises:
        InputNotFoundError: there is none, or a folder.
        InputChangedError: it changed each time it was read.
        InputError: it cannot be read, or is no regular file.
    """
    name = shown(path)
    try:
        for _ in range(READ_ATTEMPTS):
            mode = os.stat(path).st_mode
            if stat.S_ISDIR(mode):
                raise InputNotFoundError(f"{name} est un dossier, pas un fichier")
            if not stat.S_ISREG(mode):
                raise InputError(f"{name} n'est pas un fichier ordinaire")
            with open(path, "rb") as file:
                before = os.fstat(file.fileno())
                data = file.read()
                after = os.fstat(file.fileno())
            unchanged = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
            if unchanged and len(data) == after.st_size:
                return data
            time.sleep(PAUSE)
    except FileNotFoundError as error:
        raise InputNotFoundError(f"fichier introuvable : {name}") from error
    except OSError as error:
        raise InputError(f"{name} : lecture impossible ({why_unreadable(error)})") from error
    raise InputChangedError(f"{name} change pendant qu'il est lu")


def shown(path: str) -> str:
    """The path as UTF-8 can write it: bytes that are none become escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _plan_of(data: bytes, path: str, options: dict[str, Any]) -> tuple[bytes, int, int]:
    from bilan_extract.pipeline import extract

    source = _NamedBytes(data)
    source.name = shown(os.path.basename(path))
    plan = extract(source, **options)
    return plan.to_json().encode("utf-8"), plan.document.source.pages, len(plan.warnings)


class _StagingError(Exception):
    """The output folder takes no file."""


def _stage(task: Task, text: bytes) -> tuple[str, str]:
    """Path and hash of the plan's file, on the disk before this returns."""
    name = f"{hashlib.sha256(shown(task.key).encode()).hexdigest()[:32]}-{os.getpid()}-{os.urandom(4).hex()}.json"
    path = os.path.join(task.staging, name)
    try:
        write_synced(path, text)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise _StagingError(why_refused(error)) from error
    return path, hashlib.sha256(text).hexdigest()


def why_unreadable(error: OSError) -> str:
    """Why a file or folder cannot be read."""
    known = {
        errno.ENOENT: "rien ne porte ce nom",
        errno.EACCES: "accès refusé",
        errno.EPERM: "accès refusé",
        errno.EIO: "le disque ne répond pas",
        errno.ENAMETOOLONG: "nom trop long",
        errno.ENOTDIR: "un des dossiers du chemin est un fichier",
        errno.EISDIR: "c'est un dossier",
        errno.ELOOP: "les liens tournent en rond",
        errno.ESTALE: "le partage a changé",
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def why_refused(error: OSError) -> str:
    """Why the output folder takes no file."""
    known = {
        errno.ENOSPC: "le disque est plein",
        errno.EDQUOT: "le quota de disque est atteint",
        errno.EROFS: "le disque est en lecture seule",
        errno.EACCES: "accès refusé",
        errno.EPERM: "accès refusé",
        errno.ENOENT: "le dossier a disparu",
        errno.EIO: "le disque ne répond pas",
        errno.ENAMETOOLONG: "nom trop long",
        errno.EINVAL: "ce disque ne permet pas ce nom",
        errno.ENOTDIR: "un des dossiers du chemin est un fichier",
        errno.EISDIR: "un dossier porte déjà ce nom",
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def write_synced(path: str, data: bytes) -> None:
    """A new file with ``data``, on the disk before this returns. Raises OSError."""
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _failure(key: str, error: BaseException, memory: int | None, **read: Any) -> Outcome:
    """What an exception says about the document; an unforeseen one is "internal"."""
    if any(isinstance(cause, MemoryError) for cause in _causes(error)):
        return out_of_memory(key, memory, **read)
    if isinstance(error, BilanError):
        return Outcome(key, FAILED, code=error.code, message=_tidy(str(error)), remedy=error.remedy, **read)
    message = f"erreur imprévue du programme ({type(error).__name__} : {_tidy(str(error))})"
    remedy = "signalez-la, avec le document"
    return Outcome(key, FAILED, code="internal", message=message, remedy=remedy, where=_where(error), **read)


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    chain: BaseException | None = error
    while chain is not None and id(chain) not in seen:
        seen.add(id(chain))
        yield chain
        yield from (a for a in chain.args if isinstance(a, BaseException))
        chain = chain.__cause__ or chain.__context__


def _tidy(message: str) -> str:
    return shown(" ".join(message.split()))[:LONGEST_MESSAGE]


def _where(error: BaseException) -> str | None:
    """ "words.py:212 _word": the innermost line of our own code, and of anyone's."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return None
    own = [frame for frame in frames if "bilan_extract" in frame.filename]
    places = [f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in (*own[-1:], frames[-1])]
    return " > ".join(dict.fromkeys(places))


if __name__ == "__main__":
    main()
