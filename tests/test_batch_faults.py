"""The faults that take minutes: kills at random moments, ten thousand documents, a cluster that loses a worker."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from batches import files_of, finish, judged, small_pdf, start, write_small

from bilan_extract.batch.inputs import STATE, Inputs
from bilan_extract.batch.pool import ATTEMPTS
from bilan_extract.batch.runner import Due, Settings, Summary, Watcher, convert_many
from bilan_extract.batch.task import FINISHED, REFUSED, Outcome

pytestmark = pytest.mark.slow

ROUNDS = int(os.environ.get("BILAN_KILL_ROUNDS", "50"))
MANY = int(os.environ.get("BILAN_MANY", "10000"))
GROWTH = 50 << 20  # bytes
CORPUS = Path(__file__).resolve().parents[1] / "corpus"


def _children(pid: int) -> list[int]:
    """Processes whose parent is ``pid``."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if entry.name.isdigit() and int(fields[1]) == pid:
            found.append(int(entry.name))
    return found


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _busy() -> float:
    """Seconds of processor that other programs than this one and its finished children took so far."""
    fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    everyone = (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")  # without idle and waiting
    return everyone - sum(os.times()[:4])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    write_small(tmp_path / "in", 40)
    for name in ("jeunesse-tableau", "culture-colonnes"):
        shutil.copy(CORPUS / "dev" / f"{name}.pdf", tmp_path / "in")
    (tmp_path / "in" / "cassé.pdf").write_bytes(b"%PDF-1.7 rien")
    convert_many(Settings((str(tmp_path / "in"),), tmp_path / "whole", jobs=2))
    whole = files_of(tmp_path / "whole"), judged(tmp_path / "whole")
    assert len(whole[0]) == 43
    same = 0
    for number in range(ROUNDS):
        rng = random.Random(number)
        out = tmp_path / f"out-{number}"
        _kill_around(tmp_path / "in", out, rng)
        code, said = finish(tmp_path / "in", "--out", out, "--jobs", 2)
        assert code == 4, said  # the broken one
        assert [path.name for path in (out / STATE).iterdir()] == ["lock"]
        same += (files_of(out), judged(out)) == whole
        shutil.rmtree(out)
    print(f"{same} of {ROUNDS} rounds as without kills")
    assert same == ROUNDS


def _kill_around(inputs: Path, out: Path, rng: random.Random) -> None:
    """Starts a run, kills some of its workers, then (mostly) the run itself, at moments that the seed says.

    Fewer workers than make a document a failed one: on a busy machine all of them may die at the same slow document.
    """
    process = start(inputs, "--out", out, "--jobs", 2)
    killed = 0
    ends = time.monotonic() + rng.uniform(0.2, 5.0)
    while time.monotonic() < ends and process.poll() is None:
        time.sleep(rng.uniform(0.02, 0.6))
        children = _children(process.pid)
        if children and killed < ATTEMPTS - 1 and rng.random() < 0.4:
            try:
                os.kill(rng.choice(children), signal.SIGKILL)
            except ProcessLookupError:
                continue
            killed += 1
    if rng.random() < 0.9:
        process.kill()
    process.communicate(timeout=300)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_thousands_of_documents_in_flat_memory(tmp_path: Path) -> None:
    write_small(tmp_path / "in", MANY)
    out = tmp_path / "out"
    process = start(tmp_path / "in", "--out", out, "--quiet")
    first = most = 0
    while process.poll() is None:
        time.sleep(0.2)
        try:
            now = _resident(process.pid)
        except (OSError, IndexError):
            break
        if not first and next(out.glob("*/*.json"), None) is not None:
            first = now
        most = max(most, now)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    print(f"{MANY} documents: {first >> 20} MB at the first result, {most >> 20} MB at most")
    assert len(files_of(out)) == MANY
    assert most - first < GROWTH
    code, said = finish(tmp_path / "in", "--out", out, "--jobs", 2)
    assert code == 0
    assert f"{MANY} déjà faits" in said


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="needs /proc")
def test_a_hundred_documents_twice_as_fast_with_two_workers(tmp_path: Path) -> None:
    for copy in range(8):
        for path in sorted((CORPUS / "dev").glob("*.pdf")):
            target = tmp_path / "in" / str(copy) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes() + b"%% %d\n" % copy)
    seconds, others = {}, 0.0
    for jobs in (1, 2):
        began, busy = time.monotonic(), _busy()
        summary = convert_many(Settings((str(tmp_path / "in"),), tmp_path / f"out-{jobs}", jobs=jobs))
        seconds[jobs] = time.monotonic() - began
        share = (_busy() - busy) / (seconds[jobs] * (os.cpu_count() or 1))
        others = max(others, share)
        print(f"{jobs} jobs: {summary.pages} pages in {seconds[jobs]:.1f} s, others took {share:.0%} of the machine")
    assert files_of(tmp_path / "out-1") == files_of(tmp_path / "out-2")
    ratio = seconds[1] / seconds[2]
    print(f"ratio {ratio:.2f}")
    if (os.cpu_count() or 1) < 2 or others > 0.05:
        pytest.skip(f"one core, or others use this machine too: ratio {ratio:.2f} says nothing")
    assert ratio >= 1.7


