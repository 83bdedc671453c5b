"""Synthetic datasets: a registry of shared entities, and articles that speak of them, made from a seed.

    names ──► world (registry) ──► scenes (one kind of fact each) ──► articles ──► writing (JSON Lines or YAML)
                                   faults (one kind of violation each) ──┘

Nothing here imports onrecord: the generator writes what a newsroom could have written.
"""
