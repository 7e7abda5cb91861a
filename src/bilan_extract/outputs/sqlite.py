"""sqlite: a catalogue of many plans: the tables with foreign keys, three views, and a full-text index (FTS5)."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bilan_extract.errors import OutputError
from bilan_extract.outputs.files import write_beside, writing_errors
from bilan_extract.outputs.tables import TABLES, Cell, Column, Table, tables
from bilan_extract.places import Place, document_id, places
from bilan_extract.plan import Ambition, Block, Engagement, Focus, Item, Plan, Priority

#: "biln": says that a file is one of our catalogues.
APPLICATION_ID = 0x62696C6E
CATALOG_VERSION = 2

_SQL_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "date": "TEXT", "boolean": "INTEGER"}

_SEARCH = """
CREATE TABLE texts (
    rowid INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES plans(id) ON DELETE CASCADE, ref TEXT NOT NULL,
    kind TEXT NOT NULL, status TEXT, page INTEGER, text TEXT NOT NULL, context TEXT NOT NULL
);
CREATE INDEX texts_document_id ON texts(document_id);
CREATE VIRTUAL TABLE texts_fts USING fts5(
    text, context, content="texts", tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN
    INSERT INTO texts_fts(rowid, text, context) VALUES (new.rowid, new.text, new.context);
END;
CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
    INSERT INTO texts_fts(texts_fts, rowid, text, context) VALUES ('delete', old.rowid, old.text, old.context);
END;
CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN
    INSERT INTO texts_fts(texts_fts, rowid, text, context) VALUES ('delete', old.rowid, old.text, old.context);
    INSERT INTO texts_fts(rowid, text, context) VALUES (new.rowid, new.text, new.context);
END;
"""

_VIEWS = """
CREATE VIEW figures_with_engagement AS
SELECT f.document_id, d.collectivity, d.plan_title, e.number AS engagement, e.text AS engagement_text, f.status,
       f.text AS figure, f.kind, f.value, f.value_max, f.unit, f.bound, coalesce(s.text, x.text, e.text) AS source_text,
       f.page, f.id AS figure_id, f.engagement_id
FROM figures f JOIN plans d ON d.id = f.document_id LEFT JOIN engagements e ON e.id = f.engagement_id
LEFT JOIN statements s ON s.id = f.statement_id LEFT JOIN focus x ON x.id = f.focus_id;

CREATE VIEW due AS
SELECT coalesce(t.end_date, t.start_date) AS due_on, t.start_date, t.end_date, t.edtf, t.approximate, t.inferred,
       s.text AS statement, e.number AS engagement, e.text AS engagement_text, d.collectivity, d.plan_title, s.page,
       t.id AS date_id, s.id AS statement_id, t.document_id
FROM dates t JOIN statements s ON s.id = t.statement_id JOIN plans d ON d.id = t.document_id
JOIN blocks b ON b.id = s.block_id LEFT JOIN engagements e ON e.id = s.engagement_id
WHERE s.status = 'à venir' AND (
    t.end_date IS NULL OR d.session_date IS NULL OR t.end_date >= d.session_date
    OR (coalesce(b.period_start, b.period_end) IS NOT NULL
        AND t.end_date BETWEEN coalesce(b.period_start, '0000') AND coalesce(b.period_end, '9999'))
)
UNION ALL
SELECT coalesce(b.period_end, b.period_start), b.period_start, b.period_end, NULL, 0, 'block',
       s.text, e.number, e.text, d.collectivity, d.plan_title, s.page, NULL, s.id, s.document_id
FROM statements s JOIN plans d ON d.id = s.document_id JOIN blocks b ON b.id = s.block_id
LEFT JOIN engagements e ON e.id = s.engagement_id
WHERE s.status = 'à venir' AND s.kind <> 'lead_in' AND coalesce(b.period_end, b.period_start) IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM dates t WHERE t.statement_id = s.id)
ORDER BY due_on, statement_id, date_id;

CREATE VIEW progress_by_priority AS
SELECT p.document_id, d.collectivity, d.plan_title, a.title AS ambition, p.label, p.title AS priority,
       (SELECT count(*) FROM engagements e WHERE e.priority_id = p.id) AS engagements,
       (SELECT count(*) FROM engagements e WHERE e.priority_id = p.id AND e.progress = 'réalisé') AS realised,
       (SELECT count(*) FROM engagements e WHERE e.priority_id = p.id AND e.progress = 'en cours') AS ongoing,
       (SELECT count(*) FROM engagements e WHERE e.priority_id = p.id AND e.progress = 'à venir') AS upcoming,
       (SELECT count(*) FROM engagements e WHERE e.priority_id = p.id AND e.progress IS NULL) AS unknown,
       (SELECT count(*) FROM statements s WHERE s.priority_id = p.id AND s.kind <> 'lead_in' AND s.status = 'réalisé')
           AS statements_realised,
       (SELECT count(*) FROM statements s WHERE s.priority_id = p.id AND s.kind <> 'lead_in' AND s.status = 'à venir')
           AS statements_upcoming,
       p.id AS priority_id
