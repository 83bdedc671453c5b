"""README.md of a bundle: for a partner who has never heard of RDF."""

from collections.abc import Sequence
from pathlib import Path

from onrecord.bundles.filling import INDEX, LINES
from onrecord.bundles.manifest import BundleManifest
from onrecord.bundles.telling import plain
from onrecord.documents import KINDS
from onrecord.documents.context import ADDRESS, VERSION

_TEXT = Path(__file__).with_name("readme.md")
_READ_LINES = """\
for line in open("documents.ndjson", encoding="utf-8"):
    document = json.loads(line)
"""
_READ_FILES = """\
for row in json.load(open("index.json", encoding="utf-8"))["documents"]:
    document = json.load(open(row["path"], encoding="utf-8"))
"""
_WHO = """\
    for found in document.get("designations", []):
        where = found.get("onList") or found.get("jurisdiction") or {}
        since, until = (found.get(key, {}).get("edtf", "undated" if key in found else "…") for key in ("start", "end"))
        word = [agent.get("label", agent["id"]) for link in found["attribution"]["link"] for agent in link["agent"]]
        sources = [source.get("label", source["id"]) for source in found["wasDerivedFrom"]]
        added = [key for note in found.get("curations", []) for key in note.get("curatedProperty", ["something"])]
        added += [key for key in ("start", "end") if "curations" in found.get(key, {})]
        told = [document["label"], where.get("label", "…"), since, until, " < ".join(word), sources[0]]
        print(*told, *(f"{key} by curators" for key in added), sep=" | ")
"""
_STATUS = """\
    for period in document.get("statusPeriods", []):
        where = (period.get("statusOn") or period["statusIn"])[0]
        print(document["label"], where["label"], period["status"], period["firstDay"], period.get("lastDay", "…"))
"""
_STATUS_WORDS = """\
## What their status was on a day

`statusPeriods` are computed from all designations on record together, day by day. The status is `listed`, `not-listed`,
`uncertain` where a date is vague, or `sources-disagree`; `because` says in words what it rests on. A period without
`lastDay` goes on as far as anything is known. Where there is no period, nothing is known: that is not `not-listed`.

"""
_COMPUTED = """\
- `statusPeriods` and conflicts are computed from what all sources say together; see `because`, `wasDerivedFrom` and
  `side`.
"""
_VERIFY = """\
import hashlib, json
for name, entry in json.load(open("manifest.json", encoding="utf-8"))["files"].items():
    if hashlib.sha256(open(name, "rb").read()).hexdigest() != entry["sha256"]:
        print(name, "has changed")
"""
_SCHEMA = """\
import json, jsonschema
schemas = {}
for row in json.load(open("index.json", encoding="utf-8"))["documents"]:
    name = f"schemas/{row['kind']}.schema.json"
    schema = schemas.setdefault(name, json.load(open(name, encoding="utf-8")))
    jsonschema.Draft202012Validator(schema).validate(json.load(open(row["path"], encoding="utf-8")))
"""


def readme(manifest: BundleManifest) -> bytes:
    """The text. What others have written is shown as it is, and is never markup."""
    profile = manifest.profile
    reading = f"import json\n{_READ_LINES if 'ndjson' in profile.formats else _READ_FILES}"
    of = manifest.of
    release = f"the release {plain(of.release)}" if of.release else f"the release with the digest `{of.quads[:16]}`"
    dated = f" of {of.date}" if of.date else ""
    made = {
        "title": plain(manifest.title),
        "audience": plain(profile.audience),
        "publisher": plain(manifest.publisher),
        "release": release + dated,
        "contact": f"Questions: {plain(profile.contact)}. " if profile.contact else "",
        "licence": manifest.licence,
        "counts": _counts(manifest.documents),
        "files": _files(profile.formats),
        "code_who": _code(reading + _WHO),
        "status": _STATUS_WORDS + _code(reading + _STATUS) + "\n\n" if profile.computed else "",
        "computed": _COMPUTED if profile.computed else "",
        "left_out": "\n".join(f"- {plain(words)}" for words in manifest.left_out) or "- Nothing that the release has.",
        "code_verify": _code(_VERIFY),
        "code_schema": _code(_SCHEMA if "json" in profile.formats else _schema_of_lines()),
        "context": ADDRESS,
        "version": VERSION,
    }
    return _TEXT.read_text(encoding="utf-8").format(**made).encode()


def _code(text: str) -> str:
    return f"```python\n{text}```"


def _counts(documents: dict[str, int]) -> str:
    told = [f"{n:,} {(KINDS[kind].title if n == 1 else KINDS[kind].plural).lower()}" for kind, n in documents.items()]
    return f"{sum(documents.values()):,} documents: {', '.join(told)}" if told else "no documents"


def _files(formats: Sequence[str]) -> str:
    rows = [
        (INDEX, "every document with its id, kind, type, label and file"),
        ("documents/", "a file a document"),
        (LINES, "the same documents, a line each: easier to read in one go"),
        ("schemas/", "what a document of each kind looks like, and what every key and word means"),
        ("context/", "for those who use RDF"),
        ("CHANGES.md, changes.json", "what is different from the bundle before"),
        ("manifest.json", "who made this of what, and the SHA-256 of every file"),
    ]
    absent = {name for form, name in (("json", "documents/"), ("ndjson", LINES)) if form not in formats}
    told = (f"| `{name}` | {what} |" for name, what in rows if name not in absent)
    return "\n".join(["| file | what it is |", "|---|---|", *told])


def _schema_of_lines() -> str:
    return """\
import json, jsonschema
kinds = {row["id"]: row["kind"] for row in json.load(open("index.json", encoding="utf-8"))["documents"]}
for line in open("documents.ndjson", encoding="utf-8"):
    document = json.loads(line)
    schema = json.load(open(f"schemas/{kinds[document['id']]}.schema.json", encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
"""
