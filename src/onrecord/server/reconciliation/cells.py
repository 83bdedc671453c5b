"""The cells of data extension (7.4): a text, or an entity of this service; and whether only a curator says so."""

from dataclasses import dataclass

from onrecord.ntriples import text_of
from onrecord.server.desk import Desk
from onrecord.server.reconciliation import entities

MARK = "[curated]"
IN_PART = "[curated in part]"


@dataclass(frozen=True)
class Cell:
    """A value. `node` is the id of an entity, "" for a text. `plain`: it is not marked, for its whole column is, and
    says so."""

    text: str
    node: str = ""
    curated: bool = False
    plain: bool = False

    @property
    def shown(self) -> str:
        """The text, with what a curator added marked."""
        return f"{self.text} {MARK}" if self.curated and not self.plain else self.text

    def document(self) -> dict[str, object]:
        """The cell as the specification writes it."""
        if self.node:
            told = {"description": "by a curator's word"} if self.curated else {}
            return {"id": self.node, "name": self.shown, **told}
        return {"str": self.shown}


def text(value: str, curated: bool) -> Cell:
    """A text."""
    return Cell(value, "", curated)


def entity(desk: Desk, value: str, curated: bool) -> Cell:
    """An entity; what is none of this service's is its address as a text."""
    if entities.is_named(desk.settings.base, value):
        return Cell(entities.name_of(desk, value), entities.id_of(desk, value), curated)
    return Cell(text_of(value), "", curated)
