"""Dataset → release: everything built from the facts, published as one whole."""
