"""Undoes an import by the number of its batch."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from foundation.facts import FactBatch
from tracking.imports.problems import ImportRefused
from tracking.imports.undoing import undo_import
from tracking.imports.words import undo_words


class Command(BaseCommand):
    """See docs/administrators/inlasning.md."""

    help = "Undo an import: take away what it brought and bring back what it took."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, metavar="BATCH", help="The number of the import.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change; change nothing."
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            batch = FactBatch.objects.filter(pk=given["batch"]).first()
            if batch is None:
                raise CommandError(_("There is no import %(number)d.") % {"number": given["batch"]})
            try:
                result = undo_import(batch, dry_run=given["dry_run"])
            except ImportRefused as refused:
                details = "\n".join(map(str, refused.problems))
                nothing = _("Nothing was changed.")
                raise CommandError(f"{details}\n{nothing}") from refused
            self.stdout.write(f"{undo_words(result, dry_run=given['dry_run'])}.")
