"""The files of a dataset: which there are, in an order that no file system changes."""

from dataclasses import dataclass
from pathlib import Path

from onrecord.dataset.settings import Limits, Settings
from onrecord.errors import ConfigurationError
from onrecord.findings import Finding, Place
from onrecord.readers import READERS

REGISTRY = "registry"


@dataclass(frozen=True, order=True)
class SourceFile:
    """A facts file: its path as shown to people and as opened, and whether it is a part of the registry."""

    shown: str
    path: Path
    registry: bool

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.name.removesuffix(self.path.suffix)

    def data(self, limits: Limits) -> bytes | Finding:
        """The file's bytes, or the finding why not: too large, or not to be read."""
        try:
            size = self.path.stat().st_size
            if size > limits.file_bytes:
                return _broken(
                    self.shown,
                    "too-large",
                    f"the file has {size:,} bytes; the limit is {limits.file_bytes:,}",
                    "split it, or raise file_bytes under [limits] in kg.toml",
                )
            return self.path.read_bytes()
        except OSError as error:
            return _broken(
                self.shown,
                "unreadable",
                f"the file cannot be read: {error.strerror}",
                "check that it exists and who may read it",
            )


def _broken(shown: str, code: str, message: str, hint: str) -> Finding:
    return Finding(Place(shown), "violation", code, message, hint, broken=True)


def of_dataset(folder: Path, settings: Settings) -> list[SourceFile]:
    """All facts files below the data folder: registry files first, each group by path.

    Raises ConfigurationError where there is no data folder.
    """
    data = folder / settings.data
    if not data.is_dir():
        raise ConfigurationError(f"{data} is no folder", hint="make it, or name another one as `data` in kg.toml")
    found = [path for path in data.rglob("*") if path.is_file() and _takes(path.relative_to(data))]
    named = [(path.relative_to(folder).as_posix(), path) for path in found]
    files = [SourceFile(shown, path, path.relative_to(data).parts[0] == REGISTRY) for shown, path in named]
    return sorted(files, key=lambda file: (not file.registry, file.shown))


def _takes(path: Path) -> bool:
    """Facts files by their ending; hidden files and folders are somebody else's."""
    return path.suffix in READERS and not any(part.startswith(".") for part in path.parts)
