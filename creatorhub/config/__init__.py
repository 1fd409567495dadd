"""Wires everything and decides nothing.

Owns: settings, urls, celery, payment events, registries filled by name.
Never: a rule of the product.
"""
