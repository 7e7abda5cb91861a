"""How near a plan comes to the one a careful reader makes: precision, recall and F1 by level, and what was missed.

    evaluation = evaluate(gold, plan)
    evaluation.scores["items"].f1, evaluation.misses

Elements of the two plans are paired one to one, the likest first; docs/evaluate.md says what makes two elements a pair.
Entries of a gold plan marked ``"optional": true`` (figures and dates that one may find or not) count neither way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bilan_extract.pairing import Pairs, Text, best_first, likeness, likeness_of, normal, pair, within_reach
from bilan_extract.plan import Plan

Json = Mapping[str, Any]
T = TypeVar("T")

#: From which likeness of their texts on two elements can be a pair.
AMBITION, PRIORITY, ENGAGEMENT, BLOCK, ITEM, FOCUS = 0.9, 0.9, 0.9, 0.8, 0.95, 0.85
TITLE, COLLECTIVITY, ACT, CLAIM = 0.9, 0.8, 0.85, 0.6
#: The names of all scores, in the order in which they are shown.
NAMES = (
    "ambitions", "priorities", "engagements", "blocks", "items", "placement", "focus", "item_kind", "text_exact",
    "figures", "figures_aligned", "figures_unit", "figures_bound",
    "dates", "dates_aligned", "dates_edtf", "dates_approximate",
    "region_page", "region_iou",
    "document_fields", "document_legal_basis", "document_decision", "document_signatories", "document_references",
    "document_plan_title", "document_plan_period", "document_reported_progress",
)  # fmt: skip

# "12 bus" -> "12", "bus"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of elements, and what follows from them (all rounded to four decimals).

    Attributes:
        hits: elements of the gold plan that were found.
        predicted: elements that the plan gives.
        expected: elements of the gold plan.
    """

    hits: int
    predicted: int
    expected: int

    @property
    def precision(self) -> float:
        """Share of what is given that is right; 1 where nothing is given and nothing expected."""
        return round(self._precision, 4)

    @property
    def recall(self) -> float:
        """Share of what is expected that was found; 1 where nothing is expected."""
        return round(self._recall, 4)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self._precision + self._recall
        return round(2 * self._precision * self._recall / both, 4) if both else 0.0

    @property
    def value(self) -> float:
        """The one number that stands for the score: F1."""
        return self.f1

    @property
    def _precision(self) -> float:
        return self.hits / self.predicted if self.predicted else float(not self.expected)

    @property
    def _recall(self) -> float:
        return self.hits / self.expected if self.expected else 1.0

    def as_json(self) -> dict[str, float]:
        """The score as a JSON object: p, r, f1 and the three counts."""
        counts = {"hits": self.hits, "predicted": self.predicted, "expected": self.expected}
        return {"p": self.precision, "r": self.recall, "f1": self.f1, **counts}


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, 0..1.

    Attributes:
        part: how many are right, or the sum of what each is worth.
        whole: how many there are.
        of_none: the value where there are none, None where that cannot be said.
    """

    part: float
    whole: int
    of_none: float | None = None

    @property
    def value(self) -> float | None:
        """The share, rounded to four decimals."""
        return round(self.part / self.whole, 4) if self.whole else self.of_none

    def as_json(self) -> float | None:
        """The share as JSON: a number, or null."""
        return self.value


Measure = Score | Share


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference between plan and gold.

    Attributes:
        kind: of element: "item", "figure", "region" …
        where: label of the priority and what else places it.
        what: "missed", "invented" or "differs".
        gold: what the gold plan has, "" where the element was invented.
        plan: what the plan has, "" where the element was missed.
    """

    kind: str
    where: str
    what: str
    gold: str
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by name, in the order of `NAMES` (those of which the gold plan says nothing are left out), and misses."""

    scores: dict[str, Measure]
    misses: tuple[Miss, ...] = ()

    def value(self, name: str) -> float | None:
        """The score's one number (F1 or share), None where it cannot be said."""
        measure = self.scores.get(name)
        return None if measure is None else measure.value


