"""What the columns of a table hold, told from their heads, and how their cells number what they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from bilan_extract.patterns import lazy
from bilan_extract.segmentation.labels import Heading, Label, Words, as_label, fold, numbered_title

STATUSES = ("realised", "upcoming")
SURE = 0.8  # the judge of labels is believed from this score on
LEVEL = "level word"
_LEVELS = ("ambition", "priority", "engagement")
# "Intitulé", "Nom de l'action", "Libellé de la mesure", "Rappel de l'engagement"
_NAMES = lazy(
    r"(?:intitule|libelle|nom|titre|designation|denomination|rappel|enonce|promesse)s?"
    r"(?: (?:de |du |des )(?:la |l |les )?(?P<of>.+))?"
)
# "Échéance", "Calendrier prévisionnel", "Date de fin"
_TIMES = lazy(r"(?:les? )?(?:echeances?|calendriers?|dates?|delais?|annees?)(?: .*)?")
# "Mesure phare n° 12", "Action prioritaire 3 – Ouvrir …"
_NUMBERED = lazy(
    r"^(?P<word>[^\W\d_][^\d.:;!?]{2,40}?)\s*(?P<sign>\bn\s*[°ºo]\s*\.?\s*)?"
    r"(?P<number>\d{1,3}(?:[.\-]\d{1,2}){0,3}[a-z]?)(?![\w%€])\s*[.:–—|\-]*\s*(?P<title>.*)$",
    re.DOTALL,
)
# "A", "2.", "III)", "n° 4"
_BARE = lazy(r"^(?:n\s*[°ºo]\s*)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z](?:\.?\d{1,2})?)\s*[.):–—-]?$")
# "Éclairer juste (suite)"
GOES_ON = lazy(r"\s*[(\[–—-]\s*suite(?: et fin)?\s*[)\]]?\s*$", re.IGNORECASE)


def level_of(text: str, words: Words) -> str | None:
    """The level that a column's head names: "Objectif", "Mesure phare", "Intitulé de l'action"; None where it names none."""
    folded = fold(text)
    if not folded or len(folded) > 60:
        return None
    whole = words.role_of(folded) or words.role_of(_singular(folded))
    if whole is not None:
        return whole
    named = _NAMES.fullmatch(folded)
    if named is not None:
        return (level_of(named["of"], words) if named["of"] else None) or "engagement"
    parts = folded.split()
    for n in range(min(len(parts) - 1, 3), 0, -1):
        role = words.role_of(" ".join(parts[:n])) or words.role_of(_singular(" ".join(parts[:n])))
        if role is not None:
            return role
    return None


def _singular(folded: str) -> str:
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in folded.split())


def judged_label(text: str) -> Label | None:
    """A status label in words that no profile holds, where the judge of labels is sure of it."""
    from bilan_extract.language.judge import judge_label
    from bilan_extract.segmentation.periods import period_of

    judged = judge_label(text)
    role = {"réalisé": "realised", "à venir": "upcoming"}.get(judged.role or "")
    if role is None or judged.score < SURE:
        return None
    return Label(role, as_label(text), period_of(text), "judged")


