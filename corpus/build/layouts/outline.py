"""Plain flow under decimal numbers, the labels bold on lines of their own; footnotes at the foot of the page.

A line `! map title | place x y | …` draws a map with the names of its places, which are set aside as captions.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, items, write


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in plain flow."""
    number = code(content.furniture("page_number", "/"), mark)
    foot = code(content.furniture("footer", content.meta["footer"]), mark)
    source = f"""
#set page(paper: "a4", margin: (left: 28mm, right: 22mm, top: 22mm, bottom: 24mm),
  footer: context [#set text(8.5pt); #line(length: 100%, stroke: 0.3pt)
    #emph[{foot}]#h(1fr)#counter(page).display(){number}#counter(page).final().first()])
#set text(font: "Nimbus Roman", size: 12pt, lang: "fr", hyphenate: true)
#set par(justify: true, leading: 0.72em, spacing: 0.95em)
#set list(marker: ([\\u{{2666}}], [\\u{{203a}}], [\\u{{2022}}]), indent: 4mm, spacing: 0.7em)
{_letter(content, mark)}
#pagebreak()
{_contents(content, mark)}
{_preface(content, mark)}
"""
    source += "".join(_node(node, content, mark) for node in content.root.of("ambition"))
    write(source, content, path)


def _letter(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"#underline[{code(node.label, mark)}] {said}"
        if role in ("head", "title"):
            said = f"#align(center)[#strong[{said}]]#v(2mm)"
        elif role == "decide":
            said = f"#strong[{said}]"
        elif role in ("done", "role", "signatory"):
            said = f"#pad(left: 70mm)[{said}]"
        out.append(said)
    return "\n\n".join(out) + "\n\n"


def _contents(content: Content, mark: Mark) -> str:
    """The contents: all three levels with dots, without page numbers."""
    out = [f"#strong[{code(content.furniture('table_of_contents', content.meta['contents']), mark)}]"]
    for node in content.nodes("ambition", "priority", "engagement"):
        text = node.text or node.children[0].text
        said = " ".join(part.plain for part in (node.label, text) if part)
        inset = {"ambition": 0, "priority": 6, "engagement": 12}[node.kind]
        line = code(content.furniture("table_of_contents", said), mark)
        out.append(f"#pad(left: {inset}mm)[#text(10.5pt)[{line} #box(width: 1fr, repeat[.])]]")
    return "#[#set par(spacing: 0.6em, justify: false)\n" + "\n\n".join(out) + "\n]\n#v(8mm)\n"


def _preface(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said, role = code(node.text, mark), node.attrs["role"]
        out.append(f'#text(14pt, weight: "bold")[{said}]' if role == "h" else f"#list[{said}]" if role == "b" else said)
    return "\n\n".join(out) + "\n\n"


def _node(node: Node, content: Content, mark: Mark) -> str:
    said = code(node.text, mark)
    label = code(node.label, mark)
    if node.kind in ("ambition", "priority"):
        inside = "".join(_node(child, content, mark) for child in node.children)
        above, size = ("6mm", "16pt") if node.kind == "ambition" else ("4mm", "13.5pt")
        head = f'#text({size}, weight: "bold")[{label}#h(4mm){said}]'
        return f"#v({above})#block(sticky: true)[{head}]\n\n{inside}"
    if node.kind == "engagement":
        first, *rest = node.of("entry")
        head = f'#text(12pt, weight: "bold", style: "italic")[{label}#h(3mm){code(first.text, mark)}]'
        after = "".join(_node(child, content, mark) for child in node.children if child.kind != "entry")
        return f"#v(2mm)#block(sticky: true)[{head}]\n\n{entries(rest, mark)}{after}"
    if node.kind == "block":
        return f"#block(sticky: true)[#strong[{label}]]\n\n{items(node, mark)}"
    if node.kind == "focus":
        box = f"#strong[{said}]\n\n{entries(node.of('para'), mark)}"
        box += "\n\n".join(f"#text(9pt)[{code(one.text, mark)}]" for one in node.of("extra"))
        return f"#pad(x: 8mm)[#block(stroke: (y: 0.5pt), inset: (y: 3mm), width: 100%)[{box}]]\n\n"
    if node.kind == "intro":
        return said + "\n\n"
    if node.kind == "extra" and node.attrs["reason"] == "note":
        return f"#place(bottom, float: true, clearance: 3mm)[#line(length: 40mm, stroke: 0.4pt)#text(9pt)[{said}]]\n\n"
    if node.kind == "extra":
        return f"#align(center)[#text(9.5pt)[{said}]]\n\n"
    if node.kind == "directive" and node.attrs["name"] == "map":
        return _map(node, content, mark)
    return ""


def _map(node: Node, content: Content, mark: Mark) -> str:
    """A sketch of the territory: a surface, a river, a point and a name for each place."""
    title, *places = (part.strip() for part in node.attrs["argument"].split("|"))
    dots = ""
    for one in places:
        *name, x, y = one.split()
        said = code(content.furniture("caption", " ".join(name)), mark)
        tint = colour("#b71c1c", mark)
        dots += f"#place(dx: {x}mm, dy: {y}mm)[#circle(radius: 1.1mm, fill: {tint})]"
        dots += f'#place(dx: {float(x) + 3.5}mm, dy: {y}mm)[#text(8pt, font: "Nimbus Sans", hyphenate: false)[{said}]]'
    fill = "none" if mark.on else 'rgb("#e8f0d8")'
    land = f"#place(polygon(fill: {fill}, stroke: 0.5pt, "
    land += "(0mm, 12mm), (28mm, 0mm), (96mm, 5mm), (118mm, 34mm), (82mm, 58mm), (22mm, 52mm)))"
    under = code(content.furniture("caption", title), mark)
    drawn = f"#block(width: 120mm, height: 60mm)[#align(left)[{land}{dots}]]"
    return f"#v(2mm)#align(center)[{drawn}#text(9.5pt)[{under}]]\n\n"
