"""What is owed (performance.md), one module a debt, each with `measure(session) -> rows`."""

from collections.abc import Callable, Iterable

from measuring.table import Row
from session import Session

from debts import full_build, growth, incremental, parallel, peers, questions, stages, startup

DEBTS: dict[str, Callable[[Session], Iterable[Row]]] = {
    "1": full_build.measure,
    "1-peers": peers.measure,
    "2": growth.measure,
    "3": incremental.measure,
    "4": parallel.measure,
    "5": questions.measure,
    "6": startup.measure,
    "stages": stages.measure,
}
