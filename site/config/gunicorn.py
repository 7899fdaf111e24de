"""Gunicorn's settings where `manage.py serve` starts it."""

import gc

from foundation.stopping import ask_to_stop, when_orphaned

worker_class = "sync"
loglevel = "warning"
# Requests are not logged: who read what is nobody's business (the audit log says what was done).
accesslog = None
timeout = 60
graceful_timeout = 10
control_socket_disable = True
# New objects between two small collections: a page makes a few thousand, and lets go of them.
YOUNG_OBJECTS = 10_000


def post_worker_init(_worker: object) -> None:
    """Set what stands from now on aside from garbage collection.

    Each full collection would walk through every class, template and address of the program, which
    stops a page for a tenth of a second now and then.
    """
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # with every view behind them
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])


def when_ready(_server: object) -> None:
    """Stop when the process that started this one is gone."""
    when_orphaned(ask_to_stop)
