"""A node of a document as a page shows it: its fields in order, the words that it rests on, by whom, and the marks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.documents.context import concepts
from onrecord.documents.document import Tree, Value
from onrecord.documents.kinds import INVERSES
from onrecord.pictures import chain
from onrecord.site import telling
from onrecord.site.places import anchor
from onrecord.site.rendering import web
from onrecord.vocabulary.context import properties

_APART = {"id", "type", "label", "curated", "evidence", "quotation", "attribution", "curations", "wasDerivedFrom"}
"""What a node does not show among its fields."""
_NAMED = {"id", "type", "label", "curated"}
_QUALIFYING = {"earliestBasis", "latestBasis", "edtf", "earliest", "latest", "asSaid"}
_DATING = {"edtf", "earliest", "latest"}
_MEASURES = {"minValue", "maxValue", "value", "unit", "qualifier", "asSaid"}
_SHORT = {
    "NameForm": ("labels", "kind"),
    "Particular": ("particularValue", "particularName"),
    "IdentityPaper": ("paperNumber", "paperKind"),
}
"""What is shown on one line: the keys of what it is, and of what kind it is."""
_PROPERTIES = {prop.name: prop for prop in properties().values()}
_WORDS = {prop.name for prop in properties().values() if concepts(prop)}

Form = Literal["text", "link", "outside", "node", "time"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A value: a text, or with an address a link; a node with its own fields."""

    form: Form
    text: str = ""
    href: str = ""
    language: str = ""
    direction: str = ""
    node: "Node | None" = None
    curated: bool = False
    note: str = ""
    """Small print before it: also known as."""
    is_claim: bool = False
    """Whether it is a designation that somebody only claims."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property in plain words, with its values."""

    key: str
    name: str
    values: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words, with what stands around them and where they stand. `raw` tells that they are a file's code."""

    exact: str
    prefix: str
    suffix: str
    source: Shown | None
    anchor: str
    raw: bool
    curated: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """Who passed it on: the picture, and the same as text. Each step has its agents and its manner."""

    anchor: str
    picture: str
    steps: tuple[tuple[tuple[Shown, ...], str], ...]
    curated: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What a curator added, and why."""

    anchor: str
    reason: str
    added: str
    source: Shown | None
    by: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node. `anchor` is "" where it stands on the page already."""

    iri: str
    kind: str
    label: str
    anchor: str
    curated: bool
    fields: tuple[Field, ...]
    quotes: tuple[Quote, ...]
    chain: Chain | None
    notes: tuple[Note, ...]
    sources: tuple[Shown, ...]

    def field(self, key: str) -> tuple[Shown, ...]:
        """The values of a field, none where it has none."""
        return next((each.values for each in self.fields if each.key == key), ())


