"""A level's number that a scan shows as something else ("Cap |", "PILIER IT") is the one between its neighbours'."""

from __future__ import annotations

from collections.abc import Sequence

from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Words, fold
from bilan_extract.segmentation.runs import Run

RULE = "the number between its neighbours'"
LEAST = 2  # headings of a word whose numbers are read: fewer make no series
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# "Cap |", "PILIER IT", "Engagement n° s": the word, and what was read of its number
_WORD_AND_SIGN = lazy(r"^(?P<before>(?P<word>[^\W\d_]{3,})\s+(?:n\s?[°º]\s*)?)(?P<sign>[^\s.,;:]{1,4})$")


def mend_numbers(runs: Sequence[Run], words: Words) -> None:
    """Makes headings of runs that hold a level's word and no number, where one is missing in the order of that word's.

    The number before and the one after leave out exactly one; before the first there is none but 1.
    """
    series: dict[str, list[int]] = {}
    for i, run in enumerate(runs):
        if run.role == "heading" and isinstance(run.data, Heading) and run.data.word and len(run.data.path) == 1:
            series.setdefault(run.data.word, []).append(i)
    for i, run in enumerate(runs):
        if run.role not in ("body", "label") or not run.set_off or len(run.lines) > 1:
            continue
        match = _WORD_AND_SIGN.match(run.text.strip())
        own = series.get(fold(match["word"]), []) if match is not None else []
        if match is None or len(own) < LEAST or words.heading(run.text) is not None:
            continue
        missing = _missing(i, own, runs)
        heading = None if missing is None else words.heading(match["before"] + _spelled(missing, runs[own[0]]))
        if heading is not None:
            run.role, run.rule, run.data = "heading", RULE, heading


def _missing(i: int, own: Sequence[int], runs: Sequence[Run]) -> int | None:
    """The one number that the headings before and after the run ``i`` leave out between them; None where there is none."""
    low = max((k for k in own if k < i), default=None)
    high = min((k for k in own if k > i), default=None)
    before = 0 if low is None else _number(runs[low])
    after = None if high is None else _number(runs[high])
    if before is None or after is None:
        return None
    if before >= after:  # a table of contents above, or another count
        before = 0
    return before + 1 if after - before == 2 else None


def _number(run: Run) -> int | None:
    assert isinstance(run.data, Heading)
    return run.data.number


def _spelled(number: int, like: Run) -> str:
    """The number in the numerals that another heading of its word has."""
    assert isinstance(like.data, Heading)
    roman = like.data.path[0].isalpha()
    return _ROMAN[number] if roman and number < len(_ROMAN) else str(number)
