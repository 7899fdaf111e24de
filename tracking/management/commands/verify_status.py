"""Compares the kept figures with what follows from the facts, and repairs them if told to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.status.kept.verifying import MovedAway, NothingKept, verify
from tracking.status.models import Verification


class Command(BaseCommand):
    """See docs/operations.md. Ends with 1 when something differed and was left as it was."""

    help = "Compare the kept figures with the facts; report every difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Write what should stand.")

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            try:
                found = verify(repair=given["repair"])
            except NothingKept:
                self.stdout.write(_("No figures are kept yet."))
                return
            except MovedAway as error:
                text = _("Units or targets changed while the figures were compared. Try again.")
                raise CommandError(text) from error
            self._say(found)
            if not found.is_clean and not found.repaired:
                raise CommandError(_("Run it with --repair to write what should stand."))

    def _say(self, found: Verification) -> None:
        for one in found.differences:
            place = " ".join(map(str, one["key"]))
            self.stdout.write(
                _("%(place)s: %(kept)s is kept, %(expected)s follows from the facts")
                % {"place": place, "kept": one["kept"], "expected": one["expected"]}
            )
        people = ngettext("%(count)d person", "%(count)d people", found.people)
        self.stdout.write(
            _(
                "%(people)s compared, as of %(day)s: "
                "%(statuses)d statuses and %(counts)d counts differ."
            )
            % {
                "people": people % {"count": found.people},
                "day": found.as_of.isoformat(),
                "statuses": found.wrong_statuses,
                "counts": found.wrong_counts,
            }
        )
        if found.repaired:
            self.stdout.write(_("They have been repaired."))
