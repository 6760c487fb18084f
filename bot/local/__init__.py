"""The local chat: a room in the terminal."""
