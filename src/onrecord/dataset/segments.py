"""From facts files to segments: what has changed is built, and the ledger brought up to date."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from onrecord import checks, history, rules
from onrecord.dataset import conflict_places, digests, joining, linked, packs, registry, texts, workers
from onrecord.dataset.contradicting import placed
from onrecord.dataset.ids import Claim, conflicts
from onrecord.dataset.ledger import Ledger
from onrecord.dataset.packs import Packs
from onrecord.dataset.rechecking import recheck
from onrecord.dataset.rows import State
from onrecord.dataset.settings import Settings
from onrecord.dataset.sources import SourceFile
from onrecord.dataset.workers import Setup, Task
from onrecord.facts.texts import Texts
from onrecord.findings import Finding
from onrecord.readers import READERS, Limits, read
from onrecord.unit import EVERYTHING, Shared, is_named, place_of, source_id

_SETTLED = 2 * 10**9
"""Nanoseconds after which a file's time of change tells that it is still the same: file systems' clocks are coarse."""
_KEPT_AFTER = 2_000
"""Segments after which the ledger keeps what it has, so that a build that is killed was not for nothing."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Options:
    """How to build. `jobs` processes at the most; `texts` are folders in which sources' texts may lie; `store` tells
    whether a store is made for queries now, or by the first query. `kept` is the folder of what is kept from build to
    build, where it is not in `out`: of a release that is made to be looked at, and not for good."""

    folder: Path
    settings: Settings
    out: Path
    jobs: int = 1
    texts: tuple[Path, ...] = ()
    store: bool = True
    kept: Path | None = None

    @property
    def cache(self) -> Path:
        """The folder of what is kept from build to build."""
        return self.kept or self.out / ".cache"


@dataclass
class Built:
    """What bringing the ledger up to date did: findings about all sources, how many were built and how many were there
    already, and the digest of everything that the dataset depends on. `uncovered` are shapes that are not compiled,
    with the reason."""

    findings: list[Finding] = field(default_factory=list)
    made: int = 0
    reused: int = 0
    inputs: str = ""
    uncovered: tuple[tuple[str, str], ...] = ()


def build_all(options: Options, files: Sequence[SourceFile], ledger: Ledger, progress: Progress) -> Built:
    """Build the segments of all files that the ledger does not have, and forget those that are there no more."""
    known = texts.collect(options.texts, options.settings.limits)
    loaded = registry.load([file for file in files if file.registry], options.settings)
    built = Built(findings=list(loaded.findings))
    environment = _environment(options.settings)
    if ledger.note("environment") != environment.encode():
        ledger.clear()
        ledger.write_note("environment", environment.encode())
    setup = _Setups(options, loaded.shared, known, built)
    dirty = _forget_stale(options, files, loaded.shared, known, ledger) | _recheck(options, ledger, setup)
    states = ledger.files()
    for name in states.keys() - {file.shown for file in files}:
        ledger.remove_file(name)
    now = {file: state for file in files if (state := _state(file)) is not None}
    waiting = [f for f in files if f not in now or f.shown in dirty or states.get(f.shown) != now[f]]
    for file in waiting:  # whoever finds this ledger after a build that was killed reads them again
        ledger.distrust_file(file.shown)
    _run(options, _Scan(waiting, loaded.shared.limits, ledger, built), setup, ledger, built, progress)
    for file in waiting:
        if file in now and time.time_ns() - now[file].changed > _SETTLED and _state(file) == now[file]:
            ledger.write_file(file.shown, now[file])
    built.reused = ledger.totals().segments - built.made
    named = {file.shown: file for file in files}
    unknown = ledger.note("unknown")
    if ledger.has_changed() or (waiting and unknown):  # what is there may have moved in its file
        built.findings += _join(options, named, loaded.shared, ledger)
    built.findings += conflict_places.findings(ledger, files, loaded.shared, options.settings.data)
    built.findings += linked.unpacked(ledger.note("unknown"))
    built.findings += ledger.findings()
    built.findings += _conflicts(ledger, named, loaded.shared)
    built.inputs = _inputs(digests.of(environment, digests.of_shapes(), options.settings.of_content()), ledger)
    return built


def _environment(given: Settings) -> str:
    """The digest of what every segment depends on, beside its document, its text and the registry."""
    parts = (given.base, given.language, given.publisher, given.limits)
    return digests.of(digests.of_program(), *(repr(part) for part in parts))


def _recheck(options: Options, ledger: Ledger, setup: "_Setups") -> set[str]:
    """Where the shapes have changed, check what is there again; the names of the files in which something is found."""
    before, now = ledger.note("shapes"), digests.of_shapes().encode()
    ledger.write_note("shapes", now)
    return recheck(ledger, setup, options.jobs) if before not in (b"", now) else set()


class _Setups:
    """What processes are made of, when there is work for them."""

    def __init__(self, options: Options, shared: Shared, known: Texts, built: Built) -> None:
        self._options, self._shared, self._known, self._built = options, shared, known, built

    def __call__(self) -> Setup:
        shapes, compiled = checks.installed(), rules.installed()
        self._built.uncovered = shapes.uncovered
        given = self._options
        prefix = packs.next_prefix(given.cache)
        return Setup(given.folder, given.settings, given.cache, prefix, self._shared, self._known, shapes, compiled)


def _state(file: SourceFile) -> State | None:
    """How a file is. The time is its inode's (ctime), which nobody can set: `cp -p` and `touch -r` set the other."""
    try:
        found = file.path.stat()
    except OSError:
        return None
    return State(found.st_size, found.st_ctime_ns, found.st_ino)


