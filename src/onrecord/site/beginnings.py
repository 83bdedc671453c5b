"""What everything that has a page is called, by the beginnings of the words: for searches that a server answers.

It holds the names that the files of the site's search hold (site/search.py), of all kinds, and finds them in the same
order; it is made once a release and kept beside the store.
"""

from collections.abc import Iterator

from onrecord.documents.kinds import kind_of
from onrecord.documents.paths import path_of
from onrecord.matching.beginnings import Beginnings, Called
from onrecord.questions.said import Said
from onrecord.site.search import rank_of, shown
from onrecord.store import Release
from onrecord.store.beside import kept
from onrecord.vocabulary.terms import dcterms, onr, rdfs, skos

FILE_NAME = "beginnings.msgpack"
_NAMES = (rdfs.label, skos.altLabel, dcterms.title, onr.listReference, onr.code)


def beginnings(release: Release, said: Said) -> Beginnings:
    """The index of a release, in whose store `said` looks."""
    return kept(release, FILE_NAME, Beginnings.load, lambda: Beginnings(_called(said)))


def _called(said: Said) -> Iterator[Called]:
    held: dict[str, tuple[str, int, str] | None] = {}
    for node, name in _named(said):
        if node not in held:
            kind = kind_of(node, said.base)
            page = f"{path_of(node, said.base)}.html"
            held[node] = (kind.name, rank_of(kind.name), page) if kind and not kind.nested else None
        if (found := held[node]) is not None:
            yield Called(node, shown(name), *found)


def _named(said: Said) -> Iterator[tuple[str, str]]:
    """Names of nodes, main names first, those of one sort in their order."""
    for prop in _NAMES:
        yield from sorted(set(said.texts(prop, lambda node: True)))
    forms = {triple.object: triple.subject for triple in said.match(None, onr.nameForm)}
    yield from sorted({(forms[form], name) for form, name in said.texts(rdfs.label, forms.__contains__)})
    mentions = {triple.subject: triple.object for triple in said.match(None, onr.mentions)}
    yield from sorted({(mentions[each], text) for each, text in said.texts(onr.form, mentions.__contains__)})
