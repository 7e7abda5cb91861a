"""References of a "Vu": kinds, numbers, days, articles; and the strict reader of whole days they rest on."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilan_extract.language.plain_dates import NUMBER_WORDS, find_days, first_day, fold, number_in_words
from bilan_extract.language.references import find_references, read_legal_basis


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


CODE = ("code", None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vu le code de l'énergie, notamment son article L. 229-26", [(*CODE, ["L.229-26"])]),
        (
            "Vu les articles L. 2121-29 et L. 2122-22 du Code général des collectivités territoriales",
            [(*CODE, ["L.2121-29", "L.2122-22"])],
        ),
        (
            "Vu le CGCT, ses articles L 2311-1-1, D.2311-15 et R*123-4",
            [(*CODE, ["L.2311-1-1", "D.2311-15", "R.*123-4"])],
        ),
        ("Vu le code de l'urbanisme (articles R.123-1 à R.123-3)", [(*CODE, ["R.123-1", "R.123-3"])]),
        ("Vu le Code de l'éducation, articles L.214-2 et suivants, L.421-1 et s.", [(*CODE, ["L.214-2", "L.421-1"])]),
        (
            "Vu le CGCT, notamment l'article L.2121-29, et le code du sport, notamment ses articles L.100-1 et L.100-2",
            [(*CODE, ["L.2121-29"]), (*CODE, ["L.100-1", "L.100-2"])],
        ),
        (
            "Vu les articles L.2121-29 du CGCT et L.229-26 du code de l'environnement",
            [(*CODE, ["L.2121-29"]), (*CODE, ["L.229-26"])],
        ),
        (
            "Vu l'article 11 de la loi n° 2014-873 du 4 août 2014 et son décret n° 2015-761 du 24 juin 2015",
            [("law", "2014-873", day("2014-08-04"), ["11"]), ("decree", "2015-761", day("2015-06-24"), [])],
        ),
        ("Vu la loi du 7 août 2015 dite loi NOTRe", [("law", None, day("2015-08-07"), [])]),
        ("Vu la loi 2005-102 du 11 février 2005", [("law", "2005-102", day("2005-02-11"), [])]),
        (
            "Vu le décret n° 2011-687 du 17 juin 2011 pris pour l'application de l'article 61 de la loi n° 2014-873",
            [("decree", "2011-687", day("2011-06-17"), [])],
        ),
        (
            "Vu l'arrêté préfectoral n° DCL-22-114 du 4 mai 2022 portant statuts",
            [("order", "DCL-22-114", day("2022-05-04"), [])],
        ),
        ("Vu l’ordonnance n°2015-899 du 23/07/2015", [("order", "2015-899", day("2015-07-23"), [])]),
        (
            "Vu sa délibération du 28 mars 2023 approuvant l'avenant n° 3",
            [("deliberation", None, day("2023-03-28"), [])],
        ),
        (
            "Vu la délibération CC-2023-041 du 4 mai 2023 et ses annexes",
            [("deliberation", "CC-2023-041", day("2023-05-04"), [])],
        ),
        (
            "Vu les délibérations n° 20-12 du 4 mai 2020 et n° 21-34 du 6 juin 2021 relatives au plan climat",
            [("deliberation", "20-12", day("2020-05-04"), []), ("deliberation", "21-34", day("2021-06-06"), [])],
        ),
        ("Vu la directive (UE) 2018/2001 du 11 décembre 2018", [("other", "2018/2001", day("2018-12-11"), [])]),
        ("Vu la Constitution, notamment son article 72", [("other", None, None, ["72"])]),
        ("Vu l'avis de la commission Mobilités du 3 mars", [("other", None, None, [])]),
        ("Vu les observations du public", [("other", None, None, [])]),
        ("la délibération du 30 juin 2022 « Schéma des âges »", [("deliberation", None, day("2022-06-30"), [])]),
        ("Vu", []),
        ("", []),
    ],
)
def test_references(text: str, expected: list[tuple[str, str | None, dt.date | None, list[str]]]) -> None:
    assert [(r.kind, r.number, r.date, r.articles) for r in find_references(text)] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Vu le code rural et de la pêche maritime et notamment l'article L.263-1",
            "code rural et de la pêche maritime",
        ),
        (
            "Vu le Code des relations entre le public et l'administration",
            "Code des relations entre le public et l'administration",
        ),
        ("Vu la délibération n° 22-7 du 3 mai 2022 « Cap sur l'eau : le plan »", "Cap sur l'eau : le plan"),
        ("Vu la délibération n° 22-7 du 3 mai 2022", None),
        ("Vu la loi n° 2014-873 du 4 août 2014 pour l'égalité réelle", "pour l'égalité réelle"),
        ("Vu l'arrêté ministériel du 4 mai 2022", "arrêté ministériel"),
        ("Vu le rapport de Madame la Maire, joint en annexe", "rapport de Madame la Maire"),
        ("Vu l'avis favorable du comité technique du 21 juin 2021", "avis favorable du comité technique"),
    ],
)
def test_names(text: str, name: str | None) -> None:
    assert find_references(text)[0].name == name


def test_the_closing_semicolon_goes() -> None:
    assert read_legal_basis("Vu le code du sport ;").text == "Vu le code du sport"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27 janvier 2025", "2025-01-27"),
        ("12/12/2022", "2022-12-12"),
        ("le 1er août 2024", "2024-08-01"),
        ("lundi 3 février 2025", "2025-02-03"),
        ("27 JANVIER 2025", "2025-01-27"),
        ("L'an deux mille vingt-quatre, le mardi douze mars à 18 h", "2024-03-12"),
        ("L'an deux mil treize et le vingt-deux janvier", "2013-01-22"),
        ("Le trente et un mai deux mille vingt et un", "2021-05-31"),
        ("L’an 2025, le 3 février", "2025-02-03"),
        ("02/01/83", "1983-01-02"),
        ("31/02/2024", None),
        ("n° 25.03.12", None),
        ("mars 2025", None),
    ],
)
def test_whole_days(text: str, expected: str | None) -> None:
    assert first_day(text) == (day(expected) if expected else None)


def test_numbers_in_words() -> None:
    assert [number_in_words(w) for w in ("vingt et une", "soixante et onze", "quatre-vingt-dix-neuf", "pont")] == [
        21,
        71,
        99,
        None,
    ]
    assert "quatre" in NUMBER_WORDS


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["Vu ", "Vu la loi n° ", "Vu les articles L.1 et ", "Vu le code de ", ""]))
def test_never_raises(text: str, start: str) -> None:
    assert len(fold(text)) == len(text)
    for found in find_days(text):
        assert 0 <= found.start < found.end <= len(text)
    assert isinstance(find_references(start + text), list)
    assert not read_legal_basis(start + text).text.endswith(";")


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("Vu la délibération 2021-05-02 du 20 mai 2021", "2021-05-02", dt.date(2021, 5, 20)),
        ("Vu la délibération n° 2021-05-02 du 20 mai 2021", "2021-05-02", dt.date(2021, 5, 20)),
        ("Vu la délibération 2021DCM031 du 20 mai 2021", "2021DCM031", dt.date(2021, 5, 20)),
        ("Vu la délibération SY 2021-31 du 20 mai 2021", "SY 2021-31", dt.date(2021, 5, 20)),
        ("Vu la délibération du 20 mai 2021", None, dt.date(2021, 5, 20)),
    ],
)
def test_number_that_looks_like_a_day(text: str, number: str | None, day: dt.date) -> None:
    (reference,) = find_references(text)
    assert (reference.number, reference.date) == (number, day)
