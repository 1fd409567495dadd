"""What stripe-python's own generated types say of every route, request and answer.

Owns: nothing of the fake; it reads the installed package and judges what travels on the wire.
"""
