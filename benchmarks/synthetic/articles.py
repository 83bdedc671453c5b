"""Articles one by one: which scenes they consist of, and which of them have a fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from synthetic import scenes, speech
from synthetic.draft import Draft
from synthetic.faults import FAULTS
from synthetic.faults.kinds import Fault
from synthetic.world import Record, World

SCENES = (
    (scenes.mentions, 10),
    (scenes.designation, 8),
    (scenes.attack, 5),
    (scenes.meeting, 5),
    (scenes.recognition, 3),
    (scenes.tenure, 5),
    (scenes.prosecution, 2),
    (scenes.region, 2),
    (speech.assertion, 7),
    (speech.denial, 3),
    (speech.question, 4),
)
_UPTO = list(accumulate(weight for _, weight in SCENES))
SIZES = (1, 1, 1, 2, 2, 2, 2, 2, 3, 4)
"""How many scenes an article has, each size as likely as it is often here."""


@dataclass(frozen=True)
class Article:
    """A document as a facts file has it, the text that it rests on, and the fault that was put into it."""

    id: str
    document: Record
    text: str
    fault: Fault | None


def article(world: World, seed: int, index: int, fault: Fault | None = None) -> Article:
    """The article at an index: the same for the same world, seed, index and fault, whatever was made before."""
    draft = Draft(world, seed, index)
    for scene in draft.rng.choices([scene for scene, _ in SCENES], cum_weights=_UPTO, k=draft.rng.choice(SIZES)):
        scene(draft)
    if fault is not None:
        fault.write(draft)
    document, text = draft.finished()
    return Article(draft.id, document, text, fault)


def articles(world: World, seed: int, count: int, violations: float) -> Iterator[Article]:
    """`count` articles, evenly strewn with the given share of faults, each kind of fault in turn."""
    for index in range(count):
        before, seeded = int(index * violations), int((index + 1) * violations)
        fault = FAULTS[before % len(FAULTS)] if seeded > before else None
        yield article(world, seed, index, fault)
