"""`kg show`: everything known of something, with its sources."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import results, tables
from onrecord.cli.session import Session, session

if TYPE_CHECKING:
    import pyoxigraph as ox

    from onrecord.questions import Detail, Fact, Knowledge, Names

_INDENT = "  "


@click.command(
    epilog="""\b
Examples:
  kg show taliban                                                an id of the registry
  kg show 'Ivan Zhdanov'                                         an exact label
  kg show russia-taliban-delisting/designation/taliban-in-russia a fact of a source
  kg show taliban --json
"""
)
@click.argument("entity")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Look in the latest release in DIR instead of the dataset's out/.",
    metavar="DIR",
)
@session
def command(kg: Session, entity: str, as_json: bool, out: Path | None) -> None:
    """Show everything known of something, with its sources.

    ENTITY is an id of the registry or of a source, the path of a fact (SOURCE/designation/ID), an address, or an exact
    label. What is on record, what somebody claims about themselves, and what is only said stand apart. With every fact
    come the exact words that it rests on and the chain through which it reached us; [curated] marks what a curator
    added, with the reason. Facts that contradict each other are all shown.
    """
    from onrecord.questions import Names, of_node

    found, settings = results.release(kg, out)

    def look(store: "ox.Store") -> "tuple[Knowledge, dict[str, str]]":
        names = Names(store, settings.base)
        known = of_node(store, settings.base, names.resolve(entity), settings.language)
        facts = [known.itself, *(fact for group in known.groups for fact in group.facts)]
        return known, _paths(names, facts)

    known, paths = found.reading(look)
    if as_json:
        click.echo(json.dumps(_document(known, paths), ensure_ascii=False, indent=2))
        return
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else 120
    for line in _lines(known, paths, (lambda text: click.style(text, bold=True)) if coloured else str):
        margin = " " * (len(line) - len(line.lstrip()))
        first, *more = tables.wrap(line.lstrip(), max(20, room - len(margin)))
        click.echo("\n".join([margin + first, *(f"{margin}  {part}" for part in more)]))


def _paths(names: "Names", facts: "Iterable[Fact]") -> dict[str, str]:
    nodes = {fact.node for fact in facts} | {detail.node for fact in facts for detail in fact.details if detail.node}
    return {node: names.path(node[1:-1]) for node in nodes}


def _lines(known: "Knowledge", paths: dict[str, str], strong: Callable[[str], str]) -> Iterator[str]:
    itself = known.itself
    yield strong(tables.plain(itself.label))
    yield f"{itself.kind} · {tables.plain(paths[itself.node])} · {itself.node[1:-1]}"
    for _, names in _gathered(name for name in known.names if name.value != itself.label):
        yield f"also called: {tables.plain(names)}"
    yield from _body(itself, "")
    for group in known.groups:
        yield ""
        yield strong(f"{group.title} ({len(group.facts)})")
        for number, fact in enumerate(group.facts):
            if number:
                yield ""
            yield f"{_INDENT}{fact.kind}: {_heading(fact, paths)}"
            yield from _body(fact, _INDENT * 2)
    if known.inferred:
        yield ""
        yield strong("Follows by inference")
        for name, values in _gathered(known.inferred):
            yield f"{_INDENT}{name}: {tables.plain(values)}"


def _heading(fact: "Fact", paths: dict[str, str]) -> str:
    path = paths[fact.node]
    return tables.plain(path if path.endswith(f"/{fact.label}") else f"{fact.label} · {path}")


def _body(fact: "Fact", margin: str) -> Iterator[str]:
    for name, values in _gathered(fact.details):
        yield f"{margin}{name}: {tables.plain(values)}"
    for words in fact.words:
        yield f"{margin}“{tables.plain(words)}”"
    for chain in fact.chains:
        yield f"{margin}— {tables.plain(chain)}"
    for reason in fact.curated:
        yield f"{margin}[curated] {tables.plain(reason)}"


def _gathered(details: "Iterable[Detail]") -> Iterator[tuple[str, str]]:
    """Each name once, with its values; each value with its mark where a curator added it."""
    found: dict[str, list[str]] = {}
    for detail in details:
        value = f"{detail.value} [curated]" if detail.curated else detail.value
        found.setdefault(detail.name, [])
        if value not in found[detail.name]:
            found[detail.name].append(value)
    for name, values in found.items():
        yield name, "; ".join(values)


def _document(known: "Knowledge", paths: dict[str, str]) -> dict[str, object]:
    return {
        **_record(known.itself, paths),
        "names": [{"name": n.value, "curated": n.curated} for n in known.names],
        "groups": [{"title": g.title, "facts": [_record(fact, paths) for fact in g.facts]} for g in known.groups],
        "inferred": [{"name": d.name, "value": d.value} for d in known.inferred],
    }


def _record(fact: "Fact", paths: dict[str, str]) -> dict[str, object]:
    return {
        "id": fact.node[1:-1],
        "path": paths[fact.node],
        "kind": fact.kind,
        "label": fact.label,
        "details": [
            {"name": d.name, "value": d.value, "curated": d.curated, **({"id": d.node[1:-1]} if d.node else {})}
            for d in fact.details
        ],
        "words": fact.words,
        "attribution": fact.chains,
        "curated": fact.curated,
    }
