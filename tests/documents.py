"""Every document that the suite has, and its plan, read once a run."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bilan_extract.pipeline import Analysis, analyse
from bilan_extract.plan import Block, Date, Engagement, Figure, Focus, Item, Plan, Region

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
#: Our own documents, which are always there.
CORPUS = sorted((ROOT / "corpus").glob("*/*.pdf"))
#: Documents beside the checkout, where they are there. Some of the real ones are scans.
BESIDE = [path for path in sorted(SHARED.glob("*/*")) if path.suffix in (".pdf", ".txt")]
DOCUMENTS = CORPUS


@lru_cache(maxsize=64)
def analysis_of(path: Path) -> Analysis:
    """What `analyse` finds in the document."""
    return analyse(path, ocr="off")


def plan_of(path: Path) -> Plan:
    """The document's plan."""
    return analysis_of(path).plan


Owner = Engagement | Item | Focus


def blocks_of(plan: Plan) -> list[Block]:
    """Every block of the plan."""
    out: list[Block] = []
    for ambition in plan.ambitions:
        for priority in ambition.priorities:
            out += priority.blocks
            for engagement in priority.engagements:
                out += engagement.blocks
    return out


def owners_of(plan: Plan) -> list[Owner]:
    """Everything that has a text with figures and dates."""
    out: list[Owner] = [item for block in blocks_of(plan) for item in block.items]
    for ambition in plan.ambitions:
        for priority in ambition.priorities:
            out += [*priority.engagements, *priority.focus]
    return out


def mentions_of(owner: Owner) -> list[Figure | Date]:
    """Its figures and dates, in the text's order."""
    return sorted([*owner.figures, *owner.dates], key=lambda mention: mention.span)


def regions_of(plan: Plan) -> list[Region]:
    """Every region of the plan."""
    out = [region for element in [*owners_of(plan), *blocks_of(plan)] for region in element.regions]
    for ambition in plan.ambitions:
        out += ambition.regions
        out += [region for priority in ambition.priorities for region in priority.regions]
    return out + [region for claim in plan.reported_progress for region in claim.regions]