def evaluate(gold: Json | Plan, plan: Json | Plan) -> Evaluation:
    """Compare a plan with the gold plan of the same document.

    Args:
        gold: in the form of docs/contract.md, as read from JSON (or a `Plan`, if it has no optional entries).
        plan: the plan to judge, likewise. Keys that are not there count as empty.
    """
    gold, plan = _as_json(gold), _as_json(plan)
    tally = _Tally()
    scores: dict[str, Measure] = {}
    _structure(gold, plan, tally, scores)
    scores["item_kind"] = Share(tally.hits["kind"], tally.hits["items"])
    scores["text_exact"] = Share(tally.hits["exact"], tally.hits["items"] + tally.hits["engagements"])
    _mentions("figures", _figure_key, ("unit", "bound"), tally, scores)
    _mentions("dates", _date_key, ("edtf", "approximate"), tally, scores)
    _regions(tally, scores)
    _document(gold, plan, tally, scores)
    return Evaluation({name: scores[name] for name in NAMES if name in scores}, tuple(tally.misses))


def pool(evaluations: Iterable[Evaluation]) -> Evaluation:
    """All documents as one: counts are added up, so that long documents weigh more. No misses."""
    found = [evaluation.scores for evaluation in evaluations]
    sums = ((name, _sum([scores[name] for scores in found if name in scores])) for name in NAMES)
    return Evaluation({name: measure for name, measure in sums if measure is not None})


def _sum(measures: Sequence[Measure]) -> Measure | None:
    scores = [m for m in measures if isinstance(m, Score)]
    shares = [m for m in measures if isinstance(m, Share)]
    if scores:
        return Score(sum(s.hits for s in scores), sum(s.predicted for s in scores), sum(s.expected for s in scores))
    if shares:
        return Share(sum(s.part for s in shares), sum(s.whole for s in shares), shares[0].of_none)
    return None


def _as_json(plan: Json | Plan) -> Json:
    if not isinstance(plan, Plan):
        return plan
    dumped: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
    return dumped


@dataclass(slots=True)
class _Tally:
    """What was counted on the way.

    Attributes:
        hits, predicted, expected: by name of the score.
        owners: pairs of elements that hold figures, dates and regions, with where they stand.
        missed, invented: elements of the one plan that have none in the other.
    """

    hits: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    owners: list[tuple[Json, Json, str]] = field(default_factory=list)
    missed: list[Json] = field(default_factory=list)
    invented: list[Json] = field(default_factory=list)

    def count(self, name: str, pairs: Pairs, gold: Sequence[object], plan: Sequence[object]) -> None:
        self.hits[name] += len(pairs)
        self.predicted[name] += len(plan)
        self.expected[name] += len(gold)

    def score(self, name: str) -> Score:
        return Score(self.hits[name], self.predicted[name], self.expected[name])

    def differs(self, kind: str, where: str, gold: object, plan: object) -> None:
        self.misses.append(Miss(kind, where, "differs", _shown(gold), _shown(plan)))


def _list(element: Json | None, key: str) -> list[Json]:
    return list((element or {}).get(key) or [])


def _block_text(block: Json) -> str:
    return "\n".join(item.get("text") or "" for item in _list(block, "items"))


