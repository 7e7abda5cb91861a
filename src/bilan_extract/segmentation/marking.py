"""Marking: every line of the review becomes part of a run that says what it is.

The rules stand in the order in which they are tried. Words alone never make a heading or a label: the page has to set the
run off, or the document has to use the very same label again and again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bilan_extract.document import Box, Line, PageLayout, Region
from bilan_extract.language.judge import judge_label
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label, Words, as_label, fold, holds_for_all, numbered_title, only_scope
from bilan_extract.segmentation.misread_numbers import mend_numbers
from bilan_extract.segmentation.periods import period_of
from bilan_extract.segmentation.runs import BodyStyle, Run, Style, body_styles, split_runs

_MARKED = lazy(r"^(?:[•●▪■◦○–—*>➢➤❖✓✔·‣⁃-]|\d{1,2}[.)]|[a-z]\))\s")
_STATUS = ("realised", "upcoming")
RARE = 10  # of so many status labels one that is set otherwise says nothing about how labels are set


# a capitalised word, or two, and a number at the head of a set-off line: "Mission 1.1", "Levier n° 2", "Ligne directrice III"
_WORD_NUMBER = lazy(
    r"^(?P<word>[A-ZÀ-ÖØ-Þ][\w’'-]{2,18}(?:\s[a-zà-ÿ]{4,14})?)\s+(?:n\s*[°ºo]\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,4}|[A-H])(?![\w%°])"
)
_NO_LEVEL = frozenset(
    [
        "page",
        "pages",
        "article",
        "articles",
        "figure",
        "photo",
        "annexe",
        "annexes",
        "tableau",
        "diapo",
        "diapositive",
        "carte",
        "graphique",
        "illustration",
        "tome",
        "numero",
        "rapport",
        "deliberation",
        "acte",
        "loi",
        "decret",
        "bilan",
        "total",
        "semestre",
        "trimestre",
        "phase",
        "niveau",
        "lot",
        "note",
        "fiches",
        "vu",
        "le",
        "la",
        "les",
        "du",
        "de",
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
        "les",
        "plus",
        "environ",
        "pres",
        "en",
        "dont",
        "rue",
        "salle",
        "classe",
        "zone",
        "section",
        "secteur",
        "ligne",
        "etape",
        "vol",
        "chapitre",
        "version",
        "agenda",
        "jour",
        "jours",
    ]
)


def learn_words(layouts: Sequence[PageLayout], words: Words, bodies: Sequence[BodyStyle] | None = None) -> list[str]:
    """Level words that the profile does not know and the document sets its headings with, numbered one after the other.

    ``bodies`` are the pages' `body_styles`, where they are known.
    """
    seen: dict[str, set[str]] = {}
    for layout, here in zip(layouts, bodies or body_styles(layouts), strict=True):
        for region in layout.regions:
            for line in region.lines:
                match = _WORD_NUMBER.match(line.text)
                if match is None or words.role_of(fold(match["word"])) is not None or fold(match["word"]) in _NO_LEVEL:
                    continue
                if words.label(line.text) is None and any(r.set_off for r in split_runs(region, [line], here)[:1]):
                    seen.setdefault(fold(match["word"]), set()).add(match["number"])
    return [word for word, numbers in seen.items() if len(numbers) >= 2 and numbers & {"1", "1.1", "I", "A", "01"}]


def mark(
    layouts: Sequence[PageLayout], words: Words, running: Mapping[int, str], bodies: Sequence[BodyStyle] | None = None
) -> list[Run]:
    """Runs of all pages in reading order, each with its role and the rule that gave it.

    ``bodies`` are the pages' `body_styles`, where they are known.
    Roles: "heading" (data: Heading), "label" (data: Label), "running_head", "footer", "page_number", "caption", "note",
    "quote" or "body".
    """
    plain = _repeated_plain_labels(layouts, words)
    signs = _signs_are_labels(layouts, words)
    bare = _repeated_level_words(layouts, words)
    out: list[Run] = []
    for layout, here in zip(layouts, bodies or body_styles(layouts), strict=True):
        start = len(out)
        for region in layout.regions:
            for run in _region_runs(region, here, words, running, plain, bare, signs):
                if run.role is None:
                    _judge(run, layout, here, words, bare)
                out.append(run)
        _mark_captions(out[start:], layout, here)
    _name_levels(out, words)
    mend_numbers(out, words)
    _join_bare_numbers(out)
    _join_wrapped_labels(out)
    _free_values(out)
    _name_fields(out, words)
    _judge_labels(out)
    _date_labels(out)
    _learn_labels(out)
    _keep_promises(out)
    return out


# "Notre ambition", "L'objectif"
_ARTICLE = lazy(r"^(?:l|la|le|notre|nos|les) ")


def _name_levels(runs: Sequence[Run], words: Words) -> None:
    """A level's word that stands small over a larger title, again and again, is that title's label and no commitment's."""
    found: dict[str, list[Run]] = {}
    for run, title in zip(runs, runs[1:], strict=False):
        word = _ARTICLE.sub("", fold(run.text))
        told = run.role in ("label", "body", "running_head") and not run.inline
        if not told or words.role_of(word) not in ("ambition", "priority"):
            continue
        gap = title.lines[0].top - run.lines[-1].bottom
        larger = title.set_off == "larger" and title.style[0] >= 1.15 * run.style[0] and title.role == "body"
        if larger and title.page == run.page and -4 <= gap <= 2 * title.style[0]:
            found.setdefault(word, []).append(run)
    for word, own in found.items():
        if len(own) < 2:
            continue
        for run in own:
            run.role, run.rule = "heading", "level word over its title"
            run.data = Heading(word, None, (), run.text.strip(), "")