def _forget_stale(
    options: Options, files: Sequence[SourceFile], shared: Shared, known: Texts, ledger: Ledger
) -> set[str]:
    """Forget the segments for which something has changed beside their own bytes; the names of their files."""
    entries = registry.digests_of(shared)
    before = _ENTRIES.decode(ledger.note("registry") or b"\x80")
    changed = {name for name, digest in entries.items() if before.get(name) != digest} | (
        before.keys() - entries.keys()
    )
    if changed:
        ledger.write_note("registry", msgspec.msgpack.encode(entries))
    paths = {file.shown: file.path for file in files}
    now = partial(texts.state_now, dataset=options.folder, limits=options.settings.limits, known=known)
    stale: list[tuple[int, str]] = []
    for number, file, text, uses in ledger.dependencies():
        uses_changed = changed and (uses in EVERYTHING or not changed.isdisjoint(uses.split()))
        path = paths.get(file)
        if uses_changed or path is None or (text and now(text, path) != text):
            stale.append((number, file))
    ledger.remove(number for number, _ in stale)
    return {file for _, file in stale}


_ENTRIES = msgspec.msgpack.Decoder(dict[str, bytes])


class _Scan:
    """The documents of some files that have no segment yet, as tasks. Those that have one keep it."""

    def __init__(self, files: Sequence[SourceFile], limits: Limits, ledger: Ledger, built: Built) -> None:
        self._files, self._limits, self._ledger, self._built = files, limits, ledger, built
        self.whole = sum(state.size for file in files if (state := _state(file)) is not None)
        self.done = 0

    def __iter__(self) -> Iterator[Task]:
        for file in self._files:
            stream = file.open(self._limits)
            if isinstance(stream, Finding):
                if not file.registry:  # the registry's own reading has said so
                    self._built.findings.append(stream)
                self._ledger.remove_file(file.shown)
                continue
            with stream:
                yield from self._of(file, stream)

    def _of(self, file: SourceFile, stream: BinaryIO) -> Iterator[Task]:
        known = self._ledger.reusable(file.shown)
        for passage in READERS[file.ending].split(stream):
            digest = hashlib.sha256(passage.data).digest()
            same = known.get(digest)
            number, has_findings = same.pop() if same else (0, True)
            if has_findings:  # their places may have moved
                self._ledger.remove([number] if number else [])
                yield Task(file, digest, passage)
            self.done += len(passage.data)
        self._ledger.remove(number for same in known.values() for number, _ in same)


def _run(options: Options, scan: _Scan, setup: _Setups, ledger: Ledger, built: Built, progress: Progress) -> None:
    kept = 0
    for rows in workers.run(scan, setup, options.jobs):
        ledger.add(rows)
        built.made += len(rows)
        if built.made - kept >= _KEPT_AFTER:
            ledger.keep()
            kept = built.made
        progress("sources", scan.done, max(scan.whole, scan.done))


def _join(options: Options, files: Mapping[str, SourceFile], shared: Shared, ledger: Ledger) -> list[Finding]:
    """Keep what follows from several sources, as a segment of none; where they contradict each other.

    Contradictions need not be kept: a dataset that has some is not published, and is joined again by the next build.
    """
    ledger.remove(ledger.of_file(""))
    conflict_places.note(ledger, [])
    testimonies = [history.unpacked(packed) for packed in ledger.testimonies()]
    unknown = linked.unknown(testimonies, shared, partial(_files_of_sources, files, ledger))
    ledger.write_note("unknown", linked.packed(unknown))
    if not (ledger.has_shared() or history.links_of(shared.curated)):
        return []
    with closing(Packs(options.cache)) as kept:
        joined = joining.join(ledger, kept, shared, rules.installed(), testimonies)
    conflict_places.note(ledger, joined.conflicts)
    if joined.graphs:
        with closing(packs.Pack(options.cache, f"{packs.next_prefix(options.cache)}-0")) as pack:
            ledger.add([workers.row_of_join(joined, pack)])
    named = _files_of_sources(files, ledger) if joined.contradictions else {}
    return list(placed(joined.contradictions, named, shared))


def _files_of_sources(files: Mapping[str, SourceFile], ledger: Ledger) -> dict[str, SourceFile]:
    return {source: files[name] for source, name in ledger.files_of_sources()}


def _conflicts(ledger: Ledger, files: Mapping[str, SourceFile], shared: Shared) -> Iterator[Finding]:
    """Conflicts of ids. Only the files that have any are read again, to say where."""
    names = ledger.twice() | ledger.nameless()
    claims = [claim for file in sorted(files[name] for name in names) for claim in _claims(file, shared)]
    yield from conflicts(sorted(claims, key=lambda claim: (not files[claim.file].registry, claim.file)))


def _claims(file: SourceFile, shared: Shared) -> Iterator[Claim]:
    data = file.data(shared.limits)
    for one in read(file.shown, data, shared.limits) if isinstance(data, bytes) else ():
        if one.document is not None:
            yield Claim(source_id(one.document, file.stem), file.shown, is_named(one.document), partial(place_of, one))


def _inputs(environment: str, ledger: Ledger) -> str:
    """The digest of everything that a dataset depends on: program, settings, documents and texts."""
    whole = hashlib.sha256(environment.encode())
    for parts in ledger.inputs():
        whole.update(repr(parts).encode())
    return whole.hexdigest()
