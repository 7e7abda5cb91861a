"""What cannot be read or written ends in one clear sentence and its exit code, and leaves nothing half done."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bad_files import DEMO, empty_pages, one_page, scan, without_unicode_map, written

from bilan_extract import cli, extract
from bilan_extract.errors import (
    BilanError,
    EncryptedError,
    InputNotFoundError,
    NoPagesError,
    NotAPdfError,
    NoTextError,
    OtherFormatError,
)
from bilan_extract.plan import Plan

REVIEW = ("Axe 1 : Un village plus vert", "Priorité 1 : Planter", "Action 1 : Planter une haie", "Réalisé", "Une haie.")

BAD: dict[str, tuple[Callable[[], bytes], type[BilanError], str]] = {
    "empty.pdf": (lambda: b"", NotAPdfError, "vide"),
    "picture.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), NotAPdfError, "PDF"),
    "picture.png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), NotAPdfError, "PDF"),
    "text.pdf": (lambda: b"Ceci n'est pas un PDF.\n", NotAPdfError, "PDF"),
    "web.html": (lambda: b"<!DOCTYPE html><html><body>Page introuvable</body></html>", NotAPdfError, "page web"),
    "header.pdf": (lambda: b"%PDF-1.7\n", NotAPdfError, "PDF"),
    "truncated.pdf": (lambda: DEMO.read_bytes()[:-2000], NotAPdfError, "PDF"),
    "half.pdf": (lambda: DEMO.read_bytes()[: DEMO.stat().st_size // 2], NotAPdfError, "PDF"),
    "zero-pages.pdf": (lambda: empty_pages(0), NoPagesError, "aucune page"),
    "blank.txt": (lambda: b" \n\n\x0c\n", NoPagesError, "vide"),
    "scan.pdf": (scan, NoTextError, "OCR"),
    "encrypted.pdf": (lambda: written(*REVIEW, password="sésame"), EncryptedError, "--password"),
}


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on standard error; there is nothing on standard output."""
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("bilan-extract : ")
    assert err.endswith(".\n")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_refused_with_one_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, kind, word = BAD[name]
    (tmp_path / name).write_bytes(make())
    assert run("convert", tmp_path / name, "-o", tmp_path / "plan.json") == 2
    assert word in sentence(capsys)
    assert os.listdir(tmp_path) == [name], "nothing half-written"
    with pytest.raises(kind):
        extract(tmp_path / name)
    if name != "text.pdf":  # its name alone says that it should be a PDF
        with pytest.raises(kind):
            extract(make())


def test_each_error_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, (make, _, _) in BAD.items():
        (tmp_path / name).write_bytes(make())
        run("convert", tmp_path / name)
        text = sentence(capsys)
        assert any(word in text for word in ("vérifiez", "donnez", "OCR")), text


def test_no_such_file_and_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for source, word in ((tmp_path / "rien.pdf", "introuvable"), (Path("a" * 5000), "lecture")):
        assert run("convert", source, "-o", tmp_path / "plan.json") == 2
        assert word in sentence(capsys)
    assert run("convert", tmp_path) == 1, "many documents need a folder to go to"
    assert "dossier" in sentence(capsys)
    assert run("inspect", tmp_path, "-o", tmp_path / "pages") == 2
    assert "dossier" in sentence(capsys)
    for source in (tmp_path / "rien.pdf", tmp_path):
        with pytest.raises(InputNotFoundError):
            extract(source)
    assert os.listdir(tmp_path) == []


def test_a_password_opens_what_is_encrypted_and_a_wrong_one_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "encrypted.pdf"
    source.write_bytes(written(*REVIEW, password="sesame"))
    assert run("convert", source, "--password", "abricot") == 2
    assert "mot de passe" in sentence(capsys)
    assert run("convert", source, "--password", "sesame") == 0
    assert "haie" in capsys.readouterr().out
    assert extract(source, password="sesame").coverage.words == extract(written(*REVIEW)).coverage.words


def test_ten_thousand_empty_pages_have_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "long.pdf"
    source.write_bytes(empty_pages(10_000))
    assert run("convert", source, "-o", tmp_path / "plan.json") == 2
    assert "OCR" in sentence(capsys)
    assert os.listdir(tmp_path) == [source.name]


