"""What the LibreOffice layouts share: a flat OpenDocument text made of paragraphs, and the PDF Writer exports of it."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path

from corpus.build.content import Content, Node, Text
from corpus.build.marks import Mark

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for prefix, name in (
        ("office", "office:1.0"),
        ("style", "style:1.0"),
        ("text", "text:1.0"),
        ("table", "table:1.0"),
        ("fo", "xsl-fo-compatible:1.0"),
        ("svg", "svg-compatible:1.0"),
        ("meta", "meta:1.0"),
    )
)
# "<< /CreationDate(D:20250101120000Z00'00') ... /DocChecksum /F7D1... /ID [ <F7..> <F7..> ]": the moment of the export
_MOMENTS = re.compile(
    rb"(?<=/CreationDate\(D:)\d{14}[^)]*(?=\))|(?<=/DocChecksum /)[0-9A-F]{32}|(?<=<)[0-9A-F]{32}(?=>)"
)


@dataclass
class Style:
    """A paragraph style: the attributes of its paragraph and of its text, as OpenDocument names them."""

    paragraph: str = ""
    text: str = ""
    level: int = 0


@dataclass
class Writer:
    """A text being written: paragraphs in the named styles; list glyphs one a level; page attributes."""

    content: Content
    mark: Mark
    styles: dict[str, Style]
    glyphs: str = "•–▪"
    page: str = 'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.2cm"'
    extra_styles: str = ""
    header: str = ""
    footer: str = ""
    body: list[str] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Text] = field(default_factory=dict)

    def titled(self, style: str, label: Text | None, between: str, text: Text | None) -> None:
        """A heading: its label, where it has one, and its title after the words that stand between."""
        self.add(style, *([label, between] if label else [None]), text)

    def spans(self, text: Text | None) -> str:
        """The text as spans in the colour of its key; the call of a footnote brings the note with it."""
        out = []
        for run in text.runs if text else []:
            note = self.notes.get(run.text) if self.content.reason[run.key] == "note" and run.sup else None
            if note:
                inside = f'<text:p text:style-name="note">{self.spans(note)}</text:p>'
                out.append(
                    f'<text:note text:id="n{run.key}" text:note-class="footnote"><text:note-citation>{run.text}'
                    f"</text:note-citation><text:note-body>{inside}</text:note-body></text:note>"
                )
                continue
            name = f"K{run.key}" + "s" * run.sup + "b" * run.bold
            look = f'fo:color="{self.mark.hex(run.key)}"' if self.mark.on else ""
            look += ' style:text-position="super 62%"' if run.sup else ' fo:font-weight="bold"' if run.bold else ""
            self.used[name] = look
            out.append(f'<text:span text:style-name="{name}">{escape(run.text)}</text:span>')
        return "".join(out)

    def add(self, style: str, *parts: Text | str | None) -> None:
        """A paragraph of texts and of words that belong to no text (set as they are)."""
        inside = "".join(escape(part) if isinstance(part, str) else self.spans(part) for part in parts)
        level = self.styles[style].level
        tag = f'text:h text:outline-level="{level}"' if level else "text:p"
        self.body.append(f'<{tag} text:style-name="{style}">{inside}</{tag.split()[0]}>')

    def bullets(self, texts: list[tuple[int, Text]], style: str = "item") -> None:
        """A list of entries, each with its level from 1."""
        for level, text in texts:
            one = f'<text:p text:style-name="{style}">{self.spans(text)}</text:p>'
            for _ in range(level):
                one = f"<text:list><text:list-item>{one}</text:list-item></text:list>"
            self.body.append(one.replace("<text:list>", '<text:list text:style-name="L">', 1))

    def cell(self, name: str, fill: Callable[[], None], span: int = 1) -> str:
        """A table cell of this style, holding what `fill` writes."""
        outside, self.body = self.body, []
        fill()
        inside, self.body = "".join(self.body), outside
        spanned = f' table:number-columns-spanned="{span}"' if span > 1 else ""
        covered = "<table:covered-table-cell/>" * (span - 1)
        empty = inside or '<text:p text:style-name="body"/>'
        return f'<table:table-cell table:style-name="{name}"{spanned}>{empty}</table:table-cell>{covered}'

    def table(self, name: str, columns: list[str], rows: list[str]) -> None:
        """A table of this style: the styles of its columns, and its rows as cells."""
        heads = "".join(f'<table:table-column table:style-name="{column}"/>' for column in columns)
        lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        self.body.append(f'<table:table table:style-name="{name}">{heads}{lines}</table:table>')

    def items(self, nodes: list[Node], style: str = "body") -> None:
        """The items of a block; what follows a nested paragraph stays in its entry."""
        for bullet, group in groupby(nodes, key=lambda node: node.attrs.get("kind") == "bullet"):
            for node in group:
                assert node.text
                if bullet and not node.text.plain[0].isdigit():
                    self.bullets([(1, node.text)])
                else:
                    self.add(style, node.text)
                for child in node.children:
                    assert child.text
                    level = int(child.attrs["level"])
                    if level:
                        self.bullets([(level + 1, child.text)])
                    else:
                        self.add("more", child.text)

    def write(self, path: Path) -> None:
        """Write the PDF."""
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "source.fodt"
            source.write_text(self._document(), encoding="utf-8")
            subprocess.run(
                [
                    "soffice",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    "pdf:writer_pdf_Export",
                    "--outdir",
                    folder,
                    str(source),
                ],
                check=True,
                capture_output=True,
                timeout=120,
            )
            path.write_bytes(_MOMENTS.sub(_fixed, (Path(folder) / "source.pdf").read_bytes()))

    def _document(self) -> str:
        paragraphs = "".join(
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {one.paragraph}/>'
            f"<style:text-properties {self._sober(one.text)}/></style:style>"
            for name, one in self.styles.items()
        )
        spans = "".join(
            f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
            for name, look in self.used.items()
        )
        levels = "".join(
            f'<text:list-level-style-bullet text:level="{level}" text:style-name="glyph" '
            f'text:bullet-char="{glyph}"><style:list-level-properties '
            f'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment '
            f'text:label-followed-by="listtab" fo:margin-left="{0.6 * level:.1f}cm" fo:text-indent="-0.5cm"/>'
            f"</style:list-level-properties></text:list-level-style-bullet>"
            for level, glyph in enumerate(self.glyphs, start=1)
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f'<office:styles>{paragraphs}<style:style style:name="glyph" style:family="text"><style:text-properties '
            'fo:color="#000000"/></style:style></office:styles>'
            f"<office:automatic-styles>{spans}{self.extra_styles}"
            f'<text:list-style style:name="L">{levels}</text:list-style>'
            f'<style:page-layout style:name="pm"><style:page-layout-properties {self.page}/>'
            '<style:header-style><style:header-footer-properties fo:margin-bottom="0.5cm"/></style:header-style>'
            '<style:footer-style><style:header-footer-properties fo:margin-top="0.5cm"/></style:footer-style>'
            "</style:page-layout></office:automatic-styles>"
            '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">'
            f"<style:header>{self.header}</style:header><style:footer>{self.footer}</style:footer>"
            "</style:master-page></office:master-styles>"
            f"<office:body><office:text>{''.join(self.body)}</office:text></office:body></office:document>"
        )

    def _sober(self, text: str) -> str:
        return re.sub(r'fo:color="[^"]*"', 'fo:color="#000000"', text) if self.mark.on else text


def _fixed(found: re.Match[bytes]) -> bytes:
    """As many characters that say nothing of the moment."""
    said = found[0]
    return b"20250101000000" + said[14:] if said[:2] == b"20" and len(said) != 32 else b"0" * len(said)