class _Counting(Watcher):
    """A watcher that only counts."""

    def __init__(self) -> None:
        self.count = 0

    def ended(self, outcome: Outcome, due: Due, summary: Summary) -> None:
        """Counts."""
        self.count += 1


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    write_small(tmp_path / "in", 120)
    (tmp_path / "in" / "cassé.pdf").write_bytes(b"%PDF-1.7 rien")
    convert_many(Settings((str(tmp_path / "in"),), tmp_path / "local", jobs=2))
    out = tmp_path / "dask"
    killed: list[int] = []
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        pids = [worker.process.pid for worker in cluster.workers.values()]

        class Killer(_Counting):
            def ended(self, outcome: Outcome, due: Due, summary: Summary) -> None:
                super().ended(outcome, due, summary)
                if self.count == 25:
                    killed.append(pids[0])
                    os.kill(pids[0], signal.SIGKILL)

        killer = Killer()
        settings = Settings((str(tmp_path / "in"),), out, scheduler=cluster.scheduler_address)
        summary = convert_many(settings, killer)
    assert killed
    assert killer.count == summary.due == 121
    assert files_of(out) == files_of(tmp_path / "local")
    assert judged(out) == judged(tmp_path / "local")
    assert sum(summary.ended[status] for status in FINISHED) == 120


def test_a_machine_with_another_version_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    from bilan_extract.batch.cluster import convert_there

    outcome = convert_there({"key": "a.json", "input": "a.pdf", "staging": str(tmp_path)}, {}, {}, "0.0.1")
    assert outcome["status"] == REFUSED
    assert "0.0.1 ici ; installez partout la même version" in outcome["message"]


def test_a_cluster_without_machines_is_said_and_can_be_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    from bilan_extract.batch import cluster as clusters
    from bilan_extract.batch.errors import EngineError

    monkeypatch.setattr(clusters, "PATIENCE_SECONDS", 1.0)
    (tmp_path / "a.pdf").write_bytes(small_pdf(1))
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as cluster:
        settings = Settings((str(tmp_path / "a.pdf"),), tmp_path / "out", scheduler=cluster.scheduler_address)
        with pytest.raises(EngineError, match="pas encore, de machine"):
            convert_many(settings)

        class Impatient(Watcher):
            def planned(self, inputs: Inputs, due: Sequence[Due], summary: Summary) -> None:
                os.kill(os.getpid(), signal.SIGTERM)

        assert convert_many(settings, Impatient()).exit_code == 130


def test_what_dask_itself_fails_at_ends_the_run_and_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    from bilan_extract.batch import cluster as clusters
    from bilan_extract.batch.errors import EngineError

    def not_installed(*_: object) -> None:
        raise ModuleNotFoundError("bilan_extract")

    (tmp_path / "a.pdf").write_bytes(small_pdf(1))
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        settings = Settings((str(tmp_path / "a.pdf"),), tmp_path / "out", scheduler=cluster.scheduler_address)
        with monkeypatch.context() as patched:
            patched.setattr(clusters, "convert_there", not_installed)
            with pytest.raises(EngineError, match="ModuleNotFoundError") as caught:
                convert_many(settings)
        assert "installez" in caught.value.remedy
        assert convert_many(settings).exit_code == 0


def test_a_scheduler_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    from bilan_extract.batch import cluster
    from bilan_extract.batch.errors import EngineError

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1.0)
    (tmp_path / "a.pdf").write_bytes(small_pdf(1))
    with pytest.raises(EngineError, match="ne répond pas"):
        convert_many(Settings((str(tmp_path / "a.pdf"),), tmp_path / "out", scheduler="tcp://127.0.0.1:9"))
