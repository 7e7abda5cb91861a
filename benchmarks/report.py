"""The measurements as one table on the screen, as docs/benchmarks.md, and as a plot beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table. ``value`` is held against ``bar`` (at most, or at least where ``least``); None for no bar."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    least: bool = False

    @property
    def kept(self) -> bool | None:
        """Whether the bar is kept; None where there is none."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.least else self.value <= self.bar


def _cells(row: Row) -> tuple[str, str, str, str]:
    bar = "" if row.bar is None else f"{'≥' if row.least else '≤'} {row.bar:g}"
    verdict = {None: "", True: "kept", False: "missed"}[row.kept]
    value = f"{row.value:.0f}" if row.value >= 100 else f"{row.value:.2f}" if row.value >= 0.1 else f"{row.value:.3f}"
    return row.what, f"{value} {row.unit}".strip(), bar, verdict


def screen(rows: Iterable[Row]) -> str:
    """The table in columns."""
    table = [("what", "measured", "bar", ""), *map(_cells, rows)]
    wide = [max(len(line[k]) for line in table) for k in range(4)]
    return "\n".join(f"{a:<{wide[0]}}  {b:>{wide[1]}}  {c:<{wide[2]}}  {d}".rstrip() for a, b, c, d in table)


def page(about: Sequence[str], rows: Iterable[Row], plot: str) -> str:
    """The table as a page of the documentation."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `python -m benchmarks` (`make bench`). Every number is from one run on one machine, and the ratios are",
        "the point: what others need for the same file is measured in the same run. Times are of the processor, the best",
        "of several rounds, unless they say otherwise. Our modules' bytecode is there from the second round on, as after an",
        "installation.",
        "",
        *[f"- {line}" for line in about],
        "",
        "| what | measured | bar | |",
        "| --- | ---: | --- | --- |",
        *["| " + " | ".join(_cells(row)) + " |" for row in rows],
        "",
        f"![Seconds against pages, both axes logarithmic]({plot})",
        "",
    ]
    return "\n".join(lines)


WIDE, HIGH, LEFT, FOOT = 560, 320, 64, 44


def plot(series: dict[str, dict[int, float]]) -> str:
    """An SVG of seconds against pages on logarithmic axes, one line a series, each named at its end."""
    pages = sorted({n for points in series.values() for n in points})
    seconds = [t for points in series.values() for t in points.values()]
    x0, x1 = math.log10(pages[0]), math.log10(pages[-1])
    y0, y1 = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))

    def across(n: float) -> float:
        return LEFT + (math.log10(n) - x0) / max(x1 - x0, 1e-9) * (WIDE - LEFT - 150)

    def down(t: float) -> float:
        return 16 + (y1 - math.log10(t)) / max(y1 - y0, 1) * (HIGH - 16 - FOOT)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>',
    ]
    for power in range(y0, y1 + 1):
        y = down(10.0**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDE - 150}" stroke="#d8dde3"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{10.0**power:g} s</text>')
    for n in pages:
        parts.append(f'<text x="{across(n):.1f}" y="{HIGH - 24}" text-anchor="middle" fill="#444">{n}</text>')
    parts.append(f'<text x="{(LEFT + WIDE - 150) / 2:.1f}" y="{HIGH - 6}" text-anchor="middle" fill="#444">pages</text>')
    for color, (name, points) in zip(("#0a5c9e", "#b3541e", "#3b7d3b"), series.items(), strict=False):
        places = [(across(n), down(t)) for n, t in sorted(points.items())]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>' for x, y in places]
        x, y = places[-1]
        parts.append(f'<text x="{x - 8:.1f}" y="{y - 4:.1f}" text-anchor="end" fill="{color}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
