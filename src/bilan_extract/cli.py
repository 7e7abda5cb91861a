"""The command `bilan-extract`: arguments, printing, exit codes; no domain logic.

A subcommand is a pair of functions: `_add_NAME` gives it a parser, `_NAME` does the work and returns the exit code.
What is heavy is imported inside the second, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilan_extract import __version__, plan_commands
from bilan_extract.arguments import FrenchParser
from bilan_extract.batch import command
from bilan_extract.errors import BilanError, OutputError, UsageError, printable

if TYPE_CHECKING:
    from bilan_extract.plan import Plan

OK = 0
USAGE = 1
UNREADABLE = 2
TO_CHECK = 3
INTERRUPTED = 130
SHOWN_WARNINGS = 10
EXIT_CODES = """\
codes de retour :
  0    c'est fait
  1    la commande est mal écrite (option, profil ou page inconnus)
  2    le document ne se lit pas, ou le résultat ne peut pas être écrit
  3    lu, mais quelqu'un doit vérifier les points signalés (avec --strict)
  4    plusieurs documents : fait, mais certains sont en échec
  130  interrompu (Ctrl-C) ; avec plusieurs documents, la même commande reprend"""

Commands = Any  # argparse names the class of its subparsers privately


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        argv: the arguments after the program's name, None for those of the process.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    trace = "--trace" in arguments
    try:
        parsed = build_parser().parse_args(arguments)
        return int(parsed.run(parsed))
    except BilanError as error:
        if trace:
            raise
        return _complain(f"{str(error).rstrip('. ')}{f' ; {error.remedy}' if error.remedy else ''}", error.exit_code)
    except KeyboardInterrupt:
        return _complain("interrompu", INTERRUPTED)
    except BrokenPipeError:
        return _complain("le programme qui lisait la sortie standard s'est arrêté", UNREADABLE)
    except MemoryError:
        return _complain("ce document demande plus de mémoire que la machine n'en a", UNREADABLE)
    except Exception as error:
        if trace:
            raise
        name = type(error).__name__
        return _complain(f"erreur imprévue ({name}) ; relancez avec --trace et signalez-la", UNREADABLE)


def build_parser() -> FrenchParser:
    """The parser of the command with all its subcommands."""
    parser = FrenchParser(
        prog="bilan-extract",
        description="Lit le bilan qu'une collectivité publie en PDF et en fait un plan structuré (JSON).",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"bilan-extract {__version__}", help="montre la version")
    _add_trace(parser)
    commands = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    for add in (
        _add_convert,
        _add_status,
        _add_show,
        _add_export,
        _add_search,
        _add_correct,
        _add_inspect,
        _add_schema,
        _add_evaluate,
    ):
        add(commands)
    return parser


def _add_command(commands: Commands, name: str, run: Callable[[argparse.Namespace], int], about: str) -> FrenchParser:
    """A subcommand's parser, with the options that all of them have."""
    parser: FrenchParser = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    parser.set_defaults(run=run)
    _add_trace(parser)
    return parser


def _add_trace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--trace", action="store_true", help="montre le détail technique d'une erreur")


def _add_reading_options(parser: argparse.ArgumentParser, *, many: bool = False) -> None:
    """What every command that reads a document, or many, takes."""
    about = "PDF ou texte (.txt) ; « - » pour l'entrée standard"
    if many:
        about += " ; ou plusieurs, un dossier, un motif (« *.pdf »), une liste (@liste.txt, « @- »), un manifeste CSV"
        parser.add_argument("inputs", metavar="FICHIER", nargs="+", help=about)
    else:
        parser.add_argument("file", metavar="FICHIER", help=about)
    parser.add_argument("--profile", metavar="PROFIL", help="nom d'un profil fourni, ou chemin d'un fichier TOML")
    parser.add_argument("--password", metavar="MOT", help="mot de passe d'un PDF protégé")
    about = "ce qui lit le PDF : pdfium (rapide), pdfplumber, ou auto : pdfium, et pdfplumber là où il échoue (auto)"
    parser.add_argument("--reader", choices=("auto", "pdfium", "pdfplumber"), default="auto", help=about)
    about = "reconnaissance de caractères : auto (les pages qui en ont besoin), off, force (toutes) (auto)"
    parser.add_argument("--ocr", choices=("auto", "off", "force"), default="auto", help=about)


# -- convert


