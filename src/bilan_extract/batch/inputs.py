"""Which documents a run is about, and where each result goes.

Outputs mirror the inputs' tree: an input's path below the base becomes its result's path below the output folder,
with the ending ".json". The base is the deepest folder that holds everything that was named, unless one is given.
"""

from __future__ import annotations

import codecs
import glob
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from bilan_extract.batch.errors import CollisionError
from bilan_extract.batch.manifest import Row, below, read_manifest
from bilan_extract.batch.worker import shown, why_unreadable
from bilan_extract.errors import InputError, InputNotFoundError, UsageError

STDIN_LIST = "@-"
ERROR_ENDING = ".error.json"
STATE = ".bilan-extract"  # the folder of a run's lock and of what it is writing
JOURNAL = "journal.sqlite"
JOURNAL_NAMES = (JOURNAL, f"{JOURNAL}-journal")
_OURS = (".json", *JOURNAL_NAMES)
# endings that a result's name does not keep: "12.3 bilan.pdf" gives "12.3 bilan.json"
_ENDINGS = (".pdf", ".txt")
# bytes of a file name that leave room for ".error.json"
_LONGEST = 255 - len(ERROR_ENDING)
# "~$bilan.pdf" (Word), ".~lock.bilan.pdf#" (LibreOffice), "bilan.pdf.crdownload" (a download under way)
_TEMPORARY_STARTS = ("~$", ".~lock.")
_TEMPORARY_ENDS = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", "~")


