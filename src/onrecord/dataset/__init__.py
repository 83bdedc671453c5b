"""A dataset folder: its settings, its sources, and the building and publishing of releases from them."""
