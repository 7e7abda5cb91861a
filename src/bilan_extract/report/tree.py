"""The plan as a tree of headings and lists: ambition › priority › engagement › block › statement."""

from __future__ import annotations

from collections.abc import Iterator

from bilan_extract.plan import Ambition, Block, Date, Engagement, Figure, Focus, Item, Priority
from bilan_extract.report import words
from bilan_extract.report.markup import Child, Html, join, tag
from bilan_extract.report.view import View, levels, place_button, years

# "2024-06-24", "2024-06", "2024" are what <time datetime> takes; other EDTF is not
PLAIN_DATE_SIGNS = frozenset("0123456789-")
LAST_PLAIN_MONTH = 12


def tree(view: View) -> Html:
    """The whole plan."""
    return join(_ambition(view, ambition) for ambition in view.plan.ambitions) or tag(
        "p", "Aucun engagement n’a été trouvé dans ce document.", class_="empty"
    )


def marked(text: str, figures: list[Figure], dates: list[Date], start: int = 0, end: int | None = None) -> Html:
    """The text, or a part of it, with its figures and dates marked; where two overlap, the one that begins first."""
    parts: list[Child] = []
    at, last = start, len(text) if end is None else end
    found: list[Figure | Date] = sorted([*figures, *dates], key=lambda one: one.span)
    for one in found:
        if one.span[0] < at or one.span[1] > last:
            continue
        parts += [text[at : one.span[0]], _mark(one, text[slice(*one.span)])]
        at = one.span[1]
    return join(*parts, text[at:last])


def _promise(engagement: Engagement) -> Html:
    """The engagement's text, its first line set apart from the list that may follow."""
    text, figures, dates = engagement.text, engagement.figures, engagement.dates
    opening = text.find("\n") if "\n" in text else len(text)
    return join(
        tag("span", marked(text, figures, dates, 0, opening), class_="opening"), marked(text, figures, dates, opening)
    )


def _mark(one: Figure | Date, text: str) -> Html:
    if isinstance(one, Figure):
        return tag("data", text, class_="figure", value=repr(one.value))
    if _is_plain(one.edtf):
        return tag("time", text, class_="date", datetime=one.edtf)
    return tag("span", text, class_="date", data_edtf=one.edtf)


def _is_plain(edtf: str) -> bool:
    """Whether a date is a year, month or day ("2024-21" is a spring)."""
    parts = edtf.split("-")
    plain = set(edtf) <= PLAIN_DATE_SIGNS and len(parts[0]) == 4 and len(parts) <= 3
    return plain and (len(parts) == 1 or (len(parts[1]) == 2 and 1 <= int(parts[1]) <= LAST_PLAIN_MONTH))


def _ambition(view: View, ambition: Ambition) -> Html:
    own = view.id_of(ambition)
    level = 3
    head = None
    if levels(ambition):
        title = words.heading(ambition, "")
        head = _folding(level, own, title, place_button(own, ambition.regions, title))
        level += 1
    inside = tag(
        "div",
        tag("p", ambition.introduction, class_="introduction") if ambition.introduction else None,
        [_priority(view, priority, level) for priority in ambition.priorities],
        id=f"in-{own}",
        class_="inside",
    )
    return tag("section", head, inside, class_="ambition", id=f"e-{own}", data_id=own)


def _priority(view: View, priority: Priority, level: int) -> Html:
    own = view.id_of(priority)
    title = words.heading(priority, "Sans titre")
    inside: list[Child] = [_engagement(view, engagement, level + 1) for engagement in priority.engagements]
    if priority.blocks:
        loose = [_block(view, block, level + 2) for block in priority.blocks]
        inside.append(
            tag(
                "section",
                tag(f"h{level + 1}", "Sans engagement", class_="loose-title"),
                loose,
                class_="engagement loose",
            )
        )
    inside += [_focus(view, focus, level + 1) for focus in priority.focus]
    return tag(
        "section",
        _folding(level, own, title, place_button(own, priority.regions, title)),
        tag("div", inside, id=f"in-{own}", class_="inside"),
        class_="priority",
        id=f"e-{own}",
        data_id=own,
    )


def _folding(level: int, own: str, title: str, button: Html) -> Html:
    """A heading that opens and closes what stands under it, and the button to its page."""
    fold = tag("button", title, type="button", class_="fold", aria_expanded="true", aria_controls=f"in-{own}")
    return tag("div", tag(f"h{level}", fold), button, class_="bar")


