"""Importing a Shopify products CSV: read, check, run, fetch its pictures, report.

Owns: what each column means, what is wrong with a row, and that importing twice updates.
"""
