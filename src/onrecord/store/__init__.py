"""The store: the built dataset where queries find it. The only room that knows the SPARQL engine.

A query is looked at before the engine sees it (`syntax`), runs in a process of its own that can be killed (`worker`),
and its answer is streamed from there (`answers`).
"""

from onrecord.store.answers import FORMATS, GRAPH_FORMATS, ROW_FORMATS, Answer
from onrecord.store.loading import load, open_store
from onrecord.store.release import Release
from onrecord.store.updating import Since, publish, update

__all__ = [
    "FORMATS",
    "GRAPH_FORMATS",
    "ROW_FORMATS",
    "Answer",
    "Release",
    "Since",
    "load",
    "open_store",
    "publish",
    "update",
]
