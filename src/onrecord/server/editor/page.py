"""The page /query, with or without an answer on it."""

from onrecord.errors import OnRecordError
from onrecord.server.desk import Desk
from onrecord.server.editor import examples, table
from onrecord.server.jobs import Args
from onrecord.server.pages.media import HTML
from onrecord.server.pages.shown import page as shown_page
from onrecord.server.reply import Reply

DOWNLOADS = (
    ("csv", "CSV"),
    ("tsv", "TSV"),
    ("json", "JSON"),
    ("xml", "XML"),
    ("ttl", "Turtle"),
    ("jsonld", "JSON-LD"),
    ("nt", "N-Triples"),
    ("nq", "N-Quads"),
    ("trig", "TriG"),
    ("rdfxml", "RDF/XML"),
)
"""The formats of answers: as the endpoint names them, and as people do."""
ROW_DOWNLOADS, GRAPH_DOWNLOADS = DOWNLOADS[:4], DOWNLOADS[4:]
HERE = "query"
_START = """# What is dated, and when it was, as exactly as its source says and no more.
SELECT ?what ?label ?when ?earliest ?latest WHERE {
  ?what onr:when ?time ; rdfs:label ?label .
  ?time onr:edtf ?when .
  OPTIONAL { ?time onr:earliest ?earliest ; onr:latest ?latest }
}
ORDER BY ?when
LIMIT 200
"""


def blank(desk: Desk, args: Args) -> Reply:
    """The page with a query in its field: `query`, else that of the question `example`, else one to begin with."""
    query, name = str(args["query"]), str(args["example"])
    try:
        return _page(desk, query or (examples.of_name(desk, name).query if name else _START), args)
    except OnRecordError as error:
        return _page(desk, query, args, error=error)


def answered(desk: Desk, args: Args) -> Reply:
    """The page with the answer to `query` as a table: for browsers without JavaScript."""
    query = str(args["query"])
    try:
        shown = table.of_query(desk, query)
    except OnRecordError as error:
        return _page(desk, query, args, error=error)
    return _page(desk, query, args, shown=shown)


def _page(
    desk: Desk, query: str, args: Args, *, shown: table.Shown | None = None, error: OnRecordError | None = None
) -> Reply:
    body = shown_page(
        desk,
        {},  # not what tells it to load again with each build: what is typed would be lost
        "query.html",
        HERE,
        HERE,
        query=query,
        bundled=bool(args["bundled"]),
        examples=[(each.name, each.summary) for each in examples.asked()],
        chosen=str(args.get("example", "")),
        shown=shown,
        error=error,
        row_downloads=ROW_DOWNLOADS,
        graph_downloads=GRAPH_DOWNLOADS,
    )
    return Reply(body, HTML, 400 if error else 200)
