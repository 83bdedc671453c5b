"""The job "status": what somebody's status was, as `kg status --json` tells it.

Where several are called just so, or nobody is but some nearly so, they are named, and nobody is picked.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.ntriples import text_of
from onrecord.questions.documents import Document, of_report
from onrecord.questions.verdicts import days_of
from onrecord.server.desk import Desk
from onrecord.server.reply import PROBLEM, Reply, of_json

if TYPE_CHECKING:
    from onrecord.questions.jurisdictions import Jurisdiction
    from onrecord.questions.verdicts import Days

_MOST = 20
"""Namesakes that are named."""


def status(desk: Desk, args: Mapping[str, object]) -> Reply:
    """The status of `entity`, under the jurisdiction `in` and `on` a date, each "" for not given.

    One object with `in`, else an array, in the form of docs/schema/status.json. 300 with `candidates` where several are
    called so, 404 with those who are called nearly so. Raises QueryError for a jurisdiction or date that is none.
    """
    where, days = understood(desk, args)
    text = str(args["entity"])
    found = desk.lookup.find(text)
    if len(found.nodes) != 1:
        return _nobody(desk, text, found.nodes)
    documents = of_report(desk.statuses.report(found.nodes[0], where, days))
    return of_json(documents[0] if where is not None else documents)


def understood(desk: Desk, args: Mapping[str, object]) -> "tuple[Jurisdiction | None, Days | None]":
    """The jurisdiction and the days that `in` and `on` mean. Raises QueryError."""
    days, where = str(args.get("on", "")), str(args.get("in", ""))
    return (
        desk.statuses.jurisdictions.named(where) if where.strip() else None,
        days_of(days) if days.strip() else None,
    )


def _nobody(desk: Desk, text: str, nodes: tuple[str, ...]) -> Reply:
    shown = text.strip()[:80]
    candidates: list[Document]
    if nodes:
        title, code = f"{len(nodes)} are called {shown!r}", 300
        detail = "none of them was picked: ask again for one of the candidates, by its id"
        candidates = [{**_named(desk, node), "score": 100, "reason": "called just so"} for node in nodes[:_MOST]]
    else:
        title, code = f"nobody in the dataset is called {shown!r}", 404
        near = desk.lookup.close(text)
        detail = (
            "nobody was picked; the candidates are called nearly so"
            if near
            else "give an id, a list's reference, or a name"
        )
        candidates = [
            {**_named(desk, match.node), "name": match.name, "score": match.score, "reason": match.reason}
            for match in near
        ]
    told = {"type": "about:blank", "title": title, "status": code, "detail": detail, "candidates": candidates}
    return of_json(told, media=PROBLEM, status=code)


def _named(desk: Desk, node: str) -> Document:
    address = text_of(node)
    return {"entity": address, "id": desk.statuses.names.path(address), "name": desk.statuses.label(node)}
