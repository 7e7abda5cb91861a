"""A text layer as pages: form feeds win; without them blank lines, a leading space and running lines tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilan_extract.errors import NoPagesError
from bilan_extract.reading.text_layer import TextSource, decode, looks_like_text, split_pages

SHARED = Path(__file__).resolve().parents[2] / "shared"
HEAD = "Plan des berges - Bilan 2031"


def filled(text: str) -> list[list[str]]:
    return [[line.strip() for line in page if line.strip()] for page in split_pages(text)]


def test_form_feeds_are_the_only_page_ends_where_there_are_any() -> None:
    assert filled("Un\n\n\n\n Deux\n\fTrois\n\f") == [["Un", "Deux"], ["Trois"]]


def test_a_page_without_text_between_form_feeds_is_counted() -> None:
    assert filled("Un\f\fTrois\f") == [["Un"], [], ["Trois"]]


def test_three_blank_lines_end_a_page_and_two_do_not() -> None:
    assert filled("Un.\n\n\nEncore un.\n\n\n\nDeux.") == [["Un.", "Encore un."], ["Deux."]]


def test_a_leading_space_opens_a_page() -> None:
    page = "".join(f"La ligne {k} du quai dit ce qu'elle doit.\n" for k in range(5))
    assert len(split_pages(f" {page} {page} {page}")) == 3


def test_a_leading_space_behind_an_unfinished_sentence_opens_none() -> None:
    page = "".join(f"La ligne {k} du quai dit ce qu'elle doit.\n" for k in range(5))
    assert len(split_pages(f" {page}Vu le code des berges ;\n Vu la charte des rives ;\n")) == 1


def test_where_every_other_line_begins_with_a_space_it_marks_nothing() -> None:
    text = "".join(f"{' ' * (k % 2)}La ligne {k} du quai dit ce qu'elle doit.\n" for k in range(40))
    assert len(split_pages(text)) == 1


def test_a_page_has_its_running_line_once_wherever_it_stands() -> None:
    one, two, three, four = ("".join(f"Sur la rive {n}, {k} saules poussent.\n" for k in range(6)) for n in "ABCD")
    # the first page's head stands behind a space of its own; the last page's text goes on behind its head
    text = f" {one} {HEAD}\n {two}{HEAD}\n {three}{HEAD}\n {four}{HEAD}\n Et la fin de cette quatrième page.\n"
    pages = filled(text)
    assert len(pages) == 4
    assert all(page.count(HEAD) == 1 for page in pages)
    assert pages[3][-1] == "Et la fin de cette quatrième page."


def test_labels_that_come_twice_on_a_page_are_no_running_lines() -> None:
    one = "Réalisé\nDes saules ont été plantés.\nRéalisé\nDes frênes aussi, en grand nombre.\n"
    assert len(split_pages(f" {one} {one} {one} {one}")) == 4


def test_a_page_number_closes_a_page_of_contents() -> None:
    listed = "".join(f"Cap {k} : Suivre la rive numéro {k}\n" for k in range(1, 7))
    pages = filled(f"{listed}{HEAD}      p.2\n\nLa rive est à tous.\nElle le reste.\n")
    assert [page[-1] for page in pages] == [f"{HEAD}      p.2", "Elle le reste."]


def test_windows_and_old_line_ends_are_line_ends() -> None:
    assert filled("Un\r\nDeux\fTrois\rQuatre") == [["Un", "Deux"], ["Trois", "Quatre"]]


def test_pdfiums_mark_for_a_hyphen_becomes_one_at_a_line_end() -> None:
    assert filled("Les peu\ufffepliers du quai\f") == [["Les peu-", "pliers du quai"]]


def test_soft_hyphens_count_at_a_line_end_only() -> None:
    words = next(TextSource("Les peu\u00ad\npliers du ca\u00adnal".encode()).pages()).words
    assert [w.text for w in words] == ["Les", "peu-", "pliers", "du", "canal"]


def test_words_count_their_lines_and_have_no_box() -> None:
    page = next(TextSource(b"Un deux\n\ntrois").pages())
    assert (page.width, page.height, page.source) == (None, None, "text")
    assert [(w.text, w.top, w.index, w.x1) for w in page.words] == [("Un", 0, 0, 0), ("deux", 0, 1, 0), ("trois", 2, 2, 0)]


@pytest.mark.parametrize("data", [b"", b" \n\n ", b"\f \f"])
def test_a_text_without_text_has_no_pages(data: bytes) -> None:
    with pytest.raises(NoPagesError):
        TextSource(data)


def test_decodes_utf_8_with_its_mark_and_windows_1252() -> None:
    assert decode("\ufeffété".encode()) == "été"
    assert decode("été".encode("cp1252")) == "été"


def test_tells_text_from_other_bytes() -> None:
    assert looks_like_text("Délibération".encode())
    assert not looks_like_text(b"\x89PNG\x00")
    assert not looks_like_text(bytes(range(1, 32)))


@given(st.text(alphabet="ab é.;\n\f\u00ad\ufffe", max_size=200))
def test_no_word_is_lost_between_the_pages(text: str) -> None:
    def letters(lines: list[str]) -> str:
        return "".join(c for line in lines for c in line if c.isalpha())

    assert letters([line for page in split_pages(text) for line in page]) == letters([text])


def test_the_reference_text_has_its_pages() -> None:
    path = SHARED / "reference" / "source.txt"
    if not path.exists():
        pytest.skip("the reference is not beside this checkout")
    assert TextSource(path.read_bytes()).page_count == 55


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "mac_roman"])
def test_text_of_other_encodings_is_read(encoding: str) -> None:
    text = "Délibération du 3 février : l'été à la forêt, et « le bac » rénové"
    assert looks_like_text(text.encode(encoding))
    assert decode(text.encode(encoding)) == text


def test_accents_apart_and_ligatures_are_put_together() -> None:
    assert decode("e\u0301te\u0301, \ufb01n et e\ufb00et".encode()) == "été, fin et effet"


def test_bytes_with_every_other_one_a_nought_are_no_text_for_that() -> None:
    assert not looks_like_text(bytes(k for n in range(64) for k in (n % 8 + 1, 0)))


@pytest.mark.parametrize("foot", ["Le plan des berges | page {}", "– {} –", "Diapo {}", "[{}]"])
def test_a_numbered_foot_ends_its_page_where_a_space_opens_the_next(foot: str) -> None:
    page = "".join(f"La ligne {k} du quai dit ce qu'elle doit.\n" for k in range(5))
    text = "".join(f" {page}{foot.format(number)}\n" for number in range(1, 5))
    assert len(split_pages(text)) == 4


def test_a_head_that_always_comes_first_opens_a_page_after_one_that_has_none() -> None:
    page = "".join(f"La ligne {k} du quai dit ce qu'elle doit.\n" for k in range(5))
    assert len(split_pages(f" {page}" + f" {HEAD}\n{page}" * 4)) == 5
