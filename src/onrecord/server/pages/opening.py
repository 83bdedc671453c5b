"""A job: the front page while the site is being prepared, with what can be told without reading every document."""

from onrecord.documents import KINDS
from onrecord.documents.kinds import kind_of
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.pages.media import HTML
from onrecord.server.pages.places import Asked
from onrecord.server.pages.shown import page, read_args
from onrecord.server.reply import Reply
from onrecord.site.front import Front
from onrecord.site.overviews import Counted
from onrecord.site.views import Shown, Views

_PATH = "index.html"
_TOLD = ("act", "source")
_MOST_TOLD = 200
"""Acts, and sources, that are read to find the newest of them."""
_MOST_COUNTED = 400_000
"""Things that are looked at: what there is in a larger dataset is told when the site is there."""


def answer(desk: Desk, args: Args) -> Reply:
    """What there is by kind, and the newest acts and sources where they are few; the lists follow."""
    held = _counted(desk)
    kinds = [
        Counted(kind.plural, f"index/{name}.html", len(held[name])) for name, kind in KINDS.items() if held.get(name)
    ]
    front = Front()
    for name in _TOLD:
        if len(held.get(name, ())) <= _MOST_TOLD:
            for node in held.get(name, ()):
                front.add(desk.documents.document(node, KINDS[name]))
    views = Views("", desk.settings.base, "", Asked(desk.documents).page)

    def link(address: str, label: str) -> Shown:
        return views.reference({"id": address, "label": label})

    shown = {**front.shown(link, lambda _: 0), "kinds": kinds, "schema": "", "pending": True}
    return Reply(page(desk, args, "front.html", _PATH, _PATH, trouble=read_args(args)["trouble"], **shown), HTML)


def _counted(desk: Desk) -> dict[str, list[str]]:
    """The nodes of what has a page by kind; nothing where there are too many to look at them all."""
    held: dict[str, list[str]] = {}
    for number, node in enumerate(desk.documents.reading.subjects()):
        if number >= _MOST_COUNTED:
            return {}
        if kind := kind_of(node, desk.settings.base):
            held.setdefault(kind.name, []).append(node)
    return held
