"""Cutting pages without geometry into parts: what each line is, from its words, its neighbours and its repetitions.

Nothing sets a heading off in such text but that it stands on a line of its own, that the contents announce it, or that it
comes again. A dump may glue a heading to the title before it ("Se loger mieux.Priorité 2") or two labels to one line.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bilan_extract.document import Line, PageLayout, Region
from bilan_extract.layout.running import PAGE_NUMBER
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label, Words, fold, numbered_title
from bilan_extract.segmentation.marking import _CAPTION, _NO_LEVEL, _WORD_NUMBER
from bilan_extract.segmentation.stream_labels import (
    YEAR_ALONE,
    LabelLore,
    column_heads,
    heads_of,
    is_loose,
    is_table_head,
    learn_labels,
    sign_of,
    year_label,
)
from bilan_extract.segmentation.stream_parts import COUNTED, DOTTED, Part, Parts, is_bulleted, wants_more, without_leaders
from bilan_extract.segmentation.stream_running import FOLIO, bare_line, running_keys

_STATUS = ("realised", "upcoming")
# "1Estimation des services.", "(2) Hors taxes.", "Note : les chiffres …"
_NOTE = lazy(r"^(?:\d{1,2}(?=[A-ZÀ-Ý][a-zà-ÿ])|\((?:\d{1,2}|\*+)\)\s+[A-ZÀ-Ý]|Notes?\s*:\s)")
# "L'ensemble du pari", "pour tout le volet 2", "communes à la priorité": what a label holds for
_SCOPE_ALONE = lazy(
    r"(?:actions? )?(?:(?:communes? )?(?:a|pour|de|sur) )?(?:l ensemble|tout|toute|toutes|tous) "
    r"(?:du |de la |de l |des |le |la |l |les )?\w+(?: \w{1,4})?"
)
# "Tableau 2 – Source : services", "Source : direction"
_SOURCE = lazy(r"^(?:Tableau\s+[\dIVX]+\s*[:–—-]|Sources?\s*:|Lecture\s*:)")


# -- lines ------------------------------------------------------------------------
def cut_pages(layouts: Sequence[PageLayout], words: Words) -> Parts:
    """Every page cut into parts by its lines alone; levels and titles are for `stream_headings` to find."""
    found = Parts()
    lore = learn_labels(layouts, words)
    numbers = _bare_numbers(layouts)
    repeated = _repeated_labels(layouts, words) | set(lore.judged)
    heads = column_heads(layouts, words)
    cutter = _Cutter(words, lore, running_keys(layouts, words, lore), repeated, numbers, heads, _is_solid(layouts))
    for layout in layouts:
        parts: list[Part] = []
        for region in layout.regions:
            cut = cutter.region(region)
            if _awaits_value(parts) and len(cut) == 1 and cut[0].kind == "text" and len(cut[0].lines) <= 3:
                cut[0].kind, cut[0].rule = "table", "value of a field"
            parts += cut
        found.pages[layout.number] = list(_with_years(parts))
    return found


def _is_solid(layouts: Sequence[PageLayout]) -> bool:
    """Whether a text has hardly any blank lines (as `pdftotext -raw` writes it), so that they set nothing apart."""
    regions = [region for layout in layouts for region in layout.regions]
    return len(regions) <= 1.5 * len(layouts) and sum(len(region.lines) for region in regions) >= 10 * len(regions)


def _bare_numbers(layouts: Sequence[PageLayout]) -> set[int]:
    """Numbers alone on a line, over a title, that count from 1 on (by ``id`` of their line); none where they do not."""
    found = [
        line
        for layout in layouts
        for region in layout.regions
        for line, after in pairwise(region.lines)
        if re.fullmatch(r"\d{1,2}", line.text) and after.text[:1].isupper()
    ]
    values = [int(line.text) for line in found]
    counting = all(0 <= b - a <= 2 for a, b in pairwise(values))
    return {id(line) for line in found} if len(values) >= 3 and values[0] == 1 and counting else set()


def _with_years(parts: Sequence[Part]) -> Iterator[Part]:
    """A year alone right behind a status label is the end of that label ("Actions réalisées | en 2024")."""
    last: Part | None = None
    for part in parts:
        above = last.data if last is not None else None
        if isinstance(part.data, Label) and part.data.rule == YEAR_ALONE and isinstance(above, Label) and above.role in _STATUS:
            assert last is not None
            last.data = replace(above, text=f"{above.text} {part.data.text}", period=above.period or part.data.period)
            last.lines += part.lines
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _awaits_value(parts: Sequence[Part]) -> bool:
    """Whether the last part is a field's name alone: its value is what the dump writes next."""
    return bool(parts) and parts[-1].kind == "table" and parts[-1].gap and parts[-1].rule == "field of a sheet"


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


