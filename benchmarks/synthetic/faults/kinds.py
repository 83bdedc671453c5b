"""What a fault is: something written into an article, and all that has to be found of it."""

from collections.abc import Callable
from dataclasses import dataclass

from synthetic.draft import Draft


@dataclass(frozen=True)
class Expected:
    """One result that a fault has to give: constraint component, source shape and severity, by their local names."""

    component: str
    shape: str
    severity: str = "violation"


Writer = Callable[[Draft], object]


@dataclass(frozen=True)
class Fault:
    """A fault: what it is called, how it is written into an article, and all that is found of it."""

    name: str
    write: Writer
    expected: tuple[Expected, ...]


Given = tuple[str, str] | tuple[str, str, str]


def registered(faults: list[Fault], *expected: Given) -> Callable[[Writer], Writer]:
    """A decorator that takes a writer in as a fault of its function's name."""

    def register(write: Writer) -> Writer:
        faults.append(Fault(write.__name__.replace("_", "-"), write, tuple(Expected(*one) for one in expected)))
        return write

    return register


def some_words(draft: Draft) -> str:
    """Words for a fault to rest on."""
    return draft.say("named", who=draft.name(draft.draw("groups")))
