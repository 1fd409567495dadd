"""What people who share see and do, and what shops decide about them.

Owns: the affiliate home, links, share kits, joining and programme pages.
Never: whom a click credits, what it earns.
"""