def _goes_on(host: Part | None, part: Part) -> bool:
    """Whether a part carries on the one above it: text, or whatever the value of a field looks like."""
    if host is None or host.kind not in ("text", "table", "note"):
        return False
    return (part.kind == "text" and not part.gap) or (part.kind in ("numbered", "bare", "caption") and host.kind == "table")


def _extends(label: Label, part: Part) -> bool:
    """Whether the line below a status label is its end: "Accompli pour | tout le levier", "Et après ? | L'ensemble du pari"."""
    text = part.text
    if label.role not in _STATUS or part.kind not in ("text", "page_number") or len(text.split()) > 6 or label.rule == "sign":
        return False
    number = label.text.endswith("n°") and text.isdigit()
    scope = part.kind == "text" and text[-1:] not in ".,;:" and _SCOPE_ALONE.fullmatch(fold(text)) is not None
    return number or scope or (part.kind == "text" and wants_more(label.text))


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts regions into parts, with what the whole document shows.

    Attributes:
        lore: its own ways of labelling.
        running: its running lines, as `_bare` gives them.
        repeated: its labels (folded) that come again.
        heads: column heads written one by one (`column_heads`).
        solid: no blank lines set anything apart: a line left short does.
        last: the last heading of each word.
        numbers: lines (by ``id``) that hold nothing but the number of the title below them.
    """

    words: Words
    lore: LabelLore
    running: set[str]
    repeated: set[str]
    numbers: set[int]
    heads: Mapping[int, list[Line]]
    solid: bool = False
    last: dict[str | None, Heading] = field(default_factory=dict)

    def region(self, region: Region) -> list[Part]:
        """The parts of one region."""
        out: list[Part] = []
        before: Line | None = None
        above: Line | None = None
        width = max(len(line.text) for line in region.lines)
        number: Line | None = None
        for line in region.lines:
            if id(line) in self.heads:
                if self.heads[id(line)]:
                    out.append(Part(line.page, "heads", self.heads[id(line)], gap=True, rule="heads of columns, one by one"))
                before, above = None, line
                continue
            if id(line) in self.numbers:
                number = line
                continue
            if number is not None:
                out.append(_counted(number, line, not out))
                number, before = None, None
                continue
            free = before is None or _finished(before, width) or self._opens(before, line)
            for part in self._read(line, free, len(region.lines) == 1):
                part.gap = not out or (self.solid and above is not None and _sets_apart(above, line, width))
                if part.kind == "heading" and isinstance(part.data, Heading):
                    self.last[part.data.word] = part.data
                host = out[-1] if out else None
                if host is not None and isinstance(host.data, Label) and _extends(host.data, part):
                    host.data = replace(host.data, text=f"{host.data.text} {part.text}")
                    host.lines += part.lines
                elif _goes_on(host, part):
                    assert host is not None
                    host.lines += part.lines
                else:
                    out.append(part)
            before = line if out[-1].kind == "text" else None
            above = line
        return out

    def _opens(self, before: Line, line: Line) -> bool:
        return self.words.announces(before.text) or _counts_on(self.last, line, self.words)

    def _read(self, line: Line, free: bool, alone: bool) -> list[Part]:
        """The parts of a line; the first rule that fits decides."""
        page, text = line.page, line.text
        if PAGE_NUMBER.match(text):
            return [Part(page, "page_number", [line], rule="page number alone")]
        if is_table_head(line, self.words):
            return [Part(page, "heads", [line], rule="heads of columns")]
        if bare_line(line) in self.running:
            return [Part(page, "footer" if FOLIO.search(text) else "running_head", [line], rule="line of many pages")]
        if is_loose(line, alone) and not (self.lore.signs and sign_of(line.words[0])):
            return [Part(page, "marks", [line], rule="list marks alone")]
        if alone and len(self.lore.fields) >= 2 and fold(text.partition(":")[0]) in self.lore.fields and ":" in text[:40]:
            return [Part(page, "table", [line], rule="field of a sheet and its value")]
        return self._labels(line, free) or self._heads(line, free) or [_plain(line, free)]

    def _labels(self, line: Line, free: bool) -> list[Part]:
        """A line that is a label, or begins with one."""
        text, words, lore = line.text, self.words, self.lore
        two = _two_labels(line, words)
        if two:
            return two
        label = words.label(text)
        if label is not None and label.role == "other" and free and fold(label.text) in lore.fields:
            return [Part(line.page, "table", [line], rule="field of a sheet")]
        if free and _has_fields(text, lore.fields):
            return [Part(line.page, "table", [line], rule="fields of a sheet, with their values")]
        label = label or (lore.judged.get(fold(text)) or self._scoped(line) if free else None)
        if label is not None and _is_label(label, text, self.repeated, free):
            return [Part(line.page, "label", [line], label, rule=label.rule)]
        return (
            (_signed(line) if lore.signs else [])
            or (_dated(line, lore.years) if lore.years and free else [])
            or _inline_label(line, words, self.repeated, free, lore.judged)
            or (self._run_in(line) if lore.run_in and free else [])
        )

    def _scoped(self, line: Line) -> Label | None:
        """A status label with what it holds for: "À suivre pour tout le levier", "C'est pour bientôt, pour tout le volet"."""
        for k in range(1, len(line.words) if 3 <= len(line.words) <= 10 else 0):
            rest = fold(" ".join(word.text for word in line.words[k:]))
            head = " ".join(word.text for word in line.words[:k]).rstrip(" ,:–-")
            if _SCOPE_ALONE.fullmatch(rest):
                label = self.words.label(head) or self.lore.judged.get(fold(head))
                return replace(label, text=line.text) if label is not None and label.role in _STATUS else None
        return None

    def _run_in(self, line: Line) -> list[Part]:
        """"Bilan 2024 Le schéma a été adopté": a label and its text on one line, where the document does so."""
        for k, label in heads_of(line, self.words):
            if fold(label.text) not in self.lore.run_in:
                continue
            if label.role == "other":
                return [Part(line.page, "table", [line], rule="field of a sheet, with its value")]
            rest = Part(line.page, "text", [Line(line.words[k:])])
            return [Part(line.page, "label", [Line(line.words[:k])], label, rule="label before its text"), rest]
        return []

    def _heads(self, line: Line, free: bool) -> list[Part]:
        """A line that is a heading, or could be one."""
        page, text, words = line.page, line.text, self.words
        heading = words.heading(text)
        if heading is not None and heading.title and (above := words.heading(heading.title)) is not None and above.path:
            heading = replace(heading, title="")  # "Fiche 2 Chapitre 1 | Se loger": the chapter is named beside it
        if heading is not None and heading.path and text[:1].isupper() and (free or not heading.title):
            return [Part(page, "heading", [line], heading, title=heading.title, rule="level word and number")]
        if free and words.role_of(fold(text)) is not None and text[:1].isupper():
            return [Part(page, "bare", [line], Heading(fold(text), None, (), text.strip(), ""), rule="level word alone")]
        glued = _glued(line, words)
        if glued:
            return glued
        bare = _bare_heading(line, words) if free else None
        if bare is not None:
            return [Part(page, "bare", [line], bare, title=bare.title, rule="level word and title")]
        bare_text = without_leaders(text) if DOTTED.search(text) else text
        titled = free and len(bare_text) <= 140 and bare_text.rstrip()[-1:] not in ".;,:"
        numbered = numbered_title(bare_text) if titled else None
        if numbered is not None and not re.fullmatch(r"[a-h]|\d{3,}", numbered.label):
            title = without_leaders(numbered.title)
            return [Part(page, "numbered", [line], numbered, title=title, rule="number and title")]
        return []


def _counted(number: Line, line: Line, gap: bool) -> Part:
    """A title under the number that it goes by."""
    heading = Heading(None, int(number.text), (number.text,), number.text, line.text)
    return Part(line.page, "numbered", [number, line], heading, gap, line.text, COUNTED)


def _has_fields(text: str, fields: set[str]) -> bool:
    """Whether a line is made of a sheet's fields: "État : en cours Pilote : direction de l'eau"."""
    names = [piece.split()[-1:] for piece in text.split(":")[:-1]]
    return len(names) >= 2 and fold(text.partition(":")[0]) in fields and all(n and n[0][:1].isupper() for n in names)


