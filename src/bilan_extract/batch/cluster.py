"""The same work on a Dask cluster with shared storage.

Each Dask worker keeps one process of `pool.Pool` for each of its threads, so that time, memory and crashes are dealt
with there as on one machine, and stages plans in the shared output folder. Dask gives a lost worker's documents to
another; only the machine that started the run puts files in their places, so that a document done twice still has
exactly one result.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from bilan_extract import __version__
from bilan_extract.batch.errors import EngineError
from bilan_extract.batch.pool import Pool
from bilan_extract.batch.task import REFUSED, Limits, Outcome, Task, Work, crashed
from bilan_extract.errors import UsageError

CONNECT_SECONDS = 20.0
PATIENCE_SECONDS = 120.0  # without any worker, before the run is given up
RETRIES = 2  # of a document that Dask itself failed at
AHEAD = 3  # documents sent for each thread of the cluster: one under way, two waiting
TICK = 0.5  # seconds between two looks at whether to stop

_here = threading.local()


def convert_there(task: dict[str, Any], work: dict[str, Any], limits: dict[str, Any], version: str) -> dict[str, Any]:
    """Runs on a Dask worker: one document, in a process of its own. What comes and goes are plain dicts."""
    if version != __version__:  # whose plans would have other bytes
        why = f"bilan-extract {__version__} sur {socket.gethostname()}, {version} ici ; installez partout la même version"
        return asdict(Outcome(task["key"], REFUSED, code="output", message=why))
    if not os.path.isdir(task["staging"]):
        why = f"{task['staging']} n'est pas visible depuis toutes les machines"
        return asdict(Outcome(task["key"], REFUSED, code="output", message=why))
    wanted = (work, limits)
    if getattr(_here, "wanted", None) != wanted:
        if getattr(_here, "pool", None) is not None:
            _here.pool.close()
        _here.pool, _here.wanted = Pool(1, Work(**work), Limits(**limits)), wanted
    (outcome,) = (outcome for outcomes in _here.pool.run([Task(**task)]) for outcome in outcomes)
    return asdict(outcome)


def _lost(message: str) -> EngineError:
    """The cluster is gone: what to do."""
    error = EngineError(message)
    error.remedy = "ce qui est fini est au journal ; relancez la même commande, avec ou sans cluster"
    return error


def _says_not_installed(error: BaseException | None) -> bool:
    """Whether it, or what it came from, is that a module is not there."""
    return error is not None and (isinstance(error, ImportError) or _says_not_installed(error.__cause__))


def _taken(ended: queue.SimpleQueue[Any]) -> list[Any]:
    """What has ended, after at most a tick."""
    done = []
    with contextlib.suppress(queue.Empty):
        done.append(ended.get(timeout=TICK))
        while True:
            done.append(ended.get_nowait())
    return done


class Cluster:
    """The engine on the cluster whose scheduler is at ``address`` ("tcp://server:8786").

    Raises:
        UsageError: Dask is not installed here.
        EngineError: the scheduler does not answer.
    """

    def __init__(self, address: str, work: Work, limits: Limits) -> None:
        try:
            import distributed
        except ImportError as error:
            raise UsageError("--engine dask demande Dask : pip install 'bilan-extract[dask]'") from error
        try:
            client: Any = distributed.Client
            self._client = client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            unreachable = EngineError(f"l'ordonnanceur Dask {address} ne répond pas ({type(error).__name__})")
            unreachable.remedy = "vérifiez l'adresse, et que dask scheduler y tourne"
            raise unreachable from error
        self._work, self._limits = asdict(work), asdict(limits)
        self._run = os.urandom(6).hex()

    def run(self, tasks: Iterable[Task], stopping: Callable[[], bool]) -> Iterator[list[Outcome]]:
        """Outcomes as they come, each task exactly one.

        Raises:
            EngineError: the cluster is gone.
        """
        source = iter(tasks)
        going: dict[Any, Task] = {}
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        seen = time.monotonic()  # when there was a worker
        while True:
            while not stopping() and len(going) < self._room() and (task := next(source, None)) is not None:
                future = self._submit(task)
                going[future] = task
                future.add_done_callback(ended.put)
            if not going:
                return
            done = _taken(ended)
            if done:
                yield [self._outcome(future, going.pop(future)) for future in done]
            elif self._client.status not in ("running", "connecting"):
                raise _lost("la liaison avec l'ordonnanceur Dask est perdue")
            if self._client.nthreads():
                seen = time.monotonic()
            elif stopping():
                return  # nobody is there to finish what was sent
            elif time.monotonic() - seen > PATIENCE_SECONDS:
                error = _lost("le cluster Dask n'a plus, ou pas encore, de machine qui travaille")
                error.remedy = "lancez dask worker sur chaque machine, puis la même commande"
                raise error

    def close(self) -> None:
        """Gives up what is still going on, and the connection."""
        self._client.close(timeout=CONNECT_SECONDS)

    def _room(self) -> int:
        threads = sum(self._client.nthreads().values())
        return AHEAD * max(1, int(threads))

    def _submit(self, task: Task) -> Any:
        key = f"bilan-{self._run}-{task.key.encode('utf-8', 'backslashreplace').decode()}"
        arguments = (asdict(task), self._work, self._limits, __version__)
        return self._client.submit(convert_there, *arguments, key=key, pure=False, retries=RETRIES)

    def _outcome(self, future: Any, task: Task) -> Outcome:
        try:
            return Outcome(**future.result())
        except EngineError:
            raise
        except Exception as error:  # after several lost workers; or what Dask could not do, which no document is at fault for
            name = type(error).__name__
            if name == "KilledWorker":
                return crashed(task.key, name)
            lost = _lost(f"le cluster Dask a abandonné le travail ({name})")
            if _says_not_installed(error):
                lost.remedy = "installez bilan-extract[dask], la même version, sur chaque machine du cluster"
            raise lost from error
