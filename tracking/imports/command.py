"""The command every kind of file shares: `manage.py import_KIND FILE…`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import ngettext

from foundation.arguments import a_day, a_moment
from foundation.intervals import today
from tracking.imports.actions import ImportResult, import_files
from tracking.imports.kinds.base import Options
from tracking.imports.problems import ImportRefused, Problem, write_problems
from tracking.imports.words import counts_words


class ImportCommand(BaseCommand):
    """Imports one kind of file; a subclass names the kind."""

    kind: ClassVar[str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change; change nothing."
        )
        parser.add_argument(
            "--partial", action="store_true", help="Leave bad rows out instead of refusing all."
        )
        parser.add_argument(
            "--recorded-at",
            type=a_moment,
            metavar="MOMENT",
            help="When the facts became known (ISO 8601 with offset), for moving history over.",
        )
        parser.add_argument(
            "--errors", type=Path, metavar="FILE", help="Write the bad rows to this CSV file too."
        )
        parser.add_argument("--today", type=a_day, metavar="DATE", help="Judge as of this day.")

    def options_of(self, given: dict[str, Any]) -> Options:
        """The import's options from the command line's."""
        return Options(today=given["today"] or today())

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            try:
                result = import_files(
                    self.kind,
                    given["files"],
                    options=self.options_of(given),
                    partial=given["partial"],
                    dry_run=given["dry_run"],
                    recorded_at=given["recorded_at"],
                )
            except ImportRefused as refused:
                self._report(refused.problems, given["errors"])
                summary = ngettext(
                    "%(count)d error. Nothing was changed.",
                    "%(count)d errors. Nothing was changed.",
                    len(refused.problems),
                ) % {"count": len(refused.problems)}
                details = "\n".join(map(str, refused.problems))
                raise CommandError(f"{details}\n{summary}") from refused
            self._say(result, given)

    def _report(self, problems: list[Problem], errors: Path | None) -> None:
        if errors:
            write_problems(problems, errors)

    def _say(self, result: ImportResult, given: dict[str, Any]) -> None:
        for warning in result.warnings:
            self.stderr.write(self.style.WARNING(warning))
        if result.problems:
            self._report(result.problems, given["errors"])
            for problem in result.problems:
                self.stderr.write(self.style.ERROR(str(problem)))
        names = ", ".join(path.name for path in given["files"])
        counts = counts_words(result, dry_run=given["dry_run"])
        self.stdout.write(f"{names}: {counts}.")
