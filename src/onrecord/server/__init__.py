"""The built dataset on the web: what is asked over HTTP is answered by processes that can be killed.

request ── route ──► job and arguments ── pool ──► worker: desk ── job ──► reply ── frames ──► response

A route knows HTTP and no store; a job knows the store and no HTTP. What a client sends is looked at by a worker, never
by the process that keeps the connections: that one parses no query, opens no store, and renders nothing.
"""
