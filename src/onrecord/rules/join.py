"""What follows only from several sources together."""

from collections.abc import Collection, Iterable, Iterator

from onrecord.index import Index, index_of, triples_of, union
from onrecord.ntriples import Triple
from onrecord.rules.closure import TYPE
from onrecord.rules.identity import SAME_AS
from onrecord.rules.joins import Joins
from onrecord.rules.layer import Layer
from onrecord.rules.layers import added, layer_of
from onrecord.rules.reasoner import Inference, Reasoner
from onrecord.rules.sharing import Sharing, own


class Join:
    """Joins sources by what each `Inference` tells to be shared.

    Everything that follows from all sources and the context is then in the sources' own inferences, in `result`, and,
    for the sources of which a triple, given or inferred, holds one of `merged_nodes`, in what `expand` gives instead of
    their own inferences. That is so if no source speaks of a node that another one mints. What follows by the join may
    be what some source says by itself, too.

    What touches nodes of a source's own is kept only where it can go on at the other end, so that what is held here
    grows with the entities that sources share, not with the sources. Whether it can is known when all have been added:
    add all again until `settled`. Sources that contradict themselves are not to be added.
    """

    def __init__(self, reasoner: Reasoner) -> None:
        self._reasoner = reasoner
        self._sharing = Sharing(reasoner.tables)
        self._told: dict[Triple, str] = {}
        self._told_by_curators: dict[Triple, str] = {}
        self._ports = _Ports(self._sharing)
        self._made: tuple[Layer, Layer] | None = None
        self._expanding: tuple[Reasoner, Reasoner] | None = None

    def add(self, source: str, shared: Collection[Triple], from_curated: Collection[Triple] = ()) -> None:
        """Takes what a source shares. `source` is how the names of its own nodes begin, as for `infer`."""
        if not shared and not from_curated:
            return
        self._made = self._expanding = None
        whole = self._ports.note(source, [*shared, *from_curated])
        for triples, told in ((shared, self._told), (from_curated, self._told_by_curators)):
            for triple in triples:
                if whole or self._ports.is_kept(source, triple):
                    told[triple] = min(source, told.get(triple, source))

    @property
    def size(self) -> int:
        """How many triples are held."""
        return len(self._told) + len(self._told_by_curators)

    def settled(self) -> bool:
        """Whether all is known that matters. If not, add all sources again: more of them has turned out to."""
        plain, whole = self._layers()
        live = {node for layer in (plain, whole) for names in layer.names.classes.values() for node in names}
        for layer in (plain, whole):
            for name, nodes in layer.kept.forward.items():
                for s, ends in nodes.items():
                    live.update(n for o in ends if not _is_given(layer, s, name, o) for n in (s, o))
        return not self._ports.open(live, whole)

    def result(self) -> Inference:
        """What no source gives alone. Contradictions are those of sources with each other; the triples that they rest
        on are shared ones, which a source may have inferred.
        """
        plain, whole = self._layers()
        # What the context says of nodes that are one now: of that, nobody has told anything.
        of_context = self._reasoner.infer(_links(plain), _links(whole))
        inferred = union(added(plain, index_of(self._told)), of_context.inferred)
        more = union(added(whole, index_of(self._told_by_curators)), of_context.from_curated)
        doubts = plain.doubts or whole.doubts
        told = self._reasoner.contradictions([*self._told, *self._told_by_curators]) if doubts else []
        return Inference(inferred, more, told)

    def sources_of(self, triples: Iterable[Triple]) -> list[str]:
        """The sources that shared triples, each once and sorted; of several that shared one, the first by name."""
        held = {**self._told_by_curators, **self._told}
        return sorted({held[triple] for triple in triples if triple in held})

    def merged_nodes(self) -> frozenset[str]:
        """The nodes that got another name by the sources: whatever else a source says of one holds under all."""
        layers = self._layers()
        return frozenset(name for layer in layers for names in layer.names.classes.values() for name in names)

    def names_of(self, node: str) -> tuple[str, ...]:
        """All names of a node, by the context, by sources and by curators."""
        names = self._layers()[1].names
        return names.members(names.of(node))

    def joined_properties(self) -> frozenset[str]:
        """The properties by whose triples rules go on from one node to what is said of another."""
        effects = self._reasoner.tables.effects
        return frozenset(name for name, effect in effects.items() if effect.kept or effect.kept_backward)

    def expand(self, asserted: Index, curated: Index) -> Inference:
        """What follows from one source where nodes are one that other sources made one.

        To be asked for every source of which a triple, given or inferred, holds one of `merged_nodes`, in place of what
        was inferred from it before. A part of the source is enough for what is new: the triples that hold one of them,
        and those of the nodes that `joined_properties` lead to from there, either way.
        """
        if self._expanding is None:
            plain, whole = (_links(layer) for layer in self._layers())
            context = union(self._reasoner.context, plain)
            rules, tables = self._reasoner.rules, self._reasoner.tables
            self._expanding = (Reasoner(rules, context, tables), Reasoner(rules, union(context, whole), tables))
        alone = self._reasoner.infer(asserted, curated)
        plainly = self._expanding[0].infer(asserted, {})
        wholly = self._expanding[1].infer(union(asserted, curated), {})
        inferred = union(alone.inferred, plainly.inferred)
        more = (
            (s, p, o)
            for s, p, o in triples_of(union(alone.from_curated, wholly.inferred))
            if o not in inferred.get(s, {}).get(p, ())
        )
        return Inference(inferred, index_of(more), wholly.contradictions)

    def _layers(self) -> tuple[Layer, Layer]:
        if self._made is None:
            tables = self._reasoner.tables
            plain = layer_of(tables, index_of(self._told), self._reasoner.base, told=True)
            more = index_of(triple for triple in self._told_by_curators if triple not in self._told)
            self._made = (plain, layer_of(tables, more, plain, told=True))
        return self._made