def _join_bare_numbers(runs: list[Run]) -> None:
    """Numbers that stand alone over set-off titles, and count from 1 on, are those titles' numbers."""
    found = []
    for i, (number, title) in enumerate(zip(runs, runs[1:], strict=False)):
        if number.role not in ("body", "page_number") or title.role != "body" or None in (number.set_off, title.set_off):
            continue
        gap = title.lines[0].top - number.lines[-1].bottom
        over = title.page == number.page and -2 <= gap <= 1.5 * title.style[0]
        if over and abs(title.lines[0].x0 - number.lines[0].x0) < 40 and re.fullmatch(r"\d{1,2}", number.text.strip()):
            found.append(i)
    if not found:
        return
    style = Counter(runs[i].style for i in found).most_common(1)[0][0]
    found = [i for i in found if _set_alike(runs[i].style, style)]
    values = [int(runs[i].text) for i in found]
    if len(found) < 3 or values[0] != 1 or any(not 0 <= b - a <= 2 for a, b in zip(values, values[1:], strict=False)):
        return
    _number_between(runs, found, values)
    for i in reversed(found):
        digits, title = runs[i].text.strip(), runs[i + 1]
        title.role, title.rule = "numbered", "a number alone over a title"
        title.data = Heading(None, int(digits), (digits,), digits, title.text)
        title.lines = [*runs[i].lines, *title.lines]
        del runs[i]


def _number_between(runs: Sequence[Run], found: Sequence[int], values: Sequence[int]) -> None:
    """The one title between two numbers that leave one out has it: a scan may lose a figure that stands alone."""
    for (i, low), (j, high) in pairwise(zip(found, values, strict=True)):
        title = runs[i + 1]
        open_runs = [r for r in runs[i + 2 : j] if r.role == "body" and r.set_off == title.set_off and r.style == title.style]
        if high - low == 2 and len(open_runs) == 1 and abs(open_runs[0].lines[0].x0 - title.lines[0].x0) <= 6:
            missing = str(low + 1)
            open_runs[0].role, open_runs[0].rule = "numbered", "a title between two numbers"
            open_runs[0].data = Heading(None, low + 1, (missing,), missing, open_runs[0].text)


def _set_alike(a: Style, b: Style) -> bool:
    """One weight, and sizes as near as a lone figure of a scan is measured."""
    return a[1] == b[1] and 0.75 * b[0] <= a[0] <= 1.33 * b[0] and (a[2] == b[2] or abs(a[0] - b[0]) <= 0.5)


def _join_wrapped_labels(runs: list[Run]) -> None:
    """A label that wraps in its narrow box ("Réalisé pour / tout l'axe 2") is one: the box holds nothing else."""
    for i in range(len(runs) - 1, 0, -1):
        before, run = runs[i - 1], runs[i]
        if before.role != "label" or not isinstance(before.data, Label):
            continue
        if run.role != "body" or run.region is not before.region:
            continue
        alone = run.region.frame is not None and len(before.lines) + len(run.lines) == len(run.region.lines)
        if alone and run.style == before.style and run.text[:1].islower() and len(before.words) + len(run.words) <= 14:
            before.lines = [*before.lines, *run.lines]
            before.data = replace(before.data, text=as_label(before.text))
            del runs[i]


