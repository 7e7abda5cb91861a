"""Signs in the gutter: a check mark or an arrow beside the text says what is done and what comes next; no words do.

The parts of a page are painted in another order than they are read. `! bars title | name value | …` draws bars with
their values; `X table | words` is a line of figures under them.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: 210mm 240mm; margin: 24mm 24mm 26mm 34mm; }
@page first { size: A4; margin: 30mm 26mm; }
body { font: 12pt/1.5 "Nimbus Sans", sans-serif; color: #111; }
.delib { page: first; font: 11.2pt/1.45 "P052", serif; }
.delib .head, .delib .title { text-align: left; } .delib .number { text-align: left; }
.delib .title { border-left: 4pt solid #386641; padding-left: 4mm; font-size: 13pt; }
.delib .article b { text-decoration: none; }
.report { break-before: page; } .report h2 { font: bold 19pt "Nimbus Sans"; color: #386641; margin-bottom: 4mm; }
.report p { margin-bottom: 2.5mm; } .report li { margin-left: 6mm; list-style-type: "~ "; }
.theme { margin-top: 9mm; } .theme.new { break-before: page; margin-top: 0; }
.theme > h2 { font: bold 17pt/1.2 "Nimbus Sans"; color: #386641; border-bottom: 2pt solid #386641;
              padding-bottom: 1.5mm; margin-bottom: 4mm; break-after: avoid; }
.theme .label { font-weight: normal; color: #6a994e; }
.act { position: relative; margin-bottom: 5mm; }
.act .name { font: bold 12.6pt/1.35 "Nimbus Sans"; margin-bottom: 1.5mm; break-after: avoid; }
.act .name .label { color: #bc4749; margin-right: 2mm; }
.act .more { font-style: italic; margin-bottom: 1.5mm; } .act .more li { margin-left: 5mm; list-style-type: "– "; }
.state { position: relative; padding-left: 11mm; margin-bottom: 1.5mm; min-height: 6mm; }
.state .sign { position: absolute; left: 0; top: 0; width: 8mm; text-align: center; color: #386641;
               font: 13pt/1.15 "DejaVu Sans"; }
.state.next .sign { color: #bc4749; }
.state p { margin-bottom: 1.3mm; } .state ul { margin: 0 0 1.3mm 4.5mm; }
.state li { list-style-type: "• "; margin-bottom: .6mm; } .state ul.level1 li { list-style-type: "‣ "; }
.state ul.level2 li { list-style-type: "∙ "; } .state li.numbered { list-style-type: none; margin-left: -4mm; }
.all { background: #eef3e6; padding: 3mm 3mm 1.5mm; margin: 3mm 0 5mm; }
.caption { font-size: 8.6pt; color: #555; margin: 2mm 0 3mm; }
.quote { font: italic 14pt/1.35 "P052", serif; color: #386641; text-align: right; margin: 5mm 0 6mm 30mm; }
.note { font-size: 8pt; color: #333; margin: 2mm 0 4mm; }
.table { font-size: 9pt; text-align: center; border: .5pt solid #386641; padding: 1mm; }
.focus { background: #f2e8cf; padding: 4mm 5mm; margin: 4mm 0 6mm; }
.focus .tag { font-size: 8.6pt; color: #bc4749; } .focus h3 { font: bold 12.5pt "Nimbus Sans"; margin-bottom: 2mm; }
.focus p { margin-bottom: 1.5mm; } .focus li { margin-left: 5mm; list-style-type: "• "; }
.bars { margin: 4mm 0; } .bars .title { font-weight: bold; font-size: 9.6pt; margin-bottom: 2mm; }
.bar { display: flex; font-size: 8.8pt; margin-bottom: 1mm; }
.bar .name { width: 34mm; font: 8.8pt "Nimbus Sans"; flex: none; } .bar i { display: block; background: #a7c957;
       height: 4mm; margin-right: 2mm; flex: none; }
"""
# the order in which the actions of a theme are painted: a fixed shuffle
ORDER = (3, 1, 4, 2, 6, 5)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document with signs in the gutter."""
    head = content.furniture("running_head", content.meta["running_head"])
    legend = content.furniture("footer", content.meta["legend"])
    number = content.furniture("page_number", "p.")
    css = (
        CSS
        + f"""
@page {{ @top-left {{ {margin(head, mark)} font: 8.4pt "Nimbus Sans"; }}
         @bottom-left {{ {margin(legend, mark)} font: 8.4pt "DejaVu Sans"; }}
         @bottom-right {{ {margin(number, mark, '" " counter(page)')} font: 8.4pt "Nimbus Sans"; }} }}
@page first {{ @top-left {{ content: none; }} @bottom-left {{ content: none; }} }}
"""
    )
    body = [deliberation(content, mark), report(content, mark)]
    body += [_theme(node, content, mark) for node in content.root.of("priority")]
    write("".join(body), css, content, mark, path)


def _theme(node: Node, content: Content, mark: Mark) -> str:
    new = any(one.kind == "directive" and one.attrs["name"] == "page" for one in node.children)
    label, title = html(node.label, mark), html(node.text, mark)
    out = [f'<h2><span class="label">{label}</span> {title}</h2>']
    for at, child in enumerate(node.children):
        if child.kind == "engagement":
            out.append(_act(child, content, mark, ORDER[at % len(ORDER)]))
        elif child.kind == "block":
            out.append(f'<div class="all">{_state(child, content, mark)}</div>')
        else:
            out.append(_other(child, content, mark))
    return f'<section class="theme{" new" if new else ""}">{"".join(out)}</section>'


def _act(node: Node, content: Content, mark: Mark, order: int) -> str:
    first, *rest = node.of("entry")
    label = f'<span class="label">{html(node.label, mark)}</span>' if node.label else ""
    out = [f'<h3 class="name">{label}{html(first.text, mark)}</h3>']
    if rest:
        out.append(f'<div class="more">{entries(rest, mark)}</div>')
    after = ""
    for child in node.children:
        if child.kind == "block":
            out.append(_state(child, content, mark))
            after += "".join(_other(one, content, mark) for one in child.children if one.kind == "directive")
        else:
            after += _other(child, content, mark)
    return f'<div class="act" style="z-index: {order}">{"".join(out)}</div>{after}'


def _state(node: Node, content: Content, mark: Mark) -> str:
    name = "done" if node.attrs["status"] == "réalisé" else "next"
    return f'<div class="state {name}">{element("div", "sign", node.label, mark)}{items(node, mark)}</div>'


def _other(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "extra":
        return element("p", node.attrs["reason"].split()[0], node.text, mark)
    if node.kind == "focus":
        tag = element("p", "tag", content.furniture("label", content.meta["focus_label"]), mark)
        below = "".join(element("p", "caption", one.text, mark) for one in node.of("extra"))
        return (
            f'<div class="focus">{tag}{element("h3", "title", node.text, mark)}{entries(node.of("para"), mark)}'
            f"{below}</div>"
        )
    if node.kind == "directive" and node.attrs["name"] == "bars":
        title, *bars = (part.strip() for part in node.attrs["argument"].split("|"))
        lines = [element("p", "title", content.furniture("caption", title), mark)]
        for bar in bars:
            name, value = bar.rsplit(" ", 1)
            said = element("span", "name", content.furniture("caption", name), mark)
            shown = element("span", "value", content.furniture("caption", value), mark)
            lines.append(f'<div class="bar">{said}<i style="width: {float(value) / 5:.0f}mm"></i>{shown}</div>')
        return f'<div class="bars">{"".join(lines)}</div>'
    return ""
