"""The networks a link can be shared on.

Owns: one file per network, and the registry that lists them.
Never: third-party scripts, counters, requests to networks.
"""
