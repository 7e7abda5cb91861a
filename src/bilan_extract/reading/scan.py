"""One scanned page: its picture set straight, taken apart and read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from bilan_extract.document import Box, Page, Shape
from bilan_extract.reading.drawing import Drawing
from bilan_extract.reading.engine import read_left_out, read_lines
from bilan_extract.reading.glued import without_glue
from bilan_extract.reading.ink import ink_of, ink_only
from bilan_extract.reading.line_pieces import by_column, without_doubles, without_specks
from bilan_extract.reading.picture import find_drawing, skew_of, straighten
from bilan_extract.reading.render import Renderer
from bilan_extract.reading.scan_words import side_words, with_slants, with_styles, words_of_lines
from bilan_extract.reading.sheet import Sheet, scaled_box
from bilan_extract.reading.skew import Skew
from bilan_extract.reading.tesseract import ReadLine, turn_of
from bilan_extract.reading.type_sizes import SAME_INK, Sizes

SAME_TINT = 16  # colours of grounds, which are large enough to be measured well, that differ by less are one
SAME_EDGE = 1.5  # points: edges of shapes that differ by less are drawn at one place
LEGIBLE = 0.65  # mean confidence below which a page may lie on its side or on its head
LEAST_INK = 2000  # pixels: a page with less has nothing to be read


def read_scan(page: Page, renderer: Renderer, sizes: Sizes, dpi: int, *, text: bool) -> tuple[Page, Skew | None]:
    """The page with recognised words after its own, and shapes found on its picture.

    Args:
        page: with the words that are to be kept (a stamp, a running head beside the scan).
        sizes: the document's type sizes so far.
        text: True reads what is set in type as well as pictures.
    """
    picture = _picture(page, renderer, dpi, text=text)
    read = read_lines(picture)
    if _legible(read) < LEGIBLE:
        picture, read = _upright(page, renderer, dpi, picture, read, text=text)
    lines = without_specks(by_column(without_doubles(read), picture))
    lines = without_glue(lines + read_left_out(picture, lines), picture.ink, round(picture.scale * 72))
    own = tuple(replace(w, **_straight(w.box, picture.skew)) for w in page.words)
    first = 1 + max((w.index for w in own), default=-1)
    words = words_of_lines(lines, picture, page.number, first, sizes)
    words += side_words(picture, page.number, first + len(words), sizes)
    covered = [w.box for w in own]
    words = [w for w in words if not any(_over(w.box, box) for box in covered)]
    shapes = _shapes(picture.drawing, picture.scale, sizes)
    width, height = (page.height, page.width) if picture.skew and picture.skew.turn % 180 else (page.width, page.height)
    read_page = replace(page, words=(*own, *words), shapes=shapes, confidence=1.0, width=width, height=height)
    return read_page, picture.skew


def _legible(lines: Sequence[ReadLine]) -> float:
    """Mean confidence of the letters read, 0 where there are hardly any; lines read from below or above count for nothing."""
    letters = sum(len(w.text) for line in lines for w in line.words)
    sure = sum(w.confidence * len(w.text) for line in lines if line.level for w in line.words)
    return sure / letters if letters >= 12 else 0.0


def _upright(
    page: Page, renderer: Renderer, dpi: int, picture: Sheet, read: list[ReadLine], *, text: bool
) -> tuple[Sheet, list[ReadLine]]:
    """The page turned as its letters stand and read again, if it lay on its side or on its head; else what was read."""
    from PIL import Image

    if (picture.ink < 128).sum() < LEAST_INK:
        return picture, read
    turn = turn_of(Image.fromarray(picture.ink), dpi=round(picture.scale * 72))
    if not turn:
        return picture, read
    turned = _picture(page, renderer, dpi, text=text, turn=turn)
    again = read_lines(turned)
    return (turned, again) if _legible(again) > max(_legible(read), 0.5) else (picture, read)


def read_layer(page: Page, stamp: Collection[int], renderer: Renderer, sizes: Sizes, dpi: int) -> tuple[Page, Skew | None]:
    """The page with its OCR text made visible: colour and weight from the picture, shapes found on it."""
    picture = _picture(page, renderer, dpi, text=False)
    words = []
    for i, word in enumerate(page.words):
        straight = replace(word, **_straight(word.box, picture.skew))
        words.append(straight if i in stamp else replace(straight, hidden=None))
    inks = [ink_of(picture.pixels, picture.ink, scaled_box(w.box, picture.scale)) for w in words]
    words = with_slants(words, [1.0 if k is None else k.lean for k in inks])
    styled = with_styles(words, [None if k is None else (k.color, k.stroke / picture.scale) for k in inks], sizes)
    return replace(page, words=tuple(styled), shapes=_shapes(picture.drawing, picture.scale, sizes)), picture.skew


def _picture(page: Page, renderer: Renderer, dpi: int, *, text: bool, turn: int = 0) -> Sheet:
    """The page's picture, turned clockwise by so many degrees and set straight."""
    import numpy
    from PIL import Image

    width, height = page.width or 0.0, page.height or 0.0
    drawn, resolution = renderer.draw(page.number, (width, height), dpi, text=text)
    if turn:
        quarter = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
        drawn = drawn.transpose(quarter[turn])
    degrees = skew_of(drawn, resolution)
    drawn = straighten(drawn, degrees)
    drawing = find_drawing(drawn, resolution)
    ink = ink_only(drawn, drawing, resolution)
    skew = Skew(degrees, width / 2, height / 2, turn) if degrees or turn else None
    return Sheet(numpy.asarray(drawn), numpy.asarray(ink), drawing, resolution / 72, skew)


