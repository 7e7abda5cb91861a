"""What a person sees of a run: a bar on a terminal, plain lines elsewhere, a summary at the end, and `status`."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from bilan_extract.batch.inputs import JOURNAL, STATE, Inputs, error_key
from bilan_extract.batch.journal import COLUMNS, Journal
from bilan_extract.batch.lock import is_locked
from bilan_extract.batch.runner import Due, Summary, Watcher
from bilan_extract.batch.task import FAILED, FAILURES, OK, OUT_OF_MEMORY, SKIPPED, TIMED_OUT, WARNINGS, Outcome
from bilan_extract.batch.worker import shown
from bilan_extract.errors import InputNotFoundError, printable

if TYPE_CHECKING:
    from rich.progress import Progress

#: Of one document, and of many.
WORDS = {
    OK: ("réussi", "réussis"),
    WARNINGS: ("réussi, avec des points à vérifier", "réussis, avec des points à vérifier"),
    FAILED: ("en échec", "en échec"),
    TIMED_OUT: ("arrêté (temps dépassé)", "arrêtés (temps dépassé)"),
    OUT_OF_MEMORY: ("arrêté (mémoire dépassée)", "arrêtés (mémoire dépassée)"),
    SKIPPED: ("laissé de côté", "laissés de côté"),
}
LINE_SECONDS = 10.0  # between two lines of progress where there is no terminal
SHOWN_PASSED = 5
SHOWN_FAILURES = 20
_STOPPING = "arrêt demandé : les documents en cours se terminent (Ctrl-C encore une fois pour couper net)"


def watcher_for(stream: TextIO, *, quiet: bool) -> Watcher:
    """A bar where ``stream`` is a terminal, else lines; with ``quiet`` only failures to go on are heard."""
    if quiet:
        return Watcher()
    return Bar(sturdy(stream)) if stream.isatty() else Lines(sturdy(stream))


def sturdy(stream: TextIO) -> TextIO:
    """The stream, made so that no failure to write to it is heard."""
    return cast(TextIO, _Sturdy(stream))


class _Sturdy:
    """A stream that takes whatever is written, also when its terminal was closed or its pipe is: no run ends by that."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes what can be."""
        with contextlib.suppress(OSError, ValueError, RuntimeError):  # RuntimeError: a signal came while it was writing
            self._stream.write(_sayable(text, self._stream))
        return len(text)

    def flush(self) -> None:
        """Flushes what can be."""
        with contextlib.suppress(OSError, ValueError, RuntimeError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Lines(Watcher):
    """Plain lines: what is due, each failure, a count from time to time."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._due = 0
        self._started = self._last = clock()

    def planned(self, inputs: Inputs, due: Sequence[Due], summary: Summary) -> None:
        """What is left out, and how much there is to do."""
        for line in opening(inputs, due, summary):
            self._print(line)
        self._due = len(due)
        self._started = self._last = self._clock()

    def checking(self, done: int, total: int) -> None:
        """A line every ten seconds."""
        now = self._clock()
        if now - self._last >= LINE_SECONDS:
            self._last = now
            self._print(f"vérification de ce qui est déjà fait : {done}/{total}")

    def kept(self, key: str, name: str) -> None:
        """Says under which name."""
        self._print(f"gardé : {shown(key)}, modifié depuis ou d'une autre origine, s'appelle maintenant {shown(name)}")

    def ended(self, outcome: Outcome, due: Due, summary: Summary) -> None:
        """A line for a failure, and one every ten seconds."""
        if outcome.status in FAILURES:
            self._print(f"échec : {_of(shown(due.found.path), outcome.message)}")
        now = self._clock()
        done = sum(summary.ended.values())
        if now - self._last >= LINE_SECONDS or done == self._due:
            self._last = now
            rate = done / max(now - self._started, 1e-3)
            left = f", encore {duration((self._due - done) / rate)}" if done < self._due else ""
            self._print(f"{done}/{self._due} documents, {rate * 60:.0f} par minute{left}, {summary.failed} en échec")

    def stopping(self) -> None:
        """Says so."""
        self._print(_STOPPING)

    def _print(self, line: str) -> None:
        print(printable(line), file=self._stream, flush=True)


class Bar(Lines):
    """A progress bar with rate, time left and failures; lines of failures scroll above it."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._progress: Progress | None = None

    def planned(self, inputs: Inputs, due: Sequence[Due], summary: Summary) -> None:
        """Draws the bar, if there is anything to do."""
        super().planned(inputs, due, summary)
        if not due or summary.plan:  # nothing, or a dry run
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("Conversion"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
        )
        self._progress = Progress(*columns, console=Console(file=self._stream, force_terminal=True, highlight=False))
        self._progress.start()
        self._progress.add_task("", total=len(due), rate="", failed="")

    def ended(self, outcome: Outcome, due: Due, summary: Summary) -> None:
        """Moves the bar."""
        if outcome.status in FAILURES:
            self._print(f"échec : {_of(shown(due.found.path), outcome.message)}")
        if self._progress is None:
            return
        done = sum(summary.ended.values())
        rate = done / max(self._clock() - self._started, 1e-3)
        failed = f"{summary.failed} en échec" if summary.failed else ""
        for task in self._progress.task_ids:
            self._progress.update(task, completed=done, rate=f"{rate * 60:.0f}/min", failed=failed)

    def close(self) -> None:
        """Leaves the bar as it is."""
        if self._progress is not None:
            self._progress.stop()

    def _print(self, line: str) -> None:
        if self._progress is None:
            super()._print(line)
        else:
            self._progress.console.print(printable(line), markup=False, soft_wrap=True)


def _of(path: str, message: str | None) -> str:
    """The message with the path it is about, once."""
    return message if message and path in message else f"{path} : {message}"


def opening(inputs: Inputs, due: Sequence[Due], summary: Summary) -> Iterator[str]:
    """What is said before anything starts."""
    for passed in inputs.passed[:SHOWN_PASSED]:
        yield printable(f"laissé de côté : {shown(passed.path)} ({passed.reason})")
    if len(inputs.passed) > SHOWN_PASSED:
        yield f"… et {len(inputs.passed) - SHOWN_PASSED} autres laissés de côté (tous au journal)"
    if inputs.others:
        yield f"{count(inputs.others, 'fichier')} d'un autre type dans les dossiers (seuls les .pdf y sont pris)"
    if not summary.total:
        yield "aucun document trouvé : vérifiez les fichiers, dossiers ou listes nommés"
        return
    before = f", {count(summary.done_before, 'déjà fait', 'déjà faits')}" if summary.done_before else ""
    failed = f", {summary.failed_before} en échec avant (--retry-errors les reprend)" if summary.failed_before else ""
    yield f"{count(summary.total, 'document')} : {len(due)} à convertir{before}{failed}"


def plan_lines(due: Sequence[Due]) -> Iterator[str]:
    """What --dry-run shows: one document a line, what would be written, and why."""
    for each in due:
        yield printable(f"{shown(each.found.path)} -> {shown(each.found.key)} ({each.reason})")


def closing(summary: Summary, out: Path) -> Iterator[str]:
    """The summary."""
    done = sum(summary.ended.values())
    rate = 60 * done / max(summary.seconds, 1e-3)
    speed = f" ({count(summary.pages, 'page')}, {rate:.0f} documents par minute)" if done else ""
    yield f"{count(done, 'document traité', 'documents traités')} en {duration(summary.seconds)}{speed}"
    for status, words in WORDS.items():
        if summary.ended[status]:
            yield f"  {count(summary.ended[status], *words)}"
    if summary.done_before:
        yield f"  {count(summary.done_before, 'déjà fait', 'déjà faits')} avant"
    if summary.failed_before:
        yield f"  {summary.failed_before} en échec avant, pas repris (--retry-errors pour un nouvel essai)"
    if summary.passed:
        yield f"  {count(summary.passed, *WORDS[SKIPPED])} (au journal : bilan-extract status {out} --json)"
    if summary.failed or summary.failed_before:
        yield f"  les échecs : bilan-extract status {out}"
    if summary.interrupted:
        remain = count(summary.left, "document reste", "documents restent")
        yield f"interrompu : {remain} à faire ; relancez la même commande pour reprendre"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 document", "2 documents"."""
    return f"{number} {one if number < 2 else many or one + 's'}"


def duration(seconds: float) -> str:
    """ "42 s", "3 min 05 s", "2 h 07 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"


# -- status


def _journal(out: Path) -> Journal:
    path = out / JOURNAL
    if not path.is_file():
        raise InputNotFoundError(f"il n'y a pas de journal dans {out}")
    return Journal(path, read_only=True)


def status_lines(out: Path) -> Iterator[str]:
    """The state of an output folder as a table. Raises InputNotFoundError where there is no journal."""
    journal = _journal(out)
    try:
        counts = journal.counts()
        pages, seconds = journal.totals()
        notes = journal.notes()
        running = " ; un traitement est en cours" if is_locked(out / STATE) else ""
        asked = int(notes.get("documents", 0))
        yield f"{out} : {count(asked, 'document demandé', 'documents demandés')} au dernier lancement{running}"
        for status, words in WORDS.items():
            yield f"  {counts.get(status, 0):>9}  {words[counts.get(status, 0) > 1]}"
        yield f"  {pages:>9}  pages, {duration(seconds)} de calcul"
        yield from _failure_table(journal)
    finally:
        journal.close()


def _failure_table(journal: Journal) -> Iterator[str]:
    total = 0
    for record in journal.records(FAILURES):
        total += 1
        if total == 1:
            yield ""
            yield f"{'erreur':<15}{'secondes':>9}  document : ce qui s'est passé"
        if total <= SHOWN_FAILURES:
            head = f"{record.error_code or '':<15}{record.seconds or 0:>9.1f}"
            yield printable(f"{head}  {_of(record.input, record.error)}")
    if total > SHOWN_FAILURES:
        yield f"… et {total - SHOWN_FAILURES} autres : --json les donne tous"


def write_status(out: Path, stream: TextIO) -> None:
    """The state of an output folder as JSON, a document a line. Raises InputNotFoundError where there is no journal."""
    journal = _journal(out)
    try:
        pages, seconds = journal.totals()
        head = {
            "folder": str(out),
            "running": is_locked(out / STATE),
            "last_run": journal.notes(),
            "counts": {status: journal.counts().get(status, 0) for status in WORDS},
            "pages": pages,
            "seconds": round(seconds, 3),
        }
        stream.write(json.dumps(head, ensure_ascii=True, indent=1)[:-2] + ',\n "documents": [')
        for index, record in enumerate(journal.records()):
            row = {name: getattr(record, name) for name in COLUMNS}
            row["options"] = json.loads(record.options)
            row["error_file"] = error_key(record.output) if record.status in FAILURES else None
            stream.write(("," if index else "") + "\n  " + json.dumps(row, ensure_ascii=True))
        stream.write("\n ]\n}\n")
    finally:
        journal.close()


def speak(lines: Iterator[str], stream: TextIO | None = None) -> None:
    """Prints the lines to ``stream``, or to standard output."""
    chosen = stream or sys.stdout
    for line in lines:
        print(_sayable(line, chosen), file=chosen, flush=True)


def _sayable(text: str, stream: TextIO) -> str:
    """The text with escapes for the signs that the stream's encoding does not have."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
