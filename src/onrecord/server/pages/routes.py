"""The routes of pages: whatever no other part of the server answers is a file, a page, or an address of the dataset."""

import asyncio
from collections.abc import AsyncIterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from onrecord.server.holding import Holding
from onrecord.server.pages.media import media_of
from onrecord.server.pages.preparing import Preparation
from onrecord.server.pages.shelf import Shelf
from onrecord.server.reply import Reply, problem
from onrecord.server.web import answer, plain
from onrecord.site.companions import ASSETS
from onrecord.site.dereferencing import FORMS, form_of

_OWN = Path(__file__).parent / "assets"
_VARY = {"vary": "Accept"}
_ASKED = ("entity", "in", "on")
_LONGEST = 4096
"""Characters of an address."""
_LISTENING = 25.0
"""Seconds after which a listener connects again: none keeps a server from ending."""
_WAITING = ("about.html", "conflicts.html", "search.html", "ns.html", "shapes.html", "scheme.html")
_WAITING_BELOW = ("index/", "search/", "scheme/", "servers/")
"""What only the prepared site has: until it is there, they say so."""


async def page(request: Request) -> Response:
    """A file of the prepared site; else what a job says of the address."""
    path = _path(request)
    if len(path) > _LONGEST:
        return plain(problem(414, "this address is too long"))
    file, given = _file(path), request.query_params
    if path == "" and "iri" in given:
        return await _address(request, "", given["iri"])
    if file == "search.html" and given.get("q", "").strip():
        return await answer(request, "search_page", {**_said(request), "q": given["q"][:200]}, headers=_VARY)
    return await _prepared(request, file) or await _address(request, path)


async def _prepared(request: Request, file: str) -> Response | None:
    """A file that is there, or that will be; None for what is neither."""
    if file in _assets():
        return _content(request, file, *_assets()[file])
    shelf = preparation(request).shelf
    if shelf is not None:
        return await _shelved(request, shelf, file) if file in shelf.digests else None
    if file == "index.html":
        made = preparation(request)  # how far it is would make it another page each time
        return await answer(request, "opening", {"trouble": made.trouble, "watching": made.watching})
    if file in _WAITING or file.startswith(_WAITING_BELOW):
        return await answer(request, "waiting", {**_said(request), "path": file}, fresh=True)
    return None


async def anything(request: Request) -> Response:
    """Any address in full, of the dataset or of the vocabulary: `/iri/https://…`."""
    given = _path(request).removeprefix("iri/")
    scheme, colon, rest = given.replace("%23", "#").partition(":")
    whole = f"{scheme}{colon}//{rest.lstrip('/')}"  # servers in between make one slash of two
    return await _address(request, "", whole)


async def status(request: Request) -> Response:
    """The status of somebody as a page."""
    asked = {name: request.query_params.get(name, "")[:400] for name in _ASKED}
    return await answer(request, "status_page", {**_said(request), **asked}, headers=_VARY)


async def suggestions(request: Request) -> Response:
    """Whose name is, begins like, or is nearly what is typed."""
    return await answer(request, "suggested", {"q": request.query_params.get("q", "")[:200]})


async def events(request: Request) -> Response:
    """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): the release that is served,
    and each that is taken up afterwards."""
    holding: Holding = request.app.state.holding

    async def told() -> AsyncIterator[str]:
        yield f"retry: 1000\nevent: release\ndata: {holding.current.digest}\n\n"
        following, ending = asyncio.ensure_future(holding.next()), asyncio.ensure_future(holding.ending.wait())
        try:
            await asyncio.wait((following, ending), timeout=_LISTENING, return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                yield f"event: release\ndata: {following.result()}\n\n"
        finally:
            following.cancel()
            ending.cancel()

    return StreamingResponse(told(), media_type="text/event-stream", headers={"cache-control": "no-store"})


def preparation(request: Request) -> Preparation:
    """How far the prepared site is."""
    found: Preparation = request.app.state.preparation
    return found


def _said(request: Request) -> dict[str, object]:
    """What all jobs of pages are told. `done` is told only while there is no prepared site."""
    made = preparation(request)
    done = "" if made.shelf is not None else str(made.percent)
    told = {"accept": _accept(request.headers.get("accept", "")[:400]), "done": done, "trouble": made.trouble}
    return {**told, "watching": made.watching}


def _accept(given: str) -> str:
    """What a client takes in as few words as make a difference: answers are kept by them."""
    form, people = form_of(given), "text/html" in given
    if form == "html":
        return "text/html" if people else "*/*"
    return f"{FORMS[form]}, text/html;q=0.5" if people else FORMS[form]


async def _address(request: Request, path: str, iri: str = "") -> Response:
    told = {**_said(request), "path": path, "iri": iri[:_LONGEST]}
    return await answer(request, "address", told, headers={"access-control-allow-origin": "*"})


def _path(request: Request) -> str:
    """What is asked for below the root, as it was sent."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.partition(b"?")[0].decode("latin-1").removeprefix("/")


def _file(path: str) -> str:
    """The path of a file that is asked for, "" where no file can be meant. A slash that is encoded parts nothing."""
    if "%2f" in path.lower() or "%00" in path:
        return ""
    try:
        plain_path = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return ""
    return f"{plain_path}index.html" if plain_path in ("", "index/") else plain_path


async def _shelved(request: Request, shelf: Shelf, file: str) -> Response | None:
    digest = shelf.digests[file]
    content = b"" if _has(request, digest) else await asyncio.to_thread(shelf.read, file)
    if content is None:
        return None
    answered = _content(request, file, content, digest)
    if linked := shelf.links(file):
        answered.headers["link"] = linked
    return answered


def _content(request: Request, file: str, content: bytes, digest: str) -> Response:
    headers = {"etag": f'"{digest[:32]}"', "cache-control": "no-cache"}
    if _has(request, digest):
        return Response(status_code=304, headers=headers)
    if file.endswith((".jsonld", ".ttl", ".json")):
        headers["access-control-allow-origin"] = "*"
    return plain(Reply(content, media_of(file), 200, headers))


def _has(request: Request, digest: str) -> bool:
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or digest[:32] in {
        each.strip().removeprefix("W/").strip('"') for each in given.split(",")
    }


@cache
def _assets() -> dict[str, tuple[bytes, str]]:
    """What is there from the first moment on: style sheets and scripts, with their digests."""
    files = [file for folder in (ASSETS, _OWN) for file in sorted(folder.iterdir()) if file.is_file()]
    held = {f"assets/{file.name}": file.read_bytes() for file in files}
    return {path: (content, sha256(content).hexdigest()) for path, content in held.items()}


ROUTES: list[BaseRoute] = [
    Route("/status", status),
    Route("/events", events),
    Route("/suggest.json", suggestions),
    Route("/iri/{address:path}", anything),
]
LAST: list[BaseRoute] = [Route("/{path:path}", page)]
"""What is asked last, for it answers to everything."""
