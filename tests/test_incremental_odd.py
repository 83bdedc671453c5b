"""Building again after odd things: documents that come twice, move, or look as they did; builds that were killed."""

import json
import os
import time
from pathlib import Path

import pytest

import test_incremental as usual
from onrecord.dataset import segments, settings, workers
from onrecord.dataset.ledger import Ledger, Row
from onrecord.dataset.segments import Options
from onrecord.release.building import Report, build
from test_incremental import assert_like_fresh, built, document, entity, write, write_registry

archive = usual.archive


def tried(folder: Path) -> Report:
    """A build that may find something."""
    return build(Options(folder, settings.load(folder), folder / "out"), lambda stage, done, of: None)


def test_one_of_two_equal_documents_goes(archive: Path, tmp_path: Path) -> None:
    twice, other = document("twice", "south", "it began"), document("other", "west", "it ended")
    write(archive, "more.jsonl", twice + twice + other)
    assert [finding.code for finding in tried(archive).findings] == ["id-twice"]
    write(archive, "more.jsonl", twice + other)
    built(archive)
    assert_like_fresh(archive, tmp_path)


def test_a_document_that_moves_leaves_none_of_its_graphs_in_the_store(archive: Path, tmp_path: Path) -> None:
    for number in range(20):  # so that the store is made from the one before
        write(archive, f"more-{number}.yaml", document(f"more-{number}", "north", "it began"))
    whole = json.loads(document("moved", "south", "it went"))
    whole["organizations"] = [{"id": "camp", "kind": "armed-group", "name": "Camp", "curated": "Known."}]
    stays = document("stays", "north", "it stayed")
    write(archive, "a.jsonl", json.dumps(whole) + "\n" + stays)
    built(archive)
    write(archive, "b.jsonl", document("moved", "south", "it went"))  # with no curated facts any more
    assert [finding.code for finding in tried(archive).findings] == ["id-twice"]
    write(archive, "a.jsonl", stays)
    built(archive)
    assert_like_fresh(archive, tmp_path)
