"""Many documents by the command: one worker against two, and what a page and the command itself cost.

`python -m benchmarks.batch` measures this alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.documents import ROOT, page_count
from benchmarks.outside import COMMAND, run
from benchmarks.report import Row, screen
from bilan_extract.batch.runner import Settings, convert_many

COPIES = 8


def corpus_copies(folder: Path, copies: int = COPIES) -> tuple[int, int]:
    """Writes the corpus so often, each copy with bytes of its own; how many documents and pages that is."""
    sources = sorted((ROOT / "corpus" / "dev").glob("*.pdf"))
    for copy in range(copies):
        for path in sources:
            target = folder / str(copy) / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes() + b"%% %d\n" % copy)
    return copies * len(sources), copies * sum(map(page_count, sources))


def measure(folder: Path) -> list[Row]:
    """The rows of the table; writes into ``folder``."""
    documents, pages = corpus_copies(folder / "in")
    convert = (sys.executable, "-c", COMMAND, "convert", str(folder / "in"), "--quiet", "-o")
    busy, began = _busy(), time.perf_counter()
    runs = {jobs: run(*convert, str(folder / f"out-{jobs}"), "--jobs", str(jobs)) for jobs in (1, 2)}
    passed = time.perf_counter() - began
    others = _busy() - busy - sum(each.processor for each in runs.values())
    plans = sum(path.stat().st_size for path in (folder / "out-1").rglob("*.json"))
    start = time.process_time()  # of this process alone: what the workers take is not in it
    convert_many(Settings((str(folder / "in"),), folder / "out-0", jobs=2))
    parent = time.process_time() - start
    return [
        *(Row(f"batch of {documents} documents, {jobs} at once", each.wall, "s by the clock") for jobs, each in runs.items()),
        Row("batch, two workers against one", runs[1].wall / runs[2].wall, "times as fast by the clock", 1.7, least=True),
        Row("… while other programs took of the machine", 100 * others / passed / (os.cpu_count() or 1), "%"),
        Row(f"batch, a page ({pages} of them), everything counted", 1000 * runs[1].processor / pages, "ms"),
        Row("batch, the command itself, a document", 1000 * parent / documents, "ms"),
        Row("batch, plan of a page", plans / pages / 1000, "kB"),
        Row("batch, journal of a document", (folder / "out-1" / "journal.sqlite").stat().st_size / documents / 1000, "kB"),
    ]


def _busy() -> float:
    """Seconds of processor that all programs together took since the system started; 0 where it does not tell."""
    try:
        fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    except OSError:
        return 0.0
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")  # without idle and waiting


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(screen(measure(Path(scratch))))
