"""The site as a server shows it: that of the files, with what only a server can answer in its navigation."""

from dataclasses import replace

from onrecord.dataset.settings import Settings
from onrecord.site.site import LIVE, Site, site_of

RELOAD = "assets/reload.js"
"""The script that loads a page again when another release is served."""


def live(settings: Settings, *, watching: bool) -> Site:
    """The site of a dataset; `watching` where its pages are to be loaded again when it is built anew."""
    made = site_of(settings.title, settings.publisher, settings.licence, settings.language, settings.base)
    return replace(made, navigation=LIVE, live=True, scripts=(RELOAD,) if watching else ())
