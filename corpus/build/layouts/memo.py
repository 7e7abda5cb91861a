"""A sober report as an office writes it: Roman and decimal headings, numbered actions, run-in labels in italics.

Footnotes stand at the foot of their page, the contents before the first heading, the page number as "x/y". The text
under an action is set further in than its heading.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'style:font-name="P052" fo:font-family="P052" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="11.5pt" fo:hyphenate="true"'
_JUST = 'fo:text-align="justify" fo:margin-bottom="0.18cm" fo:line-height="125%" fo:widows="2" fo:orphans="2"'
_IN = ' fo:margin-left="0.8cm"'
_KEEP = ' fo:keep-with-next="always"'
STYLES = {
    "body": Style(_JUST, _TEXT),
    "inset": Style(_JUST + _IN, _TEXT),
    "item": Style('fo:text-align="justify" fo:margin-bottom="0.08cm"', _TEXT),
    "more": Style(_JUST + ' fo:margin-left="1.4cm"', _TEXT),
    "center": Style('fo:text-align="center" fo:margin-bottom="0.5cm"', f'{_FONT} fo:font-size="12pt"'),
    "object": Style(
        'fo:margin-top="0.4cm" fo:margin-bottom="0.6cm" fo:margin-left="1.5cm" fo:text-indent="-1.5cm"',
        f'{_FONT} fo:font-size="11pt" fo:font-weight="bold"',
    ),
    "right": Style('fo:margin-left="9cm" fo:margin-top="0.25cm"', _TEXT),
    "h0": Style(
        'fo:margin-bottom="0.6cm" fo:break-before="page" fo:text-align="center"', f'{_FONT} fo:font-size="15pt"', 1
    ),
    "toc1": Style('fo:margin-top="0.2cm"', f'{_FONT} fo:font-size="10.5pt" fo:font-weight="bold"'),
    "toc2": Style(_IN, f'{_FONT} fo:font-size="10.5pt"'),
    "toc3": Style(' fo:margin-left="1.6cm"', f'{_FONT} fo:font-size="9.5pt"'),
    "h1": Style(
        'fo:margin-top="0.9cm" fo:margin-bottom="0.35cm" fo:border-bottom="0.75pt solid #000000"' + _KEEP,
        f'{_FONT} fo:font-size="14pt" fo:font-weight="bold"',
        1,
    ),
    "h2": Style(
        'fo:margin-top="0.5cm" fo:margin-bottom="0.25cm"' + _KEEP,
        f'{_FONT} fo:font-size="12pt" fo:font-weight="bold" fo:font-style="italic"',
        2,
    ),
    "h3": Style(
        'fo:margin-top="0.35cm" fo:margin-bottom="0.15cm"' + _KEEP,
        f'{_FONT} fo:font-size="11.5pt" fo:font-weight="bold"',
        3,
    ),
    "box": Style(_JUST + ' fo:margin-left="1.4cm" fo:margin-right="1.4cm"', f'{_FONT} fo:font-size="9.5pt"'),
    "boxtitle": Style(
        'fo:margin-left="1.4cm" fo:margin-top="0.4cm" fo:margin-bottom="0.15cm" fo:border-top="0.5pt solid #000000" '
        'fo:padding-top="0.15cm"' + _KEEP,
        f'{_FONT} fo:font-size="9.5pt" fo:font-weight="bold" fo:font-variant="normal"',
    ),
    "caption": Style('fo:margin-left="1.4cm" fo:margin-bottom="0.3cm"', f'{_FONT} fo:font-size="8pt"'),
    "note": Style('fo:text-align="justify"', f'{_FONT} fo:font-size="8pt"'),
    "head": Style('fo:border-bottom="0.5pt solid #888888"', f'{_FONT} fo:font-size="8.5pt" fo:font-style="italic"'),
    "foot": Style('fo:text-align="end"', f'{_FONT} fo:font-size="8.5pt"'),
}


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a sober report."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs=content.meta.get("glyphs", "-·*"),
        page='fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.8cm" fo:margin-bottom="1.6cm" '
        'fo:margin-left="2.5cm" fo:margin-right="2.5cm"',
    )
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", content.meta["page_word"])
    writer.header = f'<text:p text:style-name="head">{writer.spans(head)}</text:p>'
    count = "<text:page-number/>/<text:page-count/>"
    writer.footer = f'<text:p text:style-name="foot">{writer.spans(foot)} {count}</text:p>'
    _letter(writer)
    for node in content.nodes("report"):
        if node.attrs["role"] == "b" and node.text:
            writer.bullets([(1, node.text)])
        else:
            writer.add("h0" if node.attrs["role"] == "h" else "body", node.text)
    _contents(writer)
    for node in content.root.of("ambition"):
        _chapter(node, writer)
    writer.write(path)


def _letter(writer: Writer) -> None:
    styles = {"head": "center", "number": "center", "title": "object", "done": "right", "role": "right"}
    for node in writer.content.nodes("deliberation"):
        role = node.attrs["role"]
        label = "Objet : " if role == "title" else None
        if label:
            writer.add("object", writer.content.furniture("label", label.strip()), " ", node.text)
        else:
            writer.titled("right" if role == "signatory" else styles.get(role, "body"), node.label, " ", node.text)


def _contents(writer: Writer) -> None:
    content = writer.content
    writer.add("h0", content.furniture("table_of_contents", content.meta["contents"]))
    levels = {"ambition": ("toc1", " – "), "priority": ("toc2", " "), "engagement": ("toc3", " : ")}
    for node in content.nodes(*levels):
        style, between = levels[node.kind]
        text = node.text or node.children[0].text
        said = between.join(part.plain for part in (node.label, text) if part)
        writer.add(style, content.furniture("table_of_contents", said))


def _chapter(node: Node, writer: Writer) -> None:
    writer.titled("h1", node.label, " – ", node.text)
    for child in node.children:
        if child.kind == "priority":
            writer.titled("h2", child.label, " ", child.text)
            for inner in child.children:
                if inner.kind == "block":
                    _block(inner, writer, "body")
                else:
                    _inner(inner, writer)
        elif child.kind == "intro":
            writer.add("body", child.text)
        else:
            _inner(child, writer)


def _inner(node: Node, writer: Writer) -> None:
    if node.kind == "engagement":
        first, *rest = node.of("entry")
        writer.titled("h3", node.label, " : ", first.text)
        for entry in rest:
            if entry.attrs["list"] and entry.text:
                writer.bullets([(2, entry.text)])
            else:
                writer.add("inset", entry.text)
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
            if one.attrs["reason"] != "note":
                writer.add("caption", one.text)
    elif node.kind == "extra" and node.attrs["reason"] != "note":
        writer.add("caption", node.text)


def _block(node: Node, writer: Writer, style: str = "inset") -> None:
    """The label in wider italics, the first paragraph running on from it; a list begins below."""
    found = node.of("item")
    run_in = bool(found) and found[0].attrs["kind"] != "bullet"
    writer.used["slanted"] = 'fo:font-style="italic" fo:letter-spacing="0.02cm"'
    label = f'<text:span text:style-name="slanted">{writer.spans(node.label)}</text:span>'
    first = f" {writer.spans(found[0].text)}" if run_in else ""
    writer.body.append(f'<text:p text:style-name="{style}">{label}{first}</text:p>')
    for at, item in enumerate(found):
        assert item.text
        if run_in and not at:
            pass  # it stands on the label's line
        elif item.attrs["kind"] == "bullet":
            writer.bullets([(2, item.text)])
        else:
            writer.add("inset", item.text)
        for child in item.children:
            assert child.text
            level = int(child.attrs["level"])
            if level:
                writer.bullets([(2 + level, child.text)])
            else:
                writer.add("more", child.text)
    for one in node.of("extra"):
        if one.attrs["reason"] != "note":
            writer.add("caption", one.text)
