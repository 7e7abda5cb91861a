"""From characters to words: gaps, joins, superscripts, letter-spacing, and the words that no one can see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan_extract.document import Shape, Word
from bilan_extract.reading.words import Char, Strip, build_words, is_bold, is_italic

BLACK = (0, 0, 0)
WHITE = (255, 255, 255)
STEP = 6.0  # every character of these tests is so wide, and twice as high


def typed(
    text: str, x: float = 50, bottom: float = 100, size: float = 12, step: float = STEP, **style: Any
) -> list[Char]:
    """Characters one after the other on one baseline."""
    given_style: dict[str, Any] = {"font": "Lato-Regular", "color": BLACK, **style}
    return [
        Char(c, x + i * step, bottom - size, x + (i + 1) * step, bottom, size=size, **given_style)
        for i, c in enumerate(text)
    ]


def strip(chars: list[Char]) -> Strip:
    """The same characters in one piece."""
    first = chars[0]
    edges = [c.x0 for c in chars], [c.x1 for c in chars]
    return Strip(
        "".join(c.text for c in chars),
        *edges,
        first.top,
        first.bottom,
        first.font,
        first.size,
        first.color,
        first.invisible,
    )


def words(chars: Iterable[Char | Strip], shapes: Iterable[Shape] = ()) -> tuple[Word, ...]:
    return build_words(chars, tuple(shapes), 1, 400, 300)


def texts(chars: Iterable[Char | Strip]) -> list[str]:
    return [w.text for w in words(chars)]


both_ways = pytest.mark.parametrize("whole", [list, lambda chars: [strip(chars)]], ids=["chars", "strip"])


@both_ways
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le bilan annuel", ["Le", "bilan", "annuel"]),
        ("  Le\u00a0bilan\u202f: ", ["Le", "bilan", ":"]),
        ("\ufb01nal", ["final"]),
        ("o\ufb03ce", ["office"]),
        ("Jean\u2011Marie", ["Jean-Marie"]),
        ("cultu\u00ad", ["cultu-"]),
        ("cultu\ufffe", ["cultu-"]),
        ("cul\u00adture", ["culture"]),
        ("a\uf020b", ["a", "b"]),
        ("   ", []),
    ],
)
def test_characters(text: str, expected: list[str], whole: Any) -> None:
    assert texts(whole(typed(text))) == expected


@both_ways
def test_characters_without_width_do_not_separate(whole: Any) -> None:
    nothing = Char("\u200b", 62, 88, 62, 100, "Lato-Regular", 12, BLACK)
    assert texts(whole([*typed("mi"), nothing, *typed("ni", x=62)])) == ["mini"]


def test_unknown_characters_are_marked() -> None:
    assert texts([*typed("a"), Char("(cid:42)", 56, 88, 62, 100, "Lato", 12, BLACK)]) == ["a\ufffd"]


@both_ways
def test_a_gap_is_a_space(whole: Any) -> None:
    near, far = typed("Nord"), typed("Sud", x=50 + 4 * STEP + 3)
    assert texts([*whole(near), *whole(far)]) == ["Nord", "Sud"]
    assert texts(whole(near + far)) == ["Nord", "Sud"]
    assert texts(whole(near + typed("Sud", x=50 + 4 * STEP + 1))) == ["NordSud"]


@both_ways
def test_another_line_is_another_word(whole: Any) -> None:
    assert texts([*whole(typed("Nord")), *whole(typed("Sud", x=50 + 4 * STEP, bottom=112))]) == ["Nord", "Sud"]


def test_word_attributes() -> None:
    (word,) = words([strip(typed("Oui", font="ABCDEF+Lato-BoldItalic", size=10.004))])
    assert (word.font, word.bold, word.italic, word.size) == ("Lato-BoldItalic", True, True, 10.0)
    assert word.box == pytest.approx((50, 89.996, 68, 100))
    assert (word.color, word.index, word.upright, word.hidden) == (BLACK, 0, True, None)


@pytest.mark.parametrize(
    ("font", "bold", "italic"),
    [
        ("Lato-Heavy", True, False),
        ("Arial,Bold", True, False),
        ("Marianne-ExtraBold", True, False),
        ("Times-Italic", False, True),
        ("DejaVuSans-BoldOblique", True, True),
        ("Lato-Regular", False, False),
    ],
)
def test_faces(font: str, bold: bool, italic: bool) -> None:
    assert (is_bold(font), is_italic(font)) == (bold, italic)


# -- pieces of one word


def test_two_fonts_in_one_word() -> None:
    assert texts([*typed("Val"), *typed("-d'Or", x=50 + 3 * STEP, font="Arial")]) == ["Val-d'Or"]


@both_ways
@pytest.mark.parametrize(
    ("host", "raised", "expected"),
    [
        ("1", "er", ["1er"]),
        ("2", "nde", ["2nde"]),
        ("M", "me", ["Mme"]),
        ("m", "2", ["m²"]),
        ("40m", "3", ["40m³"]),
        ("note", "2", ["note", "2"]),
        ("mot", "xyz", ["mot", "xyz"]),
    ],
)
def test_superscripts(host: str, raised: str, expected: list[str], whole: Any) -> None:
    small = typed(raised, x=50 + len(host) * STEP, bottom=96, size=7, step=4)
    assert texts([*whole(typed(host)), *whole(small)]) == expected


def test_punctuation_after_a_superscript() -> None:
    parts = [*typed("1"), *typed("er", x=56, bottom=96, size=7, step=4), *typed(",", x=64)]
    (word,) = words(parts)
    assert word.text == "1er,"
    assert word.box == (50, 88, 70, 100)


def test_letter_spaced_capitals() -> None:
    apart = [c for i, letter in enumerate("BILAN") for c in typed(letter, x=50 + i * 12)]
    further = [c for i, letter in enumerate("AXE") for c in typed(letter, x=50 + 5 * 12 + 6 + i * 12)]
    assert texts(apart + further) == ["BILAN", "AXE"]
    assert texts(apart[:3]) == ["B", "I", "L"]


# -- turned text


def turned(text: str, angle: int) -> list[Char]:
    """Characters that run upwards (90), downwards (-90) or from right to left on their heads (180)."""
    out = []
    for i, c in enumerate(text):
        if angle == 180:
            box = (200 - (i + 1) * STEP, 88.0, 200 - i * STEP, 100.0)
        elif angle == 90:
            box = (50.0, 200 - (i + 1) * STEP, 62.0, 200 - i * STEP)
        else:
            box = (50.0, 100 + i * STEP, 62.0, 100 + (i + 1) * STEP)
        out.append(Char(c, *box, "Lato", 12, BLACK, angle))
    return out


@pytest.mark.parametrize("angle", [90, -90, 180])
def test_turned_words(angle: int) -> None:
    found = words(turned("Axe nord", angle))
    assert [(w.text, w.upright) for w in found] == [("Axe", False), ("nord", False)]


# -- words that no one can see


def hidden(chars: list[Char], *shapes: Shape) -> list[str | None]:
    return [w.hidden for w in words(chars, shapes)]


def test_white_on_white_is_hidden_and_on_a_dark_box_is_not() -> None:
    chars = typed("titre", color=WHITE)
    assert hidden(chars) == ["same colour"]
    assert hidden(chars, Shape("rect", 40, 80, 120, 110, (0, 60, 120))) == [None]
    assert hidden(chars, Shape("image", 0, 0, 400, 300)) == [None]
    assert hidden(chars, Shape("rect", 0, 0, 400, 300, (0, 0, 0)), Shape("rect", 40, 80, 120, 110, WHITE)) == [
        "same colour"
    ]


def test_a_white_word_underlined_in_white_on_a_dark_ground_is_seen() -> None:
    # the underline is a white box around the word, which a clip cuts down to a line
    chars, dark = typed("titre", color=WHITE), Shape("rect", 0, 0, 400, 300, (0, 60, 40))
    assert hidden(chars, dark, Shape("rect", 48, 88, 120, 104, WHITE)) == [None]
    assert hidden(chars, Shape("rect", 48, 88, 120, 104, WHITE)) == ["same colour"]


def test_off_the_page_tiny_and_invisible() -> None:
    assert hidden(typed("dehors", x=-90)) == ["off page"]
    assert hidden(typed("petit", size=1, step=0.5)) == ["tiny"]
    assert hidden(typed("calque", invisible=True)) == ["invisible"]
    assert hidden(typed("mi", invisible=True) + typed("ni", x=50 + 2 * STEP)) == [None]


def test_copies_are_told_from_words_set_again() -> None:
    shadow = typed("ombre") + typed("ombre", x=50.5, bottom=100.4)
    assert hidden(shadow) == [None, "repeat"]
    again = typed("axe") + typed("axe", bottom=112) + typed("axe", x=90) + typed("axe", x=90.2)
    assert hidden(again) == [None, None, None, "repeat"]


# -- for any text

LETTERS = "abé1-,\u00ad\u200b\ufb01. \u00a0\uf020"
LINES = st.lists(
    st.tuples(
        st.text(LETTERS, min_size=1, max_size=12),
        st.floats(0, 300),
        st.sampled_from([50, 51, 80]),
        st.sampled_from([7, 12]),
    ),
    max_size=6,
)


@given(lines=LINES)
def test_strips_make_the_same_words_as_characters(lines: list[tuple[str, float, int, int]]) -> None:
    runs = [typed(text, x, bottom, size) for text, x, bottom, size in lines]
    assert words(c for run in runs for c in run) == words(strip(run) for run in runs)


@given(lines=LINES)
def test_no_letter_is_lost_and_none_made_up(lines: list[tuple[str, float, int, int]]) -> None:
    runs = [typed(text, x, bottom, size) for text, x, bottom, size in lines]
    found = words(c for run in runs for c in run)
    assert [w.index for w in found] == list(range(len(found)))
    kept = "".join(w.text for w in found).replace("²", "2").replace("³", "3")
    printed = "".join(text for text, *_ in lines).replace("\ufb01", "fi")
    dashes = kept.count("-") - printed.count("-")
    assert kept.replace("-", "") == "".join(c for c in printed if c not in "-\u00ad\u200b \u00a0\uf020")
    assert 0 <= dashes <= printed.count("\u00ad")
    assert all(w.text and w.x0 <= w.x1 and w.top <= w.bottom for w in found)
