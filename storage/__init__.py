"""All that Rundown keeps, in SQLite or PostgreSQL. The one room that knows SQL."""
