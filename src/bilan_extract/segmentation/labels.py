"""What a short text says it is: a heading of a level, a status label, or nothing we have words for.

Judges the words alone. Whether the page sets them off as a heading or label is for `styles` and `marking` to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bilan_extract.patterns import lazy
from bilan_extract.plan import Period
from bilan_extract.profile import Profile, any_of
from bilan_extract.segmentation.periods import period_of

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_ORDINALS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5,
    "sixieme": 6, "septieme": 7, "huitieme": 8, "neuvieme": 9, "dixieme": 10,
}  # fmt: skip
_DASHES = "-–—:.|•·/»>"
# "en 2024", "(2023-2024)", "de l'année 2024", "pour 2025", "au 31 décembre 2024", "2024/2025", "T1 2025", "depuis 2023"
_YEARS = lazy(
    r"\b(?:(?:en|de|pour|depuis|au titre de|au cours de|sur|fin|debut|des|d ici|horizon|a l horizon|dans|jusqu en|et) )?"
    r"(?:l )?(?:(?:annee|annees|exercice|saison|periode|rentree|mandat|semestre|trimestre|fin|debut) )?"
    r"(?:(?:le|la|les|au|du) )?(?:\d{1,2} )?(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|"
    r"decembre )?(?:19|20)\d\d(?: (?:a |et |au )?(?:19|20)?\d\d)?(?: et (?:apres|au dela))?\b"
)
# "… pour tout le volet", "… de l'axe", "… aussi"
_LEVELS = (
    "volet|axe|priorite|objectif|orientation|ambition|defi|theme|thematique|plan|chapitre|levier|enjeu|pilier|cap|mission|partie|"
    "domaine|programme"
)
_SCOPE = lazy(
    r"(?:\s+actions?)?\s*(?:\b(?:communs?|communes?) (?:a|au|aux) |\bpour |\bde |\bdu |\bsur |\ba )"
    r"(?:tout|toute|toutes|l ensemble|la|le|l|cet|cette|ce)?\b.*"
    rf"\b(?:{_LEVELS})s?(?: [\divx]+| [a-h])*$"
    r"|(?:\s+d autres?)?\s+pour (?:l ensemble|tout|toute|toutes|tous) (?:du |de la |de l |des |le |la |l |les )?"
    r"\w+(?: \w+){0,3}$"
    r"|\s+(?:aussi|egalement|encore|deja|transversales?|communes?|generales?|actions communes)$"
)
# nothing that lacks these ends in what it holds for
_MAY_HAVE_SCOPE = lazy(
    rf"(?:{_LEVELS})s?(?: [\divx]+| [a-h])*$|pour |(?:aussi|egalement|encore|deja|transversales?|communes?|generales?)$"
)
# "Pour l'ensemble de la partie II.2, …"
_OPENING_SCOPE = lazy(
    rf"^(?:pour|dans|sur) (?:l ensemble|tout|toute|toutes|tous) (?:de |du |des )?(?:la |le |l |les )?"
    rf"(?:{_LEVELS})s?(?: [\divx]+| [a-h])*\s+"
)
# "Actions communes à toute la priorité", "Bilan de l'axe", "Réalisations transversales"
_WHOLE = lazy(
    r"\b(?:toute?s?|ensemble|communes?|transvers\w*|generale?s?|global\w*)\b.*"
    rf"\b(?:{_LEVELS})\b"
    rf"|\b(?:de|pour|sur) (?:la |l |le |cette |cet |ce )(?:{_LEVELS})\b"
    rf"|\bdu (?:{_LEVELS})\b|\bau (?:defi|theme|volet|levier|enjeu|chapitre|pilier|cap)\b"
    r"|^(?:actions? )?transvers\w*\b|\bpour (?:l ensemble|tout|toute|toutes|tous) (?:du |de la |de l |des |le |la |l |les )?\w+"
)
_SPACES, _DIGIT = lazy(r"\s+"), lazy(r"\d")
_JOINTS, _OTHERS = lazy(r"[’‘'´`‐‑–—\-_/]"), lazy(r"[^\w✔✓☑✅⏳➜➔☐▢🔜% ]+")
_MARKS = lazy(r"^(?:✔|✓|☑|✅|⏳|➜|➔|☐|▢|🔜)\s+(?=\w)")
# what a label may begin and end with without saying more: "• …", "… en"
_ENDS = lazy(r"^[^\w✔✓☑✅⏳➜➔☐▢🔜]+|\s+(?:en|de|pour|depuis|au|a|fin|le)$")
_LEADING_MARK = lazy(r"^[^\w(«\"']+\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a level: "Priorité 3 : Favoriser l'accès" gives word "priorite", number 3, path (3,), title.

    ``label`` is what was written before the title; ``number`` None where there is none or a letter.
    """

    word: str | None
    number: int | None
    path: tuple[str, ...]
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label that opens a box, column, cell or section.

    ``role``: "realised", "upcoming", "engagement", "focus", "other" or "contents"; ``rest`` is text after a colon on
    the same line.
    """

    role: str
    text: str
    period: Period | None
    rule: str


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and hyphens as spaces, other punctuation dropped, single spaces."""
    text = text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("æ", "ae"))
        text = "".join([c for c in text if c < "\u0300" or unicodedata.category(c) != "Mn"])
    text = _JOINTS.sub(" ", text)
    text = _OTHERS.sub(" ", text)
    return _SPACES.sub(" ", text).strip()


