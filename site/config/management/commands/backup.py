"""Writes everything that is kept into a folder: the database at one moment, and the files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from config.backup.manifest import BackupError
from config.backup.taking import take_backup


class Command(BaseCommand):
    """Works while the platform is in use. See docs/administrators/backup.md."""

    help = "Write a backup of the database and the files into a folder that is empty or not there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *_args: Any, **given: Any) -> None:
        folder = given["folder"].absolute()
        with translation.override("sv"):
            try:
                made = take_backup(folder, self.stdout.write)
            except BackupError as error:
                raise CommandError(str(error)) from error
            said = _(
                "The backup is in %(folder)s: %(rows)d rows and %(files)d files, as they were at "
                "%(moment)s. The secret key is not in it."
            )
            files = sum(len(kept) for kept in made.media.values())
            self.stdout.write(
                said % {"folder": folder, "rows": made.rows, "files": files, "moment": made.made_at}
            )
