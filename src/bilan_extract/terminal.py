"""The plan on a terminal: one indented outline, wrapped, with what was read out of each statement."""

from __future__ import annotations

import datetime as dt
import textwrap
import unicodedata
from collections.abc import Iterator

from bilan_extract.plan import Block, Date, Engagement, Figure, Focus, Period, Plan, Priority

WIDTH = 100
_SIGNS = {"réalisé": "✔", "à venir": "➜"}
_BOUNDS = {"exact": "", "about": "~", "at_least": "≥ ", "at_most": "≤ ", "between": ""}


def outline(plan: Plan, width: int = WIDTH) -> str:
    """The plan as text of at most ``width`` columns (a longer word stands alone), one newline at the end."""
    return "\n".join(_wrapped(_lines(plan), width)) + "\n"


Row = tuple[int, str, str]  # columns of indent, mark, text


def _wrapped(rows: Iterator[Row], width: int) -> Iterator[str]:
    for indent, mark, text in rows:
        clean = " ".join(_printable(text).split())
        first = " " * indent + mark
        yield from textwrap.wrap(
            clean, max(width, indent + 30), initial_indent=first, subsequent_indent=" " * len(first),
            break_long_words=False, break_on_hyphens=False,
        ) or [first.rstrip()]


def _printable(text: str) -> str:
    """The text without the signs that would steer a terminal."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text)


def _lines(plan: Plan) -> Iterator[Row]:
    document, coverage = plan.document, plan.coverage
    yield 0, "", plan.title or document.title or document.source.name or "Plan"
    facts = [
        document.collectivity,
        f"délibération {document.number}" if document.number else None,
        f"séance du {document.session_date:%d/%m/%Y}" if document.session_date else None,
        f"période {_period(plan.period)}" if plan.period else None,
    ]
    yield 0, "", " · ".join(fact for fact in facts if fact)
    yield 0, "", f"{coverage.words} mots : {coverage.in_plan} dans le plan, {coverage.set_aside} laissés de côté"
    for ambition in plan.ambitions:
        yield 0, "", ""
        if ambition.label or ambition.title:
            yield 0, "", _heading(ambition.label, ambition.title)
        for priority in ambition.priorities:
            yield from _priority(priority)
    if plan.warnings:
        yield 0, "", ""
        yield 0, "", "À vérifier :"
        for warning in plan.warnings:
            yield 2, "! ", warning.message + (f" (page {warning.page})" if warning.page is not None else "")


def _priority(priority: Priority) -> Iterator[Row]:
    if priority.label or priority.title:
        yield 2, "", _heading(priority.label, priority.title)
    for engagement in priority.engagements:
        yield from _engagement(engagement)
    for block in priority.blocks:
        yield from _block(block)
    for focus in priority.focus:
        yield from _focus(focus)


def _engagement(engagement: Engagement) -> Iterator[Row]:
    mark = f"{engagement.id}  "
    state = f" [{engagement.progress}]" if engagement.progress else ""
    for number, line in enumerate(engagement.text.split("\n")):
        yield 4, mark if number == 0 else " " * len(mark), line + (state if number == 0 else "")
    yield from _found(4 + len(mark), engagement.figures, engagement.dates)
    for block in engagement.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[Row]:
    period = f" ({_period(block.period)})" if block.period else ""
    yield 8, "", f"{block.status}{period}" + (f" : {block.label}" if block.label else "")
    for item in block.items:
        for number, line in enumerate(item.text.split("\n")):
            yield 10, f"{_SIGNS[block.status]} " if number == 0 else "  ", line
        yield from _found(12, item.figures, item.dates)


def _focus(focus: Focus) -> Iterator[Row]:
    yield 4, "", "focus" + (f" : {focus.title}" if focus.title else "")
    for line in focus.text.split("\n"):
        yield 10, "", line
    yield from _found(10, focus.figures, focus.dates)


def _found(indent: int, figures: list[Figure], dates: list[Date]) -> Iterator[Row]:
    parts = [_figure(figure) for figure in figures] + [f"{date.text} = {date.edtf}" for date in dates]
    if parts:
        yield indent, "= ", " | ".join(parts)


def _figure(figure: Figure) -> str:
    upper = f" à {figure.value_max:g}" if figure.value_max is not None else ""
    value = f"{figure.value:.10g}"
    return f"{_BOUNDS[figure.bound]}{value}{upper}{f' {figure.unit}' if figure.unit else ''}"


def _heading(label: str | None, title: str | None) -> str:
    return " : ".join(part for part in (label, title) if part)


def _period(period: Period) -> str:
    """2024, 2023-2024, or both days."""
    start, end = period.start, period.end
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    return f"{_day(start)} au {_day(end)}"


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "…"
