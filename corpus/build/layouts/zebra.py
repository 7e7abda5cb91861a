"""A broad table without any vertical rule: five columns, rows tinted one time in two, parts as dark rows that span it.

The head is set anew on every page and a row runs on over the page's end. `X table Pilote | …` fills the column of that
name; `columns` in the head names them: action, pilot, done, to come, indicator.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, extra, items, write


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as one striped table."""
    head = code(content.furniture("running_head", content.meta["running_head"]), mark)
    foot = code(content.furniture("page_number", content.meta["page_word"]), mark)
    source = f"""
#set text(font: "Liberation Sans", size: 10.5pt, lang: "fr", hyphenate: false)
#set par(justify: false, leading: 0.58em, spacing: 0.75em)
#set list(marker: ([-], [+], [>]), spacing: 0.55em)
#set page(paper: "a4", margin: (x: 26mm, y: 24mm))
{_letter(content, mark)}
#set page(paper: "a4", flipped: true, margin: (x: 12mm, top: 20mm, bottom: 15mm),
  header: [#set text(8pt); {head}],
  footer: context [#set text(8pt); #h(1fr){foot} #counter(page).display() / #counter(page).final().first()])
{_preface(content, mark)}
{_table(content, mark)}
"""
    for node in content.root.walk():
        if node.kind == "focus":
            source += _focus(node, content, mark)
        elif node.kind == "extra" and node.attrs["reason"] == "note":
            source += f"#text(8pt)[{code(node.text, mark)}]\n\n"
    write(source, content, path)


def _letter(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"#strong[{code(node.label, mark)}] {said}"
        if role == "head":
            said = f'#align(center)[#text(14pt, weight: "bold")[{said}]]#v(2mm)'
        elif role == "number":
            said = f"#align(center)[{said}]"
        elif role == "title":
            line = "#line(length: 100%, stroke: 0.8pt)"
            said = f"{line}#align(center)[#strong[{said}]]{line}"
        elif role == "decide":
            said = f"#v(2mm)#align(center)[#strong[{said}]]#v(2mm)"
        elif role in ("done", "role", "signatory"):
            said = f"#pad(left: 88mm)[{said}]"
        out.append(said)
    return '#[#set text(font: "Carlito", size: 11.5pt)\n#set par(spacing: 0.95em)\n' + "\n\n".join(out) + "\n]\n"


def _preface(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said, role = code(node.text, mark), node.attrs["role"]
        out.append(f'#text(15pt, weight: "bold")[{said}]' if role == "h" else f"#list[{said}]" if role == "b" else said)
    return f"#pad(right: 60mm)[#set text(11pt)\n{chr(10).join(one + chr(10) for one in out)}]\n#pagebreak()\n"


def _table(content: Content, mark: Mark) -> str:
    dark, white = colour("#37474f", mark), colour("#ffffff", mark)
    heads = [code(content.furniture("label", one), mark) for one in content.meta["columns"]]
    paint = "none" if mark.on else 'if calc.odd(y) { rgb("#eceff1") } else { none }'
    cells = "".join(f"[#text(weight: 700, fill: {dark})[{one}]], " for one in heads)
    rows = [f"table.header({cells}), table.hline(stroke: 1.2pt + {dark}),"]
    for node in content.root.of("priority"):
        fill = "none" if mark.on else dark
        title = f"{code(node.label, mark)} : {code(node.text, mark)}"
        rows.append(
            f"table.cell(colspan: 5, fill: {fill}, breakable: false)"
            f'[#text(12pt, weight: "bold", fill: {white})[{title}]],'
        )
        rows += [_row(one, content, mark) for one in node.of("engagement")]
        for block in node.of("block"):
            label = f"#text(weight: 700)[{code(block.label, mark)}]"
            rows.append(f"table.cell(colspan: 5)[{label}\n\n{items(block, mark)}],")
    inside = "\n".join(rows)
    return (
        f"#table(columns: (56mm, 31mm, 1fr, 62mm, 35mm), stroke: none, inset: (x: 2.2mm, y: 2.6mm), align: left + top,\n"
        f"fill: (x, y) => {paint},\n{inside}\ntable.hline(stroke: 1.2pt + {dark}))\n\n"
    )


def _row(node: Node, content: Content, mark: Mark) -> str:
    first, *rest = node.of("entry")
    number = f"#text(weight: 700)[{code(node.label, mark)}]#h(1.5mm)" if node.label else ""
    what = f"[{number}#text(weight: 700)[{code(first.text, mark)}]\n\n{entries(rest, mark)}]"
    done, soon = (
        "".join(items(block, mark) for block in node.of("block") if block.attrs["status"] == status)
        for status in ("réalisé", "à venir")
    )
    columns = content.meta["columns"]
    pilot, measure = (
        "".join(code(one.text, mark) for one in node.of("extra") if one.attrs["reason"] == f"table {columns[at]}")
        for at in (1, 4)
    )
    return f"{what}, [#text(9.5pt)[{pilot}]], [{done}], [{soon}], [#text(9.5pt)[{measure}]],"


def _focus(node: Node, content: Content, mark: Mark) -> str:
    tag = code(content.furniture("label", content.meta["focus_label"]), mark)
    inside = f"#text(9pt)[{tag}]\n\n#text(13pt, weight: 700)[{code(node.text, mark)}]\n\n"
    inside += entries(node.of("para"), mark)
    inside += "\n\n".join(extra(one, mark) for one in node.of("extra") if one.attrs["reason"] != "note")
    line = f"(y: 2pt + {colour('#00838f', mark)})"
    return f"#v(4mm)#block(width: 190mm, breakable: false, stroke: {line}, inset: (y: 4mm))[{inside}]\n\n"
