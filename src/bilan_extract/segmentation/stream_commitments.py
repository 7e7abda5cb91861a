"""Commitments that a text neither labels nor numbers: where they stand tells them, as it does on pages with a geometry.

"Ouvrir les cours le samedi." between what is to come of one commitment and what was done of the next is the next one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label
from bilan_extract.segmentation.levels import LOOK
from bilan_extract.segmentation.stream_order import role_of
from bilan_extract.segmentation.stream_parts import FURNITURE, Part, Parts

# "« On pourra consulter un dentiste sans faire 80 km. »"
_QUOTED = lazy(r"^[«“\"][^»”\"]{20,}[»”\"]\s*(?:[.–—-].{0,80})?$", re.DOTALL)


def mark_commitments(parts: Parts) -> None:
    """Of a document whose labels and headings set no commitment off: its commitments (kind "commitment"), the titles over
    them as headings where it has no other below the upper level."""
    shown = [p for p in parts.all() if p.kind not in FURNITURE]
    labelled = any(role_of(p) == "engagement" for p in shown) or "engagement" in parts.role_of.values()
    found = [] if labelled else _over_labels(shown)
    for part in found:
        part.kind, part.rule = "commitment", "text between what is to come and what was done"
    if found and len(parts.role_of) < 2:
        _mark_heads(shown, parts)


def _over_labels(shown: Sequence[Part]) -> list[Part]:
    """Texts set apart right over what was done, behind the end of another commitment's blocks."""
    sure, likely = [], []
    for before, part, after in zip(shown, shown[1:], shown[2:], strict=False):
        if part.kind != "text" or not part.gap or role_of(after) != "realised" or part.bulleted:
            continue
        if before.kind in ("text", "told", "heading", "title"):
            sure.append(part)
        elif role_of(before) == "upcoming":
            likely.append(part)
    behind = [p for p in sure if _status_before(shown, p) == "upcoming"]
    if len(behind) < 2:  # the document has one commitment a heading, or none of these
        return []
    chosen = {id(p) for p in (*sure, *likely)}
    return [p for p in shown if id(p) in chosen]


def _status_before(shown: Sequence[Part], part: Part) -> str | None:
    """The last status label before a part in its section."""
    at = next(i for i, p in enumerate(shown) if p is part)
    for other in reversed(shown[:at]):
        if other.kind == "heading":
            return None
        if isinstance(other.data, Label) and other.data.role in ("realised", "upcoming"):
            return other.data.role
    return None


def _mark_heads(shown: Sequence[Part], parts: Parts) -> None:
    """Single lines without a stop ("Des lieux", "Qui me soignera ?") right over a commitment are the headings above it."""
    found = [
        part
        for part, after in zip(shown, shown[1:], strict=False)
        if after.kind == "commitment" and part.kind == "text" and part.gap and _may_head(part)
    ]
    if len(found) < 2:
        return
    for part in found:
        part.kind, part.rule, part.title = "heading", "line over commitments", part.text.strip()
        part.data = Heading(LOOK, None, (), "", part.title)
    for word in parts.role_of:
        parts.role_of[word] = "ambition"
    parts.role_of[LOOK] = "priority"


def _may_head(part: Part) -> bool:
    text = part.text.strip()
    return len(part.lines) == 1 and text[:1].isupper() and len(text) <= 90 and text[-1:] not in ".,;:…" and not part.bulleted


def mark_quotes(parts: Parts) -> None:
    """A text in quotation marks, set apart, is quoted (kind "quote") unless it stands over what was done."""
    shown = [p for p in parts.all() if p.kind not in FURNITURE]
    for part, after in zip_longest(shown, shown[1:]):
        over = after is not None and role_of(after) == "realised"
        if part.kind == "text" and not over and part.gap and len(part.lines) <= 5 and _QUOTED.match(part.text.strip()):
            part.kind, part.rule = "quote", "set apart in quotation marks"


__all__ = ["mark_commitments", "mark_quotes"]
