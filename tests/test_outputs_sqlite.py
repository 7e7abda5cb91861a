"""sqlite: the catalogue reads back, replaces, refuses what is not its own, and finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import SHA, make_bare_plan, make_plan, rebuild, reference_plan

from bilan_extract.errors import BilanError, InputError, InputNotFoundError, OutputError, UsageError
from bilan_extract.outputs import export, search
from bilan_extract.outputs.ics import entries
from bilan_extract.outputs.search import match_expression
from bilan_extract.outputs.sqlite import schema
from bilan_extract.outputs.tables import TABLES
from bilan_extract.plan import Plan


def query(path: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as base:
        base.row_factory = sqlite3.Row
        return [dict(row) for row in base.execute(sql, values)]


def read(path: Path) -> list[Plan]:
    return rebuild({table.name: query(path, f"SELECT * FROM {table.name} ORDER BY rowid") for table in TABLES})


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    return export([make_plan(), make_bare_plan()], "sqlite", tmp_path / "plans.sqlite")[0]


@pytest.mark.parametrize("maker", [make_plan, make_bare_plan, reference_plan])
def test_the_catalogue_reads_back(maker: Callable[[], Plan], tmp_path: Path) -> None:
    export(maker(), "sqlite", tmp_path / "a.sqlite")
    assert read(tmp_path / "a.sqlite") == [maker()]


def test_many_plans_and_one_of_them_again(catalog: Path) -> None:
    changed = make_plan(title="Bilan corrigé de notre plan vélo")
    changed.ambitions[0].priorities[0].engagements.pop()
    export(changed, "sqlite", catalog)
    plans = {plan.document.source.sha256: plan for plan in read(catalog)}
    assert plans == {SHA: changed, "ab" * 32: make_bare_plan()}
    assert query(catalog, "PRAGMA foreign_key_check") == []
    assert query(catalog, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert len(search(catalog, "corrigé")) == 1
    assert search(catalog, "enquête") == []


def test_writing_again_changes_no_row(catalog: Path) -> None:
    def dump() -> list[Any]:
        return [query(catalog, f"SELECT * FROM {t.name} ORDER BY id") for t in TABLES] + search(catalog, "vélo")

    before = dump()
    export([make_plan(), make_bare_plan()], "sqlite", catalog)
    assert dump() == before


def test_a_failure_in_the_middle_leaves_the_old_rows(catalog: Path) -> None:
    broken = make_plan()
    broken.ambitions[0].priorities[0].engagements[0].text = None  # type: ignore[assignment]
    with pytest.raises(OutputError, match="catalogue"):
        export([make_plan("d" * 64), broken], "sqlite", catalog)
    assert read(catalog) == [make_plan(), make_bare_plan()]


def test_a_first_failure_leaves_no_file(tmp_path: Path) -> None:
    broken = make_plan()
    broken.coverage.words = None  # type: ignore[assignment]
    with pytest.raises(OutputError):
        export(broken, "sqlite", tmp_path / "a.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    text, base = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    text.write_text("Ceci est une lettre. " * 100, encoding="utf-8")
    with closing(sqlite3.connect(base)) as other:
        other.execute("CREATE TABLE plans (x)")
    for path in (text, base):
        before = path.read_bytes()
        with pytest.raises(OutputError, match="pas un catalogue"):
            export(make_plan(), "sqlite", path)
        with pytest.raises(InputError):
            search(path, "vélo")
        assert path.read_bytes() == before


def test_foreign_keys_and_text_index_are_declared() -> None:
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(schema())
        for table in TABLES:
            found = {(row[3], row[2]) for row in base.execute(f"PRAGMA foreign_key_list({table.name})")}
            assert found == {(column.name, column.refers) for column in table.columns if column.refers}
        sql = base.execute("SELECT sql FROM sqlite_master WHERE name = 'texts_fts'").fetchone()[0]
    assert 'content="texts"' in sql  # how Datasette knows that the table can be searched
    assert "remove_diacritics 2" in sql


def test_figures_come_with_their_engagement(catalog: Path) -> None:
    columns = "engagement, status, figure, value, page"
    rows = query(catalog, f"SELECT {columns} FROM figures_with_engagement WHERE unit = 'EUR'")
    assert rows == [{"engagement": "1.1", "status": "réalisé", "figure": "18 500 €", "value": 18500.0, "page": 3}]
    assert len(query(catalog, "SELECT * FROM figures_with_engagement")) == 7


def test_what_is_due_when(catalog: Path) -> None:
    rows = query(catalog, "SELECT due_on, engagement, edtf FROM due")
    assert [tuple(row.values()) for row in rows] == [
        ("2025-06-14", "1.1", "2025-06-14"), ("2025-06-30", "1.2", "2025-34"), ("2025-09-30", None, "2025-09~"),
        ("2025-12-31", None, None), ("2027-12-31", "1.1", "../2027"),
    ]


@pytest.mark.parametrize("maker", [make_plan, make_bare_plan, reference_plan])
def test_what_is_due_is_what_the_calendar_holds(maker: Callable[[], Plan], tmp_path: Path) -> None:
    plan = maker()
    path = export(plan, "sqlite", tmp_path / "a.sqlite")[0]
    columns = "coalesce(date_id, statement_id) AS id, start_date, end_date"
    due = [tuple(row.values()) for row in query(path, f"SELECT {columns} FROM due")]
    told = [
        (one.uid.removesuffix("@bilan-extract"), *(day.isoformat() if day else None for day in (one.start, one.end)))
        for one in entries(plan)
    ]
    assert sorted(due, key=str) == sorted(told, key=str)


def test_what_was_over_before_the_session_is_not_due(tmp_path: Path) -> None:
    plan = make_plan(session_date="2025-07-01")
    path = export(plan, "sqlite", tmp_path / "a.sqlite")[0]
    assert [row["due_on"] for row in query(path, "SELECT due_on FROM due")] == ["2025-09-30", "2025-12-31", "2027-12-31"]


def test_progress_by_priority(catalog: Path) -> None:
    rows = query(
        catalog,
        "SELECT priority, engagements, ongoing, unknown, statements_realised, statements_upcoming "
        "FROM progress_by_priority",
    )
    assert [tuple(row.values()) for row in rows] == [
        ("Donner envie de pédaler", 2, 1, 1, 3, 3), ("Marcher sans crainte", 1, 0, 1, 0, 2),
    ]


class TestSearch:
    """What a person types, and what is found."""

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("logement handicap", []),
            ("logement etudiant", ["1.2/b2/i1"]),
            ("ENQUETE", ["1.2/b2/i1"]),
            ("« logement étudiant »", ["1.2/b2/i1"]),
            ('"étudiant logement"', []),
            ("carrefours", ["1.1/b2/i2"]),
            ("passerelles du moulin", ["1.1/b2/i1"]),
            ("l'ouverture", ["1.1/b2/i1"]),
            ("des compteurs ? (AND* NEAR", []),
            ("bénévole", ["a2/p1/b1/i2"]),
            ("handicap", ["1.2/b1/i1"]),
        ],
    )
    def test_words(self, catalog: Path, asked: str, found: list[str]) -> None:
        assert [hit.id.removeprefix("c0ffee12ab34/") for hit in search(catalog, asked)] == found

    def test_a_word_may_stand_above_the_text(self, catalog: Path) -> None:
        ids = [hit.id for hit in search(catalog, "garages pédaler")]
        assert ids[0] == "c0ffee12ab34/1.1/b1/i2"

    def test_a_hit_says_where_it_is(self, catalog: Path) -> None:
        hit = search(catalog, "passerelle")[0]
        assert (hit.document_id, hit.number) == ("c0ffee12ab34", "2025-017")
        assert hit.collectivity == "Ville de Clairval-sur-Onde"
        assert (hit.kind, hit.status, hit.page, hit.source_name) == ("item", "à venir", 4, "bilan velo.pdf")
        assert hit.text.startswith("Ouverture de la passerelle")
        assert "passerelle" in hit.snippet

    def test_the_limit_holds(self, catalog: Path) -> None:
        assert len(search(catalog, "vélo", limit=2)) == 2

    def test_nothing_to_look_for(self, catalog: Path) -> None:
        with pytest.raises(UsageError, match="aucun mot"):
            search(catalog, " ?! ")

    def test_no_catalogue(self, tmp_path: Path) -> None:
        with pytest.raises(InputNotFoundError):
            search(tmp_path / "none.sqlite", "vélo")
        assert list(tmp_path.iterdir()) == []

    @given(st.text(max_size=30))
    def test_any_query_is_understood_or_refused(self, text: str) -> None:
        try:
            expression = match_expression(text)
        except BilanError:
            return
        with closing(sqlite3.connect(":memory:")) as base:
            base.execute("CREATE VIRTUAL TABLE t USING fts5(text, context, tokenize='unicode61 remove_diacritics 2')")
            assert base.execute("SELECT * FROM t WHERE t MATCH ?", (expression,)).fetchall() == []
