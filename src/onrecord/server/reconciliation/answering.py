"""The jobs of this service (`onrecord.server.jobs`): what is asked → what is answered.

Arguments: `query` and `body`, the query of the address and the form as they came; `origin`, the server's address.
"""

from onrecord.errors import QueryError
from onrecord.server.desk import Desk
from onrecord.server.jobs import Args
from onrecord.server.reconciliation import asking, candidates, entities, extending, kinds, previewing, suggesting
from onrecord.server.reconciliation.manifest import manifest
from onrecord.server.reply import Reply, of_json, problem

HTML = "text/html; charset=utf-8"


def service(desk: Desk, args: Args) -> Reply:
    """The endpoint: the manifest, a batch of queries, or a data extension."""
    form = _form(args)
    if "queries" in form and "extend" in form:
        raise QueryError("both queries and extend are asked for", hint="ask for one at a time")
    if "queries" in form:
        try:
            return of_json(_results(desk, asking.queries(form["queries"])))
        except asking.TooMany as error:
            return problem(413, error.message, error.hint)
    if "extend" in form:
        return of_json(extending.extended(desk, asking.extension(form["extend"])))
    if args.get("body"):
        raise QueryError("the form has neither queries nor extend")
    return of_json(manifest(desk, _text(args, "origin")))


def suggest(desk: Desk, args: Args) -> Reply:
    """Suggestions: `what` is entity, type or property."""
    form = _form(args)
    prefix = form.get("prefix", "")
    if len(prefix) > _LONGEST:
        raise QueryError(f"a prefix of {len(prefix)} characters", hint=f"send at most {_LONGEST}")
    skipped = asking.number(form.get("cursor") or "0", "cursor", 0)
    if skipped > _FARTHEST:
        raise QueryError(f"cursor is above {_FARTHEST}", hint="type more letters")
    found = {"entity": suggesting.entity, "type": suggesting.type, "property": suggesting.property}
    return of_json({"result": found[_text(args, "what")](desk, prefix, skipped)})


def properties(desk: Desk, args: Args) -> Reply:
    """The properties that are proposed for a type."""
    form = _form(args)
    kind, limit = form.get("type", "").strip(), form.get("limit", "").strip()
    most = asking.number(limit, "limit") if limit else None
    told: dict[str, object] = {"limit": most} if most else {}
    named = kinds.known(kind) if kind else "Designee"
    return of_json({"type": kind or named, "properties": suggesting.properties(named, most), **told})


def view(desk: Desk, args: Args) -> Reply:
    """Where the page of an entity is."""
    node = _meant(desk, args)
    if node is None:
        return problem(404, "there is no such entity", "give an id of this service")
    return Reply(b"", "text/plain", 303, {"Location": entities.page_of(desk, node)})


def preview(desk: Desk, args: Args) -> Reply:
    """An entity for a small frame."""
    node = _meant(desk, args)
    if node is None:
        return problem(404, "there is no such entity", "give an id of this service")
    return Reply(previewing.preview(desk, node), HTML, 200, previewing.SECURITY)


def about(desk: Desk, args: Args) -> Reply:
    """The page that tells about the service."""
    return Reply(previewing.about(desk, _text(args, "origin")), HTML, 200, previewing.SECURITY)


def _meant(desk: Desk, args: Args) -> str | None:
    text = _form(args).get("id", "")
    return entities.node_of(desk, text) if 0 < len(text) <= _LONGEST else None


_LONGEST = 500
_FARTHEST = 10_000


def _results(desk: Desk, queries: dict[str, asking.Query]) -> dict[str, object]:
    return {
        key: {"result": [candidates.document(desk, *one) for one in candidates.candidates(desk, query)]}
        for key, query in queries.items()
    }


def _form(args: Args) -> dict[str, str]:
    body = args.get("body")
    form = asking.form(_text(args, "query"), body if isinstance(body, bytes) else b"")
    if form.get("callback"):  # docs/decisions/0026
        raise QueryError("this service answers no JSONP", hint="ask without `callback`: any page may read it by CORS")
    return form


def _text(args: Args, name: str) -> str:
    value = args.get(name, "")
    return value if isinstance(value, str) else ""
