"""A newsletter: three columns under headings that span them, drop capitals, quotes in the columns, statuses as small chips.

What stands under one spanning heading is balanced over the three columns. `masthead` in the head is printed over the
first page of the review; `X caption picture | words` stands under a picture.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.build.content import Content, Node, Text
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: 205mm 265mm; margin: 15mm 13mm 16mm; }
@page letter { size: A4; margin: 22mm 26mm; }
body { font: 11.7pt/1.36 "EB Garamond", serif; font-variant-ligatures: common-ligatures; }
.delib { page: letter; font: 11.5pt/1.4 "Liberation Serif", serif; }
.masthead { break-before: page; border-bottom: 3pt double #7b1e3a; margin-bottom: 4mm; }
.masthead p { font: bold 30pt/1.1 "Linux Libertine Display O", serif; color: #7b1e3a; }
.masthead p + p { font: 9pt "Linux Biolinum O"; color: #444; padding: 1mm 0; }
.report { columns: 3; column-gap: 6mm; text-align: justify; hyphens: auto; margin-bottom: 5mm; }
.report h2 { column-span: all; font: bold 17pt/1.2 "Linux Biolinum O"; margin-bottom: 3mm; }
.report p { margin-bottom: 1.5mm; } .report li { margin-left: 4mm; list-style-type: "– "; text-align: left; }
.dossier { background: #7b1e3a; color: #fff; padding: 2mm 4mm; margin: 3mm 0; break-after: avoid; }
.dossier .n { font: 9.5pt "Linux Biolinum O"; text-transform: none; letter-spacing: 1pt; padding-right: 4mm; }
.dossier h1 { font: bold 18pt/1.2 "Linux Libertine O"; display: inline; }
.section h2 { font: bold 14.5pt/1.2 "Linux Biolinum O"; color: #7b1e3a; border-bottom: .6pt solid #7b1e3a;
    margin: 1mm 0 2.5mm; break-after: avoid; }
.columns { columns: 3; column-gap: 6mm; text-align: justify; hyphens: auto; margin-bottom: 4mm; }
.intro { columns: 2; column-gap: 6mm; text-align: justify; hyphens: auto; margin-bottom: 3mm; font-size: 12.4pt; }
.drop { float: left; font-size: 38pt; line-height: .8; padding: 1.2mm 1.2mm 0 0; color: #7b1e3a; }
.what { font: bold 11.6pt/1.25 "Linux Biolinum O"; text-align: left; hyphens: manual; margin: 2.4mm 0 1mm;
    break-after: avoid; }
.what li { font-weight: normal; list-style-type: "– "; margin-left: 3.5mm; } .what p + p { font-weight: normal; }
.chip { break-after: avoid; margin-bottom: .8mm; }
.chip span { font: bold 9pt "Linux Biolinum O"; color: #fff; background: #5a7d2b; border-radius: 1mm; padding: .4mm 1.8mm; }
.soon .chip span { background: #c47a12; }
.block { margin-bottom: 1.6mm; } .block p { margin-bottom: .8mm; }
.block ul { margin: 0 0 .6mm 3.8mm; } .block li { list-style-type: "– "; }
.block ul.level1 li { list-style-type: "· "; } .block ul.level2 li { list-style-type: "> "; }
.quote { font: italic 14pt/1.2 "EB Garamond"; color: #7b1e3a; text-align: center; hyphens: manual;
    border-top: .6pt solid #7b1e3a; border-bottom: .6pt solid #7b1e3a; padding: 1.5mm 0; margin: 2.5mm 2mm; }
.picture { height: 30mm; background: #d9c9b4; margin-top: 2mm; break-after: avoid; }
.caption { font: 7.5pt/1.2 "Linux Biolinum O"; text-align: left; hyphens: manual; margin-bottom: 2mm; }
.focus { border: 1pt solid #7b1e3a; padding: 3mm 5mm; margin-bottom: 4mm; columns: 2; column-gap: 6mm;
    text-align: justify; hyphens: auto; }
.focus h3 { column-span: all; font: bold 13pt/1.2 "Linux Libertine O"; color: #7b1e3a; margin-bottom: 1.5mm; }
.focus li { list-style-type: "– "; margin-left: 4mm; } .focus p { margin-bottom: 1mm; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a newsletter."""
    head = margin(content.furniture("running_head", content.meta["running_head"]), mark)
    number = margin(content.furniture("page_number", content.meta["page_word"]), mark, '" " counter(page)')
    css = CSS + (
        f'@page {{ @top-right {{ {head} font: 8pt "Linux Biolinum O"; }}\n'
        f'@bottom-right {{ {number} font: 8.5pt "Linux Biolinum O"; }} }}\n@page letter {{ @top-right {{ content: none; }} }}'
    )
    lines = "".join(element("p", "m", content.furniture("cover", said), mark) for said in content.meta["masthead"])
    body = [deliberation(content, mark), f'<div class="masthead">{lines}</div>', report(content, mark)]
    for node in content.root.of("ambition"):
        label, title = html(node.label, mark), html(node.text, mark)
        body.append(f'<div class="dossier"><span class="n">{label}</span><h1>{title}</h1></div>')
        intro = "".join(f"<p>{_dropped(one.text, mark)}</p>" for one in node.of("intro") if one.text)
        body.append(f'<div class="intro">{intro}</div>')
        for child in node.children:
            if child.kind == "priority":
                body.append(_section(child, mark))
    write("".join(body), css, content, mark, path)


def _dropped(text: Text, mark: Mark) -> str:
    """The text with its first letter set over two lines."""
    first, *rest = text.runs
    letter, tail = replace(first, text=first.text[0]), replace(first, text=first.text[1:])
    drop = html(replace(text, runs=[letter]), mark).replace("<span", '<span class="drop"', 1)
    return drop + html(replace(text, runs=[tail, *rest]), mark)


def _section(node: Node, mark: Mark) -> str:
    """The heading over three columns, and below the columns what spans them."""
    inside, below = [], []
    for child in node.children:
        if child.kind == "focus":
            below.append(_focus(child, mark))
            continue
        inside.append(_part(child, mark))
        below += [_focus(one, mark) for one in child.of("focus")]
    head = element("h2", "name", node.text, mark)
    return f'<section class="section">{head}<div class="columns">{"".join(inside)}</div>{"".join(below)}</section>'


def _part(node: Node, mark: Mark) -> str:
    if node.kind == "engagement":
        what = f'<div class="what">{entries(node.of("entry"), mark)}</div>'
        return what + "".join(_part(child, mark) for child in node.children if child.kind in ("block", "extra"))
    if node.kind == "block":
        name = "done" if node.attrs["status"] == "réalisé" else "soon"
        chip = f'<p class="chip"><span class="c">{html(node.label, mark)}</span></p>'
        return f'<div class="block {name}">{chip}{items(node, mark)}</div>'
    reason = node.attrs.get("reason", "")
    picture = '<div class="picture"></div>' if reason == "caption picture" else ""
    return picture + element("p", reason.split()[0], node.text, mark) if reason else ""


def _focus(node: Node, mark: Mark) -> str:
    captions = "".join(element("p", "caption", one.text, mark) for one in node.of("extra"))
    return f'<div class="focus">{element("h3", "name", node.text, mark)}{entries(node.of("para"), mark)}{captions}</div>'
