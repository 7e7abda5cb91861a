"""The vote and the attendance, as counted on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilan_extract.document import Line
from bilan_extract.language.plain_dates import NUMBER_WORDS, fold, number_in_words
from bilan_extract.patterns import lazy
from bilan_extract.plan import Votes
from bilan_extract.segmentation.act_lines import Piece

_N = rf"(?P<n>\d{{1,3}}|{NUMBER_WORDS}|aucune?|neant)(?![\w/%.-]*\d)\b"
_VOTERS_OF = (
    r"(?:membres|conseillers|delegues|elus)(?:\s+(?:municipaux|communautaires|departementaux|regionaux|"
    r"metropolitains|titulaires|composant\s+le\s+conseil))?"
)
# not "9 abstentions :" over "1. approuve …"
_NO_LIST = r"(?!\s*\n\s*\d+\s*[.)°])"
_LINE, _END = r"(?m:^)\W*", r"\W*(?m:$)"
_COUNTS: dict[str, tuple[str, ...]] = {
    # "en exercice : 33", "29 conseillers municipaux en exercice", "Nombre de délégués : 21"
    "members": (
        rf"\ben\s+exercice\s*[:=]?\s*{_N}",
        rf"{_N}\s+{_VOTERS_OF}\s+en\s+exercice",
        rf"\bsur\s+{_N}\s+en\s+exercice",
        rf"\bmembres\s+du\s+conseil\s*[:=]\s*{_N}",
        rf"\bnombre\s+(?:legal\s+|total\s+)?(?:de\s+|d')(?:{_VOTERS_OF})\s*[:=]\s*{_N}",
        rf"\beffectif\s+(?:legal|du\s+conseil)\s*:\s*{_N}",
    ),
    # "présents : 27", "Présents à la séance : 27", "27 membres présents"
    "present": (
        r"\bpresente?s?(?:\s+(?:a\s+la\s+(?:seance|reunion)|au\s+(?:moment\s+du\s+)?vote))?\s*[:=]?\s*"
        rf"{_N}(?!\s*(?:bis|ter|,?\s*rue))",
        rf"{_N}\s+(?:{_VOTERS_OF}\s+)?presents\b",
    ),
    # "votants : 31", "31 votants"
    "voters": (
        rf"\bvotante?s?\s*[:=]?\s*{_N}",
        rf"{_N}\s+(?:{_VOTERS_OF}\s+)?votants\b",
        rf"\bprenant\s+part\s+(?:au|a\s+la)\s+\w+\s*:\s*{_N}",
    ),
    # "Pour : 29", "29 voix « Pour »", "29 pour, 2 contre", a line "Pour 29"
    "for_": (
        rf"\bpour\s*[»\"]?\s*[:=(]{_NO_LIST}\s*{_N}",
        rf"\bpour\s+{_N}(?=\s*[,;]\s*contre\s+\d)",
        rf"{_N}\s+voix\s+[«\"(]?\s*pour\b",
        rf"{_N}\s+[«\"]?\s*pour\s*[»\"]?(?=\s*(?:[,;.)]|et\b|-|/|$)|\s+\d+\s+(?:voix\s+)?contre)",
        rf"{_LINE}(?:voix\s+|votes?\s+)?pour\s+{_N}{_END}",
        rf"\bvotes?\s+pour\s+{_N}",
    ),
    # "Contre : 0", "2 voix contre", "aucune voix contre", a line "Contre 2"
    "against": (
        rf"\bcontre\s*[»\"]?\s*[:=(]{_NO_LIST}\s*{_N}",
        rf"\bpour\s+\d+\s*[,;]\s*contre\s+{_N}",
        rf"{_N}\s+(?:voix\s+)?[«\"(]?\s*contre\b",
        rf"{_LINE}(?:voix\s+)?contre\s+{_N}{_END}",
        r"\b(?P<n>aucune?)\s+(?:voix\s+|vote\s+)?contre\b",
    ),
    # "Abstention(s) : 2", "3 abstentions", "S'abstiennent : 3", a line "Abstention 2"
    "abstentions": (
        rf"\babstentions?\s*(?:\(s\))?\s*[»\"]?\s*[:=(]{_NO_LIST}\s*{_N}",
        rf"{_N}\s+(?:voix\s+)?[«\"(]?\s*abstentions?\b",
        rf"{_LINE}abstentions?\s+{_N}{_END}",
        rf",\s*abstentions?\s+{_N}\s*[.;]",
        rf"\bs'abstien\w+\s*[:(]\s*{_N}",
        r"\b(?P<n>aucune)\s+abstention\b",
    ),
}
_COUNT_PATTERNS = tuple((name, tuple(lazy(p) for p in patterns)) for name, patterns in _COUNTS.items())
_ROW_LABELS = (
    ("members", r"en\s+exercice"),
    ("present", r"presents?"),
    ("voters", r"votants?"),
    ("for_", "pour"),
    ("against", "contre"),
    ("abstentions", r"abstentions?"),
)


def read_votes(pieces: Sequence[Piece]) -> tuple[Votes, list[Line]]:
    """The vote and the attendance as counted on the page; null for every number that is not printed."""
    lines = [line for piece in pieces for line in piece.lines]
    texts = [re.sub(r"[ ]+", " ", fold(line.text)) for line in lines]
    flow = "\n".join(texts)
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 1
    values: dict[str, int] = {}
    used: list[Line] = []
    for name, patterns in _COUNT_PATTERNS:
        for pattern in patterns:
            match = next((m for m in pattern.finditer(flow) if _number_value(m["n"]) is not None), None)
            if match:
                values[name] = _number_value(match["n"]) or 0
                used.extend(
                    line
                    for line, s, t in zip(lines, starts, texts, strict=True)
                    if s < match.end() and s + len(t) > match.start()
                )
                break
    values |= _table_rows(texts)
    return Votes.model_validate({**values, "unanimous": _unanimous(flow)}), used


def _number_value(written: str) -> int | None:
    if written.isdigit():
        return int(written)
    if written.startswith("aucun") or written == "neant":
        return 0
    return number_in_words(written)


def _table_rows(texts: Sequence[str]) -> dict[str, int]:
    """Counts set as a row of labels ("En exercice Présents Votants") over a row of as many numbers."""
    for labels, numbers in zip(texts, texts[1:], strict=False):
        found = sorted((m.start(), name) for name, p in _ROW_LABELS if (m := re.search(rf"\b{p}\b", labels)))
        row = re.fullmatch(r"\W*(\d{1,3}(?:\W+\d{1,3})+)\W*", numbers)
        if len(found) >= 2 and row and len(found) == len(re.findall(r"\d+", numbers)) and not re.search(r"\d", labels):
            return {name: int(n) for (_, name), n in zip(found, re.findall(r"\d+", numbers), strict=True)}
    return {}


def _unanimous(flow: str) -> bool | None:
    """True for "à l'unanimité", False for "à la majorité"; not of the minutes of the session before."""
    bare = re.sub(r"\s+", " ", flow)
    for match in re.finditer(
        r"\bunanim(?:ite|ement)\b|\ba la majorite\b|\bmajorite (?:absolue|des (?:voix|suffrages|membres|"
        r"votants))",
        bare,
    ):
        if re.search(r"\b(?:compte[- ]rendu|proces[- ]verbal|pv|secretaire)\b[^;]{0,120}$", bare[: match.start()]):
            continue
        return match[0].startswith("unanim")
    return None
