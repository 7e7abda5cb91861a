"""Boxes with their labels turned by ninety degrees in a strip of colour at their left; two or three commitments a page.

The labels of a page are painted first, then the commitments, then what comes, then what was done. `hidden` in the head
is a heading left over from another page, printed white on white under a priority's band.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4; margin: 20mm 15mm 19mm 15mm; }
body { font: 11.4pt/1.34 "Linux Biolinum O", sans-serif; color: #222; }
.delib { font: 11.3pt/1.4 "Linux Libertine O", serif; margin: 0 8mm; }
.report { break-before: page; margin: 0 14mm 9mm; }
.report h2 { font-size: 20pt; color: #4a1a6b; margin-bottom: 5mm; }
.report p { margin-bottom: 2.6mm; text-align: justify; hyphens: auto; }
.report li { margin: 0 0 1.5mm 6mm; list-style-type: "■ "; }
.toc { margin: 0 14mm; } .toc h2 { font-size: 15pt; color: #4a1a6b; margin-bottom: 3mm; }
.toc .a { margin-top: 3mm; font-weight: bold; } .toc .p { margin-left: 7mm; }
.ambition { break-before: page; background: #4a1a6b; color: #fff; padding: 6mm 8mm; margin-bottom: 4mm; }
.ambition .label { font-size: 11pt; letter-spacing: .6pt; }
.ambition .title { font-size: 21pt; line-height: 1.15; font-weight: bold; }
.intro { margin: 0 4mm 4mm; font-size: 11.5pt; text-align: justify; hyphens: auto; }
.band { border-bottom: 2.2pt solid #4a1a6b; padding: 1mm 0 1.6mm; margin-bottom: 4mm; break-after: avoid; }
.band span.l { color: #b0318b; font-size: 12pt; font-weight: bold; padding-right: 4mm; }
.band h2 { font-size: 14.5pt; line-height: 1.2; font-weight: bold; color: #4a1a6b; }
.band .hidden { color: #fff; font-size: 6pt; line-height: 1; }
.turn { break-before: page; }
.row { display: flex; margin-bottom: 2.2mm; break-inside: avoid; }
.side { flex: none; width: 11mm; position: relative; background: #4a1a6b; color: #fff; min-height: 28mm; }
.side p { position: absolute; left: 50%; top: 50%; width: 28mm; height: 9mm; margin: -4mm 0 0 -14mm;
    transform: rotate(-90deg); text-align: center; font-size: 9pt; line-height: 4.5mm; font-weight: bold; }
.one .side { min-height: 25mm; } .one .side p { line-height: 9mm; }
.body { flex: 1; border: .8pt solid #4a1a6b; padding: 2.5mm 4mm; position: relative; z-index: 1; }
.what .body { font-weight: bold; background: #f4eef8; } .what li { font-weight: normal; }
.done .side { background: #2f7d4f; } .done .body { border-color: #2f7d4f; z-index: 3; }
.soon .side { background: #c9701a; } .soon .body { border-color: #c9701a; z-index: 2; }
.body p { margin-bottom: 1.2mm; } .body ul { margin: 0 0 1mm 5mm; } .body li { list-style-type: "• "; }
.body ul.level1 li { list-style-type: "o "; } .body ul.level2 li { list-style-type: "- "; }
.engagement { margin-bottom: 5.5mm; }
.wide { border: 1.6pt dashed #2f7d4f; padding: 3mm 5mm; margin-bottom: 5mm; break-inside: avoid; }
.wide .status { font-weight: bold; color: #2f7d4f; margin-bottom: 1.5mm; }
.wide ul { margin-left: 5mm; } .wide li { list-style-type: "• "; }
.focus { background: #fdf3d8; padding: 4mm 6mm; margin: 0 0 5mm 11mm; break-inside: avoid; }
.focus h3 { font-size: 12.5pt; font-weight: bold; color: #c9701a; margin-bottom: 1.5mm; }
.focus .text { columns: 2; column-gap: 6mm; } .focus p { margin-bottom: 1.4mm; }
.caption { font-size: 8pt; font-style: italic; margin: 0 0 4mm 11mm; }
.focus .caption { margin: 1.5mm 0 0; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in boxes with upright labels."""
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", content.meta["page_word"])
    css = (
        CSS
        + f"""
@page {{ @top-left {{ {margin(head, mark)} font: 8.5pt "Linux Biolinum O"; }}
         @bottom-right {{ {margin(foot, mark, '" " counter(page)')} font: 8.5pt "Linux Biolinum O"; }} }}
@page:first {{ @top-left {{ content: none; }} }}
"""
    )
    body = [deliberation(content, mark), report(content, mark), _contents(content, mark)]
    for node in content.root.of("ambition"):
        body.append(
            f'<div class="ambition">{element("p", "label", node.label, mark)}'
            f"{element('h1', 'title', node.text, mark)}</div>"
        )
        body += [element("p", "intro", child.text, mark) for child in node.of("intro")]
        body += [_priority(child, content, mark) for child in node.of("priority")]
    write("".join(body), css, content, mark, path)


