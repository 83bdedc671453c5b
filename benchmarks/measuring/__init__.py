"""Measuring: whole processes with the memory of all of them together, the machine, and the table of results."""
