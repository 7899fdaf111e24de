"""Counts the past days that the trend is drawn through, and makes what forecasts are missing."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import ngettext

from foundation.arguments import a_day
from foundation.intervals import today
from tracking.forecast.foretelling import forget_forecasts, make_forecasts
from tracking.forecast.keeping import forget_everything, keep_points, missing_days


class Command(BaseCommand):
    """See docs/operations.md."""

    help = "Count the missing past week-ends and month-ends, and make the missing forecasts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=a_day, metavar="DATE", help="As if it were this day.")
        parser.add_argument(
            "--afresh", action="store_true", help="Throw away those there are first."
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        on = given["today"] or today()
        with translation.override("sv"):
            if given["afresh"]:
                forget_everything()
                forget_forecasts()
            count = len(missing_days(on))
            keep_points(today=on)
            make_forecasts(today=on)
            said = ngettext("%(count)d past day counted.", "%(count)d past days counted.", count)
            self.stdout.write(said % {"count": count})
