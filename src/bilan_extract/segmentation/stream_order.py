"""In what order a dump wrote each page: labels above their texts, behind them or anywhere, headings first or last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilan_extract.segmentation.labels import Heading, Label
from bilan_extract.segmentation.stream_parts import FURNITURE, Part, Parts
from bilan_extract.segmentation.stream_roles import fits

ROLES = ("engagement", "realised", "upcoming")


@dataclass(frozen=True, slots=True)
class DumpOrder:
    """How a dump orders its pages.

    Attributes:
        walks: labels stand with their texts, so that a page can be read from its first part to its last.
        labels_behind: each label stands behind the text that it names.
        headings_behind: a page's heading stands behind all of its labels.
        commitments_behind: a page's commitments stand behind what was done for them and what is to come.
        low: the words of headings that name commitments.
    """

    walks: bool = True
    labels_behind: bool = False
    headings_behind: bool = False
    commitments_behind: bool = False
    low: frozenset[str] = frozenset()

    def read(self, parts: Sequence[Part]) -> list[Part]:
        """The page's parts with labels and headings before what they stand over."""
        out = labels_first(parts) if self.labels_behind else list(parts)
        if self.headings_behind:
            out = headings_first(out)
        return commitments_first(out, self.low) if self.commitments_behind or is_sorted(out) else out


def find_order(parts: Parts, last_year: int | None) -> DumpOrder:
    """The order that most pages show. ``last_year`` is the last one reported on, where known."""
    follow, precede = _neighbours(parts)
    trail = labels_trail(parts, last_year)
    behind = trail and (follow >= 0.8 or (precede >= 0.9 and precede > follow))
    low = frozenset(word for word, role in parts.role_of.items() if role == "engagement")
    return DumpOrder(follow >= 0.8 or behind, behind, _headings_behind(parts), _commitments_behind(parts), low)


def role_of(part: Part) -> str | None:
    """A label's role; None for any other part."""
    return part.data.role if part.kind == "label" and isinstance(part.data, Label) else None


def _shown(parts: Sequence[Part]) -> list[Part]:
    return [p for p in parts if p.kind not in FURNITURE]


def _neighbours(parts: Parts) -> tuple[float, float]:
    """The shares of the labels that have a text right below, and right above."""
    follow = precede = total = 0
    for page in parts.pages.values():
        shown = _shown(page)
        for i, part in enumerate(shown):
            if role_of(part) in ROLES:
                total += 1
                follow += i + 1 < len(shown) and shown[i + 1].kind == "text"
                precede += i > 0 and shown[i - 1].kind == "text"
    return (follow / total, precede / total) if total else (1.0, 0.0)


def labels_trail(parts: Parts, last_year: int | None) -> bool:
    """Whether the texts before the labels say what the labels do, and better than those behind them.

    Where text stands on both sides of every label, only what it says can tell.
    """
    above = below = 0.0
    for page in parts.pages.values():
        shown = _shown(page)
        for i, part in enumerate(shown):
            before, after = shown[i - 1] if i else None, shown[i + 1] if i + 1 < len(shown) else None
            role = role_of(part)
            if role not in ROLES:
                continue
            if before is not None and before.kind == "text":
                above += fits(before.text, role, last_year)
            if after is not None and after.kind == "text":
                below += fits(after.text, role, last_year)
    return above > 1.2 * below + 1.0


def _headings_behind(parts: Parts) -> bool:
    """Whether most pages that have labels and headings write their headings behind all labels."""
    last = total = 0
    for page in parts.pages.values():
        shown = _shown(page)
        heads = [i for i, p in enumerate(shown) if p.kind == "heading"]
        labels = [i for i, p in enumerate(shown) if role_of(p) in ROLES]
        if heads and labels:
            total += 1
            last += max(labels) < min(heads)
    return total >= 3 and 5 * last >= 4 * total


