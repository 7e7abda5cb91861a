"""Plain flow: headings with decimal numbers, and the status as bold words that the first paragraph runs on from."""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'style:font-name="Carlito" fo:font-family="Carlito" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="11pt" fo:hyphenate="true"'
_JUST = 'fo:text-align="justify" fo:margin-bottom="0.2cm" fo:line-height="115%" fo:widows="2" fo:orphans="2"'
STYLES = {
    "body": Style(_JUST, _TEXT),
    "item": Style(_JUST.replace("0.2cm", "0.1cm"), _TEXT),
    "more": Style(_JUST + ' fo:margin-left="0.6cm"', _TEXT),
    "center": Style(
        'fo:text-align="center" fo:margin-bottom="0.4cm"', f'{_FONT} fo:font-size="13pt" fo:font-weight="bold"'
    ),
    "right": Style('fo:text-align="end" fo:margin-top="0.2cm"', _TEXT),
    "strong": Style('fo:margin-top="0.4cm" fo:margin-bottom="0.3cm"', f'{_TEXT} fo:font-weight="bold"'),
    "h0": Style(
        'fo:margin-bottom="0.5cm" fo:break-before="page"', f'{_FONT} fo:font-size="18pt" fo:color="#4b2e83"', 1
    ),
    "toc": Style('fo:margin-bottom="0.08cm"', f'{_FONT} fo:font-size="10.5pt"'),
    "h1": Style(
        'fo:margin-top="0.7cm" fo:margin-bottom="0.3cm" fo:keep-with-next="always"',
        f'{_FONT} fo:font-size="16pt" fo:font-weight="bold" fo:color="#4b2e83"',
        1,
    ),
    "h2": Style(
        'fo:margin-top="0.5cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
        f'{_FONT} fo:font-size="13pt" fo:font-weight="bold" fo:color="#c2410c"',
        2,
    ),
    "h3": Style(
        'fo:margin-top="0.35cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"',
        f'{_FONT} fo:font-size="11.5pt" fo:font-weight="bold" fo:font-style="italic"',
        3,
    ),
    "label": Style('fo:margin-bottom="0.1cm" fo:keep-with-next="always"', f'{_TEXT} fo:font-weight="bold"'),
    "box": Style(
        _JUST + ' fo:background-color="#f3f0fa" fo:padding="0.25cm" fo:border-left="2pt solid #4b2e83" '
        'fo:margin-left="0.6cm" fo:margin-right="0.6cm"',
        _TEXT,
    ),
    "boxtitle": Style(
        'fo:background-color="#f3f0fa" fo:padding="0.25cm" fo:border-left="2pt solid #4b2e83" '
        'fo:margin-left="0.6cm" fo:margin-right="0.6cm" fo:keep-with-next="always"',
        f'{_TEXT} fo:font-weight="bold"',
    ),
    "caption": Style(
        'fo:text-align="center" fo:margin-bottom="0.3cm"', f'{_FONT} fo:font-size="9pt" fo:font-style="italic"'
    ),
    "note": Style("", f'{_FONT} fo:font-size="8.5pt"'),
    "small": Style('fo:text-align="center"', f'{_FONT} fo:font-size="9pt" fo:color="#666666"'),
}


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in plain flow."""
    writer = Writer(content, mark, STYLES, glyphs=content.meta.get("glyphs", "➢-o"))
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "- ")
    writer.header = f'<text:p text:style-name="small">{writer.spans(head)}</text:p>'
    writer.footer = f'<text:p text:style-name="small">{writer.spans(foot)}<text:page-number/> -</text:p>'
    _deliberation(writer)
    for node in content.nodes("report"):
        writer.add(
            "h0" if node.attrs["role"] == "h" else "body", "• " if node.attrs["role"] == "b" else None, node.text
        )
    if content.meta.get("contents"):
        _contents(writer)
    for node in content.root.children:
        if node.kind == "ambition":
            _axis(node, writer)
    writer.write(path)


def _deliberation(writer: Writer) -> None:
    for node in writer.content.nodes("deliberation"):
        role = node.attrs["role"]
        style = {
            "head": "center",
            "title": "center",
            "decide": "strong",
            "done": "right",
            "role": "right",
            "signatory": "right",
        }.get(role, "body")
        writer.titled(style, node.label, " ", node.text)


def _contents(writer: Writer) -> None:
    content = writer.content
    writer.add("h0", content.furniture("table_of_contents", content.meta["contents"]))
    for node in content.nodes("ambition", "priority", "engagement"):
        text = node.text or node.children[0].text
        said = " ".join(part.plain for part in (node.label, text) if part)
        writer.add("toc", content.furniture("table_of_contents", said + " ........"))


def _axis(node: Node, writer: Writer) -> None:
    writer.titled("h1", node.label, " – ", node.text)
    for child in node.children:
        if child.kind == "intro":
            writer.add("body", child.text)
        elif child.kind == "priority":
            writer.titled("h2", child.label, " : ", child.text)
            for inner in child.children:
                _inner(inner, writer)
        else:
            _inner(child, writer)


def _inner(node: Node, writer: Writer) -> None:
    if node.kind == "engagement":
        first, *rest = node.of("entry")
        writer.titled("h3", node.label, ". ", first.text)
        for entry in rest:
            if entry.attrs["list"] and entry.text:
                writer.bullets([(1, entry.text)])
            else:
                writer.add("body", entry.text)
        for child in node.children:
            if child.kind != "entry":
                _inner(child, writer)
    elif node.kind == "block":
        _block(node, writer)
    elif node.kind == "focus":
        writer.add("boxtitle", node.text)
        for para in node.of("para"):
            writer.add("box", para.text)
        for one in node.of("extra"):
            writer.add("caption", one.text)
    elif node.kind == "extra" and node.attrs["reason"] != "note":
        writer.add("caption", node.text)


def _block(node: Node, writer: Writer) -> None:
    """The label, and on the same line the first paragraph; a list begins below it."""
    items = node.of("item")
    run_in = items and items[0].attrs["kind"] != "bullet"
    label = f'<text:span text:style-name="bold">{writer.spans(node.label)}</text:span>'
    writer.used["bold"] = 'fo:font-weight="bold"'
    first = f" {writer.spans(items[0].text)}" if run_in else ""
    writer.body.append(f'<text:p text:style-name="body">{label}{first}</text:p>')
    writer.items(items[1:] if run_in else items)
    for one in node.of("extra"):
        if one.attrs["reason"] != "note":
            writer.add("caption", one.text)
