"""Which text of a page is the commitment, what was done and what is to come, where the labels do not stand with them.

A dump in content-stream order gives a page's texts and its labels, but not which belongs to which. What helps: what a text
says (it opens with an infinitive, tells what was done, announces), that a text which breaks off is carried on by another,
how many labels of each kind the page has, and what stands next to what. The best assignment of the whole page is taken.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bilan_extract.language.judge import judge_stage
from bilan_extract.language.stage_rules import rule_stage
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Label, fold
from bilan_extract.segmentation.stream_parts import Part, is_bulleted, wants_more

ENGAGEMENT, REALISED, UPCOMING = "engagement", "realised", "upcoming"
_STATUSES = (REALISED, UPCOMING)
_MARK = lazy(r"^(?:[^\w«“\"(]+|\d{1,2}[.)])\s*")
# "32 projets", "43 000 €": a result is counted
_COUNTED = lazy(r"(?<![\w/.,°])\d[\d  ]*(?:,\d+)? ?(?:%|€|[a-zéèêà]{3,})")
_YEAR = lazy(r"\b(20\d\d)\b(?!\s?(?:€|euros|personnes|habitants))")
_UNFINISHED = lazy(r"[\w’'\-,)«(]$")
_STOPS = ".!?…:"


# commitments begun, blocks of what was done and of what is to come begun, the last text's role
_State = tuple[int, int, int, str]


@dataclass(slots=True)
class Unit:
    """A text with what carries it on elsewhere on the page; ``places`` are their places among the page's parts."""

    parts: list[Part]
    places: list[int]

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(part.text for part in self.parts)


