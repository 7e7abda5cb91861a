"""Commitments in a left column, and beside each, to its right, what was done and what is soon: blue and pink boxes.

The boxes of a page are painted by kind, all commitments first: the content stream tears apart what belongs together.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4; margin: 18mm 14mm 18mm; }
body { font: 10.4pt/1.4 "Carlito", sans-serif; font-variant-ligatures: none; }
.delib { font: 11pt/1.4 "EB Garamond", "Liberation Serif", serif; margin: 0 12mm; }
.report { break-before: page; margin: 0 25mm; text-align: justify; hyphens: auto; }
.report h2 { font-size: 19pt; color: #ad1457; margin-bottom: 6mm; } .report p { margin-bottom: 3mm; }
.report li { margin-left: 6mm; list-style-type: "● "; margin-bottom: 1.5mm; }
.part { break-before: page; }
.part .title { font-size: 19pt; line-height: 1.2; color: #fff; background: #1565c0; padding: 5mm 6mm;
    margin-bottom: 3mm; }
.part .title .number { display: block; font-size: 11pt; color: #bbdefb; }
.intro { font-style: italic; margin: 0 4mm 4mm; text-align: justify; hyphens: auto; }
.row { display: flex; gap: 5mm; margin-bottom: 7mm; }
.left { flex: none; width: 60mm; } .right { flex: 1; }
.what { background: #eceff1; border-radius: 3mm; padding: 4mm; font-weight: bold;
        position: relative; z-index: 1; }
.what li, .what p + p { font-weight: normal; } .what ul { margin-left: 4mm; } .what li { list-style-type: "– "; }
.card { border-radius: 3mm; padding: 3mm 4mm; margin-bottom: 3mm; position: relative; text-align: justify;
        hyphens: auto; }
.card.done { background: #e3f2fd; z-index: 3; }
.card.soon { background: #fce4ec; z-index: 2; }
.card .status { font-weight: bold; font-size: 11pt; margin-bottom: 1.5mm; }
.card.done .status { color: #1565c0; }
.card.soon .status { color: #ad1457; } .card p { margin-bottom: 1.3mm; }
.card ul { margin: 0 0 1mm 4.5mm; } .card li { list-style-type: "✓ "; margin-bottom: .8mm; }
.card ul.level1 li { list-style-type: "› "; } .card li.numbered { list-style-type: none; }
.focus { border: 2pt solid #ffb300; border-radius: 3mm; padding: 4mm 6mm; margin-bottom: 6mm; position: relative;
         z-index: 4; }
.focus .tag { font-size: 9pt; color: #ff8f00; } .focus h3 { font-size: 13pt; font-weight: bold; margin-bottom: 2mm; }
.focus .text { text-align: justify; hyphens: auto; } .focus p { margin-bottom: 1.5mm; }
.caption { font-size: 8pt; color: #555; } .focus li { margin-left: 4mm; list-style-type: "• "; }
.quote { font-size: 14pt; font-style: italic; color: #ad1457; margin: 4mm 20mm; text-align: center; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document with boxes side by side."""
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "page")
    css = (
        CSS
        + f"""
@page {{ @bottom-left {{ {margin(head, mark)} font: 8pt Carlito; }}
         @bottom-right {{ {margin(foot, mark, '" " counter(page) " sur " counter(pages)')} font: 8pt Carlito; }} }}
"""
    )
    body = [deliberation(content, mark), report(content, mark)]
    body += [_part(node, content, mark) for node in content.root.of("priority")]
    write("".join(body), css, content, mark, path)


def _part(node: Node, content: Content, mark: Mark) -> str:
    number = f'<span class="number">{html(node.label, mark)}</span>'
    out = [f'<h1 class="title">{number}{html(node.text, mark)}</h1>']
    for child in node.children:
        if child.kind == "engagement":
            out.append(_row(child, content, mark))
        elif child.kind == "block":
            out.append(_card(child, mark))
        else:
            out.append(_other(child, content, mark))
    return f'<section class="part">{"".join(out)}</section>'


def _row(node: Node, content: Content, mark: Mark) -> str:
    cards = "".join(_card(block, mark) for block in node.of("block"))
    after = "".join(_other(child, content, mark) for child in node.of("focus", "extra"))
    what = entries(node.of("entry"), mark)
    left = f'<div class="left"><div class="what">{what}</div></div>'
    return f'<div class="row">{left}<div class="right">{cards}</div></div>{after}'


def _card(block: Node, mark: Mark) -> str:
    name = "done" if block.attrs["status"] == "réalisé" else "soon"
    return f'<div class="card {name}">{element("p", "status", block.label, mark)}{items(block, mark)}</div>'


def _other(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "extra":
        return element("p", node.attrs["reason"], node.text, mark)
    if node.kind != "focus":
        return ""
    tag = element("p", "tag", content.furniture("label", content.meta["focus_label"]), mark)
    captions = "".join(element("p", child.attrs["reason"], child.text, mark) for child in node.of("extra"))
    return (
        f'<div class="focus">{tag}{element("h3", "name", node.text, mark)}'
        f'<div class="text">{entries(node.of("para"), mark)}</div>{captions}</div>'
    )
