"""Two datasets compared: in the words of the domain first, then triple by triple. `kg diff` writes what comes of it."""
