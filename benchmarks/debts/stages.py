"""Where the time goes: each stage of a build by itself, on one process; and the full build beside mapping alone."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import ours
from measuring.table import Row, rate, seconds
from session import Session

from onrecord import store
from onrecord.checks import Checker, load_shapes
from onrecord.dataset.sources import SourceFile
from onrecord.index import union
from onrecord.readers import READERS, Passage
from onrecord.rules import Reasoner, load_rules
from onrecord.unit import Lines, Shared, lines_of, source_id
from onrecord.vocabulary import resources

OWED = 0.5
STAGES = ("decode", "map", "check", "infer", "sort", "write", "load")
MAPPING = ("decode", "map", "sort mapped", "write mapped")
"""What a build without checks and rules would do."""


@dataclass
class Clock:
    """Seconds by stage, and what was counted."""

    taken: dict[str, float] = field(default_factory=dict)
    triples: int = 0
    quads: int = 0

    @contextmanager
    def stage(self, *names: str) -> Iterator[None]:
        """Count the time inside for some stages."""
        start = time.perf_counter()
        yield
        spent = time.perf_counter() - start
        for name in names:
            self.taken[name] = self.taken.get(name, 0.0) + spent


class Unit:
    """What the stages need, made once: making it is no stage."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        registry = union(shared.described, shared.curated)
        self.checker = Checker(load_shapes(resources.files("shapes", ".ttl")), registry)
        self.reasoner = Reasoner(load_rules(resources.files("ontology", ".ttl")), registry)

    def build(self, file: SourceFile, passage: Passage, clock: Clock) -> tuple[list[Lines], list[Lines]]:
        """Every stage of one document: its blocks as mapped, and what was inferred."""
        with clock.stage("decode"):
            one = READERS[file.ending].read(file.shown, passage, self.shared.limits)
        with clock.stage("map"):
            mapped = ours.mapped_of(one, file, self.shared)
        with clock.stage("check"):
            self.checker.check(union(mapped.asserted, mapped.curated))
        with clock.stage("infer"):
            inference = self.reasoner.infer(mapped.asserted, mapped.curated)
        assert one.document is not None
        graph = self.shared.minter.graph("asserted", source_id(one.document, file.stem))
        with clock.stage("sort", "sort mapped"):
            held = [lines_of(index, graph) for index in (mapped.asserted, mapped.curated)]
        with clock.stage("sort"):
            more = [lines_of(index, graph) for index in (inference.inferred, inference.from_curated)]
        clock.triples += sum(one.triples for one in held)
        clock.quads += sum(one.triples for one in (*held, *more))
        return held, more


def measure(session: Session) -> list[Row]:
    """A row for each stage, one for what no stage is, and one for the share that mapping alone is of the whole."""
    articles = min(session.sizes.build, session.sizes.questions)
    session.say(f"the stages of {articles:,} articles, one process")
    clock = _run(session.dataset(articles), session.folder / "stages")
    built = session.build(articles, 1)
    note = f"{articles:,} articles, {clock.triples:,} triples from facts, {clock.quads:,} quads; shares of --jobs 1"
    named = {name: clock.taken[name] for name in STAGES}
    named["the rest"] = built.seconds - sum(clock.taken[name] for name in STAGES if name != "load")
    rows = [
        Row("stages", name, seconds(taken), f"{taken / built.seconds:.0%}, {rate(clock.triples, taken)}", note=note)
        for name, taken in named.items()
    ]
    alone = sum(clock.taken[name] for name in MAPPING)
    ratio = alone / built.seconds
    what = f"full build, share of the mapping-only rate, {articles:,} articles"
    note = "decode, map, sort and write, without checks, rules and start-up, on one process; beside kg build --jobs 1"
    mine, beside = rate(built.asserted, built.seconds), f"mapping {rate(clock.triples, alone)}"
    return [*rows, Row("1", what, mine, beside, ratio, f"≥ {OWED:.0%}", ratio >= OWED, note)]


def _run(folder: Path, aside: Path) -> Clock:
    """Every stage on every article."""
    aside.mkdir(exist_ok=True)
    shared, files = ours.opened(folder)
    unit, clock, quads = Unit(shared), Clock(), aside / "dataset.nq"
    with quads.open("wb", buffering=0) as out:
        for file in files:
            with file.path.open("rb") as stream:
                for passage in READERS[file.ending].split(stream):
                    held, more = unit.build(file, passage, clock)
                    with clock.stage("write", "write mapped"):
                        out.write(b"".join(one.data for one in held))
                    with clock.stage("write"):
                        out.write(b"".join(one.data for one in more))
    with clock.stage("load"):
        store.load(quads, aside / "store")
    shutil.rmtree(aside)
    return clock
