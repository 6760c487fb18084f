"""Where everything is put together: sites, desks, and what they share."""
