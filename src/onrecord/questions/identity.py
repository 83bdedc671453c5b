"""Who is the same, by the word of a curator, and who only may be."""

from dataclasses import dataclass

from onrecord.ntriples import text_of
from onrecord.questions.said import Said
from onrecord.vocabulary.terms import onr, owl, prov, skos


@dataclass(frozen=True)
class Link:
    """A curator's link from one node to another, and the reasons that the curator gives, each with where it was seen.

    `same` tells a confirmed identity from a close match, which is not taken to be the same.
    """

    node: str
    other: str
    same: bool
    reasons: tuple[str, ...]


def confirmed(said: Said, node: str) -> tuple[list[str], list[Link]]:
    """The nodes that are one with `node`, itself first, and the links that say so: in both directions, and onwards."""
    nodes, links = [node], list[Link]()
    for each in nodes:  # grows while it is walked
        for link in sorted(_links(said, each, same=True), key=lambda link: (link.node, link.other)):
            if link not in links:
                links.append(link)
            nodes += [end for end in (link.node, link.other) if end not in nodes]
    return nodes, links


def close(said: Said, nodes: list[str]) -> list[Link]:
    """The close matches of nodes that are one, in either direction; not those among themselves."""
    found = {link for node in nodes for link in _links(said, node, same=False)}
    apart = [link for link in found if not (link.node in nodes and link.other in nodes)]
    return sorted(apart, key=lambda link: (link.node, link.other))


def _links(said: Said, node: str, *, same: bool) -> set[Link]:
    """Curators' links only: what another source would say of identity is not a person's word for it here."""
    prop = owl.sameAs if same else skos.closeMatch
    ends = {(t.subject, t.object) for t in said.match(node, prop) if t.curated and t.object.startswith("<")}
    ends |= {(t.subject, t.object) for t in said.match(None, prop, node) if t.curated}
    return {Link(one, other, same, _reasons(said, one, str(prop))) for one, other in ends if one != other}


def _reasons(said: Said, node: str, prop: str) -> tuple[str, ...]:
    found = []
    for curation in said.subjects(onr.curates, node):
        if prop not in said.objects(curation, onr.curatedProperty):
            continue
        reason = " ".join(map(text_of, said.objects(curation, onr.reason)))
        seen = " ".join(map(text_of, said.objects(curation, prov.hadPrimarySource)))
        found.append(f"{reason} ({seen})" if seen else reason)
    return tuple(found)
