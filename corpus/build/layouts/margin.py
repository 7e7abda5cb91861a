"""Side headings: the labels stand in a narrow left column, the text beside them; levels are named, not numbered."""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, extra, items, write


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document with side headings."""
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "–")
    source = f"""
#set page(paper: "a4", margin: (x: 20mm, top: 24mm, bottom: 22mm),
  header: context if counter(page).get().first() > 1 [#set text(8pt); {code(head, mark)} #h(1fr) {_chapter()}],
  footer: context [#set align(center); #set text(8.5pt);
    {code(foot, mark)} #counter(page).display() {code(foot, mark)}])
#set text(font: "Libertinus Serif", size: 12pt, lang: "fr", hyphenate: true)
#set par(justify: true, leading: 0.66em, spacing: 0.95em)
#set list(marker: ([▸], [–], [·]), spacing: 0.7em)
#let side(label, body) = grid(columns: (34mm, 1fr), column-gutter: 6mm, align(right, label), body)
{_deliberation(content, mark)}
#pagebreak()
{_report(content, mark)}
#pagebreak()
"""
    for node in content.root.of("ambition"):
        source += _ambition(node, content, mark)
    write(source, content, path)


def _chapter() -> str:
    """The running title of the part: the last one that begins on this page or before."""
    parts = "query(<part>).filter(part => part.location().page() <= here().page())"
    return f"#context {{ let parts = {parts}; if parts.len() > 0 {{ parts.last().value }} }}"


def _deliberation(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"#underline[{code(node.label, mark)}] {said}"
        if role in ("head", "title"):
            said = f'#align(center)[#v(3mm)#text(13pt, weight: "bold")[#set par(justify: false); {said}]#v(3mm)]'
        elif role == "decide":
            said = f"#v(2mm)#smallcaps[{said}]"
        elif role in ("done", "role", "signatory"):
            said = f"#pad(left: 85mm)[{said}]"
        elif role == "vu":
            said = f"#pad(left: 6mm)[{said}]"
        out.append(said)
    return "\n\n".join(out)


def _report(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said = code(node.text, mark)
        role = node.attrs["role"]
        out.append(
            f"#text(17pt, fill: {colour('#14506e', mark)})[{said}]#v(3mm)"
            if role == "h"
            else f"#list[{said}]"
            if role == "b"
            else said
        )
    first, *rest = out
    return first + "\n\n#columns(2, gutter: 8mm)[" + "\n\n".join(rest) + "]"


def _ambition(node: Node, content: Content, mark: Mark) -> str:
    """The upper level begins a page; the lower ones follow, each with its heading across."""
    repeat = content.furniture("running_head", node.text.plain if node.text else "")
    out = [f"#pagebreak(weak: true)\n#metadata[{code(repeat, mark)}]<part>"]
    label = f"#text(11pt, fill: {colour('#b4532a', mark)})[{code(node.label, mark)}]" if node.label else ""
    out.append(
        f"#side[{label}][#text(20pt, fill: {colour('#14506e', mark)})"
        f"[#set par(justify: false); {code(node.text, mark)}]]"
    )
    if node.of("intro"):
        out.append(f"#side[][#emph[{''.join(code(one.text, mark) + chr(10) + chr(10) for one in node.of('intro'))}]]")
    for child in node.children:
        if child.kind == "priority":
            out.append(_priority(child, content, mark))
        elif child.kind == "extra":
            out.append(extra(child, mark))
    return "\n\n".join(out) + "\n\n"


def _priority(node: Node, content: Content, mark: Mark) -> str:
    label = f"#text(9pt, fill: {colour('#b4532a', mark)})[{code(node.label, mark)}]" if node.label else ""
    out = [
        f"#v(5mm)\n#block(sticky: true)[#line(length: 100%, stroke: 0.7pt + {colour('#14506e', mark)})#v(-1mm)"
        f'#side[{label}][#text(13.5pt, weight: "bold")[#set par(justify: false); {code(node.text, mark)}]]]'
    ]
    for child in node.children:
        if child.kind == "engagement":
            said = content.furniture("label", content.meta["commitment_label"])
            out.append(f"#side[{_tag(code(said, mark))}][#emph[{entries(child.of('entry'), mark)}]]")
            out += [_inner(one, content, mark) for one in child.children if one.kind != "entry"]
        else:
            out.append(_inner(child, content, mark))
    return "\n\n".join(out) + "\n\n"


def _inner(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "block":
        return f"#side[{_tag(code(node.label, mark))}][{items(node, mark)}]"
    if node.kind == "focus":
        said = content.furniture("label", content.meta.get("focus_label", "En images"))
        inside = f"#strong[{code(node.text, mark)}]\n\n{entries(node.of('para'), mark)}"
        inside += "".join(extra(one, mark) for one in node.of("extra"))
        return (
            f'#v(2mm)#block(fill: rgb("#eef3f6"), inset: 4mm, width: 100%)[#text(8.5pt)[{code(said, mark)}]\n\n'
            f"#columns(2, gutter: 6mm)[{inside}]]"
        )
    return extra(node, mark) if node.kind == "extra" else ""


def _tag(said: str) -> str:
    return f'#text(9.5pt, weight: "bold")[#set par(justify: false); {said}]'
