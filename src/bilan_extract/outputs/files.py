"""Files on their way out: names that are safe everywhere, and writing that leaves the old file or the new one."""

from __future__ import annotations

import importlib
import io
import os
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from bilan_extract.errors import OutputError, UsageError
from bilan_extract.patterns import lazy

if TYPE_CHECKING:
    from bilan_extract.plan import Plan

LONGEST_NAME = 80
# "Clairval : à pied / à vélo" -> "Clairval-a-pied-a-velo"
UNSAFE_IN_NAME = lazy(r"[^A-Za-z0-9._]+")
# names that Windows keeps for devices, whatever the ending: "con", "LPT1.csv"
DEVICE_NAME = lazy(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
#: The time that every entry of a written zip file (xlsx) carries: the first that the format knows.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def safe_name(title: str | None, otherwise: str = "plan") -> str:
    """``title`` as a file name without ending: ASCII, at most 80 signs, ``otherwise`` if none are left."""
    folded = unicodedata.normalize("NFKD", title or "").replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae")
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    name = UNSAFE_IN_NAME.sub("-", plain).strip("-.")[:LONGEST_NAME].strip("-.")
    if not name:
        return otherwise
    return f"_{name}" if DEVICE_NAME.match(name) else name


def plan_names(plans: Sequence[Plan]) -> list[str]:
    """A file name for each plan, from its title (else the act's, its number, the source's name), each only once."""
    from bilan_extract.places import document_id

    names = []
    for plan in plans:
        act = plan.document
        names.append(safe_name(plan.title or act.title or act.number or Path(act.source.name or "").stem))
    counts = Counter(name.casefold() for name in names)
    return [
        f"{name}-{document_id(plan)}" if counts[name.casefold()] > 1 else name
        for name, plan in zip(names, plans, strict=True)
    ]


def reason(error: OSError) -> str:
    """Why the system refused, in a few French words where we have them."""
    known: dict[type[OSError], str] = {
        PermissionError: "accès refusé",
        FileNotFoundError: "le dossier n'existe pas",
        NotADirectoryError: "un des dossiers du chemin est un fichier",
        IsADirectoryError: "c'est un dossier",
        FileExistsError: "un fichier porte déjà ce nom",
    }
    return known.get(type(error)) or error.strerror or str(error)


@contextmanager
def writing_errors(path: Path) -> Iterator[None]:
    """Whatever the system refuses inside becomes one OutputError that names ``path``."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"Impossible d'écrire {path} : {reason(error)}.") from error


def write_beside(path: Path, fill: Callable[[Path], None]) -> Path:
    """Let ``fill`` make a file beside ``path``, then put it in its place in one step.

    Raises:
        OutputError: the system refused; ``path`` is then as it was before.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with writing_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fill(part)
            _sync(part)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    return path


def write_bytes(path: Path, data: bytes) -> Path:
    """Write ``data`` to ``path`` in one step. Raises OutputError where the system refuses."""
    return write_beside(path, lambda part: _write(part, data))


def write_text(path: Path, text: str) -> Path:
    """Write ``text`` as UTF-8 to ``path`` in one step. Raises OutputError where the system refuses."""
    return write_bytes(path, text.encode("utf-8", errors="replace"))


def _write(part: Path, data: bytes) -> None:
    part.write_bytes(data)


def _sync(part: Path) -> None:
    with part.open("rb") as handle:
        os.fsync(handle.fileno())


def make_folder(path: Path) -> Path:
    """The folder at ``path``, made where it is not there. Raises OutputError where the system refuses."""
    with writing_errors(path):
        path.mkdir(parents=True, exist_ok=True)
    return path


def repack(data: bytes, replace: dict[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """A zip file with the same entries in the same order, without the times at which they were made.

    Args:
        data: the zip file.
        replace: by entry name, what to make of its content.
    """
    changes = replace or {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            change = changes.get(info.filename)
            entry = zipfile.ZipInfo(info.filename, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, change(content) if change else content)
    return out.getvalue()


def need(module: str, extra: str) -> ModuleType:
    """The module, imported. Raises UsageError, with the command that installs it, where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise UsageError(
            f"Ce format demande {package}, qui n'est pas installé : pip install 'bilan-extract[{extra}]'"
        ) from error
