"""Landscape: one table with merged cells, the objective beside all its measures; rows run over page ends.

`chart` in the head names the bars of a chart in the preface, `chart_title` its caption.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4 landscape; margin: 19mm 14mm 16mm; }
@page letter { size: A4 portrait; margin: 22mm 24mm 20mm; }
body { font: 13pt/1.38 "Liberation Sans", sans-serif; }
.delib { page: letter; font-size: 11pt; }
.preface { break-before: page; display: flex; gap: 14mm; }
.report { flex: 1; } .report h2 { font-size: 17pt; color: #b45f06; margin-bottom: 4mm; }
.report p { margin-bottom: 2.4mm; } .report li { margin-left: 6mm; list-style-type: "→ "; }
.chart { flex: none; width: 92mm; }
.chart .bar { background: #f1c27d; margin-bottom: 2mm; padding: 1.4mm 2mm; font-size: 9.5pt; }
.chart .caption { font-size: 8.5pt; font-style: italic; }
table { border-collapse: collapse; width: 100%; break-before: page; table-layout: fixed; }
tr.whole { break-inside: avoid; }
th, td { border: .7pt solid #7f6000; padding: 2mm 2.4mm; vertical-align: top; text-align: left; }
th { background: #7f6000; color: #fff; font-size: 10.5pt; }
col.o { width: 40mm; } col.m { width: 62mm; } col.d { width: 92mm; }
td.objective { background: #fff2cc; }
td.objective .label { font-size: 24pt; line-height: 1; font-weight: bold; color: #b45f06; margin-bottom: 2mm; }
td.objective .title { font-weight: bold; }
td .number { font-size: 10.5pt; color: #b45f06; } td .what p:first-child { font-weight: bold; }
td p { margin-bottom: 1.3mm; } td ul { margin: 0 0 1mm 4.5mm; } td li { list-style-type: "✓ "; margin-bottom: .6mm; }
td .next li { list-style-type: "› "; } td .what li { list-style-type: "– "; }
td ul.level1 li { list-style-type: "· "; } td .done { text-align: justify; hyphens: auto; }
.focus { break-before: page; border-left: 5pt solid #f1c27d; padding: 2mm 8mm; margin: 4mm 30mm; }
.focus .tag { font-size: 9pt; color: #b45f06; } .focus h3 { font-size: 15pt; margin-bottom: 3mm; }
.focus p { margin-bottom: 2mm; } .caption { font-size: 8.5pt; font-style: italic; }
.quote { font-size: 15pt; font-style: italic; color: #7f6000; text-align: right; margin: 8mm 30mm; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as one table with merged cells."""
    head = content.furniture("running_head", content.meta["running_head"])
    foot = content.furniture("page_number", content.meta["page_word"])
    css = (
        CSS
        + f"""
@page {{ @top-left {{ {margin(head, mark)} font: 8.5pt "Liberation Sans"; }}
         @bottom-center {{ {margin(foot, mark, '" " counter(page) " / " counter(pages)')} font: 8.5pt "Liberation Sans"; }} }}
@page letter {{ @top-left {{ content: none; }} }}
"""
    )
    preface = f'<section class="preface">{report(content, mark)}{_chart(content, mark)}</section>'
    body = [deliberation(content, mark), preface, _table(content, mark)]
    for node in content.root.walk():
        if node.kind == "focus":
            body.append(_focus(node, content, mark))
        elif node.kind == "extra" and node.attrs["reason"] == "quote":
            body.append(element("p", "quote", node.text, mark))
    write("".join(body), css, content, mark, path)


def _chart(content: Content, mark: Mark) -> str:
    bars = [(said, float(said.split(":")[1].split()[0].replace(",", "."))) for said in content.meta["chart"]]
    most = max(value for _, value in bars)
    drawn = "".join(
        f'<div class="bar" style="width: {80 * value / most:.1f}mm">'
        f"{html(content.furniture('caption', said), mark)}</div>"
        for said, value in bars
    )
    title = element("p", "caption", content.furniture("caption", content.meta["chart_title"]), mark)
    return f'<div class="chart">{drawn}{title}</div>'


def _table(content: Content, mark: Mark) -> str:
    said = [element("th", "h", content.furniture("label", one), mark) for one in content.meta["columns"]]
    rows = []
    for node in content.root.of("priority"):
        measures = node.of("engagement")
        merged = (
            f'<td class="objective" rowspan="{len(measures)}">{element("p", "label", node.label, mark)}'
            f"{element('p', 'title', node.text, mark)}</td>"
        )
        for at, one in enumerate(measures):
            # a short row stays on its page: its number would else stand alone at the foot
            words = sum(len(text.text.plain.split()) for text in one.walk() if text.text)
            name = "" if words > 60 else ' class="whole"'
            rows.append(f"<tr{name}>{'' if at else merged}{_cells(one, mark)}</tr>")
    columns = '<col class="o"><col class="m"><col class="d"><col>'
    return f"<table>{columns}<thead><tr>{''.join(said)}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _cells(node: Node, mark: Mark) -> str:
    number = element("p", "number", node.label, mark)
    out = [f'<td>{number}<div class="what">{entries(node.of("entry"), mark)}</div></td>']
    for status, name in (("réalisé", "done"), ("à venir", "next")):
        said = "".join(items(block, mark) for block in node.of("block") if block.attrs["status"] == status)
        out.append(f'<td><div class="{name}">{said}</div></td>')
    return "".join(out)


def _focus(node: Node, content: Content, mark: Mark) -> str:
    tag = element("p", "tag", content.furniture("label", content.meta["focus_label"]), mark)
    captions = [one for one in node.of("extra") if one.attrs["reason"] == "caption"]
    under = "".join(element("p", "caption", one.text, mark) for one in captions)
    title = element("h3", "name", node.text, mark)
    return f'<div class="focus">{tag}{title}{entries(node.of("para"), mark)}{under}</div>'
