"""Headings of a text without geometry: which lists announce them, which are real, their levels and their titles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bilan_extract.document import PageLayout
from bilan_extract.segmentation.labels import Heading, Label, Words, fold
from bilan_extract.segmentation.levels import Key, alike, key_of
from bilan_extract.segmentation.stream_cut import cut_pages
from bilan_extract.segmentation.stream_parts import (
    COUNTED,
    DOTTED,
    Part,
    Parts,
    closed_up,
    joined,
    wants_more,
    without_leaders,
)
from bilan_extract.segmentation.stream_tables import ROW, read_tables

_STATUS = ("realised", "upcoming")


def find_parts(layouts: Sequence[PageLayout], words: Words) -> Parts:
    """What the lines of all pages are."""
    found = cut_pages(layouts, words)
    read_tables(found, words)
    _settle_wordless(found)
    _mend_labels(found)
    _mark_contents_pages(found, words)
    _mark_lists(found, words)
    _drop_unreal(found, words)
    found.role_of = _roles(found, words)
    _join_all(found)
    for parts in found.pages.values():
        _settle_titles(parts, found)
    _join_all(found)
    return found


def _join_all(found: Parts) -> None:
    for page, parts in found.pages.items():
        found.pages[page] = list(joined(parts))


# -- what lines alone could not tell ----------------------------------------------
def _settle_wordless(found: Parts) -> None:
    """Level words alone on a line, and numbered titles, are headings where the document has hardly any others."""
    keys = {_key(p) for p in _headings(list(found.all()))}
    worded = {word for word, _ in keys}
    bare = Counter(p.data.word for p in found.all() if p.kind == "bare" and isinstance(p.data, Heading))
    titles = Counter((p.data.label, fold(p.title)) for p in found.all() if p.kind == "numbered" and isinstance(p.data, Heading))
    for parts in found.pages.values():
        for part in parts:
            heading = part.data
            if part.kind not in ("bare", "numbered") or not isinstance(heading, Heading):
                continue
            if part.kind == "bare":
                real = bare[heading.word] >= 2 and heading.word not in worded
                heading = replace(heading, title=part.title)
            else:  # a list counts its entries too: a title counts by parts, or comes twice
                lettered = re.fullmatch(r"[IVX]+|[A-H]", heading.label) is not None
                again = titles[heading.label, fold(part.title)] > 1
                real = len(worded) < 2 and (len(heading.path) > 1 or lettered or again or part.rule == COUNTED)
                heading = Heading(f"#{len(heading.path)}", heading.number, heading.path, heading.label, part.title)
            part.kind, part.data = ("heading", heading) if real else ("text", None)
    _join_all(found)


def _mend_labels(found: Parts) -> None:
    """A misspelt label ("Acton à venir") is one where the document has it often; a lead-in that repeats one is none."""
    labels = [p.data for p in found.all() if isinstance(p.data, Label)]
    often = Counter(fold(label.text) for label in labels)
    known = {fold(label.text): label for label in labels if often[fold(label.text)] >= 3 and len(label.text) >= 12}
    for parts in found.pages.values():
        last: Part | None = None
        for part in parts:
            near = _near_label(part, known)
            if near is not None:
                part.kind, part.data, part.rule = "label", near, "label, misspelt"
            elif _same_role(part, last) and part.text.endswith(":"):
                part.kind, part.data, part.rule = "text", None, ""
            last = part


def _near_label(part: Part, known: Mapping[str, Label]) -> Label | None:
    if part.kind != "text" or len(part.lines) != 1 or not part.gap:
        return None
    text = fold(part.text)
    return next((la for t, la in known.items() if abs(len(t) - len(text)) <= 2 and alike(t, text) >= 0.95), None)


def _same_role(part: Part, last: Part | None) -> bool:
    if last is None or not isinstance(part.data, Label) or not isinstance(last.data, Label):
        return False
    return part.data.role == last.data.role


# -- contents ---------------------------------------------------------------------
def _headings(parts: Sequence[Part]) -> list[Part]:
    return [p for p in parts if p.kind == "heading" and isinstance(p.data, Heading)]


def _key(part: Part) -> Key:
    assert isinstance(part.data, Heading)
    return key_of(part.data)


def _mark_contents_pages(found: Parts, words: Words) -> None:
    """Pages that list headings announce them; a heading set apart there, that no other page has, opens its section."""
    on_pages: defaultdict[Key, set[int]] = defaultdict(set)
    for part in _headings(list(found.all())):
        on_pages[_key(part)].add(part.page)
    for parts in found.pages.values():
        heads = _headings(parts)
        keys = Counter(_key(p) for p in heads)
        labels = [p.data for p in parts if isinstance(p.data, Label)]
        if any(p.rule == "numbered row" for p in parts):
            _mark_contents_lines(parts, found)
            continue
        lines = sum(len(p.lines) for p in parts)
        named = any(label.role == "contents" for label in labels)
        # "3 priorités :" under its ambition: a page that opens a section, with a list
        opening = any(p.kind == "text" and words.announces(p.lines[-1].text) for p in parts)
        many = len(keys) >= 3 and 3 * len(heads) >= lines and not opening
        if any(label.role in _STATUS for label in labels) or not (many or (named and len(keys) >= 2)):
            _mark_contents_lines(parts, found)
            continue
        for i, part in enumerate(parts):
            alone = part.gap and (i + 1 == len(parts) or parts[i + 1].gap)
            if part.kind == "heading" and alone and keys[_key(part)] > 1 and len(on_pages[_key(part)]) == 1:
                keys[_key(part)] -= 1
                continue
            if part.kind in ("heading", "text", "label"):
                part.rule = "page of contents"
        _announce([p for p in parts if p.rule == "page of contents"], found.announced)
        for part in parts:
            if part.rule == "page of contents":
                part.kind = "table_of_contents"


def _mark_contents_lines(parts: Sequence[Part], found: Parts) -> None:
    """Contents that share their page with text: from their label, or their first dotted line, to a heading that comes again."""
    start = next(
        (i for i, p in enumerate(parts) if (isinstance(p.data, Label) and p.data.role == "contents") or _is_dotted(p)), None
    )
    if start is None:
        return
    seen: set[tuple[Key, str]] = set()
    listed: list[Part] = [] if _is_dotted(parts[start]) else [parts[start]]
    for part in parts[start + len(listed) :]:
        if part.kind == "heading":
            entry = (_key(part), fold(without_leaders(part.title)))
            if entry in seen:
                break
            seen.add(entry)
        elif part.kind != "text" or len(part.lines) > 2:
            break
        listed.append(part)
    if len(seen) >= 3:
        _announce(listed, found.announced)
        for part in listed:
            part.kind, part.rule = "table_of_contents", "list under its label"


def _is_dotted(part: Part) -> bool:
    return part.kind == "heading" and DOTTED.search(part.lines[-1].text) is not None


def _mark_lists(found: Parts, words: Words) -> None:
    """Headings below a line that announces a list ("3 priorités :") are its entries, to the end of the list."""
    for parts in found.pages.values():
        i = 0
        while i < len(parts):
            if parts[i].kind == "text" and words.announces(parts[i].lines[-1].text):
                entries = _list_entries(parts, i + 1)
                if entries:
                    if len(parts[i].lines) > 1:
                        parts.insert(i + 1, Part(parts[i].page, "text", [parts[i].lines.pop()], gap=False))
                        i += 1
                    _announce(entries, found.announced)
                    for part in (parts[i], *entries):
                        part.kind, part.rule = "table_of_contents", "list of headings"
            i += 1


def _list_entries(parts: Sequence[Part], i: int) -> list[Part]:
    """Headings with titles and the lines that carry them on, from part ``i`` up to anything else."""
    out: list[Part] = []
    for part in parts[i:]:
        if not (part.kind == "heading" and part.title) and not (part.kind == "text" and out and not part.gap):
            break
        out.append(part)
    return out


def _announce(parts: Sequence[Part], announced: dict[Key, list[str]]) -> None:
    """Adds the titles that these parts give: a heading's, with the lines under it up to the next."""
    key: Key | None = None
    title: list[str] = []

    def add() -> None:
        text = closed_up(title).strip(" ,;.")
        if key is not None and text and text not in announced.setdefault(key, []):
            announced[key].append(text)

    for part in parts:
        if part.kind == "heading":
            add()
            key, title = _key(part), [without_leaders(part.title)]
        elif part.kind == "text":
            title += [without_leaders(line.text) for line in part.lines]
    add()


