"""A broad ruled table in Writer: number, measure, done, to come; rows that span it begin a part; the head repeats."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'fo:font-family="Linux Biolinum O" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="12.5pt"'
_LINE = 'fo:margin-bottom="0.12cm"'
STYLES = {
    "body": Style(_LINE, _TEXT),
    "item": Style('fo:margin-bottom="0.08cm"', _TEXT),
    "more": Style(_LINE + ' fo:margin-left="0.6cm"', _TEXT),
    "letter": Style('fo:margin-bottom="0.22cm"', f'{_FONT} fo:font-size="11.5pt"'),
    "title": Style(
        'fo:text-align="center" fo:margin-top="0.3cm" fo:margin-bottom="0.5cm"',
        f'{_FONT} fo:font-size="14pt" fo:font-weight="bold"',
    ),
    "right": Style('fo:text-align="end" fo:margin-top="0.1cm"', f'{_FONT} fo:font-size="11.5pt"'),
    "h0": Style('fo:break-before="page" fo:margin-bottom="0.4cm"', f'{_FONT} fo:font-size="17pt" fo:color="#1d3557"'),
    "start": Style('fo:break-before="page"', f'{_FONT} fo:font-size="2pt"'),
    "number": Style('fo:text-align="center"', f'{_FONT} fo:font-size="12pt" fo:font-weight="bold"'),
    "measure": Style(_LINE, f'{_FONT} fo:font-size="12.5pt" fo:font-weight="bold"'),
    "column": Style('fo:text-align="center"', f'{_FONT} fo:font-size="10pt" fo:font-weight="bold" fo:color="#ffffff"'),
    "part": Style('fo:keep-with-next="always"', f'{_FONT} fo:font-size="12pt" fo:font-weight="bold"'),
    "caption": Style('fo:margin-top="0.2cm"', f'{_FONT} fo:font-size="8pt" fo:font-style="italic"'),
    "head": Style('fo:text-align="center"', f'{_FONT} fo:font-size="8.5pt" fo:color="#666666"'),
    "foot": Style('fo:text-align="start"', f'{_FONT} fo:font-size="8.5pt" fo:color="#666666"'),
    "note": Style("", f'{_FONT} fo:font-size="8pt"'),
}
_WIDTHS = {"N": "1.4cm", "M": "6.6cm", "D": "9.7cm", "T": "7.6cm"}
_EDGE = 'fo:border="0.5pt solid #1d3557" fo:padding="0.14cm"'
TABLE = (
    '<style:style style:name="G" style:family="table"><style:table-properties style:width="25.3cm" '
    'table:align="left"/></style:style>'
    + "".join(
        f'<style:style style:name="col{name}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        for name, width in _WIDTHS.items()
    )
    + "".join(
        f'<style:style style:name="{name}" style:family="table-cell">'
        f"<style:table-cell-properties {_EDGE}{fill}/></style:style>"
        for name, fill in (
            ("plain", ""),
            ("top", ' fo:background-color="#1d3557"'),
            ("across", ' fo:background-color="#f1c453"'),
        )
    )
)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a broad table."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs=content.meta.get("glyphs", "•–·"),
        extra_styles=TABLE,
        page='fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin-top="1.4cm" '
        'fo:margin-bottom="1.3cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm"',
    )
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "Page")
    writer.header = f'<text:p text:style-name="head">{writer.spans(head)}</text:p>'
    writer.footer = (
        f'<text:p text:style-name="foot">{writer.spans(foot)} <text:page-number/> sur <text:page-count/></text:p>'
    )
    styles = {"title": "title", "done": "right", "role": "right", "signatory": "right"}
    for node in content.nodes("deliberation"):
        writer.titled(styles.get(node.attrs["role"], "letter"), node.label, " ", node.text)
    for node in content.nodes("report"):
        if node.attrs["role"] == "b" and node.text:
            writer.bullets([(1, node.text)])
        else:
            writer.add("h0" if node.attrs["role"] == "h" else "letter", node.text)
    _table(content, writer)
    for node in content.nodes("extra"):
        writer.add("caption", node.text)
    writer.write(path)


def _table(content: Content, writer: Writer) -> None:
    said = [content.furniture("label", one) for one in content.meta["columns"]]
    top = "".join(writer.cell("top", partial(writer.add, "column", text)) for text in said)
    rows = []
    for part in content.root.of("priority"):
        rows.append(writer.cell("across", partial(writer.titled, "part", part.label, " – ", part.text), span=4))
        rows += [_row(node, writer) for node in part.of("engagement")]
    columns = "".join(f'<table:table-column table:style-name="col{name}"/>' for name in _WIDTHS)
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    writer.add("start", None)
    writer.body.append(
        f'<table:table table:style-name="G">{columns}<table:table-header-rows><table:table-row>{top}'
        f"</table:table-row></table:table-header-rows>{lines}</table:table>"
    )


def _row(node: Node, writer: Writer) -> str:
    def measure() -> None:
        for at, entry in enumerate(node.of("entry")):
            if entry.attrs["list"] and entry.text:
                writer.bullets([(1, entry.text)])
            else:
                writer.add("body" if at else "measure", entry.text)

    def cell(status: str) -> None:
        for block in node.of("block"):
            if block.attrs["status"] == status:
                writer.items(block.of("item"))

    return "".join(
        [
            writer.cell("plain", partial(writer.add, "number", node.label)),
            writer.cell("plain", measure),
            writer.cell("plain", partial(cell, "réalisé")),
            writer.cell("plain", partial(cell, "à venir")),
        ]
    )
