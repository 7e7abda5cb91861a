"""The command `bilan-extract evaluate`: which plan is judged by which gold plan, and how the result is printed.

What is heavy is imported where it is used, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilan_extract.errors import BilanError, InputError, InputNotFoundError, UsageError

if TYPE_CHECKING:
    from bilan_extract.evaluate import Evaluation, Measure, Miss
    from bilan_extract.floors import Floors

OK = 0
UNREADABLE = 2
BELOW = 3
GOLD_ENDING = ".gold.json"
#: What may stand beside NAME.gold.json: the first that is there is judged, a PDF or text after it was converted.
PLAN_ENDINGS = (".plan.json", ".pdf", ".txt")
FLOORS = "floors.json"
README = "README.md"
#: The scores of the overview of many documents, with their short headings.
OVERVIEW = {
    "ambitions": "amb.", "priorities": "prio.", "engagements": "eng.", "blocks": "blocks", "items": "items",
    "focus": "focus", "placement": "place", "figures": "fig.", "dates": "dates", "text_exact": "text",
    "item_kind": "kind", "region_page": "page", "region_iou": "iou", "document_fields": "doc.",
}  # fmt: skip
WORDS = {"missed": "manqué", "invented": "en trop", "differs": "différent"}
START, END = "<!-- evaluate: start -->", "<!-- evaluate: end -->"
EPILOG = f"""\
GOLD est un plan de référence (.json) ou un dossier : tous les NOM{GOLD_ENDING} qu'il contient, chacun avec
NOM.plan.json, NOM.pdf ou NOM.txt à côté de lui. PLAN est un plan (.json), un document à convertir ou un dossier
de plans (NOM.plan.json ou NOM.json) ou de documents.
Un fichier {FLOORS} dans le dossier fixe les planchers ; --min vaut pour chaque document.

codes de retour :
  0    tout est mesuré, rien n'est sous son plancher
  1    la commande est mal écrite
  2    un document ne se lit pas, ou le résultat ne peut pas être écrit
  3    une mesure est sous son plancher ou sous --min"""


@dataclass(frozen=True, slots=True)
class Case:
    """One plan to judge: the name it is shown by, the gold plan's file, and the plan's or the document's."""

    name: str
    gold: Path
    plan: Path


@dataclass(frozen=True, slots=True)
class Result:
    """One plan judged; where it could not be read, it counts as empty and ``error`` says why."""

    case: Case
    evaluation: Evaluation
    error: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give the subcommand's parser its arguments."""
    parser.add_argument("gold", metavar="GOLD", help="plan de référence, ou dossier de plans de référence")
    parser.add_argument("plans", metavar="PLAN", nargs="*", help="plan ou document à juger, ou dossier de plans")
    parser.add_argument("--misses", action="store_true", help="montre ce qui est manqué, en trop ou différent")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="écrit les mesures en JSON")
    shape.add_argument("--markdown", action="store_true", help="écrit les mesures en Markdown")
    parser.add_argument(
        "--min", action="append", default=[], metavar="NOM=X", help=f"rend {BELOW} si la mesure NOM est sous X"
    )
    parser.add_argument("--profile", metavar="PROFIL", help="profil pour convertir les documents")
    parser.add_argument("--floors", metavar="FICHIER", help=f"planchers (sinon GOLD/{FLOORS}, s'il existe)")
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--update-floors", action="store_true", help="relève les planchers à ce qui est mesuré")
    change.add_argument("--lower-floors", action="store_true", help="les met à ce qui est mesuré, même plus bas")
    parser.add_argument("--write-readme", action="store_true", help=f"met à jour les tableaux de GOLD/{README}")
    parser.epilog = EPILOG


def run(arguments: argparse.Namespace, emit: Callable[[str], None] | None = None) -> int:
    """Judge, print, check; returns the exit code.

    Args:
        arguments: as `add_arguments` describes them.
        emit: writes the result's text, None for standard output.

    Raises:
        InputError: a gold plan or the floors cannot be read.
        UsageError: options that make no sense together, an unknown score.
        OutputError: floors or README cannot be written.
    """
    bars = _bars(arguments.min)
    cases = find_cases(Path(arguments.gold), [Path(plan) for plan in arguments.plans])
    floors_file = _floors_file(arguments)
    results = [_judge(case, arguments.profile, bool(getattr(arguments, "trace", False))) for case in cases]
    (emit or sys.stdout.write)(_shown(results, arguments))
    for result in results:
        if result.error is not None:
            print(f"bilan-extract : {result.case.name} : {result.error}.", file=sys.stderr)
    if arguments.write_readme:
        _write_readme(Path(arguments.gold), results)
    low = list(_under_bars(results, bars))
    if floors_file is not None:
        low += _floors(floors_file, results, arguments)
    for sentence in low:
        print(f"sous la barre : {sentence}", file=sys.stderr)
    if any(result.error is not None for result in results):
        return UNREADABLE
    return BELOW if low else OK


