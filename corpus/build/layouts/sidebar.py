"""Sheets one below the other: at the left a coloured bar of facts, at the right the project under small capitals.

`X table KEY | value` is a fact of the bar (pilot, cost …). A sheet begins on a new page where `! page` says so; a bar is
as tall as its sheet, and both run on over the page's end. The heading over the sheets is repeated as a running head.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, extra, items, write

_GREEN, _PALE = "#1f6f5c", "#e3efe9"


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in sheets with a bar of facts."""
    number = code(content.furniture("page_number", "/"), mark)
    source = f"""
#let over = state("over", [])
#set page(paper: "a4", margin: (left: 24mm, right: 24mm, top: 24mm, bottom: 22mm))
#set text(font: "Nimbus Sans", size: 11.6pt, lang: "fr", hyphenate: true)
#set par(justify: true, leading: 0.6em, spacing: 0.8em)
#set list(marker: ([\\u{{25a0}}], [\\u{{2013}}], [\\u{{00b7}}]), spacing: 0.6em)
{_letter(content, mark)}
#set page(margin: (left: 14mm, right: 16mm, top: 22mm, bottom: 18mm),
  header: context [#set text(8pt); #over.get()],
  footer: context [#set text(8.5pt); #h(1fr)#counter(page).display() {number} #counter(page).final().first()])
{_preface(content, mark)}
"""
    source += "".join(_line(node, content, mark) for node in content.root.of("priority"))
    write(source, content, path)


def _letter(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"#strong[{code(node.label, mark)}] {said}"
        if role == "head":
            said = f'#text(18pt, weight: "bold", fill: {colour(_GREEN, mark)})[{said}]#v(4mm)'
        elif role == "title":
            fill = "none" if mark.on else f'rgb("{_PALE}")'
            said = f"#block(fill: {fill}, inset: 4mm, width: 100%)[#strong[{said}]]"
        elif role == "decide":
            said = f"#v(2mm)#strong[{said}]"
        elif role == "stamp":
            said = f"#v(6mm)#block(stroke: 0.6pt, inset: 2mm, width: 70mm)[#set par(justify: false); #text(8pt)[{said}]]"
        elif role in ("done", "role", "signatory"):
            said = f"#align(right)[{said}]"
        out.append(said)
    return '#[#set text(font: "Nimbus Roman", size: 12pt)\n' + "\n\n".join(out) + "\n]\n"


def _preface(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said, role = code(node.text, mark), node.attrs["role"]
        if role == "h":
            said = f'#text(20pt, weight: "bold", fill: {colour(_GREEN, mark)})[{said}]#v(2mm)'
        out.append(f"#list[{said}]" if role == "b" else said)
    name = code(content.furniture("table_of_contents", content.meta["contents"]), mark)
    toc = [f'#v(6mm)#text(13pt, weight: "bold")[{name}]']
    for node in content.nodes("priority", "engagement"):
        text = node.text or node.children[0].text
        assert text
        said = f"{node.label.plain if node.label else ''} {'-' if node.kind == 'priority' else ':'} {text.plain}"
        inset = 0 if node.kind == "priority" else 7
        toc.append(f"#pad(left: {inset}mm)[{code(content.furniture('table_of_contents', said), mark)}]")
    return "#pagebreak()\n#pad(x: 14mm)[\n" + "\n\n".join(out + toc) + "\n]\n"


def _line(node: Node, content: Content, mark: Mark) -> str:
    """A part: its heading, then its sheets."""
    assert node.label
    assert node.text
    again = code(content.furniture("running_head", f"{node.label.plain} - {node.text.plain}"), mark)
    green, white = colour(_GREEN, mark), colour("#ffffff", mark)
    band = (
        f"#block(width: 100%, fill: {'none' if mark.on else green}, inset: (x: 5mm, y: 4mm), sticky: true)"
        f'[#set text(fill: {white}); #text(10pt)[{code(node.label, mark)}]#h(4mm)#text(16pt, weight: "bold")'
        f"[{code(node.text, mark)}]]\n\n"
    )
    # the first part begins a page; those after it stand where there is room
    turn = "" if node is not content.root.of("priority")[0] else "#pagebreak()\n"
    out = [f"{turn}{band}#over.update([{again}])\n"]
    for child in node.children:
        if child.kind == "engagement":
            out.append(_sheet(child, content, mark))
        elif child.kind == "block":
            out.append(f"#pad(left: 55mm)[{_block(child, mark)}]\n\n")
        elif child.kind == "directive":
            out.append("#pagebreak()\n")
        else:
            out.append(_other(child, content, mark))
    return "".join(out)


def _sheet(node: Node, content: Content, mark: Mark) -> str:
    first, *rest = node.of("entry")
    green = colour(_GREEN, mark)
    facts = []
    for one in node.of("extra"):
        if one.attrs["reason"].startswith("table"):
            key = code(content.furniture("label", one.attrs["reason"].partition(" ")[2]), mark)
            facts.append(f"#text(8.4pt, weight: 700, fill: {green})[{key}]#linebreak(){code(one.text, mark)}")
    bar = "#set text(9.6pt); #set par(justify: false)\n" + "\n\n".join(facts)
    head = f'#text(10pt, fill: {green})[{code(node.label, mark)}]#linebreak()#text(13.5pt, weight: "bold")'
    said = f"#block(sticky: true)[#set par(justify: false); {head}[{code(first.text, mark)}]]\n\n{entries(rest, mark)}"
    said += "".join(_block(block, mark) for block in node.of("block"))
    fill = "none" if mark.on else f'rgb("{_PALE}")'
    after = "".join(_other(one, content, mark) for one in node.of("focus", "extra"))
    return (
        f"#grid(columns: (50mm, 1fr), column-gutter: 5mm, grid.cell(fill: {fill}, inset: 3.5mm)[{bar}], "
        f"grid.cell(inset: (y: 1.5mm))[{said}])\n#v(4mm)\n\n{after}"
    )


def _block(node: Node, mark: Mark) -> str:
    tint = colour(_GREEN if node.attrs["status"] == "réalisé" else "#b5541c", mark)
    label = f'#text(12pt, font: "Linux Libertine O", weight: "bold", fill: {tint})[#smallcaps[{code(node.label, mark)}]]'
    return f"#block(sticky: true, above: 1.2em)[{label}]\n\n{items(node, mark)}"


def _other(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "focus":
        tag = code(content.furniture("label", content.meta["focus_label"]), mark)
        inside = f'#text(8.5pt)[{tag}]\n\n#text(13pt, weight: "bold")[{code(node.text, mark)}]\n\n'
        inside += entries(node.of("para"), mark) + "\n\n".join(extra(one, mark) for one in node.of("extra"))
        line = f"(left: 3pt + {colour('#b5541c', mark)})"
        return f"#pad(left: 55mm)[#block(breakable: false, stroke: {line}, inset: (left: 4mm, y: 1mm))[{inside}]]\n\n"
    if node.kind == "extra" and not node.attrs["reason"].startswith("table"):
        return extra(node, mark) + "\n\n"
    return ""
