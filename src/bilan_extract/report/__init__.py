"""The page a person looks at: one self-contained HTML file a plan, with the document's pages beside it.

write_report(plan, "bilan.html", sources=["bilan.pdf"])
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from bilan_extract.corrections import document_id
from bilan_extract.errors import InputError, InputNotFoundError, OutputError, UsageError
from bilan_extract.outputs.files import reason, safe_name, write_text
from bilan_extract.plan import Plan

__all__ = ["write_report"]

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
        return [_write_one(plans[0], target / f"{_names(plans)[0]}.html" if folder else target, given[0], password)]
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

    names = [f"{name}.html" for name in _names(plans)]
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
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise InputNotFoundError(f"Source introuvable : {name}") from error
    except OSError as error:
        raise InputError(f"Source illisible : {name} ({reason(error)})") from error
    if hashlib.sha256(data).hexdigest() != plan.document.source.sha256:
        raise UsageError(f"{name} n'est pas le document dont ce plan est tiré (l'empreinte SHA-256 diffère).")
    return data


def _names(plans: Sequence[Plan]) -> list[str]:
    """A file name for each plan, each only once."""
    names = []
    for plan in plans:
        act = plan.document
        names.append(safe_name(plan.title or act.title or act.number or Path(act.source.name or "").stem))
    folded = [name.casefold() for name in names]
    return [
        f"{name}-{document_id(plan)}" if folded.count(name.casefold()) > 1 else name
        for name, plan in zip(names, plans, strict=True)
    ]
