"""What shoppers see and do.

Owns: views, forms and their selectors across rooms.
Never: model rules, money.
"""