# "✔ Fait en 2024", "➢ Bilan :"
_LABEL_MARK = lazy(r"^[^\w(«\"'’]{1,2}\s+(?=\w)")


def as_label(text: str) -> str:
    """A label without the mark in front of it and the colon, stop or dash that leads over to its text."""
    bare = text.strip()
    return re.sub(r"[\s:–—-]+$|(?<!\.)\.(?:\s*[–—-])?$", "", _LABEL_MARK.sub("", bare)) or bare


def holds_for_all(text: str) -> bool:
    """Whether a label says that it holds for all of a level ("Bilan de l'axe", "Actions communes à la priorité")."""
    return _WHOLE.search(fold(text)) is not None


class Words:
    """The profile's words, compiled once; ``extra`` are level words that the document itself taught us."""

    def __init__(self, profile: Profile, extra: Sequence[str] = ()) -> None:
        self.profile = profile
        self._levels: dict[str, str] = {}
        for role, words in (
            ("ambition", profile.levels.ambition),
            ("priority", profile.levels.priority),
            ("engagement", profile.levels.engagement),
        ):
            for word in words:
                self._levels[fold(word)] = role
        spellings = sorted({*self._levels, *extra}, key=len, reverse=True)
        spelled = "|".join(re.escape(w).replace(r"\ ", r"[\s\-’']+") for w in spellings)
        number = (
            r"(?:n\s*[°ºo]?\s*\.?\s*)?"
            r"(?P<number>\d{1,3}(?:[.\-]\d{1,2}){0,3}(?:[.\-]?[a-z])?|[ivx]{1,5}|[a-h](?:[.\-]?\d{1,2}){0,2})\b"
        )
        # "Axe 2 – Se loger", "ACTION N° 3.1", "Objectif II.", "Priorité 4", "Mesure A1 :"
        self._numbered = re.compile(rf"^(?P<word>{spelled})\s*{number}\.?(?P<rest>.*)$", re.DOTALL)
        # "Défi : se déplacer", "Chantier – Le guichet unique"
        self._bare = re.compile(rf"^(?P<word>{spelled})\s*[:–—|\-]\s*(?P<rest>\S.*)$", re.DOTALL)
        # "Deuxième ambition : accompagner"
        self._ordinal = re.compile(rf"^(?P<number>{'|'.join(_ORDINALS)})\s+(?P<word>{spelled})\b(?P<rest>.*)$", re.DOTALL)
        # "3 priorités :", "Quatre objectifs"
        self._announced = re.compile(
            rf"^(?:\d{{1,2}}|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|les|nos)\s+(?:{spelled})s?\b[^.]{{0,30}}:?\s*$"
        )
        self._labels = {
            role: re.compile(any_of(patterns))
            for role, patterns in (
                ("realised", profile.labels.realised),
                ("upcoming", profile.labels.upcoming),
                ("engagement", profile.labels.engagement),
                ("focus", profile.labels.focus),
                ("contents", profile.labels.contents),
                ("other", profile.labels.other),
            )
            if patterns
        }
        self.label = lru_cache(maxsize=4096)(self._label)
        self.heading = lru_cache(maxsize=4096)(self._heading)

    def role_of(self, word: str | None) -> str | None:
        """The level that a heading's word stands for: "ambition", "priority", "engagement" or None."""
        return self._levels.get(word or "")

    def announces(self, text: str) -> bool:
        """Whether a line announces a list of headings ("3 priorités :")."""
        return bool(self._announced.match(_light(text)))

    def _heading(self, text: str) -> Heading | None:
        text = _LEADING_MARK.sub("", text.strip())
        light = _light(text)  # same length as text, so that offsets carry over
        if len(light) != len(text):
            return None
        for pattern in (self._numbered, self._ordinal, self._bare):
            match = pattern.match(light)
            if match is None:
                continue
            number = match.groupdict().get("number")
            rest = text[match.start("rest") :]
            if pattern is self._numbered and not _title_may_follow(rest, text[match.start("number") : match.end("number")]):
                continue
            if pattern is self._ordinal and not (text[:1].isupper() and (not rest.strip() or rest.strip()[0] in _DASHES)):
                continue  # "second cap organise …": the middle of a sentence
            label = text[: match.start("rest")].strip().rstrip(_DASHES + " ")
            if pattern is self._bare:
                label = text[: match.end("word")]
            path = _path(number)
            title = rest.strip().lstrip(_DASHES + " ").strip()
            return Heading(fold(match["word"]), _number(path), path, label, title)
        return None

    def _label(self, text: str) -> Label | None:
        text = text.strip()
        if not text or len(text) > 90:
            return None
        folded = fold(text)
        bare = _SPACES.sub(" ", _YEARS.sub(" ", folded)).strip() if _DIGIT.search(folded) else folded
        bare = _ENDS.sub("", bare).strip()
        if not bare:
            return None
        full = bare
        bare = _OPENING_SCOPE.sub("", bare)
        if _MAY_HAVE_SCOPE.search(bare):
            bare = _SCOPE.sub("", bare)
        bare, full = _MARKS.sub("", bare), _MARKS.sub("", full)
        # "Réalisations – actions communes à l'objectif"
        head, dash, rest = _parted_by_dash(text)
        if dash and holds_for_all(rest):
            label = self._label(head)
            if label is not None and label.role in ("realised", "upcoming"):
                return Label(label.role, as_label(text), period_of(text), f"{label.rule}, for all of a level")
        if self._levels.get(bare) == "ambition" and period_of(text) is None:
            return None  # "Cap" is a level; "Cap sur 2025" says what comes next
        for role, pattern in self._labels.items():
            if pattern.fullmatch(bare if role in ("realised", "upcoming") else full):
                return Label(role, as_label(text), period_of(text), f"{role} words")
        head, colon, rest = text.partition(":")
        if colon and rest.strip() and len(rest) < 50:
            label = self._label(head)
            if label is not None and label.role in ("realised", "upcoming"):
                return Label(label.role, text, period_of(text), f"{label.rule} before a colon")
        return None


