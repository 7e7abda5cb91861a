"""One sheet per action: a page each, rows of key and value; rows are painted in another order than they are read.

Lines `X table KEY | value` are the sheet's other fields (pilot, budget …); `! scan words` at the end adds a page that
is a picture of these words and holds no text.
"""

from __future__ import annotations

import base64
import io
from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4; margin: 20mm 18mm 22mm; }
@page scan { margin: 0; }
body { font: 12pt/1.45 "Linux Libertine O", serif; font-variant-ligatures: common-ligatures; }
.delib { font: 11pt/1.45 "DejaVu Serif", serif; font-size: 9.6pt; }
.report { break-before: page; text-align: justify; hyphens: auto; }
.report h2 { font: bold 16pt "DejaVu Sans"; color: #5b21b6; margin-bottom: 5mm; }
.report p { margin-bottom: 3mm; } .report li { margin-left: 6mm; list-style-type: "■ "; margin-bottom: 1.5mm; }
.axis { break-before: page; padding-top: 60mm; text-align: center; }
.axis .label { font: 12pt "DejaVu Sans"; color: #666; }
.axis .title { font: bold 22pt/1.25 "DejaVu Sans"; color: #5b21b6; }
.axis .quote { font-style: italic; margin: 20mm 25mm 0; font-size: 13pt; }
.sheet { break-before: page; }
.crumb { font-size: 8pt; color: #777; margin-bottom: 2mm; }
.name { font: bold 14pt/1.25 "DejaVu Sans"; color: #fff; background: #5b21b6; padding: 3mm 4mm; margin-bottom: 4mm; }
.row { display: flex; border-bottom: .5pt solid #b9a6e3; position: relative; }
.row .key { flex: none; width: 38mm; background: #f1ecfb; padding: 2mm 3mm; font: bold 8.5pt/1.4 "DejaVu Sans";
            color: #3b1a80; }
.row .value { flex: 1; padding: 2.6mm 3mm; text-align: justify; hyphens: auto; }
.value p { margin-bottom: 1.6mm; } .value ul { margin: 0 0 1.2mm 5mm; }
.value li { list-style-type: "• "; margin-bottom: .8mm; }
.value ul.level1 li { list-style-type: "◦ "; } .value li.numbered { list-style-type: none; margin-left: -3mm; }
.picto { font-family: "DejaVu Sans"; margin-right: 1mm; }
.caption { font-size: 8pt; font-style: italic; color: #666; text-align: center; margin-top: 3mm; }
.focus { border: 1pt dashed #5b21b6; padding: 3mm 4mm; margin-top: 6mm; text-align: justify; hyphens: auto;
         position: relative; }
.focus h3 { font: bold 10pt "DejaVu Sans"; margin-bottom: 1.5mm; } .focus p { margin-bottom: 1.5mm; }
.focus li { margin-left: 5mm; list-style-type: "• "; }
.scan { page: scan; break-before: page; } .scan img { width: 210mm; display: block; }
"""
# the order in which the rows of a sheet are painted: a fixed shuffle
ORDER = (7, 2, 9, 1, 5, 8, 3, 6, 4)


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document in sheets."""
    foot = content.furniture("footer", content.meta["footer"])
    number = content.furniture("page_number", "Page")
    css = (
        CSS
        + f"""
@page {{ @bottom-left {{ {margin(foot, mark)} font: 7.5pt "DejaVu Sans"; }}
         @bottom-right {{ {margin(number, mark, '" " counter(page) "/" counter(pages)')}
                          font: 7.5pt "DejaVu Sans"; }} }}
@page scan {{ @bottom-left {{ content: none; }} @bottom-right {{ content: none; }} }}
"""
    )
    body = [deliberation(content, mark), report(content, mark)]
    for node in content.root.children:
        if node.kind == "priority":
            body.append(_axis(node, content, mark))
    body += [_scan(node.attrs["argument"]) for node in content.nodes("directive") if node.attrs["name"] == "scan"]
    write("".join(body), css, content, mark, path)


def _axis(node: Node, content: Content, mark: Mark) -> str:
    quote = "".join(element("p", "quote", one.text, mark) for one in node.of("extra"))
    front = f"{element('p', 'label', node.label, mark)}{element('h1', 'title', node.text, mark)}{quote}"
    sheets = "".join(_sheet(child, node, content, mark) for child in node.of("engagement"))
    return f'<section class="axis">{front}</section>{sheets}'


def _sheet(node: Node, axis: Node, content: Content, mark: Mark) -> str:
    first, *rest = node.of("entry")
    crumb = " – ".join(text.plain for text in (axis.label, axis.text) if text)
    rows = []
    if rest:
        rows.append((html(content.furniture("label", content.meta["description_label"]), mark), entries(rest, mark)))
    focus = ""
    for child in node.children:
        if child.kind == "block":
            picto = content.meta["pictograms"][child.attrs["status"]]
            rows.append((f'<span class="picto">{picto}</span>{html(child.label, mark)}', items(child, mark)))
        elif child.kind == "extra" and child.attrs["reason"].startswith("table"):
            key = content.furniture("label", child.attrs["reason"].partition(" ")[2])
            rows.append((html(key, mark), f"<p>{html(child.text, mark)}</p>"))
        elif child.kind == "extra":
            focus += element("p", "caption", child.text, mark)
        elif child.kind == "focus":
            focus += (
                f'<div class="focus">{element("h3", "title", child.text, mark)}{entries(child.of("para"), mark)}</div>'
            )
    table = "".join(
        f'<div class="row" style="z-index: {ORDER[at % len(ORDER)]}"><div class="key">{key}</div>'
        f'<div class="value">{value}</div></div>'
        for at, (key, value) in enumerate(rows)
    )
    running = element("p", "crumb", content.furniture("running_head", crumb), mark)
    name = f'<h2 class="name">{html(node.label, mark)} – {html(first.text, mark)}</h2>'
    return f'<section class="sheet">{running}{name}{table}{focus}</section>'


def _scan(words: str) -> str:
    """A grey page with these words, a little askew, as one picture."""
    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("L", (1240, 1754), 243)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", 30)
    for line, said in enumerate(words.split(" / ")):
        pen.text((170, 240 + 52 * line), said, font=font, fill=40)
    page = page.rotate(0.8, fillcolor=230).quantize(8)
    data = io.BytesIO()
    page.save(data, "PNG", optimize=True)
    source = base64.b64encode(data.getvalue()).decode()
    return f'<section class="scan"><img src="data:image/png;base64,{source}"></section>'
