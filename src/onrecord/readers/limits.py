"""How much a reader takes before it says that it is too much."""

from dataclasses import dataclass

from onrecord.findings import Finding, Place


@dataclass(frozen=True)
class Limits:
    """The limits of a file, each by the name that it has under [limits] in kg.toml."""

    file_bytes: int = 50_000_000
    line_bytes: int = 10_000_000
    depth: int = 64
    value_chars: int = 100_000
    records: int = 1_000_000

    def exceeded(self, name: str, place: Place, what: str, much: int | None = None) -> Finding:
        """The finding that something is beyond the limit `name`: what it is, and how much where that is known."""
        limit: int = getattr(self, name)
        how = f"has {much:,}" if much is not None else "has more"
        unit = {
            "file_bytes": "bytes",
            "line_bytes": "bytes",
            "depth": "levels",
            "value_chars": "characters",
            "records": "records",
        }[name]
        way = "make it flatter" if name == "depth" else "split it"
        most = ", which goes up to 64" if name == "depth" else ""
        return Finding(
            place,
            "violation",
            "too-large",
            f"{what} {how} {unit}; the limit {name} is {limit:,}",
            f"{way}, or raise {name} under [limits] in kg.toml{most}",
            broken=True,
        )
