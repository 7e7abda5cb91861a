"""The batch on the command line: the options of `convert` for many documents, and `status`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from bilan_extract.errors import UsageError

TO_CHECK = 3
PASSED_ON = ("reader", "ocr")  # options of `convert` that are keyword arguments of `extract`
DOCUMENT_LIMITS = (300.0, "2G", 200)
# "512M", "2G", "1,5 Go", "800000000"
_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)\s*([kmg]?)[ob]?", re.IGNORECASE)
LEAST_MEMORY = 64 << 20  # bytes; less, and the sign of the unit was forgotten
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of many documents at once. ``inputs``, ``out``, --profile and --password are the caller's."""
    seconds, memory, documents = DOCUMENT_LIMITS
    group = parser.add_argument_group("plusieurs documents (-o nomme alors un dossier)")
    group.add_argument("-j", "--jobs", type=int, metavar="N", help="documents à la fois (sans cette option : un par cœur)")
    group.add_argument("--timeout", type=float, default=seconds, metavar="S", help=f"secondes par document ({seconds:g})")
    group.add_argument(
        "--memory",
        default=memory,
        metavar="TAILLE",
        help=f"mémoire par document : 512M, 2G ; 0 : sans limite ({memory})",
    )
    group.add_argument(
        "--recycle",
        type=int,
        default=documents,
        metavar="N",
        help=f"renouvelle un processus après N documents ({documents})",
    )
    group.add_argument("--base", metavar="DOSSIER", help="dossier d'où comptent les chemins reproduits sous la sortie")
    group.add_argument("--files", metavar="DOSSIER", help="dossier des fichiers d'un manifeste CSV (sinon : le sien)")
    group.add_argument("--force", action="store_true", help="reconvertit aussi ce qui est fait")
    group.add_argument("--retry-errors", action="store_true", help="reprend les documents en échec")
    group.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien écrire")
    group.add_argument("-q", "--quiet", action="store_true", help="n'affiche rien, sauf une erreur qui arrête tout")
    group.add_argument("--engine", choices=("local", "dask"), default="local", help="où convertir (local)")
    group.add_argument("--scheduler", metavar="ADRESSE", help="ordonnanceur Dask, par exemple tcp://serveur:8786")


def wants_batch(inputs: list[str], out: str | None, arguments: argparse.Namespace | None = None) -> bool:
    """Whether this call of `convert` is for the batch: anything but one file that goes to one file."""
    if len(inputs) != 1:
        return True
    (name,) = inputs
    if out is not None and (out.endswith(("/", os.sep)) or os.path.isdir(out)):
        return True
    if arguments is not None and (arguments.dry_run or arguments.engine == "dask"):
        return True
    if os.path.exists(name):
        return os.path.isdir(name) or name.lower().endswith(".csv")
    return name.startswith("@") or any(sign in name for sign in "*?[")


def refuse_on_one(arguments: argparse.Namespace) -> None:
    """A single file that goes to a single file is read without limits or journal: what asks for them is refused.

    Raises:
        UsageError: such an option was given.
    """
    seconds, memory, documents = DOCUMENT_LIMITS
    usual = {"jobs": None, "timeout": seconds, "memory": memory, "recycle": documents, "base": None, "files": None}
    usual |= {"force": False, "retry_errors": False, "scheduler": None}
    for name, value in usual.items():
        if getattr(arguments, name) != value:
            option = "--" + name.replace("_", "-")
            raise UsageError(f"{option} va avec plusieurs documents, ou avec un dossier de sortie : -o DOSSIER{os.sep}")


def run(arguments: argparse.Namespace) -> int:
    """Converts many documents; the exit code. Raises BilanError where nothing can be done."""
    from bilan_extract.batch.display import closing, plan_lines, speak, sturdy, watcher_for
    from bilan_extract.batch.runner import Settings, Watcher, convert_many
    from bilan_extract.batch.task import Limits

    if arguments.out is None:
        raise UsageError("plusieurs documents : donnez le dossier de sortie avec -o")
    if (arguments.engine == "dask") != (arguments.scheduler is not None):
        raise UsageError("--engine dask et --scheduler tcp://… vont ensemble")
    if not arguments.timeout > 0 or arguments.recycle < 1:
        raise UsageError("--timeout et --recycle demandent un nombre plus grand que 0")
    out = Path(arguments.out)
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} n'est pas un dossier : plusieurs documents demandent un dossier de sortie")
    settings = Settings(
        inputs=tuple(arguments.inputs),
        out=out,
        base=arguments.base,
        files=arguments.files,
        profile=arguments.profile,
        password=arguments.password,
        options={name: getattr(arguments, name) for name in PASSED_ON if getattr(arguments, name, None) is not None},
        jobs=arguments.jobs,
        limits=Limits(arguments.timeout, parse_size(arguments.memory), arguments.recycle),
        force=arguments.force,
        retry_errors=arguments.retry_errors,
        dry_run=arguments.dry_run,
        scheduler=arguments.scheduler,
    )
    watcher = watcher_for(sys.stderr, quiet=arguments.quiet) if sys.stderr is not None else Watcher()
    summary = convert_many(settings, watcher)
    if settings.dry_run:
        speak(plan_lines(summary.plan))
        return 0
    if not arguments.quiet and sys.stderr is not None:
        speak(closing(summary, out), sturdy(sys.stderr))
    if summary.exit_code == 0 and summary.to_check and getattr(arguments, "strict", False):
        return TO_CHECK
    return summary.exit_code


def add_status_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `status`."""
    parser.add_argument("out", metavar="DOSSIER", help="dossier de sortie d'un convert")
    parser.add_argument("--json", action="store_true", help="tout le journal en JSON")


def status(arguments: argparse.Namespace) -> int:
    """Shows the journal of an output folder. Raises InputNotFoundError where there is none."""
    from bilan_extract.batch.display import speak, status_lines, write_status

    if arguments.json:
        write_status(Path(arguments.out), sys.stdout)
    else:
        speak(status_lines(Path(arguments.out)))
    return 0


def parse_size(text: str) -> int | None:
    """Bytes of "512M" or "2G"; None for "0".

    Raises:
        UsageError: it is no size, or one in which no document can be read.
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"--memory : « {text} » ne se lit pas ; écrivez par exemple 512M ou 2G")
    size = round(float(found[1].replace(",", ".")) * _UNITS[found[2].lower()])
    if 0 < size < LEAST_MEMORY:
        raise UsageError(f"--memory : « {text} » ne suffit à aucun document ; écrivez par exemple 512M ou 2G")
    return size or None
