"""What a test needs of the database that the suite runs on."""

import pytest
from django.db import connection

# Several threads that write at once. The suite's SQLite is one connection in memory, which threads
# can't share, and a SQLite file has one writer at a time by itself; so these run on PostgreSQL, and
# `make test` runs the suite there too. What SQLite does with several processes on a file is told by
# tests/working and tests/faults.
needs_several_writers = pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="one connection in memory; run on PostgreSQL",
)
