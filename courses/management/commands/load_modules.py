"""Loads the courses that come as files into Wagtail."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.modules.differences import in_words
from courses.modules.files import ModuleFiles
from courses.modules.groundwork import lay_groundwork
from courses.modules.library import LibraryFile, load_library, read_library
from courses.modules.loader import load_module
from courses.modules.manifest import NAME
from courses.modules.reading import read_module
from courses.modules.report import Fate, Report
from courses.sources.actions import Outcome
from foundation.problems import FilesRefused, Problem


class Command(BaseCommand):
    """Reads and judges everything first; writes all of it or nothing."""

    help = "Load course modules from files. What was edited in Wagtail since is never overwritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="Only these modules.")
        parser.add_argument(
            "--from",
            dest="directory",
            type=Path,
            default=settings.ROOT / "courses" / "modules",
            help="The folder with a folder for each module.",
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            library, modules = self._read(given["directory"], given["slugs"])
            try:
                with transaction.atomic():
                    lay_groundwork()
                    outcomes = load_library(library)
                    reports = [load_module(module, now=timezone.now()) for module in modules]
            except FilesRefused as refused:
                raise self._refusal(refused.problems) from refused
            self._say_of_sources(outcomes)
            for report in reports:
                self._say(report)

    def _read(self, directory: Path, slugs: list[str]) -> tuple[LibraryFile, list[ModuleFiles]]:
        folders = sorted(path.parent for path in directory.glob(f"*/{NAME}"))
        missing = sorted(set(slugs) - {folder.name for folder in folders})
        if missing:
            known = ", ".join(folder.name for folder in folders)
            raise CommandError(
                _("No module is called %(names)s. Here are: %(known)s.")
                % {"names": ", ".join(missing), "known": known}
            )
        try:
            library = read_library(directory)
        except FilesRefused as refused:
            raise self._refusal(refused.problems) from refused
        modules, problems = [], []
        for folder in folders:
            if slugs and folder.name not in slugs:
                continue
            try:
                modules.append(read_module(folder, library))
            except FilesRefused as refused:
                problems.extend(refused.problems)
        if problems:
            raise self._refusal(problems)
        return library, modules

    def _refusal(self, problems: list[Problem]) -> CommandError:
        lines = [_("Nothing was loaded. To put right:"), *(f"  {one}" for one in problems)]
        return CommandError("\n".join(lines))

    def _say_of_sources(self, outcomes: list[tuple[str, Outcome]]) -> None:
        counts = Counter(outcome for _key, outcome in outcomes)
        self.stdout.write(
            _("Sources and laws: %(new)d new, %(updated)d updated, %(unchanged)d unchanged.")
            % {
                "new": counts[Outcome.NEW],
                "updated": counts[Outcome.UPDATED],
                "unchanged": counts[Outcome.UNCHANGED],
            }
        )
        for key, outcome in outcomes:
            if outcome is Outcome.KEPT:
                self.stdout.write(f"  {key}: {_('kept as edited here')}")

    def _say(self, report: Report) -> None:
        counts = report.counts()
        self.stdout.write(
            _("%(title)s (%(code)s): %(new)d new, %(updated)d updated, %(unchanged)d unchanged.")
            % {
                "title": report.title,
                "code": report.code,
                "new": counts[Fate.NEW],
                "updated": counts[Fate.UPDATED],
                "unchanged": counts[Fate.UNCHANGED],
            }
        )
        words = {
            Fate.KEPT: _("kept as edited here"),
            Fate.REMOVED: _("deleted here, not brought back"),
            Fate.TAKEN: _("its address belongs to another page"),
        }
        for name, fate in report.left_alone():
            self.stdout.write(f"  {name}: {words[fate]}")
            for change in report.apart.get(name, []):
                for line in in_words(change):
                    self.stdout.write(f"    {line}")
