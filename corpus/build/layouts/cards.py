"""A ruled card an action, made with Writer's tables: its text across, below it the two statuses side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'fo:font-family="Liberation Sans" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="10pt"'
_SERIF = 'fo:font-family="Liberation Serif" fo:language="fr" fo:country="FR" fo:font-size="12pt"'
_LINE = 'fo:margin-bottom="0.15cm"'
STYLES = {
    "body": Style(_LINE, _TEXT),
    "item": Style('fo:margin-bottom="0.08cm"', _TEXT),
    "more": Style(_LINE + ' fo:margin-left="0.6cm"', _TEXT),
    "letter": Style('fo:text-align="justify" fo:margin-bottom="0.25cm"', _SERIF),
    "center": Style('fo:text-align="center" fo:margin-bottom="0.4cm"', f'{_SERIF} fo:font-weight="bold"'),
    "right": Style('fo:text-align="end" fo:margin-top="0.15cm"', _SERIF),
    "h0": Style('fo:margin-bottom="0.5cm" fo:break-before="page"', f'{_FONT} fo:font-size="17pt" fo:color="#00695c"'),
    "h1": Style(
        'fo:break-before="page" fo:margin-bottom="0.4cm" fo:keep-with-next="always"',
        f'{_FONT} fo:font-size="17pt" fo:font-weight="bold" fo:color="#00695c"',
        1,
    ),
    "h2": Style(
        'fo:margin-top="0.6cm" fo:margin-bottom="0.35cm" fo:keep-with-next="always"',
        f'{_FONT} fo:font-size="13pt" fo:font-weight="bold" fo:color="#00695c"',
        2,
    ),
    "name": Style(_LINE, f'{_FONT} fo:font-size="10.5pt" fo:font-weight="bold"'),
    "label": Style('fo:text-align="center"', f'{_FONT} fo:font-size="9.5pt" fo:font-weight="bold" fo:color="#ffffff"'),
    "gap": Style("", f'{_FONT} fo:font-size="7pt"'),
    "caption": Style(_LINE, f'{_FONT} fo:font-size="8.5pt" fo:font-style="italic"'),
    "quote": Style(
        'fo:text-align="center" fo:margin-top="0.4cm" fo:margin-bottom="0.4cm"',
        f'{_FONT} fo:font-size="13pt" fo:font-style="italic" fo:color="#c2185b"',
    ),
    "hidden": Style("", f'{_FONT} fo:font-size="8pt" fo:color="#ffffff"'),
    "small": Style('fo:text-align="end"', f'{_FONT} fo:font-size="8pt" fo:color="#777777"'),
    "note": Style("", f'{_FONT} fo:font-size="8pt"'),
}
_EDGE = 'fo:border="0.75pt solid #00695c" fo:padding="0.15cm"'
TABLES = (
    '<style:style style:name="T" style:family="table"><style:table-properties style:width="17cm" '
    'table:align="margins" fo:margin-bottom="0.1cm"/></style:style>'
    '<style:style style:name="C" style:family="table-column">'
    '<style:table-column-properties style:column-width="8.5cm"/>'
    "</style:style>"
    + "".join(
        f'<style:style style:name="{name}" style:family="table-cell">'
        f"<style:table-cell-properties {_EDGE}{fill}/></style:style>"
        for name, fill in (
            ("plain", ""),
            ("name", ' fo:background-color="#e0f2f1"'),
            ("done", ' fo:background-color="#00695c"'),
            ("next", ' fo:background-color="#c2185b"'),
            ("focus", ' fo:background-color="#fce4ec"'),
        )
    )
)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in cards."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs=content.meta.get("glyphs", "❖-·"),
        extra_styles=TABLES,
        page='fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"',
    )
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    foot = content.furniture("footer", content.meta["footer"])
    writer.footer = f'<text:p text:style-name="small">{writer.spans(foot)} <text:page-number/></text:p>'
    for node in content.nodes("deliberation"):
        style = {"head": "center", "title": "center", "done": "right", "role": "right", "signatory": "right"}
        writer.titled(style.get(node.attrs["role"], "letter"), node.label, " ", node.text)
    for node in content.nodes("report"):
        if node.attrs["role"] == "b" and node.text:
            writer.bullets([(1, node.text)])
        else:
            writer.add("h0" if node.attrs["role"] == "h" else "body", node.text)
    for node in content.root.children:
        _add(node, writer)
    writer.write(path)


def _add(node: Node, writer: Writer) -> None:
    if node.kind in ("ambition", "priority"):
        writer.titled("h1" if node.kind == "ambition" else "h2", node.label, " : ", node.text)
        for child in node.children:
            _add(child, writer)
    elif node.kind == "intro":
        writer.add("body", node.text)
    elif node.kind == "engagement":
        _card(node, writer)
    elif node.kind == "block":
        _pair([node], writer, [])
    elif node.kind == "focus":
        writer.table("T", ["C", "C"], [writer.cell("focus", lambda: _focus(node, writer), span=2)])
        writer.add("gap")
    elif node.kind == "extra" and node.attrs["reason"] != "note":
        writer.add(node.attrs["reason"], node.text)


def _card(node: Node, writer: Writer) -> None:
    def name() -> None:
        for at, entry in enumerate(node.of("entry")):
            assert entry.text
            if entry.attrs["list"]:
                writer.bullets([(1, entry.text)])
            else:
                writer.titled("body" if at else "name", None if at else node.label, " ", entry.text)

    _pair(node.of("block"), writer, [writer.cell("name", name, span=2)])
    quoted = [child for block in node.of("block") for child in block.of("extra")]
    for child in [*quoted, *node.of("focus", "extra")]:
        _add(child, writer)


def _pair(blocks: list[Node], writer: Writer, rows: list[str]) -> None:
    """Rows of two blocks: their labels, then their items; a block without neighbour takes the whole width."""
    for at in range(0, len(blocks), 2):
        pair = blocks[at : at + 2]
        span = 3 - len(pair)
        rows.append("".join(_label(block, writer, span) for block in pair))
        rows.append("".join(writer.cell("plain", partial(writer.items, block.of("item")), span) for block in pair))
    writer.table("T", ["C", "C"], rows)
    writer.add("gap")


def _label(block: Node, writer: Writer, span: int) -> str:
    name = "done" if block.attrs["status"] == "réalisé" else "next"
    return writer.cell(name, partial(writer.add, "label", block.label), span)


def _focus(node: Node, writer: Writer) -> None:
    writer.add("name", node.text)
    for para in node.of("para"):
        assert para.text
        if para.attrs["list"]:
            writer.bullets([(1, para.text)])
        else:
            writer.add("body", para.text)
    for one in node.of("extra"):
        writer.add("caption", one.text)
