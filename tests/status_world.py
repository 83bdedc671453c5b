"""A small fictional dataset of official lists in dated snapshots, and curators' links to their entries.

| reference | council list 2020-01-15 (complete) | 2024-06-30 (complete) | ports list 2021-03-01 (partial) |
|---|---|---|---|
| C.1 | listed 2001-05-04 | the same | listed, as C.1 too |
| C.2 | listed 2012 | gone | |
| C.3 | | listed 2022-03-01 | |
| C.4 | listed, undated | the same | |
"""

import json
from pathlib import Path

from onrecord.dataset import settings
from onrecord.dataset.initial import make
from onrecord.dataset.segments import Options
from onrecord.release.building import build

BASE = "https://data.example/"
SHA = "0" * 64

REGISTRY = """
registry: Lists, and who is linked to their entries. All of it is fictional.

organizations:
  - {id: world-council, kind: organization, name: World Council, code: UN}
  - {id: borduria, kind: state, name: Borduria, code: XB}
  - {id: syldavia, kind: state, name: Syldavia, code: XS}
  - id: red-harbour
    kind: company
    name: Red Harbour Shipping
    same_as:
      - {iri: "https://data.example/entry/council-list/C.2", exact: true, reason: Same seat and same register number., source: "https://register.example/7"}
      - {iri: "https://data.example/entry/council-list/C.3", reason: The names are alike.}

people:
  - {id: ana-maro, name: Ana Maro}

lists:
  - {id: council-list, kind: sanctioned-party, name: Council list, jurisdiction: world-council}
  - {id: ports-list, kind: sanctioned-party, name: Ports list, jurisdiction: borduria}
  - {id: banks-list, kind: sanctioned-party, name: Banks list, jurisdiction: borduria}
"""

Entry = dict[str, object]
C1: Entry = {"reference": "C.1", "kind": "person", "name": "VANCE Mira", "listed": "2001-05-04"}
C2: Entry = {"reference": "C.2", "kind": "organization", "name": "RED HARBOUR SHIPPING CO", "listed": "2012"}
C3: Entry = {"reference": "C.3", "kind": "organization", "name": "RED HARBOR SHIPS", "listed": "2022-03-01"}
C4: Entry = {
    "reference": "C.4",
    "kind": "person",
    "name": "AHMAD Said",
    "names": [
        {"text": "سعيد أحمد", "lang": "und-Arab", "kind": "original-script"},
        {"text": "Саид Ахмад", "lang": "und-Cyrl", "kind": "also-known-as"},
    ],
}
SNAPSHOTS: dict[tuple[str, str, bool], list[Entry]] = {
    ("council-list", "2020-01-15", True): [C1, C2, C4],
    ("council-list", "2024-06-30", True): [C1, C3, C4],
    ("ports-list", "2021-03-01", False): [{**C1, "name": "Vance, M."}],
    ("banks-list", "2021-03-01", True): [{"reference": "B.9", "kind": "person", "name": "<b>X</b> & Y"}],
}


def snapshot(of: str, day: str, complete: bool, entries: list[Entry]) -> str:
    """A dated list as the lines of a facts file."""
    source = {
        "id": f"{of}-{day}",
        "kind": "list-snapshot",
        "title": f"{of} of {day}",
        "site": "harbour-gazette",
        "text": {"sha256": SHA, "chars": 100},
        "snapshot": {"of": of, "as_of": day, "complete": complete, "designates": "sanctioned-party"},
    }
    lines: list[Entry] = [{"source": source}]
    lines += [{"entries": [{**entry, "words": f"{entry['reference']} {entry['name']}"}]} for entry in entries]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def build_world(folder: Path, more: dict[str, str] | None = None) -> Path:
    """The dataset in a folder that is not there yet, built; `more` are further files below data/."""
    make(folder)
    files = {"registry/lists.yaml": REGISTRY, **(more or {})}
    for (of, day, complete), entries in SNAPSHOTS.items():
        files[f"lists/{of}/{day}.jsonl"] = snapshot(of, day, complete, entries)
    for name, text in files.items():
        file = folder / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    config = folder / "kg.toml"
    config.write_text(config.read_text(encoding="utf-8").replace('"nq", "ttl", "jsonld"', '"nq"'), encoding="utf-8")
    report = build(Options(folder, settings.load(folder), folder / "out"), lambda stage, done, of: None)
    assert report.manifest is not None, report.findings
    return folder
