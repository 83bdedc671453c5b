"""Nodes in words: times with their bounds, amounts with their qualifier, propositions with what they say."""

from onrecord.ntriples import text_of
from onrecord.questions.graph import Edge, Graph, property_name
from onrecord.questions.prefixes import Shortener
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import CONCEPTS, DEFINITIONS, dcterms, oa, onr, prov, rdfs, schema

_CONCEPTS = {str(concept): slug.replace("-", " ") for scheme in CONCEPTS.values() for slug, concept in scheme.items()}
_QUALIFIED = (schema.value, schema.minValue, schema.maxValue)


class Reader:
    """Writes what a node is, as short as it can be said without saying less."""

    def __init__(self, graph: Graph, language: str, shortener: Shortener) -> None:
        self._graph = graph
        self._language = language
        self._shortener = shortener

    def label(self, node: str) -> str:
        """What to call a node: its label in the language, else in any, else the end of its address."""
        found = [e.object for prop in (rdfs.label, dcterms.title) for e in self._graph.out(node, prop)]
        own = [text for text in found if text.endswith(f'"@{self._language}')]
        if found:
            return text_of((own or found)[0])
        return _CONCEPTS.get(node) or text_of(node).rstrip("/").rsplit("/", 1)[-1]

    def kind(self, node: str) -> str:
        """Its class in plain words: the one that a source says, and not those that follow."""
        kinds = [text_of(e.object) for e in self._graph.out(node, TYPE)]
        named = sorted(kind for kind in kinds if kind in DEFINITIONS) or sorted(kinds)
        return property_name(f"<{named[0]}>") if named else "node"

    def words(self, evidence: str) -> list[str]:
        """The exact words of a piece of evidence."""
        selectors = [e.object for e in self._graph.out(evidence, oa.hasSelector)]
        return [e.text for selector in selectors for e in self._graph.out(selector, oa.exact)]

    def reason(self, curation: str) -> str:
        """Why a curator holds something to be so, and where they saw it."""
        reason = " ".join(e.text for e in self._graph.out(curation, onr.reason))
        seen = " ".join(e.text for e in self._graph.out(curation, prov.hadPrimarySource))
        return f"{reason} ({seen})" if seen else reason

    def value(self, edge: Edge) -> str:
        """What an edge leads to."""
        node = edge.object
        if not node.startswith("<"):
            return edge.text
        if edge.prop == TYPE or node in _CONCEPTS:
            return self._shortener.short(text_of(node))
        for kind, read in ((onr.VagueTime, self.time), (onr.Amount, self.amount), (onr.Proposition, self.proposition)):
            if self._graph.is_a(node, kind):
                return read(node)
        if node.startswith(edge.subject[:-1] + "/"):
            return self._part(node)
        return self.label(node) if self._graph.out(node) else self._shortener.short(text_of(node))

    def time(self, node: str) -> str:
        """A time: as said, in EDTF, and its bounds with what each rests on."""
        told = {e.prop: e for e in reversed(self._graph.out(node))}
        said, date = told.get(onr.asSaid), told.get(onr.edtf)
        shown = [f"“{said.text}”"] if said else []
        shown += [f"{date.text}{_mark(date)}"] if date else []
        for prop, basis, word in (
            (onr.earliest, onr.earliestBasis, "not before"),
            (onr.latest, onr.latestBasis, "not after"),
        ):
            bound = told.get(prop)
            if bound and (date is None or bound.text != date.text):
                ground = told.get(basis)
                shown.append(f"{word} {bound.text}" + (f" ({self.value(ground)})" if ground else ""))
        shown += [f"after {self.label(e.object)}" for e in self._graph.out(node, onr.after)]
        return ", ".join(shown or ["not dated"])

    def amount(self, node: str) -> str:
        """A number with its qualifier and unit, or the source's words for it."""
        told = {e.prop: e for e in self._graph.out(node)}
        qualifier, unit, said = told.get(onr.qualifier), told.get(onr.unit), told.get(onr.asSaid)
        number = next((told[prop].text for prop in _QUALIFIED if prop in told), f"“{said.text}”" if said else "")
        how = self.value(qualifier) if qualifier else ""
        measured = f"{self.value(unit)}{'' if number == '1' else 's'}" if unit else ""
        return " ".join(part for part in ("" if how in ("exactly", "vague") else how, number, measured) if part)

    def proposition(self, node: str) -> str:
        """What is asserted, denied or asked: its text, or its kind and what belongs to it."""
        text = [e.text for e in self._graph.out(node, onr.content)]
        rest = [
            f"{e.name} {self.value(e)}"
            for e in self._graph.out(node)
            if e.prop not in (TYPE, onr.content, onr.evidence, onr.about) or (e.prop == onr.about and not text)
        ]
        words = [f"“{word}”" for e in self._graph.out(node, onr.evidence) for word in self.words(e.object)]
        kind = [] if text else [f"{self.kind(node)}:"]
        return " ".join(
            [*kind, *text, *([f"({'; '.join(rest)})"] if rest and text else ["; ".join(rest)] if rest else []), *words]
        )

    def _part(self, node: str) -> str:
        """A part that has no form of its own: a participation, a sentence, a legal effect."""
        words = [f"“{word}”" for e in self._graph.out(node, onr.evidence) for word in self.words(e.object)]
        label = [e.text for e in self._graph.out(node, rdfs.label)]
        skipped = (TYPE, rdfs.label, onr.evidence, onr.attribution, prov.wasDerivedFrom)
        said = [e for e in self._graph.out(node) if e.prop not in skipped]
        if self._graph.is_a(node, onr.Participation):
            said.sort(key=lambda e: e.prop != onr.participant)
            who, *roles = [self.value(e) for e in said] or [""]
            return f"{who} ({', '.join(roles)})" if roles else who
        return " ".join([*label, "; ".join(f"{e.name} {self.value(e)}" for e in said), *words]).strip()


def _mark(edge: Edge) -> str:
    return " [curated]" if edge.curated else ""
