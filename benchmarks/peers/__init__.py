"""The peers: other people's programs for the stages of a build, each in an environment of its own.

environments   makes the virtual environments, and says why one could not be made
inputs         the same facts in the form that each peer takes: tables, triples, shapes
stages         runs a peer on a stage, in a process of its own
scripts/       what runs there; nothing of onrecord is installed beside it
"""
