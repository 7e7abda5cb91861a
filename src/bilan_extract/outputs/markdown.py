"""markdown: the plan as a page to read, in CommonMark, in which none of the document's words is taken for markup."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from bilan_extract.outputs.files import write_text
from bilan_extract.plan import Ambition, Block, Engagement, Focus, Period, Plan, Priority, Region

# signs that CommonMark could take for markup anywhere in a line: *, _, `, <, [, \ …
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
# what makes a list, a heading's underline or an indented line at a line's start: "- ", "+ ", "1. ", "=== ", "\t"
_AT_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])")
_STATUS = {"réalisé": "Réalisé", "à venir": "À venir"}
_PROGRESS = {"réalisé": "réalisé", "en cours": "en cours", "à venir": "à venir"}
_REASONS = {
    "running_head": "titre courant", "footer": "pied de page", "page_number": "numéro de page", "caption": "légende",
    "table_of_contents": "sommaire", "label": "étiquette", "cover": "couverture", "stamp": "tampon", "table": "tableau",
    "note": "note", "quote": "citation", "repeat": "répétition", "hidden": "texte invisible",
    "report": "texte du rapport", "unclaimed": "non rattaché",
}


def write_markdown(plan: Plan, path: Path) -> list[Path]:
    """Write the plan as a CommonMark page. Raises OutputError where the file cannot be written."""
    return [write_text(path, markdown(plan))]


def markdown(plan: Plan) -> str:
    """The plan as CommonMark text, one newline at the end."""
    return "\n\n".join(part for part in _parts(plan) if part) + "\n"


def escape(text: str) -> str:
    """``text`` on one line, its signs kept from being read as markup."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", line)


def _parts(plan: Plan) -> Iterator[str]:
    yield f"# {escape(plan.title or plan.document.title or 'Plan')}"
    yield _facts(plan)
    yield _claims(plan)
    for ambition in plan.ambitions:
        yield from _ambition(ambition)
    yield _list(
        "Points à vérifier", [f"{escape(w.message)} ({escape(w.code)}{_page(w.page)})" for w in plan.warnings]
    )
    yield _list(
        "Laissé hors du plan",
        [f"Page {s.page}, {_REASONS[s.reason]} : {_lines(s.text, '  ')}" for s in plan.set_aside],
    )
    yield _list(
        "Corrections humaines",
        [f"{escape(c.target)}, {c.field} : {escape(str(c.before))} → {escape(str(c.after))}" for c in plan.corrections],
    )


def _facts(plan: Plan) -> str:
    document, coverage = plan.document, plan.coverage
    facts = [
        ("Collectivité", document.collectivity), ("Délibération", document.number), ("Objet", document.title),
        ("Séance du", _day(document.session_date)), ("Période", _period(plan.period)),
        ("Source", document.source.name), ("SHA-256", document.source.sha256), ("Pages", str(document.source.pages)),
        ("Mots", f"{coverage.words}, dont {coverage.in_plan} dans le plan et {coverage.set_aside} laissés de côté"),
    ]
    return "\n".join(f"- {label} : {escape(value)}" for label, value in facts if value)


def _claims(plan: Plan) -> str:
    return _list("Ce que le document annonce", [escape(claim.text) for claim in plan.reported_progress])


def _ambition(ambition: Ambition) -> Iterator[str]:
    title = _title(ambition.label, ambition.title)
    if title:
        yield f"## {title}{_where(ambition.regions)}"
    if ambition.introduction:
        yield _lines(ambition.introduction, "")
    for priority in ambition.priorities:
        yield from _priority(priority)


def _priority(priority: Priority) -> Iterator[str]:
    yield f"### {_title(priority.label, priority.title) or 'Sans titre'}{_where(priority.regions)}"
    for engagement in priority.engagements:
        yield from _engagement(engagement)
    if priority.blocks:
        yield "#### Sans engagement"
        for block in priority.blocks:
            yield from _block(block)
    for focus in priority.focus:
        yield from _focus(focus)


def _engagement(engagement: Engagement) -> Iterator[str]:
    state = f" : {_PROGRESS[engagement.progress]}" if engagement.progress else ""
    yield f"#### Engagement {escape(engagement.id)}{state}{_where(engagement.regions)}"
    yield _lines(engagement.text, "")
    for block in engagement.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    label = f" ({escape(block.label)})" if block.label else ""
    yield f"**{_STATUS[block.status]}**{label}"
    yield "\n".join(f"- {_lines(item.text, '  ')}{_where(item.regions)}" for item in block.items)


def _focus(focus: Focus) -> Iterator[str]:
    yield f"#### Focus : {escape(focus.title or 'sans titre')}{_where(focus.regions)}"
    yield _lines(focus.text, "")


def _title(label: str | None, title: str | None) -> str:
    return " : ".join(escape(part) for part in (label, title) if part)


def _lines(text: str, indent: str) -> str:
    """A text of several lines, each but the first after a hard break (a backslash)."""
    return f"\\\n{indent}".join(escape(line) for line in text.split("\n") if line.strip())


def _list(title: str, entries: list[str]) -> str:
    return f"## {title}\n\n" + "\n".join(f"- {entry}" for entry in entries) if entries else ""


def _where(regions: list[Region]) -> str:
    return f" (p. {regions[0].page})" if regions else ""


def _page(page: int | None) -> str:
    return f", p. {page}" if page else ""


def _day(day: dt.date | None) -> str | None:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}" if day else None


def _period(period: Period | None) -> str | None:
    if period is None:
        return None
    start, end = _day(period.start), _day(period.end)
    return f"du {start or '…'} au {end or '…'}"
