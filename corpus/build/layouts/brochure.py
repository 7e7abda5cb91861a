"""A brochure in full colour: cover, contents with pages, a coloured page for each challenge, boxes with tabs below each other.

Every measure stands in a tinted box under a pill; its boxes follow below, done and to come, their tabs on the upper edge at
the right. All tabs of a page are painted after its texts, as a layout program leaves them.
"""

from __future__ import annotations

from pathlib import Path

from corpus.build.content import Content, Node
from corpus.build.marks import Mark
from corpus.build.web import deliberation, element, entries, html, items, margin, report, write

CSS = """
@page { size: A4; margin: 24mm 20mm 20mm 20mm; }
@page cover { margin: 0; background: #5b2a86; }
@page chapter { margin: 60mm 24mm 20mm 24mm; background: #00838a; }
@page letter { margin: 25mm 25mm 20mm 25mm; }
body { font: 10.2pt/1.4 "Nimbus Sans", sans-serif; color: #2b2b33; }
.delib { font: 11pt/1.4 "Nimbus Roman", serif; page: letter; }
.cover { page: cover; padding: 62mm 24mm 0; color: #fff; }
.cover p:nth-child(1) { font: bold 31pt/1.15 "URW Gothic"; margin-bottom: 26mm; }
.cover p:nth-child(2) { font: 17pt "URW Gothic"; color: #ffc845; } .cover p:nth-child(3) { font: 14pt "URW Gothic"; }
.cover p:nth-child(4) { margin-top: 95mm; font-size: 12pt; text-align: right; }
.report { break-before: page; margin-right: 50mm; }
.report h2 { font: bold 24pt "URW Gothic"; color: #5b2a86; margin-bottom: 8mm; }
.report p { margin-bottom: 3mm; font-size: 11.5pt; }
.toc { break-before: page; } .toc h2 { font: bold 24pt "URW Gothic"; color: #5b2a86; margin-bottom: 8mm; }
.toc a { color: inherit; text-decoration: none; }
.toc .a { font-weight: bold; color: #00838a; margin-top: 5mm; font-size: 12pt; } .toc .p { margin: 1.4mm 0 0 7mm; }
.toc a::after { content: leader('.') target-counter(attr(href), page); }
.chapter { page: chapter; color: #fff; }
.chapter .label { font: bold 46pt "URW Gothic"; color: #ffc845; line-height: 1; }
.chapter .title { font: bold 26pt/1.15 "URW Gothic"; margin: 4mm 0 14mm; }
.chapter .intro { font-size: 12pt; margin-bottom: 3mm; width: 120mm; }
.chapter .inside { margin-top: 22mm; border-top: 1pt solid #fff; padding-top: 4mm; font-size: 10.5pt; }
.chapter .inside p { margin-bottom: 1.5mm; }
.priority { break-before: page; }
.priority .head { border-bottom: 2.5pt solid #ffc845; padding-bottom: 2mm; margin-bottom: 7mm; }
.priority .head .label { color: #00838a; font: bold 11pt "URW Gothic"; }
.priority .head .title { font: bold 18pt/1.2 "URW Gothic"; color: #5b2a86; }
.measure { margin-bottom: 7mm; }
.promise { background: #efe6f6; border-radius: 3mm; padding: 4mm 6mm 3mm; break-inside: avoid; break-after: avoid; }
.promise .pill { display: inline-block; background: #5b2a86; color: #fff; border-radius: 4mm; padding: .6mm 4mm;
  font: bold 9pt "URW Gothic"; margin-bottom: 1.6mm; }
.promise p { font-size: 11.4pt; font-weight: bold; } .promise li { list-style-type: "> "; margin-left: 6mm; }
.box { position: relative; border: 1.2pt solid #00838a; border-radius: 0 0 3mm 3mm; margin: 6mm 0 0 12mm;
  padding: 3.5mm 5mm 1.5mm; break-inside: avoid; min-height: 6mm; }
.tab { position: absolute; z-index: 2; top: -3.4mm; right: 6mm; background: #00838a; color: #fff; padding: .8mm 4mm;
  font: bold 9.4pt/1.2 "URW Gothic"; border-radius: 1.5mm; }
.next { border-color: #e5562d; background: #fdf1ec; } .next .tab { background: #e5562d; }
.box p { margin-bottom: 1.6mm; } .box ul { margin: 0 0 1mm 5mm; } .box li { list-style-type: "• "; margin-bottom: 1.1mm; }
.box ul.level1 { margin-top: 1mm; } .box ul.level1 li { list-style-type: "- "; }
.focus { background: #ffc845; border-radius: 3mm; padding: 5mm 7mm; margin-bottom: 8mm; display: flex; gap: 7mm;
  break-inside: avoid; }
.focus .told { flex: 1; } .focus .photo { flex: none; width: 46mm; } .photo div { background: #b58a1f; height: 48mm; }
.focus .tag { font: bold 9pt "URW Gothic"; color: #5b2a86; } .focus h3 { font: bold 14pt "URW Gothic"; margin-bottom: 2mm; }
.focus .told p { margin-bottom: 1.6mm; } .focus li { margin-left: 5mm; list-style-type: "> "; }
.caption { font-size: 7.8pt; font-style: italic; margin-top: 1.5mm; }
.strip { background: #00838a; color: #fff; font: bold 11pt "URW Gothic"; padding: 4mm; text-align: center; margin-top: 10mm; }
.quote { font: 15pt/1.3 "URW Gothic"; color: #e5562d; margin: 4mm 20mm 8mm; }
"""


