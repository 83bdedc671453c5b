"""Debt 1, beside the best pipeline that can be put together from other people's programs, stage by stage."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ours
from measuring.table import Row, rate, seconds
from peers import inputs, stages
from peers.environments import REQUIREMENTS, versions
from peers.stages import Ran
from session import Session

from debts.full_build import SEEDED

OWED = 20


def measure(session: Session) -> Iterator[Row]:
    """Each peer on its stage, and the fastest of each added up, beside our full build of the same facts."""
    articles = session.sizes.peers
    folder = session.folder / "peers"
    folder.mkdir(exist_ok=True)
    session.say(f"the inputs of the peers, {articles:,} articles")
    count = _prepare(folder, session.dataset(articles))
    session.say("maplib and morph-kgc: mapping")
    mapped = stages.mapping(folder)
    yield from (_stage("map", one, count) for one in mapped)
    session.say("pyrudof: checks")
    checked = stages.checking(folder / "all.nt", folder / "shapes.ttl", folder)
    yield _stage("check", checked, count)
    session.say("reasonable: rules")
    inferred = stages.inferring(folder / "all.ttl", folder)
    yield _stage("infer", inferred, count)
    yield _whole(articles, session.build(articles, 2), mapped, checked, inferred)
    yield _found(session, folder)
    for file in folder.iterdir():
        file.unlink()


def all_versions() -> dict[str, str]:
    """The peers' versions."""
    return {package: version for name in REQUIREMENTS for package, version in versions(name).items()}


def _prepare(folder: Path, dataset: Path) -> int:
    """Tables, triples with the ontology in one graph, and shapes; how many triples there are without the ontology."""
    data = [triple for found in ours.triples(dataset) for triple in found]
    inputs.write_tables(sorted(set(data)), folder)
    count = inputs.write_triples(data, folder / "all.nt")
    with (folder / "all.nt").open("ab") as stream:
        inputs.ontology().serialize(stream, format="nt", encoding="utf-8")
    (folder / "all.ttl").symlink_to(folder / "all.nt")  # N-Triples are Turtle; reasonable goes by the ending
    inputs.shapes_for_pyrudof().serialize(folder / "shapes.ttl")
    return count


def _stage(name: str, ran: Ran, count: int) -> Row:
    what = f"peer: {name}, {ran.peer}"
    if ran.reason:
        return Row("1", what, "", "not measured", note=f"{ran.peer}: {ran.reason}")
    return Row("1", what, "", f"{seconds(ran.seconds)}, {rate(count, ran.seconds)}")


def _whole(articles: int, mine: ours.Built, mapped: list[Ran], checked: Ran, inferred: Ran) -> Row:
    able = [one for one in mapped if not one.reason]
    what = f"full build, {articles:,} articles, beside the best of the peers"
    failed = [one.peer for one in (checked, inferred) if one.reason]
    if failed or not able:
        return Row(
            "1", what, seconds(mine.seconds), "not measured", owed=f"≥ {OWED} ×", note="a stage has no peer: see above"
        )
    best = min(able, key=lambda one: one.seconds)
    total = best.seconds + checked.seconds + inferred.seconds + inferred.writing
    note = (
        f"{best.peer} + {checked.peer} + {inferred.peer} + writing: the sum of the stages inside their processes, "
        "without start-up and imports, from prepared tables with minted IRIs, into one graph, findings without places"
    )
    ratio = total / mine.seconds
    return Row("1", what, seconds(mine.seconds), seconds(total), ratio, f"≥ {OWED} ×", ratio >= OWED, note)


def _found(session: Session, folder: Path) -> Row:
    """Whether pyrudof finds what was seeded."""
    dataset = session.dataset(SEEDED, violations=1.0)
    for file in folder.iterdir():
        file.unlink()
    _prepare(folder, dataset)
    ran = stages.checking(folder / "all.nt", folder / "shapes.ttl", folder)
    wanted = sum(len(json.loads(line)["expected"]) for line in (dataset / "seeded.jsonl").read_text().splitlines())
    what = f"peer: findings of {SEEDED} articles, a fault each"
    if ran.reason:
        return Row("1", what, f"{wanted} seeded", "not measured", note=f"{ran.peer}: {ran.reason}")
    kinds = Counter(component for _, _, component in json.loads((folder / "pyrudof.json").read_text()))
    note = ", ".join(f"{kind.rpartition('#')[2] or kind} {count}" for kind, count in sorted(kinds.items()))
    return Row(
        "1",
        what,
        f"{wanted} seeded",
        f"{ran.peer} {ran.count}",
        None,
        "",
        None,
        f"pyrudof's results by component: {note}",
    )
