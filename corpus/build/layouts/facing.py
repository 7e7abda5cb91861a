"""Under each commitment two columns face each other across a thin line: on the left what was done, on the right what follows.

Both columns run over page ends. The field of a commitment ("Pilote") stands in small type under its heading.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, extra, items, write

_RED, _GREY = "#9b1c31", "#5f6368"


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in columns that face each other."""
    head = code(content.furniture("running_head", content.meta["running_head"]), mark)
    word = code(content.furniture("page_number", content.meta["page_word"]), mark)
    source = f"""
#set page(paper: "a4", margin: (x: 18mm, top: 22mm, bottom: 20mm),
  header: context if counter(page).get().first() > 1 [#set text(8.5pt, fill: {colour(_GREY, mark)}); {head}],
  footer: [#set text(9pt); #align(right)[{word} #context counter(page).display()]])
#set text(font: "Liberation Sans", size: 12pt, lang: "fr", hyphenate: false)
#set par(leading: 0.66em, spacing: 1em)
#set list(marker: ([•], [-], [·]), spacing: 0.6em)
{_letter(content, mark)}
#pagebreak()
{_preface(content, mark)}
{_contents(content, mark)}
"""
    for node in content.root.of("priority"):
        source += _programme(node, content, mark)
    write(source, content, path)


def _letter(content: Content, mark: Mark) -> str:
    stamps, out = [], []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if role == "stamp":
            stamps.append(said)
            continue
        if node.label:
            said = f"#strong[{code(node.label, mark)}] {said}"
        if role in ("head", "number"):
            said = f"#align(center)[#text(13pt)[#strong[{said}]]]"
        elif role == "title":
            word = code(content.furniture("label", "OBJET :"), mark)
            said = f"#v(2mm)#block(width: 100%, stroke: 0.7pt, inset: 3mm)[#strong[{word} {said}]]#v(2mm)"
        elif role in ("done", "role", "signatory"):
            said = f"#pad(left: 90mm, top: 2mm)[{said}]"
        out.append(said)
    lines = "#linebreak()".join(stamps)
    blue = colour("#20409a", mark)
    seal = f"#block(stroke: 0.8pt + {blue}, inset: 2mm)[#text(7pt, fill: {blue})[{lines}]]"
    seal = f"#place(top + right, dx: 6mm, dy: -13mm)[{seal}]"
    return f"{seal}\n#v(16mm)\n" + "\n\n".join(out) + "\n\n"


def _preface(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said = code(node.text, mark)
        if node.attrs["role"] == "h":
            said = f'#text(19pt, weight: "bold", fill: {colour(_RED, mark)})[{said}]#v(2mm)'
        out.append(said)
    return "\n\n".join(out) + "\n\n"


def _contents(content: Content, mark: Mark) -> str:
    name = code(content.furniture("table_of_contents", content.meta["contents"]), mark)
    out = [f'#v(5mm)#text(13pt, weight: "bold")[{name}]']
    for node in content.root.of("priority"):
        said = " – ".join(text.plain for text in (node.label, node.text) if text)
        out.append(code(content.furniture("table_of_contents", said), mark))
    return "\n\n".join(out) + "\n\n"


def _programme(node: Node, content: Content, mark: Mark) -> str:
    red = colour(_RED, mark)
    title = (
        f"#v(6mm)#block(sticky: true, width: 100%, stroke: (bottom: 2pt + {red}), inset: (bottom: 2mm))[#text(15pt, "
        f'weight: "bold", fill: {red})[{code(node.label, mark)} – {code(node.text, mark)}]]\n\n'
    )
    out = []
    for child in node.children:
        out.append(_commitment(child, content, mark) if child.kind == "engagement" else _part(child, content, mark))
    return title + "".join(out)


def _commitment(node: Node, content: Content, mark: Mark) -> str:
    first, *rest = node.of("entry")
    out = [
        "#v(3mm)#block(sticky: true, below: 0.8em)"
        f"[#text(12.5pt)[#strong[{code(node.label, mark)} – {code(first.text, mark)}]]]\n\n",
        entries(rest, mark),
    ]
    for field in node.of("extra"):
        if field.attrs["reason"].startswith("table"):
            key = code(content.furniture("table", field.attrs["reason"].removeprefix("table ") + " :"), mark)
            out.append(f'#block(sticky: true)[#text(8.5pt, style: "italic")[{key} {code(field.text, mark)}]]\n\n')
    cells = []
    for status, tint in (("réalisé", "#1b6b3a"), ("à venir", "#b45309")):
        found = [block for block in node.of("block") if block.attrs["status"] == status]
        cells.append("[" + "".join(_block(block, tint, mark) for block in found) + "]")
    out.append(
        "#grid(columns: (1fr, 1fr), column-gutter: 0mm, inset: (x: 3mm, y: 1mm), "
        f"stroke: (x, y) => if x == 0 {{ (right: 0.6pt + {colour(_GREY, mark)}) }}, {', '.join(cells)})\n\n"
    )
    out += [_part(child, content, mark) for child in node.of("focus")]
    return "".join(out)


def _block(node: Node, tint: str, mark: Mark) -> str:
    label = f'#block(sticky: true)[#text(10pt, weight: "bold", fill: {colour(tint, mark)})[{code(node.label, mark)}]]'
    return f"{label}\n\n{items(node, mark)}"


def _part(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "block":
        return f"#v(2mm)#pad(x: 3mm)[{_block(node, '#1b6b3a', mark)}]\n\n"
    if node.kind == "focus":
        tag = code(content.furniture("label", content.meta["focus_label"]), mark)
        title = f'#text(9pt, fill: {colour(_RED, mark)})[{tag}]\n\n#text(12pt, weight: "bold")[{code(node.text, mark)}]'
        under = "\n\n".join(extra(one, mark) for one in node.of("extra"))
        fill = "none" if mark.on else 'rgb("#f6ebe4")'
        return f"#v(3mm)#block(width: 100%, fill: {fill}, inset: 4mm)[{title}\n\n{entries(node.of('para'), mark)}{under}]\n\n"
    return extra(node, mark) + "\n\n"
