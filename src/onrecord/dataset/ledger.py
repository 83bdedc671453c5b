"""What is known of each source from the builds before: by which bytes it was built, what of the registry it uses, what
was found, and where its blocks of N-Quads lie. One SQLite file; a damaged one is noticed and made anew."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from onrecord.dataset.rows import Block, Damaged, Row, State, Totals, seal
from onrecord.findings import Finding

NAME = "ledger.sqlite"
_SETTLED = "settled"
_VERSION = 3
_SCHEMA = f"""
PRAGMA journal_mode = TRUNCATE;
PRAGMA synchronous = OFF;
PRAGMA user_version = {_VERSION};
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, size INTEGER, changed INTEGER, node INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS segments (
    id INTEGER PRIMARY KEY, file TEXT, digest BLOB, text TEXT, source TEXT, named INTEGER, registry INTEGER,
    facts INTEGER, spans INTEGER, checked INTEGER, uses TEXT, findings BLOB, shared BLOB, testimony BLOB, voiced BLOB,
    blocks BLOB, seal INTEGER
);
CREATE TABLE IF NOT EXISTS changed (source TEXT PRIMARY KEY, kinds TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_file ON segments (file);
CREATE INDEX IF NOT EXISTS by_source ON segments (source || '>');
"""
_MEMORY = 64_000
"""KiB of pages that SQLite may hold."""


def discard(folder: Path) -> None:
    """Remove the ledger of a folder."""
    for name in (NAME, f"{NAME}-journal"):
        (folder / name).unlink(missing_ok=True)


_COLUMNS = ", ".join(Row._fields)
_VALUES = ", ".join("?" * (len(Row._fields) + 1))
_BLOCKS = msgspec.msgpack.Decoder(tuple[Block, ...])
_FINDINGS = msgspec.msgpack.Decoder(list[Finding])


class Ledger:
    """The ledger in a folder. Use it in a `with` block: what was done in it is kept when it ends well.

    Raises sqlite3.DatabaseError or `Damaged` wherever the file is not what was written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(folder / NAME, isolation_level=None)
        if self._base.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
            raise Damaged("of another version")
        self._base.executescript(f"PRAGMA cache_size = -{_MEMORY};{_SCHEMA}")
        self._base.execute("BEGIN")
        self._is_settled = bool(self.note(_SETTLED))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK" if kind else "COMMIT")
        finally:
            self._base.close()

    def keep(self) -> None:
        """Keep what was done so far, whatever comes."""
        self._base.execute("COMMIT")
        self._base.execute("BEGIN")

    def note(self, name: str) -> bytes:
        """A note by its name; empty where there is none."""
        found = self._base.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return bytes(found[0]) if found else b""

    def write_note(self, name: str, value: bytes) -> None:
        """Write a note."""
        self._base.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def files(self) -> dict[str, State]:
        """The files that segments come from, as they were."""
        return {name: State(*state) for name, *state in self._base.execute("SELECT * FROM files")}

    def write_file(self, name: str, state: State) -> None:
        """Note a file whose documents all have their segments."""
        self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (name, *state))

    def distrust_file(self, name: str) -> None:
        """Forget how a file was, so that it is read again. Its segments stay."""
        self._base.execute("DELETE FROM files WHERE name = ?", (name,))

    def remove_file(self, name: str) -> None:
        """Forget a file and its segments."""
        self.distrust_file(name)
        self.remove(self.of_file(name))

    def clear(self) -> None:
        """Forget everything."""
        for table in ("notes", "files", "segments", "changed"):
            self._base.execute(f"DELETE FROM {table}")
        self._is_settled = False

    def reusable(self, file: str) -> dict[bytes, list[tuple[int, bool]]]:
        """The segments of a file by the digests of their documents, of which several may be the same: their numbers,
        and whether something was found."""
        rows = self._base.execute("SELECT digest, id, findings IS NOT NULL FROM segments WHERE file = ?", (file,))
        segments: dict[bytes, list[tuple[int, bool]]] = {}
        for digest, number, found in rows:
            segments.setdefault(digest, []).append((number, bool(found)))
        return segments

    def remove(self, numbers: Iterable[int]) -> None:
        """Forget segments."""
        for number in numbers:
            self._note_changed(self._base.execute("SELECT source FROM segments WHERE id = ?", (number,)).fetchall())
            self._base.execute("DELETE FROM segments WHERE id = ?", (number,))

    def add(self, rows: Sequence[Row]) -> None:
        """Keep new segments."""
        self._note_changed((row.source,) for row in rows)
        self._base.executemany(
            f"INSERT INTO segments ({_COLUMNS}, seal) VALUES ({_VALUES})", ((*row, seal(row)) for row in rows)
        )

    def _note_changed(self, sources: Iterable[tuple[str]]) -> None:
        """Before the first change of a source since `settle`: note what it has, which the latest release has, too.

        Several segments may be of one source, be it only until another file has been read. Before anything is settled,
        all is new.
        """
        for source in sources if self._is_settled else ():
            if self._base.execute("INSERT OR IGNORE INTO changed VALUES (?, '')", source).rowcount:
                query = "SELECT blocks FROM segments WHERE source || '>' = ? || '>'"
                held = [_BLOCKS.decode(blocks) for (blocks,) in self._base.execute(query, source)]
                kinds = " ".join(sorted({block.kind for blocks in held for block in blocks}))
                self._base.execute("UPDATE changed SET kinds = ? WHERE source = ?", (kinds, *source))

    def of_file(self, file: str) -> list[int]:
        """The numbers of the segments of a file, "" for those of several sources."""
        return [number for (number,) in self._base.execute("SELECT id FROM segments WHERE file = ?", (file,))]

    def has_changed(self) -> bool:
        """Whether any source was added, removed or built anew since `settle`, or may have been."""
        return not self._is_settled or self._base.execute("SELECT 1 FROM changed LIMIT 1").fetchone() is not None

    def changed(self) -> dict[str, list[str]]:
        """The ids of the sources that were added, removed or built anew since `settle`, with the kinds of graphs that
        each had then; none where nothing has been settled."""
        return {source: kinds.split() for source, kinds in self._base.execute("SELECT source, kinds FROM changed")}

    def settle(self) -> None:
        """From here on sources count as changed: a release has been made of what they are."""
        self._base.execute("DELETE FROM changed")
        self.write_note(_SETTLED, b"1")
        self._is_settled = True

    def dependencies(self) -> Iterator[tuple[int, str, str, str]]:
        """Number, file, text and uses of every segment."""
        yield from self._base.execute("SELECT id, file, text, uses FROM segments WHERE file <> ''")

    def inputs(self) -> Iterator[tuple[str, bytes, str]]:
        """File, digest and text of every segment, in order."""
        yield from self._base.execute(
            "SELECT file, digest, text FROM segments WHERE file <> '' ORDER BY file, digest, id"
        )

    def findings(self) -> list[Finding]:
        """What was found in all sources, in no order."""
        rows = self._base.execute("SELECT findings FROM segments WHERE findings IS NOT NULL")
        try:
            return [finding for (packed,) in rows for finding in _FINDINGS.decode(packed)]
        except msgspec.MsgspecError as error:
            raise Damaged("findings that cannot be read") from error

    def has_shared(self) -> bool:
        """Whether any source shares a triple, or says anything of a status through time or that may be contradicted."""
        query = "SELECT 1 FROM segments WHERE COALESCE(shared, testimony, voiced) IS NOT NULL LIMIT 1"
        return self._base.execute(query).fetchone() is not None

    def shared(self) -> Iterator[tuple[str, bytes]]:
        """What sources share with others: their id, and the triples as they were packed. In the order of the ids."""
        yield from self._base.execute(
            "SELECT source, shared FROM segments WHERE shared IS NOT NULL ORDER BY source || '>', id"
        )

    def testimonies(self) -> Iterator[bytes]:
        """What sources say of statuses through time, as it was packed, in the order of their ids."""
        query = "SELECT testimony FROM segments WHERE testimony IS NOT NULL ORDER BY source || '>', id"
        yield from (packed for (packed,) in self._base.execute(query))

    def voiced(self) -> Iterator[bytes]:
        """What sources say that may be contradicted, as it was packed, in the order of their ids."""
        query = "SELECT voiced FROM segments WHERE voiced IS NOT NULL ORDER BY source || '>', id"
        yield from (packed for (packed,) in self._base.execute(query))

    def blocks_of_source(self, source: str) -> tuple[Block, ...]:
        """Where the graphs of a source lie; nowhere where there is no such source."""
        query = "SELECT blocks FROM segments WHERE source || '>' = ? || '>' ORDER BY id"
        return tuple(block for (packed,) in self._base.execute(query, (source,)) for block in _BLOCKS.decode(packed))

    def files_of_sources(self) -> Iterator[tuple[str, str]]:
        """The file of every source that is no part of the registry."""
        yield from self._base.execute(
            "SELECT source, file FROM segments WHERE source <> '' AND NOT registry ORDER BY id"
        )

    def place_of_source(self, source: str) -> tuple[str, bytes] | None:
        """The file of a source, be it a part of the registry, and the digest of its document in it."""
        query = "SELECT file, digest FROM segments WHERE source || '>' = ? || '>' AND file <> '' ORDER BY id LIMIT 1"
        found = self._base.execute(query, (source,)).fetchone()
        return None if found is None else (found[0], bytes(found[1]))

    def totals(self) -> Totals:
        """Sums over all segments."""
        found = self._base.execute(
            "SELECT COUNT(*), SUM(NOT registry), SUM(CASE WHEN registry THEN 0 ELSE facts END), SUM(spans), "
            "SUM(checked) FROM segments WHERE file <> ''"
        ).fetchone()
        return Totals(*(int(one or 0) for one in found))

    def twice(self) -> set[str]:
        """The files with sources whose id another one has as well."""
        query = (
            "SELECT file FROM segments WHERE source || '>' IN (SELECT source || '>' FROM segments WHERE source <> '' "
            "GROUP BY source || '>' HAVING COUNT(*) > 1)"
        )
        return {file for (file,) in self._base.execute(query)}

    def nameless(self) -> set[str]:
        """The files with several documents of which one has no id of its own."""
        query = "SELECT file FROM segments WHERE source <> '' GROUP BY file HAVING COUNT(*) > 1 AND MIN(named) = 0"
        return {file for (file,) in self._base.execute(query)}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every segment with its number, in the order of the sources' ids as named graphs are sorted."""
        query = f"SELECT id, seal, {_COLUMNS} FROM segments ORDER BY source || '>', id"
        for number, sealed, *values in self._base.execute(query):
            row = Row(*values)
            if seal(row) != sealed:
                raise Damaged(f"the segment of {row.source}")
            yield number, row

    def blocks(self) -> Iterator[tuple[str, tuple[Block, ...]]]:
        """The id of every source with the blocks of its graphs, in the order of the ids as named graphs are sorted."""
        for _, row in self.rows():
            yield row.source, self.blocks_of(row)

    @staticmethod
    def blocks_of(row: Row) -> tuple[Block, ...]:
        """Where the graphs of a segment lie."""
        return _BLOCKS.decode(row.blocks)

    def move(self, moved: Iterable[tuple[int, Row]]) -> None:
        """Write segments anew whose blocks lie elsewhere now."""
        self._base.executemany(
            "UPDATE segments SET blocks = ?, seal = ? WHERE id = ?",
            ((row.blocks, seal(row), number) for number, row in moved),
        )
