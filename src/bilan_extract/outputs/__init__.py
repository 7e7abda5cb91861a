"""One output format a file, and the one function that writes any of them.

    export(plan, "xlsx", "bilan.xlsx")
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bilan_extract.errors import InputError, InputNotFoundError, OutputError, UsageError
from bilan_extract.outputs.files import make_folder, safe_name, write_text
from bilan_extract.outputs.search import Hit, search
from bilan_extract.plan import Plan

__all__ = ["FORMATS", "Format", "Hit", "export", "load_plan", "load_plans", "search"]


@dataclass(frozen=True, slots=True)
class Format:
    """What a format is.

    Attributes:
        ending: of its files, with the dot.
        title: in French, for the command's help.
        joint: True where many plans go into one file (or one set of tables), False where each has its own.
        tables: True where one file a table is written.
        extra: the optional dependencies it needs, e.g. "tables" in ``pip install 'bilan-extract[tables]'``.
    """

    ending: str
    title: str
    joint: bool
    tables: bool = False
    extra: str | None = None


FORMATS: dict[str, Format] = {
    "json": Format(".json", "le plan entier, un fichier par document", joint=False),
    "jsonl": Format(".jsonl", "un plan entier par ligne", joint=True),
    "csv": Format(".csv", "tables plates, un fichier par table", joint=True, tables=True),
    "xlsx": Format(".xlsx", "classeur : résumé et une feuille par table", joint=True, extra="tables"),
    "sqlite": Format(".sqlite", "catalogue SQL avec recherche plein texte", joint=True),
    "parquet": Format(".parquet", "tables typées, un fichier par table", joint=True, tables=True, extra="tables"),
    "markdown": Format(".md", "page à lire", joint=False),
    "html": Format(".html", "rapport à ouvrir dans un navigateur", joint=True),
    "tet": Format(".tet.xlsx", "import dans Territoires en Transitions", joint=False, extra="tables"),
    "scdl": Format(".scdl.csv", "schéma SCDL « Délibérations » 2.1.5 et contrôle de cohérence", joint=True),
    "ics": Format(".ics", "agenda de ce qui est à venir", joint=True, extra="calendar"),
}


def export(
    plan: Plan | Sequence[Plan], format: str, path: str | os.PathLike[str], **options: Any
) -> list[Path]:
    """Write one plan or many in one format.

    Args:
        plan: a plan, or several.
        format: a key of `FORMATS`.
        path: the file to write. A folder (one that is there, or a path that ends in a separator): files are named
            after the plans. For csv and parquet a path without that ending is a folder too, and "x.csv" stands for
            "x-plans.csv", "x-statements.csv" … For json, markdown and tet, many plans need a folder.
        options: scdl: ``siret``, ``subject_code``, ``subject_name``, ``url`` (what no document states);
            html: passed to `bilan_extract.report.write_report`.

    Returns:
        The files written. A file that is there is replaced in one step (sqlite: the documents' rows are replaced
        in one transaction).

    Raises:
        UsageError: an unknown format or option, no plan, one document twice, or a missing extra.
        OutputError: a file cannot be written.
    """
    plans = [plan] if isinstance(plan, Plan) else list(plan)
    known = FORMATS.get(format)
    if known is None:
        raise UsageError(f"Format inconnu : « {format} ». Formats possibles : {', '.join(FORMATS)}.")
    if not plans:
        raise UsageError("Aucun plan à écrire.")
    if options and format not in ("scdl", "html"):
        raise UsageError(f"Le format {format} n'a pas d'option : {', '.join(options)}.")
    _refuse_twice(plans)
    target = Path(path)
    folder = target.is_dir() or os.fspath(path).endswith(("/", os.sep))
    if known.tables:
        return _write_tables(plans, format, target, folder=folder)
    if not known.joint:
        return _write_each(plans, format, target, folder=folder)
    if folder:
        target = target / (_names(plans)[0] if len(plans) == 1 else "plans")
        target = target.with_name(target.name + known.ending)
    return _write_joint(plans, format, target, options)


def _refuse_twice(plans: list[Plan]) -> None:
    """Two plans of one document would write the same ids, or the same file, twice."""
    from bilan_extract.corrections import document_id

    for key, count in Counter(document_id(plan) for plan in plans).items():
        if count > 1:
            names = sorted({plan.document.source.name or key for plan in plans if document_id(plan) == key})
            raise UsageError(f"Le même document est donné {count} fois : {', '.join(names)}.")


def _write_tables(plans: list[Plan], format: str, target: Path, *, folder: bool) -> list[Path]:
    prefix = ""
    if not folder and target.suffix.lower() == FORMATS[format].ending:
        prefix, target = f"{target.stem}-", target.parent
    make_folder(target)
    if format == "csv":
        from bilan_extract.outputs.csv_tables import write_csv

        return write_csv(plans, prefix, target)
    from bilan_extract.outputs.parquet import write_parquet

    return write_parquet(plans, prefix, target)


def _write_each(plans: list[Plan], format: str, target: Path, *, folder: bool) -> list[Path]:
    if len(plans) == 1 and not folder:
        return _write_one(plans[0], format, target)
    if target.is_file():
        raise OutputError(f"{target} est un fichier ; il faut un dossier pour écrire {len(plans)} plans.")
    ending = FORMATS[format].ending
    return [
        written
        for plan, name in zip(plans, _names(plans), strict=True)
        for written in _write_one(plan, format, target / f"{name}{ending}")
    ]


def _write_one(plan: Plan, format: str, path: Path) -> list[Path]:
    if format == "json":
        return [write_text(path, plan.to_json())]
    if format == "markdown":
        from bilan_extract.outputs.markdown import write_markdown

        return write_markdown(plan, path)
    from bilan_extract.outputs.tet import write_tet

    return write_tet(plan, path)


def _write_joint(plans: list[Plan], format: str, path: Path, options: dict[str, Any]) -> list[Path]:
    if path.is_dir():
        raise OutputError(f"{path} est un dossier.")
    match format:
        case "jsonl":
            return [write_text(path, "".join(plan.to_json(indent=None) for plan in plans))]
        case "xlsx":
            from bilan_extract.outputs.xlsx import write_xlsx

            return write_xlsx(plans, path)
        case "sqlite":
            from bilan_extract.outputs.sqlite import write_sqlite

            return write_sqlite(plans, path)
        case "ics":
            from bilan_extract.outputs.ics import write_ics

            return write_ics(plans, path)
        case "scdl":
            return _write_scdl(plans, path, options)
        case _:
            from bilan_extract.report import write_report

            return list(write_report(plans[0] if len(plans) == 1 else plans, path, **options))


def _write_scdl(plans: list[Plan], path: Path, options: dict[str, Any]) -> list[Path]:
    from bilan_extract.outputs.scdl import Known, write_scdl

    try:
        known = Known(**options)
    except TypeError as error:
        names = ", ".join(sorted(set(options) - set(Known.__slots__)))
        raise UsageError(f"Option inconnue pour scdl : {names}.") from error
    return write_scdl(plans, path, known)


def _names(plans: list[Plan]) -> list[str]:
    """A file name for each plan, from its title (else the number, else the source), each only once."""
    from bilan_extract.corrections import document_id

    names = [safe_name(_title(plan)) for plan in plans]
    counts = Counter(name.casefold() for name in names)
    return [
        f"{name}-{document_id(plan)}" if counts[name.casefold()] > 1 else name
        for name, plan in zip(names, plans, strict=True)
    ]


def _title(plan: Plan) -> str:
    document = plan.document
    return plan.title or document.title or document.number or Path(document.source.name or "").stem


def load_plan(path: str | os.PathLike[str]) -> Plan:
    """The plan in a JSON file that this library wrote.

    Raises:
        InputNotFoundError: there is no such file.
        InputError: it holds no plan, or more than one.
    """
    plans = load_plans(path)
    if len(plans) != 1:
        raise InputError(f"{path} contient {len(plans)} plans ; un seul est attendu.")
    return plans[0]


def load_plans(path: str | os.PathLike[str]) -> list[Plan]:
    """The plans in a JSON or JSON Lines file, in its order.

    Raises:
        InputNotFoundError: there is no such file.
        InputError: a line (or the file) is no plan.
    """
    try:
        data = Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise InputNotFoundError(f"Plan introuvable : {path}") from error
    except OSError as error:
        raise InputError(f"Plan illisible : {path} ({error.strerror}).") from error
    by_line = Path(path).suffix.lower() == ".jsonl"
    parts = [line for line in data.splitlines() if line.strip()] if by_line else [data]
    return [_parse(part, path) for part in parts]


def _parse(data: bytes, path: str | os.PathLike[str]) -> Plan:
    try:
        return Plan.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "le contenu"
        raise InputError(f"{path} n'est pas un plan de bilan-extract : {where} : {first['msg']}.") from error