def _drop_unreal(found: Parts, words: Words) -> None:
    """Words that merely count a list's entries ("Axe 1 - …" twice in a box) are no level of the document."""
    keys: defaultdict[str, set[Key]] = defaultdict(set)
    for part in _headings(list(found.all())):
        if part.rule == "numbered row":
            continue
        keys[_key(part)[0]].add(_key(part))
    listed = {word for word, _ in found.announced}
    many = 3 if listed else 2
    real = {w for w, k in keys.items() if len(k) >= many or w in listed or any(not number for _, number in k)}
    if real:  # the only one of its level, set apart over the levels below it
        real |= {word for word in keys if words.role_of(word) in ("ambition", "priority") and _stands_over(found, word)}
    if not real:  # a short document may have one of each
        real = {w for w in keys if words.role_of(w) in ("ambition", "priority")}
    for part in _headings(list(found.all())):
        if _key(part)[0] not in real and part.rule != "numbered row":
            part.kind, part.data, part.gap = "text", None, part.gap


def _stands_over(found: Parts, word: str) -> bool:
    """Whether a word's headings all stand apart, the first of them before anything was done or is to come."""
    for part in found.all():
        if isinstance(part.data, Label) and part.data.role in _STATUS:
            return False
        if part.kind == "heading" and _key(part)[0] == word:
            break
    return all(part.gap for part in _headings(list(found.all())) if _key(part)[0] == word)