def _plain(line: Line, free: bool) -> Part:
    if free and _NOTE.match(line.text):
        return Part(line.page, "note", [line], rule="note at the foot")
    if free and (_CAPTION.match(line.text) or _SOURCE.match(line.text)):
        return Part(line.page, "caption", [line], rule="names a picture")
    return Part(line.page, "text", [line])


def _bare_heading(line: Line, words: Words) -> Heading | None:
    """"Chantier Un vélo pour tous les jours": a level word and a title, without a number."""
    for k in range(min(3, len(line.words) - 1), 0, -1):
        word = " ".join(w.text for w in line.words[:k])
        title = " ".join(w.text for w in line.words[k:])
        if words.role_of(fold(word)) is None or not word[:1].isupper():
            continue
        if title[:1].isupper() and title.rstrip()[-1:] not in ".;:,!" and len(title) <= 140:
            return Heading(fold(word), None, (), word, title)
    return None


def _signed(line: Line) -> list[Part]:
    """A sign and the text behind it; or a text and the sign that the dump wrote behind it ("… en juin 2025.➜")."""
    role = sign_of(line.words[0])
    if role is not None:
        label = Label(role, line.words[0].text, None, "sign")
        rest = [Part(line.page, "text", [Line(line.words[1:])])] if len(line.words) > 1 else []
        return [Part(line.page, "label", [Line(line.words[:1])], label, rule="sign"), *rest]
    last = line.words[-1]
    role = sign_of(replace(last, text=last.text[-1:]))
    if role is None or len(line.words) < 2:
        return []
    label = Label(role, last.text[-1:], None, "sign")
    body = last.text[:-1]
    kept = (*line.words[:-1], replace(last, text=body)) if body else line.words[:-1]
    sign = Line((replace(last, text=last.text[-1:]),))
    return [Part(line.page, "text", [Line(kept)]), Part(line.page, "label", [sign], label, rule="sign behind its text")]


