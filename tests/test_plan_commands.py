"""export, search, correct and `convert --to`: the command and the functions do the same."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bad_files import DEMO
from plans import make_bare_plan, make_plan

from bilan_extract import cli, extract
from bilan_extract.corrections import Correction, Corrections, apply_corrections
from bilan_extract.outputs import FORMATS, OPTIONS, export, formats, load_plan, search
from bilan_extract.places import places
from bilan_extract.plan import Plan
from bilan_extract.progress import judge_progress
from bilan_extract.report import find_sources, write_report

DOCS = Path(__file__).resolve().parents[1] / "docs"
ALL = ",".join(FORMATS)


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def demo_plan() -> Plan:
    return extract(DEMO)


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(make_plan().to_json(), encoding="utf-8")
    return path


def content(folder: Path) -> dict[str, bytes]:
    """The files of a folder; of a catalogue its rows, since sqlite keeps no order of its pages."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.suffix == ".sqlite":
            with closing(sqlite3.connect(path)) as base:
                data = "\n".join(base.iterdump()).encode()
        found[str(path.relative_to(folder))] = data
    return found


def skip_without_extras() -> None:
    for package in ("openpyxl", "pyarrow", "icalendar"):
        pytest.importorskip(package)


def test_export_writes_what_the_function_writes(plan_file: Path, tmp_path: Path) -> None:
    skip_without_extras()
    assert run("export", plan_file, "--to", ALL, "-o", tmp_path / "command") == 0
    export(make_plan(), list(FORMATS), tmp_path / "function")
    assert content(tmp_path / "command") == content(tmp_path / "function")
    assert len(content(tmp_path / "command")) > len(FORMATS)


@pytest.mark.parametrize("name", list(FORMATS))
def test_one_format_goes_to_the_file_named(name: str, plan_file: Path, tmp_path: Path) -> None:
    skip_without_extras()
    for folder in ("command", "function"):
        (tmp_path / folder).mkdir()
    target = f"x{FORMATS[name].ending}"
    assert run("export", plan_file, "--to", name, "-o", tmp_path / "command" / target) == 0
    export(make_plan(), name, tmp_path / "function" / target)
    assert content(tmp_path / "command") == content(tmp_path / "function")


def test_convert_writes_every_format_at_once(demo_plan: Plan, tmp_path: Path) -> None:
    skip_without_extras()
    assert run("convert", DEMO, "--to", ALL, "-o", tmp_path / "command") == 0
    export(demo_plan, list(FORMATS), tmp_path / "function", sources=[DEMO])
    assert content(tmp_path / "command") == content(tmp_path / "function")


def test_convert_to_a_folder_that_is_there(demo_plan: Plan, tmp_path: Path) -> None:
    assert run("convert", DEMO, "--to", "markdown", "-o", tmp_path) == 0
    assert run("convert", DEMO, "--to", "markdown", "-o", tmp_path / "x.md") == 0
    named, x = sorted(tmp_path.iterdir(), key=lambda path: path.name == "x.md")
    assert named.read_bytes() == x.read_bytes()


def test_what_no_document_states(plan_file: Path, tmp_path: Path) -> None:
    known = {"siret": "21990012300015", "subject_code": "8.2", "subject_name": "Aide sociale", "url": "https://a.example/1"}
    assert tuple(known) == OPTIONS["scdl"]
    options = [part for name, value in known.items() for part in (f"--{name.replace('_', '-')}", value)]
    assert run("export", plan_file, "--to", "scdl", "-o", tmp_path / "command.csv", *options) == 0
    row, report = export(make_plan(), "scdl", tmp_path / "function.csv", **known)
    assert row.read_bytes() == (tmp_path / "command.csv").read_bytes()
    assert report.read_bytes() == (tmp_path / "command-coherence.csv").read_bytes()


