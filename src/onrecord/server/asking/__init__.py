"""Named questions, statuses and screening over HTTP, and the OpenAPI document that describes them.

question and what is typed ── answers ──► rows (TSV, sorted) ── forms ──► JSON, JSON-LD, CSV, TSV, SPARQL results
"""
