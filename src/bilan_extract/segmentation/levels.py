"""Levels: which heading words the document uses for what, its contents list, and which headings are real.

A heading counts where its section begins. The same words in a table of contents, in a list on an ambition's opening page
or in a running head announce or repeat it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label, Words, fold, numbered_title
from bilan_extract.segmentation.runs import Run

# "Se loger page 4", "Se loger p. 4": what is left of an entry without its number
_PAGE_WORD = lazy(r"[\s.…]+(?:page|p\.?|pp\.?)$", re.I)
LOOK = "#look"  # stands for the word of headings that have none
FEW_SECTIONS = 6  # one of so many sections that differs from them is read wrong
SAME_SIZE = 0.04  # titles whose sizes differ by less are set in one
BETWEEN = "between"  # the role of a level between the two that a plan has over its engagements
_STATUSES = ("realised", "upcoming")
Key = tuple[str, str]


@dataclass(slots=True)
class Levels:
    """What the document's headings are.

    Attributes:
        role_of: for each heading word, "ambition", "priority" or "engagement".
        announced: titles that contents and lists give for (word, number), in their order.
        numbered: whether headings with a number and no word are levels here.
    """

    role_of: dict[str, str]
    announced: dict[Key, list[str]] = field(default_factory=dict)
    has_engagement_labels: bool = False


def find_levels(runs: list[Run], words: Words) -> Levels:
    """Marks contents pages and announced lists in ``runs`` (role "contents") and returns the document's levels."""
    announced: dict[Key, list[str]] = {}
    _mark_contents_pages(runs, words, announced)
    _mark_lists(runs, words, announced)
    _mark_wordless(runs)
    _mark_by_look(runs, words)
    _mark_front_list(runs, words, announced)
    _mark_chapters(runs)
    heads = [r for r in runs if r.role == "heading" and isinstance(r.data, Heading)]
    labels = _labels_are_engagements(runs, words)
    labels = labels or _several_under_lowest(runs, words)
    return Levels(_roles(heads, words, labels, _holds_blocks(runs), _holds_blocks(runs, at_once=True)), announced, labels)


def _several_under_lowest(runs: Sequence[Run], words: Words) -> bool:
    """Whether the sections of the only word for engagements hold the same status label several times: it names a level above.

    Where the engagements have a label of their own.
    """
    sections: list[Counter[str]] = []
    told = False
    for run in runs:
        if run.role == "heading" and isinstance(run.data, Heading):
            if words.role_of(run.data.word) == "engagement":
                sections.append(Counter())
        elif run.role == "label" and isinstance(run.data, Label):
            told = told or run.data.role == "engagement"
            if run.data.role in _STATUSES and sections:
                sections[-1][fold(run.data.text)] += 1
    held = [max(seen.values()) for seen in sections if seen]
    return told and len(held) >= 3 and 3 * sum(n >= 2 for n in held) >= 2 * len(held)


def _mark_chapters(runs: Sequence[Run]) -> None:
    """The chapters of the report around the plan ("I – Context", "II – Review"): all that is done stands in one of them."""
    wordless = {r.data.word or "" for r in runs if r.role == "heading" and isinstance(r.data, Heading)}
    for word in sorted(w for w in wordless if w.startswith("#") and not w.startswith(LOOK)):
        sections: list[int] = []
        for run in runs:
            if run.role == "heading" and isinstance(run.data, Heading) and run.data.word == word:
                sections.append(0)
            elif run.role == "label" and isinstance(run.data, Label) and run.data.role in _STATUSES and sections:
                sections[-1] += 1
        if len(sections) >= 2 and len(wordless) >= 2 and sum(map(bool, sections)) == 1 and sum(sections) >= 4:
            for run in runs:
                if run.role == "heading" and isinstance(run.data, Heading) and run.data.word == word:
                    run.role, run.rule = "chapter", "a chapter of the report around the plan"
            return


