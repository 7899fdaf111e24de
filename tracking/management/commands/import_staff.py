"""Imports `personal.csv`; with `--full` it is all of today's workforce."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from foundation.arguments import a_day
from foundation.intervals import today
from tracking.imports.command import ImportCommand
from tracking.imports.kinds.base import Options


class Command(ImportCommand):
    """See docs/formats.md."""

    help = "Import files of kind “staff”."
    kind = "staff"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--full", action="store_true", help="The file is all of the workforce; end the others."
        )
        parser.add_argument(
            "--as-of", type=a_day, metavar="DATE", help="The day of a full file (default: today)."
        )
        parser.add_argument(
            "--force", action="store_true", help="Also when more than 10 %% would end."
        )

    def options_of(self, given: dict[str, Any]) -> Options:
        if given["as_of"] and not given["full"]:
            raise CommandError("--as-of goes with --full.")
        day = given["today"] or today()
        return Options(
            today=day, full=given["full"], as_of=given["as_of"] or day, force=given["force"]
        )