def _free_values(runs: Sequence[Run]) -> None:
    """What follows a sheet's field on its line is that field's value, whatever it says ("État : en cours")."""
    for before, run in zip(runs, runs[1:], strict=False):
        field_head = before.role == "label" and isinstance(before.data, Label) and before.data.role == "other"
        same_line = run.region is before.region and abs(run.lines[0].top - before.lines[-1].top) <= 3
        if field_head and before.inline and same_line and run.role in ("label", "note") and not run.inline:
            run.role, run.rule, run.data = "body", "value of a field", None


def _name_fields(runs: Sequence[Run], words: Words) -> None:
    """Heads of a sheet's other fields ("Pilote", "Points d'attention") without box or colon: they come on every sheet."""
    found: dict[str, list[tuple[Run, Label | None]]] = {}
    for run in runs:
        if run.role != "body" or len(run.lines) != 1 or run.inline:
            continue
        head, colon, value = run.text.partition(" :")
        label = words.label(head) if len(head.split()) <= 4 else None
        if label is None or label.role != "other":
            continue
        if colon and value.strip():  # "Pilote : service de l'eau"
            found.setdefault(fold(head), []).append((run, None))
        elif run.set_off:
            found.setdefault(fold(head), []).append((run, label))
    for own in found.values():
        for run, label in own if len(own) >= 3 else ():
            run.role, run.rule, run.data = "field" if label is None else "label", "a field of several sheets", label


_ROLES = {"réalisé": "realised", "à venir": "upcoming", "engagement": "engagement", "focus": "focus"}
SURE = 0.8  # the trained judge is believed from this score on


def _judge_labels(runs: Sequence[Run]) -> None:
    """Labels in words that the profile does not know: those on a box's tab, or set off and repeated, are judged."""
    open_runs = [
        r
        for r in runs
        if r.role == "body" and r.set_off and len(r.lines) <= 2 and len(r.words) <= 8
        and not _closes(r.text)
    ]  # fmt: skip
    seen = Counter(fold(r.text) for r in open_runs)
    for run in open_runs:
        frame = run.region.frame
        tab = frame is not None and frame.kind == "tab"
        if not tab and (seen[fold(run.text)] < 2 or not run.first):
            continue
        judged = judge_label(run.text)
        role = _ROLES.get(judged.role or "")
        if role is not None and judged.score >= SURE:
            run.role, run.rule = "label", f"{run.set_off}: judged, {judged.rule}"
            run.data = Label(role, as_label(run.text), period_of(run.text), "judged")


def _date_labels(runs: Sequence[Run]) -> None:
    """Labels told apart by nothing but their year ("Les actions en 2024", "Et pour 2025 …"): the year says which status.

    In a document whose labels show no status, or one only; a label counts where it comes again or stands on a tab.
    """
    known = Counter(r.data.role for r in runs if r.role == "label" and isinstance(r.data, Label))
    if known["realised"] >= 2 and known["upcoming"] >= 2:
        return
    found = [r for r in runs if _may_date(r)]
    seen = Counter(fold(r.text) for r in found)
    for run in found:
        frame = run.region.frame
        if seen[fold(run.text)] >= 2 or (frame is not None and frame.kind == "tab"):
            run.role, run.rule = "label", f"{run.set_off}: its year"
            run.data = Label("year", as_label(run.text), period_of(run.text), "year")


# "Les actions en 2024", "Mesures 2025": what the profile takes for the commitment, were it not for the year
_DATED_ACTIONS = lazy(r"^(?:(?:l|la|les|nos|notre|des) )?(?:actions?|mesures?|operations?|projets?|chantiers?)\b")


def _may_date(run: Run) -> bool:
    if run.set_off is None or period_of(run.text) is None or len(run.lines) > 2 or len(run.words) > 12:
        return False
    if run.role == "label" and isinstance(run.data, Label):
        return run.data.role == "engagement" and _DATED_ACTIONS.match(fold(run.text)) is not None
    short = len(run.words) <= 4 or (_DATED_ACTIONS.match(fold(run.text)) is not None and holds_for_all(run.text))
    return run.role == "body" and short and not _closes(run.text)


def _keep_promises(runs: Sequence[Run]) -> None:
    """A sentence in quotation marks under the label of a commitment is that commitment, not a pull quote."""
    for before, run in zip(runs, runs[1:], strict=False):
        label = before.data if before.role == "label" else None
        if run.role == "quote" and isinstance(label, Label) and label.role == "engagement":
            run.role, run.rule = "body", "a commitment in quotation marks"


