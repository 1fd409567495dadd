"""What every room stands on.

Owns: clock, policy, audit log, throttle, reason codes, safe fetch, look, embedded database.
Never: a shop, an order, a person's money.
"""
