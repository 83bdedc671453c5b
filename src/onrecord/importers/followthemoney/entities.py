"""The lines of a FollowTheMoney file as entities, and how the file writes their ids."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.facts.fields import Span
from onrecord.findings import Finding, Place

_ID = re.compile(r'"id"\s*:\s*"(?:[^"\\]|\\.)*"')
HOLDERS = {"Identification": "holder", "Passport": "holder", "Sanction": "entity"}
"""The property in which a paper or a sanction names whose it is."""
_OWN = {"id", "schema", "caption", "properties", "datasets"}


@dataclass
class Entity:
    """An entity: its properties, each with its values; `further` is what stands beside them, by its name."""

    id: str
    schema: str
    caption: str
    properties: dict[str, list[str]]
    datasets: list[str]
    further: dict[str, list[str]]
    place: Place
    words: str | Span | None = None
    inner: "list[Entity]" = field(default_factory=list)


def entities(name: str, text: str) -> Iterator[Entity | Finding]:
    """The entities of a file, in its order, and a finding for each line that has none."""
    times = Counter(match[0] for match in _ID.finditer(text))
    start = 1 if text.startswith("\ufeff") else 0
    for number, line in enumerate(text[start:].split("\n"), 1):
        if line.strip():
            made = _entity(Place(name, number, 1), line)
            if isinstance(made, Entity):
                made.words = _words(made.id, line, "\n" if number > 1 else "", times)
            yield made


def _words(own: str, line: str, before: str, times: Counter[str]) -> str | Span | None:
    for match in _ID.finditer(line):
        if json.loads(f"{{{match[0]}}}")["id"] == own:
            if times[match[0]] == 1:
                return match[0]
            return Span(exact=match[0], before=before + line[: match.start()]) if match.start() < 100 else None
    return None


class _Unfit(Exception):
    """What a value lacks to be an entity."""


def _entity(place: Place, line: str) -> Entity | Finding:
    try:
        value: object = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
        return _made(place, value)
    except _Unfit as error:
        return _broken(place, "no-entity", str(error), "each line is one entity")
    except json.JSONDecodeError as error:
        where = Place(place.file, place.line, error.colno)
        return _broken(where, "broken-line", f"this is no JSON: {error.msg.lower()}", "correct the line")
    except RecursionError:
        return _broken(place, "broken-line", "the line is nested too deep", "give a file of FollowTheMoney entities")
    except ValueError as error:
        return _broken(place, "broken-line", f"this is no JSON that can be read: {error}", "correct the line")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise ValueError(f"the key {twice!r} is given twice")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _broken(place: Place, code: str, message: str, hint: str) -> Finding:
    return Finding(place, "violation", code, message, hint, broken=True)


def _made(place: Place, value: object) -> Entity:
    """The entity that a value is. Raises _Unfit where it is none."""
    if not isinstance(value, dict):
        raise _Unfit("the line is no object")
    own, schema, properties = value.get("id"), value.get("schema"), value.get("properties", {})
    if not isinstance(own, str) or not own:
        raise _Unfit("the entity has no id")
    if not isinstance(schema, str) or not schema:
        raise _Unfit(f"the entity {own} has no schema")
    if not isinstance(properties, dict):
        raise _Unfit(f"the properties of {own} are no object")
    caption, datasets = value.get("caption"), value.get("datasets", [])
    if not (caption is None or isinstance(caption, str)):
        raise _Unfit(f"the caption of {own} is no text")
    if not isinstance(datasets, list) or not all(isinstance(one, str) for one in datasets):
        raise _Unfit(f"the datasets of {own} are no list of names")
    further = {str(key): _texts(one) for key, one in value.items() if key not in _OWN}
    made = Entity(own, schema, caption or "", {}, list(map(str, datasets)), further, place)
    for key, values in properties.items():
        _take(made, str(key), values if isinstance(values, list) else [values])
    return made


def _take(entity: Entity, key: str, values: list[object]) -> None:
    """Take in a property's values. An entity that stands within another is taken out of it."""
    taken: list[str] = []
    for value in values:
        if isinstance(value, str):
            taken += [value] if value.strip() else []
        elif isinstance(value, dict):
            inner = _made(entity.place, value)
            inner.datasets = inner.datasets or entity.datasets
            if inner.schema in HOLDERS:
                inner.properties.setdefault(HOLDERS[inner.schema], [entity.id])
            entity.inner += [inner, *inner.inner]
            taken += [inner.id] if inner.schema not in HOLDERS else []
        elif value is not None:
            raise _Unfit(f"a value of {key} of {entity.id} is no text")
    if taken:
        entity.properties[key] = taken


def _texts(value: object) -> list[str]:
    """What stands beside the properties, as texts."""
    return [
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False, sort_keys=True)
        for one in (value if isinstance(value, list) else [value])
        if one is not None and one != ""
    ]
