"""A journal in two columns: numbered commitments one after the other, the statuses as coloured lines with a sign."""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, extra, items, write


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in two columns."""
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "/")
    source = f"""
#set page(paper: "a4", margin: (x: 18mm, top: 26mm, bottom: 20mm),
  header: context if counter(page).get().first() > 1 [#set text(8.5pt); #align(right)[{code(head, mark)}]],
  footer: context [#set align(center); #set text(8.5pt);
    #counter(page).display() {code(foot, mark)} #counter(page).final().first()])
#set text(font: "New Computer Modern", size: 11.6pt, lang: "fr", hyphenate: true)
#set par(justify: true, leading: 0.62em, spacing: 0.85em, first-line-indent: 0pt)
#set list(marker: ([—], [·], [\\*]), indent: 2mm, spacing: 0.7em)
{_deliberation(content, mark)}
#pagebreak()
{_contents(content, mark)}
{_report(content, mark)}
#pagebreak()
#set page(columns: 2)
"""
    source += "".join(
        _commitment(node, content, mark)
        for node in content.root.children
        if node.kind in ("engagement", "focus", "extra", "block")
    )
    write(source, content, path)


def _deliberation(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"*{code(node.label, mark)}* {said}"
        if role == "head":
            said = f'#text(16pt, weight: "bold")[{said}]#v(6mm)'
        elif role == "title":
            said = (
                f'#block(stroke: 1pt, inset: 4mm, width: 100%)[#align(center)[#text(12.5pt, weight: "bold")[{said}]]]'
            )
        elif role == "stamp":
            said = f"#align(right)[#text(8pt)[{said}]]"
        elif role in ("done", "role", "signatory"):
            said = f"#align(right)[{said}]"
        out.append(said)
    return "\n\n".join(out)


def _contents(content: Content, mark: Mark) -> str:
    """The contents: each commitment's heading once more, with dots to its page."""
    lines = [f'#text(14pt, weight: "bold")[{code(content.furniture("table_of_contents", "Les engagements"), mark)}]']
    for node in content.nodes("engagement"):
        first = node.children[0].text
        said = " – ".join(text.plain for text in (node.label, first) if text)
        lines.append(f"{code(content.furniture('table_of_contents', said), mark)} #box(width: 1fr, repeat[.])")
    return "\n\n".join(lines) + "\n\n#v(8mm)\n\n"


def _report(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said, role = code(node.text, mark), node.attrs["role"]
        out.append(f'#text(14pt, weight: "bold")[{said}]' if role == "h" else f"#list[{said}]" if role == "b" else said)
    return "\n\n".join(out)


def _commitment(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "engagement":
        first, *rest = node.of("entry")
        label = (
            f"#text(9.5pt, fill: {colour('#8a1c4a', mark)})[{code(node.label, mark)}]#linebreak()" if node.label else ""
        )
        title = f'#text(14pt, weight: "bold", hyphenate: false)[#set par(justify: false); {code(first.text, mark)}]'
        out = [f"#v(4mm)\n#block(sticky: true)[{label}{title}]", entries(rest, mark)]
        out += [_commitment(child, content, mark) for child in node.children if child.kind != "entry"]
        return "\n\n".join(out) + "\n\n"
    if node.kind == "block":
        done = node.attrs["status"] == "réalisé"
        sign, tint = ("✔", "#1b7a3d") if done else ("➔", "#b45309")
        return (
            f'#block(sticky: true)[#text(10.5pt, weight: "bold", fill: {colour(tint, mark)})'
            f'[#text(font: "DejaVu Sans Mono")[{sign}] {code(node.label, mark)}]]\n\n{items(node, mark)}'
        )
    if node.kind == "focus":
        inside = f"#strong[{code(node.text, mark)}]\n\n{entries(node.of('para'), mark)}" if node.text else ""
        inside += "\n\n".join(extra(one, mark) for one in node.of("extra"))
        return f"#block(stroke: (left: 2pt + gray), inset: (left: 3mm, y: 1mm), breakable: true)[{inside}]\n\n"
    return extra(node, mark) + "\n\n" if node.kind == "extra" else ""
