"""Checks that the audit log is as it was written."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from tracking.audit.queries import head, verify_chain

HASH = re.compile(r"[0-9a-f]{64}")


class Command(BaseCommand):
    """Fails (exit code 1) at the first entry that is missing or changed."""

    help = "Check the chain of the audit log, and that a hash kept elsewhere stands in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor",
            metavar="HASH",
            default="",
            help="A hash printed earlier and kept elsewhere: it must stand in the chain.",
        )
        parser.add_argument(
            "--head",
            action="store_true",
            help="Only print the last entry's number and hash, to be kept elsewhere.",
        )

    def handle(self, *_args: Any, **given: Any) -> None:
        with translation.override("sv"):
            if given["head"]:
                number, last = head()
                self.stdout.write(f"{number} {last}")
                return
            self._verify(given["anchor"].strip().lower())

    def _verify(self, anchor: str) -> None:
        if anchor and not HASH.fullmatch(anchor):
            raise CommandError(_("An anchor is 64 digits, 0–9 and a–f."))
        verdict = verify_chain(anchor)
        if verdict.broken_at is not None:
            raise CommandError(
                _(
                    "The audit log is broken at entry %(number)d: it is missing or not as it was "
                    "written. %(count)d entries before it are whole."
                )
                % {"number": verdict.broken_at, "count": verdict.entries}
            )
        if not verdict.anchored:
            raise CommandError(
                _(
                    "The anchor does not stand in the audit log: entries have been taken away or "
                    "written anew, or the anchor is older than what has been disposed of."
                )
            )
        self.stdout.write(
            _("The audit log is whole: %(count)d entries. Last hash: %(head)s")
            % {"count": verdict.entries, "head": verdict.head}
        )
