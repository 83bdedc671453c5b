"""The frame by which a document is found again in its triples (https://www.w3.org/TR/json-ld11-framing/)."""

from onrecord.documents.context import ADDRESS, FOR_PEOPLE
from onrecord.documents.document import Document, Tree, Value
from onrecord.documents.kinds import INVERSES

_INVERSES = {inverse.name: inverse.kind for inverse in INVERSES}

_NAMED = {"id", "type", *FOR_PEOPLE}


def frame(document: Document) -> Tree:
    """The frame of a document: its root, what stands inside by a property that leads there, and what is only named.

    All else is embedded as it is met, which is the default of framing. To be used with `@embed: @always` and
    `@omitDefault`.
    """
    return {"@context": ADDRESS, "id": document.node[1:-1], **_keys(document.tree)}


def _keys(tree: Tree) -> Tree:
    made: Tree = {}
    for key, value in tree.items():
        nodes = [node for node in (value if isinstance(value, list) else [value]) if isinstance(node, dict)]
        below = _merged([_keys(node) for node in nodes])
        if nodes and all(node.keys() <= _NAMED for node in nodes):
            made[key] = {"@explicit": True}
        elif key in _INVERSES:
            made[key] = {"type": _INVERSES[key].iri, **below}
        elif below:
            made[key] = below
    return made


def _merged(frames: list[Tree]) -> Tree:
    made: Tree = {}
    for each in frames:
        for key, value in each.items():
            held: Value = made.get(key, value)
            made[key] = _merged([held, value]) if isinstance(held, dict) and isinstance(value, dict) else value
    return made
