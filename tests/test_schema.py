"""The published schema is the models' own, every plan keeps to it, and docs/contract.md leaves no key out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from documents import DOCUMENTS, plan_of
from plans import make_plan

from bilan_extract.plan import Plan

ROOT = Path(__file__).resolve().parents[1]
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "plan.schema.json").read_text(encoding="utf-8"))


def test_the_published_schema_is_true() -> None:
    same = Plan.model_json_schema() == SCHEMA
    assert same, "the models have changed: bilan-extract schema -o docs/plan.schema.json"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_plan_keeps_to_the_schema(path: Path) -> None:
    check(json.loads(plan_of(path).to_json()))


def test_a_plan_with_everything_keeps_to_the_schema() -> None:
    check(json.loads(make_plan().to_json()))


def check(plan: dict[str, Any]) -> None:
    wrong = [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(plan)]
    assert not wrong
    assert set(plan) == set(SCHEMA["properties"])
    for name, element in elements(plan, "Plan"):
        assert set(element) == set(SCHEMA["$defs"][name]["properties"] if name != "Plan" else SCHEMA["properties"])


def elements(value: dict[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    """Every object in the plan with the name of its definition, found by walking the schema beside it."""
    properties = SCHEMA["properties"] if name == "Plan" else SCHEMA["$defs"][name]["properties"]
    found = [(name, value)]
    for key, inner in value.items():
        names = re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(properties[key]))
        for child in inner if isinstance(inner, list) else [inner]:
            if isinstance(child, dict) and names:
                found += elements(child, names[0])
    return found


def test_every_key_is_described() -> None:
    page = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`(\w+)`", page))
    keys = set(SCHEMA["properties"])
    for name, definition in SCHEMA["$defs"].items():
        if name != "AppliedCorrection":  # docs/outputs/corrections.md has those
            keys |= set(definition.get("properties", {}))
    keys -= {"page", "bbox", "start", "end"}  # shown in braces
    assert keys <= described, sorted(keys - described)


def test_every_warning_code_is_described() -> None:
    page = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    # PlanWarning(code="page_without_text", … ; self.doubt("duplicate_number", …
    codes = set(re.findall(r'(?:PlanWarning\(\s*code=|\.doubt\(\s*|Doubt\(\s*)"(\w+)"', source))
    assert codes, "the pattern finds none"
    assert not {code for code in codes if f"`{code}`" not in page}
    reasons = set(SCHEMA["$defs"]["SetAside"]["properties"]["reason"]["enum"])
    assert not {reason for reason in reasons if reason not in page}
