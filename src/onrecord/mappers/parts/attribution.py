"""Chains of attribution: on whose word a fact reaches us, from the publishing site down to the first speaker."""

from collections.abc import Sequence

from onrecord.mappers.parts.minting import below, digest
from onrecord.mappers.parts.page import Page, Pen
from onrecord.ntriples import text_of
from onrecord.vocabulary.terms import CONCEPTS, onr, prov, rdfs

Link = tuple[Sequence[str], str]
"""The agents of a link (several who speak together) and how it passes on what comes to it (concept's slug)."""


def relayed(page: Page, via: list[str], last: str = "reports") -> list[Link]:
    """The chain of what the source says itself, or relays from others, nearest first."""
    agents = [*page.chain, *via]
    if not agents:
        return []  # the site is unknown, which has been a finding
    if len(agents) == 1:
        return [(agents, "own-voice")]
    return [*(([agent], "relays") for agent in agents[:-1]), ([agents[-1]], last)]


def spoken(
    page: Page, via: list[str], speakers: list[str], modes: Sequence[str], medium: str | None = None
) -> list[Link]:
    """The chain of a statement, down to who speaks. The link before the speaker quotes or paraphrases.

    A medium (a platform, say) only carries what the speaker publishes there: who quotes is the link before it.
    """
    if set(speakers) == set(page.chain) and not via:
        return [(speakers, "own-voice")]
    manner = "quotes" if "direct" in modes else "quotes-in-part" if "partial" in modes else "paraphrases"
    if not page.chain:
        return []
    carried: list[Link] = [([medium], "carries")] if medium is not None and via[-1:] == [medium] else []
    agents = [*page.chain, *(via[:-1] if carried else via)]
    passed = [([agent], "relays") for agent in agents[:-1]]
    return [*passed, ([agents[-1]], manner), *carried, (speakers, "speaks")]


def curated_chain(page: Page, links: list[Link], has_words: bool) -> list[Link]:
    """The chain of what a curator adds: a reading of the source's words, or the curator's own word where there are
    none."""
    curator = [page.minter.curator()]
    return [(curator, "reads"), *links] if has_words else [(curator, "own-voice")]


def write_chain(page: Page, pen: Pen, node: str, links: list[Link]) -> None:
    """The chain of `node`. Facts that reach us the same way share it."""
    if not links:
        return
    chain = below(page.source, "attribution", digest([[sorted(agents), manner] for agents, manner in links]))
    pen.link(node, onr.attribution, chain)
    if not page.first(chain, pen):
        return
    pen.type(chain, onr.AttributionChain)
    read = (", ".join(sorted(page.labels.get(agent, text_of(agent)) for agent in agents)) for agents, _ in links)
    pen.text(chain, rdfs.label, " ← ".join(read))
    for position, (agents, manner) in enumerate(links, 1):
        link = below(chain, position)
        pen.link(chain, onr.link, link)
        pen.type(link, onr.AttributionLink)
        pen.text(link, onr.position, position)
        pen.link(link, onr.manner, CONCEPTS["attribution-manner"][manner])
        for agent in agents:
            pen.link(link, prov.agent, agent)