def _mark_front_list(runs: list[Run], words: Words, announced: dict[Key, list[str]]) -> None:
    """Contents that no title, dots or numbers give away: headings that all come again, before anything is reported.

    They end where the first of them comes again.
    """
    heads = [(i, key_of(r.data)) for i, r in enumerate(runs) if r.role == "heading" and isinstance(r.data, Heading)]
    listed = [
        (i, key) for i, r in enumerate(runs) if r.role == "contents" and "of contents" in r.rule for key in _keys(r, words)
    ]
    if not heads:
        return
    start, first = heads[0]
    if listed and listed[-1][0] < start:  # a contents page has been found: its list may go on over the next ones
        first = listed[0][1]
        heads.insert(0, (start, first))
    end = next((i for i, key in heads[1:] if key == first), None)
    if end is None:
        return
    before = {key for i, key in heads if i < end}
    after = {key for i, key in heads if i >= end}
    reported = any(
        r.role == "label" and isinstance(r.data, Label) and r.data.role in ("realised", "upcoming") for r in runs[start:end]
    )
    entries = sum(i < end for i, _ in heads[1:] if listed) if listed else len(before)
    if len(before) < (2 if listed else 3) or entries < 2 or reported or len(before & after) * 5 < 3 * len(before):
        return
    block = [r for r in runs[start:end] if r.role not in ("running_head", "footer", "page_number", "contents")]
    _announce(block, words, announced)
    for run in block:
        run.role, run.rule = "contents", "headings that all come again"


def _labels_are_engagements(runs: Sequence[Run], words: Words) -> bool:
    """Whether labels set each engagement off, below the lowest heading.

    They do where sections hold several of them, or where no heading word names an engagement; a label that comes once
    under each "Action 3" only heads that action's description. One section of many that holds two has lost a heading, or is
    read out of order: scans do that.
    """
    held: list[int] = []  # the labels in each section of a word for engagements
    any_label = low_level = under_low = False
    for run in runs:
        if run.role == "heading" and isinstance(run.data, Heading):
            under_low = words.role_of(run.data.word) == "engagement"
            low_level = low_level or under_low
            if under_low:
                held.append(0)
        elif run.role == "label" and isinstance(run.data, Label) and run.data.role == "engagement":
            any_label = True
            if under_low:
                held[-1] += 1
    several = sum(n >= 2 for n in held)
    return any_label and (several * FEW_SECTIONS > sum(map(bool, held)) or not low_level)


def key_of(heading: Heading) -> Key:
    """What two headings must share to be the same: word and number as written; the title where there is no number."""
    return (heading.word or "", ".".join(heading.path) or fold(heading.title))


def alike(a: str, b: str) -> float:
    """How alike two titles are, 0..1, on folded text."""
    a, b = fold(a), fold(b)
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def _pages(runs: Sequence[Run]) -> dict[int, list[Run]]:
    pages: dict[int, list[Run]] = {}
    for run in runs:
        pages.setdefault(run.page, []).append(run)
    return pages


def _mark_contents_pages(runs: list[Run], words: Words, announced: dict[Key, list[str]]) -> None:
    open_before = False  # whether the page before ended within a table of contents
    for page in _pages(runs).values():
        text = [r for r in page if r.role not in ("running_head", "footer", "page_number")]
        titled = any(isinstance(r.data, Label) and r.data.role == "contents" for r in text if r.role == "label")
        block: list[Run] = []
        if _is_contents(text, words, titled, open_before):
            block = text
        elif titled or open_before:
            block = _contents_block(text, words, set(announced), titled)
        if block:
            _announce(block, words, announced)
            rule = "page of contents" if block is text else "block of contents"
            for run in block:
                run.role, run.rule = "contents", rule
        open_before = block is text and bool(text)


def _is_contents(text: Sequence[Run], words: Words, titled: bool, open_before: bool) -> bool:
    """Whether a whole page is contents: entries of several headings, or dotted lines after the contents' title."""
    if any(isinstance(r.data, Label) and r.data.role in ("realised", "upcoming") for r in text):
        return False
    dotted = sum(bool(_leader(line.text)) for r in text for line in r.lines)
    lines = sum(len(r.lines) for r in text)
    openings = sum(words.heading(line.text) is not None for r in text for line in r.lines)
    many = openings >= 3 and openings * 3 >= lines and len({k for r in text for k in _keys(r, words)}) >= 3
    if titled and (openings or dotted >= 2):
        return True
    if many and 2 * dotted < openings and _opens_level(text, words):
        return False
    return many or (open_before and dotted >= 3 and dotted * 2 >= lines)


