"""The commands that hosts give, and what they answer."""
