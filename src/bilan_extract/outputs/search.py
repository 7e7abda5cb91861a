"""Searching a catalogue: words without their accents, singular or plural, in a text or in what stands above it."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bilan_extract.errors import InputError, InputNotFoundError, UsageError
from bilan_extract.patterns import lazy

# a phrase between quotes, or a word: logement « pass culture » "santé mentale"
PHRASE = lazy(r'["«“]\s*([^"»”]+?)\s*["»”]|([^\s"«»“”]+)')
# l'accès -> accès, d’aide -> aide, qu'elle -> elle
ELISION = lazy(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
# the words of "Saint-Ouen-l'Aumône"
WORD = lazy(r"[^\W_]+")
#: Words that say nothing where others are asked for.
SMALL_WORDS = frozenset((
    "a", "à", "au", "aux", "avec", "ce", "ces", "dans", "de", "des", "du", "elle", "en", "et", "il", "la", "le",
    "les", "leur", "leurs", "ou", "par", "pour", "que", "qui", "sa", "se", "ses", "son", "sur", "un", "une",
))

_SQL = """
SELECT t.document_id, d.number, d.collectivity, d.plan_title, d.source_name, t.ref, t.kind, t.status, t.page, t.text,
       snippet(texts_fts, 0, '', '', '…', 30), -bm25(texts_fts, 10.0, 1.0) AS score
FROM texts_fts JOIN texts t ON t.rowid = texts_fts.rowid JOIN plans d ON d.id = t.document_id
WHERE texts_fts MATCH ?
ORDER BY score DESC, t.document_id, t.rowid
LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One text of the catalogue that answers a query.

    Attributes:
        document_id, number, collectivity, plan_title, source_name: the document; null where not known.
        id: stable id of the text's place.
        kind: "document", "ambition", "priority", "engagement", "item" or "focus".
        status: "réalisé" or "à venir" for a statement, else None.
        page: from 1, None where not known.
        text: the whole text; snippet: the part of it around the words.
        score: greater is better.
    """

    document_id: str
    number: str | None
    collectivity: str | None
    plan_title: str | None
    source_name: str | None
    id: str
    kind: str
    status: str | None
    page: int | None
    text: str
    snippet: str
    score: float


def search(catalog: str | os.PathLike[str], query: str, *, limit: int = 50) -> list[Hit]:
    """The texts of the catalogue in which at least one of the query's words stands, and all of them there or above it.

    Accents and case do not matter, a word finds its longer forms ("logement" finds "logements") and, from a plural,
    the singular; words between quotes are looked for as they follow each other.

    Args:
        catalog: an sqlite file written by `export(…, "sqlite", …)`.
        query: what a person types.
        limit: how many hits at most, the best first.

    Raises:
        InputNotFoundError, InputError: there is no catalogue at that path.
        UsageError: the query has no word.
    """
    import sqlite3

    from bilan_extract.outputs.sqlite import APPLICATION_ID, CATALOG_VERSION

    path = Path(catalog)
    expression = match_expression(query)
    if not path.is_file():
        raise InputNotFoundError(f"Catalogue introuvable : {path}")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            owner = base.execute("PRAGMA application_id").fetchone()[0]
            version = base.execute("PRAGMA user_version").fetchone()[0]
            if (owner, version) != (APPLICATION_ID, CATALOG_VERSION):
                raise InputError(f"{path} n'est pas un catalogue bilan-extract.")
            return [Hit(*row) for row in base.execute(_SQL, (expression, limit))]
    except sqlite3.Error as error:
        raise InputError(f"{path} n'est pas un catalogue bilan-extract lisible : {error}.") from error


def match_expression(query: str) -> str:
    """The query in FTS5's language. Raises UsageError where it has no word."""
    phrases = [(WORD.findall(ELISION.sub("", quoted or word)), bool(quoted)) for quoted, word in PHRASE.findall(query)]
    phrases = [(words, quoted) for words, quoted in phrases if words]
    telling = [(words, q) for words, q in phrases if q or len(words) > 1 or words[0].lower() not in SMALL_WORDS]
    terms = [_term(words, exact=quoted) for words, quoted in telling or phrases]
    if not terms:
        raise UsageError("La recherche ne contient aucun mot.")
    return f"(text : ({' OR '.join(terms)})) AND {' AND '.join(terms)}"


def _term(words: list[str], *, exact: bool) -> str:
    """One phrase or word: as it stands, or also what it begins and, from a plural, the singular."""
    phrase = f'"{" ".join(words)}"'
    if exact:
        return phrase
    if len(words) == 1 and len(words[0]) > 3 and words[0][-1] in "sxSX":
        return f'({phrase}* OR "{words[0][:-1]}")'
    return f"{phrase}*"
