"""Progress per priority as bars in a table, beside what the document itself claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from bilan_extract.plan import Block, Engagement, Priority, ReportedProgress
from bilan_extract.report import words
from bilan_extract.report.markup import Child, Html, hidden, join, tag
from bilan_extract.report.tree import chip
from bilan_extract.report.view import View, levels, place_button

Judged = Literal["réalisé", "en cours", "à venir"] | None
Parts = list[tuple[str, float]]  # tone and size of each part of a bar
BAR = (240, 22)  # units of a bar's drawing
JUDGED: tuple[Judged, ...] = ("réalisé", "en cours", "à venir", None)
STATUSES: tuple[Literal["réalisé", "à venir"], ...] = ("réalisé", "à venir")
TONES: dict[Judged, str] = {"réalisé": "done", "en cours": "ongoing", "à venir": "next", None: "unknown"}


def progress(view: View) -> Html:
    """What the document claims, then what the plan shows."""
    return join(_claims(view), _overall(view), _legend(), _table(view))


def statements(view: View) -> Counter[str]:
    """How many statements stand in blocks of each status."""
    return _count(place.node for place in view.of_kind("block"))


def _count(blocks: Iterable[object]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for block in blocks:
        if isinstance(block, Block):
            counts[block.status] += sum(item.kind != "lead_in" for item in block.items)
    return counts


def _claims(view: View) -> Html:
    claims = view.plan.reported_progress
    title = tag("h3", "Ce que le document annonce")
    if not claims:
        return join(title, tag("p", "Le document n’annonce pas d’avancement chiffré.", class_="empty"))
    return join(title, tag("ul", [_claim(rank, claim) for rank, claim in enumerate(claims, 1)], class_="claims"))


def _claim(rank: int, claim: ReportedProgress) -> Html:
    tools = tag(
        "div",
        chip(words.STATUS[claim.status], words.TONE[claim.status]) if claim.status else None,
        tag("span", f"{words.number(claim.share * 100)}\u00a0%") if claim.share is not None else None,
        tag("span", words.number(claim.count)) if claim.count is not None else None,
        place_button(f"c{rank}", claim.regions, claim.text),
        class_="tools",
    )
    quote = tag("q", claim.text.strip(), class_="words")
    return tag("li", quote, tools, id=f"e-c{rank}", data_id=f"c{rank}", class_="entry")


def _overall(view: View) -> Html:
    """Bars under each other: the claimed shares, the engagements as judged, the statements."""
    rows: list[tuple[str, Parts, str]] = []
    claims = [claim for claim in view.plan.reported_progress if claim.status and (claim.share or claim.count)]
    claimed = {claim.status: claim.share for claim in claims if claim.share}
    if claims:
        parts: Parts = [(TONES[key], claimed[key]) for key in JUDGED if claimed.get(key)]
        rest = max(0.0, 1 - sum(size for _, size in parts))
        said = ", ".join(f"{words.STATUS[claim.status].lower()} {_claimed(claim)}" for claim in claims if claim.status)
        rows.append(("Annoncé par le document", [*parts, ("blank", rest)] if parts else [], said))
    judged = Counter(place.node.progress for place in view.of_kind("engagement") if isinstance(place.node, Engagement))
    if any(judged[key] for key in JUDGED[:3]):
        rows.append(("Engagements du plan", [(TONES[key], judged[key]) for key in JUDGED], _shares(judged)))
    counts = statements(view)
    total = counts.total()
    said = ", ".join(f"{counts[key]} {_said(key, counts[key])} ({words.share(counts[key], total)})" for key in STATUSES)
    rows.append(("Énoncés du plan", [("done", counts["réalisé"]), ("next", counts["à venir"])], said))
    lines = [
        tag("li", tag("span", name, class_="name"), bar(parts) if parts else None, tag("span", said, class_="said"))
        for name, parts, said in rows
    ]
    return join(tag("h3", "Comparé à ce que montre le plan"), tag("ul", lines, class_="compare"))


def _claimed(claim: ReportedProgress) -> str:
    return f"{words.number(claim.share * 100)}\u00a0%" if claim.share else words.number(claim.count or 0)


def _shares(judged: Counter[Judged]) -> str:
    """Counts and shares in words: "8 réalisés (16 %), 28 en cours (57 %)"."""
    total = judged.total()
    there = [(key, judged[key]) for key in JUDGED if judged[key]]
    return ", ".join(f"{count} {_said(key, count)} ({words.share(count, total)})" for key, count in there)


def _said(key: Judged, count: int) -> str:
    one = {"réalisé": "réalisé", "en cours": "en cours", "à venir": "à venir", None: "non jugé"}[key]
    return f"{one}s" if count > 1 and one.endswith("é") else one


def bar(parts: Parts, width: int = BAR[0]) -> Html:
    """A bar cut in parts by size, ``width`` units long; the words beside it say the same."""
    height = BAR[1]
    total = sum(size for _, size in parts)
    shapes: list[Child] = []
    x = 0.0
    for tone, size in parts:
        wide = round(width * size / total, 2) if total else 0.0
        if wide > 0:
            shapes.append(tag("rect", x=f"{x:g}", y=0, width=f"{wide:g}", height=height, class_=f"part {tone}"))
            shapes.append(_texture(tone, x, wide))
        x = round(x + wide, 2)
    return tag(
        "svg",
        shapes,
        viewBox=f"0 0 {width} {height}",
        preserveAspectRatio="none",
        class_="bar-chart",
        aria_hidden="true",
        focusable="false",
    )


def _texture(tone: str, x: float, wide: float) -> Html | None:
    """What tells the parts apart without their colour: upright lines for ongoing, a low band for upcoming."""
    height = BAR[1]
    if tone == "ongoing":
        steps = range(1, int(wide / 12) + 1)
        return (
            tag("path", d="".join(f"M{x + 12 * n - 6:g} 0V{height}" for n in steps), class_="texture") if steps else None
        )
    if tone == "next":
        return tag("path", d=f"M{x:g} {height - 6}H{x + wide:g}", class_="texture dashes")
    return None


def _legend() -> Html:
    entries = (
        ("done", "réalisé (plein)"),
        ("ongoing", "en cours (rayé)"),
        ("next", "à venir (tirets)"),
        ("unknown", "non jugé"),
    )
    keys = [tag("li", bar([(tone, 1)], 32), text) for tone, text in entries]
    return tag("ul", keys, class_="legend", aria_label="Légende des barres")


def _table(view: View) -> Html:
    """One row a priority: its bar, its engagements as judged, its statements by status."""
    judged = any(isinstance(p.node, Engagement) and p.node.progress for p in view.of_kind("engagement"))
    heads = ["Priorité", "Engagements" if judged else "Énoncés"]
    heads += ["Réalisés", "En cours", "À venir", "Non jugés"] if judged else []
    heads += ["Énoncés réalisés", "Énoncés à venir"]
    rows: list[Html] = []
    for ambition in view.plan.ambitions:
        if levels(ambition):
            title = words.heading(ambition, "")
            rows.append(tag("tr", tag("th", title, colspan=len(heads), scope="colgroup", class_="group")))
        rows += [_row(priority, judged=judged) for priority in ambition.priorities]
    caption = "Avancement par priorité"
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", [tag("th", head, scope="col") for head in heads])),
        tag("tbody", rows),
        class_="progress",
    )
    wide = tag("div", table, class_="wide", role="region", aria_label=caption, tabindex="0")
    note = "La barre compte les engagements." if judged else "La barre compte les énoncés des encadrés."
    return join(tag("h3", "Par priorité"), tag("p", note), wide)


def _row(priority: Priority, *, judged: bool) -> Html:
    progress = Counter(engagement.progress for engagement in priority.engagements)
    blocks = [*(block for engagement in priority.engagements for block in engagement.blocks), *priority.blocks]
    counts = _count(blocks)
    status: Parts = [("done", counts["réalisé"]), ("next", counts["à venir"])]
    parts: Parts = [(TONES[key], progress[key]) for key in JUDGED] if judged else status
    numbers = [progress[key] for key in JUDGED] if judged else []
    done = words.share(counts["réalisé"], counts.total())
    said = _shares(progress) if judged else f"{done} d’énoncés réalisés"
    numbers += [counts["réalisé"], counts["à venir"]]
    return tag(
        "tr",
        tag("th", words.heading(priority, "Sans titre"), scope="row"),
        tag("td", bar(parts), hidden(said), class_="chart"),
        [tag("td", str(value), class_="number") for value in numbers],
    )
