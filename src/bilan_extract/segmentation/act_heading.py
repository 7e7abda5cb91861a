"""An act's heading: its number, its object, and the collectivity whose act it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bilan_extract.document import Line
from bilan_extract.language.plain_dates import fold
from bilan_extract.patterns import lazy
from bilan_extract.segmentation.act_lines import ASSEMBLY, OBJECT, Piece, number_of, pieces_of
from bilan_extract.segmentation.act_pages import REPORT_FIELDS
from bilan_extract.segmentation.act_signing import PERSON
from bilan_extract.segmentation.reported_claims import Join

_TITLE_WORDS = lazy(
    r"\b(?:bilan|rapport\s+(?:annuel|relatif|sur|d'activite|de\s+situation)|approbation|presentation|adoption|"
    r"avancement|perspectives|suivi|"
    r"plan|programme|strategie|schema|agenda|pacte|etape|evaluation)\b"
)
# a page's heading that names the office, never the act
_LETTERHEAD = lazy(
    r"^\W*(?:republique\s+francaise|liberte\b|departement\s+(?:de|du|d')|region\b|communes?\s+(?:de|du|d'|des)|"
    r"villes?\s+(?:de|du|d'|des)|mairie|canton|arrondissement|"
    r"communaute\b|metropole|eurometropole|collectivite|syndicat|conseil\b|assemblee|commission|bureau|extrait|"
    r"registre|deliberations?\b|"
    r"seance|session|reunion|direction\b|pole\b|services?\b|secretariat|rapporteur|rapport\s*(?:n\b|n°|:|"
    r"du\s+president|de\s+(?:m\.|mme|monsieur|madame|la\s+presidente)|$)|annexes?\b|"
    r"territoire|epci|hotel\s+d|place\b|rue\b|\d{5}\s|tel\b|www|http|proces|compte|dossier|nomenclature|"
    r"matiere|domaine|thematique|"
    r"classification|ordre\s+du\s+jour|point\s+n|affaire|pleniere|politique\s*:|mission\s*:|programme\s*:|\d+"
    r"\s*(?:eme|e|er|ere)\s+(?:commission|reunion|session))"
)


def head_lines(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces before the act begins to argue: heading, opening, attendance, object."""
    out: list[Piece] = []
    for piece in pieces:
        text = fold(piece.lines[0].text)
        if piece.role in ("basis", "considering", "decision", "article"):
            break
        if re.match(
            r"^\W*(?:monsieur|madame|m\.|mme)\b.{3,80}\b(?:expose|rappelle|rapporte|presente|informe|indique|"
            r"donne)",
            text,
        ):
            break
        out.append(piece)
    return out


# "Rapport n° AP-2025-03-21": the act's own number where nothing else is; not "Rapport n° 8", a place in the agenda
_REPORT_NUMBER = lazy(
    r"^\W*(?:rapport|dossier|affaire|decision)\s*(?:n\s?[°º]|numero|:)+\s*(?P<number>(?=[\w./-]*\d\d)[\w]+[-_./][\w./-]*\d)"
)


def act_number(head: Sequence[Piece]) -> tuple[str | None, list[Line]]:
    """The act's number as printed over it, that of its report where it has no other; and the line it stands on."""
    lines = [line for piece in head for line in piece.lines if piece.role != "stamp"]
    if found := number_of(lines):
        return found[0], [found[1]]
    for line in lines:
        if match := _REPORT_NUMBER.match(fold(line.text)):
            return line.text[slice(*match.span("number"))], [line]
    return None, []


def before_prose(lines: Sequence[Line]) -> list[Piece]:
    """A report's heading: its lines up to the first that is set as running text."""
    out: list[Piece] = []
    for piece in pieces_of(lines):
        text = " ".join(line.text for line in piece.lines)
        if len(text.split()) > 40 and not text.isupper():
            break
        out.append(piece)
    return out


