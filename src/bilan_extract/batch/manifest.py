"""A CSV after the open-data schema "Délibérations" as a list of documents: the local file behind each DELIB_URL.

Nothing is fetched. A URL is only read for its path, whose end is looked for below one folder, so that no name in it
leads out of there.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bilan_extract.batch.errors import ManifestError
from bilan_extract.batch.worker import why_unreadable
from bilan_extract.errors import InputError

COLUMN = "DELIB_URL"
# what separates names in a path, on any system: "2024/avril\\12.pdf"
_SEPARATOR = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its first line (the header is 1), the URL, the file (None where the URL names none)."""

    line: int
    url: str
    path: Path | None


def read_manifest(path: Path, folder: Path) -> Iterator[Row]:
    """The rows of the manifest at ``path``, each with its file below ``folder``, be it there or not.

    Raises:
        ManifestError: it is no such CSV, or ends inside quotes. InputError: the file cannot be read.
    """
    try:
        rows = _rows(_decode(path.read_bytes()))
        header = _header(next(rows, (1, []))[1])
        if COLUMN not in header:
            raise ManifestError(f"{path} : il manque la colonne {COLUMN}")
        column = header.index(COLUMN)
        for line, row in rows:
            if not any(cell.strip() for cell in row):
                continue
            url = row[column].strip() if column < len(row) else ""
            yield Row(line, url, local_file(url, folder))
    except OSError as error:
        raise InputError(f"{path} : lecture impossible ({why_unreadable(error)})") from error
    except csv.Error as error:
        raise ManifestError(f"{path} : {error}") from error


def _header(cells: list[str]) -> list[str]:
    return [name.strip().upper() for name in cells]


def local_file(url: str, folder: Path) -> Path | None:
    """The file below ``folder`` that ends as the URL's path does, the longest end first.

    "https://ville.example/actes/2024/12.pdf" is looked for as actes/2024/12.pdf, 2024/12.pdf, 12.pdf. None where the
    URL has no path; where there is no such file, the path of the last one.
    """
    try:
        path = unquote(urlsplit(url).path, errors="surrogateescape")
    except ValueError:
        return None
    names = [name for name in _SEPARATOR.split(path) if name.strip(". ") and "\0" not in name and ":" not in name]
    if not names:
        return None
    for start in range(len(names)):
        for form in ("NFC", "NFD"):  # "é" as one sign, or as macOS writes it in file names
            candidate = folder.joinpath(*(unicodedata.normalize(form, name) for name in names[start:]))
            with contextlib.suppress(OSError):  # a name longer than the system takes
                if candidate.is_file():
                    return candidate
    return folder / names[-1]


def _decode(data: bytes) -> str:
    """The text, from what spreadsheets write: UTF-8 (with or without mark), UTF-16 with its mark, or Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.removeprefix(codecs.BOM_UTF8).decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, separated by what the header has most of, each with the number of its first line.

    Raises:
        csv.Error: with a French sentence; it is no CSV, or ends inside quotes, so that rows would be lost unseen.
    """
    header = text.partition("\n")[0]
    delimiter = max(",;\t|", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first, after = 1, 1  # lines at which this row and the next one begin
    try:
        for row in reader:
            first, after = after, reader.line_num + 1
            yield first, row
    except csv.Error as error:
        raise csv.Error(f"ne se lit pas comme un CSV à partir de la ligne {after}") from error
    if after - first > 1 and text.count('"') % 2:
        raise csv.Error(f"un guillemet ouvert à la ligne {first} n'est jamais fermé")


def below(path: Path, folder: Path) -> bool:
    """Whether ``path``, links followed, lies in ``folder``."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
