"""Sites that tests build and visit: from a store, and in a browser without a screen."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from official_lists import DATA
from onrecord.site.building import Report, build
from onrecord.site.site import Site, site_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
SITE = site_of("On Record: what is said", "The curators", "https://creativecommons.org/licenses/by/4.0/", "en", DATA)
HOSTILE = (
    "<script>alert(1)</script>\"><img src=x onerror=alert(2)>' onfocus=alert(3) autofocus x='"
    "</script></style></title>]]><svg onload=alert(4)>{{ 7*7 }}{% raw %}javascript:alert(5) ../../../../etc/passwd "
    "\u202egpj.exe\u202c \u2066x\u2069 \u0000\u0008 &lt;b&gt; ${1} `x` <!-- "
)
"""What no page may take for anything but a text."""


def written(store: ox.Store, folder: Path, site: Site = SITE) -> Report:
    return build(store, site, folder, lambda stage, done, of: None)


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def pages(folder: Path) -> list[str]:
    return [path for path in files(folder) if path.endswith(".html")]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder on a server of this machine: its address, with a slash at the end."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a screen; a test is skipped where there is none."""
    if not CHROMIUM.is_file():
        pytest.skip(f"there is no browser at {CHROMIUM}: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()


def turned_hostile(store: ox.Store) -> ox.Store:
    """A store with hostile strings for every text that is no date, number or hash, and hostile addresses elsewhere."""
    made = ox.Store()
    made.extend(ox.Quad(quad.subject, quad.predicate, _hostile(quad), quad.graph_name) for quad in store)
    graph = ox.NamedNode(f"{DATA}graph/asserted/x")
    name = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    kind = ox.NamedNode("https://w3id.org/onrecord/ns#Organization")
    for step in ("..", ".", "%2e%2e", "..%2f..%2fx", "CON", "a%00", "x" * 300, "%3Cscript%3E"):
        node = ox.NamedNode(f"{DATA}organization/{step}")
        made.add(ox.Quad(node, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), kind, graph))
        made.add(ox.Quad(node, name, ox.Literal(HOSTILE.replace("\0", ""), language="en"), graph))
    return made


def _hostile(quad: ox.Quad) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    held = quad.object
    if str(quad.predicate).endswith("hadPrimarySource>"):
        return ox.NamedNode("javascript:alert(6)//https://example.org/")
    if isinstance(held, ox.Literal):
        text = f"{re.sub('[^A-Za-z]', '', held.value)[:6]}{HOSTILE}"
        if held.language:
            return ox.Literal(text, language=held.language)
        if str(held.datatype).endswith("XMLSchema#string>"):
            return ox.Literal(text)
    return held
