"""Bullets, numerals, codes and signs at the head of a line, on drawn pictures."""

from __future__ import annotations

import numpy
import pytest
from PIL import Image, ImageDraw
from scanned import line, picture, white

from bilan_extract.reading import line_heads
from bilan_extract.reading.marks import TICK, Code
from bilan_extract.reading.tesseract import ReadLine, ReadWord


def test_a_numeral_before_a_title_is_read_by_its_strokes_and_a_pronoun_is_left() -> None:
    ink = white()
    for k in range(3):
        ink[68:100, 20 + 14 * k : 25 + 14 * k] = 0
    words = (ReadWord("Il.", 20, 68, 72, 100, 0.9), ReadWord("Cadre", 90, 68, 190, 100, 0.9))
    read = ReadLine(words, 20, 100.0, 0.0, 44.0, 9.0)
    assert [w.text for w in line_heads._with_numeral(words, read, picture(ink), 45.0)] == ["III.", "Cadre"]
    pronoun = (words[0]._replace(text="Il"), words[1]._replace(text="propose"))
    assert [w.text for w in line_heads._with_numeral(pronoun, read, picture(ink), 45.0)] == ["Il", "propose"]


@pytest.mark.parametrize(
    ("text", "confidence", "read"),
    [("1.1", 0.4, "II.1"), ("IIT1", 0.9, "II.1"), ("1.1", 0.95, "1.1"), ("Ill", 0.4, "Ill"), ("14,1", 0.4, "14,1")],
)
def test_a_code_is_read_by_its_strokes_where_it_is_doubted(
    text: str, confidence: float, read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_heads, "code_in", lambda *_: Code(2, 1))
    words = (ReadWord(text, 20, 68, 72, 100, confidence), ReadWord("Planter", 90, 68, 190, 100, 0.9))
    found = line_heads._with_numeral(words, ReadLine(words, 20, 100.0, 0.0, 44.0, 9.0), picture(white()), 45.0)
    assert [w.text for w in found] == [read, "Planter"]


def test_a_mark_in_the_box_of_its_word_is_taken_apart() -> None:
    drawn = Image.new("L", (1200, 400), 255)
    ImageDraw.Draw(drawn).line([(20, 84), (28, 96), (46, 70)], fill=0, width=5)
    ink = numpy.asarray(drawn).copy()
    ink[68:100, 75:80] = ink[68:100, 90:95] = 0
    parts = line_heads._led_by_mark(ReadWord("Dix", 20, 50, 120, 100, 0.9), ink, 100.0, 50.0)
    assert parts is not None
    assert (parts[0].text, parts[1].text, parts[1].x0) == (TICK, "Dix", 75)


def test_m_squared_at_the_head_of_a_line_is_no_tick() -> None:
    ink = white(120, 120)
    for x in (20, 34, 48):
        ink[54:80, x : x + 6] = 0
    ink[54:59, 20:54] = ink[40:58, 58:68] = 0
    assert line_heads.mark_in(ink, (0, 120), 80, 50) is None


def test_an_o_before_a_line_is_a_ring_and_one_within_it_is_left() -> None:
    read = line_heads._with_bullet(line("o Une halle", 60, 100.0), picture(white()), 45.0)
    assert [w.text for w in read] == ["◦", "Une", "halle"]
    read = line_heads._with_bullet(line("Une o halle", 60, 100.0), picture(white()), 45.0)
    assert [w.text for w in read] == ["Une", "o", "halle"]


def test_a_dash_glued_to_its_word_is_taken_apart() -> None:
    read = line("-_internats : trois", 20, 100.0)
    parts = line_heads._with_bullet(read, picture(white()), 45.0)
    assert [w.text for w in parts] == ["-", "internats", ":", "trois"]
    assert parts[0].x1 < parts[1].x0 < parts[1].x1
