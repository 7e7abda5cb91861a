"""One scanned page: its picture set straight, taken apart and read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from bilan_extract.document import Box, Color, Page, Shape, Word
from bilan_extract.patterns import lazy
from bilan_extract.reading.digits import Digits
from bilan_extract.reading.doubts import NARROW_ONE
from bilan_extract.reading.glued import number_apart, without_glue
from bilan_extract.reading.holes import without_holes
from bilan_extract.reading.marks import ARROW, RING, SOLID, TICK, UNREAD, Mark, bars_in, code_in, is_bar, is_ornament, mark_in
from bilan_extract.reading.picture import (
    Drawing,
    Ground,
    Outline,
    baseline_of,
    components,
    find_drawing,
    grown,
    ink_of,
    ink_only,
    letter_height,
    skew_of,
    straighten,
)
from bilan_extract.reading.render import Renderer
from bilan_extract.reading.skew import Skew
from bilan_extract.reading.tesseract import ReadLine, ReadWord, read_pictures, turn_of

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

ASCENT, DESCENT = 0.76, 0.24  # of the size: a word's box above and below its baseline, as digital readers give it
BEARING = 0.06  # of the size: white that belongs to a word's last letter, which a digital reader's boxes hold
CAPITALS = 1.3  # height of capitals and digits over that of small letters, as measured, blur and all
EM = 1.06  # a type's size, over the height from its descenders to its ascenders
ALIKE = 0.04  # sizes that differ by less are one size
REACH = 0.06  # a line that is measured so far off a usual size is set in it
LABEL_LETTERS = 40  # longer lines hardly come twice
SAME_LENGTH = 0.025  # of its length: so much the same words in the same type differ
BOLD = 1.19  # strokes so much thicker than the page's usual ones are bold
LEANING = 1.15  # a word whose columns are so much sharper once a slant is taken off is italic
MANY_SLANTED = 8  # words of a page that show how thick italics are
UPRIGHT = 0.75  # one whose columns lose so much by it is upright, however short
SAME_TINT = 16  # grounds likewise, which are large enough to be measured well
SAME_INK = 54  # colours that differ by less, summed over channels, are one
SAME_GREY = 42  # greys likewise: their channels are measured well, and a scan without colour has all its colours as greys
SAME_EDGE = 1.5  # points: edges of shapes that differ by less are drawn at one place
ONE_LINE = 110  # colours of one line's words that differ by less are one: thin letters are measured paler than thick ones
SPECK = 0.35  # mean confidence below which a line is dirt; twice that where it has hardly a letter
LOST = (5.0, 34.0)  # points: the height of ink that may be a word passed over
MOST_LOST = 24  # pieces of it on a page: more are a drawing's
PAGE, BLOCK = 3, 6  # tesseract's page segmentation: by itself, one block of lines
LABEL = 40.0  # points: a box no higher may hold a label
LEGIBLE = 0.65  # mean confidence below which a page may lie on its side or on its head
LEAST_INK = 2000  # pixels: a page with less has nothing to be read
NARROW = (9.0, 48.0)  # points: width of a box that may hold a label set from bottom to top
DOUBTED = 0.6  # confidence below which a word may hold a mark and a word
FEW_WORDS = 12  # less show no usual weight
FEW = 14  # letters: a piece of a line that has less is measured badly
GUTTER = 1.4  # of a line's height: words further apart are of two columns
TWO_SIZES = 1.3  # the height of a title's letters over that of a label beside it
MANY_TALL = 0.35  # of a word's columns: so many reach its top where all of its capitals are of one height
HEIGHT = 1.33  # a line's height, as the engine gives it, over that of its capitals
ASCENDING = frozenset("bdfhkl")
LIKE_STARTS = 3  # pieces that begin at one place show that a column does
DOTS = frozenset(".…·,_")
SPECKS = frozenset(".,'’‘`´^~")
SIGNS = frozenset({ARROW, TICK, *SOLID})
MARGIN = 20  # pixels of white around a box that is read by itself


_DIGIT = lazy(r"\d")
# "Il.", "|.", "Ill)", "l": strokes that may be a Roman numeral
_NUMERAL = lazy(r"^[Il|!\]\[]{1,4}(?P<close>[.)]?)$")
# "1.1", "12", "IL.1", "IIT.1", "[1": what a code with a Roman numeral is read as ("I.1", "I.2", "II.1", "III.1")
_CODE = lazy(r"^[Il|!\]\[1LT]{1,4}\.?\d{1,2}$")
# "5", "12.", "2 400", "%.", "€", "Oui": what the engine passes over where it stands alone; less would be pictograms
_LOST_WORDS = lazy(r"^(?:\d[\d\s.,]*[%€°]?|[%€][.,;]?|[A-ZÀ-Ý]?[a-zà-ÿ]{2,}(?:\s[\w’'-]{2,})*[.,;:]?)$")
# "-_internats": a dash and the word behind it, read as one
_GLUED = lazy(r"^(?P<dash>[-–—])_+(?=[^\W\d_]{2})")
# "—-": one dash, read as two
_DASHES = lazy(r"^[-–—]{2,3}$")
_AFTER_NUMERAL = frozenset(("-", "–", "—", ":", "."))


class _Picture(NamedTuple):
    """A page's picture, straightened, with its parts. ``scale``: pixels a point."""

    pixels: Array
    ink: Array
    drawing: Drawing
    scale: float
    skew: Skew | None


_Look = tuple[float, "Color | None"]


