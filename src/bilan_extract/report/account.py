"""The account of the document: what to check, what was set aside and why, how many words went where, and the act."""

from __future__ import annotations

from collections import Counter

from bilan_extract.plan import NewDate, NewFigure, Plan, Region, SetAside
from bilan_extract.report import words
from bilan_extract.report.markup import Child, Html, join, tag
from bilan_extract.report.progress import bar
from bilan_extract.report.view import View, page_button, place_button


def warnings(view: View) -> Html:
    """What a reader must check by eye."""
    found = view.plan.warnings
    if not found:
        return tag("p", "Aucun point à vérifier n’a été signalé.", class_="empty")
    entries = [
        tag(
            "li",
            tag("span", warning.message, class_="words"),
            tag("div", tag("code", warning.code), page_button(warning.page), class_="tools"),
            class_="entry",
        )
        for warning in found
    ]
    return tag("ul", entries, class_="entries")


def coverage(view: View) -> Html:
    """How many of the source's words are in the plan and set aside, and whether that adds up."""
    counts = view.plan.coverage
    missing = counts.words - counts.in_plan - counts.set_aside
    verdict = (
        "Le compte y est\u00a0: aucun mot n’est perdu."
        if missing == 0
        else f"Le compte n’y est pas\u00a0: {words.plural(abs(missing), 'mot')} d’écart."
    )
    sentence = (
        f"Le document compte {words.plural(counts.words, 'mot')}\u00a0: {words.number(counts.in_plan)} dans le plan "
        f"({words.share(counts.in_plan, counts.words)}) et {words.number(counts.set_aside)} mis de côté "
        f"({words.share(counts.set_aside, counts.words)})."
    )
    drawing = bar([("in-plan", counts.in_plan), ("aside", counts.set_aside), ("lost", max(0, missing))])
    return tag(
        "div",
        drawing,
        tag("p", sentence),
        tag("p", tag("strong", verdict)),
        class_="coverage" if not missing else "coverage off",
    )


def set_aside(view: View) -> Html:
    """Everything that is in no element of the plan, by reason."""
    found = view.plan.set_aside
    if not found:
        return tag("p", "Rien n’a été mis de côté.", class_="empty")
    groups: dict[str, list[tuple[int, SetAside]]] = {reason: [] for reason in ("unclaimed", *words.REASON)}
    for rank, aside in enumerate(found, 1):
        groups[aside.reason].append((rank, aside))
    filled = {reason: entries for reason, entries in groups.items() if entries}
    return join(_summary(filled), [_group(reason, entries) for reason, entries in filled.items()])


def _summary(groups: dict[str, list[tuple[int, SetAside]]]) -> Html:
    rows = [
        tag(
            "tr",
            tag("th", tag("a", words.REASON[reason][0], href=f"#r-{reason}"), scope="row"),
            tag("td", words.REASON[reason][1]),
            tag("td", str(len(entries)), class_="number"),
            tag("td", words.number(sum(len(aside.text.split()) for _, aside in entries)), class_="number"),
        )
        for reason, entries in groups.items()
    ]
    head = [tag("th", text, scope="col") for text in ("Motif", "Ce que c’est", "Passages", "Mots")]
    caption = "Mis de côté, par motif"
    table = tag("table", tag("caption", caption), tag("thead", tag("tr", head)), tag("tbody", rows))
    return tag("div", table, class_="wide", role="region", aria_label=caption, tabindex="0")


def _group(reason: str, entries: list[tuple[int, SetAside]]) -> Html:
    title = words.REASON[reason][0]
    lines = [
        tag(
            "li",
            tag("span", aside.text, class_="words"),
            tag(
                "div", place_button(f"x{rank}", [Region(page=aside.page, bbox=aside.bbox)], aside.text), class_="tools"
            ),
            id=f"e-x{rank}",
            data_id=f"x{rank}",
            class_="entry",
        )
        for rank, aside in entries
    ]
    return tag(
        "section",
        tag(
            "h3",
            tag(
                "button",
                f"{title} ({len(entries)})",
                type="button",
                class_="fold",
                aria_expanded="true",
                aria_controls=f"in-r-{reason}",
            ),
            id=f"r-{reason}",
        ),
        tag("ul", lines, id=f"in-r-{reason}", class_="entries inside"),
        class_="reason",
    )


