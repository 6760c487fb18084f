"""The store in PostgreSQL that tells what is put into it."""

from storage.metered import Metered
from storage.postgresql.store import PostgresStore


class MeteredPostgres(Metered, PostgresStore):
    """A store with a meter, in PostgreSQL."""
