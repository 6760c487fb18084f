"""A site's profile: how it wants its episodes written."""