# -- what is judged


def find_cases(gold: Path, plans: Sequence[Path]) -> list[Case]:
    """Which plan is judged by which gold plan.

    Args:
        gold: a gold plan, or a folder (searched to the bottom for NAME.gold.json).
        plans: for a gold plan, the plans or documents to judge by it; for a folder, at most one folder of plans. None:
            what stands beside each gold plan.

    Raises:
        InputNotFoundError: a file or folder is not there, or there is nothing beside a gold plan.
        UsageError: files where one folder is wanted.
    """
    if not gold.is_dir():
        _must_exist(gold)
        for plan in plans:
            _must_exist(plan)
        if not plans:
            return [Case(_stem(gold), gold, _beside(gold, gold.parent, gold.parent))]
        names = [plan.name if len({p.name for p in plans}) == len(plans) else str(plan) for plan in plans]
        return [Case(name, gold, plan) for name, plan in zip(names, plans, strict=True)]
    if len(plans) > 1 or (plans and not plans[0].is_dir()):
        raise UsageError("à un dossier de plans de référence répond un seul dossier de plans")
    found = sorted(gold.rglob(f"*{GOLD_ENDING}"))
    if not found:
        raise InputNotFoundError(f"{gold} ne contient aucun NOM{GOLD_ENDING}")
    return [
        Case((path.parent / _stem(path)).relative_to(gold).as_posix(), path, _beside(path, gold, *(plans or [gold])))
        for path in found
    ]


def _must_exist(path: Path) -> None:
    if not path.is_file():
        raise InputNotFoundError(f"fichier introuvable : {path}")


def _stem(gold: Path) -> str:
    return gold.name.removesuffix(GOLD_ENDING).removesuffix(".json")


def _beside(gold: Path, root: Path, plans: Path) -> Path:
    """What answers to ``gold``, a file below ``root``, at the same place below ``plans``."""
    folder = plans / gold.parent.relative_to(root)
    endings = PLAN_ENDINGS if plans == root else (PLAN_ENDINGS[0], ".json", *PLAN_ENDINGS[1:])
    for ending in endings:
        path = folder / f"{_stem(gold)}{ending}"
        if path.is_file():
            return path
    raise InputNotFoundError(f"rien à juger pour {gold} : il manque {folder / _stem(gold)}, en {', '.join(endings)}")


def _judge(case: Case, profile: str | None, trace: bool) -> Result:
    from bilan_extract.evaluate import evaluate

    gold = _read_json(case.gold)
    try:
        return Result(case, evaluate(gold, _plan(case.plan, profile)))
    except Exception as error:  # one bad document does not end the measurement of the others
        if trace or isinstance(error, UsageError):
            raise
        sentence = str(error) if isinstance(error, BilanError) else f"erreur imprévue ({type(error).__name__})"
        return Result(case, evaluate(gold, {}), sentence)


def _plan(path: Path, profile: str | None) -> dict[str, Any]:
    if path.suffix == ".json":
        return _read_json(path)
    from bilan_extract.pipeline import extract

    # without recognition, so that a measure is the same on a machine without tesseract
    plan: dict[str, Any] = extract(path, profile=profile, ocr="off").model_dump(mode="json", by_alias=True)
    return plan


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} ne se lit pas comme du JSON") from error
    if not isinstance(data, dict):
        raise InputError(f"{path} n'est pas un plan")
    return data


# -- bars and floors


def _bars(options: Sequence[str]) -> dict[str, float]:
    """The bars by name, out of "NAME=X". Raises UsageError."""
    from bilan_extract.evaluate import NAMES

    bars = {}
    for option in options:
        name, _, least = option.partition("=")
        if name not in NAMES:
            raise UsageError(f"--min : « {name} » n'est pas une mesure ; choix possibles : {', '.join(NAMES)}")
        try:
            bars[name] = float(least)
        except ValueError as error:
            raise UsageError(f"--min : « {option} » ne se lit pas ; écrivez par exemple items=0.95") from error
    return bars


