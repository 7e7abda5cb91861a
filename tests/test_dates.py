"""Dates: the sentence bank, one test a sentence, and what must hold of any string."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import Sentence, sentences

from bilan_extract.language.dates import find_dates
from bilan_extract.plan import Period

BANK = sentences("dates")


@pytest.mark.parametrize("sentence", BANK, ids=lambda s: f"{s.line}: {s.text[:50]}")
def test_sentence(sentence: Sentence) -> None:
    found = [date.model_dump() for date in find_dates(sentence.text, **sentence.context)]
    assert found == sentence.answers


def test_half_of_the_bank_states_nothing() -> None:
    silent = sum(not sentence.answers for sentence in BANK)
    assert len(BANK) >= 210
    assert abs(silent / len(BANK) - 0.5) < 0.06


@pytest.mark.parametrize("no_break", ["\u00a0", "\u202f"])
def test_typography_changes_nothing(no_break: str) -> None:
    plain = "Jusqu'au 24 juin 2024, puis d'octobre à décembre 2025"
    fancy = plain.replace("'", "’").replace(" ", no_break)
    found = [(d.start, d.end, d.edtf) for d in find_dates(plain)]
    assert len(found) == 2
    assert [(d.start, d.end, d.edtf) for d in find_dates(fancy)] == found


def test_upper_case() -> None:
    assert [d.edtf for d in find_dates("SÉANCE DU 14 DÉCEMBRE 2023, LE 1ER AOUT 2024")] == ["2023-12-14", "2024-08-01"]


def test_impossible_days_are_no_dates() -> None:
    assert not find_dates("le 31/02/2024 et le 45/12/2024")
    assert [d.edtf for d in find_dates("le 30 février 2024")] in ([], ["2024-02"])


PIECES = st.sampled_from(
    [
        "le", "les", "du", "au", "de", "à", "en", "et", "-", "/", "entre", "depuis", "jusqu'en", "d'ici", "à partir de",
        "avant", "fin", "début", "mi", "3", "12", "31", "1er", "juin", "mars", "été", "hiver", "T3", "semestre",
        "rentrée",         "2024", "2025", "15/03", "12/04/2024", "2023-2024", "premier", "année", "scolaire",
        "cette", "prochaine",
        ",", ".",        "lundi", "vingt", "deux mille", "\n", "n°", "rue",
    ]
)  # fmt: skip
MANY = st.lists(PIECES, max_size=22)
TEXTS = st.one_of(st.text(max_size=60), MANY.map(" ".join), MANY.map("".join))
DAYS = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1))
PERIODS = st.none() | st.builds(Period, start=DAYS, end=DAYS)
# 2024 · 2024-06~ · XXXX-06-24 · 199X · 2023/2024 · ../2025-01
POINT = r"(?:[0-9X]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?~?|[0-9]{3}X)"
EDTF = re.compile(rf"(?:{POINT}|\.\.)(?:/(?:{POINT}|\.\.))?")


@settings(max_examples=300, deadline=None)
@given(TEXTS, PERIODS, PERIODS, DAYS, st.booleans())
def test_any_string(
    text: str, block: Period | None, document: Period | None, written_on: dt.date | None, ahead: bool
) -> None:
    dates = find_dates(text, block=block, document=document, written_on=written_on, ahead=ahead)
    assert dates == find_dates(text, block=block, document=document, written_on=written_on, ahead=ahead)
    end = 0
    for date in dates:
        assert end <= date.span[0] < date.span[1] <= len(text)
        assert date.text == text[date.span[0] : date.span[1]]
        assert EDTF.fullmatch(date.edtf), date.edtf
        assert date.start is None or date.end is None or date.start <= date.end
        assert date.approximate == ("~" in date.edtf)
        end = date.span[1]


def test_the_spans_do_not_depend_on_the_context() -> None:
    text = "Le 24 juin, puis en fin d'année et depuis 2019."
    block = Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 12, 31))
    assert [d.span for d in find_dates(text)] == [d.span for d in find_dates(text, block=block)]


def test_what_is_ahead_lies_after_what_is_reported_on() -> None:
    text = "Signature le 11 avril, bilan en fin d'année."
    document = Period(start=dt.date(2023, 1, 1), end=dt.date(2024, 12, 31))
    assert [d.edtf for d in find_dates(text, document=document)] == ["2024-04-11", "2024-10~/2024-12~"]
    assert [d.edtf for d in find_dates(text, document=document, ahead=True)] == ["2025-04-11", "2025-10~/2025-12~"]
    written_on = dt.date(2024, 10, 7)
    found = find_dates(text, document=document, written_on=written_on, ahead=True)
    assert [d.edtf for d in found] == ["2025-04-11", "2024-10~/2024-12~"]
    assert {d.inferred for d in found} == {"document"}
    block = Period(start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31))
    assert [d.edtf for d in find_dates(text, block=block, ahead=True)] == ["2026-04-11", "2026-10~/2026-12~"]


def test_long_texts_take_linear_time() -> None:
    sentence = "Depuis 2015, le parc ouvre du 3 au 7 mars 2024 et entre juin et août 2025, en fin d'année aussi. "

    def seconds(text: str) -> float:
        started = time.perf_counter()
        find_dates(text, written_on=dt.date(2024, 1, 1))
        return time.perf_counter() - started

    seconds(sentence)
    assert seconds(sentence * 400) < 40 * max(seconds(sentence * 40), 1e-3)