def _shapes(drawing: Drawing, scale: float, sizes: Sizes) -> tuple[Shape, ...]:
    """In paint order: grounds from large to small, boxes, rules."""
    out = [
        Shape("rect", *scaled_box(g[:4], 1 / scale), fill=sizes.tint(g.color, SAME_TINT))
        for g in sorted(drawing.grounds, key=lambda g: -(g.x1 - g.x0) * (g.y1 - g.y0))
    ]
    out += [
        Shape("rect", *scaled_box(o[:4], 1 / scale), stroke=sizes.tint(o.color, SAME_INK), line_width=1.0)
        for o in drawing.outlines
    ]
    for rule in drawing.rules:
        x0, y0, x1, y1 = scaled_box(rule[:4], 1 / scale)
        if rule.level:
            y0 = y1 = (y0 + y1) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        out.append(Shape("line", x0, y0, x1, y1, stroke=sizes.tint(rule.color, SAME_INK), line_width=1.0))
    across = _snapped([x for s in out for x in (s.x0, s.x1)])
    down = _snapped([y for s in out for y in (s.top, s.bottom)])
    return tuple(replace(s, x0=across[s.x0], top=down[s.top], x1=across[s.x1], bottom=down[s.bottom]) for s in out)


def _snapped(edges: Sequence[float]) -> dict[float, float]:
    """For each edge the one it was drawn at: those of shapes side by side are measured a little apart."""
    out: dict[float, float] = {}
    group: list[float] = []
    for edge in [*sorted(edges), float("inf")]:
        if group and edge - group[0] > SAME_EDGE:
            out.update(dict.fromkeys(group, group[len(group) // 2]))
            group = []
        group.append(edge)
    return out


def _straight(box: Box, skew: Skew | None) -> dict[str, Any]:
    """Where a word of the page itself lies once the page is set straight; its size stays."""
    if skew is None:
        return {}
    x0, top, x1, bottom = box
    x, y = skew.straightened((x0 + x1) / 2, (top + bottom) / 2)
    wide, high = (x1 - x0) / 2, (bottom - top) / 2
    if skew.turn % 180:
        wide, high = high, wide
    return {"x0": x - wide, "top": y - high, "x1": x + wide, "bottom": y + high}


def _over(a: Box, b: Box) -> bool:
    x, y = (a[0] + a[2]) / 2, (a[1] + a[3]) / 2
    return b[0] <= x <= b[2] and b[1] <= y <= b[3]