def _opens_level(text: Sequence[Run], words: Words) -> bool:
    """Whether a page is a level's opening one: its heading, set larger than all else, over the list of what is under it."""
    sizes = [r.style[0] for r in text for line in r.lines if words.heading(line.text) is not None]
    return bool(sizes) and sizes[0] >= 1.25 * max(sizes[1:], default=sizes[0])


def _leader(text: str) -> str:
    """The page number at an entry's end, or its dots; empty for an ordinary line."""
    dots = re.search(r"(?:\.\s?){4,}\s*\d{0,3}\s*$|…{2,}\s*\d{0,3}\s*$", text)
    return dots[0] if dots else _trailing_number(text)


def _contents_block(runs: Sequence[Run], words: Words, seen: set[Key], titled: bool) -> list[Run]:
    """From the contents' title (or the page's top) to the first heading that its entries have already named.

    Nothing where no such heading comes, or where what lies above it is no list of entries.
    """
    start = next((i for i, r in enumerate(runs) if isinstance(r.data, Label) and r.data.role == "contents"), 0)
    seen = set() if titled else set(seen)
    for i, run in enumerate(runs[start:], start):
        found = [words.heading(line.text) or numbered_title(line.text) for line in run.lines]
        keys = [key_of(h) for h in found if h is not None]
        if keys and keys[0] in seen and run.set_off:
            block = list(runs[start:i])
            lines = [line for r in block for line in r.lines]
            return block if titled or 2 * sum(bool(_leader(line.text)) for line in lines) >= len(lines) else []
        seen.update(keys)
    return []


def _keys(run: Run, words: Words) -> list[Key]:
    return [key_of(h) for line in run.lines if (h := words.heading(line.text)) is not None]


def _trailing_number(text: str) -> str:
    tail = text.rstrip().rsplit(" ", 1)[-1].strip(".…")
    return tail if tail.isdigit() and len(tail) <= 3 else ""


def _announce(runs: Sequence[Run], words: Words, announced: dict[Key, list[str]]) -> None:
    current: list[str] | None = None
    key: Key | None = None
    for run in runs:
        for line in run.lines:
            text = line.text
            tail = _leader(text)
            if tail:
                text = _PAGE_WORD.sub("", text.rstrip()[: -len(tail.rstrip())].rstrip(" .…"))
            heading = words.heading(text)
            if heading is not None:
                if key is not None and current:
                    _add(announced, key, current)
                key, current = key_of(heading), [heading.title]
            elif current is not None:
                current.append(text)
            if tail and key is not None and current:  # its page number closes an entry
                _add(announced, key, current)
                key, current = None, None
    if key is not None and current:
        _add(announced, key, current)


def _add(announced: dict[Key, list[str]], key: Key, lines: list[str]) -> None:
    title = " ".join(line for line in lines if line)
    known = announced.setdefault(key, [])
    if title and title not in known:
        known.append(title)


def _mark_lists(runs: list[Run], words: Words, announced: dict[Key, list[str]]) -> None:
    """Lists of headings in running text ("3 priorités : Priorité 1 : …") announce; they open nothing."""
    real = {r.data.word for r in runs if r.role == "heading" and isinstance(r.data, Heading)}
    for i, run in enumerate(runs):
        if run.role not in ("body", "heading"):
            continue
        starts = [k for k, line in enumerate(run.lines) if _numbered(words, line.text, real)]
        opened = _announcing_line(runs, i, words)
        if run.role == "body" and starts and (len(starts) >= 2 or opened or starts[0] == 0):
            if opened is not None and opened is not run:
                opened.role, opened.rule = "contents", "line that announces a list of headings"
            first = starts[0]
            before = run.lines[:first]
            if before and words.announces(before[-1].text):
                before = before[:-1]
            _announce([_part(run, run.lines[first:])], words, announced)
            if before:
                kept = _part(run, before)
                kept.role = "body"
                rest = _part(run, run.lines[len(before) :])
                rest.role, rest.rule = "contents", "list of headings in running text"
                runs[i : i + 1] = [kept, rest]
            else:
                run.role, run.rule = "contents", "list of headings in running text"
        elif run.role == "heading" and opened is not None and _same_setting(opened, run):
            _announce([run], words, announced)
            opened.role, opened.rule = "contents", "line that announces a list of headings"
            run.role, run.rule = "contents", "list of headings"
    _mark_list_tails(runs)