def _roles(found: Parts, words: Words) -> dict[str, str]:
    """Levels from the bottom up: below the engagement (where a heading names it) the priority, above it the ambition."""
    rows = [p for p in _headings(list(found.all())) if _key(p)[0] == ROW]
    counts: Counter[str] = Counter(_key(p)[0] for p in _headings(list(found.all())) if _key(p)[0] != ROW)
    upper = any(words.role_of(w) in ("ambition", "priority") for w in counts)
    worded = any(not w.startswith("#") for w in counts)
    rank = {"ambition": 0, "priority": 1, "engagement": 2}

    def depth(word: str) -> int:
        if word.startswith("#"):  # titles with a number and no word lie below headings with a word, but above "Action 3"
            return 2 if upper else min(int(word[1:]) - 1, 1 if worded or len(counts) == 1 else 2)
        return rank[words.role_of(word) or "priority"]

    ordered = sorted(counts, key=lambda w: (depth(w), counts[w]))
    labelled = _labels_set_off(found, words)
    roles: dict[str, str] = {ROW: "engagement"} if rows else {}
    labelled = labelled or bool(rows)
    if ordered and words.role_of(ordered[-1]) is None and not labelled and ordered[-1] in _holds_blocks(found):
        roles[ordered.pop()] = "engagement"
    while ordered and depth(ordered[-1]) == 2 and (not labelled or len(ordered) > 2) and not rows:
        roles[ordered.pop()] = "engagement"
    for word, role in zip(reversed(ordered), ("priority", *["ambition"] * len(ordered)), strict=False):
        roles[word] = role
    return roles


