"""Stripe's words and ours: plain data in, plain data out.

Owns: what a request to Stripe says, what its answers and events mean here.
Never: the library, the network, a database row; `payments.stripe_gateway` does the speaking.
"""
