"""Who signed an act and when, and the day of the session it was taken in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from bilan_extract.document import Line, Word
from bilan_extract.language.plain_dates import find_days, fold
from bilan_extract.patterns import lazy
from bilan_extract.plan import Signatory
from bilan_extract.segmentation.act_lines import Piece

_ROLE_WORD = (
    r"(?:maires?|vice-?\s?presidente?s?|co-?presidente?s?|presidente?s?|premiere?\s+(?:adjointe?|vice|"
    r"magistrat)|adjointe?s?|direct(?:eur|rice)s?|secretaires?|"
    r"conseillere?s?|prefete?|delegue?e?s?|doyenn?e?|rapporteure?|responsable|chef|cheffe|chancelier|"
    r"administrat(?:eur|rice))"
)
_ROLE = lazy(rf"^\W*(?:(?:le|la|les|un|une)\s+|l')?(?:\d+(?:er|ere|e|eme|nd|nde|re)\s+)?{_ROLE_WORD}\b")
_ON_BEHALF = lazy(
    r"^\W*(?:pour\s+(?:le|la|l')|p/o|p\.\s?o\.|par\s+(?:delegation|empechement|suppleance)|"
    r"et\s+par\s+delegation)"
)
_CIVILITY = lazy(
    r"^(?:M\.|MM\.|Mme\.?|Mmes|Mr\.?|Mlle|Monsieur|Madame|MONSIEUR|MADAME|Docteur|Dr\.?|Me|Maître)\s+"
)
_PART = r"(?:[A-ZÀ-ÖØ-Þ][\w’'À-ÿ-]*|[A-Z]\.(?:-?[A-Z]\.)?)"
PERSON = lazy(rf"^{_PART}(?:\s+(?:(?:de|du|des|la|le|d’|d'|van|von|DE|DU|LA|LE|D’|D')\s*)*{_PART}){{1,4}}$")
_NO_NAME = lazy(
    r"\b(?:conseil|departement|commune|ville|region|communaute|metropole|mairie|prefecture|republique|"
    r"deliberation|article|signe|presents?|"
    r"absents?|seance|vote|pour|contre|extrait|executoire|annexe|axe|action|priorite|ambition|bilan|plan|"
    r"rapport|engagement|page|hotel|place|rue|avenue|tribunal|"
    r"berger|levrault|actes?|prefet|qualite|assemblee)\b"
)
# "Signé électroniquement par : Jeanne MARTIN", "Signé : J. MARTIN"
_SIGNED_BY = lazy(
    r"^\W*(?:signee?|document\s+signe)\b(?:\s+(?:electroniquement|numeriquement))?(?:\s+(?:le\s+[\d/]+"
    r"\s+)?par)?\s*:?\s*"
)
# "Qualité : Maire"
_QUALITY = lazy(r"^\W*(?:qualite|fonction)\s*:\s*")
# "séance du 27 janvier 2025", "REUNION DU …", "Date de la séance : …", "Conseil municipal du 12 mars 2025"
_SESSION = lazy(
    r"\b(?:seance|reunion|session|assemblee(?:\s+pleniere)?|conseil\s+(?:municipal|departemental|regional|"
    r"communautaire|metropolitain|syndical|territorial|d'administration|d'agglomeration|de\s+(?:la\s+)?\w+)|"
    r"comite(?:\s+(?:syndical|directeur))?|commission\s+permanente|bureau(?:\s+(?:communautaire|syndical|metropolitain))?)\b"
    r"(?:\s+(?:publique|ordinaire|extraordinaire|pleniere|deliberante|publiques?|solennelle|"
    r"(?:du|de\s+l'|de\s+la)\s*(?:conseil|assemblee|comite|bureau|commission)(?:\s+\w+)?))*\s*"
    r"(?:du|le|en\s+date\s+du|:|-|en\s+seance\s+du|tenue\s+le)\s*:?\s*(?:(?:lundi|mardi|mercredi|jeudi|"
    r"vendredi|samedi|dimanche)\s+)?$"
)
_MEETS = lazy(r"\b(?:reunie?s?|s'est\s+tenue?|l'an|assemblee?)\b")
_NO_SESSION = lazy(
    r"\b(?:convocation|convoque\w*|affich\w+|publi(?!qu)\w+|transmi\w+|prefecture|recu|compte[- ]rendu|"
    r"proces[- ]verbal|pv)\b[^.;]{0,40}$"
)
# "ARRAS, le 27 janvier 2025", "Fait à Vannes, le 3 mars 2025", "À Lyon le 12/03/2025"
_DATELINE = lazy(
    r"^\W*(?:(?:[Pp]our|POUR)\s+(?i:extrait|copie|exp[ée]dition)\s+(?i:certifi[ée]e?\s+)?(?i:conforme)\s*[,.:–-]?\s*)?(?:(?:[Ff]ait|FAIT)(?:\s+et\s+d[ée]lib[ée]r[ée])?\s+)?(?:(?:[àÀA]|[Aa]u|[Ee]n)"
    r"\s+)?[A-ZÀ-Ý][\w’' .À-ÿ-]{1,60}?,?\s*[Ll][Ee]\s*:?\s*(?:\w+di\s+|dimanche\s+)?(?=\d)"
)
# "Le 4 mai 2023," alone on its line
_BARE_DATELINE = lazy(r"^\W*[Ll]e\s+(?:\w+di\s+|dimanche\s+)?(?=\d{1,2}\S*\s+\w+\s+\d{4}\W*$)")
_SIGNED = lazy(
    r"\b(?:fait\b.{0,80}|date\s+de\s+(?:la\s+)?signature\s*:?\s*|signee?\b.{0,80}\ble\s+|^\W*le\s+|"
    r"^\W*date\s*:\s*)$"
)
_SAME_DAY = lazy(
    r"\bles?\s+(?:memes\s+)?(?:jours?|mois|an|date)[\s,]+(?:mois|an)?.{0,20}\b(?:susdits?|que\s+dessus|"
    r"ci-dessus|susdite|precites?|dits?)\b|\blesdits\s+jours?\b"
)


def read_session_date(pieces: Sequence[Piece]) -> tuple[dt.date | None, list[Line]]:
    """The day of the session: behind "séance du", else in the opening sentence. Never the day of the convocation."""
    for pieces_tried, wanted in (
        (pieces, _SESSION),
        ([p for p in pieces if p.role in ("opening", "assembly", "text", "attendance")], None),
    ):
        for piece in pieces_tried:
            text = re.sub(r"\s", " ", " ".join(line.text for line in piece.lines))
            folded = fold(text)
            for day in find_days(text):
                before = folded[: day.start]
                if _NO_SESSION.search(before) or (wanted is None and re.search(r"\bdeliberation[^.]{0,60}$", before)):
                    continue
                meets = wanted is None and (_MEETS.search(folded) or re.search(r"\bsous\s+la\s+presidence\b", folded))
                if (wanted is not None and wanted.search(before)) or meets:
                    return day.date, [line for line in piece.lines if find_days(line.text)]
    return None, []


def read_signed_on(lines: Sequence[Line], session: dt.date | None) -> tuple[dt.date | None, list[Line]]:
    """The day of signature from the closing lines; "les jour, mois et an susdits" is the day of the session."""
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        folded = fold(line.text)
        if re.search(
            r"\b(?:prefecture|publi\w+|affich\w+|transmi\w+|recue?|notifi\w+|executoire|convocation)\b", folded
        ):
            continue
        # "Fait à Bréval, le 3 mars" over "2025"
        carried = [following] if following is not None and following.text and not find_days(line.text) else []
        text = " ".join(x.text for x in (line, *carried))
        for day in find_days(text):
            dateline = _DATELINE.match(text)
            here = day.start < len(line.text)
            if here and ((dateline and dateline.end() >= day.start - 1) or _SIGNED.search(fold(text)[: day.start])):
                return day.date, [line, *carried]
    for line in lines:
        if _SAME_DAY.search(fold(line.text)):
            return session, [line] if session else []
    return None, []


def is_dateline(text: str) -> bool:
    match = _DATELINE.match(text) or _BARE_DATELINE.match(text)
    return match is not None and any(abs(day.start - match.end()) <= 1 for day in find_days(text))


def read_signatures(lines: Sequence[Line]) -> tuple[list[Signatory], list[Line]]:
    """Who signed, in order, each with the role set above, beside or below the name; the lines they stand on."""
    out: list[Signatory] = []
    used: list[Line] = []
    roles: list[str] = []
    behalf: str | None = None
    for line in lines:
        for text in _side_by_side(line):
            folded = fold(text)
            if quality := _QUALITY.match(folded):
                if out and out[-1].role is None:
                    out[-1] = Signatory(name=out[-1].name, role=text[quality.end() :].strip())
                    used.append(line)
                continue
            name, role = _name_and_role(text)
            if name:
                role = role or (roles.pop(0) if roles else behalf)
                if behalf and role and behalf != role and not role[:1].isupper():
                    role = behalf + (" " if behalf.endswith((" le", " la")) else ", ") + role
                behalf = None
                if all(fold(name) != fold(known.name) for known in out):
                    out.append(Signatory(name=name, role=role))
                used.append(line)
            elif _ON_BEHALF.match(folded):
                behalf = _bare_role(text)
                roles = [r for r in roles if not r]
            elif _ROLE.match(folded) and len(folded.split()) <= 14:
                roles.append(_bare_role(text))
                used.append(line)
            elif (
                roles
                and used
                and used[-1] is not line
                and re.match(r"[a-zà-ÿ]", text)
                and len(text.split()) <= 10
                and not find_days(text)
            ):
                roles[-1] = _bare_role(f"{roles[-1]} {text}")
                used.append(line)
    return out, used


def has_signature(lines: Sequence[Line]) -> bool:
    people, _ = read_signatures(lines[-14:])
    return bool(people) and any(
        _ROLE.match(fold(line.text)) or _ON_BEHALF.match(fold(line.text)) for line in lines[-14:]
    )


def opens_signature(line: Line) -> bool:
    """True for a line that names a role or a delegation and says nothing else: "La Présidente,", "Pour le Maire"."""
    text = fold(line.text)
    if len(text.split()) > 14 or not re.match(r"\W*[A-ZÀ-Ý]", line.text):
        return False
    says = re.search(
        r"\b(?:est|sont|sera|seront|a|ont|peut|rend|rappelle|expose|propose|informe|presente|invite|soumet|"
        r"indique|donne)\b",
        text,
    )
    return not says and bool(_ROLE.match(text) or _ON_BEHALF.match(text) or _name_and_role(line.text)[1])


def _bare_role(text: str) -> str:
    return text.strip(" ,:;.–—-")


def _side_by_side(line: Line) -> list[str]:
    """The line's text, parted where wide white space sets two signatures beside each other."""
    parts: list[list[Word]] = [[]]
    for word in line.words:
        if parts[-1] and word.x0 - parts[-1][-1].x1 > 2.5 * max(word.size, line.bottom - line.top, 1.0):
            parts.append([])
        parts[-1].append(word)
    texts = [" ".join(w.text for w in part) for part in parts if part]
    return [text for whole in texts for text in _two_roles(whole)]


