"""Pictures of the pages, small enough that a report of hundreds of pages still opens at once."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilan_extract.errors import InputError
from bilan_extract.reading.page_sizes import page_sizes
from bilan_extract.reading.raster import rasterise

if TYPE_CHECKING:
    from PIL.Image import Image

Size = tuple[float, float]

#: Bytes of all pictures of one report, before base64 makes four of three.
BUDGET = 7_000_000
#: Bytes that one page may take at most, and what it may always take.
LARGEST, SMALLEST = 160_000, 20_000
#: Pixels of one page's picture, for reports of up to so many pages.
PIXELS = ((40, 1_500_000), (100, 1_000_000), (10**9, 650_000))
MOST_PIXELS_A_POINT = 3.0
QUALITIES = (70, 40)
EFFORT = 2  # of the encoder, 0 to 6: more takes twice the time and saves next to nothing
SHRINK = 0.9  # of the sides, where even the lowest quality is too large: at least so much
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Picture:
    """One page's picture.

    Attributes:
        uri: WebP as a data URI, None where the page could not be drawn.
        size: of the page, in points.
    """

    uri: str | None
    size: Size


def draw(data: bytes, *, password: str | None = None) -> list[Picture]:
    """A picture of each page of a PDF; [] where pdfium cannot open it.

    A page that cannot be drawn has its size and no picture.
    """
    try:
        sizes = page_sizes(data, password=password)
    except InputError:
        return []
    pixels = next(area for most, area in PIXELS if len(sizes) <= most)
    fair = BUDGET // max(1, len(sizes))
    made, saved = [], 0
    for size, image in zip(sizes, _images(data, sizes, pixels, password), strict=True):
        allowed = max(SMALLEST, min(LARGEST, fair + saved))
        content = encode(image, allowed) if image is not None else None
        saved = max(0, saved + fair - len(content or b""))
        uri = None if content is None else "data:image/webp;base64," + base64.b64encode(content).decode("ascii")
        made.append(Picture(uri, size))
    return made


def _images(data: bytes, sizes: Sequence[Size], pixels: int, password: str | None) -> Iterator[Image | None]:
    """The pages' images, None for one that cannot be drawn. Pages of one size are drawn in one go."""
    at = 0
    while at < len(sizes):
        end = at + 1
        while end < len(sizes) and sizes[end] == sizes[at]:
            end += 1
        scale = min(MOST_PIXELS_A_POINT, (pixels / max(1.0, sizes[at][0] * sizes[at][1])) ** 0.5)
        numbered = [(index + 1, sizes[index]) for index in range(at, end)]
        try:
            for image in rasterise(data, numbered, password=password, scale=scale):
                at += 1
                yield image
        except InputError:
            at += 1
            yield None


def encode(image: Image, allowed: int) -> bytes:
    """The image as WebP of at most ``allowed`` bytes where that can be had: lower quality first, then fewer pixels."""
    for quality in QUALITIES:
        content = _webp(image, quality)
        if len(content) <= allowed:
            return content
    for _ in range(ROUNDS):
        ratio = min(SHRINK, 0.95 * (allowed / len(content)) ** 0.5)
        image = image.resize((max(1, round(image.width * ratio)), max(1, round(image.height * ratio))))
        content = _webp(image, QUALITIES[-1])
        if len(content) <= allowed:
            break
    return content


def _webp(image: Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=EFFORT)
    return out.getvalue()
