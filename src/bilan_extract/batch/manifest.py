"""A CSV after the open-data schema "Délibérations" as a list of documents: the local file behind each DELIB_URL.

Nothing is fetched. A URL is only read for its path, whose end is looked for below one folder, so that no name in it
leads out of there.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bilan_extract.errors import InputError

COLUMN = "DELIB_URL"
# what separates names in a path, on any system: "2024/avril\\12.pdf"
_SEPARATOR = re.compile(r"[/\\]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the manifest: its number (the header is 1), the URL, the file (None where the URL names none)."""

    line: int
    url: str
    path: Path | None


def is_manifest(path: Path) -> bool:
    """Whether it is a CSV file whose header has the column DELIB_URL."""
    if path.suffix.lower() != ".csv":
        return False
    try:
        with path.open("rb") as file:
            head = file.read(65536)
    except OSError:
        return False
    return COLUMN in [name.strip() for name in next(_rows(_decode(head)), [])]


def read_manifest(path: Path, folder: Path) -> Iterator[Row]:
    """The rows of the manifest at ``path``, each with its file below ``folder``, be it there or not.

    Raises:
        InputError: the file cannot be read, or is no such CSV.
    """
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path} : lecture impossible ({error.strerror})") from error
    rows = _rows(text)
    header = [name.strip() for name in next(rows, [])]
    if COLUMN not in header:
        raise InputError(f"{path} : il manque la colonne {COLUMN}")
    column = header.index(COLUMN)
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        url = row[column].strip() if column < len(row) else ""
        yield Row(number, url, local_file(url, folder))


def local_file(url: str, folder: Path) -> Path | None:
    """The file below ``folder`` that ends as the URL's path does, the longest end first.

    "https://ville.example/actes/2024/12.pdf" is looked for as actes/2024/12.pdf, 2024/12.pdf, 12.pdf. None where the
    URL has no path; where there is no such file, the path of the last one.
    """
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    names = [name for name in _SEPARATOR.split(path) if name.strip(". ") and "\0" not in name and ":" not in name]
    if not names:
        return None
    for start in range(len(names)):
        candidate = folder.joinpath(*names[start:])
        try:
            if candidate.is_file():
                return candidate
        except OSError:  # a name longer than the system takes
            continue
    return folder / names[-1]


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[list[str]]:
    """The rows, separated by what the header has most of."""
    header = text.partition("\n")[0]
    delimiter = max(",;\t|", key=header.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise InputError(f"le manifeste ne se lit pas comme un CSV ({error})") from error


def below(path: Path, folder: Path) -> bool:
    """Whether ``path``, links followed, lies in ``folder``."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
