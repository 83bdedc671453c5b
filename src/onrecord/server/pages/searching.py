"""Jobs: the search as a page, for browsers that run no script, and as JSON, until the files of the search are there."""

from onrecord.documents.kinds import KINDS, kind_of
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.pages.media import HTML
from onrecord.server.pages.places import Asked
from onrecord.server.pages.shown import page, read_args
from onrecord.server.reply import Reply, of_json
from onrecord.site.views import Shown

_TYPED, _LISTED = 10, 200
"""Names that are offered while somebody types, and on the page."""


def suggested(desk: Desk, args: Args) -> Reply:
    """What begins so: {"found": [{"label", "path", "kind", "name"}], "whole"}, the best first; as the script of the
    search finds it in files."""
    found, whole = desk.beginnings.find(read_args(args)["q"], _TYPED)
    places = Asked(desk.documents)
    told = [
        {"label": label, "path": path, "kind": kind, "name": name}
        for label, path, kind, name in (_told(desk, places, each.node, each.name) for each in found)
        if path
    ]
    return of_json({"found": told, "whole": whole})


def answer(desk: Desk, args: Args) -> Reply:
    """The page of the search with what begins so, and where nothing does, whose name is nearly so."""
    query, places = read_args(args)["q"], Asked(desk.documents)
    names, whole = desk.beginnings.find(query, _LISTED)
    near = [] if names else desk.lookup.close(query)
    found = [_linked(desk, places, each.node, each.name) for each in names]
    alike = [(_linked(desk, places, each.node, each.name), each.score, each.reason) for each in near]
    indexes = [(f"index/{name}.html", kind.plural) for name, kind in KINDS.items() if name in desk.beginnings.kinds]
    shown = {"query": query, "found": found, "whole": whole, "near": alike, "indexes": indexes}
    return Reply(page(desk, args, "search.html", "search.html", "search.html", **shown), HTML)


def _told(desk: Desk, places: Asked, node: str, name: str) -> tuple[str, str, str, str]:
    kind = kind_of(node, places.base)
    return desk.documents.labels.of(node), places.page(node[1:-1]), kind.title if kind else "", name


def _linked(desk: Desk, places: Asked, node: str, name: str) -> tuple[Shown, str, str]:
    """A link, the name that it was found by where that is another one, and what it is."""
    label, path, kind, _ = _told(desk, places, node, name)
    return Shown("link" if path else "text", label, path), name if name != label else "", kind
