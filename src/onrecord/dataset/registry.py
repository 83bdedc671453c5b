"""The registry of shared entities: read first, because every source refers to it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.dataset.settings import Settings
from onrecord.dataset.sources import SourceFile
from onrecord.facts.document import Document, Registry
from onrecord.facts.references import given_ids
from onrecord.findings import Finding, Place
from onrecord.index import Description, Index, extend, union
from onrecord.mappers import local_labels, local_names, map_document
from onrecord.mappers.parts.minting import Minter
from onrecord.ntriples import Triple
from onrecord.readers import Limits, Read, read
from onrecord.rules.identity import Identity
from onrecord.unit import Shared, source_id
from onrecord.vocabulary.terms import owl


@dataclass
class Loaded:
    """The registry's files as read, what units share, and the findings that only the whole registry shows."""

    shared: Shared
    reads: list[tuple[SourceFile, Read]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def reader_limits(settings: Settings) -> Limits:
    """The limits of kg.toml as the readers take them."""
    given = settings.limits
    return Limits(given.file_bytes, given.line_bytes, given.depth, given.value_chars, given.records)


def minter(settings: Settings) -> Minter:
    """What mints the IRIs of a dataset."""
    return Minter(settings.base)


def load(files: Sequence[SourceFile], settings: Settings) -> Loaded:
    """Read the registry's files and make what every unit shares."""
    shared = Shared(
        minter(settings),
        settings.language,
        reader_limits(settings),
        settings.limits.words,
        settings.limits.quotation_words,
    )
    loaded = Loaded(shared)
    for file in files:
        data = file.data(shared.limits)
        if isinstance(data, Finding):
            loaded.findings.append(data)
            continue
        loaded.reads += ((file, one) for one in read(file.shown, data, shared.limits))
    loaded.findings += _strangers(loaded.reads)
    names, places, twice = _names(loaded)
    loaded.findings += twice
    labels = {
        iri: label for _, _, document in _registries(loaded) for iri, label in local_labels(document, names).items()
    }
    loaded.shared = replace(
        shared, names=names, files=places, labels={**labels, shared.minter.curator(): settings.publisher}
    )
    described, curated, links = _described(loaded)
    loaded.shared = replace(loaded.shared, described=described, curated=curated, links=links)
    return loaded


def _strangers(reads: Sequence[tuple[SourceFile, Read]]) -> Iterator[Finding]:
    for _, one in reads:
        if isinstance(one.document, Document):
            yield Finding(
                one.locate(("source",)),
                "violation",
                "not-registry",
                "this is a source with its facts, and the folder is the registry's",
                "move the file to articles/",
            )


def _registries(loaded: Loaded) -> Iterator[tuple[SourceFile, Read, Registry]]:
    for file, one in loaded.reads:
        if isinstance(one.document, Registry):
            yield file, one, one.document


def _names(loaded: Loaded) -> tuple[dict[str, str], dict[str, str], list[Finding]]:
    """Every id of the registry with its IRI and its file, and a finding for each that two files give."""
    names: dict[str, str] = {}
    files: dict[str, str] = {}
    twice = []
    for file, one, document in _registries(loaded):
        for name, pointer in given_ids(document):
            if files.setdefault(name, file.shown) != file.shown:
                message = f"the registry has the id {name} twice: here and in {files[name]}"
                twice.append(Finding(one.locate(pointer), "violation", "id-twice", message, "keep one of them"))
        names.update(local_names(document, loaded.shared.minter, source_id(document, file.stem)))
    return names, files, twice


def _described(loaded: Loaded) -> tuple[Index, Index, dict[Triple, Place]]:
    """What the registry says, and what curators add to it: the context in which sources are checked and inferred. And
    the places of curators' links."""
    shared = loaded.shared
    described: Index = {}
    curated: Index = {}
    links: dict[Triple, Place] = {}
    for file, one, document in _registries(loaded):
        source = source_id(document, file.stem)
        mapped = map_document(
            document, source, shared.minter, shared.names, shared.labels, shared.language, None, one.kept
        )
        extend(described, mapped.asserted)
        extend(curated, mapped.curated)
        links.update((link, one.locate(pointer)) for link, pointer in mapped.links.items())
    return described, curated, links


def digests_of(shared: Shared) -> dict[str, bytes]:
    """What each id of the registry stands for, as a digest: of its address, its label, and all that is said of it and
    of what that leads to. While it stays the same, sources that use the id need not be built again.

    By which properties others lead to a node counts, too, since something may follow from that; and so do the names of
    what it is one with, each of which (`<…>`) has a digest of its own.
    """
    registry = union(shared.described, shared.curated)
    names, before = _identities(registry), _properties_before(registry)
    own = {
        node: _said(node, registry[node], shared.labels.get(node), sorted(before.get(node, ()))) for node in registry
    }
    found: dict[str, bytes] = {}
    for name, node in shared.names.items():
        waiting, reached = [node], {node}
        while waiting:
            here = waiting.pop()
            for values in (names.get(here, ()), *registry.get(here, {}).values()):
                fresh = [value for value in values if (value in registry or value in names) and value not in reached]
                reached.update(fresh)
                waiting += fresh
        whole = hashlib.sha256(f"{node} {shared.files.get(name)}".encode())
        for one in sorted(reached):
            whole.update(own.get(one, b""))
        found[name] = whole.digest()[:16]
    linked = {node: hashlib.sha256(repr(members).encode()).digest()[:16] for node, members in names.items()}
    places = {"@links": hashlib.sha256(repr(sorted(shared.links.items())).encode()).digest()[:16]}  # findings name them
    return found | linked | dict(_of_entries(shared, names, found)) | places


def _of_entries(
    shared: Shared, names: Mapping[str, tuple[str, ...]], found: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Of each list to whose entries the registry links: who they are one with, and what these are, as a digest."""
    of_node = {shared.names[name]: digest for name, digest in found.items()}
    for of in shared.lists:
        start = shared.minter.entries(of)[:-1]
        entries = [node for node in sorted(names) if node.startswith(start)]
        said = [(node, [(other, of_node.get(other)) for other in names[node]]) for node in entries]
        if said:
            yield shared.minter.entries(of), hashlib.sha256(repr(said).encode()).digest()[:16]


def _identities(registry: Index) -> dict[str, tuple[str, ...]]:
    """Each node that the registry says to be one with another, with all names of both."""
    same = owl.sameAs.plain
    links = [(node, other) for node in registry for other in registry[node].get(same, ())]
    identity = Identity(links)
    return {node: identity.members(identity.of(node)) for link in links for node in link}


def _properties_before(registry: Index) -> dict[str, set[str]]:
    """The properties that lead to each node."""
    found: dict[str, set[str]] = {}
    for description in registry.values():
        for prop, values in description.items():
            for value in values:
                if value in registry:
                    found.setdefault(value, set()).add(prop)
    return found


def _said(node: str, description: Description, label: str | None, before: list[str]) -> bytes:
    """A digest of what is said of one node, what it is called, and what leads to it."""
    said = sorted((prop, sorted(values)) for prop, values in description.items())
    return hashlib.sha256(repr((node, label, said, before)).encode()).digest()
