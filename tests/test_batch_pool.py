"""Workers: killed at their limits, replaced, their documents neither lost nor done twice."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from batches import slow_text, small_pdf

from bilan_extract.batch.errors import EngineError
from bilan_extract.batch.pool import Pool
from bilan_extract.batch.task import FINISHED, TIMED_OUT, Limits, Outcome, Task, Work
from bilan_extract.profile import load_profile

WORK = Work(load_profile().model_dump_json())


def _tasks(folder: Path, documents: dict[str, bytes]) -> Iterator[Task]:
    for name, data in documents.items():
        path = folder / f"{name}{'.pdf' if data.startswith(b'%PDF') else '.txt'}"
        path.write_bytes(data)
        yield Task(f"{name}.json", str(path), str(folder))


def _all(pool: Pool, tasks: Iterator[Task]) -> dict[str, Outcome]:
    try:
        outcomes = [outcome for some in pool.run(tasks) for outcome in some]
    finally:
        pool.close()
    assert len({outcome.key for outcome in outcomes}) == len(outcomes)
    return {outcome.key: outcome for outcome in outcomes}


def test_a_document_that_hangs_is_killed_and_holds_nobody_up(tmp_path: Path) -> None:
    started = time.monotonic()
    documents = {"lent": slow_text(), **{f"{n}": small_pdf(n) for n in range(6)}}
    outcomes = _all(Pool(2, WORK, Limits(seconds=2.0)), _tasks(tmp_path, documents))
    slow = outcomes.pop("lent.json")
    assert slow.status == TIMED_OUT
    assert 2.0 <= slow.seconds < 5.0
    assert slow.input_sha256 is not None
    assert len(outcomes) == 6
    assert all(outcome.status in FINISHED for outcome in outcomes.values())
    assert time.monotonic() - started < 60


def test_a_killed_worker_s_document_is_done_by_another(tmp_path: Path) -> None:
    pool = Pool(1, WORK, Limits())
    documents = {f"{n}": small_pdf(n) for n in range(4)}
    killed: list[int] = []

    def tasks() -> Iterator[Task]:
        for task in _tasks(tmp_path, documents):
            yield task
            if len(killed) < 2 and pool.pids:
                killed.append(pool.pids[0])
                os.kill(pool.pids[0], signal.SIGKILL)

    outcomes = _all(pool, tasks())
    assert killed
    assert sorted(outcomes) == ["0.json", "1.json", "2.json", "3.json"]
    assert all(outcome.status in FINISHED for outcome in outcomes.values())


def test_workers_are_replaced_after_so_many_documents(tmp_path: Path) -> None:
    pool = Pool(1, WORK, Limits(documents=2))
    seen = set()
    for _ in pool.run(_tasks(tmp_path, {f"{n}": small_pdf(n) for n in range(5)})):
        seen.update(pool.pids)
    pool.close()
    assert len(seen) >= 2


def test_nothing_new_is_begun_once_asked_to_stop(tmp_path: Path) -> None:
    pool = Pool(1, WORK, Limits())
    done: list[Outcome] = []
    for some in pool.run(_tasks(tmp_path, {f"{n}": small_pdf(n) for n in range(50)}), lambda: len(done) >= 3):
        done.extend(some)
    pool.close()
    assert 3 <= len(done) < 50


def test_workers_that_do_not_start_end_the_run(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        _all(Pool(1, Work("{}"), Limits()), _tasks(tmp_path, {"a": small_pdf(1)}))


def test_workers_go_when_the_pool_closes(tmp_path: Path) -> None:
    pool = Pool(2, WORK, Limits())
    pids: set[int] = set()
    for _ in pool.run(_tasks(tmp_path, {f"{n}": small_pdf(n) for n in range(3)})):
        pids.update(pool.pids)
    pool.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
