"""Pages drawn for the tests of what a scan shows beside its letters."""

from __future__ import annotations

from PIL import Image, ImageDraw

WHITE, DARK, GREY = (250, 250, 250), (60, 60, 60), (206, 206, 206)
DPI = 150


def sheet(high: int = 900, wide: int = 1240) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (wide, high), WHITE)
    return picture, ImageDraw.Draw(picture)


def strokes(draw: ImageDraw.ImageDraw, x0: int, x1: int, y: int, color: tuple[int, int, int]) -> None:
    for x in range(x0, x1, 13):
        draw.rectangle((x, y, x + 4, y + 15), fill=color)
