"""Links and what travels through them.

Owns: ShareLink, Click, channels, share kit, cards, previews.
Never: money.
"""
