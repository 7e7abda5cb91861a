"""json, jsonl, csv, xlsx and parquet: what is read back is the plan."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import LOANS, SHA, date, make_bare_plan, make_plan, rebuild, reference_plan
from pydantic import BaseModel

from bilan_extract.corrections import Correction, apply_corrections
from bilan_extract.outputs import export, load_plan, load_plans
from bilan_extract.outputs.safety import escape_cell, like_formula, unescape_cell
from bilan_extract.outputs.tables import TABLES, Table, tables
from bilan_extract.plan import NewDate, NewFigure, Plan


def corrected_plan() -> Plan:
    """A plan that records corrections of every kind of value, in two steps."""
    loans, own = "c0ffee12ab34/1.1/b1/i3", {"sha256": SHA, "source_text": LOANS}
    found = NewFigure(text="familles", kind="count", value=30, value_max=40, unit="famille", bound="between")
    return apply_corrections(
        make_plan(),
        [
            Correction(target=loans, field="status", value="à venir", note="=sic", **own),
            Correction(target=f"{loans}/fig9-17", field="value", value=15, **own),
            Correction(target=loans, field="add", value=found, step=2, **own),
            Correction(target=loans, field="add", value=NewDate(text="aux familles", date="2024"), step=2, **own),
            Correction(target="c0ffee12ab34/1.1/b2/i3/fig9-17", field="delete", value="12 vélos", step=2, **own),
        ],
    )


def full_plan() -> Plan:
    """A plan that also says what the plan of the other tests does not."""
    plan = make_plan()
    cycling, walking = plan.ambitions[0].priorities[0], plan.ambitions[1].priorities[0]
    walking.engagements[0].text += " avant 2026"
    walking.engagements[0].dates = [date(walking.engagements[0].text, "avant 2026", None, "2025-12-31", "../2025")]
    story = cycling.focus[0]
    story.text = f"{story.text} Fête le 3 mai."
    story.dates = [date(story.text, "3 mai", "2024-05-03", "2024-05-03", "2024-05-03", inferred="document")]
    plan.reported_progress[0].count = 12
    return plan


MAKERS = [make_plan, make_bare_plan, corrected_plan, full_plan, reference_plan]


@pytest.fixture(params=MAKERS, ids=lambda maker: maker.__name__)
def plan(request: pytest.FixtureRequest) -> Plan:
    made: Callable[[], Plan] = request.param
    return made()


def typed(table: Table, row: dict[str, str]) -> dict[str, Any]:
    """A csv row with the types that the table's description gives its columns."""
    readers: dict[str, Callable[[str], Any]] = {
        "text": unescape_cell, "integer": int, "real": float, "date": dt.date.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    return {c.name: readers[c.type](row[c.name]) if row[c.name] != "" else None for c in table.columns}


def read_csv(folder: Path, prefix: str = "") -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in TABLES:
        with (folder / f"{prefix}{table.name}.csv").open(encoding="utf-8", newline="") as handle:
            found[table.name] = [typed(table, row) for row in csv.DictReader(handle)]
    return found


def read_xlsx(path: Path) -> dict[str, list[dict[str, Any]]]:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(path)
    found = {}
    for table in TABLES:
        header, *lines = book[table.name].iter_rows()
        assert [cell.value for cell in header] == [column.name for column in table.columns]
        names = [cell.value for cell in header]
        found[table.name] = [dict(zip(names, (_plain(cell.value) for cell in line), strict=True)) for line in lines]
    return found


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value


def test_tables_hold_the_described_columns_and_unique_ids(plan: Plan) -> None:
    rows = tables([plan])
    assert list(rows) == [table.name for table in TABLES]
    for table in TABLES:
        names = [column.name for column in table.columns]
        for row in rows[table.name]:
            assert sorted(row) == sorted(names)
            assert all(row[column.name] is not None for column in table.columns if column.required), row
        ids = [row["id"] for row in rows[table.name]]
        assert len(ids) == len(set(ids))


def test_foreign_keys_join(plan: Plan) -> None:
    rows = tables([plan])
    ids = {name: {row["id"] for row in own} for name, own in rows.items()}
    for table in TABLES:
        for column in table.columns:
            if column.refers:
                values = {row[column.name] for row in rows[table.name]} - {None}
                assert values <= ids[column.refers], (table.name, column.name)


def test_tables_hold_the_whole_plan(plan: Plan) -> None:
    assert rebuild(tables([plan])) == [plan]


def models(value: Any) -> Iterator[BaseModel]:
    """Every model in ``value``, itself included."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from models(getattr(value, name))
    elif isinstance(value, list):
        for inner in value:
            yield from models(inner)


def test_the_plans_of_these_tests_say_something_in_every_field() -> None:
    """A field added to the plan and forgotten here could be lost by the tables without a test noticing."""
    told: dict[tuple[str, str], bool] = {}
    for model in [*models(full_plan()), *models(corrected_plan())]:
        for name, field in type(model).model_fields.items():
            key, value = (type(model).__name__, name), getattr(model, name)
            fixed = get_origin(field.annotation) is Literal and len(get_args(field.annotation)) == 1
            default = None if field.is_required() else field.get_default(call_default_factory=True)
            said = fixed or value != default
            told[key] = told.get(key, False) or said
    assert [key for key, said in told.items() if not said] == []


def test_csv_reads_back(plan: Plan, tmp_path: Path) -> None:
    written = export(plan, "csv", tmp_path / "tables")
    assert [path.name for path in written] == [f"{table.name}.csv" for table in TABLES]
    assert rebuild(read_csv(tmp_path / "tables")) == [plan]


def test_xlsx_reads_back(plan: Plan, tmp_path: Path) -> None:
    export(plan, "xlsx", tmp_path / "plan.xlsx")
    assert rebuild(read_xlsx(tmp_path / "plan.xlsx")) == [plan]


def test_parquet_reads_back(plan: Plan, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    export(plan, "parquet", tmp_path)
    rows = {table.name: parquet.read_table(tmp_path / f"{table.name}.parquet").to_pylist() for table in TABLES}
    assert rebuild(rows) == [plan]


def test_parquet_reads_back_with_pandas(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    export(make_plan(), "parquet", tmp_path)
    figures = pandas.read_parquet(tmp_path / "figures.parquet")
    statements = pandas.read_parquet(tmp_path / "statements.parquet")
    joined = figures.merge(statements, left_on="statement_id", right_on="id", suffixes=("", "_statement"))
    assert joined.loc[joined.unit == "garage", "value"].tolist() == [40.0]
    assert joined.loc[joined.unit == "garage", "status"].tolist() == ["réalisé"]


def test_csv_reads_back_with_pandas(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    export(make_plan(), "csv", tmp_path)
    statements = pandas.read_csv(tmp_path / "statements.csv")
    assert statements.groupby("status").size().to_dict() == {"réalisé": 4, "à venir": 5}
    assert pandas.read_csv(tmp_path / "figures.csv").value.tolist() == [2, 40, 18500, 12, 3, 25, 310]


@pytest.mark.parametrize("maker", MAKERS)
def test_json_reads_back(maker: Callable[[], Plan], tmp_path: Path) -> None:
    plan = maker()
    assert export(plan, "json", tmp_path / "a.json") == [tmp_path / "a.json"]
    assert load_plan(tmp_path / "a.json") == plan
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == plan.to_json()


def test_jsonl_holds_a_plan_a_line(tmp_path: Path) -> None:
    plans = [make_plan(), make_bare_plan()]
    export(plans, "jsonl", tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["document"]["source"]["pages"] for line in lines] == [8, 1]
    assert load_plans(tmp_path / "a.jsonl") == plans


def test_many_plans_share_the_tables(tmp_path: Path) -> None:
    plans = [make_plan(), make_bare_plan(), make_plan("d" * 64)]
    export(plans, "csv", tmp_path / "x.csv")
    assert (tmp_path / "x-statements.csv").exists()
    assert rebuild(read_csv(tmp_path, "x-")) == plans
    export(plans, "xlsx", tmp_path / "x.xlsx")
    assert rebuild(read_xlsx(tmp_path / "x.xlsx")) == plans


def test_csv_has_no_cell_like_a_formula(tmp_path: Path) -> None:
    for path in export(make_plan(), "csv", tmp_path):
        with path.open(encoding="utf-8", newline="") as handle:
            cells = [cell for line in csv.reader(handle) for cell in line]
        assert not [cell for cell in cells if like_formula(cell) and not cell.startswith("'")]


@given(st.text(alphabet="'=+-@\t\r\nab＝", max_size=6))
def test_escaped_cells_read_back(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text
    assert not escape_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


class TestWorkbook:
    """The workbook as a person opens it."""

    @pytest.fixture
    def book(self, tmp_path: Path) -> Any:
        openpyxl = pytest.importorskip("openpyxl")
        export(make_plan(), "xlsx", tmp_path / "plan.xlsx")
        return openpyxl.load_workbook(tmp_path / "plan.xlsx")

    def test_summary_comes_first_in_french(self, book: Any) -> None:
        assert book.sheetnames[0] == "Résumé"
        facts = {row[0]: row[1] for row in book["Résumé"].iter_rows(values_only=True) if row[0]}
        assert facts["Collectivité"] == "Ville de Clairval-sur-Onde"
        assert facts["Séance du"] == dt.datetime(2025, 2, 11)
        assert (facts["Énoncés réalisés"], facts["Énoncés à venir"]) == (3, 5)  # a lead-in states nothing
        assert facts["statements"] == 9

    def test_headers_are_frozen_and_filtered(self, book: Any) -> None:
        for table in TABLES:
            sheet = book[table.name]
            assert sheet.freeze_panes == "B2"
            assert sheet.auto_filter.ref.startswith("A1:")
            assert all(8 <= dimension.width <= 70 for dimension in sheet.column_dimensions.values())

    def test_numbers_and_dates_are_cells_of_their_type(self, book: Any) -> None:
        figures, dates = book["figures"], book["dates"]
        assert {cell.data_type for cell in _column(figures, "value")} == {"n"}
        assert {cell.is_date for cell in _column(dates, "end_date") if cell.value} == {True}
        assert {cell.data_type for cell in _column(dates, "approximate")} == {"b"}

    def test_no_cell_is_a_formula(self, book: Any) -> None:
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell for cell in cells if cell.data_type == "f"]
        risky = [cell for cell in cells if isinstance(cell.value, str) and like_formula(cell.value)]
        assert risky
        assert all(cell.quotePrefix for cell in risky)


def _column(sheet: Any, name: str) -> Sequence[Any]:
    header = [cell.value for cell in sheet[1]]
    return [row[header.index(name)] for row in sheet.iter_rows(min_row=2)]


def test_a_text_too_long_for_a_cell_is_cut_and_named(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    plan = make_plan()
    plan.ambitions[0].introduction = "mot " * 9000
    export(plan, "xlsx", tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cell = _column(book["ambitions"], "introduction")[0].value
    assert len(cell) == 32_767
    assert cell.endswith("[coupé : la suite est dans le JSON]")
    assert any("c0ffee12ab34/a1" in str(row[0]) for row in book["Résumé"].iter_rows(values_only=True))


def test_control_characters_and_old_dates_can_be_written(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    plan = make_plan(signed_on=dt.date(1789, 7, 14), title="a\x07b\x0cc #N/A")
    plan.document.collectivity = "#N/A"
    export(plan, "xlsx", tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["plans"]
    row = {cell.value: sheet.cell(row=2, column=cell.column) for cell in sheet[1]}
    assert row["signed_on"].value == "1789-07-14"
    assert row["title"].value == "a\ufffdb\ufffdc #N/A"
    assert row["collectivity"].data_type == "s"
