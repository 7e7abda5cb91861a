"""A president's report that holds the review in its own text, the act itself at its end, in the order of the source.

Roman headings are the report's, letters those of the plan; the labels run in after an arrow. A table of indicators stands
where its lines (`X table NAME | first ; second`) begin, `table_head` in the head names its columns.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from corpus.build.content import Content, Node, Run, Text
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'fo:font-family="Liberation Serif" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="12pt"'
_BOLD = f'{_TEXT} fo:font-weight="bold"'
_JUST = 'fo:text-align="justify" fo:widows="2" fo:orphans="2"'
_KEEP = ' fo:keep-with-next="always"'
STYLES = {
    "body": Style(f'{_JUST} fo:margin-bottom="0.25cm"', _TEXT),
    "label": Style(f'{_JUST} fo:margin-bottom="0.2cm" fo:margin-left="0.6cm" fo:text-indent="-0.6cm"', _TEXT),
    "item": Style(f'{_JUST} fo:margin-bottom="0.06cm"', _TEXT),
    "more": Style(f'{_JUST} fo:margin-bottom="0.2cm" fo:margin-left="0.6cm"', _TEXT),
    "center": Style('fo:text-align="center" fo:margin-bottom="0.15cm"', _BOLD),
    "object": Style(
        'fo:text-align="center" fo:margin-top="0.5cm" fo:margin-bottom="0.7cm" fo:border="1.5pt double #000000" '
        'fo:padding="0.25cm"',
        _BOLD,
    ),
    "h1": Style(
        'fo:margin-top="0.5cm" fo:margin-bottom="0.3cm"' + _KEEP,
        f'{_BOLD} fo:text-transform="uppercase" style:text-underline-style="solid" style:text-underline-width="auto" '
        'style:text-underline-color="font-color"',
        1,
    ),
    "h2": Style('fo:margin-top="0.4cm" fo:margin-bottom="0.25cm" fo:margin-left="0.6cm"' + _KEEP, _BOLD, 2),
    "h3": Style(f'{_JUST} fo:margin-top="0.3cm" fo:margin-bottom="0.15cm"' + _KEEP, f'{_BOLD} fo:font-style="italic"', 3),
    "boxtitle": Style('fo:border="0.5pt solid #000000" fo:padding="0.2cm" fo:background-color="#e7e6e6"' + _KEEP, _BOLD),
    "box": Style(
        f'{_JUST} fo:border="0.5pt solid #000000" fo:padding="0.2cm" fo:background-color="#e7e6e6"',
        f'{_FONT} fo:font-size="11pt"',
    ),
    "cell": Style("", f'{_FONT} fo:font-size="11pt"'),
    "top": Style('fo:text-align="center"' + _KEEP, f'{_FONT} fo:font-size="11pt" fo:font-weight="bold"'),
    "gap": Style("", f'{_FONT} fo:font-size="6pt"'),
    "right": Style('fo:margin-left="8.5cm" fo:margin-top="0.3cm" fo:margin-bottom="0.3cm"' + _KEEP, _TEXT),
    "note": Style("", f'{_FONT} fo:font-size="10pt"'),
    "foot": Style('fo:text-align="center"', f'{_FONT} fo:font-size="9pt"'),
}
ROLES = {"head": "center", "number": "center", "title": "object", "done": "right", "role": "right", "signatory": "right"}
TABLE = (
    '<style:style style:name="T" style:family="table"><style:table-properties style:width="14cm" table:align="center"/>'
    "</style:style>"
    + "".join(
        f'<style:style style:name="w{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{width}"/></style:style>'
        for name, width in (("A", "9cm"), ("B", "2.5cm"))
    )
    + '<style:style style:name="plain" style:family="table-cell"><style:table-cell-properties '
    'fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>'
)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a report with its act."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs="-o▪",
        extra_styles=TABLE,
        page='fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.3cm" fo:margin-bottom="1.2cm" '
        'fo:margin-left="2.3cm" fo:margin-right="2.3cm"',
    )
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    foot = content.furniture("footer", content.meta["footer"])
    writer.footer = f'<text:p text:style-name="foot">{writer.spans(foot)} – <text:page-number/>/<text:page-count/></text:p>'
    writer.used["status"] = 'style:text-underline-style="solid" style:text-underline-color="font-color"'
    titled = False
    for node in content.root.children:
        if node.kind == "deliberation":
            role = node.attrs["role"]
            # what stands above the title is the head of the sheet
            style = "center" if not titled and role == "p" else ROLES.get(role, "body")
            titled = titled or role == "title"
            writer.titled(style, node.label, " ", node.text)
        elif node.kind == "report":
            writer.add("h1" if node.attrs["role"] == "h" else "body", node.text)
        elif node.kind == "priority":
            writer.titled("h2", node.label, ". ", node.text)
            for child in node.children:
                _add(child, writer)
            _table(node, writer)
    writer.write(path)


def _add(node: Node, writer: Writer) -> None:
    if node.kind == "engagement":
        first, *rest = node.of("entry")
        writer.titled("h3", node.label, " – ", first.text)
        for entry in rest:
            if entry.attrs["list"] and entry.text:
                writer.bullets([(1, entry.text)])
            else:
                writer.add("body", entry.text)
        for child in node.children:
            if child.kind != "entry":
                _add(child, writer)
    elif node.kind == "block":
        found = node.of("item")
        run_in = bool(found) and found[0].attrs["kind"] != "bullet"
        label = f'<text:span text:style-name="status">{writer.spans(node.label)}</text:span>'
        first_text: Text | None = found[0].text if run_in else None
        said = f"{label}{' ' * run_in}{writer.spans(first_text)}"
        writer.body.append(f'<text:p text:style-name="label">➢ {said}</text:p>')
        writer.items(found[1:] if run_in else found, "more")
    elif node.kind == "focus":
        writer.add("gap")
        writer.add("boxtitle", node.text)
        for para in node.of("para"):
            writer.add("box", para.text)
        writer.add("gap")


def _table(node: Node, writer: Writer) -> None:
    """The indicators: a name and two values a row."""
    lines = [one for one in node.walk() if one.kind == "extra" and one.attrs["reason"].startswith("table")]
    if not lines:
        return
    content = writer.content
    rows = ["".join(_cell(writer, "top", content.furniture("table", said)) for said in content.meta["table_head"])]
    for one in lines:
        assert one.text
        parts = [content.furniture("table", one.attrs["reason"].removeprefix("table").strip())]
        for said in one.text.plain.split(" ; "):
            said = content.typographic(said)
            parts.append(Text(one.text.key, [Run(said, one.text.key)], said, []))
        rows.append("".join(_cell(writer, "cell", part) for part in parts))
    writer.add("gap")
    writer.table("T", ["wA", "wB", "wB"], rows)


def _cell(writer: Writer, style: str, text: Text) -> str:
    return writer.cell("plain", partial(writer.add, style, text))
