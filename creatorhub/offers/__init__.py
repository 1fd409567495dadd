"""The ways to earn.

Owns: engines goods and access, ways, Grant, Fulfilment, DownloadFile.
Never: sales.
"""
