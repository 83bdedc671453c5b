"""Debt 1: the full build beside the plain pipeline, and beside our own mapping without checks and rules."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import ours
import seeded
from measuring.processes import run
from measuring.table import Row, rate, seconds
from peers import inputs
from plain import compare
from session import Session
from synthetic.writing import MANIFEST

PLAIN = Path(__file__).resolve().parents[1] / "plain" / "run.py"
DATA_GRAPHS = ("asserted", "curated", "registry", "inferred", "inferred-from-curated")
SEEDED = 43
"""Kinds of faults that the generator has: with so many articles there is one of each."""
OWED = 500


def measure(session: Session) -> Iterator[Row]:
    """Ours beside plain at sizes that are really run, at our size, and whether both find the same."""
    taken: dict[int, float] = {}
    for articles in session.sizes.plain:
        session.say(f"the plain pipeline on {articles} articles")
        stages, triples = _plain(session, articles)
        taken[articles] = sum(stages.values())
        told = ", ".join(f"{name} {seconds(value)}" for name, value in stages.items())
        mine = session.build(articles, 2)
        yield Row(
            "1",
            f"full build, {articles} articles",
            seconds(mine.seconds),
            f"plain {seconds(taken[articles])}",
            taken[articles] / mine.seconds,
            note=f"plain at {articles}: {told} ({triples:,} triples); ours is start-up for the most part",
        )
    yield _at_size(session, taken)
    yield from _sameness(session)
    yield _seeded(session)


def _prepare(session: Session, articles: int, violations: float) -> tuple[Path, Path, set[str]]:
    """The folder of the plain pipeline with its inputs, the dataset, and the nodes that articles describe."""
    dataset = session.dataset(articles, violations=violations)
    folder = session.folder / f"plain-{dataset.name}"
    folder.mkdir(exist_ok=True)
    registry, *articles_triples = ours.triples(dataset)
    inputs.write_triples([*registry, *(one for found in articles_triples for one in found)], folder / "data.nt")
    inputs.ontology().serialize(folder / "ontology.ttl")
    inputs.shapes().serialize(folder / "shapes.ttl")
    return folder, dataset, {subject for found in articles_triples for subject, _, _ in found}


def _plain(session: Session, articles: int, violations: float = 0.0) -> tuple[dict[str, float], int]:
    folder, _, _ = _prepare(session, articles, violations)
    stages: dict[str, float] = json.loads(run([sys.executable, PLAIN, folder]).out)
    with (folder / "data.nt").open("rb") as lines:
        return stages, sum(1 for _ in lines)


def _at_size(session: Session, taken: dict[int, float]) -> Row:
    """The rate of a large build, and the least that the plain pipeline would come to there: by a line through its two
    largest runs."""
    articles = session.sizes.build
    mine = session.build(articles, 2)
    before, largest = sorted(taken)[-2:]
    slope = (taken[largest] - taken[before]) / (largest - before)
    line = taken[largest] + slope * (articles - largest)
    what = f"full build, {articles:,} articles, 2 processes"
    pace = f"{seconds(mine.seconds)}, {rate(mine.asserted, mine.seconds)}"
    note = (
        f"EXTRAPOLATED, not run: a straight line through the plain pipeline's runs of {before} and {largest} articles "
        f"({seconds(slope)} for each further one), which is the least that it can be: owlrl grows faster than that"
    )
    ratio = line / mine.seconds
    return Row("1", what, pace, f"plain {seconds(line)} extrapolated", ratio, f"≥ {OWED} ×", ratio >= OWED, note)


def _sameness(session: Session) -> Iterator[Row]:
    """Both pipelines on the same facts: one dataset without faults for the triples, one with all for the findings."""
    articles = min(session.sizes.plain)
    folder, _, _ = _prepare(session, articles, 0.0)
    plain = compare.plain_closure(folder, inputs.ontology())
    mine = compare.our_closure(ours.graphs(session.build(articles, 2).out, DATA_GRAPHS))
    triples = list(compare.differences(plain, mine))
    yield _equal(f"same triples, {articles} articles", len(mine), len(plain), triples)
    session.say(f"the plain pipeline on {SEEDED} articles with faults")
    folder, dataset, described = _prepare(session, SEEDED, 1.0)
    run([sys.executable, PLAIN, folder])
    theirs = compare.plain_findings(folder, described)
    found = compare.our_findings(ours.check(dataset)[1])
    findings = list(compare.differences(theirs.elements(), found.elements()))
    yield _equal(f"same findings, {SEEDED} articles, a fault each", found.total(), theirs.total(), findings)


def _seeded(session: Session) -> Row:
    """Whether all is found that was put into a large dataset, and nothing else."""
    articles = session.sizes.build
    session.say(f"kg check of {articles:,} articles, 1 % of them with a fault")
    dataset = session.dataset(articles, violations=0.01)
    wanted, found = seeded.seeded(dataset / MANIFEST), seeded.found(ours.check(dataset)[1])
    differing = seeded.differences(wanted, found)
    what = f"found as seeded, {articles:,} articles, 1 % with a fault"
    return Row(
        "1",
        what,
        f"{found.total():,}",
        f"seeded {wanted.total():,}",
        None,
        "equal",
        not differing,
        "; ".join(differing[:6]),
    )


def _equal(what: str, mine: int, plain: int, differing: list[str]) -> Row:
    return Row("1", what, f"{mine:,}", f"plain {plain:,}", None, "equal", not differing, "; ".join(differing))
