"""Plan → functions that check: no RDF library, no parsing, nothing but Python's own dicts and strings."""

from onrecord.checks.linking.parts import Sort
from onrecord.checks.linking.shapes import Linked, LinkedShape, link
from onrecord.checks.linking.sorts import Sorts

__all__ = ["Linked", "LinkedShape", "Sort", "Sorts", "link"]
