"""Gunicorn's settings where `manage.py serve` starts it."""

import contextlib
import os
import signal
import threading

worker_class = "sync"
loglevel = "warning"
# Requests are not logged: who read what is nobody's business (the audit log says what was done).
accesslog = None
timeout = 60
graceful_timeout = 10
control_socket_disable = True


def when_ready(_server: object) -> None:
    """Stop when the process that started this one is gone: then nobody holds the pipe."""
    pipe = os.environ.get("KOMPETENS_PARENT_PIPE")
    if pipe:
        threading.Thread(target=_stop_when_closed, args=(int(pipe),), daemon=True).start()


def _stop_when_closed(pipe: int) -> None:
    with contextlib.suppress(OSError):
        os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)
