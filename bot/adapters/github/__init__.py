"""Sites on GitHub."""
