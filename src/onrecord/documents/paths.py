"""Where a document lies in a folder: a path made of its address, that no file system takes for another one."""

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

_LONGEST = 120
"""Characters of a step: file systems take 255 bytes, and an ending comes behind."""
_SAFE = "-_.~"
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, with any ending."""
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.~-]*")


def path_of(node: str, base: str) -> str:
    """The path of the node `<iri>` below the folder of documents, without an ending: the rest of its address after
    `base`, step by step.

    No step is empty, `.` or `..`, begins or ends with a dot, is a device's name or longer than 120 characters: such a
    step is written with a digest. What is not of the base lies in `other/`.
    """
    iri = node[1:-1]
    if not iri.startswith(base) or iri == base:
        return f"other/{_digest(iri)}"
    return "/".join(_step(step) for step in iri[len(base) :].split("/"))


def paths_of(nodes: Iterable[str], base: str) -> dict[str, str]:
    """The path of each node, no two of them the same where capitals do not count (APFS, NTFS): all but the first of
    those that would be, in the order of their addresses, have a digest."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for node in sorted(set(nodes)):
        path = path_of(node, base)
        if path.casefold() in taken:
            path = f"{path}~{_digest(node)}"
        taken.add(path.casefold())
        found[node] = path
    return found


def _step(step: str) -> str:
    safe = quote(unquote(step), safe=_SAFE)
    whole = _PLAIN.fullmatch(safe) and not safe.endswith(".") and len(safe) <= _LONGEST and not _DEVICE.fullmatch(safe)
    if whole and safe == step:
        return step
    start = re.sub(r"[^A-Za-z0-9_-]+", "-", unquote(step)).strip("-_")[:40]
    return f"{start or 'x'}~{_digest(step)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