def _add_convert(commands: Commands) -> None:
    parser = _add_command(commands, "convert", _convert, "convertit des documents en plans JSON")
    _add_reading_options(parser, many=True)
    about = "fichier à écrire (sans cette option : la sortie standard) ; dossier pour plusieurs documents"
    parser.add_argument("-o", "--out", metavar="SORTIE", help=about)
    parser.add_argument("--strict", action="store_true", help=f"rend {TO_CHECK} si quelqu'un doit vérifier des points du plan")
    plan_commands.add_format(parser)
    about = "corrections humaines à appliquer (sans cette option : celles du plan que -o remplace)"
    parser.add_argument("--corrections", metavar="FICHIER", help=about)
    command.add_arguments(parser)
    parser.epilog = EXIT_CODES


def _convert(arguments: argparse.Namespace) -> int:
    other = arguments.to not in (None, "json")
    single = len(arguments.inputs) == 1 and other  # whose other formats may well go to a folder
    if command.wants_batch(arguments.inputs, None if single else arguments.out, arguments):
        if other:
            raise UsageError("plusieurs documents s'écrivent en JSON ; passez ensuite le dossier à bilan-extract export --to")
        plan_commands.check_converted(arguments)
        if arguments.corrections is not None:
            raise UsageError("--corrections vaut pour un seul document")
        return command.run(arguments)
    from bilan_extract.pipeline import extract

    command.refuse_on_one(arguments)
    plan_commands.check_converted(arguments)
    if arguments.out is not None and not (other and plan_commands.is_folder(arguments)):
        _check_target(Path(arguments.out))
    kept = plan_commands.kept_corrections(arguments)
    with _progress(quiet=arguments.quiet) as progress:
        plan = extract(
            _source(arguments.inputs[0]),
            profile=arguments.profile,
            password=arguments.password,
            reader=arguments.reader,
            ocr=arguments.ocr,
            progress=progress,
        )
    plan, refused = plan_commands.keep_corrections(plan, kept, arguments)
    if other:
        plan_commands.export_converted(plan, arguments, arguments.inputs[0])
    else:
        _emit(plan.to_json(), arguments.out)
    if not arguments.quiet:
        _tell_warnings(plan)
    return TO_CHECK if refused or (arguments.strict and plan.warnings) else OK


def _tell_warnings(plan: Plan) -> None:
    """The warnings on standard error, the first ones in full."""
    if not plan.warnings:
        return
    count = len(plan.warnings)
    print(f"{count} point{'s' if count > 1 else ''} à vérifier :", file=sys.stderr)
    for warning in plan.warnings[:SHOWN_WARNINGS]:
        where = f"page {warning.page} : " if warning.page is not None else ""
        print(f"  {where}{warning.message} ({warning.code})", file=sys.stderr)
    if count > SHOWN_WARNINGS:
        print(f"  … et {count - SHOWN_WARNINGS} autres, dans « warnings » du plan", file=sys.stderr)


# -- status


def _add_status(commands: Commands) -> None:
    about = "montre où en est un dossier de sortie : ce qui est fait, ce qui est en échec et pourquoi"
    command.add_status_arguments(_add_command(commands, "status", command.status, about))


# -- show


def _add_show(commands: Commands) -> None:
    parser = _add_command(commands, "show", _show, "montre un plan JSON de façon lisible")
    parser.add_argument("plan", metavar="PLAN.json", help="plan écrit par « convert »")


def _show(arguments: argparse.Namespace) -> int:
    from bilan_extract.outputs import load_plan
    from bilan_extract.terminal import outline

    _emit(outline(load_plan(arguments.plan)), None)
    return OK


# -- export, search, correct


def _add_export(commands: Commands) -> None:
    about = "écrit des plans dans un autre format : classeur, tables, catalogue, rapport …"
    plan_commands.add_export(_add_command(commands, "export", plan_commands.export_plans, about))


def _add_search(commands: Commands) -> None:
    plan_commands.add_search(_add_command(commands, "search", _search, "cherche des mots dans un catalogue de plans"))


def _search(arguments: argparse.Namespace) -> int:
    return plan_commands.search_catalog(arguments, _emit)


def _add_correct(commands: Commands) -> None:
    plan_commands.add_correct(_add_command(commands, "correct", _correct, "applique des corrections à un plan"))


def _correct(arguments: argparse.Namespace) -> int:
    if arguments.out is not None:
        _check_target(Path(arguments.out))
    return plan_commands.correct_plan(arguments, _emit)


# -- inspect


def _add_inspect(commands: Commands) -> None:
    about = "dessine les pages (PNG) : cadres, étiquettes, ordre de lecture, règles appliquées"
    parser = _add_command(commands, "inspect", _inspect, about)
    _add_reading_options(parser)
    parser.add_argument("--pages", metavar="5-7,9", help="pages à dessiner (sans cette option : toutes)")
    parser.add_argument("-o", "--out", metavar="DOSSIER", required=True, help="dossier où écrire page-005.png …")


