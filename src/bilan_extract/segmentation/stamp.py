"""The prefecture's stamp: what it says, which words are its own, and whether its identifier holds together.

Stamps are laid over the page by the transmission service, so their lines may stand between or across the page's own
("Publié le" with a running head in the place of the date). A date is read only where it follows its label at once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bilan_extract.document import Line, Word, union
from bilan_extract.language.plain_dates import find_days, fold
from bilan_extract.patterns import lazy
from bilan_extract.plan import Transmission

NATURES = {
    "DE": "délibération",
    "AR": "arrêté réglementaire",
    "AI": "arrêté individuel",
    "CC": "contrat, convention, avenant",
    "BF": "document budgétaire et financier",
    "AU": "autre",
}
"""Natures of acts as the transmission services write them at the end of an identifier."""

# "073-217300193-20250227-2025_12-DE", broken over lines only behind a hyphen
_ID = lazy(
    r"(?<![\w-])(?P<department>\d{3}|\d\d|0?2[ab])-\s?(?P<siren>\d{9}(?:\d{5})?)-\s?(?P<date>\d{8})-\s?"
    r"(?P<number>[\w.°/-]{1,40}?)\s?-\s?(?P<nature>[a-z]{2})(?![\w])(?:-\d-\d)?"
)
_DATE = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}(?:er)?\s+[a-z]+\.?\s+\d{4}"
_PREFECTURE = r"(?:(?:sous[- ])?pref(?:ecture|et)|controle\s+de\s+legalite|representant\s+de\s+l'etat)"
_TO_PREFECTURE = rf"(?:en|a\s+la|au|par\s+le|par\s+la|aupres\s+de\s+la)?\s*{_PREFECTURE}"
_LABEL_END = r"\s*,?\s*(?:le|du|:|en\s+date\s+du)?\s*:?\s*"

# "Envoyé en préfecture le 16/12/2024", "Date de télétransmission : 05/07/2024", "Transmis au contrôle de légalité le …"
_SENT = (
    rf"(?:(?:tele)?trans(?:mise?|mission)|envoye?e?|envoi|depot|deposee?)\s+{_TO_PREFECTURE}|"
    rf"(?:date\s+de\s+)?teletransmi(?:se?|ssion)"
)
# "Reçu en préfecture le …", "Date de réception préfecture : …", "Réception par le préfet : …", "Reçu le …",
# "AR CONTROLE DE LEGALITE : 073-…-DE en date du …"
_RECEIVED = (
    rf"(?:date\s+de\s+)?(?:recue?|reception)\s+(?:de\s+l'\s?ar\s+)?{_TO_PREFECTURE}|recue?(?=\s+le\s+\d)|"
    r"date\s+de\s+reception(?:\s+de\s+l'\s?ar)?(?=\s*:)|"
    rf"ar[\s-]+{_PREFECTURE}\s*:\s*\S+(?=\s+en\s+date\s+du)"
)
# "Publié le …", "Affiché le …", "Publication : …", "Mis en ligne le …", "publication ou notification du …"
_PUBLISHED = (
    r"(?:date\s+de\s+)?(?:publiee?(?:\s+sur\s+(?:le\s+)?site(?:\s+internet)?)?|publication(?:\s+(?:et|ou|/)\s*(?:affichage|notification))?|mise?\s+en\s+ligne)"
    r"|(?:date\s+d')?affich(?:ee?|age)"
)
_FIELDS = {
    name: lazy(rf"\b(?:{label}){_LABEL_END}(?P<date>{_DATE})")
    for name, label in (("sent_on", _SENT), ("received_on", _RECEIVED), ("published_on", _PUBLISHED))
}

# what no other text of a page says: a stamp is there
_SURE = lazy(
    rf"\b(?:envoye\s+en\s+{_PREFECTURE}|recu\s+en\s+{_PREFECTURE}|date\s+de\s+reception\s+"
    rf"(?:de\s+l'\s?ar\s+)?(?:en\s+)?{_PREFECTURE}|"
    rf"accuse\s+de\s+reception\s+(?:(?:en\s+)?{_PREFECTURE}|-\s+(?:ministere\s+de\s+l'interieur|prefecture))|"
    rf"ar[\s-]+{_PREFECTURE}|"
    rf"(?m:^)\W*(?:acte\s+)?(?:{_SENT})\s+le\s+(?={_DATE})|"
    rf"date\s+de\s+teletransmission|envoi\s+{_PREFECTURE}|reception\s+par\s+le\s+prefet|"
    rf"(?:acte\s+(?:certifie\s+|rendu\s+)|(?:accuse\s+)?certifie\s+|rendu\s+)executoire(?:\s+"
    rf"(?:par\s+[^.;]{{1,40}}?\s)?(?:apres|compte\s+tenu)[^.;]{{1,60}}?{_PREFECTURE})?)"
    rf"{_LABEL_END}(?:{_DATE})?|{_ID.pattern}"
)
# what belongs to a stamp only beside one
_BESIDE = lazy(
    rf"\b(?:{_PUBLISHED}|{_RECEIVED}|{_SENT}){_LABEL_END}(?:{_DATE})?|\bid\s*:(?=\s|$)|\bid\b(?=\s*:)|"
    rf"\bet\s+(?:de\s+(?:[sl]a\s+)?)?(?:publication|affichage|notification)(?:\s+le)?\s*:?\s*(?:{_DATE})?|"
    r"\b(?:berger[- ]levrault|s[2²]lo(?:w)?|slo(?:w)?)\b(?:\s*\(\d+\))?|\b\d{3}-\d{9}-(?=\s|$)|"
    r"\bidentifiant\s+(?:unique\s+)?de\s+l'\s?acte\s*:?|\bou\s+notification(?:\s+(?:le|du))?\s*:?\s*"
    rf"(?:{_DATE})"
)
_NEAR = 60.0  # points between a stamp's lines: stamps are some four lines of 8 to 12 points


@dataclass(frozen=True, slots=True)
class StampId:
    """An act's identifier, part by part; a part that fails its check is None and named in ``problems``.

    Attributes:
        department: three characters as printed ("029", "02A", "974").
        siren: nine digits that pass the Luhn check.
        date: day of the act.
        number: the collectivity's own number of the act, as printed.
        nature: two capital letters, a key of NATURES.
        problems: one French sentence for each part that fails.
    """

    department: str | None
    siren: str | None
    date: dt.date | None
    number: str | None
    nature: str | None
    problems: tuple[str, ...] = ()


def parse_stamp_id(identifier: str) -> StampId:
    """The parts of "073-217300193-20250227-2025_12-DE", each checked. Never raises and never guesses."""
    match = _ID.fullmatch(fold(identifier.strip()))
    if match is None:
        return StampId(None, None, None, None, None, (f"identifiant de télétransmission illisible : {identifier!r}",))
    part = {name: re.sub(r"\s", "", identifier.strip()[slice(*match.span(name))]) for name in match.groupdict()}
    problems: list[str] = []

    def checked(ok: bool, name: str, why: str) -> str | None:
        if not ok:
            problems.append(f"{why} : {part[name]!r}")
        return part[name] if ok else None

    department = checked(_is_department(part["department"]), "department", "département inconnu")
    siren = checked(passes_luhn(part["siren"]), "siren", "clé du numéro SIREN fausse")
    written = part["date"]
    try:
        date = dt.date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        date = None
        checked(False, "date", "date impossible")
    nature = checked(part["nature"].upper() in NATURES, "nature", "nature d'acte inconnue")
    return StampId(department, siren, date, part["number"], nature and nature.upper(), tuple(problems))


def _is_department(code: str) -> bool:
    """True for a French department or overseas collectivity, "29" or "029", "2A" or "02A"."""
    code = code.upper()
    if len(code) == 3 and code[0] == "0":
        code = code[1:]
    if code in ("2A", "2B"):
        return True
    if len(code) == 2 and code.isdigit():
        return 1 <= int(code) <= 95 and code != "20"
    return code in {"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"}


def passes_luhn(digits: str) -> bool:
    """True where the last digit is the check digit of the others, as in a SIREN or SIRET."""
    if not re.fullmatch(r"[0-9]+", digits):
        return False
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def read_stamp(source: str | Iterable[Line]) -> Transmission | None:
    """What the stamp says, or None where there is none. The first identifier and the first date of each label count."""
    text = source if isinstance(source, str) else "\n".join(line.text for line in source)
    folded = fold(text)
    if not _SURE.search(folded):
        return None
    match = _ID.search(folded)
    identifier = re.sub(r"\s", "", text[match.start() : match.end()]) if match else None
    return Transmission(id=identifier, **{name: _first_date(text, folded, name) for name in _FIELDS})


def _first_date(text: str, folded: str, field: str) -> dt.date | None:
    for match in _FIELDS[field].finditer(folded):
        days = find_days(re.sub(r"\s*([/.-])\s*", r"\1", text[slice(*match.span("date"))]))
        if days:
            return days[0].date
    return None


def stamp_words(words: Sequence[Word]) -> tuple[int, ...]:
    """Positions in ``words`` (those of one page) that belong to the stamp, ascending; none where there is no stamp.

    The stamp's phrases are looked for in the order given, in content-stream order, and among the words of one font and
    size read line by line, since a stamp is set apart by at least one of these even where it overprints other lines.
    """
    found: set[int] = set()
    for order in _orders(words):
        found |= set(_matching(words, order, _SURE))
    if not found:
        return ()
    for _ in range(3):  # each line of the stamp brings the next within reach
        before = len(found)
        for order in _orders(words):
            found |= {i for span in _spans(words, order, _BESIDE) if _beside(words, order, span, found) for i in span}
        if len(found) == before:
            break
    return tuple(sorted(found))


def _orders(words: Sequence[Word]) -> Iterator[list[int]]:
    everything = list(range(len(words)))
    yield everything
    yield sorted(everything, key=lambda i: words[i].index)
    styles: dict[tuple[str, float], list[int]] = {}
    for i in everything:
        styles.setdefault((words[i].font, round(words[i].size, 1)), []).append(i)
    for group in styles.values():
        if len(styles) > 1:
            yield group
        yield sorted(group, key=lambda i: (round(words[i].bottom), words[i].x0))


def _spans(words: Sequence[Word], order: Sequence[int], pattern: re.Pattern[str]) -> Iterator[tuple[int, ...]]:
    text, starts = "", []
    for i in order:
        starts.append(len(text))
        text += fold(words[i].text) + " "
    for match in pattern.finditer(text):
        end = match.start() + len(match[0].rstrip())
        yield tuple(
            i for i, at in zip(order, starts, strict=True) if at < end and at + len(words[i].text) > match.start()
        )


def _matching(words: Sequence[Word], order: Sequence[int], pattern: re.Pattern[str]) -> Iterator[int]:
    for span in _spans(words, order, pattern):
        yield from span


def _beside(words: Sequence[Word], order: Sequence[int], span: tuple[int, ...], found: set[int]) -> bool:
    """True where the phrase stands at a stamp word: near on the page, or next to one in a text without boxes."""
    if not span or found.issuperset(span):
        return False
    if any(words[i].x1 > words[i].x0 for i in span):
        left, top, right, bottom = union(words[i].box for i in span)
        size, read = words[span[0]].size, words[span[0]].confidence is not None
        near = 0.5 * size if read else 0.6  # small print is measured badly on a picture
        like = [words[i] for i in found if abs(words[i].size - size) < near]
        return any(
            w.top < bottom + _NEAR and w.bottom > top - _NEAR and w.x0 < right + _NEAR and w.x1 > left - _NEAR
            for w in like
        )
    places = {i: n for n, i in enumerate(order)}
    return any(abs(places[i] - places[j]) <= 2 for i in (span[0], span[-1]) for j in found if j in places)


def is_stamp_line(text: str) -> bool:
    """True for a line that is the stamp's and nothing else's."""
    folded = fold(text).strip()
    match = _SURE.match(re.sub(r"^id\s*:?\s*", "", folded))
    if match is not None and match.end() >= 0.6 * len(folded):
        return True
    return _BESIDE.fullmatch(folded) is not None and bool(re.search(r"\d{4}|\bid\b|-$|prefecture", folded))
