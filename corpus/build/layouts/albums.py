"""Cards two abreast, each a frame that holds the commitment and, in frames of their own, one year after the other.

The year runs in at the head of its frame ("2024 :"). `stamp` in the head is printed on every page; `! scan words` is a
page that is a picture of these words, with the stamp printed over it.
"""

from __future__ import annotations

import io
from itertools import groupby
from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, extra, items, write


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in cards two abreast."""
    stamp = "#linebreak()".join(code(content.furniture("stamp", one), mark) for one in content.meta["stamp"])
    foot = content.furniture("footer", content.meta["footer"])
    source = f"""
#set page(paper: "a4", margin: (x: 15mm, top: 31mm, bottom: 18mm), header-ascent: 5mm,
  header: align(left)[#block(stroke: 0.5pt + {colour("#8b0000", mark)}, inset: 1.5mm)[
    #set text(font: "Liberation Mono", size: 6.4pt, fill: {colour("#8b0000", mark)}); #set par(leading: 0.4em)
    {stamp}]],
  footer: context [#set text(8pt); {code(foot, mark)} #h(1fr) #counter(page).display("1/1", both: true)])
#set text(font: "EB Garamond 12", size: 12pt, lang: "fr", hyphenate: true)
#set par(justify: true, leading: 0.6em, spacing: 0.8em)
#set list(marker: ([✦], [–], [·]), spacing: 0.55em)
#let card(body) = block(stroke: 1pt + {colour("#5f0f40", mark)}, radius: 3mm, inset: 3mm, width: 100%, body)
#let year(tint, body) = block(fill: rgb(tint), radius: 1.5mm, inset: 2.5mm, width: 100%, body)
{_letter(content, mark)}
#pagebreak()
{_foreword(content, mark)}
"""
    for node in content.root.children:
        if node.kind == "ambition":
            source += _ambition(node, content, mark)
        elif node.kind == "directive" and node.attrs["name"] == "scan":
            source += _scan(node.attrs["argument"])
    write(source, content, path)


def _letter(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"#strong[{code(node.label, mark)}] {said}"
        if role in ("head", "title"):
            said = f"#align(center)[#smallcaps[#text(14pt)[{said}]]]#v(3mm)"
        elif role in ("done", "role", "signatory"):
            said = f"#align(right)[{said}]"
        elif role == "decide":
            said = f"#v(2mm){said}"
        out.append(said)
    return "\n\n".join(out)


def _foreword(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said, role = code(node.text, mark), node.attrs["role"]
        if role == "h":
            said = f"#text(19pt, fill: {colour('#5f0f40', mark)})[{said}]#v(2mm)"
        out.append(f"#list[{said}]" if role == "b" else said)
    return "\n\n".join(out) + "\n\n"


def _ambition(node: Node, content: Content, mark: Mark) -> str:
    label, title = code(node.label, mark), code(node.text, mark)
    out = [
        "#pagebreak(weak: true)",
        f"#align(center)[#text(12pt, fill: {colour('#9a031e', mark)})[{label}]#linebreak()"
        f'#text(20pt, weight: "bold", fill: {colour("#5f0f40", mark)})[{title}]]#v(2mm)',
    ]
    for child in node.children:
        if child.kind == "intro":
            out.append(f"#pad(x: 14mm)[#emph[{code(child.text, mark)}]]")
        elif child.kind == "priority":
            out.append(_mission(child, content, mark))
        elif child.kind == "directive" and child.attrs["name"] == "scan":
            out.append(_scan(child.attrs["argument"]))
        elif child.kind == "extra":
            out.append(extra(child, mark))
    return "\n\n".join(out) + "\n\n"


def _mission(node: Node, content: Content, mark: Mark) -> str:
    head = f"#text(fill: {colour('#9a031e', mark)})[{code(node.label, mark)}] #h(2mm) {code(node.text, mark)}"
    line = "sticky: true, stroke: (bottom: 1pt), inset: (bottom: 1.5mm), width: 100%"
    out = [f"#v(3mm)#block({line})[#text(14pt)[{head}]]"]
    for kind, group in groupby(node.children, key=lambda one: one.kind == "engagement"):
        nodes = list(group)
        if kind:
            for at in range(0, len(nodes), 2):
                cards = ", ".join(f"[{_card(one, mark)}]" for one in nodes[at : at + 2])
                after = [child for one in nodes[at : at + 2] for child in one.of("focus", "extra")]
                wide = "1fr, 1fr" if len(nodes[at : at + 2]) == 2 else "1fr,"
                out.append(f"#grid(columns: ({wide}), column-gutter: 5mm, {cards})")
                out += [_other(child, content, mark) for child in after]
        else:
            out += [_other(one, content, mark) for one in nodes]
    return "\n\n".join(out) + "\n\n"


def _card(node: Node, mark: Mark) -> str:
    first, *rest = node.of("entry")
    title = f"#strong[#set par(justify: false); {code(first.text, mark)}]"
    inside = [title, entries(rest, mark)]
    inside += [_year(block, mark) for block in node.of("block")]
    return "#card[" + "\n\n".join(inside) + "]"


def _year(block: Node, mark: Mark) -> str:
    """A frame of one year: the year in bold, and the first paragraph on the same line."""
    tint = "#e8e1ef" if block.attrs["status"] == "réalisé" else "#fde8d0"
    found = block.of("item")
    label = f"#strong[{code(block.label, mark)}]"
    joint = " " if found and found[0].attrs["kind"] != "bullet" else "\n\n"
    return f'#year("{tint}")[{label}{joint}{items(block, mark)}]'


def _other(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "block":
        return _year(node, mark)
    if node.kind == "focus":
        tag = code(content.furniture("label", content.meta["focus_label"]), mark)
        title = f"#text(13pt)[#strong[{code(node.text, mark)}]]"
        inside = f"#text(9pt)[{tag}]\n\n{title}\n\n{entries(node.of('para'), mark)}"
        inside += "\n\n".join(extra(one, mark) for one in node.of("extra"))
        scans = "".join(_scan(one.attrs["argument"]) for one in node.of("directive"))
        return f'#block(fill: rgb("#dfeae2"), inset: 4mm, width: 100%)[{inside}]\n\n{scans}'
    if node.kind == "extra":
        return extra(node, mark)
    return _scan(node.attrs["argument"]) if node.attrs["name"] == "scan" else ""


def _scan(words: str) -> str:
    """A page of its own: the words as one picture, a little askew."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1100, 1400), 236)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation2/LiberationMono-Regular.ttf", 25)
    for line, said in enumerate(words.split(" / ")):
        pen.text((90, 160 + 50 * line), said, font=font, fill=60)
    data = io.BytesIO()
    page.rotate(-0.7, fillcolor=224).quantize(6).save(data, "PNG", optimize=True)
    numbers = ",".join(str(byte) for byte in data.getvalue())
    return f"#pagebreak(weak: true)\n#image(bytes(({numbers},)), width: 100%)\n#pagebreak(weak: true)\n"
