"""The wall with one window to the processor.

Owns: gateway protocol, the gateways, event inbox, PaymentAttempt.
Never: business meaning.
"""
