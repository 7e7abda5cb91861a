"""parquet: one file a table, with real types, by pyarrow (extra "tables")."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from bilan_extract.outputs.files import need, write_bytes
from bilan_extract.outputs.tables import TABLES, tables
from bilan_extract.plan import Plan


def write_parquet(plans: Sequence[Plan], name: str, folder: Path) -> list[Path]:
    """Write every table of ``plans`` as ``folder/<name><table>.parquet``; returns the files, in the tables' order.

    Raises:
        UsageError: pyarrow is not installed.
    """
    arrow, files = need("pyarrow", "tables"), need("pyarrow.parquet", "tables")
    types = {
        "text": arrow.string(), "integer": arrow.int64(), "real": arrow.float64(), "date": arrow.date32(),
        "boolean": arrow.bool_(),
    }
    rows = tables(plans)
    written = []
    for table in TABLES:
        fields = [arrow.field(c.name, types[c.type], nullable=not c.required) for c in table.columns]
        out = io.BytesIO()
        files.write_table(arrow.Table.from_pylist(rows[table.name], schema=arrow.schema(fields)), out)
        written.append(write_bytes(folder / f"{name}{table.name}.parquet", out.getvalue()))
    return written
