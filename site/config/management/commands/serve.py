"""`make run`: the database up to date, the demo city loaded, pages served, queued work done."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.checks import demo_accounts_exist
from config.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from config.serving import WORKERS, WebProcess, WorkProcess, listen

INTERRUPTED = 130


class Command(BaseCommand):
    """Says what it does; stops everything it started."""

    help = "Bring the database up to date, load the demo city (once) and serve the pages."
    # The database is not up to date yet: this command sees to that itself.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="The first one tried.")
        parser.add_argument("--workers", type=int, default=WORKERS)
        parser.add_argument("--no-demo", action="store_true", help="Load no demo city.")

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            try:
                self._prepare(demo=settings.DEMO and not given["no_demo"])
                code = self._serve(given["host"], given["port"], given["workers"])
            except KeyboardInterrupt:
                self._say(_("Interrupted. What was done is kept; the next start goes on from it."))
                code = INTERRUPTED
        if code:
            sys.exit(code)

    def _prepare(self, *, demo: bool) -> None:
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            text = ngettext(
                "Bringing the database up to date (%(count)d change) …",
                "Bringing the database up to date (%(count)d changes) …",
                waiting,
            )
            self._say(text % {"count": waiting})
            call_command("migrate", interactive=False, verbosity=0)
        if demo:
            call_command("load_demo", stdout=self.stdout, stderr=self.stderr)
        # The web process opens its own; a parent that waits needs none.
        connection.close()

    def _serve(self, host: str, port: int, workers: int) -> int:
        try:
            listener = listen(host, port)
        except OSError as error:
            raise CommandError(
                _("Nothing can be served on %(host)s port %(port)d: %(reason)s.")
                % {"host": host, "port": port, "reason": error.strerror or error}
            ) from error
        taken = listener.getsockname()[1]
        if taken != port:
            self._say(
                _("Port %(busy)d is busy; port %(free)d is used instead.")
                % {"busy": port, "free": taken}
            )
        self._say(_("Starting the web server …"))
        web = WebProcess(listener, settings=settings.SETTINGS_MODULE, workers=workers)
        listener.close()
        with web.stopped_by_signals():
            # With a broker the workers are Celery's, and started where they are to run.
            worker = None if settings.BROKER_URL else WorkProcess(settings=settings.SETTINGS_MODULE)
            try:
                if web.answers(host, taken):
                    self._welcome(f"http://{host}:{taken}/")
                code = web.wait()
            finally:
                if worker:
                    worker.stop()
        self._say(_("Stopped.") if code == 0 else _("The web server ended with code %d.") % code)
        return code

    def _welcome(self, address: str) -> None:
        lines = ["", _("Kompetens mot våld is at %s (Ctrl-C stops it)") % address]
        if settings.DEMO and demo_accounts_exist():
            lines += ["", _("Log in with the password %s as:") % DEMO_PASSWORD]
            lines += [f"  {who.username:<14} {who.role}" for who in DEMO_ACCOUNTS]
        connection.close()
        self._say("\n".join([*lines, ""]))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
