"""Tesseract as a program: pictures in, lines of words with boxes and confidences out."""

from __future__ import annotations

import functools
import html
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bilan_extract.errors import BilanError

if TYPE_CHECKING:
    from PIL.Image import Image

PROGRAM, LANGUAGE = "tesseract", "fra"
SECONDS_A_PICTURE = 120  # a page takes two to five
STEEP = 0.5  # a baseline that rises so much is one of a line read from below or from above

# title="bbox 120 44 380 92; baseline -0.01 -9; x_size 44.2; x_descenders 9.1; x_ascenders 10"
_TITLE = re.compile(r"(bbox|baseline|textangle|x_size|x_descenders|x_ascenders|x_wconf) ([-\d. ]+)")
# <span class='ocr_line' id='line_1_1' title="...">   <span class='ocrx_word' id='word_1_1' title='...'>text</span>
_SPAN = re.compile(
    r"<span class=['\"](ocr_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word)['\"][^>]*?"
    r"title=(?:\"([^\"]*)\"|'([^']*)')[^>]*>"
    r"((?:[^<]|</?(?:strong|em)>)*)"
)


# "Rotate: 180"
_ROTATE = re.compile(r"^Rotate: (0|90|180|270)\b", re.MULTILINE)


class OcrUnavailableError(BilanError):
    """A page needs OCR and there is no program, or no French, to do it with."""

    code = "ocr_unavailable"
    remedy = (
        "installez tesseract et son français : sudo apt install tesseract-ocr tesseract-ocr-fra "
        "(macOS : brew install tesseract tesseract-lang)"
    )


class OcrFailedError(BilanError):
    """Tesseract ended with an error, or did not end."""

    code = "ocr_failed"


class ReadWord(NamedTuple):
    """One word as read: its box in pixels of the picture, and how sure the engine is (0..1)."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float


class ReadLine(NamedTuple):
    """Words of one line from left to right.

    ``slope`` and ``base`` say where the baseline runs: y = base + slope * (x - x0), in pixels. ``height`` is from the deepest
    descender to the highest ascender as the engine estimates it, ``descent`` the part below the baseline. ``level`` is False
    where the engine read the line from below or from above.
    """

    words: tuple[ReadWord, ...]
    x0: int
    base: float
    slope: float
    height: float
    descent: float
    level: bool = True

    def moved(self, dx: int, dy: int) -> ReadLine:
        """The line on a picture of which the one that was read is a piece."""
        words = tuple(w._replace(x0=w.x0 + dx, y0=w.y0 + dy, x1=w.x1 + dx, y1=w.y1 + dy) for w in self.words)
        return self._replace(words=words, x0=self.x0 + dx, base=self.base + dy)


@functools.cache
def missing() -> str | None:
    """Why there can be no OCR on this machine, in French; None where there can."""
    program = shutil.which(PROGRAM)
    if program is None:
        return "le programme tesseract n'est pas installé"
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return "le programme tesseract ne démarre pas"
    if LANGUAGE not in (listed.stdout + listed.stderr).split():
        return "tesseract n'a pas ses données pour le français"
    return None


def read_pictures(pictures: Sequence[Image], *, layout: int, dpi: int) -> list[list[ReadLine]]:
    """The lines of each picture, in the engine's order.

    Args:
        pictures: black text on white.
        layout: tesseract's page segmentation mode: 3 a page, 6 one block of lines, 11 scattered pieces of text.
        dpi: pixels an inch.

    Raises:
        OcrUnavailableError: tesseract or its French data are missing.
        OcrFailedError: it gave up.
    """
    why = missing()
    if why is not None:
        raise OcrUnavailableError(f"reconnaissance de caractères impossible : {why}")
    if not pictures:
        return []
    with tempfile.TemporaryDirectory(prefix="bilan-ocr-") as folder:
        names = []
        for k, picture in enumerate(pictures):
            names.append(str(Path(folder, f"{k}.png")))
            picture.save(names[-1], dpi=(dpi, dpi), compress_level=1)
        listing, out = Path(folder, "pictures.txt"), Path(folder, "read")
        listing.write_text("\n".join(names) + "\n", encoding="utf-8")
        _run([str(listing), str(out), "-l", LANGUAGE, "--psm", str(layout), "--dpi", str(dpi), "hocr"], len(pictures))
        text = Path(folder, "read.hocr").read_text(encoding="utf-8", errors="replace")
    pages = re.split(r"<div class=['\"]ocr_page['\"]", text)[1:]
    if len(pages) != len(pictures):
        raise OcrFailedError("tesseract n'a pas lu toutes les images")
    return [parse_hocr(page) for page in pages]


def turn_of(picture: Image, *, dpi: int) -> int:
    """Degrees (0, 90, 180 or 270) by which a picture must be turned clockwise for its letters to stand upright.

    0 where there are too few letters to say, or no data to say it with (``osd``, which Debian installs with tesseract).
    """
    with tempfile.TemporaryDirectory(prefix="bilan-ocr-") as folder:
        name, out = Path(folder, "picture.png"), Path(folder, "turn")
        picture.save(name, dpi=(dpi, dpi), compress_level=1)
        try:
            _run([str(name), str(out), "-l", "osd", "--psm", "0", "--dpi", str(dpi)], 1)
            found = _ROTATE.search(out.with_suffix(".osd").read_text(encoding="utf-8", errors="replace"))
        except (OcrFailedError, OSError):
            return 0
    return int(found[1]) % 360 if found else 0


def _run(arguments: list[str], count: int) -> None:
    # one thread: tesseract's own threads cost more than they gain, and a batch has a worker for each core
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            [PROGRAM, *arguments], env=environment, capture_output=True, text=True, errors="replace", check=False,
            timeout=SECONDS_A_PICTURE * (1 + count // 8), stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise OcrFailedError("tesseract ne rend pas de réponse") from error
    except OSError as error:
        raise OcrFailedError(f"tesseract ne démarre pas ({error.strerror})") from error
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["sans message"])[-1]
        raise OcrFailedError(f"tesseract a échoué ({last})")


def parse_hocr(text: str) -> list[ReadLine]:
    """The lines of one page of tesseract's hOCR."""
    lines: list[ReadLine] = []
    for kind, double, single, inner in _SPAN.findall(text):
        title = {name: [float(v) for v in values.split()] for name, values in _TITLE.findall(double or single)}
        box = [round(v) for v in title.get("bbox", ())]
        if len(box) != 4:
            continue
        if kind != "ocrx_word":
            slope, offset = (title.get("baseline") or [0.0, 0.0])[:2]
            height = title.get("x_size", [float(box[3] - box[1])])[0]
            descent = title.get("x_descenders", [0.22 * height])[0]
            level = abs(slope) < STEEP and not any(title.get("textangle", [0.0]))
            lines.append(ReadLine((), box[0], box[3] + offset, slope, height, descent, level))
            continue
        word = html.unescape(re.sub(r"<[^>]+>", "", inner)).strip()
        if word and lines:
            sure = title.get("x_wconf", [0.0])[0] / 100
            last = lines[-1]
            words = (*last.words, ReadWord(word, box[0], box[1], box[2], box[3], sure))
            lines[-1] = last._replace(words=words)
    return [line for line in lines if line.words]
