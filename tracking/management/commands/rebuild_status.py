"""Counts everybody's status and every unit's figures anew, and swaps them in whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.arguments import a_day
from foundation.intervals import today
from tracking.status.kept import rebuilding
from tracking.status.kept.following import catch_up


class Command(BaseCommand):
    """See docs/operations.md."""

    help = "Count the kept figures anew from the facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=a_day, metavar="DATE", help="Count this day.")
        parser.add_argument(
            "--queue", action="store_true", help="Leave the counting to the workers, in parts."
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        day = given["today"] or today()
        with translation.override("sv"):
            if given["queue"]:
                generation = rebuilding.begin(as_of=day)
                parts = generation.parts.count()
                self.stdout.write(_("%(count)d parts wait for the workers.") % {"count": parts})
                return
            rebuilding.here(as_of=day)
            catch_up(as_of=day)
            self.stdout.write(_("The figures of %(day)s are counted.") % {"day": day.isoformat()})
