"""Effects that must happen exactly once, later.

Owns: OutboxMessage, its handlers' registry, mail that waits to be sent.
Never: what an effect means.
"""
