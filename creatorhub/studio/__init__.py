"""What creators, affiliates and staff see and do.

Owns: views, forms and their selectors across rooms.
Never: model rules, money.
"""