def settle(labels: Mapping[int, Label], heads: Mapping[int, str], dated: Collection[int] = ()) -> dict[int, Label]:
    """The columns' roles, given what each head says by itself.

    Of the columns that name a level the last one before the statuses holds the engagements, and those before it the levels
    above, from the bottom up; a head in unknown words holds the engagements where no other does. A column of dates is none
    of what comes next.

    Args:
        labels: by column, what its head says by itself.
        heads: by column, the text of its head.
        dated: columns whose cells hold dates and nothing else.
    """
    out = dict(labels) | _by_year(labels, heads)
    upcoming = [c for c, label in out.items() if label.role == "upcoming"]
    for c in upcoming:
        if _TIMES.fullmatch(fold(heads[c])) and (len(upcoming) > 1 or c in dated):
            out[c] = Label("other", heads[c], None, "a column of dates")
    first = min((c for c, label in out.items() if label.role in STATUSES), default=None)
    if first is None:
        return out
    named = [c for c in sorted(out) if out[c].role in _LEVELS and out[c].rule == LEVEL]
    told = [c for c, label in out.items() if label.role == "engagement" and label.rule != LEVEL]
    own = next((c for c in reversed(named) if out[c].role == "engagement"), None)
    if own is None and not told:
        unknown = [c for c in sorted(heads) if c not in out and c < first]
        own = unknown[-1] if unknown else (named[-1] if named else None)
    if own is not None:
        out[own] = Label("engagement", heads[own], None, LEVEL)
    upper = [c for c in named if c != own and c < (first if own is None else own)]
    for role, c in zip(("priority", "ambition"), reversed(upper), strict=False):
        out[c] = Label(role, heads[c], None, LEVEL)
    for c in upper[:-2]:
        out[c] = Label("other", heads[c], None, "a fourth level")
    for c in named:
        if c != own and c not in upper:  # "Action | Objectif": what the action aims at
            out[c] = Label("engagement", heads[c], None, "told beside the engagement")
    return out


def _by_year(labels: Mapping[int, Label], heads: Mapping[int, str]) -> dict[int, Label]:
    """Columns in unknown words whose year tells: "Exercice 2024" beside "Prévu en 2025" is what was done."""
    from bilan_extract.segmentation.periods import period_of

    known = [label for label in labels.values() if label.role in STATUSES]
    if len({label.role for label in known}) != 1 or known[0].period is None:
        return {}
    (role,), year = {label.role for label in known}, known[0].period.start
    out = {}
    for c, head in heads.items():
        period = None if c in labels else period_of(head)
        if period is None or period.start is None or year is None or period.start.year == year.year:
            continue
        earlier = period.start < year
        if earlier == (role == "upcoming"):
            other = "realised" if role == "upcoming" else "upcoming"
            out[c] = Label(other, head.rstrip(" :"), period, "its year, against the other column's")
    return out


def numbered_cell(text: str, head: str, words: Words) -> Heading | None:
    """The number that a cell begins with, worded or not: "Action 3 – …", "Mesure phare n° 3", "1.2 …"; None for plain text."""
    full = words.heading(text)
    if full is not None and words.role_of(full.word) == "engagement":
        return full
    match = _NUMBERED.match(text.strip())
    if match is not None:
        word = _singular(fold(match["word"]))
        if word == _singular(fold(head)) or (match["sign"] and level_of(word, words) is not None):
            label = text.strip()[: match.end("number")]
            return _from(match["number"], match["title"].strip(), word, label)
    return numbered_title(text)


def _from(number: str, title: str, word: str, label: str) -> Heading | None:
    """A heading from its parts, the number read as `numbered_title` reads it."""
    plain = numbered_title(f"{number.upper()}. Titre")
    return None if plain is None else Heading(word, plain.number, plain.path, label, title)


def level_cell(texts: Sequence[str], head: str, words: Words, join: Callable[[int], str]) -> Heading:
    """The heading that a level's cell holds: word and number, letter or number, or a title alone.

    Args:
        texts: the cell's runs, each in one setting.
        head: the column's own head.
        join: the clean text of the runs from that one on.
    """
    word = fold(head)
    bare = _BARE.match(texts[0].strip())
    found: Heading | None = None
    if bare is not None and len(texts) > 1:
        found = _from(bare["number"], join(1), word, texts[0].strip().rstrip(".):–—- "))
    whole = join(0)
    if found is None:
        full = words.heading(whole)
        found = full if full is not None and full.path else numbered_cell(whole, head, words)
        if found is not None and found.word is None:
            found = Heading(word, found.number, found.path, found.label, found.title)
    if found is None:
        found = Heading(word, None, (), "", whole)
    return Heading(found.word, found.number, found.path, found.label, GOES_ON.sub("", found.title).strip())
