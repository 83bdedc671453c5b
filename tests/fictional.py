"""A small fictional dataset: a town with a fire, two outlets, and what their articles say."""

import json
from pathlib import Path

from onrecord.dataset import settings
from onrecord.dataset.segments import Options
from onrecord.release.building import Report, build

BASE = "https://x.example/"
ONR = "<https://w3id.org/onrecord/ns#"
KNOWN = {"curated": "Known."}
FIRE = {"id": "market-fire", "kind": "other", "label": "Market fire in Alda", "when": "2024-03-03", "words": "the fire"}
PEOPLE = [{"id": name, "name": name.title(), "words": name} for name in ("ann-hart", "bo-lind", "cy-moss")]
REGISTRY = {
    "registry": "The town of Alda",
    "organizations": [
        {"id": "gazette", "kind": "news-outlet", "name": "Gazette", **KNOWN},
        {"id": "herald", "kind": "news-outlet", "name": "Herald", **KNOWN},
        {"id": "town", "kind": "state", "name": "Alda", **KNOWN},
        {"id": "front", "kind": "armed-group", "name": "Front", **KNOWN},
        {"id": "hall", "kind": "state", "name": "Town Hall", **KNOWN},
    ],
    "people": [{"id": name["id"], "name": name["name"], **KNOWN} for name in PEOPLE],
    "posts": [{"id": "mayor", "name": "Mayor of Alda", "organization": "town", **KNOWN}],
    "lists": [{"id": "bans", "name": "Bans", "kind": "terrorist-organization", "jurisdiction": "town", **KNOWN}],
    "events": [FIRE],
}


class Archive:
    """A small dataset: what its articles say, and what a build makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("registry", "articles"):
            (folder / "data" / name).mkdir(parents=True)
        (folder / "kg.toml").write_text(f'title = "T"\nbase = "{BASE}"\npublisher = "P"\n', encoding="utf-8")
        self.registry()

    def registry(self, **more: object) -> None:
        text = json.dumps({**REGISTRY, **more}, indent=1)
        (self.folder / "data/registry/town.yaml").write_text(text, encoding="utf-8")

    def article(self, name: str, day: str | None = "2024-03-04", site: str = "gazette", **sections: object) -> None:
        text = {"sha256": "0" * 64, "chars": 9}
        source = {"id": name, "kind": "article", "title": name, "site": site, "text": text}
        if day:
            source["published"] = day
        whole = json.dumps({"source": source, **sections}, indent=1)
        (self.folder / f"data/articles/{name}.yaml").write_text(whole, encoding="utf-8")

    def snapshot(self, name: str, day: str, *references: str) -> None:
        """A complete list of bans as of a day."""
        text = {"sha256": "0" * 64, "chars": 9}
        snapshot = {"of": "bans", "as_of": day, "complete": True, "designates": "terrorist-organization"}
        source = {"id": name, "kind": "list-snapshot", "title": name, "site": "gazette", "text": text}
        entries = [{"reference": one, "kind": "armed-group", "name": one, "words": one} for one in references]
        whole = json.dumps({"source": {**source, "snapshot": snapshot}, "entries": entries}, indent=1)
        (self.folder / f"data/articles/{name}.yaml").write_text(whole, encoding="utf-8")

    def two(
        self, section: str, one: object, other: object, days: tuple[str, str] = ("2024-03-04", "2024-03-05")
    ) -> None:
        """Two articles of two outlets, with one fact each."""
        self.article("monday", days[0], "gazette", **{section: [one]})
        self.article("tuesday", days[1], "herald", **{section: [other]})

    def build(self) -> Report:
        options = Options(self.folder, settings.load(self.folder), self.folder / "out", store=False)
        report = build(options, lambda stage, done, of: None)
        assert [f.line() for f in report.findings if f.severity == "violation"] == []
        return report

    def quads(self) -> list[str]:
        return (self.folder / "out/latest/dataset.nq").read_text(encoding="utf-8").splitlines()

    def conflicts(self) -> list[str]:
        """The sentences of the conflicts that a build finds, each with its kind."""
        self.build()
        held: dict[str, dict[str, str]] = {}
        for quad in self.quads():
            if quad.startswith(f"<{BASE}conflict/"):
                node, prop, rest = quad.split(" ", 2)
                held.setdefault(node, {})[prop] = rest[: rest.rindex(" <")]
        sentence, kind = "<http://www.w3.org/2000/01/rdf-schema#label>", f"{ONR}kind>"
        return sorted(
            f"{one[kind].rsplit('/', 1)[-1][:-1]}: {one[sentence].rsplit('@', 1)[0][1:-1]}" for one in held.values()
        )

    def graphs(self) -> set[str]:
        """The graphs in which there are conflicts."""
        return {quad.rsplit("/graph/", 1)[1].split("/")[0] for quad in self.quads() if f"{ONR}Conflict>" in quad}
