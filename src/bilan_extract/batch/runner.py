"""One run: which documents are due, an engine that converts them, a journal row once each file is in its place."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, Protocol

from bilan_extract import __version__
from bilan_extract.batch.inputs import JOURNAL, Found, Inputs, collect, refuse, refuse_alike
from bilan_extract.batch.journal import Journal, Record
from bilan_extract.batch.lock import locked
from bilan_extract.batch.pool import Pool
from bilan_extract.batch.shelf import PlaceError, Shelf, digest, refusal, takes_names_alike
from bilan_extract.batch.task import FAILED, FAILURES, FINISHED, REFUSED, SKIPPED, WARNINGS, Limits, Outcome, Task, Work
from bilan_extract.batch.worker import shown
from bilan_extract.errors import UsageError
from bilan_extract.profile import Profile, load_profile

#: Why a document is due, in the words that --dry-run shows.
NEW, CHANGED, OTHER_VERSION, OTHER_OPTIONS, LOST, FORCED, RETRIED = (
    "nouveau",
    "changé",
    "fait par une autre version",
    "fait avec d'autres options",
    "résultat perdu ou modifié",
    "demandé (--force)",
    "nouvel essai (--retry-errors)",
)


class Engine(Protocol):
    """Where documents are converted."""

    def run(self, tasks: Iterable[Task], stopping: Callable[[], bool]) -> Iterator[list[Outcome]]:
        """Outcomes as they come, one for each task begun."""
        ...

    def close(self) -> None:
        """Ends what is still going on."""
        ...


class Watcher:
    """Told what goes on. This one keeps silent; display.py has those that speak."""

    def checking(self, done: int, total: int) -> None:
        """After each document looked at, before anything starts: what an earlier run did is read again."""

    def planned(self, inputs: Inputs, due: Sequence[Due], summary: Summary) -> None:
        """Before anything starts."""

    def ended(self, outcome: Outcome, due: Due, summary: Summary) -> None:
        """After each document."""

    def kept(self, key: str, name: str) -> None:
        """What stood in the place of ``key`` and no run had written there goes on under another name."""

    def stopping(self) -> None:
        """The run was asked to stop and finishes what is under way."""

    def close(self) -> None:
        """After the last document, or when the run ends with an error."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do.

    Attributes:
        inputs: see `bilan_extract.batch.inputs.collect`.
        out: the output folder.
        base, files: see `collect`.
        profile, password: as for `extract`. options: its further keyword arguments, as JSON can hold them.
        jobs: worker processes at once; None for one a core.
        limits: of each document.
        force: convert again what is done. retry_errors: try again what failed. dry_run: only say what is due.
        scheduler: address of a Dask scheduler, None for workers on this machine.
    """

    inputs: tuple[str, ...]
    out: Path
    base: str | None = None
    files: str | None = None
    profile: Profile | str | None = None
    password: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    jobs: int | None = None
    limits: Limits = Limits()
    force: bool = False
    retry_errors: bool = False
    dry_run: bool = False
    scheduler: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A document to convert, why, and its journal row so far."""

    found: Found
    reason: str


@dataclass(slots=True)
class Summary:
    """How a run went.

    Attributes:
        total: documents named. done_before, failed_before: of those, what an earlier run did and this one left alone.
        ended: of this run, how many of each status. pages: that this run read.
        passed: files left out (hidden, temporary). others: files of other kinds in folders.
        to_check: documents with a plan that somebody should look at, of this run and before.
        seconds: of this run. interrupted: it was asked to stop.
        plan: with dry_run, what is due.
    """

    total: int = 0
    due: int = 0
    done_before: int = 0
    failed_before: int = 0
    to_check: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    passed: int = 0
    others: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    plan: tuple[Due, ...] = ()

    @property
    def left(self) -> int:
        """Documents neither done nor failed, in this run or before."""
        return self.total - self.done_before - self.failed_before - sum(self.ended.values())

    @property
    def failed(self) -> int:
        """Documents of this run without a plan."""
        return sum(self.ended[status] for status in FAILURES)

    @property
    def exit_code(self) -> int:
        """0 all well, 4 some documents have no plan, 130 interrupted."""
        if self.interrupted:
            return 130
        return 4 if self.failed or self.failed_before else 0


