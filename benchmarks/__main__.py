"""`python -m benchmarks`: measures, prints one table, writes docs/benchmarks.md and its plot."""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import inside, outside
from benchmarks.documents import ROOT, middle_page, of_length, page_count, usual_document, with_scans
from benchmarks.report import Row, page, plot, screen

DOCS = ROOT / "docs"


def main() -> int:
    """Run it; 1 where a bar is missed and ``--strict`` was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pdf", type=Path, help="the document to measure on (default: the reference, or our longest)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each time is taken; the best counts")
    parser.add_argument("--quick", action="store_true", help="leave out the document of a thousand pages")
    parser.add_argument("--dry", action="store_true", help="print only, write nothing")
    parser.add_argument("--strict", action="store_true", help="fail where a bar is missed")
    asked = parser.parse_args()
    path = (asked.pdf or usual_document()).resolve()
    with tempfile.TemporaryDirectory() as folder:
        rows, times = _measure(path, Path(folder), asked.rounds, (10, 100) if asked.quick else (10, 100, 1000))
    about = _about(path)
    print("\n".join(about), screen(rows), sep="\n\n")
    if not asked.dry:
        (DOCS / "benchmarks.svg").write_text(plot(times), encoding="utf-8")
        (DOCS / "benchmarks.md").write_text(page(about, rows, "benchmarks.svg"), encoding="utf-8")
    return int(asked.strict and any(row.kept is False for row in rows))


def _measure(path: Path, folder: Path, rounds: int, lengths: tuple[int, ...]) -> tuple[list[Row], dict[str, dict[int, float]]]:
    warm = inside.measure(path, rounds)
    rows = _warm_rows(warm)
    rows.append(Row("share of judging stages and labels, rules and models", inside.share_of_models(path, rounds), "", 0.15))
    words = outside.pdftotext(path, rounds)
    if words is not None:
        rows.append(Row("pdftotext -bbox-layout (a process)", words.processor, "s"))
    whole = outside.whole(path, rounds)
    rows.append(Row("whole conversion as a process", whole.processor, "s"))
    rows += _cold_rows(outside.cold_start(middle_page(path, folder / "one.pdf"), rounds))
    documents = {n: of_length(path, n, folder / f"{n}.pdf") for n in lengths}
    grown = outside.growth(documents, documents[lengths[0]])
    for n, (seconds, _) in grown.items():
        rows.append(Row(f"{n} pages, warm, a page", 1000 * seconds / n, "ms"))
    few, many = lengths[-2:]
    rows.append(Row(f"scaling exponent, {few} to {many} pages", outside.exponent(grown, few, many), "", 1.05))
    if page_count(path) <= 60:
        rows.append(Row(f"peak memory, {page_count(path)} pages", whole.memory, "MB", 150))
    if 1000 in documents:
        rows.append(Row("peak memory, 1000 pages", outside.whole(documents[1000], 1).memory, "MB", 250))
    rows += _scan_rows(path, folder)
    one, two = outside.workers(path)
    rows.append(Row("two processes against one, by the clock", one / two, "times as fast"))
    return rows, {"whole conversion": {n: t for n, (t, _) in grown.items()}, "pdfplumber bare": _bare(documents)}


def _warm_rows(warm: dict[str, float]) -> list[Row]:
    rows = [Row(name, seconds, "s") for name, seconds in warm.items()]
    convert, read, _, plumber, characters, _ = warm.values()
    return [
        *rows,
        Row("whole conversion / pdfplumber bare", convert / plumber, "", 0.35),
        Row("whole conversion / pypdfium2 by character", convert / characters, "", 3),
        Row("the rest of the way / reading", (convert - read) / read, "", 1),
        Row("pdfplumber bare / reading", plumber / read, "times as fast"),
    ]


def _scan_rows(path: Path, folder: Path, scans: int = 2) -> list[Row]:
    if page_count(path) < 6:
        return []
    cost = inside.scanned(with_scans(path, folder / "scans.pdf", scans=scans), scans)
    if cost is None:
        return []
    return [
        Row("recognition of a scanned page at 200 dpi", cost[0], "s by the clock"),
        Row(f"its share where {scans} pages of 8 are scans", cost[1], ""),
    ]


def _cold_rows(cold: dict[str, outside.Run]) -> list[Row]:
    convert, plumber, usage, python = cold.values()
    return [
        *(Row(name, run.processor, "s") for name, run in cold.items()),
        Row("cold start / pdfplumber's", convert.processor / plumber.processor, "", 2.5),
        Row("--help, more than Python itself", usage.wall - python.wall, "s by the clock", 0.2),
    ]


def _bare(documents: dict[int, Path]) -> dict[int, float]:
    """pdfplumber's seconds for the documents that it gets through in reasonable time."""
    out = {}
    for pages, path in documents.items():
        if pages <= 100:
            start = time.process_time()
            inside.pdfplumber_bare(path)
            out[pages] = time.process_time() - start
    return out


def _about(path: Path) -> list[str]:
    def version(name: str) -> str:
        return f"{name} {importlib.metadata.version(name)}"

    packages = ("bilan-extract", "pypdfium2", "pdfplumber", "pdfminer.six", "pydantic")
    return [
        f"Date: {datetime.date.today().isoformat()}",
        f"Document: {path.name}, {page_count(path)} pages, {path.stat().st_size // 1024} KB",
        f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        f"Versions: Python {platform.python_version()}, {', '.join(map(version, packages))}",
    ]


if __name__ == "__main__":
    sys.exit(main())
