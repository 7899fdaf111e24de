"""Puts a backup in place of what is there: all of it, or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from config.backup.manifest import BackupError
from config.backup.restoring import restore


class Command(BaseCommand):
    """The other database may have made the backup. See docs/administrators/backup.md."""

    help = "Restore a backup into an empty database, or with --replace in place of what is there."
    requires_system_checks: list[str] = []  # they ask a database that may have no tables yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--replace", action="store_true", help="Replace what the database and storage hold."
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        folder = given["folder"].absolute()
        with translation.override("sv"):
            try:
                restored = restore(folder, self.stdout.write, replace=given["replace"])
            except BackupError as error:
                raise CommandError(str(error)) from error
            said = _(
                "Restored as it was at %(moment)s: %(rows)d rows; figures and audit log verified. "
                "What has been disposed of since then is back: run the disposal again."
            )
            self.stdout.write(said % {"moment": restored.made_at, "rows": restored.rows})
