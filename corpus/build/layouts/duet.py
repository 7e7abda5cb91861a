"""Two columns under a band of colour; drawn pictograms before the promises, statuses in spaced small capitals.

Everything flows from one column into the next; the drawings take turns. A quote stands between two lines.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.paper import code, colour, entries, items, write

_TINTS = ("#0a5c7a", "#7a3b0a", "#3f6212")
_PICTOS = (
    "polygon(fill: {tint}, (0mm, 4mm), (2mm, 0mm), (4mm, 4mm), (2mm, 3mm))",
    "circle(radius: 2.1mm, stroke: 1.4pt + {tint})",
    "rect(width: 4mm, height: 4mm, radius: 1mm, fill: {tint})",
)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in two columns."""
    number = code(content.furniture("page_number", content.meta["page_word"]), mark)
    head = code(content.furniture("running_head", content.meta["running_head"]), mark)
    source = f"""
#set page(paper: "a4", margin: (x: 15mm, top: 19mm, bottom: 20mm), header-ascent: 5mm,
  header: context if counter(page).get().first() > 1 [#set text(8pt, tracking: 0.03em); #align(right)[{head}]],
  footer: context [#set text(8.5pt); {number} #counter(page).display()#h(1fr)])
#set text(font: "Liberation Sans", stretch: 75%, size: 13pt, lang: "fr", hyphenate: false)
#set par(justify: false, leading: 0.66em, spacing: 0.85em)
#set list(marker: ([▸], [–], [·]), spacing: 0.62em)
{_letter(content, mark)}
#pagebreak()
{_preface(content, mark)}
"""
    for rank, node in enumerate(content.root.of("priority")):
        source += _bet(node, content, mark, colour(_TINTS[rank % 3], mark))
    write(source, content, path)


def _letter(content: Content, mark: Mark) -> str:
    out = ['#set text(font: "Nimbus Roman", size: 11.5pt)']
    for node in content.nodes("deliberation"):
        role, said = node.attrs["role"], code(node.text, mark)
        if node.label:
            said = f"#emph[{code(node.label, mark)}] {said}"
        if role == "head":
            said = f'#text(17pt, font: "URW Gothic", fill: {colour("#0a5c7a", mark)})[{said}]#v(5mm)'
        elif role == "title":
            said = f'#v(3mm)#text(13pt, weight: "bold")[{said}]#v(3mm)'
        elif role == "stamp":
            said = f'#text(7.5pt, font: "Liberation Sans")[{said}]'
        elif role == "decide":
            said = f"#v(2mm)#align(center)[#strong[{said}]]"
        elif role in ("done", "role", "signatory"):
            said = f"#pad(left: 95mm)[{said}]"
        out.append(said)
    return "#[\n" + "\n\n".join(out) + "\n]\n"


def _preface(content: Content, mark: Mark) -> str:
    out = []
    for node in content.nodes("report"):
        said, role = code(node.text, mark), node.attrs["role"]
        if role == "h":
            said = f'#text(18pt, font: "URW Gothic", fill: {colour("#0a5c7a", mark)})[{said}]#v(3mm)'
        out.append(f"#list[{said}]" if role == "b" else said)
    return "#pad(x: 18mm)[\n" + "\n\n".join(out) + "\n]\n"


def _bet(node: Node, content: Content, mark: Mark, tint: str) -> str:
    white = colour("#ffffff", mark)
    band = (
        f"#block(width: 100%, fill: {'none' if mark.on else tint}, inset: 5mm, below: 6mm)"
        f'[#set text(font: "URW Gothic", fill: {white}); #text(11pt)[{code(node.label, mark)}]#linebreak()'
        f'#text(17pt, weight: "bold")[{code(node.text, mark)}]]'
    )
    out = []
    for rank, child in enumerate(node.children):
        if child.kind == "engagement":
            out.append(_promise(child, content, mark, tint, _PICTOS[rank % 3].format(tint=tint)))
        else:
            out.append(_part(child, content, mark, tint))
    return f"#pagebreak()\n{band}\n#columns(2, gutter: 8mm)[\n{''.join(out)}\n]\n"


def _promise(node: Node, content: Content, mark: Mark, tint: str, picto: str) -> str:
    first, *rest = node.of("entry")
    label = f'#text(9.5pt, font: "URW Gothic")[{code(node.label, mark)}]' if node.label else ""
    title = f'#text(12.6pt, font: "URW Gothic", weight: "bold", fill: {tint})[{code(first.text, mark)}]'
    out = [
        f"#v(3mm)#block(sticky: true)[#grid(columns: (6mm, 1fr), {picto}, [{label}#linebreak()#v(-1.5mm)\n{title}])]\n\n",
        entries(rest, mark),
    ]
    out += [_part(child, content, mark, tint) for child in node.children if child.kind != "entry"]
    return "".join(out)


def _part(node: Node, content: Content, mark: Mark, tint: str) -> str:
    said = code(node.text, mark)
    if node.kind == "block":
        label = (
            f'#block(sticky: true, above: 1.1em)[#text(12pt, font: "Linux Libertine O", tracking: 0.12em, fill: {tint})'
            f"[#smallcaps[{code(node.label, mark)}]]]\n\n"
        )
        return label + items(node, mark)
    if node.kind == "focus":
        tag = code(content.furniture("label", content.meta["focus_label"]), mark)
        inside = f'#block(sticky: true)[#text(8.5pt)[{tag}]\n\n#text(12pt, font: "URW Gothic", weight: "bold")[{said}]]\n\n'
        inside += entries(node.of("para"), mark)
        inside += "\n\n".join(f"#text(7.5pt)[{code(one.text, mark)}]" for one in node.of("extra"))
        return f"#block(width: 100%, stroke: 1.2pt + {tint}, inset: 4mm, breakable: true)[{inside}]\n\n"
    if node.kind != "extra":
        return ""
    if node.attrs["reason"] == "quote":
        line = f"#line(length: 100%, stroke: 0.6pt + {tint})"
        return f'#block(breakable: false)[{line}#text(14pt, style: "italic", font: "Nimbus Roman")[{said}]{line}]\n\n'
    return f"#text(8pt)[{said}]\n\n"