def _same_setting(opened: Run, run: Run) -> bool:
    """A heading under a list is one of its entries only where it is set like them."""
    if run.set_off == "tab":
        return False
    return opened.rule.startswith("line that announces") or (
        abs(opened.style[0] - run.style[0]) <= 0.6 and opened.style[1] == run.style[1]
    )


def _numbered(words: Words, text: str, real: set[str | None]) -> bool:
    """A heading with number and title, of a word that the document really sets headings with."""
    heading = words.heading(text)
    return heading is not None and bool(heading.path) and bool(heading.title) and heading.word in real


def _announcing_line(runs: list[Run], i: int, words: Words) -> Run | None:
    """The run before, where it (or what it belongs to) announces a list; contents already marked count on."""
    if i == 0 or runs[i - 1].page != runs[i].page:
        return None
    before = runs[i - 1]
    if before.rule.startswith("line that announces") or before.rule.startswith("list of headings"):
        return before if before.region == runs[i].region else None
    if words.announces(before.lines[-1].text) and len(before.lines) == 1:
        return before
    return None


def _mark_list_tails(runs: list[Run]) -> None:
    """What follows an announced list in the same column, set no larger, is its last entries' continuation."""
    for before, run in zip(runs, runs[1:], strict=False):
        if (
            before.role == "contents"
            and before.rule.startswith("list of headings")
            and run.role == "body"
            and run.region is before.region
            and run.set_off is None
            and run.lines[0].top - before.lines[-1].bottom < 0.6 * max(run.style[0], 6.0)
        ):
            run.role, run.rule = "contents", "list of headings, continued"


def _part(run: Run, lines: list) -> Run:  # type: ignore[type-arg]
    return Run(run.region, list(lines), run.set_off, run.style, run.inline, run.first)


def _mark_wordless(runs: list[Run]) -> None:
    """Numbered titles without a level word are headings where the document has no words for levels at all."""
    worded = {r.data.word for r in runs if r.role == "heading" and isinstance(r.data, Heading)}
    numbered = [r for r in runs if r.role == "numbered" and isinstance(r.data, Heading)]
    seen = Counter(_numbering(r) for r in numbered)
    depth = _depths(numbered, seen)
    for run in numbered:
        heading = run.data
        assert isinstance(heading, Heading)
        frame = run.region.frame
        apart = frame is None or frame.kind == "tab" or len(run.region.lines) == len(run.lines)
        # a sentence with a number is a title only where more of its kind are set the same way
        alike = [r for r in numbered if r.style == run.style]
        sentence = run.text.rstrip().endswith(".") and (frame is not None or len(alike) < 3)
        if len(worded) < 2 and seen[_numbering(run)] >= 2 and apart and not sentence:
            run.role = "heading"
            word = f"#{depth[_numbering(run)]}"
            run.data = Heading(word, heading.number, heading.path, heading.label, heading.title)
        else:
            run.role = "body"


def _numbering(run: Run) -> tuple[str, int]:
    """How a title is numbered: by Roman or Arabic numerals, capital or small letters, and in how many parts ("I.2": two)."""
    assert isinstance(run.data, Heading)
    first = re.match(r"[IVX]+(?![a-z])|\d|[A-Z]|", run.data.label)
    sign = "" if first is None else first[0]
    kind = "digit" if sign.isdigit() else "roman" if sign[:1] in ("I", "V", "X") else "capital" if sign else "letter"
    return kind, len(run.data.path)


