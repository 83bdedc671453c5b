"""An entity while it is made, and what is left out of all of them."""

from collections import Counter
from dataclasses import dataclass, field

import msgspec


@dataclass
class Entity:
    """An entity of FollowTheMoney: its values in the order in which they are given, each once."""

    id: str
    schema: str
    caption: str
    datasets: list[str]
    referents: list[str] = field(default_factory=list)
    last_seen: str = ""
    properties: dict[str, list[str]] = field(default_factory=dict)

    def add(self, prop: str, *values: str) -> None:
        """Add values to a property; those that are blank are none."""
        held = self.properties.setdefault(prop, [])
        held.extend(value for value in dict.fromkeys(values) if value.strip() and value not in held)
        if not held:
            del self.properties[prop]

    def line(self) -> bytes:
        """The entity as a line of JSON."""
        made: dict[str, object] = {
            "id": self.id,
            "caption": self.caption,
            "schema": self.schema,
            "properties": dict(sorted(self.properties.items())),
            "referents": self.referents,
            "datasets": self.datasets,
        }
        if self.last_seen:
            made["last_seen"] = self.last_seen
        return msgspec.json.encode(made) + b"\n"


Left = Counter[str]
"""What the model has no place for, counted."""
