"""A run: what is due, what is written, what is told, and that a second run does only what is missing."""

from __future__ import annotations

import errno
import io
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batches import command, error_of, files_of, finish, judged, records_of, slow_text, small_pdf, start, write_small

from bilan_extract.batch import shelf as shelves
from bilan_extract.batch.display import Bar, Lines, closing, duration, plan_lines, speak, status_lines, write_status
from bilan_extract.batch.errors import BusyError, CollisionError
from bilan_extract.batch.inputs import STATE
from bilan_extract.batch.journal import Journal
from bilan_extract.batch.lock import locked
from bilan_extract.batch.runner import Settings, Summary, Watcher, convert_many
from bilan_extract.batch.task import Limits
from bilan_extract.cli import main
from bilan_extract.errors import OutputError, UsageError


def _run(out: Path, *inputs: Path, **options: Any) -> Summary:
    return convert_many(Settings(tuple(map(str, inputs)), out, **{"jobs": 1, **options}))


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    write_small(folder, 4)
    (folder / "a" / "scan.pdf").write_bytes(b"%PDF-1.7 rien")
    return folder


@pytest.fixture(scope="module")
def converted(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("done") / "out"
    summary = _run(out, documents)
    assert (summary.total, summary.failed, summary.exit_code) == (5, 1, 4)
    return out


@pytest.fixture
def done(converted: Path, tmp_path: Path) -> Path:
    """An output folder of its own, as the first run left it."""
    return Path(shutil.copytree(converted, tmp_path / "out"))


def test_plans_mirror_the_inputs_and_an_error_is_told_beside(converted: Path, documents: Path) -> None:
    assert sorted(files_of(converted)) == [
        "a/acte-00001.json",
        "a/acte-00003.json",
        "a/scan.error.json",
        "b/acte-00000.json",
        "b/acte-00002.json",
    ]
    told = error_of(converted / "a" / "scan.error.json")
    assert told["code"] == "not_a_pdf"
    assert told["input"] == str(documents / "a" / "scan.pdf")
    record = records_of(converted)["a/scan.json"]
    assert (record.status, record.error_code, record.output_sha256) == ("failed", "not_a_pdf", None)
    good = records_of(converted)["a/acte-00001.json"]
    assert good.output_sha256 == files_of(converted)["a/acte-00001.json"]
    assert (good.pages, good.profile, good.version) == (1, "default", "0.1.0")
    assert [path.name for path in (converted / STATE).iterdir()] == ["lock"]


def test_a_second_run_does_nothing(done: Path, documents: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in done.rglob("*.json")}
    summary = _run(done, documents)
    assert (summary.due, summary.done_before, summary.failed_before, summary.exit_code) == (0, 4, 1, 4)
    assert {path: path.stat().st_mtime_ns for path in done.rglob("*.json")} == before


def test_what_is_lost_or_altered_is_done_again(done: Path, documents: Path) -> None:
    whole = files_of(done)
    (done / "a" / "acte-00001.json").unlink()
    altered = done / "b" / "acte-00000.json"
    for mine, kept in (("corrigé", "acte-00000.json.bak"), ("corrigé encore", "acte-00000.json.bak2")):
        altered.write_text(mine, encoding="utf-8")
        stream = io.StringIO()
        convert_many(Settings((str(documents),), done, jobs=1), Lines(stream))
        assert f"s'appelle maintenant b/{kept}" in stream.getvalue()
        assert (done / "b" / kept).read_text(encoding="utf-8") == mine
    assert {name: value for name, value in files_of(done).items() if ".bak" not in name} == whole


def test_what_no_run_wrote_is_never_lost(tmp_path: Path) -> None:
    """A file of the user's own, a plan whose journal is gone, a plan of an input that went and came back."""
    write_small(tmp_path / "in", 1)
    out, plan = tmp_path / "out", tmp_path / "out" / "acte-00000.json"
    out.mkdir()
    plan.write_text("à moi", encoding="utf-8")
    _run(out, tmp_path / "in" / "b")
    assert (out / "acte-00000.json.bak").read_text(encoding="utf-8") == "à moi"
    (out / "journal.sqlite").unlink()
    assert _run(out, tmp_path / "in" / "b").due == 1
    source = tmp_path / "in" / "b" / "acte-00000.pdf"
    source.rename(tmp_path / "gone.pdf")
    listed = tmp_path / "liste.txt"
    listed.write_text(str(source), encoding="utf-8")
    for _ in range(2):
        assert convert_many(Settings((f"@{listed}",), out, jobs=1, retry_errors=True)).exit_code == 4
    source.write_bytes(small_pdf(5))
    assert convert_many(Settings((f"@{listed}",), out, jobs=1)).exit_code == 0
    assert sorted(files_of(out)) == ["acte-00000.json", "acte-00000.json.bak"]
    source.write_bytes(b"%PDF-1.7 rien")
    plan.write_text("corrigé", encoding="utf-8")
    assert _run(out, tmp_path / "in" / "b").exit_code == 4
    assert (out / "acte-00000.json.bak2").read_text(encoding="utf-8") == "corrigé"
    assert not plan.exists()


def test_changed_inputs_versions_and_options_are_done_again(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(documents, tmp_path / "in"))
    out = tmp_path / "out"
    _run(out, folder)
    (folder / "a" / "acte-00001.pdf").write_bytes(small_pdf(77))
    assert _run(out, folder).due == 1
    assert "77 bicyclettes" in (out / "a" / "acte-00001.json").read_text(encoding="utf-8")
    assert _run(out, folder, password="x").due == 5
    monkeypatch.setattr("bilan_extract.batch.runner.__version__", "9.9")
    assert _run(out, folder, password="x", dry_run=True).due == 5


def test_force_and_retry(done: Path, documents: Path) -> None:
    assert _run(done, documents, retry_errors=True).due == 1
    assert _run(done, documents, force=True, dry_run=True).due == 5


def test_a_failure_that_was_mended_leaves_no_error_behind_and_a_plan_that_broke_goes(tmp_path: Path) -> None:
    source, out = tmp_path / "in" / "a.pdf", tmp_path / "out"
    source.parent.mkdir()
    source.write_bytes(b"%PDF-1.7 rien")
    assert _run(out, source).exit_code == 4
    source.write_bytes(small_pdf(1))
    assert _run(out, source).exit_code == 0
    assert list(files_of(out)) == ["a.json"]
    source.write_bytes(b"%PDF-1.7 rien")
    assert _run(out, source).exit_code == 4
    assert list(files_of(out)) == ["a.error.json"]


def test_an_input_that_vanishes_fails_and_its_plan_stays(tmp_path: Path) -> None:
    write_small(tmp_path / "in", 2)
    listed = tmp_path / "liste.txt"
    listed.write_text("".join(f"{path}\n" for path in sorted((tmp_path / "in").rglob("*.pdf"))), encoding="utf-8")
    out = tmp_path / "out"
    assert convert_many(Settings((f"@{listed}",), out, jobs=1)).exit_code == 0
    (tmp_path / "in" / "a" / "acte-00001.pdf").rename(tmp_path / "gone.pdf")
    assert convert_many(Settings((f"@{listed}",), out, jobs=1)).exit_code == 4
    assert records_of(out)["a/acte-00001.json"].error_code == "not_found"
    assert (out / "a" / "acte-00001.json").exists()
    (tmp_path / "gone.pdf").rename(tmp_path / "in" / "a" / "acte-00001.pdf")
    assert convert_many(Settings((f"@{listed}",), out, jobs=1)).exit_code == 0


def test_forcing_a_finished_document_through_too_tight_limits_does_not_lose_it(tmp_path: Path) -> None:
    write_small(tmp_path / "in", 1)
    out = tmp_path / "out"
    _run(out, tmp_path / "in")
    before = files_of(out), judged(out)
    summary = _run(out, tmp_path / "in", force=True, limits=Limits(memory=1 << 20))
    assert summary.exit_code == 4
    assert (files_of(out), judged(out)) == before


def test_another_input_never_takes_a_finished_place(tmp_path: Path) -> None:
    for year in (1, 2):
        (tmp_path / str(year)).mkdir()
        (tmp_path / str(year) / "a.pdf").write_bytes(small_pdf(year))
    out = tmp_path / "out"
    _run(out, tmp_path / "1")
    before = files_of(out)
    with pytest.raises(CollisionError, match="déjà fait"):
        _run(out, tmp_path / "2")
    assert files_of(out) == before
    assert _run(out, tmp_path / "2", force=True).exit_code == 0
    (tmp_path / "2").rename(tmp_path / "moved")
    assert _run(out, tmp_path / "moved").due == 0


def test_dry_run_writes_nothing(documents: Path, tmp_path: Path) -> None:
    summary = _run(tmp_path / "out", documents, dry_run=True)
    assert [due.reason for due in summary.plan] == ["nouveau"] * 5
    assert not (tmp_path / "out").exists()


def test_same_bytes_whatever_the_jobs_and_the_order(converted: Path, documents: Path, tmp_path: Path) -> None:
    paths = sorted(documents.rglob("*.pdf"), reverse=True)
    _run(tmp_path / "out", *paths, jobs=2, limits=Limits(documents=1))
    assert files_of(tmp_path / "out") == files_of(converted)
    assert judged(tmp_path / "out") == judged(converted)


def test_two_runs_at_once(done: Path, documents: Path) -> None:
    with locked(done / STATE), pytest.raises(BusyError, match="un autre traitement"):
        _run(done, documents)


def test_a_name_that_would_lead_out_through_a_link_is_refused(tmp_path: Path) -> None:
    write_small(tmp_path / "in", 2)
    outside = tmp_path / "outside"
    outside.mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").symlink_to(outside)
    assert _run(out, tmp_path / "in").exit_code == 4
    assert not list(outside.iterdir())
    assert records_of(out)["a/acte-00001.json"].error_code == "output"


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    try:
        with open(os.fsencode(tmp_path / "in") + b"/bilan-\xe9t\xe9.pdf", "wb") as file:
            file.write(small_pdf(1))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert _run(tmp_path / "out", tmp_path / "in").exit_code == 0
    assert os.path.exists(os.fsencode(tmp_path / "out") + b"/bilan-\xe9t\xe9.json")
    assert list(records_of(tmp_path / "out")) == ["bilan-\\xe9t\\xe9.json"]
    assert _run(tmp_path / "out", tmp_path / "in").due == 0


def test_a_folder_that_refuses_from_the_start(documents: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError):
        _run(tmp_path / "file" / "out", documents)
    if os.geteuid() == 0:
        pytest.skip("root may write into read-only folders")
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(OutputError, match="accès refusé"):
        _run(tmp_path / "locked", documents)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_a_writer_that_fails_ends_the_run_and_the_next_one_goes_on(
    documents: Path, converted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    real, calls = os.replace, []

    def replace(source: str, target: str) -> None:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(code, os.strerror(code))
        real(source, target)

    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        patch.setattr(shelves.os, "replace", replace)
        with pytest.raises(OutputError, match="Impossible d'écrire dans"):
            _run(out, documents)
    assert len(records_of(out)) < 5
    assert _run(out, documents).exit_code == 4
    assert files_of(out) == files_of(converted)
    assert judged(out) == judged(converted)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("this machine mounts no tmpfs for us")
    yield folder
    subprocess.run(["umount", str(folder)], check=False)


def test_a_full_disk_ends_the_run_and_leaves_no_half_file(small_disk: Path, tmp_path: Path) -> None:
    write_small(tmp_path / "in", 60)
    out = small_disk / "out"
    (small_disk / "ballast").write_bytes(b"x" * 100_000)
    code, said = finish(tmp_path / "in", "--out", out, "--jobs", 2)
    assert code == 2, said
    assert "disque" in said or "disk" in said
    for path in out.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    finished = records_of(out)
    assert len(finished) < 60
    for record in finished.values():
        assert (out / record.output).exists()
    (small_disk / "ballast").unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    code, said = finish(tmp_path / "in", "--out", out, "--jobs", 2)
    assert code == 0, said
    _run(tmp_path / "fresh", tmp_path / "in")
    assert files_of(out) == files_of(tmp_path / "fresh")


def test_interrupted_it_finishes_what_is_under_way_and_says_how_to_go_on(tmp_path: Path) -> None:
    write_small(tmp_path / "in", 300)
    out = tmp_path / "out"
    process = start(tmp_path / "in", "--out", out, "--jobs", 1)
    deadline = time.monotonic() + 60
    while not list(out.glob("*/*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "relancez la même commande" in said
    records = records_of(out)
    assert 0 < len(records) < 300
    assert {key: record.output_sha256 for key, record in records.items()} == files_of(out)
    assert not list((out / STATE).glob("staging-*"))


def test_interrupted_twice_it_stops_at_once(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_bytes(slow_text())
    process = start(tmp_path / "in.txt", "--out", f"{tmp_path / 'out'}/", "--jobs", 1)
    deadline = time.monotonic() + 60
    while not list((tmp_path / "out" / STATE).glob("staging-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(3.0)  # the handlers stand once the workers are started
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_asked_to_stop_while_it_checks_it_is_interrupted_not_done(done: Path, documents: Path) -> None:
    class Impatient(Watcher):
        def checking(self, number: int, total: int) -> None:
            if number == 2:
                os.kill(os.getpid(), signal.SIGTERM)

    summary = convert_many(Settings((str(documents),), done, jobs=1), Impatient())
    assert (summary.exit_code, summary.left) == (130, 3)
    assert "interrompu : 3 documents restent à faire" in "\n".join(closing(summary, done))
    assert _run(done, documents).due == 0


def test_checking_is_said_where_it_takes_long(done: Path, documents: Path) -> None:
    stream = io.StringIO()
    seconds = itertools.count(step=6)
    convert_many(Settings((str(documents),), done, jobs=1), Lines(stream, clock=lambda: next(seconds)))
    assert "vérification de ce qui est déjà fait : 2/5" in stream.getvalue()


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal that can be closed")
def test_a_terminal_that_closes_ends_no_run(tmp_path: Path) -> None:
    import pty

    write_small(tmp_path / "in", 6)
    terminal, ours = pty.openpty()
    process = subprocess.Popen(
        command(tmp_path / "in", "--out", tmp_path / "out", "--jobs", 1),
        stdin=subprocess.DEVNULL,
        stdout=ours,
        stderr=ours,
        env=dict(os.environ, PYTHONPATH=os.pathsep.join(p for p in sys.path if p)),
        start_new_session=True,
    )
    os.close(ours)
    deadline = time.monotonic() + 60
    while not list((tmp_path / "out").glob(f"{STATE}/staging-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.close(terminal)  # nobody reads any more, and whatever is written there fails
    assert process.wait(timeout=120) == 0
    assert len(files_of(tmp_path / "out")) == 6


def test_one_document_is_many_not_one_of_many(tmp_path: Path) -> None:
    write_small(tmp_path / "in", 1)
    stream = io.StringIO()
    settings = Settings((str(tmp_path / "in"),), tmp_path / "out", jobs=1)
    summary = convert_many(settings, Lines(stream))
    assert "1 réussi, avec" in "\n".join(closing(summary, tmp_path / "out"))
    assert "1 document demandé au" in "\n".join(status_lines(tmp_path / "out"))
    assert "1 déjà fait avant" in "\n".join(closing(convert_many(settings), tmp_path / "out"))


def test_names_that_the_disk_takes_for_one_are_refused_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bilan_extract.batch.runner.takes_names_alike", lambda _: True)
    for number, name in enumerate(("Bilan.pdf", "bilan.pdf", "\u00e9t\u00e9.pdf", "e\u0301te\u0301.pdf")):
        (tmp_path / name).write_bytes(small_pdf(number))
    if len(list(tmp_path.iterdir())) < 4:
        pytest.skip("this disk takes them for one itself")
    with pytest.raises(CollisionError, match="un seul fichier sur ce disque.*; renommez"):
        _run(tmp_path / "out", tmp_path)
    assert not list((tmp_path / "out").rglob("*.json"))


def test_a_bar_is_drawn_for_work_and_not_for_a_dry_run(documents: Path, tmp_path: Path) -> None:
    drawn = {}
    for dry in (True, False):
        stream = io.StringIO()
        settings = Settings((str(documents),), tmp_path / "out", jobs=1, dry_run=dry)
        convert_many(settings, Bar(stream))
        drawn[dry] = stream.getvalue()
    assert "5 documents : 5 à convertir" in drawn[True]
    assert "Conversion" not in drawn[True]
    assert "5/5" in drawn[False]
    assert "1 en échec" in drawn[False]


def test_no_name_steers_a_terminal_or_begins_a_line(tmp_path: Path) -> None:
    name = "a\x1b[2J\nb\u00a0c.pdf"
    (tmp_path / name).write_bytes(b"%PDF-1.7 rien")
    stream = io.StringIO()
    convert_many(Settings((str(tmp_path),), tmp_path / "out", jobs=1), Lines(stream))
    said = "\n".join((stream.getvalue(), *status_lines(tmp_path / "out")))
    assert said.count("a\ufffd[2J\ufffdb\u00a0c.pdf") == 2
    assert "\x1b" not in said
    code, said = finish(tmp_path / "rien" / name, "--out", tmp_path / "x.json")
    assert (code, "\x1b" in said, said.count("\n")) == (2, False, 1)


def test_a_failure_names_its_document_once(tmp_path: Path) -> None:
    listed = tmp_path / "liste.txt"
    listed.write_text(str(tmp_path / "rien.pdf"), encoding="utf-8")
    stream = io.StringIO()
    convert_many(Settings((f"@{listed}",), tmp_path / "out", jobs=1), Lines(stream))
    assert f"échec : fichier introuvable : {tmp_path / 'rien.pdf'}\n" in stream.getvalue()
    assert "\n".join(status_lines(tmp_path / "out")).count("rien.pdf") == 1


def test_nothing_to_convert_is_said(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    stream = io.StringIO()
    assert convert_many(Settings((str(tmp_path / "in"),), tmp_path / "out"), Lines(stream)).exit_code == 0
    assert "aucun document trouvé" in stream.getvalue()


def test_names_can_be_shown_in_any_encoding(tmp_path: Path) -> None:
    (tmp_path / "été\n.pdf").write_bytes(small_pdf(1))
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    speak(plan_lines(_run(tmp_path / "out", tmp_path, dry_run=True).plan), stream)
    stream.seek(0)
    assert "\\xe9t\\xe9\\ufffd.pdf -> " in stream.read()


def test_options_of_a_batch_are_refused_where_they_would_do_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(small_pdf(1))
    for options in (["--timeout", "5"], ["--memory", "1G"], ["--jobs", "2"], ["--force"], ["--base", str(tmp_path)]):
        code, said = finish(tmp_path / "a.pdf", "--out", tmp_path / "a.json", *options)
        assert (code, options[0] in said) == (1, True)
    assert not (tmp_path / "a.json").exists()
    code, said = finish(tmp_path / "a.pdf", "--out", tmp_path / "a.json", "--quiet")
    assert (code, said) == (0, "")


def test_the_folder_of_a_batch_can_be_exported(done: Path, tmp_path: Path) -> None:
    (done / STATE / "staging-1").mkdir()
    shutil.copy(done / "a" / "acte-00001.json", done / STATE / "staging-1")
    assert main(["export", str(done), "--to", "jsonl", "-o", str(tmp_path / "plans.jsonl")]) == 0
    assert len((tmp_path / "plans.jsonl").read_text(encoding="utf-8").splitlines()) == 4


def test_wrong_settings(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        _run(tmp_path / "out", documents, jobs=0)
    for arguments in (
        ["--memory", "beaucoup"],
        ["--engine", "dask"],
        ["--scheduler", "tcp://x:1"],
        ["--timeout", "0"],
        ["--memory", "512"],
    ):
        code, said = finish(documents, "--out", tmp_path / "out", *arguments)
        assert (code, bool(said)) == (1, True)
    assert not (tmp_path / "out").exists()


def test_status_as_table_and_json(converted: Path) -> None:
    text = "\n".join(status_lines(converted))
    assert "5 documents demandés" in text
    assert "not_a_pdf" in text
    stream = io.StringIO()
    write_status(converted, stream)
    told = json.loads(stream.getvalue())
    assert told["counts"]["failed"] == 1
    assert not told["running"]
    assert len(told["documents"]) == 5
    assert told["documents"][2]["error_file"] == "a/scan.error.json"
    with locked(converted / STATE):
        assert "en cours" in "\n".join(status_lines(converted))


def test_lines_tell_failures_and_count(documents: Path, tmp_path: Path) -> None:
    stream = io.StringIO()
    settings = Settings((str(documents),), tmp_path / "out", jobs=1)
    convert_many(settings, Lines(stream))
    said = stream.getvalue().splitlines()
    assert said[0] == "5 documents : 5 à convertir"
    assert sum(line.startswith("échec : ") for line in said) == 1
    assert said[-1].startswith("5/5 documents")
    assert said[-1].endswith("1 en échec")


def test_skipped_files_are_in_the_journal(tmp_path: Path) -> None:
    write_small(tmp_path / "in", 1)
    (tmp_path / "in" / "~$x.pdf").write_bytes(b"")
    assert _run(tmp_path / "out", tmp_path / "in").passed == 1
    journal = Journal(tmp_path / "out" / "journal.sqlite", read_only=True)
    assert [(record.output, record.error) for record in journal.records(["skipped"])] == [("~$x.pdf", "fichier temporaire")]


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0 s"), (59, "59 s"), (185, "3 min 05 s"), (7620, "2 h 07 min")])
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said
