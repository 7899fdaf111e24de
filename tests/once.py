"""What many tests begin from is written once, and every one of them leaves it as it was."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def written_once(blocker: DjangoDbBlocker, write: Callable[[], object]) -> Iterator[None]:
    """Within: what `write` wrote, around the transaction of each test; afterwards it is gone.

    For a fixture of a module or a class that asks for `django_db_setup`. Each test is rolled back
    to what was written; none among them may empty the database (`transaction=True`).
    """
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
    try:
        with blocker.unblock():
            write()
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
