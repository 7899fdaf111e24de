"""Gunicorn's settings, on a laptop (`manage.py serve`) and in production alike.

Where to listen and how many workers to start is said on the command line.
"""

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from foundation.stopping import ask_to_stop, when_orphaned

worker_class = "sync"
loglevel = "warning"
# Requests are not logged here: config/requests.py does, without what names anybody.
accesslog = None
timeout = 60
graceful_timeout = 10
control_socket_disable = True
# New objects between two small collections: a page makes a few thousand, and lets go of them.
YOUNG_OBJECTS = 10_000
# A worker says that it lives by touching a file: never on a disk that may be slow. Gunicorn
# unlinks the file as soon as it is open.
SHARED_MEMORY = "/dev/shm"  # nosec B108
worker_tmp_dir = SHARED_MEMORY if Path(SHARED_MEMORY).is_dir() else None
NOT_CONFIGURED = 78  # EX_CONFIG: starting again would not help

# The workers' figures lie in a folder of this gunicorn's own; it must be known before
# prometheus_client is imported.
_figures = ""
if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    _figures = tempfile.mkdtemp(prefix="kompetens-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")


def _logging_of_settings() -> dict[str, Any]:
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        logging: dict[str, Any] = settings.LOGGING
    except ImproperlyConfigured as error:
        _clear_up()
        print(error, file=sys.stderr, flush=True)  # noqa: T201 (before any log is set up)
        sys.exit(NOT_CONFIGURED)
    return logging


def _clear_up() -> None:
    if _figures:
        shutil.rmtree(_figures, ignore_errors=True)


# Gunicorn's own lines go where everything goes, in the same form: by itself it would write
# addresses and what exceptions say.
logconfig_dict = {
    **_logging_of_settings(),
    "loggers": {
        **_logging_of_settings()["loggers"],
        "gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True},
    },
}


def post_worker_init(_worker: object) -> None:
    """Set what stands from now on aside from garbage collection.

    Each full collection would walk through every class, template and address of the program, which
    stops a page for a tenth of a second now and then.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])


def when_ready(_server: object) -> None:
    """Stop when the process that started this one is gone."""
    when_orphaned(ask_to_stop)


def child_exit(_server: object, worker: Any) -> None:
    """A worker is gone: what it only said for as long as it lived goes with it."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: object) -> None:
    """The figures of this gunicorn end with it."""
    _clear_up()