@dataclass(slots=True)
class PageRoles:
    """What a page's texts are.

    Attributes:
        carried: units that carry on the commitment of the page before.
        engagements: units of each commitment that begins on the page.
        blocks: (status, place of its label or None, units, index into ``engagements`` or -1 for the one before).
    """

    carried: list[Unit] = field(default_factory=list)
    engagements: list[list[Unit]] = field(default_factory=list)
    blocks: list[tuple[str, int | None, list[Unit], int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Before:
    """The commitment that is open when a page begins: its text and the statuses of the blocks that it has."""

    text: str
    statuses: frozenset[str]


def assign(
    parts: Sequence[Part], before: Before | None, last_year: int | None, weights: Mapping[str, float]
) -> PageRoles:
    """The roles of a page's texts.

    Args:
        parts: labels and texts of one page, in stream order.
        before: the commitment open from the page before, None where a priority begins.
        last_year: the last year that was reported on, None where unknown.
        weights: how much each stem tells (`stem_weights`), to see which block speaks of which commitment.
    """
    units = find_units(parts)
    kinds = [_label_role(part) for part in parts]
    counts = {role: sum(k == role for k in kinds) for role in (ENGAGEMENT, *_STATUSES)}
    roles = _best_roles(units, kinds, counts, before, last_year)
    out = PageRoles()
    for unit, role in zip(units, roles, strict=True):
        if role == "start":
            out.engagements.append([unit])
        elif role == ENGAGEMENT:
            (out.engagements[-1] if out.engagements else out.carried).append(unit)
    blocks: list[tuple[str, list[Unit]]] = []
    for status in _STATUSES:
        own = [u for u, r in zip(units, roles, strict=True) if r == status]
        blocks += [(status, group) for group in _groups(own, counts[status], weights)]
    blocks.sort(key=lambda b: b[1][0].places[0])
    owners = _owners(blocks, out.engagements, before, weights)
    labels = _labels_for(blocks, kinds)
    out.blocks = [(s, label, us, o) for (s, us), label, o in zip(blocks, labels, owners, strict=True)]
    return out


def _label_role(part: Part) -> str | None:
    return part.data.role if part.kind == "label" and isinstance(part.data, Label) else None


# -- units ------------------------------------------------------------------------
def find_units(parts: Sequence[Part]) -> list[Unit]:
    """Texts with what carries them on: a sentence that breaks off, a list that a colon announces."""
    units: list[Unit] = []
    for place, part in enumerate(parts):
        if part.kind != "text":
            continue
        host = _host(units, part, place, parts)
        if host is None:
            units.append(Unit([part], [place]))
        else:
            host.parts.append(part)
            host.places.append(place)
    return units


def _host(units: list[Unit], part: Part, place: int, parts: Sequence[Part]) -> Unit | None:
    """The earlier unit that this text carries on, None where it stands for itself."""
    if not units:
        return None
    text = part.text
    last = _holder(units, place - 1)
    direct = last is not None
    last = last or units[-1]
    if text[:1].islower() or text[:1] in ")»,;(":
        waiting = [u for u in units if breaks_off(u.parts[-1])]
        waiting = waiting or [u for u in units if u.parts[-1].text.rstrip()[-1:] not in _STOPS]
        return last if direct and (last in waiting or not waiting) else (waiting or [last])[-1]
    if part.bulleted:
        return _list_host(units, part, place, parts)
    if direct and (_wants(last.parts[-1]) or _hangs(last.parts[-1], part)):
        return last
    if _cut_short(last.parts[-1]) and not opens_with_infinitive(text):
        small = any(p.kind == "text" and p.text[:1].islower() for p in parts[place + 1 :])
        return None if small else last
    if last.parts[-1].text.endswith(":") and text[:1].isdigit():
        return last
    return None


def _holder(units: Sequence[Unit], place: int) -> Unit | None:
    """The unit that the text at a place went to."""
    return next((u for u in units if place in u.places), None)


def _hangs(part: Part, after: Part) -> bool:
    """A list entry's first line, which a dump sets apart from the hanging lines below it: as long as those, and no stop."""
    last = part.lines[-1].text.rstrip()
    width = max(len(line.text) for line in (*part.lines, *after.lines))
    return is_bulleted(last) and last[-1:] not in ".!?…:;," and len(last) >= 0.7 * width


def breaks_off(part: Part) -> bool:
    """Whether a text ends in the middle of a sentence: no stop at its end, or a bracket still open."""
    text = part.text.rstrip()
    if text[-1:] in _STOPS:
        return False
    if text.count("(") > text.count(")") or text.count("«") > text.count("»"):
        return True
    return bool(_UNFINISHED.search(text)) and len(text) >= 40 and not text.endswith("etc")


def _cut_short(part: Part) -> bool:
    """Stronger: it breaks off at the end of a full line, or behind a word that wants another."""
    if not breaks_off(part):
        return False
    width = max(len(line.text) for line in part.lines)
    last = part.lines[-1].text
    return _wants(part) or last[-1:] == "," or (len(part.lines) > 2 and len(last) >= 0.8 * width)


def _wants(part: Part) -> bool:
    """Whether a text ends in a word, hyphen or open bracket behind which something has to come."""
    return wants_more(part.text)


def _list_host(units: list[Unit], part: Part, place: int, parts: Sequence[Part]) -> Unit | None:
    """The unit whose colon announces this list, or whose list it goes on with."""
    last = _holder(units, place - 1)
    tail = last.parts[-1].text.rstrip()[-1:] if last is not None else ""
    if last is not None and (_has_list(last) or tail in ":,;"):
        return None if tail == ":" and _better_later(last, part, place, parts) else last
    going_on = [u for u in units if _has_list(u) and u.parts[-1].text.rstrip()[-1:] not in _STOPS]
    if going_on and not opens_with_infinitive(part.text):
        return going_on[-1]
    waiting = [u for u in units if u.parts[-1].text.rstrip().endswith(":")]
    if not waiting:
        return None
    return None if _better_later(waiting[0], part, place, parts) else waiting[0]


def _better_later(host: Unit, part: Part, place: int, parts: Sequence[Part]) -> bool:
    """Whether a later list, in the infinitive like the text that announces one, goes with it better than this list."""
    if not opens_with_infinitive(host.text) or opens_with_infinitive(part.text):
        return False
    return any(p.kind == "text" and p.bulleted and opens_with_infinitive(p.text) for p in parts[place + 1 :])


def _has_list(unit: Unit) -> bool:
    return any(is_bulleted(line.text) for line in unit.parts[-1].lines)


@lru_cache(maxsize=4096)
def opens_with_infinitive(text: str) -> bool:
    """Whether the first words, behind a bullet, are an infinitive and its object: how commitments are worded."""
    words = _MARK.sub("", text).replace(",", " ").split()[:7]
    return len(words) > 1 and words[0][:1].isupper() and rule_stage(" ".join(words)).rule == "infinitive"


# -- roles ------------------------------------------------------------------------
@lru_cache(maxsize=4096)
def _stage(text: str, year: int | None) -> str | None:
    return judge_stage(text, year=year).stage


def _content(unit: Unit, last_year: int | None, counts: Mapping[str, int]) -> dict[str, float]:
    """How well what a unit says fits each role."""
    text = unit.text
    score = {"start": 0.0, ENGAGEMENT: 0.0, REALISED: 0.0, UPCOMING: 0.0}
    if opens_with_infinitive(text):
        score["start"] += 3.0
        score[ENGAGEMENT] += 1.5
        return score
    stage = _stage(text, last_year)
    if stage == "achevé":
        score[REALISED] += 2.0
        score[UPCOMING] -= 1.5
    elif stage == "en cours":
        score[REALISED] += 1.0
    elif stage == "prévu":
        score[UPCOMING] += 2.0
        score[REALISED] += -1.0 if counts[UPCOMING] else 0.3
    if stage is not None:
        score["start"] -= 1.0
        score[ENGAGEMENT] += 0.5 if stage == "prévu" else -0.8
    if _COUNTED.search(text):
        score["start"] -= 0.5
    years = [int(y) for y in _YEAR.findall(text)]
    if years and last_year is not None:
        if max(years) <= last_year:
            score[REALISED] += 0.7
        elif min(years) > last_year:
            score[UPCOMING] += 1.0
            score[REALISED] -= 0.7
    if unit.parts[0].bulleted:
        score["start"] -= 2.0
    return score


def fits(text: str, role: str, last_year: int | None) -> float:
    """How well a text fits a label's role, about -1..1."""
    infinitive = opens_with_infinitive(text)
    if role == ENGAGEMENT:
        return 1.0 if infinitive else 0.0
    stage = None if infinitive else _stage(text, last_year)
    if stage == "prévu":
        return 1.0 if role == UPCOMING else -1.0
    if stage == "achevé":
        return 1.0 if role == REALISED else -1.0
    return 0.0


def _nearby(unit: Unit, kinds: Sequence[str | None]) -> dict[str, float]:
    """What the labels next to a unit's texts add: one right before it counts more than one right after."""
    score = {"start": 0.0, ENGAGEMENT: 0.0, REALISED: 0.0, UPCOMING: 0.0}
    first = unit.places[0]
    for place in unit.places:
        for at, weight in ((place - 1, 1.2), (place + 1, 0.8)):
            role = kinds[at] if 0 <= at < len(kinds) else None
            if role == ENGAGEMENT and place == first:
                score["start"] += weight * 1.2
            elif role in _STATUSES:
                score[role] += weight * (1.0 if place == first else 0.4)
    return score


def _best_roles(
    units: Sequence[Unit],
    kinds: Sequence[str | None],
    counts: Mapping[str, int],
    before: Before | None,
    last_year: int | None,
) -> list[str]:
    """The roles with the best sum, by dynamic programming over the commitments begun and the blocks of each status."""
    caps = (counts[ENGAGEMENT], counts[REALISED], counts[UPCOMING])
    states: dict[_State, tuple[float, list[str]]] = {(0, 0, 0, ""): (0.0, [])}
    holders = [_holder(units, unit.places[0] - 1) for unit in units]
    above = [next((k for k in range(i) if units[k] is h), None) for i, h in enumerate(holders)]
    for i, unit in enumerate(units):
        content, near = _content(unit, last_year, counts), _nearby(unit, kinds)
        after: dict[_State, tuple[float, list[str]]] = {}
        for state, (total, path) in states.items():
            k = above[i]
            last = path[k] if k is not None else state[3]
            for role in ("start", ENGAGEMENT, REALISED, UPCOMING):
                if role == ENGAGEMENT and "start" not in path and before is None:
                    continue
                extra = _beyond_labels(role, state, last, caps)
                if role == "start" and extra and (unit.parts[0].bulleted or content[role] < 3.0):
                    continue
                gain = total + content[role] + near[role] + _step(last, role, k is not None) + extra
                reached = _reached(role, state, last, caps)
                if reached not in after or after[reached][0] < gain:
                    after[reached] = (gain, [*path, role])
        states = after

    def final(state: _State) -> float:
        missing = sum(cap - have for cap, have in zip(caps, state[:3], strict=True))
        return states[state][0] - 4.0 * missing

    return states[max(states, key=final)][1]


def _beyond_labels(role: str, state: _State, last: str, caps: tuple[int, int, int]) -> float:
    """What a role costs that the page's labels do not give: without any label, or in more blocks than labels."""
    place = {"start": 0, ENGAGEMENT: 0, REALISED: 1, UPCOMING: 2}[role]
    if role == "start":
        return -1.5 if state[0] >= caps[0] else 0.0
    if not caps[place]:
        return -3.0
    return -0.8 if role in _STATUSES and role != last and state[:3][place] >= caps[place] else 0.0


def _reached(role: str, state: _State, last: str, caps: tuple[int, int, int]) -> _State:
    starts, done, coming = state[:3]
    fresh = role != last
    return (
        min(starts + (role == "start"), caps[0]),
        min(done + (fresh and role == REALISED), caps[1]),
        min(coming + (fresh and role == UPCOMING), caps[2]),
        role,
    )


def _step(last: str, role: str, direct: bool) -> float:
    """Texts of one role tend to follow each other, and commitment, what was done, what is to come tend to that order."""
    if role == ENGAGEMENT:
        return (0.9 if direct else 0.4) if last in ("start", ENGAGEMENT) else -0.5
    if last in ("start", ENGAGEMENT) and role == REALISED:
        return 0.3
    if last == UPCOMING and role == REALISED:
        return -0.7
    return (0.6 if direct else 0.3) if role == last else 0.0


# -- blocks -----------------------------------------------------------------------
def _groups(units: list[Unit], labels: int, weights: Mapping[str, float]) -> list[list[Unit]]:
    """A status's units, cut into as many blocks as it has labels, where most stands between and they have least in common."""
    if not units:
        return []
    gaps = sorted(
        range(1, len(units)),
        key=lambda i: likeness(units[i].text, units[i - 1].text, weights) - units[i].places[0] + units[i - 1].places[-1],
    )
    cuts = sorted(gaps[: max(0, labels - 1)])
    return [units[a:b] for a, b in itertools.pairwise([0, *cuts, len(units)])]


def _owners(
    blocks: Sequence[tuple[str, list[Unit]]],
    engagements: Sequence[list[Unit]],
    before: Before | None,
    weights: Mapping[str, float],
) -> list[int]:
    """For each block the commitment that it answers (-1: the one before): by place, by words, at most one of a status."""
    owners = [*([-1] if before is not None or not engagements else []), *range(len(engagements))]
    texts = {k: " ".join(u.text for u in engagements[k]) if k >= 0 else (before.text if before else "") for k in owners}
    starts = [engagement[0].places[0] for engagement in engagements]
    fit: list[dict[int, float]] = []
    for status, units in blocks:
        at = units[0].places[0]
        passed = sum(start < at for start in starts) - 1
        own = " ".join(u.text for u in units)
        scores = {}
        for k in owners:
            score = 3.0 * likeness(own, texts[k], weights)
            score += 0.8 if k == passed else 0.35 if k == passed + 1 else 0.0
            if k == -1 and before is not None and status in before.statuses:
                score -= 0.5
            if k == -1 and before is not None and before.statuses >= set(_STATUSES):
                score -= 0.8
            scores[k] = score
        fit.append(scores)
    if len(owners) ** len(blocks) > 100_000:  # too many to try them all: each block for itself
        return [max(scores, key=lambda k: scores[k]) for scores in fit]
    best: tuple[float, tuple[int, ...]] = (-1e9, ())
    for choice in itertools.product(owners, repeat=len(blocks)):
        total = sum(scores[k] for scores, k in zip(fit, choice, strict=True))
        used = Counter((k, status) for k, (status, _) in zip(choice, blocks, strict=True))
        total -= 1.5 * sum(n - 1 for n in used.values())
        bare = sum(k not in choice for k in range(len(engagements)))
        total -= 0.3 * bare
        for i in range(1, len(blocks)):  # what is to come stands by what was done
            total += 0.5 * (choice[i] == choice[i - 1] and blocks[i][0] == UPCOMING and blocks[i - 1][0] == REALISED)
        if total > best[0]:
            best = (total, choice)
    return list(best[1])


def _labels_for(blocks: Sequence[tuple[str, list[Unit]]], kinds: Sequence[str | None]) -> list[int | None]:
    """For each block the place of its label: those of its status, in order."""
    left = {status: [i for i, k in enumerate(kinds) if k == status] for status in _STATUSES}
    return [left[status].pop(0) if left[status] else None for status, _ in blocks]


# -- likeness ---------------------------------------------------------------------
def stems(text: str) -> set[str]:
    """The beginnings of a text's longer words."""
    return {w[:6] for w in fold(text).split() if len(w) >= 4 and not w.isdigit()}


def stem_weights(texts: Sequence[str]) -> dict[str, float]:
    """How much each stem tells one text from another, 0..1: 1 for one that few texts have."""
    seen = Counter(stem for text in texts for stem in stems(text))
    return {stem: max(0.0, 1.0 - 12.0 * n / max(len(texts), 1)) if n > 2 else 1.0 for stem, n in seen.items()}


def likeness(a: str, b: str, weights: Mapping[str, float]) -> float:
    """How much two texts share of the words that tell, 0..1."""
    left, right = stems(a), stems(b)
    sizes = [max(3.0, sum(weights.get(s, 0.0) for s in own)) for own in (left, right)]
    return sum(weights.get(s, 0.0) for s in left & right) / math.sqrt(sizes[0] * sizes[1])


__all__ = [
    "Before",
    "PageRoles",
    "Unit",
    "assign",
    "breaks_off",
    "find_units",
    "fits",
    "likeness",
    "opens_with_infinitive",
    "stem_weights",
]