def act_title(head: Sequence[Piece], number_lines: Sequence[Line], join: Join) -> tuple[str | None, list[Line]]:
    """The act's object: behind "Objet :", else behind or beside the number, else the heading that stands out."""
    for piece in head:
        if piece.role == "object":
            lines = [*piece.lines]
            match = OBJECT.match(fold(join(lines)))
            text = join(lines)[match.end() :] if match else ""
            if not text.strip():
                lines = _following(head, piece)
                text = join(lines)
            if text.strip():
                return _one_line(text), lines
    groups = _title_groups(head, number_lines)
    if not groups:
        return None, []
    best = max(groups, key=lambda g: g[0])
    if best[0] <= 0:
        return None, []  # lines of prose that stand in the heading
    lines = best[1]
    number = number_of(lines[:1])
    text = join(lines)
    if number is not None:
        behind = text.find(number[2]) if number[2] else -1
        text = text[behind:] if behind >= 0 else join(lines[1:])
    return (_one_line(text) or None), list(lines)


def _following(head: Sequence[Piece], piece: Piece) -> list[Line]:
    at = next(i for i, p in enumerate(head) if p is piece) + 1
    return list(head[at].lines) if at < len(head) and head[at].role == "text" else []


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" :–—-").strip()


def _title_groups(head: Sequence[Piece], number_lines: Sequence[Line]) -> list[tuple[float, list[Line]]]:
    """Groups of heading lines that may be the title, each with what speaks for it."""
    groups: list[list[Line]] = []
    flow = [(piece.role, line) for piece in head for line in piece.lines]
    numbered = {id(line) for line in number_lines}
    open_group = False
    places: dict[int, int] = {}
    for place, (role, line) in enumerate(flow):
        places[id(line)] = place
        if not _may_be_title(role, line, id(line) in numbered):
            open_group = False
            continue
        last = groups[-1][-1] if open_group else None
        if last is not None and not _parts_titles(last, line):
            groups[-1].append(line)
        else:
            groups.append([line])
        open_group = True
    at = [places[id(line)] for line in number_lines if id(line) in places]
    return [(_title_score(group, places, at, head), group) for group in groups]


def _may_be_title(role: str, line: Line, numbered: bool) -> bool:
    text = fold(line.text)
    if numbered:
        return bool(_number_rest(line))
    if role in ("stamp", "rest", "votes", "closing", "opening", "attendance", "object"):
        return False
    if not re.search(r"[^\W\d_]{3}", text) or PERSON.match(line.text) and not line.text.isupper():
        return False
    if role == "assembly" or ASSEMBLY.match(text) or _is_collectivity(line):
        return False
    return not (_LETTERHEAD.match(text) and not _TITLE_WORDS.search(text)) and not REPORT_FIELDS.match(text)


def _number_rest(line: Line) -> str:
    found = number_of([line])
    rest = found[2] if found else ""
    folded = re.sub(r"^\W*(?:(?:du|de\s+la|de)\s+|de\s+l')?", "", fold(rest))
    if _LETTERHEAD.match(folded) and not _TITLE_WORDS.search(folded):
        return ""  # "Délibération n° 2023-12 – Séance du 4 mai 2023"
    return rest if re.search(r"[^\W\d_]{4}", rest) else ""


def _parts_titles(last: Line, line: Line) -> bool:
    if last.page != line.page:
        return True
    if line.bottom <= line.top:
        return last.text.isupper() != line.text.isupper() and last.text.isupper()
    return (
        line.bold != last.bold
        or abs(line.size - last.size) > 0.2 * max(line.size, last.size)
        or line.top - last.bottom > 1.6 * (line.bottom - line.top)
        or line.top < last.top - 2
    )


def _title_score(
    group: Sequence[Line], places: Mapping[int, int], numbered: Sequence[int], head: Sequence[Piece]
) -> float:
    text = " ".join(line.text for line in group)
    if any(re.fullmatch(rf"\W*{pattern}{_LINK}{_PLACE}\W*", text) for _, pattern in _LEVELS):
        return 0.0  # "Département" over "du Val-d'Aronne": whose act it is
    score = 2.0 * bool(_TITLE_WORDS.search(fold(text))) + bool(text.isupper()) + 1.0 * all(line.bold for line in group)
    first, last = places[id(group[0])], places[id(group[-1])]
    if any(first - 2 <= at <= last + 1 for at in numbered):
        score += 3
    score += 0.5 * (4 <= len(text.split()) <= 45)
    score -= 3 * bool(re.match(r"\W*[a-zà-ÿ]", text)) + 3 * bool(
        re.search(r"\b(?:est|sont)\s+(?:adopte|approuve)", fold(text))
    )
    score -= 2 * (len(text.split()) < 2) + 2 * text.rstrip().endswith((",", ";")) + 2 * (len(text.split()) > 60)
    return score


