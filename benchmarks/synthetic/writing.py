"""Datasets on disk: kg.toml, the registry and the articles, in one of two forms; and what was seeded."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import yaml

from synthetic.articles import Article
from synthetic.world import Record, World, registry

A_FILE, A_FOLDER = 1_000, 1_000
MANIFEST = "seeded.jsonl"
SETTINGS = """\
title = "Synthetic articles"
base = "https://example.org/synthetic/"
publisher = "Nobody"
language = "en"
formats = ["nq"]
"""


class _Dumper(yaml.CSafeDumper):
    """Facts files take no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def line(document: Record) -> str:
    """A document as one line of JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def as_yaml(document: Record) -> str:
    """A document as YAML."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_settings(folder: Path, world: World, form: str) -> None:
    """kg.toml and the registry."""
    _write(folder / "kg.toml", SETTINGS)
    for name, document in registry(world):
        _write(folder / f"data/registry/{name}.{form}", line(document) if form == "jsonl" else as_yaml(document))


def write_articles(folder: Path, made: Iterable[Article], form: str, texts: bool) -> Iterator[Article]:
    """Write articles as they come, and pass them on: a shard is open at a time, and nothing is kept."""
    manifest: TextIO
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
        shard: TextIO | None = None
        for index, one in enumerate(made):
            if form == "yaml":
                where = Path(f"data/articles/{index // A_FOLDER:04d}/{one.id}.yaml")
                _write(folder / where, as_yaml(one.document))
            else:
                where = Path(f"data/articles/{index // A_FILE:04d}.jsonl")
                if index % A_FILE == 0:
                    shard = _next(shard, folder / where)
                assert shard is not None
                shard.write(line(one.document))
            if texts:
                _write(folder / f"texts/{index // A_FOLDER:04d}/{one.id}.txt", one.text)
            if one.fault is not None:
                manifest.write(line(_seeded(one, where, index % A_FILE + 1 if form == "jsonl" else 0)))
            yield one
        if shard is not None:
            shard.close()


def _next(shard: TextIO | None, path: Path) -> TextIO:
    if shard is not None:
        shard.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("w", encoding="utf-8", newline="\n")


def _seeded(one: Article, where: Path, line_number: int) -> Record:
    assert one.fault is not None
    expected = [
        {"component": f"sh:{e.component}ConstraintComponent", "shape": f"shape:{e.shape}", "severity": e.severity}
        for e in one.fault.expected
    ]
    place: Record = {"file": where.as_posix(), **({"line": line_number} if line_number else {})}
    return {"source": one.id, **place, "fault": one.fault.name, "expected": expected}
