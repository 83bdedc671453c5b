"""The entities of this service: their ids, names and descriptions.

An id is the rest of an address behind the dataset's base: `organization/taliban`, `entry/un-sc/TAi.002`. With the
identifier space before it, it is the address again.
"""

from collections.abc import Iterator

from onrecord.documents.kinds import kind_of
from onrecord.ntriples import text_of
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import kinds, times
from onrecord.vocabulary.terms import onr

NAMED = ("organization", "person", "entry", "list", "post", "place", "event", "act", "source")
"""The kinds of documents that people have names for; claims, figures or statements have none."""
_FEW = 3
_GROUPS = frozenset(("PersonGroup", "OrganizationGroup"))


def id_of(desk: Desk, node: str) -> str:
    """The id of `<iri>`: what its address has behind the base; of an address elsewhere, all of it."""
    return text_of(node).removeprefix(desk.settings.base)


def is_named(base: str, node: str) -> bool:
    """Whether a node is of a kind that has names."""
    kind = kind_of(node, base)
    return kind is not None and kind.name in NAMED


def node_of(desk: Desk, text: str) -> str | None:
    """The entity that an id means; also an address in full, with a prefix or in angle brackets, and a registry id. None
    where there is no such entity."""
    text = text.strip()
    names, base = desk.statuses.names, desk.settings.base
    for each in (f"<{base}{text}>", text):
        node = names.addressed(each)
        if node is not None and is_named(base, node):
            return node
    return None


def name_of(desk: Desk, node: str) -> str:
    """What to call an entity."""
    return desk.documents.labels.of(node)


def is_unnamed(desk: Desk, node: str) -> bool:
    """Whether sources know somebody by role only, or speak of several together."""
    said = desk.statuses.said
    return bool(said.objects(node, onr.knownByRole)) or not _GROUPS.isdisjoint(kinds.own(said, node))


def described(desk: Desk, node: str) -> str:
    """What tells an entity from its namesakes, in a line: what it is, on which list, when born, of which country."""
    said = desk.statuses.said
    parts = [kinds.KINDS[name].title for name in kinds.own(said, node) if name != kinds.ENTRY][:1]
    parts += ["known by role only"] if said.objects(node, onr.knownByRole) else []
    references = [text_of(value) for value in said.objects(node, onr.listReference)]
    for on_list in said.objects(node, onr.entryOf):
        parts.append(f"{', '.join(references[:_FEW])} on {name_of(desk, on_list)}" if references else "listed")
    born = list(dict.fromkeys(times.written(said, time) for time in said.objects(node, onr.birth)))
    parts += [f"born {_few(born)}"] if born else []
    countries = [text_of(value) for prop in (onr.nationality, onr.citizenship) for value in said.objects(node, prop)]
    parts += [_few(list(dict.fromkeys(countries)))] if countries else []
    parts += [f"of {name_of(desk, each)}" for each in said.objects(node, onr.state)[:_FEW]]
    return " · ".join(parts)


def page_of(desk: Desk, node: str) -> str:
    """Where the page of an entity is, from an address below `/reconcile/`."""
    from onrecord.documents.paths import path_of

    return f"../{path_of(node, desk.settings.base)}.html"


def lists_of(desk: Desk, nodes: list[str]) -> Iterator[str]:
    """The lists that name any of some nodes: whose entries they are, and that designations of them are on."""
    said = desk.statuses.said
    for node in nodes:
        yield from said.objects(node, onr.entryOf)
        for designation in said.subjects(onr.designee, node):
            yield from said.objects(designation, onr.onList)


def _few(texts: list[str]) -> str:
    return "; ".join(texts[:_FEW]) + (" …" if len(texts) > _FEW else "")