def _engagement(view: View, engagement: Engagement, level: int) -> Html:
    own = view.id_of(engagement)
    state = engagement.progress
    head = tag(
        "div",
        tag(f"h{level}", f"Engagement {engagement.id}"),
        chip(words.STATUS[state], words.TONE[state]) if state else None,
        _decided(view, engagement),
        place_button(own, engagement.regions, f"Engagement {engagement.id}"),
        _correct(own, f"Engagement {engagement.id}"),
        class_="bar",
    )
    text = tag("div", _promise(engagement), class_="words promise")
    return tag(
        "section",
        head,
        text,
        [_block(view, block, level + 1) for block in engagement.blocks],
        class_="engagement",
        id=f"e-{own}",
        data_id=own,
        data_kind="engagement",
        data_progress=state or "unknown",
        data_years=_join(years(view.by_node[id(engagement)])),
    )


def chip(text: str, tone: str) -> Html:
    """A word on a coloured ground."""
    return tag("span", text, class_=f"chip {tone}")


def _block(view: View, block: Block, level: int) -> Html:
    own = view.id_of(block)
    label = block.label or ""
    period = words.period(block.period)
    shown = label if period is None or period in label else f"{label} ({period})" if label else period
    head = tag(
        "div",
        tag(
            f"h{min(level, 6)}",
            chip(words.STATUS[block.status], words.TONE[block.status]),
            f" {shown}" if shown else None,
        ),
        tag("span", "statut déduit des énoncés, sans étiquette", class_="inferred") if block.inferred else None,
        _decided(view, block),
        place_button(own, block.regions, f"{words.STATUS[block.status]} {label}"),
        _correct(own, f"encadré {label or block.status}"),
        class_="bar",
    )
    items = tag("ul", [_item(view, item, block) for item in block.items], class_="items") if block.items else None
    empty = tag("p", "Encadré laissé vide dans le document.", class_="empty") if not block.items else None
    return tag("section", head, items, empty, class_=f"block {words.TONE[block.status]}", id=f"e-{own}", data_id=own)


def _item(view: View, item: Item, block: Block) -> Html:
    own = view.id_of(item)
    stage = item.stage
    tools = tag(
        "div",
        chip(words.STAGE[stage], words.TONE[stage]) if stage else None,
        _decided(view, item),
        place_button(own, item.regions, item.text),
        _correct(own, words.short(item.text, 50)),
        class_="tools",
    )
    return tag(
        "li",
        tag("div", marked(item.text, item.figures, item.dates), class_="words"),
        tools,
        class_=f"statement {item.kind.replace('_', '-')}",
        id=f"e-{own}",
        data_id=own,
        data_kind="statement",
        data_status=block.status,
        data_years=_join(years(view.by_node[id(item)])),
    )


def _focus(view: View, focus: Focus, level: int) -> Html:
    own = view.id_of(focus)
    title = f"Focus\u00a0: {focus.title}" if focus.title else "Focus"
    head = tag(
        "div",
        tag(f"h{level}", title),
        _decided(view, focus),
        place_button(own, focus.regions, title),
        _correct(own, title),
        class_="bar",
    )
    return tag(
        "section",
        head,
        tag("div", marked(focus.text, focus.figures, focus.dates), class_="words"),
        class_="focus",
        id=f"e-{own}",
        data_id=own,
        data_kind="focus",
        data_years=_join(years(view.by_node[id(focus)])),
    )


def _decided(view: View, node: object) -> Html | None:
    """A remark where a person decided about the element."""
    if not view.plan.corrections or not view.is_corrected(view.by_node[id(node)]):
        return None
    return tag("span", "corrigé par une personne", class_="inferred")


def _correct(own: str, what: str) -> Html:
    """The button that opens the correction of an element; seen in correction mode only."""
    return tag(
        "button", "Corriger", tag("span", f"\u00a0: {what}", class_="vh"), type="button", class_="correct", data_correct=own
    )


def _join(values: list[int]) -> str | None:
    return " ".join(map(str, values)) or None


def all_years(view: View) -> Iterator[int]:
    """Every year that a statement, engagement or focus speaks of, in order."""
    found = {year for place in view.places if place.kind in ("item", "engagement", "focus") for year in years(place)}
    yield from sorted(found)
