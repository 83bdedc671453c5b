"""Clients of a server: what they ask, good and hostile, and what becomes of it."""