def _learn_labels(runs: Sequence[Run]) -> None:
    """Short runs set like the status labels, with words that come again, are labels too; their place tells which.

    What stands between a heading and what was done is the commitment; what closes a section after it is what comes next.
    """
    known = [r for r in runs if r.role == "label" and isinstance(r.data, Label) and r.data.role in _STATUS]
    settings = Counter(_setting(r) for r in known)
    styles = {s for s, n in settings.items() if n * RARE >= len(known)}  # "Bilan 2024" on a cover sets no fashion
    heads = {r.style[:2] for r in known if r.first and r.region.frame is not None}
    found = [
        (i, r)
        for i, r in enumerate(runs)
        if r.role == "body" and r.set_off and len(r.lines) <= 2 and len(r.words) <= 7
        and (_setting(r) in styles or (r.first and r.region.frame is not None and r.style[:2] in heads))
        and not _closes(r.text)
    ]  # fmt: skip
    texts = {fold(r.text) for _, r in found}
    votes = _votes_by_place(runs, texts)
    roles = Counter(r.data.role for r in known if isinstance(r.data, Label))
    if 4 * roles["realised"] < roles["upcoming"]:  # "Bilan 2024" on a cover is no label of what was done
        _vote_for_missing(runs, texts, votes)
    for _, run in found:
        seen = votes.get(fold(run.text), Counter())
        if sum(seen.values()) >= 2:
            role = seen.most_common(1)[0][0]
            run.role, run.rule = "label", "set like the status labels, again and again"
            run.data = Label(role, as_label(run.text), period_of(run.text), "place among the labels")


def _setting(run: Run) -> tuple[float, bool, object, bool]:
    return (*run.style, run.inline)


def _votes_by_place(runs: Sequence[Run], texts: set[str]) -> dict[str, Counter[str]]:
    """How often each unknown label opens a section, or follows what was done in it. A section ends at a heading."""
    votes: dict[str, Counter[str]] = {}
    before: str | None = None
    late: str | None = None  # the last unknown label behind what was done
    for run in runs:
        data = run.data
        if run.role in ("heading", "numbered"):
            before = late = None
        elif run.role == "label" and isinstance(data, Label) and data.role in _STATUS:
            if late is not None and data.role == "upcoming":  # what comes next has its own label: this one tells the present
                votes[late]["upcoming"] -= 1
                votes[late]["realised"] += 1
            before, late = before or data.role, None
        elif run.role == "body" and run.set_off and fold(run.text) in texts:
            role = "engagement" if before in (None, "unknown") else "upcoming" if before == "realised" else None
            before = before or "unknown"
            if role is not None:
                votes.setdefault(fold(run.text), Counter())[role] += 1
                late = fold(run.text) if role == "upcoming" else None
    return votes


def _vote_for_missing(runs: Sequence[Run], texts: set[str], votes: dict[str, Counter[str]]) -> None:
    """In a document that says only what comes next, the label that stands before it, again and again, is what was done."""
    last: str | None = None
    pairs: Counter[str] = Counter()
    for run in runs:
        if run.role == "body" and run.set_off and fold(run.text) in texts:
            last = fold(run.text)
        elif run.role == "label" and isinstance(run.data, Label) and run.data.role == "upcoming":
            pairs[last or ""] += 1
            last = None
    label, n = pairs.most_common(1)[0] if pairs else ("", 0)
    if label and n >= 2 and 2 * n >= sum(pairs.values()):
        votes[label] = Counter({"realised": n})


def _region_runs(
    region: Region,
    body: BodyStyle,
    words: Words,
    running: Mapping[int, str],
    plain: set[str],
    bare: set[str],
    signs: bool,
) -> list[Run]:
    """Runs of a region; running lines apart, runs that hold several headings or plain labels split at them."""
    out: list[Run] = []
    pending: list[Line] = []

    def flush() -> None:
        for run in split_runs(region, pending, body, lambda text: _is_status_text(text, words)):
            if signs and any(_sign(line) for line in run.lines):
                out.extend(_split_at_signs(run))
                continue
            out.extend(_split_at_headings(run, words) if run.set_off else _split_at_plain_labels(run, words, plain))
        pending.clear()

    for line in region.lines:
        kind = running.get(id(line))
        if kind is None or (kind != "page_number" and (_is_set(line, region, words) or fold(line.text) in bare)):
            pending.append(line)
            continue
        flush()
        run = split_runs(region, [line], body)[0]
        run.lines, run.inline, run.role, run.rule = [line], False, kind, "running line"
        out.append(run)
    flush()
    return out


