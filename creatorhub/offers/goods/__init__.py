"""The engine of physical goods: stock, shipping, sending.

Owns: Fulfilment and its ship-by clock.
Never: money, the other engines.
"""