def _two_roles(text: str) -> list[str]:
    """ "Le Maire Le secrétaire de séance", set side by side in a text without boxes, as two."""
    if not _ROLE.match(fold(text)):
        return [text]
    cuts = [
        m.start()
        for m in re.finditer(r"(?<=[\w,])\s+(?=(?:Le|La|L['’])\s?\w)", text)
        if _ROLE.match(fold(text[m.start() :].lstrip()))
    ]
    return [text[: cuts[0]], text[cuts[0] :].strip()] if cuts else [text]


def _name_and_role(text: str) -> tuple[str | None, str | None]:
    """Of "Le Maire, Jean DUPONT", "Jean DUPONT, Maire", "Signé : Jean DUPONT" or a name alone; else (None, None)."""
    folded = fold(text)
    signed = _SIGNED_BY.match(folded)
    if signed and signed.end() < len(text):
        text = re.split(r"\s+(?:le|Le|à|Date|Qualité)\b", text[signed.end() :], maxsplit=1)[0]
    whole = _person(text)
    if whole:
        return whole, None
    for left, right in _halves(text):
        if _ROLE.match(fold(left)) and (name := _person(right)):
            return name, _bare_role(left)
        if _ROLE.match(fold(right)) and (name := _person(left)):
            return name, _bare_role(right)
    return None, None


def _halves(text: str) -> list[tuple[str, str]]:
    return [(text[: m.start()], text[m.end() :]) for m in re.finditer(r"\s*[,:;]\s*|\s+[–—-]\s+", text)]


def _person(text: str) -> str | None:
    """The name without its title, or None where the text is not a person's name and nothing else."""
    bare = text.strip(' ,;:.–—-_"“”«»')
    civil = _CIVILITY.match(bare)
    bare = bare[civil.end() :] if civil else bare
    if not PERSON.match(bare) or len(bare) > 60:
        return None
    folded = fold(bare)
    if _ROLE.match(folded) or _NO_NAME.search(folded) or re.search(rf"\b{_ROLE_WORD}\b", folded):
        return None
    return bare
