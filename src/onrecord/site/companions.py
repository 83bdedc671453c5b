"""What a site has besides its pages: the index of the search with its page, the rules for servers, and the assets."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from onrecord.documents import KINDS
from onrecord.site import dereferencing, reference, schema_org, search, servers
from onrecord.site.indexes import Indexes
from onrecord.site.places import Places, root_of
from onrecord.site.rendering import environment
from onrecord.site.site import Site

ASSETS = Path(__file__).parent / "assets"
EXAMPLE = "https://onrecord.example.org/"
"""Where the rules for servers lead, where nobody says where the site is."""


def assets() -> Iterator[tuple[str, bytes]]:
    """The style sheets, the script and the icon."""
    for file in sorted(ASSETS.iterdir()):
        yield f"assets/{file.name}", file.read_bytes()


def searching(entries: Iterable[search.Entry], indexes: Indexes, site: Site) -> Iterator[tuple[str, bytes]]:
    """The index of the search, and its page."""
    yield from search.files(entries).items()
    held = [(f"index/{name}.html", kind.plural) for name, kind in KINDS.items() if indexes.kinds.get(name)]
    template = environment().get_template("search.html")
    yield "search.html", template.render(site=site, root="", here="search.html", indexes=held).encode()


def serving(places: Places, address: str) -> Iterator[tuple[str, bytes]]:
    """The rules of dereferencing as servers read them, for a site at `address`."""
    table = dereferencing.table(places.base, places.paths)
    yield "servers/w3id.htaccess", servers.htaccess(table, address).encode()
    yield "servers/nginx.conf", servers.nginx(table, address).encode()
    yield "servers/_redirects", servers.redirects(table, address).encode()
    yield "servers/_headers", servers.headers().encode()


def referring(examples: Mapping[str, reference.Link], site: Site) -> Iterator[tuple[str, bytes]]:
    """The vocabulary's reference with its files; `examples` are pages that use a term."""
    for page in reference.pages(examples):
        template = environment().get_template(page.template)
        made = template.render(site=site, root=root_of(page.path), here="ns.html", **page.shown)
        yield page.path, made.encode()
    yield from reference.files().items()


def described(site: Site, address: str) -> str:
    """What the front page says of the dataset in schema.org, as JSON."""
    about = {"name": site.title, "description": site.about or site.title, "license": site.licence}
    about |= {"publisher": site.publisher, "url": address}
    dataset = schema_org.dataset(about, site.base, [])
    return str(schema_org.embedded([dataset, *([schema_org.website(site.name, address)] if address else [])]))
