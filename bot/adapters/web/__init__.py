"""Pages from the public internet."""
