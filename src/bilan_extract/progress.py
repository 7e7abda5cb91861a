"""Progress: what the blocks and their statements show of each engagement, beside what the report claims."""

from __future__ import annotations

from typing import Literal

from bilan_extract.plan import Block, Engagement, Plan, PlanWarning, Progress

State = Literal["réalisé", "en cours", "à venir"]
SURE = 0.8  # a stage judged with less certainty starts no warning


def judge_progress(plan: Plan) -> Plan:
    """``plan`` with the progress of each engagement, the counts over all, and warnings where label and verbs disagree.

    The labels come first: what stands under "réalisé" counts as done unless its verbs say that it goes on or is to come;
    done and to come together are "en cours". An engagement without a statement is left open (None).
    """
    judged = plan.model_copy(deep=True)
    settle_progress(judged)
    return judged


def settle_progress(plan: Plan) -> None:
    """`judge_progress` written into ``plan`` itself."""
    doubts = []
    for ambition in plan.ambitions:
        for priority in ambition.priorities:
            for engagement in priority.engagements:
                engagement.progress, engagement.progress_from = progress_of(engagement)
                doubts += [w for block in engagement.blocks for w in _doubts(block)]
            doubts += [w for block in priority.blocks for w in _doubts(block)]
    plan.warnings = [w for w in plan.warnings if w.code != "status_in_doubt"] + doubts
    plan.progress = count_progress(plan)


def progress_of(engagement: Engagement) -> tuple[State | None, list[tuple[int, int]]]:
    """The state that an engagement's statements show, and the places (block, item) of those that decided."""
    done: list[tuple[int, int]] = []
    ongoing: list[tuple[int, int]] = []
    ahead: list[tuple[int, int]] = []
    for b, block in enumerate(engagement.blocks):
        for i, item in enumerate(block.items):
            if item.kind == "lead_in":
                continue
            if item.stage == "en cours":
                ongoing.append((b, i))
            elif block.status == "réalisé" and item.stage != "prévu" or block.status == "à venir" and item.stage == "achevé":
                done.append((b, i))
            else:
                ahead.append((b, i))
    if ongoing or (done and ahead):
        return "en cours", sorted([*done, *ongoing, *ahead])
    if done:
        return "réalisé", done
    return ("à venir", ahead) if ahead else (None, [])


def count_progress(plan: Plan) -> Progress:
    """How many engagements of ``plan`` are realised, ongoing, upcoming, or not judged."""
    states = [e.progress for a in plan.ambitions for p in a.priorities for e in p.engagements]
    return Progress(
        engagements=len(states),
        realised=states.count("réalisé"),
        ongoing=states.count("en cours"),
        upcoming=states.count("à venir"),
        unknown=states.count(None),
    )


def _doubts(block: Block) -> list[PlanWarning]:
    """One warning for a block most of whose sure statements speak of another time than its label."""
    other = "prévu" if block.status == "réalisé" else "achevé"
    sure = [item for item in block.items if item.stage is not None and (item.stage_score or 0) >= SURE]
    against = [item for item in sure if item.stage == other]
    if not against or len(against) * 2 < len(sure):
        return []
    page = against[0].regions[0].page if against[0].regions else None
    tense = "annonce" if block.status == "réalisé" else "relate"
    return [
        PlanWarning(
            code="status_in_doubt",
            message=f"l’encadré « {block.label or block.status} » {tense} : « {against[0].text[:60]} »",
            page=page,
        )
    ]
