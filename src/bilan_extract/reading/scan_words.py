"""The words of a scanned page with boxes, sizes, colours, weights and slants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bilan_extract.document import Color, Word
from bilan_extract.reading.doubts import NARROW_ONE
from bilan_extract.reading.engine import BLOCK, MARGIN, boxes_to_read, is_narrow, weight_of, with_margin
from bilan_extract.reading.ink import ink_of
from bilan_extract.reading.line_heads import with_marks
from bilan_extract.reading.line_pieces import without_specks
from bilan_extract.reading.line_sizes import EM, measured_sizes
from bilan_extract.reading.sheet import Sheet
from bilan_extract.reading.tesseract import ReadLine, read_pictures
from bilan_extract.reading.type_sizes import Sizes, ink_distance

ASCENT, DESCENT = 0.76, 0.24  # of the size: a word's box above and below its baseline, as digital readers give it
BEARING = 0.06  # of the size: white that belongs to a word's last letter, which a digital reader's boxes hold
BOLD = 1.19  # strokes so much thicker than the page's usual ones are bold
LEANING = 1.15  # a word whose columns are so much sharper once a slant is taken off is italic
MANY_SLANTED = 8  # words of a page that show how thick italics are
UPRIGHT = 0.75  # one whose columns lose so much by it is upright, however short
ONE_LINE = 110  # colours of one line's words that differ by less are one: thin letters are measured paler than thick ones


def side_words(picture: Sheet, page: int, first: int, sizes: Sizes) -> list[Word]:
    """Words of narrow boxes, set from bottom to top or level, whichever reads better."""
    import numpy
    from PIL import Image

    boxes = [b for b in boxes_to_read(picture.drawing, picture.scale) if is_narrow(b, picture.scale)]
    pieces = [picture.ink[y0:y1, x0:x1] for x0, y0, x1, y1 in boxes]
    inked = [k for k, piece in enumerate(pieces) if (piece < 128).sum() >= 20]
    both = [Image.fromarray(with_margin(p)) for k in inked for p in (pieces[k], numpy.rot90(pieces[k], -1))]
    found = read_pictures(both, layout=BLOCK, dpi=round(picture.scale * 72))
    out: list[Word] = []
    for n, k in enumerate(inked):
        level, rising = (without_specks(lines) for lines in found[2 * n : 2 * n + 2])
        x0, y0, _, y1 = boxes[k]
        if weight_of(rising) > weight_of(level):
            out += _rising_words(rising, picture, (x0, y1), page, first + len(out), sizes)
        else:
            moved = [line.moved(x0 - MARGIN, y0 - MARGIN) for line in level]
            out += words_of_lines(moved, picture, page, first + len(out), sizes)
    return out


def _rising_words(
    lines: Sequence[ReadLine], picture: Sheet, corner: tuple[int, int], page: int, first: int, sizes: Sizes
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
    return with_styles(out, inks, sizes)


def words_of_lines(lines: Sequence[ReadLine], picture: Sheet, page: int, first: int, sizes: Sizes) -> list[Word]:
    """The words of lines in points, with size, colour, weight and slant; numbered from ``first`` on."""
    scale = picture.scale
    settled = sizes.settle(sizes.recall(measured_sizes(lines, picture), lines, scale))
    words: list[Word] = []
    inks: list[tuple[Color, float] | None] = []
    read_lines = [with_marks(line, picture, size * scale) for line, size in zip(lines, settled, strict=True)]
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
        words[len(inks) :] = with_slants(words[len(inks) :], leans)
        inks += _of_one_line(own, words[len(inks) :])
    return with_styles(words, inks, sizes)


def with_slants(words: Sequence[Word], leans: Sequence[float]) -> list[Word]:
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
        out.append(ink if ink is None or not (bare or ink_distance(ink[0], usual) <= ONE_LINE) else (usual, ink[1]))
    return out


def with_styles(words: Sequence[Word], inks: Sequence[tuple[Color, float] | None], sizes: Sizes) -> list[Word]:
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
