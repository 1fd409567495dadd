"""The sandbox provider: a far side of our own, with its own rows and its own habits.

Owns: SandboxCheckout, SandboxMovement, SandboxEvent, SandboxControls; the hosted page.
Never: an order, or a row of the near side; it speaks through signed events like any provider.
"""