def test_sources_are_found_by_what_they_hold(demo_plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    export([make_plan(), demo_plan], "json", tmp_path / "plans")
    (tmp_path / "pdf" / "deep").mkdir(parents=True)
    (tmp_path / "pdf" / "deep" / "renamed.PDF").write_bytes(DEMO.read_bytes())
    (tmp_path / "pdf" / "other.pdf").write_bytes(b"%PDF-1.7 of nothing here")
    command = ("export", tmp_path / "plans", "--to", "html", "--sources", tmp_path / "pdf", "-o", tmp_path / "a.html")
    assert run(*command) == 0
    plans = [load_plan(path) for path in sorted((tmp_path / "plans").iterdir())]
    sources = find_sources(plans, [tmp_path / "pdf"])
    assert [source is not None for source in sources] == [plan == demo_plan for plan in plans]
    for path in write_report(plans, tmp_path / "b.html", sources=sources):
        other = Path(str(path).replace("b.html", "a.html").replace("b-rapports", "a-rapports"))
        assert path.read_text().replace("b.html", "").replace("b-rapports", "") == other.read_text().replace(
            "a.html", ""
        ).replace("a-rapports", "")


def test_search_prints_document_page_and_status(plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = tmp_path / "plans.sqlite"
    assert run("export", plan_file, "--to", "sqlite", "-o", catalog) == 0
    assert run("export", plan_file, "--to", "sqlite", "-o", catalog) == 0  # replaced, not doubled
    assert run("search", catalog, "LOGEMENT etudiants") == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[0] == "bilan velo.pdf · page 5 · à venir"
    assert shown.count("bilan velo.pdf") == len(search(catalog, "LOGEMENT etudiants")) == 1
    assert run("search", catalog, "atelier du pont") == 0
    assert capsys.readouterr().out.startswith("bilan velo.pdf · page 6 · focus\n  @L'atelier du Pont L'atelier du Pont a remis")
    assert run("search", catalog, "velo", "--json", "--limit", "2") == 0
    hits = json.loads(capsys.readouterr().out)
    assert [hit["id"] for hit in hits] == [hit.id for hit in search(catalog, "velo", limit=2)]
    assert run("search", catalog, "zeppelin") == 0
    assert capsys.readouterr().out == "rien trouvé\n"


# -- correct


def decisions(plan: Plan) -> Corrections:
    """A status, a value and a text of the plan's first statements, as a person would send them."""
    sha256 = plan.document.source.sha256
    items = [place for place in places(plan) if place.kind == "item" and len(place.source_text.split()) > 4]
    figure = next(place for place in places(plan) if place.kind == "figure")
    said = [(items[0], "status", "à venir"), (items[1], "text", f"{items[1].source_text} (revu)"), (figure, "value", 7.5)]
    return Corrections(
        corrections=[
            Correction.model_validate(
                {"target": p.id, "sha256": sha256, "field": field, "source_text": p.source_text, "value": value}
            )
            for p, field, value in said
        ]
    )


def test_correct_does_what_the_function_does(demo_plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export(demo_plan, "json", tmp_path / "plan.json")
    (tmp_path / "c.json").write_text(decisions(demo_plan).to_json(), encoding="utf-8")
    assert run("correct", tmp_path / "plan.json", tmp_path / "c.json") == 0
    wanted = apply_corrections(demo_plan, decisions(demo_plan), judge=judge_progress)
    assert capsys.readouterr() == (wanted.to_json(), "")
    assert {done.decided_by for done in wanted.corrections} == {"human"}
    assert len(wanted.corrections) == 3


def test_corrections_survive_a_new_conversion(demo_plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, changes = tmp_path / "plan.json", tmp_path / "c.json"
    changes.write_text(decisions(demo_plan).to_json(), encoding="utf-8")
    assert run("convert", DEMO, "-o", plan) == 0
    assert run("correct", plan, changes, "-o", plan) == 0
    corrected = load_plan(plan)
    assert len(corrected.corrections) == 3
    assert run("convert", DEMO, "-o", plan) == 0  # over the corrected plan
    assert "3 corrections humaines reprises" in capsys.readouterr().err
    assert load_plan(plan) == corrected
    assert run("convert", DEMO, "-o", tmp_path / "new.json", "--corrections", plan) == 0
    assert load_plan(tmp_path / "new.json") == corrected
    assert run("convert", DEMO, "--to", "jsonl", "-o", tmp_path / "new.jsonl", "--corrections", changes) == 0
    assert load_plan(tmp_path / "new.jsonl") == corrected


def test_another_documents_plan_is_replaced_as_ever(demo_plan: Plan, tmp_path: Path) -> None:
    other = make_plan()
    other = apply_corrections(other, decisions(other))
    (tmp_path / "plan.json").write_text(other.to_json(), encoding="utf-8")
    assert run("convert", DEMO, "-o", tmp_path / "plan.json") == 0
    assert load_plan(tmp_path / "plan.json") == demo_plan


def test_a_changed_text_is_refused_and_the_rest_applied(
    demo_plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = decisions(demo_plan)
    changes.corrections[0].source_text += " autrefois"
    (tmp_path / "c.json").write_text(changes.to_json(), encoding="utf-8")
    export(demo_plan, "json", tmp_path / "plan.json")
    assert run("correct", tmp_path / "plan.json", tmp_path / "c.json", "-o", tmp_path / "new.json") == 3
    assert "refusée : " in capsys.readouterr().err
    assert [done.field for done in load_plan(tmp_path / "new.json").corrections] == ["text", "value"]
    assert run("convert", DEMO, "--corrections", tmp_path / "c.json") == 3
    out, err = capsys.readouterr()
    assert "le texte d'origine a changé" in err
    assert Plan.model_validate_json(out) == load_plan(tmp_path / "new.json")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "PLAN", "--to", "docx", "-o", "x"), "Format inconnu : « docx »"),
        (("export", "PLAN", "--to", "csv,docx", "-o", "x"), "Format inconnu : « docx »"),
        (("export", "PLAN", "--to", "csv", "--siret", "1", "-o", "x"), "--siret n'a pas de sens avec --to csv"),
        (("export", "PLAN", "--to", "csv", "--sources", "a.pdf", "-o", "x"), "--sources n'a pas de sens"),
        (("export", "PLAN", "PLAN", "--to", "csv", "-o", "x"), "donné 2 fois"),
        (("export", "PLAN", "--to", "html", "--sources", "nowhere.pdf", "-o", "x"), "Source introuvable"),
        (("export", "PLAN", "--to", "html", "--sources", "PLAN", "-o", "x"), "le document d'aucun de ces plans"),
        (("export", "none.json", "--to", "csv", "-o", "x"), "Plan introuvable"),
        (("convert", "PLAN", "--to", "docx", "-o", "x"), "Format inconnu"),
        (("convert", "PLAN", "--to", "csv"), "avec -o"),
        (("convert", "PLAN", "--siret", "1"), "--siret n'a pas de sens avec --to json"),
        (("convert", "PLAN", "PLAN", "--to", "csv", "-o", "x/"), "bilan-extract export --to"),
        (("search", "PLAN", "vélo"), "n'est pas un catalogue"),
        (("search", "none.sqlite", "vélo"), "Catalogue introuvable"),
        (("correct", "PLAN", "none.json"), "introuvable"),
        (("correct", "PLAN", "PLAN.pdf"), "introuvable"),
    ],
)
def test_calls_that_make_no_sense_say_why(
    arguments: tuple[str, ...], told: str, plan_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(plan_file.parent)
    assert run(*(str(plan_file) if part == "PLAN" else part for part in arguments)) in (1, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert len(err.splitlines()) == 1
    assert [path.name for path in plan_file.parent.iterdir()] == ["plan.json"]


def test_every_option_is_in_the_docs(capsys: pytest.CaptureFixture[str]) -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    for command in ("export", "search", "correct", "convert"):
        with pytest.raises(SystemExit):
            run(command, "--help")
        for option in set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--trace"}:
            assert f"{option}" in text, (command, option)


PAGES = [DOCS / "cli.md", DOCS / "tutorial.md", *sorted((DOCS / "outputs").glob("*.md"))]
# ```console … ```
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_the_docs_are_commands(page: Path) -> None:
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            words = shlex.split(line.partition("|")[2] or line)
            assert words[0] == "bilan-extract", line
            words = words[1 : words.index(">") if ">" in words else None]
            arguments = cli.build_parser().parse_args(words)
            if getattr(arguments, "to", None):
                assert formats(arguments.to)


def test_an_empty_plan_goes_everywhere(tmp_path: Path) -> None:
    skip_without_extras()
    bare = make_bare_plan()
    without = bare.model_copy(update={"ambitions": []})
    for number, plan in enumerate((bare, without)):
        for name in FORMATS:
            for path in export(plan, name, tmp_path / f"{number}" / f"x{FORMATS[name].ending}"):
                assert path.stat().st_size > 0
