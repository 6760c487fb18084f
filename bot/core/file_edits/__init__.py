"""What people did in the file, as events."""
