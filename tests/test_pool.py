"""The processes that answer requests: which one a request gets, how long it may take, and what happens when it ends.

Times are short and generous at once: a test waits for what must happen, never for how fast it does.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from modules import ROOT
from onrecord.server.pool import Busy, Counts, CutShort, Limits, Pool, Running
from onrecord.server.pool.running import State

SHORT = "SELECT ?s WHERE { ?s a <https://schema.org/NewsArticle> }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
JSON = ("json", "application/sparql-results+json")
PATIENCE = 30.0

Case = Callable[[Pool], Awaitable[None]]


def limits(**given: float) -> Limits:
    few: dict[str, float] = {"workers": 2, "long": 1, "parked": 1, "turns": 0.3, "seconds": 20.0, "patience": 20.0}
    return Limits(**(few | given))  # type: ignore[arg-type]


def on_pool(founding: Path, given: Limits, case: Case) -> Counts:
    """Run a case on a pool of the founding article's release."""

    async def run() -> Counts:
        async with pool(founding, given) as made:
            await asyncio.wait_for(case(made), PATIENCE * 2)
            return made.counts

    return asyncio.run(run())


@asynccontextmanager
async def pool(founding: Path, given: Limits) -> AsyncIterator[Pool]:
    made = Pool(ROOT, (founding / "latest").resolve(), given, Counts())
    await made.start()
    try:
        yield made
    finally:
        await made.close(0)


