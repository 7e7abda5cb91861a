"""A scanned page read by tesseract: its boxes one by one, the page around them, what was passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bilan_extract.patterns import lazy
from bilan_extract.reading.drawing import Drawing, Ground, Outline
from bilan_extract.reading.holes import without_holes
from bilan_extract.reading.masks import components, grown
from bilan_extract.reading.sheet import Sheet
from bilan_extract.reading.tesseract import ReadLine, read_pictures

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

LOST = (5.0, 34.0)  # points: the height of ink that may be a word passed over
MOST_LOST = 24  # pieces of it on a page: more are a drawing's
PAGE, BLOCK = 3, 6  # tesseract's page segmentation: by itself, one block of lines
LABEL = 40.0  # points: a box no higher may hold a label
NARROW = (9.0, 48.0)  # points: width of a box that may hold a label set from bottom to top
MARGIN = 20  # pixels of white around a box that is read by itself
# "5", "12.", "2 400", "%.", "€", "Oui": what the engine passes over where it stands alone; less would be pictograms
_LOST_WORDS = lazy(r"^(?:\d[\d\s.,]*[%€°]?|[%€][.,;]?|[A-ZÀ-Ý]?[a-zà-ÿ]{2,}(?:\s[\w’'-]{2,})*[.,;:]?)$")


def read_lines(picture: Sheet) -> list[ReadLine]:
    """The page's lines: each box read by itself, and the page around them, so that no line runs from one into the next."""
    from PIL import Image

    boxes = boxes_to_read(picture.drawing, picture.scale)
    pieces, offsets = [], []
    for k in range(-1, len(boxes)):
        if k >= 0 and is_narrow(boxes[k], picture.scale):
            continue
        x0, y0, x1, y1 = boxes[k] if k >= 0 else (0, 0, picture.ink.shape[1], picture.ink.shape[0])
        piece = picture.ink[y0:y1, x0:x1].copy()
        for a, b, c, d in boxes[k + 1 :]:  # from large to small: what lies in a box comes after it
            piece[max(0, b - y0) : max(0, d - y0), max(0, a - x0) : max(0, c - x0)] = 255
        if (piece < 128).sum() >= 20:
            pieces.append(Image.fromarray(with_margin(piece)))
            offsets.append((x0 - MARGIN, y0 - MARGIN))
    out: list[ReadLine] = []
    dpi = round(picture.scale * 72)
    found = read_pictures(pieces, layout=PAGE, dpi=dpi)
    # of a label alone in its box the engine sometimes makes a picture
    silent = [k for k, lines in enumerate(found) if not lines and pieces[k].height < LABEL * picture.scale + 2 * MARGIN]
    for k, lines in zip(silent, read_pictures([pieces[k] for k in silent], layout=BLOCK, dpi=dpi), strict=True):
        found[k] = lines
    for lines, (dx, dy) in zip(found, offsets, strict=True):
        out += [line.moved(dx, dy) for line in lines]
    return without_holes(out, picture.ink, lambda strips: _read_strips(strips, dpi))


def _read_strips(strips: Sequence[Array], dpi: int) -> list[list[ReadLine]]:
    from PIL import Image

    found = read_pictures([Image.fromarray(with_margin(strip)) for strip in strips], layout=BLOCK, dpi=dpi)
    return [[line.moved(-MARGIN, -MARGIN) for line in lines] for lines in found]


def read_left_out(picture: Sheet, read: Sequence[ReadLine]) -> list[ReadLine]:
    """What the engine passed over, read piece by piece: a number alone, a short word in a table's cell."""
    from PIL import Image

    step, scale = 6, picture.scale
    high, wide = (side // step * step for side in picture.ink.shape)
    left = picture.ink[:high, :wide].reshape(high // step, step, wide // step, step).min(axis=(1, 3)) < 100
    for word in (w for line in read for w in line.words):
        near = round(1.5 * scale)
        down = slice(max(0, word.y0 - near) // step, (word.y1 + near) // step + 1)
        near = round(6 * scale)  # what stands closer beside a word is a part of it: the ring of a "%"
        left[down, max(0, word.x0 - near) // step : (word.x1 + near) // step + 1] = False
    for x0, y0, x1, y1 in boxes_to_read(picture.drawing, scale):
        if is_narrow((x0, y0, x1, y1), scale):  # read by itself, level and from bottom to top
            left[y0 // step : y1 // step + 1, x0 // step : x1 // step + 1] = False
    boxes = []
    for box in components(grown(left, 1)):
        x0, y0, x1, y1 = (v * step for v in box)
        if LOST[0] * scale <= y1 - y0 <= LOST[1] * scale and LOST[0] / 2 * scale <= x1 - x0 <= 3 * LOST[1] * scale:
            boxes.append((x0, y0, x1, y1))
    if not boxes or len(boxes) > MOST_LOST:
        return []
    pieces = [Image.fromarray(with_margin(picture.ink[y0:y1, x0:x1])) for x0, y0, x1, y1 in boxes]
    out = []
    for lines, (x0, y0, _, _) in zip(read_pictures(pieces, layout=BLOCK, dpi=round(scale * 72)), boxes, strict=True):
        text = " ".join(w.text for line in lines for w in line.words)
        if len(lines) == 1 and _LOST_WORDS.match(text) and weight_of(lines) >= 0.8 * sum(len(w.text) for w in lines[0].words):
            out.append(lines[0].moved(x0 - MARGIN, y0 - MARGIN))
    return out


def is_narrow(box: tuple[int, int, int, int], scale: float) -> bool:
    """Whether a box may hold a label set from bottom to top: higher than wide, and no wider than two lines of one."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return high >= 1.6 * wide and NARROW[0] * scale <= wide <= NARROW[1] * scale


def weight_of(lines: Sequence[ReadLine]) -> float:
    """The characters of lines, each counted by the engine's confidence in its word."""
    return sum(w.confidence * len(w.text) for line in lines for w in line.words)


def boxes_to_read(drawing: Drawing, scale: float) -> list[tuple[int, int, int, int]]:
    """Boxes to be read by themselves, from large to small: outlines and grounds, one of each that are alike."""
    out: list[tuple[int, int, int, int]] = []
    drawn: list[Outline | Ground] = [*drawing.outlines, *drawing.grounds]
    boxes = [(b.x0, b.y0, b.x1, b.y1) for b in drawn]
    for x0, y0, x1, y1 in sorted(boxes, key=lambda b: -(b[2] - b[0]) * (b[3] - b[1])):
        if not any(all(abs(p - q) <= 4 * scale for p, q in zip((x0, y0, x1, y1), o, strict=True)) for o in out):
            out.append((x0, y0, x1, y1))
    return out


def with_margin(piece: Array) -> Array:
    """The piece with a white margin: the engine misses letters that touch a picture's edge."""
    import numpy

    return numpy.pad(piece, MARGIN, constant_values=255)