class Sizes:
    """The type sizes and inks of a document so far: what is measured a little off is drawn to what it stands for.

    ``digits`` are its digits.
    """

    def __init__(self) -> None:
        self._weights: dict[float, int] = {}
        self._inks: dict[Color, int] = {}
        self._tints: dict[float, list[Color]] = {}
        self._bold: dict[_Look, tuple[int, int]] = {}
        self.digits = Digits()
        self._lines: dict[str, list[tuple[float, float]]] = {}
        self._usual = 0.0

    def usual_stroke(self, thick: Sequence[float]) -> float:
        """The width of usual strokes over their type's size: that of these words, of the words before where they are few."""
        widths = sorted(thick)
        if len(widths) >= FEW_WORDS or not self._usual:
            self._usual = widths[len(widths) // 2] if widths else 0.0
        return self._usual

    def recall(self, measured: Sequence[tuple[float, int]], lines: Sequence[ReadLine], scale: float) -> list[tuple[float, int]]:
        """The (size, characters) of lines, those of the same words and the same length set in the same size.

        A label shows few letters, and is measured now well, now badly; but it comes again and again, and two lines that say the
        same on the same length, numbers aside, are set alike. ``scale``: pixels a point.
        """
        keys, lengths = [], []
        for line, (size, _) in zip(lines, measured, strict=True):
            keys.append(_DIGIT.sub("0", " ".join(w.text for w in line.words)))
            lengths.append((line.words[-1].x1 - line.words[0].x0) / scale)
            if len(keys[-1]) <= LABEL_LETTERS:
                self._lines.setdefault(keys[-1], []).append((lengths[-1], size))
        out = []
        for key, length, (size, characters) in zip(keys, lengths, measured, strict=True):
            alike = sorted(s for x, s in self._lines.get(key, ()) if abs(x - length) <= SAME_LENGTH * length)
            out.append((alike[(len(alike) - 1) // 2] if alike else size, characters))
        return out

    def settle(self, measured: Sequence[tuple[float, int]]) -> list[float]:
        """For each (size in points, characters) the size it stands for: the heaviest within reach, again and again."""
        out = [0.0] * len(measured)
        left = set(range(len(measured)))
        while left:
            weights = {k: sum(n for j in left for s, n in (measured[j],) if abs(s - measured[k][0]) <= ALIKE * s) for k in left}
            heart = max(sorted(left), key=lambda k: weights[k])
            near = [j for j in left if abs(measured[j][0] - measured[heart][0]) <= ALIKE * measured[heart][0]]
            size = sum(measured[j][0] * measured[j][1] for j in near) / sum(measured[j][1] for j in near)
            known = [s for s in self._weights if abs(s - size) <= ALIKE * size]
            settled = max(known, key=lambda s: self._weights[s]) if known else round(size * 4) / 4
            for j in sorted(left):
                if abs(measured[j][0] - size) <= REACH * size:
                    out[j] = settled
                    left.discard(j)
                    self._weights[settled] = self._weights.get(settled, 0) + measured[j][1]
            left.discard(heart)
            out[heart] = settled
        return out


    def weigh(self, words: Sequence[tuple[float, Color | None, int, bool]]) -> dict[_Look, tuple[int, int]]:
        """For each (size, colour) how many characters of the document so far are bold, and how many there are.

        ``words`` are this page's: size, colour, characters, and whether the strokes are those of bold letters.
        """
        for size, color, n, bold in words:
            thick, every = self._bold.get((size, color), (0, 0))
            self._bold[size, color] = (thick + n * bold, every + n)
        return self._bold

    def tint(self, color: Color, reach: float) -> Color:
        """The colour of an earlier ground or rule no further off than ``reach``, summed over channels; else this one."""
        known = self._tints.setdefault(reach, [])
        near = [k for k in known if _distance(k, color) <= reach]
        if near:
            return min(near, key=lambda k: (_distance(k, color), k))
        known.append(color)
        return color

    def paint(self, weighted: Sequence[tuple[Color, int]]) -> dict[Color, Color]:
        """For each (colour, characters) the ink it stands for, one of an earlier page where there was one like it."""
        settled = _settled_colors(weighted)
        totals: dict[Color, int] = {}
        for color, n in weighted:
            totals[settled[color]] = totals.get(settled[color], 0) + n
        known: dict[Color, Color] = {}
        for color, n in totals.items():
            near = [k for k in self._inks if _same_ink(k, color)]
            known[color] = max(near, key=lambda k: (self._inks[k], k)) if near else color
            self._inks[known[color]] = self._inks.get(known[color], 0) + n
        return {color: known[ink] for color, ink in settled.items()}


def read_scan(page: Page, renderer: Renderer, sizes: Sizes, dpi: int, *, text: bool) -> tuple[Page, Skew | None]:
    """The page with recognised words after its own, and shapes found on its picture.

    Args:
        page: with the words that are to be kept (a stamp, a running head beside the scan).
        sizes: the document's type sizes so far.
        text: True reads what is set in type as well as pictures.
    """
    picture = _picture(page, renderer, dpi, text=text)
    read = _read(picture)
    if _legible(read) < LEGIBLE:
        picture, read = _upright(page, renderer, dpi, picture, read, text=text)
    lines = _without_specks(_by_column(_without_doubles(read), picture))
    lines = without_glue(lines + _left_out(picture, lines), picture.ink, round(picture.scale * 72))
    own = tuple(replace(w, **_straight(w.box, picture.skew)) for w in page.words)
    first = 1 + max((w.index for w in own), default=-1)
    words = _words(lines, picture, page.number, first, sizes)
    words += _side_words(picture, page.number, first + len(words), sizes)
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
    page: Page, renderer: Renderer, dpi: int, picture: _Picture, read: list[ReadLine], *, text: bool
) -> tuple[_Picture, list[ReadLine]]:
    """The page turned as its letters stand and read again, if it lay on its side or on its head; else what was read."""
    from PIL import Image

    if (picture.ink < 128).sum() < LEAST_INK:
        return picture, read
    turn = turn_of(Image.fromarray(picture.ink), dpi=round(picture.scale * 72))
    if not turn:
        return picture, read
    turned = _picture(page, renderer, dpi, text=text, turn=turn)
    again = _read(turned)
    return (turned, again) if _legible(again) > max(_legible(read), 0.5) else (picture, read)


def read_layer(page: Page, stamp: Collection[int], renderer: Renderer, sizes: Sizes, dpi: int) -> tuple[Page, Skew | None]:
    """The page with its OCR text made visible: colour and weight from the picture, shapes found on it."""
    picture = _picture(page, renderer, dpi, text=False)
    words = []
    for i, word in enumerate(page.words):
        straight = replace(word, **_straight(word.box, picture.skew))
        words.append(straight if i in stamp else replace(straight, hidden=None))
    inks = [ink_of(picture.pixels, picture.ink, _scaled(w.box, picture.scale)) for w in words]
    words = _slanted(words, [1.0 if k is None else k.lean for k in inks])
    styled = _styled(words, [None if k is None else (k.color, k.stroke / picture.scale) for k in inks], sizes)
    return replace(page, words=tuple(styled), shapes=_shapes(picture.drawing, picture.scale, sizes)), picture.skew


def _picture(page: Page, renderer: Renderer, dpi: int, *, text: bool, turn: int = 0) -> _Picture:
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
    return _Picture(numpy.asarray(drawn), numpy.asarray(ink), drawing, resolution / 72, skew)


def _read(picture: _Picture) -> list[ReadLine]:
    """The page's lines: each box read by itself, and the page around them, so that no line runs from one into the next."""
    from PIL import Image

    boxes = _crops(picture.drawing, picture.scale)
    pieces, offsets = [], []
    for k in range(-1, len(boxes)):
        if k >= 0 and _is_narrow(boxes[k], picture.scale):
            continue
        x0, y0, x1, y1 = boxes[k] if k >= 0 else (0, 0, picture.ink.shape[1], picture.ink.shape[0])
        piece = picture.ink[y0:y1, x0:x1].copy()
        for a, b, c, d in boxes[k + 1 :]:  # from large to small: what lies in a box comes after it
            piece[max(0, b - y0) : max(0, d - y0), max(0, a - x0) : max(0, c - x0)] = 255
        if (piece < 128).sum() >= 20:
            pieces.append(Image.fromarray(_framed(piece)))
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

    found = read_pictures([Image.fromarray(_framed(strip)) for strip in strips], layout=BLOCK, dpi=dpi)
    return [[line.moved(-MARGIN, -MARGIN) for line in lines] for lines in found]


def _left_out(picture: _Picture, read: Sequence[ReadLine]) -> list[ReadLine]:
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
    for x0, y0, x1, y1 in _crops(picture.drawing, scale):
        if _is_narrow((x0, y0, x1, y1), scale):  # read by itself, level and from bottom to top
            left[y0 // step : y1 // step + 1, x0 // step : x1 // step + 1] = False
    boxes = []
    for box in components(grown(left, 1)):
        x0, y0, x1, y1 = (v * step for v in box)
        if LOST[0] * scale <= y1 - y0 <= LOST[1] * scale and LOST[0] / 2 * scale <= x1 - x0 <= 3 * LOST[1] * scale:
            boxes.append((x0, y0, x1, y1))
    if not boxes or len(boxes) > MOST_LOST:
        return []
    pieces = [Image.fromarray(_framed(picture.ink[y0:y1, x0:x1])) for x0, y0, x1, y1 in boxes]
    out = []
    for lines, (x0, y0, _, _) in zip(read_pictures(pieces, layout=BLOCK, dpi=round(scale * 72)), boxes, strict=True):
        text = " ".join(w.text for line in lines for w in line.words)
        if len(lines) == 1 and _LOST_WORDS.match(text) and _weight(lines) >= 0.8 * sum(len(w.text) for w in lines[0].words):
            out.append(lines[0].moved(x0 - MARGIN, y0 - MARGIN))
    return out


def _is_narrow(box: tuple[int, int, int, int], scale: float) -> bool:
    """Whether a box may hold a label set from bottom to top: higher than wide, and no wider than two lines of one."""
    wide, high = box[2] - box[0], box[3] - box[1]
    return high >= 1.6 * wide and NARROW[0] * scale <= wide <= NARROW[1] * scale


def _side_words(picture: _Picture, page: int, first: int, sizes: Sizes) -> list[Word]:
    """Words of narrow boxes, set from bottom to top or level, whichever reads better."""
    import numpy
    from PIL import Image

    boxes = [b for b in _crops(picture.drawing, picture.scale) if _is_narrow(b, picture.scale)]
    pieces = [picture.ink[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes]
    inked = [k for k, piece in enumerate(pieces) if (piece < 128).sum() >= 20]
    both = [Image.fromarray(_framed(p)) for k in inked for p in (pieces[k], numpy.rot90(pieces[k], -1))]
    found = read_pictures(both, layout=BLOCK, dpi=round(picture.scale * 72))
    out: list[Word] = []
    for n, k in enumerate(inked):
        level, rising = (_without_specks(lines) for lines in found[2 * n : 2 * n + 2])
        x0, y0, _, y1 = boxes[k]
        if _weight(rising) > _weight(level):
            out += _rising_words(rising, picture, (x0, y1), page, first + len(out), sizes)
        else:
            moved = [line.moved(x0 - MARGIN, y0 - MARGIN) for line in level]
            out += _words(moved, picture, page, first + len(out), sizes)
    return out


def _weight(lines: Sequence[ReadLine]) -> float:
    return sum(w.confidence * len(w.text) for line in lines for w in line.words)


def _rising_words(
    lines: Sequence[ReadLine], picture: _Picture, corner: tuple[int, int], page: int, first: int, sizes: Sizes
) -> list[Word]:
    """Words read on a box turned clockwise; ``corner`` is the box's lower left one, where the turned picture begins."""
    import numpy

    scale = picture.scale
    out: list[Word] = []
    inks: list[tuple[Color, float] | None] = []
    pixels, ink = (numpy.rot90(field[: corner[1], corner[0] :], -1) for field in (picture.pixels, picture.ink))
    settled = sizes.settle([(EM * line.height / scale, sum(len(w.text) for w in line.words)) for line in lines])
    for line, size in zip(lines, settled, strict=True):
        base = (corner[0] + line.base - MARGIN) / scale
        for read in line.words:
            bottom, top = corner[1] - (read.x0 - MARGIN), corner[1] - (read.x1 - MARGIN)
            word = Word(
                read.text, page, base - ASCENT * size, top / scale, base + DESCENT * size, bottom / scale, size=size,
                index=first + len(out), upright=False, confidence=round(read.confidence, 3),
            )  # fmt: skip
            out.append(word)
            own = ink_of(pixels, ink, (read.x0 - MARGIN, read.y0 - MARGIN, read.x1 - MARGIN, read.y1 - MARGIN))
            inks.append(None if own is None else (own.color, own.stroke / scale))
    return _styled(out, inks, sizes)


def _crops(drawing: Drawing, scale: float) -> list[tuple[int, int, int, int]]:
    """Boxes to be read by themselves, from large to small: outlines and grounds, one of each that are alike."""
    out: list[tuple[int, int, int, int]] = []
    drawn: list[Outline | Ground] = [*drawing.outlines, *drawing.grounds]
    boxes = [(b.x0, b.y0, b.x1, b.y1) for b in drawn]
    for x0, y0, x1, y1 in sorted(boxes, key=lambda b: -(b[2] - b[0]) * (b[3] - b[1])):
        if not any(all(abs(p - q) <= 4 * scale for p, q in zip((x0, y0, x1, y1), o, strict=True)) for o in out):
            out.append((x0, y0, x1, y1))
    return out


def _framed(piece: Array) -> Array:
    """The piece with a white margin: the engine misses letters that touch a picture's edge."""
    import numpy

    return numpy.pad(piece, MARGIN, constant_values=255)


def _without_doubles(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Without words that are the accents and tops of larger ones, read once more as a line of their own."""
    words = [w for line in lines for w in line.words]
    out = []
    for line in lines:
        kept = tuple(w for w in line.words if not any(_is_part(w, other) for other in words))
        if kept:
            out.append(line._replace(words=kept))
    return out


def _by_column(lines: Sequence[ReadLine], picture: _Picture) -> list[ReadLine]:
    """The lines, cut where a gap is as wide as a gutter or a rule runs down it: the engine reads on from column to column.

    What stands beyond is of another line, which has its own size and its own baseline. Where columns begin is seen on the
    lines with wide gaps; there a narrower gap parts too.
    """
    drawing = picture.drawing
    uprights = [(r.x0, r.y0, r.y1) for r in drawing.rules if not r.level]
    drawn: list[Outline | Ground] = [*drawing.outlines, *drawing.grounds]
    uprights += [(x, o.y0, o.y1) for o in drawn for x in (o.x0, o.x1)]
    wide = [_gaps(line, GUTTER, uprights) for line in lines]
    starts = [line.words[k].x0 for line, cuts in zip(lines, wide, strict=True) for k in (0, *cuts)]
    out: list[ReadLine] = []
    for line, cuts in zip(lines, wide, strict=True):
        near = 0.15 * line.height
        narrow = _gaps(line, GUTTER / 3, [])
        cuts |= {k for k in narrow if sum(abs(x - line.words[k].x0) <= near for x in starts) >= LIKE_STARTS}
        two = {k for k in narrow if _two_sizes(line, k) and not _small_capitals(line, picture.ink)}
        cuts |= two
        # a bullet goes with the text that hangs behind it
        cuts -= {k for k in cuts if (k - 1 in cuts or k == 1) and _may_be_mark(line.words[k - 1])}
        pieces = [line.words[a:b] for a, b in pairwise((0, *sorted(cuts), len(line.words)))]
        if cuts:  # an accent of the line below that the engine took for a point of this one
            pieces = [piece for piece in pieces if any(c not in SPECKS for w in piece for c in w.text)]
        out += [_piece(line, piece, picture.ink, sized=bool(two)) for piece in pieces] if cuts and line.level else [line]
    return out


def _two_sizes(line: ReadLine, k: int) -> bool:
    """Whether the words before ``k`` and those from it on are set in two sizes: a level's label beside its title."""
    parts = (line.words[:k], line.words[k:])
    tops = [sorted(t for t in (_top(line, (w,)) for w in words) if t > 0) for words in parts]
    if not all(tops) or not all(sum(len(w.text) for w in words) >= 4 for words in parts):
        return False
    low, high = sorted(tops, key=max)
    return high[0] >= TWO_SIZES * low[-1]  # every word of one part is higher than those of the other


def _small_capitals(line: ReadLine, ink: Array) -> bool:
    """Whether a line of capitals is one of small ones with larger ones at the head of words ("L'ENSEMBLE DU PARI")."""
    if any(c.islower() for w in line.words for c in w.text):
        return False
    tops = sorted(_top(line, (w,)) for w in line.words if len(w.text) > 1)
    if not tops or tops[-1] <= 0:
        return False
    tallest = [w for w in line.words if _top(line, (w,)) >= 0.95 * tops[-1]]
    high = over = 0
    for word in tallest:
        base = line.base + line.slope * (word.x0 - line.x0)
        field = ink[max(0, word.y0) : max(0, round(base)), max(0, word.x0) : word.x1] < 128
        high += int(field.any(axis=0).sum())
        over += int(field[: max(1, round(0.12 * len(field)))].any(axis=0).sum())
    return over < MANY_TALL * high


def _top(line: ReadLine, words: Sequence[ReadWord]) -> float:
    """How far the capitals, digits and tall letters of words stand above the line's base, 0 where there are none."""
    tall = [w for w in words if any(c.isupper() or c.isdigit() or c in ASCENDING for c in w.text)]
    return max((line.base + line.slope * (w.x0 - line.x0) - w.y0 for w in tall), default=0.0)


def _may_be_mark(word: ReadWord) -> bool:
    return len(word.text) <= 2 and (not any(c.isalnum() for c in word.text) or (len(word.text) == 1 and word.text.isalpha()))


def _gaps(line: ReadLine, least: float, uprights: Sequence[tuple[int, int, int]]) -> set[int]:
    """The places of the words before which there is a gap of so many heights of the line, or a rule."""
    words = line.words
    return {
        k
        for k in range(1, len(words))
        if words[k].x0 - words[k - 1].x1 > least * line.height
        or any(words[k - 1].x1 - 3 <= x <= words[k].x0 + 3 and y0 < line.base - 3 < y1 for x, y0, y1 in uprights)
    }


def _piece(line: ReadLine, words: tuple[ReadWord, ...], ink: Array, *, sized: bool = False) -> ReadLine:
    """Some words of a line as one of their own, on the baseline that their letters stand on.

    ``sized`` where the line's words are of two sizes: the engine's height is that of some of them.
    """
    middle = line.base + line.slope * ((words[0].x0 + words[-1].x1) / 2 - line.x0)
    found = baseline_of(ink, [(w.x0, w.y0, w.x1, w.y1) for w in words], middle, line.height)
    own, height = _top(line, words), line.height
    if sized and own > 0:
        whole = HEIGHT * _top(line, line.words)
        height = HEIGHT * own * (line.height / whole if 0.8 * whole <= line.height <= 1.25 * whole else 1.0)
    return line._replace(words=words, x0=words[0].x0, base=middle if found is None else found, slope=0.0, height=height)


def _is_part(word: ReadWord, other: ReadWord) -> bool:
    high = word.y1 - word.y0
    if other is word or high >= 0.6 * (other.y1 - other.y0) or word.confidence >= max(other.confidence, 0.7):
        return False
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    down = min(word.y1, other.y1) - max(word.y0, other.y0)
    return across > 0.5 * (word.x1 - word.x0) and down > 0.3 * high


def _without_specks(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Without lines that are dirt, a drawing, or accents taken for a line of their own."""
    out = []
    for line in lines:
        told = [w for w in line.words if any(c not in DOTS for c in w.text)] or line.words  # a leader says nothing
        characters = sum(len(w.text) for w in told)
        letters = sum(c.isalnum() or c in "%€" for w in told for c in w.text)
        sure = sum(w.confidence * len(w.text) for w in told) / characters
        written = letters > 1 or line.words[0].text[0] in "0123456789%€"
        if written and sure >= (SPECK if letters >= 0.7 * characters else 2 * SPECK):
            out.append(line)
    return out


def _words(lines: Sequence[ReadLine], picture: _Picture, page: int, first: int, sizes: Sizes) -> list[Word]:
    scale = picture.scale
    settled = sizes.settle(sizes.recall(_measured(lines, picture), lines, scale))
    words: list[Word] = []
    inks: list[tuple[Color, float] | None] = []
    read_lines = [_marked(line, picture, size * scale) for line, size in zip(lines, settled, strict=True)]
    sizes_of = [size * scale for reads, size in zip(read_lines, settled, strict=True) for _ in reads]
    told = iter(sizes.digits.read([word for reads in read_lines for word in reads], picture.ink, sizes_of))
    for line, size, count in zip(lines, settled, map(len, read_lines), strict=True):
        own: list[tuple[Color, float] | None] = []
        leans: list[float] = []
        reads = list(islice(told, count))
        for k, read in enumerate(reads):
            base = line.base + line.slope * ((read.x0 + read.x1) / 2 - line.x0)
            after = reads[k + 1].x0 if k + 1 < len(reads) else picture.ink.shape[1]
            ends = read.x1 + (BEARING + (NARROW_ONE if read.text.endswith("1") else 0.0)) * size * scale
            base /= scale
            words.append(
                Word(
                    text=read.text,
                    page=page,
                    x0=read.x0 / scale,
                    top=base - ASCENT * size,
                    x1=max(read.x1, min(ends, after)) / scale,
                    bottom=base + DESCENT * size,
                    size=size,
                    index=first + len(words),
                    confidence=round(read.confidence, 3),
                )
            )
            ink = ink_of(picture.pixels, picture.ink, (read.x0, read.y0, read.x1, read.y1))
            own.append(None if ink is None else (ink.color, ink.stroke / scale))
            leans.append(1.0 if ink is None else ink.lean)
        words[len(inks) :] = _slanted(words[len(inks) :], leans)
        inks += _of_one_line(own, words[len(inks) :])
    return _styled(words, inks, sizes)


def _marked(line: ReadLine, picture: _Picture, size: float) -> tuple[ReadWord, ...]:
    """The line's words, the marks and numerals among them read as such. ``size`` in pixels."""
    reads = _with_numeral(_with_bullet(_parted(line, picture), picture, size), line, picture, size)
    reads = (*number_apart(reads[0], picture.ink), *reads[1:])
    reads = (*reads[:1], *_with_signs(reads[1:], line, picture, size, SOLID))
    return tuple(word._replace(text="—") if _DASHES.match(word.text) else word for word in reads)


def _parted(line: ReadLine, picture: _Picture) -> ReadLine:
    """The line with no word's box over the next one's: the engine draws some as far as the line's end."""
    import numpy

    words = list(line.words)
    for k, (word, after) in enumerate(zip(words, words[1:], strict=False)):
        if word.x0 < after.x0 < word.x1:
            inked = numpy.nonzero((picture.ink[max(0, word.y0) : word.y1, max(0, word.x0) : after.x0] < 128).any(axis=0))[0]
            words[k] = word._replace(x1=word.x0 + int(inked[-1]) + 1 if len(inked) else after.x0)
    return line._replace(words=tuple(words))


def _slanted(words: Sequence[Word], leans: Sequence[float]) -> list[Word]:
    """A line's words, those of slanted letters italic.

    A short one that shows too little goes with the one before it; at the line's head and behind a colon, where what is in
    italics ends, with the next that shows.
    """
    told = [sum(c.isalpha() for c in w.text) >= 3 or x <= UPRIGHT for w, x in zip(words, leans, strict=True)]
    slant = False
    out: list[Word] = []
    for k, word in enumerate(words):
        if told[k]:
            slant = leans[k] > LEANING
        elif not out or out[-1].text.endswith(":"):  # "Fait : La halle"
            slant = next((leans[j] > LEANING for j in range(k, len(words)) if told[j]), slant)
        out.append(replace(word, italic=slant))
    return out


def _of_one_line(inks: list[tuple[Color, float] | None], words: Sequence[Word]) -> list[tuple[Color, float] | None]:
    """The inks of a line's words, those that differ but a little from the line's own made one."""
    letters = sorted(ink[0] for ink, w in zip(inks, words, strict=True) if ink is not None for _ in w.text)
    if not letters:
        return inks
    usual = letters[len(letters) // 2]
    out: list[tuple[Color, float] | None] = []
    for ink, word in zip(inks, words, strict=True):
        bare = not any(c.isalnum() for c in word.text) and word.text in ",;:.!?-–—'’«»()"  # too thin to show its colour
        out.append(ink if ink is None or not (bare or _distance(ink[0], usual) <= ONE_LINE) else (usual, ink[1]))
    return out


def _same_ink(one: Color, other: Color) -> bool:
    grey = one[0] == one[1] == one[2] and other[0] == other[1] == other[2]
    return _distance(one, other) <= (SAME_GREY if grey else SAME_INK)


def _distance(one: Color, other: Color) -> float:
    return sum(abs(p - q) for p, q in zip(one, other, strict=True))


def _measured(lines: Sequence[ReadLine], picture: _Picture) -> list[tuple[float, int]]:
    """For each line its type size in points and its characters.

    The engine's own height of a line jumps with the letters that happen to stand in it; the height of small letters does not.
    How the two relate depends on the typeface, so it is taken from the page itself.
    """
    lows: list[float | None] = []
    for line in lines:
        boxes = [(float(w.x0), float(w.y0), float(w.x1), float(w.y1)) for w in line.words]
        middle = line.base + line.slope * ((line.words[0].x0 + line.words[-1].x1) / 2 - line.x0)
        lows.append(_capitals(line) or letter_height(picture.ink, boxes, middle, line.height))
    long = [(low, line.height) for low, line in zip(lows, lines, strict=True) if sum(len(w.text) for w in line.words) >= 20]
    known = sorted(low / height for low, height in long if low is not None)
    usual = known[len(known) // 2] if known else 0.55
    small = [low for low, line in zip(lows, lines, strict=True) if low is not None and _is_small(line) and len(line.words) > 3]
    out = []
    for line, low in zip(lines, lows, strict=True):
        height = _height(line, low, usual, small)
        out.append((EM * height / picture.scale, sum(len(w.text) for w in line.words)))
    for k, line in enumerate(lines):
        above = _carries_on(line, lines)
        if above is None:
            continue
        close = line.base - lines[above].base <= 1.5 * lines[above].height
        most = 1.4 if close and _small_letters(line) < 6 else 1.2
        if out[above][0] / most <= out[k][0] <= most * out[above][0]:
            out[k] = (out[above][0], out[k][1])
    return _as_one_row(out, lines)


def _as_one_row(measured: list[tuple[float, int]], lines: Sequence[ReadLine]) -> list[tuple[float, int]]:
    """The sizes, those of short pieces on one level made one: a table's heads show too few letters to be measured each."""
    out = list(measured)
    short = [k for k, line in enumerate(lines) if measured[k][1] < FEW and line.level]
    for k in short:
        row = [j for j in short if abs(lines[j].base - lines[k].base) <= 0.35 * lines[k].height]
        sizes = sorted(measured[j][0] for j in row)
        if len(row) >= LIKE_STARTS and sizes[-1] <= 1.3 * sizes[0]:
            out[k] = (sizes[len(sizes) // 2], measured[k][1])
    return out


def _height(line: ReadLine, low: float | None, usual: float, known: Sequence[float]) -> float:
    """A line's height from that of its small letters, ``usual`` times smaller; the engine's own where they do not go together.

    ``low`` is that of capitals and digits where the line has hardly anything else; ``known`` are the page's long lines'.
    """
    if low is None:
        return line.height
    tall = _tall(line)
    near = tall < 0.6 and 0.7 <= low / usual / line.height <= 1.4
    if near and any(abs(low - other) <= ALIKE * other for other in known):
        return low / usual
    least, most = (0.6, 1.7) if _is_small(line) else (0.8, 1.2)
    if tall == 1.0 or tall >= 0.35 and low >= 1.17 * usual * line.height:  # capitals and digits were measured
        low /= CAPITALS
        least, most = min(least, 0.7), max(most, 1.25)
    return low / usual if least * usual <= low / line.height <= most * usual else line.height


def _carries_on(line: ReadLine, lines: Sequence[ReadLine]) -> int | None:
    """The line right above one that shows no size of its own: with hardly a small letter ("2025.", "6,5 %."), or short.

    A short line carries one on where it begins with a small letter ("poubelle. »").
    """
    short = line.words[0].text[0].islower() and sum(len(w.text) for w in line.words) < FEW
    if _small_letters(line) >= 6 and not short or len(line.words) > 6:
        return None
    near: list[tuple[float, int]] = []
    for k, other in enumerate(lines):
        step = line.base - other.base - other.slope * (line.x0 - other.x0)
        beside = other.words[0].x0 - 2 * other.height <= line.x0 < other.words[-1].x1
        if beside and 0.7 * other.height <= step <= 1.75 * other.height and len(other.words) > len(line.words):
            near.append((step, k))
    return min(near)[1] if near else None


def _small_letters(line: ReadLine) -> int:
    return sum(c.islower() for w in line.words for c in w.text)


def _capitals(line: ReadLine) -> float | None:
    """How high a line of nothing but digits and capitals without accents stands; None for any other."""
    words = [w for w in line.words if any(c.isalnum() for c in w.text)]
    if not words or any(not (c.isdigit() or "A" <= c <= "Z") for w in words for c in w.text if c.isalnum() or not c.isascii()):
        return None
    heights = sorted(line.base + line.slope * (w.x0 - line.x0) - w.y0 for w in words)
    height = heights[len(heights) // 2]
    return height if height > 0 else None


def _tall(line: ReadLine) -> float:
    """The share of capitals and digits in a line's letters and digits."""
    text = [c for w in line.words for c in w.text if c.isalnum()]
    return sum(c.isupper() or c.isdigit() for c in text) / len(text) if text else 0.0


def _is_small(line: ReadLine) -> bool:
    """Whether most of the line is small letters."""
    text = "".join(w.text for w in line.words)
    return len(text) >= 12 and sum(c.islower() for c in text) >= 0.6 * len(text)


def _with_bullet(line: ReadLine, picture: _Picture, size: float) -> tuple[ReadWord, ...]:
    """The line's words, a bullet before them read as the mark it is. ``size`` in pixels.

    The engine reads a mark as "e", "+", "M", "/", or not at all; the picture shows a disc, a square, an arrow, a tick.
    """
    head, rest = line.words[0], line.words[1:]
    glued = _GLUED.match(head.text)
    if glued is not None:
        end = min(head.x1, round(head.x0 + 0.4 * size))
        dash = head._replace(text=glued["dash"], x1=end)
        return (dash, head._replace(text=head.text[glued.end() :], x0=min(head.x1 - 1, end + round(0.2 * size))), *rest)
    if not rest:
        return line.words
    base = line.base + line.slope * ((head.x0 + head.x1) / 2 - line.x0)
    if len(head.text) <= 2:
        mark = mark_in(picture.ink, (head.x0 - 3, head.x1 + 3), base, size)
        if mark is None and head.text == "o":  # no line of French begins so: a ring as large as the letter
            mark = Mark(RING, head.x0, head.x1)
        if mark is not None and (mark.text in SOLID or _is_doubted(head)):
            head = head._replace(text=mark.text, confidence=max(head.confidence, 0.9))
            return (head, *_with_signs(rest, line, picture, size))
        own = _tight(picture.ink, head)
        if len(head.text) == 1 and own is not None:
            bar = head.confidence < 0.6 and is_bar(picture.ink, (head.x0, head.y0, head.x1, head.y1), size)
            if bar or is_ornament(own[0], (base - own[1]) / size, size):
                return rest
        if mark is not None:
            return line.words
        if head.text in (".", ",", "'", "’", "‘", "`", "_"):  # dirt: no line begins so
            return rest
    elif (parts := _led_by_mark(head, picture.ink, base, size)) is not None:
        return (*parts, *rest)
    left = (round(head.x0 - 2.1 * size), round(head.x0 - 0.08 * size))
    found = mark_in(picture.ink, left, base, size) if left[0] > 0 else None
    if found is not None and found.text in UNREAD:
        return (ReadWord(found.text, found.x0, head.y0, found.x1, head.y1, 0.9), *line.words)
    return line.words


def _led_by_mark(head: ReadWord, ink: Array, base: float, size: float) -> tuple[ReadWord, ReadWord] | None:
    """A mark and the word behind it, where the engine drew the word's box around both and left the mark out."""
    import numpy

    field = ink[max(0, head.y0) : head.y1, max(0, head.x0) : round(head.x0 + 2.4 * size)] < 128
    inked = numpy.nonzero(field.any(axis=0))[0]
    gaps = numpy.nonzero(numpy.diff(inked) >= 0.3 * size)[0]
    if not len(gaps) or head.x0 + int(inked[gaps[0] + 1]) >= head.x1:
        return None
    end, start = head.x0 + int(inked[gaps[0]]) + 1, head.x0 + int(inked[gaps[0] + 1])
    mark = mark_in(ink, (head.x0 - 3, end + 3), base, size)
    if mark is None or mark.text not in UNREAD:
        return None
    text = head.text
    if head.confidence < DOUBTED and any(c.isalnum() for c in text):  # "“1." for a tick and "1."
        text = text.lstrip("".join(c for c in text if not c.isalnum()))
    return ReadWord(mark.text, mark.x0, head.y0, mark.x1, head.y1, 0.9), head._replace(text=text, x0=start)


def _with_numeral(words: tuple[ReadWord, ...], line: ReadLine, picture: _Picture, size: float) -> tuple[ReadWord, ...]:
    """The line's words, a numeral before its text read stroke by stroke: the engine reads "III." as "Il.", "I." as "|.".

    It is the first word, or the second ("Axe II"), and stands before a dash or colon or ends in a point or with its line.
    """
    code = _code(words, picture, size)
    if code is not None:
        return (code, *words[1:])
    for k, word in enumerate(words[:2]):
        found = _NUMERAL.match(word.text)
        after = words[k + 1].text if k + 1 < len(words) else ""
        named = k == 1 and k + 1 == len(words) and words[0].text[:1].isupper()  # "Axe II" alone on its line
        if found is None or not (found["close"] or after in _AFTER_NUMERAL or named):
            continue
        bars = bars_in(picture.ink, (word.x0 - 2, word.y0 - 2, word.x1 + 2, word.y1 + 2), size)
        if bars:
            read = word._replace(text="I" * bars + found["close"], confidence=max(word.confidence, 0.8))
            return (*words[:k], read, *words[k + 1 :])
    return words


def _code(words: tuple[ReadWord, ...], picture: _Picture, size: float) -> ReadWord | None:
    """The code before a title as its strokes show it: slanted "I.1" is read "1.1", "II.1" as "IL.1"; None where it stands."""
    head = words[0]
    named = len(words) > 1 and words[1].text[:1].isalpha() and _CODE.match(head.text) is not None
    if not named or head.confidence >= 0.7 and head.text.replace(".", "").isdigit():
        return None
    found = code_in(picture.ink, (head.x0 - 2, head.y0 - 2, head.x1 + 2, head.y1 + 2), size)
    digits = "" if found is None else head.text[-found.after :]
    if found is None or not digits.isdigit():
        return None
    return head._replace(text="I" * found.bars + "." + digits, confidence=max(head.confidence, 0.8))


def _with_signs(
    words: tuple[ReadWord, ...], line: ReadLine, picture: _Picture, size: float, signs: frozenset[str] = SIGNS
) -> tuple[ReadWord, ...]:
    """The words, signs among them read too: "✔ done ➜ to come", a key to signs, "Axe 1 • Habiter".

    On a line that begins with a sign more may be one than elsewhere.
    """
    out = list(words)
    for k, word in enumerate(words):
        if len(word.text) <= 2 and not any(c.isalnum() or c in ",;:.-–—" for c in word.text):
            mark = mark_in(picture.ink, (word.x0 - 3, word.x1 + 3), line.base + line.slope * (word.x0 - line.x0), size)
            if mark is not None and mark.text in signs:
                out[k] = word._replace(text=mark.text, confidence=max(word.confidence, 0.9))
    return tuple(out)


def _is_doubted(head: ReadWord) -> bool:
    """Whether a mark may stand where the engine read this: a sign, or letters it is not sure of."""
    return not any(c.isalnum() for c in head.text) or head.confidence < 0.85 and not head.text.isdigit()


def _tight(ink: Array, word: ReadWord) -> tuple[Array, int] | None:
    """The ink of a word's box without the white around it, and the row below its last one."""
    import numpy

    field = ink[max(0, word.y0) : word.y1, max(0, word.x0) : word.x1] < 128
    rows, columns = numpy.nonzero(field.any(axis=1))[0], numpy.nonzero(field.any(axis=0))[0]
    if not len(rows):
        return None
    own = field[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return own, max(0, word.y0) + int(rows[-1]) + 1


def _styled(words: Sequence[Word], inks: Sequence[tuple[Color, float] | None], sizes: Sizes) -> list[Word]:
    """The words with colour and weight, from each one's ink: its colour and the width of its strokes in points."""
    colors = sizes.paint([(ink[0], len(w.text)) for w, ink in zip(words, inks, strict=True) if ink is not None])
    thick = [0.0 if ink is None or not w.size else ink[1] / w.size for w, ink in zip(words, inks, strict=True)]
    usual = sizes.usual_stroke([t for t, w in zip(thick, words, strict=True) if t and len(w.text) > 2])
    # slanted letters have thinner strokes: where many show how thin, they are bold beside one another only
    slim = sorted(t for t, w in zip(thick, words, strict=True) if t and len(w.text) > 2 and w.italic)
    if len(slim) >= MANY_SLANTED and slim[len(slim) // 2] < usual:
        by = usual / slim[len(slim) // 2]
        thick = [t * by if w.italic else t for t, w in zip(thick, words, strict=True)]
    painted = [w if ink is None else replace(w, color=colors[ink[0]]) for w, ink in zip(words, inks, strict=True)]
    if not usual:
        return painted
    # one word is measured badly; what is set in the same size and colour says which way a doubt goes
    measured = zip(painted, thick, strict=True)
    groups = sizes.weigh([(w.size, w.color, len(w.text), t > BOLD * usual) for w, t in measured])
    whole = _of_thick_lines(painted, thick, usual)
    out = []
    for k, (word, t) in enumerate(zip(painted, thick, strict=True)):
        bold, every = groups[word.size, word.color]
        limit = BOLD - 0.06 if bold > 0.5 * every else BOLD + 0.06 if bold < 0.12 * every else BOLD
        out.append(replace(word, bold=k in whole or t > limit * usual))
    return _evened(out)


def _of_thick_lines(words: Sequence[Word], thick: Sequence[float], usual: float) -> set[int]:
    """The places of the words of lines that are bold throughout: what one word leaves in doubt all of them together do not."""
    out: set[int] = set()
    start = 0
    for k in range(1, len(words) + 1):
        if k < len(words):
            word, before = words[k], words[k - 1]
            if word.x0 >= before.x0 and abs(word.bottom - before.bottom) <= 0.3 * word.size:
                continue
        told = sorted(t for t, w in zip(thick[start:k], words[start:k], strict=True) if len(w.text) > 2)
        if len(told) >= 3 and told[0] > (BOLD - 0.06) * usual and told[len(told) // 2] > BOLD * usual:
            out.update(range(start, k))
        start = k
    return out


def _evened(words: Sequence[Word]) -> list[Word]:
    """A short word between two of one weight on its line has theirs; a sign alone, too thin to show any, the last one's."""
    out = list(words)
    for i in range(1, len(words)):
        before, word = out[i - 1], words[i]
        if word.color != before.color or abs(before.bottom - word.bottom) >= 0.3 * word.size or word.x0 < before.x0:
            continue
        if not any(c.isalnum() for c in word.text):
            out[i] = replace(word, bold=before.bold)
        elif i + 1 < len(words) and len(word.text) <= 4:
            after = words[i + 1]
            if before.bold == after.bold != word.bold and after.color == word.color:
                out[i] = replace(word, bold=before.bold)
    return out


def _settled_colors(weighted: Sequence[tuple[Color, int]]) -> dict[Color, Color]:
    """For each colour the one that it stands for: the heaviest within reach."""
    totals: dict[Color, int] = {}
    for color, weight in weighted:
        totals[color] = totals.get(color, 0) + weight
    chosen: list[Color] = []
    out: dict[Color, Color] = {}
    coarse: dict[Color, int] = {}
    for (r, g, b), weight in totals.items():
        key = (r // 24, g // 24, b // 24)
        coarse[key] = coarse.get(key, 0) + weight
    for color in sorted(totals, key=lambda c: (-coarse[(c[0] // 24, c[1] // 24, c[2] // 24)], -totals[c], c)):
        near = [c for c in chosen if _same_ink(c, color)]
        if near:
            out[color] = near[0]
        else:
            chosen.append(color)
            out[color] = color
    return out


def _shapes(drawing: Drawing, scale: float, sizes: Sizes) -> tuple[Shape, ...]:
    """In paint order: grounds from large to small, boxes, rules."""
    out = [
        Shape("rect", *_scaled(g[:4], 1 / scale), fill=sizes.tint(g.color, SAME_TINT))
        for g in sorted(drawing.grounds, key=lambda g: -(g.x1 - g.x0) * (g.y1 - g.y0))
    ]
    out += [
        Shape("rect", *_scaled(o[:4], 1 / scale), stroke=sizes.tint(o.color, SAME_INK), line_width=1.0)
        for o in drawing.outlines
    ]
    for rule in drawing.rules:
        x0, y0, x1, y1 = _scaled(rule[:4], 1 / scale)
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


def _scaled(box: Sequence[float], by: float) -> Box:
    x0, top, x1, bottom = (v * by for v in box)
    return (x0, top, x1, bottom)


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
