"""Nouns of the batch: what a worker is given and what it gives back. Both travel as JSON, between processes and
machines.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

OK, WARNINGS = "ok", "warnings"
FAILED, TIMED_OUT, OUT_OF_MEMORY = "failed", "timed_out", "out_of_memory"
SKIPPED = "skipped"
FINISHED = (OK, WARNINGS)
FAILURES = (FAILED, TIMED_OUT, OUT_OF_MEMORY)
#: The output folder refuses (full, read-only): no fault of the document, so the run ends and it is not journalled.
REFUSED = "refused"

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take.

    Attributes:
        seconds: from the moment a worker gets it, then the worker is killed.
        memory: bytes of the worker's resident memory; None for no limit.
        documents: a worker is replaced after so many.
    """

    seconds: float = 300.0
    memory: int | None = 2048 * MEGABYTE
    documents: int = 200


@dataclass(frozen=True, slots=True)
class Work:
    """What is the same for all documents of a run.

    Attributes:
        profile: the profile as JSON, so that workers elsewhere need no file.
        password: opens encrypted PDFs; given to workers, never written down.
        options: further keyword arguments of `extract`, each as JSON can hold it.
    """

    profile: str
    password: str | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """One document to convert.

    Attributes:
        key: its output's path below the output folder, with "/"; names the document in the journal.
        input: absolute path.
        staging: folder in which the worker leaves the plan, for the parent to put in its place.
    """

    key: str
    input: str
    staging: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one document ended.

    Attributes:
        status: one of this module's status names.
        input_sha256, input_bytes: of the bytes that were read, None where none could be.
        seconds: that it took.
        pages, warnings: counts, None where there is no plan.
        code, message, remedy: of the error; where: the line of code, for an internal one.
        staged, output_sha256: the plan's file in the staging folder, and its hash.
    """

    key: str
    status: str
    input_sha256: str | None = None
    input_bytes: int | None = None
    seconds: float = 0.0
    pages: int | None = None
    warnings: int | None = None
    code: str | None = None
    message: str | None = None
    remedy: str = ""
    where: str | None = None
    staged: str | None = None
    output_sha256: str | None = None


def killed_for_time(key: str, limit: float, **read: Any) -> Outcome:
    """The outcome of a document that took too long."""
    message = f"arrêté après {limit:g} s sans résultat"
    return Outcome(key, TIMED_OUT, code="timed_out", message=message, remedy="donnez-lui plus de temps avec --timeout", **read)


def out_of_memory(key: str, limit: int | None, **read: Any) -> Outcome:
    """The outcome of a document that asked for too much memory."""
    message = "demande plus de mémoire que permis" + (f" ({limit // MEGABYTE} Mo)" if limit else "")
    return Outcome(
        key,
        OUT_OF_MEMORY,
        code="out_of_memory",
        message=message,
        remedy="donnez-lui plus de mémoire avec --memory",
        **read,
    )


def crashed(key: str, how: str, *, short: bool = False, **read: Any) -> Outcome:
    """The outcome of a document during which the worker died again and again, ``short`` of memory perhaps."""
    message = f"le lecteur s'est arrêté brutalement à chaque essai ({how})"
    remedy = "essayez encore avec --retry-errors" + (" et plus de --memory" if short else "")
    remedy += " ; si cela se répète, signalez-le, avec le document"
    return Outcome(key, FAILED, code="crashed", message=message, remedy=remedy, **read)


def to_line(value: Any) -> bytes:
    """A dataclass or dict as one line of ASCII JSON; paths that are no UTF-8 keep their bytes as escapes."""
    data = value if isinstance(value, dict) else asdict(value)
    return json.dumps(data).encode("ascii") + b"\n"


def with_read(outcome: Outcome, read: dict[str, Any]) -> Outcome:
    """``outcome`` with hash and size of what was read, where it does not have them."""
    return outcome if outcome.input_sha256 else replace(outcome, **read)
