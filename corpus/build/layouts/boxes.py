"""Boxes with tab labels on their upper edge: the commitment across the page, below it done and to come side by side."""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4; margin: 22mm 17mm 20mm 17mm; }
body { font: 10pt/1.38 "Lato", sans-serif; color: #1d2b33; }
.delib { font: 11pt/1.4 "Liberation Serif", serif; page: delib; }
.report { break-before: page; columns: 2; column-gap: 9mm; text-align: justify; hyphens: auto; }
.report h2 { column-span: all; font-size: 20pt; color: #0b6e4f; margin-bottom: 6mm; text-align: left; }
.report p, .report li { margin-bottom: 2.2mm; }
.report li { margin-left: 4mm; list-style-type: "– "; }
.toc { break-before: page; }
.toc h2 { font-size: 16pt; color: #0b6e4f; margin-bottom: 5mm; }
.toc .a { font-weight: bold; margin-top: 4mm; }
.toc .p { margin: 1mm 0 0 8mm; }
.axis { break-before: page; padding-top: 25mm; }
.axis .label { font-size: 15pt; color: #d9822b; text-transform: none; }
.axis .title { font-size: 25pt; font-weight: bold; color: #0b6e4f; line-height: 1.15; margin: 2mm 0 9mm; }
.axis .intro { width: 108mm; margin-bottom: 3mm; hyphens: auto; text-align: justify; }
.priority { break-before: page; }
.band { background: #0b6e4f; color: #fff; padding: 3mm 5mm; margin-bottom: 7mm; display: flex; border-radius: 2mm; }
.band .label { width: 30mm; font-weight: bold; color: #ffd8a8; flex: none; }
.band .title { font-size: 13.5pt; line-height: 1.2; font-weight: bold; }
.box { border: 1.1pt solid #0b6e4f; border-radius: 2mm; padding: 4.5mm 4mm 3mm; position: relative; margin-bottom: 5mm;
       min-height: 9mm; }
.tab { position: absolute; top: -3.1mm; left: 5mm; background: #0b6e4f; color: #fff; padding: .6mm 3mm; font-size: 9pt;
       line-height: 1.2; border-radius: 1mm; }
.next { border-color: #d9822b; } .next .tab { background: #d9822b; }
.pair { display: flex; gap: 6mm; margin-bottom: 4mm; align-items: flex-start; }
.pair .box { flex: 1 1 0; }
.engagement { margin-bottom: 7mm; }
.box p { margin-bottom: 1.4mm; }
.box ul { margin: 0 0 1.2mm 4mm; } .box li { list-style-type: "• "; margin-bottom: 1mm; }
.box li.numbered { list-style-type: none; }
.box ul.level1 li { list-style-type: "– "; } .box ul.level2 li { list-style-type: "▪ "; }
.commitment { font-weight: bold; } .commitment .tab { background: #33556b; } .commitment { border-color: #33556b; }
.focus { background: #eef5f1; border-left: 3pt solid #0b6e4f; padding: 4mm 5mm; margin: 2mm 0 6mm; }
.focus .tag { font-size: 8.5pt; color: #0b6e4f; letter-spacing: 0; margin-bottom: 1mm; }
.focus h3 { font-size: 12pt; font-weight: bold; margin-bottom: 2mm; }
.focus .text { columns: 2; column-gap: 7mm; text-align: justify; hyphens: auto; }
.focus .text p { margin-bottom: 1.6mm; }
.focus .text li { margin-left: 4mm; list-style-type: "– "; }
.caption { font-size: 8pt; font-style: italic; color: #556; margin-top: 2mm; }
.quote { font-size: 12.5pt; font-style: italic; color: #d9822b; text-align: center; margin: 5mm 14mm; }
.note { font-size: 7.5pt; border-top: .5pt solid #999; padding-top: 1mm; margin-top: 4mm; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in boxes."""
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "p.")
    css = (
        CSS
        + f"""
@page {{ @top-right {{ {margin(head, mark)} font: 8pt Lato; }}
         @bottom-center {{ {margin(foot, mark, "counter(page)")} font: 8pt Lato; }} }}
@page delib {{ @top-right {{ content: none; }} }}
"""
    )
    body = [deliberation(content, mark), report(content, mark), _contents(content, mark)]
    for node in content.root.children:
        if node.kind == "ambition":
            body.append(_axis(node, content, mark))
    write("".join(body), css, content, mark, path)


def _contents(content: Content, mark: Mark) -> str:
    """The contents page, in the words of the source's head where they differ from the headings' (a misprint)."""
    lines = [element("h2", "h", content.furniture("table_of_contents", "Sommaire"), mark)]
    misprints = content.meta.get("contents", {})
    for node in content.nodes("ambition", "priority"):
        label, title = (text.plain if text else "" for text in (node.label, node.text))
        said = misprints.get(label, f"{label} : {title}")
        lines.append(element("p", node.kind[0], content.furniture("table_of_contents", said), mark))
    return f'<section class="toc">{"".join(lines)}</section>'


def _axis(node: Node, content: Content, mark: Mark) -> str:
    out = [element("p", "label", node.label, mark), element("h1", "title", node.text, mark)]
    out += [element("p", "intro", child.text, mark) for child in node.of("intro")]
    page = f'<section class="axis">{"".join(out)}</section>'
    return page + "".join(_priority(child, content, mark) for child in node.of("priority"))


def _priority(node: Node, content: Content, mark: Mark) -> str:
    out = [
        f'<div class="band">{element("p", "label", node.label, mark)}{element("h2", "title", node.text, mark)}</div>'
    ]
    for child in node.children:
        if child.kind == "engagement":
            out.append(_engagement(child, content, mark))
        elif child.kind == "block":
            out.append(_box(child, mark))
        elif child.kind == "focus":
            out.append(_focus(child, content, mark))
        elif child.kind == "extra":
            out.append(element("p", child.attrs["reason"], child.text, mark))
        elif child.kind == "directive" and child.attrs["name"] == "page":
            out.append('<div style="break-before: page"></div>')
    return f'<section class="priority">{"".join(out)}</section>'


def _engagement(node: Node, content: Content, mark: Mark) -> str:
    tab = element("p", "tab", content.furniture("label", content.meta["commitment_label"]), mark)
    out = [f'<div class="box commitment">{tab}{entries(node.of("entry"), mark)}</div>']
    blocks = [_box(block, mark) for block in node.of("block")]
    for at in range(0, len(blocks), 2):
        out.append(f'<div class="pair">{"".join(blocks[at : at + 2])}</div>')
    out += [_focus(child, content, mark) for child in node.of("focus")]
    out += [element("p", child.attrs["reason"], child.text, mark) for child in node.of("extra")]
    return f'<div class="engagement">{"".join(out)}</div>'


def _box(block: Node, mark: Mark) -> str:
    name = "done" if block.attrs["status"] == "réalisé" else "next"
    label = f'<p class="tab">{html(block.label, mark)}</p>'
    return f'<div class="box {name}">{label}{items(block, mark)}</div>'


def _focus(node: Node, content: Content, mark: Mark) -> str:
    tag = element("p", "tag", content.furniture("label", content.meta.get("focus_label", "Zoom")), mark)
    captions = "".join(element("p", child.attrs["reason"], child.text, mark) for child in node.of("extra"))
    return (
        f'<div class="focus">{tag}{element("h3", "title", node.text, mark)}'
        f'<div class="text">{entries(node.of("para"), mark)}</div>{captions}</div>'
    )
