"""Ontology → compiled inference: what follows from facts, and what contradicts itself.

    load_rules     ontology files → Rules, plain data that can be kept (to_json, from_json) under its key (key_of)
    infer          triples and their context → what follows, and contradictions
    explain        one derivation of a triple

owlrl closes the ontology, once; rules compiled from that closure run on the data. The tests hold that both find the
same.
"""

from onrecord.rules.axioms import key_of
from onrecord.rules.compilation import Rules, from_json, load_rules, to_json
from onrecord.rules.contradictions import Contradiction
from onrecord.rules.derivations import Step
from onrecord.rules.inference import explain, infer
from onrecord.rules.reasoner import Inference, Reasoner

__all__ = [
    "Contradiction",
    "Inference",
    "Reasoner",
    "Rules",
    "Step",
    "explain",
    "from_json",
    "infer",
    "key_of",
    "load_rules",
    "to_json",
]
