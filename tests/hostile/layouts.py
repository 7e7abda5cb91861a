"""Hostile files that are sound as files: pages whose layout is the attack, for whoever compares each thing with each other."""

from __future__ import annotations

import random
from collections.abc import Iterable

from hostile.builders import PAGE_TEXT, page, stream


def _words(places: Iterable[tuple[float, float, bytes]], size: float = 6) -> bytes:
    """A content stream with each word at its place."""
    return b" ".join(b"BT /F1 %g Tf %.2f %.2f Td (%s) Tj ET" % (size, x, y, word) for x, y, word in places)


def one_line_of_words() -> bytes:
    """Thirty thousand words on one line, a million points long."""
    return page(_words((n * 30.0, 400.0, b"mot") for n in range(30_000)), box=b"0 0 1000000 842")


def words_on_one_spot() -> bytes:
    """Twenty thousand words, all at the same place."""
    return page(_words((72.0, 400.0, b"mot%d" % n) for n in range(20_000)))


def words_at_random() -> bytes:
    """Twenty thousand words at random places: no line, no column, no order."""
    rng = random.Random(1)
    return page(_words((rng.uniform(0, 590), rng.uniform(0, 840), b"mot") for _ in range(20_000)))


def words_of_random_turns() -> bytes:
    """Five thousand words, each turned by another angle and mirrored."""
    rng = random.Random(2)
    turned = [
        b"q %.3f %.3f %.3f %.3f %.1f %.1f cm BT /F1 9 Tf (mot) Tj ET Q" % tuple(rng.uniform(-1, 1) for _ in range(6))
        for _ in range(5_000)
    ]
    return page(PAGE_TEXT + b" 1 0 0 1 300 400 cm " + b" ".join(turned))


def stairs_of_columns() -> bytes:
    """Six hundred columns of one letter, each line a little lower than its neighbour."""
    return page(_words(((c * 0.95 + 5, 800 - r * 7 - c * 0.01, b"x") for c in range(600) for r in range(30)), size=1))


def words_far_away() -> bytes:
    """Words a thousand million points to the left, right, above and below the page."""
    return page(_words([(1e9, 400, b"mot"), (-1e9, 400, b"mot"), (72, 1e9, b"mot"), (72, -1e9, b"mot")]) + b" " + PAGE_TEXT)


def endless_sheet() -> bytes:
    """A page as long as ten thousand sheets, a line every hundred points."""
    return page(_words((72.0, 100.0 * n, b"Axe %d : des rues calmes" % n) for n in range(8_000)), box=b"0 0 595 842000")


def grid() -> bytes:
    """A table of a hundred and fifty columns and rows, ruled line by line, a letter in each cell."""
    step, lines = 5, 150
    ruled = b" ".join(b"%d 0 m %d 750 l S 0 %d m 750 %d l S" % ((n * step,) * 4) for n in range(lines + 1))
    return page(
        ruled + b" " + _words(((c * step + 1, r * step + 1, b"x") for c in range(lines) for r in range(lines)), size=3),
        box=b"0 0 750 750",
    )


def grid_of_crumbs() -> bytes:
    """The same in forty thousand little rectangles, as spreadsheets draw their borders."""
    crumbs = b" ".join(b"%d %d 5 0.3 re f %d %d 0.3 5 re f" % ((x * 5, y * 5) * 2) for x in range(140) for y in range(140))
    return page(crumbs + b" " + PAGE_TEXT)


def boxes_in_boxes() -> bytes:
    """Two thousand frames, each inside the other, a word between each two."""
    frames = b" ".join(b"%.2f %.2f %.2f %.2f re S" % (n * 0.14, n * 0.2, 595 - n * 0.28, 842 - n * 0.4) for n in range(2_000))
    return page(frames + b" " + _words(((n * 0.14 + 1, n * 0.2 + 1, b"mot") for n in range(2_000)), size=1))


def curve_without_end() -> bytes:
    """One path of two hundred thousand curves, also as a clip."""
    return page(b"0 0 m " + b"1 2 3 4 5 6 c " * 200_000 + b"W n " + PAGE_TEXT)


def picture_over_and_over() -> bytes:
    """A tiny picture drawn fifty thousand times, under hidden text."""
    picture = stream(b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")
    drawn = b"q 595 0 0 842 0 0 cm /I Do Q " * 50_000
    return page(drawn + b"3 Tr " + PAGE_TEXT, resources=b"/XObject << /I 6 0 R >>", more={6: picture})


def gigantic_scan() -> bytes:
    """A picture of one point as a page of five metres: nothing but a scan, to be drawn and recognised."""
    picture = stream(b"\x80", b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray")
    return page(
        b"q 14400 0 0 14400 0 0 cm /I Do Q", box=b"0 0 14400 14400", extra=b"/UserUnit 75000",
        resources=b"/XObject << /I 6 0 R >>", more={6: picture},
    )  # fmt: skip


def thin_scan() -> bytes:
    """A scan a hundred thousand points long and one wide."""
    picture = stream(
        b"\x80" * 9, b"/Type /XObject /Subtype /Image /Width 3 /Height 3 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    )
    return page(b"q 1 0 0 100000 0 0 cm /I Do Q", box=b"0 0 1 100000", resources=b"/XObject << /I 6 0 R >>", more={6: picture})


def headings_without_end() -> bytes:
    """Four thousand headings of all levels and no statement under any."""
    kinds = (b"Axe %d", b"Priorite %d", b"Engagement %d", b"Realise", b"A venir", b"%d.%d.%d Objectif")
    lines = [kinds[n % 6] % ((n,) * kinds[n % 6].count(b"%d")) for n in range(4_000)]
    return page(_words((72.0, 20.0 * (4_000 - n), line) for n, line in enumerate(lines)), box=b"0 0 595 80000")


def bullets_ever_deeper() -> bytes:
    """Three thousand bullets, each set in a little more than the last."""
    return page(_words((20 + n * 0.18, 840 - n * 0.27, b"- un abri") for n in range(3_000)))


def text_of_numbers() -> bytes:
    """A text of a hundred thousand amounts and dates that run into each other."""
    return b"Axe 1 : payer\nRealise\n" + b"- 12,5,7 MEUR 31/12/2023 au 1er 3 000 000 000,00 EUR 50 % de 2 024 a 20 25 " * 8_000


def text_of_one_line() -> bytes:
    """A text of two megabytes without the end of a line."""
    return b"Axe 1 : des rues calmes. " * 80_000


def text_of_marks() -> bytes:
    """A text of nothing but page ends, blanks, bullets and stops."""
    return b"\x0c\n - . \n\n\n\n * : ; \x0c" * 20_000


def text_of_brackets() -> bytes:
    """A text of brackets and quotes that open and never close."""
    return b"Axe 1 : " + "« ( [ \" ' {".encode() * 30_000
