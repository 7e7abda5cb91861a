"""Content of one document: the source text read into nodes, every printed text with a key of its own.

The source format is described in corpus/build/README.md. A key is a small integer; the marked edition of the PDF sets
each text in the colour of its key, and that is how the gold plan knows where everything stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.build.annotations import Annotation, read_annotation

NBSP = "\u00a0"
IN_PLAN = "plan"

# "{60 collèges|n collège}", "1^{er}", "^[1]" (call of a footnote), "**gras**"
_MARKUP = re.compile(
    r"\{(?P<said>(?:\^\{[^{}]+\}|[^{}|])+)\|(?P<tag>[^{}]+)\}|\^\{(?P<sup>[^{}]+)\}|\^\[(?P<call>\d+)\]|\*\*(?P<bold>.+?)\*\*"
)
_INNER_SUP = re.compile(r"\^\{([^{}]+)\}")
# "45 000", "1 250 000": the space between groups of three digits
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Run:
    """A stretch of one text in one style; `key` is that of its text, or its own."""

    text: str
    key: int
    sup: bool = False
    bold: bool = False


@dataclass
class Text:
    """One printed text: runs to typeset; `plain` as the gold plan holds it, with figures and dates by offset in it."""

    key: int
    runs: list[Run]
    plain: str
    annotations: list[Annotation]


@dataclass
class Node:
    """One element of a document, with what it holds in the order of the page."""

    kind: str
    text: Text | None = None
    label: Text | None = None
    number: int | None = None
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Node]:
        """The children of these kinds, in order."""
        return [child for child in self.children if child.kind in kinds]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the page."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Claim:
    """What the report says about its own progress, and the key of the words that say it."""

    key: int
    text: str
    status: str
    share: float | None
    count: float | None


class Content:
    """One document: `meta` (the TOML head), `root` (its nodes), and the registry of keys."""

    def __init__(self, meta: dict[str, Any], name: str) -> None:
        self.meta = meta
        self.name = name
        self.root = Node("root")
        self.reason: dict[int, str] = {}
        self.expected: dict[int, str] = {}
        self.claims: list[Claim] = []
        self._furniture: dict[tuple[str, str], Text] = {}

    def key(self, reason: str, expected: str | None = None) -> int:
        """A new key for text of this reason ("plan", or a reason of set_aside); `expected` is what must be printed."""
        number = len(self.reason) + 1
        self.reason[number] = reason
        if expected is not None:
            self.expected[number] = expected
        return number

    def furniture(self, reason: str, raw: str) -> Text:
        """A text that a layout adds (running head, contents, repeated heading): the same one each time it is asked."""
        if (reason, raw) not in self._furniture:
            self._furniture[reason, raw] = self.text(raw, reason)
        return self._furniture[reason, raw]

    def typographic(self, raw: str) -> str:
        """The words as printed: the document's apostrophe and its no-break spaces."""
        raw = raw.replace("'", self.meta.get("apostrophe", "’"))
        space = {"auto": NBSP, "narrow": "\u202f", "none": " "}[self.meta.get("nbsp", "auto")]
        raw = re.sub(r" (?=[:;!?»%€])", space, raw).replace("« ", "«" + space)
        return _THOUSANDS.sub(space, raw)

    def text(self, raw: str, reason: str = IN_PLAN) -> Text:
        """The text of one line of source, its inline markup read."""
        raw = raw.strip()
        key = self.key(reason)
        runs: list[Run] = []
        plain = ""
        marks: list[Annotation] = []
        at = 0
        for found in [*_MARKUP.finditer(raw), None]:
            upto = found.start() if found else len(raw)
            if upto > at:
                said = self.typographic(raw[at:upto])
                runs.append(Run(said, key))
                plain += said
            if found is None:
                break
            at = found.end()
            if found["said"]:
                plain = self._annotated(found["said"], found["tag"], key, runs, plain, marks)
            elif found["call"]:
                runs.append(Run(found["call"], self.key("note"), sup=True))
            else:
                said = self.typographic(found["sup"] or found["bold"])
                runs.append(Run(said, key, sup=bool(found["sup"]), bold=bool(found["bold"])))
                plain += said
        self.expected[key] = "".join(run.text for run in runs if run.key == key)
        return Text(key, runs, ordinary(plain), marks)

    def _annotated(self, said: str, tag: str, key: int, runs: list[Run], plain: str, marks: list[Annotation]) -> str:
        bare = self.typographic(_INNER_SUP.sub(r"\1", said))
        if tag.startswith("rp "):
            key = self._claim(bare, tag)
        at = 0
        for found in [*_INNER_SUP.finditer(said), None]:
            upto = found.start() if found else len(said)
            if upto > at:
                runs.append(Run(self.typographic(said[at:upto]), key))
            if found:
                runs.append(Run(found[1], key, sup=True))
                at = found.end()
        if not tag.startswith("rp "):
            marks.append(read_annotation(ordinary(bare), tag, len(plain)))
        return plain + bare

    def _claim(self, bare: str, tag: str) -> int:
        """ "rp réalisé 0.45" or "rp à venir n10": what the report claims, its words under a key of their own."""
        *status, value = tag.split()[1:]
        key = self.key(IN_PLAN, bare)
        count = float(value[1:]) if value.startswith("n") else None
        share = None if value.startswith("n") or value == "-" else float(value)
        self.claims.append(Claim(key, ordinary(bare), " ".join(status), share, count))
        return key

    def nodes(self, *kinds: str) -> list[Node]:
        """All nodes of these kinds, in the order of the page."""
        return [node for node in self.root.walk() if node.kind in kinds]