def test_a_font_without_unicode_map_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "secret.pdf"
    source.write_bytes(without_unicode_map())
    assert run("convert", source, "-o", tmp_path / "plan.json") == 0
    assert "police" in capsys.readouterr().err
    assert run("convert", source, "-o", tmp_path / "plan.json", "--strict") == 3
    plan = Plan.model_validate_json((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert [warning.page for warning in plan.warnings if warning.code == "unreadable_font"] == [1]
    assert plan.coverage.words == plan.coverage.in_plan + plan.coverage.set_aside == 1


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F1 12 Tf 72 700 Td (mot) Tj",
        b"BT /F9 12 Tf 72 700 Td (mot) Tj ET",
        b"BT /F1 0 Tf 72 700 Td (mot) Tj ET",
        b"BT /F1 1e30 Tf 1e30 -1e30 Td (mot) Tj ET",
        b"q q q Q Q Q Q Q BT /F1 12 Tf (mot) Tj ET",
        b"\xff\xfe\x00 not an operator ( unbalanced",
        b"1 2 3 rg 0 0 0 0 0 0 cm BT /F1 12 Tf 72 700 Td (mot) Tj ET",
    ],
)
def test_odd_pages_are_read_or_refused(content: bytes) -> None:
    data = one_page(content, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    with contextlib.suppress(BilanError):
        plan = extract(data)
        assert plan.coverage.words == plan.coverage.in_plan + plan.coverage.set_aside


def test_a_binary_file_object_that_fails(tmp_path: Path) -> None:
    with pytest.raises(NotAPdfError):
        extract(io.BytesIO(b"\x00\x01\x02"))


# -- outputs


def test_outputs_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("déjà là")
    for target, word in (
        (tmp_path / "missing" / "plan.json", "n'existe pas"),
        (tmp_path / "file" / "plan.json", "n'existe pas"),
        (tmp_path / ("a" * 300), "Impossible"),
    ):
        assert run("convert", DEMO, "-o", target) == 2
        assert word in sentence(capsys)
    assert run("schema", "-o", tmp_path) == 2
    assert "dossier" in sentence(capsys)
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    try:
        assert run("convert", DEMO, "-o", tmp_path / "plan.json") == 2
        assert "accès refusé" in sentence(capsys)
    finally:
        tmp_path.chmod(0o700)


def test_a_refused_target_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert run("convert", tmp_path / "not even there.pdf", "-o", tmp_path / "plan.json") == 2
    assert "accès refusé" in sentence(capsys)


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "plan.json"
    old.write_text("ancien")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run("convert", DEMO, "-o", old) == 2
    assert "Impossible d'écrire" in sentence(capsys)
    assert old.read_text() == "ancien"
    assert os.listdir(tmp_path) == ["plan.json"]


def shell(line: str) -> subprocess.CompletedProcess[str]:
    """Runs a line of bash in which $RUN is the command; the exit code is the command's own."""
    environment = {**os.environ, "RUN": f"{sys.executable} -m bilan_extract", "DEMO": str(DEMO)}
    return subprocess.run(
        ["bash", "-c", line], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize(
    "line",
    [
        "$RUN convert $DEMO > /dev/full",
        "$RUN convert $DEMO -o /dev/full",
        "$RUN schema > /dev/full",
        "$RUN --help > /dev/full",
        "$RUN convert $DEMO | true; exit ${PIPESTATUS[0]}",
        "$RUN schema | true; exit ${PIPESTATUS[0]}",
        "$RUN convert $DEMO >&-",
    ],
)
def test_standard_output_that_fails(line: str) -> None:
    if "/dev/full" in line and not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    done = shell(line)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("bilan-extract : ")
    assert done.stderr.count("\n") == 1, done.stderr


def test_the_device_stays_a_device() -> None:
    """Writing beside and renaming must not put a file in the place of /dev/null."""
    assert shell("$RUN schema -o /dev/null").returncode == 0
    assert not os.path.isfile("/dev/null")
    done = shell("$RUN schema -o /dev/stdout")
    assert done.returncode == 0
    assert '"Plan"' in done.stdout


def test_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bilan_extract.pipeline.extract", stop)
    assert run("convert", DEMO) == 130
    assert "interrompu" in sentence(capsys)


def test_a_fault_of_ours_has_no_traceback_unless_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("bilan_extract.pipeline.extract", fail)
    assert run("convert", DEMO) == 2
    assert "--trace" in sentence(capsys)
    with pytest.raises(ZeroDivisionError):
        run("convert", DEMO, "--trace")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1\\ansi Bonjour}", "RTF"),
        (b"PK\x03\x04" + bytes(200), "bureautique"),
        (b"\xd0\xcf\x11\xe0" + bytes(200), "bureautique"),
    ],
)
def test_documents_of_other_programs_are_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(OtherFormatError, match=said) as raised:
        extract(data)
    assert "PDF" in raised.value.remedy
