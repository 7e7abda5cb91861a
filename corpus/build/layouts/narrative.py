"""A report that tells: under each numbered action plain paragraphs and lists, without a word or sign of status.

What has been done and what comes next is to be told from the verbs alone. Blocks have no label.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4; margin: 27mm 28mm 25mm; }
@page first { margin: 30mm 26mm; }
body { font: 11pt/1.42 "EB Garamond", serif; color: #1b1b1b; }
.delib { page: first; }
.report { break-before: page; } .report h2 { font: bold 18pt "Nimbus Sans"; color: #0b4f6c; margin-bottom: 4mm; }
.report p { margin-bottom: 2.5mm; text-align: justify; } .report li { margin-left: 6mm; }
.axis > h2 { font: bold 15pt/1.25 "Nimbus Sans"; color: #0b4f6c; margin: 8mm 0 4mm; break-after: avoid; }
.axis.new { break-before: page; }
.act { margin-bottom: 4mm; }
.act h3 { font: bold 11.4pt/1.3 "Nimbus Sans"; margin-bottom: 1.5mm; break-after: avoid; }
.act h3 .label { color: #0b4f6c; margin-right: 1.5mm; }
.act p { margin-bottom: 1.8mm; text-align: justify; }
.act ul { margin: 0 0 1.8mm 5mm; } .act li { list-style-type: "• "; margin-bottom: .6mm; }
.act ul.level1 li { list-style-type: "– "; }
.caption { font-size: 8.6pt; font-style: italic; color: #555; text-align: center; margin: 2mm 0 4mm; }
.note { font-size: 8.2pt; color: #333; }
.focus { border: .8pt solid #0b4f6c; padding: 3mm 4mm; margin: 4mm 0 6mm; break-inside: avoid; }
.focus .tag { font: 8.4pt "Nimbus Sans"; color: #0b4f6c; } .focus h3 { font: bold 11.4pt "Nimbus Sans"; margin-bottom: 1.5mm; }
.focus p { margin-bottom: 1.5mm; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a report without status labels."""
    head = content.furniture("running_head", content.meta["running_head"])
    number = content.furniture("page_number", "–")
    css = (
        CSS
        + f"""
@page {{ @top-center {{ {margin(head, mark)} font: italic 9pt "EB Garamond"; }}
         @bottom-center {{ {margin(number, mark, '" " counter(page)')} font: 9pt "EB Garamond"; }} }}
@page first {{ @top-center {{ content: none; }} @bottom-center {{ content: none; }} }}
"""
    )
    body = [deliberation(content, mark), report(content, mark)]
    body += [_axis(node, content, mark) for node in content.root.of("priority")]
    write("".join(body), css, content, mark, path)


def _axis(node: Node, content: Content, mark: Mark) -> str:
    new = any(one.kind == "directive" and one.attrs["name"] == "page" for one in node.children)
    out = [f'<h2><span class="label">{html(node.label, mark)}</span> – {html(node.text, mark)}</h2>']
    for child in node.children:
        if child.kind == "engagement":
            out.append(_act(child, content, mark))
        elif child.kind != "directive":
            out.append(_other(child, content, mark))
    return f'<section class="axis{" new" if new else ""}">{"".join(out)}</section>'


def _act(node: Node, content: Content, mark: Mark) -> str:
    first, *rest = node.of("entry")
    out = [f'<h3><span class="label">{html(node.label, mark)}</span> {html(first.text, mark)}</h3>', entries(rest, mark)]
    after = ""
    for child in node.children:
        if child.kind == "block":
            out.append(items(child, mark))
        elif child.kind != "entry":
            after += _other(child, content, mark)
    return f'<div class="act">{"".join(out)}</div>{after}'


def _other(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "extra":
        return element("p", node.attrs["reason"].split()[0], node.text, mark)
    tag = element("p", "tag", content.furniture("label", content.meta["focus_label"]), mark)
    return f'<div class="focus">{tag}{element("h3", "title", node.text, mark)}{entries(node.of("para"), mark)}</div>'