def _shown(value: object, longest: int = 300) -> str:
    """A value on one line, for the list of misses."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    line = text.replace("\n", " / ")
    return line if len(line) <= longest else line[: longest - 1] + "…"


# -- levels


def _structure(gold: Json, plan: Json, tally: _Tally, scores: dict[str, Measure]) -> None:
    gold_ambitions, plan_ambitions = _list(gold, "ambitions"), _list(plan, "ambitions")
    ambitions = pair(_titled(gold_ambitions), _titled(plan_ambitions), AMBITION)
    tally.count("ambitions", ambitions, gold_ambitions, plan_ambitions)
    _tell_unpaired("ambition", None, ambitions, gold_ambitions, plan_ambitions, "title", tally)

    ambition_of = {j: i for i, j in ambitions}
    gold_above = [(k, p) for k, a in enumerate(gold_ambitions) for p in _list(a, "priorities")]
    plan_above = [(ambition_of.get(k), p) for k, a in enumerate(plan_ambitions) for p in _list(a, "priorities")]
    strict = pair(
        [Text((k, p.get("number")), p.get("title")) for k, p in gold_above],
        [Text((k, p.get("number")), p.get("title")) for k, p in plan_above],
        PRIORITY,
    )
    gold_priorities, plan_priorities = [p for _, p in gold_above], [p for _, p in plan_above]
    tally.count("priorities", strict, gold_priorities, plan_priorities)
    _tell_unpaired("priority", None, strict, gold_priorities, plan_priorities, "title", tally)

    placed = _Placement()
    for g, p in _todo(gold_priorities, plan_priorities):
        _priority(g, p, tally, placed)
        placed.priority += 1
    for name in ("ambitions", "priorities", "engagements", "blocks", "items", "focus"):
        scores[name] = tally.score(name)
    scores["placement"] = placed.score()


def _titled(elements: Sequence[Json]) -> list[Text]:
    return [Text(element.get("number"), element.get("title")) for element in elements]


def _alone(pairs: Pairs, gold: Sequence[T], plan: Sequence[T]) -> tuple[list[T], list[T]]:
    """The elements of either side that are in no pair."""
    known = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [element for index, element in enumerate(gold) if index not in known[0]]
    return missed, [element for index, element in enumerate(plan) if index not in known[1]]


def _tell_unpaired(
    kind: str, where: str | None, pairs: Pairs, gold: Sequence[Json], plan: Sequence[Json], text: str, tally: _Tally
) -> None:
    """Note the elements without a pair by their text, at ``where`` or their own label."""
    missed, invented = _alone(pairs, gold, plan)
    for element in missed:
        tally.misses.append(Miss(kind, where or _label(element), "missed", _shown(element.get(text))))
    for element in invented:
        tally.misses.append(Miss(kind, where or _label(element), "invented", "", _shown(element.get(text))))


def _label(element: Json | None) -> str:
    return str((element or {}).get("label") or "?")


def _todo(gold: Sequence[Json], plan: Sequence[Json]) -> list[tuple[Json | None, Json | None]]:
    """Which priority's contents are compared with which: a wrong title or number is not paid for again below."""
    left, right = _titled(gold), _titled(plan)
    candidates = [
        (likeness_of(a, b) + (a.key == b.key), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if a.key == b.key or within_reach(a, b, PRIORITY)
    ]
    pairs = sorted(best_first(candidates, PRIORITY))
    met = {i for i, _ in pairs}, {j for _, j in pairs}
    out: list[tuple[Json | None, Json | None]] = [(gold[i], plan[j]) for i, j in pairs]
    out += [(g, None) for i, g in enumerate(gold) if i not in met[0]]
    out += [(None, p) for j, p in enumerate(plan) if j not in met[1]]
    return out


@dataclass(slots=True)
class _Placement:
    """Words in the blocks of either plan, each with the priority, engagement and status that it stands in."""

    gold: Counter[Hashable] = field(default_factory=Counter)
    plan: Counter[Hashable] = field(default_factory=Counter)
    priority: int = 0

    def score(self) -> Score:
        return Score((self.gold & self.plan).total(), self.plan.total(), self.gold.total())


Place = int | str | None  # index of an engagement in gold, a name where gold has none, None for the priority itself


def _priority(gold: Json | None, plan: Json | None, tally: _Tally, placed: _Placement) -> None:
    """What stands under a priority of gold and the priority of the plan that answers to it (either may be none)."""
    where = _label(gold if gold is not None else plan)
    engagements = _owners("engagements", ENGAGEMENT, _own_text, gold, plan, where, tally)
    for i, j in engagements:
        tally.hits["exact"] += _list(gold, "engagements")[i].get("text") == _list(plan, "engagements")[j].get("text")
    _owners("focus", FOCUS, _focus_text, gold, plan, f"{where} focus", tally)

    place_of: dict[int, Place] = {j: i for i, j in engagements}
    gold_blocks = _blocks(gold, {})
    plan_blocks = _blocks(plan, {j: place_of.get(j, f"+{j + 1}") for j in range(len(_list(plan, "engagements")))})
    _compare_blocks(gold_blocks, plan_blocks, where, tally)
    _compare_items(gold_blocks, plan_blocks, where, tally)
    for bag, blocks in ((placed.gold, gold_blocks), (placed.plan, plan_blocks)):
        for place, block in blocks:
            for word in _WORD.findall(normal(_block_text(block))):
                bag[(placed.priority, place, block.get("status"), word)] += 1


def _own_text(element: Json) -> str:
    return element.get("text") or ""


def _focus_text(focus: Json) -> str:
    return f"{focus.get('title') or ''} {focus.get('text') or ''}"


def _owners(
    name: str,
    least: float,
    text: Callable[[Json], str],
    gold: Json | None,
    plan: Json | None,
    where: str,
    tally: _Tally,
) -> Pairs:
    """Pair the engagements, or the focus boxes, of two priorities."""
    left, right = _list(gold, name), _list(plan, name)
    pairs = pair([Text(None, text(e)) for e in left], [Text(None, text(e)) for e in right], least)
    tally.count(name, pairs, left, right)
    kind = name.removesuffix("s") if name != "focus" else name
    _tell_alone(kind, pairs, [(where, e, text(e)) for e in left], [(where, e, text(e)) for e in right], tally)
    tally.owners += [(left[i], right[j], where) for i, j in pairs]
    return pairs


def _tell_alone(
    kind: str,
    pairs: Pairs,
    gold: Sequence[tuple[str, Json, str]],
    plan: Sequence[tuple[str, Json, str]],
    tally: _Tally,
) -> None:
    """Note the owners of figures and dates (where, element, text) that have no pair."""
    missed, invented = _alone(pairs, gold, plan)
    for where, element, text in missed:
        tally.missed.append(element)
        tally.misses.append(Miss(kind, where, "missed", _shown(text)))
    for where, element, text in invented:
        tally.invented.append(element)
        tally.misses.append(Miss(kind, where, "invented", "", _shown(text)))


def _blocks(priority: Json | None, places: Mapping[int, Place]) -> list[tuple[Place, Json]]:
    """All blocks of a priority, those of its engagements first, each with its place."""
    of_engagements = [
        (places.get(index, index), block)
        for index, engagement in enumerate(_list(priority, "engagements"))
        for block in _list(engagement, "blocks")
    ]
    return of_engagements + [(None, block) for block in _list(priority, "blocks")]


def _spot(where: str, place: Place, status: object) -> str:
    """Where a block stands: "Priorité 2, engagement 3, réalisé" ("+1" an engagement that gold does not have)."""
    number = place + 1 if isinstance(place, int) else place
    return ", ".join([where, *([] if number is None else [f"engagement {number}"]), str(status)])


def _compare_blocks(
    gold: Sequence[tuple[Place, Json]], plan: Sequence[tuple[Place, Json]], where: str, tally: _Tally
) -> None:
    left, right = ([Text((at, b.get("status")), _block_text(b)) for at, b in side] for side in (gold, plan))
    pairs = pair(left, right, BLOCK)
    tally.count("blocks", pairs, gold, plan)
    missed, invented = _alone(pairs, gold, plan)
    for at, block in missed:
        spot = _spot(where, at, block.get("status"))
        tally.misses.append(Miss("block", spot, "missed", _shown(_block_text(block), 90)))
    for at, block in invented:
        spot = _spot(where, at, block.get("status"))
        tally.misses.append(Miss("block", spot, "invented", "", _shown(_block_text(block), 90)))


def _compare_items(
    gold: Sequence[tuple[Place, Json]], plan: Sequence[tuple[Place, Json]], where: str, tally: _Tally
) -> None:
    left, right = (
        [(at, block.get("status"), item) for at, block in side for item in _list(block, "items")]
        for side in (gold, plan)
    )
    texts = [[Text((at, status), item.get("text")) for at, status, item in side] for side in (left, right)]
    pairs = pair(texts[0], texts[1], ITEM)
    tally.count("items", pairs, left, right)
    spots = [[(_spot(where, at, s), item, _own_text(item)) for at, s, item in side] for side in (left, right)]
    _tell_alone("item", pairs, spots[0], spots[1], tally)
    for i, j in pairs:
        spot, a, b = spots[0][i][0], left[i][2], right[j][2]
        tally.owners.append((a, b, spot))
        tally.hits["exact"] += a.get("text") == b.get("text")
        tally.hits["kind"] += a.get("kind") == b.get("kind")
        if a.get("text") != b.get("text"):
            tally.differs("text", spot, a.get("text"), b.get("text"))
        if a.get("kind") != b.get("kind"):
            tally.differs("kind", spot, f"{a.get('kind')}: {_own_text(a)[:60]}", b.get("kind"))


# -- figures and dates

Key = Callable[[Json], Hashable]


def _figure_key(figure: Json) -> Hashable:
    return figure.get("kind"), _rounded(figure.get("value")), _rounded(figure.get("value_max"))


def _date_key(date: Json) -> Hashable:
    return date.get("start"), date.get("end")


def _rounded(value: Any) -> float | None:
    return None if value is None else round(float(value), 3)


def _mentions(name: str, key: Key, details: Sequence[str], tally: _Tally, scores: dict[str, Measure]) -> None:
    """Figures or dates: of pairs of owners (aligned), and of all; details are judged on those that were found."""
    right: Counter[str] = Counter()
    hits = predicted = expected = 0
    for gold_owner, plan_owner, where in tally.owners:
        found, unclaimed, hard = _align(_list(gold_owner, name), _list(plan_owner, name), key)
        for gold, plan in found:
            for detail in details:
                right[detail] += gold.get(detail) == plan.get(detail)
                if gold.get(detail) != plan.get(detail):
                    tally.differs(
                        f"{name[:-1]}_{detail}", where, f"{gold.get('text')} = {gold.get(detail)}", plan.get(detail)
                    )
        met = {id(gold) for gold, _ in found}
        for gold in hard:
            if id(gold) not in met:
                tally.misses.append(Miss(name[:-1], where, "missed", _mention(gold, key)))
        for plan in unclaimed:
            tally.misses.append(Miss(name[:-1], where, "invented", "", _mention(plan, key)))
        hits += len(found)
        predicted += len(found) + len(unclaimed)
        expected += len(hard)
    scores[f"{name}_aligned"] = Score(hits, predicted, expected)
    predicted += sum(len(_list(owner, name)) for owner in tally.invented)
    expected += sum(not m.get("optional") for owner in tally.missed for m in _list(owner, name))
    scores[name] = Score(hits, predicted, expected)
    for detail in details:
        scores[f"{name}_{detail}"] = Share(right[detail], hits)


def _mention(mention: Json, key: Key) -> str:
    parts = key(mention)
    values = " ".join("-" if part is None else str(part) for part in parts) if isinstance(parts, tuple) else ""
    return f"{mention.get('text')} = {values}"


def _align(
    gold: Sequence[Json], plan: Sequence[Json], key: Key
) -> tuple[list[tuple[Json, Json]], list[Json], list[Json]]:
    """What was found (gold, plan), what is in the plan and answers to nothing, and all that had to be found.

    A mention answers to one with the same key, of several to the nearest; what is left and lies over an optional one
    goes with it.
    """
    left = list(plan)
    found: list[tuple[Json, Json]] = []
    hard = [mention for mention in gold if not mention.get("optional")]
    for mention in hard:
        same = [k for k, other in enumerate(left) if key(other) == key(mention)]
        if same:
            start = _span(mention)[0]
            nearest = min(same, key=lambda k: abs(_span(left[k])[0] - start))
            found.append((mention, left.pop(nearest)))
    for mention in gold:
        if mention.get("optional"):
            start, end = _span(mention)
            over = (k for k, other in enumerate(left) if _span(other)[0] < end and _span(other)[1] > start)
            first = next(over, None)
            if first is not None:
                del left[first]
    return found, left, hard


def _span(mention: Json) -> tuple[int, int]:
    start, end = (mention.get("span") or (0, 0))[:2]
    return start, end


# -- regions


def _regions(tally: _Tally, scores: dict[str, Measure]) -> None:
    """Whether elements that were found stand on the right pages, and how far their boxes there cover gold's."""
    owners = right = boxes = 0
    overlap = 0.0
    for gold, plan, where in tally.owners:
        wanted = [region for region in _list(gold, "regions") if region.get("page")]
        given = [region for region in _list(plan, "regions") if region.get("page")]
        if not wanted:
            continue
        owners += 1
        pages = [sorted({region["page"] for region in side}) for side in (wanted, given)]
        right += pages[0] == pages[1]
        if pages[0] != pages[1]:
            tally.differs("region", where, f"pages {pages[0]}: {_own_text(gold)[:60]}", f"pages {pages[1]}")
        for page in pages[0]:
            box = _hull(wanted, page)
            if box is not None:
                boxes += 1
                overlap += _overlap(box, _hull(given, page))
    scores["region_page"] = Share(right, owners)
    scores["region_iou"] = Share(overlap, boxes)


Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points


def _hull(regions: Sequence[Json], page: int) -> Box | None:
    """The smallest box around an element's boxes on a page."""
    boxes = [region["bbox"] for region in regions if region["page"] == page and region.get("bbox")]
    if not boxes:
        return None
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _overlap(a: Box, b: Box | None) -> float:
    """Intersection over union, 0..1."""
    if b is None:
        return 0.0
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (a, b)]
    return width * height / (sum(areas) - width * height)


