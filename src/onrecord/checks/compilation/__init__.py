"""Shapes graph → plan. rdflib reads, pySHACL says what is well formed, and what is not understood is uncovered."""

from onrecord.checks.compilation.shapes import compiled

__all__ = ["compiled"]