# what is done and what is next, said by a sign alone
_SIGNS = {**dict.fromkeys("✔✓☑✅🗹", "realised"), **dict.fromkeys("➜➔→⇒➡⏳☐▢◻🔜➞➝", "upcoming")}


def _sign(line: Line) -> str | None:
    first = line.words[0].text
    return _SIGNS.get(first) if len(first) <= 2 else None


def _signs_are_labels(layouts: Sequence[PageLayout], words: Words) -> bool:
    """Whether check marks and arrows stand for the statuses: both are there, and no label in words is."""
    seen: Counter[str] = Counter()
    for layout in layouts:
        for region in layout.regions:
            for line in region.lines:
                role = _sign(line)
                if role is not None:
                    seen[role] += 1
                label = words.label(line.text) if 1 < len(line.words) <= 6 or role is None else None
                if label is not None and label.role in _STATUS and (line.bold or len(region.lines) == 1):
                    return False
    return seen["realised"] >= 2 and seen["upcoming"] >= 1


def _split_at_signs(run: Run) -> list[Run]:
    """A run cut at its signs: each is a label, what follows it its text."""
    out: list[Run] = []
    for line in run.lines:
        role = _sign(line)
        if role is None:
            if out and out[-1].role is None:
                out[-1].lines.append(line)
            else:
                out.append(replace(run, lines=[line], first=run.first and not out))
            continue
        label = replace(run, lines=[Line(line.words[:1])], inline=len(line.words) > 1, first=run.first and not out)
        label.role, label.rule, label.data = "label", "sign", Label(role, line.words[0].text, None, "sign")
        out.append(label)
        if len(line.words) > 1:
            out.append(replace(run, lines=[Line(line.words[1:])]))
    return out


def _is_set(line: Line, region: Region, words: Words) -> bool:
    """A heading repeated at the head of its pages is still one, and so is a label in a box."""
    heading = words.heading(line.text)
    if heading is not None and heading.number is not None:
        return True
    return region.frame is not None and words.label(line.text) is not None


def _split_at_headings(run: Run, words: Words) -> list[Run]:
    """A run in which several lines open a heading or label of their own (a list of contents) becomes one run for each."""
    if words.label(run.text) is not None:
        return [run]  # one label over several lines
    starts = [i for i, line in enumerate(run.lines) if words.heading(line.text) or _status_line(line, words)]
    after = [i + 1 for i in starts if _status_line(run.lines[i], words) and i + 1 < len(run.lines)]
    starts = sorted({*starts, *after})
    if len(starts) < 2 and not (starts and starts[0] > 0):
        return [run]
    cuts = sorted({0, *starts, len(run.lines)})
    return [
        replace(run, lines=run.lines[a:b], first=run.first and a == 0) for a, b in zip(cuts, cuts[1:], strict=False) if b > a
    ]


def _status_line(line: Line, words: Words) -> bool:
    return _is_status_text(line.text, words)


def _is_status_text(text: str, words: Words) -> bool:
    label = words.label(text)
    return label is not None and label.role in _STATUS


def mark_commitments(runs: Sequence[Run]) -> None:
    """Of a document that neither labels nor numbers its engagements: the style in which it sets them off (role "commitment").

    A style is theirs where most runs in it stand where an engagement must: right under a heading, after what comes next,
    or before what was done.
    """
    votes: dict[tuple[object, ...], list[bool]] = {}
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[run.style[0]] += len(run.words) if run.role == "body" else 0
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    for i, run in enumerate(runs):
        if _may_commit(run, usual):
            votes.setdefault(_commit_style(run), []).append(_opens_section(runs, i))
    styles = {style for style, seen in votes.items() if len(seen) >= 2 and sum(seen) * 5 >= 3 * len(seen)}
    for run in runs:
        if _may_commit(run, usual, least=2) and _commit_style(run) in styles:
            run.role, run.rule = "commitment", "set off like the document's other engagements"
    _mark_quoted_commitments(runs)


def _mark_quoted_commitments(runs: Sequence[Run]) -> None:
    """Sentences in quotation marks over what was done, again and again in one setting, are promises and no pull quotes."""
    over = [
        run
        for run, after in zip(runs, runs[1:], strict=False)
        if run.role == "quote" and after.role == "label" and isinstance(after.data, Label) and after.data.role in _STATUS
    ]
    seen = Counter(_commit_style(run) for run in over)
    for run in over:
        if seen[_commit_style(run)] >= 3:
            run.role, run.rule = "commitment", "a sentence in quotation marks over its status labels"