FROM priorities p JOIN ambitions a ON a.id = p.ambition_id JOIN plans d ON d.id = p.document_id
ORDER BY p.document_id, a.rank, p.rank;
"""


def write_sqlite(plans: Sequence[Plan], path: Path) -> list[Path]:
    """Put ``plans`` into the catalogue at ``path``, made where it is not there.

    A document that the catalogue holds already has its rows replaced; all of it is one transaction.

    Raises:
        OutputError: the file cannot be written, or is something else than a catalogue.
    """
    if path.exists() and path.stat().st_size:
        with writing_errors(path), _database_errors(path), closing(sqlite3.connect(path, isolation_level=None)) as base:
            _check(base, path)
            _put(base, plans)
        return [path]

    def fill(part: Path) -> None:
        with _database_errors(path), closing(sqlite3.connect(part, isolation_level=None)) as base:
            base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            base.execute(f"PRAGMA user_version = {CATALOG_VERSION}")
            base.executescript(f"BEGIN;\n{schema()}\nCOMMIT;")
            _put(base, plans)

    return [write_beside(path, fill)]


def schema() -> str:
    """The SQL that makes an empty catalogue."""
    return "\n".join([*map(_create, TABLES), _SEARCH, _VIEWS])


def _create(table: Table) -> str:
    columns = [_column(column, key=column is table.columns[0]) for column in table.columns]
    made = f"CREATE TABLE {table.name} (\n    " + ",\n    ".join(columns) + "\n);"
    indexes = [
        f"CREATE INDEX {table.name}_{column.name} ON {table.name}({column.name});"
        for column in table.columns
        if column.refers
    ]
    return "\n".join([made, *indexes])


def _column(column: Column, *, key: bool) -> str:
    parts = [f'"{column.name}"', _SQL_TYPES[column.type]]
    if key:
        parts.append("PRIMARY KEY")
    if column.required:
        parts.append("NOT NULL")
    if column.refers:
        parts.append(f"REFERENCES {column.refers}(id) ON DELETE CASCADE")
    return " ".join(parts)


@contextmanager
def _database_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"Impossible d'écrire le catalogue {path} : {error}.") from error


def _check(base: sqlite3.Connection, path: Path) -> None:
    """Raise OutputError where the file is not a catalogue of ours or of another version."""
    try:
        owner = base.execute("PRAGMA application_id").fetchone()[0]
        version = base.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise OutputError(f"{path} n'est pas un catalogue bilan-extract ; rien n'y a été écrit.") from error
    if owner != APPLICATION_ID:
        raise OutputError(f"{path} n'est pas un catalogue bilan-extract ; rien n'y a été écrit.")
    if version != CATALOG_VERSION:
        raise OutputError(f"{path} est un catalogue d'une autre version ({version}) ; écrivez dans un autre fichier.")


def _put(base: sqlite3.Connection, plans: Sequence[Plan]) -> None:
    base.execute("PRAGMA foreign_keys = ON")
    base.execute("PRAGMA busy_timeout = 30000")
    base.execute("BEGIN IMMEDIATE")
    try:
        for plan in plans:
            _replace(base, plan)
        base.execute("COMMIT")
    except BaseException:
        base.execute("ROLLBACK")
        raise


def _replace(base: sqlite3.Connection, plan: Plan) -> None:
    document = document_id(plan)
    base.execute("DELETE FROM plans WHERE id = ?", (document,))
    rows = tables([plan])
    for table in TABLES:
        names = [column.name for column in table.columns]
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        base.executemany(
            f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",
            [[_value(row[name]) for name in names] for row in rows[table.name]],
        )
    base.executemany(
        "INSERT INTO texts (document_id, ref, kind, status, page, text, context) VALUES (?, ?, ?, ?, ?, ?, ?)",
        _texts(plan, document),
    )


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, bool):
        return int(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _texts(plan: Plan, document: str) -> Iterator[tuple[str, str, str, str | None, int | None, str, str]]:
    """What can be searched: each text once, with the headings and first lines above it as context."""
    top = [plan.title, plan.document.title, plan.document.collectivity]
    heading = "\n".join(part for part in top if part)
    if heading:
        yield document, document, "document", None, 1, heading, ""
    for place in places(plan):
        text = _text(place)
        if text:
            above = [_text(up).partition("\n")[0] for up in _ancestors(place)]
            context = "\n".join(part for part in [*above, heading] if part)
            yield document, place.id, place.kind, _status(place), _page(place), text, context


def _text(place: Place) -> str:
    node = place.node
    match node:
        case Ambition():
            return "\n".join(part for part in (node.title, node.introduction) if part)
        case Priority():
            return node.title or ""
        case Focus():
            return "\n".join(part for part in (node.title, node.text) if part)
        case Engagement() | Item():
            return node.text
        case _:
            return ""  # a block's words are its items', a figure's and a date's are their owner's


def _ancestors(place: Place) -> Iterator[Place]:
    up = place.parent
    while up is not None:
        yield up
        up = up.parent


def _status(place: Place) -> str | None:
    block = place.above("block")
    return block.node.status if block and isinstance(block.node, Block) else None


def _page(place: Place) -> int | None:
    node = place.node
    regions = node.regions if isinstance(node, Ambition | Priority | Engagement | Item | Focus) else []
    return regions[0].page if regions else None
