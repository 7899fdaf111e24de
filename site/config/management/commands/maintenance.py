"""Closes the platform for a little while, and opens it again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from config.maintenance import sign


class Command(BaseCommand):
    """Makes the sign that closes this machine's installation, or takes it away."""

    help = "Answer every page with “closed for a little while” (on), or open again (off)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", choices=["on", "off"])

    def handle(self, *_args: Any, **given: Any) -> None:
        if given["state"] == "on":
            sign().touch()
            self.stdout.write(_("Closed: every page answers 503 until `maintenance off`."))
        else:
            sign().unlink(missing_ok=True)
            self.stdout.write(_("Open again."))
