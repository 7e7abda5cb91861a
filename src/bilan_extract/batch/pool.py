"""Worker processes of this machine: given documents one by one, watched, killed when they pass a limit, replaced.

The parent waits on one queue, into which a thread for each worker puts what that worker says. A worker that dies of
itself (killed from outside, a fault in C code) has its document tried again, at the end, by another one.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from bilan_extract.batch.errors import EngineError
from bilan_extract.batch.task import (
    OUT_OF_MEMORY,
    Limits,
    Outcome,
    Task,
    Work,
    crashed,
    killed_for_time,
    out_of_memory,
    to_line,
    with_read,
)

ATTEMPTS = 3  # at a document during which the worker dies
START_SECONDS = 120.0  # for a worker to import what it needs, on a loaded machine
TICK = 0.2  # seconds between two looks at clocks and memory
# how C code ends that asked for memory past the limit and was refused
_NO_MEMORY = ("SIGABRT", "SIGTRAP", "SIGILL", "SIGSEGV", "SIGBUS")

Stopping = Callable[[], bool]


def never() -> bool:
    """Go on to the end."""
    return False


class _Worker:
    """One process, from the parent's side."""

    def __init__(self, work: Work, memory: int | None, said: queue.SimpleQueue[tuple[_Worker, Any]]) -> None:
        environment = dict(os.environ, PYTHONPATH=os.pathsep.join(p for p in sys.path if p))
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "bilan_extract.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=os.name == "posix",
        )
        self.task: Task | None = None
        self.read: dict[str, Any] = {}
        self.ready = False
        self.since = time.monotonic()
        self.documents = 0
        self.peak = 0  # bytes, known once it has ended
        threading.Thread(target=self._listen, args=(said,), daemon=True).start()
        self._say({**asdict(work), "memory": memory, "parent": os.getpid()})

    def give(self, task: Task) -> None:
        """Start on a document."""
        self.task, self.read, self.since = task, {}, time.monotonic()
        self.documents += 1
        self._say(task)

    def _say(self, value: Any) -> None:
        with contextlib.suppress(OSError):  # dead already: its end of the queue says so
            assert self.process.stdin is not None
            self.process.stdin.write(to_line(value))
            self.process.stdin.flush()

    def _listen(self, said: queue.SimpleQueue[tuple[_Worker, Any]]) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            for line in self.process.stdout:
                said.put((self, json.loads(line)))
        said.put((self, None))

    def resident(self) -> int:
        """Bytes in memory now; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self.process.pid}/statm", "rb") as statm:
                return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ValueError, IndexError, AttributeError):
            return 0

    def dismiss(self) -> None:
        """Let it end by itself: it is between two documents."""
        with contextlib.suppress(OSError):
            assert self.process.stdin is not None
            self.process.stdin.close()
        try:
            self.process.wait(1.0)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> int:
        """Kill it with whatever it started; its exit code."""
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        code = self._reap()
        with contextlib.suppress(OSError):
            assert self.process.stdin is not None
            self.process.stdin.close()
        return code

    def _reap(self) -> int:
        """Waits for its end; keeps how much memory it took at most."""
        if self.process.returncode is None and hasattr(os, "wait4"):
            with contextlib.suppress(ChildProcessError):
                _, status, usage = os.wait4(self.process.pid, 0)
                self.process.returncode = os.waitstatus_to_exitcode(status)
                self.peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return self.process.wait()


class Pool:
    """Workers on this machine.

    Args:
        jobs: how many at once.
        work: what is the same for all documents.
        limits: for each document.
    """

    def __init__(self, jobs: int, work: Work, limits: Limits) -> None:
        self._jobs, self._work, self._limits = jobs, work, limits
        self._said: queue.SimpleQueue[tuple[_Worker, Any]] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._deaths: Counter[str] = Counter()
        self._stillborn = 0

    @property
    def pids(self) -> list[int]:
        """Process ids of the workers alive."""
        return [worker.process.pid for worker in self._workers]

    def run(self, tasks: Iterable[Task], stopping: Stopping = never) -> Iterator[list[Outcome]]:
        """Outcomes as they come, each task exactly one, in any order.

        Once ``stopping()`` is true nothing new is begun; what is under way is finished.

        Raises:
            EngineError: workers do not start.
        """
        source = iter(tasks)
        ahead: Task | None = None
        while True:
            if not stopping():
                ahead = self._feed(source, ahead)
            busy = any(worker.task for worker in self._workers)
            if not busy and (stopping() or (ahead is None and not self._again)):
                return
            done = self._listen()
            if done:
                if not stopping():  # who asked waits for the disk: no worker need wait with it
                    ahead = self._feed(source, ahead)
                yield done

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            if worker.task is None:
                with contextlib.suppress(OSError):
                    assert worker.process.stdin is not None
                    worker.process.stdin.close()
        for worker in self._workers:
            worker.kill() if worker.task else worker.dismiss()
        self._workers.clear()

    def _feed(self, source: Iterator[Task], ahead: Task | None) -> Task | None:
        """Gives every free worker a document. Returns the one that is next and has no worker yet."""
        ahead = ahead or self._next(source)
        for worker in self._workers:
            if ahead is not None and worker.ready and worker.task is None:
                worker.give(ahead)
                ahead = self._next(source)
        while ahead is not None and len(self._workers) < self._jobs:
            self._workers.append(_Worker(self._work, self._limits.memory, self._said))
        return ahead

    def _next(self, source: Iterator[Task]) -> Task | None:
        """The next document; those whose worker died come last."""
        task = next(source, None)
        return task if task is not None else (self._again.popleft() if self._again else None)

    def _listen(self) -> list[Outcome]:
        """What workers said, for at most a tick, and what has to be said about those over a limit."""
        done: list[Outcome] = []
        wait = True
        try:
            while True:
                worker, message = self._said.get(wait, TICK)
                wait = False
                if worker in self._workers:
                    done.extend(self._hear(worker, message))
        except queue.Empty:
            pass
        for worker in list(self._workers):
            done.extend(self._watch(worker))
        return done

    def _hear(self, worker: _Worker, message: Any) -> Iterator[Outcome]:
        if message is None:
            yield from self._died(worker)
        elif message["event"] == "ready":
            worker.ready, self._stillborn = True, 0
        elif message["event"] == "read":
            worker.read = {name: message[name] for name in ("input_sha256", "input_bytes")}
        elif message["event"] == "broken":
            raise EngineError(f"un processus de travail ne démarre pas ({message['message']})")
        else:
            outcome = Outcome(**message["outcome"])
            worker.task = None
            if outcome.status == OUT_OF_MEMORY or worker.documents >= self._limits.documents:
                self._workers.remove(worker)
                worker.dismiss()
            yield outcome

    def _died(self, worker: _Worker) -> Iterator[Outcome]:
        """A worker that ended without being told to: its document gets another try, then a name for what happened."""
        self._workers.remove(worker)
        code = worker.kill()
        task = worker.task
        if task is None:
            self._stillborn += not worker.ready
            if self._stillborn >= ATTEMPTS:
                raise EngineError(f"les processus de travail s'arrêtent dès leur démarrage ({_how(code)})")
            return
        limit = self._limits.memory
        if limit is not None and worker.peak > limit / 2 and _how(code) in _NO_MEMORY:
            yield out_of_memory(task.key, limit, seconds=_since(worker), **worker.read)
            return
        self._deaths[task.key] += 1
        if self._deaths[task.key] < ATTEMPTS:
            self._again.append(task)
        else:
            short = limit is not None and _how(code) in _NO_MEMORY
            yield crashed(task.key, _how(code), short=short, seconds=_since(worker), **worker.read)

    def _watch(self, worker: _Worker) -> Iterator[Outcome]:
        """Kills a worker over its time or memory."""
        passed = time.monotonic() - worker.since
        if worker.task is None:
            if not worker.ready and passed > START_SECONDS:
                raise EngineError(f"un processus de travail ne démarre pas en {START_SECONDS:g} s")
            return
        key, limits = worker.task.key, self._limits
        if passed > limits.seconds:
            over = killed_for_time(key, limits.seconds)
        elif limits.memory is not None and worker.resident() > limits.memory:
            over = out_of_memory(key, limits.memory)
        else:
            return
        self._workers.remove(worker)
        worker.kill()
        yield with_read(over, {**worker.read, "seconds": round(passed, 3)})


def _since(worker: _Worker) -> float:
    return round(time.monotonic() - worker.since, 3)


def _how(code: int) -> str:
    """The end of a process in words: "SIGKILL", "code 3"."""
    if code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"code {code}"