def document(view: View) -> Html:
    """The act that carries the plan, and the file it was read from."""
    plan = view.plan
    act = plan.document
    facts: list[tuple[str, Child]] = [
        ("Collectivité", act.collectivity),
        ("Délibération", act.number),
        ("Objet", act.title),
        ("Séance du", words.day(act.session_date)),
        ("Signée le", words.day(act.signed_on)),
        ("Période du bilan", words.period(plan.period)),
        ("Vote", _votes(plan)),
        ("Transmission", _transmission(plan)),
        ("Signataires", "\u00a0; ".join(", ".join(filter(None, (s.name, s.role))) for s in act.signatories)),
        ("Fichier", act.source.name),
        ("Pages", str(act.source.pages)),
        ("Empreinte SHA-256", tag("code", act.source.sha256)),
    ]
    shown = [tag("div", tag("dt", label), tag("dd", value)) for label, value in facts if value]
    parts: list[Child] = [tag("dl", shown, class_="facts")]
    if act.legal_basis:
        parts += [tag("h3", "Visas"), tag("ul", [tag("li", basis.text) for basis in act.legal_basis], class_="plain")]
    if act.decision:
        articles = [
            tag("li", tag("strong", f"Article {article.number}\u00a0: ") if article.number else None, article.text)
            for article in act.decision
        ]
        parts += [tag("h3", "Décision"), tag("ul", articles, class_="plain")]
    return join(*parts)


def _votes(plan: Plan) -> str:
    votes = plan.document.votes
    named = (
        ("membres", votes.members),
        ("présents", votes.present),
        ("votants", votes.voters),
        ("pour", votes.for_),
        ("contre", votes.against),
        ("abstentions", votes.abstentions),
    )
    stated = [f"{label} {value}" for label, value in named if value is not None]
    return ", ".join([*stated, *(["unanimité"] if votes.unanimous else [])])


def _transmission(plan: Plan) -> str:
    stamp = plan.document.transmission
    named = (("envoyée", stamp.sent_on), ("reçue", stamp.received_on), ("publiée", stamp.published_on))
    stated = [f"{label} le {words.day(value)}" for label, value in named if value is not None]
    return ", ".join([*([stamp.id] if stamp.id else []), *stated])


def applied(view: View) -> Html | None:
    """The corrections that the plan already holds."""
    done = view.plan.corrections
    if not done:
        return None
    counts = Counter(one.field for one in done)
    total = ", ".join(f"{words.FIELD[field].lower()} {count}" for field, count in counts.items())
    entries = [
        tag(
            "li",
            tag("div", words.short(one.source_text, 80), class_="where") if one.field != "text" else None,
            f"{words.FIELD[one.field]}\u00a0: ",
            tag("del", _shown(one.before, view)) if one.before != "" else None,
            " → " if one.before != "" and one.after != "" else None,
            tag("ins", _shown(one.after, view)) if one.after != "" else None,
            f" ({one.note})" if one.note else None,
            class_="entry",
        )
        for one in done
    ]
    return tag("div", tag("h3", f"Déjà dans ce plan ({total})"), tag("ul", entries, class_="entries"), class_="applied")


def _shown(value: str | float | NewFigure | NewDate, view: View) -> str:
    match value:
        case NewFigure():
            return f"«\u00a0{value.text}\u00a0» = {words.amount(value)}"
        case NewDate():
            return f"«\u00a0{value.text}\u00a0» = {value.date}"
        case str():
            return value.removeprefix(f"{view.root}/")  # an engagement is named by its id
        case _:
            return words.number(value)
