"""What a message holds: topics, links, notes and talk."""
