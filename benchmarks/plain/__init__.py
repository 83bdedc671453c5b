"""The plain pipeline: rdflib, pySHACL and owlrl as anybody would put them together, and what it finds beside ours."""
