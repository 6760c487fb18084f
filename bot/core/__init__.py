"""Pure code: no I/O, no clock, no randomness, no framework."""
