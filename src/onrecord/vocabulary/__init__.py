"""Terms, prefixes, ranges, JSON-LD context: all derived from ontology/ and shapes/, which own them."""
