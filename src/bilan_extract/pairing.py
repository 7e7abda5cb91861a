"""How alike two texts are, and which of many texts answers to which: one to one, the likest first.

Comparing letter by letter is slow, so it is done only where cheap upper bounds leave it open whether texts are alike.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

Pairs = list[tuple[int, int]]

#: Below this ratio of lengths two texts are not compared letter by letter.
COMPARABLE = 0.6
# a pair just at its bar is not lost to the last digit of a float
_EPSILON = 1e-9

# after NFKC: "l’eau" -> "l'eau", "« Bus »" -> "  bus  ", "dix‐sept" -> "dix-sept"
_TYPOGRAPHY = str.maketrans(dict.fromkeys("’‘´`", "'") | dict.fromkeys("«»“”\"", " ") | dict.fromkeys("‐‑–—", "-"))


@lru_cache(maxsize=20_000)
def normal(text: str | None) -> str:
    """The text without what typography decides: lower case, straight apostrophes, no quotes, single spaces."""
    plain = unicodedata.normalize("NFKC", text or "").lower()
    return " ".join(plain.translate(_TYPOGRAPHY).split())


def likeness(gold: str | None, plan: str | None) -> float:
    """How alike two texts are, 0..1, typography aside: twice the letters in common (in order) over all letters.

    Texts whose lengths alone keep them below 0.6 get half of what those would allow.
    """
    return likeness_of(Text(None, gold), Text(None, plan))


class Text:
    """A text to pair, with the counts that tell quickly which texts are too far from it.

    Attributes:
        key: only texts of the same key can be a pair.
        text: as `normal` makes it.
    """

    def __init__(self, key: Hashable, text: str | None) -> None:
        self.key = key
        self.text = normal(text)

    @cached_property
    def letters(self) -> Counter[str]:
        return Counter(self.text)

    @cached_property
    def trigrams(self) -> Counter[str]:
        return Counter(self.text[i : i + 3] for i in range(len(self.text) - 2))

    @cached_property
    def matcher(self) -> SequenceMatcher[str]:
        """Prepared to compare other texts with this one, which stands second."""
        return SequenceMatcher(None, "", self.text, autojunk=False)


def likeness_of(gold: Text, plan: Text) -> float:
    """`likeness`, of texts that are compared more than once."""
    a, b = gold.text, plan.text
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    most = 2 * min(len(a), len(b)) / (len(a) + len(b))
    if most < COMPARABLE:
        return most / 2
    plan.matcher.set_seq1(a)
    return plan.matcher.ratio()


def within_reach(gold: Text, plan: Text, least: float) -> bool:
    """False only if the likeness is certainly below ``least``: three upper bounds, the cheap ones first.

    The third: a likeness of r leaves m = r·total/2 letters in common, in runs between which at least one letter
    stands on its own, so in at most total − 2m + 1 runs; a run of n letters has n − 2 trigrams in common.
    """
    total = len(gold.text) + len(plan.text)
    common = least * total / 2 - _EPSILON
    if min(len(gold.text), len(plan.text)) < common:
        return False
    if (gold.letters & plan.letters).total() < common:
        return False
    needed = common - 2 * (total - 2 * common + 1)
    return needed <= 0 or (gold.trigrams & plan.trigrams).total() >= needed


def pair(gold: Sequence[Text], plan: Sequence[Text], least: float) -> Pairs:
    """Which texts answer to which, one to one: the same key, a likeness of at least ``least``, the likest first.

    Returns:
        Pairs of indices in ``gold`` and ``plan``, in order. Of pairs that are equally alike the first is taken.
    """
    by_key: dict[Hashable, tuple[list[int], list[int]]] = {}
    for side, texts in enumerate((gold, plan)):
        for index, text in enumerate(texts):
            by_key.setdefault(text.key, ([], []))[side].append(index)
    out: Pairs = []
    for left, right in by_key.values():
        if not left or not right:
            continue
        same = _identical(gold, plan, left, right)
        out += same
        done = {i for i, _ in same}, {j for _, j in same}
        left, right = [i for i in left if i not in done[0]], [j for j in right if j not in done[1]]
        near = [(i, j) for j in right for i in left if within_reach(gold[i], plan[j], least)]
        out += best_first([(likeness_of(gold[i], plan[j]), i, j) for i, j in near], least)
    return sorted(out)


def _identical(gold: Sequence[Text], plan: Sequence[Text], left: Iterable[int], right: Iterable[int]) -> Pairs:
    """The pairs of equal texts, which come before all others and need no comparing of letters."""
    waiting: dict[str, list[int]] = {}
    for j in right:
        waiting.setdefault(plan[j].text, []).append(j)
    return [(i, waiting[gold[i].text].pop(0)) for i in left if waiting.get(gold[i].text)]


def best_first(candidates: Iterable[tuple[float, int, int]], least: float) -> Pairs:
    """One-to-one pairs out of candidates (score, gold index, plan index), taken greedily from the best score down."""
    taken_gold: set[int] = set()
    taken_plan: set[int] = set()
    out: Pairs = []
    for score, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if score >= least and i not in taken_gold and j not in taken_plan:
            taken_gold.add(i)
            taken_plan.add(j)
            out.append((i, j))
    return out
