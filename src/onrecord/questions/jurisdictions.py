"""Under whose law or lists somebody may be designated: states, and bodies that list as states do."""

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.errors import QueryError
from onrecord.ntriples import text_of
from onrecord.questions.names import Names
from onrecord.questions.said import Said
from onrecord.vocabulary.term import TYPE
from onrecord.vocabulary.terms import onr


@dataclass(frozen=True)
class Jurisdiction:
    """A state or body: its node, what it is called, and its code (ISO 3166-1 alpha-2, UN, EU), "" for none."""

    node: str
    label: str
    code: str = ""


class Jurisdictions:
    """The jurisdictions of a dataset: whoever has a list or a designation, every state, every body with a code."""

    def __init__(self, said: Said, names: Names, language: str) -> None:
        self._said = said
        self._names = names
        self._language = language
        self._known: list[Jurisdiction] | None = None

    def all(self) -> list[Jurisdiction]:
        """All of them, by what they are called."""
        if self._known is None:
            nodes = set(self._said.values(onr.jurisdiction))
            nodes |= {triple.subject for triple in self._said.match(None, TYPE, str(onr.State))}
            nodes |= {triple.subject for triple in self._said.match(None, onr.code)}
            self._known = self.ordered(nodes)
        return self._known

    def ordered(self, nodes: Iterable[str]) -> list[Jurisdiction]:
        """The jurisdictions that nodes are, by what they are called."""
        return sorted(map(self.of, nodes), key=lambda each: (each.label.casefold(), each.node))

    def of(self, node: str) -> Jurisdiction:
        """A jurisdiction by its node."""
        codes = self._said.objects(node, onr.code)
        return Jurisdiction(node, self._said.label(node, self._language), text_of(codes[0]) if codes else "")

    def named(self, text: str) -> Jurisdiction:
        """The jurisdiction that a person means: by its code in either case, a registry id, an address, or its label.

        Raises QueryError where there is none, or where several have the code, with those that there are.
        """
        codes = {triple.subject: text_of(triple.object) for triple in self._said.match(None, onr.code)}
        coded = [self.of(node) for node in sorted(codes) if codes[node].casefold() == text.strip().casefold()]
        if len(coded) > 1:
            hint = f"say which by its id: {', '.join(map(self._written, coded))}"
            raise QueryError(f"{len(coded)} jurisdictions have the code {text.strip()}", hint=hint)
        if coded:
            return coded[0]
        folded = text.strip().casefold()
        found = self._names.addressed(text)
        for each in self.all():
            if each.node == found or (found is None and each.label.casefold() == folded):
                return each
        raise QueryError(f"the dataset has no jurisdiction {text[:40]!r}", hint=self._hint())

    def _hint(self) -> str:
        told = [f"{each.code} ({each.label})" if each.code else self._written(each) for each in self.all()]
        return f"there are: {', '.join(told)}" if told else "it names no state, and no list's jurisdiction"

    def _written(self, each: Jurisdiction) -> str:
        return self._names.path(each.node[1:-1])
