"""Ontology → compiled inference: what follows from facts, and what contradicts itself.

    installed      the rules of the installation
    load_rules     ontology files → Rules, plain data that can be kept (to_json, from_json) under its key (key_of)
    Reasoner       made once a process; for each source: what follows, contradictions, and what other sources may need
    Join           what follows from several sources together
    infer          the same for a few triples, rule by rule: says why, and is what the others are tested against
    explain        one derivation of a triple

owlrl closes the ontology, once; rules compiled from that closure run on the data. The tests hold that all find the
same.
"""

from onrecord.rules.axioms import key_of
from onrecord.rules.compilation import Rules, from_json, load_rules, to_json
from onrecord.rules.contradictions import Contradiction
from onrecord.rules.derivations import Step
from onrecord.rules.inference import Conclusions, explain, infer
from onrecord.rules.installed import installed
from onrecord.rules.join import Join
from onrecord.rules.reasoner import Inference, Reasoner

__all__ = [
    "Conclusions",
    "Contradiction",
    "Inference",
    "Join",
    "Reasoner",
    "Rules",
    "Step",
    "explain",
    "from_json",
    "infer",
    "installed",
    "key_of",
    "load_rules",
    "to_json",
]
