"""Draws docs/plan-page.png, the README's picture: a page of the demo document beside what the library made of it.

    pip install -e '.[corpus]'
    python docs/plan_page.py
"""

from __future__ import annotations

import base64
import io
from html import escape
from pathlib import Path

from weasyprint import HTML

from bilan_extract.outputs.files import write_bytes
from bilan_extract.pipeline import analyse
from bilan_extract.plan import Block, Engagement, Priority
from bilan_extract.reading.raster import rasterise

DOCS = Path(__file__).resolve().parent
DEMO = DOCS.parent / "corpus" / "dev" / "demo-climat.pdf"
PAGE = 5
SHOWN = 0.7  # of the page's height, from its top
SHEET = (1180.0, 600.0)  # points

STYLE = f"""
@page {{ size: {SHEET[0]}pt {SHEET[1]}pt; margin: 0; background: #eef1f4 }}
body {{ margin: 0; font: 11.5pt/1.35 Lato, "DejaVu Sans", sans-serif; color: #223 }}
.page {{ position: absolute; left: 22pt; top: 22pt; width: 560pt; background: white;
  border: 0.7pt solid #aab }}
.page img {{ width: 560pt; display: block }}
.plan {{ position: absolute; left: 606pt; top: 22pt; width: 552pt }}
h1 {{ font-size: 14pt; margin: 0 0 6pt }}
h1 b, .key {{ color: #6a7a8a; font-weight: normal }}
.engagement {{ background: white; border-left: 4pt solid #2c4a6b; padding: 6pt 9pt; margin: 7pt 0 }}
.block {{ border-left: 4pt solid #0b6e4f; background: #f4faf7; padding: 5pt 9pt; margin: 6pt 0 0 }}
.coming {{ border-color: #d9822b; background: #fdf6ee }}
.item {{ margin: 4pt 0 0 }}
.found {{ font: 9.5pt/1.5 "DejaVu Sans Mono", monospace }}
.chip {{ background: #e2e8f0; border-radius: 3pt; padding: 0 4pt; margin-right: 4pt; white-space: nowrap }}
"""


def main() -> None:
    """Write the picture."""
    analysis = analyse(DEMO)
    plan = analysis.plan
    layout = analysis.layouts[PAGE - 1]
    assert layout.width is not None
    assert layout.height is not None
    data = DEMO.read_bytes()
    (picture,) = rasterise(data, [(PAGE, (layout.width, layout.height))], scale=2.4)
    picture = picture.crop((0, 0, picture.width, round(picture.height * SHOWN)))
    png = io.BytesIO()
    picture.save(png, "PNG")
    priority = next(
        priority
        for ambition in plan.ambitions
        for priority in ambition.priorities
        if priority.regions and priority.regions[0].page == PAGE
    )
    page = (
        f"<style>{STYLE}</style><div class='page'><img src='data:image/png;base64,"
        f"{base64.b64encode(png.getvalue()).decode()}'></div><div class='plan'>{_priority(priority)}</div>"
    )
    sheet = HTML(string=page).write_pdf()
    (drawn,) = rasterise(sheet, [(1, SHEET)], scale=1.5)
    out = io.BytesIO()
    drawn.quantize(128).save(out, "PNG", optimize=True)
    write_bytes(DOCS / "plan-page.png", out.getvalue())


def _priority(priority: Priority) -> str:
    head = f"<h1><b>{escape(priority.label or '')}</b> {escape(priority.title or '')}</h1>"
    return head + "".join(_engagement(engagement) for engagement in priority.engagements)


def _engagement(engagement: Engagement) -> str:
    text = "<br>".join(escape(line) for line in engagement.text.split("\n"))
    blocks = [block for block in engagement.blocks if block.regions and block.regions[0].page == PAGE]
    return (
        f"<div class='engagement'><span class='key'>engagement {engagement.id}</span> {text}{_found(engagement)}"
        f"{''.join(_block(block) for block in blocks)}</div>"
    )


def _block(block: Block) -> str:
    kind = "block" if block.status == "réalisé" else "block coming"
    period = f", {block.period.start} / {block.period.end}" if block.period else ""
    items = "".join(
        f"<div class='item'>{'<br>'.join(escape(line) for line in item.text.split(chr(10)))}{_found(item)}</div>"
        for item in block.items
    )
    label = f"<span class='key'>« {escape(block.label or '')} »{period}</span>"
    return f"<div class='{kind}'><b>{block.status}</b> {label}{items}</div>"


def _found(owner: object) -> str:
    chips = [
        f"{ {'about': '~ ', 'at_least': '≥ ', 'at_most': '≤ '}.get(f.bound, '') }{f.value:.10g} {f.unit or ''}".strip()
        for f in getattr(owner, "figures", [])
    ] + [date.edtf for date in getattr(owner, "dates", [])]
    return "<div class='found'>" + " ".join(f"<span class='chip'>{escape(chip)}</span>" for chip in chips) + "</div>"


if __name__ == "__main__":
    main()
