"""People who log in.

Owns: User, Party, sign-up and sign-in.
Never: everything else.
"""
