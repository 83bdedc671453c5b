"""An article under way: what it says so far, and the facts that rest on its words."""

import random
from hashlib import sha256

from synthetic import dates, names
from synthetic.phrases import DAYS, LANGUAGES, PHRASES, TAILS, WEIGHTS
from synthetic.world import Entity, Record, World

_WORDS = ("words", "quote")


class Draft:
    """One article. Scenes say phrases and add records; `finished` gives the document and its text."""

    def __init__(self, world: World, seed: int, index: int) -> None:
        self.rng = random.Random(f"{seed}-{index}")
        self.id = f"article-{index:07d}"
        self.world = world
        self.language = self.rng.choices(LANGUAGES, WEIGHTS)[0]
        self.site = self.draw("outlets")
        self.facts: dict[str, list[Record]] = {}
        self.sentences: list[str] = []
        self.title = self.phrase("title", who=self.name(self.draw("groups")))

    def draw(self, pool: str) -> Entity:
        """An entity of the registry."""
        return self.world.pools[pool].draw(self.rng)

    def other(self, pool: str, *than: Entity) -> Entity:
        """An entity that is none of the given ones."""
        while (found := self.draw(pool)) in than:
            pass
        return found

    def name(self, entity: Entity) -> str:
        """What the article calls an entity."""
        return names.in_script(self.language, entity.name)

    def chance(self, share: float) -> bool:
        """True as often as the share says."""
        return self.rng.random() < share

    def phrase(self, key: str, **given: object) -> str:
        """A phrase in the article's language."""
        return PHRASES[self.language][key].format(**given)

    def say(self, key: str, **given: object) -> str:
        """Write a sentence with a phrase in it, and give back the phrase: words to rest a fact on."""
        words = self.phrase(key, **given)
        self.sentences.append(f"{words}, {self.rng.choice(TAILS[self.language])}.")
        return words

    def quote(self, who: Entity) -> str:
        """Write a quotation, and give back the quoted words."""
        words = self.phrase("quote", who=self.name(who))
        self.sentences.append(f"“{words}”.")
        return words

    def last_day(self) -> dates.Time:
        """A time in the article's own words."""
        return dates.said(self.rng, self.say("when", day=self.rng.choice(DAYS[self.language])))

    def add(self, section: str, **record: object) -> str:
        """Add a record, without the fields that are None; its id, "" for none."""
        given = {key: value for key, value in record.items() if value is not None}
        self.facts.setdefault(section, []).append(given)
        return str(given.get("id", ""))

    def local(self, kind: str) -> str:
        """An id of the article's own."""
        return f"{kind}-{sum(map(len, self.facts.values()))}"

    def finished(self) -> tuple[Record, str]:
        """The document, and the text that its words stand in."""
        text = f"{self.title}\n\n" + "\n".join(self.sentences) + "\n"
        encoded = text.encode()
        published = dates.day(self.rng, 2024, 2025)
        source: Record = {
            "id": self.id,
            "kind": "article",
            "title": self.title,
            "site": self.site.id,
            "url": f"https://{self.site.id}.example/{published[:4]}/{self.id}?q=%C3%A9",
            "language": self.language,
            "published": published
            if self.chance(0.8)
            else {"curated": {"earliest": published, "reason": "Its address."}},
            "text": {"sha256": sha256(encoded).hexdigest(), "chars": len(text)},
        }
        facts = {section: [_pinned(record, text) for record in records] for section, records in self.facts.items()}
        return {"source": source, **facts}, text


def _pinned(value: object, text: str, words: bool = False) -> object:
    """The same facts; words that the text has more than once are told from the others by what stands before them."""
    if isinstance(value, dict):
        return {key: _pinned(inner, text, words or key in _WORDS) for key, inner in value.items()}
    if isinstance(value, list):
        return [_pinned(inner, text, words) for inner in value]
    if not words or not isinstance(value, str) or text.count(value) < 2:
        return value
    at = text.rindex(value)
    start = at
    while text.count(text[start : at + len(value)]) > 1:
        start -= 1
    return {"exact": value, "before": text[start:at]}
