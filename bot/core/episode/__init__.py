"""An episode, folded from its events."""
