"""The assertions of kg.toml: what must hold of a dataset before it is published. What is broken is a finding that tells
what was found."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.dataset.settings import FILE_NAME, Assertions, Least
from onrecord.findings import Finding, Place
from onrecord.ntriples import split
from onrecord.release.blocks import Quads
from onrecord.release.manifest import QUADS, Manifest
from onrecord.release.publication import manifest_in
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr
from onrecord.writers.parts.sorting import Rows

_CLASSES = {"designations": "designation", "events": "event", "statements": "statement"}
_ENTITIES = ("organization", "person", "place", "post", "list")
_KINDS = "asserted|registry|curated"


def _pattern(base: str) -> re.Pattern[bytes]:
    """Matches a line that gives a node of a kind its class, as a source or curator states it."""
    kinds = "|".join((*_ENTITIES, *_CLASSES.values()))
    node = rf"(<{re.escape(base)}(?:source/[^/>]*/)?(?:({kinds})/[^/>]*|entry/[^/>]*/[^/>]*)>)"
    return re.compile(
        rf"^{node} {re.escape(TYPE)} <[^>]*> <[^>]*/graph/(?:{_KINDS})/[^/>]*> \.$".encode(), re.MULTILINE
    )


@dataclass(frozen=True)
class Numbers:
    """What assertions speak of: the numbers of a release by their names, and the entries of lists."""

    named: Mapping[str, int]
    lists: Mapping[str, int]


def broken(
    asserted: Assertions, manifest: Manifest, quads: Path, findings: Sequence[Finding], latest: Path
) -> list[Finding]:
    """The assertions that do not hold of what is about to be published: its manifest, quads and findings. `latest` is
    the release before it, be there one or not. Nothing is counted that no assertion speaks of."""
    if asserted == Assertions():
        return []
    now = _numbers(manifest, quads, asserted.lists)
    told = [*_too_few(asserted, now), *_too_many(asserted, findings)]
    before = manifest_in(latest) if asserted.most_fall is not None else None
    if before is not None and asserted.most_fall is not None:
        told += _fallen(now, _numbers(before, latest / QUADS, asserted.lists), asserted.most_fall)
    return [Finding(Place(FILE_NAME), "violation", "assertion", text) for text in told]


def _too_few(asserted: Assertions, now: Numbers) -> Iterator[str]:
    for name in Least.__struct_fields__:
        least = getattr(asserted.at_least, name)
        if now.named[name] < least:
            yield f"there must be at least {least:,} {name}, and there are {now.named[name]:,}"
    for name, least in sorted(asserted.lists.items()):
        if now.lists[name] < least:
            found = now.lists[name]
            yield f"the list {name} must have at least {least:,} entries, and its newest snapshot has {found:,}"


def _too_many(asserted: Assertions, findings: Sequence[Finding]) -> Iterator[str]:
    warnings = sum(finding.severity == "warning" for finding in findings)
    for name, most, found in (
        ("findings", asserted.at_most.findings, len(findings)),
        ("warnings", asserted.at_most.warnings, warnings),
    ):
        if most is not None and found > most:
            yield f"there may be at most {most:,} {name}, and there are {found:,}"


def _fallen(now: Numbers, before: Numbers, percent: int) -> Iterator[str]:
    pairs = {name: (before.named[name], now.named[name]) for name in before.named}
    pairs |= {f"entries of {name}": (before.lists[name], now.lists[name]) for name in before.lists}
    for name, (then, found) in pairs.items():
        if found * 100 < then * (100 - percent):
            yield (
                f"{name} may fall by {percent} percent at the most: "
                f"there were {then:,} in the latest release, and there are {found:,}"
            )


def _numbers(manifest: Manifest, quads: Path, lists: Mapping[str, int]) -> Numbers:
    named = {
        "sources": manifest.sources,
        "facts": manifest.facts,
        "evidence": manifest.evidence,
        "triples": manifest.asserted + manifest.curated + manifest.inferred,
    }
    return Numbers({**named, **_nodes(quads, manifest.base)}, {name: _entries(quads, name) for name in lists})


def _nodes(quads: Path, base: str) -> dict[str, int]:
    """How many nodes of each kind sources state, each once."""
    counts = {"entities": 0, **dict.fromkeys(_CLASSES, 0)}
    names, pattern = {kind: name for name, kind in _CLASSES.items()}, _pattern(base)
    with Rows() as rows:
        with quads.open("rb") as stream:
            while piece := stream.read(_PIECE):
                found = pattern.findall(piece + stream.readline())
                rows.extend(f"{names.get(kind.decode(), 'entities')} {node.decode()}" for node, kind in found)
        last = ""
        for row in rows:
            if row != last:
                last = row
                counts[row.split(" ", 1)[0]] += 1
    return counts


_PIECE = 16 << 20


def _entries(quads: Path, name: str) -> int:
    """How many entries the newest snapshot of a list has: designations that a source states which is one."""
    newest, graph = "", ""
    with Quads.opened(quads) as held:
        mark = f" {onr.snapshotOf} "
        for line in held.lines_with(mark.encode()):
            source, _, of, where = split(line.decode())
            if of.endswith(f"/list/{name}>"):
                days = [split(one.decode())[2] for one in held.lines_with(f"{source} {onr.asOf} ".encode())]
                if max(days, default="") >= newest:
                    newest, graph = max(days, default=""), where
        block = held.find(graph) if graph else None
        return held.lines(block).count(f" {TYPE} {onr.Designation} ".encode()) if block else 0
