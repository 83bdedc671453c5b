"""The values of properties, as cells. What only a curator says is marked so."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from onrecord.ntriples import text_of
from onrecord.questions import identity
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities, kinds, times
from onrecord.server.reconciliation.cells import Cell, entity, text
from onrecord.vocabulary.term import Property as Term
from onrecord.vocabulary.terms import dcterms, onr, rdfs, skos

Settings = dict[str, str]
Values = Callable[[Desk, str, Settings], Iterable[Cell]]
"""The values of an entity, `<iri>`, by the settings of a client."""


def held(desk: Desk, node: str, *terms: Term) -> Iterator[tuple[str, bool]]:
    """The values of some properties of a node, each once, and whether only a curator says so."""
    asserted, curated = desk.statuses.said.described(node)
    for term in terms:
        said, added = asserted.get(str(term), {}), curated.get(str(term), {})
        for value in sorted({*said, *added}):
            yield value, value not in said


def texts(*terms: Term) -> Values:
    """Properties whose values are texts."""

    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        for value, curated in held(desk, node, *terms):
            if not value.startswith("<"):
                yield text(text_of(value), curated)

    return values


def nodes(*terms: Term) -> Values:
    """Properties whose values are entities."""

    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        for value, curated in held(desk, node, *terms):
            yield entity(desk, value, curated)

    return values


def dated(term: Term) -> Values:
    """A property whose values are times."""

    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        said = desk.statuses.said
        for value, curated in held(desk, node, term):
            if told := times.written(said, value):
                dated = [each for each in (onr.edtf, onr.earliest, onr.latest) if said.objects(value, each)]
                added = [prop for prop in dated if all(only for _, only in held(desk, value, prop))]
                yield text(told, curated or bool(added))

    return values


def parts(term: Term, *inner: Term) -> Values:
    """What belongs to a node, each as one line: an address, an identity paper."""

    def values(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
        for part, curated in held(desk, node, term):
            told = [text_of(value) for prop in inner for value, _ in held(desk, part, prop)]
            if told:
                yield text(", ".join(dict.fromkeys(told)), curated)

    return values


def name(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """What it is called."""
    yield text(entities.name_of(desk, node), False)


def other_names(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """Its other names, in all scripts."""
    title = entities.name_of(desk, node)
    forms = [form for form, _ in held(desk, node, onr.nameForm)]
    found = [*held(desk, node, rdfs.label, skos.altLabel), *(pair for form in forms for pair in _labels(desk, form))]
    curated = {text_of(value): only for value, only in reversed(found)}
    yield from (text(name, curated[name]) for name in sorted(curated) if name != title)


def _labels(desk: Desk, form: str) -> Iterator[tuple[str, bool]]:
    """The labels of a form of a name; parts of names are none."""
    if not any(value.endswith("name-part>") for value, _ in held(desk, form, onr.kind)):
        yield from held(desk, form, rdfs.label)


def countries(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """The countries that it is said to have to do with: of its nationality, citizenship, addresses, and its state."""
    addresses = [address for address, _ in held(desk, node, onr.address)]
    said = [*held(desk, node, onr.nationality, onr.citizenship)]
    said += [pair for address in addresses for pair in held(desk, address, onr.country)]
    found = [(text_of(value), only) for value, only in said]
    found += [(entities.name_of(desk, state), only) for state, only in held(desk, node, onr.state)]
    yield from (text(country, only) for country, only in dict(sorted(found, reverse=True)).items())


def types(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """What it is."""
    yield from (text(kinds.KINDS[name].title, False) for name in kinds.own(desk.statuses.said, node))


def lists(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """The lists that name it, and those that name who is the same."""
    same, links = identity.confirmed(desk.statuses.said, node)
    own = set(entities.lists_of(desk, [node]))
    for each in dict.fromkeys([*sorted(own), *entities.lists_of(desk, same)]):
        yield entity(desk, each, each not in own and bool(links))


def same(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """Who is the same, by a curator's word."""
    for each in identity.confirmed(desk.statuses.said, node)[0][1:]:
        yield replace(entity(desk, each, True), plain=True)


def near(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """Who may be the same."""
    one = identity.confirmed(desk.statuses.said, node)[0]
    for link in identity.close(desk.statuses.said, one):
        yield replace(entity(desk, link.other if link.node in one else link.node, True), plain=True)


def sources(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """The sources that speak of it."""
    for source in sources_of(desk, node):
        yield entity(desk, source, False)


def titles(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """What these sources are called."""
    for source in sources_of(desk, node):
        titles = [text_of(value) for value, _ in held(desk, source, dcterms.title)]
        yield text(titles[0] if titles else entities.name_of(desk, source), False)


def sources_of(desk: Desk, node: str) -> list[str]:
    """The sources that say something of a node, or speak of it: articles and snapshots of lists, sorted."""
    import pyoxigraph as ox

    base, found = desk.settings.base, set[str]()
    asserted, end = f"{base}graph/asserted/", ox.NamedNode(text_of(node))
    for pattern in ((end, None), (None, end)):
        for quad in desk.store.quads_for_pattern(pattern[0], None, pattern[1], None):
            graph = str(quad.graph_name)[1:-1]
            if graph.startswith(asserted):
                found.add(f"<{base}source/{graph.removeprefix(asserted)}>")
    return sorted(found)


def address(desk: Desk, node: str, settings: Settings) -> Iterator[Cell]:
    """Its address."""
    yield text(text_of(node), False)
