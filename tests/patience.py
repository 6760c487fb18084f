"""How long a test waits for what is to happen: no load of a machine reaches it."""

LONGEST = 120.0
"""Seconds. Whatever has not happened by then never will."""
