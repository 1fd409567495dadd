"""Walks every room through its registry.

Owns: doctor, demo market, supervisor, health.
Never: rules of a room.
"""
