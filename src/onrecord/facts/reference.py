"""docs/facts.md and docs/schema/facts.json, as the records have them: `make vocabulary` writes both."""

from collections.abc import Iterator
from pathlib import Path

from onrecord.facts.document import Document, Registry
from onrecord.facts.fields import Record
from onrecord.facts.marks import Shape, shapes_of
from onrecord.facts.schema import Json, Schema, facts_schema, schema_bytes

_HEAD = """# Facts files

Generated from the records by `make vocabulary`. A file in `data/articles/` holds one source and what it says; a file in
`data/registry/` holds entities that several sources share. As JSON Lines, a line with `source` begins a document, and
a line
without it goes on with the one before. Fields in bold must be given. “One or several” takes a value, or a list of them.
"""


def page() -> str:
    """The reference of all records and fields, as Markdown."""
    definitions = facts_schema()["$defs"]
    assert isinstance(definitions, dict)
    lines = [_HEAD, *_record(Document, definitions), *_record(Registry, definitions)]
    done: set[type[Record]] = {Document, Registry}
    for record in _below(Document):
        if record not in done:
            done.add(record)
            lines += _record(record, definitions)
    return "\n".join(lines)


def _below(record: type[Record]) -> Iterator[type[Record]]:
    seen = {record}
    waiting = [record]
    while waiting:
        for shape in shapes_of(waiting.pop(0)).values():
            for inner in _records(shape):
                if inner not in seen:
                    seen.add(inner)
                    waiting.append(inner)
                    yield inner


def _records(shape: Shape) -> list[type[Record]]:
    held = shape.items.records if shape.items else None
    return list(dict.fromkeys(inner for inner in (shape.records, held) if inner is not None))


def _record(record: type[Record], definitions: Schema) -> Iterator[str]:
    described = definitions[record.__name__]
    assert isinstance(described, dict)
    yield f"## {record.__name__}\n"
    yield f"{(record.__doc__ or '').strip()}\n"
    yield "| field | takes | meaning |"
    yield "|---|---|---|"
    properties = described["properties"]
    assert isinstance(properties, dict)
    for name, shape in shapes_of(record).items():
        field = properties[name]
        assert isinstance(field, dict)
        shown = f"**`{name}`**" if shape.required else f"`{name}`"
        yield f"| {shown} | {_takes(shape, field)} | {field.get('description', '')} |"
    yield ""


def _takes(shape: Shape, field: Schema) -> str:
    words = _enum(field)
    kinds = [f"[{inner.__name__}](#{inner.__name__.lower()})" for inner in _records(shape)]
    if words:
        kinds.insert(0, ", ".join(f"`{word}`" for word in words))
    elif "reference" in shape.marks:
        kinds.insert(0, "an id")
    elif "date" in shape.marks:
        kinds.insert(0, "a date")
    elif any(part.base is bool for part in shape.parts):
        kinds.append("`true` or `false`")
    elif any(part.base is str for part in shape.parts) or (shape.items and not shape.items.records):
        kinds.insert(0, "a number" if any(part.base is float for part in shape.parts) else "text")
    elif not kinds:
        kinds.append("a number")
    several = any(part.base is list for part in shape.parts)
    alone = any(part.base is not list for part in shape.parts)
    how = "one or several: " if several and alone else "a list: " if several else ""
    return how + " or ".join(kinds)


def _enum(value: Json) -> list[str]:
    if isinstance(value, dict):
        words = value.get("enum")
        if isinstance(words, list):
            return [str(word) for word in words]
        return next((found for found in map(_enum, value.values()) if found), [])
    if isinstance(value, list):
        return next((found for found in map(_enum, value) if found), [])
    return []


def main() -> None:
    """Write the page and the schema into the repository's docs/."""
    docs = Path(__file__).resolve().parents[3] / "docs"
    (docs / "facts.md").write_text(page(), encoding="utf-8")
    (docs / "schema").mkdir(exist_ok=True)
    (docs / "schema" / "facts.json").write_bytes(schema_bytes())


if __name__ == "__main__":
    main()