# "Article 12", "trois", "une dizaine": what may be a figure or a date that nobody annotated
_NUMBER = re.compile(
    r"\d[\d ,./]*|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|"
    r"soixante|cent|mille|millions?|milliards?|dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|"
    r"centaine|millier|tiers|quart|moitié|demi|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|"
    r"novembre|décembre|printemps|été|hiver|automne|rentrée|trimestre|semestre|année)s?\b",
    re.IGNORECASE,
)


def loose_numbers(content: Content) -> list[str]:
    """What looks like a figure or date in the plan and stands outside every annotation, for the author to check."""
    out = []
    for node in content.nodes("entry", "item", "child", "para"):
        assert node.text
        taken = [(mark.start, mark.start + len(mark.fields["text"])) for mark in node.text.annotations]
        for found in _NUMBER.finditer(node.text.plain):
            if not any(start <= found.start() < end for start, end in taken):
                out.append(f"{found[0].strip()}: …{node.text.plain[max(0, found.start() - 30) : found.end() + 30]}…")
    return out


def ordinary(text: str) -> str:
    """The text as the contract wants it: no-break spaces as ordinary ones."""
    return text.replace(NBSP, " ").replace("\u202f", " ")


_DEPTH = {"ambition": 1, "priority": 2, "engagement": 3, "block": 4, "focus": 4, "item": 5}


