"""The command: what it prints, where, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bad_files import DEMO, written

from bilan_extract import __version__, cli, extract
from bilan_extract.arguments import in_french
from bilan_extract.errors import UsageError
from bilan_extract.plan import Plan
from bilan_extract.terminal import outline

ENGLISH = re.compile(r"\b(the following|required|unrecognized|invalid|expected|argument \S+:|show this|positional)\b")


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def demo_plan() -> Plan:
    return extract(DEMO)


# -- convert


def test_convert_writes_the_plan_that_extract_gives(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], demo_plan: Plan
) -> None:
    assert run("convert", DEMO, "-o", tmp_path / "plan.json") == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "plan.json").read_text(encoding="utf-8") == demo_plan.to_json()
    assert run("convert", DEMO) == 0
    assert capsys.readouterr().out == demo_plan.to_json()


def test_convert_reads_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, demo_plan: Plan
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DEMO.read_bytes())))
    assert run("convert", "-") == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["document"]["source"].pop("name") is None
    expected = json.loads(demo_plan.to_json())
    del expected["document"]["source"]["name"]
    assert plan == expected


def test_convert_replaces_a_file_and_follows_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("ancien")
    link.symlink_to(real)
    assert run("convert", DEMO, "-o", link) == 0
    assert link.is_symlink()
    assert json.loads(real.read_text(encoding="utf-8"))["schema_version"] == "1.0"


def test_a_profile_by_name_by_path_and_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("convert", DEMO, "--profile", "default") == 0
    by_name = capsys.readouterr().out
    own = tmp_path / "own.toml"
    shipped = Path(cli.__file__).parent / "profiles" / "default.toml"
    own.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    assert run("convert", DEMO, "--profile", own) == 0
    assert capsys.readouterr().out == by_name
    assert run("convert", DEMO, "--profile", "inconnu") == 1
    assert "profil" in capsys.readouterr().err
    own.write_text("name = ", encoding="utf-8")
    assert run("convert", DEMO, "--profile", own) == 1
    assert "TOML" in capsys.readouterr().err


def test_strict_tells_by_its_exit_code_that_a_person_must_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, demo_plan: Plan
) -> None:
    from bilan_extract.plan import PlanWarning

    clean = demo_plan.model_copy(update={"warnings": []})
    many = [PlanWarning(code="page_without_text", message="page sans texte", page=n) for n in range(1, 13)]
    doubtful = demo_plan.model_copy(update={"warnings": many})
    for plan, code, strict_code in ((clean, 0, 0), (doubtful, 0, 3)):
        monkeypatch.setattr("bilan_extract.pipeline.extract", lambda *_, plan=plan, **__: plan)
        assert run("convert", DEMO, "-o", tmp_path / "plan.json") == code
        capsys.readouterr()
        assert run("convert", DEMO, "-o", tmp_path / "plan.json", "--strict") == strict_code
        assert (tmp_path / "plan.json").read_text(encoding="utf-8") == plan.to_json(), "written all the same"
    told = capsys.readouterr().err
    assert told.startswith("12 points à vérifier :\n  page 1 : page sans texte")
    assert "… et 2 autres" in told


# -- schema, show, inspect


def test_schema_is_the_published_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    out = capsys.readouterr().out
    assert json.loads(out) == Plan.model_json_schema()
    assert run("schema", "-o", tmp_path / "schema.json") == 0
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == out


def test_show_tells_every_statement(tmp_path: Path, capsys: pytest.CaptureFixture[str], demo_plan: Plan) -> None:
    path = tmp_path / "plan.json"
    path.write_text(demo_plan.to_json(), encoding="utf-8")
    assert run("show", path) == 0
    shown = capsys.readouterr().out
    flat = " ".join(shown.split())
    priorities = [priority for ambition in demo_plan.ambitions for priority in ambition.priorities]
    assert priorities
    for priority in priorities:
        assert str(priority.title) in flat
        for engagement in priority.engagements:
            for text in [engagement.text] + [item.text for block in engagement.blocks for item in block.items]:
                for line in text.split("\n"):
                    assert " ".join(line.split()) in flat
    assert max(len(line) for line in shown.splitlines()) <= 100


def test_show_steers_no_terminal(demo_plan: Plan) -> None:
    assert "\x1b" not in outline(demo_plan.model_copy(update={"title": "Plan \x1b[31mrouge\x07"}))


def test_show_refuses_what_is_no_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert run("show", tmp_path / "x.json") == 2
    assert run("show", tmp_path / "none.json") == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_inspect_draws_the_pages_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from PIL import Image

    assert run("inspect", DEMO, "--pages", "5-6,2", "-o", tmp_path / "pages") == 0
    written_files = capsys.readouterr().out.split()
    assert [Path(name).name for name in written_files] == ["page-005.png", "page-006.png", "page-002.png"]
    with Image.open(tmp_path / "pages" / "page-005.png") as picture:
        assert picture.height > 1600
        sheet = picture.convert("RGB")
    from bilan_extract.inspect import COLOURS

    seen = {colour for _, colour in sheet.getcolors(maxcolors=1 << 24) or []}
    for role in ("heading", "title", "label", "body"):
        assert COLOURS[role] in seen, role


def test_inspect_refuses_pages_that_are_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for pages in ("0", "9999", "5-3", "x", "", "1-", "1,,2", "²"):
        assert run("inspect", DEMO, "--pages", pages, "-o", tmp_path / "pages") == 1, pages
        assert "page" in capsys.readouterr().err
    assert not (tmp_path / "pages").exists()
    text = tmp_path / "text.txt"
    text.write_text("Axe 1 : Marcher\nPriorité 1 : Des trottoirs\n", encoding="utf-8")
    assert run("inspect", text, "-o", tmp_path / "pages") == 1
    assert "PDF" in capsys.readouterr().err


def test_inspect_opens_what_is_encrypted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "encrypted.pdf"
    source.write_bytes(written("Axe 1 : Marcher", "Des trottoirs plus larges.", password="sesame"))
    assert run("inspect", source, "--password", "sesame", "-o", tmp_path / "pages") == 0
    assert (tmp_path / "pages" / "page-001.png").stat().st_size > 0


@pytest.mark.parametrize(
    ("text", "pages"), [("5", [5]), ("5-7", [5, 6, 7]), ("5-7,2, 6", [5, 6, 7, 2]), ("1-1", [1])]
)
def test_page_lists(text: str, pages: list[int]) -> None:
    assert cli.parse_pages(text) == pages


# -- usage


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["conver"],
        ["convert"],
        ["convert", "a.pdf", "b.pdf", "--unknown"],
        ["convert", "-o"],
        ["convert", "a.pdf", "--strict=3"],
        ["inspect", "a.pdf"],
        ["schema", "--foo"],
    ],
)
def test_usage_errors_are_french_and_end_with_1(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("bilan-extract : ")
    assert err.count("\n") == 1
    assert "--help" in err
    assert not ENGLISH.search(err), err


def test_what_argparse_says_is_told_in_french() -> None:
    """Every kind of error that argparse itself words, made to happen on this Python."""
    import argparse

    from bilan_extract.arguments import FrenchParser

    parser = FrenchParser(prog="essai")
    parser.add_argument("--number", type=int)
    parser.add_argument("--pair", nargs=2)
    parser.add_argument("--some", nargs="+")
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--left", action="store_true")
    group.add_argument("--right", choices=["a", "b"])
    for arguments in (["--number", "x"], ["--pair", "1"], ["--some"], [], ["--left", "--right", "a"], ["--right", "c"]):
        with pytest.raises(UsageError) as caught:
            parser.parse_args(arguments)
        assert not ENGLISH.search(str(caught.value)), caught.value
    assert in_french("a sentence that nobody knows") == "a sentence that nobody knows"
    assert isinstance(parser, argparse.ArgumentParser)


@pytest.mark.parametrize("arguments", [[], ["convert"], ["show"], ["inspect"], ["schema"]])
def test_help_is_french_and_tells_the_exit_codes(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        run(*arguments, "--help")
    assert done.value.code == 0
    shown = capsys.readouterr().out
    assert shown.startswith("usage : bilan-extract")
    assert not ENGLISH.search(shown), shown
    if arguments in ([], ["convert"]):
        assert all(f"\n  {code} " in shown for code in (0, 1, 2, 3, 130))


def test_every_command_and_option_is_described_in_the_docs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        run("--help")
    commands = re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert {"convert", "inspect", "schema"} <= set(commands)
    for command in commands:
        assert f"`{command}" in page or f"bilan-extract {command}" in page, command
        with pytest.raises(SystemExit):
            run(command, "--help")
        for option in re.findall(r"--[a-z-]+", capsys.readouterr().out):
            assert option in page, (command, option)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("--version")
    assert capsys.readouterr().out == f"bilan-extract {__version__}\n"


# -- as a program


def seconds(*arguments: str) -> float:
    """The processor's time of the quickest of five runs: what else the machine does must not count."""
    best = float("inf")
    for _ in range(5):
        before = os.times()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        after = os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        best = min(best, used)
    return best


def test_help_answers_at_once() -> None:
    assert seconds("-m", "bilan_extract", "--help") - seconds("-c", "pass") < 0.2


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from bilan_extract import cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'pydantic', 'pdfplumber', 'pypdfium2', 'rich', 'PIL', 'dateparser'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_output_is_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "bilan_extract", "convert", str(DEMO)], env=environment, capture_output=True, check=True
    )
    assert "Réduire" in done.stdout.decode("utf-8")


def test_a_terminal_sees_a_progress_bar_and_a_pipe_does_not(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bilan_extract", "convert", str(DEMO), "-o", str(tmp_path / "plan.json")]
    outer, inner = pty.openpty()
    process = subprocess.Popen(command, stderr=inner, stdout=subprocess.PIPE, env={**os.environ, "TERM": "xterm"})
    os.close(inner)
    shown = b""
    try:
        while chunk := os.read(outer, 65536):
            shown += chunk
    except OSError:  # Linux says so when the other end is closed
        pass
    assert process.communicate(timeout=60)[0] == b""
    os.close(outer)
    assert process.returncode == 0
    assert "pages" in shown.decode("utf-8", "replace")
    piped = subprocess.run(command, capture_output=True, check=True)
    assert b"Lecture" not in piped.stderr
