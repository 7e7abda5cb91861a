"""What the command does with plans that are there: write other formats, search a catalogue, apply corrections."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilan_extract.errors import InputError, UsageError

if TYPE_CHECKING:
    from bilan_extract.plan import Plan

Emit = Callable[[str, str | None], None]
OK = 0
TO_CHECK = 3


def add_format(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """The option --to. Its names are checked when it is used, so that help needs nothing heavy."""
    about = "json, jsonl, csv, xlsx, sqlite, parquet, markdown, html, tet, scdl ou ics"
    parser.add_argument("--to", metavar="FORMAT", required=required, help=about)


def add_export(parser: argparse.ArgumentParser) -> None:
    """The arguments of `export`."""
    parser.add_argument("plans", metavar="PLAN.json", nargs="+", help="plans (.json, .jsonl), ou dossiers qui en contiennent")
    add_format(parser, required=True)
    parser.add_argument("-o", "--out", metavar="SORTIE", required=True, help="fichier ou dossier à écrire")
    parser.add_argument("--sources", metavar="PDF", nargs="+", help="html : les PDF des plans, pour montrer leurs pages")
    for name, about in (("siret", "numéro SIRET de la collectivité"), ("url", "adresse de la délibération publiée")):
        parser.add_argument(f"--{name}", metavar=name.upper(), help=f"scdl : {about}")


def export_plans(arguments: argparse.Namespace) -> int:
    """Writes plans in another format. Raises BilanError."""
    from bilan_extract.outputs import export, load_plans

    plans = [plan for path in _files(arguments.plans) for plan in load_plans(path)]
    options = {name: getattr(arguments, name) for name in ("sources", "siret", "url") if getattr(arguments, name) is not None}
    _check_options(arguments.to, options)
    try:
        export(plans, arguments.to, arguments.out, **options)
    except OverflowError as error:  # JSON holds any number, tables do not
        raise InputError(f"un des plans porte un nombre trop grand pour le format {arguments.to}") from error
    return OK


def check_converted(arguments: argparse.Namespace) -> None:
    """Refuses at once what could not be written after the conversion. Raises UsageError."""
    from bilan_extract.outputs import FORMATS

    if arguments.to not in FORMATS:
        raise UsageError(f"--to : « {arguments.to} » n'existe pas ; choix possibles : {', '.join(FORMATS)}")
    if arguments.out is None:
        raise UsageError(f"--to {arguments.to} : donnez le fichier à écrire avec -o")


def export_converted(plan: Plan, arguments: argparse.Namespace, source: str) -> None:
    """Writes a plan just converted as the options of `convert` say. Raises BilanError."""
    from bilan_extract.outputs import export

    options: dict[str, Any] = {}
    if arguments.to == "html" and source != "-" and not source.lower().endswith(".txt"):
        options = {"sources": [source], "password": arguments.password}
    export(plan, arguments.to, arguments.out, **options)


def _check_options(format: str, options: dict[str, Any]) -> None:
    for name in options:
        if format != ("html" if name == "sources" else "scdl"):
            raise UsageError(f"--{name} n'a pas de sens avec --to {format}")


def _files(names: list[str]) -> list[Path]:
    """The files named, and for a folder the plans in it and below, sorted."""
    files: list[Path] = []
    for name in names:
        path = Path(name)
        if not path.is_dir():
            files.append(path)
            continue
        found = sorted(f for ending in ("*.json", "*.jsonl") for f in path.rglob(ending) if _is_plan(f.relative_to(path)))
        if not found:
            raise UsageError(f"{name} ne contient aucun plan (.json)")
        files += found
    return files


def _is_plan(path: Path) -> bool:
    """Whether it may be one by its name: neither hidden, nor an error that a batch told beside, nor under way in a batch."""
    return not path.name.endswith(".error.json") and not any(part.startswith(".") for part in path.parts)


def add_search(parser: argparse.ArgumentParser) -> None:
    """The arguments of `search`."""
    parser.add_argument("catalog", metavar="CATALOGUE", help="catalogue écrit par « export --to sqlite »")
    parser.add_argument("words", metavar="MOTS", help="mots cherchés ; entre guillemets doubles : cette suite de mots")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="nombre de réponses (20)")
    parser.add_argument("--json", action="store_true", help="les réponses en JSON")


def search_catalog(arguments: argparse.Namespace, emit: Emit) -> int:
    """Shows what a catalogue says about some words. Raises BilanError."""
    from bilan_extract.outputs import search

    if arguments.limit < 1:
        raise UsageError("--limit demande un nombre plus grand que 0")
    hits = search(arguments.catalog, arguments.words, limit=arguments.limit)
    if arguments.json:
        emit(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=1) + "\n", None)
        return OK
    lines = []
    for hit in hits:
        where = " · ".join(str(p) for p in (hit.source_name or hit.number, hit.page and f"page {hit.page}", hit.status) if p)
        lines.append(f"{where}\n  {hit.snippet}\n")
    emit("\n".join(lines) if lines else "rien trouvé\n", None)
    return OK


def add_correct(parser: argparse.ArgumentParser) -> None:
    """The arguments of `correct`."""
    parser.add_argument("plan", metavar="PLAN.json", help="plan écrit par « convert »")
    parser.add_argument("corrections", metavar="CORRECTIONS.json", help="corrections, par exemple celles du rapport HTML")
    parser.add_argument("-o", "--out", metavar="SORTIE.json", help="fichier à écrire (sinon : la sortie standard)")


def correct_plan(arguments: argparse.Namespace, emit: Emit) -> int:
    """Applies corrections; those that do not fit are told and the others kept. Raises BilanError."""
    from bilan_extract.corrections import CorrectionRefusedError, apply_corrections, load_corrections
    from bilan_extract.outputs import load_plan
    from bilan_extract.progress import judge_progress

    corrections = load_corrections(arguments.corrections)
    try:
        plan = apply_corrections(load_plan(arguments.plan), corrections, judge=judge_progress)
    except CorrectionRefusedError as error:
        emit(error.plan.to_json(), arguments.out)
        for refusal in error.refusals:
            print(f"refusée : {refusal.message}", file=sys.stderr)
        return TO_CHECK
    emit(plan.to_json(), arguments.out)
    return OK
