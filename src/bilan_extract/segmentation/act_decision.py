"""What an act decides, article by article or entry by entry, and where its closing lines begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilan_extract.document import Line
from bilan_extract.language.plain_dates import NUMBER_WORDS, fold
from bilan_extract.patterns import lazy
from bilan_extract.plan import DecisionArticle
from bilan_extract.segmentation.act_lines import (
    ACTS,
    ARTICLE,
    CLOSING,
    DOTS,
    INTRODUCES,
    NUMBERED,
    Piece,
    is_article,
    is_basis,
    numbered_as,
    pieces_of,
    said,
)
from bilan_extract.segmentation.act_signing import is_dateline, opens_signature, read_signatures
from bilan_extract.segmentation.reported_claims import Join, without_bullet

# "Le Bureau, après en avoir délibéré, à l'unanimité, décide" …: what stands before what is decided
_INTRODUCTION = lazy(rf"\b(?:{INTRODUCES})\b")
_ACT = lazy(rf"\b(?:{ACTS})")
_VOTE_PHRASE = lazy(
    rf"^[\s,:]*(?:(?:a\s+l'unanimite|a\s+la\s+majorite|par\s+(?:\d+|{NUMBER_WORDS})\s+voix|[(]?(?:\d+|"
    rf"{NUMBER_WORDS})\s+(?:voix\s+)?[«\"]?\s*(?:pour|contre|abstentions?)[»\"]?|"
    r"des\s+(?:membres\s+presents(?:\s+et\s+representes)?|suffrages\s+exprimes|votants|voix)|"
    r"(?:et\s+)?representes|\([^)]*\)|unanimement|et)[\s,]*)+[\s:,]*"
)


def _decision_start(pieces: Sequence[Piece]) -> int:
    """Index of the piece that begins the decision, or ``len(pieces)``."""
    for i, piece in enumerate(pieces):
        if piece.role in ("article", "decision"):
            return i
        if piece.role in ("assembly", "considering", "text", "votes", "opening"):
            text = fold(" ".join(line.text for line in piece.lines))
            deliberated = re.search(
                r"\bdelibere?\b|\bconseil\b|\bassemblee\b|\bcommission\b|\bbureau\b|\bcomite\b|\bmembres\b", text
            )
            written = " ".join(line.text for line in piece.lines)
            verb = said(_INTRODUCTION, written) or said(_ACT, written)
            if piece.role == "considering" and not re.match(r"^\W*(?:apres|sur)\b", text):
                continue
            listed = pieces[i + 1].role == "entry" if i + 1 < len(pieces) else False
            if listed and re.search(r"\b(?:delibere|unanimite|majorite|voix|abstentions?)\b.*[:,]\s*$", text) and (
                text.rstrip().endswith(":") or _decides(pieces[i + 1])
            ):
                return i
            if verb and deliberated and deliberated.start() < verb.start() and verb.start() < 400:
                return i
    return len(pieces)


def _decides(entry: Piece) -> bool:
    """True for a list entry that opens with what the assembly does: "- prend acte …", "1) d'autoriser …"."""
    text = re.sub(r"^[\W\d_]+", "", fold(entry.lines[0].text))
    return re.match(rf"(?:{ACTS}|{INTRODUCES}|de\s|d'[a-z]+er\b)", text) is not None


def signature_start(lines: Sequence[Line]) -> int:
    """Index of the line where closing formulas and signatures begin, behind the decision; ``len(lines)`` if none."""
    articles = [i for i, line in enumerate(lines) if is_article(line.text)]
    basis = [i for i, line in enumerate(lines) if is_basis(fold(line.text))]
    begin = articles[-1] if articles else max(_decision_line(lines), basis[-1] if basis else -1)
    for i in range(begin + 1, len(lines)):
        text = fold(lines[i].text)
        closes = CLOSING.match(text) or DOTS.match(lines[i].text) or is_dateline(lines[i].text)
        if closes and re.match(r"\W*[A-ZÀ-Ý.…_*-]", lines[i].text):
            return i
        if opens_signature(lines[i]) and read_signatures(lines[i : i + 7])[0]:
            return i
    return len(lines)


def _decision_line(lines: Sequence[Line]) -> int:
    pieces = pieces_of(lines)
    start = _decision_start(pieces)
    if start == len(pieces):
        return -1
    return next(i for i, line in enumerate(lines) if line is pieces[start].lines[0])


def read_decision(pieces: Sequence[Piece], join: Join, used: dict[str, list[Line]]) -> list[DecisionArticle]:
    own = [p for p in pieces[_decision_start(pieces) :] if p.role not in ("stamp", "rest", "votes", "basis")]
    used["decision"] = [line for piece in own for line in piece.lines]
    if any(p.role == "article" for p in own):
        return _articles(own, join)
    return _unnumbered(own, join)


def _articles(pieces: Sequence[Piece], join: Join) -> list[DecisionArticle]:
    out: list[tuple[str, list[str]]] = []
    for piece in pieces:
        text = join(piece.lines).strip()
        match = ARTICLE.match(fold(text)) if piece.role == "article" else None
        if match is not None:
            out.append((_article_number(match["number"]), [_ended(text[match.end() :])]))
        elif out and piece.role in (
            "text",
            "entry",
            "decision",
            "considering",
            "assembly",
            "object",
            "attendance",
            "opening",
        ):
            out[-1][1].append(_ended(without_bullet(text)))
    return [DecisionArticle(number=number, text="\n".join(filter(None, texts))) for number, texts in out]


def _article_number(written: str) -> str:
    bare = re.sub(r"\s|er$", "", written)
    if bare.startswith("premi"):
        return "1"
    return bare.upper() if re.fullmatch(r"[ivx]+", bare) else bare


def _ended(text: str) -> str:
    """The text without a closing semicolon or what is left of a separator in front."""
    return re.sub(r"[\s;,]+$", "", re.sub(r"^[\s:.–—-]+", "", text))


def _unnumbered(pieces: Sequence[Piece], join: Join) -> list[DecisionArticle]:
    """A decision without articles: its list entries, or each sentence that says what is decided; number as printed."""
    out: list[DecisionArticle] = []
    for i, piece in enumerate(pieces):
        text = join(piece.lines).strip()
        if i == 0 or piece.role in ("decision", "assembly"):
            text = _what_is_decided(text)
            listed = i + 1 < len(pieces) and pieces[i + 1].role == "entry"
            # "PREND ACTE" over a list, "ADOPTE les conclusions suivantes :" over what it does
            leads = text.endswith(":") and listed and _decides(pieces[i + 1])
            if text and not leads and not (listed and re.fullmatch(rf"{ACTS}", fold(text))):
                out.append(DecisionArticle(number=None, text=text))
            continue
        numbered = NUMBERED.match(text)
        if numbered:
            out.append(DecisionArticle(number=numbered_as(numbered), text=_ended(text[numbered.end() :])))
        elif piece.role == "entry":
            out.append(DecisionArticle(number=None, text=_ended(without_bullet(text))))
        elif re.match(r"\W*(?:de\s|d'|que\b|qu')", fold(text)):
            out.append(DecisionArticle(number=None, text=_ended(text)))
        elif out and piece.role == "text" and re.match(r"[a-zà-ÿ]", text):
            out[-1] = DecisionArticle(number=out[-1].number, text=f"{out[-1].text} {_ended(text)}")
    return [article for article in out if article.text]


def _what_is_decided(text: str) -> str:
    """ "Le Conseil, après en avoir délibéré, décide à l'unanimité d'approuver X" without all before "d'approuver"."""
    introduction, act = said(_INTRODUCTION, text), said(_ACT, text)
    if introduction and (act is None or introduction.start() < act.start()):
        rest = text[introduction.end() :]
        vote = _VOTE_PHRASE.match(fold(rest))
        rest = rest[vote.end() :] if vote else rest
        if re.match(r"\s*(?:l'assemblee|le\s+conseil)\W*$", fold(rest)):
            return ""
        return _without_colon(_ended(rest))
    return _without_colon(_ended(text[act.start() :])) if act else ""


def _without_colon(text: str) -> str:
    """Nothing where the text only introduces a list."""
    bare = text.rstrip(" :")
    return "" if not re.search(r"\w{3}", bare) or (text.endswith(":") and len(bare.split()) < 4) else text
