"""Debt 5: every named question on a warm store, beside hand-written SPARQL on the bare engine."""

import shutil
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import ours
import pyoxigraph as ox
from measuring.table import Row, seconds
from session import Session

from onrecord.questions import Names, bind, load_all
from onrecord.store import open_store

HAND_WRITTEN = Path(__file__).resolve().parents[1] / "queries"
MOST, OWED = 0.1, 1.5
SLOW = 5.0
"""A question that takes longer is asked once only."""

PREFIXES = {
    "onr": "https://w3id.org/onrecord/ns#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "pso": "http://purl.org/spar/pso/",
}
PICKED = {
    "subject": "SELECT ?x { ?d a onr:Designation ; onr:designee ?x } GROUP BY ?x ORDER BY DESC(COUNT(?d)) ?x LIMIT 1",
    "in": "SELECT ?x { ?d a onr:Designation ; onr:jurisdiction ?x } GROUP BY ?x ORDER BY DESC(COUNT(?d)) ?x LIMIT 1",
    "event": "SELECT ?x { ?f onr:figureOf ?x . ?x a onr:Event } GROUP BY ?x ORDER BY DESC(COUNT(?f)) ?x LIMIT 1",
    "of": "SELECT ?x { ?f a onr:Figure ; onr:figureOf ?x } GROUP BY ?x ORDER BY DESC(COUNT(?f)) ?x LIMIT 1",
    "over": "SELECT ?x { ?p a onr:Prosecution ; onr:concerns ?x } GROUP BY ?x ORDER BY DESC(COUNT(?p)) ?x LIMIT 1",
    "fact": "SELECT ?x { ?x a onr:Statement ; prov:wasQuotedFrom ?y } ORDER BY ?x LIMIT 1",
    "act": "SELECT ?x { ?x a onr:Act ; onr:through ?y } ORDER BY ?x LIMIT 1",
    "about": "SELECT ?x { ?s a onr:Statement ; onr:about ?x } GROUP BY ?x ORDER BY DESC(COUNT(?s)) ?x LIMIT 1",
    "speaker": "SELECT ?x { ?s onr:speaker ?x . ?x a onr:Person } GROUP BY ?x ORDER BY DESC(COUNT(?s)) ?x LIMIT 1",
}
READ = "SELECT ?x { ?p onr:readingOf ?x } GROUP BY ?x ORDER BY DESC(COUNT(?p)) ?x LIMIT 1"
"""An act whose meaning is spoken of."""
SAME = {"designee": "subject", "designator": "in"}
DATE = "2014-06-01"


def measure(session: Session) -> list[Row]:
    """A row for each question."""
    articles = session.sizes.questions
    folder, out = session.dataset(articles), session.folder / "out-questions"
    session.say(f"kg build of {articles:,} articles, with store")
    ours.build(folder, out, 2)
    store = open_store(out / "latest" / "store")
    given = _parameters(store)
    count = sum(1 for _ in (out / "latest" / "dataset.nq").open("rb"))
    names = Names(store, "https://example.org/synthetic/")
    rows = []
    for question in load_all():
        if question.over:  # asked of a small graph that is made for it
            continue
        session.say(f"asking {question.name}")
        chosen = {p.name: given[p.name] for p in question.parameters if p.required or p.name != "speaker"}
        if question.name == "readings-of-an-act":
            chosen["act"] = _first(store, READ)
        query = bind(question, chosen, names.resolve)
        rows.append(_row(store, question.name, query, chosen, count, session.sizes.runs))
    del store
    shutil.rmtree(out, ignore_errors=True)
    return rows


def _parameters(store: ox.Store) -> dict[str, str]:
    """Values for the parameters: what the data speaks of most."""
    given = {"on": DATE}
    given |= {name: _first(store, query) for name, query in PICKED.items()}
    return given | {name: given[other] for name, other in SAME.items()}


def _first(store: ox.Store, query: str) -> str:
    """The node that a query finds first."""
    found = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    node = next(iter(found))[0] if isinstance(found, ox.QuerySolutions) else None
    assert isinstance(node, ox.NamedNode), query
    return node.value


def _asked(store: ox.Store, query: str) -> Callable[[], int]:
    def ask() -> int:
        result = store.query(query, use_default_graph_as_union=True)
        assert isinstance(result, ox.QuerySolutions)
        return sum(1 for _ in result)

    return ask


def _times(work: Callable[[], int], runs: int) -> tuple[float, int]:
    """The median of some runs after a first one, and the number of rows."""
    taken = []
    rows = 0
    for turn in range(runs + 1):
        start = time.perf_counter()
        rows = work()
        taken.append(time.perf_counter() - start)
        if taken[-1] > SLOW:
            return taken[-1], rows
        if turn == 0:
            taken.clear()
    return statistics.median(taken), rows


def _row(store: ox.Store, name: str, query: str, chosen: Mapping[str, str], quads: int, runs: int) -> Row:
    mine, rows = _times(_asked(store, query), runs)
    what = f"{name} ({rows:,} rows)"
    file = HAND_WRITTEN / f"{name}.rq"
    if not file.is_file():
        note = f"warm, on {quads:,} quads; no hand-written SPARQL for this one"
        return Row("5", what, seconds(mine), "", None, f"< {MOST * 1000:.0f} ms", mine < MOST, note)
    written = file.read_text(encoding="utf-8")
    for key, value in chosen.items():
        written = written.replace(
            f"${key}", f'"{value}"^^<http://www.w3.org/2001/XMLSchema#date>' if key == "on" else f"<{value}>"
        )
    other, others = _times(_asked(store, written), runs)
    ratio = mine / other
    met = mine < MOST and ratio <= OWED
    owed = f"< {MOST * 1000:.0f} ms, ≤ {OWED} ×"
    note = f"warm, on {quads:,} quads; beside it hand-written SPARQL"
    if others != rows:
        note += f" ({name}: {others:,} rows there)"
    return Row("5", what, seconds(mine), seconds(other), ratio, owed, met, note)