def _inspect(arguments: argparse.Namespace) -> int:
    from bilan_extract.inspect import draw_pages

    pages = None if arguments.pages is None else parse_pages(arguments.pages)
    with _progress() as progress:
        written = draw_pages(
            _source(arguments.file),
            Path(arguments.out),
            pages=pages,
            profile=arguments.profile,
            password=arguments.password,
            reader=arguments.reader,
            ocr=arguments.ocr,
            progress=progress,
        )
    _emit("".join(f"{path}\n" for path in written), None)
    return OK


def parse_pages(text: str) -> list[int]:
    """The page numbers that "5-7,9" names, in that order, each once.

    Raises:
        UsageError: it is not made of numbers from 1 and rising ranges.
    """
    pages: dict[int, None] = {}
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not (first.isascii() and first.isdigit() and (not dash or (last.isascii() and last.isdigit()))):
            raise UsageError(f"--pages : « {text} » ne se lit pas ; écrivez par exemple 5-7,9")
        start, end = int(first), int(last or first)
        if not 1 <= start <= end <= 1_000_000:
            raise UsageError(f"--pages : « {part.strip()} » n'est pas une suite de pages (la première a le numéro 1)")
        pages.update(dict.fromkeys(range(start, end + 1)))
    return list(pages)


# -- schema


def _add_schema(commands: Commands) -> None:
    parser = _add_command(commands, "schema", _schema, "écrit le schéma JSON du plan")
    parser.add_argument("-o", "--out", metavar="SORTIE.json", help="fichier à écrire")


def _schema(arguments: argparse.Namespace) -> int:
    import json

    from bilan_extract.plan import Plan

    if arguments.out is not None:
        _check_target(Path(arguments.out))
    _emit(json.dumps(Plan.model_json_schema(), ensure_ascii=False, indent=2) + "\n", arguments.out)
    return OK


# -- evaluate


def _add_evaluate(commands: Commands) -> None:
    from bilan_extract.evaluate_command import add_arguments

    add_arguments(_add_command(commands, "evaluate", _evaluate, "mesure des plans sur des plans de référence"))


def _evaluate(arguments: argparse.Namespace) -> int:
    from bilan_extract.evaluate_command import run

    return run(arguments, lambda text: _emit(text, None))


# -- reading and writing


def _source(name: str) -> str | bytes:
    """What `extract` is given: the path, or all that stands on standard input."""
    if name != "-":
        return name
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("« - » lit l'entrée standard : envoyez-y un document, par exemple avec « < bilan.pdf »")
    return sys.stdin.buffer.read()


def _check_target(path: Path) -> None:
    """Refuses at once what would fail after minutes of work. Raises OutputError."""
    from bilan_extract.outputs.files import writing_errors

    with writing_errors(path), contextlib.suppress(FileNotFoundError, NotADirectoryError):
        path.stat()  # a name that the system does not accept
    if path.is_dir():
        raise OutputError(f"Impossible d'écrire {path} : c'est un dossier ; donnez un nom de fichier")
    if not path.parent.is_dir():
        raise OutputError(f"Impossible d'écrire {path} : le dossier {path.parent} n'existe pas ; créez-le d'abord")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"Impossible d'écrire {path} : accès refusé ; choisissez un autre endroit")


def _is_device(path: Path) -> bool:
    """Whether there is something at ``path`` that no renamed file may take the place of (/dev/stdout, a pipe)."""
    return path.exists() and not path.is_file()


def _emit(text: str, out: str | None) -> None:
    """Write ``text`` as UTF-8 to the file, in one step, or to standard output. Raises OutputError."""
    from bilan_extract.outputs.files import reason, write_text

    if out is not None and not _is_device(Path(out)):
        write_text(Path(out).resolve(), text)  # resolved: a link keeps leading where it leads
        return
    name = "sur la sortie standard" if out is None else out
    data = text.encode("utf-8", errors="replace")
    if out is None and sys.stdout is None:
        raise OutputError(f"Impossible d'écrire {name} : elle est fermée")
    try:
        if out is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            with open(out, "wb") as device:
                device.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_stdout()
        raise OutputError(f"Impossible d'écrire {name} : {reason(error)}") from error


def _complain(sentence: str, code: int) -> int:
    """One sentence on standard error; the exit code."""
    _forget_stdout()
    with contextlib.suppress(OSError, ValueError):
        print(printable(f"bilan-extract : {sentence}."), file=sys.stderr, flush=True)
    return code


def _forget_stdout() -> None:
    """After a failed write, Python would try again at exit and complain: give it nowhere to write."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def _progress(*, quiet: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """Yields what `extract` calls after each page: a progress bar where standard error is a terminal, else None."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Lecture"), BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
