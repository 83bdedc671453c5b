"""What to call a node: one text for people."""

import re

from onrecord.documents.reading import Reading
from onrecord.ntriples import text_of
from onrecord.vocabulary.context import classes
from onrecord.vocabulary.term import TYPE, Term
from onrecord.vocabulary.terms import dcterms, oa, onr, pso, rdfs
from onrecord.writers.parts.layout import order_of_class

_LONGEST = 90
_WITH_WHOM: dict[str, tuple[Term, ...]] = {
    str(onr.Statement): (onr.speaker,),
    str(onr.Designation): (onr.designee,),
    str(onr.Mention): (onr.mentions,),
    str(onr.Prosecution): (onr.prosecuted,),
    str(onr.StatusPeriod): (onr.statusOf,),
}
"""Whom a fact without a name is told by."""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TEXTS = (onr.content, onr.counts, onr.form, onr.describedAs, onr.roleName)


class Labels:
    """Says what nodes are called, in the first of the selected languages that they have a name in, else in any."""

    def __init__(self, reading: Reading, language: str) -> None:
        self._reading = reading
        self._languages = reading.selection.languages or (language,)
        self._held: dict[str, str] = {}

    def of(self, node: str) -> str:
        """The name of a node; of one without any, what it is and whom it is about, or the end of its address."""
        found = self._held.get(node)
        if found is None:
            found = self._held[node] = self._named(node) or self._told(node) or _end(node)
        return found

    def _named(self, node: str) -> str:
        said = self._reading.said(node)
        texts = said.get(rdfs.label) or said.get(dcterms.title) or []
        for language in self._languages:
            own = [text for text in texts if text.endswith(f'"@{language}')]
            if own:
                return self._reading.latest(node, own)
        return self._reading.latest(node, texts) if texts else ""

    def _told(self, node: str) -> str:
        said = self._reading.said(node)
        kinds = [kind for kind in said.get(TYPE, []) if kind in classes()]
        if not kinds:
            return ""
        kind = min(kinds, key=order_of_class)
        whom = [self.of(each) for prop in _WITH_WHOM.get(kind, ()) for each in said.get(prop, [])]
        start = ", ".join(whom) if whom else _CAPITAL.sub(" ", classes()[kind]).capitalize()
        words = self._under(node) if kind == onr.Designation else self._words(node)
        return f"{start}: {words}" if words else start if whom else ""

    def _under(self, node: str) -> str:
        """The list that a designation is on, else as what, and under whose law, somebody is designated."""
        said = self._reading.said(node)
        if lists := said.get(onr.onList):
            return ", ".join(map(self.of, lists))
        kinds = [_end(kind).replace("-", " ") for kind in said.get(pso.withStatus, [])]
        return ", ".join([*kinds, *map(self.of, said.get(onr.jurisdiction) or said.get(onr.authority) or [])])

    def _words(self, node: str) -> str:
        """The first words that a fact rests on, cut where they are long."""
        said = self._reading.said(node)
        texts = [text_of(text) for prop in _TEXTS for text in said.get(prop, [])]
        for words in (*said.get(onr.quotation, []), *said.get(onr.evidence, [])):
            for selector in self._reading.said(words).get(oa.hasSelector, []):
                texts += [f"“{text_of(text)}”" for text in self._reading.said(selector).get(oa.exact, [])]
        if not texts:
            return ""
        text = " ".join(texts[0].split())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _end(node: str) -> str:
    return text_of(node).rstrip("/").rsplit("/", 1)[-1]
