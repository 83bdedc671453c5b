"""Where ontology/, shapes/, queries/ and docs/schema/ lie: in the wheel, or in the repository that it is run from."""

from pathlib import Path

from onrecord.errors import ConfigurationError

_PACKAGE = Path(__file__).resolve().parents[1]


def path(folder: str) -> Path:
    """The folder `ontology`, `shapes`, `queries` or `docs/schema`. Raises ConfigurationError where it is not there."""
    for root in (_PACKAGE / "resources", _PACKAGE.parents[1]):
        if (root / folder).is_dir():
            return root / folder
    raise ConfigurationError(
        f"the installation lacks its folder {folder}/",
        hint="install the package again: pip install --force-reinstall onrecord",
    )


def files(folder: str, suffix: str) -> list[Path]:
    """The files of a resource folder that end in `suffix`, in the order of their names."""
    return sorted(path(folder).glob(f"*{suffix}"))
