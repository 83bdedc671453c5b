"""The page /query: an editor for SPARQL, what it completes from, and answers as a table without JavaScript.

The editor itself is JavaScript, which `make editor` bundles from editor/ into assets/. A checkout without it has a
plain field for the query, and the page works all the same.
"""