# a line's next words on a heading set as one text: "Département de la Dore Délibération M2023-12 Séance du …"
_NO_PLACE = (
    r"(?!(?i:d[ée]lib[ée]rations?|s[ée]ance|r[ée]union\s+(?:du|ordinaire|de)|extrait|registre|objet|rapport|conseil|"
    r"assembl[ée]e|commission|r[ée]publique|arr[êe]t[ée]|proc[èe]s|pr[ée]sidente?|consid[ée]rant|vue?s?|article|"
    r"soci[ée]t[ée])\b)(?![\w’'-]*\d)"
)
_CAPITAL = rf"{_NO_PLACE}[A-ZÀ-ÖØ-Þ][\w’'À-ÿ-]*"
_SMALL = r"(?:de|du|des|la|le|les|sur|sous|en|et|lès|lez|aux?|à)"
_PLACE = rf"(?:[dlDL][’']\s?)?{_CAPITAL}(?:\s+(?:{_SMALL}\s+|[dl][’'])*{_CAPITAL})*"
_LINK = (
    r"(?:(?:de|du|des|DE|DU|DES|De|Du|Des)\s+(?:(?:la|La|LA)\s+|[lL][’']\s?|(?:les|le)\s+)?|"
    r"[dD][’']\s?(?:[Uu]ne\s+)?)?"
)
# what a joint board is for: "Syndicat d'énergie des Monts d'Ambre", "Syndicat mixte pour la collecte des déchets du Val"
_TASK = r"(?:(?:pour|de|du|des|et|d[’'])\s*(?:(?:la|le|les)\s+|l[’']\s?)?[a-zà-ÿ][a-zà-ÿ’'-]*\s+)"
_LEVELS: tuple[tuple[str, str], ...] = (
    ("municipal", r"(?i:commune|ville)\s+"),
    ("group", rf"(?i:communaut[ée]\s+d[’']\s?agglom[ée]ration|communaut[ée]\s+de\s+communes|communaut[ée]\s+urbaine|"
              rf"p[ôo]le\s+(?:m[ée]tropolitain|d[’'][ée]quilibre\s+territorial(?:\s+et\s+rural)?)|petr|"
              rf"parc\s+naturel\s+r[ée]gional|[ée]tablissement\s+public\s+territorial|"
              rf"syndicat(?:\s+(?:mixte|intercommunal|d[ée]partemental|interd[ée]partemental))?)\s+(?:{_TASK}){{0,4}}"),
    ("metropolis", r"(?i:m[ée]tropole|eurom[ée]tropole)\s+"),
    ("department", r"(?i:d[ée]partement|collectivit[ée]\s+europ[ée]enne|collectivit[ée])\s+"),
    ("region", r"(?i:r[ée]gion)\s+"),
)  # fmt: skip
# "Val-Brune Métropole", "Grand Ternois Agglomération"
_KIND_BEHIND = r"(?i:m[ée]tropole|agglom[ée]ration|agglo|communaut[ée])"
# level, what its assembly is called by, and the noun that names the collectivity itself
_BODIES = (
    ("municipal", "municipal", "Commune"),
    ("group", "communautaire|d'agglomeration|syndical", ""),
    ("metropolis", r"metropolitain|de\s+(?:la\s+)?(?:euro)?metropole", "Métropole"),
    ("department", "departemental|general", "Département"),
    ("region", "regional", "Région"),
)


def read_collectivity(lines: Sequence[Line]) -> tuple[str | None, list[Line]]:
    """Whose act it is, as written on its heading or in its prose, else made from its assembly's name."""
    text = "\n".join(re.sub(r"\s+", " ", line.text) for line in lines)
    level = _level(fold(text))
    heading = [found for i, line in enumerate(lines) for found in _heading_names(line, lines[i + 1 : i + 2], level)]
    prose = _prose_names(text, level)
    body = _from_body(text, level)
    if heading:
        _, name, line = min(heading, key=lambda h: h[0])
        small = [p for p in [*prose, *([body] if body else [])] if fold(p) == fold(name) and not p.isupper()]
        return (small[0][0].upper() + small[0][1:] if name.isupper() and small else name), [line]
    if body and level in ("department", "region", "municipal"):
        return next((p for p in prose if fold(p) == fold(body)), body), []
    return (prose[0] if prose else body), []


