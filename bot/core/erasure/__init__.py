"""What goes off the record with a message, and what of it stays: decided on its events."""
