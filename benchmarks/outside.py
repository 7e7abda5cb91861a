"""What is measured as whole processes: a cold start, peak memory, growth with the pages, two workers against one."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

_PDFPLUMBER = "import sys, pdfplumber; pdfplumber.open(sys.argv[1]).pages[0].extract_words()"
COMMAND = "import sys; from bilan_extract.cli import main; sys.exit(main())"
_CONVERT = "import sys; from bilan_extract import extract\nfor path in sys.argv[1:]: extract(path)"
# prints the seconds of a second, warm conversion's processor time
_TIMED = (
    "import sys, time; from bilan_extract import extract; extract(sys.argv[1])\n"
    "start = time.process_time(); extract(sys.argv[2]); print(time.process_time() - start)"
)


class Run(NamedTuple):
    """One finished process: seconds by the clock and of the processor, peak memory in MB, what it printed."""

    wall: float
    processor: float
    memory: float
    printed: str


def run(*command: str) -> Run:
    """Runs a command to its end. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_installed())
    assert process.stdout is not None
    printed = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # ru_maxrss: bytes there, kilobytes elsewhere
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, printed)


def _installed() -> dict[str, str]:
    """The environment, in which our modules are compiled once and kept, as an installation does and did for the others'."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def best(rounds: int, *command: str) -> Run:
    """The run that needed least of the processor."""
    return min((run(*command) for _ in range(rounds)), key=lambda r: r.processor)


def cold_start(page: Path, rounds: int) -> dict[str, Run]:
    """One page from nothing: the command, pdfplumber's words of that page, and `--help` against an empty Python."""
    python = sys.executable
    command = (python, "-c", COMMAND)  # what the installed script does
    commands = {
        "bilan-extract convert, one page": (*command, "convert", str(page), "-o", os.devnull),
        "pdfplumber extract_words, one page": (python, "-c", _PDFPLUMBER, str(page)),
        "bilan-extract --help": (*command, "--help"),
        "python -c pass": (python, "-c", "pass"),
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):  # in turn, so that a machine that is busy for a while is so for all of them
        for name, asked in commands.items():
            runs[name].append(run(*asked))
    return {name: min(done, key=lambda r: r.processor) for name, done in runs.items()}


def pdftotext(path: Path, rounds: int) -> Run | None:
    """poppler's words and boxes; None where it is not installed."""
    program = shutil.which("pdftotext")
    return None if program is None else best(rounds, program, "-bbox-layout", str(path), os.devnull)


def whole(path: Path, rounds: int) -> Run:
    """The conversion of one document as a process of its own."""
    return best(rounds, sys.executable, "-c", _CONVERT, str(path))


def growth(documents: dict[int, Path], warm: Path) -> dict[int, tuple[float, float]]:
    """By page count: seconds of a warm conversion, and the process's peak memory in MB."""
    out = {}
    for pages, path in documents.items():
        rounds = 3 if pages <= 100 else 1
        runs = [run(sys.executable, "-c", _TIMED, str(warm), str(path)) for _ in range(rounds)]
        out[pages] = (min(float(r.printed) for r in runs), min(r.memory for r in runs))
    return out


def exponent(times: dict[int, tuple[float, float]], few: int, many: int) -> float:
    """What the page count is raised to in the time: 1 is linear."""
    return math.log(times[many][0] / times[few][0]) / math.log(many / few)


def workers(path: Path, copies: int = 4) -> tuple[float, float]:
    """Seconds by the clock for so many conversions, one after the other in one process and by two processes."""
    python, half = sys.executable, copies // 2
    one = run(python, "-c", _CONVERT, *[str(path)] * copies).wall
    start = time.perf_counter()
    pair = [subprocess.Popen([python, "-c", _CONVERT, *[str(path)] * half]) for _ in range(2)]
    codes = [process.wait() for process in pair]
    if any(codes):
        raise RuntimeError(f"a worker failed: {codes}")
    return one, time.perf_counter() - start
