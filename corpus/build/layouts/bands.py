"""A list of one level: each commitment a band across the page, tinted one time in two, with a large number.

The labels of the statuses stand in a narrow column at the left, the texts beside them; a block without text keeps its
label. `stamp` in the head is printed on every page.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, extra, items, write


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in bands."""
    number = content.furniture("page_number", "–")
    stamp = "#linebreak()".join(code(content.furniture("stamp", one), mark) for one in content.meta["stamp"])
    head = content.furniture("running_head", content.meta["running_head"])
    source = f"""
#set page(paper: "a4", margin: (x: 17mm, top: 33mm, bottom: 19mm), header-ascent: 6mm,
  header: grid(columns: (1fr, 62mm),
    context if counter(page).get().first() > 1 [#set text(8pt); #v(4mm)#emph[{code(head, mark)}]],
    rect(stroke: 0.6pt + {colour("#24408e", mark)}, inset: 1.6mm, width: 100%,
      [#set text(font: "Nimbus Sans", size: 6.6pt, fill: {colour("#24408e", mark)}); #set par(leading: 0.42em)
       {stamp}])),
  footer: context [#set align(right); #set text(8.5pt);
    {code(number, mark)} #counter(page).display() {code(number, mark)}])
#set text(font: "C059", size: 12.3pt, lang: "fr", hyphenate: true)
#set par(justify: true, leading: 0.76em, spacing: 1em)
#set list(marker: ([◆], [◇], [-]), spacing: 0.65em)
#let beside(label, body) = grid(columns: (27mm, 1fr), column-gutter: 5mm, label, body)
{_letter(content, mark)}
#pagebreak()
{_preface(content, mark)}
"""
    rank = 0
    for node in content.root.children:
        if node.kind == "engagement":
            source += _band(node, content, mark, tinted=rank % 2 == 0)
            source += "".join(_window(one, content, mark) for one in node.of("focus"))
            rank += 1
        elif node.kind == "extra":
            source += extra(node, mark) + "\n\n"
        elif node.kind == "directive" and node.attrs["name"] == "page":
            source += "#pagebreak()\n"
    write(source, content, path)


def _letter(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"#strong[{code(node.label, mark)}] {said}"
        if role == "head":
            said = f"#text(15pt)[{said}]#v(2mm)#line(length: 40%, stroke: 1.5pt + {colour('#b3541e', mark)})#v(4mm)"
        elif role == "title":
            said = f'#v(4mm)#text(13pt, weight: "bold", hyphenate: false)[#set par(justify: false); {said}]#v(4mm)'
        elif role == "decide":
            said = f"#v(3mm)#strong[{said}]"
        elif role in ("done", "role", "signatory"):
            said = f"#align(center)[{said}]"
        out.append(said)
    return "\n\n".join(out)


def _preface(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said, role = code(node.text, mark), node.attrs["role"]
        if role == "h":
            said = f"#v(3mm)#text(17pt, fill: {colour('#b3541e', mark)})[{said}]#v(2mm)"
        out.append(f"#list[{said}]" if role == "b" else said)
    return "\n\n".join(out) + "\n\n#v(6mm)\n\n"


def _band(node: Node, content: Content, mark: Mark, tinted: bool) -> str:
    first, *rest = node.of("entry")
    label = f"#text(9.5pt, fill: {colour('#b3541e', mark)})[{code(node.label, mark)}]" if node.label else ""
    title = f'#text(12.5pt, weight: "bold", hyphenate: false)[#set par(justify: false); {code(first.text, mark)}]'
    out = [f"#block(sticky: true)[#beside[{label}][{title}]]"]
    if rest:
        out.append(f"#beside[][{entries(rest, mark)}]")
    for child in node.children:
        if child.kind == "block":
            tint = "#2d6a4f" if child.attrs["status"] == "réalisé" else "#24408e"
            tag = (
                f'#align(right)[#text(9pt, weight: "bold", fill: {colour(tint, mark)}, hyphenate: false)'
                f"[#set par(justify: false); {code(child.label, mark)}]]"
            )
            out.append(f"#beside[{tag}][{items(child, mark)}]")
        elif child.kind == "extra":
            out.append(f"#beside[][{extra(child, mark)}]")
    inside = "\n\n".join(out)
    fill = 'fill: rgb("#fbf1e7"), ' if tinted else ""
    return f"#block({fill}inset: (x: 4mm, y: 4mm), outset: (x: 0mm), width: 100%, breakable: true)[{inside}]\n\n"


def _window(node: Node, content: Content, mark: Mark) -> str:
    """A framed story across the page."""
    tag = content.furniture("label", content.meta["focus_label"])
    over = f"#text(8.5pt, fill: {colour('#b3541e', mark)})[{code(tag, mark)}]"
    inside = f'#block(sticky: true)[{over}\n\n#text(12pt, weight: "bold")[{code(node.text, mark)}]]\n\n'
    inside += entries(node.of("para"), mark)
    inside += "\n\n".join(extra(one, mark) for one in node.of("extra"))
    return f"#block(stroke: 1pt + {colour('#b3541e', mark)}, inset: 5mm, width: 100%, breakable: true)[{inside}]\n\n"