def _may_commit(run: Run, usual: float, least: int = 3) -> bool:
    apart = run.role == "body" and run.set_off in ("bold", "larger", "colour") and not run.inline
    long = len(run.words) > 30 and run.set_off == "larger" and not run.style[1]
    return apart and not long and run.region.frame is None and len(run.words) >= least and run.style[0] >= 0.92 * usual


def _commit_style(run: Run) -> tuple[object, ...]:
    return (round(run.style[0]), run.style[1], run.style[2], run.lines[0].italic)


def _opens_section(runs: Sequence[Run], i: int) -> bool:
    before = _status_near(runs, range(i - 1, max(-1, i - 60), -1))
    after = _status_near(runs, range(i + 1, min(len(runs), i + 60)))
    return after == "realised" or (before in ("heading", "upcoming") and after is not None)


def _status_near(runs: Sequence[Run], places: range) -> str | None:
    """The nearest status label's role, "heading" where a heading comes first, None for neither."""
    for k in places:
        data = runs[k].data
        if runs[k].role in ("heading", "title"):
            return "heading"
        if runs[k].role == "label" and isinstance(data, Label) and data.role in _STATUS:
            return data.role
    return None


def _repeated_plain_labels(layouts: Sequence[PageLayout], words: Words) -> set[str]:
    """Folded status labels that stand at least twice at the head of a line, alone or before a colon."""
    seen: Counter[str] = Counter()
    dated: set[str] = set()
    for layout in layouts:
        for region in layout.regions:
            for line in region.lines:
                head = _plain_head(line, words)
                if head is not None:
                    seen[fold(_without_scope(head.text))] += 1
                    dated |= {fold(head.text)} if head.role == "year" else set()
    return {text for text, n in seen.items() if n >= (3 if text in dated else 2)}


def _plain_head(line: Line, words: Words) -> Label | None:
    """The status label at the head of a line of running text: the whole line, or what stands before its colon."""
    text = line.text
    label = words.label(text) if len(text) <= 60 and ":" not in text.rstrip(" :") else None
    if label is None and ":" in text[:60]:
        head = text[: text.index(":")]
        label = words.label(head)
        if label is None and 2 <= len(head.split()) <= 4 and period_of(head) is not None and not _MONTH.search(fold(head)):
            label = Label("year", as_label(head), period_of(head), "year")  # "Objectif 2025 : …", which only its year tells
    return label if label is not None and label.role in (*_STATUS, "year") else None


_MONTH = lazy(
    r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|trimestre|semestre|saison|"
    r"rentree|printemps|ete|automne|hiver|debut|fin|annee scolaire)\b"
)


def _split_at_plain_labels(run: Run, words: Words, plain: set[str]) -> list[Run]:
    out: list[Run] = []
    lines: list[Line] = []
    for i, line in enumerate(run.lines):
        label = _plain_head(line, words)
        free = i == 0 or _ends_sentence(run.lines[i - 1].text) or line.top - run.lines[i - 1].bottom > 0.5 * line.size
        if label is None or fold(_without_scope(label.text)) not in plain or not free:
            lines.append(line)
            continue
        if lines:
            out.append(replace(run, lines=lines))
        lines = []
        head, rest = _cut_at_colon(line, label)
        made = replace(run, lines=[head], inline=rest is not None, first=run.first and i == 0)
        made.role, made.rule, made.data = "label", "label repeated in running text", label
        out.append(made)
        if rest is not None:
            lines = [rest]
    if lines:
        out.append(replace(run, lines=lines, first=run.first and not out))
    return out


def _without_scope(text: str) -> str:
    """The label without what it holds for ("Réalisations – actions communes à l'objectif")."""
    head = re.split(r"\s[–—-]\s|,\s", text, maxsplit=1)
    return head[0] if len(head) > 1 and holds_for_all(head[1]) else text


def _cut_at_colon(line: Line, label: Label) -> tuple[Line, Line | None]:
    if fold(line.text) == fold(label.text):
        return line, None
    for k, word in enumerate(line.words):
        if word.text.endswith(":"):
            rest = line.words[k + 1 :]
            return Line(line.words[: k + 1]), Line(rest) if rest else None
    return line, None


def _closes(text: str) -> bool:
    """Whether a text ends as a sentence or an entry does; a label may trail off ("Et pour 2025...")."""
    bare = text.rstrip()
    return bare.endswith((".", ",", ";")) and not bare.endswith("...")


