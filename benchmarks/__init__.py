"""Measurements as ratios, both sides in one run. Never a timed test."""