def _under_bars(results: Sequence[Result], bars: dict[str, float]) -> Iterator[str]:
    """Which documents are below a bar. A score that only some documents have is asked of those."""
    for name, least in bars.items():
        measured = [(result.case.name, result.evaluation.value(name)) for result in results]
        if all(value is None for _, value in measured):
            yield f"{name} ne se mesure sur aucun document"
        for document, value in measured:
            if value is not None and value < least:
                yield f"{document} : {name} {value:.4f} sous {least:.4f}"


def _floors_file(arguments: argparse.Namespace) -> Path | None:
    gold = Path(arguments.gold)
    changes = arguments.update_floors or arguments.lower_floors
    if (changes or arguments.write_readme or arguments.floors) and not gold.is_dir():
        raise UsageError("--floors, --update-floors, --lower-floors et --write-readme demandent un dossier")
    if arguments.plans:
        if changes or arguments.write_readme:
            raise UsageError("les planchers et le README se mesurent sur les documents mêmes, sans PLAN")
        return Path(arguments.floors) if arguments.floors else None
    path = Path(arguments.floors) if arguments.floors else gold / FLOORS
    return path if gold.is_dir() and (path.is_file() or changes or arguments.floors) else None


def _floors(path: Path, results: Sequence[Result], arguments: argparse.Namespace) -> list[str]:
    """Check the floors, after changing them where that is asked for. Returns what is below."""
    from bilan_extract.floors import below, floors_text, gold_hash, load_floors
    from bilan_extract.outputs.files import write_text

    changes = arguments.update_floors or arguments.lower_floors
    floors: Floors = load_floors(path) if path.is_file() or not changes else {}
    hashes = {_floor_name(gold, path): gold_hash(gold) for gold in sorted(path.parent.rglob(f"*{GOLD_ENDING}"))}
    named = {_floor_name(result.case.gold, path): result for result in results}
    if changes:
        floors = _changed(floors, named, hashes, lower=arguments.lower_floors)
        write_text(path, floors_text(floors))
    low = [
        f"{name} : {phrase}"
        for name, result in named.items()
        for phrase in below(floors.get(name), hashes[name], result.evaluation)
    ]
    return low + [f"{name} : plancher d'un document qui n'est plus là" for name in floors if name not in hashes]


def _changed(floors: Floors, named: dict[str, Result], hashes: dict[str, str], *, lower: bool) -> Floors:
    """The floors after this measurement. What could not be read leaves its own as they are."""
    from bilan_extract.floors import moved, raised, reset

    out = moved(floors, hashes)
    for name, result in named.items():
        if result.error is None:
            now = hashes[name], result.evaluation
            out[name] = reset(*now) if lower else raised(out.get(name), *now)
    return {name: floor for name, floor in out.items() if name in hashes} if lower else out


def _floor_name(gold: Path, floors: Path) -> str:
    """The document's name in the floors' file: its path from there. Raises UsageError."""
    try:
        place = gold.resolve().parent.relative_to(floors.resolve().parent)
    except ValueError as error:
        raise UsageError(f"{floors} doit se trouver dans le dossier de {gold} ou au-dessus") from error
    return (place / _stem(gold)).as_posix()


# -- what is shown


def _shown(results: Sequence[Result], arguments: argparse.Namespace) -> str:
    """The results as table, JSON or Markdown, with misses where they are asked for."""
    from bilan_extract.evaluate import pool

    total = pool(result.evaluation for result in results)
    if arguments.json:
        return _as_json(results, total, arguments.misses)
    draw = markdown_table if arguments.markdown else text_table
    many = len(results) > 1
    parts = [draw(overview(results, total))] if many else []
    if not many or len({result.case.gold for result in results}) > 1:
        parts.append(draw(details(total)))
    if arguments.misses:
        for result in results:
            title = f"{'## ' if arguments.markdown else ''}{result.case.name}"
            lines = [_miss(miss, arguments.markdown) for miss in result.evaluation.misses]
            gap = "\n\n" if arguments.markdown else "\n"
            parts.append(title + gap + "\n".join(lines or ["rien"]) + "\n")
    return "\n".join(parts)


def _as_json(results: Sequence[Result], total: Evaluation, misses: bool) -> str:
    def scores(evaluation: Evaluation) -> dict[str, Any]:
        return {name: measure.as_json() for name, measure in evaluation.scores.items()}

    documents: dict[str, Any] = {}
    for result in results:
        entry: dict[str, Any] = {"scores": scores(result.evaluation), "error": result.error}
        if misses:
            entry["misses"] = [
                {key: getattr(miss, key) for key in ("kind", "where", "what", "gold", "plan")}
                for miss in result.evaluation.misses
            ]
        documents[result.case.name] = entry
    return json.dumps({"documents": documents, "total": scores(total)}, ensure_ascii=False, indent=1) + "\n"


