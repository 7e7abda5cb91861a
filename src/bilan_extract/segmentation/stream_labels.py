"""Labels of a text without geometry in words that no profile holds, run into their text, or said by a sign or a year.

What a page would show by setting, a text can only show by repetition: each of these counts where the document uses it again
and again. The words are judged as those of pages with a geometry are (`judge_label`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bilan_extract.document import Line, PageLayout, Word
from bilan_extract.language.judge import judge_label
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Label, Words, fold
from bilan_extract.segmentation.marking import _ROLES, _SIGNS, SURE, _only_years, _signs_are_labels
from bilan_extract.segmentation.periods import period_of
from bilan_extract.segmentation.table_heads import LEVEL, judged_label, level_of

STATUSES = ("realised", "upcoming")
_MOST = 16  # words of a line of column heads
# "faireFait", "2024Mesures": two heads that a dump wrote from right to left
_JOINT = lazy(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Ý][a-zà-ÿ])")
YEAR_ALONE = "a year alone"
_LONGEST = 8  # words of a label
# "2024 : Deux cours ont suivi", "En 2025 :"
_YEAR = lazy(r"^(?:en |pour )?((?:19|20)\d\d)\s*:", re.IGNORECASE)
# "✔", "•", "– –": marks that a dump wrote without the text that they stand before
_LOOSE = lazy(r"^(?:[^\w\s«»“”\"()]|[oA-Z\uf000-\uf0ff])(?:\s+(?:[^\w\s«»“”\"()]|[o\uf000-\uf0ff]))*$")


@dataclass(slots=True)
class LabelLore:
    """What a document's labels look like.

    Attributes:
        judged: labels that fill a line, in words that the profile does not know, by their folded text.
        run_in: folded labels that stand before their text on its first line, without a colon.
        signs: check marks and arrows stand for the statuses.
        years: folded years that stand for a status, before a colon or on a line of their own ("En 2025").
        fields: folded names of a sheet's other fields ("Pilote", "Coût total").
    """

    judged: dict[str, Label] = field(default_factory=dict)
    run_in: set[str] = field(default_factory=set)
    signs: bool = False
    years: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)


def learn_labels(layouts: Sequence[PageLayout], words: Words) -> LabelLore:
    """The document's own ways of labelling."""
    lore = LabelLore(judged=_judged(layouts, words), signs=_signs_are_labels(layouts, words))
    lines = [line for layout in layouts for region in layout.regions for line in region.lines]
    lore.years = _years(lines)
    lore.fields = _fields(lines, words)
    lore.run_in = _run_in(lines, words, lore)
    return lore


def is_loose(line: Line, alone: bool) -> bool:
    """Whether a line holds nothing but list marks, or (``alone`` in its region) a letter that opens a chapter."""
    return _LOOSE.match(line.text) is not None and (alone or not line.text.isupper())


def _judged(layouts: Sequence[PageLayout], words: Words) -> dict[str, Label]:
    """Short lines that come again within pages, not at their edges as running lines do, and that the judge knows."""
    seen: Counter[str] = Counter()
    edge: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for layout in layouts:
        lines = [line for region in layout.regions for line in region.lines]
        for i, line in enumerate(lines):
            text = line.text if ":" not in line.text[:60] else line.text[: line.text.index(":")].rstrip()
            if not _could_be_label(text, words):
                continue
            seen[fold(text)] += 1
            edge[fold(text)] += i in (0, len(lines) - 1)
            texts.setdefault(fold(text), text)
    out: dict[str, Label] = {}
    for key, text in texts.items():
        if seen[key] < 2 or 5 * edge[key] >= 4 * seen[key]:
            continue
        found = judge_label(text)
        role = _ROLES.get(found.role or "")
        if role is not None and found.score >= SURE:
            out[key] = Label(role, text.rstrip(" :"), period_of(text), f"judged, {found.rule}")
    return out


def _years(lines: Sequence[Line]) -> set[str]:
    before_colon = Counter(match[1] for line in lines if (match := _YEAR.match(line.text)))
    alone = Counter(fold(line.text) for line in lines if _only_years(line.text) and not line.text[0].isdigit())
    out = {key for key, n in alone.items() if n >= 3}
    return out | set(before_colon) if sum(n >= 3 for n in before_colon.values()) >= 2 else out


def _could_be_label(text: str, words: Words) -> bool:
    if len(text) > 60 or not text[:1].isupper() or text.rstrip()[-1:] in ".,;" or len(text.split()) > _LONGEST:
        return False
    return words.label(text) is None and words.heading(text) is None and words.role_of(fold(text)) is None


def _fields(lines: Sequence[Line], words: Words) -> set[str]:
    """Names of a sheet's other fields: they come again, and the fields of the statuses with them."""
    seen: Counter[str] = Counter()
    for line in lines:
        name = line.text.partition(":")[0].strip()
        label = words.label(name) if name[:1].isupper() and words.heading(name) is None else None
        if label is not None and label.role == "other" and len(label.text.split()) <= 4:
            seen[fold(label.text)] += 1
    return {key for key, n in seen.items() if n >= 2}


def heads_of(line: Line, words: Words) -> Iterator[tuple[int, Label]]:
    """Labels that a line may begin with before a text of its own, the longest first, each with its number of words."""
    for k in range(min(len(line.words) - 1, _LONGEST), 0, -1):
        after = line.words[k].text
        if not (after[:1].isupper() or after[:1].isdigit() or after[:1] in "«“\"•▸►➢❖■-–"):
            continue
        text = " ".join(word.text for word in line.words[:k])
        label = words.label(text) if text[:1].isupper() or not text[:1].isalnum() else None
        if words.heading(line.text) is not None or text.split()[-1][:1] in "•▸►➢❖■-–":
            continue
        if label is None or ":" in text or label.role not in (*STATUSES, "engagement", "other"):
            continue
        if label.role == "other" and _is_field(line.words[: k - 1], words):
            continue  # a field's name is as short as it can be: "Pilote", not "Pilote Direction"
        yield k, label


