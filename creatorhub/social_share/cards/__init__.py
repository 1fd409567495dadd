"""Pictures for previews and stories.

Owns: what is drawn, where, and the key that names it.
Never: a shopper's request; a task draws.
"""