class _Ports:
    """Where sources can go on from each other: at which nodes, by which properties, and which sources."""

    def __init__(self, sharing: Sharing) -> None:
        self._sharing = sharing
        self._out: dict[str, dict[str, str]] = {}
        self._in: dict[str, dict[str, str]] = {}
        self._dropped: dict[str, None] = {}
        self._live: set[str] = set()

    def is_kept(self, source: str, triple: Triple) -> bool:
        """Whether a triple is kept whatever others say: it is about shared nodes alone, an identity or a key."""
        s, p, o = triple
        mine = own(source)
        if not (s.startswith(mine) or o.startswith(mine)) or p == SAME_AS:
            return True
        return p in self._sharing.keys or (p == TYPE and o in self._sharing.with_keys)

    def note(self, source: str, triples: Iterable[Triple]) -> bool:
        """Notes where triples of a source end. Tells whether all of them are wanted: others go on from them."""
        sharing, mine, wanted = self._sharing, own(source), False
        for triple in triples:
            s, p, o = triple
            if p in (TYPE, SAME_AS):
                continue
            kept = self.is_kept(source, triple)
            for node, properties, ports in ((s, sharing.after, self._out), (o, sharing.before, self._in)):
                if node.startswith(mine):
                    continue
                wanted = wanted or node in self._live
                if not kept:
                    self._dropped[node] = None
                if p in properties:
                    known = ports.setdefault(node, {})
                    known[p] = source if known.get(p, source) == source else ""
        return wanted

    def open(self, live: set[str], joined: Layer) -> bool:
        """Takes more nodes as such where something goes on. Tells whether triples were dropped that end there."""
        for node in self._dropped:
            if self._goes_on(node) or self._merges(node):
                live.add(node)
        for node, into in self._in.items():
            for other in self._along(joined, node, into.keys()):
                if other in self._out:
                    live.update((node, other))
        fresh = live - self._live
        self._live |= fresh
        return not fresh.isdisjoint(self._dropped)

    def _goes_on(self, node: str) -> bool:
        """Whether one source leads to a node, and another one goes on from it."""
        into, out = self._in.get(node, {}), self._out.get(node, {})
        sources = {*into.values(), *out.values()}
        return bool(into and out) and ("" in sources or len(sources) > 1)

    def _merges(self, node: str) -> bool:
        """Whether several sources say of a node what can be said once only."""
        out, into = self._out.get(node, {}), self._in.get(node, {})
        functional, inverse = self._sharing.merging_after, self._sharing.merging_before
        return any(not out.get(name, "one") for name in functional) or any(
            not into.get(name, "one") for name in inverse
        )

    def _along(self, joined: Layer, node: str, properties: Collection[str]) -> Iterator[str]:
        """Where the middle of a chain that a source has begun leads to, by what all know."""
        joins = Joins(joined)
        for members in self._sharing.chains:
            for place, name in enumerate(members[:-2]):
                ends = {joined.names.of(node)} if name in properties else set[str]()
                for middle in members[place + 1 : -1]:
                    ends = {other for end in ends for other in joins.ends(middle, end)}
                    yield from (other for end in sorted(ends) for other in joined.names.members(end))


def _is_given(layer: Layer, s: str, p: str, o: str) -> bool:
    return s in layer.given and o in layer.given[s].get(p, ())


def _links(layer: Layer) -> Index:
    """The identities that a layer adds."""
    return {names[0]: {SAME_AS: dict.fromkeys(names[1:])} for names in layer.names.classes.values()}