def _is_field(names: Sequence[Word], words: Words) -> bool:
    label = words.label(" ".join(word.text for word in names)) if names else None
    return label is not None and label.role == "other"


def _run_in(lines: Sequence[Line], words: Words, lore: LabelLore) -> set[str]:
    """Labels at the head of lines, where both statuses come so, and each more often than on a line of its own."""
    inside: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    roles: dict[str, str] = {}
    for line in lines:
        label = words.label(line.text)
        if label is not None and label.role != "other":
            alone[fold(label.text)] += 1
            continue
        for _, head in heads_of(line, words):
            inside[fold(head.text)] += 1
            roles[fold(head.text)] = head.role
            break
    often = {key for key, n in inside.items() if n >= 2 and n >= alone[key]}
    both = {roles[key] for key in often} >= set(STATUSES)
    return often if both else set()


def sign_of(word: Word) -> str | None:
    """The status that a check mark or an arrow stands for."""
    return _SIGNS.get(word.text) if len(word.text) <= 2 else None


def year_label(line: Line, years: set[str]) -> tuple[int, Label] | None:
    """A year at the head of a line: how many words it takes, and the label (role "year")."""
    if fold(line.text) in years:
        return len(line.words), Label("year", line.text.rstrip(" :"), period_of(line.text), YEAR_ALONE)
    match = _YEAR.match(line.text)
    if match is None or match[1] not in years:
        return None
    k = next((i for i, word in enumerate(line.words, 1) if word.text.endswith(":")), None)
    return None if k is None else (k, Label("year", match[0].rstrip(" :"), period_of(match[1]), "year before a colon"))


def split_heads(text: str, words: Words) -> list[str] | None:
    """The column heads that make up a line, from left to right; None where it is no line of heads."""
    tokens = _JOINT.sub(" ", text).split()
    if not 2 <= len(tokens) <= _MOST or text.rstrip()[-1:] in ".;,:":
        return None

    best: list[tuple[str, ...] | None] = [None] * len(tokens) + [()]  # the most heads from each token on
    for i in range(len(tokens) - 1, -1, -1):
        if not tokens[i][:1].isupper():
            continue
        for k in range(i + 1, min(len(tokens), i + 6) + 1):
            after, head = best[k], " ".join(tokens[i:k])
            more = after is not None and (best[i] is None or len(after) >= len(best[i] or ()))
            if more and after is not None and head_label(head, words) is not None:
                best[i] = (head, *after)
    found = best[0]
    return list(found) if found is not None and len(found) >= 2 else None


def head_label(head: str, words: Words) -> Label | None:
    """What a column's head says by itself."""
    label = words.label(head)
    if label is not None and label.role in (*STATUSES, "other", "engagement"):
        level = level_of(head, words) if label.role == "engagement" else None
        return Label(level, head, None, LEVEL) if level is not None else label
    level = level_of(head, words) if len(head.split()) <= 3 else None
    if level is not None:
        return Label(level, head, None, LEVEL)
    if re.fullmatch(r"n|numeros?|ref", fold(head)):
        return Label("other", head, None, "number of the row")
    return judged_label(head) if len(head.split()) <= 4 else None


def is_table_head(line: Line, words: Words) -> bool:
    """Whether a line is the heads of a table's columns: both statuses, and a level's or another column's name."""
    named = sum(word.text[:1].isupper() for word in line.words)
    heads = split_heads(line.text, words) if named >= 2 or _JOINT.search(line.text) else None
    if heads is None or len(heads) < 3:
        return False
    return set(STATUSES) <= {label.role for head in heads if (label := head_label(head, words)) is not None}


def column_heads(layouts: Sequence[PageLayout], words: Words) -> dict[int, list[Line]]:
    """Column heads that a dump writes one by one, in the same order again and again and hardly ever otherwise.

    By ``id`` of each of their lines: all of them for the first, nothing for those after it.
    """
    runs = [run for layout in layouts for run in _head_runs(layout, words)]
    often = Counter(tuple(fold(line.text) for line in run) for run in runs)
    single = Counter(fold(line.text) for layout in layouts for region in layout.regions for line in region.lines)
    out: dict[int, list[Line]] = {}
    for run in runs:
        own = tuple(fold(line.text) for line in run)
        if often[own] >= (2 if len(own) > 2 else 3) and all(5 * often[own] >= 4 * single[text] for text in own):
            out |= {id(line): [] for line in run} | {id(run[0]): run}
    return out


def _may_be_head(line: Line, words: Words) -> bool:
    heading = words.heading(line.text)
    return len(line.words) <= 5 and line.text[:1].isupper() and (heading is None or not heading.path)


def _head_runs(layout: PageLayout, words: Words) -> Iterator[list[Line]]:
    """Runs of lines that are heads of columns, both statuses and another among them."""
    run: list[Line] = []
    roles: set[str] = set()
    for line in [*(x for region in layout.regions for x in region.lines), None]:
        label = head_label(line.text, words) if line is not None and _may_be_head(line, words) else None
        if label is not None and line is not None:
            run.append(line)
            roles.add(label.role)
            continue
        if 2 <= len(run) <= 6 and set(STATUSES) <= roles:
            yield run
        run, roles = [], set()


__all__ = [
    "YEAR_ALONE",
    "LabelLore",
    "column_heads",
    "head_label",
    "heads_of",
    "is_loose",
    "is_table_head",
    "learn_labels",
    "sign_of",
    "split_heads",
    "year_label",
]
