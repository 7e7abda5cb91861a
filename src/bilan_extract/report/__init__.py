"""The page a person looks at: one self-contained HTML file a plan, with the document's pages beside it.

write_report(plan, "bilan.html", sources=["bilan.pdf"])
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from bilan_extract.errors import InputError, InputNotFoundError, OutputError, UsageError
from bilan_extract.outputs.files import plan_names, reason, safe_name, write_text
from bilan_extract.plan import Plan

__all__ = ["find_sources", "write_report"]

Source = str | os.PathLike[str] | bytes | None


def write_report(
    plan: Plan | Sequence[Plan],
    path: str | os.PathLike[str],
    *,
    sources: Sequence[Source] | None = None,
    password: str | None = None,
) -> list[Path]:
    """Write the report of one plan, or of many with an index page.

    Args:
        plan: a plan, or several.
        path: the file to write; for many plans the index, beside which a folder of the same name holds the reports. A
            folder (one that is there, or a path that ends in a separator): the report is named after the plan, the
            index is "index.html".
        sources: the document of each plan (path or bytes, None where it is not at hand), from which the pages'
            pictures are made. Without it the pages are outlines.
        password: opens encrypted sources.

    Returns:
        The files written, the index first. The same plans and sources give the same bytes.

    Raises:
        UsageError: no plan, not one source for each, or a source that is not the plan's document.
        InputError: a source cannot be read.
        OutputError: a file cannot be written.
    """
    plans = [plan] if isinstance(plan, Plan) else list(plan)
    given = [None] * len(plans) if sources is None else list(sources)
    if not plans:
        raise UsageError("Aucun plan à écrire.")
    if len(given) != len(plans):
        raise UsageError(
            f"{len(plans)} plans et {len(given)} sources : il faut une source par plan (None sans source)."
        )
    target = Path(path)
    folder = target.is_dir() or os.fspath(path).endswith(("/", os.sep))
    if isinstance(plan, Plan) or len(plans) == 1:
        return [_write_one(plans[0], target / f"{plan_names(plans)[0]}.html" if folder else target, given[0], password)]
    index = target / "index.html" if folder else target
    inner = "rapports" if folder else f"{safe_name(target.stem)}-rapports"
    return _write_many(plans, index, inner, given, password)


def _write_one(plan: Plan, target: Path, source: Source, password: str | None, index: str | None = None) -> Path:
    from bilan_extract.report.page import report
    from bilan_extract.report.pictures import draw
    from bilan_extract.report.view import View

    if target.is_dir():
        raise OutputError(f"{target} est un dossier.")
    data = _read(plan, source)
    pictures = draw(data, password=password) if data is not None and b"%PDF-" in data[:1024] else []
    return write_text(target, report(View(plan), pictures, index=index))


def _write_many(
    plans: Sequence[Plan], index: Path, inner: str, sources: Sequence[Source], password: str | None
) -> list[Path]:
    from bilan_extract.report.index_page import index as index_page
    from bilan_extract.report.view import View

    names = [f"{name}.html" for name in plan_names(plans)]
    written = [
        _write_one(plan, index.parent / inner / name, source, password, index=f"../{quote(index.name)}")
        for plan, name, source in zip(plans, names, sources, strict=True)
    ]
    links = [f"{quote(inner)}/{quote(name)}" for name in names]
    return [write_text(index, index_page([View(plan) for plan in plans], links)), *written]


def _read(plan: Plan, source: Source) -> bytes | None:
    """The source's bytes. Raises UsageError where they are not the document that the plan was made from."""
    if source is None:
        return None
    name = "la source" if isinstance(source, bytes) else os.fspath(source)
    data = source if isinstance(source, bytes) else _bytes(Path(source))
    if hashlib.sha256(data).hexdigest() != plan.document.source.sha256:
        raise UsageError(f"{name} n'est pas le document dont ce plan est tiré (l'empreinte SHA-256 diffère).")
    return data


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise InputNotFoundError(f"Source introuvable : {path}") from error
    except OSError as error:
        raise InputError(f"Source illisible : {path} ({reason(error)})") from error


def find_sources(plans: Sequence[Plan], names: Sequence[str | os.PathLike[str]]) -> list[Source]:
    """For each plan its document among the files named and the PDF in the folders named, told by its SHA-256.

    Returns:
        The sources for `write_report`; None for a plan whose document is not among them.

    Raises:
        UsageError: a file named on its own is the document of none of the plans.
        InputNotFoundError, InputError: a file is not there or cannot be read.
    """
    wanted = {plan.document.source.sha256 for plan in plans}
    found: dict[str, Path] = {}
    for name in names:
        path = Path(name)
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file()) if path.is_dir() else []
        for file in inside if path.is_dir() else [path]:
            digest = hashlib.sha256(_bytes(file)).hexdigest()
            if digest in wanted:
                found[digest] = file
            elif not path.is_dir():
                raise UsageError(f"{name} n'est le document d'aucun de ces plans (l'empreinte SHA-256 diffère).")
    return [found.get(plan.document.source.sha256) for plan in plans]