class Views:
    """Makes what one page shows. `page` gives the page of an address, from the folder of the site, or ""."""

    def __init__(self, owner: str, base: str, root: str, page: Callable[[str], str]) -> None:
        self._owner, self._base, self._root, self._page = owner, base, root, page
        self._anchors: set[str] = set()

    def node(self, tree: Tree, without: frozenset[str] = frozenset()) -> Node:
        """A node with all that belongs to it, but for some keys."""
        iri = telling.text(tree["id"])
        made = self._anchor(iri) if iri != self._owner else ""
        quotes = [self._quote(each) for key in ("quotation", "evidence") for each in telling.trees(tree.get(key))]
        held = tree.get("attribution")
        return Node(
            iri,
            ", ".join(telling.words(telling.text(kind)) for kind in telling.items(tree.get("type"))),
            telling.text(tree.get("label")),
            made,
            tree.get("curated") is True,
            tuple(self.fields(tree, _APART | without)),
            tuple(quotes),
            self._chain(held) if isinstance(held, dict) else None,
            tuple(self._note(each) for each in telling.trees(tree.get("curations"))),
            tuple(self.reference(each) for each in telling.trees(tree.get("wasDerivedFrom"))),
        )

    def fields(self, tree: Tree, without: set[str] | frozenset[str] = frozenset()) -> list[Field]:
        """The fields of a node in the document's order."""
        made = []
        for key, value in tree.items():
            if key not in without and not (key == "labels" and tree.get("type") == ["AttributionChain"]):
                values = tuple(self._values(key, value))
                if values:
                    made.append(Field(key, telling.name_of(key), values))
        return made

    def reference(self, tree: Tree) -> Shown:
        """A link to a node that is described elsewhere; its name alone where it has no page."""
        iri = telling.text(tree["id"])
        label = telling.text(tree.get("label")) or iri
        page = self._page(iri)
        if page:
            return Shown("link", label, self._root + page, direction=telling.direction(label))
        return Shown("outside", label, web(iri)) if not iri.startswith(self._base) else Shown("text", label)

    def names(self, tree: Tree, title: str) -> list[Shown]:
        """The names of a node in all their languages and scripts, each once, but for the one that is its title."""
        found = {shown.text: shown for key in ("labels", "altLabel") for shown in reversed(_texts(tree.get(key)))}
        return [found[text] for text in sorted(found, key=lambda text: (not text.isascii(), text)) if text != title]

    def _values(self, key: str, value: Value) -> list[Shown]:
        if isinstance(value, dict) and "id" not in value:
            return _texts(value)
        return [self._value(key, each) for each in telling.items(value)]

    def _value(self, key: str, value: Value) -> Shown:
        if isinstance(value, dict):
            return self._inner(value)
        if isinstance(value, bool):
            return Shown("text", "yes" if value else "no")
        plain = telling.text(value)
        if key in _WORDS:
            return Shown("text", telling.words(plain))
        prop = _PROPERTIES.get(key)
        if prop is not None and (prop.range.endswith(("#date", "/EDTF")) or key in ("firstDay", "lastDay")):
            return Shown("text", telling.day(plain))
        if plain.startswith(("http://", "https://")) and web(plain):
            return Shown("outside", plain, plain)
        return Shown("text", plain, direction=telling.direction(plain))

    def _inner(self, tree: Tree) -> Shown:
        if "@value" in tree or "id" not in tree:
            return Shown("text", telling.text(tree.get("@value", tree.get("@id", ""))))
        if tree.keys() <= _NAMED:
            return self.reference(tree)
        kinds = telling.items(tree.get("type"))
        if "VagueTime" in kinds:
            node = self.node(tree, frozenset(_QUALIFYING))
            return Shown("time", telling.time(tree), node=node, curated=telling.is_curated_time(tree))
        if "Amount" in kinds:
            return Shown("time", telling.amount(tree), node=self.node(tree, frozenset(_MEASURES)))
        for kind, (said, what) in _SHORT.items():
            if kind in kinds and said in tree and len(_texts(tree[said])) < 2:
                return self._short(tree, said, what)
        without = frozenset({"labels"}) if tree.get("label") and len(_texts(tree.get("labels"))) == 1 else frozenset()
        node = self.node(tree, without)
        shown, claimed = _texts(tree.get("labels")), "ClaimedDesignation" in kinds
        first = shown[0] if shown else Shown("node", node.label)
        return Shown(
            "node", node.label, language=first.language, direction=first.direction, node=node, is_claim=claimed
        )

    def _short(self, tree: Tree, said: str, what: str) -> Shown:
        """A node that is a text and what kind of text it is, on one line; the rest of it below."""
        shown = (_texts(tree[said]) or [self._value(said, tree[said])])[0]
        note = telling.words(telling.text(tree.get(what))) if what in _WORDS else telling.text(tree.get(what))
        node = self.node(tree, frozenset({said, what}))
        return Shown("node", shown.text, language=shown.language, direction=shown.direction, node=node, note=note)

    def _quote(self, tree: Tree) -> Quote:
        chosen: Mapping[str, Value] = next(
            (each for each in telling.trees(tree.get("hasSelector")) if "exact" in each), {}
        )
        exact = telling.text(chosen.get("exact"))
        sources = telling.trees(tree.get("hasSource"))
        return Quote(
            exact,
            telling.text(chosen.get("prefix")),
            telling.text(chosen.get("suffix")),
            self.reference(sources[0]) if sources else None,
            self._anchor(telling.text(tree["id"])),
            exact.lstrip().startswith(("<", "{")),
            tree.get("curated") is True,
        )

    def _chain(self, tree: Tree) -> Chain | None:
        if "link" not in tree:
            return None
        links = sorted(telling.trees(tree["link"]), key=lambda link: int(telling.text(link.get("position")) or 0))
        steps = tuple(
            (
                tuple(self.reference(agent) for agent in telling.trees(link.get("agent"))),
                telling.words(telling.text(link.get("manner"))),
            )
            for link in links
        )
        drawn = chain.drawn([chain.Step(" and ".join(a.text for a in agents), manner) for agents, manner in steps])
        return Chain(self._anchor(telling.text(tree["id"])), drawn, steps, tree.get("curated") is True)

    def _note(self, tree: Tree) -> Note:
        source = telling.text(tree.get("hadPrimarySource"))
        keys = [telling.text(each) for each in telling.items(tree.get("curatedProperty"))]
        added = dict.fromkeys("date" if key in _DATING else telling.name_of(key) for key in keys)
        return Note(
            self._anchor(telling.text(tree["id"])),
            telling.text(tree.get("reason")),
            ", ".join(added),
            Shown("outside", source, web(source)) if source else None,
            tuple(self.reference(each) for each in telling.trees(tree.get("wasAttributedTo"))),
        )

    def _anchor(self, iri: str) -> str:
        made = anchor(iri, self._owner, self._base)
        if made in self._anchors:
            return ""
        self._anchors.add(made)
        return made


def _texts(value: "Value | None") -> list[Shown]:
    """Texts by their languages."""
    if not isinstance(value, dict):
        return []
    return [
        Shown("text", written, language=language, direction=telling.direction(written))
        for language, texts in value.items()
        for written in map(telling.text, telling.items(texts))
    ]


NESTED = frozenset(inverse.name for inverse in INVERSES)
"""What stands inside an entity by a property that leads to it, which its page shows in sections of its own."""
