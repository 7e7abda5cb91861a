"""A magazine: two columns of flow, headings in bands of colour, small pictogram labels, pictures, key figures.

`X caption key | **NUMBER** words` is a key figure in a box; `X caption | words` stands under a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import element, entries, html, items, margin, write

CSS = """
@page { size: A4; margin: 19mm 15mm 21mm 15mm; }
@page open { margin: 0; }
@page letter { size: A4; margin: 25mm 24mm; }
body { font: 10.4pt/1.42 "EB Garamond 12", "EB Garamond", serif; font-size: 12.2pt; color: #222; }
.delib { page: letter; font: 11pt/1.42 "Linux Biolinum O", sans-serif; }
.edito { break-before: page; columns: 2; column-gap: 8mm; text-align: justify; hyphens: auto; }
.edito h2 { column-span: all; font: 24pt "URW Gothic", sans-serif; color: #a4243b; margin-bottom: 5mm;
            text-align: left; hyphens: manual; }
.edito p { margin-bottom: 2mm; text-indent: 4mm; } .edito li { margin: 0 0 1mm 5mm; list-style-type: "› "; }
.summary { break-before: page; padding-top: 12mm; }
.summary h2 { font: 20pt "URW Gothic", sans-serif; color: #a4243b; margin-bottom: 8mm; }
.summary .a { font: 12pt "URW Gothic", sans-serif; margin-top: 5mm; }
.summary .p { margin: 1mm 0 0 6mm; }
.cap { break-before: page; }
.cap .banner { background: #a4243b; color: #fff; padding: 7mm 8mm 8mm; margin-bottom: 5mm; }
.cap .banner .label { font: 12pt "URW Gothic", sans-serif; color: #f6d5a5; }
.cap .banner .title { font: bold 21pt/1.2 "URW Gothic", sans-serif; }
.cap .intro { font-style: italic; font-size: 13pt; margin: 0 20mm 3mm; }
.objective .flow { columns: 2; column-gap: 8mm; column-rule: .4pt solid #caa; text-align: justify; hyphens: auto; }
.objective > h2 { background: #f3e1c6; color: #6b1526; font: 13pt/1.25 "URW Gothic", sans-serif;
                  padding: 2.2mm 4mm; margin: 3mm 0 4mm; text-align: left; hyphens: manual; break-after: avoid; }
.objective > h2 .label { font-weight: bold; }
.commitment { background: #2f4858; color: #fff; padding: 1.6mm 3mm; margin: 3mm 0 2mm; text-align: left;
              font: bold 10.4pt/1.3 "Linux Biolinum O", sans-serif; hyphens: manual; break-after: avoid; }
.commitment p + p { font-weight: normal; margin-top: 1mm; } .commitment li { list-style-type: "› "; margin-left: 4mm;
              font-weight: normal; }
.pill { display: table; font: bold 8.6pt/1.2 "Linux Biolinum O", sans-serif; border-radius: 3mm; color: #fff;
        padding: .5mm 3mm .5mm 1.2mm; margin: 1.5mm 0 1mm; text-align: left; break-after: avoid; }
.pill svg { width: 3mm; height: 3mm; vertical-align: -0.6mm; margin-right: 1.4mm; }
.pill.done { background: #4d7c3f; } .pill.next { background: #b9770e; }
.body p { margin-bottom: 1.4mm; } .body ul { margin: 0 0 1.4mm 4mm; }
.body li { list-style-type: "■ "; margin-bottom: .6mm; } .body li::marker { color: #a4243b; font-size: 70%; }
.body ul.level1 li { list-style-type: "- "; } .body li.numbered { list-style-type: none; }
.wide { border: 1.2pt solid #4d7c3f; padding: 2mm 4mm; margin: 4mm 0; }
.flow .caption::before { content: ""; display: block; margin: 2mm 0 1mm; height: 34mm;
                         background: linear-gradient(160deg, #d9c7a8, #8fa3a0 55%, #4c5f63); }
.caption { font: italic 8.4pt/1.3 "Linux Biolinum O", sans-serif; color: #555; margin-bottom: 3mm; text-align: left;
           hyphens: manual; }
.key { border-top: 2pt solid #a4243b; border-bottom: 2pt solid #a4243b; text-align: center; padding: 2mm 0;
       margin: 3mm 6mm; font: 10pt/1.3 "Linux Biolinum O", sans-serif; hyphens: manual; break-inside: avoid; }
.key strong { display: block; font: bold 25pt/1.1 "URW Gothic", sans-serif; color: #a4243b; }
.quote { font: italic 15pt/1.25 "EB Garamond 12", "EB Garamond", serif; color: #a4243b; text-align: left;
         margin: 4mm 4mm; border-left: 3pt solid #a4243b; padding-left: 3mm; hyphens: manual; break-inside: avoid; }
.note { font-size: 8.4pt; line-height: 1.25; border-top: .4pt solid #666; padding-top: 1mm; margin-top: 3mm; }
.story { background: #e7eef0; padding: 4mm 5mm; margin: 4mm 0; }
.story .tag { font: 9pt "URW Gothic", sans-serif; color: #a4243b; }
.story h3 { font: bold 14pt "URW Gothic", sans-serif;
         margin: 0 0 2mm; text-align: left; }
.story .text { columns: 3; column-gap: 5mm; } .story .text p { margin-bottom: 1.2mm; }
.story .text li { list-style-type: "› "; margin-left: 3mm; }
"""
TICK = '<svg viewBox="0 0 10 10"><path d="M1 5 L4 8 L9 2" stroke="#fff" stroke-width="2" fill="none"/></svg>'
GLASS = '<svg viewBox="0 0 10 10"><path d="M1 1 H9 L5 5 L9 9 H1 L5 5 Z" fill="#fff"/></svg>'


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document set as a magazine."""
    head = content.furniture("running_head", content.meta["running_head"])
    number = content.furniture("page_number", content.meta["magazine"])
    css = (
        CSS
        + f"""
@page {{ @top-center {{ {margin(head, mark)} font: 8.5pt "URW Gothic"; }} }}
@page :left {{ @bottom-left {{ {margin(number, mark, '" | " counter(page)')} font: 8.5pt "URW Gothic"; }} }}
@page :right {{ @bottom-right {{ {margin(number, mark, '" | " counter(page)')} font: 8.5pt "URW Gothic"; }} }}
@page letter {{ @top-center {{ content: none; }} }}
"""
    )
    body = [_letter(content, mark), _edito(content, mark), _summary(content, mark)]
    body += [_cap(node, content, mark) for node in content.root.of("ambition")]
    write("".join(body), css, content, mark, path)


def _letter(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        label = f"<b>{html(node.label, mark)}</b> " if node.label else ""
        out.append(f'<p class="{node.attrs["role"]}">{label}{html(node.text, mark)}</p>')
    return f'<section class="delib">{"".join(out)}</section>'


def _edito(content: Content, mark: Mark) -> str:
    lines = [
        element({"h": "h2", "b": "li"}.get(node.attrs["role"], "p"), "r", node.text, mark)
        for node in content.nodes("report")
    ]
    return f'<section class="edito">{"".join(lines)}</section>'


def _summary(content: Content, mark: Mark) -> str:
    """The contents, in which the labels and titles stand once more."""
    lines = [element("h2", "h", content.furniture("table_of_contents", content.meta["contents"]), mark)]
    for node in content.nodes("ambition", "priority"):
        said = " • ".join(text.plain for text in (node.label, node.text) if text)
        lines.append(element("p", node.kind[0], content.furniture("table_of_contents", said), mark))
    return f'<section class="summary">{"".join(lines)}</section>'


def _cap(node: Node, content: Content, mark: Mark) -> str:
    banner = element("p", "label", node.label, mark) + element("h1", "title", node.text, mark)
    intro = "".join(element("p", "intro", one.text, mark) for one in node.of("intro"))
    rest = "".join(_objective(one, content, mark) for one in node.of("priority"))
    return f'<section class="cap"><div class="banner">{banner}</div>{intro}{rest}</section>'


def _objective(node: Node, content: Content, mark: Mark) -> str:
    heading = f'<h2><span class="label">{html(node.label, mark)}</span> – {html(node.text, mark)}</h2>'
    parts: list[str] = []
    for across, group in groupby(_leaves(node), key=lambda one: _across(one, content)):
        said = "".join(_part(one, content, mark) for one in group)
        parts.append(said if across else f'<div class="flow">{said}</div>')
    return f'<section class="objective">{heading}{"".join(parts)}</section>'


def _leaves(node: Node) -> Iterator[Node]:
    """What an objective holds, one after the other: each commitment before its own parts."""
    for child in node.children:
        yield child
        if child.kind == "engagement":
            yield from (one for one in child.children if one.kind != "entry")


def _across(node: Node, content: Content) -> bool:
    """Whether this stands across both columns: a story, or a block of the whole objective."""
    return node.kind == "focus" or (node.kind == "block" and _of_priority(node, content))


def _part(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "engagement":
        return f'<div class="commitment">{entries(node.of("entry"), mark)}</div>'
    if node.kind == "block":
        done = node.attrs["status"] == "réalisé"
        pill = f'<p class="pill {"done" if done else "next"}">{TICK if done else GLASS}{html(node.label, mark)}</p>'
        said = f'{pill}<div class="body">{items(node, mark)}</div>'
        return f'<div class="wide">{said}</div>' if _of_priority(node, content) else said
    if node.kind == "focus":
        tag = element("p", "tag", content.furniture("label", content.meta["focus_label"]), mark)
        below = "".join(element("p", "caption", one.text, mark) for one in node.of("extra"))
        text = f'<div class="text">{entries(node.of("para"), mark)}</div>'
        return f'<div class="story">{tag}{element("h3", "title", node.text, mark)}{text}{below}</div>'
    return _extra(node, mark) if node.kind == "extra" else ""


def _of_priority(node: Node, content: Content) -> bool:
    return any(node is one for priority in content.nodes("priority") for one in priority.children)


def _extra(node: Node, mark: Mark) -> str:
    reason, *how = node.attrs["reason"].split(maxsplit=1)
    if how:
        return element("p", "key", node.text, mark)
    return element("p", reason, node.text, mark)
