"""An address of the dataset or of the vocabulary → the page on this server that tells of it."""

from onrecord.documents.paths import path_of
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reply import Reply, problem
from onrecord.site.dereferencing import Table, table
from onrecord.site.places import anchor
from onrecord.writers.parts.layout import place


def lead(desk: Desk, args: Args) -> Reply:
    """303 See Other to the page of `iri`; 404 for what is of neither."""
    iri = str(args["iri"])
    base = desk.settings.base
    led = _table(base).lead(iri, "text/html")
    if led is None and iri.startswith(base) and iri != base:
        owner = iri[: place(iri, base).owner]
        led = f"{path_of(f'<{owner}>', base)}.html" + (f"#{anchor(iri, owner, base)}" if owner != iri else "")
    if led is None:
        return problem(404, "this is no address of the dataset", f"its addresses begin with {base}")
    return Reply(b"", "text/plain", 303, {"location": f"../{led}"})


def _table(base: str) -> Table:
    return table(base, {}, vocabulary=True)
