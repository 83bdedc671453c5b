"""What a worker has at hand: one release, opened once, and what is read of it once."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.store.release import Release

if TYPE_CHECKING:
    import pyoxigraph as ox

    from onrecord.dataset.settings import Settings
    from onrecord.documents import Documents
    from onrecord.matching.beginnings import Beginnings
    from onrecord.questions.lookup import Lookup
    from onrecord.questions.status import Statuses


class Desk:
    """The release in `folder`, of the dataset that `dataset` is the folder of. Nothing is read before it is needed.

    `watching`: pages are loaded again when another release is served."""

    def __init__(self, dataset: Path, folder: Path, *, watching: bool = False) -> None:
        self.dataset = dataset
        self.watching = watching
        self.release = Release(folder)

    @cached_property
    def store(self) -> "ox.Store":
        """The store, read-only."""
        from onrecord.store.loading import open_store

        return open_store(self.release.folder / "store")

    @cached_property
    def settings(self) -> "Settings":
        """What kg.toml says."""
        from onrecord.dataset import settings

        return settings.load(self.dataset)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that a query need not declare."""
        from onrecord.questions.prefixes import known

        return dict(known(self.settings.base))

    @cached_property
    def statuses(self) -> "Statuses":
        """Who is listed where and when."""
        from onrecord.questions.status import Statuses

        return Statuses(self.store, self.settings.base, self.settings.language)

    @cached_property
    def lookup(self) -> "Lookup":
        """Whom a text means."""
        from onrecord.questions.kept_names import kept
        from onrecord.questions.lookup import Lookup

        said = self.statuses.said
        return Lookup(said, self.statuses.names, lambda: kept(self.release, said))

    @cached_property
    def beginnings(self) -> "Beginnings":
        """Names by the beginnings of their words."""
        from onrecord.site.beginnings import beginnings

        return beginnings(self.release, self.statuses.said)

    @cached_property
    def documents(self) -> "Documents":
        """One JSON-LD tree an entity."""
        from onrecord.documents import Documents

        return Documents(self.store, self.settings.base, language=self.settings.language)
