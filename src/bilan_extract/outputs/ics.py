"""ics: what is à venir with a date, as events and to-dos for a calendar (icalendar, extra "calendar").

A day, or days, that the text names are an event of whole days; anything wider ("d'ici 2027", "2e trimestre 2025",
"fin 2026") or open is a to-do, due on its last day. A statement without a date of its own takes its block's period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bilan_extract.outputs.files import need, write_bytes
from bilan_extract.places import Place, places
from bilan_extract.plan import Block, Engagement, Item, Period, Plan

if TYPE_CHECKING:
    from icalendar import Component

LONGEST_SUMMARY = 120
# 2025-06-14, 2025-06-14/2025-06-16
DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?", re.ASCII)

# control characters, which RFC 5545 does not allow in a value: NUL, "\x07", "\x85" … (line ends are escaped)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to come.

    Attributes:
        uid: stable, from the place of the date in the plan.
        whole_days: True for an event, False for a to-do.
        start, end: first and last day, None where open; never both None.
        words: how the document writes the date, or the block's label.
    """

    uid: str
    summary: str
    description: str
    whole_days: bool
    start: dt.date | None
    end: dt.date | None
    words: str


def write_ics(plans: Sequence[Plan], path: Path) -> list[Path]:
    """Write the calendar of ``plans`` to ``path``.

    Raises:
        UsageError: icalendar is not installed.
        OutputError: the file cannot be written.
    """
    need("icalendar", "calendar")
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//bilan-extract//FR")
    calendar.add("version", "2.0")
    titles = ", ".join(plan.title or plan.document.title or "Plan" for plan in plans)
    calendar.add("x-wr-calname", " ".join(_plain(titles).split()))
    for plan in plans:
        for entry in entries(plan):
            calendar.add_component(_component(entry, plan))
    return [write_bytes(path, calendar.to_ical())]


def entries(plan: Plan) -> Iterator[Entry]:
    """What ``plan`` announces with a date, in the document's order.

    A date that was over before the session is what the statement looks back on, not what it announces; it is left
    out unless it falls into its block's own period.
    """
    for place in places(plan):
        block = place.above("block")
        item = place.node
        if not (isinstance(item, Item) and block and isinstance(block.node, Block) and block.node.status == "à venir"):
            continue
        summary, description = _summary(item.text), _description(place, plan)
        for date in item.dates:
            if _is_past(date.end, plan.document.session_date, block.node.period) or not (date.start or date.end):
                continue
            whole = not date.approximate and DAYS.fullmatch(date.edtf) is not None
            uid = f"{place.id}/date{date.span[0]}-{date.span[1]}@bilan-extract"
            yield Entry(uid, summary, description, whole, date.start, date.end, date.text)
        period = block.node.period
        if not item.dates and item.kind != "lead_in" and period and (period.start or period.end):
            uid, words = f"{place.id}@bilan-extract", block.node.label or ""
            yield Entry(uid, summary, description, False, period.start, period.end, words)


def _is_past(end: dt.date | None, session: dt.date | None, period: Period | None) -> bool:
    if end is None or session is None or end >= session:
        return False
    inside = period and (period.start is None or period.start <= end) and (period.end is None or end <= period.end)
    return not inside


def _summary(text: str) -> str:
    line = text.strip().partition("\n")[0].rstrip(" :;")
    if len(line) <= LONGEST_SUMMARY:
        return line
    return line[:LONGEST_SUMMARY].rpartition(" ")[0].rstrip() + "…"


def _description(place: Place, plan: Plan) -> str:
    """The whole text, the engagement it stands under, and where to read it."""
    item, engagement = place.node, place.above("engagement")
    lines = [item.text] if isinstance(item, Item) else []
    if engagement and isinstance(engagement.node, Engagement):
        lines.append(f"Engagement {engagement.node.id} : {engagement.node.text.partition(chr(10))[0]}")
    lines.append(_source(place, plan))
    return "\n".join(lines)


def _source(place: Place, plan: Plan) -> str:
    document = plan.document
    parts = [document.collectivity, f"délibération {document.number}" if document.number else None]
    parts.append(document.source.name)
    if isinstance(place.node, Item) and place.node.regions:
        parts.append(f"page {place.node.regions[0].page}")
    return "Source : " + ", ".join(part for part in parts if part)


def _component(entry: Entry, plan: Plan) -> Component:
    from icalendar import Event, Todo

    made: Component = Event() if entry.whole_days else Todo()
    made.add("uid", entry.uid)
    made.add("dtstamp", dt.datetime.combine(_day(plan), dt.time(), dt.UTC))
    made.add("summary", _plain(entry.summary))
    made.add("description", _plain(entry.description))
    made.add("comment", _plain(entry.words))
    made.add("categories", ["À venir"])
    if entry.whole_days and entry.start and entry.end:
        made.add("dtstart", entry.start)
        made.add("dtend", entry.end + dt.timedelta(days=1))  # the first day after, says RFC 5545
        made.add("transp", "TRANSPARENT")
        return made
    if entry.start and entry.start != entry.end:
        made.add("dtstart", entry.start)
    if entry.end:
        made.add("due", entry.end)
    made.add("status", "NEEDS-ACTION")
    return made


def _plain(text: str) -> str:
    """``text`` with line ends of one kind and a space for what a calendar may not hold."""
    return FORBIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _day(plan: Plan) -> dt.date:
    """The day that the calendar's entries carry as theirs: the document's, since no clock is read."""
    period_end = plan.period.end if plan.period else None
    return plan.document.signed_on or plan.document.session_date or period_end or dt.date(2000, 1, 1)
