"""Questions that the dataset answers: the named ones in queries/, and all that is known of one node.

Nothing here prints: an answer is a value, or an `onrecord.store.Answer` that is on its way.
"""

from onrecord.questions.catalogue import Parameter, Question, load_all, named
from onrecord.questions.knowledge import Detail, Fact, Group, Knowledge, of_node
from onrecord.questions.names import Names
from onrecord.questions.prefixes import Shortener, known
from onrecord.questions.values import bind

__all__ = [
    "Detail",
    "Fact",
    "Group",
    "Knowledge",
    "Names",
    "Parameter",
    "Question",
    "Shortener",
    "bind",
    "known",
    "load_all",
    "named",
    "of_node",
]
