"""Reads a delivery status notification from standard input, as a mail server hands it over."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tracking.audit.actions import system_account
from tracking.reminders.bounces import LARGEST, read_notification, record_notification


class Command(BaseCommand):
    """See docs/administrators/paminnelser.md."""

    help = "Read a delivery status notification (RFC 3464) from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", help="Read this file instead of standard input.")

    def handle(self, *_args: Any, **given: Any) -> None:
        """What is no notification of a mail of ours is left alone, and the mail server content."""
        with translation.override("sv"):
            found = read_notification(_read(given["file"]))
            if found is None:
                self.stdout.write(_("Not a notification about a mail of ours."))
                return
            try:
                ours = record_notification(found=found, actor=system_account(), at=timezone.now())
            except (DatabaseError, InterfaceError) as error:
                # The mail server keeps it, and tries again.
                raise CommandError(
                    _("The database is away. Try again."), returncode=os.EX_TEMPFAIL
                ) from error
            self.stdout.write(
                _("Written down.") if ours else _("Not a notification about a mail of ours.")
            )


def _read(path: str | None) -> bytes:
    """At most one character more than is taken: what is larger is no notification."""
    if path is None:
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(path).open("rb") as file:
        return file.read(LARGEST + 1)
