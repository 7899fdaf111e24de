"""The parts the platform stands on, and whether each answers right now."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config.caching import ForgivingRedisCache

log = logging.getLogger(__name__)

BROKER_SECONDS = 1
_migrated = False


def database() -> bool:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError:
        return False


def migrations() -> bool:
    """Whether every migration of this version is applied; once so, it is not looked up again."""
    global _migrated  # noqa: PLW0603 (one database a process)
    if not _migrated:
        try:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError:
            return False
    return _migrated


def shared_cache() -> bool:
    """Whether Redis answers; a cache in the process's own memory always does."""
    backend = caches[DEFAULT_CACHE_ALIAS]
    return backend.answers() if isinstance(backend, ForgivingRedisCache) else True


def broker() -> bool:
    """Whether the broker takes a connection; without one the database itself is the queue."""
    address = settings.BROKER_URL
    if not address:
        return True
    from kombu import Connection

    link = Connection(address, connect_timeout=BROKER_SECONDS)
    try:
        link.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except Exception as error:  # each transport has errors of its own
        log.warning("The broker does not answer: %s", type(error).__qualname__)
        return False
    finally:
        link.release()
    return True


# Without those that are needed no page works; without the others pages are slower, and what is
# queued waits.
NEEDED = ("database", "migrations")
MISSED: dict[str, Callable[[], bool]] = {"cache": shared_cache, "broker": broker}


def states() -> dict[str, bool]:
    """Every part, by name: whether it answers."""
    reached = database()
    found = {"database": reached, "migrations": reached and migrations()}
    return found | {name: answers() for name, answers in MISSED.items()}