# -- the act


def _document(gold: Json, plan: Json, tally: _Tally, scores: dict[str, Measure]) -> None:
    want, have = gold.get("document") or {}, plan.get("document") or {}
    same = ("number", "session_date", "signed_on")
    checks = {key: want[key] == have.get(key) for key in same if want.get(key) is not None}
    for key, least in (("title", TITLE), ("collectivity", COLLECTIVITY)):
        if want.get(key) is not None:
            checks[key] = likeness(want[key], have.get(key)) >= least
    for key, is_right in checks.items():
        if not is_right:
            tally.differs("document", key, want[key], have.get(key))
    scores["document_fields"] = Share(sum(checks.values()), len(checks), of_none=1.0)
    for key, text in (("legal_basis", "text"), ("decision", "text"), ("signatories", "name")):
        left, right = _list(want, key), _list(have, key)
        pairs = pair([Text(None, e.get(text)) for e in left], [Text(None, e.get(text)) for e in right], ACT)
        scores[f"document_{key}"] = Score(len(pairs), len(right), len(left))
        _tell_unpaired(key, "document", pairs, left, right, text, tally)
    left_refs, right_refs = _references(want), _references(have)
    scores["document_references"] = Score((left_refs & right_refs).total(), right_refs.total(), left_refs.total())
    for reference in (left_refs - right_refs).elements():
        tally.misses.append(Miss("reference", "document", "missed", _shown(reference)))
    for reference in (right_refs - left_refs).elements():
        tally.misses.append(Miss("reference", "document", "invented", "", _shown(reference)))
    _plan_facts(gold, plan, tally, scores)


