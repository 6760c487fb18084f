"""The site's own episodes: read in the background, found again, and told of."""
