"""Scores on the reference document, and the bars they may not fall below. Skips where it is not beside us."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from documents import SHARED, plan_of

REFERENCE = SHARED / "reference"
SCORE = SHARED / "score" / "score.py"

PDF_BARS = {
    "ambitions": 1.0,
    "priorities": 1.0,
    "engagements": 1.0,
    "blocks": 1.0,
    "focus": 1.0,
    "items": 0.98,
    "placement": 0.99,
    "text_exact": 0.97,
    "figures": 0.97,
    "figures_unit": 0.95,
    "figures_bound": 0.95,
    "dates": 0.97,
    "dates_edtf": 0.97,
    "region_page": 1.0,
    "region_iou": 0.80,
    "document_fields": 1.0,
    "document_legal_basis": 1.0,
    "document_references": 1.0,
    "document_decision": 1.0,
    "document_signatories": 1.0,
    "document_reported_progress": 1.0,
}
TEXT_BARS = {"ambitions": 1.0, "priorities": 1.0, "placement": 0.80, "figures": 0.85}


def scores(source: str, gold: str, folder: Path) -> dict[str, Any]:
    """What the scoring program says of our plan of that source."""
    for path in (REFERENCE / source, REFERENCE / gold, SCORE):
        if not path.is_file():
            pytest.skip(f"{path.name} is not beside the checkout")
    plan = folder / "plan.json"
    plan.write_text(plan_of(REFERENCE / source).to_json(), encoding="utf-8")
    command = [sys.executable, str(SCORE), str(REFERENCE / gold), str(plan), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def below(found: dict[str, Any], bars: dict[str, float]) -> dict[str, tuple[Any, float]]:
    """The scores that are not at their bar, with the bar."""
    values = {name: found[name]["f1"] if isinstance(found[name], dict) else found[name] for name in bars}
    return {name: (values[name], bar) for name, bar in bars.items() if values[name] is None or values[name] < bar}


def test_the_pdf(tmp_path: Path) -> None:
    assert not below(scores("deliberation-2025-8.pdf", "gold.json", tmp_path), PDF_BARS)


def test_the_text_layer(tmp_path: Path) -> None:
    assert not below(scores("source.txt", "gold-source.json", tmp_path), TEXT_BARS)


def test_the_text_layer_has_no_boxes_and_says_that_its_order_is_a_guess() -> None:
    source = REFERENCE / "source.txt"
    if not source.is_file():
        pytest.skip("source.txt is not beside the checkout")
    from documents import regions_of

    plan = plan_of(source)
    regions = regions_of(plan)
    assert regions
    assert all(region.bbox is None for region in regions)
    assert any("ordre" in warning.message for warning in plan.warnings)