def _holds_blocks(found: Parts) -> set[str]:
    """Words of headings between which stand blocks, one of each status at most: so are commitments set (see `levels`).

    A dump may write a heading before its blocks or behind them.
    """
    parts = list(found.all())
    return _holders(parts) | _holders(parts[::-1])


def _holders(parts: Sequence[Part]) -> set[str]:
    sections: defaultdict[str, list[Counter[str]]] = defaultdict(list)
    last: Counter[str] = Counter()
    for part in parts:
        if part.kind == "heading":
            last = last if not last else Counter()  # headings over one another share what follows
            sections[_key(part)[0]].append(last)
        elif isinstance(part.data, Label) and part.data.role in (*_STATUS, "year"):
            last[fold(part.data.text) if part.data.role == "year" else part.data.role] += 1
    out = set()
    for word, seen in sections.items():
        single = sum(max(one.values(), default=0) <= 1 for one in seen)
        if len(seen) >= 3 and 10 * single >= 8 * len(seen) and 10 * sum(bool(one) for one in seen) >= 6 * len(seen):
            out.add(word)
    return out


def _labels_set_off(found: Parts, words: Words) -> bool:
    """Whether labels set each commitment off; one that comes once under each "Action 3" only heads its description."""
    several = any_label = low = False
    under, count = "", 0
    shown = list(found.all())
    labels = sum(isinstance(p.data, Label) and p.data.role == "engagement" and p.kind == "label" for p in shown)
    named = {(p.page, _key(p)) for p in _headings(shown) if words.role_of(_key(p)[0]) == "engagement"}
    if labels and 10 * len(named) >= 9 * labels:
        return False
    for part in shown:
        if part.kind == "heading":
            under, count = _key(part)[0], 0
            low = low or under.startswith("#") or words.role_of(under) == "engagement"
        elif isinstance(part.data, Label) and part.data.role == "engagement":
            any_label, count = True, count + 1
            several = several or (count >= 2 and words.role_of(under) == "engagement")
    return any_label and (several or not low)


# -- titles -----------------------------------------------------------------------
def _settle_titles(parts: list[Part], found: Parts) -> None:
    """Gives each heading its title: the lines that carry it on, or the title that stands elsewhere on the page."""
    i = 0
    while i < len(parts):
        part = parts[i]
        if part.kind == "heading":
            if part.title:
                _carry_on(parts, i, found)
            else:
                _find_title(parts, i, found)
        i += 1
    known = {fold(p.title) for p in parts if p.kind == "heading" and p.title}
    for part in parts:  # the same title left standing again
        if part.kind == "text" and len(part.lines) <= 5 and fold(part.text) in known:
            part.kind, part.rule = "title", "title of the page's heading"


def _carry_on(parts: list[Part], i: int, found: Parts) -> None:
    """Adds to a heading the lines below that its announced title, or a small letter, says belong to it."""
    part = parts[i]
    titles = [fold(t) for t in found.announced.get(_key(part), ())]
    after = parts[i + 1] if i + 1 < len(parts) else None
    while after is not None and after.kind == "text" and after.lines and not part.title.endswith((".", ":", "!", "?")):
        line = after.lines[0]
        longer = f"{part.title[:-1] if part.title.endswith('-') else part.title + ' '}{line.text}"
        known = any(t.startswith(fold(longer)) for t in titles)
        if after.gap and not known and not wants_more(part.title):
            break
        if not known and (any(fold(part.title) == t for t in titles) or not line.text[:1].islower() or len(longer) > 250):
            break
        part.title = longer
        part.lines.append(line)
        after.lines.pop(0)
        if not after.lines:
            parts.remove(after)
            after = parts[i + 1] if i + 1 < len(parts) else None
            if after is not None and after.gap and not titles:
                break


