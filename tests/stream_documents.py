"""Short plans from invented text layers, for the tests of each rule."""

from __future__ import annotations

from bilan_extract import extract
from bilan_extract.plan import Block, Engagement, Plan, Priority


def plan_of(text: str) -> Plan:
    return extract(text.encode())


def priorities(plan: Plan) -> list[Priority]:
    return [priority for ambition in plan.ambitions for priority in ambition.priorities]


def engagements(plan: Plan) -> list[Engagement]:
    return [engagement for priority in priorities(plan) for engagement in priority.engagements]


def told(blocks: list[Block]) -> list[tuple[str, list[str]]]:
    """Status and texts of each block."""
    return [(block.status, [item.text for item in block.items]) for block in blocks]


def set_aside(plan: Plan, reason: str) -> list[str]:
    return [aside.text for aside in plan.set_aside if aside.reason == reason]
