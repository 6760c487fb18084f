"""Chapters inside audio files. Nothing is ever encoded again; a file is whole or untouched."""
