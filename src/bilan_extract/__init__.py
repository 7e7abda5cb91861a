"""From a French deliberation PDF to its plan.

>>> from bilan_extract import extract
>>> plan = extract("bilan.pdf")          # doctest: +SKIP
>>> plan.ambitions[0].priorities[0].engagements[0].text  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bilan_extract.errors import BilanError
    from bilan_extract.language.judge import LabelJudgement, StageJudgement, judge_label, judge_stage
    from bilan_extract.pipeline import extract
    from bilan_extract.plan import Plan
    from bilan_extract.profile import Profile, load_profile

__version__ = "0.1.0"
__all__ = [
    "BilanError",
    "LabelJudgement",
    "Plan",
    "Profile",
    "StageJudgement",
    "__version__",
    "extract",
    "judge_label",
    "judge_stage",
    "load_profile",
]

_HOMES = {
    "extract": "bilan_extract.pipeline",
    "Plan": "bilan_extract.plan",
    "Profile": "bilan_extract.profile",
    "load_profile": "bilan_extract.profile",
    "BilanError": "bilan_extract.errors",
    "judge_stage": "bilan_extract.language.judge",
    "judge_label": "bilan_extract.language.judge",
    "StageJudgement": "bilan_extract.language.judge",
    "LabelJudgement": "bilan_extract.language.judge",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that `import bilan_extract` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
