"""The index of names of a release, kept beside its store.

A build of lists prepares it, so that the first question finds it; of other datasets it is made when a name is first
asked for, as the store is: a build that nobody asks names of does not pay for them.
"""

from onrecord.matching import NameIndex
from onrecord.questions.lookup import named
from onrecord.questions.said import Said
from onrecord.store import Release
from onrecord.store.beside import kept as beside
from onrecord.vocabulary.terms import onr

FILE_NAME = "names.msgpack"


def kept(release: Release, said: Said) -> NameIndex:
    """The index of a release, in whose store `said` looks."""
    return beside(release, FILE_NAME, NameIndex.load, lambda: NameIndex(named(said)))


def prepare(release: Release, base: str) -> None:
    """Make the index of a release that has entries of lists, unless it is there."""
    said = Said(release.store(), base)
    if any(True for _ in said.match(None, onr.listReference)):
        kept(release, said)
