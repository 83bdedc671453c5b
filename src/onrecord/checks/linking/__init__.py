"""Plan → functions that check: no RDF library, no parsing, nothing but Python's own dicts and strings."""

from onrecord.checks.linking.shapes import Linked, LinkedShape, Simple, Test, fused, link

__all__ = ["Linked", "LinkedShape", "Simple", "Test", "fused", "link"]
