"""The front matter of a page: YAML, TOML or JSON before its text."""
