"""A document → its page. Nothing here reads a store or writes a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.documents.document import Tree
from onrecord.documents.kinds import KINDS, Kind
from onrecord.pictures import voices
from onrecord.questions.status import Standing
from onrecord.site import telling
from onrecord.site.gathering import CLAIM, Backlink, Named, Voice
from onrecord.site.places import Places, root_of
from onrecord.site.rendering import environment
from onrecord.site.roles import heading
from onrecord.site.site import Site
from onrecord.site.standings import Standings, Stood
from onrecord.site.views import NESTED, Node, Shown, Views

MOST = 40
"""Backlinks of a kind that a page shows; what a list or a source has is on index pages."""
_SETTING = frozenset({"labels", "altLabel"})


class Passage(NamedTuple):
    """Words of a source, or a chain by which it has them: the anchor, the text, and what rests on them. `inner` are the
    anchors of its parts: how the words are found, the links of the chain."""

    anchor: str
    text: str
    fact: Named
    is_chain: bool
    inner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a page shows beyond its document."""

    standings: tuple[Standing, ...] = ()
    backlinks: tuple[Backlink, ...] = ()
    voices: tuple[Voice, ...] = ()
    index: str = ""
    """The index page of what belongs to it, for a list, a jurisdiction or a source."""
    schema: str = ""
    """What the page says of it in schema.org, as JSON; "" for nothing."""

    passages: tuple[Passage, ...] = ()
    """Of a source: its words that something on record rests on, and the chains by which it has them."""

    pending: str = ""
    """How far what else names it has been gathered, in percent; "" where all of it has."""

    @property
    def told(self) -> str:
        """All of it as one text: the same where a page would be the same."""
        stood = [(s.label, s.jurisdiction, s.days, s.records, s.links, s.silent, s.acts) for s in self.standings]
        return repr((stood, self.backlinks, self.voices, self.index, self.schema, self.passages))


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one kind and role."""

    name: str
    links: tuple[Shown, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A row of who said what about whom."""

    statement: Shown
    speakers: tuple[Shown, ...]
    about: tuple[Shown, ...]
    manner: str
    words: str
    claims: tuple[tuple[Shown, str], ...]


@dataclass(frozen=True, slots=True)
class EntityPage:
    """All that the page of an entity shows."""

    path: str
    file: str
    iri: str
    kind: Kind
    title: str
    direction: str
    names: tuple[Shown, ...]
    node: Node
    standings: tuple[Stood, ...]
    designations: tuple[Node, ...]
    tenures: tuple[Node, ...]
    mentions: tuple[Node, ...]
    spoken: tuple[Spoken, ...]
    claims: tuple[Spoken, ...]
    drawn: voices.Drawn | None
    groups: tuple[Group, ...]
    asserts_nothing: str
    index: str
    schema: str
    passages: tuple[tuple[Passage, Shown], ...]
    pending: str


def render(tree: Tree, kind: Kind, around: Around, places: Places, site: Site) -> str:
    """The page of a document as HTML."""
    page = page_of(tree, kind, around, places)
    template = environment().get_template("entity.html")
    return template.render(site=site, root=root_of(page.path), here="", page=page, places=places.page)


def page_of(tree: Tree, kind: Kind, around: Around, places: Places) -> EntityPage:
    """What the page of a document shows."""
    iri = telling.text(tree["id"])
    path = places.page(iri)
    views = Views(iri, places.base, root_of(path), places.page)
    title = telling.text(tree.get("label")) or iri
    node = views.node(tree, NESTED | _SETTING)
    inside = {
        key: tuple(
            views.node(each, frozenset({"designee", "member", "mentions"})) for each in telling.trees(tree.get(key))
        )
        for key in ("designations", "tenures", "mentionedAs")
    }
    spoken = tuple(_spoken(voice, views, iri) for voice in around.voices if voice.iri != iri)
    return EntityPage(
        path,
        path.removesuffix(".html").rsplit("/", 1)[-1],
        iri,
        kind,
        title,
        telling.direction(title),
        tuple(views.names(tree, title)),
        node,
        Standings(_linked(views)).of(around.standings),
        inside["designations"],
        inside["tenures"],
        inside["mentionedAs"],
        spoken,
        tuple(row for row in spoken if row.claims),
        _drawn(around.voices, iri) if spoken else None,
        tuple(_groups(around.backlinks, views, kind.name)),
        _nothing(tree, kind),
        around.index,
        around.schema,
        tuple((each, views.reference({"id": each.fact.iri, "label": each.fact.label})) for each in around.passages),
        around.pending,
    )


def _linked(views: Views) -> Callable[[str, str], Shown]:
    def link(node: str, label: str) -> Shown:
        return views.reference({"id": node[1:-1], "label": label})

    return link


def _spoken(voice: Voice, views: Views, iri: str) -> Spoken:
    def named(pairs: Iterable[tuple[str, str]]) -> tuple[Shown, ...]:
        return tuple(views.reference({"id": each, "label": label}) for each, label in pairs)

    statement = views.reference({"id": voice.iri, "label": voice.label})
    claims = tuple((statement, kind) for whom, kind in voice.claimed if whom == iri)
    return Spoken(statement, named(voice.speakers), named(voice.about), voice.manner, voice.words, claims)


def _drawn(held: Iterable[Voice], iri: str) -> voices.Drawn | None:
    said = []
    for voice in held:
        whom = voice.about if any(each.iri == iri for each in voice.speakers) else ()
        chosen = whom or [each for each in voice.about if each.iri == iri]
        said += [voices.Said(speaker.label, each.label) for speaker in voice.speakers for each in chosen]
    return voices.drawn(said) if said else None


def _groups(backlinks: Iterable[Backlink], views: Views, named: str) -> list[Group]:
    """Where it is named, by kind and role; statements stand apart, and claims with them."""
    found: dict[tuple[str, str], list[Backlink]] = {}
    order = list(KINDS)
    for each in sorted(backlinks, key=lambda link: (order.index(link.kind), link.label.casefold(), link.node)):
        twice = (each.kind, each.role) == ("entry", "onList")  # an entry is on its list by `entryOf`
        if each.kind != "statement" and each.role != CLAIM and not twice:
            found.setdefault((each.kind, each.role), []).append(each)
    return [
        Group(
            heading(kind, role, named),
            tuple(views.reference({"id": each.node, "label": each.label}) for each in held[:MOST]),
            max(0, len(held) - MOST),
        )
        for (kind, role), held in found.items()
    ]


def _nothing(tree: Tree, kind: Kind) -> str:
    """What a page says of a document that asserts nothing by itself."""
    keys = tree.keys()
    if kind.name == "statement":
        if "asks" in keys and not keys & {"asserts", "denies"}:
            return "A question: it asserts nothing."
        if keys & {"predicts", "supposes"} and not keys & {"asserts", "denies"}:
            return "A prediction or a supposition: it asserts nothing of what is."
        return "What follows is what was said. That it was said is on record, not that it is so."
    if kind.name == "mention":
        return "A mention: that a text names somebody asserts nothing of them."
    return ""
