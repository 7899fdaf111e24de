"""Gunicorn's settings where `manage.py serve` starts it."""

from foundation.stopping import ask_to_stop, when_orphaned

worker_class = "sync"
loglevel = "warning"
# Requests are not logged: who read what is nobody's business (the audit log says what was done).
accesslog = None
timeout = 60
graceful_timeout = 10
control_socket_disable = True


def when_ready(_server: object) -> None:
    """Stop when the process that started this one is gone."""
    when_orphaned(ask_to_stop)