def _dated(line: Line, years: set[str]) -> list[Part]:
    """"2024 : Deux cours ont suivi": a year that says what was done and what is to come."""
    found = year_label(line, years)
    if found is None:
        return []
    k, label = found
    rest = [Part(line.page, "text", [Line(line.words[k:])])] if k < len(line.words) else []
    return [Part(line.page, "label", [Line(line.words[:k])], label, rule=label.rule), *rest]


def _counts_on(last: Mapping[str | None, Heading], line: Line, words: Words) -> bool:
    """Whether a line is the heading that comes next after the last of its word: "Priorité 3 : …" after "Priorité 2 : …,"."""
    heading = words.heading(line.text)
    before = last.get(heading.word) if heading is not None else None
    if heading is None or before is None or heading.number is None or before.number is None:
        return False
    return heading.path[:-1] == before.path[:-1] and heading.number == before.number + 1


def _sets_apart(above: Line, line: Line, width: int) -> bool:
    """Whether a line begins something new in a text without blank lines: the one above it was left short, or ends a sentence
    with room for another word, and it is no entry of a list."""
    first, tail = line.text.lstrip("«“\"( ")[:1], above.text.rstrip("»”\") ")[-1:]
    if is_bulleted(line.text) or not (first.isupper() or first.isdigit()) or tail in ",-’'":
        return False
    room = width - len(above.text)
    return room > max(0.25 * width, len(line.words[0].text) + 1) and (tail in ".!?" or room > 0.4 * width)


