"""Parts of pages without geometry: what each line of a text layer is, from its words, its neighbours and its repetitions.

Nothing sets a heading off in such text but that it stands on a line of its own, that the contents announce it, or that it
comes again. A dump may glue a heading to the title before it ("Se loger mieux.Priorité 2") or two labels to one line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bilan_extract.document import Line, PageLayout, Region
from bilan_extract.layout.running import PAGE_NUMBER
from bilan_extract.segmentation.labels import Heading, Label, Words, fold, numbered_title
from bilan_extract.segmentation.levels import Key, alike, key_of

_STATUS = ("realised", "upcoming")
_BULLET = re.compile(r"^(?:[▸•●▪■◦○*>➢➤❖·‣⁃\uf000-\uf0ff–—-]|\d{1,2}[.)]|[a-z]\))\s")
# "Bilan du plan 2024      p.6"
_FOLIO = re.compile(r"\s(?:p|page)\s?\.?\s?\d{1,3}$", re.IGNORECASE)
# dot leaders and the page number behind them: "Axe 2 Se loger ........ 14"
_LEADERS = re.compile(r"[\s.…]{2,}\d{0,3}\s*$|\s\d{1,3}\s*$")


@dataclass(slots=True)
class Part:
    """Consecutive lines of one page that are one thing.

    Attributes:
        kind: "text", "heading" (data: Heading), "label" (data: Label), "title", "running_head", "footer", "page_number" or
            "table_of_contents".
        gap: a blank line or the page's head stands before it.
        title: of a heading, its full title.
    """

    page: int
    kind: str
    lines: list[Line]
    data: Heading | Label | None = None
    gap: bool = True
    title: str = ""
    rule: str = ""

    @property
    def text(self) -> str:
        """The lines joined by spaces, a hyphen at a line end closed up."""
        return closed_up(line.text for line in self.lines)

    @property
    def bulleted(self) -> bool:
        """Whether it opens with a list mark."""
        return is_bulleted(self.text)


def closed_up(lines: Iterable[str]) -> str:
    """Lines joined by spaces, a hyphen at a line end closed up before a small letter (good enough to compare by)."""
    out = ""
    for line in lines:
        if out.endswith("-") and not out.endswith(" -") and line[:1].islower():
            out = out[:-1] + line
        else:
            out = f"{out} {line}" if out else line
    return out


def is_bulleted(text: str) -> bool:
    """Whether a text opens with a bullet or the number of a list."""
    return bool(_BULLET.match(text))


@dataclass(slots=True)
class Parts:
    """The parts of all pages, and what the headings among them are.

    Attributes:
        pages: parts of each page in stream order, by page number.
        role_of: for each heading word "ambition", "priority" or "engagement".
        announced: titles that contents and lists give for each heading, in their order.
    """

    pages: dict[int, list[Part]] = field(default_factory=dict)
    role_of: dict[str, str] = field(default_factory=dict)
    announced: dict[Key, list[str]] = field(default_factory=dict)

    def all(self) -> Iterator[Part]:
        """Every part, page after page."""
        for parts in self.pages.values():
            yield from parts


def find_parts(layouts: Sequence[PageLayout], words: Words) -> Parts:
    """What the lines of all pages are."""
    found = Parts()
    running = _running(layouts, words)
    repeated = _repeated_labels(layouts, words)
    for layout in layouts:
        parts: list[Part] = []
        for region in layout.regions:
            parts += _cut_region(region, words, running, repeated)
        found.pages[layout.number] = parts
    _settle_wordless(found)
    _mend_labels(found)
    _mark_contents_pages(found, words)
    _mark_lists(found, words)
    _drop_unreal(found, words)
    found.role_of = _roles(found, words)
    for page, parts in found.pages.items():
        found.pages[page] = list(_joined(parts))
    for parts in found.pages.values():
        _settle_titles(parts, found)
    for page, parts in found.pages.items():
        found.pages[page] = list(_joined(parts))
    return found


# -- lines ------------------------------------------------------------------------
def running_lines(layouts: Sequence[PageLayout], words: Words) -> dict[int, str]:
    """For each running line (by ``id(line)``) "running_head" or "footer", as `find_running` gives them for pages that
    have a geometry."""
    running = _running(layouts, words)
    return {
        id(line): "footer" if _FOLIO.search(line.text) else "running_head"
        for layout in layouts
        for region in layout.regions
        for line in region.lines
        if _bare(line) in running
    }


def _bare(line: Line) -> str:
    return re.sub(r"\d+", "#", fold(line.text))


def _running(layouts: Sequence[PageLayout], words: Words) -> set[str]:
    """Lines (folded, numbers as #) that stand on many pages, once on each, and are no label.

    Words of a label are running too where the same running line always stands beside them ("Plan vélo", "Bilan 2024").
    """
    pages: defaultdict[str, set[int]] = defaultdict(set)
    count: Counter[str] = Counter()
    beside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    labels: set[str] = set()
    heads: set[str] = set()  # and focus labels, that stand once on a page by nature
    for layout in layouts:
        lines = [line for region in layout.regions for line in region.lines]
        bare = [_bare(line) for line in lines]
        for i, (line, key) in enumerate(zip(lines, bare, strict=True)):
            pages[key].add(layout.number)
            count[key] += 1
            beside[key].update({*bare[max(0, i - 1) : i], *bare[i + 1 : i + 2]})
            label = words.label(line.text)
            if _may_head(line.text, words) or (label is not None and label.role == "focus"):
                heads.add(key)
            elif label is not None:
                labels.add(key)
    least = 2 if 2 <= len(layouts) <= 6 else 3
    often = {k for k, on in pages.items() if len(on) >= least and count[k] <= 1.1 * len(on) and len(k) > 3}
    plain = {k for k in often - labels - heads if len(pages[k]) >= max(least, 0.15 * len(layouts)) or _FOLIO.search(k.replace("#", "1"))}
    paired = {
        k
        for k in (often & labels) - heads
        if any(n >= 0.8 * count[k] and other in plain and len(pages[k]) >= 3 for other, n in beside[k].items())
    }
    return plain | paired


def _may_head(text: str, words: Words) -> bool:
    """Whether a line could be a heading of any form: it may come again and is no running line for that."""
    return words.heading(text) is not None or numbered_title(text) is not None or words.role_of(fold(text)) is not None


def _repeated_labels(layouts: Sequence[PageLayout], words: Words) -> set[str]:
    """Folded labels that fill a line, or stand before a colon, at least twice."""
    seen: Counter[str] = Counter()
    for layout in layouts:
        for region in layout.regions:
            for line in region.lines:
                head = line.text.partition(" :")[0].partition(":")[0]
                if len(head) <= 60 and (head[:1].isupper() or not head[:1].isalpha()) and words.label(head) is not None:
                    seen[fold(head)] += 1
    return {text for text, n in seen.items() if n >= 2}


def _cut_region(region: Region, words: Words, running: set[str], repeated: set[str]) -> list[Part]:
    out: list[Part] = []
    before: Line | None = None
    last: Heading | None = None
    width = max(len(line.text) for line in region.lines)
    for line in region.lines:
        free = before is None or _finished(before, width) or words.announces(before.text) or _counts_on(last, line, words)
        for part in _read_line(line, words, running, repeated, free):
            part.gap = not out
            last = part.data if isinstance(part.data, Heading) else last
            if part.kind == "text" and out and out[-1].kind == "text":
                out[-1].lines += part.lines
            else:
                out.append(part)
        before = line if out[-1].kind == "text" else None
    return out


def _counts_on(last: Heading | None, line: Line, words: Words) -> bool:
    """Whether a line is the heading that comes next after ``last``: "Priorité 3 : …" below "Priorité 2 : …,"."""
    heading = words.heading(line.text) if last is not None else None
    if heading is None or last is None or heading.number is None or last.number is None:
        return False
    return heading.word == last.word and heading.number == last.number + 1


def _finished(line: Line, width: int) -> bool:
    """Whether what follows a line may be something new: it ends a sentence, or was left short without a hyphen."""
    text = line.text.rstrip("»”\") ")
    return text[-1:] in ".!?:;…" or (len(text) < 0.75 * width and text[-1:] not in ",-’'")


def _read_line(line: Line, words: Words, running: set[str], repeated: set[str], free: bool) -> list[Part]:
    page, text = line.page, line.text
    if PAGE_NUMBER.match(text):
        return [Part(page, "page_number", [line], rule="page number alone")]
    if _bare(line) in running:
        return [Part(page, "footer" if _FOLIO.search(text) else "running_head", [line], rule="line of many pages")]
    two = _two_labels(line, words)
    if two:
        return two
    label = words.label(text)
    if label is not None and _is_label(label, text, repeated, free):
        return [Part(page, "label", [line], label, rule=label.rule)]
    inline = _inline_label(line, words, repeated, free)
    if inline:
        return inline
    heading = words.heading(text)
    if heading is not None and heading.path and text[:1].isupper() and (free or not heading.title):
        return [Part(page, "heading", [line], heading, title=heading.title, rule="level word and number")]
    if free and words.role_of(fold(text)) is not None and text[:1].isupper():
        return [Part(page, "bare", [line], Heading(fold(text), None, (), text.strip(), ""), rule="level word alone")]
    glued = _glued(line, words)
    if glued:
        return glued
    numbered = numbered_title(text) if free and len(text) <= 140 and text.rstrip()[-1:] not in ".;,:" else None
    if numbered is not None and not re.fullmatch(r"[a-h]|\d{3,}", numbered.label):
        title = _LEADERS.sub("", numbered.title)
        return [Part(page, "numbered", [line], numbered, title=title, rule="number and title")]
    return [Part(page, "text", [line])]


def _is_label(label: Label, text: str, repeated: set[str], free: bool) -> bool:
    """A label stands alone on its line, with a capital or a mark; a line end in running text makes none."""
    if text[:1].islower() or text.rstrip()[-1:] in ".,;" or is_bulleted(text) or label.role == "other":
        return False
    return free or fold(text) in repeated


def _two_labels(line: Line, words: Words) -> list[Part]:
    """Two labels of boxes side by side that the dump wrote on one line."""
    for k in range(1, len(line.words)):
        left, right = Line(line.words[:k]), Line(line.words[k:])
        first, second = words.label(left.text), words.label(right.text)
        if first is None or second is None or not right.text[:1].isupper() or not left.text[:1].isupper():
            continue
        roles = {first.role, second.role}
        if roles == set(_STATUS) or ("engagement" in roles and roles & set(_STATUS)):
            return [Part(line.page, "label", [piece], found) for piece, found in ((left, first), (right, second))]
    return []


def _inline_label(line: Line, words: Words, repeated: set[str], free: bool) -> list[Part]:
    """"Réalisé : le texte", where the document does so again and again."""
    if not free or ":" not in line.text[:60]:
        return []
    for k, word in enumerate(line.words[:-1]):
        if not word.text.endswith(":"):
            continue
        head = Line(line.words[: k + 1])
        label = words.label(head.text.rstrip(" :"))
        if label is not None and label.role in (*_STATUS, "engagement") and fold(label.text) in repeated:
            rest = Part(line.page, "text", [Line(line.words[k + 1 :])])
            return [Part(line.page, "label", [head], label, rule="label before a colon"), rest]
        return []
    return []


def _glued(line: Line, words: Words) -> list[Part]:
    """A heading without title that the dump glued to the end of a line: "Se loger mieux.Priorité 2"."""
    for k in range(len(line.words) - 1, max(-1, len(line.words) - 4), -1):
        word = line.words[k]
        for cut in range(1, len(word.text)):
            if not word.text[cut].isupper() or word.text[cut - 1].isupper() or word.text[cut - 1] in "-'’/":
                continue
            tail = replace(word, text=word.text[cut:])
            after = Line((tail, *line.words[k + 1 :]))
            heading = words.heading(after.text)
            if heading is not None and heading.path and not heading.title:
                head = replace(word, text=word.text[:cut])
                title = Part(line.page, "text", [Line((*line.words[:k], head))])
                return [title, Part(line.page, "heading", [after], heading, rule="glued to its title")]
    return []


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
            else:  # a list counts its entries too: a title counts by parts, or comes twice
                apart = len(heading.path) > 1 or re.fullmatch(r"[IVX]+|[A-H]", heading.label) or titles[heading.label, fold(part.title)] > 1
                real = len(worded) < 2 and bool(apart)
                heading = Heading(f"#{len(heading.path)}", heading.number, heading.path, heading.label, part.title)
            part.kind, part.data = ("heading", heading) if real else ("text", None)
    for page, parts in found.pages.items():
        found.pages[page] = list(_joined(parts))


def _mend_labels(found: Parts) -> None:
    """A misspelt label ("Acton à venir") is one where the document has it often; a lead-in that repeats one is none."""
    labels = [p.data for p in found.all() if isinstance(p.data, Label)]
    often = Counter(fold(label.text) for label in labels)
    known = {fold(label.text): label for label in labels if often[fold(label.text)] >= 3 and len(label.text) >= 12}
    for parts in found.pages.values():
        last: Part | None = None
        for part in parts:
            if part.kind == "text" and len(part.lines) == 1 and part.gap:
                text = fold(part.text)
                near = next((la for t, la in known.items() if abs(len(t) - len(text)) <= 2 and alike(t, text) >= 0.95), None)
                if near is not None:
                    part.kind, part.data, part.rule = "label", near, "label, misspelt"
            elif part.kind == "label" and part.text.endswith(":") and last is not None and isinstance(last.data, Label):
                if isinstance(part.data, Label) and part.data.role == last.data.role:
                    part.kind, part.data, part.rule = "text", None, ""
            last = part


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
        lines = sum(len(p.lines) for p in parts)
        named = any(label.role == "contents" for label in labels)
        many = len(keys) >= 3 and 3 * len(heads) >= lines
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
    """Contents that share their page with text: from their label to the first heading that comes again."""
    start = next((i for i, p in enumerate(parts) if isinstance(p.data, Label) and p.data.role == "contents"), None)
    if start is None:
        return
    seen: set[tuple[Key, str]] = set()
    listed = [parts[start]]
    for part in parts[start + 1 :]:
        if part.kind == "heading":
            entry = (_key(part), fold(_LEADERS.sub("", part.title)))
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
            key, title = _key(part), [_LEADERS.sub("", part.title)]
        elif part.kind == "text":
            title += [_LEADERS.sub("", line.text) for line in part.lines]
    add()


def _drop_unreal(found: Parts, words: Words) -> None:
    """Words that merely count a list's entries ("Axe 1 - …" twice in a box) are no level of the document."""
    keys: defaultdict[str, set[Key]] = defaultdict(set)
    for part in _headings(list(found.all())):
        keys[_key(part)[0]].add(_key(part))
    listed = {word for word, _ in found.announced}
    many = 3 if listed else 2
    real = {w for w, k in keys.items() if len(k) >= many or w in listed or any(not number for _, number in k)}
    if not real:  # a short document may have one of each
        real = {w for w in keys if words.role_of(w) in ("ambition", "priority")}
    for part in _headings(list(found.all())):
        if _key(part)[0] not in real:
            part.kind, part.data, part.gap = "text", None, part.gap


def _roles(found: Parts, words: Words) -> dict[str, str]:
    """Levels from the bottom up: below the engagement (where a heading names it) the priority, above it the ambition."""
    counts: Counter[str] = Counter(_key(p)[0] for p in _headings(list(found.all())))
    labelled = any(isinstance(p.data, Label) and p.data.role == "engagement" for p in found.all() if p.kind == "label")
    rank = {"ambition": 0, "priority": 1, "engagement": 2}

    def depth(word: str) -> int:
        return min(int(word[1:]) - 1, 2) if word.startswith("#") else rank[words.role_of(word) or "priority"]

    ordered = sorted(counts, key=lambda w: (depth(w), counts[w]))
    roles: dict[str, str] = {}
    while ordered and words.role_of(ordered[-1]) == "engagement" and (not labelled or len(ordered) > 2):
        roles[ordered.pop()] = "engagement"
    for word, role in zip(reversed(ordered), ("priority", *["ambition"] * len(ordered)), strict=False):
        roles[word] = role
    return roles


# -- titles -----------------------------------------------------------------------
def _joined(parts: Sequence[Part]) -> Iterator[Part]:
    """Text parts that no blank line and nothing else keeps apart, as one."""
    last: Part | None = None
    for part in parts:
        if last is not None and last.kind == part.kind == "text" and not part.gap:
            last.lines += part.lines
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


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
    _, part, n = best
    title = Part(part.page, "title", part.lines[:n], rule="title of the page's heading")
    rest = Part(part.page, "text", part.lines[n:], gap=True)
    at = next(k for k, p in enumerate(parts) if p is part)
    parts[at : at + 1] = [title, rest] if rest.lines else [title]
    head.title = _own_title(title.text, titles)


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
    ratio = SequenceMatcher(None, text, title, autojunk=False).ratio()
    return ratio if ratio >= 0.85 else 0.0


def _beside(parts: Sequence[Part], i: int) -> tuple[Part, int] | None:
    """The short text after a heading without title, else the one before it, and how many of its lines are the title."""
    for k in (i + 1, i - 1):
        if not 0 <= k < len(parts) or parts[k].kind != "text" or parts[k].bulleted:
            continue
        part = parts[k]
        if not part.text[:1].isupper():
            continue
        if len(part.text) <= 160 and len(part.lines) <= 4 and part.text.rstrip()[-1:] not in ",;":
            return part, len(part.lines)
        if k == i + 1:  # the first line of what follows, with what carries it on
            n = 1
            while n < min(4, len(part.lines)) and part.lines[n].text[:1].islower():
                n += 1
            if len(closed_up(line.text for line in part.lines[:n])) <= 160:
                return part, n
    return None


__all__ = ["Part", "Parts", "closed_up", "find_parts", "is_bulleted", "running_lines"]
