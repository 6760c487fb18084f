"""The SQLite database: all that Rundown keeps. The one room that knows SQL."""
