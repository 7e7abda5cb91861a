"""Drawings of pages: what was seen on each, in which order it was read, and the rule that decided each thing.

On the page: frames in grey, tabs in teal; a box around each run of lines, in the colour of what it was taken for, with
its number in reading order, and a thin line from each to the next. Beside it, under those numbers: the rule that
decided each, and before them the rule that put their region where it stands in the order.
"""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilan_extract.document import Box, PageLayout, Region
from bilan_extract.errors import UsageError
from bilan_extract.outputs.files import make_folder, write_bytes
from bilan_extract.pipeline import Progress, analyse
from bilan_extract.profile import Profile
from bilan_extract.reading.raster import rasterise
from bilan_extract.segmentation.outline import Decision

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SCALE = 2.0  # pixels a point
PANEL = 620  # pixels: the column of words beside the page
TEXT = 18  # pixels: size of that column's letters
LONGEST = 66  # letters in a line of it
LEADING = 23  # pixels: from one line of it to the next
GREY = (150, 150, 150)
TEAL = (0, 140, 140)
ORDER = (40, 40, 40)
BLACK = (0, 0, 0)
# a colour for each thing that lines can be taken for; others are drawn in OTHER
COLOURS = {
    "heading": (190, 30, 45),
    "title": (220, 110, 30),
    "label": (20, 120, 60),
    "body": (40, 90, 190),
    "contents": (140, 110, 60),
}
OTHER = (130, 60, 150)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the column beside the page: a region's rule, or what its lines in ``box`` were taken for."""

    text: str
    colour: tuple[int, int, int]
    box: Box | None = None


def draw_pages(
    source: str | os.PathLike[str] | bytes,
    folder: Path,
    *,
    pages: Sequence[int] | None = None,
    profile: Profile | str | os.PathLike[str] | None = None,
    password: str | None = None,
    reader: str = "auto",
    ocr: str = "auto",
    progress: Progress | None = None,
) -> list[Path]:
    """Write one PNG a page into ``folder``: page-005.png …

    Args:
        source: path or bytes of a PDF.
        pages: which ones, from 1; None for all.
        profile, password, reader, ocr, progress: as `extract` takes them.

    Returns:
        The files written, in the order asked for.

    Raises:
        InputError: the source cannot be read.
        UsageError: no such page, or a source without geometry.
        OutputError: a file cannot be written.
    """
    analysis = analyse(source, profile=profile, password=password, reader=reader, ocr=ocr, progress=progress)
    layouts = {layout.number: layout for layout in analysis.layouts}
    wanted = list(layouts) if pages is None else list(pages)
    sizes = [_size(layouts, number) for number in wanted]
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    make_folder(folder)
    pictures = rasterise(data, zip(wanted, sizes, strict=True), password=password, scale=SCALE)
    written = []
    for number, picture in zip(wanted, pictures, strict=True):
        decisions = [d for d in analysis.outline.decisions if d.page == number]
        written.append(write_bytes(folder / f"page-{number:03}.png", _png(draw(picture, layouts[number], decisions))))
    return written


def _size(layouts: dict[int, PageLayout], number: int) -> tuple[float, float]:
    if number not in layouts:
        raise UsageError(f"il n'y a pas de page {number} : le document en compte {len(layouts)}")
    layout = layouts[number]
    if layout.width is None or layout.height is None:
        raise UsageError("un texte sans mise en page ne se dessine pas : donnez le PDF")
    return layout.width, layout.height


def draw(picture: Image, layout: PageLayout, decisions: Sequence[Decision]) -> Image:
    """The page's picture (`SCALE` pixels a point) with what was seen on it, and the column of words at its right."""
    from PIL import Image, ImageDraw, ImageFont

    entries = list(_entries(layout, decisions))
    height = max(picture.height, (len(entries) + 2) * LEADING)
    sheet = Image.new("RGB", (picture.width + PANEL, height), "white")
    sheet.paste(picture, (0, 0))
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(TEXT)
    for frame in layout.frames:
        pen.rectangle(_pixels(frame.box, 2), outline=TEAL if frame.kind == "tab" else GREY, width=2)
    _draw_order(pen, [entry for entry in entries if entry.box is not None], font)
    for row, entry in enumerate(entries):
        pen.text((picture.width + 12, 12 + row * LEADING), _plain(entry.text), fill=entry.colour, font=font)
    return sheet


def _draw_order(pen: ImageDraw, entries: Sequence[_Entry], font: Any) -> None:
    """A box around each run of lines, its number at the left, and a thin line from each number to the next."""
    boxes = [_pixels(entry.box, 1) for entry in entries if entry.box is not None]
    points = [(max(box[0] - 15, 13), box[1] + 10) for box in boxes]
    if len(points) > 1:
        pen.line(points, fill=ORDER, width=1)
    for number, (entry, box, (x, y)) in enumerate(zip(entries, boxes, points, strict=True), 1):
        pen.rectangle(box, outline=entry.colour, width=2)
        pen.ellipse((x - 13, y - 13, x + 13, y + 13), fill="white", outline=entry.colour)
        pen.text((x, y), str(number), fill=entry.colour, font=font, anchor="mm")


def _entries(layout: PageLayout, decisions: Sequence[Decision]) -> Iterator[_Entry]:
    """The column's lines: regions in reading order, and under each what its lines were taken for."""
    yield _Entry(f"page {layout.number} ({layout.source})", BLACK)
    left = list(dict.fromkeys(decisions))
    number = 0
    for region in layout.regions:
        yield _Entry(f"- {region.rule}{f' / {region.frame.kind}' if region.frame else ''}", ORDER)
        own = [(place, d) for d in left if (place := _place(region, d.box)) is not None]
        for place, decision in sorted(own, key=lambda pair: pair[0]):
            left.remove(decision)
            number += 1
            start = " ".join(region.lines[place].text.split()[:4])
            yield _entry(f"{number}  {decision.role} : {decision.rule} : {start}", decision)
    for rank, decision in enumerate(left, number + 1):
        yield _entry(f"{rank}  {decision.role} : {decision.rule}", decision)
    if layout.hidden:
        reasons = ", ".join(dict.fromkeys(word.hidden for word in layout.hidden if word.hidden))
        yield _Entry(f"{len(layout.hidden)} hidden words : {reasons}", GREY)


def _entry(text: str, decision: Decision) -> _Entry:
    return _Entry(text, COLOURS.get(decision.role, OTHER), decision.box)


def _place(region: Region, box: Box) -> int | None:
    """Which of the region's lines is the first whose middle lies in ``box``."""
    for place, line in enumerate(region.lines):
        x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
        if box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1:
            return place
    return None


def _plain(text: str) -> str:
    """``text`` cut to the column, in the letters that Pillow's own font has (it lacks the accented ones)."""
    folded = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'"))
    plain = folded.encode("ascii", "ignore").decode()
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 3] + "..."


def _pixels(box: Box, margin: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    left, upper = min(x0, x1) * SCALE - margin, min(top, bottom) * SCALE - margin
    return (left, upper, max(max(x0, x1) * SCALE + margin, left), max(max(top, bottom) * SCALE + margin, upper))


def _png(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()
