"""The Consolidated List of the United Nations Security Council (https://scsanctions.un.org)."""

from onrecord.findings import Finding
from onrecord.importers.result import Given, Imported, Importer


def read(given: Given) -> list[Imported] | Finding:
    """The snapshot in a file of the list's XML."""
    raise NotImplementedError


IMPORTER = Importer(
    title="United Nations Security Council Consolidated List",
    summary="The XML file that the United Nations publish.",
    example="kg import un-sc consolidated.xml",
    read=read,
)
