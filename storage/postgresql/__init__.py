"""The same store in PostgreSQL, for more than one machine; loaded where RUNDOWN_DB says so."""
