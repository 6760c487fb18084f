"""Short notes: an episode's file made short enough for podcast apps."""