def _ends_sentence(text: str) -> bool:
    return text.rstrip()[-1:] in ".!?:;…»)"


def _repeated_level_words(layouts: Sequence[PageLayout], words: Words) -> set[str]:
    """Level words that stand alone on a line at least twice ("Défi" in the margin, its title beside it)."""
    seen: Counter[str] = Counter()
    for layout in layouts:
        for region in layout.regions:
            for line in region.lines:
                if len(line.words) <= 3 and words.role_of(fold(line.text)) is not None:
                    seen[fold(line.text)] += 1
    return {word for word, n in seen.items() if n >= 2}


def _judge(run: Run, layout: PageLayout, body: BodyStyle, words: Words, bare: set[str]) -> None:
    """Gives a run its role; the first rule that fits decides."""
    text = run.text
    heading = words.heading(text) if len(text) <= 400 else None
    if heading is None and fold(text) in bare and words.label(text) is None:
        heading = Heading(fold(text), None, (), text.strip(), "")
    readable = run.style[0] >= 0.55 * body.size  # a leftover in tiny print heads nothing
    if heading is not None and run.set_off and readable and not _MARKED.match(text) and _fits_heading(run, heading):
        run.role, run.rule, run.data = "heading", f"{run.set_off}: level word", heading
        return
    label = words.label(text)
    heads_box = run.first and run.region.frame is not None and label is not None and label.role == "focus"
    if label is not None and (run.set_off or _alone(run) or heads_box) and _fits_label(run, label):
        run.role, run.rule, run.data = "label", f"{run.set_off or 'alone'}: {label.rule}", label
        return
    if run.set_off and run.set_off != "capitals" and _only_years(text):
        run.role, run.rule = "label", f"{run.set_off}: a year"
        run.data = Label("year", text.strip(" :()"), period_of(text), "year")
        return
    numbered = numbered_title(text) if run.set_off in ("larger", "bold", "colour", "capitals", "tab") else None
    if numbered is not None and len(text) <= 200 and not text.rstrip().endswith((";", ",")):
        run.role, run.rule, run.data = "numbered", f"{run.set_off}: number", numbered
        return
    if _is_note(run, layout, body):
        run.role, run.rule = "note", "small text with a note mark or at the foot"
    elif _is_quote(run, body):
        run.role, run.rule = "quote", "set-off text in quotation marks"
    else:
        run.role, run.rule = "body", "running text"


def _only_years(text: str) -> bool:
    """A label that is a year: "2024 :", "En 2025", "2024, pour toute la mission"."""
    return len(text) <= 60 and re.match(r"[\s(]*(?:en\s+|pour\s+)?(?:19|20)\d\d\b", text, re.I) is not None and only_scope(text)


def _fits_heading(run: Run, heading: Heading) -> bool:
    """Long bold text that merely begins like a heading, or a capital list entry, is none."""
    if len(heading.title) > 260:
        return False
    if heading.number is None and not heading.path:
        return run.set_off in ("larger", "tab", "bold", "colour", "capitals") and not run.inline
    if run.set_off == "inline" and not heading.title and heading.word in ("engagement", "action", "mesure"):
        return True
    return True


def _fits_label(run: Run, label: Label) -> bool:
    if label.role == "contents":
        return True
    if label.role == "other":
        return run.set_off in ("tab", "inline") or (run.set_off is not None and run.region.frame is not None)
    if label.role == "engagement" and run.set_off is None:
        return False
    if label.role == "focus" and run.set_off is None:
        return run.first and len(run.lines) == 1 and len(run.text) < 40
    return len(run.lines) <= 4


def _alone(run: Run) -> bool:
    """A label that nothing sets off but that fills its whole region or cell."""
    return len(run.region.lines) == len(run.lines) and len(run.lines) <= 2


def _is_note(run: Run, layout: PageLayout, body: BodyStyle) -> bool:
    size = run.style[0]
    if not body.size or size > 0.95 * body.size or layout.height is None:
        return False
    text = run.text
    foot = run.lines[0].top > 0.75 * layout.height and run.region.frame is None and run.set_off is None
    if foot and re.match(r"\d{1,2}[A-ZÀ-Ý«]", text):
        return True  # the raised call and the note's first word, set as one
    if size > 0.86 * body.size:
        return False
    marked = bool(re.match(r"^(?:\(?\d{1,2}\)?|\*+|[¹²³⁴⁵⁶⁷⁸⁹]|N\.?B\.?|Note|Source)", text))
    low = run.lines[0].top > 0.8 * layout.height
    return marked or (low and run.region.frame is None)


