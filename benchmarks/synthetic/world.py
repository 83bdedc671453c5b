"""The registry: states, bodies, groups, people, places, lists and wars that many articles share, by Zipf's law."""

import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import isqrt

from synthetic import names

STATES = 40
KINDS_OF_LIST = ("terrorist-organization", "extremist-or-terrorist", "sanctioned-party")


@dataclass(frozen=True)
class Entity:
    """Something of the registry: its id, its name in English, and the state (or list's state) that it belongs to."""

    id: str
    name: str
    state: str = ""
    kind: str = ""


@dataclass
class Pool:
    """Entities of one kind. The one at place n is named about 1/n as often as the first."""

    entities: list[Entity] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, entity: Entity) -> Entity:
        """Take in one more."""
        self.entities.append(entity)
        return entity

    def draw(self, rng: random.Random) -> Entity:
        """One of them, the first ones most often."""
        if len(self.weights) != len(self.entities):
            self.weights = list(accumulate(1 / place for place in range(1, len(self.entities) + 1)))
        return self.entities[bisect_left(self.weights, rng.random() * self.weights[-1])]


POOLS = (
    "states",
    "bodies",
    "courts",
    "groups",
    "parties",
    "outlets",
    "platforms",
    "people",
    "cities",
    "posts",
    "lists",
    "wars",
)


class World:
    """Every pool of a dataset for a number of articles. Entities grow with the square root of it."""

    def __init__(self, seed: int, articles: int) -> None:
        self.seed = seed
        self.rng = random.Random(f"world-{seed}")
        self.pools = {name: Pool() for name in POOLS}
        self._taken: set[str] = set()
        more = 10 * isqrt(articles)
        self._add_states()
        for pool, kind, count in (
            ("groups", "armed-group", 20 + more // 5),
            ("parties", "political-party", 10 + more // 20),
            ("outlets", "news-outlet", 20 + more // 10),
            ("platforms", "platform", 5),
            ("people", "person", 60 + more // 2),
            ("cities", "city", 20 + more // 10),
            ("wars", "war", 8),
        ):
            for _ in range(count):
                self._add(pool, kind)

    def _fresh(self, syllables: int) -> str:
        while (found := names.word(self.rng, syllables)) in self._taken:
            pass
        self._taken.add(found)
        return found

    def _add_states(self) -> None:
        for index in range(STATES):
            slug = self._fresh(2) + "ia"
            state = self.pools["states"].add(Entity(slug, slug.title(), kind="state"))
            for pool, kind, name in (
                ("courts", "court", f"Supreme Court of {state.name}"),
                ("bodies", "ministry", f"Ministry of the Interior of {state.name}"),
                ("bodies", "government-body", f"Government of {state.name}"),
            ):
                self.pools[pool].add(Entity(f"{kind}-of-{slug}", name, slug, kind))
            self.pools["posts"].add(Entity(f"foreign-minister-of-{slug}", f"Foreign Minister of {state.name}", slug))
            for kind in KINDS_OF_LIST[: 1 + index % 3]:
                self.pools["lists"].add(Entity(f"{kind}-list-of-{slug}", f"{state.name}'s list: {kind}", slug, kind))

    def _add(self, pool: str, kind: str) -> None:
        slug = self._fresh(3)
        name = slug.title()
        if kind == "person":
            name = f"{names.word(self.rng, 2).title()} {name}"
        elif kind in ("news-outlet", "platform"):
            name = f"{name} {self.rng.choice(['Times', 'Gazette', 'Post', 'Wire'])}"
        elif kind == "war":
            name = f"War of {name}"
        state = self.rng.choice(self.pools["states"].entities).id if kind in ("city", "news-outlet") else ""
        self.pools[pool].add(Entity(f"{kind}-{slug}", name, state, kind))


Record = dict[str, object]


def _names(rng: random.Random, entity: Entity) -> Record:
    """The name, some with forms in other scripts, some of these a curator's."""
    record: Record = {"id": entity.id, "name": entity.name}
    others: list[object] = []
    for language in ("ru", "ar", "zh"):
        if rng.random() < 0.3:
            form: Record = {"text": names.in_script(language, entity.name.split()[-1]), "lang": language}
            others.append(form | ({"curated": "The usual form of the name."} if rng.random() < 0.3 else {}))
    if others:
        record["other_names"] = others
    if rng.random() < 0.1:
        address = f"https://example.org/entity/Q{rng.randint(1, 10**7)}"
        record["same_as"] = [{"iri": address, "reason": "The same name, state and years.", "exact": rng.random() < 0.3}]
    return record


def _in_state(entity: Entity, field_name: str) -> Record:
    if not entity.state:
        return {}
    return {field_name: entity.state, f"{field_name}_curated": "Common knowledge; the sources seldom say it."}


def registry(world: World) -> Iterator[tuple[str, Record]]:
    """The registry's documents, each with the name of its file."""
    rng = random.Random(f"registry-{world.seed}")

    def made(pools: Sequence[str], *extra: str) -> list[Record]:
        found = []
        for entity in (entity for pool in pools for entity in world.pools[pool].entities):
            given: Record = {"kind": entity.kind} if "kind" in extra else {}
            state = next((name for name in extra if name in ("state", "within")), "")
            found.append(given | _names(rng, entity) | (_in_state(entity, state) if state else {}))
        return found

    organizations = made(("states", "courts", "bodies", "groups", "parties", "outlets", "platforms"), "kind", "state")
    yield "organizations", {"registry": "Organizations that several sources speak of", "organizations": organizations}
    yield "people", {"registry": "Persons that several sources speak of", "people": made(("people",))}
    yield "places", {"registry": "Places that are not states", "places": made(("cities",), "kind", "within")}
    posts = [{"id": e.id, "name": e.name, "organization": e.state} for e in world.pools["posts"].entities]
    yield "posts", {"registry": "Posts that persons hold one after the other", "posts": posts}
    lists = [
        {"id": e.id, "kind": e.kind, "name": e.name, "jurisdiction": e.state} for e in world.pools["lists"].entities
    ]
    yield "lists", {"registry": "Official lists. Two lists of one state are two lists", "lists": lists}
    wars = [
        {"id": e.id, "kind": "war", "label": e.name, "when": str(1980 + place), "curated": "Every history has it."}
        for place, e in enumerate(world.pools["wars"].entities)
    ]
    yield "events", {"registry": "Wars that several sources speak of", "events": wars}
