"""Scans of corpus documents, made at run time: what is read, what is said about it, and how good the plan is."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy
import pytest
from PIL import Image, ImageDraw

from bilan_extract import pipeline
from bilan_extract.document import Page
from bilan_extract.errors import InputError
from bilan_extract.reading import line_heads, line_pieces, line_sizes, open_source, scan_words, sheet
from bilan_extract.reading.drawing import Drawing, Rule, calmed
from bilan_extract.reading.ink import ink_of, ink_only
from bilan_extract.reading.masks import components, grown, shrink_along
from bilan_extract.reading.ocr import OcrSource, read_with_ocr
from bilan_extract.reading.picture import find_drawing, skew_of, straighten
from bilan_extract.reading.tesseract import OcrUnavailableError, ReadLine, ReadWord, missing
from bilan_extract.segmentation.stamp import read_stamp, stamp_words

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT / "corpus" / "dev"
SHARED = ROOT.parent / "shared"
SCORE = SHARED / "score" / "score.py"
SIREN = "217300193"

needs_tesseract = pytest.mark.skipif(missing() is not None, reason=f"no OCR on this machine: {missing()}")


def _scans() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_scans", ROOT / "corpus" / "build" / "scans.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


scans = _scans()


def opened(data: bytes, mode: str = "auto") -> OcrSource:
    source = read_with_ocr(data, mode=mode, find_stamp=stamp_words)
    assert isinstance(source, OcrSource)
    return source


def texts(pages: Iterable[Page]) -> Counter[str]:
    """The words that a person sees, apostrophes and dashes alike, without marks and leaders."""
    found = (w.text for p in pages for w in p.words if w.hidden is None and any(c.isalnum() for c in w.text))
    return Counter(re.sub(r"[–—-]", "-", t.replace("’", "'")) for t in found)


def recall(read: Counter[str], printed: Counter[str]) -> float:
    return sum((read & printed).values()) / sum(printed.values())


# -- the picture, without tesseract


def drawn() -> Image.Image:
    """A page at 150 dpi: a box with a coloured label on its edge, a ruled table of two by two, lines of strokes."""
    picture = Image.new("RGB", (1240, 1754), (250, 249, 247))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((100, 200, 1100, 600), 14, fill=(226, 238, 245), outline=(20, 100, 160), width=3)
    draw.rectangle((140, 185, 400, 215), fill=(20, 100, 160))
    for x in (100, 500, 1100):
        draw.line((x, 800, x, 1200), fill=(60, 60, 60), width=2)
    for y in (800, 1000, 1200):
        draw.line((100, y, 1100, y), fill=(60, 60, 60), width=2)
    for y in (*range(260, 580, 32), *range(820, 980, 32), *range(1300, 1600, 32)):
        for x in range(130, 480 if 800 < y < 1000 else 1060, 14):
            draw.rectangle((x, y, x + 3, y + 14), fill=(20, 20, 20))
    for x in range(150, 380, 14):
        draw.rectangle((x, 194, x + 3, 206), fill=(255, 255, 255))
    return picture


@pytest.mark.parametrize("degrees", [-1.5, -0.5, 0.0, 0.7, 1.4])
def test_skew(degrees: float) -> None:
    turned = drawn().rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=(250, 249, 247))
    assert skew_of(turned, 150) == pytest.approx(degrees, abs=0.06)
    assert skew_of(straighten(turned, skew_of(turned, 150)), 150) == pytest.approx(0.0, abs=0.06)


def test_a_blank_page_has_no_skew_and_no_shapes() -> None:
    blank = Image.new("RGB", (1240, 1754), (255, 255, 255))
    assert skew_of(blank, 150) == 0.0
    drawing = find_drawing(blank, 150)
    assert (drawing.paper, drawing.grounds, drawing.rules, drawing.outlines) == ((255, 255, 255), (), (), ())


def test_grounds_boxes_and_rules_are_found() -> None:
    drawing = find_drawing(drawn(), 150)
    grounds = sorted(drawing.grounds, key=lambda g: g.x1 - g.x0)
    assert len(grounds) == 2
    for ground, box, color in zip(
        grounds, ((140, 185, 401, 216), (100, 200, 1101, 601)), ((20, 100, 160), (226, 238, 245)), strict=True
    ):
        assert ground[:4] == pytest.approx(box, abs=8)
        assert ground.color == pytest.approx(color, abs=6)
    cells = sorted((o.x0, o.y0) for o in drawing.outlines if o.y0 > 700)
    lines = len(drawing.rules) + 2 * len(cells)
    assert lines >= 4, "the table's rules are there, as boxes or as lines"


def test_ink_is_black_on_white_whatever_the_ground() -> None:
    picture = drawn()
    ink = numpy.asarray(ink_only(picture, find_drawing(picture, 150), 150))
    assert ink[194:206, 150:153].mean() < 80, "white strokes on the blue label"
    assert ink[262:272, 131:133].mean() < 80, "black strokes on the pale ground"
    assert ink[230:250, 120:1080].min() > 200, "nothing of the ground"
    assert ink[185, 600] > 200
    assert ink[400, 95:112].min() > 200, "nothing of the outline"
    assert ink[1000, 600] > 200, "nothing of the table's rules"


@pytest.mark.parametrize("seed", range(6))
def test_masks_grow_and_shrink_as_far_as_said(seed: int) -> None:
    chance = numpy.random.default_rng(seed)
    mask = chance.random((17, 43)) < (0.02, 0.1, 0.9, 0.98, 0.0, 1.0)[seed]
    for reach in (1, 2, 5):
        padded = numpy.pad(mask, reach)
        around = [padded[y : y + 17, x : x + 43] for y in range(2 * reach + 1) for x in range(2 * reach + 1)]
        assert (grown(mask, reach) == numpy.any(around, axis=0)).all()
        padded = numpy.pad(mask, ((0, 0), (reach, reach)))
        along = [padded[:, x : x + 43] for x in range(2 * reach + 1)]
        assert (shrink_along(mask, 2 * reach) == numpy.all(along, axis=0)).all()


def test_speckle_is_calmed_to_the_middle_of_nine() -> None:
    pixels = numpy.random.default_rng(3).integers(0, 256, (9, 11, 3), dtype=numpy.uint8)
    calm = calmed(pixels)
    assert (calm[3:6, 4:7] == [[numpy.median(pixels[y - 1 : y + 2, x - 1 : x + 2].reshape(9, 3), axis=0) for x in (4, 5, 6)]
                               for y in (3, 4, 5)]).all()  # fmt: skip


@pytest.mark.parametrize("width", [3, 5, 8])
def test_strokes_are_measured_whatever_their_place(width: int) -> None:
    widths = []
    for shift in (0.0, 0.3, 0.6):
        columns = numpy.arange(200)[None, :] + numpy.zeros((40, 1))
        cover = numpy.zeros((40, 200))
        for x in range(10, 190, 25):  # stems, their edges between the pixels
            inside = numpy.minimum(columns - (x + shift) + 1, x + shift + width - columns)
            cover = numpy.maximum(cover, numpy.clip(inside, 0, 1))
        contrast = (255 * (1 - cover)).astype(numpy.uint8)
        ink = ink_of(numpy.repeat(contrast[..., None], 3, axis=2), contrast, (0, 0, 200, 40))
        assert ink is not None
        widths.append(ink.stroke)
    assert widths == pytest.approx([width] * 3, rel=0.06)


@pytest.mark.parametrize(("slant", "italic"), [(0.0, False), (0.21, True)])
def test_slanted_letters_are_told_from_upright_ones(slant: float, italic: bool) -> None:
    rows, columns = numpy.arange(40)[:, None], numpy.arange(240)[None, :]
    stems = ((columns + numpy.round(slant * rows)) % 20 < 5) & (columns > 10) & (columns < 220)
    contrast = numpy.where(stems, 0, 255).astype(numpy.uint8)
    ink = ink_of(numpy.repeat(contrast[..., None], 3, axis=2), contrast, (0, 0, 240, 40))
    assert ink is not None
    assert (ink.lean > scan_words.LEANING) == italic


def test_a_word_ends_before_the_next_one() -> None:
    ink = numpy.full((60, 300), 255, dtype=numpy.uint8)
    ink[10:50, 20:90] = ink[10:50, 110:120] = 0
    picture = sheet.Sheet(ink, ink, Drawing((255, 255, 255), (), (), ()), 4.0, None)
    words = (ReadWord("Cap", 20, 10, 120, 50, 0.9), ReadWord("2", 110, 10, 120, 50, 0.9))
    parted = line_heads._parted(ReadLine(words, 20, 50.0, 0.0, 40.0, 8.0), picture)
    assert [(w.x0, w.x1) for w in parted.words] == [(20, 90), (110, 120)]


def _row(*words: tuple[str, int, int], base: int = 100) -> ReadLine:
    read = tuple(ReadWord(text, x0, base - 30, x1, base, 0.9) for text, x0, x1 in words)
    return ReadLine(read, read[0].x0, float(base), 0.0, 40.0, 8.0)


def test_lines_are_cut_where_columns_are() -> None:
    ink = numpy.full((600, 1200), 255, dtype=numpy.uint8)
    ink[470:500, 100:160] = ink[478:508, 400:460] = 0  # the right column stands a little lower
    picture = sheet.Sheet(ink, ink, Drawing((255, 255, 255), (), (), ()), 4.0, None)
    lines = [
        _row(("Relire", 100, 200), ("les", 210, 240), ("cartes", 400, 500), base=100),
        _row(("Poser", 100, 200), ("des", 400, 500), base=150),
        _row(("Suivre", 100, 200), ("un", 400, 500), base=200),
        _row(("Combler", 100, 376), ("trois", 400, 500), base=250),  # a narrow gap, before a column that others show
        _row(("Combler", 100, 376), ("trois", 410, 500), base=300),  # as narrow, before none
        _row(("•", 100, 110), ("Semer", 190, 300), base=350),  # a bullet goes with its text
    ]
    pair = (ReadWord("Aa", 100, 470, 160, 500, 0.9), ReadWord("Bb", 400, 478, 460, 508, 0.9))
    lines.append(ReadLine(pair, 100, 500.0, 0.0, 40.0, 8.0))
    found = line_pieces.by_column(lines, picture)
    texts = [" ".join(w.text for w in line.words) for line in found]
    assert texts == [
        "Relire les", "cartes", "Poser", "des", "Suivre", "un", "Combler", "trois", "Combler trois", "• Semer", "Aa", "Bb",
    ]  # fmt: skip
    assert [line.base for line in found[-2:]] == [500.0, 508.0]


def test_a_mark_read_with_its_word_is_parted_from_it() -> None:
    picture = Image.new("L", (400, 200), 255)
    draw = ImageDraw.Draw(picture)
    draw.line([(20, 84), (28, 96), (46, 70)], fill=0, width=5)
    draw.rectangle((90, 64, 95, 100), fill=0)
    ink = numpy.asarray(picture)
    found = line_heads._led_by_mark(ReadWord("“1.", 18, 60, 100, 100, 0.3), ink, 100, 50)
    assert found is not None
    assert [(w.text, w.x0) for w in found] == [("✔", pytest.approx(18, abs=4)), ("1.", 90)]


def test_a_disc_between_words_is_read_as_one() -> None:
    picture = Image.new("L", (400, 200), 255)
    ImageDraw.Draw(picture).ellipse((120, 72, 136, 88), fill=0)
    ink = numpy.asarray(picture)
    page = sheet.Sheet(ink, ink, Drawing((255, 255, 255), (), (), ()), 4.0, None)
    line = _row(("1", 80, 90), ("«", 118, 138), ("Habiter", 170, 300))
    found = line_heads._with_signs(line.words, line, page, 50, line_heads.SOLID)
    assert [w.text for w in found] == ["1", "•", "Habiter"]


def test_an_accent_taken_for_a_point_is_no_piece_of_a_line() -> None:
    ink = numpy.full((300, 600), 255, dtype=numpy.uint8)
    page = sheet.Sheet(ink, ink, Drawing((255, 255, 255), (), (), ()), 4.0, None)
    found = line_pieces.by_column([_row(("Cap", 100, 150), ("1", 160, 170), (".", 400, 404))], page)
    assert [[w.text for w in piece.words] for piece in found] == [["Cap", "1"]]


def test_a_drawn_upright_parts_a_line() -> None:
    ink = numpy.full((300, 600), 255, dtype=numpy.uint8)
    rule = Rule(215, 0, 217, 300, (0, 0, 0), False)
    picture = sheet.Sheet(ink, ink, Drawing((255, 255, 255), (), (rule,), ()), 4.0, None)
    line = _row(("Bilan", 100, 210), ("Suite", 222, 300))
    assert [len(piece.words) for piece in line_pieces.by_column([line], picture)] == [1, 1]


def test_heads_on_one_level_have_one_size() -> None:
    lines = [_row(("Action", 0, 90)), _row(("Avancement", 200, 300)), _row(("Suites", 400, 480), base=103)]
    lines.append(_row(("Titre", 0, 90), base=300))
    sizes = line_sizes._as_one_row([(9.75, 6), (10.75, 10), (12.25, 6), (18.0, 5)], lines)
    assert [size for size, _ in sizes] == [10.75, 10.75, 10.75, 18.0]


def test_a_pale_rule_is_found_whole() -> None:
    picture = Image.new("RGB", (1240, 1754), (250, 250, 250))
    draw = ImageDraw.Draw(picture)
    for x in range(100, 1100, 40):  # noise takes it under what is seen at once, here and there
        draw.rectangle((x, 600, x + 39, 601), fill=(205, 205, 205) if x % 280 < 200 else (226, 226, 226))
    rules = find_drawing(picture, 150).rules
    assert [(r.x0, r.x1) for r in rules] == [(pytest.approx(100, abs=12), pytest.approx(1140 - 40, abs=12))]


def tinted(rules_from: int) -> Image.Image:
    """A page with a tinted column from x = 100 to 359 and two level rules that begin where it is said."""
    picture = Image.new("RGB", (1240, 1754), (250, 250, 250))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 200, 359, 800), fill=(225, 215, 240))
    for y in (350, 600):
        draw.rectangle((rules_from, y, 1100, y + 2), fill=(150, 140, 180))
    return picture


def test_a_tinted_column_is_parted_into_rows() -> None:
    drawing = find_drawing(tinted(100), 150)
    assert sorted(g.y0 for g in drawing.grounds) == pytest.approx([200, 351, 601], abs=8)
    assert sorted(g.y1 for g in drawing.grounds) == pytest.approx([351, 601, 801], abs=8)
    assert sorted(o.y0 for o in drawing.outlines) == pytest.approx([200, 351, 601], abs=8)
    assert [o.x1 for o in drawing.outlines] == pytest.approx([1101] * 3, abs=12)


def test_a_tinted_cell_beside_several_rows_is_one() -> None:
    drawing = find_drawing(tinted(362), 150)
    assert (len(drawing.grounds), len(drawing.outlines)) == (1, 0)


def test_boxes_in_a_row_leave_no_box_between() -> None:
    picture = Image.new("RGB", (1240, 1754), (250, 250, 250))
    draw = ImageDraw.Draw(picture)
    for x in (100, 450, 800):
        draw.rectangle((x, 300, x + 320, 900), outline=(60, 60, 60), width=3)
    found = sorted(find_drawing(picture, 150).outlines)
    assert [o.x0 for o in found] == pytest.approx([100, 450, 800], abs=6)
    assert [o.x1 for o in found] == pytest.approx([421, 771, 1121], abs=6)


@pytest.mark.parametrize(("level", "dark"), [(170, True), (215, False)])
def test_pale_print_is_made_dark_and_what_shines_through_is_not(level: int, dark: bool) -> None:
    picture = Image.new("RGB", (1240, 1754), (250, 250, 250))
    draw = ImageDraw.Draw(picture)
    for x in range(200, 500, 12):
        draw.rectangle((x, 500, x + 4, 520), fill=(level,) * 3)
    ink = numpy.asarray(ink_only(picture, find_drawing(picture, 150), 150))
    assert (int(ink[505:515, 201:204].max()) < 60) == dark


def test_components() -> None:
    mask = numpy.zeros((8, 12), dtype=bool)
    mask[1:3, 1:4] = mask[5:7, 2] = mask[2, 8:11] = True
    mask[1, 8] = mask[1, 10] = True  # a U: two runs joined by the row below
    assert components(mask) == [(1, 1, 4, 3), (8, 1, 11, 3), (2, 5, 3, 7)]
    assert components(numpy.zeros((3, 3), dtype=bool)) == []


# -- pages


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize(
    ("dpi", "skew", "grey", "quality"), [(200, -0.5, True, 60), (300, 1.5, False, 75), (200, 1.0, False, 50)]
)
def test_words_of_a_scan_stand_where_they_are_printed(dpi: int, skew: float, grey: bool, quality: int) -> None:
    data = (DEV / "egalite-fil.pdf").read_bytes()
    scan = scans.scanned(data, scans.Scan(dpi=dpi, skew=skew, grey=grey, quality=quality, seed=7), [3])
    source = opened(scan)
    (read,) = source.pages()
    printed = list(open_source(data).pages())[2]
    assert read.source == "ocr"
    assert read.confidence is not None
    assert read.confidence > 0.85
    assert recall(texts([read]), texts([printed])) > 0.97
    assert source.skews[1].degrees == pytest.approx(skew, abs=0.1)
    near = 0
    once = {w.text: w for w in printed.words if [v.text for v in printed.words].count(w.text) == 1}
    found = [w for w in read.words if w.text in once and len(w.text) > 3]
    for word in found:  # set straight, a scan of a straight page has its words where the page has them
        other = once[word.text]
        near += abs(word.x0 - other.x0) < 3 and abs(word.bottom - other.bottom) < 4
        assert 0.85 < word.size / other.size < 1.15
    assert len(found) > 30
    assert near >= 0.97 * len(found)


@pytest.mark.slow
@needs_tesseract
def test_a_digital_document_with_scanned_pages() -> None:
    data = (DEV / "jeunesse-tableau.pdf").read_bytes()
    source = opened(scans.mixed(data, scans.Scan(seed=3), [1, 3]))
    pages = list(source.pages())
    assert [p.source for p in pages] == ["ocr", "digital", "ocr", "digital"]
    assert [p.confidence is None for p in pages] == [False, True, False, True]
    assert set(source.skews) == {1, 3}
    assert recall(texts(pages), texts(open_source(data).pages())) > 0.97


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_scanned_on_its_side_or_on_its_head(turn: int) -> None:
    data = (DEV / "egalite-fil.pdf").read_bytes()
    import pypdfium2

    with pypdfium2.PdfDocument(scans.scanned(data, scans.Scan(skew=0.7, seed=9), [4])) as document:
        picture = document[0].render(scale=200 / 72).to_pil().rotate(turn, expand=True)
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=200)
    source = opened(out.getvalue())
    (read,) = source.pages()
    printed = list(open_source(data).pages())[3]
    assert recall(texts([read]), texts([printed])) > 0.97
    assert source.skews[1].turn == turn
    assert (read.width, read.height) == pytest.approx((595, 842), abs=1.5)
    (word,) = [w for w in read.words if w.text == "vacataires"]
    (other,) = [w for w in printed.words if w.text == "vacataires"]
    assert word.box == pytest.approx(other.box, abs=4)
    x0, _, x1, bottom = source.skews[1].original(word.box)
    assert bottom <= (595 if turn % 180 else 842)
    assert (x1 - x0 > 30) == (turn == 180), "on the page as scanned it stands upright"


@pytest.mark.slow
@needs_tesseract
def test_a_stamped_scan() -> None:
    data = (DEV / "egalite-fil.pdf").read_bytes()
    lines = ("Envoyé en préfecture le 04/03/2025", "Reçu en préfecture le 05/03/2025", "Publié le 06/03/2025",
             f"ID : 073-{SIREN}-20250227-2025_12-DE")  # fmt: skip
    scan = scans.stamped(scans.scanned(data, scans.Scan(seed=5), [2]), lines)
    (unread,) = opened(scan, "off").pages()
    assert unread.source == "stamp only"
    (read,) = opened(scan).pages()
    assert read.source == "ocr"
    own = [read.words[i] for i in stamp_words(read.words)]
    assert all(w.confidence is None for w in own), "the stamp is read from its own text, not from the picture"
    stamp = read_stamp(" ".join(w.text for w in own))
    assert stamp is not None
    assert stamp.id == f"073-{SIREN}-20250227-2025_12-DE"
    assert [str(d) for d in (stamp.sent_on, stamp.received_on, stamp.published_on)] == [
        "2025-03-04", "2025-03-05", "2025-03-06",
    ]  # fmt: skip
    rest = [w for w in read.words if w not in own]
    assert len(rest) > 80


def test_a_stamped_picture_without_a_word_stays_stamp_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilan_extract.reading.ocr.missing", lambda: None)
    monkeypatch.setattr("bilan_extract.reading.engine.read_pictures", lambda pictures, **_: [[] for _ in pictures])
    monkeypatch.setattr("bilan_extract.reading.scan.turn_of", lambda *_, **__: 0)
    scan = scans.scanned((DEV / "egalite-fil.pdf").read_bytes(), scans.Scan(dpi=72, noise=0.0), [2])
    (read,) = opened(scans.stamped(scan, ("Reçu en préfecture le 05/03/2025", f"ID : 073-{SIREN}-20250227-2025_12-DE"))).pages()
    assert (read.source, read.confidence) == ("stamp only", None)


@pytest.mark.slow
def test_an_ocr_layer_is_kept_and_doubted() -> None:
    data = (DEV / "egalite-fil.pdf").read_bytes()
    printed = list(open_source(data).pages())[2]
    boxes = [scans.Printed(w.text, 1, w.x0, w.top, w.x1, w.bottom) for w in printed.words]
    scan = scans.scanned(data, scans.Scan(skew=0.0, seed=2), [3])
    source = opened(scans.with_layer(scan, boxes, errors=0.5, seed=4))
    (read,) = source.pages()
    assert (read.source, read.confidence) == ("ocr", None)
    assert all(w.hidden is None for w in read.words)
    assert len(read.words) == pytest.approx(len(printed.words), rel=0.05)
    assert any(w.bold for w in read.words), "weight comes from the picture"
    codes = Counter(note.code for note in source.notes)
    assert codes["ocr_layer"] == 1
    assert codes["ocr_number_repaired"] >= 1, "0 misread as O between digits"


@pytest.mark.slow
@needs_tesseract
def test_force_reads_what_is_set_in_type() -> None:
    data = (DEV / "jeunesse-tableau.pdf").read_bytes()
    import pypdfium2

    with pypdfium2.PdfDocument(data) as whole, pypdfium2.PdfDocument.new() as one:
        one.import_pages(whole, [3])
        out = io.BytesIO()
        one.save(out)
    (read,) = opened(out.getvalue(), "force").pages()
    (printed,) = open_source(out.getvalue()).pages()
    assert read.source == "ocr"
    assert recall(texts([read]), texts([printed])) > 0.97


def test_without_tesseract_a_scan_is_refused_and_a_mixed_file_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilan_extract.reading.ocr.missing", lambda: "le programme tesseract n'est pas installé")
    data = (DEV / "egalite-fil.pdf").read_bytes()
    small = scans.Scan(dpi=72, noise=0.0)
    with pytest.raises(OcrUnavailableError, match="tesseract"):
        list(opened(scans.scanned(data, small, [3])).pages())
    source = opened(scans.mixed(data, small, [2, 3]))
    assert [p.source for p in source.pages()] == ["digital", "image", "image", "digital", "digital"]
    (note,) = source.notes
    assert note.code == "ocr_unavailable"
    assert "pages 2-3" in note.message
    assert "tesseract-ocr-fra" in note.message


# -- plans


def scored(data: bytes, gold: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """F1 of each measure, for the plan made of a scan."""
    if not SCORE.exists():
        pytest.skip("the scorer lies beside the checkout where the project is developed")

    def with_ocr(source: bytes, name: str | None = None, **how: Any) -> Any:
        return read_with_ocr(source, name, find_stamp=stamp_words, **how)

    if hasattr(pipeline, "open_source"):
        monkeypatch.setattr(pipeline, "open_source", with_ocr)
    plan = pipeline.extract(data)
    (tmp_path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCORE), str(tmp_path / "gold.json"), str(tmp_path / "plan.json")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {m[1]: float(m[2]) for m in re.finditer(r"^(\w+) +(?:F1 )?([01]\.\d+)", done.stdout, re.MULTILINE)}


BARS = {"ambitions": 0.97, "priorities": 0.97, "placement": 0.92, "figures": 0.90, "dates": 0.90}


def below(found: dict[str, float]) -> dict[str, float]:
    return {name: found[name] for name, least in BARS.items() if found[name] < least}


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize(
    "name",
    [
        "demo-climat", "egalite-fil", "jeunesse-tableau", "creches-dossier", "dechets-signes", "energie-fusion",
        "habitat-paysage", "air-duo", "cantines-diapos", "culture-colonnes", "mobilite-marge", "sport-cartes",
    ],
)  # fmt: skip
def test_plan_of_a_scan_at_200_dpi(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = scans.scanned((DEV / f"{name}.pdf").read_bytes(), scans.Scan(dpi=200, skew=0.8, noise=4, quality=70))
    gold = json.loads((DEV / f"{name}.gold.json").read_text(encoding="utf-8"))
    found = scored(scan, gold, tmp_path, monkeypatch)
    assert not below(found), found


@pytest.mark.slow
@needs_tesseract
def test_plan_of_the_reference_scanned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reference = SHARED / "reference" / "deliberation-2025-8.pdf"
    if not reference.exists():
        pytest.skip("the reference document lies beside the checkout where the project is developed")
    gold = first_pages(json.loads((SHARED / "reference" / "gold.json").read_text(encoding="utf-8")), 12)
    scan = scans.scanned(reference.read_bytes(), scans.Scan(dpi=200, skew=0.8, noise=4, quality=70), range(1, 13))
    found = scored(scan, gold, tmp_path, monkeypatch)
    assert not below(found), found


def first_pages(gold: dict[str, Any], last: int) -> dict[str, Any]:
    """The gold without what lies on later pages."""

    def kept(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [p for p in parts if all(r["page"] <= last for r in p["regions"])]

    for ambition in gold["ambitions"]:
        ambition["priorities"] = kept(ambition["priorities"])
        for priority in ambition["priorities"]:
            priority["focus"] = kept(priority["focus"])
            priority["engagements"] = kept(priority["engagements"])
            for owner in (priority, *priority["engagements"]):
                for block in owner["blocks"]:
                    block["items"] = kept(block["items"])
                owner["blocks"] = [b for b in owner["blocks"] if b["items"] or kept([b])]
    gold["ambitions"] = [a for a in gold["ambitions"] if a["priorities"]]
    return gold


def test_no_reader_is_asked_for_what_is_no_pdf() -> None:
    with pytest.raises(InputError):
        read_with_ocr(b"\x00\x01\x02 neither PDF nor text \xff\xfe" * 4)
