"""One output format a file, and the one function that writes any of them.

    export(plan, "xlsx", "bilan.xlsx")
    export(plan, "csv,xlsx,ics", "out/")
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
from bilan_extract.outputs.files import make_folder, plan_names, write_text
from bilan_extract.outputs.search import Hit, search
from bilan_extract.plan import Plan

__all__ = ["FORMATS", "Format", "Hit", "export", "formats", "load_plan", "load_plans", "search"]


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


#: The options that a format takes; the others take none.
OPTIONS: dict[str, tuple[str, ...]] = {
    "scdl": ("siret", "subject_code", "subject_name", "url"),
    "html": ("sources", "password"),
}


def export(
    plan: Plan | Sequence[Plan], format: str | Sequence[str], path: str | os.PathLike[str], **options: Any
) -> list[Path]:
    """Write one plan or many in one format or several.

    Args:
        plan: a plan, or several.
        format: a key of `FORMATS`, or several: ``"csv,xlsx"``, ``["csv", "xlsx"]``.
        path: the file to write. A folder (one that is there, a path that ends in a separator, or any path where
            several formats are asked for): files are named after the plans. For csv and parquet a path without that
            ending is a folder too, and "x.csv" stands for "x-plans.csv", "x-statements.csv" … For json, markdown and
            tet, many plans need a folder.
        options: scdl: ``siret``, ``subject_code``, ``subject_name``, ``url`` (what no document states);
            html: ``sources``, ``password``, see `bilan_extract.report.write_report`.

    Returns:
        The files written, format by format. A file that is there is replaced in one step (sqlite: the documents' rows
        are replaced in one transaction).

    Raises:
        UsageError: an unknown format or option, no plan, one document twice, or a missing extra.
        OutputError: a file cannot be written.
    """
    plans = [plan] if isinstance(plan, Plan) else list(plan)
    names = formats(format)
    if not plans:
        raise UsageError("Aucun plan à écrire.")
    strange = [name for name in options if not any(name in OPTIONS.get(one, ()) for one in names)]
    if strange:
        raise UsageError(f"Aucune option de ce nom pour {', '.join(names)} : {', '.join(strange)}.")
    _refuse_twice(plans)
    target = Path(path)
    folder = target.is_dir() or os.fspath(path).endswith(("/", os.sep))
    named = not folder and any(target.name.lower().endswith(FORMATS[name].ending) for name in names)
    if len(names) > 1 and (named or target.is_file()):
        raise OutputError(f"{target} est un fichier ; plusieurs formats s'écrivent dans un dossier.")
    return [
        written
        for name in names
        for written in _write(
            plans, name, target, {key: options[key] for key in OPTIONS.get(name, ()) if key in options},
            folder=folder or len(names) > 1,
        )
    ]


def formats(wanted: str | Sequence[str]) -> list[str]:
    """The formats named, each once: "csv,xlsx" or ["csv", "xlsx"]. Raises UsageError for one that there is not."""
    parts = [part.strip() for part in (wanted.split(",") if isinstance(wanted, str) else wanted)]
    for name in parts or [""]:
        if name not in FORMATS:
            raise UsageError(f"Format inconnu : « {name} ». Formats possibles : {', '.join(FORMATS)}.")
    return list(dict.fromkeys(parts))


def _write(plans: list[Plan], format: str, target: Path, options: dict[str, Any], *, folder: bool) -> list[Path]:
    known = FORMATS[format]
    if known.tables:
        return _write_tables(plans, format, target, folder=folder)
    if not known.joint:
        return _write_each(plans, format, target, folder=folder)
    if folder:
        if format == "html":
            return _write_html(plans, f"{target}{os.sep}", options)
        target = target / (plan_names(plans)[0] if len(plans) == 1 else "plans")
        target = target.with_name(target.name + known.ending)
    return _write_joint(plans, format, target, options)


def _refuse_twice(plans: list[Plan]) -> None:
    """Two plans of one document would write the same ids, or the same file, twice."""
    from bilan_extract.places import document_id

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
        for plan, name in zip(plans, plan_names(plans), strict=True)
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
            return _write_html(plans, path, options)


def _write_html(plans: list[Plan], path: str | os.PathLike[str], options: dict[str, Any]) -> list[Path]:
    from bilan_extract.report import write_report

    return list(write_report(plans[0] if len(plans) == 1 else plans, path, **options))


def _write_scdl(plans: list[Plan], path: Path, options: dict[str, Any]) -> list[Path]:
    from bilan_extract.outputs.scdl import Known, write_scdl

    return write_scdl(plans, path, Known(**options))


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