def _is_quote(run: Run, body: BodyStyle) -> bool:
    text = run.text.strip()
    if len(text) <= 20 or not re.match(r"^[«“\"].*[»”\"]\s*(?:[.–—-].{0,80})?$", text, re.DOTALL):
        return False
    italic = all(line.italic for line in run.lines)
    frame = run.region.frame
    lonely = frame is None or all(line in run.lines for line in run.region.lines)
    louder = run.set_off in ("larger", "colour")
    return (lonely and (italic or louder)) or (italic and louder)


# "Photo 4 – …", "Figure 2 : …", "© Ville de …", "Crédit photo : …", "Carte 1."
_CAPTION = lazy(
    r"^(?:Photos?|Figures?|Fig\.|Illustrations?|Cartes?|Graphiques?|Visuels?|Crédits?|Légende)\b.{0,3}[\d:–—-]|^©", re.I
)


def _mark_captions(runs: Sequence[Run], layout: PageLayout, body: BodyStyle) -> None:
    """Small or slanted lines right under or beside a picture are its caption."""
    if layout.height is None:
        return
    for run in runs:
        if run.role not in ("body", "note") or len(run.lines) > 3:
            continue
        if run.role == "body" and _small_print(run, runs):
            run.role, run.rule = "caption", "small print at the foot of a box"
            continue
        italic = all(line.italic for line in run.lines)
        small = body.size and run.style[0] <= 0.92 * body.size
        if not (italic or small):
            continue
        if _CAPTION.match(run.text):
            run.role, run.rule = "caption", "small or slanted text that names a picture"
            continue
        if body.size and run.style[0] <= 0.77 * body.size and run.region.frame is None and run.set_off is None:
            run.role, run.rule = "caption", "small print between the texts"
            continue
        if small and run.region.frame is None and any(_at(_box(run), picture) for picture in layout.pictures):
            run.role, run.rule = "caption", "small text over or in a picture"
            continue
        box = run.region.box if len(run.region.lines) == len(run.lines) else _box(run)
        if small and run.set_off not in ("bold", "larger") and len(run.text) < 130 and run.region.frame is None:
            inset = [f.box for f in layout.frames if f.kind == "box" and f.box[3] - f.box[1] > 20]
            if any(-2 <= box[1] - b[3] <= 12 and b[0] - 12 <= box[0] and box[2] <= b[2] + 12 for b in inset):
                run.role, run.rule = "caption", "small text under a box"
                continue
        if any(_under(box, picture) for picture in layout.pictures):
            run.role, run.rule = "caption", "small or slanted text under a picture"
        elif italic and small and len(run.region.lines) == len(run.lines) and len(run.text) < 130:
            run.role, run.rule = "caption", "small slanted text by itself"


def _small_print(run: Run, runs: Sequence[Run]) -> bool:
    """The last lines of a box, set much smaller than its text."""
    frame = run.region.frame
    if frame is None or frame.kind == "tab" or run.set_off in ("bold", "larger"):
        return False
    inside = [r for r in runs if r.region.frame is frame and r.role == "body"]
    if frame.parent is not None and inside == [run]:  # a strip of its own at the foot of a box
        inside = [r for r in runs if r.region.frame is not None and r.region.frame.id == frame.parent and r is not run]
        inside.append(run)
    main = max((r.style[0] for r in inside if r is not run and len(r.words) >= 8), default=0.0)
    italic = all(line.italic for line in run.lines)
    foot = inside[-1] is run if inside else False
    column = len(inside) > 1 and run.lines[-1] is run.region.lines[-1] and run is not inside[0]  # of one of the box's columns
    most = (0.92 if italic else 0.82) if foot else 0.78
    return (foot or (column and len(run.lines) <= 2)) and run.style[0] <= most * main


def _box(run: Run) -> Box:
    return (
        min(line.x0 for line in run.lines),
        min(line.top for line in run.lines),
        max(line.x1 for line in run.lines),
        max(line.bottom for line in run.lines),
    )


def _at(box: Box, picture: Box) -> bool:
    """Right above a picture, or inside the strip that a chart's axis takes."""
    across = min(box[2], picture[2]) - max(box[0], picture[0])
    return across > 0 and -32 <= box[3] - picture[1] <= picture[3] - picture[1] + 12


def _under(box: Box, picture: Box) -> bool:
    return -2 <= box[1] - picture[3] <= 22 and min(box[2], picture[2]) - max(box[0], picture[0]) >= 0.6 * (box[2] - box[0])
