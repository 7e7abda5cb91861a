"""An office's report as it leaves the word processor: capitals and rules for headings, labels in bold that run in.

The lines are ragged and unhyphenated, the first line of a paragraph set in. `contents_pages` in the head are the pages
that the contents name, one a heading; a page break is `! page`.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node, Text
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'fo:font-family="Liberation Serif" fo:language="fr" fo:country="FR"'
_ARIAL = 'fo:font-family="Liberation Sans" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="12pt"'
_LINE = 'fo:margin-bottom="0.2cm" fo:widows="2" fo:orphans="2"'
_KEEP = ' fo:keep-with-next="always"'
STYLES = {
    "body": Style(_LINE + ' fo:text-indent="0.75cm"', _TEXT),
    "label": Style(_LINE + ' fo:margin-top="0.15cm"', _TEXT),
    "item": Style('fo:margin-bottom="0.05cm"', _TEXT),
    "more": Style(_LINE + ' fo:margin-left="1.2cm"', _TEXT),
    "center": Style('fo:text-align="center" fo:margin-bottom="0.35cm"', f'{_TEXT} fo:font-weight="bold"'),
    "object": Style(
        'fo:text-align="center" fo:margin-top="0.3cm" fo:margin-bottom="0.5cm" fo:border="1pt solid #000000" '
        'fo:padding="0.2cm"',
        f'{_TEXT} fo:font-weight="bold"',
    ),
    "left": Style('fo:margin-bottom="0.25cm"', _TEXT),
    "right": Style('fo:margin-left="9.5cm" fo:text-align="center" fo:margin-top="0.2cm"', _TEXT),
    "h0": Style(
        'fo:margin-bottom="0.5cm" fo:margin-top="0.6cm"' + _KEEP,
        f'{_ARIAL} fo:font-size="14pt" fo:font-weight="bold" fo:color="#1f4e79"',
        1,
    ),
    "toc1": Style('fo:margin-top="0.15cm"', f'{_FONT} fo:font-size="11pt" fo:font-weight="bold"'),
    "toc2": Style('fo:margin-left="0.6cm"', f'{_FONT} fo:font-size="11pt"'),
    "h1": Style(
        'fo:margin-top="0.7cm" fo:margin-bottom="0.3cm" fo:background-color="#deeaf6" fo:padding="0.1cm"' + _KEEP,
        f'{_ARIAL} fo:font-size="13pt" fo:font-weight="bold" fo:color="#1f4e79"',
        1,
    ),
    "h2": Style(
        'fo:margin-top="0.45cm" fo:margin-bottom="0.2cm"' + _KEEP,
        f'{_ARIAL} fo:font-size="11.5pt" fo:font-weight="bold" fo:color="#2e74b5"',
        2,
    ),
    "box": Style(
        _LINE + ' fo:border="0.5pt solid #7f7f7f" fo:padding="0.2cm" fo:background-color="#f2f2f2"',
        f'{_FONT} fo:font-size="11pt"',
    ),
    "boxtitle": Style(
        _LINE + ' fo:border="0.5pt solid #7f7f7f" fo:padding="0.2cm" fo:background-color="#f2f2f2"' + _KEEP,
        f'{_ARIAL} fo:font-size="10.5pt" fo:font-weight="bold"',
    ),
    "caption": Style(
        'fo:text-align="center" fo:margin-bottom="0.3cm"',
        f'{_FONT} fo:font-size="9pt" fo:font-style="italic" fo:color="#44546a"',
    ),
    "note": Style("", f'{_FONT} fo:font-size="10pt"'),
    "head": Style('fo:text-align="end"', f'{_FONT} fo:font-size="9pt" fo:color="#7f7f7f"'),
    "foot": Style('fo:text-align="end" fo:border-top="0.5pt solid #7f7f7f"', f'{_ARIAL} fo:font-size="9pt"'),
    "break": Style('fo:break-before="page"', f'{_FONT} fo:font-size="2pt"'),
}
ROLES = {"head": "center", "number": "center", "done": "right", "role": "right"}


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as an office's report."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs="•o▪",
        page='fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" '
        'fo:margin-left="2.5cm" fo:margin-right="2.5cm"',
    )
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "| Page")
    writer.header = f'<text:p text:style-name="head">{writer.spans(head)}</text:p>'
    writer.footer = f'<text:p text:style-name="foot"><text:page-number/> {writer.spans(foot)}</text:p>'
    for node in content.nodes("deliberation"):
        role = node.attrs["role"]
        if role == "title":
            writer.add("object", content.furniture("label", "OBJET :"), " ", node.text)
            continue
        writer.titled("right" if role == "signatory" else ROLES.get(role, "left"), node.label, " ", node.text)
    writer.add("break")
    for node in content.nodes("report"):
        if node.attrs["role"] == "b" and node.text:
            writer.bullets([(1, node.text)])
        else:
            writer.add("h0" if node.attrs["role"] == "h" else "body", node.text)
    _contents(writer)
    for node in content.root.of("priority"):
        writer.titled("h1", node.label, " : ", node.text)
        for child in node.children:
            _add(child, writer)
    writer.write(path)


def _contents(writer: Writer) -> None:
    """The contents with dots to the page: the tabs of a word processor, flattened."""
    content = writer.content
    writer.add("h0", content.furniture("table_of_contents", content.meta["contents"]))
    nodes = content.nodes("priority", "engagement")
    for node, page in zip(nodes, content.meta["contents_pages"], strict=True):
        text = node.text or node.children[0].text
        assert text
        assert node.label
        said = f"{node.label.plain} {':' if node.kind == 'priority' else '–'} {text.plain}"
        dots = "." * max(4, (72 if node.kind == "priority" else 86) - len(said))
        style = "toc1" if node.kind == "priority" else "toc2"
        writer.add(style, content.furniture("table_of_contents", f"{said} {dots} {page}"))


def _add(node: Node, writer: Writer) -> None:
    if node.kind == "engagement":
        first, *rest = node.of("entry")
        writer.titled("h2", node.label, " – ", first.text)
        for entry in rest:
            if entry.attrs["list"] and entry.text:
                writer.bullets([(1, entry.text)])
            else:
                writer.add("body", entry.text)
        for child in node.children:
            if child.kind != "entry":
                _add(child, writer)
    elif node.kind == "block":
        _block(node, writer)
    elif node.kind == "focus":
        writer.add("boxtitle", node.text)
        for para in node.of("para"):
            writer.add("box", para.text)
        for one in node.of("extra"):
            writer.add("caption", one.text)
    elif node.kind == "directive":
        writer.add("break")
    elif node.kind == "extra" and node.attrs["reason"] != "note":
        writer.add("caption", node.text)


def _block(node: Node, writer: Writer) -> None:
    """The label bold, its first paragraph on the same line; a list begins below it."""
    found = node.of("item")
    run_in = bool(found) and found[0].attrs["kind"] != "bullet"
    writer.used["status"] = 'fo:font-weight="bold"'
    label = f'<text:span text:style-name="status">{writer.spans(node.label)}</text:span>'
    first: Text | None = found[0].text if run_in else None
    writer.body.append(f'<text:p text:style-name="label">{label}{" " * run_in}{writer.spans(first)}</text:p>')
    writer.items(found[1:] if run_in else found)
    for one in node.of("extra"):
        if one.attrs["reason"] != "note":
            writer.add("caption", one.text)
