"""Profiles' templates, rendered in a process of their own."""
