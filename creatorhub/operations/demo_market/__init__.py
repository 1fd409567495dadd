"""A market that looks real, made by driving the real services with a virtual clock.

Owns: the demo shops' words, their drawn pictures, ninety days of made-up life.
Never: writing another room's rows directly; running where real money moves.
"""
