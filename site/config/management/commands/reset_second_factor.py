"""For who has lost the phone and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.sign_in.second_factor.actions import reset
from tracking.audit.actions import system_account
from tracking.organisation.models import User


class Command(BaseCommand):
    """Who runs it has made sure that it is the right person who asks (docs/administrators)."""

    help = "Forget a person's second factor and end their sessions; they set up a new one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_given: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(_("There is no account with that name."))
        if reset(user=user, actor=system_account()):
            self.stdout.write(_("The second factor is forgotten, and every session is ended."))
        else:
            self.stdout.write(_("There was no second factor. Every session is ended."))
