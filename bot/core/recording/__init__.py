"""A recording while it runs: its clock, and which topic is talked about since when."""
