"""docs/batch.md says what is: commands are understood, options, columns and codes are all there."""

from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

from bilan_extract import cli
from bilan_extract.batch.command import add_arguments
from bilan_extract.batch.errors import ManifestError
from bilan_extract.batch.journal import COLUMNS
from bilan_extract.batch.task import FAILURES, FINISHED, SKIPPED
from bilan_extract.errors import BilanError, InputError
from bilan_extract.reading.tesseract import OcrFailedError, OcrUnavailableError

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "batch.md").read_text(encoding="utf-8")


def test_commands_are_understood() -> None:
    lines = "".join(re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)).splitlines()
    ours = [line.rpartition(" | ")[2] for line in lines if "bilan-extract " in line]
    assert len(ours) >= 5
    for line in ours:
        cli.build_parser().parse_args(shlex.split(line)[1:])


def test_every_option_is_described() -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    for option in re.findall(r"--[a-z-]+", parser.format_help()):
        assert f"`{option}" in PAGE or f" {option}" in PAGE or option in ("--help", "--quiet"), option


def test_every_column_and_status_is_described() -> None:
    for name in (*COLUMNS, *FINISHED, *FAILURES, SKIPPED):
        assert f"`{name}`" in PAGE, name


def test_every_error_code_of_a_document_is_described() -> None:
    classes: list[type[BilanError]] = [InputError, OcrFailedError, OcrUnavailableError]
    for each in classes:
        classes += each.__subclasses__()
    codes = {each.code for each in classes} - {ManifestError.code}  # which ends the command, before any document
    assert {"not_a_pdf", "ocr_failed", "input_changed"} <= codes
    for code in codes:
        assert f"`{code}`" in PAGE, code


def test_the_library_example_compiles() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    compile(example, "batch.md", "exec")
