"""README and docs: links lead somewhere, commands and targets exist, examples run."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import tomllib
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from bilan_extract import cli, extract
from bilan_extract.profile import Profile

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *(ROOT / "docs" / f"{name}.md" for name in ("cli", "contract", "profiles"))]
by_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


@by_page
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


@by_page
def test_commands_are_ones_that_exist(page: Path) -> None:
    """Each `bilan-extract …` line of a console example is understood by the parser."""
    examples = re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for line in "".join(examples).splitlines():
        words = shlex.split(line.partition(" > ")[0].rpartition("| ")[2])
        if words[0] == "bilan-extract":
            cli.build_parser().parse_args(words[1:])
        elif words[0] == "make":
            assert f"\n{words[1]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_library_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGES[0].read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example, "README.md", "exec"), {})
    assert printed.getvalue().startswith("Plan climat Sorelle 2030\nPriorité 1: 2 engagements, ")


def test_the_profile_example_is_a_profile_and_is_used() -> None:
    text = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    profile = Profile.model_validate(tomllib.loads(example))
    described = set(re.findall(r"`(?:levels|labels)\.(\w+)`", text))
    assert described == {*type(profile.levels).model_fields, *type(profile.labels).model_fields}
    source = review(
        ("Boussole 1 : Une vallée qui se parle", 22),
        ("Sentier 1 : Rouvrir les lavoirs", 18),
        ("Pas 1 : Réparer les lavoirs des hameaux", 14),
        ("Semé en 2024", 12),
        ("Trois lavoirs ont été réparés avec les habitants du hameau des Saules.", 10),
        ("À semer en 2025", 12),
        ("Deux autres lavoirs le seront avant la fin de la saison des pluies.", 10),
    )
    plan = extract(source, profile=profile)
    assert [ambition.label for ambition in plan.ambitions] == ["Boussole 1"]
    (priority,) = plan.ambitions[0].priorities
    (engagement,) = priority.engagements
    assert [(block.status, block.label) for block in engagement.blocks] == [
        ("réalisé", "Semé en 2024"),
        ("à venir", "À semer en 2025"),
    ]
    assert not extract(source).ambitions, "the default profile has no such words"


def review(*lines: tuple[str, int]) -> bytes:
    """A page with these lines at these sizes, the larger ones bold."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    y = 780
    for text, size in lines:
        y -= 3 * size
        canvas.setFont("Helvetica-Bold" if size > 10 else "Helvetica", size)
        canvas.drawString(70, y, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_the_picture_is_there() -> None:
    from PIL import Image

    with Image.open(ROOT / "docs" / "plan-page.png") as picture:
        assert picture.width > 1000
    assert (ROOT / "docs" / "plan-page.png").stat().st_size < 400_000
