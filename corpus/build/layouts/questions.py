"""A word processor's booklet: questions for headings, each commitment a quotation in italics, no numbers anywhere.

The text is justified and hyphenated in a broad margin; the questions that open the blocks are set in the colour of the
part. Footnotes stand at the foot of their page; `X quote` is set between two rules.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.office import Style, Writer

_FONT = 'fo:font-family="URW Bookman" fo:language="fr" fo:country="FR"'
_HEAD = 'fo:font-family="Carlito" fo:language="fr" fo:country="FR"'
_TEXT = f'{_FONT} fo:font-size="10.5pt" fo:hyphenate="true"'
_JUST = 'fo:text-align="justify" fo:margin-bottom="0.18cm" fo:line-height="125%" fo:widows="2" fo:orphans="2"'
_KEEP = ' fo:keep-with-next="always"'
_BOX = _JUST + ' fo:background-color="#eef4ea" fo:padding="0.2cm" fo:margin-left="1cm"'
STYLES = {
    "body": Style(_JUST, _TEXT),
    "item": Style('fo:text-align="justify" fo:margin-bottom="0.1cm" fo:line-height="120%"', _TEXT),
    "more": Style(_JUST + ' fo:margin-left="0.6cm"', _TEXT),
    "letter": Style('fo:text-align="justify" fo:margin-bottom="0.22cm"', f'{_HEAD} fo:font-size="12pt"'),
    "strong": Style(
        'fo:margin-top="0.3cm" fo:margin-bottom="0.3cm"', f'{_HEAD} fo:font-size="12pt" fo:font-weight="bold"'
    ),
    "big": Style('fo:margin-bottom="0.3cm"', f'{_HEAD} fo:font-size="16pt" fo:font-weight="bold" fo:color="#3f6b2a"'),
    "right": Style('fo:text-align="end" fo:margin-top="0.15cm"', f'{_HEAD} fo:font-size="12pt"'),
    "h0": Style(
        'fo:break-before="page" fo:margin-bottom="0.5cm"', f'{_HEAD} fo:font-size="20pt" fo:color="#3f6b2a"', 1
    ),
    "h1": Style(
        'fo:margin-top="1cm" fo:margin-bottom="0.4cm" fo:text-align="center" fo:border-top="1pt solid #3f6b2a" '
        'fo:border-bottom="1pt solid #3f6b2a" fo:padding="0.2cm"' + _KEEP,
        f'{_HEAD} fo:font-size="17pt" fo:font-weight="bold" fo:color="#3f6b2a"',
        1,
    ),
    "said": Style(
        'fo:margin-top="0.55cm" fo:margin-bottom="0.2cm" fo:margin-left="1cm" fo:margin-right="1cm"' + _KEEP,
        f'{_FONT} fo:font-size="12pt" fo:font-style="italic"',
        2,
    ),
    "ask": Style(
        'fo:margin-top="0.2cm" fo:margin-bottom="0.1cm"' + _KEEP,
        f'{_HEAD} fo:font-size="12pt" fo:font-weight="bold" fo:color="#b0601a"',
        3,
    ),
    "boxtitle": Style(_BOX + _KEEP, f'{_HEAD} fo:font-size="12pt" fo:font-weight="bold"'),
    "box": Style(_BOX, f'{_FONT} fo:font-size="9.5pt"'),
    "caption": Style('fo:margin-bottom="0.3cm" fo:margin-left="1cm"', f'{_HEAD} fo:font-size="9pt"'),
    "quote": Style(
        'fo:text-align="center" fo:margin-top="0.4cm" fo:margin-bottom="0.4cm" fo:margin-left="2cm" '
        'fo:margin-right="2cm"',
        f'{_HEAD} fo:font-size="15pt" fo:color="#b0601a"',
    ),
    "note": Style("", f'{_HEAD} fo:font-size="9pt"'),
    "small": Style('fo:text-align="center"', f'{_HEAD} fo:font-size="9pt" fo:color="#666666"'),
}
ROLES = {
    "head": "big",
    "title": "strong",
    "decide": "strong",
    "done": "right",
    "role": "right",
    "signatory": "right",
    "stamp": "small",
}


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document of questions."""
    writer = Writer(
        content,
        mark,
        STYLES,
        glyphs="✓→•",
        page='fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.6cm" fo:margin-bottom="1.6cm" '
        'fo:margin-left="3.2cm" fo:margin-right="2.4cm"',
    )
    for number, note in enumerate((n for n in content.nodes("extra") if n.attrs["reason"] == "note"), start=1):
        if note.text:
            writer.notes[str(number)] = note.text
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", "–")
    end = content.furniture("page_number", " –")
    writer.header = f'<text:p text:style-name="small">{writer.spans(head)}</text:p>'
    writer.footer = f'<text:p text:style-name="small">{writer.spans(foot)} <text:page-number/>{writer.spans(end)}</text:p>'
    for node in content.nodes("deliberation"):
        writer.titled(ROLES.get(node.attrs["role"], "letter"), node.label, " ", node.text)
    for node in content.nodes("report"):
        if node.attrs["role"] == "b" and node.text:
            writer.bullets([(1, node.text)])
        else:
            writer.add("h0" if node.attrs["role"] == "h" else "body", node.text)
    for node in content.root.of("priority"):
        writer.add("h1", node.text)
        for child in node.children:
            _add(child, writer)
    writer.write(path)


def _add(node: Node, writer: Writer) -> None:
    if node.kind == "engagement":
        for at, entry in enumerate(node.of("entry")):
            assert entry.text
            if entry.attrs["list"]:
                writer.bullets([(1, entry.text)])
            else:
                writer.add("body" if at else "said", entry.text)
        for child in node.children:
            if child.kind != "entry":
                _add(child, writer)
    elif node.kind == "block":
        writer.add("ask", node.label)
        writer.items(node.of("item"))
        for one in node.of("extra"):
            _add(one, writer)
    elif node.kind == "focus":
        writer.add("boxtitle", node.text)
        for para in node.of("para"):
            writer.add("box", para.text)
        for one in node.of("extra"):
            _add(one, writer)
    elif node.kind == "extra" and node.attrs["reason"] != "note":
        writer.add(node.attrs["reason"], node.text)