def _finished(line: Line, width: int) -> bool:
    """Whether what follows a line may be something new: it ends a sentence, or was left short without a hyphen."""
    text = line.text.rstrip("»”\") ")
    return text[-1:] in ".!?:;…" or (len(text) < 0.75 * width and text[-1:] not in ",-’'")


def _is_label(label: Label, text: str, repeated: set[str], free: bool) -> bool:
    """A label stands alone on its line, with a capital or a mark; a line end in running text makes none."""
    if text[:1].islower() or text.rstrip()[-1:] in ".,;" or is_bulleted(text) or label.role == "other":
        return False
    return free or fold(text) in repeated


def _two_labels(line: Line, words: Words) -> list[Part]:
    """Two labels of boxes side by side that the dump wrote on one line."""
    if len(line.words) > 16 or not line.text[:1].isupper() or line.text.rstrip()[-1:] in ".,;":
        return []
    for k in range(1, len(line.words)):
        if not line.words[k].text[:1].isupper():
            continue
        left, right = Line(line.words[:k]), Line(line.words[k:])
        first, second = words.label(left.text), words.label(right.text)
        if first is None or second is None or not right.text[:1].isupper() or not left.text[:1].isupper():
            continue
        roles = {first.role, second.role}
        if roles == set(_STATUS) or ("engagement" in roles and roles & set(_STATUS)):
            return [Part(line.page, "label", [piece], found) for piece, found in ((left, first), (right, second))]
    return []


def _inline_label(line: Line, words: Words, repeated: set[str], free: bool, judged: Mapping[str, Label]) -> list[Part]:
    """"Réalisé : le texte", where the document does so again and again."""
    if not free or ":" not in line.text[:60]:
        return []
    for k, word in enumerate(line.words[:-1]):
        if not word.text.endswith(":"):
            continue
        head = Line(line.words[: k + 1])
        label = words.label(head.text.rstrip(" :")) or judged.get(fold(head.text))
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


def taught_words(layouts: Sequence[PageLayout], words: Words) -> list[str]:
    """Level words that the profile does not know: they stand with a number at the head of short lines, counting up.

    Two numbers will do where nothing stands on the lines above ("Dossier n° 1", "Dossier n° 2").
    """
    seen: defaultdict[str, set[str]] = defaultdict(set)
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for layout in layouts:
        for region in layout.regions:
            for line in region.lines:
                match = _WORD_NUMBER.match(line.text)
                short = len(line.text) <= 100 and line.text.rstrip()[-1:] not in ".,;"
                if match is None or not short or words.label(line.text) is not None:
                    continue
                word = fold(match["word"])
                if words.role_of(word) is None and word not in _NO_LEVEL:
                    seen[word].add(match["number"])
                    if line is region.lines[0]:
                        apart[word].add(match["number"])
    first = {"1", "1.1", "I", "A", "01"}
    return [
        word
        for word, numbers in seen.items()
        if numbers & first and (len(numbers) >= 3 or (len(apart[word]) >= 2 and apart[word] & first))
    ]


__all__ = ["cut_pages", "taught_words"]
