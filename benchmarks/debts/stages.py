"""Where the time goes: each stage of a build by itself, on one process; and the full build beside mapping alone."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from measuring.table import Row, rate, seconds
from session import Session

from onrecord import store
from onrecord.checks import check, load_shapes
from onrecord.dataset import registry, settings
from onrecord.dataset.sources import SourceFile, of_dataset
from onrecord.mappers import Mapped, map_document
from onrecord.ntriples import Triple, lines
from onrecord.readers import Read, read
from onrecord.rules import infer, load_rules
from onrecord.unit import Shared
from onrecord.vocabulary import resources

OWED = 0.5
STAGES = ("decode", "map", "check", "infer", "sort", "write", "load")


@dataclass
class Clock:
    """Seconds by stage."""

    taken: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time inside for a stage."""
        start = time.perf_counter()
        yield
        self.taken[name] = self.taken.get(name, 0.0) + time.perf_counter() - start


def measure(session: Session) -> list[Row]:
    """A row for each stage, and one for the share that mapping alone is of the whole."""
    articles = min(session.sizes.build, session.sizes.questions)
    session.say(f"the stages of {articles:,} articles, one process")
    folder, aside = session.dataset(articles), session.folder / "stages"
    aside.mkdir(exist_ok=True)
    clock = Clock()
    asserted, quads = _run(folder, aside, clock)
    whole = sum(clock.taken[name] for name in STAGES if name != "load")
    rows = [
        Row(
            "stages",
            name,
            f"{seconds(taken)}, {taken / whole:.0%}",
            rate(asserted, taken),
            note=f"{articles:,} articles, {asserted:,} triples from facts, {quads:,} quads; shares of all but load",
        )
        for name, taken in ((name, clock.taken[name]) for name in STAGES)
    ]
    shutil.rmtree(aside, ignore_errors=True)
    alone = clock.taken["decode"] + clock.taken["map"] + clock.taken["sort"] * asserted / quads
    alone += clock.taken["write"] * asserted / quads
    built = session.build(articles, 1)
    ratio = alone / built.seconds
    note = (
        "mapping only: decode, map, sort and write, without checks and rules, on one process; beside kg build --jobs 1"
    )
    what = f"full build, share of the mapping-only rate, {articles:,} articles"
    mine, beside = rate(built.asserted, built.seconds), rate(asserted, alone)
    return [*rows, Row("1", what, mine, beside, ratio, f"≥ {OWED:.0%}", ratio >= OWED, note)]


def _run(folder: Path, aside: Path, clock: Clock) -> tuple[int, int]:
    """Every stage on every article; how many triples come from facts, and how many quads are written."""
    given = settings.load(folder)
    files = of_dataset(folder, given).files
    shared = registry.load([file for file in files if file.registry], given).shared
    context = [triple for described in shared.described.values() for triple in described]
    work = _Work(shared, context)
    asserted = written = 0
    quads = aside / "dataset.nq"
    with quads.open("w", encoding="utf-8", newline="\n") as out:
        for file in (file for file in files if not file.registry):
            with clock.stage("decode"):
                reads = read(file.shown, file.path.read_bytes(), shared.limits)
            for one in reads:
                made, sorted_lines = work.article(file, one, clock)
                with clock.stage("write"):
                    out.writelines(sorted_lines)
                asserted += made
                written += len(sorted_lines)
    with clock.stage("load"):
        store.load(quads, aside / "store")
    return asserted, written


class _Work:
    """The tools of the stages, made once: their making is no stage."""

    def __init__(self, shared: Shared, context: list[Triple]) -> None:
        self.shared, self.context = shared, context
        self.shapes = load_shapes(resources.files("shapes", ".ttl"))
        self.rules = load_rules(resources.files("ontology", ".ttl"))

    def article(self, file: SourceFile, one: Read, clock: Clock) -> tuple[int, list[str]]:
        """One article: how many triples its facts give, and its lines."""
        with clock.stage("map"):
            mapped, name = self._mapped(file, one)
        triples = [*mapped.asserted, *mapped.curated]
        context = self._context(triples)
        with clock.stage("check"):
            check(self.shapes, triples, context)
        with clock.stage("infer"):
            found = infer(self.rules, triples, context).inferred
        with clock.stage("sort"):
            made = lines(triples, self.shared.minter.graph("asserted", name))
            made += lines(found, self.shared.minter.graph("inferred", name))
        return len(set(triples)), made

    def _mapped(self, file: SourceFile, one: Read) -> tuple[Mapped, str]:
        assert one.document is not None
        name = getattr(getattr(one.document, "source", None), "id", None) or file.stem
        shared = self.shared
        return map_document(one.document, name, shared.minter, shared.names, shared.labels, shared.language), name

    def _context(self, triples: list[Triple]) -> list[Triple]:
        """What the registry says of the nodes that an article speaks of, and of those that these lead to."""
        known, waiting = set[str](), {o for _, _, o in triples if o in self.shared.described}
        while waiting:
            node = waiting.pop()
            known.add(node)
            waiting |= {o for _, _, o in self.shared.described[node] if o in self.shared.described} - known
        return [triple for node in sorted(known) for triple in self.shared.described[node]]
