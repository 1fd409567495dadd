"""Disputes: what is known of each order, our answer, and what the bank decided."""
