"""The page on which the triples of one source are written: asserted and curated apart, and where each node came
from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from onrecord.facts.fields import Curated, Curation, Record
from onrecord.facts.listings import Snapshot
from onrecord.facts.texts import Text
from onrecord.findings import Pointer
from onrecord.index import Index
from onrecord.mappers.parts.minting import Minter, below, digest
from onrecord.ntriples import Triple, iri, literal, quoted
from onrecord.vocabulary.term import LANG_STRING, TYPE, Class, Property
from onrecord.vocabulary.terms import onr, prov

_TYPE = TYPE.plain


class Pen:
    """Writes triples of one kind of graph into an index. Mappers say the property; its datatype is the vocabulary's."""

    __slots__ = ("index", "language")

    def __init__(self, language: str) -> None:
        self.index: Index = {}
        self.language = language

    def type(self, node: str, cls: Class) -> None:
        """`node` is of class `cls`."""
        self._write(node, _TYPE, cls.plain)

    def link(self, node: str, prop: Property, target: str | None) -> None:
        """`node` stands in `prop` to the node `target`; nothing where there is none."""
        if target is not None:
            self._write(node, prop.plain, target)

    def text(self, node: str, prop: Property, value: object, language: str | None = None) -> None:
        """`node` has the literal `value`; nothing for None. `language` is for language-tagged properties, else the
        source's."""
        if value is not None:
            if prop.range == LANG_STRING:
                written = literal(str(value), LANG_STRING, language or self.language)
            else:
                written = quoted(str(value)) + prop.suffix
            self._write(node, prop.plain, written)

    def _write(self, node: str, prop: str, value: str) -> None:
        description = self.index.get(node)
        if description is None:
            self.index[node] = {prop: {value: None}}
        elif prop in description:
            description[prop][value] = None
        else:
            description[prop] = {value: None}


@dataclass
class Page:
    """One source's triples under construction.

    `names` gives the IRI of every id that the source may use, `labels` what to call a node; `chain` the agents through
    whom every fact of it comes, the site first; `contents` the mappers of what a proposition may hold; `fact_curation`
    the reason for facts that no source gives at all (those of the registry); `snapshot`
    which list it is, where it is one.
    """

    minter: Minter
    source: str
    names: Mapping[str, str]
    labels: Mapping[str, str]
    language: str
    chain: tuple[str, ...] = ()
    text: Text | None = None
    fact_curation: Curated | None = None
    snapshot: Snapshot | None = None
    contents: "Mapping[str, Content]" = field(default_factory=dict)
    asserted: Pen = field(init=False)
    curated: Pen = field(init=False)
    origins: dict[str, Pointer] = field(default_factory=dict)
    links: dict[Triple, Pointer] = field(default_factory=dict)
    written: set[tuple[str, bool]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.asserted = Pen(self.language)
        self.curated = Pen(self.language)

    def node(self, section_word: str, record: Record, pointer: Pointer) -> str:
        """The IRI of a record of this source: by its id, or by its content where it has none."""
        name = getattr(record, "id", None) or f"_{digest(record)}"  # no id begins so
        node = below(self.source, section_word, name)
        self.origins[node] = pointer
        return node

    def ref(self, name: str | None) -> str | None:
        """The node that an id stands for. An id that stands for nothing has been a finding before: it gives None."""
        return None if name is None else self.names.get(name)

    def refs(self, names: list[str]) -> list[str]:
        """The nodes that several ids stand for."""
        return [self.names[name] for name in names if name in self.names]

    def pen(self, curated: Curated | None) -> Pen:
        """The pen for a record: the curator's for what a curator adds."""
        return self.curated if curated else self.asserted

    def curation(self, node: str, curated: Curated | None, *properties: Property) -> None:
        """A curator's reason for some properties of `node`, or for the whole node where none is named."""
        if curated is None:
            return
        why = Curation(reason=curated) if isinstance(curated, str) else curated
        made = below(node, "curation", digest(why.reason, why.source))
        self.curated.type(made, onr.Curation)
        self.curated.link(made, onr.curates, node)
        for prop in properties:
            self.curated.link(made, onr.curatedProperty, prop.plain)
        self.curated.text(made, onr.reason, why.reason)
        self.curated.link(made, prov.wasAttributedTo, self.minter.curator())
        if why.source:
            self.curated.link(made, prov.hadPrimarySource, iri(why.source))

    def first(self, node: str, pen: Pen) -> bool:
        """Whether a shared node (evidence, a chain) is written for the first time with this pen."""
        key = (node, pen is self.curated)
        if key in self.written:
            return False
        self.written.add(key)
        return True


Content = Callable[[Page, Pen, Record, str, Pointer, bool], None]
"""Writes what a record says of a node: (page, pen, record, node, pointer, whether it is a fact and not a
proposition)."""
