"""A report typed by an office in its word processor's ready-made styles: blue headings, labels as small headings of their own.

Headings are numbered I, 1, a) without a word for the level. A table of figures closes the report. `contents_pages` in the
head are the pages that the contents name, one a heading.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'fo:font-family="Carlito" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="11pt"'
_LINE = 'fo:margin-bottom="0.28cm" fo:line-height="108%"'
_KEEP = ' fo:keep-with-next="always"'
_BLUE = 'fo:color="#2f5496"'
STYLES = {
    "body": Style(_LINE + ' fo:text-align="justify" fo:widows="2" fo:orphans="2"', _TEXT),
    "item": Style('fo:margin-bottom="0.1cm" fo:line-height="108%" fo:text-align="justify"', _TEXT),
    "more": Style(_LINE + ' fo:text-align="justify"', _TEXT),
    "center": Style('fo:text-align="center" fo:margin-bottom="0.3cm"', f'{_TEXT} fo:font-weight="bold"'),
    "object": Style(
        'fo:margin-top="0.4cm" fo:margin-bottom="0.5cm" fo:border-top="0.5pt solid #000000" '
        'fo:border-bottom="0.5pt solid #000000" fo:padding="0.15cm"',
        f'{_TEXT} fo:font-weight="bold"',
    ),
    "left": Style('fo:margin-bottom="0.22cm" fo:text-align="justify"', _TEXT),
    "right": Style('fo:margin-left="9cm" fo:margin-top="0.25cm"', _TEXT),
    "h0": Style('fo:margin-top="0.5cm" fo:margin-bottom="0.3cm"' + _KEEP, f'{_FONT} fo:font-size="16pt" {_BLUE}', 1),
    "h1": Style('fo:margin-top="0.8cm" fo:margin-bottom="0.25cm"' + _KEEP, f'{_FONT} fo:font-size="16pt" {_BLUE}', 1),
    "h2": Style('fo:margin-top="0.5cm" fo:margin-bottom="0.2cm"' + _KEEP, f'{_FONT} fo:font-size="13pt" {_BLUE}', 2),
    "h3": Style(
        'fo:margin-top="0.35cm" fo:margin-bottom="0.15cm" fo:margin-left="0.5cm"' + _KEEP,
        f'{_FONT} fo:font-size="12pt" fo:color="#1f3763"',
        3,
    ),
    "label": Style(
        'fo:margin-top="0.15cm" fo:margin-bottom="0.08cm"' + _KEEP,
        f'{_TEXT} fo:font-style="italic" style:text-underline-style="solid" style:text-underline-width="auto" '
        'style:text-underline-color="font-color"',
    ),
    "boxtitle": Style(
        'fo:margin-top="0.3cm" fo:margin-left="0.8cm" fo:margin-bottom="0.1cm" fo:border-left="3pt solid '
        '#2f5496" fo:padding-left="0.3cm"' + _KEEP,
        f'{_FONT} fo:font-size="12pt" fo:font-weight="bold"',
    ),
    "box": Style(
        'fo:margin-left="0.8cm" fo:margin-bottom="0.15cm" fo:border-left="3pt solid #2f5496" fo:padding-left="0.3cm" '
        'fo:text-align="justify"',
        _TEXT,
    ),
    "caption": Style('fo:margin-bottom="0.3cm"', f'{_FONT} fo:font-size="9pt" fo:font-style="italic" fo:color="#44546a"'),
    "note": Style("", f'{_FONT} fo:font-size="10pt"'),
    "cell": Style("", _TEXT),
    "head": Style('fo:border-bottom="0.5pt solid #2f5496"', f'{_FONT} fo:font-size="9pt" fo:color="#7f7f7f"'),
    "foot": Style('fo:text-align="center"', f'{_FONT} fo:font-size="9pt"'),
    "break": Style('fo:break-before="page"', f'{_FONT} fo:font-size="2pt"'),
}
ROLES = {"head": "center", "number": "center", "title": "object", "done": "right", "role": "right", "signatory": "right"}
TABLE = (
    '<style:style style:name="T" style:family="table"><style:table-properties style:width="12cm" table:align="left"/>'
    "</style:style>"
    + "".join(
        f'<style:style style:name="w{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}"/></style:style>'
        for name, width in (("A", "8cm"), ("B", "4cm"))
    )
    + '<style:style style:name="plain" style:family="table-cell"><style:table-cell-properties '
    'fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
)

# a contents line: its page number on a right tab with a dotted leader
TABS = "".join(
    f'<style:style style:name="dots{level}" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.1cm" '
    f'fo:margin-left="{left}cm"><style:tab-stops><style:tab-stop style:position="{16 - left}cm" style:type="right" '
    f'style:leader-style="dotted" style:leader-text="."/></style:tab-stops></style:paragraph-properties>'
    f"<style:text-properties {_TEXT}/></style:style>"
    for level, left in ((1, 0.0), (2, 0.4))
)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a plain report."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs="•o▪",
        extra_styles=TABLE + TABS,
        page='fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.25cm" fo:margin-bottom="1.25cm" '
        'fo:margin-left="2.5cm" fo:margin-right="2.5cm"',
    )
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "Page")
    writer.header = f'<text:p text:style-name="head">{writer.spans(head)}</text:p>'
    writer.footer = f'<text:p text:style-name="foot">{writer.spans(foot)} <text:page-number/> sur <text:page-count/></text:p>'
    for node in content.nodes("deliberation"):
        writer.titled(ROLES.get(node.attrs["role"], "left"), node.label, " ", node.text)
    writer.add("break")
    _contents(writer)
    for node in content.nodes("report"):
        if node.attrs["role"] == "b" and node.text:
            writer.bullets([(1, node.text)])
        else:
            writer.add("h0" if node.attrs["role"] == "h" else "body", node.text)
    for node in content.root.of("ambition"):
        writer.titled("h1", node.label, ". ", node.text)
        for child in node.of("intro"):
            writer.add("body", child.text)
        for part in node.of("priority"):
            writer.titled("h2", part.label, ". ", part.text)
            for child in part.children:
                _add(child, writer)
    _table(writer)
    writer.write(path)


def _contents(writer: Writer) -> None:
    content = writer.content
    writer.add("h0", content.furniture("table_of_contents", content.meta["contents"]))
    for node, page in zip(content.nodes("ambition", "priority"), content.meta["contents_pages"], strict=True):
        assert node.label
        assert node.text
        said = f"{node.label.plain}. {node.text.plain}"
        line, number = content.furniture("table_of_contents", said), content.furniture("table_of_contents", str(page))
        name = "dots1" if node.kind == "ambition" else "dots2"
        writer.body.append(f'<text:p text:style-name="{name}">{writer.spans(line)}<text:tab/>{writer.spans(number)}</text:p>')


def _add(node: Node, writer: Writer) -> None:
    if node.kind == "engagement":
        first, *rest = node.of("entry")
        writer.titled("h3", node.label, ") ", first.text)
        for entry in rest:
            if entry.attrs["list"] and entry.text:
                writer.bullets([(1, entry.text)])
            else:
                writer.add("body", entry.text)
        for child in node.children:
            if child.kind != "entry":
                _add(child, writer)
    elif node.kind == "block":
        writer.add("label", node.label)
        writer.items(node.of("item"))
        for one in node.of("extra"):
            _add(one, writer)
    elif node.kind == "focus":
        writer.add("boxtitle", node.text)
        for para in node.of("para"):
            writer.add("box", para.text)
        for one in node.of("extra"):
            writer.add("caption", one.text)
    elif node.kind == "directive":
        writer.add("break")
    elif node.kind == "extra" and node.attrs["reason"] == "caption":
        writer.add("caption", node.text)


def _table(writer: Writer) -> None:
    """The report's last table: what is no part of the plan, a key and a value a row."""
    rows = []
    for node in writer.content.nodes("extra"):
        if node.attrs["reason"].startswith("table"):
            key = writer.content.furniture("table", node.attrs["reason"].removeprefix("table").strip())
            rows.append(
                writer.cell("plain", partial(writer.add, "cell", key))
                + writer.cell("plain", partial(writer.add, "cell", node.text))
            )
    writer.add("h0", writer.content.furniture("table", writer.content.meta["table_title"]))
    writer.table("T", ["wA", "wB"], rows)
