"""Digits that look like others of the document than those they were read as, on drawn numbers."""

from __future__ import annotations

from typing import Any

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bilan_extract.reading.digits import Digits, Told
from bilan_extract.reading.tesseract import ReadWord

SIZE = 50.0
FIRST = ["2023", "2024", "2025.", "1385", "(6789)", "35", "53,5", "2023", "3", "845", "93", "12/05/2023"]


def printed(numbers: list[tuple[str, str]]) -> tuple[list[ReadWord], Any]:
    """Words and a picture of them: for each what is printed and what was read."""
    font = ImageFont.load_default(SIZE)
    picture = Image.new("L", (600, 80 * len(numbers) + 40), 255)
    draw, words = ImageDraw.Draw(picture), []
    for k, (text, read) in enumerate(numbers):
        draw.text((20, 20 + 80 * k), text, font=font, fill=0)
        x0, y0, x1, y1 = (round(v) for v in draw.textbbox((20, 20 + 80 * k), text, font=font))
        words.append(ReadWord(read, x0, y0, x1, y1, 0.95))
    return words, numpy.asarray(picture.filter(ImageFilter.GaussianBlur(1.2)))


def read(numbers: list[tuple[str, str]], digits: Digits | None = None) -> tuple[list[str], list[Told]]:
    digits = digits or Digits()
    words, ink = printed(numbers)
    return [w.text for w in digits.read(words, ink, [SIZE] * len(words))], digits.told


def test_numbers_read_as_they_are_printed_stay() -> None:
    assert read([(n, n) for n in FIRST]) == (FIRST, [])


def test_a_digit_that_looks_like_another_kind_is_put_right_and_told() -> None:
    texts, told = read([*((n, n) for n in FIRST), ("2023.", "2025."), ("3", "8")])
    assert texts == [*FIRST, "2023.", "3"]
    assert told == [Told("2025.", "2023."), Told("8", "3")]


def test_where_few_digits_are_known_none_is_changed() -> None:
    assert read([("2023", "2025"), ("3", "3")]) == (["2025", "3"], [])


def test_earlier_pages_say_how_digits_look() -> None:
    digits = Digits()
    read([(n, n) for n in FIRST], digits)
    assert read([("2023", "2028")], digits)[0] == ["2023"]


def test_letters_in_a_number_are_read_as_the_digits_they_look_like_and_others_stay() -> None:
    numbers = [(n, n) for n in FIRST]
    assert read([*numbers, ("35,", "3s,"), ("53", "Ss"), ("3S", "3S"), ("os", "os")])[0][-4:] == ["35,", "53", "3S", "os"]


def test_a_digit_that_was_left_out_of_a_doubtful_number_comes_back() -> None:
    digits = Digits()
    read([(n, n) for n in FIRST], digits)
    words, ink = printed([("2025.", "25."), ("2025", "25"), ("2025", "27")])
    words = [words[0]._replace(confidence=0.4), words[1], words[2]._replace(confidence=0.4)]
    assert [w.text for w in digits.read(words, ink, [SIZE] * 3)] == ["2025.", "25", "27"]


def raised(digits: Digits, text: str, above: str) -> str:
    """What is read where a digit and smaller letters, raised or on the line, were taken for one sign."""
    picture = Image.new("L", (200, 120), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((20, 30), text, font=ImageFont.load_default(SIZE), fill=0)
    draw.text((52, 30 if above else 46), above or "e", font=ImageFont.load_default(0.6 * SIZE), fill=0)
    word = ReadWord("&", 20, 36, 80, 82, 0.8)
    return digits.read([word], numpy.asarray(picture.filter(ImageFilter.GaussianBlur(1.2))), [SIZE])[0].text


def test_a_digit_with_raised_letters_is_no_ampersand() -> None:
    digits = Digits()
    read([(n, n) for n in FIRST], digits)
    assert raised(digits, "3", "e") == "3e"
    assert raised(digits, "3", "") == "&"
