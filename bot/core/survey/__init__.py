"""What a podcast's site is like, learned from its newest episodes; nothing of it is executed."""
