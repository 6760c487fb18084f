"""An episode as its file, by the site's profile."""
