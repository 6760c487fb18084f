"""From an episode to a commit, and back."""