def _find_title(parts: list[Part], i: int, found: Parts) -> None:
    """The title of a heading that is a label only: what the contents announce, found on the page, or what stands by it."""
    head = parts[i]
    word, _ = _key(head)
    titles = found.announced.get(_key(head)) or [t for (w, _), ts in found.announced.items() if w == word for t in ts]
    best: tuple[float, Part, int] | None = None
    for k, part in enumerate(parts):
        if part.kind != "text" or part.bulleted or (len(part.lines) > 6 and k != i + 1):
            continue
        for n in range(1, min(len(part.lines), 6) + 1):
            text = fold(Part(part.page, "text", part.lines[:n]).text)
            for title in titles:
                score = _title_score(text, fold(title)) + 0.01 * (k == i + 1)
                if score >= 0.8 and (best is None or score > best[0]):
                    best = (score, part, n)
    if best is None:
        beside = _beside(parts, i)
        if beside is None:
            head.title = titles[0] if _key(head) in found.announced else ""
            return
        best = (1.0, *beside)
    _, host, n = best
    set_off = Part(host.page, "title", host.lines[:n], rule="title of the page's heading")
    rest = Part(host.page, "text", host.lines[n:], gap=False)  # on the next line: a title's own text
    at = next(k for k, p in enumerate(parts) if p is host)
    parts[at : at + 1] = [set_off, rest] if rest.lines else [set_off]
    head.title = _own_title(set_off.text, titles)


def _own_title(text: str, titles: Sequence[str]) -> str:
    """The title as the page prints it, without one that was left standing before it, in full where it breaks off."""
    text = text.strip(" .")
    mine = fold(text)
    for title in titles:
        if mine.endswith(fold(title)) and mine != fold(title):
            return title  # another page's title is glued before it
        if fold(title).startswith(mine) and mine != fold(title):
            return title
    pieces = re.split(r"(?<=[.!?])(?=[A-ZÀ-Ý])", text)
    if len(pieces) > 1 and any(fold(t).startswith(fold(pieces[-1])) for t in titles):
        return next(t for t in titles if fold(t).startswith(fold(pieces[-1])))
    return text


def _title_score(text: str, title: str) -> float:
    """How well a text is that title, 0..1: the same, its beginning, or the same behind another one."""
    from difflib import SequenceMatcher

    if len(text) < 8 or not title:
        return 0.0
    if text == title:
        return 1.0
    if text.endswith(title) and len(text) < 3 * len(title):
        return 0.95
    if title.startswith(text):
        return 0.8 + 0.15 * len(text) / len(title)
    if len(text) > len(title) * 0.4:  # behind another title, and cut short
        for k in range(12, min(len(title), len(text))):
            if text.endswith(title[:k]) and k >= 0.4 * len(title):
                return 0.85
    matcher = SequenceMatcher(None, text, title, autojunk=False)
    if matcher.real_quick_ratio() < 0.85 or matcher.quick_ratio() < 0.85:  # upper bounds, and cheap
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= 0.85 else 0.0


def _beside(parts: Sequence[Part], i: int) -> tuple[Part, int] | None:
    """The short text after a heading without title, else the one before it, and how many of its lines are the title."""
    for k in (i + 1, i - 1):
        if not 0 <= k < len(parts) or parts[k].kind != "text" or parts[k].bulleted:
            continue
        part = parts[k]
        if not part.text[:1].isupper():
            continue
        n = _title_lines(part)
        whole = n == len(part.lines)
        if len(closed_up(line.text for line in part.lines[:n])) <= 160 and (k == i + 1 or whole):
            return part, n
    return None


def _title_lines(part: Part) -> int:
    """How many of a text's first lines are a title: those that small letters, or a word that wants another, carry on."""
    n = 1
    while n < min(4, len(part.lines)):
        last = part.lines[n - 1].text
        if last.rstrip()[-1:] in ".!?" or (part.lines[n].text[:1].isupper() and not wants_more(last)):
            break
        n += 1
    return n


__all__ = ["find_parts"]
