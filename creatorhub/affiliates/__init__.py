"""What a click earns.

Owns: Programme, Enrolment, Touch, Attribution, Commission.
Never: payouts, offers.
"""
