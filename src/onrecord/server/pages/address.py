"""A job: what an address of this server, of the dataset or of the vocabulary answers with.

A page, or the same as JSON-LD or Turtle, by its ending; any other address of something leads there (303); what an
earlier release had is gone (410).
"""

from collections.abc import Mapping
from functools import cache
from urllib.parse import quote

from onrecord.documents.kinds import Kind
from onrecord.documents.paths import path_of
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.pages import gone
from onrecord.server.pages.around import around
from onrecord.server.pages.media import HTML, links, media_of
from onrecord.server.pages.places import Asked
from onrecord.server.pages.shown import failed, read_args, site_of
from onrecord.server.reply import Reply
from onrecord.site import dereferencing, reference
from onrecord.site.building import turtle_of
from onrecord.site.dereferencing import FORMS, VOCABULARY
from onrecord.site.pages import render
from onrecord.writers.parts.layout import place


def answer(desk: Desk, args: Args) -> Reply:
    """`path` is what is asked for below the server's root, still encoded; `iri` an address in full, instead; `accept`
    what the client takes, `done` how far the prepared site is."""
    asked = read_args(args)
    path, places = asked["path"], Asked(desk.documents)
    if not asked["iri"]:
        if path in _reference():
            return Reply(_reference()[path], media_of(path))
        name, _, form = path.rpartition(".")
        address = places.address(name) if form in FORMS else ""
        kind = places.kind(address)
        if kind is not None:
            return _document(desk, places, address, kind, form, args)
    wanted = [asked["iri"]] if asked["iri"] else [f"{places.base}{path}", f"{VOCABULARY}{path}"]
    for address in wanted:
        found = _led(address, places, asked["accept"])
        if found:
            return _see(found, address, places)
    return failed(desk, args, gone.told(desk, wanted[0], places))


def _document(desk: Desk, places: Asked, address: str, kind: Kind, form: str, args: Args) -> Reply:
    """The document of an address in a form."""
    node, asked = f"<{address}>", read_args(args)
    headers = {"Link": links(address, places.page(address).removesuffix(".html"), form)}
    if form == "html":
        standings = desk.statuses.standings(node) if kind.designee else ()
        beside = around(desk.documents, node, kind, places, standings, asked["done"])
        tree = desk.documents.document(node, kind).tree
        page = render(tree, kind, beside, places, site_of(desk, args))
        return Reply(page.encode(), HTML, headers=headers)
    document = desk.documents.document(node, kind)
    content = document.pretty if form == "jsonld" else turtle_of(document, places.base)
    return Reply(content, media_of(f".{form}"), headers=headers)


def _led(address: str, places: Asked, accept: str) -> str:
    """The path of the page or the data that an address leads to; "" where it is of nothing in this release."""
    bare = address.partition("#")[0]
    form = dereferencing.form_of(accept)
    owner = bare[: place(bare, places.base).owner]
    if places.kind(owner) is not None and f"{places.base}{(path := path_of(f'<{owner}>', places.base))}" != owner:
        anchor = f"#{bare[len(owner) + 1 :]}" if len(owner) < len(bare) and form == "html" else ""
        return f"{path}.{form}{anchor}"
    led = dereferencing.table(places.base, {}, vocabulary=True).lead(bare, accept) or ""
    if not bare.startswith(places.base) or bare == places.base or bare.startswith(f"{places.base}graph/"):
        return led if led.partition("#")[0] not in ("", bare.removeprefix(VOCABULARY)) else ""
    return led if led and places.address(led.partition("#")[0].rpartition(".")[0]) and _holds(bare, places) else ""


def _holds(address: str, places: Asked) -> bool:
    """Whether an address is of a document, or of a part of one that something is said of."""
    return places.kind(address) is not None or places.is_there(address)


def _see(found: str, address: str, places: Asked) -> Reply:
    path, mark, anchor = found.partition("#")
    place = f"/{quote(path, safe='/~')}{mark}{quote(anchor, safe='/~')}"
    name, _, form = path.rpartition(".")
    told = links(address, quote(name, safe="/~"), form)
    if not places.address(name) and f"{name}.ttl" not in _reference():
        told = told.partition(", ")[0]  # the page of how to read it all is there in no other form
    headers = {"Location": place, "Vary": "Accept", "Link": told}
    return Reply(f"See {place}\n".encode(), "text/plain; charset=utf-8", 303, headers)


@cache
def _reference() -> Mapping[str, bytes]:
    """The vocabulary's files, which are the same for every dataset."""
    return reference.files()
