"""What a page is, what its annotations say, which misread numbers are repaired, and the way back from a page set straight."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from bilan_extract.document import Page, Shape, Word
from bilan_extract.errors import UsageError
from bilan_extract.plan import Coverage, Document, Plan, SetAside, Source
from bilan_extract.reading import open_source, tesseract
from bilan_extract.reading.annotations import with_annotations
from bilan_extract.reading.doubts import doubtful, mean_confidence, notes_on, repaired
from bilan_extract.reading.ocr import OcrSource, read_with_ocr
from bilan_extract.reading.page_kind import DIGITAL, IMAGE, LAYER, STAMP_ONLY, UNREADABLE, kind_of, picture_share
from bilan_extract.reading.render import Renderer
from bilan_extract.reading.skew import Skew, lead_back
from bilan_extract.reading.tesseract import OcrUnavailableError, parse_hocr
from bilan_extract.segmentation.stamp import read_stamp, stamp_words

SHARED = Path(__file__).resolve().parents[2] / "shared"
FULL = Shape("image", 0, 0, 595, 842)


def words(text: str, hidden: str | None = None) -> tuple[Word, ...]:
    """The text's words on a line, ten points apart."""
    return tuple(
        Word(t, 1, 20 + 10 * i, 50, 28 + 10 * i, 60, size=10, index=i, hidden=hidden) for i, t in enumerate(text.split())
    )


def page(own: Sequence[Word], *shapes: Shape) -> Page:
    return Page(1, 595.0, 842.0, tuple(own), shapes)


PROSE = "Le plan vélo de la vallée avance " * 6
BROKEN = "\ufffd\ufffd\ufffd le plan " * 15


@pytest.mark.parametrize(
    ("one", "stamp", "unseen", "expected"),
    [
        (page(words(PROSE)), (), False, DIGITAL),
        (page(words(PROSE), FULL), (), False, DIGITAL),  # a designed page on a picture
        (page((), FULL), (), False, IMAGE),
        (page(words("page 4"), FULL), (), False, IMAGE),
        (page(words("Reçu en préfecture le 04/03/2025"), FULL), range(5), False, STAMP_ONLY),
        (page(words("Reçu en préfecture le 04/03/2025 page 4"), FULL), range(5), False, IMAGE),
        (page(words(PROSE, "invisible"), FULL), (), False, LAYER),
        (page(words(PROSE), FULL), (), True, LAYER),
        (page(words(BROKEN)), (), False, UNREADABLE),
        (page(()), (), False, DIGITAL),  # blank
        (page((), Shape("image", 100, 100, 400, 400)), (), False, IMAGE),
        (page((), *[Shape("curve", k, 10, k + 4, 20, fill=(0, 0, 0)) for k in range(200)]), (), False, IMAGE),
        (page((), *[Shape("image", 0, 60 * k, 595, 60 * k + 60) for k in range(14)]), (), False, IMAGE),
        (Page(1, None, None, words(PROSE)), (), False, DIGITAL),
    ],
)
def test_kinds(one: Page, stamp: Sequence[int], unseen: bool, expected: str) -> None:
    assert kind_of(one, frozenset(stamp), unseen=unseen) == expected


def test_pictures_count_within_the_page() -> None:
    assert picture_share(page((), Shape("image", -100, 0, 297.5, 842))) == pytest.approx(0.5)


