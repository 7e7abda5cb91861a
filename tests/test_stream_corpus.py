"""The corpus' documents as bare text layers: what is left of a plan when nothing says where its words stood."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bilan_extract import extract
from bilan_extract.evaluate import evaluate

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.build.text_layers import text_layer  # noqa: E402

MEASURES = ("engagements", "blocks", "items")
# at least so much of each measure; only ever raised
FLOORS = {
    "dev/aines-magazine": (0.94, 0.90, 0.79),
    "dev/air-duo": (1.00, 0.94, 0.92),
    "dev/alimentation-regard": (1.00, 0.92, 0.90),
    "dev/cantines-diapos": (0.85, 0.80, 0.59),
    "dev/creches-dossier": (1.00, 1.00, 0.93),
    "dev/culture-colonnes": (0.88, 0.94, 0.80),
    "dev/dechets-signes": (0.60, 0.47, 0.53),
    "dev/demo-climat": (1.00, 0.84, 0.86),
    "dev/egalite-fil": (1.00, 1.00, 0.97),
    "dev/energie-fusion": (1.00, 0.83, 0.70),
    "dev/enfants-albums": (0.94, 0.77, 0.81),
    "dev/habitat-paysage": (1.00, 0.91, 0.90),
    "dev/jeunesse-tableau": (0.72, 0.72, 0.61),
    "dev/mobilite-marge": (1.00, 1.00, 0.91),
    "dev/numerique-fiches": (0.82, 0.83, 0.78),
    "dev/patrimoine-filets": (0.90, 0.80, 0.77),
    "dev/riviere-rapport": (1.00, 1.00, 0.89),
    "dev/route-registre": (1.00, 0.97, 0.93),
    "dev/sport-cartes": (1.00, 0.72, 0.77),
    "dev/tourisme-bandes": (1.00, 0.95, 0.97),
    "test/achats-deliberation": (0.00, 0.00, 0.00),
    "test/competences-paysage": (0.00, 0.00, 0.00),
    "test/crues-recit": (0.82, 0.80, 0.80),
    "test/insertion-brochure": (0.33, 0.00, 0.00),
    "test/quartiers-rapport": (0.66, 0.47, 0.43),
    "test/solidaire-planches": (0.63, 0.64, 0.65),
    "test/tranquillite-vis-a-vis": (0.10, 0.15, 0.13),
    "test/accueil-numeros": (1.00, 0.96, 0.91),
    "test/associations-gazette": (0.85, 0.80, 0.78),
    "test/canopee-fiches": (1.00, 1.00, 1.00),
    "test/commerce-onglets": (1.00, 0.95, 0.85),
    "test/etudiants-plan": (1.00, 0.94, 0.92),
    "test/foret-bureau": (1.00, 0.94, 0.90),
    "test/handicap-montants": (0.00, 0.06, 0.06),
    "test/lecture-zebre": (1.00, 0.75, 0.75),
    "test/littoral-deck": (1.00, 0.83, 0.92),
    "test/sante-questions": (1.00, 1.00, 1.00),
}
QUICK = ("dev/creches-dossier", "dev/mobilite-marge", "test/sante-questions", "test/lecture-zebre")


def below_floors(name: str) -> list[str]:
    gold = json.loads((ROOT / "corpus" / f"{name}.gold.json").read_text(encoding="utf-8"))
    layer = text_layer(ROOT / "corpus" / f"{name}.pdf")
    found = evaluate(gold, extract(layer.encode()))
    scores = [found.value(measure) or 0.0 for measure in MEASURES]
    return [f"{m} {s:.4f} < {f}" for m, s, f in zip(MEASURES, scores, FLOORS[name], strict=True) if s < f]


@pytest.mark.parametrize("name", QUICK)
def test_a_text_layer_of_each_kind_keeps_its_scores(name: str) -> None:
    assert below_floors(name) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FLOORS if name not in QUICK])
def test_every_text_layer_keeps_its_scores(name: str) -> None:
    assert below_floors(name) == []


def test_every_document_has_floors() -> None:
    assert set(FLOORS) == {f"{p.parent.name}/{p.stem}" for d in ("dev", "test") for p in (ROOT / "corpus" / d).glob("*.pdf")}
