"""Chapters: the timed parts of a recording, read from an episode's file and written for players."""
