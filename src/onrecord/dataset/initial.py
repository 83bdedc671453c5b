"""A new dataset folder, which builds as it is."""

import shutil
import tempfile
from pathlib import Path

from onrecord.errors import ConfigurationError
from onrecord.facts.schema import schema_bytes

_STARTER = Path(__file__).with_name("starter")
_HIDDEN = {"gitignore": ".gitignore", "github": ".github"}
"""Files that are hidden in a dataset, and not in this package, where they would hide something of its own."""


def make(folder: Path) -> list[str]:
    """Write the starter into `folder`, which is made, or is empty but for .git. Gives the files' paths, relative to it.

    The folder is there as a whole or not at all. Raises ConfigurationError where something else is in it.
    """
    hint = "name a folder that does not exist yet"
    if folder.is_symlink() and not folder.exists():
        raise ConfigurationError(f"{folder} is a link that leads nowhere", hint=hint)
    if folder.exists() and not folder.is_dir():
        raise ConfigurationError(f"{folder} is a file", hint=hint)
    if folder.exists() and any(child.name != ".git" for child in folder.iterdir()):
        raise ConfigurationError(f"{folder} is not empty", hint=hint)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".kg-init-", dir=folder.parent) as aside:
        made = Path(aside) / "dataset"
        _copy(made)
        if folder.exists():  # somebody may stand in it: it stays, and is filled
            for child in made.iterdir():
                child.rename(folder / child.name)
        else:
            made.rename(folder)
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _copy(target: Path) -> None:
    for file in sorted(_STARTER.rglob("*")):
        if file.is_file():
            parts = (_HIDDEN.get(part, part) for part in file.relative_to(_STARTER).parts)
            made = target.joinpath(*parts)
            made.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, made)
    schema = target / "schema" / "facts.json"
    schema.parent.mkdir()
    schema.write_bytes(schema_bytes())
