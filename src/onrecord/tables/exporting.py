"""All tables of a release, into a folder or an archive."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from onrecord.tables import csvfiles, description, parquet
from onrecord.tables.columns import Table
from onrecord.tables.description import About
from onrecord.tables.files import place
from onrecord.tables.ground import Ground

FORMS = ("csv", "parquet")


def write_table(form: str, table: Table, ground: Ground, stream: BinaryIO, *, guarded: bool = False) -> int:
    """Write one table in one of FORMS, and return how many rows it has."""
    if form == "parquet":
        return parquet.write(table, ground, stream)
    return csvfiles.write(table, ground, stream, guarded=guarded)


def write_all(
    form: str, tables: Sequence[Table], ground: Ground, output: Path, about: About, *, guarded: bool = False
) -> int:
    """Write tables into a folder, or into an archive where `output` ends in .zip, and return how many rows they have.

    CSV is described by csv-metadata.json, but for what is written for spreadsheets. Raises PublishError where it cannot
    be written, and where the folder has other files than those of such an export.
    """
    if form == "parquet":
        parquet.arrow()
    rows = 0
    with place(output, description.names()) as files:
        for table in tables:
            with files.open(f"{table.name}.{form}") as stream:
                rows += write_table(form, table, ground, stream, guarded=guarded)
        if form == "csv" and not guarded:
            with files.open(description.NAME) as stream:
                stream.write(description.describe(tables, about))
    return rows
