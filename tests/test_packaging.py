"""The wheel holds all that the library needs, and works where nothing else of the checkout is."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from bad_files import DEMO

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the backend that is installed here (no network)."""
    pytest.importorskip("hatchling", reason="the build backend is in the extra dev")
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", str(ROOT), "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked as pip installs it, without its dependencies (those of this environment serve)."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--no-deps", "--target", str(folder), str(wheel))
    return folder


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as opened:
        return set(opened.namelist())


def test_the_wheel_holds_everything(wheel: Path) -> None:
    held = names(wheel)
    source = ROOT / "src"
    for path in (source / "bilan_extract").rglob("*"):
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.parts):
            assert path.relative_to(source).as_posix() in held, path
    assert "bilan_extract/py.typed" in held
    assert "bilan_extract/profiles/default.toml" in held
    for model in ("bilan_stage", "bilan_label"):
        assert f"bilan_extract/_models/{model}/linear.bin" in held
        assert f"bilan_extract/_models/{model}/config.cfg" in held


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert tops == {"bilan_extract", f"bilan_extract-{PROJECT['version']}.dist-info"}
    assert not [name for name in names(wheel) if "__pycache__" in name]
    assert wheel.stat().st_size < 15_000_000


def test_the_metadata_names_script_factories_and_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        info = f"bilan_extract-{PROJECT['version']}.dist-info"
        points = opened.read(f"{info}/entry_points.txt").decode()
        metadata = opened.read(f"{info}/METADATA").decode()
    assert "bilan-extract = bilan_extract.cli:main" in points
    assert "[spacy_factories]" in points
    assert "Requires-Python: >=3.11" in metadata
    assert "License-Expression: MIT" in metadata
    for extra in PROJECT["optional-dependencies"]:
        assert f"Provides-Extra: {extra}" in metadata


def test_versions_agree() -> None:
    import bilan_extract

    assert bilan_extract.__version__ == PROJECT["version"]


def test_the_installed_command_converts(installed: Path, tmp_path: Path) -> None:
    """Away from the checkout, with what the wheel brought: code, profiles, models."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    script = installed / "bin" / "bilan-extract"
    assert script.is_file()
    program = "import bilan_extract, sys; print(bilan_extract.__file__)"
    where = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(installed))
    for command in ([sys.executable, str(script)], [sys.executable, "-m", "bilan_extract"]):
        done = subprocess.run(
            [*command, "convert", str(DEMO)], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert '"schema_version": "1.0"' in done.stdout
    program = "from bilan_extract.language.judge import model_path; print(model_path('bilan_stage'))"
    model = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert model.stdout.startswith(str(installed))


def test_importing_the_package_is_light() -> None:
    program = (
        "import sys, bilan_extract\n"
        "sys.exit(str({'spacy', 'pydantic', 'pdfplumber', 'dateparser', 'PIL'} & set(sys.modules) or '') or 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_imports_run_downward() -> None:
    """The contracts of pyproject.toml, as .ci/run checks them."""
    pytest.importorskip("importlinter", reason="import-linter is in the extra dev")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_benchmark_times_steps_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks.scanned import STEPS

    assert [f"{owner.__name__}.{name}" for steps in STEPS.values() for owner, name in steps if not hasattr(owner, name)] == []
