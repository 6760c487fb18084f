"""What is kept of what hosts say: messages, their edits, marks and threads."""
