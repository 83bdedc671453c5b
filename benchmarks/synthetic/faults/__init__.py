"""Faults: each makes an article break shapes in one way, and says what has to be found of it.

Every constraint component that a facts file can run into is there. The others cannot be expressed: the readers refuse
them before anything is mapped (datatypes, patterns, lengths, concepts of other schemes, two values where a field takes
one), or mappers never write them (chains with gaps, evidence of nothing, propositions that are facts).
"""

from synthetic.faults import logic, queries, values
from synthetic.faults.kinds import Fault

FAULTS: tuple[Fault, ...] = (*values.FAULTS, *logic.FAULTS, *queries.FAULTS)