def _references(document: Json) -> Counter[Hashable]:
    """The texts that the act relies on, as kind, number, date and articles."""
    return Counter(
        (r.get("kind"), r.get("number"), r.get("date"), tuple(r.get("articles") or []))
        for basis in _list(document, "legal_basis")
        for r in _list(basis, "references")
    )


def _plan_facts(gold: Json, plan: Json, tally: _Tally, scores: dict[str, Measure]) -> None:
    """The plan's title and period and the report's own claims, each only where gold has it."""
    facts: dict[str, bool] = {}
    if gold.get("title"):
        facts["title"] = likeness(gold["title"], plan.get("title")) >= TITLE
    if gold.get("period"):
        period = plan.get("period") or {}
        same = all(gold["period"].get(end) == period.get(end) for end in ("start", "end"))
        facts["period"] = bool(period) and same
    for key, is_right in facts.items():
        scores[f"document_plan_{key}"] = Share(is_right, 1)
        if not is_right:
            tally.differs("plan", key, gold[key], plan.get(key))
    claims, given = _list(gold, "reported_progress"), _list(plan, "reported_progress")
    if claims:
        left, right = (
            [Text((claim.get("share"), claim.get("count")), claim.get("text")) for claim in side]
            for side in (claims, given)
        )
        pairs = pair(left, right, CLAIM)
        scores["document_reported_progress"] = Score(len(pairs), len(given), len(claims))
        _tell_unpaired("claim", "document", pairs, claims, given, "text", tally)
