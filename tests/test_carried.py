"""Cards two abreast that a page end cuts: each half goes on with its own card, not with what was read last."""

from __future__ import annotations

import io

from documents import blocks_of
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from bilan_extract import extract

DONE, NEXT = HexColor("#dde8cb"), HexColor("#fbe3c8")


def _box(page: Canvas, x: float, top: float, height: float, fill: HexColor, lines: list[str]) -> None:
    page.setFillColor(fill)
    page.setStrokeColor(HexColor("#777777"))
    page.rect(x, 842 - top - height, 220, height, fill=1)
    page.setFillColor(HexColor("#000000"))
    for k, text in enumerate(lines):
        bold = text.startswith("*")
        page.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        page.drawString(x + 8, 842 - top - 16 - 14 * k, text.lstrip("*"))


def _two_cards() -> bytes:
    out = io.BytesIO()
    page = Canvas(out, pagesize=(595, 842), invariant=1)
    page.setFont("Helvetica-Bold", 18)
    page.drawString(50, 842 - 70, "Axe 1 : Mieux se déplacer")
    for x, title in ((50, "*Engagement 1 : Rouvrir la gare"), (320, "*Engagement 2 : Abriter les vélos")):
        _box(page, x, 620, 26, HexColor("#ffffff"), [title])
    _box(page, 50, 656, 60, DONE, ["*Réalisé", "Le quai nord est refait."])
    _box(page, 50, 726, 60, NEXT, ["*À venir", "La halle sera rouverte", "avec l’aide de la"])
    _box(page, 320, 656, 130, DONE, ["*Réalisé", "Douze abris sont posés."])
    page.showPage()
    _box(page, 50, 60, 60, NEXT, ["Région, en mai 2026."])
    _box(page, 320, 60, 60, DONE, ["Le treizième l’est depuis juin."])
    _box(page, 320, 140, 60, NEXT, ["*À venir", "Huit abris de plus."])
    page.showPage()
    page.save()
    return out.getvalue()


def test_each_half_goes_on_with_its_own_card() -> None:
    plan = extract(_two_cards(), ocr="off")
    first, second = plan.ambitions[0].priorities[0].engagements
    told = [[(b.status, " ".join(i.text for i in b.items)) for b in e.blocks] for e in (first, second)]
    assert told == [
        [("réalisé", "Le quai nord est refait."), ("à venir", "La halle sera rouverte avec l’aide de la Région, en mai 2026.")],
        [
            ("réalisé", "Douze abris sont posés. Le treizième l’est depuis juin."),
            ("à venir", "Huit abris de plus."),
        ],
    ]
    assert not [part for part in plan.set_aside if part.reason == "unclaimed"]
    assert len(blocks_of(plan)) == 4