class _Reader:
    """Reads the lines of a source into nodes, keeping the chain of open elements."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.open: list[Node] = [content.root]

    def add(self, node: Node) -> None:
        depth = _DEPTH.get(node.kind)
        if depth is not None:
            while _DEPTH.get(self.open[-1].kind, 0) >= depth:
                self.open.pop()
        self.open[-1].children.append(node)
        if depth is not None and node.kind != "item":
            self.open.append(node)

    def close(self, kind: str) -> None:
        depth = _DEPTH[kind]
        while _DEPTH.get(self.open[-1].kind, 0) >= depth:
            self.open.pop()

    def level(self, kind: str, rest: str) -> None:
        number, label, title = (part.strip() for part in rest.split("|", 2))
        node = Node(kind, number=None if number == "-" else int(number))
        node.label = None if label == "-" else self.content.text(label)
        node.text = None if title == "-" else self.content.text(title)
        self.add(node)

    def engagement(self, rest: str) -> None:
        label, text = (part.strip() for part in rest.split("|", 1)) if _has_label(rest) else ("-", rest)
        node = Node("engagement")
        node.label = None if label == "-" else self.content.text(label, "label")
        self.add(node)
        node.children.append(Node("entry", self.content.text(text), attrs={"list": ""}))

    def block(self, status: str, rest: str) -> None:
        label, _, period = (part.strip() for part in rest.partition("|"))
        node = Node("block", attrs={"status": status, "period": period})
        # in a table the label is the column's head, printed once for all rows
        in_header = self.content.meta.get("labels_in_header", False)
        # "-": nothing but the verbs says the status
        node.label = None if label == "-" else self.content.text(label, "label" if in_header else IN_PLAN)
        self.add(node)

    def nested(self, mark: str, rest: str) -> None:
        item = next(node for node in reversed(self.open[-1].children) if node.kind == "item")
        level = {"+": "0", "-": "1", "--": "2"}[mark]
        item.children.append(Node("child", self.content.text(rest), attrs={"level": level}))

    def line(self, mark: str, rest: str) -> None:
        content = self.content
        kinds = {".": "paragraph", ":": "lead_in", "*": "bullet"}
        if mark in ("A", "P"):
            self.level("ambition" if mark == "A" else "priority", rest)
        elif mark == "I":
            self.add(Node("intro", content.text(rest)))
        elif mark == "E":
            self.engagement(rest)
        elif mark in ("e", "e*"):
            self.add(Node("entry", content.text(rest), attrs={"list": mark[1:]}))
        elif mark in ("R", "V"):
            self.block("réalisé" if mark == "R" else "à venir", rest)
        elif mark in kinds:
            self.add(Node("item", content.text(rest), attrs={"kind": kinds[mark]}))
        elif mark in ("-", "--", "+"):
            self.nested(mark, rest)
        elif mark == "F":
            self.add(Node("focus", content.text(rest) if rest else None))
        elif mark in ("f", "f*"):
            self.add(Node("para", content.text(rest), attrs={"list": mark[1:]}))
        elif mark == "/":
            self.close(rest or "engagement")
        else:
            self.furniture(mark, rest)

    def furniture(self, mark: str, rest: str) -> None:
        content = self.content
        if mark == "X":
            reason, _, text = (part.strip() for part in rest.partition("|"))
            if reason.startswith("table"):
                self.close("block")
            self.add(Node("extra", content.text(text, reason.split()[0]), attrs={"reason": reason}))
        elif mark == "D":
            role, _, text = rest.partition(" ")
            text, *references = text.split(" || ")
            node = Node("deliberation", attrs={"role": role, "references": " || ".join(references)})
            if role == "article":
                number, label, text = (part.strip() for part in text.split("|", 2))
                node.attrs["number"] = number
                node.label = content.text(label, "label")
            node.text = content.text(
                text, IN_PLAN if role not in ("p", "stamp") else {"p": "report", "stamp": "stamp"}[role]
            )
            self.close("ambition")
            self.add(node)
        elif mark == "W":
            role, _, text = rest.partition(" ")
            self.add(Node("report", content.text(text, "report"), attrs={"role": role}))
        elif mark == "!":
            name, _, argument = rest.partition(" ")
            self.add(Node("directive", attrs={"name": name, "argument": argument}))
        else:
            raise ValueError(f"{content.name}: no such mark {mark!r}: {rest[:60]}")


def _has_label(rest: str) -> bool:
    """Whether "Action 1.1 | Créer…" has a label: a bar outside every annotation."""
    return "|" in re.sub(r"\{(?:\^\{[^{}]*\}|[^{}])*\}", "", rest)


def read_source(path: Path) -> Content:
    """The content of a source file.

    Args:
        path: a `.bilan` file: a TOML head between two lines of `+++`, then one element a line.

    Raises:
        ValueError: a line with an unknown mark, or an annotation that cannot be read.
    """
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    content = Content(tomllib.loads(head), path.stem)
    reader = _Reader(content)
    for line in body.splitlines():
        if line.strip() and not line.startswith("%"):
            mark, _, rest = line.strip().partition(" ")
            reader.line(mark, rest.strip())
    return content
