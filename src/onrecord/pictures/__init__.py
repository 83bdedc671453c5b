"""Pictures of what the dataset knows, as text: nothing here opens a file, prints or needs a library.

lanes of periods ── scale ──► cells of a terminal │ an SVG document
"""

from onrecord.pictures.cells import Strip, strips
from onrecord.pictures.picture import Lane, Marker, Picture
from onrecord.pictures.scale import Scale, Tick, scale_of
from onrecord.pictures.svg import document

__all__ = ["Lane", "Marker", "Picture", "Scale", "Strip", "Tick", "document", "scale_of", "strips"]