@lru_cache(maxsize=8)
def words_of(profile: Profile) -> Words:
    """The words of a profile without any that a document teaches: the same for all documents, so compiled once."""
    return Words(profile)


def _parted_by_dash(text: str) -> tuple[str, str, str]:
    """What stands before a dash between spaces or a comma, that mark and what stands after it, as `str.partition` has it."""
    match = re.search(r"\s[–—-]\s|,\s", text)
    return (text, "", "") if match is None else (text[: match.start()], match[0], text[match.end() :])


# "2.1.3 Rénover", "4) Mobilités", "III – Agir", "I.2 Replanter", "B. Se nourrir", "A1 Donner", "a) Ouvrir",
# "1a Ouvrir" (not "2e Salon")
_WORDLESS = lazy(
    r"^(\d{1,2}(?:\.\d{1,2}){0,3}(?:[a-dfg]|e(?=\s*[.)–—:\-]))?|[IVX]{1,5}(?:\.\d{1,2}){0,2}|[A-H](?:[.\-]?\d{1,2}){0,2}|"
    r"[a-h](?=\s?\)))(?:\s*[.)–—:\-]+\s*|\s+)(?=\S)(.{3,})$",
    re.DOTALL,
)


def numbered_title(text: str) -> Heading | None:
    """A heading that has a number and no word: "1.2 Se loger", "II. Bouger", "A – Produire"; None for anything else."""
    # "2.1.3 Rénover", "4) Mobilités", "III – Agir", "B. Se nourrir"
    match = _WORDLESS.match(text.strip())
    if match is None or not re.match(r"[A-ZÀ-ÖØ-Þ«\"'’]|\d+ ", match[2]):
        return None
    if re.fullmatch(r"[IVX]{1,5}|[A-H]", match[1]) and not re.match(r"^\S+\s*[.)–—:\-]", text.strip()):
        return None
    path = tuple(re.findall(r"\d+|[a-z]+", match[1].lower()))
    return Heading(None, _number(path), path, match[1], match[2].strip())


def only_scope(text: str) -> bool:
    """Whether a text says nothing but years and what they hold for."""
    bare = re.sub(r"\s+", " ", _YEARS.sub(" ", fold(text))).strip()
    return not _SCOPE.sub("", " " + bare).strip()


def _light(text: str) -> str:
    """Lower case without accents, every character for one: offsets stay those of the text."""
    return text.lower() if text.isascii() else text.translate(_LIGHT)


class _Lighter(dict[int, str]):
    """What each letter met becomes; there are few of them."""

    def __missing__(self, code: int) -> str:
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        light = base if len(base) == 1 else chr(code)
        if len(self) < 4096:
            self[code] = light
        return light


_LIGHT = _Lighter()


def _title_may_follow(rest: str, number: str) -> bool:
    """After "Axe 2": nothing, a dash or colon, or a title; not the rest of a sentence ("Action 3 et suivantes")."""
    if number[0].isalpha() and (not number[0].isupper() or rest.startswith(("’", "'"))):
        return False  # "levier d'inclusion", "objectif à"
    rest = rest.strip()
    if not rest or rest[0] in _DASHES or rest[0] == "(":
        return True
    return rest[0].isupper() or rest[0] in "«\"“’'"


def _path(number: str | None) -> tuple[str, ...]:
    if number is None:
        return ()
    if number in _ORDINALS:
        return (str(_ORDINALS[number]),)
    return tuple(p for p in re.split(r"[.\-]", number) if p)


def _number(path: tuple[str, ...]) -> int | None:
    """The last component of a number as an integer; Roman numerals are read; letters are no number."""
    if not path:
        return None
    last = path[-1]
    if last.isdigit():
        return int(last)
    if last in _ROMAN and not (len(last) == 1 and last in "cd"):
        return _ROMAN[last]
    digits = re.fullmatch(r"[a-z](\d{1,2})", last)
    return int(digits[1]) if digits else None