# -- numbers


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("en 2O24 ,", "en 2024 ,"),
        ("I5 % des trajets", "15 % des trajets"),
        ("l2 mars", "12 mars"),
        ("(48O", "(480"),
        ("1l5,5 km", "115,5 km"),
        ("O3/12/2023", "03/12/2023"),
        ("S0%", "50%"),
        ("120 m? de toit", "120 m² de toit"),
        ("le 1° juillet", "le 1er juillet"),
        ("au 2° trimestre", "au 2e trimestre"),
        ("le 1‘ janvier", "le 1er janvier"),
        ("en 202$ ,", "en 2025 ,"),
        ("formation de $4 heures", "formation de 54 heures"),
        ("12 ooo exemplaires", "12 000 exemplaires"),
        ("2 000 £ par an", "2 000 € par an"),
        ("22,5 ME .", "22,5 M€ ."),
        ("8 millions deuros.", "8 millions d'euros."),
        ("38 km2.", "38 km²."),
        ("40 m3 d'eau", "40 m³ d'eau"),
        ("Pari n° ]", "Pari n° 1"),
        ("au 2 semestre 2025", "au 2e semestre 2025"),
        ("Ai Donner une chance", "A1 Donner une chance"),
        ("au 1 trimestre 2025", "au 1er trimestre 2025"),
        ("du Ler juillet", "du 1er juillet"),
        ("le $ octobre 2024", "le 5 octobre 2024"),
        ("n° EP-202$-06", "n° EP-2025-06"),
        ("60 mÿ de bois", "60 m³ de bois"),
        ("à partir du s avril 2025", "à partir du 5 avril 2025"),
        ("suivi 3s heures", "suivi 35 heures"),
        ("la 3s roule", "la 3s roule"),
        ("pendant 1 trimestre", "pendant 1 trimestre"),
        ("le Ler de rien", "le Ler de rien"),
        ("les 2 semestres", "les 2 semestres"),
        ("pour 12$ par mois", "pour 12$ par mois"),
        ("le ME de la ville", "le ME de la ville"),
        ("ooo dit-elle", "ooo dit-elle"),
        ("voir Ai Donner", "voir Ai Donner"),
        ("20l d'eau", "20l d'eau"),  # litres
        ("la 3S roule", "la 3S roule"),
        ("CO2 et H2O", "CO2 et H2O"),
        ("le 1° de l'article", "le 1° de l'article"),
        ("Où va-t-il m?", "Où va-t-il m?"),
        ("la ligne 5 SO", "la ligne 5 SO"),
        ("de 210 kWh/m° à 90 kWh/m?.", "de 210 kWh/m² à 90 kWh/m²."),
        ("un pic de 74 ug/m3 au", "un pic de 74 µg/m³ au"),
        ("sur 860 m°?. Le", "sur 860 m². Le"),
        ("coûte 2,85 Me. Le maire", "coûte 2,85 M€. Le maire"),
        ("l'étude Me Dupont", "l'étude Me Dupont"),
        ('au 2°"° trimestre', "au 2e trimestre"),
        ("le 1% octobre", "le 1er octobre"),
        ("le 1% du budget", "le 1% du budget"),
        ("Article 1%: PREND", "Article 1er: PREND"),
        ("Article 1. Prend", "Article 1. Prend"),
    ],
)
def test_numbers_are_repaired_only_where_they_can_be_read_one_way(read: str, meant: str) -> None:
    mended, notes = repaired(words(read))
    assert " ".join(w.text for w in mended) == meant
    assert len(notes) == sum(a != b for a, b in zip(read.split(), meant.split(), strict=True))
    assert all(note.code == "ocr_number_repaired" and note.page == 1 for note in notes)


def test_a_month_that_its_lines_end_parts_is_one() -> None:
    before, first, head, tail = words("au 1° sep- tembre")
    below = replace(tail, x0=20.0, x1=28.0, top=70.0, bottom=80.0)
    assert [w.text for w in repaired((before, first, head, below))[0]] == ["au", "1er", "sep-", "tembre"]
    assert [w.text for w in repaired((before, first, head, tail))[0]] == ["au", "1°", "sep-", "tembre"]


@given(st.lists(st.text(min_size=1, max_size=8), max_size=8))
def test_repair_never_raises_and_keeps_places(texts: list[str]) -> None:
    own = tuple(Word(t, 1, 0, 0, 1, 1, index=i) for i, t in enumerate(texts))
    mended, _ = repaired(own)
    assert [w.box for w in mended] == [w.box for w in own]
    assert repaired(mended)[0] == mended


def test_doubt() -> None:
    sure = Word("12", 1, 0, 0, 1, 1, confidence=0.95)
    unsure = Word("4S7", 1, 0, 0, 1, 1, confidence=0.4)
    letters = Word("vélo", 1, 0, 0, 1, 1, confidence=0.4)
    printed = Word("12", 1, 0, 0, 1, 1)
    assert doubtful([sure, unsure, letters, printed]) == [unsure]
    assert mean_confidence([printed]) is None
    assert mean_confidence([sure, letters]) == pytest.approx((2 * 0.95 + 4 * 0.4) / 6, abs=1e-3)
    assert [n.code for n in notes_on([unsure], 3, 0.9)] == ["ocr_doubtful_number"]
    assert [n.code for n in notes_on([unsure], 3, 0.5)] == ["ocr_low_confidence"]
    assert notes_on([sure], 3, 0.9) == []


# -- places


@given(st.floats(-4, 4), st.floats(0, 595), st.floats(0, 842))
def test_a_point_goes_straight_and_comes_back(degrees: float, x: float, y: float) -> None:
    skew = Skew(degrees, 297.5, 421.0)
    straight = skew.straightened(x, y)
    box = skew.original((*straight, *straight))
    assert box == pytest.approx((x, y, x, y), abs=1e-6)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_goes_upright_and_comes_back(turn: int) -> None:
    skew = Skew(0.0, 300.0, 400.0, turn)  # a sheet of 600 x 800 points
    corner = skew.straightened(0.0, 0.0)
    # clockwise: its upper left corner comes to the upper right, the lower right, the lower left
    assert corner == pytest.approx({90: (800.0, 0.0), 180: (600.0, 800.0), 270: (0.0, 600.0)}[turn], abs=1e-9)
    askew = Skew(1.2, 300.0, 400.0, turn)
    place = askew.straightened(120.0, 70.0)
    assert askew.original((*place, *place)) == pytest.approx((120.0, 70.0, 120.0, 70.0), abs=1e-9)


