"""A word processor's report: a cover, headings in blue, and under each objective a table with horizontal rules only.

The table has three columns, the action, where it stands and what follows; its head is set anew in every table and on
every page it reaches. `cover` in the head lists the lines of the cover, `contents_pages` the pages that the contents name.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_LANG = 'fo:language="fr" fo:country="FR"'
_SERIF = f'fo:font-family="URW Bookman" {_LANG}'
_SANS = f'fo:font-family="Liberation Sans Narrow" {_LANG}'
_BLUE = 'fo:color="#1f4e79"'
_TEXT = f'{_SERIF} fo:font-size="10.5pt"'
_KEEP = ' fo:keep-with-next="always"'
STYLES = {
    "body": Style('fo:margin-bottom="0.12cm"', _TEXT),
    "item": Style('fo:margin-bottom="0.07cm"', _TEXT),
    "more": Style('fo:margin-bottom="0.1cm" fo:margin-left="0.6cm"', _TEXT),
    "prose": Style(
        'fo:text-align="justify" fo:margin-bottom="0.25cm" fo:line-height="118%"', f'{_TEXT} fo:hyphenate="true"'
    ),
    "center": Style('fo:text-align="center" fo:margin-bottom="0.3cm"', f'{_SERIF} fo:font-size="12pt"'),
    "object": Style(
        'fo:text-align="center" fo:margin-top="0.4cm" fo:margin-bottom="0.5cm" fo:border="0.75pt solid #000000" '
        'fo:padding="0.2cm"',
        f'{_SERIF} fo:font-size="12pt" fo:font-weight="bold"',
    ),
    "right": Style('fo:margin-left="9.5cm" fo:margin-top="0.2cm"', _TEXT),
    "cover": Style('fo:margin-top="2.4cm"', f'{_SANS} fo:font-size="26pt" {_BLUE}'),
    "coverpage": Style('fo:break-before="page" fo:margin-top="4cm"', f'{_SANS} fo:font-size="26pt" {_BLUE}'),
    "h0": Style('fo:break-before="page" fo:margin-bottom="0.4cm"', f'{_SANS} fo:font-size="18pt" {_BLUE}', 1),
    "toc": Style('fo:margin-top="0.12cm"', f'{_SERIF} fo:font-size="10pt"'),
    "toc2": Style('fo:margin-left="0.8cm"', f'{_SERIF} fo:font-size="10pt"'),
    "h1": Style(
        'fo:margin-top="0.8cm" fo:margin-bottom="0.3cm"' + _KEEP, f'{_SANS} fo:font-size="18pt" {_BLUE}', 1
    ),
    "h2": Style(
        'fo:margin-top="0.5cm" fo:margin-bottom="0.3cm"' + _KEEP,
        f'{_SANS} fo:font-size="14pt" fo:color="#2e74b5"',
        2,
    ),
    "column": Style('fo:margin-bottom="0.05cm"' + _KEEP, f'{_SANS} fo:font-size="11pt" fo:font-weight="bold" {_BLUE}'),
    "name": Style("", f'{_SANS} fo:font-size="10pt" fo:color="#2e74b5"'),
    "action": Style('fo:margin-bottom="0.12cm"', f'{_SERIF} fo:font-size="10.5pt" fo:font-weight="bold"'),
    "boxtitle": Style(
        'fo:margin-top="0.5cm" fo:background-color="#deeaf6" fo:padding="0.2cm"' + _KEEP,
        f'{_SANS} fo:font-size="13pt" {_BLUE}',
    ),
    "box": Style('fo:background-color="#deeaf6" fo:padding="0.2cm" fo:text-align="justify"', _TEXT),
    "caption": Style('fo:margin-top="0.15cm" fo:margin-bottom="0.3cm"', f'{_SERIF} fo:font-size="8pt" {_BLUE}'),
    "quote": Style(
        'fo:margin-left="3cm" fo:margin-right="3cm" fo:margin-top="0.4cm" fo:margin-bottom="0.4cm"',
        f'{_SERIF} fo:font-size="13pt" fo:font-style="italic" fo:color="#2e74b5"',
    ),
    "note": Style("", f'{_SERIF} fo:font-size="8pt"'),
    "head": Style('fo:text-align="end"', f'{_SANS} fo:font-size="9pt" fo:color="#7f7f7f"'),
    "foot": Style('fo:text-align="center"', f'{_SANS} fo:font-size="9pt" fo:color="#7f7f7f"'),
}
_WIDTHS = {"A": "4.9cm", "B": "6.8cm", "C": "5.1cm"}
TABLE = (
    '<style:style style:name="T" style:family="table"><style:table-properties style:width="16.8cm" '
    'table:align="left"/></style:style>'
    + "".join(
        f'<style:style style:name="w{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        for name, width in _WIDTHS.items()
    )
    + "".join(
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'fo:border-left="none" fo:border-right="none" fo:border-top="{top}" fo:border-bottom="{bottom}" '
        f'fo:padding="0.12cm"/></style:style>'
        for name, top, bottom in (
            ("plain", "none", "0.5pt solid #9cc2e5"),
            ("top", "1.5pt solid #1f4e79", "1.5pt solid #1f4e79"),
        )
    )
)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a word processor's report."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs=content.meta.get("glyphs", "\u00b7o\u00a7"),
        extra_styles=TABLE,
        page='fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.5cm" fo:margin-bottom="1.4cm" '
        'fo:margin-left="2.1cm" fo:margin-right="2.1cm"',
    )
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", content.meta["page_word"])
    writer.header = f'<text:p text:style-name="head">{writer.spans(head)}</text:p>'
    writer.footer = f'<text:p text:style-name="foot">{writer.spans(foot)} <text:page-number/></text:p>'
    styles = {"head": "center", "number": "center", "title": "object", "done": "right", "role": "right"}
    for node in content.nodes("deliberation"):
        role = node.attrs["role"]
        writer.titled("right" if role == "signatory" else styles.get(role, "prose"), node.label, " ", node.text)
    for at, line in enumerate(content.meta["cover"]):
        writer.add("cover" if at else "coverpage", content.furniture("cover", line))
    _contents(writer)
    for node in content.nodes("report"):
        if node.attrs["role"] == "b" and node.text:
            writer.bullets([(1, node.text)])
        else:
            writer.add("h1" if node.attrs["role"] == "h" else "prose", node.text)
    for node in content.root.of("ambition"):
        _orientation(node, writer)
    writer.write(path)


def _contents(writer: Writer) -> None:
    content = writer.content
    writer.add("h0", content.furniture("table_of_contents", content.meta["contents"]))
    for node, page in zip(content.nodes("ambition", "priority"), content.meta["contents_pages"], strict=True):
        said = " : ".join(text.plain for text in (node.label, node.text) if text)
        style = "toc" if node.kind == "ambition" else "toc2"
        writer.add(style, content.furniture("table_of_contents", f"{said} {'.' * 20} {page}"))


def _orientation(node: Node, writer: Writer) -> None:
    writer.titled("h1", node.label, " : ", node.text)
    for child in node.of("intro"):
        writer.add("prose", child.text)
    for child in node.of("priority"):
        writer.titled("h2", child.label, " : ", child.text)
        _table(child, writer)
        for owner in child.walk():
            if owner.kind != "focus":
                for one in owner.of("extra"):
                    if one.attrs["reason"] != "note":
                        writer.add(one.attrs["reason"], one.text)
        for one in [x for x in child.walk() if x.kind == "focus"]:
            writer.add("boxtitle", one.text)
            for para in one.of("para"):
                writer.add("box", para.text)
            for under in one.of("extra"):
                writer.add("caption", under.text)


def _table(node: Node, writer: Writer) -> None:
    said = [writer.content.furniture("label", one) for one in writer.content.meta["columns"]]
    top = "".join(writer.cell("top", partial(writer.add, "column", text)) for text in said)
    rows = [_row(one, writer) for one in node.of("engagement")]
    columns = "".join(f'<table:table-column table:style-name="w{name}"/>' for name in _WIDTHS)
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    writer.body.append(
        f'<table:table table:style-name="T">{columns}<table:table-header-rows><table:table-row>{top}'
        f"</table:table-row></table:table-header-rows>{lines}</table:table>"
    )


def _row(node: Node, writer: Writer) -> str:
    def action() -> None:
        writer.add("name", node.label)
        for at, entry in enumerate(node.of("entry")):
            if entry.attrs["list"] and entry.text:
                writer.bullets([(1, entry.text)])
            else:
                writer.add("body" if at else "action", entry.text)

    def cell(status: str) -> None:
        for block in node.of("block"):
            if block.attrs["status"] == status:
                writer.items(block.of("item"))

    return "".join(
        [
            writer.cell("plain", action),
            writer.cell("plain", partial(cell, "réalisé")),
            writer.cell("plain", partial(cell, "à venir")),
        ]
    )
