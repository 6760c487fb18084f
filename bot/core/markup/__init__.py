"""What a platform calls text, made plain Markdown."""
