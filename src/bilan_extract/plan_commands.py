"""What the command does with plans that are there: write other formats, search a catalogue, apply corrections."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilan_extract.errors import BilanError, InputError, UsageError

if TYPE_CHECKING:
    from bilan_extract.corrections import Corrections
    from bilan_extract.plan import Plan

Emit = Callable[[str, str | None], None]
#: What no deliberation states and the row of the schema "Délibérations" wants: option, its value's name, help.
SCDL = {
    "--siret": ("SIRET", "numéro SIRET de la collectivité"),
    "--subject-code": ("CODE", "code de la matière, par exemple 8.2"),
    "--subject-name": ("NOM", "nom de la matière"),
    "--url": ("URL", "adresse de la délibération publiée"),
}
#: What a hit is called that has no status.
KINDS = {
    "document": "document", "ambition": "niveau supérieur", "priority": "niveau intermédiaire", "engagement": "engagement",
    "focus": "focus",
}
OK = 0
TO_CHECK = 3


def add_format(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """The option --to. Its names are checked when it is used, so that help needs nothing heavy."""
    about = "json, jsonl, csv, xlsx, sqlite, parquet, markdown, html, tet, scdl, ics, ou plusieurs séparés par des virgules"
    parser.add_argument("--to", metavar="FORMAT,…", required=required, help=about)
    for option, (name, about) in SCDL.items():
        parser.add_argument(option, metavar=name, help=f"scdl : {about}")


def add_export(parser: argparse.ArgumentParser) -> None:
    """The arguments of `export`."""
    parser.add_argument("plans", metavar="PLAN.json", nargs="+", help="plans (.json, .jsonl), ou dossiers qui en contiennent")
    add_format(parser, required=True)
    parser.add_argument("-o", "--out", metavar="SORTIE", required=True, help="fichier ou dossier à écrire")
    about = "html : les PDF des plans, ou des dossiers où les chercher, pour montrer leurs pages"
    parser.add_argument("--sources", metavar="PDF", nargs="+", help=about)
    parser.add_argument("--password", metavar="MOT", help="html : mot de passe des PDF protégés")


def export_plans(arguments: argparse.Namespace) -> int:
    """Writes plans in another format. Raises BilanError."""
    from bilan_extract.outputs import export, formats, load_plans
    from bilan_extract.report import find_sources

    names = formats(arguments.to)
    options = _options(arguments, names)
    for name in ("sources", "password"):
        if getattr(arguments, name) is not None:
            _refuse_unless("html" in names, name, arguments.to)
            options[name] = getattr(arguments, name)
    plans = [plan for path in _files(arguments.plans) for plan in load_plans(path)]
    if "sources" in options:
        options["sources"] = find_sources(plans, options["sources"])
    try:
        export(plans, names, arguments.out, **options)
    except OverflowError as error:  # JSON holds any number, tables do not
        raise InputError(f"un des plans porte un nombre trop grand pour le format {arguments.to}") from error
    return OK


def check_converted(arguments: argparse.Namespace) -> None:
    """Refuses at once what could not be written after the conversion. Raises UsageError."""
    if arguments.to in (None, "json"):
        _options(arguments, [])
        return
    from bilan_extract.outputs import formats

    _options(arguments, formats(arguments.to))
    if arguments.out is None:
        raise UsageError(f"--to {arguments.to} : donnez le fichier ou le dossier à écrire avec -o")


def is_folder(arguments: argparse.Namespace) -> bool:
    """Whether what is written goes into a folder, under the plan's name."""
    return "," in arguments.to or arguments.out.endswith(("/", os.sep)) or os.path.isdir(arguments.out)


def export_converted(plan: Plan, arguments: argparse.Namespace, source: str) -> None:
    """Writes a plan just converted as the options of `convert` say. Raises BilanError."""
    from bilan_extract.outputs import export, formats

    names = formats(arguments.to)
    options = _options(arguments, names)
    if "html" in names and source != "-" and not source.lower().endswith(".txt"):
        options |= {"sources": [source], "password": arguments.password}
    export(plan, names, arguments.out, **options)


