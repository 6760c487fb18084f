"""What the app does, async; knows core, and the rest only by the protocols in ports.py."""