def convert_many(settings: Settings, watcher: Watcher | None = None, *, stdin: BinaryIO | None = None) -> Summary:
    """Converts all documents that are due, each to a plan (or a told error) and a row of the journal.

    Args:
        settings: what to do.
        watcher: told what goes on.
        stdin: where a list of documents is read that is given as "@-"; None for standard input.

    Raises:
        UsageError: wrong settings, among them CollisionError: two inputs would write one output.
        InputError: an input named on the command line is not there.
        OutputError: the output folder refuses, now or in the middle (disk full); BusyError: another run holds it.
        EngineError: workers do not start, or the cluster does not answer.
    """
    watcher = watcher or Watcher()
    if settings.jobs is not None and settings.jobs < 1:
        raise UsageError("--jobs : il faut au moins 1 processus")
    started = time.monotonic()
    inputs = collect(settings.inputs, settings.out, base=settings.base, files=settings.files, stdin=stdin)
    run = _Run(settings, inputs, watcher)
    try:
        if settings.dry_run:
            run.only_plan()
        else:
            run.go()
    finally:
        watcher.close()
    run.summary.seconds = time.monotonic() - started
    return run.summary


class _Run:
    """The state of one run."""

    def __init__(self, settings: Settings, inputs: Inputs, watcher: Watcher) -> None:
        self.settings, self.inputs, self.watcher = settings, inputs, watcher
        profile = settings.profile if isinstance(settings.profile, Profile) else load_profile(settings.profile)
        self.work = Work(profile.model_dump_json(), settings.password, dict(settings.options))
        self.profile = profile.name
        self.options = options_of(self.work)
        self.summary = Summary(total=len(inputs.found), passed=len(inputs.passed), others=inputs.others)
        self.stop = _Stop(watcher.stopping)

    def only_plan(self) -> None:
        """Says what is due and writes nothing."""
        path = self.settings.out / JOURNAL
        journal = Journal(path, read_only=True) if path.exists() else None
        due = self._due(journal)
        self.summary.plan = tuple(due)
        self.watcher.planned(self.inputs, due, self.summary)
        if journal is not None:
            journal.close()

    def go(self) -> None:
        """The run itself, with the output folder held from beginning to end."""
        out = self.settings.out
        shelf = Shelf(out)
        with contextlib.ExitStack() as stack:
            with shelf.refusals():
                shelf.state.mkdir(parents=True, exist_ok=True)
                stack.enter_context(locked(shelf.state))
            if takes_names_alike(shelf.state):
                refuse_alike(self.inputs.found)
            journal = Journal(out / JOURNAL)
            stack.callback(journal.close)
            stack.enter_context(self.stop)
            due = self._due(journal)
            journal.replace_skipped(self._skipped())
            journal.note(documents=str(len(self.inputs.found)), version=__version__)
            shelf.open()
            stack.callback(shelf.close)
            self.watcher.planned(self.inputs, due, self.summary)
            self._convert(due, shelf, journal)
        self.summary.interrupted = self.stop.asked > 0 and self.summary.left > 0

    def _due(self, journal: Journal | None) -> list[Due]:
        """What is missing, changed or asked for again. Raises CollisionError where another document owns the output."""
        due, clashes = [], []
        for number, found in enumerate(self.inputs.found, 1):
            if self.stop.asked:
                break
            self.watcher.checking(number, len(self.inputs.found))
            record = None if journal is None else journal.get(shown(found.key))
            reason = self._reason(found, record)
            moved = record is not None and record.input != shown(found.path) and record.status in FINISHED
            if moved and record is not None and reason == CHANGED:
                clashes.append(f"{shown(found.path)} écrirait {record.output}, déjà fait à partir de {record.input}")
            if reason is not None:
                due.append(Due(found, reason))
            elif record is not None and record.status in FAILURES:
                self.summary.failed_before += 1
            else:
                self.summary.done_before += 1
                self.summary.to_check += record is not None and record.status == WARNINGS
        refuse(clashes, "choisissez un autre dossier de sortie, ou --force pour remplacer")
        self.summary.due = len(due)
        return due

    def _reason(self, found: Found, record: Record | None) -> str | None:
        if record is None or record.status == SKIPPED:
            return NEW
        if self.settings.force:
            return FORCED
        if digest(found.path) != record.input_sha256:
            return CHANGED
        if record.version != __version__:
            return OTHER_VERSION
        if record.options != self.options:
            return OTHER_OPTIONS
        if record.status in FAILURES:
            return RETRIED if self.settings.retry_errors else None
        return None if digest(self.settings.out / found.key) == record.output_sha256 else LOST

    def _skipped(self) -> Iterator[Record]:
        for passed in self.inputs.passed:
            key = shown(os.path.relpath(passed.path, self.inputs.base))
            yield self._record(Outcome(key, SKIPPED, code="skipped", message=passed.reason), passed.path)

    def _record(self, outcome: Outcome, path: str) -> Record:
        sentence = outcome.message and outcome.message + (f" ; {outcome.remedy}" if outcome.remedy else "")
        return Record(
            shown(outcome.key),
            shown(path),
            outcome.input_sha256,
            outcome.input_bytes,
            __version__,
            self.options,
            self.profile,
            outcome.status,
            outcome.seconds,
            outcome.pages,
            outcome.warnings,
            outcome.code,
            sentence,
            outcome.output_sha256,
        )

    def _convert(self, due: Sequence[Due], shelf: Shelf, journal: Journal) -> None:
        if not due or self.stop.asked:
            return
        waiting = {each.found.key: each for each in due}
        tasks = (Task(each.found.key, each.found.path, str(shelf.staging.absolute())) for each in due)
        engine = self._engine(len(due))
        try:
            for outcomes in engine.run(tasks, lambda: self.stop.asked > 0):
                self._settle(outcomes, waiting, shelf, journal)
        except KeyboardInterrupt:  # asked twice
            pass
        finally:
            engine.close()

    def _engine(self, documents: int) -> Engine:
        if self.settings.scheduler is not None:
            from bilan_extract.batch.cluster import Cluster

            return Cluster(self.settings.scheduler, self.work, self.settings.limits)
        return Pool(min(self.settings.jobs or _cores(), documents), self.work, self.settings.limits)

    def _settle(self, outcomes: Iterable[Outcome], waiting: dict[str, Due], shelf: Shelf, journal: Journal) -> None:
        """Files into their places, then rows into the journal. Raises OutputError where the folder refuses."""
        records, settled, refused = [], [], None
        for outcome in outcomes:
            if outcome.status == REFUSED:
                refused = outcome
                continue
            due = waiting.pop(outcome.key, None)
            if due is None:
                continue  # a second result of a document done twice, on a cluster: the first one stands
            outcome, keep = self._shelve(outcome, due, shelf, journal)
            settled.append((outcome, due))
            if not keep:
                records.append(self._record(outcome, due.found.path))
        shelf.sync()
        journal.put(records)
        for outcome, due in settled:
            self.summary.ended[outcome.status] += 1
            self.summary.pages += outcome.pages or 0
            self.summary.to_check += outcome.status == WARNINGS
            self.watcher.ended(outcome, due, self.summary)
        if refused is not None:
            raise refusal(self.settings.out, refused.message or "refus")

    def _shelve(self, outcome: Outcome, due: Due, shelf: Shelf, journal: Journal) -> tuple[Outcome, bool]:
        """Puts the plan or the error in its place. Also says whether the row that is in the journal stays as it is."""
        before = journal.get(shown(outcome.key))
        if outcome.status in FINISHED:
            try:
                self._keep(outcome, before, shelf)
                shelf.place(outcome)
                return outcome, False
            except PlaceError as error:
                outcome = replace(outcome, status=FAILED, code="output", message=str(error), staged=None, output_sha256=None)
        forced = due.reason == FORCED and before is not None and before.status in FINISHED
        if forced and before is not None and self._same_work(before, outcome):
            return outcome, True  # done again only because asked to: what was finished stays
        drop = outcome.input_sha256 is not None
        with contextlib.suppress(PlaceError):
            if drop:
                self._keep(outcome, before, shelf)
            shelf.tell_error(outcome, due.found.path, __version__, drop_plan=drop)
        if not drop and before is not None:  # the plan of when it could be read stays, and is ours
            outcome = replace(outcome, output_sha256=before.output_sha256)
        return outcome, False

    def _keep(self, outcome: Outcome, before: Record | None, shelf: Shelf) -> None:
        """Sets aside what stands in the place and is no run's work, such as a plan corrected by hand."""
        there = digest(self.settings.out / outcome.key)
        if there is not None and there not in (outcome.output_sha256, before and before.output_sha256):
            self.watcher.kept(outcome.key, shelf.set_aside(outcome.key))

    def _same_work(self, before: Record, outcome: Outcome) -> bool:
        same = (before.input_sha256, before.version, before.options) == (
            outcome.input_sha256,
            __version__,
            self.options,
        )
        return same and digest(self.settings.out / outcome.key) == before.output_sha256


def _cores() -> int:
    """Cores that this process may use, which may be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def options_of(work: Work) -> str:
    """What the result depends on besides input and version, as one line of JSON. A password is told, not shown."""
    import hashlib

    profile = hashlib.sha256(work.profile.encode()).hexdigest()
    return json.dumps({"password": work.password is not None, "profile_sha256": profile, **work.options}, sort_keys=True)


class _Stop:
    """Counts requests to stop. The first is for finishing what is under way; the second raises KeyboardInterrupt."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self.asked = 0
        self._tell = tell
        self._before: dict[int, signal.Handlers | Callable[[int, FrameType | None], object] | int | None] = {}

    def __enter__(self) -> _Stop:
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGINT", "SIGTERM", "SIGHUP"):
                number = getattr(signal, name, None)
                if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                    self._before[number] = signal.signal(number, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1
        if self.asked > 1:
            raise KeyboardInterrupt
        self._tell()
