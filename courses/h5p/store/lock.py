"""One at a time decides what plays with what: an upload that ends, a library that is let in.

Without it an upload could find a library waiting while that is being approved, and wait for ever.
"""

from django.db import connection, transaction

# Any constant will do, as long as everybody who decides takes the same one.
STORE_LOCK = 7_316_209


def take_store_lock() -> None:
    """Hold the store until the transaction ends; on SQLite a write transaction is alone already.

    Before the log's lock, always: an entry is written last.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("The store is held inside a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [STORE_LOCK])
