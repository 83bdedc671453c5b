"""Pages → files in a folder that is the site's own: each in one step, unchanged ones not at all, stale ones removed."""

import hashlib
import json
import os
from pathlib import Path, PurePosixPath

from onrecord.errors import PublishError

_MARK = ".onrecord-site.json"
"""Tells that a folder is a site's own, and has the digest of each file."""
_VERSION = 1


class Folder:
    """A folder that a site is written into.

    `put` writes a file, `keep` says that one is as it was; `finish` removes the files that were neither. Raises
    PublishError for a folder that holds something else, and for a path that leads out of it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = self._read()
        self._now: dict[str, tuple[str, str]] = {}
        self._made: set[Path] = set()
        self.written = 0

    def unchanged(self, path: str, inputs: str) -> bool:
        """Whether a file is there that was made from the same inputs; it is kept then."""
        before = self._before.get(path)
        if before is None or not inputs or before[1] != inputs or not (self.folder / path).is_file():
            return False
        self._now[path] = before
        return True

    def put(self, path: str, content: bytes, inputs: str = "") -> None:
        """Write a file, if it has changed. `inputs` is a digest of what it was made from."""
        digest = hashlib.sha256(content).hexdigest()
        before = self._before.get(path)
        if path in self._now:
            raise PublishError(f"two pages of the site have the path {path}", hint="report it: this is a fault of ours")
        self._now[path] = (digest, inputs)
        target = self._target(path)
        if before is not None and before[0] == digest and target.is_file():
            return
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        aside = target.with_name(f".{os.getpid()}.part")
        aside.write_bytes(content)
        aside.replace(target)
        self.written += 1

    def read(self, path: str) -> bytes:
        """A file that has been put or kept."""
        return (self.folder / path).read_bytes()

    def finish(self) -> int:
        """Remove what is stale, and note what there is. Returns how many files there are."""
        for path in sorted(self._before.keys() - self._now.keys()):
            target = self._target(path)
            target.unlink(missing_ok=True)
            self._prune(target.parent)
        noted = {"site": _VERSION, "files": {path: self._now[path] for path in sorted(self._now)}}
        self._mark(json.dumps(noted, indent=0, ensure_ascii=False).encode() + b"\n")
        return len(self._now)

    def _target(self, path: str) -> Path:
        steps = PurePosixPath(path).parts
        if not steps or path.startswith("/") or any(step in ("", ".", "..") for step in path.split("/")):
            raise PublishError(f"{path!r} leads out of the site's folder")
        return self.folder.joinpath(*steps)

    def _prune(self, folder: Path) -> None:
        """Remove folders that have become empty."""
        while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _read(self) -> dict[str, tuple[str, str]]:
        mark = self.folder / _MARK
        try:
            if not mark.is_file():
                if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
                    raise PublishError(
                        f"{self.folder} holds something that is no site of ours",
                        hint="name a new or an empty folder",
                    )
                self.folder.mkdir(parents=True, exist_ok=True)
                self._mark(b'{"site": 1, "files": {}}\n')
                return {}
            noted = json.loads(mark.read_bytes())
            return {str(path): (str(pair[0]), str(pair[1])) for path, pair in noted["files"].items()}
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            raise PublishError(f"{mark} is damaged", hint="remove the folder, and export again") from None

    def _mark(self, content: bytes) -> None:
        aside = self.folder / f"{_MARK}.part"
        aside.write_bytes(content)
        aside.replace(self.folder / _MARK)
