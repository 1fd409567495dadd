"""The audience answers back.

Owns: reports, take-downs, appeals.
Never: money, links.
"""
