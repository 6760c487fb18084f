"""Sites in a local repository."""