def test_a_plan_is_led_back() -> None:
    aside = SetAside(page=2, bbox=(100.0, 400.0, 200.0, 410.0), reason="report", text="…")
    document = Document(source=Source(name=None, sha256="", media_type="application/pdf", pages=2))
    plan = Plan(document=document, coverage=Coverage(words=0, in_plan=0, set_aside=0), set_aside=[aside])
    lead_back(plan, {2: Skew(1.0, 300.0, 420.0)})
    assert plan.set_aside[0].bbox is not None
    x0, top, x1, bottom = plan.set_aside[0].bbox
    # lines that rise by a degree: left of the middle they lie lower on the scan
    assert top > 400.0
    assert bottom - top == pytest.approx(10 + 1.75, abs=0.1)
    assert x1 - x0 == pytest.approx(100.2, abs=0.1)
    lead_back(plan, {1: Skew(1.0, 300.0, 420.0)})
    assert plan.set_aside[0].bbox == (x0, top, x1, bottom)


# -- annotations


def typed(*lines: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for k, line in enumerate(lines):
        canvas.drawString(60, 700 - 20 * k, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "pages"),
    [("bilan-concertation-2024-119-tampon.pdf", 5), ("deliberation-2024-119-scan-tampon.pdf", 4)],
)
def test_stamps_of_real_files(name: str, pages: int) -> None:
    path = SHARED / "real" / name
    if not path.exists():
        pytest.skip(f"{name} lies beside the checkout where the project is developed")
    data = path.read_bytes()
    renderer = Renderer(data)
    found = []
    for one in open_source(data).pages():
        whole = with_annotations(one, renderer)
        assert whole.words[: len(one.words)] == one.words
        own = [whole.words[i] for i in stamp_words(whole.words)]
        found.append(read_stamp(" ".join(w.text for w in own)))
        assert all(w.page == one.number and 0 <= w.x0 < w.x1 <= (one.width or 0) for w in own)
    assert len(found) == pages
    for stamp in found:
        assert stamp is not None
        assert stamp.id == "029-200054724-20241211-DE2024_119-DE"
        assert (str(stamp.sent_on), str(stamp.received_on), stamp.published_on) == ("2024-12-16", "2024-12-16", None)


def test_a_page_without_annotations_is_left_as_it_is() -> None:
    data = typed("Le bilan du plan vélo")
    (one,) = open_source(data).pages()
    assert with_annotations(one, Renderer(data)) is one


# -- the source


def test_digital_pages_never_touch_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("OCR was called")

    monkeypatch.setattr("bilan_extract.reading.engine.read_pictures", never)
    monkeypatch.setattr("bilan_extract.reading.ocr.missing", never)
    data = typed("Le bilan du plan vélo", "Douze kilomètres ont été livrés en 2024")
    source = read_with_ocr(data, find_stamp=stamp_words)
    assert isinstance(source, OcrSource)
    assert list(source.pages()) == list(open_source(data).pages())
    assert source.notes == []
    assert source.skews == {}


def test_texts_keep_their_plain_source() -> None:
    assert not isinstance(read_with_ocr("Axe 1 : le vélo\n".encode(), "bilan.txt"), OcrSource)


def test_modes() -> None:
    with pytest.raises(UsageError):
        read_with_ocr(typed("a"), mode="always")


@pytest.mark.parametrize(("program", "reason"), [(None, "n'est pas installé"), ("tesseract", "français")])
def test_without_tesseract(monkeypatch: pytest.MonkeyPatch, program: str | None, reason: str) -> None:
    class Listed:
        stdout, stderr = "List of available languages (1):\neng\n", ""

    tesseract.missing.cache_clear()
    monkeypatch.setattr("shutil.which", lambda name: program)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: Listed())
    try:
        with pytest.raises(OcrUnavailableError, match=reason) as caught:
            read_with_ocr(typed("a"), mode="force")
        assert caught.value.exit_code == 2
        assert "tesseract-ocr-fra" in caught.value.remedy
    finally:
        tesseract.missing.cache_clear()


def test_hocr() -> None:
    text = """<span class='ocr_line' id='line_1_1' title="bbox 20 40 300 80; baseline 0.01 -9; x_size 44; x_descenders 8">
      <span class='ocrx_word' id='word_1_1' title='bbox 20 40 100 71; x_wconf 96'>L&#39;axe</span>
      <span class='ocrx_word' id='word_1_2' title='bbox 110 40 300 71; x_wconf 31'><strong>12</strong></span></span>
      <span class='ocr_line' id='line_1_2' title="bbox 0 0 9 9; baseline 0 0"></span>"""
    (line,) = parse_hocr(text)
    assert [(w.text, w.confidence) for w in line.words] == [("L'axe", 0.96), ("12", 0.31)]
    assert (line.base, line.slope, line.height, line.descent) == (71.0, 0.01, 44.0, 8.0)
    assert line.level
    upright = text.replace("baseline 0.01 -9", "baseline 80.4 -1125")
    assert [one.level for one in parse_hocr(upright)] == [False]
    assert [one.level for one in parse_hocr(text.replace("x_size 44", "textangle 90; x_size 44"))] == [False]
    assert parse_hocr("") == []
