"""`kg suggest`: who of the registry may be whom on a list. Nothing is linked by it."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from onrecord.cli.session import Session, counted, session
from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.cli.pasting import Paste, Registered
    from onrecord.dataset.registry import Loaded
    from onrecord.dataset.segments import Progress
    from onrecord.findings import Place
    from onrecord.matching.offers import Offer, Wanted
    from onrecord.matching.suggestions import Described

    Lists = Mapping[str, Mapping[str, Described]]
    Found = list[tuple[Offer, Paste | None]]


@click.command(
    epilog="""\b
Examples:
  kg suggest                             for all that are not linked yet
  kg suggest taliban                     for one entity of the registry
  kg suggest --list un-sc --least 90     close names on one list
  kg suggest --between un-sc ofac-sdn    entries of two lists that may be one
"""
)
@click.argument("entity", required=False)
@click.option("--list", "lists", multiple=True, help="Look in this list alone; may be repeated.", metavar="LIST")
@click.option("--between", nargs=2, help="Look for entries of the first list in the second.", metavar="LIST LIST")
@click.option("--least", type=click.IntRange(1, 100), default=80, show_default=True, help="The least score of a name.")
@click.option("--limit", type=click.IntRange(1), default=5, show_default=True, help="Candidates for each.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@session
def command(
    kg: Session,
    entity: str | None,
    lists: tuple[str, ...],
    between: tuple[str, str] | None,
    least: int,
    limit: int,
    as_json: bool,
) -> None:
    """Offer candidates for links: who may be whom.

    Candidates have a close name or a number in common with ENTITY, or with each person and organization of the registry
    that is not linked to the list yet. Nothing is linked by this: a person who is sure pastes the line that is shown,
    and writes the reason. kg check refuses a reason that is still “…”.
    """
    from onrecord.cli.progress import bars
    from onrecord.matching.offers import Wanted

    if between and (entity or lists):
        raise click.UsageError("--between goes without ENTITY and --list")
    with bars(kg) as progress:
        found = _offers(kg, entity, lists, between, Wanted(least, limit), progress)
    click.echo(_json(found) if as_json else "\n".join(_lines(found)), nl=as_json or bool(found))
    kg.say(f"{counted(len(found), 'candidate')}; nothing is linked by this")


def _offers(
    kg: Session,
    entity: str | None,
    lists: Sequence[str],
    between: tuple[str, str] | None,
    wanted: "Wanted",
    progress: "Progress",
) -> "Found":
    from onrecord.cli import pasting
    from onrecord.dataset import listed, registry, settings, sources
    from onrecord.facts.document import Registry
    from onrecord.matching import entrants, offers

    folder = kg.dataset()
    given = settings.load(folder)
    files = sources.of_dataset(folder, given).files
    loaded = registry.load([file for file in files if file.registry], given)
    documents = [one.document for _, one in loaded.reads if isinstance(one.document, Registry)]
    entities, known = entrants.of_registry(documents), offers.Known(*entrants.links_of(documents))
    if entity is not None and entity not in entities:
        raise _no_entity(entity, entities, loaded)
    others = [file for file in files if not file.registry]
    held = entrants.of_lists(listed.snapshots(others, loaded.shared.limits, _stage(progress, "lists-read")))
    chosen = _chosen(between or lists, held)
    where, stage = _registered(loaded), _stage(progress, "candidates")
    if between:
        made = offers.between(chosen[between[0]], chosen[between[1]], known, wanted, stage)
        return [(offer, pasting.for_entries(offer, known, where)) for offer in made]
    ours = {entity: entities[entity]} if entity is not None else entities
    made = offers.for_entities(ours, chosen, known, wanted, stage, again=entity is not None)
    return [(offer, pasting.for_entity(offer, where)) for offer in made]


def _stage(progress: "Progress", name: str) -> Callable[[int, int], None]:
    return lambda done, of: progress(name, done, of)


def _no_entity(entity: str, entities: "Mapping[str, Described]", loaded: "Loaded") -> InputError:
    import difflib

    if entity in loaded.shared.names:
        return InputError(
            f"{entity} is no named person or organization", hint="candidates are looked for of these alone"
        )
    near = difflib.get_close_matches(entity, list(entities), 1, 0.6)
    hint = f"did you mean {near[0]}?" if near else "name an id of the registry"
    return InputError(f"the registry has no {entity}", hint=hint)


def _chosen(names: Sequence[str], held: "Lists") -> "Lists":
    """The lists that are asked for; all where none is. Raises InputError for one that has no snapshot."""
    for name in names:
        if name not in held:
            there = f"there are snapshots of {', '.join(sorted(held))}" if held else "import one: kg import"
            raise InputError(f"there is no snapshot of a list {name}", hint=there)
    if not held:
        raise InputError("there is no snapshot of any list", hint="import one: kg import")
    return {name: held[name] for name in sorted(held) if not names or name in names}


def _registered(loaded: "Loaded") -> "Registered":
    from onrecord.cli.pasting import Registered
    from onrecord.facts.document import Registry
    from onrecord.facts.references import given_ids

    places: dict[str, Place] = {}
    fields: dict[str, frozenset[str]] = {}
    sections: dict[str, str] = {}
    for file, one in reversed(loaded.reads):
        if isinstance(one.document, Registry):
            places.update((name, one.locate(pointer)) for name, pointer in given_ids(one.document))
            for section in ("organizations", "people"):
                for record in getattr(one.document, section):
                    sections[section] = file.shown
                    fields[record.id] = frozenset(f for f in ("same_as", "not_same_as") if getattr(record, f))
    return Registered(places, fields, sections)


def _lines(found: "Found") -> list[str]:
    from onrecord.cli.tables import plain

    written: list[str] = []
    before = ""
    for offer, paste in found:
        if offer.ours.node != before:
            before = offer.ours.node
            written += [*([""] if written else []), f"{before}  {offer.ours.names[0]}"]
        written.append(f"  {offer.score:>3}  {offer.theirs.node}  {offer.theirs.names[0]}")
        written += (f"       {reason}" for reason in offer.reasons)
        written += (f"       {line}" for line in _advice(paste))
    return [plain(line) for line in written]


def _advice(paste: "Paste | None") -> list[str]:
    if paste is None:
        return ["the registry has no section for such things: nothing can be linked yet"]
    at = f"{paste.file}:{paste.line}" if paste.line else paste.file
    linked = [f"if they are one: {paste.where}{', ' if at else ''}{at}, write", f"  {paste.text}"]
    return [*linked, "if they are not:", f"  {paste.otherwise}"] if paste.otherwise else linked


def _json(found: "Found") -> str:
    def one(described: "Described") -> dict[str, str]:
        return {"id": described.node, "name": described.names[0], "kind": described.kind}

    whole = [
        {
            "ours": one(offer.ours),
            "theirs": one(offer.theirs),
            "score": offer.score,
            "reasons": offer.reasons,
            "paste": paste and {name: value for name, value in paste._asdict().items() if value},
        }
        for offer, paste in found
    ]
    return json.dumps(whole, ensure_ascii=False, indent=2)
