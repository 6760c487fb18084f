"""A Markdown file in pieces that lose nothing."""
