"""What waits for the next episode: how it is told in the log, and how an item is written there."""