def _options(arguments: argparse.Namespace, names: list[str]) -> dict[str, Any]:
    """What the caller says that no document states. Raises UsageError where no format asked for takes it."""
    found = {}
    for option in SCDL:
        name = option.removeprefix("--").replace("-", "_")
        if getattr(arguments, name) is not None:
            _refuse_unless("scdl" in names, name, arguments.to)
            found[name] = getattr(arguments, name)
    return found


def _refuse_unless(fits: bool, name: str, to: str | None) -> None:
    if not fits:
        raise UsageError(f"--{name.replace('_', '-')} n'a pas de sens avec --to {to or 'json'}")


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
        what = hit.status or KINDS.get(hit.kind)
        where = " · ".join(str(p) for p in (hit.source_name or hit.number, hit.page and f"page {hit.page}", what) if p)
        lines.append(f"{where}\n  {' '.join(hit.snippet.split())}\n")
    emit("\n".join(lines) if lines else "rien trouvé\n", None)
    return OK


def add_correct(parser: argparse.ArgumentParser) -> None:
    """The arguments of `correct`."""
    parser.add_argument("plan", metavar="PLAN.json", help="plan écrit par « convert »")
    about = "corrections, par exemple celles du rapport HTML, ou plan corrigé dont on reprend les décisions"
    parser.add_argument("corrections", metavar="CORRECTIONS.json", help=about)
    parser.add_argument("-o", "--out", metavar="SORTIE.json", help="fichier à écrire (sinon : la sortie standard)")


def correct_plan(arguments: argparse.Namespace, emit: Emit) -> int:
    """Applies corrections; those that do not fit are told and the others kept. Raises BilanError."""
    from bilan_extract.corrections import load_corrections
    from bilan_extract.outputs import load_plan

    corrections = load_corrections(arguments.corrections)
    plan, refused = _corrected(load_plan(arguments.plan), corrections)
    emit(plan.to_json(), arguments.out)
    return TO_CHECK if refused else OK


def kept_corrections(arguments: argparse.Namespace) -> Corrections | None:
    """What a person decided before about the document that `convert` is going to read: in the file that --corrections
    names, else in the plan that is going to be replaced. Raises BilanError where the file named holds none."""
    from bilan_extract.corrections import corrections_of, load_corrections
    from bilan_extract.outputs import load_plan

    if arguments.corrections is not None:
        return load_corrections(arguments.corrections)
    if arguments.to not in (None, "json") or arguments.out is None or not os.path.isfile(arguments.out):
        return None
    try:
        return corrections_of(load_plan(arguments.out))
    except BilanError:  # something else, which is replaced as ever
        return None


def keep_corrections(plan: Plan, kept: Corrections | None, arguments: argparse.Namespace) -> tuple[Plan, bool]:
    """The plan with the corrections of its document in ``kept``, and whether some do not fit any more; tells of both."""
    if kept is None:
        return plan, False
    if arguments.corrections is None:  # another document's plan may well have stood there
        own = [entry for entry in kept.corrections if entry.sha256 == plan.document.source.sha256]
        kept = kept.model_copy(update={"corrections": own})
    if not kept.corrections:
        return plan, False
    corrected, refused = _corrected(plan, kept)
    count = len(corrected.corrections)
    several = "s" if count > 1 else ""
    print(f"{count} correction{several} humaine{several} reprise{several}", file=sys.stderr)
    return corrected, refused


def _corrected(plan: Plan, corrections: Corrections) -> tuple[Plan, bool]:
    """The plan with what fits, judged anew, and whether something did not, which is told."""
    from bilan_extract.corrections import CorrectionRefusedError, apply_corrections
    from bilan_extract.progress import judge_progress

    try:
        return apply_corrections(plan, corrections, judge=judge_progress), False
    except CorrectionRefusedError as error:
        for refusal in error.refusals:
            print(f"refusée : {refusal.message}", file=sys.stderr)
        return error.plan, True