def _contents(content: Content, mark: Mark) -> str:
    """The contents; where the head gives other words for a label, those (a misprint)."""
    lines = [element("h2", "h", content.furniture("table_of_contents", "Ce que contient ce bilan"), mark)]
    misprints = content.meta.get("misprints", {})
    for node in content.nodes("ambition", "priority"):
        label, title = (text.plain if text else "" for text in (node.label, node.text))
        said = f"{misprints.get(label, label)} – {title}"
        lines.append(element("p", node.kind[0], content.furniture("table_of_contents", said), mark))
    return f'<section class="toc">{"".join(lines)}</section>'


def _priority(node: Node, content: Content, mark: Mark) -> str:
    over = content.meta.get("hidden", {}).get(node.label.plain if node.label else "")
    left_over = element("p", "hidden", content.furniture("hidden", over), mark) if over else ""
    band = f'<h2><span class="l">{html(node.label, mark)}</span>{html(node.text, mark)}</h2>{left_over}'
    out = [f'<div class="band">{band}</div>']
    for child in node.children:
        if child.kind == "engagement":
            out.append(_engagement(child, content, mark))
        elif child.kind == "block":
            out.append(
                f'<div class="wide">{element("p", "status", child.label, mark)}{items(child, mark)}</div>',
            )
        elif child.kind == "directive":
            out.append('<div class="turn"></div>')
        else:
            out.append(_other(child, mark))
    return f'<section class="priority">{"".join(out)}</section>'


def _engagement(node: Node, content: Content, mark: Mark) -> str:
    out = [_row("what one", element("p", "l", node.label, mark), entries(node.of("entry"), mark))]
    for child in node.children:
        if child.kind == "block":
            name = "done" if child.attrs["status"] == "réalisé" else "soon"
            if child.label and len(child.label.plain) < 18:
                name += " one"
            out.append(_row(name, element("p", "l", child.label, mark), items(child, mark)))
        elif child.kind != "entry":
            out.append(_other(child, mark))
    return f'<div class="engagement">{"".join(out)}</div>'


def _row(name: str, label: str, inside: str) -> str:
    return f'<div class="row {name}"><div class="side">{label}</div><div class="body">{inside}</div></div>'


def _other(node: Node, mark: Mark) -> str:
    if node.kind != "focus":
        return element("p", node.attrs["reason"], node.text, mark) if node.kind == "extra" else ""
    captions = "".join(element("p", child.attrs["reason"], child.text, mark) for child in node.of("extra"))
    return (
        f'<div class="focus">{element("h3", "name", node.text, mark)}'
        f'<div class="text">{entries(node.of("para"), mark)}</div>{captions}</div>'
    )
