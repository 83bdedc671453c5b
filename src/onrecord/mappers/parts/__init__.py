"""What all mappers build with: the page that a source's triples are written on, times, amounts, evidence,
attribution."""