@dataclass(frozen=True, slots=True)
class Found:
    """One document: its absolute path and its result's path below the output folder, with "/"."""

    path: str
    key: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that was left out: its absolute path, and why."""

    path: str
    reason: str


@dataclass(slots=True)
class Inputs:
    """All documents of a run in order of their keys; the files left out; how many of other kinds folders held."""

    base: str
    found: list[Found] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    others: int = 0


@dataclass(slots=True)
class _Search:
    """What has been collected so far: paths in order, each once; the folders that hold what was named."""

    out: str
    paths: dict[str, None] = field(default_factory=dict)
    roots: dict[str, None] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    others: int = 0

    def add(self, path: str, root: str) -> None:
        """Takes in one file, or says why not."""
        reason = why_passed(os.path.basename(path))
        if reason is None:
            self.paths[path] = None
            self.roots[root] = None
        else:
            self.passed[path] = reason


def collect(
    arguments: Sequence[str],
    out: Path,
    *,
    base: str | None = None,
    stdin: BinaryIO | None = None,
    files: str | None = None,
) -> Inputs:
    """The documents that ``arguments`` name.

    Args:
        arguments: files, folders (searched for .pdf, all the way down), globs, @list (a path a line, or separated by
            NUL; "@-" is standard input), or a manifest (.csv with the column DELIB_URL).
        out: the output folder; what lies in it is no input.
        base: the folder that output paths are counted from; None for the deepest that holds everything named.
        stdin: where "@-" reads, None for standard input.
        files: the folder with a manifest's files, None for its own.

    Raises:
        InputError: something named is not there or cannot be read.
        UsageError: a file lies outside the base.
        CollisionError: two inputs would write one output.
    """
    search = _Search(os.path.realpath(out))
    for argument in arguments:
        if argument.startswith("@") and not os.path.exists(argument):
            for entry in _listed(argument, stdin):
                _add_listed(search, entry)
        else:
            _add_named(search, argument, files)
    root = os.path.abspath(base) if base is not None else _common(search.roots)
    inputs = Inputs(root, others=search.others)
    inputs.passed = [Passed(path, reason) for path, reason in sorted(search.passed.items())]
    inputs.found = sorted((Found(path, _key(path, root)) for path in search.paths), key=lambda found: found.key)
    _refuse_collisions(inputs.found, os.path.abspath(out))
    return inputs


def why_passed(name: str) -> str | None:
    """Why a file of that name is left out, None where it is not."""
    if name.startswith(_TEMPORARY_STARTS) or name.lower().endswith(_TEMPORARY_ENDS):
        return "fichier temporaire"
    return "fichier caché" if name.startswith(".") else None


def _add_named(search: _Search, argument: str, files: str | None) -> None:
    """One argument of the command line."""
    path = os.path.abspath(argument)
    if os.path.isdir(path):
        _add_folder(search, path)
    elif path.lower().endswith(".csv") and os.path.exists(path):
        _add_manifest(search, Path(path), files)
    elif os.path.exists(path):
        search.add(path, os.path.dirname(path))
    elif glob.has_magic(argument):
        matches = sorted(glob.glob(argument, recursive=True, include_hidden=True))
        if not matches:
            raise InputNotFoundError(f"aucun fichier ne répond à « {argument} »")
        for match in map(os.path.abspath, matches):
            if not os.path.isdir(match) and not (_inside(match, search.out) and match.endswith(_OURS)):
                search.add(match, os.path.dirname(match))
    else:
        raise InputNotFoundError(f"fichier ou dossier introuvable : {shown(argument)}")


def _add_folder(search: _Search, folder: str) -> None:
    """All PDFs below; hidden folders and the output folder are passed, other kinds of files counted."""
    search.roots[folder] = None
    for parent, folders, names in os.walk(folder, onerror=_cannot_list):
        for name in sorted(folders):
            if name.startswith(".") and name != STATE:
                search.passed[os.path.join(parent, name)] = "dossier caché"
            elif os.path.islink(os.path.join(parent, name)):  # os.walk does not follow it: it may lead in a circle
                search.passed[os.path.join(parent, name)] = "lien vers un dossier, nommez celui-ci pour le convertir"
        seen = [name for name in folders if not name.startswith(".")]
        folders[:] = sorted(name for name in seen if not _same(os.path.join(parent, name), search.out))
        for name in sorted(names):
            if name.lower().endswith(".pdf") or why_passed(name) == "fichier temporaire":
                search.add(os.path.join(parent, name), folder)
            elif not (name.endswith(_OURS) and _inside(os.path.join(parent, name), search.out)):
                search.others += 1


def _cannot_list(error: OSError) -> None:
    raise InputError(f"{shown(str(error.filename))} : dossier illisible ({why_unreadable(error)})") from error


def _listed(argument: str, stdin: BinaryIO | None) -> Iterator[str]:
    """The paths of a list: a line each, or between NULs as `find -print0` gives them."""
    try:
        if argument == STDIN_LIST:
            if stdin is None and sys.stdin is None:
                raise InputError("« @- » lit l'entrée standard, qui est fermée ; envoyez-y une liste, par exemple de find")
            data = (stdin or sys.stdin.buffer).read()
        else:
            data = Path(argument[1:]).read_bytes()
    except OSError as error:
        raise InputError(f"liste {argument[1:]} : lecture impossible ({why_unreadable(error)})") from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # as PowerShell writes what a command prints
        data = os.fsencode(data.decode("utf-16", errors="replace"))
    data = data.removeprefix(codecs.BOM_UTF8)
    separator = b"\0" if b"\0" in data else b"\n"
    for entry in data.split(separator):
        name = os.fsdecode(entry.removesuffix(b"\r") if separator == b"\n" else entry)
        if name.strip():
            yield name


def _add_listed(search: _Search, entry: str) -> None:
    """One path of a list. A file that is not there stays in: its failure is journalled, the others are not held up."""
    path = os.path.abspath(entry)
    if os.path.isdir(path):
        _add_folder(search, path)
    else:
        search.add(path, os.path.dirname(path))


def _add_manifest(search: _Search, manifest: Path, files: str | None) -> None:
    folder = Path(os.path.abspath(files)) if files is not None else manifest.parent
    search.roots[str(folder)] = None
    taken: dict[str, Row] = {}
    for row in read_manifest(manifest, folder):
        where = f"{manifest}, ligne {row.line}"
        if row.path is None:
            search.passed[where] = "sans adresse de fichier" if not row.url else "adresse sans nom de fichier"
        elif not below(row.path, folder):
            search.passed[where] = "mène hors du dossier du manifeste"
        elif (other := taken.setdefault(str(row.path), row)).url != row.url:
            search.passed[where] = f"autre adresse que ligne {other.line}, pour le même fichier {row.path.name}"
        else:
            search.add(str(row.path), str(folder))


def _common(roots: Iterable[str]) -> str:
    try:
        return os.path.commonpath(list(roots))
    except ValueError:  # none at all, or two drives
        paths = list(roots)
        if not paths:
            return os.path.abspath(os.curdir)
        raise UsageError("les documents sont sur plusieurs disques : traitez-les l'un après l'autre") from None


def _key(path: str, base: str) -> str:
    if not _inside(path, base):
        raise UsageError(f"{shown(path)} n'est pas dans le dossier de base {shown(base)}")
    folder, name = os.path.split(os.path.relpath(path, base))
    stem, ending = os.path.splitext(name)
    name = _shortened(stem if ending.lower() in _ENDINGS else name)
    return PurePosixPath(*Path(folder).parts, name).as_posix() + ".json"


def _shortened(name: str) -> str:
    """The name, cut where its results' names would be longer than file systems take; a hash keeps it one of its own."""
    data = os.fsencode(name)
    if len(data) <= _LONGEST:
        return name
    mark = "-" + hashlib.sha256(data).hexdigest()[:12]
    kept = name
    while len(os.fsencode(kept)) > _LONGEST - len(mark):
        kept = kept[:-1]
    return kept + mark