def _heading_names(line: Line, following: Sequence[Line], level: str | None) -> list[tuple[int, str, Line]]:
    """The collectivity that a line of its own names, alone or with the line after it, each with its level's rank."""
    if len(line.text.split()) > 14:
        return []
    parts = [part for part in re.split(r"\s[–—|•-]\s", line.text) if part.strip()]
    # "COMMUNAUTÉ DE COMMUNES" over "DU PAYS DE BRÉVAL"
    if len(parts) == 1 and following and re.match(r"(?i:de|du|des|d[’'])\b", following[0].text):
        parts.append(f"{line.text} {following[0].text}")
    out: list[tuple[int, str, Line]] = []
    for part in parts:
        for rank, (name, pattern) in enumerate(_LEVELS):
            match = re.match(rf"^\W*({pattern}{_LINK}{_PLACE})\W*$", part)
            if match and (level is None or name == level):
                out.append((rank, match[1], line))
        if level in (None, "metropolis", "group") and (match := re.match(rf"^\W*({_PLACE}\s+{_KIND_BEHIND})\W*$", part)):
            out.append((2, _in_small(match[1]), line))
    return out


def _is_collectivity(line: Line) -> bool:
    """True for a line that names the collectivity and says nothing else."""
    return any(fold(name) == fold(line.text.strip()) for _, name, _ in _heading_names(line, (), None))


def spelled_as(name: str | None, elsewhere: Iterable[str]) -> str | None:
    """A name set in capitals as other lines of the document write it; any other, and one never so written, as it is."""
    if name is None or not name.isupper():
        return name
    wanted = fold(name)
    for text in elsewhere:
        at = fold(text).find(wanted)
        if at >= 0 and not text[at : at + len(name)].isupper():
            return text[at : at + len(name)]
    return name


def _in_small(name: str) -> str:
    """A name set in capitals as prose writes it, "DE LA VAL-BRUNE" as "de la Val-Brune"; any other as it stands."""
    if not name.isupper():
        return name
    small = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return re.sub(rf"\b(?i:{_SMALL}|[dl](?=[’']))(?=[\s’'-])", lambda word: word[0].lower(), small)


def _level(folded: str) -> str | None:
    """Which level's assembly speaks: the one named first and most."""
    counts = {
        level: len(re.findall(rf"\b(?:conseil|comite|bureau)\s+(?:{body})", folded[:6000])) for level, body, _ in _BODIES
    }
    counts["group"] += len(
        re.findall(
            r"\b(?:conseil\s+de\s+(?:la\s+)?communaute|communaute\s+(?:de\s+communes|d'agglomeration|urbaine))",
            folded[:1500],
        )
    )
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def _prose_names(text: str, level: str | None) -> list[str]:
    flat = text.replace("\n", " ")
    return [
        re.sub(r"\s+", " ", match[1]).strip()
        for name, pattern in _LEVELS
        if level is None or name == level
        for match in re.finditer(rf"\b({pattern}{_LINK}{_PLACE})", flat)
    ]


def _from_body(text: str, level: str | None) -> str | None:
    """The collectivity's name made from its assembly's: "Conseil départemental du X" gives "Département du X"."""
    for name, body, noun in _BODIES:
        if name != level or not noun:
            continue
        found = []
        for part in [*text.split("\n"), text.replace("\n", " ")]:
            for match in re.finditer(rf"\bconseil\s+(?:{body})\s+(?:de\s+la\s+(?:commune|ville)\s+)?", fold(part)):
                place = re.match(rf"({_LINK})({_PLACE})", part[match.end() :])
                if place and place[1]:
                    found.append(f"{noun} {'' if name == 'region' else _in_small(place[1])}{_in_small(place[2])}")
        return next((f for f in found if not f.split(" ", 1)[1].isupper()), found[0] if found else None)
    return None