def _depths(numbered: Sequence[Run], seen: Counter[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The level, from 1, of each numbering: its parts; where several have as many ("I", "1", "a)") by size and first place."""
    kinds = [kind for kind, n in seen.items() if n >= 2]
    if len({parts for _, parts in kinds}) == len(kinds):
        return {kind: kind[1] for kind in seen}
    size = {kind: max(r.style[0] for r in numbered if _numbering(r) == kind) for kind in kinds}
    ordered = sorted(kinds, key=lambda kind: -size[kind])  # stable: of one size, the first met lies above
    return {kind: kind[1] for kind in seen} | {kind: k for k, kind in enumerate(ordered, 1)}


def _mark_by_look(runs: list[Run], words: Words) -> None:
    """Titles without level word or number: the largest that stand over several commitments' blocks each are headings.

    In a document that has no other headings, or one kind of them: commitments, which lie below these, or a level above. Where
    none lies above, the next smaller titles of which the same holds are headings too.
    """
    heads = {run.data.word for run in runs if run.role == "heading" and isinstance(run.data, Heading)}
    labels = [i for i, r in enumerate(runs) if r.role == "label" and isinstance(r.data, Label) and r.data.role in _STATUSES]
    if len(heads) > 1 or len(labels) < 4:
        return
    below = {word for word in heads if words.role_of(word) == "engagement"}
    for word in (LOOK, f"{LOOK}2")[: 2 - len(heads - below)]:
        if not _mark_largest(runs, labels, word, below):
            return


def _mark_largest(runs: list[Run], labels: Sequence[int], word: str, below: set[str | None]) -> bool:
    """Makes headings of the largest titles that stand over several blocks each; whether there are any.

    Args:
        below: words of the headings that lie under these titles.
    """
    looks: dict[tuple[Any, ...], list[tuple[Run, bool]]] = {}
    label_size = max(runs[i].style[0] for i in labels)
    bare = {i + 1 for i, r in enumerate(runs) if r.role == "heading" and isinstance(r.data, Heading) and not r.data.title}
    titles = [i for i, r in enumerate(runs) if r.role == "body" and i not in bare and _may_head(r, label_size)]
    for i in titles:
        label = next((k for k in labels if k > i), None)
        own = label is not None and not any(i < j < label and _alike_looks(_look(runs[j]), _look(runs[i])) for j in titles)
        looks.setdefault(_look(runs[i]), []).append((runs[i], own))
    best = max((look for look, seen in looks.items() if sum(own for _, own in seen) >= 2), default=None)
    if best is None or not _several_each(runs, best, below):
        return False  # one block of each status under each: these are the commitments themselves
    for run, own in (told for look, seen in looks.items() if _alike_looks(look, best) for told in seen):
        if own:
            run.role, run.rule = "heading", "largest of the titles over blocks"
            run.data = Heading(word, None, (), "", run.text.strip())
    return True


def _several_each(runs: Sequence[Run], look: tuple[Any, ...], below: set[str | None]) -> bool:
    """Whether most sections that titles of this look open hold more than one block of a status."""
    sections: list[Counter[str]] = []
    for run in runs:
        if run.role == "heading" and isinstance(run.data, Heading) and run.data.word in below:
            continue
        # titles of one size open sections each, whatever their chapter's colour
        if run.role == "heading" or (run.role == "body" and run.set_off and _look(run)[:2] == look[:2]):
            sections.append(Counter())
        elif run.role == "label" and isinstance(run.data, Label) and run.data.role in _STATUSES and sections:
            sections[-1][run.data.role] += 1
    held = [seen for seen in sections if seen]
    return bool(held) and 2 * sum(max(seen.values()) >= 2 for seen in held) >= len(held)


def _may_head(run: Run, label_size: float) -> bool:
    large = run.set_off in ("larger", "bold", "colour") and run.style[0] > label_size + 0.5
    return large and len(run.lines) <= 3 and not run.inline and not run.text.rstrip().endswith((".", ";", ","))


def _look(run: Run) -> tuple[Any, ...]:
    # each chapter may have a colour of its own: what is set larger is told by its size
    return (round(run.style[0], 1), run.style[1], () if run.set_off == "larger" else run.style[2] or ())


def _alike_looks(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two looks are one that a scan shows in sizes measured a little apart."""
    return one[1:] == other[1:] and abs(one[0] - other[0]) <= SAME_SIZE * other[0]


def _holds_blocks(runs: Sequence[Run], at_once: bool = False) -> set[str]:
    """Words of headings whose sections have blocks of their own, one of each status at most: so are commitments set.

    Args:
        at_once: count only sections that open with a label, nothing but a list between it and the heading.
    """
    sections: dict[str, list[Counter[str]]] = {}
    prose = False
    for run in runs:
        if run.role == "heading" and isinstance(run.data, Heading):
            sections.setdefault(run.data.word or "", []).append(Counter())
            last, prose = sections[run.data.word or ""][-1], False
        elif run.role == "label" and isinstance(run.data, Label) and run.data.role in ("realised", "upcoming") and sections:
            last[run.data.role] += not (at_once and prose and not last)
        elif run.role in ("body", "quote", "label"):
            prose = prose or not re.match(r"\W{1,2}\s", run.text)
    out = set()
    for word, found in sections.items():
        single = sum(max(seen.values(), default=0) <= 1 for seen in found)
        if len(found) >= 3 and 10 * single >= 8 * len(found) and 10 * sum(bool(seen) for seen in found) >= 6 * len(found):
            out.add(word)
    return out


def _between(ordered: Sequence[str], counts: Counter[str], first: dict[str, int]) -> list[str]:
    """Of three levels over the engagements, each within the one before, the middle one: the plan has no place for it."""
    if len(ordered) != 3:
        return []
    by_place = sorted(ordered, key=lambda word: first[word])
    top, middle, low = (counts[word] for word in by_place)
    return by_place[1:2] if 2 <= top <= middle <= low and top < low else []


def _roles(
    heads: Sequence[Run], words: Words, engagement_labels: bool, holders: set[str], direct: set[str]
) -> dict[str, str]:
    """Levels from the bottom up: the lowest is the engagement, above it the priority, above that the ambition.

    A bottom word that the profile does not know names engagements where its sections hold blocks (``holders``); one that
    it has for an upper level, where nothing stands between its headings and their blocks (``direct``).
    """
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    open_key: dict[str, Key] = {}
    said: set[tuple[Key, str]] = set()
    titled: set[Key] = set()
    for i, run in enumerate(heads):
        assert isinstance(run.data, Heading)
        word = run.data.word or ""
        key = key_of(run.data)
        again = (key, fold(run.data.title)) in said or (not run.data.title and key in titled)
        counts[word] += open_key.get(word) != key and not again  # one that heads every page, or a row of an annex, counts once
        open_key[word] = key
        if run.data.title:
            said.add((key, fold(run.data.title)))
            titled.add(key)
        first.setdefault(word, i)
    rank = {"ambition": 0, "priority": 1, "engagement": 2}

    def order(word: str) -> tuple[int, int, int]:
        level = words.role_of(word)
        depth = int(word[1:]) - 1 if word.startswith("#") and not word.startswith(LOOK) else rank[level or "priority"]
        return (min(depth, 2), counts[word], first[word])

    ordered = sorted(counts, key=order)
    if not ordered:
        return {}
    bottom = ordered[-1]
    lowest_is_engagement = not engagement_labels and (
        words.role_of(bottom) == "engagement"
        or (bottom.startswith("#") and not bottom.startswith(LOOK) and (len(ordered) > 1 or bottom in holders))
        or (words.role_of(bottom) is None and not bottom.startswith("#") and bottom in holders)
        or (bottom in direct and not bottom.startswith("#") and len(ordered) > 1)
    )
    roles: dict[str, str] = {}
    if lowest_is_engagement:
        roles[bottom] = "engagement"
        ordered = ordered[:-1]
    # other words of the lowest kind ("Mesure" beside "Action") stand on its level unless they lie above it
    names = ["priority", "ambition"]
    for word in _between(ordered, counts, first) if "engagement" in roles.values() else ():
        roles[word] = BETWEEN
        ordered = [w for w in ordered if w != word]
    for word in reversed(ordered):
        if words.role_of(word) == "engagement" and "engagement" in roles.values() and len(ordered) > 2:
            roles[word] = "engagement"
            ordered = [w for w in ordered if w != word]
            continue
        roles[word] = names.pop(0) if names else "ambition"
    return roles
