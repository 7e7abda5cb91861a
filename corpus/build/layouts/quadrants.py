"""A brochure: cards two by two on coloured paper, in each the idea and below it its parts, a tab of colour at their right.

The tab, which says the status, is painted before the text beside it. `X caption key | **NUMBER** words` is a key figure
in a strip across the page; `X quote` a balloon between two rows of cards.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4; margin: 14mm 12mm 17mm; }
@page letter { margin: 24mm 25mm; }
body { font: 11pt/1.4 "Lato", sans-serif; font-variant-ligatures: none; }
.delib { page: letter; font: 11pt/1.45 "Carlito", sans-serif; }
.delib .head { text-align: left; font-size: 15pt; color: #0b6e4f; }
.delib .title { text-align: left; border-left: 4pt solid #f4a259; padding-left: 4mm; }
.report { break-before: page; columns: 2; column-gap: 9mm; margin: 0 8mm; }
.report h2 { column-span: all; font: 900 22pt/1.15 "Lato"; color: #0b6e4f; margin-bottom: 6mm; }
.report p { margin-bottom: 2.6mm; } .report li { margin: 0 0 1.4mm 5mm; list-style-type: "+ "; }
.toc { margin: 9mm 8mm 0; } .toc h2 { font: 900 14pt "Lato"; color: #f4a259; margin-bottom: 3mm; }
.toc .row { border-bottom: .4pt solid #bbb; padding: 1mm 0; }
.lever { break-before: page; }
.lever .band { background: #0b6e4f; color: #fff; border-radius: 0 9mm 9mm 0; padding: 4mm 7mm; margin: 0 20mm 5mm -12mm;
    padding-left: 14mm; }
.band .label { font-size: 10pt; } .band .title { font: 900 19pt/1.15 "Lato"; }
.pair { display: flex; gap: 6mm; margin-bottom: 6mm; break-inside: avoid; align-items: stretch; }
.card { flex: 1 1 0; min-width: 0; background: #fdf6ec; border-radius: 2mm; padding: 4mm 0 3mm 4mm; }
.none { flex: 1 1 0; padding-left: 4mm; }
.card .number { color: #c8553d; font: 900 9.5pt "Lato"; padding-right: 4mm; }
.card .what { padding-right: 4mm; margin-bottom: 3mm; }
.what p { font-weight: bold; } .what p + p { font-weight: normal; margin-top: 1mm; }
.what li { list-style-type: "– "; margin-left: 4mm; }
.part { display: flex; flex-direction: row-reverse; margin-bottom: 3mm; }
.tab { flex: none; width: 22mm; color: #fff; font: bold 9pt/1.25 "Lato"; padding: 2mm 2mm; border-radius: 2mm 0 0 2mm;
    text-align: center; min-height: 9mm; }
.done .tab { background: #0b6e4f; } .soon .tab { background: #f4a259; color: #3b2406; }
.text { flex: 1; padding-right: 3mm; min-width: 0; }
.text p { margin-bottom: 1mm; } .text ul { margin: 0 0 .6mm 4mm; } .text li { list-style-type: "\\25aa  "; }
.text ul.level1 li { list-style-type: "\\203a  "; }
.lone { background: #e9f5f0; border-radius: 2mm; padding: 4mm 0 1mm 4mm; margin-bottom: 6mm; break-inside: avoid; }
.strip { display: flex; gap: 4mm; margin: 0 0 6mm; }
.strip p { flex: 1; background: #c8553d; color: #fff; border-radius: 2mm; padding: 3mm; font-size: 9pt; text-align: center; }
.strip strong { font: 900 17pt/1.1 "Lato"; display: block; }
.quote { font: italic 14pt/1.3 "Lato"; color: #c8553d; text-align: center; margin: 2mm 22mm 7mm; }
.focus { border: 1.2pt solid #c8553d; border-radius: 2mm; padding: 4mm 6mm; margin-bottom: 6mm; break-inside: avoid; }
.focus h3 { font: 900 13pt "Lato"; color: #c8553d; margin-bottom: 2mm; }
.focus p { margin-bottom: 1.4mm; } .focus li { list-style-type: "\\25aa  "; margin-left: 4mm; }
.caption { font-size: 7.8pt; font-style: italic; color: #555; margin-bottom: 4mm; } .focus .caption { margin: 0; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in cards two by two."""
    foot = content.furniture("page_number", content.meta["page_word"])
    number = margin(foot, mark, '" " counter(page)')
    css = CSS + f"@page {{ @bottom-center {{ {number} font: bold 9pt Lato; }} }}"
    body = [deliberation(content, mark), report(content, mark), _contents(content, mark)]
    for node in content.root.of("priority"):
        band = element("p", "label", node.label, mark) + element("h1", "title", node.text, mark)
        body.append(f'<section class="lever"><div class="band">{band}</div>{_cards(node, content, mark)}</section>')
    write("".join(body), css, content, mark, path)


def _contents(content: Content, mark: Mark) -> str:
    lines = [element("h2", "h", content.furniture("table_of_contents", content.meta["contents"]), mark)]
    for node in content.nodes("priority"):
        said = " – ".join(text.plain for text in (node.label, node.text) if text)
        lines.append(element("p", "row", content.furniture("table_of_contents", said), mark))
    return f'<section class="toc">{"".join(lines)}</section>'


def _cards(lever: Node, content: Content, mark: Mark) -> str:
    """The cards in rows of two; what is no card closes the row before it."""
    out: list[str] = []
    row: list[str] = []
    figures: list[str] = []

    def close() -> None:
        if row:
            if len(row) == 1:
                row.append('<div class="none"></div>')
            out.append(f'<div class="pair">{"".join(row)}</div>')
            row.clear()
        if figures:
            out.append(f'<div class="strip">{"".join(figures)}</div>')
            figures.clear()

    for node in lever.children:
        if node.kind == "engagement":
            if len(row) == 2:
                close()
            row.append(_card(node, mark))
            # what the source has under the last card of a row stands below the row
            for child in node.of("focus", "extra"):
                _below(child, out, close, figures, mark)
        elif node.kind == "block":
            close()
            out.append(f'<div class="lone">{_part(node, mark)}</div>')
        else:
            _below(node, out, close, figures, mark)
    close()
    return "".join(out)


def _below(node: Node, out: list[str], close: object, figures: list[str], mark: Mark) -> None:
    assert callable(close)
    if node.attrs.get("reason") == "caption key":
        figures.append(element("p", "key", node.text, mark))
        return
    close()
    if node.kind == "focus":
        captions = "".join(element("p", "caption", one.text, mark) for one in node.of("extra"))
        title = element("h3", "name", node.text, mark)
        out.append(f'<div class="focus">{title}{entries(node.of("para"), mark)}{captions}</div>')
    elif node.kind == "extra":
        out.append(element("p", node.attrs["reason"], node.text, mark))


def _card(node: Node, mark: Mark) -> str:
    what = f'<div class="what">{entries(node.of("entry"), mark)}</div>'
    parts = "".join(_part(block, mark) for block in node.of("block"))
    return f'<div class="card">{element("p", "number", node.label, mark)}{what}{parts}</div>'


def _part(block: Node, mark: Mark) -> str:
    name = "done" if block.attrs["status"] == "réalisé" else "soon"
    tab = f'<div class="tab">{html(block.label, mark)}</div>'
    return f'<div class="part {name}">{tab}<div class="text">{items(block, mark)}</div></div>'
