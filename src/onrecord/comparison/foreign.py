"""An RDF file of anybody's → sorted canonical N-Quads.

It is parsed in a process of its own that can be ended: the engine's parsers recurse, and canonical labels of blank
nodes (RDFC-1.0, https://www.w3.org/TR/rdf-canon/) can take for ever. Nothing is fetched: a JSON-LD context
elsewhere is an error.
"""

import subprocess
from pathlib import Path

from onrecord import processes
from onrecord.comparison import sorting
from onrecord.comparison.parsing import WHOLE
from onrecord.errors import InputError, TooLarge

FORMATS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "xml": "application/rdf+xml",
    "n3": "text/n3",
}
"""The endings of names that are read, and what each stands for."""
SECONDS = 120.0
"""How long reading may take."""
BYTES = 2_000_000_000
"""How large a file may be."""


def read(file: Path, target: Path, *, seconds: float | None = None) -> bool:
    """Write a file's quads into `target`, sorted, each once; whether any of them has a named graph.

    Raises InputError for what is no RDF, or takes longer than `seconds` (SECONDS if None), TooLarge beyond BYTES.
    """
    ending = file.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise InputError(f"{file} has no ending of an RDF file", hint=f"call it {', .'.join(['', *FORMATS])[2:]}")
    if file.stat().st_size > BYTES:
        raise TooLarge(f"{file} is larger than {BYTES:,} bytes", hint="compare releases, which are sorted already")
    unsorted = target.with_suffix(".unsorted")
    _parse(file, FORMATS[ending], unsorted, SECONDS if seconds is None else seconds)
    with unsorted.open("rb") as stream:
        sorting.write(stream, target, target.parent)
    unsorted.unlink()
    with target.open("rb") as stream:
        return any(sorting.graph_of(line) for line in stream)


def _parse(file: Path, media_type: str, target: Path, seconds: float) -> None:
    with file.open("rb") as stream, target.open("wb") as out:
        process = subprocess.Popen(
            processes.command("onrecord.comparison.parsing:serve", media_type, str(seconds)),
            stdin=stream,
            stdout=out,
            stderr=subprocess.PIPE,
        )
        try:
            said = process.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise InputError(
                f"{file} took more than {seconds:g} s to read", hint="blank nodes that are all alike take for ever"
            ) from None
    if process.returncode or not said.endswith(WHOLE):
        told = " ".join(said.decode(errors="replace").split())
        raise InputError(f"{file} cannot be read: {told[:300] or 'the parser died of it'}")
