"""What pages show beyond their own document, gathered while the documents are made: who names whom, who said what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.documents import Document
from onrecord.documents.document import Tree
from onrecord.site import telling

_NAMED = {"id", "type", "label", "curated"}
_APART = {"statusPeriods", "curations", "hasSource", "wasQuotedFrom"}
_PROPOSED = ("asserts", "denies", "predicts", "supposes", "asks")
_ABOUT = {"about", "designee", "recognized", "relationOf", "towards", "party", "readingOf", "concerns"}
CLAIM = "claimed"
"""The role of whom a statement claims to be designated."""


class Backlink(NamedTuple):
    """That a node's document names another one: its label and kind, and by which key (`CLAIM` for a claim)."""

    kind: str
    label: str
    node: str
    role: str


class Named(NamedTuple):
    """A node that is named: its address, and what it is called."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement: who said it, about whom, in which manner, and the words that it rests on."""

    iri: str
    label: str
    speakers: tuple[Named, ...]
    about: tuple[Named, ...]
    manner: str
    words: str
    claimed: tuple[tuple[str, str], ...]
    """Whom it claims to be designated, and as what."""


@dataclass(slots=True)
class Gathered:
    """All of it, by addresses."""

    backlinks: dict[str, list[Backlink]] = field(default_factory=dict)
    voices: dict[str, list[Voice]] = field(default_factory=dict)
    """The statements that somebody made, and those about somebody."""

    def add(self, document: Document) -> None:
        """Gather from a document. Those that stand inside others say nothing new."""
        if document.kind.nested:
            return
        own = document.node[1:-1]
        found = dict.fromkeys((iri, role) for iri, role in _named(document.tree) if iri != own)
        for iri, role in found:
            self.backlinks.setdefault(iri, []).append(Backlink(document.kind.name, document.label, own, role))
        if document.kind.name == "statement":
            voice = voice_of(document.tree, document.label)
            people = [*voice.speakers, *voice.about]
            for iri in dict.fromkeys([*(each.iri for each in people), *(iri for iri, _ in voice.claimed)]):
                self.voices.setdefault(iri, []).append(voice)


def voice_of(tree: Tree, label: str) -> Voice:
    """A statement's document as a voice."""
    proposed = [(key, each) for key in _PROPOSED for each in telling.trees(tree.get(key))]
    about: dict[str, str] = {}
    claimed = []
    for each in [tree, *(part for _, part in proposed)]:
        for key, value in each.items():
            if key in _ABOUT:
                about.update((telling.text(t["id"]), telling.text(t.get("label"))) for t in telling.trees(value))
        if "ClaimedDesignation" in telling.items(each.get("type")):
            kind = telling.words(telling.text(each.get("kind")))
            claimed += [(telling.text(t["id"]), kind) for t in telling.trees(each.get("designee"))]
    verbs = list(dict.fromkeys(key for key, _ in proposed)) or ["speaks"]
    modes = [telling.words(telling.text(mode)) for mode in telling.items(tree.get("mode"))]
    speakers = tuple(Named(telling.text(t["id"]), telling.text(t.get("label"))) for t in telling.trees(tree["speaker"]))
    return Voice(
        telling.text(tree["id"]),
        label,
        speakers,
        tuple(Named(iri, name) for iri, name in about.items()),
        ", ".join([" and ".join(verbs), *modes]),
        _telling_words(tree, [part for _, part in proposed]),
        tuple(claimed),
    )


def _telling_words(tree: Tree, parts: list[Tree]) -> str:
    """The words that tell most of a statement: its quotation, else the longest that it or its content rests on, for
    “experts note” tells nothing of what they note."""
    quoted = _exact(telling.trees(tree.get("quotation")))
    resting = [each for part in (tree, *parts) for each in telling.trees(part.get("evidence"))]
    return quoted[0] if quoted else max(_exact(resting), key=len, default="")


def _exact(held: list[Tree]) -> list[str]:
    return [telling.text(s["exact"]) for each in held for s in telling.trees(each.get("hasSelector")) if "exact" in s]


def _named(tree: Tree) -> Iterator[tuple[str, str]]:
    """The nodes that a tree names, with the key that leads to them."""
    claimed = "ClaimedDesignation" in telling.items(tree.get("type"))
    for key, value in tree.items():
        if key in _APART:
            continue
        for each in telling.trees(value):
            if "id" not in each:
                continue
            if each.keys() <= _NAMED:
                yield telling.text(each["id"]), CLAIM if claimed and key == "designee" else key
            else:
                yield from _named(each)
