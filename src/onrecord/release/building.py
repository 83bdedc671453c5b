"""The whole build: segments, and one release from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

import onrecord
from onrecord import store
from onrecord.dataset import metadata, registry, texts
from onrecord.dataset.segments import Options, Progress, build_all, digest_of_inputs
from onrecord.dataset.sources import of_dataset
from onrecord.errors import ConfigurationError
from onrecord.findings import Finding, ordered
from onrecord.release import publication
from onrecord.release.publication import Manifest
from onrecord.unit import Segment
from onrecord.writers import WRITERS


@dataclass
class Report:
    """What a build did. `manifest` is None where nothing was published."""

    findings: list[Finding] = field(default_factory=list)
    manifest: Manifest | None = None
    unchanged: bool = False
    reused: int = 0
    uncovered: tuple[tuple[str, str], ...] = ()


def build(options: Options, progress: Progress) -> Report:
    """Build and publish. Raises the errors of configuration and publishing; everything about the data is in the
    findings."""
    _known_formats(options.settings.formats)
    with publication.lock(options.out):
        listing = of_dataset(options.folder, options.settings)
        files = [file.fingerprinted(options.settings.limits) for file in listing.files]
        known = texts.collect(options.texts, options.settings.limits)
        inputs = digest_of_inputs(options, files, known)
        manifest = publication.read_manifest(options.out)
        unread = any(not file.fingerprint for file in files) or listing.findings
        if (
            manifest is not None
            and not unread
            and manifest.inputs == inputs
            and publication.is_whole(options.out, manifest)
        ):
            return Report(manifest=manifest, unchanged=True)
        built = build_all(options, files, known, progress)
        findings = ordered([*listing.findings, *built.findings])
        report = Report(findings, reused=built.reused, uncovered=built.uncovered)
        if not any(finding.severity == "violation" for finding in report.findings):
            report.manifest = _publish(options, built.segments, report.findings, inputs, progress)
        return report


def _known_formats(names: Iterable[str]) -> None:
    for name in names:
        if name not in WRITERS:
            raise ConfigurationError(f"kg.toml: {name} is no format", hint=f"`formats` may hold {', '.join(WRITERS)}")


def _publish(
    options: Options, segments: Sequence[Segment], findings: Sequence[Finding], inputs: str, progress: Progress
) -> Manifest:
    graphs = {graph: held for segment in segments for graph, held in segment.graphs.items()}
    about, held = metadata.graph(options.settings, registry.minter(options.settings), graphs)
    graphs[about] = held
    with publication.publishing(options.out) as aside:
        quads = aside / "dataset.nq"
        with quads.open("w", encoding="utf-8", newline="\n") as stream:
            for graph in sorted(graphs):
                stream.writelines(graphs[graph])
        _write_formats(options, aside, progress)
        (aside / "findings.json").write_bytes(msgspec.json.format(msgspec.json.encode(list(findings))) + b"\n")
        progress("store", 0, 1)
        store.load(quads, aside / "store")
        progress("store", 1, 1)
        manifest = _manifest(options, segments, graphs, findings, inputs, aside)
        (aside / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
    return manifest


def _write_formats(options: Options, aside: Path, progress: Progress) -> None:
    wanted = [name for name in options.settings.formats if name != "nq"]
    for count, name in enumerate(wanted, 1):
        writer = WRITERS[name]
        with (
            (aside / "dataset.nq").open(encoding="utf-8", newline="\n") as lines,
            (aside / f"dataset.{writer.extension}").open("wb") as out,
        ):
            writer.write(lines, out)
        progress("formats", count, len(wanted))


def _manifest(
    options: Options,
    segments: Sequence[Segment],
    graphs: dict[str, list[str]],
    findings: Sequence[Finding],
    inputs: str,
    aside: Path,
) -> Manifest:
    def count(*kinds: str) -> int:
        begins = tuple(f"<{options.settings.base}graph/{kind}/" for kind in kinds)
        return sum(len(held) for graph, held in graphs.items() if graph.startswith(begins))

    files: Iterable[Path] = sorted(path for path in aside.iterdir() if path.is_file())
    return Manifest(
        title=options.settings.title,
        program=onrecord.__version__,
        inputs=inputs,
        sources=sum(not segment.registry for segment in segments),
        facts=sum(segment.facts for segment in segments if not segment.registry),
        evidence=sum(segment.spans for segment in segments),
        evidence_checked=sum(segment.spans for segment in segments if segment.text_at_hand),
        asserted=count("asserted", "registry", "metadata"),
        curated=count("curated"),
        inferred=count("inferred", "inferred-from-curated"),
        warnings=len(findings),
        files={path.name: publication.digest_of(path) for path in files},
    )