def _commitments_behind(parts: Parts) -> bool:
    """Whether most pages that label commitments and statuses write the commitments last."""
    last = total = 0
    for page in parts.pages.values():
        roles = [role_of(p) for p in page if role_of(p) in ROLES]
        if "engagement" in roles and len(set(roles)) > 1:
            total += 1
            last += "engagement" not in roles[: len(roles) - roles.count("engagement")]
    return total >= 3 and 5 * last >= 4 * total


def labels_first(parts: Sequence[Part]) -> list[Part]:
    """The page with each label before the texts that it stands behind."""
    out: list[Part] = []
    at = 0
    for part in parts:
        if part.kind == "text":
            own = not part.gap and bool(out) and out[-1].kind in ("heading", "title")
            out.append(part)
            at = len(out) if own else at  # what stands right below a title is told by the title
            continue
        if part.kind in FURNITURE:  # what stands between is no end of the text that a label names
            out.append(part)
            continue
        out.insert(at, part) if role_of(part) in ROLES else out.append(part)
        at = len(out)
    return out


def _with_commitments(parts: Sequence[Part]) -> Sequence[Part]:
    """Texts set apart before the first label are the commitments, where they are as many as the labels of each status."""
    first = next((i for i, p in enumerate(parts) if role_of(p) in ROLES), 0)
    labels = Counter(role_of(p) for p in parts if role_of(p) in ROLES)
    head = max((i + 1 for i, p in enumerate(parts[:first]) if p.kind in ("heading", "title")), default=0)
    apart = [p for p in parts[head:first] if p.kind == "text" and p.gap]
    if "engagement" not in labels and len(apart) == max(labels.values(), default=0) > 1:
        for part in apart:
            part.kind, part.rule = "commitment", "texts before as many labels of each status"
    return parts


def headings_first(parts: Sequence[Part]) -> list[Part]:
    """The page with what stands from its first heading on before all else."""
    at = next((i for i, p in enumerate(parts) if p.kind in ("heading", "title")), len(parts))
    return [*parts[at:], *parts[:at]]


def is_sorted(parts: Sequence[Part]) -> bool:
    """Whether a page is written kind by kind: all of what was done, all of what is to come, as many labels of each.

    "Bientôt", "Bientôt", "Fait", "Fait": the first of each belong together.
    """
    roles = [role_of(p) for p in parts if role_of(p) in ROLES]
    counts = Counter(roles)
    changes = sum(a != b for a, b in pairwise(roles))
    return len(counts) >= 2 and min(counts.values()) >= 2 and len(set(counts.values())) == 1 and changes == len(counts) - 1


def commitments_first(parts: Sequence[Part], low: frozenset[str] = frozenset()) -> list[Part]:
    """The page with each commitment before its blocks: the first one before the first block of each status, and so on.

    Labels stand before their texts already. ``low``: the words of headings that name commitments.
    """
    head: list[Part] = []
    groups: list[list[Part]] = []
    kinds: list[str] = []
    for part in _with_commitments(parts):
        kind = _group_kind(part, low)
        if kind is not None or (part.kind == "heading" and groups):
            groups.append([part])
            kinds.append(kind or "other")
        else:
            (groups[-1] if groups else head).append(part)
    order = {"name": 0, "engagement": 1, "realised": 2, "upcoming": 3}
    ranks = Counter[str]()
    keyed: list[tuple[int, int, list[Part]]] = []
    for kind, group in zip(kinds, groups, strict=True):
        keyed.append((ranks[kind], order.get(kind, 4), group))
        ranks[kind] += 1
    keyed.sort(key=lambda entry: entry[:2])
    return [*head, *(part for _, _, group in keyed for part in group)]


def _group_kind(part: Part, low: frozenset[str]) -> str | None:
    """What a part opens: "name" (a commitment's heading), "engagement", "realised", "upcoming", or None."""
    if part.kind == "heading" and isinstance(part.data, Heading) and part.data.word in low:
        return "name"
    role = "engagement" if part.kind == "commitment" else role_of(part)
    return role if role in ROLES else None


__all__ = [
    "ROLES",
    "DumpOrder",
    "commitments_first",
    "find_order",
    "headings_first",
    "is_sorted",
    "labels_first",
    "labels_trail",
    "role_of",
]