def ask(made: Pool, query: str, seconds: float | None = None) -> Running:
    args: dict[str, object] = {"query": query, "default": [], "named": [], "rows": JSON, "graph": None}
    return made.begin("query", args, seconds)


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(int(PATIENCE / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to that")


async def status(running: Running) -> int:
    return (await running.head()).status


async def body(running: Running) -> bytes:
    await running.head()
    return b"".join([piece async for piece in running.chunks()])


def test_a_worker_answers_one_request_after_the_other(founding: Path) -> None:
    async def case(made: Pool) -> None:
        answers = [await body(ask(made, SHORT)) for _ in range(20)]
        assert b"russia-taliban-delisting" in answers[0]
        assert len(set(answers)) == 1
        await until(lambda: made.census["idle"] == 2)

    assert on_pool(founding, limits(), case).started == 2


def test_many_at_once_are_all_answered(founding: Path) -> None:
    async def case(made: Pool) -> None:
        answers = await asyncio.gather(*(body(ask(made, SHORT)) for _ in range(100)))
        assert len(set(answers)) == 1

    assert on_pool(founding, limits(), case).refused == 0


def test_what_takes_too_long_is_ended_and_another_worker_takes_its_place(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running = ask(made, ENDLESS, 1.0)
        assert await status(running) == 503
        assert b"longer than the 1 seconds" in await body(running)
        await until(lambda: made.census["idle"] == 2)
        assert b"russia" in await body(ask(made, SHORT))

    assert on_pool(founding, limits(), case).killed == 1


def test_short_requests_are_answered_while_long_ones_run(founding: Path) -> None:
    async def case(made: Pool) -> None:
        long = [ask(made, ENDLESS), ask(made, ENDLESS)]
        await until(lambda: made.census["long"] == 1 and made.census["parked"] == 1)
        for _ in range(10):
            assert b"russia" in await body(ask(made, SHORT))
        assert {running.state for running in long} == {State.LONG, State.PARKED}

    assert on_pool(founding, limits(), case).parked == 1


def test_a_parked_request_goes_on_when_there_is_room(founding: Path) -> None:
    async def case(made: Pool) -> None:
        first, second = ask(made, ENDLESS), ask(made, ENDLESS)
        await until(lambda: State.PARKED in (first.state, second.state))
        parked, long = (first, second) if first.state is State.PARKED else (second, first)
        assert parked.link is not None
        stat = Path(f"/proc/{parked.link.process.pid}/stat")
        if stat.exists():
            await until(lambda: stat.read_text().rpartition(")")[2].split()[0] == "T")
        long.cancel()
        await until(lambda: parked.state is State.LONG)

    on_pool(founding, limits(), case)


def test_a_long_request_too_many_is_refused(founding: Path) -> None:
    async def case(made: Pool) -> None:
        asked = [ask(made, ENDLESS) for _ in range(3)]
        done, _ = await asyncio.wait(
            [asyncio.ensure_future(status(each)) for each in asked], return_when="FIRST_COMPLETED"
        )
        assert [task.result() for task in done] == [503]
        assert sorted(each.state.value for each in asked) == ["ended", "long", "parked"]
        (refused,) = (each for each in asked if each.state is State.ENDED)
        assert "retry-after" in (await refused.head()).headers

    assert on_pool(founding, limits(workers=3), case).refused == 1


def test_a_parked_request_is_refused_in_the_end(founding: Path) -> None:
    async def case(made: Pool) -> None:
        asked = [ask(made, ENDLESS) for _ in range(2)]
        done, _ = await asyncio.wait(
            [asyncio.ensure_future(status(each)) for each in asked], return_when="FIRST_COMPLETED"
        )
        assert [task.result() for task in done] == [503]

    on_pool(founding, limits(patience=0.5), case)


def test_the_queue_has_an_end(founding: Path) -> None:
    async def case(made: Pool) -> None:
        held = [ask(made, ENDLESS)]
        held += [ask(made, SHORT) for _ in range(5)]
        with pytest.raises(Busy, match="too many"):
            ask(made, SHORT)
        assert len(held) == 6

    on_pool(founding, limits(queue=5, crowd=1, hurry=10.0, turns=10.0), case)


def test_who_waits_too_long_is_told_so(founding: Path) -> None:
    async def case(made: Pool) -> None:
        ask(made, ENDLESS)
        waiting = ask(made, SHORT)
        assert await status(waiting) == 503
        assert b"no worker was free in time" in await body(waiting)
        assert made.census["waiting"] == 0

    on_pool(founding, limits(workers=1, patience=0.5, turns=10.0), case)


def test_a_request_that_nobody_wants_any_more_frees_its_worker(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running, waiting = ask(made, ENDLESS), ask(made, SHORT)
        assert running.link is not None
        gone = running.link.gone
        waiting.cancel()
        assert made.census["waiting"] == 0
        running.cancel()
        await asyncio.wait_for(asyncio.shield(gone), PATIENCE)
        await until(lambda: made.census["idle"] == 1)

    assert on_pool(founding, limits(workers=1, hurry=10.0, turns=10.0), case).killed == 1


def test_a_worker_that_is_ended_from_outside_is_replaced(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running = ask(made, ENDLESS)
        assert running.link is not None
        os.kill(running.link.process.pid, signal.SIGKILL)
        assert await status(running) == 503
        killed = made.processes()
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        await until(lambda: made.census["idle"] == 2 and set(killed).isdisjoint(made.processes()))
        assert b"russia" in await body(ask(made, SHORT))
        assert made.counts.died == 1 + len(killed)

    on_pool(founding, limits(turns=10.0), case)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")
def test_workers_are_made_anew_where_what_they_are_made_of_has_ended(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running, before = ask(made, ENDLESS), made.processes()
        parents = {Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1] for pid in before}
        (source,) = parents
        os.kill(int(source), signal.SIGKILL)
        assert await status(running) == 503
        await until(lambda: made.census["idle"] == 2 and not set(before) & set(made.processes()))
        assert b"russia" in await body(ask(made, SHORT))

    on_pool(founding, limits(turns=10.0), case)


def test_a_slow_reader_holds_the_worker_and_not_the_memory(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running = ask(made, LARGE)
        assert await status(running) == 200
        pieces = running.chunks()
        first = await anext(pieces)
        await asyncio.sleep(0.5)
        assert running.waiting < 16 << 20
        taken = len(first)
        async for piece in pieces:
            taken += len(piece)
            if taken > 64 << 20:
                break
        running.cancel()

    assert on_pool(founding, limits(), case).killed == 1


def test_a_reader_who_takes_nothing_is_let_go(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running = ask(made, LARGE)
        assert await status(running) == 200
        await until(lambda: running.state is State.ENDED)
        with pytest.raises(CutShort, match="took nothing"):
            await body(running)

    assert on_pool(founding, limits(stall=0.5), case).cut == 1


def test_an_answer_that_is_too_large_is_cut_and_says_so(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running = ask(made, LARGE)
        assert await status(running) == 200
        with pytest.raises(CutShort, match="larger than this server gives"):
            await body(running)
        rows = ask(made, "SELECT * { ?a ?b ?c }")
        assert await status(rows) == 200  # small enough

    assert on_pool(founding, limits(answer_bytes=4 << 20), case).cut == 1


def test_rows_beyond_the_limit_are_refused_before_anything_is_sent(founding: Path) -> None:
    async def case(made: Pool) -> None:
        running = ask(made, "SELECT * { ?a ?b ?c }")
        assert await status(running) == 400
        assert b"more than 10 rows" in await body(running)
        assert await status(ask(made, "SELECT * { ?a ?b ?c } LIMIT 10")) == 200

    on_pool(founding, limits(rows=10), case)


def test_closing_waits_for_what_runs_and_leaves_no_process(founding: Path) -> None:
    async def run() -> None:
        made = Pool(ROOT, (founding / "latest").resolve(), limits(), Counts())
        await made.start()
        await until(lambda: made.census["idle"] == 2)
        asked = [ask(made, SHORT) for _ in range(10)]
        closing = asyncio.ensure_future(made.close(PATIENCE))
        assert [await status(each) for each in asked] == [200] * 10
        pids = made.processes()
        await closing
        with pytest.raises(Busy):
            ask(made, SHORT)
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    asyncio.run(run())
