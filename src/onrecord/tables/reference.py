"""The page of all columns, docs/tables-columns.md: `python -m onrecord.tables.reference` writes it again."""

from pathlib import Path

from onrecord.tables.columns import Column, Table
from onrecord.tables.description import told
from onrecord.tables.kinds import TABLES

_HEAD = """# Columns of the tables

Written by `make vocabulary` from the tables themselves; [how to read them](tables.md). Types: a `text` is a source's, a
`word` one of ours, an `address` an IRI, `edtf` a date as vague as it is; `…` stands behind the type where a cell may
hold several.
"""


def page() -> str:
    """The page."""
    return "\n".join([_HEAD, *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key) or "none: a row is told apart by all of its cells"
    rows = [
        f"| `{column.name}` | {column.datatype}{' …' if column.many else ''} | {_cell(column)} |"
        for column in table.columns
    ]
    head = [
        f"## {table.name}",
        "",
        f"{table.text} Key: {key}.",
        "",
        "| column | type | how to read it |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows, ""])


def _cell(column: Column) -> str:
    return told(column).split(" Several values")[0].replace("|", "\\|")


def main() -> None:
    """Write the page into the repository's docs/."""
    docs = Path(__file__).resolve().parents[3] / "docs"
    (docs / "tables-columns.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
