"""Runs: consecutive lines of one region set in one style, and whether the page sets them off from its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from bilan_extract.document import Color, Frame, Line, PageLayout, Region, Word, dominant
from bilan_extract.patterns import lazy

Style = tuple[float, bool, Color | None]

_SMALL = lazy("[a-z]")


@dataclass(slots=True)
class Run:
    """Lines of one region in one style.

    Attributes:
        set_off: why the run stands out from running text ("tab", "larger", "bold", "colour", "capitals", "inline"),
            or None for running text.
        inline: the run is the head of a line whose rest follows in the next run ("Réalisé :" in bold, then text).
        role, rule: filled by marking.
    """

    region: Region
    lines: list[Line]
    set_off: str | None
    style: Style
    inline: bool = False
    first: bool = False
    role: str | None = None
    rule: str = ""
    data: object | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The lines joined by spaces, a hyphen at a line end closed up."""
        out = self.lines[0].text if self.lines else ""
        for line in self.lines[1:]:
            if out.endswith("-") and not out.endswith(" -") and line.text[:1].islower():
                out = out[:-1] + line.text
            else:
                out = f"{out} {line.text}" if out else line.text
        return out

    @property
    def page(self) -> int:
        """Number of the page."""
        return self.region.page

    @property
    def words(self) -> list[Word]:
        """All words of the run."""
        return [w for line in self.lines for w in line.words]


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """How running text is set."""

    size: float
    bold: bool
    color: Color | None


def body_styles(layouts: Iterable[PageLayout]) -> list[BodyStyle]:
    """The body style of each page: the document's where the page has little text, or a fair share of it in that size."""
    pages = [[w for region in layout.regions for line in region.lines for w in line.words] for layout in layouts]
    totals = [_totals(words) for words in pages]
    whole: dict[Style, int] = {}
    for one in totals:
        for style, n in one.items():
            whole[style] = whole.get(style, 0) + n
    document = _most(whole)
    out = []
    for words, one in zip(pages, totals, strict=True):
        own = document if len(words) < 60 else _most(one)
        if own.size < document.size and sum([abs(w.size - document.size) <= 0.5 for w in words]) * 6 >= len(words):
            own = document
        out.append(own)
    return out


_STYLE, _TEXT = attrgetter("size", "bold", "color"), attrgetter("text")
_LOOK = attrgetter("bold", "italic", "color")


def _totals(words: Sequence[Word]) -> dict[Style, int]:
    """How many characters are set in each style."""
    totals: dict[Style, int] = {}
    for style, text in zip(map(_STYLE, words), map(_TEXT, words), strict=True):
        totals[style] = totals.get(style, 0) + len(text)
    return totals


def _most(totals: Mapping[Style, int]) -> BodyStyle:
    """The style of most characters."""
    sizes: dict[float, int] = {}
    weights: dict[bool, int] = {}
    colors: dict[Color | None, int] = {}
    for (exact, bold, color), n in totals.items():
        size = round(exact * 2) / 2
        sizes[size] = sizes.get(size, 0) + n
        weights[bold] = weights.get(bold, 0) + n
        colors[color] = colors.get(color, 0) + n
    if not sizes:
        return BodyStyle(0.0, False, None)
    return BodyStyle(
        max(sizes, key=lambda s: sizes[s]), max(weights, key=lambda b: weights[b]), max(colors, key=lambda c: colors[c])
    )


def split_runs(
    region: Region, lines: Sequence[Line], body: BodyStyle, is_label: Callable[[str], bool] = lambda text: False
) -> list[Run]:
    """The runs of ``lines`` (those of the region that are no furniture), bold heads of lines set apart.

    Args:
        is_label: whether a text is a label, so that it may stand at a line's head without a colon.
    """
    runs: list[Run] = []
    for line in lines:
        looks = set(map(_LOOK, line.words))
        for k, piece in enumerate(_pieces(line, is_label) if len(looks) > 1 else (line,)):
            if len(looks) == 1:
                ((bold, _, color),) = looks
                style = (_half(line.size), bold, color)
            else:
                style = (_half(piece.size), piece.bold, piece.color)
            last = runs[-1] if runs else None
            inline = k == 0 and len(piece.words) < len(line.words)
            if (
                last is not None
                and k == 0
                and not inline
                and not last.inline
                and _same_style(last.style, style)
                and line.top - last.lines[-1].bottom <= 0.75 * max(line.size, 6.0)
            ):
                last.lines.append(piece)
            else:
                runs.append(Run(region, [piece], None, style, inline, first=not runs))
    for run in runs:
        run.set_off = _set_off(run, body)
    return runs


def _pieces(line: Line, is_label: Callable[[str], bool]) -> list[Line]:
    """The line, or its bold, slanted or coloured head and the rest."""
    words = line.words
    head = [words[0]]
    for word in words[1:]:
        changed = word.bold != head[0].bold or word.italic != head[0].italic
        if changed or (_far(word.color, head[0].color) and not word.bold):
            break
        head.append(word)
    rest = words[len(head) :]
    if not rest or rest[0].bold or not any(c.isalnum() for w in head for c in w.text):
        return [line]
    if not (head[0].bold or (head[0].italic and not rest[0].italic) or _far(head[0].color, rest[0].color)):
        return [line]
    if len(head) > (14 if head[-1].text.endswith(":") else 9):
        return [line]
    ends = head[-1].text[-1] in ":.–—-" or rest[0].text in (":", "–", "—", "-", ".", "|")
    if not ends and not is_label(" ".join(w.text for w in head)):
        return [line]
    if rest[0].text in (":", "–", "—", "-", ".", "|"):
        head.append(rest[0])
        rest = rest[1:]
    return [Line(tuple(head)), Line(tuple(rest))] if rest else [line]


def _half(size: float) -> float:
    """To half a point."""
    return round(size * 2) / 2


def _same_style(a: Style, b: Style) -> bool:
    return abs(a[0] - b[0]) <= 0.5 and a[1] == b[1] and not _far(a[2], b[2])


def _set_off(run: Run, body: BodyStyle) -> str | None:
    size, bold, color = run.style
    frame = run.region.frame
    if frame is not None and frame.kind == "tab":
        return "tab"
    if body.size and size >= 1.1 * body.size:
        return "larger"
    if bold and not body.bold:
        return "inline" if run.inline else "bold"
    if run.inline and run.lines[0].italic:
        return "inline"
    if _far(color, body.color):
        return "colour"
    text = run.text
    if _SMALL.search(text):
        return None
    letters = [c for c in text if c.isalpha()]
    if len(letters) >= 4 and all(c.isupper() for c in letters):
        return "capitals"
    return None


def _far(a: Color | None, b: Color | None) -> bool:
    if a is None or b is None or a == b:
        return False
    grey = a[0] == a[1] == a[2] and b[0] == b[1] == b[2]  # a scan without colour shows two colours by their darkness alone
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[2] - b[2]) > (60 if grey else 90)


def frame_of(run: Run) -> Frame | None:
    """The frame that the run's region lies in."""
    return run.region.frame


def common_style(runs: Sequence[Run]) -> Style | None:
    """The style of most runs, None for no runs."""
    return dominant((run.style, 1) for run in runs) if runs else None
