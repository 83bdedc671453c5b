"""Release → documents: one JSON tree an entity, for partners, pages and tables.

A document holds what is said of one entity, with everything that belongs to it inside, and points to all else by
`{id, type, label}`. Its keys are those of `onrecord.documents.context`; by that context it expands to exactly the
triples that it has been made from. All documents together hold every triple of what is selected.
"""

from onrecord.documents.collection import Documents
from onrecord.documents.document import Document
from onrecord.documents.kinds import KINDS, Kind
from onrecord.documents.selection import EVERYTHING, Selection

__all__ = ["EVERYTHING", "KINDS", "Document", "Documents", "Kind", "Selection"]