Table = list[list[str]]  # the first row is the heading


def overview(results: Sequence[Result], total: Evaluation) -> Table:
    """One row a document: the F1 or share of the scores that matter most."""
    rows = [["document", *OVERVIEW.values()]]
    rows += [[result.case.name, *(_number(result.evaluation.value(name)) for name in OVERVIEW)] for result in results]
    if len({result.case.gold for result in results}) > 1:
        rows.append(["ensemble", *(_number(total.value(name)) for name in OVERVIEW)])
    return rows


def details(evaluation: Evaluation) -> Table:
    """One row a score."""
    rows = [["mesure", "F1 ou part", "précision", "rappel", "trouvés", "attendus", "donnés"]]
    return rows + [[name, *_cells(measure)] for name, measure in evaluation.scores.items()]


def _cells(measure: Measure) -> list[str]:
    from bilan_extract.evaluate import Score

    if isinstance(measure, Score):
        counts = (measure.hits, measure.expected, measure.predicted)
        return [_number(measure.f1), _number(measure.precision), _number(measure.recall), *map(str, counts)]
    return [_number(measure.value), "", "", "", "", ""]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def text_table(rows: Table) -> str:
    """The rows in columns, numbers to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for first, *rest in rows:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines) + "\n"


def markdown_table(rows: Table) -> str:
    """The rows as a Markdown table."""
    heading, *body = rows
    ruled = [heading, ["---", *["---:"] * (len(heading) - 1)], *body]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in ruled)


def _miss(miss: Miss, markdown: bool) -> str:
    what = f"{miss.gold} → {miss.plan or '(rien)'}" if miss.what == "differs" else miss.gold or miss.plan
    line = f"{miss.kind}, {WORDS[miss.what]} ({miss.where}) : {what}"
    if not markdown:
        return f"  {line}"
    escaped = line.replace(chr(92), chr(92) * 2)
    for sign in "*_`<[#|":
        escaped = escaped.replace(sign, chr(92) + sign)
    return f"- {escaped}"


# -- the corpus' README


def _write_readme(folder: Path, results: Sequence[Result]) -> None:
    """Replace what stands between the two marks. Raises InputNotFoundError, UsageError, OutputError."""
    from bilan_extract.outputs.files import write_text

    path = folder / README
    _must_exist(path)
    text = path.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise UsageError(f"{path} ne contient pas les marques {START} et {END}")
    write_text(path, f"{before}{START}\n\n{readme_tables(results)}\n{END}{after}")


def readme_tables(results: Sequence[Result]) -> str:
    """Counts of the golds and scores of today, one row a document, the totals of each split last."""
    from bilan_extract.evaluate import pool

    counts = [["document", "pages", *COUNTED, "words"], *([r.case.name, *_counts(r.case.gold)] for r in results)]
    scores = [["document", *OVERVIEW.values()]]
    scores += overview(results, pool([]))[1 : len(results) + 1]
    for split in dict.fromkeys(result.case.name.rpartition("/")[0] for result in results):
        total = pool(r.evaluation for r in results if r.case.name.rpartition("/")[0] == split)
        scores.append([f"all of {split or 'it'}", *(_number(total.value(name)) for name in OVERVIEW)])
    return (
        f"Counts in the golds:\n\n{markdown_table(counts)}\n"
        "Scores today (F1; text, kind, page and doc. are shares, iou the mean overlap of boxes; see docs/evaluate.md):"
        "\n\n"
        f"{markdown_table(scores)}"
    )


COUNTED = ("ambitions", "priorities", "engagements", "blocks", "items", "focus", "figures", "dates")


def _counts(gold: Path) -> list[str]:
    """Pages, elements by kind (levels without number and title are none), and words."""
    plan = _read_json(gold)
    found: dict[str, int] = dict.fromkeys(COUNTED, 0)

    def visit(element: dict[str, Any]) -> None:
        for name in COUNTED:
            for child in element.get(name) or []:
                nameless = name in ("ambitions", "priorities") and child.get("number") is child.get("title") is None
                found[name] += not nameless
                visit(child)

    visit(plan)
    pages = ((plan.get("document") or {}).get("source") or {}).get("pages")
    words = (plan.get("coverage") or {}).get("words")
    return ["-" if count is None else str(count) for count in (pages, *found.values(), words)]