def typeset(content: Content, mark: Mark, path: Path) -> None:
    """Write the PDF of a document as a brochure."""
    head = content.furniture("running_head", content.meta["running_head"])
    css = (
        CSS
        + f"""
@page {{ @top-left {{ {margin(head, mark)} font: 8pt "URW Gothic"; }}
         @bottom-right {{ content: counter(page); font: bold 10pt "URW Gothic"; }} }}
@page letter {{ @top-left {{ content: none; }} @bottom-right {{ content: none; }} }}
@page cover {{ @top-left {{ content: none; }} @bottom-right {{ content: none; }} }}
@page chapter {{ @top-left {{ content: none; }} @bottom-right {{ content: none; }} }}
"""
    )
    cover = "".join(element("p", "line", content.furniture("cover", line), mark) for line in content.meta["cover"])
    body = [deliberation(content, mark), f'<section class="cover">{cover}</section>', report(content, mark)]
    body.append(_contents(content, mark))
    body += [_chapter(node, content, mark) for node in content.root.of("ambition")]
    write("".join(body), css, content, mark, path)


def _named(node: Node) -> str:
    return " : ".join(text.plain for text in (node.label, node.text) if text)


def _anchor(node: Node) -> str:
    return f"n{node.text.key if node.text else 0}"


def _contents(content: Content, mark: Mark) -> str:
    lines = [element("h2", "h", content.furniture("table_of_contents", content.meta["contents"]), mark)]
    for node in content.nodes("ambition", "priority"):
        said = html(content.furniture("table_of_contents", _named(node)), mark)
        lines.append(f'<p class="{node.kind[0]}"><a href="#{_anchor(node)}">{said}</a></p>')
    return f'<section class="toc">{"".join(lines)}</section>'


def _chapter(node: Node, content: Content, mark: Mark) -> str:
    out = [element("p", "label", node.label, mark), f'<h1 class="title" id="{_anchor(node)}">{html(node.text, mark)}</h1>']
    out += [element("p", "intro", child.text, mark) for child in node.of("intro")]
    words = content.furniture("table_of_contents", content.meta["chapter_words"])
    inside = [element("p", "w", words, mark)]
    for child in node.of("priority"):
        inside.append(element("p", "p", content.furniture("repeat", _named(child)), mark))
    page = f'<section class="chapter">{"".join(out)}<div class="inside">{"".join(inside)}</div></section>'
    return page + "".join(_priority(child, content, mark) for child in node.of("priority"))


def _priority(node: Node, content: Content, mark: Mark) -> str:
    title = f'<h2 class="title" id="{_anchor(node)}">{html(node.text, mark)}</h2>'
    out = [f'<div class="head">{element("p", "label", node.label, mark)}{title}</div>']
    for child in node.children:
        if child.kind == "engagement":
            out.append(_measure(child, content, mark))
        else:
            out.append(_part(child, content, mark))
    return f'<section class="priority">{"".join(out)}</section>'


def _measure(node: Node, content: Content, mark: Mark) -> str:
    pill = element("div", "pill", node.label, mark)
    parts = "".join(_part(child, content, mark) for child in node.children if child.kind != "entry")
    return f'<div class="measure"><div class="promise">{pill}{entries(node.of("entry"), mark)}</div>{parts}</div>'


def _part(node: Node, content: Content, mark: Mark) -> str:
    if node.kind == "block":
        name = "done" if node.attrs["status"] == "réalisé" else "next"
        return f'<div class="box {name}">{items(node, mark)}<p class="tab">{html(node.label, mark)}</p></div>'
    if node.kind == "focus":
        tag = element("p", "tag", content.furniture("label", content.meta["focus_label"]), mark)
        told = f"{tag}{element('h3', 'name', node.text, mark)}{entries(node.of('para'), mark)}"
        under = "".join(element("p", "caption", one.text, mark) for one in node.of("extra"))
        return f'<div class="focus"><div class="photo"><div></div>{under}</div><div class="told">{told}</div></div>'
    if node.kind == "directive":
        return '<div style="break-before: page"></div>'
    return element("p", node.attrs["reason"], node.text, mark)
