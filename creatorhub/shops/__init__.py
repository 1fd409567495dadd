"""Shops and what they show.

Owns: Shop, Listing, Variant, pictures, shop pages and posts, imports.
Never: affiliates, payouts.
"""
