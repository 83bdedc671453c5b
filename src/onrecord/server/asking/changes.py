"""Questions over changes: asked of what differs between a kept release and the one that is served.

An earlier release is named by its folder's name in out/releases, or the beginning of it. It is looked for among the
names that are there, and what a client sends never becomes part of a path.
"""

from typing import TYPE_CHECKING

from onrecord.errors import QueryError
from onrecord.questions import Question, bind
from onrecord.server.desk import Desk
from onrecord.store.release import Release

if TYPE_CHECKING:
    import pyoxigraph as ox


def asked_over(desk: Desk, question: Question, given: dict[str, str]) -> "tuple[str, ox.Store]":
    """The query, and the store of changes that it is asked of, which is held in memory alone.

    Raises QueryError for a release that is not there, with those that are.
    """
    import pyoxigraph as ox

    from onrecord.questions.changes import changes
    from onrecord.store.loading import add

    (name,) = (parameter.name for parameter in question.parameters if parameter.type == "release")
    earlier = kept_release(desk.release, given[name].strip())
    digest = earlier.digest()
    query = bind(question, {**given, name: digest}, str)
    store = ox.Store()
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in changes(earlier.quads, desk.release.quads, digest))
    add(store, lines.encode())
    return query, store


def kept_release(now: Release, name: str) -> Release:
    """The release beside this one that a name, or the beginning of one, means. Raises QueryError."""
    there = sorted(quads.parent.name for quads in now.folder.parent.glob("[!.]*/dataset.nq"))
    meant = [each for each in there if name and each.startswith(name)]
    exact = [each for each in meant if each == name] or meant
    if len(exact) == 1:
        return Release(now.folder.parent / exact[0])
    told = f"{name[:80]!r} may be {len(meant)} releases" if meant else f"there is no release {name[:80]!r}"
    raise QueryError(told, hint=f"there are: {', '.join(meant or there)}")
