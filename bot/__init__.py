"""Rundown: from the links that podcast hosts drop in a chat to the draft in their site."""

__version__ = "0.2.0.dev0"
