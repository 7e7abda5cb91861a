"""Floors: the scores that a corpus has reached once, pinned in a file, so that no change loses them unnoticed.

The file is JSON: for every document ("dev/demo-climat") the sha256 of its gold plan and the least value of each score.
Floors rise with `raised` and sink only with `reset`, that is on purpose. A renamed document keeps its own (`moved`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bilan_extract.errors import InputError, InputNotFoundError
from bilan_extract.evaluate import NAMES, Evaluation

#: How far a score may sink unnoticed: boxes differ in the last digits between versions of the PDF library.
SLACK = {"region_iou": 0.005}
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Floor:
    """What one document has to reach.

    Attributes:
        gold_sha256: of the gold plan's file that the scores were measured with.
        scores: by name, 0..1, four decimals.
    """

    gold_sha256: str
    scores: dict[str, float]


Floors = dict[str, Floor]


def load_floors(path: Path) -> Floors:
    """The floors by document.

    Raises:
        InputNotFoundError: there is no such file.
        InputError: it is no file of floors.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: Floor(str(entry["gold_sha256"]), _numbers(entry["scores"])) for name, entry in data.items()}
    except FileNotFoundError as error:
        raise InputNotFoundError(f"fichier introuvable : {path}") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{path} n'est pas un fichier de planchers ({error})") from error


def _numbers(scores: Mapping[str, object]) -> dict[str, float]:
    return {str(name): float(str(value)) for name, value in scores.items()}


def floors_text(floors: Floors) -> str:
    """The floors as JSON text: documents by name, scores in the order of `NAMES`, one document a paragraph."""
    order = {name: rank for rank, name in enumerate(NAMES)}
    data = {
        name: {
            "gold_sha256": floor.gold_sha256,
            "scores": dict(sorted(floor.scores.items(), key=lambda pair: order.get(pair[0], len(order)))),
        }
        for name, floor in sorted(floors.items())
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def gold_hash(path: Path) -> str:
    """The sha256 of a gold plan's file, line ends as they are in the repository (a checkout may change them)."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def below(floor: Floor | None, gold_sha256: str, evaluation: Evaluation) -> list[str]:
    """What is wrong with a document's scores, one French phrase each; empty where all floors are reached."""
    if floor is None:
        return ["sans plancher"]
    out = [] if floor.gold_sha256 == gold_sha256 else ["le plan de référence a changé depuis ses planchers"]
    for name, least in floor.scores.items():
        value = evaluation.value(name)
        if value is None:
            out.append(f"{name} ne se mesure plus (plancher {least:.4f})")
        elif value < least - SLACK.get(name, 0.0) - _EPSILON:
            out.append(f"{name} {value:.4f} sous {least:.4f}")
    return out


def raised(floor: Floor | None, gold_sha256: str, evaluation: Evaluation) -> Floor:
    """The floor after a measurement: of each score the higher of floor and value."""
    scores = dict(floor.scores) if floor is not None else {}
    for name, value in reset(gold_sha256, evaluation).scores.items():
        scores[name] = max(value, scores.get(name, 0.0))
    return Floor(gold_sha256, scores)


def moved(floors: Floors, gold_hashes: Mapping[str, str]) -> Floors:
    """The floors under the names that documents have now.

    Args:
        floors: by the names of then.
        gold_hashes: of all documents that are there, by the names of now. A document that has no floors takes over
            those of one that is gone and had the same gold plan.
    """
    out = dict(floors)
    for name, gold_sha256 in gold_hashes.items():
        gone = (old for old in out if old not in gold_hashes and out[old].gold_sha256 == gold_sha256)
        before = None if name in out else next(gone, None)
        if before is not None:
            out[name] = out.pop(before)
    return out


def reset(gold_sha256: str, evaluation: Evaluation) -> Floor:
    """A floor at exactly what was measured, be it lower than before."""
    values = {name: evaluation.value(name) for name in evaluation.scores}
    return Floor(gold_sha256, {name: value for name, value in values.items() if value is not None})
