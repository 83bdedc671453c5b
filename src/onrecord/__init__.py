"""On Record: knowledge graphs of what the news and the official record say."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.library import Dataset
    from onrecord.release.building import Report

__version__ = "0.1.0"


def open(path: "str | Path") -> "Dataset":
    """The latest release of a dataset, by its folder or the folder that it is built into: see `onrecord.library`."""
    from onrecord.library import open_dataset

    return open_dataset(path)


def build(folder: "str | Path", out: "str | Path | None" = None, jobs: int = 1) -> "Report":
    """Build the dataset of a folder and publish it. See `onrecord.library`."""
    from onrecord import library

    return library.build(folder, out, jobs)
