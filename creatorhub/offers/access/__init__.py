"""The engine of access: a grant opens content.

Owns: DownloadFile and its delivery.
Never: money, the other engines.
"""
