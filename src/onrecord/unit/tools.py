"""What all units of a build have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.checks import Checker, Shapes
from onrecord.findings import Place
from onrecord.index import Index, union
from onrecord.mappers.parts.minting import Minter
from onrecord.ntriples import Triple
from onrecord.readers import Limits
from onrecord.rules import Inference, Reasoner, Rules
from onrecord.unit.inferring import Inferrer


@dataclass(frozen=True)
class Shared:
    """What every unit of a build has in common: plain values, so that it can be sent to another process.

    `names` are the registry's ids with their IRIs, `labels` what to call these, `files` the same ids with the file that
    gives them, `described` what the registry says, by node, and `curated` what curators add to it;
    `links` are the places of the links among that.
    """

    minter: Minter
    language: str
    limits: Limits
    most_words: int
    most_quoted: int
    names: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    described: Index = field(default_factory=dict)
    curated: Index = field(default_factory=dict)
    links: Mapping[Triple, Place] = field(default_factory=dict)

    @property
    def lists(self) -> list[str]:
        """The ids of the registry's lists, in order."""
        return sorted(name for name, node in self.names.items() if node == self.minter.entity("lists", name))


class Tools:
    """What checks and what infers, made for the registry of a build.

    `shapes` or `rules` None: that is left out (`kg check` needs no rules).
    """

    def __init__(self, shapes: Shapes | None, rules: Rules | None, shared: Shared) -> None:
        self._shapes, self._rules, self._shared = shapes, rules, shared
        registry = union(shared.described, shared.curated)
        self._registry = registry
        self.checker = None if shapes is None else Checker(shapes, registry)
        self.inferrer = None if rules is None else Inferrer(rules, shared.described, shared.curated)

    def checker_of_part(self, part: Index) -> Checker | None:
        """What checks a part of the registry itself: the rest of it is the context."""
        if self._shapes is None:
            return None
        return Checker(self._shapes, {node: held for node, held in self._registry.items() if node not in part})

    def infer_of_part(self, part: Index) -> Inference:
        """What follows in a part of the registry: of all that follows from the whole, what is about the part's nodes,
        or about nodes that it names and no part describes. So nothing is lost where two parts imply the same."""
        whole = self._whole
        named = {value for description in part.values() for values in description.values() for value in values}

        def own(index: Index) -> Index:
            return {n: held for n, held in index.items() if n in part or (n in named and n not in self._registry)}

        found = [one for one in whole.contradictions if not part.keys().isdisjoint(one.nodes)]
        return Inference(own(whole.inferred), own(whole.from_curated), found, whole.shared)

    @cached_property
    def _whole(self) -> Inference:
        assert self._rules is not None
        return Reasoner(self._rules, {}).infer(self._shared.described, self._shared.curated)
