"""Small printed pages for tests: words, lines and regions from text and places."""

from __future__ import annotations

from itertools import count

from bilan_extract.document import Frame, Line, Page, Region, Shape, Word

_INDEX = count()
WIDTH = 0.5  # of the size: every character of these pages is that wide


def words(text: str, x: float, top: float, size: float = 10.0, *, page: int = 1, **style: object) -> list[Word]:
    """The words of ``text`` set on one line from ``x`` on, one space apart."""
    out = []
    for piece in text.split():
        wide = len(piece) * WIDTH * size
        out.append(
            Word(
                piece, page, x, top, x + wide, top + size, font="Test", size=size, color=(0, 0, 0), index=next(_INDEX), **style
            )  # type: ignore[arg-type]
        )
        x += wide + WIDTH * size
    return out


def line(text: str, x: float = 50, top: float = 100, size: float = 10.0, **style: object) -> Line:
    """One line of text."""
    return Line(tuple(words(text, x, top, size, **style)))


def column(
    texts: list[str], x: float = 50, top: float = 100, size: float = 10.0, pitch: float = 12.0, **style: object
) -> list[Line]:
    """Lines one below the other; an empty text leaves a gap of half a line."""
    out = []
    for text in texts:
        if not text:
            top += pitch / 2
            continue
        out.append(line(text, x, top, size, **style))
        top += pitch
    return out


def region(lines: list[Line], frame: Frame | None = None) -> Region:
    """A region of these lines."""
    return Region(lines[0].page, tuple(lines), frame, "flow")


def page(lines: list[Line], shapes: list[Shape] | None = None, number: int = 1) -> Page:
    """A page of A4 with these lines, in their order as content stream."""
    return Page(number, 595.0, 842.0, tuple(w for ln in lines for w in ln.words), tuple(shapes or ()))
