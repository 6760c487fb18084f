"""A page from the web, and its title."""
