"""Release → bundle: what one partner gets, as one folder or zip that explains itself.

A profile (`onrecord.bundles.profile`) says who it is for and what goes into it. The documents are those of
`onrecord.documents`.
"""

from onrecord.bundles.making import Order, Shared, share
from onrecord.bundles.profile import Profile, found, load, named

__all__ = ["Order", "Profile", "Shared", "found", "load", "named", "share"]
