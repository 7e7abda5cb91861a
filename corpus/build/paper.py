"""What the Typst layouts share: texts as Typst code, and the PDF made of it. The fonts are those Typst brings along."""

from __future__ import annotations

import datetime as dt
import json
from itertools import groupby
from pathlib import Path

from corpus.build.content import Content, Node, Text
from corpus.build.marks import Mark


def code(text: Text | None, mark: Mark) -> str:
    """The text as Typst code, each run in the colour of its key in the marked edition."""
    if text is None:
        return ""
    out = []
    for run in text.runs:
        # a string in code is set as it stands: no character of it is markup
        said = f"#text({json.dumps(run.text, ensure_ascii=False)})"
        if mark.on:
            said = f'#text(fill: rgb("{mark.hex(run.key)}"), {json.dumps(run.text, ensure_ascii=False)})'
        out.append(f"#super(typographic: false)[{said}]" if run.sup else f"#strong[{said}]" if run.bold else said)
    return "".join(out)


def colour(value: str, mark: Mark) -> str:
    """A layout's own colour, black in the marked edition."""
    return 'rgb("#000000")' if mark.on else f'rgb("{value}")'


def entries(nodes: list[Node], mark: Mark) -> str:
    """Paragraphs and list entries, each in a block of its own."""
    out = []
    for node in nodes:
        said = code(node.text, mark)
        out.append(f"#list[{said}]" if node.attrs.get("list") else said)
    return "\n\n".join(out) + "\n\n"


def items(block: Node, mark: Mark) -> str:
    """The items of a block as paragraphs and lists; the glyphs are those of the layout's `set list(marker: …)`."""
    out = []
    for kind, group in groupby(block.of("item", "extra"), key=lambda node: node.attrs.get("kind") == "bullet"):
        for node in group:
            inside = code(node.text, mark) + _children(node.children, mark)
            if node.kind == "extra":
                inside = extra(node, mark)
            out.append(f"#list[{inside}]" if kind and not _numbered(node) else inside)
    return "\n\n".join(out) + "\n\n"


def extra(node: Node, mark: Mark) -> str:
    """A quote set large in the middle, a caption or note set small."""
    said = code(node.text, mark)
    if node.attrs["reason"] == "quote":
        return f'#align(center)[#v(3mm)#block(width: 80%)[#text(14pt, style: "italic")[{said}]]#v(3mm)]'
    return f"#text(8pt)[{said}]"


def _numbered(node: Node) -> bool:
    said = node.text.plain if node.text else " "
    return said[0].isdigit() and ". " in said[:4]


def _children(children: list[Node], mark: Mark) -> str:
    """Nested entries: level 1 as a list, level 2 as a list in it, level 0 as a paragraph."""
    out = []
    for child in children:
        said = code(child.text, mark)
        level = child.attrs["level"]
        out.append({"0": f"\n\n{said}", "1": f"#list[{said}]", "2": f"#list[#list[{said}]]"}[level])
    return "".join(out)


def write(source: str, content: Content, path: Path) -> None:
    """Typeset the code with Typst."""
    import typst

    title = json.dumps(content.meta.get("pdf_title", content.meta.get("title", content.name)), ensure_ascii=False)
    day = dt.date(2025, 1, 1)
    head = f"#set document(title: {title}, date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))\n"
    path.write_bytes(typst.compile((head + source).encode()))
