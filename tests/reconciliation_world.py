"""A small dataset for reconciliation: people who share names, an identity link, a list with births, states; and what is
asked of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlencode

from fictional import KNOWN, Archive
from onrecord.errors import OnRecordError
from onrecord.server.desk import Desk
from onrecord.server.jobs import job, refused
from onrecord.server.reply import Reply
from onrecord.store import Release

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
ORIGIN = "https://kg.example"

_PEOPLE: list[dict[str, object]] = [
    {
        "id": "omar-brisk",
        "name": "Omar Brisk",
        "same_as": [{"entry": "bans/B.1", "exact": True, "reason": "One passport."}],
    },
    {"id": "ana-moss", "name": "Ana Moss"},
    {"id": "zoe-klim", "name": "Zoe Klim", "other_names": [{"text": "Зоя Клим", "lang": "ru", "curated": "Usual."}]},
    {"id": "lone-wolf", "name": "Lone Quartz"},
]
_ENTRIES: list[dict[str, object]] = [
    {"reference": "B.1", "kind": "person", "name": "BRISK, Omar", "births": ["1961"]},
    {
        "reference": "B.2",
        "kind": "person",
        "name": "MOSS, Ana",
        "births": ["1960-05-04"],
        "nationalities": ["Alda"],
        "papers": [{"kind": "Passport", "number": "AB 1234567"}],
        "names": [{"text": "Anna Moos", "kind": "also-known-as"}],
    },
    {"reference": "B.3", "kind": "person", "name": "Ana Moss", "births": ["1971-02"], "nationalities": ["Elsewhere"]},
    {"reference": "B.4", "kind": "organization", "name": "Front"},
    {"reference": "B.5", "kind": "person", "name": "Tom Flint", "births": ["1948~"]},
    {"reference": "B.6", "kind": "vessel", "name": "Lone Quartz"},
    {"reference": "B.7", "kind": "person", "name": "Ida Sole", "births": ["1950", "1955~"]},
    {"reference": "B.8", "kind": "person", "name": "Ida Gran", "births": ["1950"]},
]


def world(folder: Path) -> Desk:
    """The dataset, built into a folder."""
    archive = Archive(folder)
    archive.registry(people=[{**person, **KNOWN} for person in _PEOPLE])
    for day in ("2020-01-01", "2024-01-01"):
        source: dict[str, object] = {
            "id": f"bans-{day}",
            "kind": "list-snapshot",
            "title": f"Bans of {day}",
            "site": "gazette",
            "text": {"sha256": "0" * 64, "chars": 9},
            "snapshot": {"of": "bans", "as_of": day, "complete": True, "designates": "terrorist-organization"},
        }
        entries = [
            {**entry, "words": entry["reference"]} for entry in _ENTRIES if day > "2021" or entry["reference"] != "B.8"
        ]
        text = json.dumps({"source": source, "entries": entries}, indent=1)
        (folder / f"data/articles/bans-{day}.yaml").write_text(text, encoding="utf-8")
    archive.build()
    return desk(folder)


def desk(folder: Path, out: Path | None = None) -> Desk:
    """What a worker has at hand, of the latest release of a dataset; its store is made where it is missing."""
    release = Release.latest(out or folder / "out")
    release.store_folder()
    return Desk(folder, release.folder)


def replied(desk: Desk, name: str, **args: object) -> Reply:
    """What a worker answers, refusals as well."""
    try:
        return job(name)(desk, {"query": "", "origin": ORIGIN, **args})
    except OnRecordError as error:
        return refused(error)


def value(reply: Reply) -> Json:
    """The JSON of an answer."""
    assert isinstance(reply.body, bytes)
    made: Json = json.loads(reply.body)
    return made


def asked(desk: Desk, **fields: object) -> Json:
    """What a form gives, whose fields are JSON: `queries` or `extend`."""
    body = urlencode({name: json.dumps(field) for name, field in fields.items()})
    reply = replied(desk, "reconcile", body=body.encode())
    assert reply.status == 200, reply.body
    return value(reply)


def results(desk: Desk, text: str | None = None, **more: object) -> list[dict[str, Json]]:
    """The candidates of one query."""
    query = {**({} if text is None else {"query": text}), **more}
    found = part(asked(desk, queries={"q": query}), "q", "result")
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, dict)]


def part(whole: Json, *steps: str) -> Json:
    """What is inside of a JSON value."""
    for step in steps:
        assert isinstance(whole, dict)
        whole = whole[step]
    return whole


def ids(found: list[dict[str, Json]]) -> list[Json]:
    return [one["id"] for one in found]


def matched(found: list[dict[str, Json]]) -> list[Json]:
    return [one["id"] for one in found if one["match"]]


def cells(desk: Desk, node: str, pid: str, **settings: object) -> list[Json]:
    """The texts of the values of a property, and the ids of entities."""
    asked_for = {"ids": [node], "properties": [{"id": pid, "settings": settings}]}
    row = part(asked(desk, extend=asked_for), "rows", node, pid)
    assert isinstance(row, list)
    return [one.get("id", one.get("str")) for one in row if isinstance(one, dict)]
