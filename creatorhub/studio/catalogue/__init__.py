"""What a creator does with shop, products, posts and imports.

Owns: the pages and forms of the catalogue.
Never: rules about listings (shops), files and grants (offers).
"""