def error_key(key: str) -> str:
    """Where the error of a document is told: "a/b.json" gives "a/b.error.json"."""
    return key.removesuffix(".json") + ERROR_ENDING


def _refuse_collisions(found: Sequence[Found], out: str) -> None:
    """No two documents may claim one file, be it for a plan or for an error. Raises CollisionError."""
    owners: dict[str, str] = dict.fromkeys(JOURNAL_NAMES, "le journal")
    clashes: list[str] = []
    for document in found:
        for claimed in (document.key, error_key(document.key)):
            # as the journal writes it: a byte that is no UTF-8 and the letters "\\xff" are the same there
            other = owners.setdefault(shown(claimed), document.path)
            if other is not document.path:
                clashes.append(f"{shown(other)} et {shown(document.path)} écriraient tous deux {shown(claimed)}")
    for document in found:  # a folder "a.json" beside "a.pdf"
        for folder in map(str, PurePosixPath(shown(document.key)).parents):
            if folder in owners:
                owner = shown(owners[folder])
                clashes.append(f"{owner} écrirait {shown(folder)}, où {shown(document.path)} veut un dossier")
    inputs = {document.path for document in found}
    for document in found:
        if (target := os.path.join(out, document.key)) in inputs:
            clashes.append(f"{shown(document.path)} écrirait sur {shown(target)}, qui est à lire")
    refuse(clashes, "renommez l'un des deux, ou traitez-les dans deux dossiers de sortie")


def refuse(clashes: Sequence[str], remedy: str) -> None:
    """Raises CollisionError with the first clashes and what to do, where there are any."""
    if clashes:
        more = f" (et {len(clashes) - 3} autres cas)" if len(clashes) > 3 else ""
        raise CollisionError(f"{' ; '.join(clashes[:3])}{more} ; {remedy}")


def refuse_alike(found: Sequence[Found]) -> None:
    """On a file system that takes A and a, or two spellings of é, for one name: no two keys may differ by that."""
    import unicodedata

    owners: dict[str, Found] = {}
    clashes = []
    for document in found:
        other = owners.setdefault(unicodedata.normalize("NFC", document.key).casefold(), document)
        if other is not document:
            clashes.append(f"{shown(other.key)} et {shown(document.key)} sont un seul fichier sur ce disque")
    refuse(clashes, "renommez l'un des deux")


def _inside(path: str, folder: str) -> bool:
    return Path(path).is_relative_to(folder)


def _same(path: str, folder: str) -> bool:
    return os.path.realpath(path) == folder
