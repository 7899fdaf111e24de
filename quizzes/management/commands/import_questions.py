"""Brings a file of questions into the bank: a line for each, saying what became of it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from quizzes.interchange.actions import bring_in
from quizzes.interchange.drafts import drafts_of
from quizzes.interchange.formats import FORMATS
from quizzes.interchange.plan import plan
from quizzes.interchange.report import line_of, rows_of, summary_of
from quizzes.interchange.source import MAX_BYTES, FileRefused


class Command(BaseCommand):
    """See docs/formats.md."""

    help = "Import questions from a file of another platform. They become drafts in the bank."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would become of each; change nothing."
        )
        parser.add_argument(
            "--source",
            metavar="NAME",
            help="Where the questions come from (default: the file's name). The same question of "
            "the same source is one question, however often it is imported.",
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        path: Path = given["file"]
        with translation.override("sv"):
            try:
                # No more is read than shows that there is too much.
                with path.open("rb") as file:
                    data = file.read(MAX_BYTES + 1)
                drafts = drafts_of(data, given["format"])
            except OSError as error:
                raise CommandError(_("%(file)s can't be read.") % {"file": path.name}) from error
            except FileRefused as refused:
                raise CommandError(
                    _("%(file)s was refused, and nothing was changed. %(reason)s")
                    % {"file": path.name, "reason": refused}
                ) from refused
            source = (given["source"] or path.stem)[:100]
            planned = plan(drafts, source=source)
            if not given["dry_run"]:
                planned = bring_in(planned=planned, source=source, actor=None)
            rows = rows_of(planned)
            for row in rows:
                self.stdout.write(line_of(row))
            self.stdout.write(summary_of(rows))
            if given["dry_run"]:
                self.stdout.write(_("This was a trial: nothing was changed."))
