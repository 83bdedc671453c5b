"""/query and what it needs."""

import os
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from onrecord.server.body import TooMuch, read
from onrecord.server.editor.files import ASSETS, BUNDLE, is_bundled
from onrecord.server.reply import problem
from onrecord.server.web import answer, plain
from onrecord.store.syntax import MOST_BYTES

PATH = "/query"
_MOST_BODY = 3 * MOST_BYTES + (1 << 16)
_FORM = "application/x-www-form-urlencoded"


class _Files(StaticFiles):
    """Files that are asked for again each time, which costs little: a new version of ours shows at once."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = "no-cache"
        return response


async def page(request: Request) -> Response:
    """The editor, with `query` or the question `example` in it."""
    given = request.query_params
    args: dict[str, object] = {"query": given.get("query", ""), "example": given.get("example", "")}
    return await answer(request, "editor_page", {**args, "bundled": is_bundled()})


async def answered(request: Request) -> Response:
    """The answer to the query of a form as a table."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return plain(problem(415, "this page takes a form", "programs ask /sparql"))
    try:
        fields = dict(parse_qsl((await read(request, _MOST_BODY)).decode(), keep_blank_values=True, max_num_fields=100))
    except TooMuch as error:
        return plain(problem(413, str(error), "ask in smaller parts"))
    except ValueError:
        return plain(problem(400, "the form cannot be read"))
    return await answer(
        request, "editor_answered", {"query": fields.get("query", ""), "bundled": is_bundled()}, fresh=True
    )


async def vocabulary(request: Request) -> Response:
    """What the editor completes from."""
    return await answer(request, "editor_vocabulary", {})


async def examples(request: Request) -> Response:
    """The named questions with their queries."""
    return await answer(request, "editor_examples", {})


ROUTES: list[BaseRoute] = [
    Route(PATH, page, methods=["GET", "HEAD"]),
    Route(PATH, answered, methods=["POST"]),
    Route(f"{PATH}/vocabulary.json", vocabulary),
    Route(f"{PATH}/examples.json", examples),
    Mount(f"{PATH}/assets", _Files(directory=ASSETS)),
    Mount(f"{PATH}/bundle", _Files(directory=BUNDLE, check_dir=False)),
]
