"""Loads the demo city with the very commands a city would use, once."""

from argparse import ArgumentParser
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from config.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from config.demo.actions import create_accounts
from config.demo.city import EARLIEST_TODAY, DemoBatch, write_city
from config.demo.elsewhere import tell_what_was_learned_elsewhere
from config.demo.managed import do_what_managers_do
from config.demo.reminders import tell_of_reminders
from config.demo.retention import decide
from config.demo.scorecards import keep_scorecards
from config.demo.stamp import Stamp
from config.demo.statement import publish_demo_statement
from foundation.arguments import a_day
from foundation.facts import FactBatch
from foundation.intervals import today
from tracking.forecast.keeping import keep_points
from tracking.organisation.models import User

# As many as the pages speak of first; the worker counts the rest.
PAST_DAYS = 20


class Command(BaseCommand):
    """Never takes anything away: into an empty database, or not at all."""

    help = "Load the demo city into an empty database. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=a_day,
            metavar="DATE",
            help="Lay deadlines and history relative to this day (default: today).",
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            if not settings.DEMO:
                raise CommandError(_("The demo city is never loaded here: DEMO is off."))
            day = given["today"] or today()
            if day < EARLIEST_TODAY:
                raise CommandError(
                    _("The demo city can be laid from %(day)s on.") % {"day": EARLIEST_TODAY}
                )
            stamp = self._stamp(Path(settings.DATA_DIR) / "demo", day)
            if stamp:
                self._load(stamp)

    def _stamp(self, directory: Path, day: date) -> Stamp | None:
        """Where to begin or go on; None when the city is here already."""
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / "loaded.json"
        stamp = Stamp.read(path)
        if not FactBatch.objects.exists():
            return Stamp(path, day)
        has_accounts = User.objects.filter(is_demo=True).exists()
        if has_accounts and (stamp is None or stamp.finished):
            self._say_loaded(stamp, day)
            return None
        if stamp is None or stamp.finished:
            raise CommandError(
                _(
                    "This database holds facts that are not the demo's. "
                    "Load the demo city into an empty one (DATA_DIR or DATABASE_URL)."
                )
            )
        self._say(_("Going on with the load that was cut off."))
        return stamp

    def _say_loaded(self, stamp: Stamp | None, day: date) -> None:
        if stamp is None or stamp.today == day:
            self._say(_("The demo city is loaded already."))
            return
        self._say(
            _(
                "The demo city is loaded already, laid relative to %(day)s. To lay it anew, "
                "load it into an empty database (DATA_DIR or DATABASE_URL)."
            )
            % {"day": stamp.today}
        )

    def _load(self, stamp: Stamp) -> None:
        self._say(_("Writing the demo city's files, relative to %(day)s …") % {"day": stamp.today})
        city = write_city(stamp.path.parent, today=stamp.today)
        stamp.write()
        for number, batch in enumerate(city.batches, start=1):
            if batch.path.name in stamp.done:
                continue
            self._import(batch, stamp, number, len(city.batches))
            stamp.done.append(batch.path.name)
            stamp.write()
        create_accounts()
        decide(on=stamp.today)
        self._say(_("Counting past days …"))
        keep_points(today=stamp.today, most=PAST_DAYS)
        self._say(_("Loading the modules …"))
        call_command("load_modules", stdout=self.stdout, stderr=self.stderr)
        publish_demo_statement()
        tell_what_was_learned_elsewhere(on=stamp.today)
        tell_of_reminders(on=stamp.today)
        keep_scorecards(on=stamp.today)
        do_what_managers_do(on=stamp.today)
        stamp.finished = True
        stamp.write()
        self._say(
            _("The demo city is loaded, with the accounts %(names)s; password: %(password)s")
            % {
                "names": ", ".join(account.username for account in DEMO_ACCOUNTS),
                "password": DEMO_PASSWORD,
            }
        )

    def _import(self, batch: DemoBatch, stamp: Stamp, number: int, whole: int) -> None:
        said = StringIO()
        call_command(
            f"import_{batch.kind}",
            str(batch.path),
            "--recorded-at",
            batch.recorded_at.isoformat(),
            "--today",
            stamp.today.isoformat(),
            stdout=said,
            stderr=self.stderr,
        )
        self._say(f"[{number}/{whole}] {said.getvalue().strip()}")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
