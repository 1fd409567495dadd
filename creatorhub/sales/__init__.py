"""What a sale, refund or release means to everybody.

Owns: placing orders, Sale, SaleLine, Hold, Refund.
Never: HTTP, templates.
"""
