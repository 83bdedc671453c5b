"""Whether what was found is what was seeded: `kg check --format json` against the generator's list of faults."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

Key = tuple[str, int, str, str]
"""File, line (0 for YAML, where a document has many), local name of the source shape, severity."""


def seeded(manifest: Path) -> Counter[Key]:
    """What has to be found."""
    rows = map(json.loads, manifest.read_text(encoding="utf-8").splitlines())
    return Counter(
        (row["file"], row.get("line", 0), one["shape"].removeprefix("shape:"), one["severity"])
        for row in rows
        for one in row["expected"]
    )


def found(findings: Iterable[dict[str, object]]) -> Counter[Key]:
    """What `kg check --format json` found. Findings without a shape count under their code."""
    keys: Counter[Key] = Counter()
    for one in findings:
        file = str(one["file"])
        shape = str(one.get("sourceShape") or one["code"]).strip("<>").rpartition("#")[2]
        keys[file, int(str(one["line"])) if file.endswith(".jsonl") else 0, shape, str(one["severity"])] += 1
    return keys


def differences(wanted: Counter[Key], got: Counter[Key]) -> list[str]:
    """One line for each that is missing or too many."""
    missing = [f"not found: {' '.join(map(str, key))}" for key in (wanted - got).elements()]
    return missing + [f"not seeded: {' '.join(map(str, key))}" for key in (got - wanted).elements()]
