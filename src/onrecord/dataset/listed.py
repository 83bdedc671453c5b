"""The snapshots of official lists among the files of a dataset."""

from collections.abc import Callable, Iterator, Sequence

from onrecord.dataset.sources import SourceFile
from onrecord.facts.document import Document
from onrecord.findings import Finding
from onrecord.readers import READERS, Limits

_MARK = b"snapshot"


def snapshots(files: Sequence[SourceFile], limits: Limits, progress: Callable[[int, int], None]) -> Iterator[Document]:
    """The documents that are snapshots of lists, with those of their entries that can be read: what is wrong with the
    others is for `kg check` to say. `progress` is called with how many files are done, and how many there are."""
    for done, file in enumerate(files):
        progress(done, len(files))
        stream = file.open(limits)
        if isinstance(stream, Finding):
            continue
        reader = READERS[file.ending]
        with stream:
            for passage in reader.split(stream):
                document = reader.read(file.shown, passage, limits).document if _MARK in passage.data else None
                if isinstance(document, Document) and document.source.snapshot is not None:
                    yield document
    progress(len(files), len(files))
