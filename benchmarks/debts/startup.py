"""Debt 6: whole processes of the commands that should answer at once."""

from collections.abc import Sequence
from functools import partial

import ours
from measuring.processes import median, run
from measuring.table import Row, seconds
from session import Session

QUERY = "SELECT ?who { ?designation a onr:Designation ; onr:designee ?who } LIMIT 10"


def measure(session: Session) -> list[Row]:
    """`kg --help`, and `kg query` on a built dataset."""
    articles = min(session.sizes.growth)
    folder, out = session.dataset(articles), session.folder / "out-startup"
    session.say(f"kg build of {articles:,} articles, with store")
    ours.build(folder, out, 2)
    commands = {
        "kg --help": ([ours.KG, "--help"], 0.15),
        f"kg query, {articles:,} articles": ([ours.KG, "-C", folder, "query", "--out", out, QUERY], 0.4),
    }
    rows = []
    for name, (command, most) in commands.items():
        taken = median(partial(_seconds, command), session.sizes.runs)
        rows.append(Row("6", name, seconds(taken), owed=f"< {most} s", met=taken < most, note="whole process, median"))
    return rows


def _seconds(command: Sequence[object]) -> float:
    return run(command).seconds
