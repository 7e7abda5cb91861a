"""What the WeasyPrint layouts share: texts, lists and deliberation pages as HTML, and the PDF made of it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from corpus.build.content import Content, Node, Text
from corpus.build.marks import Mark

BASE_CSS = """
html { hyphens: manual; }
p, ul, ol, h1, h2, h3, h4, figure { margin: 0; padding: 0; }
h1, h2, h3, h4 { font-weight: inherit; font-size: inherit; }
sup { font-size: 65%; line-height: 0; }
"""
DELIBERATION_CSS = """
.delib .head { text-align: center; font-weight: bold; margin-bottom: 4mm; }
.delib .number { text-align: center; margin-bottom: 8mm; }
.delib .title { text-align: center; font-weight: bold; margin: 6mm 0; }
.delib p { margin-bottom: 2mm; text-align: justify; }
.delib .decide { font-weight: bold; margin-top: 4mm; }
.delib .article b { text-decoration: underline; }
.delib .signatory, .delib .role, .delib .done { text-align: right; }
.delib .stamp { border: 1pt solid #446; font-size: 7.5pt; padding: 1mm 2mm; width: 60mm; margin: 0; text-align: left; }
"""


def html(text: Text | None, mark: Mark) -> str:
    """The text as spans, one a run, in the colour of its key in the marked edition."""
    if text is None:
        return ""
    out = []
    for run in text.runs:
        style = f' style="color:{mark.hex(run.key)}"' if mark.on else ""
        tag = "sup" if run.sup else "strong" if run.bold else "span"
        out.append(f"<{tag}{style}>{escape(run.text)}</{tag}>")
    return "".join(out)


def element(tag: str, name: str, text: Text | None, mark: Mark) -> str:
    """`<tag class="name">text</tag>`, or nothing where there is no text."""
    return f'<{tag} class="{name}">{html(text, mark)}</{tag}>' if text else ""


def entries(nodes: Iterable[Node], mark: Mark) -> str:
    """Paragraphs and list entries (engagement texts, focus texts): runs of entries become one list."""
    out = []
    for listed, group in groupby(nodes, key=lambda node: node.attrs.get("list", "")):
        parts = [html(node.text, mark) for node in group]
        if listed:
            out.append("<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>")
        else:
            out.extend(f"<p>{part}</p>" for part in parts)
    return "".join(out)


def items(block: Node, mark: Mark) -> str:
    """The items of a block: paragraphs, lead-ins, and lists with what is nested in their entries."""
    out: list[str] = []
    for bullet, group in groupby(block.of("item", "extra"), key=lambda node: node.attrs.get("kind") == "bullet"):
        if bullet:
            out.append("<ul>" + "".join(_bullet(node, mark) for node in group) + "</ul>")
        else:
            for node in group:
                name = node.attrs.get("kind") or node.attrs["reason"]
                out.append(element("p", name, node.text, mark) + _children(node.children, mark))
    return "".join(out)


def _bullet(node: Node, mark: Mark) -> str:
    numbered = ' class="numbered"' if node.text and node.text.plain[0].isdigit() and ". " in node.text.plain[:4] else ""
    return f"<li{numbered}>{html(node.text, mark)}{_children(node.children, mark)}</li>"


def _children(children: list[Node], mark: Mark) -> str:
    out: list[str] = []
    for level, group in groupby(children, key=lambda node: node.attrs["level"]):
        parts = [html(node.text, mark) for node in group]
        if level == "0":
            out.extend(f'<p class="more">{part}</p>' for part in parts)
        else:
            out.append(f'<ul class="level{level}">' + "".join(f"<li>{part}</li>" for part in parts) + "</ul>")
    return "".join(out)


def deliberation(content: Content, mark: Mark) -> str:
    """The deliberation pages (lines D), one paragraph a line; a line `! page` between them opens a new one."""
    out = []
    for node in content.nodes("deliberation"):
        role = node.attrs["role"]
        label = f"<b>{html(node.label, mark)}</b> " if node.label else ""
        out.append(f'<p class="{role}">{label}{html(node.text, mark)}</p>')
    return f'<section class="delib">{"".join(out)}</section>'


def report(content: Content, mark: Mark) -> str:
    """The prose around the plan (lines W): role h is a heading, p a paragraph, b a list entry."""
    out = []
    for role, group in groupby(content.nodes("report"), key=lambda node: node.attrs["role"]):
        for node in group:
            tag = {"h": "h2", "b": "li"}.get(role, "p")
            out.append(element(tag, "report-" + role, node.text, mark))
    return f'<section class="report">{"".join(out)}</section>'


def margin(text: Text, mark: Mark, extra: str = "") -> str:
    """Declarations of a page-margin box that prints the text; `extra` is what CSS puts after it: counter(page)."""
    said = "".join(run.text for run in text.runs).replace('"', "'")
    colour = f"color: {mark.hex(text.key)} !important;" if mark.on else ""
    return f'content: "{said}" {extra}; {colour}'


def write(body: str, css: str, content: Content, mark: Mark, path: Path) -> None:
    """Typeset the page with WeasyPrint."""
    from weasyprint import CSS, HTML

    black = "*:not([style]), *:not([style])::marker { color: #000 !important; }" if mark.on else ""
    title = escape(content.meta.get("pdf_title", content.meta.get("title", content.name)))
    page = f'<html lang="fr"><head><title>{title}</title></head><body>{body}</body></html>'
    HTML(string=page).write_pdf(str(path), stylesheets=[CSS(string=BASE_CSS + DELIBERATION_CSS + css + black)])
