"""`manage.py work`: runs what is queued where there is no broker; beside `serve` on a laptop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from foundation import working
from foundation.stopping import stop_soon, when_orphaned

# What is held when the process that started this one is gone: finished by then, or handed back.
ORPHAN_SECONDS = 5.0


class Command(BaseCommand):
    """Runs until it is told to stop; what it holds then is finished, or handed back."""

    help = "Run what the outbox holds: jobs, mails, what follows a change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="End when nothing is due any more.")

    def handle(self, *_args: Any, **given: Any) -> None:
        when_orphaned(lambda: stop_soon(ORPHAN_SECONDS))
        with working.stopped_by_signals():
            if given["once"]:
                working.run_due()
            else:
                working.work()
