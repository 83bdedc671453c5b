"""The benchmark: what is owed, ours beside the peers, in one run.

    make bench                          about twenty minutes on two cores
    make bench BENCH=--quick            a few minutes, smaller
    make bench BENCH=--full             up to 100,000 articles
    make bench BENCH='--only 1 --only 6 --json figures.json'

Progress goes to standard error, the table to standard output. Everything is made in a temporary folder, which is
removed at the end, and after Ctrl-C.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from debts import DEBTS
from debts.peers import all_versions
from measuring.machine import machine, packages
from measuring.table import Row, rendered, written
from session import SIZES, Session

from onrecord.errors import OnRecordError


def main() -> int:
    """The command."""
    given = _arguments()
    # As on anybody's machine: modules stay compiled from one process to the next.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    about = {**machine(), **packages(), **{f"peer {name}": version for name, version in all_versions().items()}}
    rows: list[Row] = []
    try:
        with tempfile.TemporaryDirectory(prefix="onrecord-bench-", dir=given.folder) as folder:
            session = Session(Path(folder), SIZES[given.size])
            for name in given.only or DEBTS:
                for row in _measured(name, session):
                    rows.append(row)
                    session.say(f"  {row.what}: {row.ours} · {row.beside or row.note}")
    except KeyboardInterrupt:
        print("interrupted: what was measured until then follows", file=sys.stderr)
    about["size"] = given.size
    print(rendered(about, rows))
    if given.json:
        written(given.json, about, rows)
    return 0


def _measured(name: str, session: Session) -> Iterator[Row]:
    """A debt's rows as they come. What fails is a row, too: the others are measured all the same."""
    try:
        yield from DEBTS[name](session)
    except (OnRecordError, RuntimeError, OSError, AssertionError, ValueError, LookupError) as error:
        last = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        session.say(f"{name}: {error}")
        yield Row(name, "failed", "", "", None, "", False, last[:200])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for size in SIZES:
        parser.add_argument(f"--{size}", dest="size", action="store_const", const=size)
    parser.set_defaults(size="default")
    parser.add_argument("--only", action="append", choices=[*DEBTS], help="this one only; may be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON, too")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="where the temporary folder is made")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
