"""The commands, and what happens in a chat."""
